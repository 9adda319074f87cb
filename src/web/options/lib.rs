//! The options page, and what the background asks of this module when settings have changed: only it knows settings.

mod open;
mod packed;
mod page;
mod parts;
mod settle;
mod stored;
mod views;

use attune_toolkit::Error;
use attune_toolkit::value::from_js;
use wasm_bindgen::prelude::*;

/// Runs the options page. `shipped` is the file of the shipped deck, and `sites` are the known call sites.
///
/// # Errors
/// If the page lacks an element that is drawn here.
#[wasm_bindgen]
pub async fn options(
    #[wasm_bindgen(unchecked_param_type = "unknown")] shipped: JsValue,
    #[wasm_bindgen(unchecked_param_type = "{name: string, origins: string[]}[]")] sites: JsValue,
) -> Result<(), Error> {
    page::run(from_js(shipped)?, from_js(sites)?).await
}
