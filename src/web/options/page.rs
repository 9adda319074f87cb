//! The options: what Attune may say and when, which deck says it, what Start offers, and what of it travels.
//!
//! There is one record of [`Settings`]. A click makes a new one out of it, which is shown at once, kept, and made into
//! what the engine goes on with; where that fails, the page goes back to what was kept last. Every step can be undone.
//! Each view is drawn whole and by difference, when it is shown.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, Element, Event, FileList, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

use crate::form::{self, Field};
use crate::open::{Open, Summaries};
use crate::settle::{packed, stored};
use crate::travel::Travel;
use crate::{compare, decks, items, keys, pacing, preview, prompts, resting, sites, start, strip, travel};
use attune::deck::changes::{Changes, apply, fitted, merged};
use attune::deck::{Deck, Problem};
use attune::engine::offer::Setting;
use attune::settings::{DeckId, Library, Policy, Refused, Settings};
use attune::time::Timestamp;
use attune_toolkit::background;
use attune_toolkit::browser::{self, document, window};
use attune_toolkit::dom::{self, Done};
use attune_toolkit::words;

/// Where the settings are stored.
const KEY: &str = "settings";
/// So many rows of a list are shown at first, and so many more at each press.
const ROWS: usize = 100;
/// So many steps can be undone.
const STEPS: usize = 50;
/// The id of a row that is not there yet.
const NEW: &str = "";
/// The parts of the page, one of which is seen at a time; the first is where one begins.
const VIEWS: [&str; 10] =
    ["prompts", "checklist", "pacing", "start", "strip", "keys", "sites", "decks", "resting", "all"];

struct Page {
    shipped: String,
    policy: RefCell<Policy>,
    settings: RefCell<Settings>,
    /// The settings as they were kept last.
    kept: RefCell<Settings>,
    /// What they were before each of the last steps.
    before: RefCell<Vec<Settings>>,
    open: RefCell<Option<Open>>,
    summaries: Summaries,
    travel: RefCell<Travel>,
    keys: keys::View,
    news: RefCell<String>,
    refused: RefCell<Option<(String, Refused)>>,
    view: Cell<&'static str>,
    /// How many rows of the list are shown.
    shown: Cell<usize>,
    /// The id of the row that is being changed.
    editing: RefCell<Option<String>>,
    /// The deck that is compared with the shipped one.
    compared: Cell<Option<DeckId>>,
    keeping: Cell<bool>,
    busy: Cell<bool>,
    sample: Rc<strip::Sample>,
}

/// Fills the page and keeps it right.
pub async fn run(shipped: String, sites: String) -> Done {
    words::localise_page()?;
    sites::run(&sites)?;
    let policy = Policy::read(&browser::managed().await);
    let settings = stored(browser::recall(KEY).await.as_deref()).await;
    let travel = Travel::recall(&policy).await;
    let page = Rc::new(Page {
        shipped,
        kept: RefCell::new(settings.clone()),
        settings: RefCell::new(settings),
        policy: RefCell::new(policy),
        before: RefCell::default(),
        open: RefCell::default(),
        summaries: Summaries::default(),
        travel: RefCell::new(travel),
        keys: keys::View::default(),
        news: RefCell::default(),
        refused: RefCell::default(),
        view: Cell::new(VIEWS[0]),
        shown: Cell::new(ROWS),
        editing: RefCell::default(),
        compared: Cell::default(),
        keeping: Cell::default(),
        busy: Cell::default(),
        sample: strip::run()?,
    });
    page.listen()?;
    page.work_out();
    page.turn_to_address()?;
    page.ask_for_keys(Vec::new());
    match background::resting(None).await {
        Some(resting) => resting::draw(&resting),
        None => Ok(()),
    }
}

impl Page {
    fn listen(self: &Rc<Self>) -> Done {
        let document = document();
        let page = self.clone();
        dom::listen(&document, "click", move |event: MouseEvent| page.click(&event))?;
        let page = self.clone();
        dom::listen(&document, "change", move |event: Event| page.change(&event))?;
        let page = self.clone();
        dom::listen(&document, "input", move |event: Event| {
            if dom::nearest(&event, "[data-search]").is_some() { page.search() } else { Ok(()) }
        })?;
        let page = self.clone();
        dom::listen(&document, "submit", move |event: Event| {
            event.prevent_default();
            page.save(&event)
        })?;
        let page = self.clone();
        dom::listen(&document, "keydown", move |event: KeyboardEvent| page.key(&event))?;
        dom::listen(&document, "dragover", |event: DragEvent| {
            event.prevent_default();
            Ok(())
        })?;
        let page = self.clone();
        dom::listen(&document, "drop", move |event: DragEvent| {
            event.prevent_default();
            page.import(event.data_transfer().and_then(|data| data.files()))
        })?;
        let page = self.clone();
        dom::listen(&window(), "hashchange", move |_: Event| {
            page.turn_to_address()?;
            // A reader of the page is taken to what she has chosen.
            dom::find::<HtmlElement>(&page.section()?, "h2")?.focus()
        })?;
        background::on_resting(|resting| dom::report(resting::draw(&resting)));
        // Whoever comes back from the browser's page for keys finds what was changed there.
        let page = self.clone();
        dom::listen(&window(), "focus", move |_: Event| {
            page.ask_for_keys(Vec::new());
            Ok(())
        })?;
        let page = self.clone();
        browser::on_stored(KEY, move || spawn_local(page.clone().reload()));
        // A clinic's policy changes once in a year.
        browser::on_managed(|| dom::report(window().location().reload()));
        Ok(())
    }

    fn click(self: &Rc<Self>, event: &MouseEvent) -> Done {
        let Some(button) = dom::nearest(event, "[data-do]") else { return Ok(()) };
        let deck = decks::deck_of(&button);
        let row = button.closest("[data-id]")?.and_then(|row| row.get_attribute("data-id"));
        match (button.get_attribute("data-do").unwrap_or_default().as_str(), deck, row) {
            ("import", ..) => dom::by_id::<HtmlInputElement>("file")?.click(),
            ("export", Some(deck), _) => {
                decks::export(self.library(|library| library.text(deck).to_owned()), &self.title(deck))?
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
            ("allow", _, Some(id)) => Self::allow(id),
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
                    changes.profiles.remove(&id);
                })?;
            }
            ("take-back", ..) => {
                self.alter_changes(words::say("options_taken_back"), |changes| *changes = Changes::default())?
            }
            ("reset", ..) => self.alter(words::say("options_reset_done"), Settings::reset)?,
            ("sync-take", ..) => self.take_carried()?,
            ("sync-keep", ..) => self.travel_on(),
            ("sync-forget", ..) => spawn_local(self.clone().forget_carried()),
            _ => {}
        }
        Ok(())
    }

    fn change(self: &Rc<Self>, event: &Event) -> Done {
        let fields = "#file, #sync, [name=deck], [name=keys], [name=trigger], [data-ahead], [data-search], [data-turn], [data-tune], [data-usual], [data-look]";
        let Some(field) = dom::nearest(event, fields) else { return Ok(()) };
        if field.id() == "file" {
            let input: HtmlInputElement = field.unchecked_into();
            let files = input.files();
            self.import(files)?;
            // The same file may be chosen again once it is mended.
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
            let form = field.closest("form")?.ok_or("a field without a form")?;
            return self.save_form(&form);
        }
        if field.has_attribute("data-usual") {
            let usual = start::chosen()?;
            return self.alter(words::say("options_usual_done"), |settings| settings.usual = usual);
        }
        if field.has_attribute("data-look") {
            let look = strip::chosen()?;
            return self.alter(words::say("look_done"), |settings| settings.look = look);
        }
        if field.has_attribute("data-search") {
            return self.search();
        }
        match field.get_attribute("name").as_deref() {
            Some("deck") => self.choose(decks::deck_of(&field)),
            Some("keys") => self.keys.draw(),
            Some("trigger") => prompts::suit(&field.closest("form")?.ok_or("a field without a form")?),
            _ => self.draw(),
        }
    }

    fn key(self: &Rc<Self>, event: &KeyboardEvent) -> Done {
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

    // --- what is done ---

    /// Makes new settings out of those that are there, shows them, and keeps them.
    fn alter(self: &Rc<Self>, said: String, change: impl FnOnce(&mut Settings)) -> Done {
        let before = self.settings.borrow().clone();
        let mut next = before.clone();
        change(&mut next);
        next.changed = Timestamp(js_sys::Date::now() as u64);
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
        // What had the focus may be gone: the reader goes on from the top of the view.
        match focused.filter(|focused| !dom::is_on_screen(focused)) {
            Some(_) => dom::find::<HtmlElement>(&self.section()?, "h2")?.focus(),
            None => Ok(()),
        }
    }

    /// The same for what is changed about the deck in use. What the deck cannot take is said and changes nothing.
    fn alter_changes(self: &Rc<Self>, said: String, change: impl FnOnce(&mut Changes)) -> Done {
        let Some((deck, mut changes)) = self.open.borrow().as_ref().map(|open| (open.made.id, open.changes.clone()))
        else {
            return Ok(());
        };
        change(&mut changes);
        let wrong = self.wrong(&changes, "prompts");
        if let Some(problem) = wrong.first() {
            self.say(words::word(&problem.message))?;
            return self.draw();
        }
        self.alter(said, |settings| settings.change(deck, changes))
    }

    fn undo(self: &Rc<Self>) -> Done {
        let Some(before) = self.before.borrow_mut().pop() else { return Ok(()) };
        self.editing.take();
        self.alter(words::say("options_undone"), |settings| *settings = before)?;
        // What was undone is not to be undone itself.
        self.before.borrow_mut().pop();
        self.draw()
    }

    /// Keeps the settings, and has the engine go on with what is made of them. What was changed while that was on its way
    /// is kept after it.
    fn keep(self: &Rc<Self>) {
        if self.keeping.replace(true) {
            return;
        }
        dom::report(busy(true));
        let page = self.clone();
        spawn_local(async move {
            loop {
                let next = page.settings.borrow().clone();
                if page.try_to_keep(&next).await.is_err() {
                    page.fall_back().await;
                    break;
                }
                page.kept.replace(next);
                if *page.settings.borrow() == *page.kept.borrow() {
                    break;
                }
            }
            page.keeping.set(false);
            if page.travel.borrow().is_on() {
                page.send().await;
            }
            dom::report(busy(page.keeping.get()));
        });
    }

    async fn try_to_keep(&self, settings: &Settings) -> Result<(), ()> {
        let text = packed(settings).await.map_err(drop)?;
        browser::keep(KEY, &text).await.map_err(drop)?;
        background::settle().await
    }

    async fn fall_back(&self) {
        let kept = self.kept.borrow().clone();
        // It fitted before, and there is nothing else that could be done.
        let _ = self.try_to_keep(&kept).await;
        self.settings.replace(kept);
        self.before.borrow_mut().pop();
        self.news.replace(words::say("options_full"));
        self.work_out();
        dom::report(self.draw());
    }

    /// Another page, or another computer, has changed the settings.
    async fn reload(self: Rc<Self>) {
        if self.keeping.get() {
            return;
        }
        let there = stored(browser::recall(KEY).await.as_deref()).await;
        if self.keeping.get() || there == *self.settings.borrow() {
            return;
        }
        self.kept.replace(there.clone());
        self.settings.replace(there);
        self.before.borrow_mut().clear();
        self.news.take();
        self.editing.take();
        self.work_out();
        dom::report(self.draw());
    }

    fn import(self: &Rc<Self>, files: Option<FileList>) -> Done {
        let Some(file) = files.and_then(|files| files.get(0)) else { return Ok(()) };
        let page = self.clone();
        spawn_local(async move {
            let done = match decks::read(&file).await {
                Ok(text) => page.add(file.name(), text),
                Err(said) => page.say(said),
            };
            dom::report(done.and_then(|()| show_view("decks")));
        });
        Ok(())
    }

    fn add(self: &Rc<Self>, name: String, text: String) -> Done {
        let mut shelf = self.settings.borrow().shelf.clone();
        match shelf.add(text) {
            Ok(number) => {
                let text = shelf.text(number).unwrap_or_default().to_owned();
                let summary = self.summaries.of(DeckId::Own(number), &text);
                let title = summary.map_or_else(String::new, |summary| summary.title);
                self.alter(words::fill("options_imported", &[&title]), |settings| settings.shelf = shelf)
            }
            Err(refused) => {
                self.refused.replace(Some((name, refused)));
                self.say(String::new())?;
                self.draw()
            }
        }
    }

    fn choose(self: &Rc<Self>, deck: Option<DeckId>) -> Done {
        let Some(deck) = deck else { return Ok(()) };
        let said = words::fill("options_chosen", &[&self.title(deck)]);
        self.alter(said, |settings| settings.shelf.choose(Some(deck)))
    }

    fn export_changed(&self, deck: DeckId) -> Done {
        let text = self.library(|library| merged(library.text(deck), &library.changes(deck)));
        match text {
            Ok(text) => decks::export(text, &self.title(deck)),
            Err(problems) => {
                self.say(problems.first().map_or_else(String::new, |problem| words::word(&problem.message)))
            }
        }
    }

    fn compare(&self, deck: DeckId) -> Done {
        self.compared.set(Some(deck));
        self.draw()?;
        dom::by_id::<HtmlElement>("comparison-title")?.focus()
    }

    fn allow(id: String) {
        spawn_local(async move {
            if let Some(resting) = background::resting(Some(id)).await {
                dom::report(resting::draw(&resting));
            }
        });
    }

    fn ask_for_keys(self: &Rc<Self>, set: Vec<Promise>) {
        let page = self.clone();
        spawn_local(async move { dom::report(page.keys.ask(set).await) });
    }

    // --- rows ---

    /// Turns a row on or off.
    fn turn(self: &Rc<Self>, field: Field) -> Done {
        let Some(row) = field.closest("[data-id]")? else { return Ok(()) };
        let (id, on) = (row.get_attribute("data-id").unwrap_or_default(), field.checked());
        let said = words::fill(if on { "options_turned_on" } else { "options_turned_off" }, &[&self.label(&id)]);
        let is_prompt = self.view.get() == "prompts";
        self.alter_changes(
            said,
            |changes| if is_prompt { changes.turn_prompt(&id, on) } else { changes.turn_item(&id, on) },
        )
    }

    /// Opens the form of a row, or closes it.
    fn edit(&self, button: &Element, id: String) -> Done {
        if self.editing.borrow().as_deref() == Some(&*id) {
            return self.close_form();
        }
        let Some(row) = button.closest("li")? else { return Ok(()) };
        self.editing.replace(Some(id.clone()));
        self.draw()?;
        self.open_form(&row, Some(&id))
    }

    fn edit_new(&self) -> Done {
        self.editing.replace(Some(NEW.to_owned()));
        self.draw()?;
        let place: Element = dom::by_id(if self.view.get() == "prompts" { "new-prompt" } else { "new-item" })?;
        place.set_text_content(None);
        self.open_form(&place, None)
    }

    fn open_form(&self, place: &Element, id: Option<&str>) -> Done {
        // The message could lie over what is filled in.
        self.say(String::new())?;
        let open = self.open.borrow();
        let Some(open) = open.as_ref() else { return Ok(()) };
        let is_prompt = self.view.get() == "prompts";
        let form = dom::copy(if is_prompt { "prompt-form" } else { "item-form" })?;
        place.append_child(&form)?;
        match is_prompt {
            true => prompts::fill(&form, open, id)?,
            false => items::fill(&form, open, id)?,
        }
        self.lock(&form)?;
        let first = if is_prompt { "cue" } else { "label" };
        form::field(&form, first)?.focus()
    }

    /// Closes the form that is open, and takes the reader back to where it was opened.
    fn close_form(&self) -> Done {
        let editing = self.editing.take();
        for id in ["new-prompt", "new-item"] {
            dom::by_id::<Element>(id)?.set_text_content(None);
        }
        self.draw()?;
        let button = match editing {
            Some(id) if id != NEW => {
                let rows = dom::all("[data-view]:not([hidden]) [data-id]")?;
                let row = rows.into_iter().find(|row| row.get_attribute("data-id").as_deref() == Some(&*id));
                row.map(|row| dom::find::<HtmlElement>(&row, "[data-do=open]")).transpose()?
            }
            _ => Some(dom::find::<HtmlElement>(&self.section()?, "[data-own]")?),
        };
        button.map_or(Ok(()), |button| button.focus())
    }

    /// A form has been filled in.
    fn save(self: &Rc<Self>, event: &Event) -> Done {
        let Some(form) = dom::nearest(event, "form") else { return Ok(()) };
        self.save_form(&form)
    }

    fn save_form(self: &Rc<Self>, form: &Element) -> Done {
        let id = form.closest("[data-id]")?.and_then(|row| row.get_attribute("data-id"));
        let found = {
            let open = self.open.borrow();
            let Some(open) = open.as_ref() else { return Ok(()) };
            let saved = match (form.get_attribute("data-form").unwrap_or_default().as_str(), &id) {
                ("prompt", _) => prompts::saved(form, open, id.as_deref())?,
                ("item", _) => items::saved(form, open, id.as_deref())?,
                ("profile", Some(id)) => pacing::saved(form, open, id)?,
                _ => return Ok(()),
            };
            (saved, open.made.id)
        };
        let ((changes, place), deck) = found;
        let wrong = self.wrong(&changes, &place);
        form::complain(form, &wrong)?;
        if !wrong.is_empty() {
            return Ok(());
        }
        let said = match &id {
            Some(id) => words::fill("options_saved", &[&self.label(id)]),
            None => words::say("options_added"),
        };
        // The form closes, and the reader goes on from its row.
        let is_row = form.class_list().contains("form");
        self.alter(said, |settings| settings.change(deck, changes))?;
        if is_row { self.close_form() } else { Ok(()) }
    }

    fn as_in_the_deck(self: &Rc<Self>, id: &str) -> Done {
        let said = words::fill("options_back_as_deck", &[&self.label(id)]);
        let is_prompt = self.view.get() == "prompts";
        self.editing.take();
        self.alter_changes(said, |changes| {
            let (off, item_off) =
                (changes.prompts.get(id).is_some_and(|it| it.off), changes.items.get(id).is_some_and(|it| it.off));
            if is_prompt {
                changes.prompts.remove(id);
                changes.turn_prompt(id, !off);
            } else {
                changes.items.remove(id);
                changes.turn_item(id, !item_off);
            }
        })
    }

    /// What is wrong with changes at a place in them, or with all that is left of the deck.
    fn wrong(&self, changes: &Changes, place: &str) -> Vec<Problem> {
        let id = self.open.borrow().as_ref().map_or(DeckId::Shipped, |open| open.made.id);
        let told = self.library(|library| apply(library.text(id), changes)).err().unwrap_or_default();
        // What was wrong with another row before is not this one's mistake.
        let here =
            |problem: &Problem| problem.place.starts_with(place) && !(place == "prompts" && problem.place != place);
        told.into_iter().filter(|problem| here(problem) || problem.place.is_empty()).collect()
    }

    fn search(&self) -> Done {
        self.shown.set(ROWS);
        self.editing.take();
        self.draw()
    }

    // --- other computers ---

    async fn set_travel(self: Rc<Self>, on: bool) {
        if !on {
            let _ = travel::keep(false).await;
            self.travel.replace(Travel::off().await);
            return dom::report(self.draw());
        }
        match travel::found().await {
            Some(there) if there != *self.settings.borrow() => {
                let asks = !self.settings.borrow().is_default();
                self.travel.replace(Travel::Asking(Box::new(there)));
                dom::report(if asks { self.draw() } else { self.take_carried() });
            }
            _ => self.travel_on(),
        }
    }

    async fn forget_carried(self: Rc<Self>) {
        self.travel.replace(travel::forget().await);
        dom::report(self.draw());
    }

    /// Settings travel from now on, beginning with these.
    fn travel_on(self: &Rc<Self>) {
        self.travel.replace(Travel::On);
        let page = self.clone();
        spawn_local(async move {
            if travel::keep(true).await.is_err() {
                page.travel.replace(Travel::Off);
            } else {
                page.send().await;
            }
            dom::report(page.draw());
        });
    }

    async fn send(&self) {
        let settings = self.settings.borrow().clone();
        let came = travel::send(&settings).await;
        if self.travel.borrow().is_on() {
            self.travel.replace(came);
            dom::report(self.draw());
        }
    }

    fn take_carried(self: &Rc<Self>) -> Done {
        let Travel::Asking(there) = self.travel.replace(Travel::Off) else { return Ok(()) };
        self.alter(words::say("sync_taken"), |settings| *settings = *there)?;
        self.travel_on();
        Ok(())
    }

    // --- what is known ---

    fn library<T>(&self, ask: impl FnOnce(Library<'_>) -> T) -> T {
        let (settings, policy) = (self.settings.borrow(), self.policy.borrow());
        ask(Library { settings: &settings, policy: &policy, shipped: &self.shipped })
    }

    fn title(&self, deck: DeckId) -> String {
        let summary = self.library(|library| self.summaries.of(deck, library.text(deck)));
        summary.map_or_else(String::new, |summary| summary.title)
    }

    /// What people know a prompt, an item or a profile by.
    fn label(&self, id: &str) -> String {
        let open = self.open.borrow();
        let Some(deck) = open.as_ref().map(|open| &open.listing.deck) else { return String::new() };
        let label = match self.view.get() {
            "prompts" => deck.prompt(id).map(|index| &deck.prompts[index].cue),
            "checklist" => deck.item(id).map(|index| &deck.checklist[index].label),
            _ => deck.profile(id).map(|index| &deck.profiles[index].label),
        };
        label.cloned().unwrap_or_default()
    }

    /// Works out what follows from the settings and the policy.
    fn work_out(&self) {
        let open = Open::of(&self.settings.borrow(), &self.policy.borrow(), &self.shipped);
        self.open.replace(open.ok());
    }

    fn section(&self) -> Done<Element> {
        let found = document().query_selector(&["[data-view=", self.view.get(), "]"].concat())?;
        found.ok_or_else(|| JsValue::from_str("a view without a section"))
    }

    // --- what is shown ---

    /// Says what was done, or nothing.
    fn say(&self, news: String) -> Done {
        self.news.replace(news);
        self.draw_news()
    }

    fn draw_news(&self) -> Done {
        let news = self.news.borrow();
        dom::write_to("news", &news)?;
        dom::by_id::<Element>("said")?.class_list().toggle_with_force("shown", !news.is_empty())?;
        dom::show_by_id("undo", !news.is_empty() && !self.before.borrow().is_empty())
    }

    /// Shows the view that the address names.
    fn turn_to_address(&self) -> Done {
        let hash = window().location().hash()?;
        let view = VIEWS.into_iter().find(|view| hash.strip_prefix('#') == Some(view)).unwrap_or(VIEWS[0]);
        self.view.set(view);
        self.shown.set(ROWS);
        self.editing.take();
        for section in dom::all("[data-view]")? {
            let is_this = section.get_attribute("data-view").as_deref() == Some(view);
            dom::show(&section, is_this)?;
        }
        self.sample.show(view == "strip")?;
        for link in dom::all("nav a")? {
            let is_this = link.get_attribute("href").is_some_and(|href| href.strip_prefix('#') == Some(view));
            if is_this {
                dom::attribute(&link, "aria-current", "page")?
            } else {
                link.remove_attribute("aria-current")?
            }
        }
        self.draw()
    }

    fn draw(&self) -> Done {
        self.draw_news()?;
        // Filling the choices may be heard as a change.
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

    fn draw_view(&self, open: &Open) -> Done {
        self.draw_clinic(open)?;
        if self.editing.borrow().as_deref() != Some(NEW) {
            for id in ["new-prompt", "new-item"] {
                dom::by_id::<Element>(id)?.set_text_content(None);
            }
        }
        let (shown, editing) = (self.shown.get(), self.editing.borrow());
        match self.view.get() {
            "prompts" => {
                dom::show_by_id("unfit", !open.made.unfit.is_empty())?;
                decks::draw_problems("unfit-problems", &open.made.unfit)?;
                prompts::draw(open, shown, editing.as_deref())?;
                self.lock(&self.section()?)
            }
            "checklist" => {
                items::draw(open, shown, editing.as_deref())?;
                self.lock(&self.section()?)
            }
            "pacing" => {
                pacing::draw(open)?;
                self.lock(&dom::by_id("profiles-rows")?)?;
                preview::draw(&open.made.deck)
            }
            "start" => start::draw(open, &self.settings.borrow().usual, &self.policy.borrow()),
            "strip" => strip::draw(&self.settings.borrow().look),
            "decks" => {
                self.library(|library| decks::draw(library, &self.summaries))?;
                decks::draw_refused(self.refused.borrow().as_ref())?;
                self.draw_comparison()
            }
            "all" => travel::draw(&self.travel.borrow(), &self.policy.borrow()),
            _ => Ok(()),
        }
    }

    fn draw_comparison(&self) -> Done {
        let decks = self.compared.get().and_then(|deck| {
            let theirs = self.library(|library| fitted(library.text(deck), &library.changes(deck)));
            Some((Deck::from_json(&self.shipped).ok()?, theirs.ok()?.deck))
        });
        dom::show_by_id("comparison", decks.is_some())?;
        decks.map_or(Ok(()), |(shipped, deck)| compare::draw(&shipped, &deck))
    }

    /// Says what a clinic has set, and what is wrong with it.
    fn draw_clinic(&self, open: &Open) -> Done {
        let policy = &open.made.policy;
        let names: Vec<String> = Setting::ALL
            .iter()
            .filter(|(_, setting)| policy.locks(*setting))
            .map(|(name, _)| words::say(&["setting_", name].concat()))
            .collect();
        let by = match policy.locks.by.as_str() {
            "" => words::say("clinic"),
            by => by.to_owned(),
        };
        let said = match names.is_empty() {
            false => words::fill("clinic_locks", &[&by, &names.join(", ")]),
            true => words::fill("clinic_problems", &[&by]),
        };
        dom::write_to("clinic-says", &said)?;
        decks::draw_problems("clinic-problems", &policy.problems)?;
        dom::show_by_id("clinic", !names.is_empty() || !policy.problems.is_empty())
    }

    /// A locked deck is seen as it is, and nothing in it can be changed.
    fn lock(&self, place: &Element) -> Done {
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

/// Says that something is on its way, to assistive technology too.
fn busy(on: bool) -> Done {
    let Some(root) = document().document_element() else { return Ok(()) };
    if on { dom::attribute(&root, "aria-busy", "true") } else { root.remove_attribute("aria-busy") }
}

fn show_view(view: &str) -> Done {
    window().location().set_hash(view)
}
