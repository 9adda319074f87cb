//! What therapists set for themselves, and what their clinic sets for them.
//!
//! [`Settings`] are one record: imported decks, changes to each deck, what Start offers, and how a cue looks. They are
//! stored as a plain object. A [`Policy`] is what the browser's own policy says. The engine knows neither: [`make`]
//! turns both into the deck and the [`Offer`] that it works with. Nothing here is about a session or a client.

mod history;
pub mod keys;
pub mod look;
mod make;
pub mod place;
pub mod places;
mod policy;
pub mod presses;
mod shelf;
pub mod sync;

pub use history::{History, Order};
pub use make::{Library, Made, make};
pub use policy::Policy;
pub use shelf::{DeckId, OWN_MAX, Own, Refused, Shelf};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::deck::SessionKind;
use crate::deck::changes::Changes;
use crate::deck::limits::maybe_whole;
use crate::deck::lists::map;
use crate::engine::offer::{Locks, Offer, Setting};
use crate::engine::stored::Version;
use crate::hour::plan::{MINUTES_MAX, MINUTES_MIN};
use crate::settings::look::Look;

/// How many decks there can be: the shipped one, the clinic's, and imported ones.
const DECKS: usize = 2 + OWN_MAX;

/// Everything that one person sets. The default is that of a new installation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The version of the stored record.
    pub version: Version,
    /// The changes that led to these: of two computers, they tell whose settings follow from the other's.
    #[serde(default)]
    pub history: History,
    /// What Start offers.
    #[serde(default)]
    pub usual: Usual,
    /// How a cue looks.
    #[serde(default)]
    pub look: Look,
    /// The imported decks, and which deck is in use.
    #[serde(default)]
    pub shelf: Shelf,
    /// What is changed about each deck.
    #[serde(default, deserialize_with = "map::<DECKS, _, _, _>")]
    pub changes: BTreeMap<DeckId, Changes>,
}

/// What Start offers; what is not set is as it was last time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Usual {
    /// The planned length in minutes.
    #[serde(deserialize_with = "maybe_whole::<{ MINUTES_MIN as u32 }, { MINUTES_MAX as u32 }, _, _>")]
    pub minutes: Option<u16>,
    /// The kind of session.
    pub kind: Option<SessionKind>,
    /// The id of the profile.
    pub profile: Option<String>,
}

impl Settings {
    /// Reads settings from the text that [`Settings::to_json`] has written; nothing if it is damaged.
    pub fn from_json(text: &str) -> Option<Settings> {
        serde_json::from_str(text).ok()
    }

    /// The settings as text, to be packed and sent to other computers.
    pub fn to_json(&self) -> String {
        // All maps in them have text keys, so nothing can fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What is changed about a deck.
    pub fn changes(&self, deck: DeckId) -> Changes {
        self.changes.get(&deck).cloned().unwrap_or_default()
    }

    /// Replaces the changes to a deck. If there are too many of them, nothing is changed.
    pub fn change(&mut self, deck: DeckId, changes: Changes) {
        let changes = changes.tidied();
        if changes.too_many().is_some() {
            return;
        }
        if changes.is_empty() {
            self.changes.remove(&deck);
        } else {
            self.changes.insert(deck, changes);
        }
    }

    /// Removes a deck from the shelf, with its changes.
    pub fn drop_deck(&mut self, number: u32) {
        self.shelf.take(number);
        self.changes.remove(&DeckId::Own(number));
    }

    /// Resets everything to the defaults. Imported decks stay on the shelf.
    pub fn reset(&mut self) {
        self.usual = Usual::default();
        self.look = Look::default();
        self.changes.clear();
        self.shelf.choose(None);
    }

    /// Whether nothing is set.
    pub fn is_default(&self) -> bool {
        Settings { history: History::default(), ..self.clone() } == Settings::default()
    }

    /// What Start offers under the policy: what is locked comes from the policy, and so does what the therapist has not
    /// set.
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
