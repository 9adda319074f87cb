//! The keys, as they are set now.

use web_sys::Element;

use crate::wasm::pages::browser::Command;
use crate::wasm::pages::dom::{self, Done};
use crate::wasm::pages::words;

/// Lists the commands that people can press a key for.
pub fn draw(commands: &[Command]) -> Done {
    let known: Vec<(&Command, &str)> =
        commands.iter().filter_map(|command| Some((command, does(&command.name()?)?))).collect();
    let list: Element = dom::by_id("keys-list")?;
    for (row, (command, does)) in dom::rows(&list, "key", known.len())?.iter().zip(known) {
        let shortcut = command.shortcut().filter(|shortcut| !shortcut.is_empty());
        dom::attribute(row, "data-set", if shortcut.is_some() { "yes" } else { "no" })?;
        dom::write(&dom::find::<Element>(row, "kbd")?, &shortcut.unwrap_or_else(|| words::say("key_none")));
        dom::write(&dom::find::<Element>(row, "span")?, &words::say(does));
    }
    Ok(())
}

fn does(command: &str) -> Option<&'static str> {
    match command {
        "_execute_action" => Some("key_open"),
        "glance" => Some("key_glance"),
        "not-now" => Some("key_not_now"),
        "hold" => Some("key_hold"),
        "hide" => Some("key_hide"),
        _ => None,
    }
}
