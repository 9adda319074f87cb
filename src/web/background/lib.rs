//! The core as the background sees it: plain objects in and out, so nothing that would have to be freed crosses the
//! boundary.

use attune::deck::{Deck, DeckFile, Trigger};
use attune::engine::calls::{self, CallChange, Media};
use attune::engine::memory::Memory;
use attune::engine::offer::Offer;
use attune::engine::snapshot::{Current, Snapshot};
use attune::engine::{Engine as Core, Input, Outcome};
use attune::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::{Serializer, from_value};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{intern, unintern};

/// The one engine of the extension.
#[wasm_bindgen]
pub struct Engine {
    core: Core,
    unreadable: Vec<String>,
    repeated: Repeated,
}

/// Whether the texts that outcomes repeat are kept as JavaScript texts. Making them takes a millisecond, so the first
/// outcome after a start does without; every later one takes about half the time.
#[derive(Clone, Copy, PartialEq)]
enum Repeated {
    NotYet,
    FromNowOn,
    Kept,
}

#[wasm_bindgen]
impl Engine {
    /// Builds the engine from a deck, what Start offers, and the last saved version of its two records, if there is
    /// one.
    ///
    /// # Errors
    /// If the deck does not hold together. A record that cannot be read is ignored, and [`Engine::unreadable`] names
    /// it.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "unknown")] deck: JsValue,
        offer: Option<Ts<Offer>>,
        #[wasm_bindgen(unchecked_param_type = "unknown")] memory: JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] session: JsValue,
    ) -> Result<Engine, JsError> {
        let mut unreadable = Vec::new();
        let memory = record(memory, Memory::is_sound).unwrap_or_else(|| {
            unreadable.push("memory".to_owned());
            Memory::default()
        });
        let session = record(session, Current::is_sound).unwrap_or_else(|| {
            unreadable.push("session".to_owned());
            Current::default()
        });
        let mut core = Core::restore(read_deck(deck)?, Snapshot { memory, session });
        core.offer(read_offer(offer)?);
        Ok(Engine { core, unreadable, repeated: Repeated::NotYet })
    }

    /// Continues with another deck and another offer, also during a session.
    ///
    /// # Errors
    /// If the deck does not hold together; then nothing has changed.
    pub fn adopt(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "unknown")] deck: JsValue,
        offer: Option<Ts<Offer>>,
    ) -> Result<(), JsError> {
        let (deck, offer) = (read_deck(deck)?, read_offer(offer)?);
        if self.repeated == Repeated::Kept {
            repeated(self.core.deck()).for_each(unintern);
            self.repeated = Repeated::FromNowOn;
        }
        self.core.adopt(deck);
        self.core.offer(offer);
        Ok(())
    }

    /// The records that could not be read, so that the engine started fresh: `memory`, `session`, or both.
    #[wasm_bindgen(getter)]
    pub fn unreadable(&self) -> Vec<String> {
        self.unreadable.clone()
    }

    /// Whether a session is running.
    #[wasm_bindgen(getter)]
    pub fn running(&self) -> bool {
        self.core.session().is_some()
    }

    /// Takes an input at `now`, in milliseconds since the Unix epoch.
    ///
    /// # Errors
    /// If the input is not one that the engine knows; then nothing has changed.
    pub fn dispatch(&mut self, now: f64, input: Ts<Input>) -> Result<Ts<Outcome>, JsError> {
        let input = from_js(input)?;
        match self.repeated {
            Repeated::NotYet => self.repeated = Repeated::FromNowOn,
            Repeated::FromNowOn => {
                for text in repeated(self.core.deck()) {
                    intern(text);
                }
                self.repeated = Repeated::Kept;
            }
            Repeated::Kept => {}
        }
        to_js(&self.core.dispatch(Timestamp::reading(now), input))
    }
}

/// The texts that views and records repeat.
fn repeated(deck: &Deck) -> impl Iterator<Item = &str> {
    let prompts = deck.prompts.iter().flat_map(|prompt| {
        let label = match &prompt.trigger {
            Trigger::Moment(moment) => Some(moment.label.as_str()),
            Trigger::Timer(_) | Trigger::Checklist(_) => None,
        };
        [prompt.id.as_str(), &prompt.cue].into_iter().chain(label)
    });
    let checklist = deck.checklist.iter().flat_map(|item| [item.id.as_str(), &item.label, &item.explanation]);
    let profiles = deck.profiles.iter().flat_map(|profile| [profile.id.as_str(), &profile.label]);
    let messages = ["time_left", "badge_running", "outcome_did_it", "outcome_faded"];
    prompts.chain(checklist).chain(profiles).chain(messages)
}

fn read_deck(deck: JsValue) -> Result<Deck, JsError> {
    let file: DeckFile = from_value(deck)?;
    Deck::from_file(&file).map_err(|_| JsError::new("this deck does not hold together"))
}

/// A record as it was saved; nothing if it is not one of ours. A record that was never saved is in its initial state.
fn record<T: Default + DeserializeOwned>(saved: JsValue, is_sound: fn(&T) -> bool) -> Option<T> {
    if saved.is_undefined() { Some(T::default()) } else { from_value(saved).ok().filter(is_sound) }
}

fn read_offer(offer: Option<Ts<Offer>>) -> Result<Offer, JsError> {
    offer.map_or_else(|| Ok(Offer::default()), from_js)
}

/// The calls of all tabs.
#[wasm_bindgen]
pub struct Calls {
    core: calls::Calls,
}

/// News about the call in a tab.
#[derive(Serialize, Tsify)]
pub struct CallNews {
    /// The tab.
    pub tab: u32,
    /// The input that reports it.
    #[tsify(type = "Input")]
    pub input: CallChange,
}

#[wasm_bindgen]
impl Calls {
    /// No calls, or those of the last snapshot.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(unchecked_param_type = "unknown")] snapshot: JsValue) -> Calls {
        Calls { core: from_value(snapshot).unwrap_or_default() }
    }

    /// A frame says what it has of the other person. Returns the news.
    ///
    /// # Errors
    /// If that is not one of the words for it.
    pub fn hear(&mut self, now: f64, tab: u32, frame: u32, media: Ts<Media>) -> Result<Vec<Ts<CallNews>>, JsError> {
        let media = from_js(media)?;
        told(self.core.hear(Timestamp::reading(now), tab, frame, media))
    }

    /// The same for news that comes from the passing of time alone.
    ///
    /// # Errors
    /// None in practice.
    pub fn advance(&mut self, now: f64) -> Result<Vec<Ts<CallNews>>, JsError> {
        told(self.core.advance(Timestamp::reading(now)))
    }

    /// When to ask next, in milliseconds since the Unix epoch.
    pub fn wake_at(&self) -> Option<f64> {
        self.core.poll_timeout().map(|at| at.0 as f64)
    }

    /// The tabs in which a call runs.
    pub fn tabs(&self) -> Vec<u32> {
        self.core.tabs().collect()
    }

    /// What has to be saved.
    ///
    /// # Errors
    /// None in practice: it consists of numbers and words.
    #[wasm_bindgen(unchecked_return_type = "unknown")]
    pub fn snapshot(&self) -> Result<JsValue, JsError> {
        Ok(self.core.serialize(&Serializer::json_compatible())?)
    }
}

fn told(news: Vec<(u32, CallChange)>) -> Result<Vec<Ts<CallNews>>, JsError> {
    news.into_iter().map(|(tab, input)| to_js(&CallNews { tab, input })).collect()
}

/// A plain object, which Chrome's JSON and Firefox's structured clone carry in the same way: what is missing is null,
/// and maps are objects.
fn to_js<T: Serialize + Tsify>(value: &T) -> Result<Ts<T>, JsError> {
    Ok(Ts::new_unchecked(value.serialize(&Serializer::json_compatible())?))
}

fn from_js<T: DeserializeOwned + Tsify>(value: Ts<T>) -> Result<T, JsError> {
    Ok(from_value(value.into())?)
}
