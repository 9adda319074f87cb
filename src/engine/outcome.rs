//! What a dispatch gives back.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::engine::memory::Memory;
use crate::engine::snapshot::Current;
use crate::engine::view::View;
use crate::text::Message;
use crate::time::Timestamp;

/// The result of a dispatch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Outcome {
    /// The current view.
    pub view: View,
    /// The effects to carry out.
    pub effects: Effects,
    /// Why the input was refused.
    pub problem: Option<Message>,
}

/// What the shell has to do after a dispatch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Effects {
    /// The records to save in place of the earlier ones; `None` if nothing has changed.
    pub save: Option<Save>,
    /// What to show on the toolbar button.
    pub badge: Badge,
    /// When to wake the engine; `None` clears the alarm.
    pub alarm: Option<Timestamp>,
    /// Whether the strip belongs beside the call now.
    pub strip: bool,
}

/// What the toolbar button shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Badge {
    /// At most four characters; empty for none.
    pub text: String,
    /// The button's tooltip, also read by screen readers.
    pub title: Message,
}

/// The records to be stored together. They are shared, not copied. One that is `None` has not changed since the last save
/// and stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Save {
    /// What is kept from session to session.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "object | null"))]
    pub memory: Option<Rc<Memory>>,
    /// The session at hand.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "object | null"))]
    pub session: Option<Rc<Current>>,
}
