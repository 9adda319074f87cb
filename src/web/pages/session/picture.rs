//! What the popup and the panel take in, and how they draw it.

use std::rc::Rc;

use web_sys::Element;

use super::{Offered, Page, Surface, ended, ready, running};
use attune::engine::view::{Popup, View};
use attune::messages::{Beside, State, StripPlace, WINDOW};
use attune::time::Timestamp;
use attune_toolkit::background::{Answer, RequestError};
use attune_toolkit::{Error, browser, dom, words};

impl Page {
    /// Applies an answer.
    pub fn take(&self, answer: Result<Answer, RequestError>) -> Result<(), Error> {
        dom::show_by_id("silent", answer.is_err())?;
        match answer {
            Ok(Answer { last: false, .. }) => return Ok(()),
            Ok(Answer { state, .. }) => {
                if let Some(beside) = &state.beside {
                    self.refused.set(self.refused.get() && beside.closed.is_some());
                    self.beside.replace(beside.clone());
                }
                self.last.replace(Some(state));
            }
            // What was clicked did not happen.
            Err(_) => {}
        }
        self.draw()
    }

    /// Applies an answer that concerned a place other than the one beside this page, if `place` is one.
    pub fn take_beside(self: &Rc<Self>, answer: Result<Answer, RequestError>, place: Option<i32>) -> Result<(), Error> {
        let before = self.beside.borrow().clone();
        self.take(answer)?;
        if place.is_some() {
            let strip = self.beside.borrow().strip;
            self.beside.replace(Beside { strip, ..before });
            self.draw()?;
        }
        Ok(())
    }

    /// Notes which tab has the strip, and says whether that is news.
    pub fn moves(&self, home: Option<i32>) -> bool {
        let here = self.front.get().map(|front| front.tab);
        let strip = match home {
            None => StripPlace::Nowhere,
            Some(WINDOW) => StripPlace::Floating,
            Some(home) if Some(home) == here => StripPlace::Here,
            Some(_) => StripPlace::Elsewhere,
        };
        let mut beside = self.beside.borrow_mut();
        std::mem::replace(&mut beside.strip, strip) != strip
    }

    /// Draws a picture that came without being asked for.
    pub fn redraw(&self, view: View) {
        if let Some(last) = &mut *self.last.borrow_mut() {
            last.view = view;
            last.problem = None;
        }
        browser::report(self.draw());
    }

    fn draw(&self) -> Result<(), Error> {
        let last = self.last.borrow();
        let Some(state) = &*last else { return Ok(()) };
        let beside = self.beside.borrow();
        let mut next = state.view.wake_at;
        dom::keeping_focus(|| {
            match &state.view.popup {
                Popup::Ready(ready) => {
                    // A deck that has been changed meanwhile offers other choices.
                    let offered = Offered { profiles: ready.profiles.clone(), skills: ready.skills.clone() };
                    if stage("ready")? || *self.offered.borrow() != offered {
                        self.offered.replace(offered);
                        ready::fill(ready)?;
                    }
                    ready::check(ready)?;
                    match self.surface {
                        Surface::Popup => ready::draw_popup(beside.closed)?,
                        Surface::Panel => ready::draw_panel(self.refused.get())?,
                    }
                    ready::call(&beside.call)?;
                }
                Popup::Running(running) => {
                    self.refused.set(false);
                    if stage("running")? {
                        self.emergency.draw()?;
                    }
                    running::draw(running, &beside)?;
                    next = sooner(next, running.minute_at);
                }
                Popup::Ended(ended) => {
                    stage("ended")?;
                    ended::draw(ended)?;
                }
            }
            notes(state)
        })?;
        self.timer.at(next);
        match self.surface {
            Surface::Popup => ready::offer_focus(),
            // Drawing a panel must not take the keyboard from where it is.
            Surface::Panel => Ok(()),
        }
    }
}

/// Brings the copy of a template on stage, unless it is there already. Says whether it is new.
fn stage(template: &str) -> Result<bool, Error> {
    let stage: Element = dom::by_id("stage")?;
    if stage.get_attribute("data-shows").as_deref() == Some(template) {
        return Ok(false);
    }
    let scene = dom::clone_template(template)?;
    stage.set_text_content(None);
    stage.append_child(&scene)?;
    dom::set_attribute(&stage, "data-shows", template)?;
    dom::set_text_by_id("about", "")?;
    Ok(true)
}

fn notes(state: &State) -> Result<(), Error> {
    let problem = state.problem.as_ref().map(words::message);
    dom::set_text_or_hide("problem", problem.as_deref())?;
    dom::show_by_id("unsaved", !state.saved)?;
    dom::show_by_id("afresh", state.afresh)
}

fn sooner(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    one.into_iter().chain(other).min()
}
