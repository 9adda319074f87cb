//! What is on the page, worked out from the settings and the policy.

use std::cell::RefCell;

use attune::deck::changes::{Changes, Listing};
use attune::deck::{DeckFile, Problem};
use attune::settings::{DeckId, Library, Made, Policy, Settings, make};

/// What is known about a deck without opening it.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Its title.
    pub title: String,
    /// The language of its texts.
    pub language: String,
    /// How many prompts it has.
    pub prompts: usize,
    /// How many checklist items it has.
    pub items: usize,
}

/// The deck in use, and what is changed about it.
pub struct Open {
    /// What the engine works with.
    pub made: Made,
    /// The rows of the deck as they are listed.
    pub listing: Listing,
    /// What is changed.
    pub changes: Changes,
}

impl Open {
    /// The deck in use with these settings.
    pub fn of(settings: &Settings, policy: &Policy, shipped: &DeckFile) -> Result<Open, Vec<Problem>> {
        let made = make(settings, policy, shipped)?;
        let library = Library { settings, policy, shipped };
        let changes = library.changes(made.id);
        let listing = Listing::of(&library.file(made.id)?, &changes)?;
        Ok(Open { made, listing, changes })
    }
}

/// What is known about the decks, read once: the text of a deck with a given number never changes.
#[derive(Default)]
pub struct Summaries {
    known: RefCell<Vec<(DeckId, Option<Summary>)>>,
}

impl Summaries {
    /// What is known about a deck; nothing if this version cannot read it.
    pub fn of(&self, deck: DeckId, file: impl FnOnce() -> Result<DeckFile, Vec<Problem>>) -> Option<Summary> {
        let read = || {
            file().ok().map(|file| Summary {
                title: file.title.to_string(),
                language: file.language.to_string(),
                prompts: file.prompts.len(),
                items: file.checklist.len(),
            })
        };
        let known = self.known.borrow().iter().find(|(known, _)| *known == deck).map(|(_, summary)| summary.clone());
        known.unwrap_or_else(|| {
            let summary = read();
            self.known.borrow_mut().push((deck, summary.clone()));
            summary
        })
    }
}
