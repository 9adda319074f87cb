//! One cue to try the strip with, before there has been any session. Nothing here waits for a clock: the dot stays
//! until it is looked at, and the words until they are answered. A sample, which is for placing the strip, never goes.

use std::cell::Cell;

use attune::deck::Kind;
use attune::engine::Input;
use attune::engine::view::{Card, Strip};
use attune::messages::DemoStep;
use attune::text::Message;
use attune_toolkit::words;

/// The number of the only showing.
const NUMBER: u32 = 1;

/// The cue to try.
pub struct Demo {
    step: Cell<DemoStep>,
    /// Where it starts and comes back to, if it is a sample.
    sample: Cell<Option<DemoStep>>,
}

impl Demo {
    /// A cue to be tried, or a sample.
    pub fn new(sample: bool) -> Demo {
        let sample = sample.then_some(DemoStep::Words);
        Demo { step: Cell::new(sample.unwrap_or(DemoStep::Dot)), sample: Cell::new(sample) }
    }

    /// Starts again.
    pub fn begin(&self) {
        self.step.set(self.sample.get().unwrap_or(DemoStep::Dot));
    }

    /// Shows as much of a sample as a cue shows by itself.
    pub fn only_dot(&self, on: bool) {
        let starts = if on { DemoStep::Dot } else { DemoStep::Words };
        if self.sample.get().is_some_and(|before| before != starts) {
            self.sample.set(Some(starts));
            self.begin();
        }
    }

    /// What the strip shows after an input, which does the same as in a session.
    #[allow(clippy::wildcard_enum_match_arm, reason = "inputs that do not answer a cue change nothing here")]
    pub fn take(&self, input: &Input) -> Strip {
        let step = match (input, self.step.get()) {
            (_, DemoStep::Over) => DemoStep::Over,
            (Input::Glance, DemoStep::Dot) => DemoStep::Words,
            (Input::Open(_), _) => DemoStep::Card,
            (Input::Glance | Input::NotNow | Input::Close(_) | Input::Answer { .. }, _) => {
                self.sample.get().unwrap_or(DemoStep::Over)
            }
            (_, step) => step,
        };
        self.step.set(step);
        let cue = || words::text("welcome_cue");
        match step {
            DemoStep::Dot => Strip::Dot { number: NUMBER },
            DemoStep::Words => Strip::Words { number: NUMBER, kind: Kind::Nonverbal, cue: cue() },
            DemoStep::Card => Strip::Card(Card {
                number: NUMBER,
                kind: Kind::Nonverbal,
                cue: cue(),
                text: words::text("welcome_cue_text"),
                say: None,
                why: Message::with("why_turn_first", ["6".to_owned()]),
                reason: None,
                left: Message::with("time_left", ["44".to_owned()]),
                never: true,
            }),
            DemoStep::Over => Strip::Clear,
        }
    }

    /// How far it has come.
    pub fn step(&self) -> DemoStep {
        self.step.get()
    }
}
