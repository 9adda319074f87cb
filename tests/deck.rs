//! Reading a deck: every mistake is told with its place and its line, all of them at once, and nothing panics.
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic, clippy::expect_used)]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/damage.rs"]
mod damage;
mod support;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use attune::deck::{CUE_MAX, Deck, LABEL_MAX, Problem, SessionKind};
use attune::engine::{Engine, Input};
use attune::memory::Choices;
use attune::time::Timestamp;
use cases::holds;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{NINE, Words};

const SHIPPED: &str = include_str!("../extension/decks/en.json");

/// A sound deck with a timed, a checklist and a manual prompt.
fn sound() -> Value {
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
fn written(deck: &Value) -> (String, BTreeMap<String, usize>) {
    let (mut text, mut lines) = (String::new(), BTreeMap::new());
    write(deck, "", &mut text, &mut lines);
    (text, lines)
}

fn write(value: &Value, place: &str, text: &mut String, lines: &mut BTreeMap<String, usize>) {
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
fn pointer(place: &str) -> String {
    place.split(['.', '[']).map(|step| format!("/{}", step.trim_end_matches(']'))).collect()
}

/// Puts `value` at `place`, or takes away what is there.
fn put(deck: &mut Value, place: &str, value: Option<Value>) {
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

fn problems(text: &str) -> Vec<Problem> {
    Deck::from_json(text).expect_err("it should be refused")
}

/// One mistake: what is put where, and the key, place and arguments of the one problem it makes.
struct Mistake(&'static str, Option<Value>, &'static str, &'static str, &'static [&'static str]);

fn mistakes() -> Vec<Mistake> {
    let is = |value| Some(value);
    let long_cue = "Twenty-five characters ok";
    let root = "format, title, language, notes, rules, elements, profiles, checklist, prompts";
    vec![
        Mistake("format", is(json!("attune-deck/2")), "deck_not_one_of", "format", &["attune-deck/1"]),
        Mistake("format", None, "deck_missing", "format", &[]),
        Mistake("title", is(json!(7)), "deck_not_text", "title", &[]),
        Mistake("language", is(json!(" ")), "deck_empty_text", "language", &[]),
        Mistake("colour", is(json!("red")), "deck_unknown_field", "colour", Box::leak(Box::new([root]))),
        Mistake("rules", is(json!([])), "deck_not_object", "rules", &[]),
        Mistake(
            "rules.opening_quiet_min",
            is(json!(16)),
            "deck_out_of_range",
            "rules.opening_quiet_min",
            &["16", "0", "15"],
        ),
        Mistake("rules.closing_min", is(json!("ten")), "deck_not_number", "rules.closing_min", &[]),
        Mistake("rules.jitter_s", is(json!(1.5)), "deck_not_whole", "rules.jitter_s", &[]),
        Mistake("rules.dot_s", is(Value::Null), "deck_missing", "rules.dot_s", &[]),
        Mistake("elements", is(json!({})), "deck_not_list", "elements", &[]),
        Mistake("elements[0]", is(json!("trust")), "deck_not_object", "elements[0]", &[]),
        Mistake("elements[1].id", is(json!("trust")), "deck_duplicate_id", "elements[1].id", &["trust", "0"]),
        Mistake("elements[1].about", None, "deck_missing", "elements[1].about", &[]),
        Mistake("profiles", is(json!([])), "deck_profiles_count", "profiles", &["32"]),
        Mistake(
            "profiles[0].words_by_themselves",
            is(json!("yes")),
            "deck_not_flag",
            "profiles[0].words_by_themselves",
            &[],
        ),
        Mistake("profiles[0].gap_min", is(json!(0)), "deck_out_of_range", "profiles[0].gap_min", &["0", "1", "60"]),
        Mistake(
            "checklist[0].phase",
            is(json!("middle")),
            "deck_not_one_of",
            "checklist[0].phase",
            &["before, opening, working, closing, after"],
        ),
        Mistake("checklist[0].element", is(json!("love")), "deck_no_such_id", "checklist[0].element", &["love"]),
        Mistake("prompts", is(json!([])), "deck_no_prompts", "prompts", &[]),
        Mistake("prompts[0].id", is(json!("Lean in")), "deck_bad_id", "prompts[0].id", &[]),
        Mistake("prompts[2].id", is(json!("lean")), "deck_duplicate_id", "prompts[2].id", &["lean", "0"]),
        Mistake("prompts[0].cue", is(json!(long_cue)), "deck_text_long", "prompts[0].cue", &["25", "24"]),
        Mistake("prompts[0].cue", is(json!("Lean\nin")), "deck_line_break", "prompts[0].cue", &[]),
        Mistake("prompts[1].say", is(json!("")), "deck_empty_text", "prompts[1].say", &[]),
        Mistake("prompts[0].kind", is(json!(null)), "deck_missing", "prompts[0].kind", &[]),
        Mistake(
            "prompts[0].also_serves[1]",
            is(json!("love")),
            "deck_no_such_id",
            "prompts[0].also_serves[1]",
            &["love"],
        ),
        Mistake("prompts[0].enabled_in[1]", is(json!("odd")), "deck_no_such_id", "prompts[0].enabled_in[1]", &["odd"]),
        Mistake("prompts[1].unless_ticked", is(json!("odd")), "deck_no_such_id", "prompts[1].unless_ticked", &["odd"]),
        Mistake("prompts[1].unless_ticked", None, "deck_chases_nothing", "prompts[1].unless_ticked", &[]),
        Mistake("prompts[0].session_kinds", is(json!([])), "deck_no_session_kinds", "prompts[0].session_kinds", &[]),
        Mistake("prompts[2].timing", is(json!({})), "deck_wrong_trigger", "prompts[2].timing", &["moment"]),
        Mistake("prompts[0].moment", is(json!({})), "deck_wrong_trigger", "prompts[0].moment", &["timing"]),
        Mistake("prompts[0].timing", None, "deck_missing", "prompts[0].timing", &[]),
        Mistake("prompts[0].timing.to_min", is(json!(4)), "deck_window_from_start", "prompts[0].timing.to_min", &[]),
        Mistake("prompts[1].timing.to_min", is(json!(8)), "deck_window_from_end", "prompts[1].timing.to_min", &[]),
        Mistake(
            "prompts[1].timing.max_per_session",
            is(json!(2)),
            "deck_repeat_missing",
            "prompts[1].timing.repeat_every_min",
            &[],
        ),
        Mistake(
            "prompts[1].timing",
            is(json!({"anchor": "end", "from_min": 1, "to_min": 0.5, "max_per_session": 1, "cooldown_min": 0,
                      "expires_after_min": 3})),
            "deck_window_in_quiet",
            "prompts[1].timing",
            &[],
        ),
        Mistake(
            "prompts[0].timing",
            is(json!({"anchor": "start", "from_min": 40, "to_min": 45, "max_per_session": 1, "cooldown_min": 0,
                      "expires_after_min": 3})),
            "deck_timer_outside_working",
            "prompts[0].timing",
            &[],
        ),
        Mistake(
            "prompts[0].timing",
            is(json!({"anchor": "start", "from_min": 1, "to_min": 3, "max_per_session": 1, "cooldown_min": 0,
                      "expires_after_min": 3})),
            "deck_timer_outside_working",
            "prompts[0].timing",
            &[],
        ),
        Mistake(
            "prompts[1].priority",
            is(json!(4)),
            "deck_too_low_for_closing",
            "prompts[1].enabled_in",
            &["plain", "5"],
        ),
        Mistake("profiles[1].timed_per_50_min", is(json!(0)), "deck_no_budget", "prompts[0].enabled_in", &["dense"]),
    ]
}

#[test]
fn a_sound_deck_is_read() {
    Deck::from_json(&written(&sound()).0).unwrap();
    Deck::from_json(SHIPPED).unwrap();
}

#[test]
fn each_mistake_is_told_once_with_its_place_and_its_line() {
    for Mistake(at, value, key, place, args) in mistakes() {
        let mut deck = sound();
        put(&mut deck, at, value);
        let (text, lines) = written(&deck);
        let found = problems(&text);
        let told: Vec<(&str, &str)> = found.iter().map(|it| (it.message.key.as_str(), it.place.as_str())).collect();
        assert_eq!(told[0], (key, place), "{at}");
        // What is lost with a list or a row is missed where it is named; nothing else follows from one mistake.
        let lost = ["elements", "profiles", "checklist"].iter().any(|list| place.starts_with(list));
        assert!(told[1..].iter().all(|(key, _)| lost && *key == "deck_no_such_id"), "{told:?}");
        assert_eq!(found[0].message.args, args, "{place}");
        // What is missing is told on the line of what it is missing from.
        let nearest = (0..=place.len()).rev().find_map(|end| lines.get(&place[..end])).unwrap();
        assert_eq!(found[0].line, *nearest, "the line of {place}");
    }
}

#[test]
fn each_rule_has_a_mistake_here_and_words_that_fit() {
    let mut keys: BTreeSet<String> = mistakes().iter().map(|mistake| mistake.2.to_owned()).collect();
    // Told of the file as a whole; each has a test of its own below.
    keys.extend(["deck_not_json", "deck_file_big", "deck_list_long"].map(str::to_owned));
    assert_eq!(support::messages::named_in("src/deck", "deck_"), keys);
    let words = Words::shipped();
    for Mistake(_, _, key, _, args) in mistakes() {
        assert_eq!(words.blanks(key), args.len(), "{key}");
    }
}

#[test]
fn a_file_that_is_no_json_is_told_with_its_line_and_column() {
    let told = |text: &str| {
        let found = problems(text);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].message.key.as_str(), found[0].place.as_str()), ("deck_not_json", ""));
        (found[0].line, found[0].message.args[0].clone())
    };
    assert_eq!(told(""), (1, "0".to_owned()));
    assert_eq!(told("{\n  \"format\": \"attune-deck/1\"\n  \"title\""), (3, "3".to_owned()));
    assert_eq!(told(&format!("{SHIPPED}}}")).0, SHIPPED.lines().count() + usize::from(SHIPPED.ends_with('\n')));
    assert_eq!(told("{\"notes\": 1e999}").0, 1);
    told(&"[".repeat(100_000));
    told(&"{\"notes\":".repeat(100_000));
}

#[test]
fn a_file_of_another_shape_is_told_at_its_top() {
    for text in ["[]", "7", "null", "\"attune-deck/1\""] {
        let found = problems(text);
        assert_eq!((found[0].message.key.as_str(), found[0].place.as_str(), found[0].line), ("deck_not_object", "", 1));
    }
    assert_eq!(problems("\n\n []")[0].line, 3, "where it begins");
}

#[test]
fn all_mistakes_are_told_at_once() {
    let mut deck = sound();
    let edits = [
        ("title", None, "deck_missing"),
        ("rules.wait_s", Some(json!(-1)), "deck_out_of_range"),
        ("elements[0].label", Some(json!("x".repeat(LABEL_MAX + 1))), "deck_text_long"),
        ("profiles[1].label", Some(json!(7)), "deck_not_text"),
        ("checklist[0].applies", Some(json!("never")), "deck_not_one_of"),
        ("prompts[0].colour", Some(json!("red")), "deck_unknown_field"),
        ("prompts[0].cue", Some(json!("x".repeat(CUE_MAX + 1))), "deck_text_long"),
        ("prompts[1].priority", Some(json!(6)), "deck_out_of_range"),
        ("prompts[2].moment.crisis", Some(json!([])), "deck_not_flag"),
    ];
    for (place, value, _) in &edits {
        put(&mut deck, place, value.clone());
    }
    let found = problems(&written(&deck).0);
    let mut told: Vec<(&str, &str)> = found.iter().map(|it| (it.place.as_str(), it.message.key.as_str())).collect();
    told.sort_unstable();
    let mut wanted: Vec<(&str, &str)> = edits.iter().map(|(place, _, key)| (*place, *key)).collect();
    wanted.sort_unstable();
    assert_eq!(told, wanted);
}

#[test]
fn characters_are_counted_as_people_count_them() {
    let fits = |cue: &str| {
        let mut deck = sound();
        put(&mut deck, "prompts[0].cue", Some(json!(cue)));
        match Deck::from_json(&deck.to_string()) {
            Ok(read) => {
                assert_eq!(read.prompts[0].cue, cue);
                None
            }
            Err(found) => Some((found[0].message.key.clone(), found[0].message.args.first().cloned())),
        }
    };
    let long = |count: &str| Some(("deck_text_long".to_owned(), Some(count.to_owned())));
    for character in ["x", "é", "e\u{301}", "ß", "語", "👍🏽", "🇨🇭", "👨‍👩‍👧‍👦", "🏳️‍🌈", "ש", "ع", "한", "नी"]
    {
        assert_eq!(fits(&character.repeat(24)), None, "{character}");
        assert_eq!(fits(&character.repeat(25)), long("25"), "{character}");
        assert_eq!(fits(&character.repeat(1_000)), long("1000"), "{character}");
    }
    assert_eq!(fits("מה חשוב היום עבורך כאן?"), None);
    assert_eq!(fits("ما الذي يهمك اليوم هنا؟"), None);
}

#[test]
fn texts_that_only_look_like_one_line_are_refused() {
    let key = |cue: &str| {
        let mut deck = sound();
        put(&mut deck, "prompts[0].cue", Some(json!(cue)));
        problems(&deck.to_string())[0].message.key.clone()
    };
    for broken in ["a\nb", "a\rb", "a\tb", "a\0b", "a\u{2028}b", "a\u{2029}b", "a\u{85}b", "a\u{7f}b"] {
        assert_eq!(key(broken), "deck_line_break", "{broken:?}");
    }
    for empty in ["", "   ", "\u{a0}", "\u{200b}", "\u{200d}\u{feff}", " \u{200f} "] {
        assert_eq!(key(empty), "deck_empty_text", "{empty:?}");
    }
    let heap = format!("e{}", "\u{301}".repeat(100_000));
    assert_eq!(key(&heap), "deck_text_long", "one letter, and a heap of marks on it");
}

#[test]
fn a_list_or_a_file_without_end_is_refused() {
    let mut deck = sound();
    let row = deck["elements"][0].clone();
    deck["elements"] = Value::Array(vec![row; 20_001]);
    let found = problems(&deck.to_string());
    let long: Vec<&Problem> = found.iter().filter(|problem| problem.message.key == "deck_list_long").collect();
    assert_eq!(long.len(), 1);
    assert_eq!(
        (long[0].place.as_str(), &long[0].message.args),
        ("elements", &vec!["20001".to_owned(), "20000".to_owned()])
    );
    let found = problems(&" ".repeat((16 << 20) + 1));
    assert_eq!((found[0].message.key.as_str(), &found[0].message.args), ("deck_file_big", &vec!["16".to_owned()]));
}

#[test]
fn mistakes_without_number_are_told_as_far_as_helps() {
    let mut deck = sound();
    let mut row = deck["prompts"][0].clone();
    row["cue"] = json!(7);
    row["id"] = json!("No Id");
    deck["prompts"] = Value::Array(vec![row; 3_000]);
    let text = deck.to_string();
    assert!(text.len() > 1_000_000);
    assert_eq!(problems(&text).len(), 200);
}

#[test]
fn more_profiles_than_there_can_be_are_refused() {
    let mut deck = sound();
    let row = deck["profiles"][0].clone();
    for index in 2..40 {
        let mut row = row.clone();
        row["id"] = json!(format!("profile{index}"));
        put(&mut deck, &format!("profiles[{index}]"), Some(row));
    }
    put(&mut deck, "prompts[0].enabled_in[2]", Some(json!("profile39")));
    let (text, lines) = written(&deck);
    let found = problems(&text);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].message.key.as_str(), found[0].line), ("deck_profiles_count", lines["profiles"]));
    let profiles = deck["profiles"].as_array_mut().unwrap();
    profiles.truncate(32);
    put(&mut deck, "prompts[0].enabled_in[2]", Some(json!("profile31")));
    Deck::from_json(&deck.to_string()).unwrap();
}

#[test]
fn a_megabyte_of_prompts_is_a_deck_that_runs() {
    let mut deck = sound();
    let row = deck["prompts"][0].clone();
    for index in 3..3_000 {
        let mut row = row.clone();
        row["id"] = json!(format!("lean{index}"));
        deck["prompts"].as_array_mut().unwrap().push(row);
    }
    let text = deck.to_string();
    assert!(text.len() > 1_000_000);
    runs(Deck::from_json(&text).unwrap(), 1, 50);
}

/// A megabyte of anything is read or refused, whatever it is.
#[test]
fn a_megabyte_of_anything_is_refused() {
    let garbage = ["[", "]", "{\"a\":", "\"", "\\", "0", "1e9,", "null,", "\u{1f469}\u{200d}", "{\"prompts\":[", "\n"];
    for piece in garbage {
        assert!(!problems(&piece.repeat(1_000_000 / piece.len())).is_empty());
    }
    let mut deck = sound();
    put(&mut deck, "title", Some(json!("x".repeat(1_000_000))));
    assert_eq!(problems(&deck.to_string())[0].message.args, ["1000000", "40"]);
    let mut deck = sound();
    put(&mut deck, &"x".repeat(1_000_000), Some(json!(1)));
    assert_eq!(problems(&deck.to_string())[0].message.key, "deck_unknown_field");
}

/// Runs a session and does nothing but look.
fn runs(deck: Deck, seed: u32, minutes: u16) {
    let profile = deck.profiles[seed as usize % deck.profiles.len()].id.clone();
    let kind = [SessionKind::First, SessionKind::Early, SessionKind::Ongoing][seed as usize % 3];
    let mut engine = Engine::new(deck);
    let mut now = NINE;
    let outcome =
        engine.dispatch(now, Input::Start { choices: Choices { minutes, kind, profile, intention: None }, seed });
    assert_eq!(outcome.problem, None);
    for _ in 0..2_000 {
        let Some(wake) = engine.poll_timeout() else { return };
        assert!(wake > now, "a wake-up that is not later than now");
        now = wake;
        engine.dispatch(now, Input::Look);
    }
    panic!("a busy loop, still going on at {:?}", Timestamp(now.0 - NINE.0));
}

/// Every fourth prompt of the shipped deck, and what it takes: the whole of it would say no more, and take longer.
fn shortened() -> String {
    let mut deck: Value = serde_json::from_str(SHIPPED).unwrap();
    let prompts: Vec<Value> = deck["prompts"].as_array().unwrap().iter().step_by(4).cloned().collect();
    let named = |item: &Value| prompts.iter().any(|prompt| prompt["unless_ticked"] == item["id"]);
    let items: Vec<Value> = deck["checklist"].as_array().unwrap().iter().filter(|item| named(item)).cloned().collect();
    deck["prompts"] = prompts.into();
    deck["checklist"] = items.into();
    deck.to_string()
}

/// The shipped deck cut, doubled, with values swapped, changed and lost: read and run, or refused with places that exist.
#[test]
fn a_damaged_deck_is_refused_or_runs() {
    let (refused, ran) = (Cell::new(0), Cell::new(0));
    let (words, shipped) = (Words::shipped(), shortened());
    let cases = holds((damage::damages(), any::<u32>(), 5..=90_u16), |(damages, seed, minutes)| {
        let text = damages.iter().fold(shipped.clone(), |text, damage| damage.to(&text));
        match Deck::from_json(&text) {
            Ok(deck) => {
                ran.set(ran.get() + 1);
                runs(deck, seed, minutes);
            }
            Err(found) => {
                refused.set(refused.get() + 1);
                assert!(!found.is_empty());
                for Problem { line, message, .. } in found {
                    assert!((1..=text.lines().count().max(1) + 1).contains(&line), "line {line}");
                    assert!(!words.say(&message).contains('$'), "{message:?}");
                }
            }
        }
    });
    assert!(refused.get() > cases / 10 && ran.get() > cases / 20, "{refused:?} were refused, {ran:?} ran");
}

#[test]
fn a_compiled_deck_is_the_same_deck() {
    for text in [SHIPPED, &sound().to_string()] {
        let deck = Deck::from_json(text).unwrap();
        assert_eq!(Deck::from_compiled(&deck.compile()).unwrap(), deck);
    }
}

#[test]
fn a_damaged_compiled_deck_is_refused_or_runs() {
    let (refused, ran) = (Cell::new(0), Cell::new(0));
    let compiled = Deck::from_json(&sound().to_string()).unwrap().compile();
    let cases = holds((damage::damages(), any::<u32>(), 5..=90_u16), |(damages, seed, minutes)| {
        let text = damages.iter().fold(compiled.clone(), |text, damage| damage.to(&text));
        match Deck::from_compiled(&text) {
            Some(deck) => {
                ran.set(ran.get() + 1);
                runs(deck, seed, minutes);
            }
            None => refused.set(refused.get() + 1),
        }
    });
    assert!(refused.get() > cases / 10 && ran.get() > cases / 20, "{refused:?} were refused, {ran:?} ran");
}
