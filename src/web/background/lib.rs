//! The engine as the background sees it: texts in and out, so that nothing crosses the boundary that would have to be
//! freed.

use wasm_bindgen::prelude::*;

use attune::deck::Deck;
use attune::engine::calls::{self, Media, News};
use attune::engine::{Engine as Core, Input};
use attune::time::Timestamp;
use attune::wire;

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

/// The calls of all tabs.
#[wasm_bindgen]
pub struct Calls {
    core: calls::Calls,
}

#[wasm_bindgen]
impl Calls {
    /// No calls, or those of the last snapshot.
    #[wasm_bindgen(constructor)]
    pub fn new(saved: Option<String>) -> Calls {
        Calls { core: saved.map(|saved| calls::Calls::restore(&saved)).unwrap_or_default() }
    }

    /// A frame says what it has of the other person: 0 for nothing, 1 for a picture that stands still, 2 for one that
    /// moves, or sound alone. Gives back what has become news, a line each: a tab, and the input that says it.
    pub fn hear(&mut self, now: f64, tab: u32, frame: u32, media: u8) -> String {
        let media = [Media::None, Media::Still].get(usize::from(media)).copied().unwrap_or(Media::Plays);
        lines(&self.core.hear(Timestamp(now as u64), tab, frame, media))
    }

    /// The same for what only time has made news.
    pub fn advance(&mut self, now: f64) -> String {
        lines(&self.core.advance(Timestamp(now as u64)))
    }

    /// When to ask next; 0 for never.
    pub fn wake_at(&self) -> f64 {
        self.core.poll_timeout().map_or(0.0, |at| at.0 as f64)
    }

    /// The tabs in which a call runs, a line each.
    pub fn tabs(&self) -> String {
        let mut out = String::new();
        for tab in self.core.tabs() {
            out.push_str(&tab.to_string());
            out.push('\n');
        }
        out
    }

    /// What is to be saved.
    pub fn snapshot(&self) -> String {
        self.core.snapshot()
    }
}

fn lines(news: &[(u32, News)]) -> String {
    let mut out = String::new();
    for (tab, news) in news {
        out.push_str(&tab.to_string());
        out.push_str(match news {
            News::Began => " \"call_began\"\n",
            News::Over => " \"call_over\"\n",
            News::Back => " \"call_back\"\n",
        });
    }
    out
}
