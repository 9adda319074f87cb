//! A map from ids to rows, for a few hundred of them: sorted rows in one list.
//!
//! A `BTreeMap` does the same and takes ten times the room in wasm, for each type of row anew.

use crate::json::Json;

/// Rows by their ids, in the order of the ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ById<T> {
    rows: Vec<(String, T)>,
}

impl<T> Default for ById<T> {
    fn default() -> ById<T> {
        ById { rows: Vec::new() }
    }
}

impl<T> ById<T> {
    fn find(&self, id: &str) -> Result<usize, usize> {
        self.rows.binary_search_by(|(known, _)| known.as_str().cmp(id))
    }

    /// The row called `id`.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.find(id).ok().map(|index| &self.rows[index].1)
    }

    /// Puts a row in, in place of another one with its id.
    pub fn insert(&mut self, id: String, row: T) {
        match self.find(&id) {
            Ok(index) => self.rows[index].1 = row,
            Err(index) => self.rows.insert(index, (id, row)),
        }
    }

    /// Takes the row called `id` out.
    pub fn remove(&mut self, id: &str) {
        if let Ok(index) = self.find(id) {
            self.rows.remove(index);
        }
    }

    /// The rows, each with its id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.rows.iter().map(|(id, row)| (id.as_str(), row))
    }

    /// The rows, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut T)> {
        self.rows.iter_mut().map(|(id, row)| (id.as_str(), row))
    }

    /// The ids.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(id, _)| id)
    }

    /// Keeps the rows that are to stay.
    pub fn retain(&mut self, mut stays: impl FnMut(&str, &T) -> bool) {
        self.rows.retain(|(id, row)| stays(id, row));
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<T: Default> ById<T> {
    /// The row called `id`, put in if it is not there.
    pub fn of(&mut self, id: &str) -> &mut T {
        let index = self.find(id).unwrap_or_else(|index| {
            self.rows.insert(index, (id.to_owned(), T::default()));
            index
        });
        &mut self.rows[index].1
    }
}

impl<T> FromIterator<(String, T)> for ById<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(rows: I) -> ById<T> {
        let mut found = ById::default();
        for (id, row) in rows {
            found.insert(id, row);
        }
        found
    }
}

/// Rows as the fields of a JSON object, by their ids.
impl<T> ById<T> {
    /// Reads rows; nothing, if one of them cannot be read.
    pub(crate) fn read(json: &Json<'_>, row: impl Fn(&Json<'_>) -> Option<T>) -> Option<ById<T>> {
        json.as_object()?.iter().map(|(id, value)| Some((id.clone().into_owned(), row(value)?))).collect()
    }

    /// The rows as JSON; null, if there is none.
    pub(crate) fn written<'a>(&'a self, row: impl Fn(&'a T) -> Json<'a>) -> Json<'a> {
        let fields = || Json::object(self.iter().map(|(id, value)| (id, row(value))).collect());
        (!self.is_empty()).then(fields).into()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_id_and_kept_in_order() {
        let mut rows = ById::default();
        for (id, row) in [("b", 2), ("a", 1), ("c", 3), ("a", 4)] {
            rows.insert(id.to_owned(), row);
        }
        *rows.of("d") += 5;
        rows.remove("c");
        rows.remove("nobody");
        assert_eq!(rows.iter().collect::<Vec<_>>(), [("a", &4), ("b", &2), ("d", &5)]);
        assert_eq!((rows.get("a"), rows.get("c"), rows.len()), (Some(&4), None, 3));
        rows.retain(|id, row| id != "a" && *row == 2);
        assert_eq!(rows.ids().collect::<Vec<_>>(), ["b"]);
    }
}
