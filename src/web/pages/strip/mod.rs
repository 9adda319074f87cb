//! The one line under the lens: a dot, then words, then nothing again; when opened, a card.
//!
//! What is shown is a layer. When something else should be shown, the old layer fades out while the new one fades in,
//! and the frame around them is as large as what is visible, so that a click beside it reaches the call. Drawing the
//! same view again leaves its layer alone.

mod demo;
mod layer;
mod position;
mod requests;
mod stage;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, HtmlElement, KeyboardEvent, PointerEvent};

use attune::engine::Input;
use attune::engine::view::Strip;
use attune::messages::ToStrip;
use attune::settings::look::{self, Look};
use attune_toolkit::background::{self, BackgroundClient};
use attune_toolkit::browser::storage;
use attune_toolkit::browser::{self, document, window};
use attune_toolkit::frame::HostPort;
use attune_toolkit::keys::Keys;
use attune_toolkit::timer::Timer;
use attune_toolkit::{Error, dom, stored, words};
use demo::Demo;
use position::Position;

struct Page {
    root: HtmlElement,
    background: BackgroundClient,
    /// Takes the place of the background where there is only something to try.
    demo: Option<Demo>,
    look: Cell<Look>,
    wake: Timer,
    sweep: Timer,
    shown: RefCell<Strip>,
    layer: RefCell<Option<HtmlElement>>,
    /// The showing whose words the pointer has been on.
    lingered: Cell<u32>,
    keys: RefCell<Keys>,
    /// What could not be sent: tried again when something happens.
    unsent: RefCell<Option<Input>>,
    /// To the frame's host.
    port: RefCell<Option<HostPort>>,
    position: Position,
}

/// Fills the page and keeps it right. The promises are those of a port to the frame's host, of the stored place and
/// look, and of a first picture.
pub fn run(port: Promise, kept: Promise, picture: Promise) -> Result<(), Error> {
    let page = page(port, None)?;
    page.listen_for_moves()?;
    let told = page.clone();
    background::on_picture(move |picture| {
        told.try_again();
        if told.background.is_idle() {
            browser::report(told.draw(picture.view));
        }
    });
    spawn_local(async move {
        browser::report(page.load(kept).await);
        match JsFuture::from(picture).await.map(background::state_in) {
            Ok(Ok(state)) => browser::report(page.draw(state.view)),
            _ => page.ask_again(),
        }
        page.ask_for_keys();
    });
    Ok(())
}

/// Fills the page for the demo. The port leads to the page around the frame, which also passes the keys on.
pub fn run_demo(port: Promise, kept: Promise, sample: bool) -> Result<(), Error> {
    let page = page(port, Some(Demo::new(sample)))?;
    if sample {
        page.listen_for_moves()?;
    }
    page.ask_for_keys();
    spawn_local(async move {
        browser::report(page.load(kept).await);
        page.ask_again();
    });
    Ok(())
}

fn page(port: Promise, demo: Option<Demo>) -> Result<Rc<Page>, Error> {
    words::localise_page()?;
    let root: HtmlElement = dom::by_id("strip")?;
    let position = Position::new(root.clone());
    let page = Rc::new_cyclic(|page: &std::rc::Weak<Page>| {
        let (wake, sweep) = (page.clone(), page.clone());
        let ask = move || {
            if let Some(page) = wake.upgrade() {
                page.ask_again();
            }
        };
        let clear = move || {
            if let Some(page) = sweep.upgrade() {
                browser::report(page.sweep());
            }
        };
        Page {
            root,
            background: BackgroundClient::default(),
            demo,
            look: Cell::default(),
            wake: Timer::new(ask),
            sweep: Timer::new(clear),
            shown: RefCell::new(Strip::Clear),
            layer: RefCell::default(),
            lingered: Cell::default(),
            keys: RefCell::default(),
            unsent: RefCell::default(),
            port: RefCell::default(),
            position,
        }
    });
    page.listen()?;
    let joined = page.clone();
    spawn_local(async move {
        if let Ok(port) = JsFuture::from(port).await {
            browser::report(joined.join(port.unchecked_into()));
        }
    });
    Ok(page)
}

impl Page {
    fn listen(self: &Rc<Self>) -> Result<(), Error> {
        // While nobody sees the page, a timer may be late, and a message may get lost.
        let page = self.clone();
        dom::listen(&window(), "pageshow", move |_: Event| {
            page.ask_again();
            Ok(())
        })?;
        let page = self.clone();
        let document = document();
        dom::listen(&document, "visibilitychange", move |_: Event| {
            if !self::document().hidden() {
                page.ask_for_keys();
                page.ask_again();
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
            if !page.position.was_dragged() {
                page.press(&what.unwrap_or_default());
            }
            Ok(())
        })?;
        let page = self.clone();
        dom::listen(&document, "keydown", move |event: KeyboardEvent| {
            if page.position.key(&event)? {
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

    /// What moves the strip: the mouse, keys, and changes made elsewhere.
    fn listen_for_moves(self: &Rc<Self>) -> Result<(), Error> {
        let page = self.clone();
        dom::listen(&self.root, "pointerdown", move |event: PointerEvent| page.position.press(&event))?;
        let page = self.clone();
        dom::listen(&self.root, "pointermove", move |event: PointerEvent| match page.position.drag(&event)? {
            true => page.resize(),
            false => Ok(()),
        })?;
        let page = self.clone();
        dom::listen(&self.root, "pointerup", move |event: PointerEvent| {
            page.position.drag(&event)?;
            page.put_down()
        })?;
        // Also without the pointer being released: what held it may be gone, or the browser has taken it over.
        for end in ["pointercancel", "lostpointercapture"] {
            let page = self.clone();
            dom::listen(&document(), end, move |_: PointerEvent| page.put_down())?;
        }
        let page = self.clone();
        dom::listen(&window(), "resize", move |_: Event| page.position.settle())?;

        let page = self.clone();
        storage::on_stored(stored::PLACE, move || {
            let page = page.clone();
            spawn_local(async move {
                let places = stored::places().await;
                browser::report(page.position.adopt(places).and_then(|()| page.fit_again()));
            });
        });
        let page = self.clone();
        storage::on_stored(stored::LOOK, move || {
            let page = page.clone();
            spawn_local(async move {
                let look = stored::look().await;
                browser::report(page.adopt_look(look).and_then(|()| page.fit_again()));
            });
        });
        Ok(())
    }

    // --- what is stored ---

    /// Takes over what is stored, as far as there is any.
    async fn load(&self, kept: Promise) -> Result<(), Error> {
        let (places, look) = stored::of_strip(&JsFuture::from(kept).await?).await;
        self.position.adopt(places)?;
        self.adopt_look(look)
    }

    fn adopt_look(&self, look: Look) -> Result<(), Error> {
        self.look.set(look);
        if let Some(demo) = &self.demo {
            demo.only_dot(look.size == look::Size::Dot);
        }
        dom::show_by_id("aloud", look.aloud)?;
        match document().document_element() {
            Some(root) => dom::set_attribute(&root, "data-look", &look.written()),
            None => Ok(()),
        }
    }

    // --- the frame's host ---

    /// Takes the line to the frame's host.
    fn join(self: &Rc<Self>, port: web_sys::MessagePort) -> Result<(), Error> {
        let page = self.clone();
        self.port.replace(Some(HostPort::open(port, move |message| page.hear(message))?));
        self.resize()
    }

    fn hear(self: &Rc<Self>, message: ToStrip) -> Result<(), Error> {
        match (message, &self.demo) {
            (ToStrip::Glance, Some(_)) => self.send(Input::Glance),
            (ToStrip::NotNow, Some(_)) => self.send(Input::NotNow),
            (ToStrip::Again, Some(demo)) => {
                demo.begin();
                self.ask_again();
            }
            (message, _) => {
                let knew_window = self.position.knows_window();
                if self.position.hear(message)? {
                    self.resize()?;
                    return if knew_window { Ok(()) } else { self.make_way() };
                }
            }
        }
        Ok(())
    }

    fn put_down(&self) -> Result<(), Error> {
        if self.position.put_down()? { self.resize() } else { Ok(()) }
    }
}
