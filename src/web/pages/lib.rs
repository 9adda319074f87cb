//! The extension pages, drawn by Rust.
//!
//! A page draws the whole view each time and touches only what differs, so that drawing the same view twice changes
//! nothing, takes no focus and restarts no fade. What a page looks like is in its HTML and CSS; what it says is here.

mod float;
mod session;
mod strip;
mod welcome;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use attune::deck::Kind;
use attune_toolkit::Error;

/// Runs the popup of the toolbar button, or the side panel, Firefox's sidebar, if the page's address ends in `#panel`.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[wasm_bindgen]
pub fn session() -> Result<(), Error> {
    session::run()
}

/// Runs the floating window's page.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[wasm_bindgen]
pub fn float() -> Result<(), Error> {
    float::run()
}

/// Runs the strip beside the call. `frame` is the promise of a port to the host of the strip's frame, `kept` that of
/// its stored place and look, and `picture` that of the background's answer to a first look.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[wasm_bindgen]
pub fn strip(frame: Promise, kept: Promise, picture: Promise) -> Result<(), Error> {
    strip::run(frame, kept, picture)
}

/// Runs the strip without a session: for trying it on the welcome page, or, as a `sample`, for placing it in the
/// options. `line` is the promise of a port to that page, and `kept` that of the stored place and look.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[wasm_bindgen]
pub fn demo(line: Promise, kept: Promise, sample: bool) -> Result<(), Error> {
    strip::run_demo(line, kept, sample)
}

/// Runs the welcome page, which opens after the install.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[wasm_bindgen]
pub fn welcome() -> Result<(), Error> {
    welcome::run()
}

/// The name of a kind in the style sheets.
pub(crate) const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Nonverbal => "nonverbal",
        Kind::Verbal => "verbal",
        Kind::Reflective => "reflective",
    }
}
