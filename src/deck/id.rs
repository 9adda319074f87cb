//! Ids: the names of a deck's rows, in the deck itself and in everything that remembers them.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// The longest id, in bytes.
pub(crate) const ID_MAX: usize = 64;

/// The permanent name of a prompt, a checklist item, a profile or an element. A copy shares the text.
///
/// Any short text can be an id here: what is remembered of an old deck need not be in the current one. Whether it is allowed
/// in a deck file is checked by [`RowId`](super::limits::RowId).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(#[serde(deserialize_with = "short")] Arc<str>);

/// An id from storage: no longer than one of a deck file.
fn short<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
    let id = Arc::<str>::deserialize(deserializer)?;
    if id.len() <= ID_MAX { Ok(id) } else { Err(D::Error::custom("too long for an id")) }
}

impl Id {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Id {
    fn from(id: &str) -> Id {
        Id(id.into())
    }
}

impl From<String> for Id {
    fn from(id: String) -> Id {
        Id(id.into())
    }
}

impl Deref for Id {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A plain text can be looked up in a map keyed by ids.
impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}
