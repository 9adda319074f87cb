//! Settings and policy as plain values: as they are stored, and as the background hands them over.

use js_sys::JSON;
use serde_json::Value;
use wasm_bindgen::prelude::*;

use attune::json::Json;
use attune::settings::{Policy, Settings};
use attune_toolkit::Error;
use attune_toolkit::browser::storage;

/// The key of the settings.
pub const SETTINGS: &str = "settings";

/// The settings that are stored; those of a new installation if there are none, or they are damaged.
pub async fn load_settings() -> Settings {
    let stored: Option<Value> = storage::load(SETTINGS).await.ok().flatten();
    stored.and_then(|value| settings(&value)).unwrap_or_default()
}

/// Stores settings.
///
/// # Errors
/// If there is no room left.
pub async fn store_settings(settings: &Settings) -> Result<(), Error> {
    storage::store(SETTINGS, &value(settings)).await
}

/// The settings that a value stands for; nothing if it is damaged, or was stored as a text by an early version.
pub fn settings(value: &Value) -> Option<Settings> {
    Settings::from_json(&value.to_string())
}

/// Settings as a value to be stored.
pub fn value(settings: &Settings) -> Value {
    settings.to_json().parse().unwrap_or_default()
}

/// The text of a deck's file, one row a line.
pub fn deck_text(file: &JsValue) -> String {
    let text = JSON::stringify(file).ok().and_then(|text| text.as_string()).unwrap_or_default();
    Json::parse(&text).map_or_else(|_| text.clone(), |tree| tree.to_file())
}

/// The policy as the browser hands it over.
pub fn policy(value: &Value) -> Policy {
    Policy::read(&value.to_string())
}
