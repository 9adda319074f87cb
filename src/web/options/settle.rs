//! What the background asks of the workshop when settings have changed: it owns the engine, and cannot read a deck.

use wasm_bindgen::prelude::*;

use crate::packed::{pack, unpack};
use attune::settings::{Policy, Settings, make, sync};

#[wasm_bindgen]
extern "C" {
    /// What the engine goes on with.
    #[wasm_bindgen(extends = js_sys::Object)]
    pub type Settled;
    #[wasm_bindgen(method, setter)]
    fn set_deck(this: &Settled, deck: Option<String>);
    #[wasm_bindgen(method, setter)]
    fn set_offer(this: &Settled, offer: &str);
    #[wasm_bindgen(method, setter)]
    fn set_look(this: &Settled, look: &str);
}

/// The settings that are stored; those of a new installation if there are none, or they are damaged.
pub async fn stored(packed: Option<&str>) -> Settings {
    let text = match packed {
        Some(packed) => unpack(packed).await,
        None => None,
    };
    text.and_then(|text| Settings::from_json(&text)).unwrap_or_default()
}

/// From the packed settings, the policy (as JSON) and the shipped deck (as JSON): `deck`, compiled, or nothing for the
/// shipped one as it is; `offer`, as JSON; and `look`, for the strip.
///
/// # Errors
/// If the shipped deck is not sound.
#[wasm_bindgen]
pub async fn settle(packed: Option<String>, policy: String, shipped: String) -> Result<Settled, JsValue> {
    let settings = stored(packed.as_deref()).await;
    let made = make(&settings, &Policy::read(&policy), &shipped)
        .map_err(|_| JsValue::from_str("the shipped deck is not sound"))?;
    let settled: Settled = js_sys::Object::new().unchecked_into();
    settled.set_deck((!made.is_plain).then(|| made.deck.compile()));
    settled.set_offer(&made.offer.written());
    settled.set_look(&settings.look.written());
    Ok(settled)
}

/// The packed settings that the browser's sync has brought (`items`, as JSON), if they are complete and were changed
/// later than those that are stored here.
#[wasm_bindgen]
pub async fn newer(items: String, packed: Option<String>) -> Option<String> {
    let items = sync::items(&items);
    let here = stored(packed.as_deref()).await.changed;
    if sync::head(&items)?.changed <= here {
        return None;
    }
    let packed = sync::join(&items)?;
    let there = Settings::from_json(&unpack(&packed).await?)?;
    (there.changed > here).then_some(packed)
}

/// Packs settings to be stored.
pub async fn packed(settings: &Settings) -> Result<String, JsValue> {
    pack(&settings.to_json()).await
}
