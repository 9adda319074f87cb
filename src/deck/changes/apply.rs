//! Changes applied to a deck: rows are edited, and the result is checked like any deck.
//!
//! The deck by itself is sound, so whatever is wrong after the edits comes from a change, and is reported there.

use super::Changes;
use super::draft::Draft;
use crate::deck::links::links;
use crate::deck::problem::Mistakes;
use crate::deck::read::linked;
use crate::deck::{Deck, DeckFile, Problem};

/// The deck with the changes in it: as a file, to store or pass on, and as the engine uses it.
///
/// # Errors
/// What is wrong with the changes. The place of each [`Problem`] is a place in them: `prompts[lean_in].cue`,
/// `profiles[quiet].gap_min`, `own_prompts[0].text`.
pub fn apply(deck: &DeckFile, changes: &Changes) -> Result<(DeckFile, Deck), Vec<Problem>> {
    if let Some(problem) = changes.too_many() {
        return Err(vec![problem]);
    }
    let mut draft = Draft::new(deck, changes);
    // Rows that are off are checked with the rest, so that they can be turned on again at any time.
    draft.edit_rows();
    draft.tune_profiles();
    let mut mistakes = Mistakes::default();
    links(&draft.outline(), &mut mistakes);
    let problems = draft.told(mistakes.into_list());
    if !problems.is_empty() {
        return Err(problems);
    }
    draft.let_go();
    match linked(&draft.file) {
        Ok(links) => {
            let deck = Deck::resolved(&draft.file, links);
            Ok((draft.file, deck))
        }
        Err(mistakes) => Err(draft.told(mistakes)),
    }
}
