//! The toolbar button and the panel beside the page: Chromium's side panel, Firefox's sidebar (`chrome.action`,
//! `chrome.sidePanel`, `chrome.sidebarAction`).

use js_sys::Promise;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::value::{from_js, to_js};

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    type Panels;
    #[wasm_bindgen(thread_local_v2, js_namespace = chrome, js_name = sidePanel)]
    static SIDE_PANEL: Option<Panels>;
    #[wasm_bindgen(thread_local_v2, js_namespace = chrome, js_name = sidebarAction)]
    static SIDEBAR: Option<Panels>;
    #[wasm_bindgen(method, js_name = open, catch)]
    fn open_in(this: &Panels, window: JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, js_name = open, catch)]
    fn open_here(this: &Panels) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = getUserSettings, catch)]
    async fn get_user_settings() -> Result<JsValue, JsValue>;
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct InWindow {
    window_id: i32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserSettings {
    is_on_toolbar: Option<bool>,
}

/// Opens the panel of a window. Browsers do this only right after a click.
pub fn open(window: i32) -> Option<Promise> {
    if let Some(panels) = SIDE_PANEL.with(Clone::clone) {
        return panels.open_in(to_js(&InWindow { window_id: window }).ok()?).ok();
    }
    SIDEBAR.with(Clone::clone)?.open_here().ok()
}

/// Whether Attune's button is in the toolbar, if the browser says so.
pub async fn is_on_toolbar() -> Option<bool> {
    from_js::<UserSettings>(get_user_settings().await.ok()?).ok()?.is_on_toolbar
}
