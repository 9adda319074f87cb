//! The deck: everything Attune may say, and the numbers that pace it.
//!
//! | module | what is in it |
//! | --- | --- |
//! | [`model`](Deck) | the deck as the engine uses it: always valid |
//! | [`file`] | the deck file: one declaration for reading, checking, writing and the schema |
//! | [`limits`], `set` | the types of its values, each with its limits |
//! | `source`, `read` | from a text to a file, with the place and line of every mistake |
//! | `outline`, `links`, `reach` | whether the rows of a file fit together |
//! | `resolve` | from a file to a deck |
//! | `layout`, `schema` | the file as text, and what editors know about it |
//! | [`changes`] | what one person changes about a deck |
//! | [`compare`] | what differs between two decks |
//!
//! An imported deck is kept as the text of its file, byte for byte ([`text_of`]): what is exported is what was
//! imported.

pub mod changes;
pub mod compare;
pub mod file;
mod id;
mod layout;
pub mod limits;
mod links;
pub mod lists;
mod model;
mod outline;
mod problem;
mod reach;
mod read;
mod resolve;
#[cfg(not(target_arch = "wasm32"))]
mod schema;
mod set;
mod source;

pub use file::DeckFile;
pub(crate) use id::ID_MAX;
pub use id::Id;
pub use limits::{Bounds, CUE_MAX, LABEL_MAX, TEXT_MAX, digits};
pub use model::{
    Anchor, Applies, Channel, Deck, Element, Index, Item, Kind, Moment, Phase, Profile, Prompt, REFERENCE_MINUTES,
    Rules, SessionKind, Timing, Trigger,
};
pub use problem::Problem;
pub(crate) use problem::shown;
#[cfg(not(target_arch = "wasm32"))]
pub use schema::schema;
pub use set::{Choice, Set};
pub use source::{FILE_MAX, text_of};
