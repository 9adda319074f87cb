//! Every text that the core names is in the English file that ships, with as many blanks as the core fills.
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic, clippy::expect_used)]

mod support;

use std::collections::BTreeSet;

use attune::text::Message;
use support::{Words, messages};
use unicode_segmentation::UnicodeSegmentation;

/// What the core's own messages begin with; surfaces have others.
const FAMILIES: [&str; 10] =
    ["badge_", "resting_", "time_", "notice_", "silence_", "question_", "why_", "outcome_", "policy_", "problem_"];

#[test]
fn every_text_that_the_core_names_is_there() {
    let words = Words::shipped();
    let missing: Vec<String> = messages::arguments()
        .into_keys()
        .chain(FAMILIES.iter().chain(&["deck_"]).flat_map(|family| messages::named_in("src", family)))
        .filter(|key| !words.has(key))
        .collect();
    assert!(missing.is_empty(), "no text for {missing:?}");
}

#[test]
fn every_text_for_the_core_is_named_in_it() {
    let named: BTreeSet<String> =
        FAMILIES.iter().chain(&["deck_"]).flat_map(|family| messages::named_in("src", family)).collect();
    let unused: Vec<String> = Words::shipped()
        .keys()
        .filter(|key| FAMILIES.iter().chain(&["deck_"]).any(|family| key.starts_with(family)))
        // The shell's own.
        .filter(|key| *key != "badge_lost" && !named.contains(*key))
        .cloned()
        .collect();
    assert!(unused.is_empty(), "nothing says {unused:?}");
}

#[test]
fn every_text_has_as_many_blanks_as_are_filled() {
    let words = Words::shipped();
    for (key, counts) in messages::arguments() {
        assert_eq!(counts, BTreeSet::from([words.blanks(&key)]), "{key}");
    }
    // What is not built with a list of arguments is picked by what happened, and has nothing to fill in.
    let built = messages::arguments();
    for key in FAMILIES.iter().flat_map(|family| messages::named_in("src", family)) {
        assert!(built.contains_key(&key) || words.blanks(&key) == 0, "nothing fills the blanks of {key}");
    }
}

/// The strip's own words are held to the length of a cue.
#[test]
fn what_the_strip_says_fits_it() {
    let words = Words::shipped();
    let strip: Vec<String> = words
        .keys()
        .filter(|key| key.starts_with("notice_") || ["time_left", "time_over"].contains(&key.as_str()))
        .cloned()
        .collect();
    assert!(strip.len() >= 7, "{strip:?}");
    for key in strip {
        // The longest session and the longest hold are 180 minutes.
        let message = Message { args: vec!["180".to_owned(); words.blanks(&key)], key };
        let text = words.say(&message);
        assert!(text.graphemes(true).count() <= 24, "“{text}” is too long for the strip");
    }
}
