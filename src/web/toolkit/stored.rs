//! What is stored of the strip, and under which keys: where it stands on each screen, and how a cue looks.

use js_sys::Reflect;
use serde::{Deserialize, Serialize};
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

/// A value as it is stored.
#[derive(Default, Serialize, Deserialize)]
pub struct Written {
    version: u32,
    written: String,
}

impl Written {
    /// What is written, in version 1.
    pub const fn new(written: String) -> Written {
        Written { version: 1, written }
    }
}

/// Where the strip stands. What is not stored, or cannot be read, is as in a new installation.
pub async fn places() -> Places {
    storage::load(PLACE)
        .await
        .ok()
        .flatten()
        .map_or_else(Places::default, |stored: Written| Places::read(&stored.written))
}

/// Stores where the strip stands.
///
/// # Errors
/// If there is no room left.
pub async fn store_places(places: &Places) -> Result<(), Error> {
    storage::store(PLACE, &Written::new(places.written())).await
}

/// How a cue looks. What is not stored, or cannot be read, is as in a new installation.
pub async fn look() -> Look {
    storage::load(LOOK).await.ok().flatten().map_or_else(Look::default, |stored: Written| Look::read(&stored.written))
}

/// Both, out of an object with both keys that was fetched without this module.
pub fn of_strip(fields: &JsValue) -> (Places, Look) {
    let read =
        |key| Reflect::get(fields, &JsValue::from_str(key)).ok().and_then(|value| from_js::<Written>(value).ok());
    let (places, look) = (read(PLACE).unwrap_or_default(), read(LOOK).unwrap_or_default());
    (Places::read(&places.written), Look::read(&look.written))
}
