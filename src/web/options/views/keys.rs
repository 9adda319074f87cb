//! The current keys, and sets of keys to change to. Firefox lets an extension set keys; Chromium leaves that to the
//! person, so there the view says what to press on the browser's own page, and follows.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlInputElement};

use attune::settings::keys::{COMMANDS, SETS, Set};
use attune_toolkit::browser::commands;
use attune_toolkit::keys::{Keys, draw_key, named};
use attune_toolkit::trial::Trial;
use attune_toolkit::{Error, dom, words};

/// The keys that the view knows.
pub struct View {
    now: RefCell<Keys>,
    /// What they were before they were changed here.
    before: RefCell<Option<Keys>>,
    trial: Rc<Trial>,
}

impl View {
    /// Listens for shortcuts that are tried.
    pub fn new() -> Result<View, Error> {
        Ok(View { now: RefCell::default(), before: RefCell::default(), trial: Trial::listen()? })
    }

    /// Does what a button says, and returns what has to be waited for.
    pub fn press(&self, what: &str) -> Result<Vec<Promise>, Error> {
        if what == "keys-page" {
            commands::open_settings()?;
            return Ok(Vec::new());
        }
        let now = self.now.borrow().clone();
        let before = self.before.replace(Some(now.clone())).unwrap_or(now);
        let set = chosen()?.filter(|_| what == "keys-use");
        let key = |index: usize, command| set.map_or_else(|| before.shortcut(command), |set| set.keys[index]);
        let keys = COMMANDS.iter().enumerate();
        keys.map(|(index, (command, _))| commands::set_shortcut(command, key(index, command))).collect()
    }

    /// Asks the browser for the keys, once those in `set` have been set.
    pub async fn ask(&self, set: Vec<Promise>) -> Result<(), Error> {
        let is_set = !set.is_empty();
        for one in set {
            // What the browser refuses stays as it was, and the list says so.
            let _ = JsFuture::from(one).await;
        }
        let now = Keys::now().await;
        choose(&now)?;
        self.trial.ask(&now)?;
        self.now.replace(now);
        self.draw()?;
        // The button that was pressed may be gone.
        if is_set { dom::focus(&dom::by_id("keys-undo")?) } else { Ok(()) }
    }

    /// Draws the keys, and what the chosen set would change about them.
    pub fn draw(&self) -> Result<(), Error> {
        let set = chosen()?;
        let now = self.now.borrow();
        let mut changes = false;
        let list: Element = dom::by_id("keys-list")?;
        for (index, row) in dom::rows(&list, "key", COMMANDS.len())?.iter().enumerate() {
            let (command, does) = COMMANDS[index];
            let key = now.of(command);
            let next = set.map_or_else(|| key.clone(), |set| named(set.keys[index]));
            let place: Element = dom::find(row, ".next")?;
            dom::show(&place, next != key)?;
            changes |= next != key;
            draw_key(&place, &next)?;
            draw_key(&dom::find(row, ".now")?, &key)?;
            dom::set_text(&dom::find::<Element>(row, ".does")?, &words::text(does));
        }
        let about = set.map_or_else(String::new, |set| words::text(&["keys_", set.name].concat()));
        dom::set_text_by_id("keys-about", &about)?;
        let can_set = commands::can_set_shortcuts();
        dom::show_by_id("keys-said", !changes)?;
        dom::show_by_id("keys-use", changes && can_set)?;
        dom::show_by_id("keys-how", changes && !can_set)?;
        dom::show_by_id("keys-undo", self.before.borrow().is_some())
    }
}

/// Chooses the set whose keys these are, if nothing is chosen yet.
fn choose(now: &Keys) -> Result<(), Error> {
    if chosen()?.is_some() {
        return Ok(());
    }
    let are = |set: &Set| COMMANDS.iter().zip(set.keys).all(|((command, _), key)| now.of(command) == named(key));
    if let Some(index) = SETS.iter().position(are) {
        choices()?[index].set_checked(true);
    }
    Ok(())
}

/// The set that is chosen.
fn chosen() -> Result<Option<&'static Set>, Error> {
    let index = choices()?.iter().position(HtmlInputElement::checked);
    Ok(index.map(|index| &SETS[index]))
}

/// The inputs by which a set is chosen.
fn choices() -> Result<Vec<HtmlInputElement>, Error> {
    dom::all("[name=keys]")
}
