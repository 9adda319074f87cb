//! What goes wrong in a page.

use wasm_bindgen::prelude::*;

/// Why something in a page could not be done.
#[derive(Debug)]
pub enum Error {
    /// The page has no element with this id, or none that matches this selector.
    Missing(String),
    /// The browser refused.
    Browser(JsValue),
    /// A value does not have the expected shape.
    Shape(serde_wasm_bindgen::Error),
}

impl Error {
    /// The page has no element with this id, or none that matches this selector.
    pub fn missing(what: &str) -> Error {
        Error::Missing(what.to_owned())
    }
}

impl From<JsValue> for Error {
    fn from(problem: JsValue) -> Error {
        Error::Browser(problem)
    }
}

impl From<serde_wasm_bindgen::Error> for Error {
    fn from(problem: serde_wasm_bindgen::Error) -> Error {
        Error::Shape(problem)
    }
}

impl From<Error> for JsValue {
    fn from(error: Error) -> JsValue {
        match error {
            Error::Missing(what) => js_sys::Error::new(&["the page has no ", &what].concat()).into(),
            Error::Browser(problem) => problem,
            Error::Shape(problem) => problem.into(),
        }
    }
}
