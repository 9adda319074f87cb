//! Drives an engine through virtual time and writes down what a therapist would see.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic)]

pub mod messages;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use attune::deck::{Deck, Phase, SessionKind};
use attune::engine::memory::Choices;
use attune::engine::snapshot::Snapshot;
use attune::engine::view::{Popup, Strip, View};
use attune::engine::{Engine, Input};
use attune::hour::session::Answer;
use attune::text::Message;
use attune::time::Timestamp;
use serde_json::Value;

/// An arbitrary starting time.
pub const NINE: Timestamp = Timestamp(1_700_000_000_000);

pub fn deck() -> Deck {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/extension/decks/en.json")).unwrap();
    Deck::from_json(&text).unwrap_or_else(|problems| panic!("the shipped deck is not sound: {problems:#?}"))
}

/// The shipped English texts for messages.
pub struct Words(BTreeMap<String, serde_json::Value>);

impl Words {
    pub fn shipped() -> Words {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/extension/_locales/en/messages.json");
        Words(serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
    }

    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }

    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// A message as the file has it.
    pub fn entry(&self, key: &str) -> &serde_json::Value {
        self.0.get(key).unwrap_or_else(|| panic!("no text for {key}"))
    }

    /// The text under `key` with `$1`, `$2`, … for its named placeholders. As in browsers, their case does not matter.
    fn numbered(&self, key: &str) -> String {
        let entry = self.entry(key);
        let mut text = entry["message"].as_str().unwrap().to_owned();
        for (name, placeholder) in entry["placeholders"].as_object().into_iter().flatten() {
            let named = format!("${}$", name.to_ascii_lowercase());
            while let Some(at) = text.to_ascii_lowercase().find(&named) {
                text.replace_range(at..at + named.len(), placeholder["content"].as_str().unwrap());
            }
        }
        text
    }

    /// The number of placeholders in a text: the highest of its `$1`, `$2`, …
    pub fn blanks(&self, key: &str) -> usize {
        let text = self.numbered(key);
        (1..=9).rev().find(|number| text.contains(&format!("${number}"))).unwrap_or(0)
    }

    pub fn say(&self, message: &Message) -> String {
        let mut text = self.numbered(&message.key);
        for (index, arg) in message.args.iter().enumerate() {
            text = text.replace(&format!("${}", index + 1), arg);
        }
        text
    }
}

/// An engine, the time, and the number of wake-ups so far.
pub struct Pair {
    pub engine: Engine,
    pub now: Timestamp,
    pub wakes: u32,
}

impl Pair {
    pub fn new(deck: Deck) -> Pair {
        Pair { engine: Engine::new(deck), now: NINE, wakes: 0 }
    }

    pub fn send(&mut self, input: Input) -> View {
        let outcome = self.engine.dispatch(self.now, input);
        assert_eq!(outcome.problem, None);
        outcome.view
    }

    pub fn start(&mut self, minutes: u16, kind: SessionKind, profile: &str, seed: u32) -> View {
        self.send(Input::Start {
            choices: Choices { minutes, kind, profile: profile.to_owned(), intention: None, ..Choices::default() },
            seed,
        })
    }

    /// Advances to the next wake-up, but not past `limit`. Fails on a wake-up that is not later than now: a busy loop.
    pub fn step(&mut self, limit: Timestamp) -> View {
        let wake = self.engine.poll_timeout();
        assert!(wake.is_none_or(|wake| wake > self.now), "a wake-up that is not later than now");
        self.now = wake.map_or(limit, |wake| wake.min(limit)).max(self.now);
        self.wakes += 1;
        self.send(Input::Look)
    }

    /// Wakes the session at each of its deadlines up to `limit`. Fails on over a thousand wake-ups: a busy loop.
    pub fn drive_bounded(&mut self, limit: Timestamp) -> View {
        for _ in 0..1_000 {
            let view = self.step(limit);
            if self.now >= limit {
                return view;
            }
        }
        panic!("a thousand wake-ups and still not at {limit:?}");
    }

    pub fn minutes(&self) -> f64 {
        (self.now.0 - NINE.0) as f64 / 60_000.0
    }
}

pub fn clock(now: Timestamp) -> String {
    let seconds = (now.0 - NINE.0) / 1_000;
    format!("{:>3}:{:02}", seconds / 60, seconds % 60)
}

/// What a therapist sees on the strip.
pub fn seen(strip: &Strip, words: &Words) -> Option<String> {
    match strip {
        Strip::Clear => None,
        Strip::Dot { .. } => Some("·".to_owned()),
        Strip::Words { cue, .. } => Some(cue.clone()),
        Strip::Card(card) => Some(format!("[{}] {}", card.cue, card.text)),
        Strip::Notice(message) => Some(format!("({})", words.say(message))),
        Strip::Over => Some("? over".to_owned()),
        Strip::Another => Some("? another".to_owned()),
        Strip::Question { away } => Some(format!("? {}", words.say(away))),
    }
}

/// How the therapist of a golden hour behaves.
#[derive(Clone, Copy, PartialEq)]
pub enum Habit {
    /// Ticks items as they get done, and answers *did it* to every prompt.
    Diligent,
    /// Does nothing.
    Silent,
}

/// When a diligent therapist ticks each item, in seconds from Start: the items of a phase one by one.
fn ticks(deck: &Deck, minutes: u16) -> Vec<(u64, String)> {
    let length = u64::from(minutes) * 60;
    let mut ticks = Vec::new();
    for (phase, first, apart) in [
        (Phase::Before, 5, 1),
        (Phase::Opening, 30, 20),
        (Phase::Working, length * 2 / 5, 60),
        (Phase::Closing, length * 4 / 5 - 20, 30),
    ] {
        let items = deck.checklist.iter().filter(|item| item.phase == phase);
        ticks.extend((0..).zip(items).map(|(n, item)| (first + n * apart, item.id.to_string())));
    }
    ticks
}

/// A whole hour, line by line, after `earlier` others on the same day.
pub fn transcript(choices: &Choices, habit: Habit, earlier: u32) -> String {
    let mut pair = Pair::new(deck());
    let mut text = String::new();
    for session in 0..=earlier {
        let begins = Timestamp(NINE.0 + u64::from(session) * 2 * 60 * 60_000);
        (pair.now, pair.wakes) = (begins, 0);
        text = lived(&mut pair, choices, 1 + session, habit);
        pair.send(Input::End);
    }
    text
}

/// One of these hours.
fn lived(pair: &mut Pair, choices: &Choices, seed: u32, habit: Habit) -> String {
    let words = Words::shipped();
    let begins = pair.now;
    let clock = |now: Timestamp| clock(Timestamp(NINE.0 + now.since(begins).0));
    let mut ticks = if habit == Habit::Diligent { ticks(pair.engine.deck(), choices.minutes) } else { Vec::new() };
    ticks.reverse();
    let mut text = String::new();
    let mut last = String::new();
    let mut view = pair.send(Input::Start { choices: choices.clone(), seed });
    let end = Timestamp(begins.0 + u64::from(choices.minutes) * 60_000);
    loop {
        let line = match (&view.strip, &view.popup) {
            (Strip::Words { kind, cue, .. }, Popup::Running(running)) => {
                let why = words.say(&running.cue.as_ref().unwrap().why);
                let kind = format!("{kind:?}").to_lowercase();
                format!("{kind:<10}  {cue:<24}  {why}")
            }
            (strip, _) => seen(strip, &words).unwrap_or_default(),
        };
        if line != last && !line.is_empty() {
            writeln!(text, "{}  {line}", clock(pair.now)).unwrap();
        }
        last = line;
        if pair.now >= end {
            break;
        }
        if let (Strip::Words { number, .. }, Habit::Diligent) = (&view.strip, habit) {
            pair.now = Timestamp(pair.now.0 + 3_000);
            view = pair.send(Input::Answer { number: *number, answer: Answer::DidIt });
            writeln!(text, "{}  did it", clock(pair.now)).unwrap();
            continue;
        }
        let tick_at = ticks.last().map(|(second, _)| Timestamp(begins.0 + second * 1_000)).filter(|at| *at < end);
        view = pair.step(tick_at.unwrap_or(end));
        if tick_at.is_some_and(|at| pair.now >= at) {
            let (_, item) = ticks.pop().unwrap();
            view = pair.send(Input::Tick { item, done: true });
        }
    }
    writeln!(text, "{}  end, {} wake-ups", clock(pair.now), pair.wakes).unwrap();
    text
}

/// What an engine saves, as JSON.
pub fn saved(engine: &Engine) -> String {
    serde_json::to_string(&engine.snapshot()).unwrap()
}

/// A value as it comes back from storage: JavaScript has one sort of number.
pub fn in_javascript(value: Value) -> Value {
    match value {
        Value::Number(number) => {
            let number = number.as_f64().unwrap();
            if number.fract() != 0.0 || number.abs() >= 2_f64.powi(64) {
                Value::from(number)
            } else if number < 0.0 {
                Value::from(number as i64)
            } else {
                Value::from(number as u64)
            }
        }
        Value::Array(list) => list.into_iter().map(in_javascript).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, in_javascript(value))).collect(),
        other => other,
    }
}

/// An engine restored from such JSON as the background does it; `None` if the text is not a sound snapshot.
pub fn restored(deck: Deck, text: &str) -> Option<Engine> {
    let stored = in_javascript(serde_json::from_str(text).ok()?);
    let snapshot: Snapshot = serde_json::from_value(stored).ok()?;
    (snapshot.memory.is_sound() && snapshot.session.is_sound()).then(|| Engine::restore(deck, snapshot))
}
