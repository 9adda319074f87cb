//! Settings as they are stored: compressed by the browser, and written in letters that every storage accepts.
//!
//! Uncompressed, a deck of 10,000 prompts would not fit beside what is made of it, and no deck would fit into the
//! browser's sync.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type Blob;
    #[wasm_bindgen(constructor)]
    fn new(parts: &js_sys::Array) -> Blob;
    #[wasm_bindgen(method)]
    fn stream(this: &Blob) -> Stream;

    type Stream;
    #[wasm_bindgen(method, js_name = pipeThrough)]
    fn through(this: &Stream, transform: &JsValue) -> Stream;

    #[wasm_bindgen(extends = js_sys::Object)]
    type CompressionStream;
    #[wasm_bindgen(constructor)]
    fn new(format: &str) -> CompressionStream;
    #[wasm_bindgen(extends = js_sys::Object)]
    type DecompressionStream;
    #[wasm_bindgen(constructor)]
    fn new(format: &str) -> DecompressionStream;

    type Response;
    #[wasm_bindgen(constructor)]
    fn new(body: &Stream) -> Response;
    #[wasm_bindgen(method, js_name = arrayBuffer)]
    fn bytes(this: &Response) -> Promise;

    #[wasm_bindgen(catch)]
    fn btoa(bytes: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(catch)]
    fn atob(letters: &str) -> Result<String, JsValue>;
}

const FORMAT: &str = "gzip";

/// A text, packed.
pub async fn pack(text: &str) -> Result<String, JsValue> {
    let bytes = flow(text.as_bytes(), &CompressionStream::new(FORMAT)).await?;
    btoa(&bytes.into_iter().map(char::from).collect::<String>())
}

/// What was packed; nothing if it is damaged.
pub async fn unpack(packed: &str) -> Option<String> {
    let letters = atob(packed).ok()?;
    let bytes = letters.chars().map(|letter| u8::try_from(u32::from(letter))).collect::<Result<Vec<u8>, _>>().ok()?;
    String::from_utf8(flow(&bytes, &DecompressionStream::new(FORMAT)).await.ok()?).ok()
}

async fn flow(bytes: &[u8], transform: &JsValue) -> Result<Vec<u8>, JsValue> {
    let parts = js_sys::Array::of1(&Uint8Array::from(bytes));
    let flowed = JsFuture::from(Response::new(&Blob::new(&parts).stream().through(transform)).bytes()).await?;
    Ok(Uint8Array::new(&flowed).to_vec())
}
