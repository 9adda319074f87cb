//! What a click, a change or a key does.

use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, FileList, HtmlInputElement, KeyboardEvent, MouseEvent};

use super::route::{View, show};
use super::{Page, ROWS};
use crate::parts::form::Field;
use crate::views::{decks, prompts, resting, start, strip};
use attune::deck::DeckFile;
use attune::deck::changes::{Changes, apply};
use attune::engine::Input;
use attune::settings::{DeckId, Refused, Settings};
use attune_toolkit::{Error, browser, dom, words};

impl Page {
    pub fn click(self: &Rc<Self>, event: &MouseEvent) -> Result<(), Error> {
        let Some(button) = dom::nearest(event, "[data-do]") else { return Ok(()) };
        let deck = decks::deck_of(&button);
        let row = button.closest("[data-id]")?.and_then(|row| row.get_attribute("data-id"));
        match (button.get_attribute("data-do").unwrap_or_default().as_str(), deck, row) {
            ("import", ..) => dom::by_id::<HtmlInputElement>("file")?.click(),
            ("export", Some(deck), _) => {
                decks::export(self.library(|library| library.text(deck).into_owned()), &self.title(deck))?
            }
            ("export-changed", Some(deck), _) => self.export_changed(deck)?,
            ("compare", Some(deck), _) => self.compare(deck)?,
            ("delete", Some(DeckId::Own(number)), _) => {
                let said = words::fill("options_deleted", &[&self.title(DeckId::Own(number))]);
                self.alter(said, |settings| settings.drop_deck(number))?;
            }
            ("undo", ..) => self.undo()?,
            ("hush", ..) => self.say(String::new())?,
            (what @ ("keys-use" | "keys-undo" | "keys-page"), ..) => self.ask_for_keys(self.keys.press(what)?),
            ("allow", _, Some(id)) => {
                let page = self.clone();
                spawn_local(async move { browser::report(page.draw_resting(Input::Allow(id)).await) });
            }
            ("more", ..) => {
                self.shown.set(self.shown.get() + ROWS);
                self.draw()?;
            }
            ("open", _, Some(id)) => self.edit(&button, id)?,
            ("new-prompt" | "new-item", ..) => self.edit_new()?,
            ("cancel", ..) => self.close_form()?,
            ("back", _, Some(id)) => self.as_in_the_deck(&id)?,
            ("drop", _, Some(id)) => {
                let said = words::fill("options_deleted", &[&self.label(&id)]);
                self.editing.take();
                self.alter_changes(said, |changes| changes.take_own(&id))?;
            }
            ("untune", _, Some(id)) => {
                let said = words::fill("options_back_as_deck", &[&self.label(&id)]);
                self.alter_changes(said, |changes| {
                    changes.profiles.remove(id.as_str());
                })?;
            }
            ("take-back", ..) => {
                self.alter_changes(words::text("options_taken_back"), |changes| *changes = Changes::default())?
            }
            ("reset", ..) => self.alter(words::text("options_reset_done"), Settings::reset)?,
            ("sync-take", ..) => self.take_carried()?,
            ("sync-keep", ..) => self.keep_own()?,
            ("sync-forget", ..) => spawn_local(self.clone().forget_carried()),
            _ => {}
        }
        Ok(())
    }

    pub fn change(self: &Rc<Self>, event: &Event) -> Result<(), Error> {
        let fields = "#file, #sync, [name=deck], [name=keys], [name=trigger], [data-ahead], [data-search], [data-turn], [data-tune], [data-usual], [data-look]";
        let Some(field) = dom::nearest(event, fields) else { return Ok(()) };
        if field.id() == "file" {
            let input: HtmlInputElement = field.unchecked_into();
            let files = input.files();
            self.import(files)?;
            // The same file may be chosen again once it is fixed.
            input.set_value("");
            return Ok(());
        }
        if field.id() == "sync" {
            let on = field.unchecked_into::<Field>().checked();
            spawn_local(self.clone().set_travel(on));
            return Ok(());
        }
        if field.has_attribute("data-turn") {
            return self.turn(field.unchecked_into());
        }
        if field.has_attribute("data-tune") {
            let form = field.closest("form")?.ok_or_else(|| Error::missing("form"))?;
            return self.save_form(&form);
        }
        if field.has_attribute("data-usual") {
            let usual = start::chosen()?;
            return self.alter(words::text("options_usual_done"), |settings| settings.usual = usual);
        }
        if field.has_attribute("data-look") {
            let look = strip::chosen()?;
            return self.alter(words::text("look_done"), |settings| settings.look = look);
        }
        if field.has_attribute("data-search") {
            return self.search();
        }
        match field.get_attribute("name").as_deref() {
            Some("deck") => self.choose(decks::deck_of(&field)),
            Some("keys") => self.keys.draw(),
            Some("trigger") => prompts::suit(&field.closest("form")?.ok_or_else(|| Error::missing("form"))?),
            _ => self.draw(),
        }
    }

    pub fn key(self: &Rc<Self>, event: &KeyboardEvent) -> Result<(), Error> {
        let typed = dom::nearest(event, "input:not([type=checkbox], [type=radio]), textarea, select").is_some();
        if event.key() == "z" && (event.ctrl_key() || event.meta_key()) && !event.shift_key() && !typed {
            event.prevent_default();
            return self.undo();
        }
        if event.key() == "Escape" && dom::nearest(event, "form.form").is_some() {
            return self.close_form();
        }
        Ok(())
    }

    pub fn search(&self) -> Result<(), Error> {
        self.shown.set(ROWS);
        self.editing.take();
        self.draw()
    }

    pub fn import(self: &Rc<Self>, files: Option<FileList>) -> Result<(), Error> {
        let Some(file) = files.and_then(|files| files.get(0)) else { return Ok(()) };
        let page = self.clone();
        spawn_local(async move {
            let done = match decks::read(&file).await {
                Ok(text) => page.add(file.name(), text),
                Err(problem) => page.refuse(file.name(), Refused::Broken(vec![problem])),
            };
            browser::report(done.and_then(|()| show(View::Decks)));
        });
        Ok(())
    }

    pub fn add(self: &Rc<Self>, name: String, text: String) -> Result<(), Error> {
        let mut shelf = self.settings.borrow().shelf.clone();
        match shelf.add(text) {
            Ok(number) => {
                let text = shelf.text(number).unwrap_or_default();
                let summary = self.summaries.of(DeckId::Own(number), || DeckFile::from_json(text));
                let title = summary.map_or_else(String::new, |summary| summary.title);
                self.alter(words::fill("options_imported", &[&title]), |settings| settings.shelf = shelf)
            }
            Err(refused) => self.refuse(name, refused),
        }
    }

    /// Says why a file was refused, in place of what was said about the one before.
    fn refuse(&self, name: String, refused: Refused) -> Result<(), Error> {
        self.refused.replace(Some((name, refused)));
        self.say(String::new())?;
        self.draw()
    }

    pub fn choose(self: &Rc<Self>, deck: Option<DeckId>) -> Result<(), Error> {
        let Some(deck) = deck else { return Ok(()) };
        let said = words::fill("options_chosen", &[&self.title(deck)]);
        self.alter(said, |settings| settings.shelf.choose(Some(deck)))
    }

    pub fn export_changed(&self, deck: DeckId) -> Result<(), Error> {
        let changed = self.library(|library| apply(&library.file(deck)?, &library.changes(deck)));
        match changed {
            Ok((file, _)) => decks::export(file.to_json(), &self.title(deck)),
            Err(problems) => {
                self.say(problems.first().map_or_else(String::new, |problem| words::message(&problem.message)))
            }
        }
    }

    pub fn compare(&self, deck: DeckId) -> Result<(), Error> {
        self.compared.set(Some(deck));
        self.draw()?;
        dom::focus(&dom::by_id("comparison-title")?)
    }

    /// Sends an input and then draws the resting prompts.
    pub async fn draw_resting(&self, input: Input) -> Result<(), Error> {
        match self.background.take(&input, None).await {
            Ok(answer) => resting::draw(&answer.state.view.resting),
            Err(_) => Ok(()),
        }
    }

    /// Asks the browser for the keys, once those in `set` have been set.
    pub fn ask_for_keys(self: &Rc<Self>, set: Vec<Promise>) {
        let page = self.clone();
        spawn_local(async move { browser::report(page.keys.ask(set).await) });
    }
}
