//! The views of the page, and the address that says which one is shown.

use web_sys::Element;

use super::{Page, ROWS};
use attune_toolkit::browser::{document, window};
use attune_toolkit::{Error, dom};

/// A part of the page; one of them is shown at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    Prompts,
    Checklist,
    Pacing,
    Start,
    Strip,
    Keys,
    Sites,
    Decks,
    Resting,
    /// What concerns all settings at once.
    All,
}

/// The names of the views in the page and in its address.
const NAMES: [(&str, View); 10] = [
    ("prompts", View::Prompts),
    ("checklist", View::Checklist),
    ("pacing", View::Pacing),
    ("start", View::Start),
    ("strip", View::Strip),
    ("keys", View::Keys),
    ("sites", View::Sites),
    ("decks", View::Decks),
    ("resting", View::Resting),
    ("all", View::All),
];

impl View {
    /// Its name in the page and in its address.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, view)| *view == self).map_or("", |(name, _)| name)
    }

    /// The view of an address, by what comes after the `#`; the first one if that is not the name of a view.
    fn of(hash: &str) -> View {
        let name = hash.strip_prefix('#');
        NAMES.iter().find(|(known, _)| name == Some(*known)).map(|(_, view)| *view).unwrap_or_default()
    }
}

impl Page {
    /// Shows the view that the address names.
    pub fn turn_to_address(&self) -> Result<(), Error> {
        let hash = window().location().hash()?;
        let view = View::of(&hash);
        self.view.set(view);
        self.shown.set(ROWS);
        self.editing.take();
        for section in dom::all::<Element>("[data-view]")? {
            let is_this = section.get_attribute("data-view").as_deref() == Some(view.name());
            dom::show(&section, is_this)?;
        }
        self.sample.show(view == View::Strip)?;
        for link in dom::all::<Element>("nav a")? {
            let is_this = link.get_attribute("href").is_some_and(|href| href.strip_prefix('#') == Some(view.name()));
            if is_this {
                dom::set_attribute(&link, "aria-current", "page")?
            } else {
                link.remove_attribute("aria-current")?
            }
        }
        self.draw()
    }

    /// The part of the page that is shown.
    pub fn section(&self) -> Result<Element, Error> {
        let found = document().query_selector(&["[data-view=", self.view.get().name(), "]"].concat())?;
        found.ok_or_else(|| Error::missing(self.view.get().name()))
    }
}

/// Goes to a view, as a link to it would.
pub fn show(view: View) -> Result<(), Error> {
    Ok(window().location().set_hash(view.name())?)
}
