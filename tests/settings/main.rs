//! What therapists and their clinic set, and what the engine works with.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::wildcard_enum_match_arm)]

#[path = "../support/cases.rs"]
mod cases;
mod decks;
mod policy;
mod rows;
mod travel;

use attune::deck::DeckFile;
use attune::deck::changes::Changes;
use attune::settings::{Made, Policy, Settings, make};
use serde_json::Value;

pub const SHIPPED: &str = include_str!("../../extension/decks/en.json");
pub const SPANISH: &str = include_str!("../decks/es.json");

pub fn changes(value: Value) -> Changes {
    serde_json::from_value(value).unwrap()
}

pub fn policy(value: Value) -> Policy {
    Policy::read(&value)
}

pub fn shipped() -> DeckFile {
    DeckFile::from_json(SHIPPED).unwrap()
}

pub fn made(settings: &Settings, policy: &Policy) -> Made {
    make(settings, policy, &shipped()).unwrap()
}

pub fn title(made: &Made) -> &str {
    &made.deck.title
}
