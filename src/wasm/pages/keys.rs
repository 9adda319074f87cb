//! The keys, as they are set now.

use web_sys::Element;

use super::browser::{self, Command};
use super::dom::{self, Done};
use super::words;

/// The commands in the order in which they are listed, and what their keys do.
pub const ALL: [(&str, &str); 8] = [
    ("glance", "key_glance"),
    ("not-now", "key_not_now"),
    ("hold", "key_hold"),
    ("hide", "key_hide"),
    ("sharing", "key_sharing"),
    ("moment-1", "key_moment_1"),
    ("crisis", "key_crisis"),
    ("_execute_action", "key_open"),
];

/// Those that somebody needs who has just begun.
pub const FIRST: [(&str, &str); 5] = [ALL[0], ALL[1], ALL[2], ALL[3], ALL[7]];

/// The keys of all commands.
pub struct Keys(Vec<Command>);

impl Keys {
    /// Asks the browser.
    pub async fn now() -> Keys {
        Keys(browser::commands().await)
    }

    /// The key of a command, if it has one.
    pub fn of(&self, command: &str) -> Option<String> {
        let command = self.0.iter().find(|one| one.name().as_deref() == Some(command))?;
        command.shortcut().filter(|shortcut| !shortcut.is_empty())
    }
}

/// Lists the commands that people can press a key for. What a key does is said in the page's own words, whose names
/// begin with `page`.
pub fn draw(keys: &Keys, commands: &[(&str, &str)], page: &str) -> Done {
    let list: Element = dom::by_id("keys-list")?;
    for (row, (command, does)) in dom::rows(&list, "key", commands.len())?.iter().zip(commands) {
        let shortcut = keys.of(command);
        dom::attribute(row, "data-set", if shortcut.is_some() { "yes" } else { "no" })?;
        dom::write(&dom::find::<Element>(row, "kbd")?, &shortcut.unwrap_or_else(|| words::say("key_none")));
        dom::write(&dom::find::<Element>(row, "span")?, &words::say(&[page, *does].concat()));
    }
    Ok(())
}
