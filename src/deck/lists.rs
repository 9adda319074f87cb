//! Lists and maps from a file or from storage, each with a bound. One that is too long is refused as soon as that is
//! known: before any of it is read if it comes with its length, and otherwise at the first entry too many.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use deserr::{Deserr, IntoValue, Sequence as _, Value, ValuePointerRef};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::limits::Flaw;
use super::problem::Mistakes;
use crate::text::Message;

/// The most entries a list in a deck may have.
pub(crate) const LIST_MAX: usize = 20_000;

/// A list that is no longer than any deck needs. A longer one is not read at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
pub struct List<T>(#[serde(deserialize_with = "list::<LIST_MAX, _, _>")] Vec<T>);

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

// --- for serde's `deserialize_with` ----------------------------------------------------------------------------------

/// Reads a list of at most `MAX` entries.
pub(crate) fn list<'de, const MAX: usize, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_seq(AtMost::<MAX, Vec<T>>(PhantomData))
}

/// Reads a list of at most `MAX` entries, of which no two are the same.
pub(crate) fn set<'de, const MAX: usize, T: Deserialize<'de> + Ord, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let list = list::<MAX, T, D>(deserializer)?;
    let mut known = BTreeSet::new();
    if list.iter().all(|entry| known.insert(entry)) { Ok(list) } else { Err(D::Error::custom("an entry twice")) }
}

/// Reads a map of at most `MAX` entries, of which no two have the same key.
pub(crate) fn map<'de, const MAX: usize, K, V, D>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_map(AtMost::<MAX, BTreeMap<K, V>>(PhantomData))
}

struct AtMost<const MAX: usize, T>(PhantomData<T>);

impl<const MAX: usize, T> AtMost<MAX, T> {
    fn check<E: Error>(length: usize) -> Result<(), E> {
        if length <= MAX { Ok(()) } else { Err(E::custom(format_args!("more than {MAX} entries"))) }
    }
}

impl<'de, const MAX: usize, T: Deserialize<'de>> Visitor<'de> for AtMost<MAX, Vec<T>> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Vec<T>, A::Error> {
        entries.size_hint().map_or(Ok(()), Self::check)?;
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element()? {
            Self::check(list.len() + 1)?;
            list.push(entry);
        }
        Ok(list)
    }
}

impl<'de, const MAX: usize, K, V> Visitor<'de> for AtMost<MAX, BTreeMap<K, V>>
where
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
{
    type Value = BTreeMap<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<BTreeMap<K, V>, A::Error> {
        entries.size_hint().map_or(Ok(()), Self::check)?;
        let mut map = BTreeMap::new();
        while let Some((key, value)) = entries.next_entry()? {
            Self::check(map.len() + 1)?;
            if map.insert(key, value).is_some() {
                return Err(A::Error::custom("a key twice"));
            }
        }
        Ok(map)
    }
}
