//! What a page hears when a shortcut is pressed, and what that says about a keyboard on which it does not work.
//!
//! Measured on Linux in Chromium 156 and Firefox ESR 153: where Alt+Shift switches between layouts, the second of the two
//! arrives as `GroupNext`, and the letter without it. With only a Russian, Greek or Arabic layout, Firefox hears the
//! letter of that layout and finds no shortcut for it.

use super::keys::Keyboard;

/// A key that goes down or up, as a page hears it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Press {
    /// The name of the key (`KeyboardEvent.key`), such as `K`, `Alt`, `ArrowUp`.
    pub key: String,
    /// Whether each of Ctrl, Alt, Shift and Meta is held, in this order.
    pub held: [bool; 4],
}

/// Why a shortcut that was pressed did not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Alt+Shift switches the keyboard layout, so the letter came without it.
    Switched,
    /// The layout has other letters; this one was pressed.
    Letters(String),
    /// The keys were right, so something else uses them: the browser, another extension or another program.
    Taken,
    /// Other keys were pressed.
    Other(String),
}

/// One attempt at a shortcut: from the first key that goes down until all are up.
#[derive(Debug, Default)]
pub struct Attempt {
    /// Whether a key came that switches layouts.
    switched: bool,
    /// The most keys that were held together.
    held: usize,
    /// Whether a key came that is more than held.
    pressed: bool,
}

/// Keys that are held while another one is pressed.
const HELD: [&str; 7] = ["Control", "Alt", "Shift", "Meta", "OS", "AltGraph", SWITCH];
/// The key that switches layouts.
const SWITCH: &str = "GroupNext";
/// What browsers call them in a shortcut.
const NAMES: [&str; 4] = ["Ctrl", "Alt", "Shift", "Meta"];

impl Attempt {
    /// Takes a key that goes down. Returns what it says about `shortcut`, should that do nothing.
    pub fn down(&mut self, press: &Press, shortcut: &str, keyboard: Keyboard) -> Option<Finding> {
        let held = count(press.held);
        self.held = self.held.max(held);
        self.switched |= press.key == SWITCH;
        if HELD.contains(&press.key.as_str()) {
            return None;
        }
        self.pressed = true;
        if self.switched {
            return Some(Finding::Switched);
        }
        if held == 0 {
            return None;
        }
        let (wanted, letter) = parts(shortcut);
        let is_foreign = press.key.chars().count() == 1 && !press.key.is_ascii();
        if held != wanted {
            Some(Finding::Other(name(press)))
        } else if keyboard == Keyboard::Other && is_foreign && letter.chars().all(|one| one.is_ascii_alphabetic()) {
            Some(Finding::Letters(press.key.clone()))
        } else if keyboard == Keyboard::Mac || plain(&press.key).eq_ignore_ascii_case(letter) {
            // With the option key, a Mac's letters are other signs.
            Some(Finding::Taken)
        } else {
            Some(Finding::Other(name(press)))
        }
    }

    /// Takes a key that goes up. Once none is held any more, returns what it says that no other key came with them.
    pub fn up(&mut self, press: &Press, shortcut: &str) -> Option<Finding> {
        if count(press.held) > 0 {
            return None;
        }
        let Attempt { switched, held, pressed } = std::mem::take(self);
        match (pressed, switched) {
            (false, true) => Some(Finding::Switched),
            (false, false) if held > 1 && held == parts(shortcut).0 => Some(Finding::Taken),
            _ => None,
        }
    }
}

fn count(held: [bool; 4]) -> usize {
    held.into_iter().filter(|held| *held).count()
}

/// How many keys have to be held for a shortcut, and which one is pressed with them. Browsers write the names of keys
/// in the reader's language, so they are only counted; on a Mac they are signs.
fn parts(shortcut: &str) -> (usize, &str) {
    match shortcut.rsplit_once('+') {
        Some((held, key)) => (held.split('+').count(), key),
        None => {
            let at = shortcut.find(|one| !"⌃⌥⇧⌘".contains(one)).unwrap_or(shortcut.len());
            (shortcut[..at].chars().count(), &shortcut[at..])
        }
    }
}

/// The name of a key as a shortcut has it.
fn plain(key: &str) -> &str {
    key.strip_prefix("Arrow").unwrap_or(key)
}

/// What was pressed, as a shortcut is written.
fn name(press: &Press) -> String {
    let held = NAMES.into_iter().zip(press.held).filter(|(_, held)| *held).map(|(name, _)| name);
    let letter = press.key.to_ascii_uppercase();
    let key = if press.key.chars().count() == 1 { &letter } else { plain(&press.key) };
    held.chain([key]).collect::<Vec<_>>().join("+")
}
