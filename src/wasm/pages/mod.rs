//! The extension pages, drawn by Rust.
//!
//! A page draws the whole view each time and touches only what differs, so that drawing the same view twice changes
//! nothing, takes no focus and restarts no fade. What a page looks like is in its HTML and CSS; here is what it says.

// What only one of the two modules uses is no dead code.
#[cfg_attr(not(all(feature = "pages", feature = "workshop")), allow(dead_code))]
mod background;
#[cfg_attr(not(all(feature = "pages", feature = "workshop")), allow(dead_code))]
mod browser;
#[cfg(feature = "pages")]
mod demo;
#[cfg_attr(not(all(feature = "pages", feature = "workshop")), allow(dead_code))]
mod dom;
#[cfg(feature = "pages")]
mod float;
#[cfg_attr(not(all(feature = "pages", feature = "workshop")), allow(dead_code))]
mod frame;
#[cfg(feature = "pages")]
mod hang;
#[cfg_attr(not(all(feature = "pages", feature = "workshop")), allow(dead_code))]
mod keys;
#[cfg(feature = "pages")]
mod layer;
#[cfg(feature = "workshop")]
mod options;
#[cfg(feature = "pages")]
mod panel;
#[cfg(feature = "pages")]
mod popup;
#[cfg(feature = "pages")]
mod session;
#[cfg(feature = "pages")]
mod strip;
#[cfg(feature = "pages")]
mod timer;
#[cfg(feature = "pages")]
mod welcome;
#[cfg_attr(not(all(feature = "pages", feature = "workshop")), allow(dead_code))]
mod words;

#[cfg(feature = "pages")]
use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[cfg(feature = "pages")]
use crate::deck::Kind;

/// Runs the options page. `shipped` is the shipped deck, and `sites` the known call sites, as JSON.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[cfg(feature = "workshop")]
#[wasm_bindgen]
pub async fn options(shipped: String, sites: String) -> Result<(), JsValue> {
    options::run(shipped, sites).await
}

/// Runs the popup of the toolbar button.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[cfg(feature = "pages")]
#[wasm_bindgen]
pub fn popup() -> Result<(), JsValue> {
    popup::run()
}

/// Runs the side panel.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[cfg(feature = "pages")]
#[wasm_bindgen]
pub fn panel() -> Result<(), JsValue> {
    panel::run()
}

/// Runs the floating window's page.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[cfg(feature = "pages")]
#[wasm_bindgen]
pub fn float() -> Result<(), JsValue> {
    float::run()
}

/// Runs the strip beside the call. `frame` is the promise of a port to whoever places the strip's frame, `kept` that of
/// what is stored of its place and look, and `picture` that of what the background says to a first look.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[cfg(feature = "pages")]
#[wasm_bindgen]
pub fn strip(frame: Promise, kept: Promise, picture: Promise) -> Result<(), JsValue> {
    strip::run(frame, kept, picture)
}

/// Runs the strip without a session: as the welcome page shows it to be tried, or, as a `sample`, as the options show it
/// to be hung. `line` is the promise of a port to that page, and `kept` that of what is stored of place and look.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[cfg(feature = "pages")]
#[wasm_bindgen]
pub fn demo(line: Promise, kept: Promise, sample: bool) -> Result<(), JsValue> {
    strip::run_demo(line, kept, sample)
}

/// Runs the welcome page, which opens after the install.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[cfg(feature = "pages")]
#[wasm_bindgen]
pub fn welcome() -> Result<(), JsValue> {
    welcome::run()
}

/// The name by which the style sheets know a kind.
#[cfg(feature = "pages")]
const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Nonverbal => "nonverbal",
        Kind::Verbal => "verbal",
        Kind::Reflective => "reflective",
    }
}
