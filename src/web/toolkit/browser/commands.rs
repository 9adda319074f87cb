//! Keyboard commands and their shortcuts (`chrome.commands`).

use std::collections::BTreeMap;

use js_sys::Promise;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use super::{BrowserEvent, tabs};
use crate::error::Error;
use crate::value::{from_js, to_js};

#[wasm_bindgen]
extern "C" {
    type Commands;
    #[wasm_bindgen(thread_local_v2, js_namespace = chrome, js_name = commands)]
    static COMMANDS: Commands;
    #[wasm_bindgen(method, getter, js_name = openShortcutSettings)]
    fn settings_function(this: &Commands) -> JsValue;
    #[wasm_bindgen(method, js_name = openShortcutSettings, catch)]
    fn open_shortcut_settings(this: &Commands) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn update(this: &Commands, change: JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, getter, js_name = onCommand)]
    fn pressed(this: &Commands) -> BrowserEvent;
    #[wasm_bindgen(js_namespace = ["chrome", "commands"], js_name = getAll, catch)]
    async fn get_all() -> Result<JsValue, JsValue>;
}

#[derive(Deserialize)]
struct Command {
    name: Option<String>,
    shortcut: Option<String>,
}

#[derive(Serialize)]
struct CommandChange<'a> {
    name: &'a str,
    shortcut: &'a str,
}

/// The shortcut of each command, empty where it has none.
///
/// # Errors
/// If the browser does not say.
pub async fn shortcuts() -> Result<BTreeMap<String, String>, Error> {
    let commands: Vec<Command> = from_js(get_all().await?)?;
    Ok(commands.into_iter().filter_map(|one| Some((one.name?, one.shortcut.unwrap_or_default()))).collect())
}

/// Calls `listener` with the name of each command whose shortcut is pressed.
pub fn on_command(mut listener: impl FnMut(&str) + 'static) {
    COMMANDS.with(Commands::pressed).call(move |command| {
        if let Some(command) = command.as_string() {
            listener(&command);
        }
    });
}

/// Whether an extension may set shortcuts in this browser: only in Firefox, which also has a function for opening its
/// page of them.
pub fn can_set_shortcuts() -> bool {
    COMMANDS.with(Commands::settings_function).is_function()
}

/// Gives a command a shortcut, or removes it if `shortcut` is empty.
///
/// # Errors
/// If the browser cannot.
pub fn set_shortcut(command: &str, shortcut: &str) -> Result<Promise, Error> {
    let change = to_js(&CommandChange { name: command, shortcut })?;
    Ok(COMMANDS.with(|commands| commands.update(change))?)
}

/// Opens the browser's own page for changing shortcuts.
///
/// # Errors
/// If the browser refuses.
pub fn open_settings() -> Result<(), Error> {
    // Chromium has an address for it.
    if !can_set_shortcuts() {
        return tabs::open("chrome://extensions/shortcuts");
    }
    Ok(COMMANDS.with(Commands::open_shortcut_settings).map(drop)?)
}
