//! Shortcuts are named by what is printed on the keyboard, and both browsers accept every suggested set.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeSet;

use attune::settings::keys::{COMMANDS, Keyboard, SETS, called};

/// Letters that Chromium uses with Alt+Shift, or that open Firefox's menus.
const TAKEN_WITH_SHIFT: &str = "ABCEFHNPRSTVWXZ";
/// Letters that a browser or a call uses with Alt alone: Chromium's address bar and menu, Firefox's menus, and Zoom's
/// meeting shortcuts.
const TAKEN_ALONE: &str = concat!("DEF", "EFVSBTH", "ACFHILMNPQRSTUVY");
/// The letters and digits under the left hand.
const LEFT: &str = "12345QWERTASDFGZXCVB";

#[test]
fn a_mac_shows_signs_in_the_order_of_its_menus() {
    let names = [
        // As Firefox reports them.
        ("Alt+Shift+K", "⌥⇧K"),
        ("Shift+Alt+K", "⌥⇧K"),
        ("Ctrl+Shift+Y", "⇧⌘Y"),
        ("Command+Shift+Y", "⇧⌘Y"),
        ("MacCtrl+Alt+1", "⌃⌥1"),
        ("Alt+Up", "⌥↑"),
        ("Ctrl+Comma", "⌘,"),
        ("MacCtrl+Period", "⌃."),
        ("Alt+PageDown", "⌥⇟"),
        ("Alt+Home", "⌥↖"),
        ("Alt+Space", "⌥Space"),
        ("Alt+Shift+Delete", "⌥⇧Delete"),
        ("F8", "F8"),
        // As Chromium reports them.
        ("⌥⇧K", "⌥⇧K"),
        ("⌘,", "⌘,"),
        ("", ""),
    ];
    for (told, name) in names {
        assert_eq!(called(told, Keyboard::Mac), name, "{told}");
    }
}

#[test]
fn other_keyboards_keep_the_words_of_the_browser() {
    let names = [
        ("Alt+Shift+K", "Alt+Shift+K"),
        ("Ctrl+Comma", "Ctrl+Comma"),
        ("Alt+Up", "Alt+Up"),
        ("Ctrl+Page Up", "Ctrl+Page Up"),
        ("Alt+Shift+Space", "Alt+Shift+Space"),
        ("Alt+Umschalt+Leertaste", "Alt+Umschalt+Leertaste"),
        ("F12", "F12"),
        ("MediaNextTrack", "MediaNextTrack"),
        ("", ""),
    ];
    for (told, name) in names {
        assert_eq!(called(told, Keyboard::Other), name, "{told}");
    }
}

#[test]
fn the_keyboard_is_known_by_the_system() {
    for (platform, keyboard) in [
        ("MacIntel", Keyboard::Mac),
        ("Win32", Keyboard::Other),
        ("Linux x86_64", Keyboard::Other),
        ("Linux aarch64", Keyboard::Other),
        ("", Keyboard::Other),
    ] {
        assert_eq!(Keyboard::of(platform), keyboard, "{platform}");
    }
}

#[test]
fn the_commands_are_those_of_the_manifest_and_the_first_set_is_what_it_suggests() {
    let manifest = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/extension/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let commands = manifest["commands"].as_object().unwrap();
    let known: BTreeSet<&str> = COMMANDS.iter().map(|(command, _)| *command).collect();
    assert_eq!(known, commands.keys().map(String::as_str).collect());
    for ((command, _), key) in COMMANDS.iter().zip(SETS[0].keys) {
        assert_eq!(commands[*command]["suggested_key"]["default"].as_str().unwrap_or_default(), key, "{command}");
    }
}

#[test]
fn every_set_has_a_key_for_what_a_session_needs_and_none_twice() {
    for set in &SETS {
        assert!(set.keys[..4].iter().all(|key| !key.is_empty()), "{}", set.name);
        let keys: Vec<&str> = set.keys.into_iter().filter(|key| !key.is_empty()).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{}", set.name);
    }
}

/// Chromium accepts Ctrl or Alt but not both, each with or without Shift; Firefox accepts those and more. Ctrl would be
/// the Command key on a Mac, where most combinations are taken.
#[test]
fn every_key_can_be_set_in_both_browsers_and_is_free_there() {
    for set in &SETS {
        for told in set.keys.into_iter().filter(|key| !key.is_empty()) {
            let (key, taken) = match told.strip_prefix("Alt+Shift+") {
                Some(key) => (key, TAKEN_WITH_SHIFT),
                None => (told.strip_prefix("Alt+").unwrap(), TAKEN_ALONE),
            };
            assert!(key.len() == 1 && key.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()), "{told}");
            assert!(!taken.contains(key), "{told} is taken");
            // On Linux, Alt with a digit switches tabs in both browsers, and in Firefox even when an extension has set
            // it.
            assert!(taken == TAKEN_WITH_SHIFT || key.chars().all(char::is_alphabetic), "{told} is taken");
        }
    }
}

#[test]
fn the_sets_for_the_left_hand_and_for_one_hand_lie_under_the_left_hand() {
    for set in &SETS[1..] {
        for told in set.keys.into_iter().filter(|key| !key.is_empty()) {
            assert!(LEFT.contains(told.rsplit('+').next().unwrap()), "{}: {told}", set.name);
        }
    }
    assert_eq!(SETS[2].name, "one");
    assert!(SETS[2].keys.iter().all(|told| told.matches('+').count() <= 1), "two keys each");
}
