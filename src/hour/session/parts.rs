//! The parts of a session: the choices at Start, what is on screen, and how each showing ended.

use serde::{Deserialize, Serialize};

use crate::deck::{Channel, SessionKind};
use crate::hour::fading::Lesson;
use crate::hour::pacing::Cause;
use crate::hour::table::Row;
use crate::text::Message;
use crate::time::{Offset, Span, Timestamp};

/// The choices at Start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// The planned length in minutes.
    pub minutes: u16,
    /// The kind of session.
    pub kind: SessionKind,
    /// What the call carries at first.
    #[serde(default, skip_serializing_if = "Channel::is_video")]
    pub channel: Channel,
    /// The profile.
    pub profile: Row,
    /// The seed that varies the timing from session to session.
    pub seed: u32,
    /// The prompt that the therapist wants to practise.
    pub intention: Option<Row>,
}

/// The therapist's answer to a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Did it.
    DidIt,
    /// Already doing it.
    Already,
    /// Not now.
    NotNow,
    /// Never show it again.
    Never,
}

/// How a showing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The therapist answered it.
    Answered(Answer),
    /// Its words were shown and faded.
    Faded,
    /// Its dot went before the therapist asked for the words.
    Unread,
    /// A hold, a pause or a sleep cut it short.
    Silenced,
    /// Its checklist item was ticked.
    Ticked,
}

impl Outcome {
    /// What it teaches, or `None` if it was cut short.
    pub const fn lesson(self) -> Option<Lesson> {
        match self {
            Outcome::Answered(Answer::DidIt | Answer::NotNow) => Some(Lesson::Wanted),
            Outcome::Answered(Answer::Already) => Some(Lesson::Already),
            Outcome::Faded | Outcome::Unread => Some(Lesson::Ignored),
            Outcome::Answered(Answer::Never) | Outcome::Silenced | Outcome::Ticked => None,
        }
    }
}

/// A finished showing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The prompt.
    pub prompt: Row,
    /// When its dot came.
    pub at: Offset,
    /// How it ended.
    pub outcome: Outcome,
}

/// How much of a prompt is on screen, and until when (session time).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// A faint dot.
    Dot(Offset),
    /// The cue.
    Words(Offset),
    /// The cue, the longer text, the reason and the answers.
    Card(Offset),
}

/// The prompt on screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Showing {
    /// Its number in this session, from 1. An answer names it, so a late or repeated answer does nothing.
    pub number: u32,
    /// The prompt.
    pub prompt: Row,
    /// What brought it.
    pub cause: Cause,
    /// When its dot came.
    pub since: Offset,
    /// The last moment at which turning it into words is worthwhile.
    pub until: Offset,
    /// How much of it is on screen.
    pub stage: Stage,
    /// Why it came now.
    pub why: Message,
}

/// How long a hold lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// Until this moment of session time.
    Until(Offset),
    /// Until the session ends.
    ToTheEnd,
}

/// Whether a screen, window or tab is shared, and who says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharing {
    /// The guard beside the call has detected it.
    pub detected: bool,
    /// The therapist has declared it.
    pub declared: bool,
}

impl Sharing {
    /// Whether either says so.
    pub const fn is_on(self) -> bool {
        self.detected || self.declared
    }
}

/// What Attune asks because of what happened to the call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallQuestion {
    /// The call is running, as far as Attune knows.
    #[default]
    NotAsked,
    /// Whether the session is over, because the call seems to be; asked since this moment.
    Over(Offset),
    /// Whether a new session begins, because another call has begun; asked since this moment.
    Another(Offset),
    /// The therapist has said that the session goes on.
    GoesOn,
}

/// A stretch without any wake-up, and the question about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// When the session noticed it.
    pub at: Offset,
    /// How long it was.
    pub length: Span,
}

/// A few words on the strip that are not a prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What it says; `None` stands for the time left.
    pub message: Option<Message>,
    /// When it goes, by the wall clock: notices go during a pause, too.
    pub until: Timestamp,
}

/// What the engine should remember once the session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A prompt came.
    Came(usize),
    /// A showing ended and taught something.
    Taught(usize, Lesson),
    /// A prompt was answered *never*.
    Banned(usize),
    /// A prompt may come again after all.
    Allowed(usize),
}

/// What has happened to the call beside a session. It is sent under the name of the input that says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum CallChange {
    /// A call has begun.
    #[serde(rename = "call_began")]
    Began,
    /// The call has probably ended.
    #[serde(rename = "call_over")]
    Over,
    /// It has not ended after all.
    #[serde(rename = "call_back")]
    Back,
}
