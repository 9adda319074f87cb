//! What Start offers in place of last time's choices, and what of it somebody else has decided.

use serde::{Deserialize, Serialize};

use crate::deck::{Deck, SessionKind};
use crate::engine::memory::Choices;

/// Something that is set, and that a clinic may lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// The planned length.
    Minutes,
    /// The kind of session.
    SessionKind,
    /// The profile.
    Profile,
    /// The deck in use, with what is changed about it.
    Deck,
    /// Whether settings go through the browser's sync.
    Sync,
}

impl Setting {
    /// All of them, by the names that a policy has for them.
    pub const ALL: [(&'static str, Setting); 5] = [
        ("minutes", Setting::Minutes),
        ("session_kind", Setting::SessionKind),
        ("profile", Setting::Profile),
        ("deck", Setting::Deck),
        ("sync", Setting::Sync),
    ];
}

/// What Start offers; what is not set is as it was last time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(default)]
pub struct Offer {
    /// The planned length in minutes.
    pub minutes: Option<u16>,
    /// The kind of session.
    pub kind: Option<SessionKind>,
    /// The id of the profile.
    pub profile: Option<String>,
    /// What of it cannot be changed at Start.
    pub locks: Locks,
}

/// What cannot be changed, and who says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(default)]
pub struct Locks {
    /// What is locked.
    pub settings: Vec<Setting>,
    /// Who has locked it, in their own words; may be empty.
    pub by: String,
}

impl Locks {
    /// Whether a setting is locked.
    pub fn hold(&self, setting: Setting) -> bool {
        self.settings.contains(&setting)
    }
}

impl Offer {
    /// What is offered, where `last` was chosen last time. A profile that the deck does not have is not offered.
    pub fn over(&self, last: &Choices, deck: &Deck) -> Choices {
        let has = |profile: &&String| deck.profile(profile).is_some();
        Choices {
            minutes: self.minutes.unwrap_or(last.minutes),
            kind: self.kind.unwrap_or(last.kind),
            profile: self.profile.as_ref().filter(has).unwrap_or(&last.profile).clone(),
            intention: None,
        }
    }

    /// What has been chosen, with what is locked put back.
    pub fn hold(&self, chosen: Choices, deck: &Deck) -> Choices {
        let offered = self.over(&chosen, deck);
        let locked = |setting| self.locks.hold(setting);
        Choices {
            minutes: if locked(Setting::Minutes) { offered.minutes } else { chosen.minutes },
            kind: if locked(Setting::SessionKind) { offered.kind } else { chosen.kind },
            profile: if locked(Setting::Profile) { offered.profile } else { chosen.profile },
            intention: chosen.intention,
        }
    }
}
