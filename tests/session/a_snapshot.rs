use std::collections::BTreeSet;

use super::*;

fn snapshot(hour: &Hour) -> Value {
    serde_json::to_value(hour.pair.engine.snapshot()).unwrap()
}

fn restored(saved: &Value) -> Option<Engine> {
    support::restored(read(&rows()), &saved.to_string())
}

#[test]
fn that_is_none_is_refused() {
    for text in ["", "null", "{}", "[]", "not at all", "attune snapshot, 2", "{\"memory\":{},\"session\":{}}"] {
        assert!(support::restored(read(&rows()), text).is_none(), "{text}");
    }
    let saved = support::saved(&Hour::plain().pair.engine);
    for at in 0..saved.len() {
        assert!(support::restored(read(&rows()), &saved[..at]).is_none(), "cut at {at}");
    }
    assert!(support::restored(read(&rows()), &saved).is_some());
}

#[test]
fn of_another_version_is_refused() {
    for record in ["memory", "session"] {
        let mut saved = snapshot(&Hour::plain());
        assert_eq!(saved[record]["version"], 1);
        assert!(restored(&saved).is_some());
        for version in [json!(0), json!(2), json!("1"), Value::Null] {
            saved[record]["version"] = version;
            assert!(restored(&saved).is_none(), "{saved}");
        }
    }
}

#[test]
fn with_numbers_that_nobody_has_counted_is_refused() {
    let saved = snapshot(&Hour::plain());
    let absurd = [
        ("/memory/sessions", json!(1_000_000_000)),
        ("/memory/choices/minutes", json!(4)),
        ("/session/running/start/minutes", json!(181)),
        ("/session/running/length", json!(49)),
        ("/session/running/length", json!(181)),
        ("/session/running/shown", json!(100_001)),
        ("/session/running/ledger/checklist_shown", json!(100_001)),
        ("/session/running/clock/stopped", json!(true)),
        ("/session/running/silences", json!(vec![[1, 2]; 51])),
    ];
    for (path, value) in absurd {
        let mut saved = saved.clone();
        *saved.pointer_mut(path).unwrap() = value;
        assert!(restored(&saved).is_none(), "{path}");
    }
}

#[test]
fn is_saved_only_where_something_has_changed() {
    let mut hour = Hour::plain();
    hour.pair.now = Timestamp(hour.pair.now.0 + 1);
    let saves = |hour: &mut Hour| {
        let outcome = hour.pair.engine.dispatch(hour.pair.now, Input::Look);
        outcome.effects.save.map_or((false, false), |save| (save.memory.is_some(), save.session.is_some()))
    };
    assert_eq!(saves(&mut hour), (false, true), "only the clock has moved");
    assert_eq!(saves(&mut hour), (false, false), "the same moment looks the same");
}

#[test]
fn names_nobody_and_nothing_but_prompts_items_and_times() {
    let mut hour = Hour::plain();
    hour.until_words();
    let saved = snapshot(&hour);
    let mut names = BTreeSet::new();
    fields(&saved, &mut names);
    let known = [
        "age",
        "args",
        "at",
        "attended",
        "banned",
        "began",
        "call_question",
        "calm",
        "cause",
        "checklist",
        "checklist_shown",
        "channel",
        "choices",
        "clock",
        "crisis",
        "declared",
        "detected",
        "elapsed",
        "ended",
        "fading",
        "gap",
        "hidden",
        "hold",
        "intention",
        "key",
        "kind",
        "last",
        "latest",
        "ledger",
        "length",
        "log",
        "memory",
        "message",
        "minutes",
        "never",
        "notice",
        "number",
        "paused",
        "prepared",
        "pressed",
        "profile",
        "prompt",
        "prompts",
        "recent",
        "run",
        "running",
        "seed",
        "session",
        "sessions",
        "settle",
        "sharing",
        "showing",
        "shown",
        "silences",
        "since",
        "slot",
        "slots_used",
        "stage",
        "start",
        "stopped",
        "tallies",
        "ticks",
        "until",
        "version",
        "why",
        "words",
    ];
    let ids: Vec<String> =
        rows()["prompts"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    let unknown: Vec<&String> =
        names.iter().filter(|name| !known.contains(&name.as_str()) && !ids.contains(name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

fn fields(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(found) => found.iter().for_each(|(name, value)| {
            names.insert(name.clone());
            fields(value, names);
        }),
        Value::Array(list) => list.iter().for_each(|value| fields(value, names)),
        _ => {}
    }
}

#[test]
fn that_remembers_what_the_deck_does_not_know_goes_on_without_it() {
    let mut hour = Hour::ticked();
    let number = hour.until_words();
    hour.send(Input::Answer { number, answer: Answer::Never });
    hour.until_words();
    let mut saved = snapshot(&hour);
    let entry = json!({"prompt": "gone", "at": 1, "outcome": "faded"});
    saved["session"]["running"]["log"].as_array_mut().unwrap().push(entry);
    saved["session"]["running"]["ledger"]["tallies"]["gone"] = json!({"shown": 1, "last": 5});
    saved["session"]["running"]["ledger"]["ticks"]["gone"] = json!(5);
    saved["session"]["running"]["banned"] = json!("gone");
    saved["memory"]["prompts"]["gone"] =
        json!({"last": 1, "never": true, "fading": {"recent": 0, "stage": 0, "since": 0}});
    let mut engine = restored(&saved).unwrap();
    let view = engine.dispatch(hour.pair.now, Input::Look).view;
    assert_eq!(view.resting, hour.view.resting);
    // The memory keeps prompts that another deck may still have; nothing else does.
    let again = serde_json::to_value(engine.snapshot()).unwrap();
    assert_eq!(again["memory"]["prompts"]["gone"], saved["memory"]["prompts"]["gone"]);
    assert!(!again["session"].to_string().contains("gone"), "{}", again["session"]);
}

/// A count that stands at its limit stays there, so that what is saved can be read back.
#[test]
fn with_a_count_at_its_limit_goes_on_and_is_read_back() {
    let mut saved = snapshot(&Hour::plain());
    *saved.pointer_mut("/session/running/shown").unwrap() = json!(100_000);
    *saved.pointer_mut("/session/running/ledger/checklist_shown").unwrap() = json!(100_000);
    let mut hour = Hour::plain();
    hour.pair.engine = restored(&saved).unwrap();
    hour.to(8, 0);
    assert!(!hour.running().marks.is_empty(), "cues come");
    hour.restart();
}
