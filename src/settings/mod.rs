//! What a therapist sets for herself, and what her clinic sets for her.
//!
//! [`Settings`] are one record: her decks, her changes over each, what Start offers, and how a cue looks. A [`Policy`] is what the
//! browser's own policy says. The engine knows neither: [`make`] turns both into the deck and the [`Offer`] that it
//! goes on with. Nothing in here is about a session or a client.

pub mod keys;
pub mod look;
mod make;
pub mod place;
pub mod places;
mod policy;
mod shelf;
pub mod sync;
mod written;

pub use make::{Library, Made, make};
pub use policy::Policy;
pub use shelf::{DeckId, OWN_MAX, Own, Refused, Shelf};

use crate::by_id::ById;
use crate::deck::SessionKind;
use crate::deck::changes::Changes;
use crate::engine::offer::{Locks, Offer, Setting};
use crate::settings::look::Look;
use crate::time::Timestamp;

/// Everything that one person sets. The default is what a new installation has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// When something was last changed: of two computers, the later one counts.
    pub changed: Timestamp,
    /// What Start offers.
    pub usual: Usual,
    /// How a cue looks.
    pub look: Look,
    /// Her decks, and which one is in use.
    pub shelf: Shelf,
    /// What she has changed about each deck, by [`DeckId`].
    pub changes: ById<Changes>,
}

/// What Start offers; what is not set is as it was last time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usual {
    /// The planned length in minutes.
    pub minutes: Option<u16>,
    /// The kind of session.
    pub kind: Option<SessionKind>,
    /// The id of the profile.
    pub profile: Option<String>,
}

impl Settings {
    /// What is changed about a deck.
    pub fn changes(&self, deck: DeckId) -> Changes {
        self.changes.get(&deck.name()).cloned().unwrap_or_default()
    }

    /// Puts other changes over a deck.
    pub fn change(&mut self, deck: DeckId, changes: Changes) {
        let changes = changes.tidied();
        if changes.is_empty() {
            self.changes.remove(&deck.name());
        } else {
            self.changes.insert(deck.name(), changes);
        }
    }

    /// Takes a deck off the shelf, with what was changed about it.
    pub fn drop_deck(&mut self, number: u32) {
        self.shelf.take(number);
        self.changes.remove(&DeckId::Own(number).name());
    }

    /// Puts all back to how it came, except the decks that she has brought in: they stay on the shelf.
    pub fn reset(&mut self) {
        self.usual = Usual::default();
        self.look = Look::default();
        self.changes = ById::default();
        self.shelf.choose(None);
    }

    /// Whether nothing is set.
    pub fn is_default(&self) -> bool {
        Settings { changed: Timestamp::default(), ..self.clone() } == Settings::default()
    }

    /// What Start offers, once the policy has had its say: what is locked is as the policy has it, and what she has not
    /// set as well.
    fn offer(&self, policy: &Policy) -> Offer {
        let Usual { minutes, kind, profile } = &self.usual;
        let own = |setting| !policy.locks(setting);
        Offer {
            minutes: minutes.filter(|_| own(Setting::Minutes)).or(policy.minutes),
            kind: kind.filter(|_| own(Setting::SessionKind)).or(policy.kind),
            profile: profile.clone().filter(|_| own(Setting::Profile)).or(policy.profile.clone()),
            locks: Locks {
                settings: [Setting::Minutes, Setting::SessionKind, Setting::Profile]
                    .into_iter()
                    .filter(|setting| !own(*setting))
                    .collect(),
                by: policy.locks.by.clone(),
            },
        }
    }
}
