//! What Attune says in its own words, as a key into `extension/_locales` and what to fill in.
//!
//! The core writes no sentences: surfaces turn a message into the reader's language, and tests turn it into English
//! with the very file that ships.

use serde::{Deserialize, Serialize};

/// A sentence to be worded by the surface that shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Message {
    /// The name of the text in `_locales/LANGUAGE/messages.json`.
    pub key: String,
    /// What `$1`, `$2`, … stand for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
}

impl Message {
    /// A message that needs nothing filled in.
    pub fn plain(key: &str) -> Message {
        Message { key: key.to_owned(), args: Vec::new() }
    }

    /// A message with what is to be filled in.
    pub fn with<const N: usize>(key: &str, args: [String; N]) -> Message {
        Message { key: key.to_owned(), args: args.into() }
    }
}
