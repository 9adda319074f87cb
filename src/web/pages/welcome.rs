//! The welcome page: what Attune does and never does, the keys, and a strip to try.
//!
//! Its screens are fragments of its address, so that the browser's own Back and Forward go through them. The strip that
//! can be tried is the strip's own page in a frame, and this page does for it what a call's page does: it sizes the
//! frame, and it passes the keys on.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, HtmlIFrameElement, KeyboardEvent, MessagePort, Window};

use attune_toolkit::browser::{self, document, window};
use attune_toolkit::dom::{self, Done};
use attune_toolkit::keys::{self, Keys};
use attune_toolkit::{frame, words};

/// The screens: their fragments in the address, which count them, and the elements that show them.
const SCREENS: [(&str, &str); 3] = [("1", "promise"), ("2", "keys"), ("3", "try")];

struct Welcome {
    frame: HtmlIFrameElement,
    /// The element of the screen that is shown.
    screen: Cell<&'static str>,
    /// To the strip, once it stands.
    port: RefCell<Option<MessagePort>>,
    /// How far the cue that is tried has come.
    step: RefCell<String>,
    /// The key that glances at a cue.
    glance: RefCell<Option<String>>,
}

/// Fills the page and keeps it right.
pub fn run() -> Done {
    words::localise_page()?;
    let page = Rc::new(Welcome {
        frame: dom::by_id("strip")?,
        screen: Cell::default(),
        port: RefCell::default(),
        step: RefCell::default(),
        glance: RefCell::default(),
    });
    page.listen()?;
    page.turn()?;
    page.ask();
    Ok(())
}

impl Welcome {
    fn listen(self: &Rc<Self>) -> Done {
        let page = self.clone();
        dom::listen(&window(), "hashchange", move |_: Event| {
            page.turn()?;
            let heading: HtmlElement = dom::find(&page.section()?, "h1")?;
            heading.focus()?;
            window().scroll_to_with_x_and_y(0.0, 0.0);
            Ok(())
        })?;
        // Whoever comes back from the browser's settings finds what was changed there.
        let page = self.clone();
        dom::listen(&window(), "focus", move |_: Event| {
            page.ask();
            Ok(())
        })?;
        let page = self.clone();
        dom::listen(&document(), "click", move |event: Event| {
            let what = dom::nearest(&event, "[data-do]").and_then(|button| button.get_attribute("data-do"));
            page.press(what.as_deref().unwrap_or_default());
            Ok(())
        })?;
        let page = self.clone();
        dom::listen(&document(), "keydown", move |event: KeyboardEvent| page.key(&event))?;

        let page = self.clone();
        dom::listen(&self.frame, "load", move |_: Event| page.join())?;
        let page = self.clone();
        let command = Closure::<dyn FnMut(JsValue)>::new(move |command: JsValue| {
            dom::report(match command.as_string().as_deref() {
                Some("glance") => page.tell("glance"),
                Some("not-now") => page.tell("not_now"),
                _ => Ok(()),
            });
        });
        browser::on_command(&command.into_js_value());
        Ok(())
    }

    fn press(self: &Rc<Self>, what: &str) {
        match what {
            "options#keys" => browser::open_page(what),
            "again" => dom::report(self.tell("again")),
            "close" => spawn_local(async {
                browser::close_tab().await;
            }),
            _ => {}
        }
    }

    /// Letters that stand for the keys of the commands, on this page only: a key may not be set yet.
    fn key(&self, event: &KeyboardEvent) -> Done {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat() {
            return Ok(());
        }
        match event.key().as_str() {
            "k" | "K" => self.tell("glance"),
            "l" | "L" => self.tell("not_now"),
            _ => Ok(()),
        }
    }

    // --- screens ---

    /// Shows the screen that the address names.
    fn turn(&self) -> Done {
        let fragment = window().location().hash()?;
        let (number, screen) = SCREENS.into_iter().find(|(number, _)| fragment.ends_with(number)).unwrap_or(SCREENS[0]);
        if self.screen.replace(screen) == screen {
            return Ok(());
        }
        for (_, one) in SCREENS {
            dom::show_by_id(one, one == screen)?;
        }
        dom::write_to("progress", &words::fill("welcome_progress", &[number, SCREENS[2].0]))?;
        let title = dom::find::<Element>(&self.section()?, "h1")?.text_content().unwrap_or_default();
        document().set_title(&[&title, " · ", &words::say("name")].concat());
        if self.is_trying() { self.begin() } else { Ok(()) }
    }

    fn section(&self) -> Done<Element> {
        dom::by_id(self.screen.get())
    }

    fn is_trying(&self) -> bool {
        self.screen.get() == "try"
    }

    // --- keys ---

    /// Asks the browser for what may have been changed elsewhere.
    fn ask(self: &Rc<Self>) {
        let page = self.clone();
        spawn_local(async move {
            let keys = Keys::now().await;
            dom::report(keys::draw(&keys, &keys::FIRST, "welcome_"));
            page.glance.replace(Some(keys.of("glance")).filter(|key| !key.is_empty()));
            dom::report(page.explain());
            dom::report(draw_pin(browser::is_on_toolbar().await == Some(true)));
        });
    }

    // --- the strip to try ---

    fn begin(&self) -> Done {
        if self.port.borrow().is_some() {
            return self.tell("again");
        }
        dom::attribute(&self.frame, "src", "strip.html#demo")
    }

    /// Gives the strip its line to this page, as the content script does in a call.
    fn join(self: &Rc<Self>) -> Done {
        // A frame is loaded once before it has been given an address.
        let is_there = |strip: &Window| strip.location().hash().is_ok_and(|hash| hash == "#demo");
        let Some(strip) = self.frame.content_window().filter(is_there) else { return Ok(()) };
        let page = self.clone();
        self.port.replace(frame::join(&self.frame, move |said| page.hear(said))?);
        // Keys that are pressed while the strip has the focus are meant for it all the same.
        if let Some(document) = strip.document() {
            let page = self.clone();
            dom::listen(&document, "keydown", move |event: KeyboardEvent| page.key(&event))?;
        }
        Ok(())
    }

    fn tell(&self, what: &str) -> Done {
        let port = self.port.borrow();
        let Some(port) = port.as_ref().filter(|_| self.is_trying()) else { return Ok(()) };
        port.post_message(&what.into())
    }

    /// Hears how large the strip is, or how far it is.
    fn hear(&self, said: &JsValue) -> Done {
        if let Some(step) = said.as_string() {
            self.step.replace(step);
            return self.explain();
        }
        frame::resize(&self.frame, said).map(drop)
    }

    /// Says what can be done with the strip as it is now.
    fn explain(&self) -> Done {
        let step = self.step.borrow();
        if step.is_empty() {
            return Ok(());
        }
        let glance = self.glance.borrow();
        let key = glance.as_deref().unwrap_or("K");
        dom::write_to("says", &words::fill(&["welcome_try_", &step].concat(), &[key]))?;
        let over = *step == "over";
        dom::show_by_id("again", over)?;
        // Whoever answered from inside the strip, which is gone now, goes on from here.
        let inside = dom::focused().is_some_and(|focused| focused.is_same_node(Some(&self.frame)));
        if over && inside { dom::focus_first("again") } else { Ok(()) }
    }
}

/// Says where the toolbar button is, or how to bring it there.
fn draw_pin(pinned: bool) -> Done {
    let pin: Element = dom::by_id("pin")?;
    dom::attribute(&pin, "data-pinned", if pinned { "yes" } else { "no" })?;
    dom::write(&pin, &words::say(if pinned { "welcome_pinned" } else { "welcome_pin" }));
    Ok(())
}
