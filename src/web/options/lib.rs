//! The options page, and what the background asks of this module when settings have changed: only it can read a deck.

mod compare;
mod decks;
mod form;
mod items;
mod keys;
mod open;
mod pacing;
mod packed;
mod page;
mod preview;
mod prompts;
mod resting;
mod rows;
mod settle;
mod sites;
mod start;
mod strip;
mod travel;

use wasm_bindgen::prelude::*;

/// Runs the options page. `shipped` is the shipped deck, and `sites` the known call sites, as JSON.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[wasm_bindgen]
pub async fn options(shipped: String, sites: String) -> Result<(), JsValue> {
    page::run(shipped, sites).await
}
