//! Keys: their names on the keyboard in use, and sets of keys for different hands.
//!
//! Each browser reports a shortcut in its own way. Firefox uses the manifest's names, also on a Mac, where its `Ctrl`
//! is the command key and `MacCtrl` the control key. Chromium uses the names in its menus: words in the reader's
//! language, and signs on a Mac.

/// The commands in the order in which they are listed, each with the text that says what its key does.
pub const COMMANDS: [(&str, &str); 9] = [
    ("glance", "key_glance"),
    ("not-now", "key_not_now"),
    ("hold", "key_hold"),
    ("hide", "key_hide"),
    ("sharing", "key_sharing"),
    ("sound", "key_sound"),
    ("moment-1", "key_moment_1"),
    ("crisis", "key_crisis"),
    ("_execute_action", "key_open"),
];

/// The kind of keyboard, by what is printed on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyboard {
    /// A Mac's, with signs on its keys.
    Mac,
    /// Any other, with words on them.
    Other,
}

impl Keyboard {
    /// By what a browser says about the system that it runs on, such as `MacIntel` or `Linux x86_64`.
    pub fn of(platform: &str) -> Keyboard {
        if platform.starts_with("Mac") { Keyboard::Mac } else { Keyboard::Other }
    }
}

/// A Mac's signs, in the order in which its menus show them, and what browsers call them.
const SIGNS: [(&str, &str); 5] = [("⌃", "MacCtrl"), ("⌥", "Alt"), ("⇧", "Shift"), ("⌘", "Ctrl"), ("⌘", "Command")];

/// Keys that are a sign on a Mac.
const ON_A_MAC: [(&str, &str); 10] = [
    ("↑", "Up"),
    ("↓", "Down"),
    ("←", "Left"),
    ("→", "Right"),
    ("⇞", "PageUp"),
    ("⇟", "PageDown"),
    ("↖", "Home"),
    ("↘", "End"),
    (",", "Comma"),
    (".", "Period"),
];

/// Keys that Chromium and the manifest call differently, and what people call them.
const WORDS: [(&str, &str); 6] = [
    ("Up Arrow", "Up"),
    ("Down Arrow", "Down"),
    ("Left Arrow", "Left"),
    ("Right Arrow", "Right"),
    ("PageUp", "Page Up"),
    ("PageDown", "Page Down"),
];

/// The name of a shortcut on a keyboard: `⌥⇧K` or `Alt+Shift+K`. A name that a browser has already written for people
/// stays, but for those of a few keys.
pub fn called(shortcut: &str, keyboard: Keyboard) -> String {
    if keyboard == Keyboard::Other {
        let (held, key) = shortcut.split_at(shortcut.rfind('+').map_or(0, |at| at + 1));
        let word = WORDS.iter().find(|(word, _)| *word == key).map_or(key, |(_, word)| word);
        return [held, word].concat();
    }
    let (mut key, mut pressed) = (shortcut, [false; SIGNS.len()]);
    while let Some((part, rest)) = key.split_once('+') {
        for (index, (_, word)) in SIGNS.iter().enumerate() {
            pressed[index] |= part == *word;
        }
        key = rest;
    }
    let mut name = String::new();
    for (index, (sign, _)) in SIGNS.iter().enumerate() {
        if pressed[index] {
            name.push_str(sign);
        }
    }
    match ON_A_MAC.iter().find(|(_, word)| *word == key) {
        Some((sign, _)) => name.push_str(sign),
        None => name.push_str(key),
    }
    name
}

/// A set of keys for all commands.
#[derive(Debug)]
pub struct Set {
    /// Its name.
    pub name: &'static str,
    /// The keys of the [`COMMANDS`], as browsers write them; empty for none.
    pub keys: [&'static str; COMMANDS.len()],
}

/// All sets; the first is what the manifest suggests. `docs/architecture.md` says why it is these keys.
pub const SETS: [Set; 4] = [
    Set { name: "came", keys: ["Alt+Shift+K", "Alt+Shift+L", "Alt+Shift+M", "Alt+Shift+J", "", "", "", "", ""] },
    Set {
        name: "left",
        keys: [
            "Alt+Shift+D",
            "Alt+Shift+G",
            "Alt+Shift+Q",
            "Alt+Shift+1",
            "Alt+Shift+2",
            "Alt+Shift+6",
            "Alt+Shift+3",
            "Alt+Shift+4",
            "Alt+Shift+5",
        ],
    },
    Set { name: "one", keys: ["Alt+X", "Alt+W", "Alt+Z", "Alt+G", "", "", "", "", ""] },
    Set { name: "any", keys: ["Alt+Up", "Alt+Down", "Alt+PageDown", "Alt+PageUp", "", "", "", "", ""] },
];
