//! The keys, as they are set now.

use web_sys::Element;

use crate::wasm::pages::browser::Command;
use crate::wasm::pages::dom::{self, Done};
use crate::wasm::pages::words;

/// The commands in the order in which they are listed, and what their keys do.
const COMMANDS: [(&str, &str); 7] = [
    ("glance", "key_glance"),
    ("not-now", "key_not_now"),
    ("hold", "key_hold"),
    ("hide", "key_hide"),
    ("moment-1", "key_moment_1"),
    ("crisis", "key_crisis"),
    ("_execute_action", "key_open"),
];

/// Lists the commands that people can press a key for.
pub fn draw(commands: &[Command]) -> Done {
    let shortcut = |wanted: &str| {
        let command = commands.iter().find(|command| command.name().as_deref() == Some(wanted))?;
        command.shortcut().filter(|shortcut| !shortcut.is_empty())
    };
    let list: Element = dom::by_id("keys-list")?;
    for (row, (command, does)) in dom::rows(&list, "key", COMMANDS.len())?.iter().zip(COMMANDS) {
        let shortcut = shortcut(command);
        dom::attribute(row, "data-set", if shortcut.is_some() { "yes" } else { "no" })?;
        dom::write(&dom::find::<Element>(row, "kbd")?, &shortcut.unwrap_or_else(|| words::say("key_none")));
        dom::write(&dom::find::<Element>(row, "span")?, &words::say(does));
    }
    Ok(())
}
