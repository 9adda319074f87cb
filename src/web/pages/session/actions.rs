//! What a click, a key or a change does in the popup and in the panel.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent, MouseEvent};

use super::{Page, checklist, moments, ready, running};
use attune::engine::Input;
use attune::engine::view::Popup;
use attune::messages::WINDOW;
use attune_toolkit::browser::tabs;
use attune_toolkit::{Error, background, dom};

impl Page {
    pub fn click(self: &Rc<Self>, event: &MouseEvent) -> Result<(), Error> {
        if let Some(button) = dom::nearest(event, "[data-moment]") {
            self.send(Input::Moment(button.get_attribute("data-moment").unwrap_or_default()));
            return Ok(());
        }
        let Some(button) = dom::nearest(event, "[data-do]") else { return Ok(()) };
        match button.get_attribute("data-do").unwrap_or_default().as_str() {
            "end" => running::ask_to_end(true)?,
            "keep" => running::ask_to_end(false)?,
            // The second click of a double click on End is not meant for the button that has taken its place.
            "end_now" if event.detail() > 1 => {}
            // An arrow key that goes from length to length must not leave the list.
            "other" if event.detail() == 0 => {}
            "other" => ready::type_length()?,
            "notice" => self.ask_for_site(),
            "mount" => self.mount(None),
            "float" => self.mount(Some(WINDOW)),
            "start_floating" => self.start(Some(WINDOW))?,
            "start_next" => self.begin(Input::StartNext(background::seed()), None),
            "go_on" => self.begin(Input::GoOn, None),
            page @ ("options" | "options#keys" | "options#resting" | "options#sites" | "welcome") => {
                tabs::open_page(page)?
            }
            "panel" => self.open_panel(),
            what @ ("card_add" | "card_remove" | "card_undo") => self.emergency.click(what, &button)?,
            what => self.ask(what),
        }
        Ok(())
    }

    /// Something was typed, chosen or ticked; `settled` once it is no longer being typed.
    pub fn change(self: &Rc<Self>, event: &Event, settled: bool) -> Result<(), Error> {
        if self.emergency.typed(event, settled)? {
            return Ok(());
        }
        if let Some(input) = dom::nearest(event, "[data-tick]") {
            if settled {
                let item = input.get_attribute("data-tick").unwrap_or_default();
                let input: HtmlInputElement = input.unchecked_into();
                self.send(Input::Tick { item, done: input.checked() });
            }
            return Ok(());
        }
        if dom::nearest(event, "form").is_none() {
            return Ok(());
        }
        ready::chosen(settled)?;
        match self.last.borrow().as_ref().map(|last| &last.view.popup) {
            Some(Popup::Ready(ready)) => {
                ready::suit(&ready.skills)?;
                ready::check(ready)
            }
            _ => Ok(()),
        }
    }

    /// The panel's own keys, while it has the focus and nothing is being typed.
    pub fn key(self: &Rc<Self>, event: &KeyboardEvent) -> Result<(), Error> {
        let writes = dom::nearest(event, "select, input:not([type=checkbox])").is_some();
        if writes || event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat() {
            return Ok(());
        }
        match event.key().as_str() {
            "t" | "T" => checklist::enter()?,
            "d" | "D" => self.ask("did_it"),
            "a" | "A" => self.ask("already"),
            "n" | "N" => self.ask("not_now"),
            "v" | "V" => self.ask("never"),
            "s" | "S" => self.ask("switch"),
            key => {
                if let Some(button) = moments::of_digit(key)? {
                    button.click();
                }
                checklist::step(event)?;
            }
        }
        Ok(())
    }
}
