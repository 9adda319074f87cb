//! Texts for people, as a key into `extension/_locales` and the values to fill in.
//!
//! The core writes no sentences: surfaces look each message up in the reader's language, and tests look it up in the
//! English file that ships.

use serde::{Deserialize, Serialize};

/// The most values of a message: browsers know `$1` to `$9`.
pub const ARGS: usize = 9;

/// A sentence that the surface showing it puts into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Message {
    /// The name of the text in `_locales/LANGUAGE/messages.json`.
    pub key: String,
    /// The values for `$1`, `$2`, …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
}

impl Message {
    /// A message without values.
    pub fn plain(key: &str) -> Message {
        Message { key: key.to_owned(), args: Vec::new() }
    }

    /// A message with values to fill in.
    pub fn with<const N: usize>(key: &str, args: [String; N]) -> Message {
        Message { key: key.to_owned(), args: args.into() }
    }
}
