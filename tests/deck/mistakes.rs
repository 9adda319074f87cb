//! One mistake at a time, and all of them at once.

use std::collections::BTreeSet;

use attune::deck::{CUE_MAX, LABEL_MAX};
use serde_json::{Value, json};

use super::support::{self, Words};
use super::{problems, put, sound, written};

/// One mistake: what is put where, and the key, place and arguments of the one problem it makes.
pub struct Mistake(
    pub &'static str,
    pub Option<Value>,
    pub &'static str,
    pub &'static str,
    pub &'static [&'static str],
);

pub fn mistakes() -> Vec<Mistake> {
    let is = |value| Some(value);
    let long_cue = "Twenty-five characters ok";
    let root = "format, title, language, notes, rules, elements, profiles, checklist, prompts";
    vec![
        Mistake("format", is(json!("attune-deck/2")), "deck_not_one_of", "format", &["attune-deck/1"]),
        Mistake("format", None, "deck_missing", "format", &[]),
        Mistake("title", is(json!(7)), "deck_not_text", "title", &[]),
        Mistake("language", is(json!(" ")), "deck_empty_text", "language", &[]),
        Mistake("language", is(json!("e")), "deck_bad_language", "language", &[]),
        Mistake("language", is(json!("pt_BR")), "deck_bad_language", "language", &[]),
        Mistake("notes", is(json!("Written for tests.")), "deck_not_list", "notes", &[]),
        Mistake("notes[0]", is(json!(7)), "deck_not_text", "notes[0]", &[]),
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
        Mistake("rules.dot_s", is(json!(1e300)), "deck_out_of_range", "rules.dot_s", &["1e+300", "10", "300"]),
        Mistake("elements", is(json!({})), "deck_not_list", "elements", &[]),
        Mistake("elements", None, "deck_missing", "elements", &[]),
        Mistake("elements[0].id", is(json!("Trust")), "deck_bad_id", "elements[0].id", &[]),
        Mistake("elements[0].id", None, "deck_missing", "elements[0].id", &[]),
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
        Mistake("checklist", is(json!("none")), "deck_not_list", "checklist", &[]),
        Mistake("checklist[0]", is(json!(["place"])), "deck_not_object", "checklist[0]", &[]),
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
        Mistake("prompts[0].channels", is(json!([])), "deck_no_channels", "prompts[0].channels", &[]),
        Mistake("checklist[0].channels", is(json!([])), "deck_no_channels", "checklist[0].channels", &[]),
        Mistake(
            "checklist[0].channels",
            is(json!(["phone"])),
            "deck_not_one_of",
            "checklist[0].channels[0]",
            &["video, sound"],
        ),
        Mistake("prompts[0].enabled_in", is(json!([])), "deck_no_profiles", "prompts[0].enabled_in", &[]),
        Mistake("prompts[0].enabled_in", is(json!("plain")), "deck_not_list", "prompts[0].enabled_in", &[]),
        Mistake("prompts[0].session_kinds", is(json!(7)), "deck_not_list", "prompts[0].session_kinds", &[]),
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
fn each_mistake_is_told_once_with_its_place_and_its_line() {
    for Mistake(at, value, key, place, args) in mistakes() {
        let mut deck = sound();
        put(&mut deck, at, value);
        let (text, lines) = written(&deck);
        let found = problems(&text);
        let told: Vec<(&str, &str)> = found.iter().map(|it| (it.message.key.as_str(), it.place.as_str())).collect();
        assert_eq!(told, [(key, place)], "{at}");
        assert_eq!(found[0].message.args, args, "{place}");
        // What is missing is reported on the line of what it is missing from.
        let nearest = (0..=place.len()).rev().find_map(|end| lines.get(&place[..end])).unwrap();
        assert_eq!(found[0].line, *nearest, "the line of {place}");
    }
}

#[test]
fn each_rule_has_a_mistake_here_and_words_that_fit() {
    let mut keys: BTreeSet<String> = mistakes().iter().map(|mistake| mistake.2.to_owned()).collect();
    // Reported for the file as a whole; each has its own test below.
    let of_files = [
        "deck_not_json",
        "deck_ends_early",
        "deck_too_deep",
        "deck_not_utf",
        "deck_file_big",
        "deck_list_long",
        "deck_is_packed",
        "deck_damaged",
        "deck_two",
        "deck_curly",
        "deck_decimal_comma",
    ];
    keys.extend(of_files.map(str::to_owned));
    // Reported for fields, which a value cannot have twice.
    keys.insert("deck_field_twice".to_owned());
    assert_eq!(support::messages::named_in("src/deck", "deck_"), keys);
    let words = Words::shipped();
    for Mistake(_, _, key, _, args) in mistakes() {
        assert_eq!(words.blanks(key), args.len(), "{key}");
    }
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

/// One broken field of a row does not hide what is wrong with the others, nor how the row fits the rest of the deck.
#[test]
fn all_mistakes_of_one_row_are_told_in_the_order_of_the_file() {
    let mut deck = sound();
    let edits = [
        ("profiles[0].label", json!(7), "deck_not_text"),
        ("prompts[0].cue", json!("x".repeat(CUE_MAX + 1)), "deck_text_long"),
        ("prompts[0].element", json!("love"), "deck_no_such_id"),
        ("prompts[0].enabled_in[1]", json!("odd"), "deck_no_such_id"),
        ("prompts[1].id", json!("lean"), "deck_duplicate_id"),
        ("prompts[1].timing.to_min", json!(8), "deck_window_from_end"),
        ("prompts[1].timing.cooldown_min", json!(51), "deck_out_of_range"),
        ("prompts[1].unless_ticked", json!("odd"), "deck_no_such_id"),
    ];
    for (place, value, _) in &edits {
        put(&mut deck, place, Some(value.clone()));
    }
    let (text, lines) = written(&deck);
    let found = problems(&text);
    let mut wanted: Vec<(usize, &str, &str)> =
        edits.iter().map(|(place, _, key)| (lines[*place], *place, *key)).collect();
    wanted.sort_unstable();
    let told: Vec<(usize, &str, &str)> =
        found.iter().map(|it| (it.line, it.place.as_str(), it.message.key.as_str())).collect();
    assert_eq!(told, wanted);
}
