//! What is stored about the strip, and under which keys: its place on each screen, and how a cue looks.

use js_sys::Reflect;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use super::browser::storage;
use super::error::Error;
use super::value::from_js;
use attune::settings::look::Look;
use attune::settings::places::Places;

/// The key of the places.
pub const PLACE: &str = "place";
/// The key of the look.
pub const LOOK: &str = "look";

/// The strip's places. What is not stored, or cannot be read, is as in a new installation.
pub async fn places() -> Places {
    storage::load(PLACE).await.ok().flatten().unwrap_or_default()
}

/// Stores the strip's places.
///
/// # Errors
/// If there is no room left.
pub async fn store_places(places: &Places) -> Result<(), Error> {
    storage::store(PLACE, places).await
}

/// How a cue looks. What is not stored, or cannot be read, is as in a new installation.
pub async fn look() -> Look {
    storage::load(LOOK).await.ok().flatten().unwrap_or_default()
}

/// Both, from an object with both keys that was fetched without this module.
pub async fn of_strip(fields: &JsValue) -> (Places, Look) {
    let field = |key| Reflect::get(fields, &JsValue::from_str(key)).unwrap_or_default();
    (known(field(PLACE), PLACE).await, known(field(LOOK), LOOK).await)
}

/// What was stored under `key`. If it cannot be read, loading it once more sets it aside.
async fn known<T: Default + DeserializeOwned>(value: JsValue, key: &str) -> T {
    if value.is_undefined() {
        return T::default();
    }
    match from_js(value) {
        Ok(known) => known,
        Err(_) => storage::load(key).await.ok().flatten().unwrap_or_default(),
    }
}
