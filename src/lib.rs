//! Attune's engine: which prompt to show a therapist beside an online session, and when.
//!
//! The core is a function of time and input. It reads no clock, draws nothing, knows nothing about browsers and keeps
//! nothing about clients. A shell passes in a [`time::Timestamp`] and an [`engine::Input`] and gets back a
//! [`engine::view::View`] to draw and [`engine::Effects`] to carry out. Each room depends only on the rooms below it:
//!
//! | room | what it holds |
//! | --- | --- |
//! | `web` | the only code that knows JavaScript: one crate for each wasm module, and the toolkit that they share |
//! | [`settings`] | what a therapist and their clinic set: decks, changes, look, keys, place, policy, sync |
//! | [`engine`] | one verb, `dispatch`: an input goes in, a view and effects come out; what Attune saves and remembers
//! |
//! | [`hour`] | one session from Start to End: its plan, which prompt comes next and when, and why |
//! | [`deck`] | what Attune may say: reading with the place of every mistake, the therapist's changes, comparison |
//! | [`text`], [`time`] | texts by key; times in milliseconds, typed by meaning |

pub mod deck;
pub mod engine;
pub mod hour;
pub mod messages;
pub mod settings;
pub mod text;
pub mod time;
