//! One cue to try the strip on, before there has been any session. Nothing here waits for a clock: the dot stays until
//! it is looked at, and the words until they are answered. A sample, by which the strip is hung, never goes.

use std::cell::Cell;

use attune::deck::Kind;
use attune::engine::Input;
use attune::engine::view::{Card, Strip};
use attune::text::Message;
use attune_toolkit::words;

/// The one showing there is.
const NUMBER: u32 = 1;

/// How far a person is with the cue.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Dot,
    Words,
    Card,
    Over,
}

/// The cue to try.
pub struct Demo {
    step: Cell<Step>,
    /// Where it starts, if it is a sample, and comes back to.
    sample: Cell<Option<Step>>,
}

impl Demo {
    /// A cue to be tried, or a sample.
    pub fn new(sample: bool) -> Demo {
        let sample = sample.then_some(Step::Words);
        Demo { step: Cell::new(sample.unwrap_or(Step::Dot)), sample: Cell::new(sample) }
    }

    /// Starts anew.
    pub fn begin(&self) {
        self.step.set(self.sample.get().unwrap_or(Step::Dot));
    }

    /// Whether it hangs in a window, as in a call.
    pub fn is_sample(&self) -> bool {
        self.sample.get().is_some()
    }

    /// Shows as much of a sample as a cue shows by itself.
    pub fn only_dot(&self, on: bool) {
        let starts = if on { Step::Dot } else { Step::Words };
        if self.sample.get().is_some_and(|before| before != starts) {
            self.sample.set(Some(starts));
            self.begin();
        }
    }

    /// What the strip shows after an input, which does what it would do in a session.
    #[allow(clippy::wildcard_enum_match_arm, reason = "what is no answer to a cue changes nothing here")]
    pub fn take(&self, input: &Input) -> Strip {
        let step = match (input, self.step.get()) {
            (_, Step::Over) => Step::Over,
            (Input::Glance, Step::Dot) => Step::Words,
            (Input::Open(_), _) => Step::Card,
            (Input::Glance | Input::NotNow | Input::Close(_) | Input::Answer { .. }, _) => {
                self.sample.get().unwrap_or(Step::Over)
            }
            (_, step) => step,
        };
        self.step.set(step);
        let cue = || words::say("welcome_cue");
        match step {
            Step::Dot => Strip::Dot { number: NUMBER },
            Step::Words => Strip::Words { number: NUMBER, kind: Kind::Nonverbal, cue: cue() },
            Step::Card => Strip::Card(Card {
                number: NUMBER,
                kind: Kind::Nonverbal,
                cue: cue(),
                text: words::say("welcome_cue_text"),
                say: None,
                why: Message::with("why_turn_first", ["6".to_owned()]),
                reason: None,
                left: Message::with("time_left", ["44".to_owned()]),
                never: true,
            }),
            Step::Over => Strip::Clear,
        }
    }

    /// The name of the step, by which the page around the strip knows what to say.
    pub fn step(&self) -> &'static str {
        match self.step.get() {
            Step::Dot => "dot",
            Step::Words => "words",
            Step::Card => "card",
            Step::Over => "over",
        }
    }
}
