//! The extension pages, drawn by Rust.
//!
//! A page draws the whole view each time and touches only what differs, so that drawing the same view twice changes
//! nothing, takes no focus and restarts no fade. What a page looks like is in its HTML and CSS; here is what it says.

mod background;
mod browser;
mod dom;
mod popup;
mod strip;
mod timer;
mod words;

use wasm_bindgen::prelude::*;

/// Runs the popup of the toolbar button.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[wasm_bindgen]
pub fn popup() -> Result<(), JsValue> {
    popup::run()
}

/// Runs the strip beside the call.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[wasm_bindgen]
pub fn strip() -> Result<(), JsValue> {
    strip::run()
}
