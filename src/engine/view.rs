//! The whole picture, as every surface draws it, and the words for it.
//!
//! A view is complete: a surface that missed ten of them is right again with the next. It names prompts and items by
//! what people read, and gives times of the wall clock for the one timer that a surface arms.

use serde::{Deserialize, Serialize};

use crate::deck::{Kind, Phase, SessionKind};
use crate::engine::offer::Locks;
use crate::text::Message;
use crate::time::{Offset, Span, Timestamp};

/// Everything that any surface shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct View {
    /// The one line under the lens.
    pub strip: Strip,
    /// What the popup shows.
    pub popup: Popup,
    /// Prompts that do not come: those that rest because they are done anyway, and those that are never to come.
    pub resting: Vec<Resting>,
    /// When the engine wants to be asked again.
    pub wake_at: Option<Timestamp>,
}

/// A prompt that does not come, or comes more seldom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Resting {
    /// The name to let it come again by.
    pub id: String,
    /// Its cue.
    pub cue: String,
    /// Why it stays away.
    pub why: Message,
    /// When its rest is over, if that is a matter of time.
    pub until: Option<Timestamp>,
}

/// The one line under the lens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Strip {
    /// Nothing.
    Clear,
    /// A faint dot: something is due.
    Dot {
        /// Which showing it is.
        number: u32,
    },
    /// The cue.
    Words {
        /// Which showing it is.
        number: u32,
        /// What the cue asks for.
        kind: Kind,
        /// The cue itself.
        cue: String,
    },
    /// The cue, the longer text, the reason and the answers.
    Card(Card),
    /// A few words that ask for nothing.
    Notice(Message),
    /// The question whether the session went on while the computer slept.
    Question {
        /// How long it slept.
        away: Message,
    },
    /// The question whether the session is over, because the call seems to be.
    Over,
}

/// Everything about the prompt that is due.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Card {
    /// Which showing it is.
    pub number: u32,
    /// What the cue asks for.
    pub kind: Kind,
    /// The few words.
    pub cue: String,
    /// The longer text.
    pub text: String,
    /// One way to put it.
    pub say: Option<String>,
    /// Why it came now.
    pub why: Message,
    /// Why it may help.
    pub reason: Option<String>,
    /// The time left.
    pub left: Message,
    /// Whether it takes *never* for an answer.
    pub never: bool,
}

/// What the popup shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Popup {
    /// No session: what to choose before Start.
    Ready(Ready),
    /// A session runs.
    Running(Box<Running>),
    /// A session has just ended.
    Ended(Ended),
}

/// What to choose before Start, with the last choices filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Ready {
    /// The planned length in minutes.
    pub minutes: u16,
    /// The kind of session.
    pub kind: SessionKind,
    /// The id of the profile.
    pub profile: String,
    /// The profiles of the deck.
    pub profiles: Vec<ProfileChoice>,
    /// What of these cannot be changed.
    pub locks: Locks,
    /// The ready check.
    pub checklist: Vec<Check>,
    /// What may be practised in the hour.
    pub skills: Vec<Skill>,
}

/// An item of the ready check. Which of them count depends on the kind of session, which is still being chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Check {
    /// The item.
    pub row: Row,
    /// Whether it is one of the few that should not be missed.
    pub core: bool,
    /// Whether it belongs to first sessions only.
    pub first: bool,
}

/// Something that may be practised: a prompt that takes its turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Skill {
    /// The name to choose it by.
    pub id: String,
    /// What it asks for.
    pub kind: Kind,
    /// Its cue.
    pub cue: String,
}

/// A moment that the therapist may declare.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Moment {
    /// The name to declare it by.
    pub id: String,
    /// What people read.
    pub label: String,
    /// Whether it silences everything else.
    pub crisis: bool,
}

/// A profile as a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct ProfileChoice {
    /// The name to start it by.
    pub id: String,
    /// What people read.
    pub label: String,
    /// Whom it suits.
    pub for_whom: String,
    /// Timed prompts in a 50-minute hour, at most.
    pub timed_per_50: u32,
}

/// The running session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Running {
    /// The part of the hour.
    pub phase: Phase,
    /// The name of the profile.
    pub profile: String,
    /// The time left, or how far over it is.
    pub left: Message,
    /// Session time so far.
    pub elapsed: Offset,
    /// The whole length.
    pub length: Span,
    /// When the time left reads differently; nothing while paused.
    pub minute_at: Option<Timestamp>,
    /// The cue of what she wants to practise.
    pub intention: Option<String>,
    /// Stretches in which no timed prompt comes.
    pub quiet: Vec<(Offset, Offset)>,
    /// Stretches, from now on, in each of which a timed prompt may come.
    pub may: Vec<(Offset, Offset)>,
    /// Stretches in which nothing was allowed to come; the last one may reach up to now.
    pub silences: Vec<(Offset, Offset)>,
    /// What only she can know.
    pub moments: Vec<Moment>,
    /// What has come so far.
    pub marks: Vec<Mark>,
    /// The prompt that is due.
    pub cue: Option<Card>,
    /// What keeps prompts away.
    pub silence: Silence,
    /// Whether a screen is shared: what stands in a browser's window may be seen by the client.
    pub sharing: bool,
    /// How long the computer slept, while it is asked whether the session went on.
    pub question: Option<Message>,
    /// Whether it is asked if the session is over, because the call seems to be.
    pub over: bool,
    /// The items of this phase.
    pub checklist: Vec<Row>,
    /// A prompt that has just been banned, to undo it.
    pub banned: Option<Banned>,
    /// What an extension would bring the length to, in minutes.
    pub extended: Option<u16>,
}

/// What keeps prompts away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// Nothing.
    None,
    /// A hold, and what it says.
    Hold(Message),
    /// A crisis.
    Crisis,
    /// A screen is shared.
    Sharing,
    /// The strip is hidden.
    Hidden,
    /// The session is paused.
    Paused,
}

/// One prompt that came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Mark {
    /// When it came.
    pub at: Offset,
    /// Its cue.
    pub cue: String,
    /// What became of it, as a message key.
    pub outcome: Message,
}

/// A checklist item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Row {
    /// The name to tick it by.
    pub id: String,
    /// What people read.
    pub label: String,
    /// More about it.
    pub explanation: String,
    /// Whether it is ticked.
    pub done: bool,
}

/// A banned prompt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Banned {
    /// The name to allow it by.
    pub id: String,
    /// Its cue.
    pub cue: String,
}

/// A session that is over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Ended {
    /// How long it was, in minutes.
    pub minutes: u64,
    /// What came.
    pub marks: Vec<Mark>,
    /// Whether it ended by itself because it was left running.
    pub by_itself: bool,
    /// What is to be done now.
    pub checklist: Vec<Row>,
}
