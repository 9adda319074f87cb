//! The floating window: the strip in a small window, beside a call that is not in a tab.
//!
//! The strip is its own page in a frame. If the browser can keep a window on top, the row with the strip moves into
//! such a window, and back when that one closes. There is one row, so there is one strip. This page has to live on
//! behind the window on top, and is minimised meanwhile.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event, HtmlElement, HtmlIFrameElement, Window};

use attune::deck::{Channel, SessionKind};
use attune::engine::Input;
use attune::engine::memory::Choices;
use attune::engine::view::{Popup, Ready, Silence, View};
use attune::messages::{FromStrip, StripPlace, WINDOW};
use attune_toolkit::background::{self, Answer, BackgroundClient, RequestError};
use attune_toolkit::browser::{self, tabs, window, windows};
use attune_toolkit::frame::{self, StripPort};
use attune_toolkit::{Error, dom, words};

/// How wide the strip may get here, with a margin, in px.
const WIDTH: i32 = 384;

struct Float {
    row: HtmlElement,
    frame: HtmlIFrameElement,
    background: BackgroundClient,
    /// To the strip, once it has loaded.
    port: RefCell<Option<StripPort>>,
    /// The number of this page's own window.
    window: Cell<Option<i32>>,
    /// The window that stays on top, while there is one.
    top: RefCell<Option<Window>>,
    /// Whether the browser has refused it.
    refused: Cell<bool>,
    /// Whether the strip is here.
    here: Cell<bool>,
    /// Whether nothing at all may be seen.
    hidden: Cell<bool>,
    view: RefCell<Option<View>>,
    /// How high the window has been made for its contents, in px.
    height: Cell<f64>,
    /// Whether the window has been put in its first place.
    placed: Cell<bool>,
}

/// What the page's one button is for.
enum Task {
    None,
    Start,
    /// Get the strip here: from a tab, or from the window on top.
    Fetch,
    KeepOnTop,
}

/// Fills the page and keeps it right.
pub fn run() -> Result<(), Error> {
    words::localise_page()?;
    let page = Rc::new(Float {
        row: dom::by_id("row")?,
        frame: dom::by_id("strip")?,
        background: BackgroundClient::default(),
        port: RefCell::default(),
        window: Cell::default(),
        top: RefCell::default(),
        refused: Cell::default(),
        here: Cell::default(),
        hidden: Cell::default(),
        view: RefCell::default(),
        height: Cell::default(),
        placed: Cell::default(),
    });
    page.listen()?;
    dom::set_attribute(&page.frame, "src", "strip.html")?;
    spawn_local(async move {
        page.window.set(tabs::tab_beside().await.map(|front| front.window));
        let answer = page.background.take(&Input::Look, Some(WINDOW)).await;
        page.take(answer);
    });
    Ok(())
}

impl Float {
    fn listen(self: &Rc<Self>) -> Result<(), Error> {
        let page = self.clone();
        background::on_picture(move |picture| {
            page.here.set(picture.home == Some(WINDOW));
            page.redraw(picture.view);
        });
        let page = self.clone();
        dom::listen(&self.frame, "load", move |_: Event| {
            let told = page.clone();
            page.port.replace(Some(StripPort::open(&page.frame, move |message| told.hear(&message))?));
            Ok(())
        })?;
        // Its place is sometimes in another document, so it listens by itself.
        let page = self.clone();
        let seat: Element = dom::by_id("seat")?;
        dom::listen(&seat, "click", move |_: Event| {
            page.send(Input::Glance);
            Ok(())
        })?;
        let page = self.clone();
        let button: Element = dom::by_id("do")?;
        dom::listen(&button, "click", move |_: Event| page.act())
    }

    /// Hears from the strip how large it is.
    fn hear(&self, message: &FromStrip) -> Result<(), Error> {
        let FromStrip::Frame(area) = message else { return Ok(()) };
        let shows = frame::resize(&self.frame, area)?;
        dom::set_attribute(&self.row, "data-shows", if shows { "something" } else { "nothing" })?;
        self.fit()
    }

    // --- what is asked ---

    fn send(self: &Rc<Self>, input: Input) {
        let page = self.clone();
        spawn_local(async move {
            let answer = page.background.take(&input, Some(WINDOW)).await;
            page.take(answer);
        });
    }

    fn act(self: &Rc<Self>) -> Result<(), Error> {
        match self.task() {
            Task::None => {}
            Task::Start => {
                let choices = match self.view.borrow().as_ref().map(|view| &view.popup) {
                    Some(Popup::Ready(ready)) => last_choices(ready),
                    _ => return Ok(()),
                };
                self.send(Input::Start { choices, seed: background::seed() });
            }
            Task::Fetch => {
                if let Some(top) = self.top.take() {
                    return Ok(top.close()?);
                }
                let page = self.clone();
                spawn_local(async move {
                    let answer = page.background.mount(WINDOW).await;
                    page.take(answer);
                });
            }
            // Only immediately after a click.
            Task::KeepOnTop => {
                let opening = windows::open_on_top(f64::from(WIDTH), self.row.get_bounding_client_rect().height());
                let page = self.clone();
                spawn_local(async move {
                    let opened = match opening {
                        Some(opening) => JsFuture::from(opening).await.ok(),
                        None => None,
                    };
                    browser::report(match opened {
                        Some(top) => page.move_to(top.unchecked_into()),
                        None => {
                            page.refused.set(true);
                            page.draw()
                        }
                    });
                });
            }
        }
        Ok(())
    }

    // --- the window on top ---

    fn move_to(self: &Rc<Self>, top: Window) -> Result<(), Error> {
        let Some(document) = top.document() else { return Ok(()) };
        document.set_title(&words::text("name"));
        if let (Some(root), Some(head)) = (document.document_element(), document.query_selector("head")?) {
            dom::set_attribute(&root, "lang", &words::text("language"))?;
            dom::set_attribute(&root, "class", "top")?;
            for sheet in dom::all::<Element>("link[rel=stylesheet]")? {
                head.append_child(&sheet.clone_node()?)?;
            }
        }
        if let Some(body) = document.body() {
            let main = document.create_element("main")?;
            main.append_child(&dom::by_id::<Element>("name")?.clone_node_with_deep(true)?)?;
            main.append_child(&self.row)?;
            body.append_child(&main)?;
        }
        let page = self.clone();
        dom::listen(&top, "pagehide", move |_: Event| page.come_back())?;
        self.top.replace(Some(top));
        self.draw()?;
        self.minimise(true);
        Ok(())
    }

    /// The window on top has closed: the row moves back here, where it is seen, unless nothing may be.
    fn come_back(&self) -> Result<(), Error> {
        self.top.take();
        dom::by_id::<Element>("place")?.append_child(&self.row)?;
        self.draw()?;
        if !self.hidden.get() {
            self.minimise(false);
        }
        Ok(())
    }

    fn minimise(&self, on: bool) {
        if let Some(window) = self.window.get() {
            spawn_local(windows::minimise(window, on));
        }
    }

    // --- what is shown ---

    fn take(&self, answer: Result<Answer, RequestError>) {
        let Ok(Answer { state, last: true }) = answer else { return };
        if let Some(beside) = state.beside {
            self.here.set(beside.strip == StripPlace::Floating);
        }
        self.redraw(state.view);
    }

    fn redraw(&self, view: View) {
        self.view.replace(Some(view));
        browser::report(self.draw());
    }

    fn task(&self) -> Task {
        match self.view.borrow().as_ref().map(|view| &view.popup) {
            Some(Popup::Ready(_)) => Task::Start,
            Some(Popup::Running(_)) if !self.here.get() || self.top.borrow().is_some() => Task::Fetch,
            Some(Popup::Running(_)) if !self.refused.get() && windows::can_keep_on_top() => Task::KeepOnTop,
            Some(Popup::Running(_) | Popup::Ended(_)) | None => Task::None,
        }
    }

    fn draw(&self) -> Result<(), Error> {
        let on_top = self.top.borrow().is_some();
        let view = self.view.borrow();
        let Some(view) = &*view else { return Ok(()) };
        let (says, more) = match &view.popup {
            Popup::Ready(ready) => ("float_about", Some(summary(ready))),
            Popup::Ended(_) => ("float_over", None),
            Popup::Running(_) if !self.here.get() => ("place_elsewhere", None),
            Popup::Running(_) if on_top => ("float_on_top", None),
            Popup::Running(_) if self.refused.get() => ("float_refused", None),
            Popup::Running(_) => ("", None),
        };
        let runs_here = matches!(view.popup, Popup::Running(_)) && self.here.get();
        dom::show(&self.row, runs_here)?;
        dom::set_text_or_hide("says", (!says.is_empty()).then(|| words::text(says)).as_deref())?;
        dom::set_text_or_hide("more", more.as_deref())?;
        let label = match self.task() {
            Task::None => None,
            Task::Start => Some("float_begin"),
            Task::Fetch => Some("float_back"),
            Task::KeepOnTop => Some("float_top"),
        };
        dom::set_text_or_hide("do", label.map(words::text).as_deref())?;
        let away = |silence: &Silence| matches!(silence, Silence::Hidden | Silence::Sharing);
        self.hide(matches!(&view.popup, Popup::Running(running) if away(&running.silence)))?;
        self.fit()
    }

    /// Whatever hides the strip hides its window. One that stays on top cannot be minimised, so it closes.
    fn hide(&self, on: bool) -> Result<(), Error> {
        if self.hidden.replace(on) == on {
            return Ok(());
        }
        self.minimise(on);
        match self.top.take() {
            Some(top) if on => Ok(top.close()?),
            _ => Ok(()),
        }
    }

    /// Makes the window as high as its contents. The one on top can be resized only just after a click in it.
    fn fit(&self) -> Result<(), Error> {
        let (shown, part): (Window, HtmlElement) = match &*self.top.borrow() {
            Some(top) => (top.clone(), self.row.clone()),
            None => (window(), dom::by_id("page")?),
        };
        let height = part.get_bounding_client_rect().height().ceil();
        // A minimised window would be shown again.
        if self.hidden.get() {
            self.height.set(0.0);
            return Ok(());
        }
        let pixels = |value: Result<JsValue, JsValue>| value.ok().and_then(|value| value.as_f64()).unwrap_or_default();
        let outer = (height + pixels(shown.outer_height()) - pixels(shown.inner_height())) as i32;
        let width = WIDTH + (pixels(shown.outer_width()) - pixels(shown.inner_width())) as i32;
        if self.top.borrow().is_some() {
            // One click permits one resize: it is used when something would not fit, and to be small again afterwards.
            let has = pixels(shown.outer_height()) as i32;
            let is_over = self.row.get_attribute("data-shows").as_deref() == Some("nothing");
            if outer > has || (is_over && outer < has) {
                let _ = shown.resize_to(width, outer);
            }
        } else if let Some(id) = self.window.get().filter(|_| self.height.replace(height) != height) {
            spawn_local(windows::fit(id, outer, (!self.placed.replace(true)).then_some(width)));
        }
        Ok(())
    }
}

/// The choices that Start currently offers.
fn last_choices(ready: &Ready) -> Choices {
    Choices {
        minutes: ready.minutes,
        kind: ready.kind,
        channel: ready.channel,
        profile: ready.profile.clone(),
        intention: None,
    }
}

fn summary(ready: &Ready) -> String {
    let kind = words::text(match ready.kind {
        SessionKind::First => "kind_first",
        SessionKind::Early => "kind_early",
        SessionKind::Ongoing => "kind_ongoing",
    });
    let minutes = words::count("minutes_long", u32::from(ready.minutes), &[]);
    let profile = ready.profiles.iter().find(|profile| profile.id == ready.profile);
    let sound = [" · ", &words::text("channel_sound")].concat();
    let channel = if ready.channel == Channel::Sound { sound.as_str() } else { "" };
    [kind.as_str(), channel, " · ", &minutes, " · ", profile.map_or("", |profile| profile.label.as_str())].concat()
}
