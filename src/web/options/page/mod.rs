//! The options: what Attune may say and when, which deck says it, what Start offers, and which of this travels.
//!
//! There is one record of [`Settings`]. A click makes a new one from it, which is shown at once, kept, and turned into
//! what the engine uses; if that fails, the page goes back to what was kept last. Every step can be undone.

mod actions;
mod draw;
mod history;
mod keep;
mod route;
mod rows;
mod sync;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, Event, KeyboardEvent, MouseEvent};

use crate::open::{Open, Summaries};
use crate::stored;
use crate::views::sites::Site;
use crate::views::travel::Travel;
use crate::views::{keys, resting, sites, strip};
use attune::deck::DeckFile;
use attune::engine::Input;
use attune::settings::{DeckId, Library, Policy, Refused, Settings};
use attune_toolkit::background::{self, BackgroundClient};
use attune_toolkit::browser::{self, document, storage, window};
use attune_toolkit::{Error, dom, words};
use route::View;

/// How many rows of a list are shown at first, and how many more at each press.
const ROWS: usize = 100;
/// The id of a row that does not exist yet.
const NEW: &str = "";

struct Page {
    shipped: DeckFile,
    policy: RefCell<Policy>,
    settings: RefCell<Settings>,
    /// The settings as last kept.
    kept: RefCell<Settings>,
    /// What they were before each of the last steps.
    before: RefCell<Vec<Settings>>,
    open: RefCell<Option<Open>>,
    summaries: Summaries,
    travel: RefCell<Travel>,
    background: BackgroundClient,
    keys: keys::View,
    news: RefCell<String>,
    refused: RefCell<Option<(String, Refused)>>,
    view: Cell<View>,
    /// How many rows of the list are shown.
    shown: Cell<usize>,
    /// The id of the row that is being changed.
    editing: RefCell<Option<String>>,
    /// The deck that is compared with the shipped one.
    compared: Cell<Option<DeckId>>,
    keeping: Cell<bool>,
    busy: Cell<bool>,
    sample: Rc<strip::Sample>,
}

/// Fills the page and keeps it right.
pub async fn run(shipped: DeckFile, sites: Vec<Site>) -> Result<(), Error> {
    words::localise_page()?;
    sites::run(sites)?;
    let policy = Policy::read(&storage::managed().await.unwrap_or_default());
    let (settings, news) = match stored::load_settings().await {
        Ok(settings) => (settings, String::new()),
        Err(_) => (Settings::default(), words::text("options_afresh")),
    };
    let travel = Travel::recall(&policy, &settings).await;
    let page = Rc::new(Page {
        shipped,
        kept: RefCell::new(settings.clone()),
        settings: RefCell::new(settings),
        policy: RefCell::new(policy),
        before: RefCell::default(),
        open: RefCell::default(),
        summaries: Summaries::default(),
        travel: RefCell::new(travel),
        background: BackgroundClient::default(),
        keys: keys::View::new()?,
        news: news.into(),
        refused: RefCell::default(),
        view: Cell::default(),
        shown: Cell::new(ROWS),
        editing: RefCell::default(),
        compared: Cell::default(),
        keeping: Cell::default(),
        busy: Cell::default(),
        sample: strip::run()?,
    });
    page.listen()?;
    page.work_out();
    page.turn_to_address()?;
    page.ask_which()?;
    page.ask_for_keys(Vec::new());
    page.draw_resting(Input::Look).await
}

impl Page {
    fn listen(self: &Rc<Self>) -> Result<(), Error> {
        let document = document();
        let page = self.clone();
        dom::listen(&document, "click", move |event: MouseEvent| page.click(&event))?;
        let page = self.clone();
        dom::listen(&document, "change", move |event: Event| page.change(&event))?;
        let page = self.clone();
        dom::listen(&document, "input", move |event: Event| {
            if dom::nearest(&event, "[data-search]").is_some() { page.search() } else { Ok(()) }
        })?;
        let page = self.clone();
        dom::listen(&document, "submit", move |event: Event| {
            event.prevent_default();
            page.save(&event)
        })?;
        let page = self.clone();
        dom::listen(&document, "keydown", move |event: KeyboardEvent| page.key(&event))?;
        dom::listen(&document, "dragover", |event: DragEvent| {
            event.prevent_default();
            Ok(())
        })?;
        let page = self.clone();
        dom::listen(&document, "drop", move |event: DragEvent| {
            event.prevent_default();
            page.import(event.data_transfer().and_then(|data| data.files()))
        })?;
        let page = self.clone();
        dom::listen(&window(), "hashchange", move |_: Event| {
            page.turn_to_address()?;
            // The focus follows to the chosen view.
            dom::focus(&dom::find(&page.section()?, "h2")?)
        })?;
        background::on_picture(|picture| browser::report(resting::draw(&picture.view.resting)));
        // What was changed on the browser's page for keys shows up when the therapist comes back from there.
        let page = self.clone();
        dom::listen(&window(), "focus", move |_: Event| {
            page.ask_for_keys(Vec::new());
            Ok(())
        })?;
        let page = self.clone();
        storage::on_stored(stored::SETTINGS, move || spawn_local(page.clone().reload()));
        let page = self.clone();
        storage::on_synced(move || spawn_local(page.clone().hear_carried()));
        // A clinic's policy changes perhaps once a year.
        storage::on_managed(|| browser::report(window().location().reload().map_err(Error::from)));
        Ok(())
    }

    // --- what is known ---

    /// Asks something of all decks.
    fn library<T>(&self, ask: impl FnOnce(Library<'_>) -> T) -> T {
        let (settings, policy) = (self.settings.borrow(), self.policy.borrow());
        ask(Library { settings: &settings, policy: &policy, shipped: &self.shipped })
    }

    /// The title of a deck.
    fn title(&self, deck: DeckId) -> String {
        let summary = self.library(|library| self.summaries.of(deck, || library.file(deck)));
        summary.map_or_else(String::new, |summary| summary.title)
    }

    /// What people know a prompt, an item or a profile by.
    fn label(&self, id: &str) -> String {
        let open = self.open.borrow();
        let Some(deck) = open.as_ref().map(|open| &open.listing.deck) else { return String::new() };
        let label = match self.view.get() {
            View::Prompts => deck.prompt(id).map(|index| &deck.prompts[index].cue),
            View::Checklist => deck.item(id).map(|index| &deck.checklist[index].label),
            View::Pacing => deck.profile(id).map(|index| &deck.profiles[index].label),
            View::Start | View::Strip | View::Keys | View::Sites | View::Decks | View::Resting | View::All => None,
        };
        label.cloned().unwrap_or_default()
    }

    /// Works out what follows from the settings and the policy.
    fn work_out(&self) {
        let open = Open::of(&self.settings.borrow(), &self.policy.borrow(), &self.shipped);
        self.open.replace(open.ok());
    }
}
