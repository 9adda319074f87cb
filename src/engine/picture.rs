//! Builds the view: what each surface shows of the deck, the session and the memory.

use crate::deck::{Applies, Deck, Id, Item, Phase, Prompt, Trigger};
use crate::engine::memory::{Memory, Remembered};
use crate::engine::snapshot::{self, Prepared};
use crate::engine::view::{Banned, Card, Check, Ended, Mark, Moment, Resting, Row, Running, Silence, Skill, Strip};
use crate::hour::session::{Answer, Entry, Hold, Outcome, Session, Showing, Stage};
use crate::text::Message;
use crate::time::{Offset, Span};

/// What the strip shows during a session.
pub fn strip(deck: &Deck, session: &Session) -> Strip {
    if session.is_out_of_sight() {
        return Strip::Clear;
    }
    if session.shows_sleep_question()
        && let Some(gap) = session.gap
    {
        return Strip::Question { away: away(gap.length) };
    }
    if session.shows_call_question() {
        return if session.asks_if_another() { Strip::Another } else { Strip::Over };
    }
    if let Some(showing) = session.on_strip() {
        let prompt = &deck.prompts[showing.prompt.at()];
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
    let prompt = &deck.prompts[showing.prompt.at()];
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

/// What the popup shows during a session.
pub fn running(deck: &Deck, session: &Session) -> Running {
    let hour = session.hour(deck);
    let now = session.elapsed();
    let phase = hour.phase(now);
    let asked = |(index, item): &(usize, &Item)| {
        item.phase == phase
            && (item.asked_in(session.start.kind, session.channel) || session.ledger.ticks[*index].is_some())
    };
    let row = |(index, item): (usize, &Item)| row(item, session.ledger.ticks[index].is_some());
    // In a session that runs over, offer five minutes from now.
    let so_far = now.since(Offset::START).minutes_up() as u16;
    let longer = session.length.max(so_far).saturating_add(5).min(crate::hour::plan::MINUTES_MAX);
    Running {
        phase,
        channel: session.channel,
        profile: deck.profiles[session.start.profile.at()].label.clone(),
        left: left(deck, session),
        elapsed: now,
        length: Span(hour.end().0),
        minute_at: session.paused.is_none().then(|| session.clock.wall(next_minute(now))),
        intention: session.start.intention.as_ref().map(|prompt| deck.prompts[prompt.at()].cue.clone()),
        quiet: vec![(Offset::START, hour.opening_quiet()), (hour.closing(), hour.end())],
        may: session.may(deck),
        silences: session.silences.iter().map(|(from, to)| (*from, to.unwrap_or(now))).collect(),
        moments: if session.paused.is_some() { Vec::new() } else { moments(deck, session) },
        marks: marks(deck, &session.log),
        cue: session.showing.as_ref().map(|showing| card(deck, session, showing)),
        silence: silence(session),
        sharing: session.shares(),
        question: session.gap.map(|gap| away(gap.length)),
        over: session.asks_if_over(),
        another: session.asks_if_another(),
        checklist: deck.checklist.iter().enumerate().filter(asked).map(row).collect(),
        banned: session
            .banned
            .as_ref()
            .map(|prompt| Banned { id: prompt.id().to_string(), cue: deck.prompts[prompt.at()].cue.clone() }),
        extended: (longer > session.length).then_some(longer),
    }
}

fn row(item: &Item, done: bool) -> Row {
    Row { id: item.id.to_string(), label: item.label.clone(), explanation: item.explanation.clone(), done }
}

/// The ready check: items to do before the call, essential ones first.
pub fn ready_check(deck: &Deck, prepared: Option<&Prepared>) -> Vec<Check> {
    let done = |item: &Item| prepared.is_some_and(|prepared| is_ticked(&prepared.ticks, item));
    let mut checks = Vec::new();
    for core in [true, false] {
        for item in &deck.checklist {
            if item.phase == Phase::Before && item.applies != Applies::WhenNeeded && item.core == core {
                checks.push(Check {
                    row: row(item, done(item)),
                    core,
                    first: item.applies == Applies::First,
                    channels: item.channels.values().collect(),
                });
            }
        }
    }
    checks
}

/// The prompts in rotation, except those answered *never*.
fn in_rotation<'d>(deck: &'d Deck, memory: &Memory) -> impl Iterator<Item = &'d Prompt> {
    deck.prompts.iter().filter(|prompt| matches!(prompt.trigger, Trigger::Timer(_)) && !memory.is_banned(&prompt.id))
}

/// The prompts that can be practised.
pub fn skills(deck: &Deck, memory: &Memory) -> Vec<Skill> {
    let turns = in_rotation(deck, memory);
    let skill = |prompt: &Prompt| Skill {
        id: prompt.id.to_string(),
        kind: prompt.kind,
        cue: prompt.cue.clone(),
        channels: prompt.channels.values().collect(),
    };
    turns.map(skill).collect()
}

/// Says how many prompts come less often or not at all because the therapist is already doing what they ask, once that is
/// half of those in rotation.
pub fn faded(deck: &Deck, memory: &Memory) -> Option<Message> {
    let all = in_rotation(deck, memory).count();
    let faded = in_rotation(deck, memory).filter(|prompt| memory.has_faded(&prompt.id)).count();
    (faded > 0 && 2 * faded >= all).then(|| Message::with("resting_most", [faded.to_string(), all.to_string()]))
}

/// The prompts that do not come at present, or come less often.
pub fn resting(deck: &Deck, memory: &Memory) -> Vec<Resting> {
    let why = |known: &Remembered| match (known.never, known.fading.rests_until(), known.fading.stretch()) {
        (true, ..) => Some("resting_never"),
        (false, Some(_), _) => Some("resting_done_anyway"),
        (false, None, 2..) => Some("resting_seldom"),
        (false, None, _) => None,
    };
    let entry = |(id, known): (&Id, &Remembered)| {
        let prompt = &deck.prompts[deck.prompt(id)?];
        if !prompt.can_be_put_away() {
            return None;
        }
        let cue = prompt.cue.clone();
        let until = known.fading.rests_until().filter(|_| !known.never);
        Some(Resting { id: id.to_string(), cue, why: Message::plain(why(known)?), until })
    };
    memory.prompts().filter_map(entry).collect()
}

fn moments(deck: &Deck, session: &Session) -> Vec<Moment> {
    let moment = |(index, prompt): (usize, &Prompt)| match &prompt.trigger {
        Trigger::Moment(moment) if session.has_moment(deck, index) => {
            Some(Moment { id: prompt.id.to_string(), label: moment.label.clone(), crisis: moment.crisis })
        }
        Trigger::Moment(_) | Trigger::Timer(_) | Trigger::Checklist(_) => None,
    };
    deck.prompts.iter().enumerate().filter_map(moment).collect()
}

/// The summary of a finished session.
pub fn ended(deck: &Deck, ended: &snapshot::Ended) -> Ended {
    let shown = |item: &&Item| {
        item.phase == Phase::After && (item.asked_in(ended.kind, ended.channel) || is_ticked(&ended.ticks, item))
    };
    Ended {
        minutes: ended.minutes,
        marks: marks(deck, &ended.log),
        by_itself: ended.by_itself,
        may_go_on: ended.left.is_some(),
        checklist: deck.checklist.iter().filter(shown).map(|item| row(item, is_ticked(&ended.ticks, item))).collect(),
    }
}

fn is_ticked(ticks: &[Id], item: &Item) -> bool {
    ticks.contains(&item.id)
}

/// The finished showings, in words for people.
pub fn marks(deck: &Deck, log: &[Entry]) -> Vec<Mark> {
    let mark = |entry: &Entry| Mark {
        at: entry.at,
        cue: deck.prompts[entry.prompt.at()].cue.clone(),
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

/// The time left in whole minutes, rounded up; after the end, the minutes over, rounded down.
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
