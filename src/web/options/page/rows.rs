//! Rows of the lists: turned on and off, opened, changed, added.

use std::rc::Rc;

use web_sys::{Element, Event, HtmlElement};

use super::route::View;
use super::{NEW, Page};
use crate::parts::form::{self, Field};
use crate::views::{checklist, pacing, prompts};
use attune_toolkit::{Error, dom, words};

impl Page {
    /// Turns a row on or off.
    pub fn turn(self: &Rc<Self>, field: Field) -> Result<(), Error> {
        let Some(row) = field.closest("[data-id]")? else { return Ok(()) };
        let (id, on) = (row.get_attribute("data-id").unwrap_or_default(), field.checked());
        let said = words::fill(if on { "options_turned_on" } else { "options_turned_off" }, &[&self.label(&id)]);
        let is_prompt = self.view.get() == View::Prompts;
        self.alter_changes(
            said,
            |changes| if is_prompt { changes.turn_prompt(&id, on) } else { changes.turn_item(&id, on) },
        )
    }

    /// Opens the form of a row, or closes it.
    pub fn edit(&self, button: &Element, id: String) -> Result<(), Error> {
        if self.editing.borrow().as_deref() == Some(&*id) {
            return self.close_form();
        }
        let Some(row) = button.closest("li")? else { return Ok(()) };
        self.editing.replace(Some(id.clone()));
        self.draw()?;
        self.open_form(&row, Some(&id))
    }

    /// Opens the form of a new row.
    pub fn edit_new(&self) -> Result<(), Error> {
        self.editing.replace(Some(NEW.to_owned()));
        self.draw()?;
        let place: Element = dom::by_id(if self.view.get() == View::Prompts { "new-prompt" } else { "new-item" })?;
        place.set_text_content(None);
        self.open_form(&place, None)
    }

    pub fn open_form(&self, place: &Element, id: Option<&str>) -> Result<(), Error> {
        // The message could cover what is being filled in.
        self.say(String::new())?;
        let open = self.open.borrow();
        let Some(open) = open.as_ref() else { return Ok(()) };
        let is_prompt = self.view.get() == View::Prompts;
        let form = dom::clone_template(if is_prompt { "prompt-form" } else { "item-form" })?;
        place.append_child(&form)?;
        match is_prompt {
            true => prompts::fill(&form, open, id)?,
            false => checklist::fill(&form, open, id)?,
        }
        self.lock(&form)?;
        let first = if is_prompt { "cue" } else { "label" };
        dom::focus(form::field(&form, first)?.as_ref())
    }

    /// Closes the open form, and moves the focus back to where it was opened.
    pub fn close_form(&self) -> Result<(), Error> {
        let editing = self.editing.take();
        for id in ["new-prompt", "new-item"] {
            dom::by_id::<Element>(id)?.set_text_content(None);
        }
        self.draw()?;
        let button = match editing {
            Some(id) if id != NEW => {
                let rows = dom::all::<Element>("[data-view]:not([hidden]) [data-id]")?;
                let row = rows.into_iter().find(|row| row.get_attribute("data-id").as_deref() == Some(&*id));
                row.map(|row| dom::find::<HtmlElement>(&row, "[data-do=open]")).transpose()?
            }
            _ => Some(dom::find::<HtmlElement>(&self.section()?, "[data-own]")?),
        };
        button.map_or(Ok(()), |button| dom::focus(&button))
    }

    /// A form has been filled in.
    pub fn save(self: &Rc<Self>, event: &Event) -> Result<(), Error> {
        let Some(form) = dom::nearest(event, "form") else { return Ok(()) };
        self.save_form(&form)
    }

    /// Applies what a form says, or says in it what is wrong.
    pub fn save_form(self: &Rc<Self>, form: &Element) -> Result<(), Error> {
        let id = form.closest("[data-id]")?.and_then(|row| row.get_attribute("data-id"));
        let found = {
            let open = self.open.borrow();
            let Some(open) = open.as_ref() else { return Ok(()) };
            let saved = match (form.get_attribute("data-form").unwrap_or_default().as_str(), &id) {
                ("prompt", _) => prompts::saved(form, open, id.as_deref())?,
                ("item", _) => checklist::saved(form, open, id.as_deref())?,
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
            None => words::text("options_added"),
        };
        // The form closes, and the focus goes to its row.
        let is_row = form.class_list().contains("form");
        self.alter(said, |settings| settings.change(deck, changes))?;
        if is_row { self.close_form() } else { Ok(()) }
    }

    /// Undoes the changes to a row, except whether it is turned on.
    pub fn as_in_the_deck(self: &Rc<Self>, id: &str) -> Result<(), Error> {
        let said = words::fill("options_back_as_deck", &[&self.label(id)]);
        let is_prompt = self.view.get() == View::Prompts;
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
}
