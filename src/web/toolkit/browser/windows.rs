//! Windows: the page's own, those of the browser, and one that stays on top (`chrome.windows`,
//! `documentPictureInPicture`).

use js_sys::Promise;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::IdleRequestOptions;

use super::window;
use crate::error::Error;
use crate::value::to_js;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "windows"], js_name = update, catch)]
    async fn update_window(id: i32, change: JsValue) -> Result<JsValue, JsValue>;

    /// What opens windows that stay on top, where the browser has it.
    type OnTop;
    #[wasm_bindgen(thread_local_v2, js_namespace = window, js_name = documentPictureInPicture)]
    static ON_TOP: Option<OnTop>;
    #[wasm_bindgen(method, js_name = requestWindow, catch)]
    fn request_window(this: &OnTop, size: JsValue) -> Result<Promise, JsValue>;
}

#[derive(Serialize)]
struct StateChange {
    state: &'static str,
}

/// Where to put a window, in px of the screen. Fields that are left out stay the same.
#[derive(Default, Serialize)]
struct AreaChange {
    height: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top: Option<i32>,
}

#[derive(Serialize)]
struct Size {
    width: f64,
    height: f64,
}

/// Closes the page's window when the browser is idle.
///
/// # Errors
/// If the browser cannot wait for that.
pub fn close_when_idle() -> Result<(), Error> {
    let close = Closure::once_into_js(|| drop(window().close()));
    let options = IdleRequestOptions::new();
    options.set_timeout(500);
    window().request_idle_callback_with_options(close.unchecked_ref(), &options)?;
    Ok(())
}

/// Minimises a window, or shows it again.
pub async fn minimise(id: i32, on: bool) {
    update(id, &StateChange { state: if on { "minimized" } else { "normal" } }).await;
}

/// Gives a window this height, in px, and puts it under the camera, at the top centre of its screen, if it is given a
/// width.
pub async fn fit(id: i32, height: i32, centred: Option<i32>) {
    let mut change = AreaChange { height, ..AreaChange::default() };
    if let (Some(width), Ok(screen)) = (centred, window().screen()) {
        let pixels = |value: Result<i32, JsValue>| value.unwrap_or_default();
        change.width = Some(width);
        change.left = Some(pixels(screen.avail_left()) + (pixels(screen.avail_width()) - width) / 2);
        change.top = Some(pixels(screen.avail_top()));
    }
    update(id, &change).await;
}

async fn update(id: i32, change: &impl Serialize) {
    // A window that is being closed needs no change.
    if let Ok(change) = to_js(change) {
        let _ = update_window(id, change).await;
    }
}

/// Whether the browser can keep a window on top.
pub fn can_keep_on_top() -> bool {
    ON_TOP.with(Option::is_some)
}

/// Opens a window that stays on top, of this size in px. Browsers do this only right after a click.
pub fn open_on_top(width: f64, height: f64) -> Option<Promise> {
    let size = to_js(&Size { width, height }).ok()?;
    ON_TOP.with(|on_top| on_top.as_ref()?.request_window(size).ok())
}
