//! The extension itself: messages between its parts, its files, its texts (`chrome.runtime`, `chrome.i18n`).

use wasm_bindgen::prelude::*;

use super::BrowserEvent;

#[wasm_bindgen]
extern "C" {
    type Runtime;
    #[wasm_bindgen(thread_local_v2, js_namespace = chrome, js_name = runtime)]
    static RUNTIME: Runtime;
    #[wasm_bindgen(method, getter)]
    fn id(this: &Runtime) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = onMessage)]
    fn messages(this: &Runtime) -> BrowserEvent;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = sendMessage, catch)]
    async fn send_message(message: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL)]
    fn get_url(path: &str) -> String;
    #[wasm_bindgen(js_namespace = ["chrome", "i18n"], js_name = getMessage)]
    fn get_message(key: &str, args: Vec<String>) -> String;
}

/// Whether the extension that this page belongs to is still there, in the version that opened the page.
pub fn is_alive() -> bool {
    RUNTIME.with(|runtime| runtime.id().is_some())
}

/// Sends a message to the other parts of the extension, and returns the answer.
///
/// # Errors
/// If nobody answers.
pub async fn send(message: JsValue) -> Result<JsValue, JsValue> {
    send_message(message).await
}

/// Calls `listener` with each message from another part of the extension.
pub fn on_message(listener: impl FnMut(JsValue) + 'static) {
    RUNTIME.with(Runtime::messages).call(listener);
}

/// The address of a file of the extension.
pub fn url(path: &str) -> String {
    get_url(path)
}

/// The text under `key` in the reader's language, with what `$1`, `$2`, … stand for; empty if there is none.
pub fn text(key: &str, args: Vec<String>) -> String {
    get_message(key, args)
}
