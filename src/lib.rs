//! Attune's engine: which prompt to show a therapist beside an online session, and when.
//!
//! The core is a function of time and input. It reads no clock, draws nothing, knows no browser and keeps no client: a
//! shell hands it a [`time::Timestamp`] and an [`engine::Input`], and gets back a [`engine::view::View`] to draw and
//! [`engine::Effect`]s to carry out. Rooms depend on those below them, never the other way round:
//!
//! | room | what it holds |
//! | --- | --- |
//! | `web` | the only code that knows JavaScript: one crate for each wasm module, and the toolkit that they share |
//! | [`settings`] | what a therapist and their clinic set: decks, changes, look, keys, place, policy, sync |
//! | [`engine`] | one verb, `dispatch`: an input comes in, a view and effects go out; what is saved and remembered |
//! | [`hour`] | one session from Start to End: its plan, which prompt comes next and when, and why |
//! | [`deck`] | what may be said: read with every mistake placed, changed by its owner, compared |
//! | [`text`], [`time`] | texts by key, milliseconds by meaning |

pub mod by_id;
pub mod deck;
pub mod engine;
pub mod hour;
#[allow(missing_docs)]
pub mod json;
pub mod messages;
pub mod settings;
mod tabs;
pub mod text;
pub mod time;
pub mod wire;
