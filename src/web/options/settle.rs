//! What the background asks of this module when settings have changed: the background owns the engine, but does not
//! know settings.

use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::packed::{pack, unpack};
use crate::stored::load_settings;
use attune::deck::DeckFile;
use attune::engine::offer::Offer;
use attune::settings::look::Look;
use attune::settings::{Order, Policy, Settings, make, sync};
use attune_toolkit::value::{from_js, to_js};

/// What the engine and the strip use.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Settled {
    /// The deck file with its changes; nothing for the unchanged shipped one.
    #[tsify(type = "unknown")]
    pub deck: Option<DeckFile>,
    /// What Start offers.
    pub offer: Offer,
    /// How a cue looks.
    #[tsify(type = "unknown")]
    pub look: Look,
}

/// Works out from the settings, the policy and the shipped deck file what the engine and the strip use. If settings are
/// missing or damaged, those of a new installation are used.
///
/// # Errors
/// If the shipped deck is not sound.
#[wasm_bindgen]
pub fn settle(
    #[wasm_bindgen(unchecked_param_type = "unknown")] settings: JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] policy: JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] shipped: JsValue,
) -> Result<Ts<Settled>, JsValue> {
    let settings: Settings = from_js(settings).unwrap_or_default();
    let policy = Policy::read(&from_js(policy).unwrap_or_default());
    let unsound = |_| js_sys::Error::new("the shipped deck is not sound");
    let made = make(&settings, &policy, &from_js(shipped)?).map_err(unsound)?;
    let deck = (!made.is_plain).then_some(made.file);
    let settled = Settled { deck, offer: made.offer, look: settings.look };
    Ok(Ts::new_unchecked(to_js(&settled)?))
}

/// The settings that the browser's sync has brought (`items`), if they are complete and follow from those that are stored
/// here. If both were changed apart from each other, the options ask which ones count.
#[wasm_bindgen(unchecked_return_type = "unknown")]
pub async fn newer(
    #[wasm_bindgen(unchecked_param_type = "Record<string, unknown>")] items: JsValue,
) -> Result<Option<JsValue>, JsValue> {
    let items = sync::items(&from_js(items)?);
    let Some(packed) = sync::join(&items) else { return Ok(None) };
    let here = load_settings().await.unwrap_or_default().history;
    let there = unpacked(&packed).await.filter(|there| here.order(&there.history) == Order::Later);
    Ok(there.map(|there| to_js(&there)).transpose()?)
}

/// Settings packed for the browser's sync.
///
/// # Errors
/// If the browser cannot compress.
pub async fn packed(settings: &Settings) -> Result<String, JsValue> {
    pack(&settings.to_json()).await
}

/// The settings in what was packed; nothing if it is damaged.
pub async fn unpacked(packed: &str) -> Option<Settings> {
    Settings::from_json(&unpack(packed).await?)
}
