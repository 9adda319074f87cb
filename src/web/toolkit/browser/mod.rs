//! What the pages use of the browser: its extension API, a file for each part of it, and the few globals that always
//! exist.
//!
//! Arguments and answers are structs, as plain objects; their `serde` names are the browser's.

pub mod commands;
pub mod panels;
pub mod runtime;
pub mod sites;
pub mod storage;
pub mod tabs;
pub mod windows;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Window};

use super::error::Error;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: Window;
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    static DOCUMENT: Document;
    #[wasm_bindgen(js_name = reportError)]
    fn report_error(error: &JsValue);

    /// One of the browser's events.
    type BrowserEvent;
    #[wasm_bindgen(method, js_name = addListener)]
    fn add_listener(this: &BrowserEvent, listener: &JsValue);
}

impl BrowserEvent {
    /// Calls `listener` for as long as the page lives.
    fn call(&self, listener: impl FnMut(JsValue) + 'static) {
        self.add_listener(&Closure::<dyn FnMut(JsValue)>::new(listener).into_js_value());
    }
}

/// The page's window.
pub fn window() -> Window {
    WINDOW.with(Clone::clone)
}

/// The page's document.
pub fn document() -> Document {
    DOCUMENT.with(Clone::clone)
}

/// The width and height of the screen that the window is on, in px: the same at every zoom of the page. Firefox gives
/// them in the page's px.
pub fn screen() -> (u32, u32) {
    let Ok(screen) = window().screen() else { return (0, 0) };
    let in_firefox = window().location().protocol().as_deref() == Ok("moz-extension:");
    let px = if in_firefox { window().device_pixel_ratio() } else { 1.0 };
    let whole = |length: Result<i32, JsValue>| (f64::from(length.unwrap_or_default()) * px).round() as u32;
    (whole(screen.width()), whole(screen.height()))
}

/// The browser's name for the system that it runs on.
pub fn platform() -> String {
    window().navigator().platform().unwrap_or_default()
}

/// Reports an error to the page like an uncaught one: the browser's developer tools, and tests, see it.
pub fn report(result: Result<(), Error>) {
    if let Err(error) = result {
        report_error(&error.into());
    }
}
