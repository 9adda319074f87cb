//! What a session remembers about the rows of a deck: looked up by position, stored by id.
//!
//! A session goes through all prompts of a deck again and again, so it uses positions. Stored records outlive the deck
//! in use, so they use ids. After reading, and when the engine switches to another deck, `fit` finds the positions
//! again and drops rows that the deck does not have.

use std::collections::BTreeMap;
use std::ops::{Index, IndexMut};
use std::rc::Rc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::deck::Id;
use crate::deck::lists::{LIST_MAX, map};

/// One value for each row of one of the deck's tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<T> {
    ids: Rc<[Id]>,
    values: Vec<T>,
}

impl<T: Clone + Default + PartialEq> Table<T> {
    /// A table with the default value in every row.
    pub fn new(ids: impl Iterator<Item = Id>) -> Table<T> {
        let ids: Rc<[Id]> = ids.collect();
        Table { values: vec![T::default(); ids.len()], ids }
    }

    /// The row at position `at`.
    pub fn row(&self, at: usize) -> Row {
        Row { id: self.ids[at].clone(), at }
    }

    /// Moves the values to the rows of another deck, by id.
    pub fn fit(&mut self, ids: impl Iterator<Item = Id>) {
        let old = std::mem::replace(self, Table::new(ids));
        let mut known: BTreeMap<Id, T> = old.ids.iter().cloned().zip(old.values).collect();
        for (id, value) in self.ids.iter().zip(&mut self.values) {
            if let Some(known) = known.remove(id) {
                *value = known;
            }
        }
    }
}

impl<T> Table<T> {
    /// The values, row by row.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.values.iter()
    }
}

impl<T> Index<usize> for Table<T> {
    type Output = T;
    fn index(&self, row: usize) -> &T {
        &self.values[row]
    }
}

impl<T> IndexMut<usize> for Table<T> {
    fn index_mut(&mut self, row: usize) -> &mut T {
        &mut self.values[row]
    }
}

/// Stores only values that differ from the default.
impl<T: Default + PartialEq + Serialize> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let usual = T::default();
        serializer.collect_map(self.ids.iter().zip(&self.values).filter(|(_, value)| **value != usual))
    }
}

/// Reads the stored rows; their positions are wrong until the table is fitted to a deck.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Table<T>, D::Error> {
        let (ids, values): (Vec<Id>, Vec<T>) = map::<LIST_MAX, _, _, _>(deserializer)?.into_iter().unzip();
        Ok(Table { ids: ids.into(), values })
    }
}

/// One row of a deck.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Id", into = "Id")]
pub struct Row {
    id: Id,
    at: usize,
}

impl Row {
    /// The row with this id, at position `at`.
    pub const fn new(id: Id, at: usize) -> Row {
        Row { id, at }
    }

    /// Its position in its table.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// Its id.
    pub const fn id(&self) -> &Id {
        &self.id
    }

    /// The same row at its position in another deck, or `None` if that deck does not have it.
    pub fn fitted(self, find: impl FnOnce(&str) -> Option<usize>) -> Option<Row> {
        find(&self.id).map(|at| Row { at, ..self })
    }
}

/// The position is unknown until the row is fitted to a deck.
impl From<Id> for Row {
    fn from(id: Id) -> Row {
        Row { id, at: usize::MAX }
    }
}

impl From<Row> for Id {
    fn from(row: Row) -> Id {
        row.id
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn ids(names: &str) -> impl Iterator<Item = Id> {
        names.split(' ').map(Id::from)
    }

    #[test]
    fn values_follow_their_ids_into_another_deck() {
        let mut table: Table<u32> = Table::new(ids("a b c"));
        (table[0], table[2]) = (7, 9);
        assert_eq!(serde_json::to_string(&table).unwrap(), r#"{"a":7,"c":9}"#);
        let mut read: Table<u32> = serde_json::from_str(r#"{"a":7,"c":9,"gone":1}"#).unwrap();
        read.fit(ids("c b a"));
        assert_eq!((read[0], read[1], read[2]), (9, 0, 7));
        table.fit(ids("c b a"));
        assert_eq!(table, read);
    }

    #[test]
    fn a_row_is_found_by_its_name() {
        let row: Row = serde_json::from_str(r#""b""#).unwrap();
        assert_eq!(row.clone().fitted(|id| (id == "b").then_some(1)), Some(Row::new("b".into(), 1)));
        assert_eq!(row.fitted(|_| None), None);
    }
}
