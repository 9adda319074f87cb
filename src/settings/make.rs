//! From settings and policy to what the engine goes on with.

use super::{DeckId, Policy, Settings};
use crate::deck::changes::{Changes, fitted};
use crate::deck::{Deck, DeckFile, Problem};
use crate::engine::offer::{Offer, Setting};
use crate::settings::look::Size;

/// What the engine goes on with.
#[derive(Clone, Debug)]
pub struct Made {
    /// Which deck is in use.
    pub id: DeckId,
    /// That deck with what is changed about it, as a file: to be stored, and to be handed to the engine.
    pub file: DeckFile,
    /// The same deck as the engine uses it.
    pub deck: Deck,
    /// Whether that is the shipped deck as it is.
    pub is_plain: bool,
    /// What Start offers.
    pub offer: Offer,
    /// What could not be done: changes that do not go with the deck.
    pub unfit: Vec<Problem>,
    /// The policy, as far as it goes with the deck.
    pub policy: Policy,
}

/// The deck and the offer by these settings under this policy. A deck of her own that this version does not read any
/// more leaves the shipped one in use.
///
/// # Errors
/// If the shipped deck is not sound.
pub fn make(settings: &Settings, policy: &Policy, shipped: &str) -> Result<Made, Vec<Problem>> {
    let library = Library { settings, policy, shipped };
    let chosen = library.in_use();
    let with = |id| {
        let file = DeckFile::from_json(library.text(id))?;
        fitted(&file, &library.changes(id)).map(|fitted| (id, fitted))
    };
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

/// All decks that there are to choose from.
#[derive(Clone, Copy, Debug)]
pub struct Library<'a> {
    /// What she has set.
    pub settings: &'a Settings,
    /// What her clinic has set.
    pub policy: &'a Policy,
    /// The text of the shipped deck.
    pub shipped: &'a str,
}

impl<'a> Library<'a> {
    /// The decks to choose from: the clinic's, the shipped one, her own. A locked deck is the only one.
    pub fn decks(&self) -> Vec<DeckId> {
        let clinic = self.policy.deck.is_some().then_some(DeckId::Clinic);
        if self.policy.locks(Setting::Deck) {
            return vec![clinic.unwrap_or(DeckId::Shipped)];
        }
        let own = self.settings.shelf.own().iter().map(|own| DeckId::Own(own.number));
        clinic.into_iter().chain([DeckId::Shipped]).chain(own).collect()
    }

    /// The deck in use: the one that is chosen if it is there, else the clinic's, else the shipped one.
    pub fn in_use(&self) -> DeckId {
        let decks = self.decks();
        let chosen = self.settings.shelf.chosen().filter(|chosen| decks.contains(chosen));
        chosen.or(decks.first().copied()).unwrap_or(DeckId::Shipped)
    }

    /// The text of a deck.
    pub fn text(&self, deck: DeckId) -> &'a str {
        let text = match deck {
            DeckId::Shipped => None,
            DeckId::Clinic => self.policy.deck.as_deref(),
            DeckId::Own(number) => self.settings.shelf.text(number),
        };
        text.unwrap_or(self.shipped)
    }

    /// What is changed about a deck; a locked deck is as the clinic has it.
    pub fn changes(&self, deck: DeckId) -> Changes {
        if self.policy.locks(Setting::Deck) { Changes::default() } else { self.settings.changes(deck) }
    }
}
