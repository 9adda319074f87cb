//! Shortcuts are named by what is printed on the keyboard, and both browsers accept every suggested set.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeSet;

use attune::settings::keys::{COMMANDS, Keyboard, SETS, called};
use attune::settings::presses::{Attempt, Finding, Press};

/// Letters that Chromium uses with Alt+Shift, or that open Firefox's menus.
const TAKEN_WITH_SHIFT: &str = "ABCEFHNPRSTVWXZ";
/// Letters that a browser or a call uses with Alt alone: Chromium's address bar and menu, Firefox's menus, and Zoom's
/// meeting shortcuts.
const TAKEN_ALONE: &str = concat!("DEF", "EFVSBTH", "ACFHILMNPQRSTUVY");
/// The letters and digits under the left hand.
const LEFT: &str = "123456QWERTASDFGZXCVB";

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
        // As Chromium writes them, and as a manifest does.
        ("Alt+Up Arrow", "Alt+Up"),
        ("Alt+Up", "Alt+Up"),
        ("Ctrl+Page Up", "Ctrl+Page Up"),
        ("Ctrl+PageUp", "Ctrl+Page Up"),
        ("Right Arrow", "Right"),
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
        for told in set.keys.into_iter().filter(|key| !key.is_empty() && set.name != "any") {
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
    for set in &SETS[1..3] {
        for told in set.keys.into_iter().filter(|key| !key.is_empty()) {
            assert!(LEFT.contains(told.rsplit('+').next().unwrap()), "{}: {told}", set.name);
        }
    }
    assert_eq!(SETS[2].name, "one");
    assert!(SETS[2].keys.iter().all(|told| told.matches('+').count() <= 1), "two keys each");
}

/// Keys that are the same on every keyboard, with Alt alone. Alt with Left, Right or Home leaves the page.
#[test]
fn the_set_for_any_keyboard_needs_neither_letters_nor_alt_shift() {
    assert_eq!(SETS[3].name, "any");
    for told in SETS[3].keys.into_iter().filter(|key| !key.is_empty()) {
        assert!(["Up", "Down", "PageUp", "PageDown"].contains(&told.strip_prefix("Alt+").unwrap()), "{told}");
    }
}

/// Presses keys, each while those before it are held, and lets go of them again. Returns what is found.
fn found(keys: &[&str], shortcut: &str, keyboard: Keyboard) -> Option<Finding> {
    let press = |key: &str, before: &[&str]| {
        let held = ["Control", "Alt", "Shift", "Meta"].map(|one| before.contains(&one));
        Press { key: key.to_owned(), held }
    };
    let mut attempt = Attempt::default();
    let mut found = None;
    for index in 0..keys.len() {
        found = found.or(attempt.down(&press(keys[index], &keys[..=index]), shortcut, keyboard));
    }
    for index in (0..keys.len()).rev() {
        found = found.or(attempt.up(&press(keys[index], &keys[..index]), shortcut));
    }
    found
}

/// The events are those that Chromium and Firefox had on Linux.
#[test]
fn a_shortcut_that_does_nothing_says_why() {
    let other = |name: &str| Some(Finding::Other(name.to_owned()));
    let letters = |letter: &str| Some(Finding::Letters(letter.to_owned()));
    for (keys, shortcut, finding) in [
        // Alt+Shift switches between layouts, in both orders.
        (&["Alt", "GroupNext", "k"][..], "Alt+Shift+K", Some(Finding::Switched)),
        (&["Shift", "GroupNext", "K"], "Alt+Shift+K", Some(Finding::Switched)),
        (&["Alt", "GroupNext"], "Alt+Shift+K", Some(Finding::Switched)),
        // A Russian, a Greek, an Arabic layout.
        (&["Alt", "Shift", "Л"], "Alt+Shift+K", letters("Л")),
        (&["Alt", "Shift", "Κ"], "Alt+Shift+K", letters("Κ")),
        (&["Alt", "Shift", "،"], "Alt+Umschalt+K", letters("،")),
        (&["Alt", "ч"], "Alt+X", letters("ч")),
        // The right keys, and still nothing came of it.
        (&["Alt", "Shift", "K"], "Alt+Shift+K", Some(Finding::Taken)),
        (&["Shift", "Alt", "k"], "Alt+Shift+K", Some(Finding::Taken)),
        (&["Alt", "ArrowUp"], "Alt+Up", Some(Finding::Taken)),
        (&["Alt", "Shift", "1"], "Alt+Shift+1", Some(Finding::Taken)),
        // The system or another program keeps the letter for itself.
        (&["Alt", "Shift"], "Alt+Shift+K", Some(Finding::Taken)),
        // Other keys.
        (&["Alt", "Shift", "T"], "Alt+Shift+K", other("Alt+Shift+T")),
        (&["Alt", "k"], "Alt+Shift+K", other("Alt+K")),
        (&["Control", "Shift", "ArrowUp"], "Alt+Up", other("Ctrl+Shift+Up")),
        (&["Alt", "PageUp"], "Alt+Up", other("Alt+PageUp")),
        // Nothing was tried.
        (&["k"], "Alt+Shift+K", None),
        (&["Alt"], "Alt+X", None),
        (&["Alt"], "Alt+Shift+K", None),
        (&["Tab"], "Alt+Shift+K", None),
    ] {
        assert_eq!(found(keys, shortcut, Keyboard::Other), finding, "{keys:?} for {shortcut}");
    }
}

/// With the option key, a Mac's letters are other signs: they say nothing about the layout.
#[test]
fn on_a_mac_a_strange_letter_is_no_other_layout() {
    for shortcut in ["⌥⇧K", "Alt+Shift+K"] {
        assert_eq!(found(&["Alt", "Shift", "\u{f8ff}"], shortcut, Keyboard::Mac), Some(Finding::Taken));
        assert_eq!(found(&["Alt", "˚"], shortcut, Keyboard::Mac), Some(Finding::Other("Alt+˚".to_owned())));
    }
    assert_eq!(found(&["Alt", "ArrowUp"], "⌥↑", Keyboard::Mac), Some(Finding::Taken));
}

/// Every attempt begins anew once all keys are up.
#[test]
fn a_second_attempt_is_not_judged_by_the_first() {
    let held = |held: usize| [false, held > 0, held > 1, false];
    let mut attempt = Attempt::default();
    let mut step = |down: bool, key: &str, count: usize| {
        let press = Press { key: key.to_owned(), held: held(count) };
        if down { attempt.down(&press, "Alt+Shift+K", Keyboard::Other) } else { attempt.up(&press, "Alt+Shift+K") }
    };
    assert_eq!(step(true, "Alt", 1), None);
    assert_eq!(step(true, "GroupNext", 1), None);
    assert_eq!(step(true, "k", 1), Some(Finding::Switched));
    assert_eq!(step(false, "k", 1), None);
    assert_eq!(step(false, "GroupNext", 1), None);
    assert_eq!(step(false, "Alt", 0), None);
    assert_eq!(step(true, "Alt", 1), None);
    assert_eq!(step(true, "Shift", 2), None);
    assert_eq!(step(true, "K", 2), Some(Finding::Taken));
}

/// A key may still come as long as one is held.
#[test]
fn nothing_is_found_until_all_keys_are_up() {
    let press = |key: &str, held: [bool; 4]| Press { key: key.to_owned(), held };
    let (alt, both) = ([false, true, false, false], [false, true, true, false]);
    let mut attempt = Attempt::default();
    assert_eq!(attempt.down(&press("Alt", alt), "Alt+Shift+K", Keyboard::Other), None);
    assert_eq!(attempt.down(&press("Shift", both), "Alt+Shift+K", Keyboard::Other), None);
    assert_eq!(attempt.up(&press("Shift", alt), "Alt+Shift+K"), None);
    assert_eq!(attempt.up(&press("Alt", [false; 4]), "Alt+Shift+K"), Some(Finding::Taken));
}
