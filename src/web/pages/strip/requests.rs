//! What the strip asks of the background, or of the demo in its place.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::KeyboardEvent;

use super::Page;
use attune::engine::Input;
use attune::engine::view::Strip;
use attune::hour::session::Answer;
use attune_toolkit::background::{self, RequestError};
use attune_toolkit::browser;
use attune_toolkit::keys::Keys;

impl Page {
    /// Asks for the picture, or sends again what could not be sent.
    pub fn ask_again(self: &Rc<Self>) {
        let input = self.unsent.take().unwrap_or(Input::Look);
        self.send(input);
    }

    /// Sends again what could not be sent, if there is anything.
    pub fn try_again(self: &Rc<Self>) {
        if let Some(input) = self.unsent.take() {
            self.send(input);
        }
    }

    /// Sends an input and draws what comes of it.
    pub fn send(self: &Rc<Self>, input: Input) {
        if let Some(demo) = &self.demo {
            return browser::report(self.draw_demo(demo, &input));
        }
        let page = self.clone();
        spawn_local(async move {
            match page.background.take(&input, None).await {
                Ok(answer) if answer.last => browser::report(page.draw(answer.state.view)),
                Ok(_) | Err(RequestError::Gone) => {}
                Err(RequestError::Unanswered(_) | RequestError::Failed(_) | RequestError::Unexpected) => {
                    page.unsent.replace(Some(input));
                }
            }
        });
    }

    /// Asks which keys the cue can be answered with.
    pub fn ask_for_keys(self: &Rc<Self>) {
        let page = self.clone();
        spawn_local(async move {
            if let Ok(shortcuts) = background::shortcuts().await {
                page.keys.replace(Keys::new(shortcuts));
            }
        });
    }

    /// Does what a button is for.
    pub fn press(self: &Rc<Self>, what: &str) {
        // The demo answers at once, and then what is shown must not be borrowed.
        let input = input(what, &self.shown.borrow());
        if let Some(input) = input {
            self.send(input);
        }
    }

    /// Keys for the card, while the strip itself has the focus. The keys of the browser's commands work at any time.
    pub fn key(self: &Rc<Self>, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || !matches!(*self.shown.borrow(), Strip::Card(_)) {
            return;
        }
        self.press(match event.key().as_str() {
            "d" | "D" => "did_it",
            "a" | "A" => "already",
            "n" | "N" => "not_now",
            "v" | "V" => "never",
            "Escape" => "close",
            _ => return,
        });
    }

    /// Keeps the words under the pointer on screen a little longer, once.
    pub fn linger(self: &Rc<Self>) {
        let Strip::Words { number, .. } = *self.shown.borrow() else { return };
        if self.lingered.replace(number) != number {
            self.send(Input::Linger(number));
        }
    }
}

/// What the button named `what` asks for.
fn input(what: &str, shown: &Strip) -> Option<Input> {
    let number = match shown {
        Strip::Dot { number } | Strip::Words { number, .. } => Some(*number),
        Strip::Card(card) => Some(card.number),
        Strip::Clear | Strip::Notice(_) | Strip::Question { .. } | Strip::Over | Strip::Another => None,
    };
    match what {
        "open" => number.map(Input::Open),
        "close" => number.map(Input::Close),
        "did_it" => number.map(|number| Input::Answer { number, answer: Answer::DidIt }),
        "already" => number.map(|number| Input::Answer { number, answer: Answer::Already }),
        "not_now" => number.map(|number| Input::Answer { number, answer: Answer::NotNow }),
        "never" => number.map(|number| Input::Answer { number, answer: Answer::Never }),
        "yes" => Some(Input::CountSleep(true)),
        "no" => Some(Input::CountSleep(false)),
        "over" => Some(Input::ConfirmEnd(true)),
        "keep_on" => Some(Input::ConfirmEnd(false)),
        "start_next" => Some(Input::StartNext(background::seed())),
        _ => None,
    }
}
