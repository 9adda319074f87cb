//! What is saved after each dispatch, and how it is read back: a table of text ([`crate::tabs`]).
//!
//! A snapshot names prompts and items by id, because the deck may have changed by the time it is read: what it no
//! longer knows is left out, and the rest goes on. A text that is no snapshot is refused as a whole.

use crate::deck::{Deck, Kind, SessionKind};
use crate::engine::memory::{Choices, Memory, Past};
use crate::engine::{Ended, Engine, Prepared};
use crate::hour::fading::Fading;
use crate::hour::pacing::{Cause, Tally};
use crate::hour::plan::{MINUTES_MAX, MINUTES_MIN};
use crate::hour::session::{
    Answer, Entry, Gap, Hold, Notice, Outcome, Over, SILENCES, Session, Sharing, Showing, Stage, Start,
};
use crate::tabs::{Fields, Rows};
use crate::text::Message;
use crate::time::{Clock, Offset, Span, Timestamp};

const HEADER: &str = "attune snapshot, 2";
/// The last row, by which a text that was cut is known.
const END: &str = "end";
/// More than this nobody has counted in a session.
const COUNT: u32 = 100_000;

const SESSION_KINDS: [SessionKind; 3] = [SessionKind::First, SessionKind::Early, SessionKind::Ongoing];
const KINDS: [Kind; 3] = [Kind::Nonverbal, Kind::Verbal, Kind::Reflective];
const OUTCOMES: [Outcome; 8] = [
    Outcome::Answered(Answer::DidIt),
    Outcome::Answered(Answer::Already),
    Outcome::Answered(Answer::NotNow),
    Outcome::Answered(Answer::Never),
    Outcome::Faded,
    Outcome::Unread,
    Outcome::Silenced,
    Outcome::Ticked,
];

/// A text that is no snapshot of this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the saved state cannot be read")
    }
}

impl std::error::Error for Unreadable {}

/// The text of everything that must survive.
pub(crate) fn write(engine: &Engine) -> String {
    let deck = &engine.deck;
    let mut out = Rows::new(HEADER);
    let choices = &engine.choices;
    out.row("choices").number(choices.minutes.into()).number(choices.kind as u32).text(&choices.profile);
    out.row("memory").number(engine.memory.sessions);
    for Past { id, last, never, fading } in engine.memory.past() {
        out.row("past").text(id).maybe(last.map(u64::from)).flag(*never);
        out.number(fading.recent.into()).number(fading.stage.into()).long(fading.since.0);
    }
    if let Some(prepared) = &engine.prepared {
        out.row("prepared").long(prepared.at.0);
        out.items(deck, &prepared.ticks);
    }
    if let Some(ended) = &engine.ended {
        out.row("ended").long(ended.minutes).flag(ended.by_itself).number(ended.kind as u32);
        out.items(deck, &ended.ticks);
        out.log(deck, &ended.log);
    }
    if let Some(session) = &engine.session {
        out.session(deck, session);
    }
    out.row(END);
    out.into_text()
}

impl Rows {
    fn flag(&mut self, flag: bool) -> &mut Rows {
        self.number(flag.into())
    }

    fn items(&mut self, deck: &Deck, items: &[usize]) {
        for item in items {
            self.text(&deck.checklist[*item].id);
        }
    }

    fn log(&mut self, deck: &Deck, log: &[Entry]) {
        for Entry { prompt, at, outcome } in log {
            let outcome = OUTCOMES.iter().position(|known| known == outcome).unwrap_or_default();
            self.row("entry").text(&deck.prompts[*prompt].id).long(at.0).number(outcome as u32);
        }
    }

    fn message(&mut self, message: &Message) {
        self.text(&message.key);
        for arg in &message.args {
            self.text(arg);
        }
    }

    fn session(&mut self, deck: &Deck, session: &Session) {
        let (start, ledger, clock) = (&session.start, &session.ledger, &session.clock);
        let id = |prompt: usize| deck.prompts[prompt].id.as_str();
        self.row("session").long(ledger.began.0).number(start.minutes.into()).number(start.kind as u32);
        self.text(&deck.profiles[start.profile].id).number(start.seed).text(start.intention.map_or("", id));
        self.long(clock.now().0).long(clock.elapsed().0).number(session.length.into()).number(session.shown);
        self.flag(session.crisis)
            .flag(session.hidden)
            .maybe(session.paused.map(|since| since.0))
            .long(session.settle.0);
        self.maybe(session.gap.map(|gap| gap.at.0)).long(session.gap.map_or(0, |gap| gap.length.0));
        self.text(session.banned.map_or("", id));
        match session.hold {
            None => self.text(""),
            Some(Hold::Until(until)) => self.long(until.0),
            Some(Hold::ToTheEnd) => self.text(END),
        };
        self.row("ledger")
            .number(ledger.next_slot)
            .maybe(ledger.last.map(|last| last.0))
            .number(ledger.checklist_shown);
        let (kind, length) = ledger.run.unwrap_or((Kind::Nonverbal, 0));
        self.number(kind as u32).number(length);
        for (index, tally) in ledger.tallies.iter().enumerate().filter(|(_, tally)| **tally != Tally::default()) {
            self.row("tally").text(id(index)).number(tally.shown).long(tally.last.0);
            self.flag(tally.put_off).flag(tally.returning).flag(tally.rests);
        }
        for (index, at) in ledger.ticks.iter().enumerate() {
            if let Some(at) = at {
                self.row("tick").text(&deck.checklist[index].id).long(at.0);
            }
        }
        if session.shares() {
            self.row("sharing").flag(session.sharing.noticed).flag(session.sharing.said);
        }
        for (from, to) in &session.silences {
            self.row("silence").long(from.0).maybe(to.map(|to| to.0));
        }
        if let Some(Showing { number, prompt, cause, since, until, stage, why }) = &session.showing {
            self.row("showing").number(*number).text(id(*prompt)).long(since.0).long(until.0);
            match cause {
                Cause::Moment => self.text("moment"),
                Cause::Checklist => self.text("checklist"),
                Cause::Slot(number) => self.number(*number),
            };
            let (stage, until) = match stage {
                Stage::Dot(until) => (0, until),
                Stage::Words(until) => (1, until),
                Stage::Card(until) => (2, until),
            };
            self.number(stage).long(until.0).message(why);
        }
        match session.call {
            Over::No => {}
            Over::Asked(at) => drop(self.row("over").long(at.0)),
            Over::KeptOn => drop(self.row("over").text("")),
        }
        if let Some(Notice { message, until }) = &session.notice {
            self.row("notice").long(until.0);
            if let Some(message) = message {
                self.message(message);
            }
        }
        self.log(deck, &session.log);
    }
}

/// Takes in what [`write`] wrote, or nothing of it.
pub(crate) fn read(engine: &mut Engine, text: &str) -> Result<(), Unreadable> {
    let mut read = Engine::new(engine.deck.clone());
    read.take_in(text).ok_or(Unreadable)?;
    *engine = read;
    Ok(())
}

impl Engine {
    /// Takes in the rows one by one; nothing if one of them is not what it should be.
    fn take_in(&mut self, text: &str) -> Option<()> {
        let mut lines = text.split('\n');
        if lines.next() != Some(HEADER) {
            return None;
        }
        let mut fields = Fields::of(lines.next()?, "choices")?;
        self.choices = Choices {
            minutes: fields.minutes()?,
            kind: fields.one_of(&SESSION_KINDS)?,
            profile: fields.text()?,
            intention: None,
        };
        self.memory.sessions =
            Fields::of(lines.next()?, "memory")?.number().filter(|sessions| *sessions < 1_000_000_000)?;
        for line in lines.by_ref() {
            let (row, mut fields) = Fields::row(line);
            match row {
                END => return lines.next().is_none().then_some(()),
                "past" => self.memory.recall(fields.past()?),
                "prepared" => {
                    let at = Timestamp(fields.long()?);
                    self.prepared = Some(Prepared { at, ticks: fields.items(&self.deck) });
                }
                "ended" => {
                    self.ended = Some(Ended {
                        minutes: fields.long()?,
                        by_itself: fields.flag()?,
                        kind: fields.one_of(&SESSION_KINDS)?,
                        ticks: fields.items(&self.deck),
                        log: Vec::new(),
                    });
                }
                "session" => self.session = Some(fields.session(&self.deck, &self.memory)?),
                "entry" => {
                    let entry = fields.entry(&self.deck)?;
                    let log = match (&mut self.session, &mut self.ended) {
                        (Some(session), _) => &mut session.log,
                        (None, Some(ended)) => &mut ended.log,
                        (None, None) => return None,
                    };
                    log.extend(entry);
                }
                row => fields.of_session(row, &self.deck, self.session.as_mut()?)?,
            }
        }
        None
    }
}

impl Fields<'_> {
    fn minutes(&mut self) -> Option<u16> {
        let minutes = u16::try_from(self.long()?).ok()?;
        (MINUTES_MIN..=MINUTES_MAX).contains(&minutes).then_some(minutes)
    }

    fn count(&mut self) -> Option<u32> {
        self.number().filter(|count| *count < COUNT)
    }

    fn at(&mut self) -> Option<Offset> {
        self.long().map(Offset)
    }

    fn past(&mut self) -> Option<Past> {
        let (id, last, never) = (self.text()?, self.maybe()?, self.flag()?);
        let last = last.map(u32::try_from).transpose().ok()?;
        let fading = Fading { recent: self.small()?, stage: self.small()?, since: Timestamp(self.long()?) };
        Some(Past { id, last, never, fading })
    }

    /// The items that are named to the end of the row, as far as the deck knows them.
    fn items(&mut self, deck: &Deck) -> Vec<usize> {
        let mut items = Vec::new();
        while let Some(id) = self.word() {
            items.extend(deck.item(id).filter(|item| !items.contains(item)));
        }
        items
    }

    /// A showing that is over, if the deck still knows its prompt.
    fn entry(&mut self, deck: &Deck) -> Option<Option<Entry>> {
        let (id, at, outcome) = (self.word()?, self.at()?, self.one_of(&OUTCOMES)?);
        Some(deck.prompt(id).map(|prompt| Entry { prompt, at, outcome }))
    }

    fn message(&mut self) -> Option<Message> {
        let key = self.text()?;
        Some(Message { key, args: std::iter::from_fn(|| self.text()).collect() })
    }

    fn session(&mut self, deck: &Deck, memory: &Memory) -> Option<Session> {
        let ledger = memory.ledger(deck, Timestamp(self.long()?));
        let (minutes, kind) = (self.minutes()?, self.one_of(&SESSION_KINDS)?);
        // A deck without the session's profile goes on with its first: every deck has one.
        let profile = deck.profile(self.word()?).unwrap_or_default();
        let (seed, intention) = (self.number()?, deck.prompt(self.word()?));
        let (now, elapsed) = (Timestamp(self.long()?), self.at()?);
        let length = self.minutes().filter(|length| *length >= minutes)?;
        let (shown, crisis, hidden) = (self.count()?, self.flag()?, self.flag()?);
        let (paused, settle) = (self.maybe()?.map(Timestamp), self.at()?);
        let (gap, away) = (self.maybe()?, Span(self.long()?));
        let banned = deck.prompt(self.word()?);
        let hold = match self.word()? {
            "" => None,
            END => Some(Hold::ToTheEnd),
            until => Some(Hold::Until(Offset(until.parse().ok()?))),
        };
        let mut session = Session::begin(now, Start { minutes, kind, profile, seed, intention }, ledger);
        session.clock = Clock::at(now, elapsed, paused.is_some());
        (session.length, session.shown, session.settle) = (length, shown, settle);
        (session.crisis, session.hidden, session.paused) = (crisis, hidden, paused);
        (session.hold, session.banned, session.notice) = (hold, banned, None);
        session.gap = gap.map(|at| Gap { at: Offset(at), length: away });
        Some(session)
    }

    /// A row that belongs to the running session.
    fn of_session(&mut self, row: &str, deck: &Deck, session: &mut Session) -> Option<()> {
        let ledger = &mut session.ledger;
        match row {
            "ledger" => {
                (ledger.next_slot, ledger.last) = (self.count()?, self.maybe()?.map(Offset));
                ledger.checklist_shown = self.count()?;
                let run = (self.one_of(&KINDS)?, self.count()?);
                ledger.run = (run.1 > 0).then_some(run);
            }
            "tally" => {
                let id = self.word()?;
                let (shown, last) = (self.count()?, self.at()?);
                let (put_off, returning, rests) = (self.flag()?, self.flag()?, self.flag()?);
                if let Some(index) = deck.prompt(id) {
                    ledger.tallies[index] = Tally { shown, last, put_off, returning, rests };
                }
            }
            "tick" => {
                let (id, at) = (self.word()?, self.at()?);
                if let Some(index) = deck.item(id) {
                    ledger.ticks[index] = Some(at);
                }
            }
            "silence" if session.silences.len() < SILENCES => {
                session.silences.push((self.at()?, self.maybe()?.map(Offset)));
            }
            "sharing" => session.sharing = Sharing { noticed: self.flag()?, said: self.flag()? },
            "showing" => session.showing = self.showing(deck)?,
            "over" => session.call = self.maybe()?.map_or(Over::KeptOn, |at| Over::Asked(Offset(at))),
            "notice" => session.notice = Some(Notice { until: Timestamp(self.long()?), message: self.message() }),
            _ => return None,
        }
        Some(())
    }

    /// What was on screen, if the deck still knows it.
    fn showing(&mut self, deck: &Deck) -> Option<Option<Showing>> {
        let (number, id, since, until) = (self.count()?, self.word()?, self.at()?, self.at()?);
        let cause = match self.word()? {
            "moment" => Cause::Moment,
            "checklist" => Cause::Checklist,
            slot => Cause::Slot(slot.parse().ok().filter(|slot| *slot < COUNT)?),
        };
        let stage = self.one_of(&[Stage::Dot, Stage::Words, Stage::Card])?(self.at()?);
        let why = self.message()?;
        let prompt = deck.prompt(id);
        Some(prompt.map(|prompt| Showing { number, prompt, cause, since, until, stage, why }))
    }
}
