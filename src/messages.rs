//! Every message between the background, the extension's pages, the content scripts and the strip's frame.
//!
//! All messages are plain objects that survive both Chrome's JSON and Firefox's structured clone unchanged. A missing
//! value is `null`, never absent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::engine::Input;
use crate::engine::view::View;
use crate::text::Message;

/// Stands for the floating window where a tab id is expected.
pub const WINDOW: i32 = -1;

/// A message and its addressee, because browsers deliver each message to every listener of the extension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[allow(clippy::large_enum_variant, reason = "it is sent or read, and never kept")]
#[serde(tag = "to", content = "say", rename_all = "snake_case")]
pub enum Envelope {
    /// To the background, from a page or a content script; it answers with a [`Reply`].
    Background(Request),
    /// To every page that shows something of the session, from the background.
    Surfaces(Picture),
    /// To the content scripts in a tab, from the background.
    Content(Order),
}

/// The part of an [`Envelope`] that one context sends or reads. With the whole enum, every wasm module would hold the
/// code for every message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Addressed<T> {
    /// Who it is for.
    pub to: Address,
    /// What it says.
    pub say: T,
}

/// Who a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "Envelope says it")]
pub enum Address {
    Background,
    Surfaces,
    Content,
}

/// A request to the background.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Dispatch an input. The answer is a [`State`].
    Take {
        /// The input.
        input: Input,
        /// The tab, or [`WINDOW`], to report on in the answer. A session that this input starts gets its strip there.
        tab: Option<i32>,
    },
    /// Show the strip in a tab, or in [`WINDOW`]. The answer is a [`State`].
    Mount(i32),
    /// List the keyboard shortcuts of the commands. The answer is [`Reply::Keys`].
    Keys,
    /// Reload the settings, because they have changed. The answer is a [`State`].
    Settle,
    /// A page has started sharing a screen (`true`) or stopped. The answer is [`Reply::Shared`].
    Share(bool),
}

/// An answer from the background.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// The state after the request.
    State(Box<State>),
    /// The shortcut of each command by the command's name; empty if it has none.
    Keys(BTreeMap<String, String>),
    /// Whether the background now considers a screen shared.
    Shared(bool),
    /// The request failed; the reason, for the browser's developer tools.
    Failed(String),
}

/// The state after a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct State {
    /// The current view.
    pub view: View,
    /// Why the input was refused.
    pub problem: Option<Message>,
    /// The state of the tab that the request names, if it names one.
    pub beside: Option<Beside>,
    /// Whether the last save worked.
    pub saved: bool,
    /// Whether Attune could not read its saved data and has started fresh.
    pub afresh: bool,
}

/// The state of a tab, or of the floating window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Beside {
    /// Where the strip is, seen from there.
    pub strip: StripPlace,
    /// Why Attune cannot show the strip there; nothing if it can.
    pub closed: Option<Closed>,
    /// What Attune knows about calls there.
    pub call: CallBeside,
}

/// Why the strip cannot be in a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Closed {
    /// It shows a page of the browser's own, or the store of its extensions.
    Own,
    /// It shows a file, such as a PDF or a picture, and no page.
    Document,
    /// The organization that manages the browser allows no extensions on the site.
    Policy,
    /// The browser refuses, and does not say why.
    Blocked,
}

/// Where the strip of the running session is, seen from a tab.
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

/// What Attune knows about calls in a tab.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CallBeside {
    /// Whether Attune has noticed a call.
    pub on: bool,
    /// The match patterns that Attune needs permission for to notice calls there; empty where the tab shows no website.
    pub site: Vec<String>,
    /// Whether Attune has that permission.
    pub allowed: bool,
}

/// The latest view, for every page that shows part of the session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Picture {
    /// The current view.
    pub view: View,
    /// The tab that has the strip, or [`WINDOW`].
    pub home: Option<i32>,
}

/// An order from the background to the content scripts in a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Leave the page. If the strip has only moved and this page is sharing a screen, the guard stays until the share
    /// ends.
    Leave {
        /// Whether the session goes on elsewhere.
        moved: bool,
    },
    /// Answer `true` if the strip's element is in the page.
    ConfirmStrip,
    /// Answer `true` if what the strip has to show can be seen, once it has had the time to draw it.
    ProveStrip,
    /// Answer `true` if this frame is sharing a screen.
    ConfirmShare,
    /// Hide the strip while a screen is shared (`true`), or show it again.
    Cover(bool),
}

/// From the strip to the page that holds its frame: the content script's page, or one of Attune's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "snake_case")]
pub enum FromStrip {
    /// The size and place that the frame should have.
    Frame(FrameArea),
    /// Ask for the first of these areas where nothing in the page takes clicks. The answer is [`ToStrip::Free`].
    FindFree(Vec<PageArea>),
    /// How far the demo cue has got.
    Demo(DemoStep),
}

/// The place and size of the strip's frame, in CSS px.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct FrameArea {
    /// The left and top edges; `None` while the strip does not know the size of the window.
    pub at: Option<(f64, f64)>,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
    /// The radius of its corners.
    pub radius: f64,
    /// Whether the therapist is dragging the strip. The frame may then fill the window, and Escape belongs to the
    /// strip.
    pub held: bool,
}

/// An area of the page around the strip, in CSS px from the top left corner of the window.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[allow(missing_docs, reason = "the names say it")]
pub struct PageArea {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// How far the demo cue has got.
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

/// To the strip, from the page that holds its frame.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "snake_case")]
pub enum ToStrip {
    /// The size of the window, in CSS px.
    Window {
        /// Its width.
        width: f64,
        /// Its height.
        height: f64,
    },
    /// The index of the first free area, or `None` if none is free.
    Free(Option<u32>),
    /// The therapist pressed Escape in the page while dragging the strip.
    Escape,
    /// The therapist pressed the glance key in a page that demonstrates the strip.
    Glance,
    /// The therapist pressed the *not now* key there.
    NotNow,
    /// Show the demo cue again.
    Again,
}
