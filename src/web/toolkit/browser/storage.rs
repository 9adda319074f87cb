//! What is stored: on this computer, by a clinic's policy, and by the browser's sync (`chrome.storage`).

use std::collections::BTreeMap;

use js_sys::{Object, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use super::BrowserEvent;
use crate::error::Error;
use crate::value::{from_js, to_js};

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    type Area;
    #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "storage"], js_name = local)]
    static LOCAL: Area;
    #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "storage"], js_name = managed)]
    static MANAGED: Area;
    #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "storage"], js_name = sync)]
    static SYNC: Area;
    #[wasm_bindgen(method, js_name = get, catch)]
    async fn all(this: &Area) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn get(this: &Area, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn set(this: &Area, fields: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn remove(this: &Area, keys: Vec<String>) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, js_name = onChanged)]
    fn changes(this: &Area) -> BrowserEvent;
}

/// Where what cannot be read is set aside, by key.
const UNREADABLE: &str = "unreadable";

/// What is stored on this computer under `key`, if anything is.
///
/// # Errors
/// If it cannot be read, or is of another type. It is set aside then, so that nothing overwrites it.
pub async fn load<T: DeserializeOwned>(key: &str) -> Result<Option<T>, Error> {
    let value = get(key).await?;
    if value.is_undefined() {
        return Ok(None);
    }
    match from_js(value.clone()) {
        Ok(known) => Ok(Some(known)),
        Err(error) => {
            set_aside(key, &value).await?;
            Err(error)
        }
    }
}

async fn get(key: &str) -> Result<JsValue, Error> {
    let fields = LOCAL.with(Clone::clone).get(key).await?;
    Ok(Reflect::get(&fields, &JsValue::from_str(key))?)
}

async fn set_aside(key: &str, value: &JsValue) -> Result<(), Error> {
    let all = Object::new();
    // A build before the first release stored a text there.
    if let Some(before) = get(UNREADABLE).await?.dyn_ref::<Object>() {
        Object::assign(&all, before);
    }
    Reflect::set(&all, &JsValue::from_str(key), value)?;
    let fields = Object::new();
    Reflect::set(&fields, &JsValue::from_str(UNREADABLE), &all)?;
    LOCAL.with(Clone::clone).set(fields.into()).await?;
    LOCAL.with(Clone::clone).remove(vec![key.to_owned()]).await?;
    Ok(())
}

/// Stores a value on this computer under `key`.
///
/// # Errors
/// If there is no room left.
pub async fn store<T: Serialize + ?Sized>(key: &str, value: &T) -> Result<(), Error> {
    let fields = to_js(&BTreeMap::from([(key, value)]))?;
    LOCAL.with(Clone::clone).set(fields).await?;
    Ok(())
}

/// Calls `listener` when what is stored on this computer under `key` has changed, here or in another page.
pub fn on_stored(key: &'static str, mut listener: impl FnMut() + 'static) {
    LOCAL.with(Area::changes).call(move |changes| {
        if Reflect::has(&changes, &JsValue::from_str(key)) == Ok(true) {
            listener();
        }
    });
}

/// What the browser's policy says, as a whole.
///
/// # Errors
/// If there is no policy: Firefox has no storage for it then.
pub async fn managed<T: DeserializeOwned>() -> Result<T, Error> {
    from_js(MANAGED.with(Clone::clone).all().await?)
}

/// Calls `listener` when the browser's policy has changed.
pub fn on_managed(mut listener: impl FnMut() + 'static) {
    MANAGED.with(Area::changes).call(move |_| listener());
}

/// Everything that the browser's sync carries, by key.
///
/// # Errors
/// If it cannot be read.
pub async fn synced<T: DeserializeOwned>() -> Result<T, Error> {
    from_js(SYNC.with(Clone::clone).all().await?)
}

/// Calls `listener` when the browser's sync has brought something, from here or from another computer.
pub fn on_synced(mut listener: impl FnMut() + 'static) {
    SYNC.with(Area::changes).call(move |_| listener());
}

/// Puts these items into the browser's sync.
///
/// # Errors
/// If the browser does not take them.
pub async fn sync(items: &BTreeMap<String, String>) -> Result<(), Error> {
    SYNC.with(Clone::clone).set(to_js(items)?).await?;
    Ok(())
}

/// Removes the items with these keys from the browser's sync.
///
/// # Errors
/// If the browser refuses.
pub async fn unsync(keys: Vec<String>) -> Result<(), Error> {
    if !keys.is_empty() {
        SYNC.with(Clone::clone).remove(keys).await?;
    }
    Ok(())
}
