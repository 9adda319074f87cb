//! What can happen to the engine.

use serde::{Deserialize, Serialize};

use crate::engine::memory::Choices;
use crate::hour::session::Answer;

/// What a surface asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// Nothing but the view: a wake-up, or a surface that has just opened.
    Look,
    /// Start a session.
    Start {
        /// What was chosen.
        choices: Choices,
        /// What makes this session's timing its own.
        seed: u32,
    },
    /// Start a session as Start offers it, where she has allowed that. The number makes its timing its own.
    StartAutomatically(u32),
    /// A call has begun beside which the session runs.
    CallBegan,
    /// It has probably ended.
    CallOver,
    /// It has not ended after all.
    CallBack,
    /// The answer to the question whether the session is over, because the call seems to be.
    ConfirmEnd(bool),
    /// The glance key.
    Glance,
    /// The not-now key.
    NotNow,
    /// The hold key: five minutes of quiet, or the end of a hold.
    HoldKey,
    /// The hide key: hides the strip, or lets it come back.
    HideKey,
    /// The sharing key: says that her screen is shared, or that it is not.
    SharingKey,
    /// The key for what can happen: the deck's first moment that is no crisis.
    MomentKey,
    /// The crisis key: silences everything, with what the deck has to say in a crisis, or ends that.
    CrisisKey,
    /// An answer to a showing.
    Answer {
        /// The number of the showing.
        number: u32,
        /// The answer.
        answer: Answer,
    },
    /// Open the card of a showing.
    Open(u32),
    /// Close the card of a showing.
    Close(u32),
    /// The pointer has come to the words of a showing.
    Linger(u32),
    /// Silence for so many minutes, or to the end if there is no number.
    Hold(Option<u16>),
    /// End a hold.
    Release,
    /// Silence everything but the clock, or end that.
    Crisis(bool),
    /// Pause or resume.
    Pause(bool),
    /// Hide the strip or let it come back.
    Hide(bool),
    /// The guard has noticed that a share has begun, or that the last one is over.
    ShareDetected(bool),
    /// Her own word: her screen is shared, or nothing is.
    ShareDeclared(bool),
    /// Extend to so many minutes in all.
    ExtendTo(u16),
    /// One of the deck's moments has come, by the id of its prompt.
    Moment(String),
    /// Tick or untick a checklist item: before the call in the ready check, during the session, after its end.
    Tick {
        /// The id of the item.
        item: String,
        /// Whether it is done.
        done: bool,
    },
    /// Whether the session went on while the computer slept.
    CountSleep(bool),
    /// Let a prompt come again that was never to, or that rests, by its id.
    Allow(String),
    /// End the session.
    End,
    /// Put away the picture of the session that has ended.
    Dismiss,
}
