//! What is saved after each dispatch, and how it is read back.
//!
//! A snapshot names prompts and items by id, because the deck may have changed by the time it is read: what it no
//! longer knows is left out, and the rest goes on. A text that is no snapshot is refused as a whole.

use serde::{Deserialize, Serialize};

use crate::deck::{Deck, Kind};
use crate::engine::Engine;
use crate::memory::{Choices, Memory};
use crate::message::Message;
use crate::pacing::{Cause, Tally};
use crate::plan::{MINUTES_MAX, MINUTES_MIN};
use crate::session::{Entry, Gap, Hold, Notice, Outcome, Session, Showing, Stage, Start};
use crate::time::{Clock, Offset, Timestamp};
use crate::wire;

const VERSION: u32 = 1;

/// A text that is no snapshot of this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the saved state cannot be read")
    }
}

impl std::error::Error for Unreadable {}

#[derive(Serialize, Deserialize)]
struct Saved {
    version: u32,
    choices: Choices,
    memory: Memory,
    session: Option<SavedSession>,
    ended: Option<SavedEnd>,
}

#[derive(Serialize, Deserialize)]
struct SavedEnd {
    minutes: u64,
    log: Vec<SavedEntry>,
    by_itself: bool,
}

#[derive(Serialize, Deserialize)]
struct SavedSession {
    start: Start,
    profile: String,
    clock: Clock,
    length: u16,
    tallies: Vec<SavedTally>,
    ticks: Vec<(String, Offset)>,
    next_slot: u32,
    last: Option<Offset>,
    run: Option<(Kind, u32)>,
    checklist_shown: u32,
    log: Vec<SavedEntry>,
    showing: Option<SavedShowing>,
    shown: u32,
    hold: Option<Hold>,
    crisis: bool,
    hidden: bool,
    paused: Option<Timestamp>,
    settle: Offset,
    gap: Option<Gap>,
    notice: Option<Notice>,
    banned: Option<String>,
}

/// The prompt, how often it came, when last, and whether it was put off, returns, and rests. A row, because rows are
/// shorter than records, in the text and in the code that reads them.
type SavedTally = (String, u32, Offset, (bool, bool, bool));

/// The prompt, when it came, and how it ended.
type SavedEntry = (String, Offset, Outcome);

#[derive(Serialize, Deserialize)]
struct SavedShowing {
    number: u32,
    prompt: String,
    cause: Cause,
    since: Offset,
    until: Offset,
    stage: Stage,
    why: Message,
}

/// The text of everything that must survive.
pub(crate) fn write(engine: &Engine) -> String {
    let deck = &engine.deck;
    let saved = Saved {
        version: VERSION,
        choices: engine.choices.clone(),
        memory: engine.memory.clone(),
        session: engine.session.as_ref().map(|session| save_session(deck, session)),
        ended: engine.ended.as_ref().map(|(minutes, log, by_itself)| SavedEnd {
            minutes: *minutes,
            log: save_log(deck, log),
            by_itself: *by_itself,
        }),
    };
    wire::write(&saved)
}

/// Takes in what [`write`] wrote, or nothing of it.
pub(crate) fn read(engine: &mut Engine, text: &str) -> Result<(), Unreadable> {
    let saved: Saved = wire::read(text).ok_or(Unreadable)?;
    let sane = saved.version == VERSION
        && (MINUTES_MIN..=MINUTES_MAX).contains(&saved.choices.minutes)
        && saved.memory.sessions < 1_000_000_000
        && saved.session.as_ref().is_none_or(SavedSession::sane);
    if !sane {
        return Err(Unreadable);
    }
    engine.choices = saved.choices;
    engine.memory = saved.memory.in_order();
    engine.ended = saved.ended.map(|end| (end.minutes, read_log(&engine.deck, end.log), end.by_itself));
    engine.session = saved.session.map(|session| read_session(engine, session));
    Ok(())
}

impl SavedSession {
    /// Whether the numbers are such as a session can have. Offsets need no check: time only ever saturates.
    fn sane(&self) -> bool {
        const COUNT: u32 = 100_000;
        (MINUTES_MIN..=MINUTES_MAX).contains(&self.start.minutes)
            && (self.start.minutes..=MINUTES_MAX).contains(&self.length)
            && self.clock.stopped() == self.paused.is_some()
            && self.tallies.iter().all(|(_, shown, ..)| *shown < COUNT)
            && [self.next_slot, self.checklist_shown, self.shown].iter().all(|count| *count < COUNT)
            && self.run.is_none_or(|(_, length)| length < COUNT)
            && self.showing.as_ref().is_none_or(|showing| showing.number < COUNT)
    }
}

fn save_session(deck: &Deck, session: &Session) -> SavedSession {
    let ledger = &session.ledger;
    let prompt = |index: usize| deck.prompts[index].id.clone();
    let came = |(_, tally): &(usize, &Tally)| **tally != Tally::default();
    let tally = |(index, tally): (usize, &Tally)| {
        (prompt(index), tally.shown, tally.last, (tally.put_off, tally.returning, tally.rests))
    };
    let ticks = ledger.ticks.iter().enumerate();
    SavedSession {
        start: session.start,
        profile: deck.profiles[session.start.profile].id.clone(),
        clock: session.clock.clone(),
        length: session.length,
        tallies: ledger.tallies.iter().enumerate().filter(came).map(tally).collect(),
        ticks: ticks.filter_map(|(index, at)| Some((deck.checklist[index].id.clone(), (*at)?))).collect(),
        next_slot: ledger.next_slot,
        last: ledger.last,
        run: ledger.run,
        checklist_shown: ledger.checklist_shown,
        log: save_log(deck, &session.log),
        showing: session.showing.as_ref().map(|showing| SavedShowing {
            number: showing.number,
            prompt: prompt(showing.prompt),
            cause: showing.cause,
            since: showing.since,
            until: showing.until,
            stage: showing.stage,
            why: showing.why.clone(),
        }),
        shown: session.shown,
        hold: session.hold,
        crisis: session.crisis,
        hidden: session.hidden,
        paused: session.paused,
        settle: session.settle,
        gap: session.gap,
        notice: session.notice.clone(),
        banned: session.banned.map(prompt),
    }
}

fn read_session(engine: &Engine, saved: SavedSession) -> Session {
    let deck = &engine.deck;
    let mut ledger = engine.memory.ledger(deck);
    for (id, shown, last, (put_off, returning, rests)) in saved.tallies {
        if let Some(index) = deck.prompt(&id) {
            ledger.tallies[index] = Tally { shown, last, put_off, returning, rests };
        }
    }
    for (id, at) in saved.ticks {
        if let Some(index) = deck.item(&id) {
            ledger.ticks[index] = Some(at);
        }
    }
    ledger.next_slot = saved.next_slot;
    ledger.last = saved.last;
    ledger.run = saved.run;
    ledger.checklist_shown = saved.checklist_shown;
    let showing = saved.showing.and_then(|showing| {
        let SavedShowing { number, cause, since, until, stage, why, .. } = showing;
        Some(Showing { number, prompt: deck.prompt(&showing.prompt)?, cause, since, until, stage, why })
    });
    // A deck without the session's profile goes on with its first: every deck has one.
    let profile = deck.profile(&saved.profile).unwrap_or_default();
    Session {
        start: Start { profile, ..saved.start },
        clock: saved.clock,
        length: saved.length,
        ledger,
        log: read_log(deck, saved.log),
        showing,
        shown: saved.shown,
        hold: saved.hold,
        crisis: saved.crisis,
        hidden: saved.hidden,
        paused: saved.paused,
        settle: saved.settle,
        gap: saved.gap,
        notice: saved.notice,
        banned: saved.banned.and_then(|id| deck.prompt(&id)),
        events: Vec::new(),
        over: false,
    }
}

fn save_log(deck: &Deck, log: &[Entry]) -> Vec<SavedEntry> {
    log.iter().map(|entry| (deck.prompts[entry.prompt].id.clone(), entry.at, entry.outcome)).collect()
}

fn read_log(deck: &Deck, log: Vec<SavedEntry>) -> Vec<Entry> {
    let entry = |(id, at, outcome): SavedEntry| Some(Entry { prompt: deck.prompt(&id)?, at, outcome });
    log.into_iter().filter_map(entry).collect()
}
