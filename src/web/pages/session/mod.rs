//! A session as the therapist sees it in the popup and in the side panel: what to choose before Start, the running
//! hour, and what came of it.
//!
//! There is one listener for each kind of event, for as long as the page lives. A button says in `data-do` what it is
//! for. Popup and panel are one page: what is for only one of them says so in `data-only`, and is removed from the
//! other. Something is drawn only where there is a place for it.

mod actions;
mod checklist;
mod emergency;
mod ended;
mod moments;
mod picture;
mod ready;
mod requests;
mod running;
mod timeline;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent};

use attune::engine::view::{ProfileChoice, Skill};
use attune::messages::{Beside, CallBeside, State, StripPlace};
use attune::settings::keys::COMMANDS;
use attune_toolkit::background::{self, BackgroundClient};
use attune_toolkit::browser::tabs::{self, Front};
use attune_toolkit::browser::{self, document, window};
use attune_toolkit::keys::{self, Keys};
use attune_toolkit::timer::Timer;
use attune_toolkit::{Error, dom, words};
use emergency::EmergencyCard;

/// Which of the two this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Surface {
    /// Opened by the toolbar button beside one tab, and closed again soon. Where there is no toolbar, this is a window of
    /// its own.
    Popup,
    /// Stays open while tabs come and go: Chromium's side panel, Firefox's sidebar.
    Panel,
}

impl Surface {
    /// The one that the page's address names.
    fn of_page() -> Result<Surface, Error> {
        Ok(if window().location().hash()? == "#panel" { Surface::Panel } else { Surface::Popup })
    }

    const fn name(self) -> &'static str {
        match self {
            Surface::Popup => "popup",
            Surface::Panel => "panel",
        }
    }

    /// Makes the page this one: removes what is only for the other one, and opens what is open in this one.
    fn set_up(self, is_window: bool) -> Result<(), Error> {
        if is_window {
            // It has no panel beside it, and closes as a popup does.
            dom::all::<Element>("[data-do='panel']")?.iter().for_each(Element::remove);
            dom::listen(&window(), "blur", |_: Event| Ok(window().close()?))?;
        }
        for part in dom::all_with_templates("[data-only], [data-open]")? {
            if part.get_attribute("data-only").is_some_and(|only| only != self.name()) {
                part.remove();
            } else if part.get_attribute("data-open").is_some_and(|open| open == self.name()) {
                dom::toggle_attribute(&part, "open", true)?;
            }
        }
        Ok(())
    }
}

/// The tab that a window of its own is for: its address says so.
fn named_tab() -> Option<Front> {
    let tab = window().location().hash().ok()?.strip_prefix("#tab-")?.parse().ok()?;
    Some(Front { tab, window: tabs::NO_WINDOW })
}

/// What can be chosen before Start.
#[derive(Default, PartialEq)]
struct Offered {
    profiles: Vec<ProfileChoice>,
    skills: Vec<Skill>,
}

struct Page {
    surface: Surface,
    front: Cell<Option<Front>>,
    background: BackgroundClient,
    timer: Timer,
    /// The last known state.
    last: RefCell<Option<State>>,
    /// The state of the tab beside this page.
    beside: RefCell<Beside>,
    /// Whether Start was requested where nothing can be placed.
    refused: Cell<bool>,
    offered: RefCell<Offered>,
    emergency: Rc<EmergencyCard>,
}

/// Fills the page and keeps it right.
pub fn run() -> Result<(), Error> {
    let surface = Surface::of_page()?;
    let named = named_tab();
    surface.set_up(named.is_some())?;
    words::localise_page()?;
    let page = Rc::new_cyclic(|page: &Weak<Page>| {
        let page = page.clone();
        let look = move || {
            if let Some(page) = page.upgrade() {
                page.look();
            }
        };
        Page {
            surface,
            front: Cell::new(named),
            background: BackgroundClient::default(),
            timer: Timer::new(look),
            last: RefCell::default(),
            beside: RefCell::new(Beside { strip: StripPlace::Nowhere, closed: None, call: CallBeside::default() }),
            refused: Cell::default(),
            offered: RefCell::default(),
            emergency: Rc::default(),
        }
    });
    page.listen()?;
    page.emergency.run();
    page.look();
    spawn_local(async {
        browser::report(keys::draw(&Keys::now().await, &COMMANDS, ""));
    });
    Ok(())
}

impl Page {
    fn listen(self: &Rc<Self>) -> Result<(), Error> {
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
        background::on_picture(move |picture| {
            let moved = page.moves(picture.home);
            if page.background.is_idle() {
                page.redraw(picture.view);
                // Whether it could be placed here has to be asked.
                if moved {
                    page.look();
                }
            }
        });
        for opened in dom::all::<Element>("footer details")? {
            let part = opened.clone();
            // At the very end of the page, a part would open out of sight.
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
                tabs::on_tab(move || page.look());
                let page = self.clone();
                dom::listen(&document, "keydown", move |event: KeyboardEvent| page.key(&event))
            }
        }
    }
}
