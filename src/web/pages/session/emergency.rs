//! The emergency card: the therapist's own numbers, stored on this computer under their own key, and never a client's.
//! The panel edits them; popup and panel show them during a crisis hold.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlInputElement};

use attune::engine::stored::Version;
use attune_toolkit::browser::{self, storage};
use attune_toolkit::{Error, dom, words};

/// Where the card is stored.
const KEY: &str = "emergency";

/// More than this is a phone book, not a card.
const MOST: usize = 6;

/// The card as it is stored.
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    version: Version,
    lines: Vec<Line>,
}

/// One line of the card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    label: String,
    number: String,
}

impl Line {
    fn is_empty(&self) -> bool {
        self.label.trim().is_empty() && self.number.trim().is_empty()
    }
}

/// The card as it is stored, and as it is being edited.
#[derive(Default)]
pub struct EmergencyCard {
    /// Including what is still being written, such as a line without a number.
    lines: RefCell<Vec<Line>>,
    /// What has just been removed, and from where.
    removed: RefCell<Option<(usize, Line)>>,
    /// What this page last stored or read.
    stored: RefCell<Vec<Line>>,
    /// How many times it is being stored at the moment.
    storing: Cell<u32>,
}

impl EmergencyCard {
    /// Reads the card, and reads it again whenever another page has changed it.
    pub fn run(self: &Rc<Self>) {
        self.load();
        let card = self.clone();
        storage::on_stored(KEY, move || card.load());
    }

    fn load(self: &Rc<Self>) {
        let card = self.clone();
        spawn_local(async move {
            let stored: Option<Stored> = storage::load(KEY).await.ok().flatten();
            let lines = stored.map_or_else(Vec::new, |card| card.lines);
            // What this page itself has stored is already here, and may have been edited since.
            if card.storing.get() == 0 && *card.stored.borrow() != lines {
                card.lines.replace(lines.clone());
                card.stored.replace(lines);
            }
            browser::report(card.draw());
        });
    }

    /// The lines that are worth storing.
    fn filled(&self) -> Vec<Line> {
        self.lines.borrow().iter().filter(|line| !line.is_empty()).cloned().collect()
    }

    fn store(self: &Rc<Self>) {
        let lines = self.filled();
        if *self.stored.borrow() == lines {
            return;
        }
        self.stored.replace(lines.clone());
        self.storing.set(self.storing.get() + 1);
        let card = self.clone();
        spawn_local(async move {
            // A card that cannot be stored stays here as long as the page is open.
            let _ = storage::store(KEY, &Stored { version: Version, lines }).await;
            card.storing.set(card.storing.get() - 1);
        });
    }

    /// Draws the card wherever the page has it: to read, and to edit.
    pub fn draw(&self) -> Result<(), Error> {
        self.draw_card()?;
        self.draw_form()
    }

    fn draw_card(&self) -> Result<(), Error> {
        let Some(list) = dom::by_id_if_there::<Element>("numbers") else { return Ok(()) };
        let lines = self.filled();
        for (row, line) in dom::rows(&list, "number", lines.len())?.iter().zip(&lines) {
            dom::set_text(&dom::find::<Element>(row, ".who")?, &line.label);
            dom::set_text(&dom::find::<Element>(row, ".digits")?, &line.number);
        }
        dom::show(&list, !lines.is_empty())?;
        dom::show_by_id("numbers-none", lines.is_empty())
    }

    fn draw_form(&self) -> Result<(), Error> {
        let Some(list) = dom::by_id_if_there::<Element>("card-lines") else { return Ok(()) };
        let lines = self.lines.borrow();
        for (row, (index, line)) in dom::rows(&list, "card-line", lines.len())?.iter().zip(lines.iter().enumerate()) {
            let place = (index + 1).to_string();
            for (field, text, name) in [("label", &line.label, "card_label"), ("number", &line.number, "card_number")] {
                let input: HtmlInputElement = dom::find(row, &["[data-card=", field, "]"].concat())?;
                if input.value() != *text {
                    input.set_value(text);
                }
                dom::set_attribute(&input, "aria-label", &words::fill(name, &[&place]))?;
            }
            let name = if line.label.is_empty() { &place } else { &line.label };
            let remove: Element = dom::find(row, "button")?;
            dom::set_attribute(&remove, "aria-label", &words::fill("card_remove", &[name]))?;
            dom::set_attribute(&remove, "data-line", &index.to_string())?;
        }
        dom::show_by_id("card-add", lines.len() < MOST)?;
        let removed = self.removed.borrow();
        let said = removed.as_ref().map(|(_, line)| {
            let name = if line.label.is_empty() { &line.number } else { &line.label };
            words::fill("card_removed", &[name])
        });
        dom::set_text_by_id("card-removed-words", said.as_deref().unwrap_or_default())?;
        dom::show_by_id("card-removed", said.is_some())
    }

    /// Something was typed. Says whether it was typed into the card.
    pub fn typed(self: &Rc<Self>, event: &Event, settled: bool) -> Result<bool, Error> {
        if dom::nearest(event, "[data-card]").is_none() {
            return Ok(false);
        }
        let list: Element = dom::by_id("card-lines")?;
        for (row, line) in dom::children(&list).iter().zip(self.lines.borrow_mut().iter_mut()) {
            line.label = dom::find::<HtmlInputElement>(row, "[data-card=label]")?.value();
            line.number = dom::find::<HtmlInputElement>(row, "[data-card=number]")?.value();
        }
        if settled {
            self.store();
            self.draw()?;
        }
        Ok(true)
    }

    /// Carries out what a button of the card is for.
    pub fn click(self: &Rc<Self>, what: &str, button: &Element) -> Result<(), Error> {
        match what {
            "card_add" => {
                self.lines.borrow_mut().push(Line::default());
                self.removed.replace(None);
                self.draw()?;
                let inputs = dom::all("[data-card=label]")?;
                inputs.last().map_or(Ok(()), dom::focus)
            }
            "card_remove" => {
                let index = button.get_attribute("data-line").and_then(|line| line.parse().ok()).unwrap_or(usize::MAX);
                let mut lines = self.lines.borrow_mut();
                if index >= lines.len() {
                    return Ok(());
                }
                let line = lines.remove(index);
                drop(lines);
                // Nobody misses an empty line.
                self.removed.replace((!line.is_empty()).then_some((index, line)));
                self.store();
                self.draw()?;
                dom::focus_first("card-undo card-add")
            }
            _ => {
                if let Some((index, line)) = self.removed.take() {
                    let mut lines = self.lines.borrow_mut();
                    let place = index.min(lines.len());
                    lines.insert(place, line);
                    lines.truncate(MOST);
                }
                self.store();
                dom::keeping_focus(|| self.draw())
            }
        }
    }
}
