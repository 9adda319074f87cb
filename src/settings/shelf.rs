//! The decks that a therapist has: the shipped one, and up to ten imported ones. One of them is in use.
//!
//! An imported deck is kept as the text of its file, so that what is exported again is the same to the byte. Only a
//! sound deck gets onto the shelf; what is refused changes nothing.

use std::rc::Rc;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::deck::limits::whole;
use crate::deck::lists::list;
use crate::deck::{Deck, FILE_MAX, Problem};

/// The maximum number of imported decks. Browsers give an extension a few megabytes.
pub const OWN_MAX: usize = 10;

/// More numbers than anyone imports decks.
const NUMBERS: u32 = 1_000_000;

/// The imported decks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shelf {
    #[serde(deserialize_with = "numbered")]
    own: Vec<Own>,
    /// The chosen deck; `None` stands for the usual one.
    chosen: Option<DeckId>,
    /// The number of the next one.
    #[serde(deserialize_with = "whole::<0, NUMBERS, _, _>")]
    next: u32,
}

/// Reads imported decks, of which no two have the same number.
fn numbered<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Own>, D::Error> {
    let own = list::<OWN_MAX, Own, D>(deserializer)?;
    let is_again = |(at, deck): (usize, &Own)| own.iter().take(at).any(|other| other.number == deck.number);
    if own.iter().enumerate().any(is_again) { Err(D::Error::custom("a number twice")) } else { Ok(own) }
}

/// A choice of deck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum DeckId {
    /// The one that comes with Attune.
    Shipped,
    /// The one that the clinic has set.
    Clinic,
    /// An imported one, by its number.
    Own(u32),
}

impl DeckId {
    /// Its name in storage and on pages.
    pub fn name(self) -> String {
        match self {
            DeckId::Shipped => "shipped".to_owned(),
            DeckId::Clinic => "clinic".to_owned(),
            DeckId::Own(number) => number.to_string(),
        }
    }

    /// The deck with this name.
    pub fn called(name: &str) -> Option<DeckId> {
        match name {
            "shipped" => Some(DeckId::Shipped),
            "clinic" => Some(DeckId::Clinic),
            number => number.parse().ok().filter(|number| *number < NUMBERS).map(DeckId::Own),
        }
    }
}

impl From<DeckId> for String {
    fn from(deck: DeckId) -> String {
        deck.name()
    }
}

impl TryFrom<String> for DeckId {
    type Error = String;
    fn try_from(name: String) -> Result<DeckId, String> {
        DeckId::called(&name).ok_or_else(|| format!("there is no deck {name}"))
    }
}

/// An imported deck.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Own {
    /// Its number here.
    #[serde(deserialize_with = "whole::<0, { NUMBERS - 1 }, _, _>")]
    pub number: u32,
    /// The file as it was imported.
    #[serde(deserialize_with = "file")]
    pub text: Rc<str>,
}

/// Reads a text that is no larger than a file may be.
fn file<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Rc<str>, D::Error> {
    let text = Rc::<str>::deserialize(deserializer)?;
    if text.len() <= FILE_MAX { Ok(text) } else { Err(D::Error::custom("larger than a file may be")) }
}

/// Why a deck was refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// It is broken.
    Broken(Vec<Problem>),
    /// It is already there, under this number.
    There(u32),
    /// There is no room for another one.
    Full,
}

impl Shelf {
    /// The imported decks, the oldest first.
    pub fn own(&self) -> &[Own] {
        &self.own
    }

    /// The deck that the therapist has chosen; `None` stands for the usual one.
    pub const fn chosen(&self) -> Option<DeckId> {
        self.chosen
    }

    /// The text of deck `number`.
    pub fn text(&self, number: u32) -> Option<&str> {
        self.own.iter().find(|own| own.number == number).map(|own| &*own.text)
    }

    /// Adds a deck, and returns its number.
    ///
    /// # Errors
    /// If it is broken, already there, or one too many.
    pub fn add(&mut self, text: String) -> Result<u32, Refused> {
        if let Some(own) = self.own.iter().find(|own| *own.text == *text) {
            return Err(Refused::There(own.number));
        }
        Deck::from_json(&text).map_err(Refused::Broken)?;
        let taken = self.own.iter().map(|own| own.number + 1).max();
        let number = self.next.max(taken.unwrap_or(0));
        if self.own.len() >= OWN_MAX || number >= NUMBERS {
            return Err(Refused::Full);
        }
        self.next = number + 1;
        self.own.push(Own { number, text: text.into() });
        Ok(number)
    }

    /// Chooses a deck; `None` stands for the usual one.
    pub fn choose(&mut self, deck: Option<DeckId>) {
        self.chosen = deck;
    }

    /// Removes a deck from the shelf. If it was in use, the usual one is used from now on.
    pub fn take(&mut self, number: u32) {
        self.own.retain(|own| own.number != number);
        self.chosen = self.chosen.filter(|chosen| *chosen != DeckId::Own(number));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    const SHIPPED: &str = include_str!("../../extension/decks/en.json");

    /// The shipped deck under another title.
    fn deck(title: &str) -> String {
        SHIPPED.replacen("\"title\": \"", &["\"title\": \"", title, " "].concat(), 1)
    }

    #[test]
    fn what_comes_in_goes_out_the_same() {
        let mut settings = Settings::default();
        let text = deck("Mine").replace('\n', "\r\n");
        let number = settings.shelf.add(text.clone()).unwrap();
        let settings = Settings::from_json(&settings.to_json()).unwrap();
        assert_eq!(settings.shelf.text(number), Some(text.as_str()));
    }

    #[test]
    fn what_is_broken_there_or_too_much_changes_nothing() {
        let mut shelf = Shelf::default();
        shelf.add(deck("0")).unwrap();
        let before = shelf.clone();
        assert!(matches!(shelf.add(SHIPPED.replacen("\"cue\"", "\"cure\"", 1)), Err(Refused::Broken(_))));
        assert_eq!(shelf.add(deck("0")), Err(Refused::There(0)));
        assert_eq!(shelf, before);
        for number in 1..OWN_MAX {
            shelf.add(deck(&number.to_string())).unwrap();
        }
        assert_eq!(shelf.add(deck("one more")), Err(Refused::Full));
    }

    #[test]
    fn what_is_taken_off_is_in_use_no_more() {
        let mut shelf = Shelf::default();
        for title in ["a", "b", "c"] {
            shelf.add(deck(title)).unwrap();
        }
        shelf.choose(Some(DeckId::Own(1)));
        shelf.take(0);
        assert_eq!((shelf.chosen(), shelf.own().len()), (Some(DeckId::Own(1)), 2));
        shelf.take(1);
        assert_eq!((shelf.chosen(), shelf.own().len()), (None, 1));
        assert_eq!(shelf.add(deck("d")), Ok(3), "a number is given once");
        shelf.take(3);
        assert_eq!(shelf.add(deck("e")), Ok(4), "also that of the latest");
    }
}
