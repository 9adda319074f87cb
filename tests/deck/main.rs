//! Decks: reading one, changing one, comparing two; every mistake reported with its place and its line, and no panic.
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic, clippy::expect_used)]

mod broken;
#[path = "../support/cases.rs"]
mod cases;
mod changes;
mod compare;
#[path = "../support/damage.rs"]
mod damage;
mod damaged;
mod files;
mod languages;
mod mistakes;
mod reading;
mod schema;
#[path = "../support/mod.rs"]
mod support;
mod texts;

use std::collections::BTreeMap;

use attune::deck::{Deck, DeckFile, Problem, SessionKind};
use attune::engine::memory::Choices;
use attune::engine::{Engine, Input};
use attune::time::Timestamp;
use serde_json::{Value, json};
use support::NINE;

pub const SHIPPED: &str = include_str!("../../extension/decks/en.json");

/// A sound deck with a timed, a checklist and a manual prompt.
pub fn sound() -> Value {
    json!({
        "format": "attune-deck/1",
        "title": "Small",
        "language": "en",
        "notes": ["Written for tests."],
        "rules": {
            "opening_quiet_min": 3, "closing_min": 10, "closing_quiet_min": 1, "checklist_gap_min": 1.5,
            "jitter_s": 90, "wait_s": 20, "dot_s": 60
        },
        "elements": [
            {"id": "trust", "label": "Trust", "about": "Being consistent."},
            {"id": "warmth", "label": "Warmth", "about": "Showing that it matters."}
        ],
        "profiles": [
            {"id": "plain", "label": "Plain", "for_whom": "Anyone", "timed_per_50_min": 6, "checklist_per_50_min": 8,
             "gap_min": 5, "same_kind_in_a_row": 1, "closing_priority": 5, "words_by_themselves": true},
            {"id": "dense", "label": "Dense", "for_whom": "Some", "timed_per_50_min": 12, "checklist_per_50_min": 9,
             "gap_min": 2, "same_kind_in_a_row": 2, "closing_priority": 1, "words_by_themselves": false}
        ],
        "checklist": [
            {"id": "place", "phase": "opening", "label": "Place confirmed", "explanation": "Where they are.",
             "applies": "every", "core": true, "element": "trust", "basis": "none"}
        ],
        "prompts": [
            {"id": "lean", "kind": "nonverbal", "cue": "Lean in a little", "text": "A hand's width.",
             "element": "trust", "also_serves": ["warmth"], "trigger": "timer", "priority": 3,
             "timing": {"anchor": "start", "from_min": 4, "to_min": 40, "repeat_every_min": 12, "max_per_session": 2,
                        "cooldown_min": 8, "expires_after_min": 3},
             "dwell_s": 7, "enabled_in": ["plain", "dense"], "session_kinds": ["first", "ongoing"],
             "ongoing_every": 2, "basis": "none"},
            {"id": "place", "kind": "verbal", "cue": "Where are you today?", "text": "Ask where they are.",
             "say": "Where are you?", "element": "trust", "trigger": "checklist", "priority": 5,
             "timing": {"anchor": "end", "from_min": 8, "to_min": 5, "max_per_session": 1, "cooldown_min": 0,
                        "expires_after_min": 3},
             "dwell_s": 7, "enabled_in": ["plain", "dense"], "unless_ticked": "place", "basis": "none"},
            {"id": "repair", "kind": "verbal", "cue": "Own it, invite more", "text": "Say what you did.",
             "element": "trust", "trigger": "moment", "priority": 5,
             "moment": {"label": "Something shifted"},
             "dwell_s": 15, "enabled_in": ["plain"], "basis": "none"}
        ]
    })
}

/// A file with one value on each line, and the line of every place in it.
pub fn written(deck: &Value) -> (String, BTreeMap<String, usize>) {
    let (mut text, mut lines) = (String::new(), BTreeMap::new());
    write(deck, "", &mut text, &mut lines);
    (text, lines)
}

pub fn write(value: &Value, place: &str, text: &mut String, lines: &mut BTreeMap<String, usize>) {
    lines.insert(place.to_owned(), text.matches('\n').count() + 1);
    match value {
        Value::Object(fields) => {
            text.push_str("{\n");
            for (number, (key, value)) in fields.iter().enumerate() {
                text.push_str(if number > 0 { ",\n" } else { "" });
                text.push_str(&format!("{}: ", Value::from(key.as_str())));
                let inner = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
                write(value, &inner, text, lines);
            }
            text.push_str("\n}");
        }
        Value::Array(list) => {
            text.push_str("[\n");
            for (index, value) in list.iter().enumerate() {
                text.push_str(if index > 0 { ",\n" } else { "" });
                write(value, &format!("{place}[{index}]"), text, lines);
            }
            text.push_str("\n]");
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => text.push_str(&value.to_string()),
    }
}

/// `prompts[0].cue` as `/prompts/0/cue`.
pub fn pointer(place: &str) -> String {
    place.split(['.', '[']).map(|step| format!("/{}", step.trim_end_matches(']'))).collect()
}

/// Puts `value` at `place`, or removes what is there.
pub fn put(deck: &mut Value, place: &str, value: Option<Value>) {
    let pointer = pointer(place);
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match (deck.pointer_mut(parent).unwrap(), value) {
        (Value::Object(fields), Some(value)) => drop(fields.insert(name.to_owned(), value)),
        (Value::Object(fields), None) => drop(fields.remove(name)),
        (Value::Array(list), Some(value)) => match name.parse::<usize>().unwrap() {
            index if index < list.len() => list[index] = value,
            _ => list.push(value),
        },
        (other, _) => panic!("{other} has no parts"),
    }
}

pub fn problems(text: &str) -> Vec<Problem> {
    Deck::from_json(text).expect_err("it should be refused")
}

/// The deck after it has been stored as an object and read again.
pub fn stored(text: &str) -> Deck {
    let file = DeckFile::from_json(text).unwrap();
    let again: DeckFile = serde_json::from_value(serde_json::to_value(&file).unwrap()).unwrap();
    assert_eq!(again, file);
    Deck::from_file(&again).unwrap()
}

/// Runs a session and does nothing but look.
pub fn runs(deck: Deck, seed: u32, minutes: u16) {
    let profile = deck.profiles[seed as usize % deck.profiles.len()].id.to_string();
    let kind = [SessionKind::First, SessionKind::Early, SessionKind::Ongoing][seed as usize % 3];
    let mut engine = Engine::new(deck);
    let mut now = NINE;
    let outcome = engine.dispatch(
        now,
        Input::Start { choices: Choices { minutes, kind, profile, intention: None, ..Choices::default() }, seed },
    );
    assert_eq!(outcome.problem, None);
    for _ in 0..2_000 {
        let Some(wake) = engine.poll_timeout() else { return };
        assert!(wake > now, "a wake-up that is not later than now");
        now = wake;
        engine.dispatch(now, Input::Look);
    }
    panic!("a busy loop, still going on at {:?}", Timestamp(now.0 - NINE.0));
}
