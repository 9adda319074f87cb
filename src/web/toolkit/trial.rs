//! A line that asks for a shortcut to be pressed, and says whether it reached Attune or why not.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Event, KeyboardEvent};

use attune::settings::keys::{COMMANDS, Keyboard};
use attune::settings::presses::{Attempt, Finding, Press};

use crate::browser::{self, commands, document, platform, window};
use crate::keys::Keys;
use crate::timer::Timer;
use crate::{Error, dom, words};

/// How long to wait for the browser to pass a shortcut on before saying that it did not, in ms. It takes some 10; a
/// busy computer takes longer.
const PATIENCE: f64 = 600.0;

/// Where the line is in a page.
const LINE: &str = "keys-try";

/// The line, and what is known about the keys being pressed.
pub struct Trial {
    keys: RefCell<Keys>,
    attempt: RefCell<Attempt>,
    /// What will be said if nothing reaches Attune until the timer ends.
    finding: Rc<RefCell<Option<Finding>>>,
    timer: Timer,
}

impl Trial {
    /// Listens for as long as the page lives.
    ///
    /// # Errors
    /// If the page cannot be listened to.
    pub fn listen() -> Result<Rc<Trial>, Error> {
        let finding: Rc<RefCell<Option<Finding>>> = Rc::default();
        let found = finding.clone();
        let timer = Timer::new(move || {
            if let Some(finding) = found.take() {
                browser::report(say(finding));
            }
        });
        let trial = Rc::new(Trial { keys: RefCell::default(), attempt: RefCell::default(), finding, timer });
        for kind in ["keydown", "keyup"] {
            let trial = trial.clone();
            dom::listen(&document(), kind, move |event: KeyboardEvent| {
                if !event.repeat() {
                    trial.take(&event);
                }
                Ok(())
            })?;
        }
        let this = trial.clone();
        // Keys that come up while another window is in front are not heard.
        dom::listen(&window(), "blur", move |_: Event| {
            this.attempt.take();
            Ok(())
        })?;
        let this = trial.clone();
        commands::on_command(move |command| browser::report(this.works(command)));
        Ok(trial)
    }

    /// Asks for the first of these keys, or for none if it is not set.
    ///
    /// # Errors
    /// If the page has no place for the line.
    pub fn ask(&self, keys: &Keys) -> Result<(), Error> {
        self.finding.take();
        self.keys.replace(keys.clone());
        let key = keys.of(COMMANDS[0].0);
        let asked = Some(words::fill("keys_try", &[&key])).filter(|_| !key.is_empty());
        draw(asked.as_deref(), "")
    }

    fn take(&self, event: &KeyboardEvent) {
        let keys = self.keys.borrow();
        let shortcut = keys.shortcut(COMMANDS[0].0);
        if shortcut.is_empty() {
            return;
        }
        // The names of digits differ by layout; their places do not.
        let key = event.code().strip_prefix("Digit").map_or_else(|| event.key(), str::to_owned);
        let held = [event.ctrl_key(), event.alt_key(), event.shift_key(), event.meta_key()];
        let press = Press { key, held };
        let mut attempt = self.attempt.borrow_mut();
        let found = if event.type_() == "keyup" {
            attempt.up(&press, shortcut)
        } else {
            attempt.down(&press, shortcut, Keyboard::of(&platform()))
        };
        if found.is_some() {
            self.finding.replace(found);
            self.timer.after(PATIENCE);
        }
    }

    fn works(&self, command: &str) -> Result<(), Error> {
        self.finding.take();
        draw(Some(&words::fill("keys_try_works", &[&self.keys.borrow().of(command)])), "works")
    }
}

fn say(finding: Finding) -> Result<(), Error> {
    let said = match finding {
        Finding::Switched => words::text("keys_try_switched"),
        Finding::Letters(letter) => words::fill("keys_try_letters", &[&letter]),
        Finding::Taken => words::text("keys_try_taken"),
        Finding::Other(keys) => words::fill("keys_try_other", &[&keys]),
    };
    draw(Some(&said), "failed")
}

fn draw(said: Option<&str>, how: &str) -> Result<(), Error> {
    dom::set_text_or_hide(LINE, said)?;
    dom::set_attribute(&dom::by_id(LINE)?, "data-found", how)
}
