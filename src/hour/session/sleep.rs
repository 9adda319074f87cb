//! What a session does after a stretch without any wake-up, and how it ends if nobody comes back to it.

use super::{CallQuestion, Gap, Hold, LEFT_RUNNING, Outcome, QUESTION, SETTLE, Session};
use crate::deck::Deck;
use crate::time::{Offset, Span, Timestamp};

impl Session {
    /// Handles a sleep: drops what was due and asks the therapist.
    ///
    /// `late` is the part of the sleep that is certain; nobody knows when the lid was closed.
    pub(super) fn wake_after(&mut self, deck: &Deck, late: Span) {
        self.end_showing(Outcome::Silenced);
        self.notice = None;
        self.settle = self.elapsed() + SETTLE;
        let ends = self.elapsed() >= self.left_running_at(deck);
        if !ends && (self.crisis || self.is_out_of_sight()) {
            return;
        }
        // If the first question is still open, a second sleep adds to it.
        let before = self.gap.map_or(Span::ZERO, |gap| gap.length);
        self.gap = Some(Gap { at: self.elapsed(), length: before + late });
    }

    /// Answers whether the session went on during the gap. If not, the gap is taken out of the hour.
    pub fn count_sleep(&mut self, yes: bool) {
        let Some(gap) = self.gap.take() else { return };
        if !yes {
            self.take_out(gap.length);
            self.settle = self.elapsed() + SETTLE;
        }
        self.attended = self.elapsed();
        self.notify(None);
    }

    /// Takes a sleep out of the hour, and what was to come then.
    fn take_out(&mut self, length: Span) {
        self.clock.take_back(length);
        self.calm = self.calm - length;
        if let Some(Hold::Until(until)) = &mut self.hold {
            *until = *until - length;
        }
        let now = self.elapsed();
        self.attended = self.attended.min(now);
        for (from, to) in &mut self.silences {
            (*from, *to) = ((*from).min(now), to.map(|to| to.min(now)));
        }
    }

    /// Whether the strip asks the question after a sleep. A silence keeps it off the strip; the popup asks it
    /// regardless.
    pub fn shows_sleep_question(&self) -> bool {
        self.gap.is_some() && self.may_ask()
    }

    /// When the session ends by itself. One that a sleep, or a clock that was put forward, has taken past that moment
    /// first asks.
    pub(super) fn left_running_at(&self, deck: &Deck) -> Offset {
        let left = self.hour(deck).end().max(self.attended) + LEFT_RUNNING;
        self.gap.map_or(left, |gap| left.max(gap.at + QUESTION))
    }

    /// Ends a session that a sleep has taken past its time, without waiting for an answer: another is about to begin.
    pub fn lapse(&mut self, deck: &Deck) {
        if self.gap.is_some() && self.elapsed() >= self.hour(deck).end() + LEFT_RUNNING {
            self.leave();
        }
    }

    /// Takes an action that shows that the session goes on as the answer to the question about a sleep.
    pub(super) fn attend(&mut self) {
        if self.gap.take().is_some() {
            self.attended = self.elapsed();
        }
    }

    /// Ends by itself. Nobody has said that the session went on during a sleep, so it was as long as before that.
    pub(super) fn leave(&mut self) {
        self.over = true;
        if let Some(gap) = self.gap.take() {
            self.take_out(gap.length);
        }
    }

    /// Goes on after it has ended by itself, with its clock running. What happened to the call meanwhile is not known.
    pub fn go_on_after_all(&mut self, now: Timestamp) {
        self.clock.observe(now);
        self.paused = None;
        self.clock.set_stopped(false);
        self.call_question = CallQuestion::NotAsked;
        self.attended = self.elapsed();
        self.settle = self.elapsed() + SETTLE;
        self.notify(None);
    }
}
