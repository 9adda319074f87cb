//! What is kept from session to session: the last choices, a counter, and prompt ids. Nothing about anyone.

use serde::{Deserialize, Serialize};

use crate::deck::{Deck, SessionKind};
use crate::pacing::{Age, Ledger, Tally};

/// What is chosen at Start, and offered again at the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The planned length in minutes.
    pub minutes: u16,
    /// The kind of session.
    pub kind: SessionKind,
    /// The id of the profile.
    pub profile: String,
}

impl Default for Choices {
    fn default() -> Choices {
        Choices { minutes: 50, kind: SessionKind::Ongoing, profile: "standard".to_owned() }
    }
}

/// What is kept from session to session: prompt ids and a counter, nothing about anyone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// How many sessions have been started.
    pub sessions: u32,
    /// For each prompt that has come, sorted by id: the number of the session in which it last did.
    pub last_came: Vec<(String, u32)>,
    /// Prompts that are never to come again, sorted by id.
    pub never: Vec<String>,
}

impl Memory {
    /// The ledger of a session that begins: empty but for what earlier ones left behind.
    pub fn ledger(&self, deck: &Deck) -> Ledger {
        let age = |id: &str| match self.last_came(id) {
            Some(last) => Age { sessions: self.sessions.saturating_sub(last), seen: true },
            None => Age { sessions: self.sessions, seen: false },
        };
        let prompts = &deck.prompts;
        Ledger {
            tallies: vec![Tally::default(); prompts.len()],
            ages: prompts.iter().map(|prompt| age(&prompt.id)).collect(),
            never: prompts.iter().map(|prompt| self.is_banned(&prompt.id)).collect(),
            ticks: vec![None; deck.checklist.len()],
            next_slot: 0,
            last: None,
            run: None,
            checklist_shown: 0,
        }
    }

    /// The same memory with its lists sorted, as looking things up needs them.
    pub fn in_order(self) -> Memory {
        let mut memory = Memory { sessions: self.sessions, ..Memory::default() };
        for (id, session) in &self.last_came {
            memory.came_in(id, *session);
        }
        for id in &self.never {
            memory.ban(id, true);
        }
        memory
    }

    fn last_came(&self, id: &str) -> Option<u32> {
        let found = self.last_came.binary_search_by(|(known, _)| known.as_str().cmp(id));
        found.ok().map(|index| self.last_came[index].1)
    }

    /// A prompt has come in a session.
    pub fn came_in(&mut self, id: &str, session: u32) {
        match self.last_came.binary_search_by(|(known, _)| known.as_str().cmp(id)) {
            Ok(index) => self.last_came[index].1 = session,
            Err(index) => self.last_came.insert(index, (id.to_owned(), session)),
        }
    }

    fn is_banned(&self, id: &str) -> bool {
        self.never.binary_search_by(|known| known.as_str().cmp(id)).is_ok()
    }

    /// A prompt is never to come again, or may after all.
    pub fn ban(&mut self, id: &str, banned: bool) {
        match self.never.binary_search_by(|known| known.as_str().cmp(id)) {
            Ok(index) if !banned => drop(self.never.remove(index)),
            Err(index) if banned => self.never.insert(index, id.to_owned()),
            Ok(_) | Err(_) => {}
        }
    }
}
