//! What is kept from session to session: the last choices, a counter, and prompt ids. Nothing about anyone.

use serde::{Deserialize, Serialize};

use crate::deck::{Deck, SessionKind};
use crate::hour::fading::{Fading, Lesson};
use crate::hour::pacing::{Age, Ledger, Tally};
use crate::time::Timestamp;

/// What is chosen at Start. All but the intention is offered again at the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Choices {
    /// The planned length in minutes.
    pub minutes: u16,
    /// The kind of session.
    pub kind: SessionKind,
    /// The id of the profile.
    pub profile: String,
    /// The id of the prompt that she wants to practise in this hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intention: Option<String>,
}

impl Default for Choices {
    fn default() -> Choices {
        Choices { minutes: 50, kind: SessionKind::Ongoing, profile: "standard".to_owned(), intention: None }
    }
}

/// What is kept from session to session: prompt ids and a counter, nothing about anyone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// How many sessions have been started.
    pub sessions: u32,
    /// Prompts that have come or have been put away, sorted by id.
    past: Vec<Past>,
}

/// What is kept of one prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Its id.
    pub id: String,
    /// The number of the session in which it last came.
    pub last: Option<u32>,
    /// Whether it is never to come again.
    pub never: bool,
    /// How far it has faded.
    pub fading: Fading,
}

impl Memory {
    /// The ledger of a session that begins at `began`: empty but for what earlier ones left behind.
    pub fn ledger(&self, deck: &Deck, began: Timestamp) -> Ledger {
        let past = |id: &str| self.find(id).ok().map(|index| &self.past[index]);
        let age = |id: &str| match past(id).and_then(|past| past.last) {
            Some(last) => Age { sessions: self.sessions.saturating_sub(last), seen: true },
            None => Age { sessions: self.sessions, seen: false },
        };
        let prompts = &deck.prompts;
        Ledger {
            began,
            tallies: vec![Tally::default(); prompts.len()],
            ages: prompts.iter().map(|prompt| age(&prompt.id)).collect(),
            never: prompts
                .iter()
                .map(|prompt| prompt.can_be_put_away() && past(&prompt.id).is_some_and(|past| past.never))
                .collect(),
            fading: prompts
                .iter()
                .map(|prompt| past(&prompt.id).map_or_else(Fading::default, |past| past.fading))
                .collect(),
            ticks: vec![None; deck.checklist.len()],
            next_slot: 0,
            last: None,
            run: None,
            checklist_shown: 0,
        }
    }

    /// What is kept of each prompt, sorted by id.
    pub fn past(&self) -> &[Past] {
        &self.past
    }

    /// Takes in what was kept of a prompt.
    pub fn recall(&mut self, past: Past) {
        let known = self.of(&past.id);
        *known = past;
    }

    /// A prompt has come in this session.
    pub fn came(&mut self, id: &str) {
        self.of(id).last = Some(self.sessions);
    }

    /// A prompt is never to come again.
    pub fn ban(&mut self, id: &str) {
        self.of(id).never = true;
    }

    /// A prompt may come again as if it had never been put away.
    pub fn allow(&mut self, id: &str) {
        if let Ok(index) = self.find(id) {
            let past = &mut self.past[index];
            (past.never, past.fading) = (false, Fading::default());
        }
    }

    /// A showing teaches something; says how far the prompt has faded now.
    pub fn learn(&mut self, id: &str, lesson: Lesson, now: Timestamp) -> Fading {
        let past = self.of(id);
        past.fading.learn(lesson, now);
        past.fading
    }

    fn find(&self, id: &str) -> Result<usize, usize> {
        self.past.binary_search_by(|past| past.id.as_str().cmp(id))
    }

    fn of(&mut self, id: &str) -> &mut Past {
        let index = self.find(id).unwrap_or_else(|index| {
            self.past.insert(index, Past { id: id.to_owned(), ..Past::default() });
            index
        });
        &mut self.past[index]
    }
}
