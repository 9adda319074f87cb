//! A set of the values of a small enum, as decks name them in lists.

use std::marker::PhantomData;

/// An enum with a few values, of which decks name some.
pub trait Choice: Copy + PartialEq + 'static {
    /// Every value.
    const ALL: &'static [Self];
}

/// A set of some of these values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Set<T>(u8, PhantomData<T>);

impl<T: Choice> Set<T> {
    /// The set of every value.
    pub fn all() -> Set<T> {
        Set::of(T::ALL)
    }

    /// The set of `values`.
    pub fn of(values: &[T]) -> Set<T> {
        Set(values.iter().fold(0, |set, value| set | bit(*value)), PhantomData)
    }

    /// The set that a list in a deck stands for: without the list, every value.
    pub fn named(list: Option<&[T]>) -> Set<T> {
        list.map_or_else(Set::all, Set::of)
    }

    /// Whether `value` is in the set.
    pub fn has(self, value: T) -> bool {
        self.0 & bit(value) != 0
    }

    /// The values in the set, in their own order.
    pub fn values(self) -> impl Iterator<Item = T> {
        T::ALL.iter().copied().filter(move |value| self.has(*value))
    }
}

/// The bit of a value: its place among all values.
fn bit<T: Choice>(value: T) -> u8 {
    T::ALL.iter().position(|one| *one == value).map_or(0, |place| 1 << place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::SessionKind::{self, Early, First, Ongoing};

    #[test]
    fn a_set_has_what_the_list_names_and_without_a_list_everything() {
        let some = Set::named(Some(&[Ongoing, First, Ongoing]));
        assert_eq!([First, Early, Ongoing].map(|kind| some.has(kind)), [true, false, true]);
        assert_eq!(some.values().collect::<Vec<_>>(), [First, Ongoing]);
        assert_eq!(Set::<SessionKind>::named(None), Set::all());
        assert_eq!(Set::named(Some(&[])).values().collect::<Vec<SessionKind>>(), []);
    }
}
