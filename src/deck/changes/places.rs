//! Where in the changes a mistake was made that shows in the changed deck.

use serde::Serialize;

use super::Changes;
use super::apply::{Table, id};
use crate::deck::json::{Json, Value};
use crate::deck::{Deck, Problem};
use crate::message::Message;

/// Whether a change has something in the field of this name.
pub(super) fn is_set(change: &impl Serialize, field: &str) -> bool {
    serde_json::to_value(change).is_ok_and(|change| !change[field].is_null())
}

/// Where in the changes a place in the changed deck comes from.
pub(super) struct Places<'a, 't> {
    pub(super) changes: &'a Changes,
    pub(super) tree: &'a Json<'t>,
    pub(super) prompts: &'a Table,
    pub(super) items: &'a Table,
}

impl Places<'_, '_> {
    /// The problems of the changed deck, placed in the changes.
    pub(super) fn told(&self, read: Result<Deck, Vec<Problem>>) -> Vec<Problem> {
        read.err().into_iter().flatten().map(|problem| self.told_here(problem)).collect()
    }

    fn told_here(&self, problem: Problem) -> Problem {
        match (self.place(&problem.place), problem.message.key.as_str()) {
            (_, "deck_no_prompts") => {
                Problem { place: "prompts".to_owned(), line: 0, message: Message::plain("change_all_off") }
            }
            (Some(place), _) => Problem { place, line: 0, ..problem },
            (None, "deck_list_long") => Problem { place: format!("own_{}", problem.place), line: 0, ..problem },
            (None, _) => problem,
        }
    }

    /// The place in the changes: the changed field, the row of her own, or all that is changed about the row.
    fn place(&self, place: &str) -> Option<String> {
        let (table, rest) = place.split_once('[')?;
        let (index, path) = rest.split_once(']')?;
        let index: usize = index.parse().ok()?;
        let Value::List(rows) = &self.tree.get(table)?.value else { return None };
        let id = rows.get(index).and_then(id);
        let field = path.rsplit('.').next().unwrap_or_default();
        let (table, origins, is_field, is_row) = match table {
            "prompts" => {
                let change = id.and_then(|id| self.changes.prompts.get(id));
                ("prompts", Some(self.prompts), change.is_some_and(|change| is_set(change, field)), change.is_some())
            }
            "checklist" => {
                let change = id.and_then(|id| self.changes.items.get(id));
                ("items", Some(self.items), change.is_some_and(|change| is_set(change, field)), change.is_some())
            }
            "profiles" => {
                let change = id.and_then(|id| self.changes.profiles.get(id));
                ("profiles", None, change.is_some_and(|change| is_set(change, field)), change.is_some())
            }
            _ => return None,
        };
        let own = origins.and_then(|table| table.origins.get(index).copied().flatten());
        match (id, own) {
            (Some(id), _) if is_field => Some(format!("{table}[{id}].{field}")),
            (_, Some(own)) => Some(format!("own_{table}[{own}]{path}")),
            (Some(id), None) if is_row => Some(format!("{table}[{id}]")),
            _ => None,
        }
    }
}
