//! Each view is drawn whole and by difference, when it is shown.

use wasm_bindgen::JsCast;
use web_sys::Element;

use super::route::View;
use super::{NEW, Page};
use crate::open::Open;
use crate::parts::form::Field;
use crate::views::{checklist, compare, decks, pacing, preview, prompts, start, strip, travel};
use attune::engine::offer::Setting;
use attune_toolkit::{Error, dom, words};

impl Page {
    /// Says what was done, or clears it.
    pub fn say(&self, news: String) -> Result<(), Error> {
        self.news.replace(news);
        self.draw_news()
    }

    fn draw_news(&self) -> Result<(), Error> {
        let news = self.news.borrow();
        dom::set_text_by_id("news", &news)?;
        dom::by_id::<Element>("said")?.class_list().toggle_with_force("shown", !news.is_empty())?;
        dom::show_by_id("undo", !news.is_empty() && !self.before.borrow().is_empty())
    }

    /// Draws the current view, and what was done last.
    pub fn draw(&self) -> Result<(), Error> {
        self.draw_news()?;
        // Filling in the choices may be noticed as a change.
        if self.busy.replace(true) {
            return Ok(());
        }
        let drawn = match &*self.open.borrow() {
            Some(open) => self.draw_view(open),
            None => Ok(()),
        };
        self.busy.set(false);
        drawn
    }

    fn draw_view(&self, open: &Open) -> Result<(), Error> {
        self.draw_clinic(open)?;
        if self.editing.borrow().as_deref() != Some(NEW) {
            for id in ["new-prompt", "new-item"] {
                dom::by_id::<Element>(id)?.set_text_content(None);
            }
        }
        let (shown, editing) = (self.shown.get(), self.editing.borrow());
        match self.view.get() {
            View::Prompts => {
                dom::show_by_id("unfit", !open.made.unfit.is_empty())?;
                decks::draw_problems("unfit-problems", &open.made.unfit)?;
                prompts::draw(open, shown, editing.as_deref())?;
                self.lock(&self.section()?)
            }
            View::Checklist => {
                checklist::draw(open, shown, editing.as_deref())?;
                self.lock(&self.section()?)
            }
            View::Pacing => {
                pacing::draw(open)?;
                self.lock(&dom::by_id("profiles-rows")?)?;
                preview::draw(&open.made.deck)
            }
            View::Start => start::draw(open, &self.settings.borrow().usual, &self.policy.borrow()),
            View::Strip => strip::draw(&self.settings.borrow().look),
            View::Decks => {
                self.library(|library| decks::draw(library, &self.summaries))?;
                decks::draw_refused(self.refused.borrow().as_ref())?;
                self.draw_comparison()
            }
            View::All => travel::draw(&self.travel.borrow(), &self.policy.borrow()),
            // These draw themselves.
            View::Keys | View::Sites | View::Resting => Ok(()),
        }
    }

    fn draw_comparison(&self) -> Result<(), Error> {
        let deck = self
            .compared
            .get()
            .and_then(|deck| self.library(|library| library.fitted(deck)).ok().map(|fitted| fitted.file));
        dom::show_by_id("comparison", deck.is_some())?;
        deck.map_or(Ok(()), |deck| compare::draw(&self.shipped, &deck))
    }

    /// Says what a clinic has set, and what is wrong with it.
    fn draw_clinic(&self, open: &Open) -> Result<(), Error> {
        let policy = &open.made.policy;
        let names: Vec<String> = Setting::ALL
            .iter()
            .filter(|(_, setting)| policy.locks(*setting))
            .map(|(name, _)| words::text(&["setting_", name].concat()))
            .collect();
        let by = match policy.locks.by.as_str() {
            "" => words::text("clinic"),
            by => by.to_owned(),
        };
        let said = match names.is_empty() {
            false => words::fill("clinic_locks", &[&by, &names.join(", ")]),
            true => words::fill("clinic_problems", &[&by]),
        };
        dom::set_text_by_id("clinic-says", &said)?;
        decks::draw_problems("clinic-problems", &policy.problems)?;
        dom::show_by_id("clinic", !names.is_empty() || !policy.problems.is_empty())
    }

    /// A locked deck is shown as it is, and nothing in it can be changed.
    pub fn lock(&self, place: &Element) -> Result<(), Error> {
        if !self.policy.borrow().locks(Setting::Deck) {
            return Ok(());
        }
        let fields = place.query_selector_all("input:not([data-search]), textarea, select:not([data-search]), button:not([data-do=open], [data-do=more], [data-do=cancel])")?;
        for field in (0..fields.length()).filter_map(|index| fields.item(index)) {
            field.unchecked_into::<Field>().set_disabled(true);
        }
        Ok(())
    }
}
