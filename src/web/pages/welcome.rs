//! The welcome page: what Attune does and never does, the keys, and a strip to try.
//!
//! Its screens are fragments of its address, so that the browser's own Back and Forward go through them. The strip to
//! try is the strip's own page in a frame, and this page does for it what a call's page does: it sizes the frame and
//! passes the keys on.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, HtmlIFrameElement, KeyboardEvent, Window};

use attune::messages::{DemoStep, FromStrip, ToStrip};
use attune_toolkit::browser::{self, commands, document, panels, tabs, window};
use attune_toolkit::frame::{self, StripPort};
use attune_toolkit::keys::{self, Keys};
use attune_toolkit::trial::Trial;
use attune_toolkit::{Error, dom, words};

/// The screens: their fragments in the address, which count them, and the elements that show them.
const SCREENS: [(&str, &str); 3] = [("1", "promise"), ("2", "keys"), ("3", "try")];

struct Welcome {
    frame: HtmlIFrameElement,
    /// The element of the screen that is shown.
    screen: Cell<&'static str>,
    /// To the strip, once it has loaded.
    port: RefCell<Option<StripPort>>,
    /// How far the cue to try has come, once it has begun.
    step: Cell<Option<DemoStep>>,
    /// The key that glances at a cue.
    glance: RefCell<Option<String>>,
    /// Asks for that key, and says whether it works.
    trial: Rc<Trial>,
}

/// Fills the page and keeps it right.
pub fn run() -> Result<(), Error> {
    words::localise_page()?;
    let page = Rc::new(Welcome {
        frame: dom::by_id("strip")?,
        screen: Cell::default(),
        port: RefCell::default(),
        step: Cell::default(),
        glance: RefCell::default(),
        trial: Trial::listen()?,
    });
    page.listen()?;
    page.turn()?;
    page.ask();
    Ok(())
}

impl Welcome {
    fn listen(self: &Rc<Self>) -> Result<(), Error> {
        let page = self.clone();
        dom::listen(&window(), "hashchange", move |_: Event| {
            page.turn()?;
            let heading: HtmlElement = dom::find(&page.section()?, "h1")?;
            dom::focus(&heading)?;
            window().scroll_to_with_x_and_y(0.0, 0.0);
            Ok(())
        })?;
        // What was changed in the browser's settings shows up when the therapist comes back from there.
        let page = self.clone();
        dom::listen(&window(), "focus", move |_: Event| {
            page.ask();
            Ok(())
        })?;
        let page = self.clone();
        dom::listen(&document(), "click", move |event: Event| {
            let what = dom::nearest(&event, "[data-do]").and_then(|button| button.get_attribute("data-do"));
            page.press(what.as_deref().unwrap_or_default())
        })?;
        let page = self.clone();
        dom::listen(&document(), "keydown", move |event: KeyboardEvent| page.key(&event))?;

        let page = self.clone();
        dom::listen(&self.frame, "load", move |_: Event| page.join())?;
        let page = self.clone();
        commands::on_command(move |command| {
            browser::report(match command {
                "glance" => page.tell(&ToStrip::Glance),
                "not-now" => page.tell(&ToStrip::NotNow),
                _ => Ok(()),
            });
        });
        Ok(())
    }

    fn press(&self, what: &str) -> Result<(), Error> {
        match what {
            "options#keys" => tabs::open_page(what),
            "again" => self.tell(&ToStrip::Again),
            "close" => {
                spawn_local(async { browser::report(tabs::close_tab().await) });
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Letters that replace the keys of the commands, on this page only: a key may not be set yet.
    fn key(&self, event: &KeyboardEvent) -> Result<(), Error> {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat() {
            return Ok(());
        }
        match event.key().as_str() {
            "k" | "K" => self.tell(&ToStrip::Glance),
            "l" | "L" => self.tell(&ToStrip::NotNow),
            _ => Ok(()),
        }
    }

    // --- screens ---

    /// Shows the screen that the address names.
    fn turn(&self) -> Result<(), Error> {
        let fragment = window().location().hash()?;
        let (number, screen) = SCREENS.into_iter().find(|(number, _)| fragment.ends_with(number)).unwrap_or(SCREENS[0]);
        if self.screen.replace(screen) == screen {
            return Ok(());
        }
        for (_, one) in SCREENS {
            dom::show_by_id(one, one == screen)?;
        }
        dom::set_text_by_id("progress", &words::fill("welcome_progress", &[number, SCREENS[2].0]))?;
        let title = dom::find::<Element>(&self.section()?, "h1")?.text_content().unwrap_or_default();
        document().set_title(&[&title, " · ", &words::text("name")].concat());
        if self.is_trying() { self.begin() } else { Ok(()) }
    }

    fn section(&self) -> Result<Element, Error> {
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
            browser::report(keys::draw(&keys, &keys::FIRST, "welcome_"));
            browser::report(page.trial.ask(&keys));
            page.glance.replace(Some(keys.of("glance")).filter(|key| !key.is_empty()));
            browser::report(page.explain());
            browser::report(draw_pin(panels::is_on_toolbar().await == Some(true)));
        });
    }

    // --- the strip to try ---

    fn begin(&self) -> Result<(), Error> {
        if self.port.borrow().is_some() {
            return self.tell(&ToStrip::Again);
        }
        dom::set_attribute(&self.frame, "src", "strip.html#demo")
    }

    /// Gives the strip its line to this page, as the content script does in a call.
    fn join(self: &Rc<Self>) -> Result<(), Error> {
        // A frame loads once before it has been given an address.
        let is_there = |strip: &Window| strip.location().hash().is_ok_and(|hash| hash == "#demo");
        let Some(strip) = self.frame.content_window().filter(is_there) else { return Ok(()) };
        let page = self.clone();
        self.port.replace(Some(StripPort::open(&self.frame, move |message| page.hear(&message))?));
        // Keys that are pressed while the strip has the focus are still meant for it.
        if let Some(document) = strip.document() {
            let page = self.clone();
            dom::listen(&document, "keydown", move |event: KeyboardEvent| page.key(&event))?;
        }
        Ok(())
    }

    fn tell(&self, message: &ToStrip) -> Result<(), Error> {
        let port = self.port.borrow();
        port.as_ref().filter(|_| self.is_trying()).map_or(Ok(()), |port| port.tell(message))
    }

    /// Hears how large the strip is, or how far it has come.
    fn hear(&self, message: &FromStrip) -> Result<(), Error> {
        match message {
            FromStrip::Frame(area) => frame::resize(&self.frame, area).map(drop),
            FromStrip::Demo(step) => {
                self.step.set(Some(*step));
                self.explain()
            }
            FromStrip::FindFree(_) => Ok(()),
        }
    }

    /// Says what can be done with the strip now.
    fn explain(&self) -> Result<(), Error> {
        let Some(step) = self.step.get() else { return Ok(()) };
        let says = match step {
            DemoStep::Dot => "welcome_try_dot",
            DemoStep::Words => "welcome_try_words",
            DemoStep::Card => "welcome_try_card",
            DemoStep::Over => "welcome_try_over",
        };
        let glance = self.glance.borrow();
        let key = glance.as_deref().unwrap_or("K");
        dom::set_text_by_id("says", &words::fill(says, &[key]))?;
        let over = step == DemoStep::Over;
        dom::show_by_id("again", over)?;
        // A therapist who answered from inside the strip, which is now gone, continues from here.
        let inside = dom::focused().is_some_and(|focused| focused.is_same_node(Some(&self.frame)));
        if over && inside { dom::focus_first("again") } else { Ok(()) }
    }
}

/// Says where the toolbar button is, or how to put it there.
fn draw_pin(pinned: bool) -> Result<(), Error> {
    let pin: Element = dom::by_id("pin")?;
    dom::set_attribute(&pin, "data-pinned", if pinned { "yes" } else { "no" })?;
    dom::set_text(&pin, &words::text(if pinned { "welcome_pinned" } else { "welcome_pin" }));
    Ok(())
}
