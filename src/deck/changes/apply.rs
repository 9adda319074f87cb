//! Changes put over a deck: the tree of its file is edited row by row, and read again as any deck is.
//!
//! The deck is read by itself first. Whatever is wrong after the edits therefore comes from a change, and is told there.

use std::collections::BTreeMap;

use super::Changes;
use super::places::Places;
use crate::deck::file::tree_of;
use crate::deck::tables::deck_of;
use crate::deck::{Deck, Problem};
use crate::json::Json;

/// The deck with the changes in it.
///
/// # Errors
/// If the deck by itself is not sound, what is wrong with it. Otherwise what is wrong with the changes, each
/// [`Problem`] placed in them: `prompts[lean_in].cue`, `profiles[quiet].gap_min`, `own_prompts[0].text`.
pub fn apply(deck: &str, changes: &Changes) -> Result<Deck, Vec<Problem>> {
    with(deck, changes).map(|(deck, _)| deck)
}

/// The deck with the changes in it as a file: to be handed on, or kept as a deck of its own.
///
/// # Errors
/// As [`apply`] has.
pub fn merged(deck: &str, changes: &Changes) -> Result<String, Vec<Problem>> {
    with(deck, changes).map(|(_, text)| text())
}

/// The deck with the changes in it, and a way to its text, for those who want it.
fn with<'t>(deck: &'t str, changes: &Changes) -> Result<(Deck, impl FnOnce() -> String + use<'t>), Vec<Problem>> {
    let (mut tree, text) = tree_of(deck).map_err(|problem| vec![problem])?;
    deck_of(&tree, text)?;
    if let Some(problem) = changes.too_many() {
        return Err(vec![problem]);
    }
    let mut prompts = Table::with_own(&mut tree, "prompts", &changes.own_prompts);
    let mut items = Table::with_own(&mut tree, "checklist", &changes.own_items);
    // What is off is checked with the rest, so that it can be turned on again at any time.
    changes.edit_rows(&mut tree);
    changes.lend_budgets(&mut tree);
    let mut problems = Places { changes, tree: &tree, prompts: &prompts, items: &items }.told(deck_of(&tree, text));
    problems.extend(changes.edit_profiles(&mut tree));
    if !problems.is_empty() {
        return Err(problems);
    }
    changes.let_go(&mut tree);
    prompts.keep(&mut tree, |row| changes.keeps_prompt(row));
    items.keep(&mut tree, |row| !id(row).is_some_and(|id| changes.is_item_off(id)));
    match deck_of(&tree, text) {
        Ok(deck) => Ok((deck, move || tree.to_file())),
        found => Err(Places { changes, tree: &tree, prompts: &prompts, items: &items }.told(found)),
    }
}

/// The entries of a list in the field `key`.
pub(super) fn rows<'a, 't>(json: &'a mut Json<'t>, key: &str) -> Option<&'a mut Vec<Json<'t>>> {
    json.get_mut(key)?.as_list_mut()
}

pub(super) fn id<'a>(row: &'a Json<'_>) -> Option<&'a str> {
    row.get("id")?.as_text()
}

/// A table with her own rows in it, and which rows those are.
pub(super) struct Table {
    name: &'static str,
    /// For each row, its number among her own.
    pub(super) origins: Vec<Option<usize>>,
}

impl Table {
    /// Puts rows of her own into a table: in the place of the row with the same id, or at the end.
    fn with_own(tree: &mut Json<'_>, name: &'static str, own: &[Json<'static>]) -> Table {
        let Some(rows) = rows(tree, name) else { return Table { name, origins: Vec::new() } };
        let mut origins = vec![None; rows.len()];
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            if let Some(id) = id(row) {
                known.insert(id.to_owned(), index);
            }
        }
        for (index, own) in own.iter().enumerate() {
            let taken = id(own).and_then(|id| known.get(id)).copied();
            // A second row of her own with this id is a mistake, and is told where the two meet.
            match taken.filter(|at| origins.get(*at) == Some(&None)).and_then(|at| Some((at, rows.get_mut(at)?))) {
                Some((at, row)) => {
                    *row = own.clone();
                    origins[at] = Some(index);
                }
                None => {
                    rows.push(own.clone());
                    origins.push(Some(index));
                }
            }
        }
        Table { name, origins }
    }

    /// Keeps some of the rows.
    fn keep(&mut self, tree: &mut Json<'_>, keeps: impl Fn(&Json<'_>) -> bool) {
        let Some(rows) = rows(tree, self.name) else { return };
        let kept: Vec<bool> = rows.iter().map(keeps).collect();
        let mut kept_rows = kept.iter();
        rows.retain(|_| kept_rows.next() == Some(&true));
        let mut kept_origins = kept.iter();
        self.origins.retain(|_| kept_origins.next() == Some(&true));
    }
}
