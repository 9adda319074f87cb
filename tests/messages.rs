//! Every text that the core names is in the English file that ships, has as many placeholders as the core fills, and
//! has a description for translators.
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic, clippy::expect_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use attune::text::Message;
use support::{Words, messages};
use unicode_segmentation::UnicodeSegmentation;

/// The prefixes of the core's own messages; surfaces use others.
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
        // The shell uses this one.
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
    // A message built without a list of arguments is chosen by name only, so its text must have no placeholders.
    let built = messages::arguments();
    for key in FAMILIES.iter().flat_map(|family| messages::named_in("src", family)) {
        assert!(built.contains_key(&key) || words.blanks(&key) == 0, "nothing fills the blanks of {key}");
    }
}

/// Some texts have little room, and their descriptions say how much.
#[test]
fn what_has_little_room_fits_it() {
    let words = Words::shipped();
    let at_most = regex::Regex::new(r"At most (\d+) characters").unwrap();
    let mut limits = BTreeMap::new();
    for key in words.keys() {
        let Some(found) = at_most.captures(description(&words, key)) else { continue };
        let most: usize = found[1].parse().unwrap();
        // The longest session and the longest hold are 180 minutes.
        let text = words.say(&Message { args: vec!["180".to_owned(); words.blanks(key)], key: key.clone() });
        assert!(text.graphemes(true).count() <= most, "“{text}” is too long: at most {most} characters");
        limits.insert(key.clone(), most);
    }
    // The strip's own texts must be no longer than a cue.
    let strip: Vec<&String> = words
        .keys()
        .filter(|key| key.starts_with("notice_") || ["time_left", "time_over"].contains(&key.as_str()))
        .collect();
    assert!(strip.len() >= 7, "{strip:?}");
    for key in strip {
        assert_eq!(limits.get(key), Some(&24), "{key} is on the strip");
    }
}

fn description<'a>(words: &'a Words, key: &str) -> &'a str {
    words.entry(key)["description"].as_str().unwrap_or_default()
}

#[test]
fn every_text_is_described_for_translators() {
    let words = Words::shipped();
    let bare: Vec<&String> = words.keys().filter(|key| description(&words, key).trim().is_empty()).collect();
    assert!(bare.is_empty(), "no description of {bare:?}");
}

/// The names between `$` signs in a text, and the text without them.
fn named(text: &str) -> (BTreeSet<String>, String) {
    let name = regex::Regex::new(r"\$([A-Za-z0-9_@]+)\$").unwrap();
    let names = name.captures_iter(text).map(|found| found[1].to_ascii_lowercase()).collect();
    (names, name.replace_all(text, "").into_owned())
}

/// A form of a text for one count, such as `_one`, may name that count in a word.
fn may_leave_out_its_count(key: &str) -> bool {
    ["_zero", "_one", "_two", "_few", "_many"].iter().any(|form| key.ends_with(form))
}

#[test]
fn every_blank_has_a_name_and_an_example() {
    let words = Words::shipped();
    for key in words.keys() {
        let entry = words.entry(key);
        let (used, rest) = named(entry["message"].as_str().unwrap());
        assert!(!rest.contains('$'), "a blank without a name in {key}");
        let placeholders = entry["placeholders"].as_object().cloned().unwrap_or_default();
        let declared: BTreeSet<String> = placeholders.keys().map(|name| name.to_ascii_lowercase()).collect();
        assert_eq!(used, declared, "the names in {key} and its placeholders");
        assert_eq!(declared.len(), placeholders.len(), "two placeholders of one name in {key}");
        assert!(entry.get("placeholders").is_none() || !declared.is_empty(), "an empty list of placeholders in {key}");
        let mut numbers = BTreeSet::new();
        for (name, placeholder) in &placeholders {
            let content = placeholder["content"].as_str().unwrap_or_default();
            let number: Option<usize> = content.strip_prefix('$').and_then(|number| number.parse().ok());
            let number = number.unwrap_or_else(|| panic!("${name}$ of {key} is not a number such as $1"));
            assert!(numbers.insert(number), "{content} has two names in {key}");
            let example = placeholder["example"].as_str().unwrap_or_default();
            assert!(!example.trim().is_empty(), "no example for ${name}$ of {key}");
        }
        let first = if may_leave_out_its_count(key) && !numbers.contains(&1) { 2 } else { 1 };
        assert_eq!(numbers, (first..first + numbers.len()).collect(), "numbers are left out in {key}");
    }
}
