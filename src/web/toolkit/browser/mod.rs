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

use attune::settings::place::Size;
use attune::settings::places::Screen;

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

/// The screen that the window is on, in px: the same at every zoom of the page. Firefox gives them in the page's px.
pub fn screen() -> Screen {
    let Ok(screen) = window().screen() else { return Screen::default() };
    let in_firefox = window().location().protocol().as_deref() == Ok("moz-extension:");
    let px = if in_firefox { window().device_pixel_ratio() } else { 1.0 };
    let whole = |length: Result<i32, JsValue>| (f64::from(length.unwrap_or_default()) * px).round() as i32;
    let length = |length| whole(length).unsigned_abs();
    Screen {
        width: length(screen.width()),
        height: length(screen.height()),
        left: whole(screen.avail_left()),
        top: whole(screen.avail_top()),
    }
}

/// Whether the browser gives the size of the page's window in place of the screen's, so that pages cannot tell people by
/// their screens: Firefox with `privacy.resistFingerprinting` exactly, Brave within a few px. So does a full-screen page.
pub fn hides_screen(page: Size) -> bool {
    let Ok(screen) = window().screen() else { return true };
    let is_near = |length: Result<i32, JsValue>, of: f64| (f64::from(length.unwrap_or_default()) - of).abs() <= 8.0;
    is_near(screen.width(), page.width) && is_near(screen.height(), page.height)
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
