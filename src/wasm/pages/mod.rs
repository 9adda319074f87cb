//! The extension pages, drawn by Rust.
//!
//! A page draws the whole view each time and touches only what differs, so that drawing the same view twice changes
//! nothing, takes no focus and restarts no fade. What a page looks like is in its HTML and CSS; here is what it says.

mod background;
mod browser;
mod dom;
mod panel;
mod popup;
mod session;
mod strip;
mod timer;
mod words;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use crate::deck::Kind;

/// Runs the popup of the toolbar button.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[wasm_bindgen]
pub fn popup() -> Result<(), JsValue> {
    popup::run()
}

/// Runs the side panel.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[wasm_bindgen]
pub fn panel() -> Result<(), JsValue> {
    panel::run()
}

/// Runs the strip beside the call. `size` is the promise of a port to whoever sizes the strip's frame, `picture` that of
/// what the background says to a first look.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[wasm_bindgen]
pub fn strip(size: Promise, picture: Promise) -> Result<(), JsValue> {
    strip::run(size, picture)
}

/// The name by which the style sheets know a kind.
const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Nonverbal => "nonverbal",
        Kind::Verbal => "verbal",
        Kind::Reflective => "reflective",
    }
}
