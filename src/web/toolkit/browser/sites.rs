//! Sites that the therapist has allowed, as match patterns (`chrome.permissions`).

use js_sys::Promise;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use super::BrowserEvent;
use crate::error::Error;
use crate::value::{from_js, to_js};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = request, catch)]
    fn request_sites(sites: JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = remove, catch)]
    async fn remove_sites(sites: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = getAll, catch)]
    async fn all_permissions() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "permissions"], js_name = onAdded)]
    static ON_ADDED: BrowserEvent;
    #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "permissions"], js_name = onRemoved)]
    static ON_REMOVED: BrowserEvent;
}

#[derive(Serialize)]
struct Sites<'a> {
    origins: &'a [String],
}

#[derive(Deserialize)]
struct Allowed {
    #[serde(default)]
    origins: Vec<String>,
}

/// Makes the browser ask whether to allow these sites. Browsers ask only right after a click.
pub fn request(origins: &[String]) -> Option<Promise> {
    request_sites(to_js(&Sites { origins }).ok()?).ok()
}

/// Gives back the permission for these sites.
///
/// # Errors
/// If the browser keeps it.
pub async fn give_back(origins: &[String]) -> Result<(), Error> {
    remove_sites(to_js(&Sites { origins })?).await?;
    Ok(())
}

/// The sites that are allowed.
///
/// # Errors
/// If the browser does not say.
pub async fn allowed() -> Result<Vec<String>, Error> {
    Ok(from_js::<Allowed>(all_permissions().await?)?.origins)
}

/// Calls `listener` when a site was allowed, or no longer is.
pub fn on_allowed(listener: impl FnMut() + Clone + 'static) {
    for event in [&ON_ADDED, &ON_REMOVED] {
        let mut listener = listener.clone();
        event.with(|event| event.call(move |_| listener()));
    }
}
