//! From settings and policy to what the engine works with.

use std::borrow::Cow;

use super::{DeckId, Policy, Settings};
use crate::deck::changes::{Changes, Fitted, fitted};
use crate::deck::{Deck, DeckFile, Problem};
use crate::engine::offer::{Offer, Setting};
use crate::settings::look::Size;

/// What the engine works with.
#[derive(Clone, Debug)]
pub struct Made {
    /// Which deck is in use.
    pub id: DeckId,
    /// That deck with its changes, as a file: to store, and to pass to the engine.
    pub file: DeckFile,
    /// The same deck as the engine uses it.
    pub deck: Deck,
    /// Whether that is the unchanged shipped deck.
    pub is_plain: bool,
    /// What Start offers.
    pub offer: Offer,
    /// What could not be done: changes that do not fit the deck.
    pub unfit: Vec<Problem>,
    /// The policy, as far as it fits the deck.
    pub policy: Policy,
}

/// The deck and the offer that follow from these settings and this policy. The shipped deck replaces an imported one
/// that this version can no longer read.
///
/// # Errors
/// If the shipped deck is not sound.
pub fn make(settings: &Settings, policy: &Policy, shipped: &DeckFile) -> Result<Made, Vec<Problem>> {
    let library = Library { settings, policy, shipped };
    let chosen = library.in_use();
    let with = |id| library.fitted(id).map(|fitted| (id, fitted));
    let (id, mut fitted) = with(chosen).or_else(|_| with(DeckId::Shipped))?;
    let policy = policy.clone().with(&fitted.deck);
    let only_dots = settings.look.size == Size::Dot;
    if only_dots {
        fitted.file.profiles.iter_mut().for_each(|profile| profile.words_by_themselves = false);
        fitted.deck.profiles.iter_mut().for_each(|profile| profile.words_by_themselves = false);
    }
    Ok(Made {
        id,
        is_plain: id == DeckId::Shipped && fitted.changes.is_empty() && !only_dots,
        offer: settings.offer(&policy),
        file: fitted.file,
        deck: fitted.deck,
        unfit: fitted.problems,
        policy,
    })
}

/// All the decks to choose from.
#[derive(Clone, Copy, Debug)]
pub struct Library<'a> {
    /// What the therapist has set.
    pub settings: &'a Settings,
    /// What the clinic has set.
    pub policy: &'a Policy,
    /// The shipped deck.
    pub shipped: &'a DeckFile,
}

impl<'a> Library<'a> {
    /// The decks to choose from: the clinic's, the shipped one, the imported ones. A locked deck is the only one.
    pub fn decks(&self) -> Vec<DeckId> {
        let clinic = self.policy.deck.is_some().then_some(DeckId::Clinic);
        if self.policy.locks(Setting::Deck) {
            return vec![clinic.unwrap_or(DeckId::Shipped)];
        }
        let own = self.settings.shelf.own().iter().map(|own| DeckId::Own(own.number));
        clinic.into_iter().chain([DeckId::Shipped]).chain(own).collect()
    }

    /// The deck in use: the chosen one if it exists, otherwise the clinic's, otherwise the shipped one.
    pub fn in_use(&self) -> DeckId {
        let decks = self.decks();
        let chosen = self.settings.shelf.chosen().filter(|chosen| decks.contains(chosen));
        chosen.or(decks.first().copied()).unwrap_or(DeckId::Shipped)
    }

    /// The text of an imported deck; nothing for the shipped one.
    fn imported(&self, deck: DeckId) -> Option<&'a str> {
        match deck {
            DeckId::Shipped => None,
            DeckId::Clinic => self.policy.deck.as_deref(),
            DeckId::Own(number) => self.settings.shelf.text(number),
        }
    }

    /// The text of a deck, byte for byte as it was imported.
    pub fn text(&self, deck: DeckId) -> Cow<'a, str> {
        self.imported(deck).map_or_else(|| self.shipped.to_json().into(), Cow::Borrowed)
    }

    /// A deck without changes.
    ///
    /// # Errors
    /// If this version cannot read it.
    pub fn file(&self, deck: DeckId) -> Result<DeckFile, Vec<Problem>> {
        self.imported(deck).map_or_else(|| Ok(self.shipped.clone()), DeckFile::from_json)
    }

    /// A deck with all the changes that fit it.
    ///
    /// # Errors
    /// The same as for [`Library::file`].
    pub fn fitted(&self, deck: DeckId) -> Result<Fitted, Vec<Problem>> {
        fitted(&self.file(deck)?, &self.changes(deck))
    }

    /// What is changed about a deck; nothing about a locked one, which is as the clinic has it.
    pub fn changes(&self, deck: DeckId) -> Changes {
        if self.policy.locks(Setting::Deck) { Changes::default() } else { self.settings.changes(deck) }
    }
}
