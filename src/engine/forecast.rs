//! Simulates whole sessions with a deck, in which nobody answers a prompt or ticks an item.
//!
//! A forecast ignores earlier sessions. It shows how dense a deck is and where its prompts fall, not what will come
//! today.

use crate::deck::{Channel, Deck, SessionKind};
use crate::engine::memory::Memory;
use crate::hour::session::{Session, Start};
use crate::hour::table::Row;
use crate::time::{Offset, Timestamp};

/// A sanity limit: more wake-ups than any session has.
const WAKES: usize = 2_000;

/// A prompt that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// When it came.
    pub at: Offset,
    /// The index of the prompt.
    pub prompt: usize,
}

/// The session to simulate.
#[derive(Clone, Copy, Debug)]
pub struct Ahead {
    /// The length in minutes.
    pub minutes: u16,
    /// The kind of session.
    pub kind: SessionKind,
    /// What the call carries.
    pub channel: Channel,
    /// The index of the profile.
    pub profile: usize,
}

/// The prompts that come in one such session, in order.
pub fn hour(deck: &Deck, ahead: Ahead, seed: u32) -> Vec<Arrival> {
    let Ahead { minutes, kind, channel, profile } = ahead;
    let mut now = Timestamp(0);
    let profile = Row::new(deck.profiles[profile].id.clone(), profile);
    let start = Start { minutes, kind, channel, profile, seed, intention: None };
    let mut session = Session::begin(now, start, Memory::default().ledger(deck, now));
    for _ in 0..WAKES {
        let next = session.poll_timeout(deck).filter(|_| session.elapsed() < session.hour(deck).end());
        let Some(next) = next else { break };
        now = next;
        session.advance(deck, now);
    }
    session.end();
    session.log.iter().map(|entry| Arrival { at: entry.at, prompt: entry.prompt.at() }).collect()
}

/// Several such sessions on top of each other: each prompt that came in any of them, with its times. The prompts are in
/// order of their average time.
pub fn overlaid(deck: &Deck, ahead: Ahead, hours: u32) -> Vec<(usize, Vec<Offset>)> {
    let mut came = vec![Vec::new(); deck.prompts.len()];
    for seed in 1..=hours {
        for Arrival { at, prompt } in hour(deck, ahead, seed) {
            came[prompt].push(at);
        }
    }
    let middle = |times: &[Offset]| times.iter().map(|at| at.0).sum::<u64>() / times.len() as u64;
    let mut rows: Vec<(usize, Vec<Offset>)> = Vec::new();
    for (prompt, times) in came.into_iter().enumerate().filter(|(_, times)| !times.is_empty()) {
        let after = rows.partition_point(|(_, other)| middle(other) <= middle(&times));
        rows.insert(after, (prompt, times));
    }
    rows
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn shipped() -> Deck {
        Deck::from_json(include_str!("../../extension/decks/en.json")).unwrap()
    }

    #[test]
    fn an_hour_ahead_keeps_to_the_profile() {
        let deck = shipped();
        for (profile, row) in deck.profiles.iter().enumerate() {
            let came =
                hour(&deck, Ahead { minutes: 50, kind: SessionKind::Ongoing, channel: Channel::Video, profile }, 7);
            assert!(!came.is_empty() && came.len() as u32 <= row.timed_per_50 + row.checklist_per_50, "{}", row.id);
            assert!(came.iter().all(|arrival| arrival.at < Offset(50 * 60_000)));
            assert!(came.is_sorted_by_key(|arrival| arrival.at));
        }
    }

    #[test]
    fn hours_laid_over_each_other_hold_what_each_of_them_held() {
        let deck = shipped();
        let ahead = Ahead { minutes: 50, kind: SessionKind::First, channel: Channel::Video, profile: 1 };
        let rows = overlaid(&deck, ahead, 20);
        let one_by_one: usize = (1..=20).map(|seed| hour(&deck, ahead, seed).len()).sum();
        assert_eq!(rows.iter().map(|(_, times)| times.len()).sum::<usize>(), one_by_one);
        let average = |times: &[Offset]| times.iter().map(|at| at.0).sum::<u64>() / times.len() as u64;
        assert!(rows.is_sorted_by_key(|(_, times)| average(times)), "in the order of the hour");
    }
}
