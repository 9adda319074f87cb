//! The therapist's own rows among those of a deck: which row is which, and what is known about a broken one.

use std::collections::BTreeMap;

use deserr::Deserr;
use serde::Serialize;
use serde_json::Value;

use super::rows::is_set;
use crate::deck::limits::RowId;
use crate::deck::lists::List;
use crate::deck::outline::{Entries, Loose};
use crate::deck::problem::{Mistake, Mistakes, Step, written};
use crate::deck::{Id, Problem};

/// The own rows of a table: which of its rows they are, and which are broken.
pub(super) struct Own<O> {
    /// For each row of the table, its number among the own ones.
    origins: Vec<Option<usize>>,
    /// The outlines of the broken ones, by their number. A reference to one of them is not a mistake.
    broken: Vec<(usize, Loose<O>)>,
}

impl<O> Default for Own<O> {
    fn default() -> Own<O> {
        Own { origins: Vec::new(), broken: Vec::new() }
    }
}

impl<O> Own<O> {
    /// Puts own rows into a table, and reports what is wrong with them.
    pub(super) fn put<R>(
        name: &str,
        own: &[Value],
        table: &mut List<R>,
        id: impl Fn(&R) -> &RowId,
        problems: &mut Vec<Problem>,
    ) -> Own<O>
    where
        R: Deserr<Mistakes>,
        Loose<O>: Deserr<Mistakes>,
    {
        let known: BTreeMap<Id, usize> = table.iter().enumerate().map(|(at, row)| (id(row).id(), at)).collect();
        let mut placed = Own { origins: vec![None; table.len()], broken: Vec::new() };
        for (number, value) in own.iter().enumerate() {
            match deserr::deserialize::<R, _, Mistakes>(value.clone()) {
                Ok(row) => {
                    // A second own row with this id is a mistake, which is reported when the ids are compared.
                    let taken = known.get(&**id(&row)).filter(|at| placed.origins.get(**at) == Some(&None));
                    match taken.and_then(|at| Some((table.iter_mut().nth(*at)?, placed.origins.get_mut(*at)?))) {
                        Some((place, origin)) => (*place, *origin) = (row, Some(number)),
                        None => match table.push(row) {
                            Ok(()) => placed.origins.push(Some(number)),
                            Err(flaw) => problems.push(Problem { place: name.to_owned(), line: 0, message: flaw.0 }),
                        },
                    }
                }
                Err(mistakes) => {
                    let outline = deserr::deserialize::<Loose<O>, _, Mistakes>(value.clone());
                    placed.broken.push((number, outline.unwrap_or_default()));
                    problems.extend(mistakes.into_list().into_iter().map(|mistake| own_problem(name, number, mistake)));
                }
            }
        }
        placed
    }

    /// Puts the broken rows at the end of a table's outline. The rows of the deck that they were meant to replace lose
    /// their name there.
    pub(super) fn add_broken(&self, table: &mut Entries<O>, id: impl Fn(&O) -> &Loose<RowId>)
    where
        O: Clone,
    {
        let Loose::Known(rows) = table else { return };
        let name = |row: &Loose<O>| row.known().and_then(|row| id(row).known()).cloned();
        for (_, broken) in &self.broken {
            let replaced = |row: &Loose<O>| name(row).is_some_and(|id| Some(id) == name(broken));
            for (row, origin) in rows.iter_mut().zip(&self.origins) {
                if origin.is_none() && replaced(row) {
                    *row = Loose::Broken;
                }
            }
            // If a list has no room for it, reading has already refused it.
            let _ = rows.push(broken.clone());
        }
    }

    /// The number of a row among the own ones.
    fn number(&self, row: usize) -> Option<usize> {
        let broken = || self.broken.get(row.checked_sub(self.origins.len())?).map(|(number, _)| *number);
        self.origins.get(row).copied().flatten().or_else(broken)
    }

    /// The place in the changes: the changed field, the own row, or all that is changed about the row.
    pub(super) fn place(
        &self,
        table: &str,
        row: usize,
        path: &[Step],
        id: Option<Id>,
        field: &str,
        changes: &BTreeMap<Id, impl Serialize>,
    ) -> Option<String> {
        let change = id.as_ref().and_then(|id| Some((id, changes.get(id)?)));
        match (change, self.number(row)) {
            (Some((id, change)), _) if is_set(change, field) => Some(format!("{table}[{id}].{field}")),
            (_, Some(number)) => {
                let own = [Step::Key(format!("own_{table}")), Step::Index(number)];
                Some(written(&[&own, path].concat()))
            }
            (Some((id, _)), None) => Some(format!("{table}[{id}]")),
            (None, None) => None,
        }
    }
}

/// A mistake in an own row, with its place there.
fn own_problem(name: &str, number: usize, Mistake { place, message, .. }: Mistake) -> Problem {
    let path = [&[Step::Key(name.to_owned()), Step::Index(number)], &place[..]].concat();
    Problem { place: written(&path), line: 0, message }
}
