//! The whole picture, as every surface draws it, and the words for it.
//!
//! A view is complete: a surface that missed ten of them is right again with the next. It names prompts and items by
//! what people read, and gives times of the wall clock for the one timer that a surface arms.

use serde::{Deserialize, Serialize};

use crate::deck::{Applies, Deck, Item, Kind, Phase, Prompt, SessionKind, Trigger};
use crate::engine::memory::{Memory, Past};
use crate::engine::offer::Locks;
use crate::engine::{self, Prepared};
use crate::hour::session::{Answer, Entry, Hold, Outcome, Session, Showing, Stage};
use crate::text::Message;
use crate::time::{Offset, Span, Timestamp};

/// Everything that any surface shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct View {
    /// The one line under the lens.
    pub strip: Strip,
    /// What the popup shows.
    pub popup: Popup,
    /// Prompts that do not come: those that rest because they are done anyway, and those that are never to come.
    pub resting: Vec<Resting>,
    /// When the engine wants to be asked again.
    pub wake_at: Option<Timestamp>,
}

/// A prompt that does not come, or comes more seldom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Resting {
    /// The name to let it come again by.
    pub id: String,
    /// Its cue.
    pub cue: String,
    /// Why it stays away.
    pub why: Message,
    /// When its rest is over, if that is a matter of time.
    pub until: Option<Timestamp>,
}

/// The one line under the lens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Strip {
    /// Nothing.
    Clear,
    /// A faint dot: something is due.
    Dot {
        /// Which showing it is.
        number: u32,
    },
    /// The cue.
    Words {
        /// Which showing it is.
        number: u32,
        /// What the cue asks for.
        kind: Kind,
        /// The cue itself.
        cue: String,
    },
    /// The cue, the longer text, the reason and the answers.
    Card(Card),
    /// A few words that ask for nothing.
    Notice(Message),
    /// The question whether the session went on while the computer slept.
    Question {
        /// How long it slept.
        away: Message,
    },
    /// The question whether the session is over, because the call seems to be.
    Over,
}

/// Everything about the prompt that is due.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Card {
    /// Which showing it is.
    pub number: u32,
    /// What the cue asks for.
    pub kind: Kind,
    /// The few words.
    pub cue: String,
    /// The longer text.
    pub text: String,
    /// One way to put it.
    pub say: Option<String>,
    /// Why it came now.
    pub why: Message,
    /// Why it may help.
    pub reason: Option<String>,
    /// The time left.
    pub left: Message,
    /// Whether it takes *never* for an answer.
    pub never: bool,
}

/// What the popup shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Popup {
    /// No session: what to choose before Start.
    Ready(Ready),
    /// A session runs.
    Running(Box<Running>),
    /// A session has just ended.
    Ended(Ended),
}

/// What to choose before Start, with the last choices filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Ready {
    /// The planned length in minutes.
    pub minutes: u16,
    /// The kind of session.
    pub kind: SessionKind,
    /// The id of the profile.
    pub profile: String,
    /// The profiles of the deck.
    pub profiles: Vec<ProfileChoice>,
    /// What of these cannot be changed.
    pub locks: Locks,
    /// The ready check.
    pub checklist: Vec<Check>,
    /// What may be practised in the hour.
    pub skills: Vec<Skill>,
}

/// An item of the ready check. Which of them count depends on the kind of session, which is still being chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Check {
    /// The item.
    pub row: Row,
    /// Whether it is one of the few that should not be missed.
    pub core: bool,
    /// Whether it belongs to first sessions only.
    pub first: bool,
}

/// Something that may be practised: a prompt that takes its turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Skill {
    /// The name to choose it by.
    pub id: String,
    /// What it asks for.
    pub kind: Kind,
    /// Its cue.
    pub cue: String,
}

/// A moment that the therapist may declare.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Moment {
    /// The name to declare it by.
    pub id: String,
    /// What people read.
    pub label: String,
    /// Whether it silences everything else.
    pub crisis: bool,
}

/// A profile as a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct ProfileChoice {
    /// The name to start it by.
    pub id: String,
    /// What people read.
    pub label: String,
    /// Whom it suits.
    pub for_whom: String,
    /// Timed prompts in a 50-minute hour, at most.
    pub timed_per_50: u32,
}

/// The running session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Running {
    /// The part of the hour.
    pub phase: Phase,
    /// The name of the profile.
    pub profile: String,
    /// The time left, or how far over it is.
    pub left: Message,
    /// Session time so far.
    pub elapsed: Offset,
    /// The whole length.
    pub length: Span,
    /// When the time left reads differently; nothing while paused.
    pub minute_at: Option<Timestamp>,
    /// The cue of what she wants to practise.
    pub intention: Option<String>,
    /// Stretches in which no timed prompt comes.
    pub quiet: Vec<(Offset, Offset)>,
    /// Stretches, from now on, in each of which a timed prompt may come.
    pub may: Vec<(Offset, Offset)>,
    /// Stretches in which nothing was allowed to come; the last one may reach up to now.
    pub silences: Vec<(Offset, Offset)>,
    /// What only she can know.
    pub moments: Vec<Moment>,
    /// What has come so far.
    pub marks: Vec<Mark>,
    /// The prompt that is due.
    pub cue: Option<Card>,
    /// What keeps prompts away.
    pub silence: Silence,
    /// Whether a screen is shared: what stands in a browser's window may be seen by the client.
    pub sharing: bool,
    /// How long the computer slept, while it is asked whether the session went on.
    pub question: Option<Message>,
    /// Whether it is asked if the session is over, because the call seems to be.
    pub over: bool,
    /// The items of this phase.
    pub checklist: Vec<Row>,
    /// A prompt that has just been banned, to undo it.
    pub banned: Option<Banned>,
    /// What an extension would bring the length to, in minutes.
    pub extended: Option<u16>,
}

/// What keeps prompts away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// Nothing.
    None,
    /// A hold, and what it says.
    Hold(Message),
    /// A crisis.
    Crisis,
    /// A screen is shared.
    Sharing,
    /// The strip is hidden.
    Hidden,
    /// The session is paused.
    Paused,
}

/// One prompt that came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Mark {
    /// When it came.
    pub at: Offset,
    /// Its cue.
    pub cue: String,
    /// What became of it, as a message key.
    pub outcome: Message,
}

/// A checklist item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Row {
    /// The name to tick it by.
    pub id: String,
    /// What people read.
    pub label: String,
    /// More about it.
    pub explanation: String,
    /// Whether it is ticked.
    pub done: bool,
}

/// A banned prompt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Banned {
    /// The name to allow it by.
    pub id: String,
    /// Its cue.
    pub cue: String,
}

/// A session that is over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Ended {
    /// How long it was, in minutes.
    pub minutes: u64,
    /// What came.
    pub marks: Vec<Mark>,
    /// Whether it ended by itself because it was left running.
    pub by_itself: bool,
    /// What is to be done now.
    pub checklist: Vec<Row>,
}

/// The strip of a session.
pub fn strip(deck: &Deck, session: &Session) -> Strip {
    if session.is_out_of_sight() {
        return Strip::Clear;
    }
    if session.asks()
        && let Some(gap) = session.gap
    {
        return Strip::Question { away: away(gap.length) };
    }
    if session.asks_over() {
        return Strip::Over;
    }
    if let Some(showing) = &session.showing {
        let prompt = &deck.prompts[showing.prompt];
        let number = showing.number;
        return match showing.stage {
            Stage::Dot(_) => Strip::Dot { number },
            Stage::Words(_) => Strip::Words { number, kind: prompt.kind, cue: prompt.cue.clone() },
            Stage::Card(_) => Strip::Card(card(deck, session, showing)),
        };
    }
    match &session.notice {
        Some(notice) => Strip::Notice(notice.message.clone().unwrap_or_else(|| left(deck, session))),
        None => Strip::Clear,
    }
}

fn card(deck: &Deck, session: &Session, showing: &Showing) -> Card {
    let prompt = &deck.prompts[showing.prompt];
    Card {
        number: showing.number,
        kind: prompt.kind,
        cue: prompt.cue.clone(),
        text: prompt.text.clone(),
        say: prompt.say.clone(),
        why: showing.why.clone(),
        reason: prompt.reason.clone(),
        left: left(deck, session),
        never: prompt.can_be_put_away(),
    }
}

/// The popup's picture of a running session.
pub fn running(deck: &Deck, session: &Session) -> Running {
    let hour = session.hour(deck);
    let now = session.elapsed();
    let phase = hour.phase(now);
    let asked = |(index, item): &(usize, &Item)| {
        item.phase == phase && (item.asked_in(session.start.kind) || session.ledger.ticks[*index].is_some())
    };
    let row = |(index, item): (usize, &Item)| row(item, session.ledger.ticks[index].is_some());
    // In a session that runs over, five minutes from now.
    let so_far = now.since(Offset::START).minutes_up() as u16;
    let longer = session.length.max(so_far).saturating_add(5).min(crate::hour::plan::MINUTES_MAX);
    Running {
        phase,
        profile: deck.profiles[session.start.profile].label.clone(),
        left: left(deck, session),
        elapsed: now,
        length: Span(hour.end().0),
        minute_at: session.paused.is_none().then(|| session.clock.wall(next_minute(now))),
        intention: session.start.intention.map(|prompt| deck.prompts[prompt].cue.clone()),
        quiet: vec![(Offset::START, hour.opening_quiet()), (hour.closing(), hour.end())],
        may: session.may(deck),
        silences: session.silences.iter().map(|(from, to)| (*from, to.unwrap_or(now))).collect(),
        moments: if session.paused.is_some() { Vec::new() } else { moments(deck, session) },
        marks: marks(deck, &session.log),
        cue: session.showing.as_ref().map(|showing| card(deck, session, showing)),
        silence: silence(session),
        sharing: session.shares(),
        question: session.gap.map(|gap| away(gap.length)),
        over: session.over_asked(),
        checklist: deck.checklist.iter().enumerate().filter(asked).map(row).collect(),
        banned: session
            .banned
            .map(|prompt| Banned { id: deck.prompts[prompt].id.clone(), cue: deck.prompts[prompt].cue.clone() }),
        extended: (longer > session.length).then_some(longer),
    }
}

fn row(item: &Item, done: bool) -> Row {
    Row { id: item.id.clone(), label: item.label.clone(), explanation: item.explanation.clone(), done }
}

/// The items to have done before the call, those that should not be missed first.
pub fn ready_check(deck: &Deck, prepared: Option<&Prepared>) -> Vec<Check> {
    let done = |index: usize| prepared.is_some_and(|prepared| prepared.ticks.contains(&index));
    let mut checks = Vec::new();
    for core in [true, false] {
        for (index, item) in deck.checklist.iter().enumerate() {
            if item.phase == Phase::Before && item.applies != Applies::WhenNeeded && item.core == core {
                checks.push(Check { row: row(item, done(index)), core, first: item.applies == Applies::First });
            }
        }
    }
    checks
}

/// What may be practised: all that takes its turn and is not put away.
pub fn skills(deck: &Deck, memory: &Memory) -> Vec<Skill> {
    let away = |id: &str| memory.past().iter().any(|past| past.id == id && past.never);
    let turns = deck.prompts.iter().filter(|prompt| matches!(prompt.trigger, Trigger::Timer(_)) && !away(&prompt.id));
    turns.map(|prompt| Skill { id: prompt.id.clone(), kind: prompt.kind, cue: prompt.cue.clone() }).collect()
}

/// What of the deck does not come, or comes more seldom.
pub fn resting(deck: &Deck, memory: &Memory) -> Vec<Resting> {
    let why = |past: &Past| match (past.never, past.fading.rests_until(), past.fading.stretch()) {
        (true, ..) => Some("resting_never"),
        (false, Some(_), _) => Some("resting_done_anyway"),
        (false, None, 2..) => Some("resting_seldom"),
        (false, None, _) => None,
    };
    let entry = |past: &Past| {
        let prompt = &deck.prompts[deck.prompt(&past.id)?];
        if !prompt.can_be_put_away() {
            return None;
        }
        let cue = prompt.cue.clone();
        let until = past.fading.rests_until().filter(|_| !past.never);
        Some(Resting { id: past.id.clone(), cue, why: Message::plain(why(past)?), until })
    };
    memory.past().iter().filter_map(entry).collect()
}

fn moments(deck: &Deck, session: &Session) -> Vec<Moment> {
    let moment = |(index, prompt): (usize, &Prompt)| match &prompt.trigger {
        Trigger::Moment(moment) if !session.ledger.never[index] => {
            Some(Moment { id: prompt.id.clone(), label: moment.label.clone(), crisis: moment.crisis })
        }
        Trigger::Moment(_) | Trigger::Timer(_) | Trigger::Checklist(_) => None,
    };
    deck.prompts.iter().enumerate().filter_map(moment).collect()
}

/// What is left to see of a session that is over.
pub fn ended(deck: &Deck, ended: &engine::Ended) -> Ended {
    let items = deck.checklist.iter().enumerate();
    Ended {
        minutes: ended.minutes,
        marks: marks(deck, &ended.log),
        by_itself: ended.by_itself,
        checklist: items
            .filter(|(index, item)| {
                item.phase == Phase::After && (item.asked_in(ended.kind) || ended.ticks.contains(index))
            })
            .map(|(index, item)| row(item, ended.ticks.contains(&index)))
            .collect(),
    }
}

/// What has come, for people to read.
pub fn marks(deck: &Deck, log: &[Entry]) -> Vec<Mark> {
    let mark = |entry: &Entry| Mark {
        at: entry.at,
        cue: deck.prompts[entry.prompt].cue.clone(),
        outcome: Message::plain(match entry.outcome {
            Outcome::Answered(Answer::DidIt) => "outcome_did_it",
            Outcome::Answered(Answer::Already) => "outcome_already",
            Outcome::Answered(Answer::NotNow) => "outcome_not_now",
            Outcome::Answered(Answer::Never) => "outcome_never",
            Outcome::Faded => "outcome_faded",
            Outcome::Unread => "outcome_unread",
            Outcome::Silenced => "outcome_silenced",
            Outcome::Ticked => "outcome_ticked",
        }),
    };
    log.iter().map(mark).collect()
}

fn silence(session: &Session) -> Silence {
    if session.crisis {
        return Silence::Crisis;
    }
    if session.shares() {
        return Silence::Sharing;
    }
    if session.paused.is_some() {
        return Silence::Paused;
    }
    if session.hidden {
        return Silence::Hidden;
    }
    match session.hold {
        Some(Hold::Until(until)) => {
            let minutes = until.since(session.elapsed()).minutes_up();
            Silence::Hold(Message::with("silence_hold", [minutes.to_string()]))
        }
        Some(Hold::ToTheEnd) => Silence::Hold(Message::plain("silence_hold_end")),
        None => Silence::None,
    }
}

/// The time left in whole minutes, rounded up; after the end, how far over it is.
pub fn left(deck: &Deck, session: &Session) -> Message {
    let (now, end) = (session.elapsed(), session.hour(deck).end());
    if now < end {
        Message::with("time_left", [end.since(now).minutes_up().to_string()])
    } else {
        Message::with("time_over", [now.since(end).minutes_down().to_string()])
    }
}

fn away(length: Span) -> Message {
    Message::with("question_away", [length.minutes_up().to_string()])
}

fn next_minute(now: Offset) -> Offset {
    Offset((now.0 / 60_000 + 1).saturating_mul(60_000))
}
