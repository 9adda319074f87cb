//! Every message between the background, the extension's pages, the content scripts and the strip's frame.
//!
//! All of them are plain objects: Chrome sends them as JSON, Firefox as a structured clone, and both arrive as they left.
//! What is missing is `null`, never absent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::engine::Input;
use crate::engine::view::View;
use crate::text::Message;

/// The floating window, where otherwise the number of a tab stands.
pub const WINDOW: i32 = -1;

/// A message and whom it is for: browsers hand each one to every listener of the extension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(tag = "to", content = "say", rename_all = "snake_case")]
pub enum Envelope {
    /// To the background, from a page or a content script; it answers with a [`Reply`].
    Background(Request),
    /// To every page that shows something of the session, from the background.
    Surfaces(Picture),
    /// To the content scripts in a tab, from the background.
    Content(Order),
}

/// What is asked of the background.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Take an input. The answer is a [`State`].
    Take {
        /// What happened.
        input: Input,
        /// The tab, or [`WINDOW`], that the answer should say how things stand in; a session is started there.
        tab: Option<i32>,
    },
    /// Bring the strip to a tab, or to [`WINDOW`]. The answer is a [`State`].
    Mount(i32),
    /// Tell the shortcuts of the commands.
    Keys,
    /// Settings have changed: prepare what the engine goes on with. The answer is a [`State`].
    Settle,
    /// A page has begun to share a screen, or has stopped.
    Share(bool),
}

/// What the background answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// How things stand after the request.
    State(Box<State>),
    /// The shortcut of each command, empty where it has none.
    Keys(BTreeMap<String, String>),
    /// Whether a share is taken to go on.
    Shared(bool),
    /// The request could not be carried out, and why, for the browser's developer tools.
    Failed(String),
}

/// How things stand after a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct State {
    /// The whole picture.
    pub view: View,
    /// Why the input was refused.
    pub problem: Option<Message>,
    /// How things stand in the tab that the request names, if it names one.
    pub beside: Option<Beside>,
    /// Whether the last save worked.
    pub saved: bool,
    /// Whether what was saved could not be read, so that Attune has started fresh.
    pub afresh: bool,
}

/// How things stand in a tab, or in the floating window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Beside {
    /// Where the strip is, as seen from there.
    pub strip: StripPlace,
    /// Whether the strip can be placed there.
    pub open: bool,
    /// What is known of calls there.
    pub call: CallBeside,
}

/// Where the strip of the running session is, as seen from a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum StripPlace {
    /// In this tab.
    Here,
    /// In another tab.
    Elsewhere,
    /// In the floating window.
    Floating,
    /// Nowhere.
    Nowhere,
}

/// What is known of calls in a tab.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CallBeside {
    /// Whether one has been noticed.
    pub on: bool,
    /// The match patterns that would have to be allowed for calls to be noticed; empty where the tab shows no site.
    pub site: Vec<String>,
    /// Whether they are allowed.
    pub allowed: bool,
}

/// The newest picture, for every page that shows something of the session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Picture {
    /// The whole picture.
    pub view: View,
    /// The tab that has the strip, or [`WINDOW`].
    pub home: Option<i32>,
}

/// What the background tells the content scripts in a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Leave the page. The guard of a page that shares stays until the share ends, if the strip has only moved elsewhere.
    Leave {
        /// Whether the session goes on elsewhere.
        moved: bool,
    },
    /// Say `true` if the strip's element is in the page.
    ConfirmStrip,
    /// Say `true` if this frame shares a screen.
    ConfirmShare,
    /// Take the strip out of sight while a screen is shared, or let it be seen again.
    Cover(bool),
}

/// What the strip tells whoever places its frame: the content script, or a page of Attune's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "snake_case")]
pub enum FromStrip {
    /// How large the frame should be, and where.
    Frame(FrameArea),
    /// Which of these areas is the first under which nothing in the page takes clicks? [`ToStrip::Free`] answers.
    FindFree(Vec<PageArea>),
    /// How far the cue that can be tried has come.
    Demo(DemoStep),
}

/// Where the strip's frame should be. Lengths are in CSS px.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct FrameArea {
    /// The left and top edge; nothing while the strip does not know how large the window is.
    pub at: Option<(f64, f64)>,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
    /// The radius of its corners.
    pub radius: f64,
    /// Whether the strip is being dragged: then the frame may fill the window, and Escape is meant for it.
    pub held: bool,
}

/// An area of the page around the strip, in CSS px from the window's top left corner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[allow(missing_docs, reason = "the names say it")]
pub struct PageArea {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// How far the cue that can be tried has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum DemoStep {
    /// A dot.
    Dot,
    /// The words.
    Words,
    /// The card.
    Card,
    /// It has been answered.
    Over,
}

/// What the strip is told by whoever places its frame.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "snake_case")]
pub enum ToStrip {
    /// How large the window is, in CSS px.
    Window {
        /// Its width.
        width: f64,
        /// Its height.
        height: f64,
    },
    /// The index of the first area that is free; nothing if none is.
    Free(Option<u32>),
    /// Escape was pressed in the page while the strip was dragged.
    Escape,
    /// The glance key was pressed in a page that shows the strip to be tried.
    Glance,
    /// The *not now* key, likewise.
    NotNow,
    /// Show the cue that can be tried once more.
    Again,
}
