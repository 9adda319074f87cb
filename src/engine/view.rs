//! The complete view that every surface draws from, with its words.
//!
//! A view is complete, so a surface that missed ten of them is right again with the next. It carries the texts that
//! people read, and wall-clock times for the one timer that each surface sets.

use serde::{Deserialize, Serialize};

use crate::deck::{Channel, Kind, Phase, SessionKind};
use crate::engine::offer::Locks;
use crate::text::Message;
use crate::time::{Offset, Span, Timestamp};

/// Everything that the surfaces show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct View {
    /// The one line under the lens.
    pub strip: Strip,
    /// What the popup shows.
    pub popup: Popup,
    /// The prompts that are resting or come less often because the therapist does them anyway, and those answered
    /// *never*.
    pub resting: Vec<Resting>,
    /// When the engine should next be woken.
    pub wake_at: Option<Timestamp>,
}

/// A prompt that does not come, or comes less often.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Resting {
    /// The id, for letting it come again.
    pub id: String,
    /// Its cue.
    pub cue: String,
    /// Why it does not come, or comes less often.
    pub why: Message,
    /// When its rest ends; `None` if it has no end date.
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
        /// The number of the showing.
        number: u32,
    },
    /// The cue.
    Words {
        /// The number of the showing.
        number: u32,
        /// The kind of the prompt.
        kind: Kind,
        /// The cue itself.
        cue: String,
    },
    /// The cue, the longer text, the reason and the answers.
    Card(Card),
    /// A few words that need no answer.
    Notice(Message),
    /// The question whether the session went on while the computer slept.
    Question {
        /// How long the computer slept.
        away: Message,
    },
    /// The question whether the session is over, because the call seems to be over.
    Over,
    /// The question whether a new session begins, because another call has begun.
    Another,
}

/// Everything about the prompt that is due.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Card {
    /// The number of the showing.
    pub number: u32,
    /// The kind of the prompt.
    pub kind: Kind,
    /// The few words.
    pub cue: String,
    /// The longer text.
    pub text: String,
    /// An example of how to say it.
    pub say: Option<String>,
    /// Why it came now.
    pub why: Message,
    /// Why it may help.
    pub reason: Option<String>,
    /// The time left.
    pub left: Message,
    /// Whether it accepts the answer *never*.
    pub never: bool,
}

/// What the popup shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Popup {
    /// No session: the choices before Start.
    Ready(Ready),
    /// A session is running.
    Running(Box<Running>),
    /// A session has just ended.
    Ended(Ended),
}

/// The choices before Start, with the last ones filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Ready {
    /// The planned length in minutes.
    pub minutes: u16,
    /// The kind of session.
    pub kind: SessionKind,
    /// What the call carries at first.
    pub channel: Channel,
    /// The id of the profile; empty if the deck has none.
    pub profile: String,
    /// The profiles of the deck.
    pub profiles: Vec<ProfileChoice>,
    /// Which of these cannot be changed.
    pub locks: Locks,
    /// The ready check.
    pub checklist: Vec<Check>,
    /// The prompts that can be practised in this session.
    pub skills: Vec<Skill>,
    /// Says that few cues are left, because the therapist is already doing what most of them ask.
    pub faded: Option<Message>,
}

/// An item of the ready check. Whether it applies depends on the kind of session, which is still being chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Check {
    /// The item.
    pub row: Row,
    /// Whether it is essential.
    pub core: bool,
    /// Whether it applies to first sessions only.
    pub first: bool,
    /// The kinds of call it applies to.
    pub channels: Vec<Channel>,
}

/// A prompt in rotation that can be practised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Skill {
    /// The id, for choosing it.
    pub id: String,
    /// The kind of the prompt.
    pub kind: Kind,
    /// Its cue.
    pub cue: String,
    /// The kinds of call in which it can come.
    pub channels: Vec<Channel>,
}

/// A moment that the therapist can declare.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Moment {
    /// The id, for declaring it.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Whether it silences everything else.
    pub crisis: bool,
}

/// A profile to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct ProfileChoice {
    /// The id, for choosing it.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Who it suits.
    pub for_whom: String,
    /// The maximum number of timed prompts in a 50-minute session.
    pub timed_per_50: u32,
}

/// The running session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Running {
    /// The current phase.
    pub phase: Phase,
    /// What the call carries now.
    pub channel: Channel,
    /// The label of the profile.
    pub profile: String,
    /// The time left, or the time over.
    pub left: Message,
    /// Session time so far.
    pub elapsed: Offset,
    /// The length of the session, extensions included.
    pub length: Span,
    /// When the time left next changes; `None` during a pause.
    pub minute_at: Option<Timestamp>,
    /// The cue of the prompt that the therapist wants to practise.
    pub intention: Option<String>,
    /// The stretches in which no timed prompt comes.
    pub quiet: Vec<(Offset, Offset)>,
    /// The stretches, from now on, in each of which one timed prompt may come.
    pub may: Vec<(Offset, Offset)>,
    /// The stretches in which nothing was allowed to come; the last may still be going on, and then ends now.
    pub silences: Vec<(Offset, Offset)>,
    /// The moments that the therapist can declare.
    pub moments: Vec<Moment>,
    /// What has come so far.
    pub marks: Vec<Mark>,
    /// The prompt that is due.
    pub cue: Option<Card>,
    /// What silences prompts.
    pub silence: Silence,
    /// Whether a screen is shared, so that the client may see what is in a browser window.
    pub sharing: bool,
    /// How long the computer slept, while the question whether the session went on is open.
    pub question: Option<Message>,
    /// Whether the question is open whether the session is over, because the call seems to be.
    pub over: bool,
    /// Whether the question is open whether a new session begins, because another call has begun.
    pub another: bool,
    /// The checklist items of this phase.
    pub checklist: Vec<Row>,
    /// A prompt that the therapist has just banned, so that they can undo it.
    pub banned: Option<Banned>,
    /// The length that an extension would give, in minutes; `None` if no extension is possible.
    pub extended: Option<u16>,
}

/// What silences prompts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// Nothing.
    None,
    /// A hold, with its text.
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

/// A finished showing of a prompt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Mark {
    /// When it came.
    pub at: Offset,
    /// Its cue.
    pub cue: String,
    /// How it ended.
    pub outcome: Message,
}

/// A checklist item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Row {
    /// The id, for ticking it.
    pub id: String,
    /// Its label.
    pub label: String,
    /// A longer explanation.
    pub explanation: String,
    /// Whether it is ticked.
    pub done: bool,
}

/// A banned prompt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Banned {
    /// The id, for letting it come again.
    pub id: String,
    /// Its cue.
    pub cue: String,
}

/// The summary of a finished session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Ended {
    /// How long it was, in whole minutes.
    pub minutes: u64,
    /// The prompts that came.
    pub marks: Vec<Mark>,
    /// Whether it ended by itself because it was left running.
    pub by_itself: bool,
    /// Whether the therapist can still go on with it.
    pub may_go_on: bool,
    /// The items to do now.
    pub checklist: Vec<Row>,
}
