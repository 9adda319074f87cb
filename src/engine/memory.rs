//! What Attune keeps from session to session: the last choices, a session counter, and prompt ids. Nothing about
//! clients.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::deck::limits::whole;
use crate::deck::lists::{LIST_MAX, map};
use crate::deck::{Channel, Deck, Id, Prompt, SessionKind};
use crate::engine::stored::Version;
use crate::hour::fading::{Fading, Lesson};
use crate::hour::pacing::{Age, Ledger, Past};
use crate::hour::table::Table;
use crate::time::{Offset, Timestamp};

/// More sessions than anyone has. The number stays there.
const SESSIONS: u32 = 999_999_999;
/// How many prompts are remembered: as many as the largest deck has.
const REMEMBERED: usize = LIST_MAX;

/// The choices at Start. The next Start offers all of them again except the intention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Choices {
    /// The planned length in minutes.
    pub minutes: u16,
    /// The kind of session.
    pub kind: SessionKind,
    /// What the call carries at first.
    #[serde(default, skip_serializing_if = "Channel::is_video")]
    pub channel: Channel,
    /// The id of the profile.
    pub profile: String,
    /// The id of the prompt that the therapist wants to practise in this session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intention: Option<String>,
}

impl Default for Choices {
    fn default() -> Choices {
        Choices {
            minutes: 50,
            kind: SessionKind::Ongoing,
            channel: Channel::Video,
            profile: "standard".to_owned(),
            intention: None,
        }
    }
}

/// What Attune keeps from session to session. Nothing about clients.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    version: Version,
    /// What was chosen at the last Start.
    pub choices: Choices,
    /// How many sessions have been started.
    #[serde(deserialize_with = "whole::<0, SESSIONS, _, _>")]
    pub sessions: u32,
    /// Prompts that have come, and those answered *never*.
    #[serde(deserialize_with = "map::<REMEMBERED, _, _, _>")]
    prompts: BTreeMap<Id, Remembered>,
}

/// What Attune keeps about one prompt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The number of the session in which it last came.
    pub last: Option<u32>,
    /// Whether it was answered *never*.
    pub never: bool,
    /// How far it has faded.
    pub fading: Fading,
}

impl Memory {
    /// The ledger of a session that begins at `began`: empty except for what earlier sessions left behind.
    pub fn ledger(&self, deck: &Deck, began: Timestamp) -> Ledger {
        Ledger {
            began,
            tallies: Table::new(deck.prompts.iter().map(|prompt| prompt.id.clone())),
            ticks: Table::new(deck.checklist.iter().map(|item| item.id.clone())),
            slots_used: Offset::START,
            last: None,
            run: None,
            checklist_shown: 0,
            past: self.past(deck),
        }
    }

    /// What earlier sessions left behind, for each prompt of the deck.
    pub fn past(&self, deck: &Deck) -> Vec<Past> {
        let past = |prompt: &Prompt| {
            let known = self.prompts.get(prompt.id.as_str());
            let age = match known.and_then(|known| known.last) {
                Some(last) => Age { sessions: self.sessions.saturating_sub(last), seen: true },
                None => Age { sessions: self.sessions, seen: false },
            };
            let never = prompt.can_be_put_away() && known.is_some_and(|known| known.never);
            Past { age, never, fading: known.map_or_else(Fading::default, |known| known.fading) }
        };
        deck.prompts.iter().map(past).collect()
    }

    /// What Attune keeps about each prompt, in order of id.
    pub fn prompts(&self) -> impl Iterator<Item = (&Id, &Remembered)> {
        self.prompts.iter()
    }

    /// Whether a prompt was answered *never*.
    pub fn is_banned(&self, id: &str) -> bool {
        self.prompts.get(id).is_some_and(|known| known.never)
    }

    /// Whether a prompt comes less often than its deck says, or rests.
    pub fn has_faded(&self, id: &str) -> bool {
        self.prompts.get(id).is_some_and(|known| known.fading.stage > 0)
    }

    /// Records that a prompt has come in this session.
    pub fn came(&mut self, id: &Id) {
        self.of(id).last = Some(self.sessions);
    }

    /// Records that a prompt was answered *never*.
    pub fn ban(&mut self, id: &Id) {
        self.of(id).never = true;
    }

    /// Lets a prompt come again, as if it had never been banned and had never faded.
    pub fn allow(&mut self, id: &str) {
        if let Some(known) = self.prompts.get_mut(id) {
            (known.never, known.fading) = (false, Fading::default());
        }
    }

    /// Records what a showing taught, and returns how far the prompt has faded now.
    pub fn learn(&mut self, id: &Id, lesson: Lesson, now: Timestamp) -> Fading {
        let known = self.of(id);
        known.fading.learn(lesson, now);
        known.fading
    }

    /// Counts a session that begins.
    pub fn count_session(&mut self) {
        self.sessions = (self.sessions + 1).min(SESSIONS);
    }

    /// What is known about a prompt. If there is no room for another one, the one that came longest ago is forgotten, and
    /// of those answered *never* only if there is no other.
    fn of(&mut self, id: &Id) -> &mut Remembered {
        if self.prompts.len() >= REMEMBERED && !self.prompts.contains_key(id) {
            let oldest = self.prompts.iter().min_by_key(|(_, known)| (known.never, known.last));
            if let Some(oldest) = oldest.map(|(id, _)| id.clone()) {
                self.prompts.remove(&oldest);
            }
        }
        self.prompts.entry(id.clone()).or_default()
    }
}
