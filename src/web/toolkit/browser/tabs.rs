//! Tabs, and the pages of the extension that are opened in them (`chrome.tabs`).

use js_sys::Promise;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use super::{BrowserEvent, runtime};
use crate::error::Error;
use crate::value::{from_js, to_js};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = query, catch)]
    async fn query_tabs(query: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = create, catch)]
    fn create_tab(options: JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = remove, catch)]
    fn remove_tab(id: i32) -> Result<Promise, JsValue>;
    #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "tabs"], js_name = onActivated)]
    static ON_ACTIVATED: BrowserEvent;
}

/// What to look for among tabs. Fields that are left out do not matter.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct TabQuery {
    #[serde(skip_serializing_if = "Option::is_none")]
    active: Option<bool>,
    current_window: bool,
}

/// How to open a tab; without an address, it shows what the browser shows in a new one.
#[derive(Default, Serialize)]
struct NewTab<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

/// A tab as the browser describes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tab {
    id: Option<i32>,
    window_id: i32,
}

/// Stands for a window that is not known (`chrome.windows.WINDOW_ID_NONE`).
pub const NO_WINDOW: i32 = -1;

/// A tab, and the window that it is in.
#[derive(Clone, Copy, Debug)]
pub struct Front {
    /// The tab.
    pub tab: i32,
    /// Its window.
    pub window: i32,
}

async fn query(query: &TabQuery) -> Result<Vec<Tab>, Error> {
    from_js(query_tabs(to_js(query)?).await?)
}

/// The tab that this page is beside: the one in front in its window.
pub async fn tab_beside() -> Option<Front> {
    let tabs = query(&TabQuery { active: Some(true), current_window: true }).await.ok()?;
    let tab = tabs.first()?;
    Some(Front { tab: tab.id?, window: tab.window_id })
}

/// Calls `listener` when another tab comes to the front.
pub fn on_tab(mut listener: impl FnMut() + 'static) {
    ON_ACTIVATED.with(|event| event.call(move |_| listener()));
}

/// Opens an address in a tab.
///
/// # Errors
/// If the browser refuses.
pub fn open(url: &str) -> Result<(), Error> {
    Ok(create_tab(to_js(&NewTab { url: Some(url) })?).map(drop)?)
}

/// Opens one of Attune's own pages in a tab; what follows a `#` is a place in it.
///
/// # Errors
/// If the browser refuses.
pub fn open_page(name: &str) -> Result<(), Error> {
    let (file, place) = name.split_at(name.find('#').unwrap_or(name.len()));
    open(&runtime::url(&[file, ".html", place].concat()))
}

/// Closes the tab in front, and never the whole window with it.
///
/// # Errors
/// If the browser refuses.
pub async fn close_tab() -> Result<(), Error> {
    let Some(front) = tab_beside().await else { return Ok(()) };
    let tabs = query(&TabQuery { active: None, current_window: true }).await?;
    if tabs.len() == 1 {
        create_tab(to_js(&NewTab::default())?).map(drop)?;
    }
    Ok(remove_tab(front.tab).map(drop)?)
}
