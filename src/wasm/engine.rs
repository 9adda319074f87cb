//! The engine as the background sees it: texts in and out, so that nothing crosses the boundary that would have to be
//! freed.

use wasm_bindgen::prelude::*;

use crate::deck::Deck;
use crate::engine::{Engine as Core, Input};
use crate::time::Timestamp;
use crate::wire;

/// The one engine of the extension.
#[wasm_bindgen]
pub struct Engine {
    core: Core,
    unreadable: bool,
}

#[wasm_bindgen]
impl Engine {
    /// Builds the engine from a compiled deck, what Start offers (as JSON), and the last saved snapshot, if there is one.
    ///
    /// # Errors
    /// If the deck is no compiled deck. A snapshot that cannot be read is left aside, and [`Engine::unreadable`] says so.
    #[wasm_bindgen(constructor)]
    pub fn new(deck: &str, offer: &str, saved: Option<String>) -> Result<Engine, JsValue> {
        let mut core = Core::new(compiled(deck)?);
        let unreadable = saved.is_some_and(|saved| core.recall(&saved).is_err());
        core.offer(wire::read(offer).unwrap_or_default());
        Ok(Engine { core, unreadable })
    }

    /// Goes on with another compiled deck and another offer; a running session goes on with the deck.
    ///
    /// # Errors
    /// If the deck is no compiled deck; nothing has changed then.
    pub fn adopt(&mut self, deck: &str, offer: &str) -> Result<(), JsValue> {
        self.core.adopt(compiled(deck)?);
        self.core.offer(wire::read(offer).unwrap_or_default());
        Ok(())
    }

    /// Whether the saved snapshot could not be read, so that the engine started afresh.
    #[wasm_bindgen(getter)]
    pub fn unreadable(&self) -> bool {
        self.unreadable
    }

    /// Whether a session runs.
    #[wasm_bindgen(getter)]
    pub fn running(&self) -> bool {
        self.core.session().is_some()
    }

    /// Takes an input, as JSON, at `now` in milliseconds since the Unix epoch, and returns the outcome as JSON.
    ///
    /// # Errors
    /// If the input is none that the engine knows; nothing has changed then.
    pub fn dispatch(&mut self, now: f64, input: &str) -> Result<String, JsValue> {
        let input: Input = wire::read(input).ok_or_else(|| JsValue::from_str("this is no input"))?;
        // Negative and absurd clock readings saturate.
        Ok(wire::write(&self.core.dispatch(Timestamp(now as u64), input)))
    }
}

fn compiled(deck: &str) -> Result<Deck, JsValue> {
    Deck::from_compiled(deck).ok_or_else(|| JsValue::from_str("this is no compiled deck"))
}
