//! Old changes and a newer deck: what has lost its place, and what no longer fits.

use serde_json::Value;

use super::apply::apply;
use super::rows::is_set;
use super::{Changes, ItemChange, PromptChange, own_id};
use crate::deck::{Deck, DeckFile, Problem};

const TIMING_FIELDS: [&str; 4] = ["from_min", "to_min", "repeat_every_min", "max_per_session"];

/// A deck with all the changes that fit it.
pub struct Fitted {
    /// The deck as a file, to store or pass on.
    pub file: DeckFile,
    /// The same deck as the engine uses it.
    pub deck: Deck,
    /// The changes that are in it, or could be if the deck had the row.
    pub changes: Changes,
    /// What is wrong with the others.
    pub problems: Vec<Problem>,
}

/// The deck with all the changes that fit it. A newer deck may have moved a window so that a change no longer fits;
/// then that one prompt is as in the deck, and everything else as changed.
///
/// # Errors
/// If the deck by itself is not sound.
pub fn fitted(deck: &DeckFile, changes: &Changes) -> Result<Fitted, Vec<Problem>> {
    Deck::from_file(deck)?;
    let (mut left, mut problems) = (changes.clone(), Vec::new());
    loop {
        match apply(deck, &left) {
            Ok((file, deck)) => return Ok(Fitted { file, deck, changes: left, problems }),
            Err(found) => {
                let fewer = left.without(&found);
                left = if fewer == left { Changes::default() } else { fewer };
                problems.extend(found);
            }
        }
    }
}

impl Changes {
    /// The places of changes for which the deck has no row, or a row of another form. They have no effect.
    pub fn stale(&self, deck: &Deck) -> Vec<String> {
        let own = |rows: &[Value], id: &str| rows.iter().any(|row| own_id(row) == Some(id));
        let mut stale = Vec::new();
        for (id, change) in &self.prompts {
            let Some(prompt) = deck.prompt(id).and_then(|index| deck.prompts.get(index)) else {
                if !own(&self.own_prompts, id) {
                    stale.push(format!("prompts[{id}]"));
                }
                continue;
            };
            let out_of_place: &[&str] = if prompt.timing().is_some() { &["label"] } else { &TIMING_FIELDS };
            let set = out_of_place.iter().filter(|field| is_set(change, field));
            stale.extend(set.map(|field| format!("prompts[{id}].{field}")));
        }
        let items = self.items.keys().filter(|id| deck.item(id).is_none() && !own(&self.own_items, id));
        stale.extend(items.map(|id| format!("items[{id}]")));
        let profiles = self.profiles.keys().filter(|id| deck.profile(id).is_none());
        stale.extend(profiles.map(|id| format!("profiles[{id}]")));
        stale
    }

    /// The changes without what is wrong: rows with problems are as in the deck, or off.
    fn without(&self, problems: &[Problem]) -> Changes {
        let broken: Vec<&str> =
            problems.iter().filter_map(|problem| problem.place.split_inclusive(']').next()).collect();
        let stays = |table: &str, row: &str| !broken.contains(&format!("{table}[{row}]").as_str());
        let own = |table: &str, rows: &[Value]| {
            let numbered = rows.iter().enumerate().filter(|(index, _)| stays(table, &index.to_string()));
            numbered.map(|(_, row)| row.clone()).collect()
        };
        let mut fewer = Changes {
            own_prompts: own("own_prompts", &self.own_prompts),
            own_items: own("own_items", &self.own_items),
            ..self.clone()
        };
        for (id, change) in &mut fewer.prompts {
            if !stays("prompts", id) {
                *change = PromptChange { off: change.off, ..PromptChange::default() };
            }
        }
        for (id, change) in &mut fewer.items {
            if !stays("items", id) {
                *change = ItemChange { off: change.off, ..ItemChange::default() };
            }
        }
        fewer.profiles.retain(|id, _| stays("profiles", id));
        if broken.contains(&"prompts") {
            // All prompts were off.
            fewer.prompts.values_mut().for_each(|change| change.off = false);
            fewer.items.values_mut().for_each(|change| change.off = false);
        }
        fewer.tidied()
    }
}
