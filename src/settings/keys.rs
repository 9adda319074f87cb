//! Keys: what they are called on the keyboard in use, and sets of them for other hands.
//!
//! Browsers tell a shortcut each in a way of their own. Firefox says what a manifest would say, on a Mac too, where its
//! `Ctrl` is the command key and `MacCtrl` the one that says control. Chromium says what its menus say: words in the
//! reader's language, and on a Mac signs.

/// The commands in the order in which they are listed, and the texts that say what their keys do.
pub const COMMANDS: [(&str, &str); 8] = [
    ("glance", "key_glance"),
    ("not-now", "key_not_now"),
    ("hold", "key_hold"),
    ("hide", "key_hide"),
    ("sharing", "key_sharing"),
    ("moment-1", "key_moment_1"),
    ("crisis", "key_crisis"),
    ("_execute_action", "key_open"),
];

/// Whose keyboard it is, by what is printed on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyboard {
    /// A Mac's, with signs for its keys.
    Mac,
    /// Any other, with words.
    Other,
}

impl Keyboard {
    /// By what a browser says of the system that it runs on, such as `MacIntel` or `Linux x86_64`.
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

/// What a shortcut is called on a keyboard: `⌥⇧K` or `Alt+Shift+K`. What a browser has put to people already stays.
pub fn called(shortcut: &str, keyboard: Keyboard) -> String {
    if keyboard == Keyboard::Other {
        return shortcut.to_owned();
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

/// Keys for all commands, for hands of a kind.
#[derive(Debug)]
pub struct Set {
    /// By which it is known.
    pub name: &'static str,
    /// The keys of the [`COMMANDS`], in the browsers' own writing; none where it is empty.
    pub keys: [&'static str; COMMANDS.len()],
}

/// The sets there are; the first is what the manifest suggests. `docs/architecture.md` says why it is these keys.
pub const SETS: [Set; 3] = [
    Set { name: "came", keys: ["Alt+Shift+K", "Alt+Shift+L", "Alt+Shift+M", "Alt+Shift+J", "", "", "", ""] },
    Set {
        name: "left",
        keys: [
            "Alt+Shift+D",
            "Alt+Shift+G",
            "Alt+Shift+Q",
            "Alt+Shift+1",
            "Alt+Shift+2",
            "Alt+Shift+3",
            "Alt+Shift+4",
            "Alt+Shift+5",
        ],
    },
    Set { name: "one", keys: ["Alt+X", "Alt+W", "Alt+Z", "Alt+G", "", "", "", ""] },
];
