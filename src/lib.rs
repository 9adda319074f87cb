//! Attune's engine: which prompt to show a therapist beside an online session, and when.
//!
//! The core is a function of time and input. It reads no clock, draws nothing, knows no browser and keeps no client: a
//! shell hands it a [`time::Timestamp`] and an [`engine::Input`], and gets back a [`view::View`] to draw and
//! [`engine::Effect`]s to carry out. From the outside in:
//!
//! | module | what it decides |
//! | --- | --- |
//! | [`engine`] | one verb, `dispatch`: an input comes in, a view and effects go out |
//! | [`view`] | the whole picture that every surface draws |
//! | [`snapshot`] | what is saved after each dispatch, and how it is read back, whatever has happened to it |
//! | [`memory`] | what is kept from session to session: choices, a counter, prompt ids |
//! | [`fading`] | what answers teach: a prompt that is done anyway comes more seldom |
//! | [`calls`] | whether a call runs in a tab: begun, probably over, back |
//! | [`forecast`] | whole hours run ahead, to see how dense a deck is |
//! | [`session`] | one hour from Start to End: the life of a prompt, answers, holds, pauses, sleep |
//! | [`pacing`] | which prompt comes next and when: budgets, gaps, rotation, expiry |
//! | [`reason`] | *why now*, in one sentence |
//! | [`plan`] | a deck's minutes in a session of any length, and the slots of its working phase |
//! | [`offer`] | what Start offers, and what a clinic has locked |
//! | [`settings`] | what a therapist and her clinic set: decks, changes, defaults; and how they travel |
//! | [`deck`] | what may be said: read with every mistake placed, changed by its owner, compared |
//! | [`place`], [`places`] | where the strip hangs in a window, and on which screen |
//! | [`keys`] | what keys are called on a keyboard, and sets of them for other hands |
//! | [`json`] | JSON of any kind, as a tree that knows its places: decks, policies, settings |
//! | [`wire`] | JSON for all that crosses into JavaScript in a known form |
//! | `tabs` | tables of text for what Attune writes for itself: compiled decks, snapshots |
//! | [`message`], [`time`], [`chance`], [`by_id`] | texts by key, milliseconds by meaning, chance by seed, rows by id |
//!
//! Behind the features `engine`, `pages` and `workshop` lie the wasm modules, the only code that knows JavaScript.

pub mod by_id;
pub mod calls;
pub mod chance;
pub mod deck;
pub mod engine;
pub mod fading;
pub mod forecast;
pub mod json;
pub mod keys;
pub mod look;
pub mod memory;
pub mod message;
pub mod offer;
pub mod pacing;
pub mod place;
pub mod places;
pub mod plan;
pub mod reason;
pub mod session;
pub mod settings;
pub mod snapshot;
mod tabs;
pub mod time;
pub mod view;
pub mod wire;

#[cfg(target_arch = "wasm32")]
pub mod wasm;
