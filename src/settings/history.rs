//! Which of two computers' settings follow from the other's.
//!
//! Clocks differ from computer to computer, so they cannot tell. Instead, settings carry the last changes that led to
//! them, each with a number of its own. If all that was changed here is among what led to the settings there, those
//! follow from these, and nothing is lost by taking them.

use serde::{Deserialize, Serialize};

use crate::deck::lists::list;

/// How many changes are remembered.
const KEPT: usize = 64;
/// How many of another computer's changes are taken over.
const TAKEN: usize = 16;

/// The changes that led to some settings, by the random number of each; the last one comes last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct History(#[serde(deserialize_with = "list::<KEPT, _, _>")] Vec<u32>);

/// How the settings of another computer stand to those here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// They are the same.
    Same,
    /// They follow from those here.
    Later,
    /// Those here follow from them.
    Earlier,
    /// Both were changed, and neither knows of the other's change.
    Apart,
}

impl History {
    /// The number of the last change; nothing if nothing was ever changed.
    pub fn last(&self) -> Option<u32> {
        self.0.last().copied()
    }

    /// The history of a change that makes other settings, with their own history, out of those that were there before.
    /// Whoever has either of them can take it over.
    pub fn following(before: &History, other: &History, number: u32) -> History {
        let mut history = before.clone();
        history.join(other);
        history.add(number);
        history
    }

    fn add(&mut self, number: u32) {
        self.0.push(number);
        let over = self.0.len().saturating_sub(KEPT);
        self.0.drain(..over);
    }

    fn join(&mut self, other: &History) {
        let last = &other.0[other.0.len().saturating_sub(TAKEN)..];
        for number in last {
            if !self.0.contains(number) {
                self.add(*number);
            }
        }
    }

    /// How settings with the history `there` stand to those with this one.
    pub fn order(&self, there: &History) -> Order {
        match (there.includes(self), self.includes(there)) {
            (true, true) => Order::Same,
            (true, false) => Order::Later,
            (false, true) => Order::Earlier,
            (false, false) => Order::Apart,
        }
    }

    fn includes(&self, other: &History) -> bool {
        other.last().is_none_or(|last| self.0.contains(&last))
    }
}
