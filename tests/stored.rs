//! Every stored record of every version so far is read, and means today what it meant when it was written.
//!
//! The files in tests/stored are golden: none is ever changed or deleted. A new version of a record gets its own file.
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic, clippy::expect_used)]

mod support;

use attune::engine::memory::Memory;
use attune::engine::snapshot::{Current, Snapshot};
use attune::engine::view::{Popup, Strip};
use attune::engine::{Engine, Input};
use attune::settings::Settings;
use attune::settings::look::{Look, Size};
use attune::settings::places::{Places, Screen};
use attune::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn golden(name: &str) -> Value {
    let path = format!("{}/tests/stored/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A record of the current version: it is written as it was read.
fn current<T: DeserializeOwned + Serialize>(name: &str) -> T {
    let stored = golden(name);
    let record: T = serde_json::from_value(stored.clone()).unwrap();
    let again = serde_json::to_value(&record).unwrap();
    assert_eq!(numbers(again), numbers(stored), "{name}");
    record
}

/// A value whose whole numbers are all floats, because JavaScript does not distinguish them.
fn numbers(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().unwrap().into(),
        Value::Array(list) => list.into_iter().map(numbers).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, numbers(value))).collect(),
        other => other,
    }
}

#[test]
fn a_running_session_of_version_1_goes_on() {
    let snapshot = Snapshot { memory: current("memory-1"), session: current("session-1") };
    assert!(snapshot.memory.is_sound() && snapshot.session.is_sound());
    let mut engine = Engine::restore(support::deck(), snapshot);
    let view = engine.dispatch(Timestamp(1_700_000_125_000), Input::Look).view;
    let Popup::Running(running) = view.popup else { panic!("it runs") };
    assert_eq!((running.elapsed.0, running.length.0), (125_000, 55 * 60_000));
    assert_eq!(running.marks.len(), 1);
    assert!(running.cue.is_some() && running.over && running.question.is_some());
    assert!(matches!(view.strip, Strip::Question { .. }), "{:?}", view.strip);
    assert!(view.resting.iter().any(|resting| resting.why.key == "resting_never"));
}

#[test]
fn what_is_left_of_a_session_of_version_1_is_shown() {
    let snapshot = Snapshot { memory: Memory::default(), session: current::<Current>("session-1-ended") };
    let view = Engine::restore(support::deck(), snapshot).view();
    let Popup::Ended(ended) = view.popup else { panic!("it has ended") };
    assert_eq!((ended.minutes, ended.by_itself, ended.marks.len()), (48, true, 2));
}

#[test]
fn settings_of_version_1_are_there() {
    let settings: Settings = current("settings-1");
    assert_eq!(settings.usual.minutes, Some(45));
    assert_eq!(settings.shelf.text(0), Some("the text of a deck file, as it was imported"));
    assert_eq!(settings.changes.len(), 1);
    assert_eq!(settings.look.opacity, 80);
}

#[test]
fn the_look_and_the_places_of_version_1_are_there() {
    assert_eq!(current::<Look>("look-1").size, Size::Dot);
    assert_eq!(current::<Places>("place-1").of(Screen { width: 1920, height: 1080, left: 0, top: 0 }, false).x, 6_667);
}

#[test]
fn a_version_that_is_not_known_is_refused() {
    fn refused<T: DeserializeOwned>(name: &str) {
        let mut stored = golden(name);
        stored["version"] = 2.into();
        assert!(serde_json::from_value::<T>(stored).is_err(), "{name}");
    }
    refused::<Memory>("memory-1");
    refused::<Current>("session-1");
    refused::<Settings>("settings-1");
    refused::<Look>("look-1");
    refused::<Places>("place-1");
}
