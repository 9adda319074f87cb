//! Lists in a deck, with a bound.

use std::ops::Deref;

use deserr::{Deserr, IntoValue, Sequence as _, Value, ValuePointerRef};
use serde::{Deserialize, Serialize};

use super::limits::Flaw;
use super::problem::Mistakes;
use crate::text::Message;

/// The most entries a list may have.
pub(super) const LIST_MAX: usize = 20_000;

/// A list that is no longer than any deck needs. A longer one is not read at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<T>")]
pub struct List<T>(Vec<T>);

impl<T> List<T> {
    fn long(length: usize) -> Flaw {
        Flaw(Message::with("deck_list_long", [length.to_string(), LIST_MAX.to_string()]))
    }

    /// Adds an entry at the end.
    ///
    /// # Errors
    /// If the list is full.
    pub fn push(&mut self, entry: T) -> Result<(), Flaw> {
        if self.0.len() >= LIST_MAX {
            return Err(List::<T>::long(self.0.len() + 1));
        }
        self.0.push(entry);
        Ok(())
    }

    /// Keeps the entries that should stay.
    pub fn retain(&mut self, stays: impl FnMut(&T) -> bool) {
        self.0.retain(stays);
    }

    /// Sorts the entries.
    pub fn sort(&mut self)
    where
        T: Ord,
    {
        self.0.sort();
    }

    /// The entries, for changing.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut()
    }
}

impl<T> TryFrom<Vec<T>> for List<T> {
    type Error = Flaw;
    fn try_from(list: Vec<T>) -> Result<List<T>, Flaw> {
        if list.len() > LIST_MAX { Err(List::<T>::long(list.len())) } else { Ok(List(list)) }
    }
}

/// Converts the entries of a list; their number stays the same.
impl<T> List<T> {
    pub(super) fn map<U>(&self, entry: impl FnMut(&T) -> U) -> List<U> {
        List(self.0.iter().map(entry).collect())
    }
}

impl<T> Deref for List<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Deserr<Mistakes>> Deserr<Mistakes> for List<T> {
    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "whatever it is, the type of the rows says what is wrong with it"
    )]
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, place: ValuePointerRef<'_>) -> Result<Self, Mistakes> {
        match value {
            Value::Sequence(list) if list.len() > LIST_MAX => Err(Mistakes::one(place, List::<T>::long(list.len()).0)),
            value => Vec::deserialize_from_value(value, place).map(List),
        }
    }
}
