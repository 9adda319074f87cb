//! The popup of the toolbar button: what to choose before Start, the running session, and what came of it.
//!
//! There is one listener for each kind of event, for as long as the page lives. A button says in `data-do` what it is
//! for.

mod ended;
mod ready;
mod running;
mod timeline;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlInputElement, MouseEvent};

use super::background::{self, Answer, Line, Place, Reply};
use super::browser::{self, document, window};
use super::dom::{self, Done};
use super::keys::{self, Keys};
use super::timer::Timer;
use super::words;
use crate::engine::Input;
use crate::time::Timestamp;
use crate::view;

struct Popup {
    tab: Cell<Option<i32>>,
    line: Line,
    timer: Timer,
    last: RefCell<Option<Reply>>,
}

/// Fills the page and keeps it right.
pub fn run() -> Done {
    words::localise_page()?;
    let popup = Rc::new_cyclic(|popup: &std::rc::Weak<Popup>| {
        let popup = popup.clone();
        let look = move || {
            if let Some(popup) = popup.upgrade() {
                popup.send(Input::Look);
            }
        };
        Popup { tab: Cell::default(), line: Line::default(), timer: Timer::new(look), last: RefCell::default() }
    });
    popup.listen()?;
    spawn_local(async move {
        popup.tab.set(browser::tab_beside().await);
        popup.send(Input::Look);
        dom::report(keys::draw(&Keys::now().await, ""));
    });
    Ok(())
}

impl Popup {
    fn listen(self: &Rc<Self>) -> Done {
        let page = document();
        let popup = self.clone();
        dom::listen(&page, "click", move |event: MouseEvent| popup.click(&event))?;
        let popup = self.clone();
        dom::listen(&page, "submit", move |event: Event| {
            event.prevent_default();
            popup.start()
        })?;
        dom::listen(&page, "input", |event: Event| if in_form(&event) { ready::chosen(false) } else { Ok(()) })?;
        let popup = self.clone();
        dom::listen(&page, "change", move |event: Event| {
            if in_form(&event) {
                return ready::chosen(true);
            }
            popup.tick(&event);
            Ok(())
        })?;
        let popup = self.clone();
        dom::listen(&page, "visibilitychange", move |_: Event| {
            if !document().hidden() {
                popup.send(Input::Look);
            }
            Ok(())
        })?;
        // Firefox draws a popup before it gives it the focus.
        dom::listen(&window(), "focus", |_: Event| ready::offer_focus())?;
        let popup = self.clone();
        background::on_view(move |view| {
            if popup.line.is_quiet() {
                popup.redraw(view);
            }
        });
        Ok(())
    }

    /// Sends an input and draws what comes of it.
    fn send(self: &Rc<Self>, input: Input) {
        let popup = self.clone();
        spawn_local(async move {
            let answer = popup.line.send(&input, popup.tab.get()).await;
            dom::report(popup.take(answer));
        });
    }

    /// Starts with what is chosen. When the strip stands beside the call, the popup has done its work, and leaves the
    /// process that they share to the strip, which is just being drawn.
    fn start(self: &Rc<Self>) -> Done {
        let Some(choices) = ready::choices()? else { return dom::focus_first("length") };
        let seed = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        let popup = self.clone();
        spawn_local(async move {
            let answer = popup.line.send(&Input::Start { choices, seed }, popup.tab.get()).await;
            dom::report(match answer {
                Ok(Answer { reply, .. }) if is_well(&reply) => browser::close_when_idle(),
                answer => popup.take(answer),
            });
        });
        Ok(())
    }

    fn mount(self: &Rc<Self>) {
        let Some(tab) = self.tab.get() else { return };
        let popup = self.clone();
        spawn_local(async move {
            let answer = popup.line.mount(tab).await;
            dom::report(popup.take(answer));
        });
    }

    fn click(self: &Rc<Self>, event: &MouseEvent) -> Done {
        let Some(button) = dom::nearest(event, "[data-do]") else { return Ok(()) };
        match button.get_attribute("data-do").unwrap_or_default().as_str() {
            "end" => running::ask_to_end(true),
            "keep" => running::ask_to_end(false),
            // The second click of a double click on End is not meant for the button that has come in its place.
            "end_now" if event.detail() > 1 => Ok(()),
            "mount" => {
                self.mount();
                Ok(())
            }
            "keys" => {
                browser::open_key_settings();
                Ok(())
            }
            what => {
                let input = self.last.borrow().as_ref().and_then(|last| running::input(what, &last.view.popup));
                if let Some(input) = input {
                    self.send(input);
                }
                Ok(())
            }
        }
    }

    fn tick(self: &Rc<Self>, event: &Event) {
        let Some(input) = dom::nearest(event, "[data-tick]") else { return };
        let id = input.get_attribute("data-tick").unwrap_or_default();
        let input: HtmlInputElement = input.unchecked_into();
        self.send(Input::Tick { item: id, done: input.checked() });
    }

    /// Takes an answer in.
    fn take(&self, answer: Result<Answer, ()>) -> Done {
        dom::show_by_id("silent", answer.is_err())?;
        match answer {
            Ok(Answer { last: false, .. }) => return Ok(()),
            Ok(Answer { reply, .. }) => drop(self.last.replace(Some(reply))),
            // What has been clicked did not happen.
            Err(()) => {}
        }
        self.draw()
    }

    /// Draws a picture that came unasked.
    fn redraw(&self, view: view::View) {
        if let Some(last) = &mut *self.last.borrow_mut() {
            last.view = view;
            last.problem = None;
        }
        dom::report(self.draw());
    }

    fn draw(&self) -> Done {
        let last = self.last.borrow();
        let Some(reply) = &*last else { return Ok(()) };
        let mut next = reply.view.wake_at;
        dom::keeping_focus(|| {
            match &reply.view.popup {
                view::Popup::Ready(ready) => {
                    if stage("ready")? {
                        ready::fill(ready)?;
                    }
                    ready::draw(reply.open)?;
                }
                view::Popup::Running(running) => {
                    stage("running")?;
                    running::draw(running, reply.strip, reply.open)?;
                    next = sooner(next, running.minute_at);
                }
                view::Popup::Ended(ended) => {
                    stage("ended")?;
                    ended::draw(ended)?;
                }
            }
            notes(reply)
        })?;
        self.timer.at(next);
        ready::offer_focus()
    }
}

/// Whether a session runs with its strip in this tab, and nothing is wrong.
fn is_well(reply: &Reply) -> bool {
    let runs = matches!(reply.view.popup, view::Popup::Running(_));
    runs && reply.strip == Place::Here && reply.problem.is_none() && reply.saved
}

/// Brings the copy of a template on stage, unless it is there already. Says whether it is new.
fn stage(template: &str) -> Done<bool> {
    let stage: Element = dom::by_id("stage")?;
    if stage.get_attribute("data-shows").as_deref() == Some(template) {
        return Ok(false);
    }
    let scene = dom::copy(template)?;
    stage.set_text_content(None);
    stage.append_child(&scene)?;
    dom::attribute(&stage, "data-shows", template)?;
    dom::write_to("about", "")?;
    Ok(true)
}

fn notes(reply: &Reply) -> Done {
    let problem = reply.problem.as_ref().map(words::word);
    dom::write_or_hide("problem", problem.as_deref())?;
    dom::show_by_id("unsaved", !reply.saved)?;
    dom::show_by_id("afresh", reply.afresh)
}

fn sooner(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    one.into_iter().chain(other).min()
}

fn in_form(event: &Event) -> bool {
    dom::nearest(event, "form").is_some()
}
