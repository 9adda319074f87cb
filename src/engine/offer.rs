//! What Start offers instead of the last choices, and which of it the clinic has locked.

use serde::{Deserialize, Serialize};

use crate::deck::limits::maybe_whole;
use crate::deck::lists::set;
use crate::deck::{Deck, SessionKind};
use crate::engine::memory::Choices;
use crate::hour::plan::{MINUTES_MAX, MINUTES_MIN};

/// A setting that a clinic may lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// The planned length.
    Minutes,
    /// The kind of session.
    SessionKind,
    /// The profile.
    Profile,
    /// The deck in use, including the therapist's changes to it.
    Deck,
    /// Whether settings sync through the browser.
    Sync,
}

impl Setting {
    /// All of them, by their names in a policy.
    pub const ALL: [(&'static str, Setting); 5] = [
        ("minutes", Setting::Minutes),
        ("session_kind", Setting::SessionKind),
        ("profile", Setting::Profile),
        ("deck", Setting::Deck),
        ("sync", Setting::Sync),
    ];
}

/// What Start offers; where a field is `None`, Start offers the last choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(default)]
pub struct Offer {
    /// The planned length in minutes.
    #[serde(deserialize_with = "maybe_whole::<{ MINUTES_MIN as u32 }, { MINUTES_MAX as u32 }, _, _>")]
    pub minutes: Option<u16>,
    /// The kind of session.
    pub kind: Option<SessionKind>,
    /// The id of the profile.
    pub profile: Option<String>,
    /// What cannot be changed at Start.
    pub locks: Locks,
}

/// Which settings are locked, and by whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(default)]
pub struct Locks {
    /// The locked settings, each once.
    #[serde(deserialize_with = "set::<{ Setting::ALL.len() }, _, _>")]
    pub settings: Vec<Setting>,
    /// Who locked them, in their own words; may be empty.
    pub by: String,
}

impl Locks {
    /// Whether a setting is locked.
    pub fn hold(&self, setting: Setting) -> bool {
        self.settings.contains(&setting)
    }
}

impl Offer {
    /// The choices to offer if `last` were the last ones. A profile that the deck does not have is not offered.
    pub fn over(&self, last: &Choices, deck: &Deck) -> Choices {
        let has = |profile: &&String| deck.profile(profile).is_some();
        Choices {
            minutes: self.minutes.unwrap_or(last.minutes),
            kind: self.kind.unwrap_or(last.kind),
            channel: last.channel,
            profile: self.profile.as_ref().filter(has).unwrap_or(&last.profile).clone(),
            intention: None,
        }
    }

    /// The therapist's choices, with the locked ones reset to what is offered.
    pub fn hold(&self, chosen: Choices, deck: &Deck) -> Choices {
        let offered = self.over(&chosen, deck);
        let locked = |setting| self.locks.hold(setting);
        Choices {
            minutes: if locked(Setting::Minutes) { offered.minutes } else { chosen.minutes },
            kind: if locked(Setting::SessionKind) { offered.kind } else { chosen.kind },
            channel: chosen.channel,
            profile: if locked(Setting::Profile) { offered.profile } else { chosen.profile },
            intention: chosen.intention,
        }
    }
}
