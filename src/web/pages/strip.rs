//! The one line under the lens: a dot, then words, then nothing again; opened, a card.
//!
//! What is shown is a layer. When something else is to be shown, the old layer fades out while the new one fades in, and
//! the frame around them is as large as what is to be seen, so that a click beside it reaches the call. The same view
//! drawn again leaves its layer alone.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, HtmlElement, KeyboardEvent, MessageEvent, MessagePort, PointerEvent};

use crate::demo::Demo;
use crate::hang::{self, Hang};
use crate::layer;
use crate::timer::Timer;
use attune::engine::Input;
use attune::engine::view::{Strip, View};
use attune::hour::session::Answer;
use attune::settings::look::{self, Look};
use attune::settings::place::Size;
use attune_toolkit::background::{self, Answer as Answered, Line};
use attune_toolkit::browser::{self, Keys, document, window};
use attune_toolkit::dom::{self, Done};
use attune_toolkit::words;

/// Where the look is stored.
const LOOK: &str = "look";

struct Page {
    root: HtmlElement,
    line: Line,
    /// What stands in for the background where there is only something to try.
    demo: Option<Demo>,
    style: Cell<Look>,
    wake: Timer,
    sweep: Timer,
    shown: RefCell<Strip>,
    layer: RefCell<Option<HtmlElement>>,
    /// The showing whose words the pointer has been on.
    lingered: Cell<u32>,
    keys: RefCell<Option<Keys>>,
    /// What could not be sent: tried once more when something happens.
    unsent: RefCell<Option<Input>>,
    /// To whoever places the frame.
    port: RefCell<Option<MessagePort>>,
    hang: Hang,
}

/// Fills the page and keeps it right. The promises are of a port to whoever places the frame, of what is stored of its
/// place and look, and of a first picture.
pub fn run(port: Promise, kept: Promise, picture: Promise) -> Done {
    let page = page(port, None)?;
    page.listen_for_moves()?;
    let told = page.clone();
    background::on_view(move |view, _| {
        told.try_again();
        if told.line.is_quiet() {
            dom::report(told.draw(view));
        }
    });
    spawn_local(async move {
        dom::report(page.load(kept).await);
        match JsFuture::from(picture).await.ok().and_then(background::reply) {
            Some(reply) => dom::report(page.draw(reply.view)),
            None => page.look(),
        }
        page.ask_keys();
    });
    Ok(())
}

/// Fills the page for the demo. The port is to the page around the frame, which also passes the keys on.
pub fn run_demo(port: Promise, kept: Promise, sample: bool) -> Done {
    let page = page(port.clone(), Some(Demo::new(sample)))?;
    if sample {
        page.listen_for_moves()?;
    }
    page.ask_keys();
    spawn_local(async move {
        let Ok(port) = JsFuture::from(port).await else { return };
        let port: MessagePort = port.unchecked_into();
        dom::report(page.load(kept).await);
        page.look();
        let listened = dom::listen(&port, "message", move |event: MessageEvent| {
            match event.data().as_string().as_deref() {
                Some("glance") => page.send(Input::Glance),
                Some("not_now") => page.send(Input::NotNow),
                Some("again") => {
                    page.demo.iter().for_each(Demo::begin);
                    page.look();
                }
                _ => {}
            }
            Ok(())
        });
        dom::report(listened);
        port.start();
    });
    Ok(())
}

fn page(port: Promise, demo: Option<Demo>) -> Done<Rc<Page>> {
    words::localise_page()?;
    let root: HtmlElement = dom::by_id("strip")?;
    let hang = Hang::new(root.clone());
    let page = Rc::new_cyclic(|page: &std::rc::Weak<Page>| {
        let (wake, sweep) = (page.clone(), page.clone());
        let look = move || {
            if let Some(page) = wake.upgrade() {
                page.look();
            }
        };
        let clear = move || {
            if let Some(page) = sweep.upgrade() {
                dom::report(page.sweep());
            }
        };
        Page {
            root,
            line: Line::default(),
            demo,
            style: Cell::default(),
            wake: Timer::new(look),
            sweep: Timer::new(clear),
            shown: RefCell::new(Strip::Clear),
            layer: RefCell::default(),
            lingered: Cell::default(),
            keys: RefCell::default(),
            unsent: RefCell::default(),
            port: RefCell::default(),
            hang,
        }
    });
    page.listen()?;
    let sized = page.clone();
    spawn_local(async move {
        if let Ok(port) = JsFuture::from(port).await {
            dom::report(sized.join(port.unchecked_into()));
        }
    });
    Ok(page)
}

impl Page {
    fn listen(self: &Rc<Self>) -> Done {
        // A timer may be late, and a message lost, while nobody sees the page.
        let page = self.clone();
        dom::listen(&window(), "pageshow", move |_: Event| {
            page.look();
            Ok(())
        })?;
        let page = self.clone();
        let document = document();
        dom::listen(&document, "visibilitychange", move |_: Event| {
            if !self::document().hidden() {
                page.ask_keys();
                page.look();
            }
            Ok(())
        })?;

        // A click on the strip must not take the keyboard away from the call.
        dom::listen(&document, "mousedown", |event: Event| {
            event.prevent_default();
            Ok(())
        })?;
        let page = self.clone();
        dom::listen(&document, "click", move |event: Event| {
            let what = dom::nearest(&event, "[data-do]").and_then(|button| button.get_attribute("data-do"));
            if !page.hang.was_dragged() {
                page.ask(&what.unwrap_or_default());
            }
            Ok(())
        })?;
        let page = self.clone();
        dom::listen(&document, "keydown", move |event: KeyboardEvent| {
            if page.hang.key(&event)? {
                return page.resize();
            }
            page.key(&event);
            Ok(())
        })?;
        let page = self.clone();
        dom::listen(&document, "pointerover", move |_: Event| {
            page.try_again();
            page.linger();
            Ok(())
        })
    }

    /// What moves the strip: the mouse, keys, and what is set elsewhere.
    fn listen_for_moves(self: &Rc<Self>) -> Done {
        let page = self.clone();
        dom::listen(&self.root, "pointerdown", move |event: PointerEvent| page.hang.press(&event))?;
        let page = self.clone();
        dom::listen(&self.root, "pointermove", move |event: PointerEvent| match page.hang.drag(&event)? {
            true => page.resize(),
            false => Ok(()),
        })?;
        let page = self.clone();
        dom::listen(&self.root, "pointerup", move |event: PointerEvent| {
            page.hang.drag(&event)?;
            page.put_down()
        })?;
        // Also without a word of the pointer: what held it may be gone, or the browser has taken it over.
        for end in ["pointercancel", "lostpointercapture"] {
            let page = self.clone();
            dom::listen(&document(), end, move |_: PointerEvent| page.put_down())?;
        }
        let page = self.clone();
        dom::listen(&window(), "resize", move |_: Event| page.hang.settle())?;
        for key in [hang::KEY, LOOK] {
            let page = self.clone();
            browser::on_stored(key, move || spawn_local(page.clone().reload(key)));
        }
        Ok(())
    }

    // --- what is kept ---

    /// Takes over what was stored, as far as it was.
    async fn load(&self, stored: Promise) -> Done {
        let fields = JsFuture::from(stored).await?;
        for key in [hang::KEY, LOOK] {
            self.adopt(key, js_sys::Reflect::get(&fields, &key.into()).ok().and_then(|text| text.as_string()))?;
        }
        Ok(())
    }

    /// Takes over what was stored elsewhere.
    async fn reload(self: Rc<Self>, key: &'static str) {
        let stored = browser::recall(key).await;
        dom::report(self.adopt(key, stored));
        if let Some(demo) = &self.demo {
            dom::report(self.draw_demo(demo, &Input::Look));
        }
        if let Some(layer) = &*self.layer.borrow() {
            dom::report(layer::fit(layer));
        }
        dom::report(self.resize());
    }

    fn adopt(&self, key: &str, stored: Option<String>) -> Done {
        let stored = stored.unwrap_or_default();
        if key == hang::KEY {
            return self.hang.adopt(&stored);
        }
        let look = Look::read(&stored);
        self.style.set(look);
        if let Some(demo) = &self.demo {
            demo.only_dot(look.size == look::Size::Dot);
        }
        dom::show_by_id("aloud", look.aloud)?;
        match document().document_element() {
            Some(root) => dom::attribute(&root, "data-look", &look.written()),
            None => Ok(()),
        }
    }

    fn put_down(&self) -> Done {
        if self.hang.put_down()? { self.resize() } else { Ok(()) }
    }

    /// Takes the line to whoever places the frame.
    fn join(self: &Rc<Self>, port: MessagePort) -> Done {
        if self.demo.as_ref().is_none_or(Demo::is_sample) {
            let page = self.clone();
            dom::listen(&port, "message", move |event: MessageEvent| {
                let was_placed = page.hang.is_placed();
                if !page.hang.hear(event.data().unchecked_ref())? {
                    return Ok(());
                }
                page.resize()?;
                if was_placed { Ok(()) } else { page.make_way() }
            })?;
            port.start();
        }
        self.port.replace(Some(port));
        self.resize()
    }

    // --- what is asked ---

    fn look(self: &Rc<Self>) {
        let input = self.unsent.take().unwrap_or(Input::Look);
        self.send(input);
    }

    fn try_again(self: &Rc<Self>) {
        if let Some(input) = self.unsent.take() {
            self.send(input);
        }
    }

    fn send(self: &Rc<Self>, input: Input) {
        if let Some(demo) = &self.demo {
            return dom::report(self.draw_demo(demo, &input));
        }
        let page = self.clone();
        spawn_local(async move {
            match page.line.send(&input, None).await {
                Ok(Answered { reply, last: true }) => dom::report(page.draw(reply.view)),
                Ok(_) => {}
                Err(()) if browser::is_alive() => drop(page.unsent.replace(Some(input))),
                Err(()) => {}
            }
        });
    }

    fn ask_keys(self: &Rc<Self>) {
        let page = self.clone();
        spawn_local(async move {
            if let Some(keys) = background::keys().await {
                page.keys.replace(Some(keys));
            }
        });
    }

    fn ask(self: &Rc<Self>, what: &str) {
        // The demo answers at once, and what is shown is not to be held then.
        let input = input(what, &self.shown.borrow());
        if let Some(input) = input {
            self.send(input);
        }
    }

    /// Keys for the card, while the strip itself has the focus. The keys of the browser's commands work at any time.
    fn key(self: &Rc<Self>, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || !matches!(*self.shown.borrow(), Strip::Card(_)) {
            return;
        }
        self.ask(match event.key().as_str() {
            "d" | "D" => "did_it",
            "a" | "A" => "already",
            "n" | "N" => "not_now",
            "v" | "V" => "never",
            "Escape" => "close",
            _ => return,
        });
    }

    /// Keeps the words under the pointer a little longer, once.
    fn linger(self: &Rc<Self>) {
        let Strip::Words { number, .. } = *self.shown.borrow() else { return };
        if self.lingered.replace(number) != number {
            self.send(Input::Linger(number));
        }
    }

    // --- what is shown ---

    fn draw(&self, view: View) -> Done {
        self.wake.at(view.wake_at);
        self.show(view.strip)
    }

    /// Draws what the demo makes of an input, and tells the page around the frame how far it is.
    fn draw_demo(&self, demo: &Demo, input: &Input) -> Done {
        self.show(demo.take(input))?;
        let Some(port) = &*self.port.borrow() else { return Ok(()) };
        port.post_message(&demo.step().into())
    }

    fn show(&self, strip: Strip) -> Done {
        let before = self.shown.replace(strip);
        let shown = self.shown.borrow();
        if before == *shown {
            return Ok(());
        }
        if let (Strip::Card(old), Strip::Card(new)) = (&before, &*shown)
            && old.number == new.number
            && let Some(layer) = &*self.layer.borrow()
        {
            layer::fill(layer, new, self.keys.borrow().as_ref())?;
            layer::fit(layer)?;
            return self.resize();
        }
        if before == Strip::Clear {
            self.make_way()?;
        }
        self.say(&before, &shown)?;
        self.replace(&shown)
    }

    /// Asks the page's side which place is free of what is to be clicked there. A sample hangs where it was hung.
    fn make_way(&self) -> Done {
        if self.demo.is_some() {
            return Ok(());
        }
        match (&*self.port.borrow(), self.hang.ask(self.style.get().size == look::Size::Large)) {
            (Some(port), Some(ask)) => port.post_message(&ask),
            _ => Ok(()),
        }
    }

    /// Has a screen reader say what comes, if that is wanted: it may speak into the call.
    fn say(&self, before: &Strip, shown: &Strip) -> Done {
        if !self.style.get().aloud {
            return Ok(());
        }
        dom::write_to("aloud", &layer::said(before, shown))
    }

    fn replace(&self, shown: &Strip) -> Done {
        let new = layer::of(shown, self.keys.borrow().as_ref())?;
        let old = self.layer.take();
        // Who has come here with the keyboard stays here with it.
        let focused = old.as_ref().is_some_and(|old| dom::focused().is_some_and(|on| old.contains(Some(&on))));
        if let Some(old) = &old {
            old.class_list().add_1("leaving")?;
            old.toggle_attribute_with_force("inert", true)?;
        }
        if let Some(new) = &new {
            self.root.append_child(new)?;
            layer::fit(new)?;
            let button = if new.matches("button")? { Some(new.clone()) } else { dom::find(new, "button").ok() };
            if let Some(button) = button.filter(|_| focused) {
                button.focus()?;
            }
        }
        self.layer.replace(new);
        match old.as_ref().map(layer::fade_time).transpose()? {
            Some(ms) if ms > 0.0 => {
                self.sweep.after(ms);
                self.resize()
            }
            _ => self.sweep(),
        }
    }

    /// Removes what has faded out.
    fn sweep(&self) -> Done {
        while let Some(gone) = self.root.query_selector(".leaving")? {
            gone.remove();
        }
        self.resize()
    }

    /// Says where the frame is to be, and how large: as large as the largest layer.
    fn resize(&self) -> Done {
        let Some(port) = &*self.port.borrow() else { return Ok(()) };
        let (mut seen, mut radius) = (Size { width: 0.0, height: 0.0 }, 0.0);
        let layers = self.root.children();
        for layer in (0..layers.length()).filter_map(|index| layers.item(index)) {
            let area = layer.get_bounding_client_rect();
            seen.width = f64::max(seen.width, area.width().ceil());
            if area.height() > seen.height {
                seen.height = area.height().ceil();
                radius = layer::pixels(&layer, "border-top-left-radius")?;
            }
        }
        if seen.width == 0.0 {
            self.hang.let_go();
        }
        port.post_message(&self.hang.frame(seen, radius))
    }
}

fn input(what: &str, shown: &Strip) -> Option<Input> {
    let number = match shown {
        Strip::Dot { number } | Strip::Words { number, .. } => Some(*number),
        Strip::Card(card) => Some(card.number),
        Strip::Clear | Strip::Notice(_) | Strip::Question { .. } | Strip::Over => None,
    };
    match what {
        "open" => number.map(Input::Open),
        "close" => number.map(Input::Close),
        "did_it" => number.map(|number| Input::Answer { number, answer: Answer::DidIt }),
        "already" => number.map(|number| Input::Answer { number, answer: Answer::Already }),
        "not_now" => number.map(|number| Input::Answer { number, answer: Answer::NotNow }),
        "never" => number.map(|number| Input::Answer { number, answer: Answer::Never }),
        "yes" => Some(Input::CountSleep(true)),
        "no" => Some(Input::CountSleep(false)),
        "over" => Some(Input::ConfirmEnd(true)),
        "keep_on" => Some(Input::ConfirmEnd(false)),
        _ => None,
    }
}
