//! Every stored record has its limits. What is within them is written and read back equal; what is beyond them is refused,
//! and so set aside and told. Attune itself writes nothing that it could not read.
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic, clippy::expect_used)]

#[path = "support/cases.rs"]
mod cases;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use attune::deck::DeckFile;
use attune::deck::changes::Changes;
use attune::engine::calls::{Calls, Media};
use attune::engine::memory::Memory;
use attune::engine::offer::Offer;
use attune::engine::snapshot::{Current, Snapshot};
use attune::engine::{Engine, Input};
use attune::hour::session::Answer;
use attune::settings::look::Look;
use attune::settings::place::{PARTS, Place};
use attune::settings::places::{Places, Screen};
use attune::settings::sync::{HEAD, Items, head};
use attune::settings::{DeckId, Policy, Refused, Settings, make};
use attune::time::{LAST, Timestamp};
use cases::holds;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use support::{NINE, in_javascript};

const SHIPPED: &str = include_str!("../extension/decks/en.json");

fn golden(name: &str) -> Value {
    let path = format!("{}/tests/stored/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A golden record with another value somewhere.
fn with(name: &str, path: &str, value: Value) -> Value {
    let mut record = golden(name);
    *record.pointer_mut(path).unwrap_or_else(|| panic!("{name} has no {path}")) = value;
    record
}

/// Whether a golden record, perhaps changed, is read.
fn is_read(name: &str, record: Value) -> bool {
    fn of<T: DeserializeOwned>(record: Value) -> Option<T> {
        serde_json::from_value(record).ok()
    }
    match name {
        "memory-1" => of(record).is_some_and(|memory: Memory| memory.is_sound()),
        "session-1" | "session-1-ended" => of(record).is_some_and(|session: Current| session.is_sound()),
        "settings-1" => of::<Settings>(record).is_some(),
        "look-1" => of::<Look>(record).is_some(),
        "place-1" => of::<Places>(record).is_some(),
        other => panic!("there is no {other}"),
    }
}

const GOLDEN: [&str; 6] = ["memory-1", "session-1", "session-1-ended", "settings-1", "look-1", "place-1"];

fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(record: &T) {
    let stored = in_javascript(serde_json::to_value(record).unwrap());
    assert_eq!(serde_json::from_value::<T>(stored.clone()).unwrap(), *record, "{stored}");
    assert_eq!(serde_json::from_str::<T>(&stored.to_string()).unwrap(), *record, "as text: {stored}");
}

// --- numbers ---------------------------------------------------------------------------------------------------------

/// The paths of all numbers in a value.
fn numbers(value: &Value) -> Vec<String> {
    let below = |name: String, value: &Value| numbers(value).into_iter().map(move |path| format!("/{name}{path}"));
    match value {
        Value::Number(_) => vec![String::new()],
        Value::Array(list) => list.iter().enumerate().flat_map(|(at, value)| below(at.to_string(), value)).collect(),
        Value::Object(fields) => fields.iter().flat_map(|(name, value)| below(name.clone(), value)).collect(),
        _ => Vec::new(),
    }
}

/// What is changed about a row is checked when the changes are applied: a wrong number is told there, and the rest counts.
fn is_of_a_row(path: &str) -> bool {
    path.starts_with("/changes/")
}

#[test]
fn a_number_beyond_its_range_is_refused_wherever_it_is() {
    let absurd = [json!(-1), json!(LAST + 1), json!(1_u64 << 53), json!(u64::MAX), json!(1e300)];
    let mut tried = 0;
    for name in GOLDEN {
        assert!(is_read(name, golden(name)), "{name}");
        for path in numbers(&golden(name)).iter().filter(|path| !is_of_a_row(path)) {
            // A screen may lie to the left of the main one.
            let may_be_negative = path.ends_with("/left") || path.ends_with("/top");
            for number in &absurd[usize::from(may_be_negative)..] {
                assert!(!is_read(name, with(name, path, number.clone())), "{name}{path}: {number}");
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn a_number_that_attune_cannot_have_written_is_refused() {
    for (name, path, number) in [
        ("memory-1", "/sessions", 1_000_000_000),
        ("memory-1", "/choices/minutes", 4),
        ("memory-1", "/choices/minutes", 181),
        ("memory-1", "/prompts/nv.lean_in/last", 8),
        ("memory-1", "/prompts/nv.lean_in/fading/recent", 16),
        ("memory-1", "/prompts/nv.lean_in/fading/stage", 4),
        ("session-1", "/running/showing/number", 3),
        ("session-1-ended", "/ended/minutes", LAST / 60_000 + 1),
        ("settings-1", "/usual/minutes", 4),
        ("settings-1", "/usual/minutes", 181),
        ("settings-1", "/look/opacity", 75),
        ("settings-1", "/shelf/next", 1_000_001),
        ("settings-1", "/history/0", 4_294_967_296),
        ("settings-1", "/shelf/own/0/number", 1_000_000),
        ("place-1", "/screens/0/screen/width", 1_000_001),
        ("place-1", "/screens/0/place/x", 10_001),
    ] {
        assert!(!is_read(name, with(name, path, json!(number))), "{name}{path}: {number}");
    }
    assert!(!is_read("memory-1", with("memory-1", "/choices/profile", json!("x".repeat(65)))));
    assert!(!is_read("session-1", with("session-1", "/running/banned", json!("x".repeat(65)))));
    for minutes in [4, 181] {
        assert!(serde_json::from_value::<Offer>(json!({"minutes": minutes})).is_err(), "{minutes}");
    }
}

#[test]
fn a_number_of_a_row_that_is_out_of_range_is_told() {
    let file = DeckFile::from_json(SHIPPED).unwrap();
    for path in numbers(&golden("settings-1")).iter().filter(|path| is_of_a_row(path)) {
        for number in [json!(-1), json!(LAST), json!(1e300)] {
            let settings = serde_json::from_value(with("settings-1", path, number)).unwrap();
            let made = make(&settings, &Policy::default(), &file).unwrap();
            assert_eq!(made.unfit[0].message.key, "deck_out_of_range", "{path}");
        }
    }
}

// --- lists -----------------------------------------------------------------------------------------------------------

/// A list or a map of so many entries.
fn filled(of: &Value, entries: usize) -> Value {
    if of.is_object() {
        let entry = of.as_object().unwrap().values().next().cloned().unwrap_or(json!({"off": true}));
        return Value::Object((0..entries).map(|at| (at.to_string(), entry.clone())).collect());
    }
    let entry = |at: usize| match &of[0] {
        Value::Object(entry) if entry.contains_key("number") => json!({"number": at, "text": "x"}),
        Value::Object(entry) if entry.contains_key("screen") => {
            json!({"screen": {"width": 10 * at, "height": 1, "left": 0, "top": 0}, "place": {"x": 1, "y": 1}})
        }
        Value::String(_) => json!(at.to_string()),
        Value::Null => json!({"id": at.to_string()}),
        other => other.clone(),
    };
    (0..entries).map(entry).collect()
}

#[test]
fn a_list_with_one_entry_too_many_is_refused() {
    for (name, path, most) in [
        ("memory-1", "/prompts", 20_000),
        ("session-1", "/running/ledger/tallies", 20_000),
        ("session-1", "/running/ledger/ticks", 20_000),
        ("session-1", "/running/log", 1_000),
        ("session-1", "/running/silences", 50),
        ("session-1", "/running/showing/why/args", 9),
        ("session-1-ended", "/prepared/ticks", 20_000),
        ("session-1-ended", "/ended/log", 1_000),
        ("settings-1", "/changes", 12),
        ("settings-1", "/changes/shipped/prompts", 1_000),
        ("settings-1", "/changes/shipped/items", 1_000),
        ("settings-1", "/changes/shipped/profiles", 1_000),
        ("settings-1", "/changes/shipped/own_prompts", 1_000),
        ("settings-1", "/changes/shipped/own_items", 1_000),
        ("settings-1", "/shelf/own", 10),
        ("settings-1", "/history", 64),
        ("place-1", "/screens", 16),
    ] {
        let mut record = golden(name);
        if name == "settings-1" {
            let changes = record["changes"]["shipped"].as_object_mut().unwrap();
            changes.insert("items".to_owned(), json!({}));
            changes.extend([("own_prompts".to_owned(), json!([])), ("own_items".to_owned(), json!([]))]);
        }
        let mut fits = |entries: usize| {
            let list = record.pointer_mut(path).unwrap();
            *list = filled(list, entries);
            is_read(name, record.clone())
        };
        assert!(fits(most) && !fits(most + 1), "{name}{path}");
    }
    let file: Value = serde_json::from_str(SHIPPED).unwrap();
    for table in ["elements", "checklist", "prompts"] {
        let fits = |rows: usize| {
            let mut file = file.clone();
            file[table] = filled(&file[table], rows);
            serde_json::from_value::<DeckFile>(file).is_ok()
        };
        assert!(fits(20_000) && !fits(20_001), "{table}");
    }
    let call = |tab: usize, frames: usize| json!({"tab": tab, "frames": vec![json!([1, "plays"]); frames], "since": 1, "in_doubt": false});
    let fits = |calls: usize, frames: usize| {
        serde_json::from_value::<Calls>((0..calls).map(|tab| call(tab, frames)).collect()).is_ok()
    };
    assert!(fits(64, 64) && !fits(65, 1) && !fits(1, 65));
}

/// What comes after the first entry too many is not even looked at.
#[test]
fn a_list_that_is_too_long_is_refused_at_once() {
    fn why<T: DeserializeOwned + Debug>(record: &Value, path: &str, entry: &str, entries: usize) -> String {
        let mut record = record.clone();
        *record.pointer_mut(path).unwrap() = json!("the list");
        let (before, _) =
            record.to_string().split_once("\"the list\"").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let text = format!("{before}[{}not JSON", format!("{entry},").repeat(entries));
        serde_json::from_str::<T>(&text).unwrap_err().to_string()
    }
    let entry = r#"{"prompt":"a","at":1,"outcome":"faded"}"#;
    let said = why::<Current>(&golden("session-1"), "/running/log", entry, 1_001);
    assert!(said.starts_with("more than 1000 entries"), "{said}");
    let said = why::<Settings>(&golden("settings-1"), "/shelf/own", r#"{"number":1,"text":""}"#, 11);
    assert!(said.starts_with("more than 10 entries"), "{said}");
    let file = serde_json::from_str(SHIPPED).unwrap();
    let said = why::<DeckFile>(&file, "/elements", r#"{"id":"a","label":"a","about":"a"}"#, 20_001);
    assert!(said.starts_with("more than 20000 entries"), "{said}");
}

#[test]
fn what_is_there_twice_is_refused() {
    let screen = golden("place-1")["screens"][0].clone();
    let mut nearly = screen.clone();
    nearly["screen"]["width"] = json!(1_922);
    for (name, path, value) in [
        ("session-1-ended", "/prepared/ticks", json!(["pre.headphones", "pre.headphones"])),
        ("session-1-ended", "/ended/ticks", json!(["a", "b", "a"])),
        ("settings-1", "/shelf/own", json!([{"number": 3, "text": "a"}, {"number": 3, "text": "b"}])),
        ("settings-1", "/changes", json!({"1": {}, "+1": {}})),
        ("place-1", "/screens", json!([screen, screen])),
        ("place-1", "/screens", json!([screen, nearly])),
    ] {
        assert!(!is_read(name, with(name, path, value)), "{name}{path}");
    }
    let twice = golden("memory-1").to_string().replace("vb.welcome", "vb.identity");
    assert!(serde_json::from_str::<Memory>(&twice).is_err());
    assert!(serde_json::from_value::<Offer>(json!({"locks": {"settings": ["deck", "deck"], "by": ""}})).is_err());
}

// --- what is within the limits -----------------------------------------------------------------------------------------

fn times() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0), Just(LAST), 0..=LAST, 1_700_000_000_000..1_800_000_000_000_u64, 0..10_000_000_u64]
}

fn ids() -> impl Strategy<Value = String> {
    prop_oneof![Just("nv.lean_in".to_owned()), "[a-z._-]{1,64}"]
}

#[test]
fn a_memory_comes_back_as_it_was_written() {
    let fading = (0..=15_u8, 0..=3_u8, times());
    let prompt = (option::of(0..=999_999_999_u32), any::<bool>(), fading);
    let kinds = select(&["first", "early", "ongoing"][..]);
    let memories = (5..=180_u16, kinds, ids(), btree_map(ids(), prompt, 0..8));
    holds(memories, |(minutes, kind, profile, prompts)| {
        let prompts: Map<String, Value> = prompts
            .into_iter()
            .map(|(id, (last, never, (recent, stage, since)))| {
                (
                    id,
                    json!({"last": last, "never": never, "fading": {"recent": recent, "stage": stage, "since": since}}),
                )
            })
            .collect();
        let choices = json!({"minutes": minutes, "kind": kind, "profile": profile});
        let stored = json!({"version": 1, "choices": choices, "sessions": 999_999_999, "prompts": prompts});
        let memory: Memory = serde_json::from_value(in_javascript(stored)).unwrap();
        assert!(memory.is_sound());
        comes_back(&memory);
    });
}

/// The states of hours that were lived come back in `tests/properties`; here, every number is any within its range.
#[test]
fn a_session_comes_back_as_it_was_written() {
    let (record, ended) = (golden("session-1"), golden("session-1-ended"));
    let is_time = |path: &&String| {
        record.pointer(path).unwrap().as_u64() >= Some(1_000)
            && !["/clock/elapsed", "/attended", "/calm"].iter().any(|name| path.ends_with(name))
    };
    let paths: Vec<String> = numbers(&record).iter().filter(is_time).cloned().collect();
    assert!(paths.len() > 15, "{paths:?}");
    let counts = (0..=100_000_u32, 0..=100_000_u32, any::<u32>(), 5..=180_u16);
    let log = vec((ids(), times()), 0..6);
    holds(
        (vec(times(), paths.len()), times(), counts, log),
        |(times, elapsed, (shown, chased, seed, minutes), log)| {
            let mut record = record.clone();
            for (path, time) in paths.iter().zip(times) {
                *record.pointer_mut(path).unwrap() = json!(time);
            }
            let running = &mut record["running"];
            running["clock"]["elapsed"] = json!(elapsed);
            (running["attended"], running["calm"]) = (json!(elapsed), json!(elapsed));
            (running["shown"], running["showing"]["number"]) = (json!(shown), json!(shown));
            running["ledger"]["checklist_shown"] = json!(chased);
            running["start"]["seed"] = json!(seed);
            (running["start"]["minutes"], running["length"]) = (json!(minutes), json!(minutes));
            running["log"] =
                log.iter().map(|(id, at)| json!({"prompt": id, "at": at, "outcome": {"answered": "did_it"}})).collect();
            record["ended"] = ended["ended"].clone();
            record["ended"]["left"] = json!({"at": elapsed, "session": record["running"]});
            let session: Current = serde_json::from_value(in_javascript(record)).unwrap();
            assert!(session.is_sound());
            comes_back(&session);
        },
    );
}

fn change() -> impl Strategy<Value = Value> {
    let minutes = || option::of(prop_oneof![0.0..60.0_f64, (0..60_u32).prop_map(f64::from)]);
    (any::<bool>(), option::of(".{0,30}"), minutes(), minutes()).prop_map(|(off, cue, from, to)| {
        let fields =
            [("off", json!(off)), ("cue", json!(cue)), ("from_min", json!(from)), ("max_per_session", json!(to))];
        fields.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.to_owned(), value)).collect()
    })
}

#[test]
fn settings_come_back_as_they_were_written() {
    let decks = || {
        prop_oneof![
            Just("shipped".to_owned()),
            Just("clinic".to_owned()),
            (0..1_000_000_u32).prop_map(|n| n.to_string())
        ]
    };
    let usual =
        (option::of(5..=180_u16), option::of(select(&["first", "early", "ongoing"][..])), option::of(".{0,20}"));
    let shelf = (btree_set(0..1_000_000_u32, 0..=10), option::of(decks()), 0..=1_000_000_u32);
    let changes = btree_map(decks(), btree_map(ids(), change(), 0..4), 0..6);
    let own = vec((ids(), 1..=5_u8), 0..3);
    holds(
        (vec(any::<u32>(), 0..=64), usual, shelf, changes, own),
        |(history, (minutes, kind, profile), (numbers, chosen, next), changes, own)| {
            let decks: Vec<Value> =
                numbers.iter().map(|number| json!({"number": number, "text": format!("{number}\n\"é")})).collect();
            let own: Vec<Value> = own.iter().map(|(id, priority)| json!({"id": id, "priority": priority})).collect();
            let changes: BTreeMap<String, Value> = changes
                .into_iter()
                .map(|(deck, prompts)| (deck, json!({"prompts": prompts, "own_prompts": own})))
                .collect();
            let stored = json!({
                "version": 1, "history": history, "usual": {"minutes": minutes, "kind": kind, "profile": profile},
                "shelf": {"own": decks, "chosen": chosen, "next": next}, "changes": changes,
            });
            let settings: Settings = serde_json::from_value(in_javascript(stored)).unwrap();
            comes_back(&settings);
            assert_eq!(Settings::from_json(&settings.to_json()), Some(settings));
        },
    );
}

#[test]
fn places_come_back_whatever_screens_they_were_set_on() {
    let screens = || prop_oneof![0..5_000_u32, any::<u32>()];
    let place = (0..=PARTS, 0..=PARTS).prop_map(|(x, y)| Place { x, y });
    let corners = || prop_oneof![Just(0), -5_000..5_000_i32, any::<i32>()];
    holds(vec((screens(), screens(), corners(), corners(), place), 0..40), |moves| {
        let mut places = Places::default();
        for (width, height, left, top, place) in moves {
            places.hang(Screen { width, height, left, top }, place);
            comes_back(&places);
        }
    });
}

#[test]
fn calls_come_back_whatever_was_heard() {
    let media = select(&[Media::None, Media::Still, Media::Plays][..]);
    let news = (any::<u64>(), prop_oneof![0..3_u32, any::<u32>()], 0..70_u32, media);
    holds(vec(news, 0..100), |heard| {
        let mut calls = Calls::default();
        for (now, tab, frame, media) in heard {
            calls.hear(Timestamp(now), tab, frame, media);
        }
        comes_back(&calls);
    });
}

#[test]
fn more_calls_than_there_are_tabs_for_come_back() {
    let mut calls = Calls::default();
    for tab in 0..100 {
        for frame in 0..100 {
            calls.hear(NINE, tab, frame, Media::Plays);
        }
    }
    comes_back(&calls);
    assert_eq!(calls.tabs().count(), 64);
}

#[test]
fn carried_settings_of_no_change_or_of_too_many_parts_are_not_there() {
    let items = |said: String| Items::from([(HEAD.to_owned(), said)]);
    assert!(head(&items(format!("{}:13", u32::MAX))).is_some());
    assert_eq!(head(&items(format!("{}:1", u64::from(u32::MAX) + 1))), None);
    assert_eq!(head(&items("1:14".to_owned())), None);
}

// --- a policy, which is read as far as it goes -------------------------------------------------------------------------

fn any_value() -> impl Strategy<Value = Value> {
    let words =
        ["minutes", "session_kind", "profile", "deck", "sync", "locked", "managed_by", "first", "quiet", "else"];
    let word = move || select(words.to_vec()).prop_map(str::to_owned);
    let leaf = prop_oneof![
        word().prop_map(Value::from),
        ".{0,100}".prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0..200_u32).prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(2, 300, 150, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..150).prop_map(Value::from),
            vec((prop_oneof![9 => word(), 1 => ".{0,100}"], inner), 0..150)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

#[test]
fn a_policy_sets_only_what_is_within_its_range_and_tells_only_what_can_be_read() {
    holds(any_value(), |said| {
        let policy = Policy::read(&said);
        assert!(policy.minutes.is_none_or(|minutes| (5..=180).contains(&minutes)));
        let locks: BTreeSet<_> = policy.locks.settings.iter().collect();
        assert_eq!(locks.len(), policy.locks.settings.len(), "each is locked once");
        assert!(policy.problems.len() <= 100);
        for problem in &policy.problems {
            assert!(problem.place.chars().count() <= 65, "{problem:?}");
            assert!(problem.message.args.iter().all(|arg| arg.chars().count() <= 65), "{problem:?}");
        }
    });
}

#[test]
fn a_policy_that_locks_a_thousand_things_is_told_once() {
    for names in [vec!["nothing"; 262_144], vec!["profile"; 262_144]] {
        let policy = Policy::read(&json!({"locked": names, "profile": "quiet"}));
        let told: Vec<_> =
            policy.problems.iter().map(|problem| (problem.place.as_str(), problem.message.key.as_str())).collect();
        assert_eq!((told, policy.locks.settings.len()), (vec![("locked", "deck_list_long")], 0));
        assert_eq!(policy.profile.as_deref(), Some("quiet"), "the rest counts");
    }
    let unknown: Map<String, Value> =
        (0..60_000).map(|at| (format!("n{at}"), json!(1))).chain([("minutes".to_owned(), json!(45))]).collect();
    let policy = Policy::read(&Value::Object(unknown));
    assert_eq!((policy.problems.len(), policy.minutes), (100, Some(45)));
}

// --- what Attune writes at its limits ----------------------------------------------------------------------------------

fn snapshot(memory: Value) -> Snapshot {
    Snapshot { memory: serde_json::from_value(memory).unwrap(), session: Current::default() }
}

fn is_sound(engine: &Engine) -> bool {
    support::restored(engine.deck().clone(), &support::saved(engine))
        .is_some_and(|again| again.snapshot() == engine.snapshot())
}

fn start() -> Input {
    Input::Start { choices: attune::engine::memory::Choices::default(), seed: 1 }
}

#[test]
fn a_memory_that_is_full_forgets_what_came_longest_ago() {
    let mut memory = golden("memory-1");
    let known =
        |last: u32, never: bool| json!({"last": last, "never": never, "fading": {"recent": 0, "stage": 0, "since": 0}});
    let mut prompts: Map<String, Value> = (0..19_998).map(|at| (format!("p{at}"), known(5, false))).collect();
    prompts.insert("oldest".to_owned(), known(2, false));
    prompts.insert("never".to_owned(), known(1, true));
    memory["prompts"] = Value::Object(prompts);
    let mut engine = Engine::restore(support::deck(), snapshot(memory));
    engine.dispatch(NINE, start());
    engine.dispatch(NINE, Input::Moment("vb.glitch".to_owned()));
    assert!(is_sound(&engine));
    let memory = serde_json::to_value(engine.snapshot().memory).unwrap();
    let prompts = memory["prompts"].as_object().unwrap();
    assert_eq!((prompts.len(), prompts.contains_key("vb.glitch")), (20_000, true));
    assert!(prompts.contains_key("never") && !prompts.contains_key("oldest"));
}

#[test]
fn the_number_of_sessions_stays_at_its_limit() {
    let mut engine = Engine::restore(support::deck(), snapshot(with("memory-1", "/sessions", json!(999_999_999))));
    engine.dispatch(NINE, start());
    assert!(is_sound(&engine));
}

#[test]
fn a_timeline_that_is_full_takes_no_more() {
    let mut engine = Engine::new(support::deck());
    let mut now = NINE;
    engine.dispatch(now, start());
    for _ in 0..1_100 {
        engine.step(now, Input::Moment("vb.glitch".to_owned()));
        let number = engine.snapshot();
        let number = serde_json::to_value(number).unwrap()["session"]["running"]["shown"].as_u64().unwrap() as u32;
        engine.step(now, Input::Answer { number, answer: Answer::DidIt });
        now = Timestamp(now.0 + 1_000);
    }
    assert!(is_sound(&engine));
    let saved = serde_json::to_value(engine.snapshot()).unwrap();
    assert_eq!(saved["session"]["running"]["log"].as_array().unwrap().len(), 1_000);
}

#[test]
fn a_clock_beyond_the_end_of_time_stops_there() {
    let mut engine = Engine::new(support::deck());
    engine.dispatch(NINE, start());
    engine.dispatch(Timestamp(u64::MAX), Input::Moment("vb.glitch".to_owned()));
    assert!(is_sound(&engine));
}

#[test]
fn changes_that_are_too_many_change_nothing() {
    let changes = |rows: usize| -> Changes {
        let mut changes = Changes::default();
        let row = json!({"off": true});
        changes.items =
            (0..rows).map(|at| (at.to_string().into(), serde_json::from_value(row.clone()).unwrap())).collect();
        changes
    };
    let mut settings = Settings::default();
    settings.change(DeckId::Shipped, changes(1_000));
    let before = settings.clone();
    settings.change(DeckId::Shipped, changes(1_001));
    assert_eq!(settings, before);
    comes_back(&settings);
}

#[test]
fn a_shelf_that_has_used_all_numbers_is_full() {
    let mut record = golden("settings-1");
    record["shelf"] = json!({"own": [{"number": 999_999, "text": "a"}], "next": 0});
    let mut settings: Settings = serde_json::from_value(record).unwrap();
    assert_eq!(settings.shelf.add(SHIPPED.to_owned()), Err(Refused::Full));
    let mut record = golden("settings-1");
    record["shelf"] = json!({"own": [{"number": 7, "text": "a"}], "next": 3});
    let mut settings: Settings = serde_json::from_value(record).unwrap();
    assert_eq!(settings.shelf.add(SHIPPED.to_owned()), Ok(8), "no number twice");
    comes_back(&settings);
}
