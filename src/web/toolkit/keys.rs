//! The keys, as they are set now.

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::browser::{self, Command};
use super::dom::{self, Done};
use super::words;
use attune::settings::keys::{COMMANDS, Keyboard, called};

/// Those that somebody needs who has just begun.
pub const FIRST: [(&str, &str); 5] = [COMMANDS[0], COMMANDS[1], COMMANDS[2], COMMANDS[3], COMMANDS[7]];

/// What a shortcut is called on this keyboard.
pub fn named(shortcut: &str) -> String {
    called(shortcut, Keyboard::of(&browser::platform()))
}

/// The keys of all commands.
#[derive(Clone, Default)]
pub struct Keys(Array);

impl Keys {
    /// Asks the browser.
    pub async fn now() -> Keys {
        Keys(browser::commands().await)
    }

    /// The key of a command, as people call it; nothing if it has none.
    pub fn of(&self, command: &str) -> String {
        named(&self.told(command))
    }

    /// The same as the browser tells it.
    pub fn told(&self, command: &str) -> String {
        for index in 0..self.0.length() {
            let one: Command = self.0.get(index).unchecked_into();
            if one.name().as_deref() == Some(command) {
                return one.shortcut().unwrap_or_default();
            }
        }
        String::new()
    }
}

/// Lists the commands that people can press a key for. What a key does is said in the page's own words, whose names
/// begin with `page`.
pub fn draw(keys: &Keys, commands: &[(&str, &str)], page: &str) -> Done {
    let list: Element = dom::by_id("keys-list")?;
    for (row, (command, does)) in dom::rows(&list, "key", commands.len())?.iter().zip(commands) {
        draw_key(row, &keys.of(command))?;
        dom::write(&dom::find::<Element>(row, "span")?, &words::say(&[page, *does].concat()));
    }
    Ok(())
}

/// Says which key it is, or that there is none yet.
pub fn draw_key(place: &Element, key: &str) -> Done {
    let place_of_key: Element = dom::find(place, "kbd")?;
    dom::attribute(place, "data-set", if key.is_empty() { "no" } else { "yes" })?;
    if key.is_empty() {
        dom::write(&place_of_key, &words::say("key_none"))
    } else {
        dom::write(&place_of_key, key)
    }
    Ok(())
}
