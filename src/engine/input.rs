//! What can happen to the engine.

use serde::{Deserialize, Serialize};

use crate::deck::Channel;
use crate::engine::memory::Choices;
use crate::hour::session::{Answer, Key};

/// An input from a surface. One that arrives twice does no harm: it says what it leads to (`Hide(true)`, `ExtendTo`), or
/// names the showing that it means. A key can do neither, because the browser reports only the press; so a press of the
/// same key within [`AGAIN`](crate::hour::session::AGAIN) does nothing, except that those for hiding and sharing only
/// silence then; nor does a moment whose card has just come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// Nothing happened; only the view is wanted: a wake-up, or a surface that has just opened.
    Look,
    /// Start a session.
    Start {
        /// The choices for this session.
        choices: Choices,
        /// The seed that varies the timing from session to session.
        seed: u32,
    },
    /// Start a session with the choices that Start offers, if the therapist has allowed that. The number is the seed.
    StartAutomatically(u32),
    /// The call beside the session has begun.
    CallBegan,
    /// That call has probably ended.
    CallOver,
    /// That call has not ended after all.
    CallBack,
    /// The answer to the question whether the session is over, which is asked when the call seems to be over. *No* also
    /// answers the question whether a new one begins.
    ConfirmEnd(bool),
    /// Another session begins, with the choices that Start offers: the running one ends. The number is the seed.
    StartNext(u32),
    /// Go on with a session that has ended by itself.
    GoOn,
    /// The glance key.
    Glance,
    /// The not-now key.
    NotNow,
    /// The hold key: five minutes of quiet, or the end of the current hold.
    HoldKey,
    /// The hide key: hides the strip, or shows it again.
    HideKey,
    /// The sharing key: the therapist declares that their screen is shared, or that it is not.
    SharingKey,
    /// The sound key: goes on without pictures, or with them again.
    SoundKey,
    /// The moment key: declares the deck's first moment that is not a crisis.
    MomentKey,
    /// The crisis key: silences everything and shows the deck's crisis prompt, or ends the crisis.
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
    /// The pointer is on the words of a showing.
    Linger(u32),
    /// Hold prompts back for this many minutes, or until the end if `None`.
    Hold(Option<u16>),
    /// End a hold.
    Release,
    /// Silence everything but the clock, or end that.
    Crisis(bool),
    /// Pause or resume.
    Pause(bool),
    /// Hide the strip or show it again.
    Hide(bool),
    /// The guard has detected that a share has begun, or that the last one has ended.
    ShareDetected(bool),
    /// The therapist declares that their screen is shared, or that nothing is.
    ShareDeclared(bool),
    /// Extend the session to this many minutes in total.
    ExtendTo(u16),
    /// Go on with or without pictures.
    Switch(Channel),
    /// Declare one of the deck's moments, by the id of its prompt.
    Moment(String),
    /// Tick or untick a checklist item, before (in the ready check), during or after the session.
    Tick {
        /// The id of the item.
        item: String,
        /// Whether it is ticked.
        done: bool,
    },
    /// Whether the session went on while the computer slept.
    CountSleep(bool),
    /// Let a prompt come again that was answered *never* or is resting, by its id.
    Allow(String),
    /// End the session.
    End,
    /// Dismiss the summary of the session that has ended.
    Dismiss,
}

impl Input {
    /// The key that was pressed, if it is a key.
    pub(super) const fn key(&self) -> Option<Key> {
        match self {
            Input::Glance => Some(Key::Glance),
            Input::NotNow => Some(Key::NotNow),
            Input::HoldKey => Some(Key::Hold),
            Input::HideKey => Some(Key::Hide),
            Input::SharingKey => Some(Key::Sharing),
            Input::SoundKey => Some(Key::Sound),
            Input::MomentKey => Some(Key::Moment),
            Input::CrisisKey => Some(Key::Crisis),
            Input::Look
            | Input::Start { .. }
            | Input::StartAutomatically(_)
            | Input::CallBegan
            | Input::CallOver
            | Input::CallBack
            | Input::ConfirmEnd(_)
            | Input::StartNext(_)
            | Input::GoOn
            | Input::Answer { .. }
            | Input::Open(_)
            | Input::Close(_)
            | Input::Linger(_)
            | Input::Hold(_)
            | Input::Release
            | Input::Crisis(_)
            | Input::Pause(_)
            | Input::Hide(_)
            | Input::ShareDetected(_)
            | Input::ShareDeclared(_)
            | Input::ExtendTo(_)
            | Input::Switch(_)
            | Input::Moment(_)
            | Input::Tick { .. }
            | Input::CountSleep(_)
            | Input::Allow(_)
            | Input::End
            | Input::Dismiss => None,
        }
    }
}
