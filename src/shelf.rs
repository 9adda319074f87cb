//! The decks that a therapist has: the shipped one, and up to ten of her own, of which one is in use.
//!
//! A deck of one's own is kept as the text that was imported, so that what is exported again is the same to the byte.
//! Only a sound deck comes onto the shelf; what is refused changes nothing.

use serde::{Deserialize, Serialize};

use crate::deck::{Deck, Problem};

/// So many decks of one's own have room. Browsers give an extension a few megabytes.
pub const OWN_MAX: usize = 10;

/// The decks of one's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    own: Vec<Own>,
    /// The number of the deck in use; none is the shipped one.
    chosen: Option<u32>,
    next: u32,
}

/// A deck of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// What it is called by here.
    pub number: u32,
    /// The file as it was imported.
    pub text: String,
}

/// Why a deck did not come onto the shelf.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// It is broken, here and there.
    Broken(Vec<Problem>),
    /// It is there already, under this number.
    There(u32),
    /// There is no room for another one.
    Full,
}

/// What was taken off the shelf, to put it back where it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    own: Own,
    index: usize,
    chosen: bool,
}

impl Shelf {
    /// The decks of one's own, the oldest first.
    pub fn own(&self) -> &[Own] {
        &self.own
    }

    /// The number of the deck in use; none is the shipped one.
    pub const fn chosen(&self) -> Option<u32> {
        self.chosen
    }

    /// The text of deck `number`.
    pub fn text(&self, number: u32) -> Option<&str> {
        self.own.iter().find(|own| own.number == number).map(|own| own.text.as_str())
    }

    /// Takes a deck in, and returns its number.
    ///
    /// # Errors
    /// If it is broken, there already, or one too many.
    pub fn add(&mut self, text: String) -> Result<u32, Refused> {
        if let Some(own) = self.own.iter().find(|own| own.text == text) {
            return Err(Refused::There(own.number));
        }
        Deck::from_json(&text).map_err(Refused::Broken)?;
        if self.own.len() >= OWN_MAX {
            return Err(Refused::Full);
        }
        let number = self.next;
        self.next += 1;
        self.own.push(Own { number, text });
        Ok(number)
    }

    /// Puts a deck to use; none is the shipped one.
    pub fn choose(&mut self, number: Option<u32>) {
        if number.is_none_or(|number| self.text(number).is_some()) {
            self.chosen = number;
        }
    }

    /// Takes a deck off the shelf. If it was in use, the shipped one is now.
    pub fn take(&mut self, number: u32) -> Option<Taken> {
        let index = self.own.iter().position(|own| own.number == number)?;
        let chosen = self.chosen == Some(number);
        if chosen {
            self.chosen = None;
        }
        Some(Taken { own: self.own.remove(index), index, chosen })
    }

    /// Puts back what was taken.
    pub fn put_back(&mut self, Taken { own, index, chosen }: Taken) {
        if chosen {
            self.chosen = Some(own.number);
        }
        self.own.insert(index.min(self.own.len()), own);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../extension/decks/en.json");

    /// The shipped deck under another title.
    fn deck(title: &str) -> String {
        SHIPPED.replacen("\"title\": \"", &["\"title\": \"", title, " "].concat(), 1)
    }

    #[test]
    fn what_comes_in_goes_out_the_same() {
        let mut shelf = Shelf::default();
        let text = deck("Mine").replace('\n', "\r\n");
        let number = shelf.add(text.clone()).unwrap();
        let saved = serde_json::to_string(&shelf).unwrap();
        let shelf: Shelf = serde_json::from_str(&saved).unwrap();
        assert_eq!(shelf.text(number), Some(text.as_str()));
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
    fn what_is_taken_can_be_put_back_where_it_was() {
        let mut shelf = Shelf::default();
        for title in ["a", "b", "c"] {
            shelf.add(deck(title)).unwrap();
        }
        shelf.choose(Some(1));
        let before = shelf.clone();
        let taken = shelf.take(1).unwrap();
        assert_eq!((shelf.chosen(), shelf.own().len()), (None, 2));
        shelf.put_back(taken);
        assert_eq!(shelf, before);
        shelf.choose(Some(99));
        assert_eq!(shelf.chosen(), Some(1), "what is not there cannot be chosen");
    }
}
