//! Presses of keys. A key names neither a showing nor what it should lead to, because the browser reports only that it was
//! pressed. So a press that comes very soon after another is taken for the same one.

use serde::{Deserialize, Serialize};

use super::Session;
use crate::time::{Span, Timestamp};

/// A key or a moment that comes again within this time is the same: a double click, a key held down, or something that
/// was sent twice. A double click takes 0.5 s, or 0.9 s where that is set to be slow; a key held down repeats after 1 s
/// at most, and then faster. Nobody reads a cue and answers it in this time.
pub const AGAIN: Span = Span::seconds(1);

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// The glance key.
    Glance,
    /// The not-now key.
    NotNow,
    /// The hold key.
    Hold,
    /// The hide key.
    Hide,
    /// The sharing key.
    Sharing,
    /// The sound key.
    Sound,
    /// The moment key.
    Moment,
    /// The crisis key.
    Crisis,
}

/// The last key that was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Press {
    key: Key,
    /// When, by the wall clock: keys work during a pause, too.
    at: Timestamp,
}

impl Session {
    /// Takes a press of a key. Returns false if it is the same press as the last one, and should do nothing. As long as a
    /// key is held down, each repetition belongs to the one before.
    pub fn press(&mut self, key: Key) -> bool {
        let now = self.clock.now();
        // If the clock has stepped back, the last press lies in the future.
        let is_same = |last: Press| last.key == key && last.at <= now && now.since(last.at) < AGAIN;
        !self.pressed.replace(Press { key, at: now }).is_some_and(is_same)
    }
}
