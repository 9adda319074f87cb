//! What is stored of the strip, and under which keys: where it stands on each screen, and how a cue looks.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use super::browser::storage;
use super::error::Error;
use attune::settings::look::Look;
use attune::settings::places::Places;

/// The key of the places.
pub const PLACE: &str = "place";
/// The key of the look.
pub const LOOK: &str = "look";

/// Where the strip stands. What is not stored, or cannot be read, is as in a new installation.
pub async fn places() -> Places {
    storage::load(PLACE).await.ok().flatten().map_or_else(Places::default, |text: String| Places::read(&text))
}

/// Stores where the strip stands.
///
/// # Errors
/// If there is no room left.
pub async fn store_places(places: &Places) -> Result<(), Error> {
    storage::store(PLACE, &places.written()).await
}

/// How a cue looks. What is not stored, or cannot be read, is as in a new installation.
pub async fn look() -> Look {
    storage::load(LOOK).await.ok().flatten().map_or_else(Look::default, |text: String| Look::read(&text))
}

/// Both, out of an object with both keys that was fetched without this module.
pub fn of_strip(fields: &JsValue) -> (Places, Look) {
    let text = |key| Reflect::get(fields, &JsValue::from_str(key)).ok().and_then(|value| value.as_string());
    let (places, look) = (text(PLACE).unwrap_or_default(), text(LOOK).unwrap_or_default());
    (Places::read(&places), Look::read(&look))
}
