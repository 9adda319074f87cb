//! The keys, as currently set.

use std::collections::BTreeMap;

use web_sys::Element;

use super::browser::{commands, platform};
use super::dom;
use super::error::Error;
use super::words;
use attune::settings::keys::{COMMANDS, Keyboard, called};

/// Those that a beginner needs.
pub const FIRST: [(&str, &str); 5] = [COMMANDS[0], COMMANDS[1], COMMANDS[2], COMMANDS[3], COMMANDS[8]];

/// The keys of all commands.
#[derive(Clone, Debug, Default)]
pub struct Keys(BTreeMap<String, String>);

impl Keys {
    /// The keys for these shortcuts of commands.
    pub const fn new(shortcuts: BTreeMap<String, String>) -> Keys {
        Keys(shortcuts)
    }

    /// Asks the browser. If it does not say, no command has a key.
    pub async fn now() -> Keys {
        Keys(commands::shortcuts().await.unwrap_or_default())
    }

    /// The key of a command, as it is called on this keyboard; nothing if it has none.
    pub fn of(&self, command: &str) -> String {
        named(self.shortcut(command))
    }

    /// The same, as the browser writes it.
    pub fn shortcut(&self, command: &str) -> &str {
        self.0.get(command).map_or("", String::as_str)
    }
}

/// The name of a shortcut on this keyboard.
pub fn named(shortcut: &str) -> String {
    called(shortcut, Keyboard::of(&platform()))
}

/// Lists commands with their keys. What each does is said in the page's own words, whose names begin with `page`.
///
/// # Errors
/// If the page has no place for the list.
pub fn draw(keys: &Keys, commands: &[(&str, &str)], page: &str) -> Result<(), Error> {
    let list: Element = dom::by_id("keys-list")?;
    for (row, (command, does)) in dom::rows(&list, "key", commands.len())?.iter().zip(commands) {
        draw_key(row, &keys.of(command))?;
        dom::set_text(&dom::find::<Element>(row, "span")?, &words::text(&[page, *does].concat()));
    }
    Ok(())
}

/// Says which key it is, or that there is none yet.
///
/// # Errors
/// If `place` has no place for a key.
pub fn draw_key(place: &Element, key: &str) -> Result<(), Error> {
    let place_of_key: Element = dom::find(place, "kbd")?;
    dom::set_attribute(place, "data-set", if key.is_empty() { "no" } else { "yes" })?;
    if key.is_empty() {
        dom::set_text(&place_of_key, &words::text("key_none"));
    } else {
        dom::set_text(&place_of_key, key);
    }
    Ok(())
}
