//! A session as a therapist has it before her, in the popup and in the side panel: what to choose before Start, the
//! running hour, and what came of it.
//!
//! There is one listener for each kind of event, for as long as the page lives. A button says in `data-do` what it is
//! for. What only one of the two pages shows is drawn where its HTML has a place for it.

mod checklist;
mod ended;
mod moments;
mod numbers;
mod ready;
mod running;
mod timeline;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent, MouseEvent};

use crate::timer::Timer;
use attune::engine::Input;
use attune::engine::view::{self, ProfileChoice, Skill};
use attune::settings::keys::COMMANDS;
use attune::time::Timestamp;
use attune_toolkit::background::{self, Answer, Beside, Calls, Line, Place, Reply, WINDOW};
use attune_toolkit::browser::{self, Front, document, window};
use attune_toolkit::dom::{self, Done};
use attune_toolkit::keys::{self, Keys};
use attune_toolkit::words;
use numbers::Numbers;

/// Which of the two pages this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// Opened by the toolbar button beside one tab, and closed again soon.
    Popup,
    /// Stays open while tabs come and go.
    Panel,
}

/// What can be chosen before Start.
type Offered = (Vec<ProfileChoice>, Vec<Skill>);

struct Page {
    surface: Surface,
    front: Cell<Option<Front>>,
    line: Line,
    timer: Timer,
    last: RefCell<Option<Reply>>,
    beside: Cell<Beside>,
    calls: RefCell<Calls>,
    /// Whether Start was asked for where nothing can be placed.
    refused: Cell<bool>,
    offered: RefCell<Offered>,
    numbers: Rc<Numbers>,
}

/// Fills the page and keeps it right.
pub fn run(surface: Surface) -> Done {
    words::localise_page()?;
    let page = Rc::new_cyclic(|page: &std::rc::Weak<Page>| {
        let page = page.clone();
        let look = move || {
            if let Some(page) = page.upgrade() {
                page.look();
            }
        };
        Page {
            surface,
            front: Cell::default(),
            line: Line::default(),
            timer: Timer::new(look),
            last: RefCell::default(),
            calls: RefCell::default(),
            beside: Cell::new(Beside { strip: Place::Nowhere, open: false }),
            refused: Cell::default(),
            offered: RefCell::default(),
            numbers: Rc::default(),
        }
    });
    page.listen()?;
    page.numbers.run();
    page.look();
    spawn_local(async {
        dom::report(keys::draw(&Keys::now().await, &COMMANDS, ""));
    });
    Ok(())
}

impl Page {
    fn listen(self: &Rc<Self>) -> Done {
        let document = document();
        let page = self.clone();
        dom::listen(&document, "click", move |event: MouseEvent| page.click(&event))?;
        let page = self.clone();
        dom::listen(&document, "submit", move |event: Event| {
            event.prevent_default();
            page.start(None)
        })?;
        let page = self.clone();
        dom::listen(&document, "input", move |event: Event| page.change(&event, false))?;
        let page = self.clone();
        dom::listen(&document, "change", move |event: Event| page.change(&event, true))?;
        let page = self.clone();
        dom::listen(&document, "visibilitychange", move |_: Event| {
            if !self::document().hidden() {
                page.look();
            }
            Ok(())
        })?;
        let page = self.clone();
        background::on_view(move |view, home| {
            let moved = page.moves(home);
            if page.line.is_quiet() {
                page.redraw(view);
                // Whether it could be placed here is another question.
                if moved {
                    page.look();
                }
            }
        });
        for opened in dom::all("footer details")? {
            let part = opened.clone();
            // At the very end of the page, what opens would open out of sight.
            dom::listen(&opened, "toggle", move |_: Event| {
                if part.has_attribute("open") {
                    part.scroll_into_view_with_bool(false);
                }
                Ok(())
            })?;
        }
        match self.surface {
            // Firefox draws a popup before it gives it the focus.
            Surface::Popup => dom::listen(&window(), "focus", |_: Event| ready::offer_focus()),
            Surface::Panel => {
                let page = self.clone();
                browser::on_tab(move || page.look());
                let page = self.clone();
                dom::listen(&document, "keydown", move |event: KeyboardEvent| page.key(&event))
            }
        }
    }

    // --- what is asked ---

    /// Sends an input and draws what comes of it.
    fn send(self: &Rc<Self>, input: Input) {
        let page = self.clone();
        spawn_local(async move {
            let answer = page.line.send(&input, page.tab_to_ask_about()).await;
            dom::report(page.take(answer));
        });
    }

    /// A popup asks about its tab each time. A panel does when it looks: to ask means to try whether the tab is open.
    fn tab_to_ask_about(&self) -> Option<i32> {
        let front = self.front.get().filter(|_| self.surface == Surface::Popup);
        front.map(|front| front.tab)
    }

    /// Asks what there is to draw, and how things stand in the tab beside this page.
    fn look(self: &Rc<Self>) {
        let page = self.clone();
        spawn_local(async move {
            let tab = page.find_tab().await;
            let answer = page.line.send(&Input::Look, tab).await;
            dom::report(page.take(answer));
        });
    }

    async fn find_tab(&self) -> Option<i32> {
        if self.surface == Surface::Panel || self.front.get().is_none() {
            self.front.set(browser::tab_beside().await);
        }
        self.front.get().map(|front| front.tab)
    }

    /// Starts with what is chosen. When the strip stands beside the call, a popup has done its work, and leaves the
    /// process that they share to the strip, which is just being drawn. `place` is where to, if not beside this page.
    fn start(self: &Rc<Self>, place: Option<i32>) -> Done {
        let Some(choices) = ready::choices()? else { return dom::focus_first("length") };
        let seed = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        let page = self.clone();
        spawn_local(async move {
            let tab = page.find_tab().await;
            let answer = page.line.send(&Input::Start { choices, seed }, place.or(tab)).await;
            if let Ok(Answer { reply, .. }) = &answer {
                page.refused.set(reply.problem.is_none() && !reply.beside.is_some_and(|beside| beside.open));
                if page.surface == Surface::Popup && is_well(reply) {
                    return dom::report(browser::close_when_idle());
                }
            }
            dom::report(page.take_beside(answer, place));
        });
        Ok(())
    }

    /// Has the strip brought to a place, or to the tab beside this page.
    fn mount(self: &Rc<Self>, place: Option<i32>) {
        let page = self.clone();
        spawn_local(async move {
            let tab = page.find_tab().await;
            let Some(to) = place.or(tab) else { return };
            let answer = page.line.mount(to).await;
            let done = answer.as_ref().is_ok_and(|answer| is_well(&answer.reply));
            dom::report(page.take_beside(answer, place));
            // What it has brought to the front is not to be behind it.
            if done && place.is_some() && page.surface == Surface::Popup {
                dom::report(browser::close_when_idle());
            }
        });
    }

    /// Has the browser ask whether calls may be noticed on this site. It may put the popup away for that.
    fn ask_for_site(self: &Rc<Self>) {
        let Some(asked) = browser::request(&self.calls.borrow().site) else { return };
        let page = self.clone();
        spawn_local(async move {
            let _ = JsFuture::from(asked).await;
            page.look();
        });
    }

    fn click(self: &Rc<Self>, event: &MouseEvent) -> Done {
        if let Some(button) = dom::nearest(event, "[data-moment]") {
            self.send(Input::Moment(button.get_attribute("data-moment").unwrap_or_default()));
            return Ok(());
        }
        let Some(button) = dom::nearest(event, "[data-do]") else { return Ok(()) };
        match button.get_attribute("data-do").unwrap_or_default().as_str() {
            "end" => running::ask_to_end(true),
            "keep" => running::ask_to_end(false),
            // The second click of a double click on End is not meant for the button that has come in its place.
            "end_now" if event.detail() > 1 => Ok(()),
            "notice" => {
                self.ask_for_site();
                Ok(())
            }
            "mount" => {
                self.mount(None);
                Ok(())
            }
            "float" => {
                self.mount(Some(WINDOW));
                Ok(())
            }
            "start_floating" => self.start(Some(WINDOW)),
            page @ ("options" | "options#keys" | "options#sites" | "welcome") => {
                browser::open_page(page);
                Ok(())
            }
            "panel" => {
                if let Some(opened) = self.front.get().and_then(|front| browser::open_panel(front.window)) {
                    // Chromium closes a popup by itself when something else opens.
                    spawn_local(async move {
                        if JsFuture::from(opened).await.is_ok() {
                            let _ = window().close();
                        }
                    });
                }
                Ok(())
            }
            what @ ("card_add" | "card_remove" | "card_undo") => self.numbers.click(what, &button),
            what => {
                self.ask(what);
                Ok(())
            }
        }
    }

    fn ask(self: &Rc<Self>, what: &str) {
        let input = self.last.borrow().as_ref().and_then(|last| running::input(what, &last.view.popup));
        if let Some(input) = input {
            self.send(input);
        }
    }

    /// Something was typed, chosen or ticked; `settled` when it is no longer being typed.
    fn change(self: &Rc<Self>, event: &Event, settled: bool) -> Done {
        if self.numbers.typed(event, settled)? {
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
            Some(view::Popup::Ready(ready)) => ready::check(ready),
            _ => Ok(()),
        }
    }

    /// The panel's own keys, while it has the focus and nothing is being written.
    fn key(self: &Rc<Self>, event: &KeyboardEvent) -> Done {
        let writes = dom::nearest(event, "select, input:not([type=checkbox])").is_some();
        if writes || event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat() {
            return Ok(());
        }
        match event.key().as_str() {
            "t" | "T" => checklist::enter(),
            "d" | "D" => self.answer("did_it"),
            "a" | "A" => self.answer("already"),
            "n" | "N" => self.answer("not_now"),
            "v" | "V" => self.answer("never"),
            key => {
                if let Some(button) = moments::of_digit(key)? {
                    button.click();
                }
                checklist::step(event)
            }
        }
    }

    fn answer(self: &Rc<Self>, what: &str) -> Done {
        self.ask(what);
        Ok(())
    }

    // --- what is shown ---

    /// Takes an answer in.
    fn take(&self, answer: Result<Answer, ()>) -> Done {
        dom::show_by_id("silent", answer.is_err())?;
        match answer {
            Ok(Answer { last: false, .. }) => return Ok(()),
            Ok(Answer { reply, .. }) => {
                if let Some(beside) = reply.beside {
                    self.beside.set(beside);
                    self.refused.set(self.refused.get() && !beside.open);
                }
                if let Some(calls) = &reply.calls {
                    self.calls.replace(calls.clone());
                }
                self.last.replace(Some(reply));
            }
            // What has been clicked did not happen.
            Err(()) => {}
        }
        self.draw()
    }

    /// Takes in an answer that was about another place than the one beside this page, if `place` is one.
    fn take_beside(self: &Rc<Self>, answer: Result<Answer, ()>, place: Option<i32>) -> Done {
        let open = self.beside.get().open;
        self.take(answer)?;
        if place.is_some() {
            self.beside.set(Beside { open, ..self.beside.get() });
            self.draw()?;
        }
        Ok(())
    }

    /// Takes in which tab has the strip, and says whether that is news.
    fn moves(&self, home: Option<i32>) -> bool {
        let here = self.front.get().map(|front| front.tab);
        let strip = match home {
            None => Place::Nowhere,
            Some(WINDOW) => Place::Floating,
            Some(home) if Some(home) == here => Place::Here,
            Some(_) => Place::Elsewhere,
        };
        let before = self.beside.replace(Beside { strip, ..self.beside.get() });
        before.strip != strip
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
        let beside = self.beside.get();
        let mut next = reply.view.wake_at;
        dom::keeping_focus(|| {
            match &reply.view.popup {
                view::Popup::Ready(ready) => {
                    // A deck that has been changed meanwhile offers other things.
                    let offered = (ready.profiles.clone(), ready.skills.clone());
                    if stage("ready")? || *self.offered.borrow() != offered {
                        self.offered.replace(offered);
                        ready::fill(ready)?;
                    }
                    ready::check(ready)?;
                    let closed = match self.surface {
                        Surface::Popup => !beside.open,
                        Surface::Panel => self.refused.get(),
                    };
                    ready::draw(self.surface, closed)?;
                    ready::calls(&self.calls.borrow())?;
                }
                view::Popup::Running(running) => {
                    self.refused.set(false);
                    if stage("running")? {
                        self.numbers.draw()?;
                    }
                    running::draw(running, beside)?;
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
        match self.surface {
            Surface::Popup => ready::offer_focus(),
            // A panel that is drawn must not take the keyboard from where it is.
            Surface::Panel => Ok(()),
        }
    }
}

/// Whether a session runs with its strip in this tab or in the floating window, and nothing is wrong.
fn is_well(reply: &Reply) -> bool {
    let runs = matches!(reply.view.popup, view::Popup::Running(_));
    let here = reply.beside.is_some_and(|beside| matches!(beside.strip, Place::Here | Place::Floating));
    runs && here && reply.problem.is_none() && reply.saved
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
