//! Every step makes new settings from the current ones, and can be undone.

use std::rc::Rc;

use super::Page;
use attune::deck::Problem;
use attune::deck::changes::{Changes, apply};
use attune::settings::{DeckId, History, Settings};
use attune_toolkit::{Error, background, dom, words};

/// How many steps can be undone.
const STEPS: usize = 50;

impl Page {
    /// Makes new settings from the current ones, shows them, and keeps them.
    pub fn alter(self: &Rc<Self>, said: String, change: impl FnOnce(&mut Settings)) -> Result<(), Error> {
        let before = self.settings.borrow().clone();
        let mut next = before.clone();
        change(&mut next);
        // Settings that come back, or come from another computer, bring their own history.
        next.history = History::following(&before.history, &next.history, background::seed());
        let mut steps = self.before.borrow_mut();
        steps.push(before);
        if steps.len() > STEPS {
            steps.remove(0);
        }
        drop(steps);
        self.settings.replace(next);
        self.news.replace(said);
        self.refused.take();
        self.work_out();
        self.keep();
        let focused = dom::focused();
        self.draw()?;
        // What had the focus may be gone: continue at the top of the view.
        match focused.filter(|focused| !dom::is_on_screen(focused)) {
            Some(_) => dom::focus(&dom::find(&self.section()?, "h2")?),
            None => Ok(()),
        }
    }

    /// The same for changes to the deck in use. If the deck cannot take a change, this says so and changes nothing.
    pub fn alter_changes(self: &Rc<Self>, said: String, change: impl FnOnce(&mut Changes)) -> Result<(), Error> {
        let Some((deck, mut changes)) = self.open.borrow().as_ref().map(|open| (open.made.id, open.changes.clone()))
        else {
            return Ok(());
        };
        change(&mut changes);
        let wrong = self.wrong(&changes, "prompts");
        if let Some(problem) = wrong.first() {
            self.say(words::message(&problem.message))?;
            return self.draw();
        }
        self.alter(said, |settings| settings.change(deck, changes))
    }

    pub fn undo(self: &Rc<Self>) -> Result<(), Error> {
        let Some(before) = self.before.borrow_mut().pop() else { return Ok(()) };
        self.editing.take();
        self.alter(words::text("options_undone"), |settings| *settings = before)?;
        // An undo cannot be undone.
        self.before.borrow_mut().pop();
        self.draw()
    }

    /// What is wrong with changes at a place in them, or with all that is left of the deck.
    pub fn wrong(&self, changes: &Changes, place: &str) -> Vec<Problem> {
        if let Some(problem) = changes.too_many() {
            return vec![problem];
        }
        let id = self.open.borrow().as_ref().map_or(DeckId::Shipped, |open| open.made.id);
        let told = self.library(|library| apply(&library.file(id)?, changes)).err().unwrap_or_default();
        // Mistakes in other rows were there before and are not this row's.
        let here =
            |problem: &Problem| problem.place.starts_with(place) && !(place == "prompts" && problem.place != place);
        told.into_iter().filter(|problem| here(problem) || problem.place.is_empty()).collect()
    }
}
