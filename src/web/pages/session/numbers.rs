//! The emergency card: the therapist's own numbers, kept on this computer under a key of their own, and never a
//! client's. The panel edits them; whoever is in a crisis hold sees them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlInputElement};

use attune::wire;
use attune_toolkit::browser;
use attune_toolkit::dom::{self, Done};
use attune_toolkit::words;

/// Where the card is stored.
const KEY: &str = "emergency";

/// More than this is a phone book, not a card.
const MOST: usize = 6;

/// One line of the card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Number {
    label: String,
    number: String,
}

impl Number {
    fn is_empty(&self) -> bool {
        self.label.trim().is_empty() && self.number.trim().is_empty()
    }
}

/// The card as it is kept, and as it is being edited.
#[derive(Default)]
pub struct Numbers {
    /// With what is still being written, such as a line without a number.
    lines: RefCell<Vec<Number>>,
    /// What has just been removed, and from where.
    removed: RefCell<Option<(usize, Number)>>,
    /// What this page has written last, and how often it is just writing.
    written: RefCell<String>,
    writing: Cell<u32>,
}

impl Numbers {
    /// Reads the card, and reads it again whenever another page has changed it.
    pub fn run(self: &Rc<Self>) {
        self.load();
        let numbers = self.clone();
        browser::on_stored("emergency", move || numbers.load());
    }

    fn load(self: &Rc<Self>) {
        let numbers = self.clone();
        spawn_local(async move {
            let stored = browser::recall(KEY).await;
            let stored = stored.unwrap_or_default();
            // What this page has kept itself stands here already, and may have been written on since.
            if numbers.writing.get() == 0 && *numbers.written.borrow() != stored {
                numbers.lines.replace(wire::read(&stored).unwrap_or_default());
                numbers.written.replace(stored);
            }
            dom::report(numbers.draw());
        });
    }

    fn kept(&self) -> Vec<Number> {
        self.lines.borrow().iter().filter(|line| !line.is_empty()).cloned().collect()
    }

    fn save(self: &Rc<Self>) {
        let text = wire::write(&self.kept());
        if *self.written.borrow() == text {
            return;
        }
        self.written.replace(text.clone());
        self.writing.set(self.writing.get() + 1);
        let numbers = self.clone();
        spawn_local(async move {
            // A card that cannot be kept stands here as long as the page does.
            let _ = browser::keep(KEY, &text).await;
            numbers.writing.set(numbers.writing.get() - 1);
        });
    }

    /// Draws the card where the page has it: to read, and to edit.
    pub fn draw(&self) -> Done {
        self.draw_card()?;
        self.draw_form()
    }

    fn draw_card(&self) -> Done {
        let Some(list) = dom::maybe::<Element>("numbers") else { return Ok(()) };
        let kept = self.kept();
        for (row, line) in dom::rows(&list, "number", kept.len())?.iter().zip(&kept) {
            dom::write(&dom::find::<Element>(row, ".who")?, &line.label);
            dom::write(&dom::find::<Element>(row, ".digits")?, &line.number);
        }
        dom::show(&list, !kept.is_empty())?;
        dom::show_by_id("numbers-none", kept.is_empty())
    }

    fn draw_form(&self) -> Done {
        let Some(list) = dom::maybe::<Element>("card-lines") else { return Ok(()) };
        let lines = self.lines.borrow();
        for (row, (index, line)) in dom::rows(&list, "card-line", lines.len())?.iter().zip(lines.iter().enumerate()) {
            let place = (index + 1).to_string();
            for (field, text, name) in [("label", &line.label, "card_label"), ("number", &line.number, "card_number")] {
                let input: HtmlInputElement = dom::find(row, &["[data-card=", field, "]"].concat())?;
                if input.value() != *text {
                    input.set_value(text);
                }
                dom::attribute(&input, "aria-label", &words::fill(name, &[&place]))?;
            }
            let name = if line.label.is_empty() { &place } else { &line.label };
            let remove: Element = dom::find(row, "button")?;
            dom::attribute(&remove, "aria-label", &words::fill("card_remove", &[name]))?;
            dom::attribute(&remove, "data-line", &index.to_string())?;
        }
        dom::show_by_id("card-add", lines.len() < MOST)?;
        let removed = self.removed.borrow();
        let said = removed.as_ref().map(|(_, line)| {
            let name = if line.label.is_empty() { &line.number } else { &line.label };
            words::fill("card_removed", &[name])
        });
        dom::write_to("card-removed-words", said.as_deref().unwrap_or_default())?;
        dom::show_by_id("card-removed", said.is_some())
    }

    /// Something was typed. Says whether it was into the card.
    pub fn typed(self: &Rc<Self>, event: &Event, settled: bool) -> Done<bool> {
        if dom::nearest(event, "[data-card]").is_none() {
            return Ok(false);
        }
        let list: Element = dom::by_id("card-lines")?;
        for (row, line) in dom::children(&list).iter().zip(self.lines.borrow_mut().iter_mut()) {
            line.label = dom::find::<HtmlInputElement>(row, "[data-card=label]")?.value();
            line.number = dom::find::<HtmlInputElement>(row, "[data-card=number]")?.value();
        }
        if settled {
            self.save();
            self.draw()?;
        }
        Ok(true)
    }

    /// Carries out what a button of the card is for.
    pub fn click(self: &Rc<Self>, what: &str, button: &Element) -> Done {
        match what {
            "card_add" => {
                self.lines.borrow_mut().push(Number::default());
                self.removed.replace(None);
                self.draw()?;
                let inputs = dom::all("[data-card=label]")?;
                inputs.last().map_or(Ok(()), |input| input.focus())
            }
            "card_remove" => {
                let index = button.get_attribute("data-line").and_then(|line| line.parse().ok()).unwrap_or(usize::MAX);
                let mut lines = self.lines.borrow_mut();
                if index >= lines.len() {
                    return Ok(());
                }
                let line = lines.remove(index);
                drop(lines);
                // There is nothing to miss in an empty line.
                self.removed.replace((!line.is_empty()).then_some((index, line)));
                self.save();
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
                self.save();
                dom::keeping_focus(|| self.draw())
            }
        }
    }
}
