//! Rust values as plain JavaScript ones and back, in the form in which messages, stored records and calls of the
//! browser's extension API carry them.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use super::error::Error;

/// A plain value: what is missing is `null`, and maps are objects.
///
/// # Errors
/// If the type serialises to something that JavaScript has no form for.
pub fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, Error> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

/// The value that a plain JavaScript one represents.
///
/// # Errors
/// If it does not have the type's shape.
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, Error> {
    Ok(serde_wasm_bindgen::from_value(value)?)
}
