//! Where in the changes a mistake was made that shows in the changed deck.

use super::apply::{Table, id};
use super::{Changes, ItemChange, ProfileChange, PromptChange};
use crate::deck::{Deck, Problem};
use crate::json::Json;
use crate::text::Message;

/// Whether a change has something in the field of this name.
pub(super) fn is_set(change: &[(&'static str, Json<'_>)], field: &str) -> bool {
    change.iter().any(|(name, value)| *name == field && !value.is_null())
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
        let rows = self.tree.get(table)?.as_list()?;
        let id = rows.get(index).and_then(id);
        let field = path.rsplit('.').next().unwrap_or_default();
        let Changes { prompts, items, profiles, .. } = self.changes;
        let (table, origins, change) = match table {
            "prompts" => ("prompts", Some(self.prompts), id.and_then(|id| prompts.get(id)).map(PromptChange::fields)),
            "checklist" => ("items", Some(self.items), id.and_then(|id| items.get(id)).map(ItemChange::fields)),
            "profiles" => ("profiles", None, id.and_then(|id| profiles.get(id)).map(ProfileChange::fields)),
            _ => return None,
        };
        let own = origins.and_then(|table| table.origins.get(index).copied().flatten());
        match (id, own, change) {
            (Some(id), _, Some(change)) if is_set(&change, field) => Some(format!("{table}[{id}].{field}")),
            (_, Some(own), _) => Some(format!("own_{table}[{own}]{path}")),
            (Some(id), None, Some(_)) => Some(format!("{table}[{id}]")),
            _ => None,
        }
    }
}
