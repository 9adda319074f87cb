//! What the page shows: a file for each view, and for what has a place of its own in one of them.

pub mod checklist;
pub mod compare;
pub mod decks;
pub mod keys;
pub mod pacing;
pub mod preview;
pub mod prompts;
pub mod resting;
pub mod sites;
pub mod start;
pub mod strip;
pub mod travel;
