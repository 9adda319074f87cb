//! What a session is made of: what was chosen, what is on screen, what became of it.

use serde::{Deserialize, Serialize};

use crate::deck::SessionKind;
use crate::hour::fading::Lesson;
use crate::hour::pacing::Cause;
use crate::hour::table::Row;
use crate::text::Message;
use crate::time::{Offset, Span, Timestamp};

/// What was chosen at Start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// The planned length in minutes.
    pub minutes: u16,
    /// The kind of session.
    pub kind: SessionKind,
    /// The profile.
    pub profile: Row,
    /// What makes this session's timing its own.
    pub seed: u32,
    /// The prompt that the therapist wants to practise.
    pub intention: Option<Row>,
}

/// What the therapist says to a prompt.
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
    /// It was answered.
    Answered(Answer),
    /// Its words were there and went.
    Faded,
    /// Its dot went without the words having been asked for.
    Unread,
    /// A hold, a pause or a sleep cut it short.
    Silenced,
    /// Its checklist item was ticked.
    Ticked,
}

impl Outcome {
    /// What it teaches, unless it was cut short.
    pub const fn lesson(self) -> Option<Lesson> {
        match self {
            Outcome::Answered(Answer::DidIt | Answer::NotNow) => Some(Lesson::Wanted),
            Outcome::Answered(Answer::Already) => Some(Lesson::Already),
            Outcome::Faded | Outcome::Unread => Some(Lesson::Ignored),
            Outcome::Answered(Answer::Never) | Outcome::Silenced | Outcome::Ticked => None,
        }
    }
}

/// One showing that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The prompt.
    pub prompt: Row,
    /// When its dot came.
    pub at: Offset,
    /// How it ended.
    pub outcome: Outcome,
}

/// How much of a prompt is on screen, and until when.
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
    /// Its number in this session, from 1. An answer names it, so that a late or repeated one does nothing.
    pub number: u32,
    /// The prompt.
    pub prompt: Row,
    /// What brought it.
    pub cause: Cause,
    /// When its dot came.
    pub since: Offset,
    /// Until when it is worth turning into words.
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
    /// Until a moment of session time.
    Until(Offset),
    /// Until the session ends.
    ToTheEnd,
}

/// Whether a screen, window or tab is shared, and who says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharing {
    /// The guard beside the call has noticed it.
    pub noticed: bool,
    /// She has said so herself.
    pub said: bool,
}

impl Sharing {
    /// Whether anybody says so.
    pub const fn is_on(self) -> bool {
        self.noticed || self.said
    }
}

/// Whether it is asked if the session is over, because the call beside it seems to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// The call runs, as far as anybody knows.
    #[default]
    No,
    /// It is asked, since then.
    Asked(Offset),
    /// She has said that the session goes on.
    KeptOn,
}

/// A stretch in which nobody woke the session, and the question about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// When it was noticed.
    pub at: Offset,
    /// How long it was.
    pub length: Span,
}

/// A few words on the strip that are not a prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What it says; without words, it is the time left.
    pub message: Option<Message>,
    /// When it goes, by the wall clock: a notice goes in a pause too.
    pub until: Timestamp,
}

/// What a session wants remembered after it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A prompt came.
    Came(usize),
    /// A showing ended and taught something.
    Taught(usize, Lesson),
    /// A prompt is never to come again.
    Banned(usize),
    /// A prompt may come again after all.
    Allowed(usize),
}

/// What has happened to the call beside a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// A call has begun.
    Began,
    /// The call has probably ended.
    Over,
    /// It has not ended after all.
    Back,
}
