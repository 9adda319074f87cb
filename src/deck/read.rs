//! A cursor over JSON that reads on after a mistake, so that all of them are reported at once.

use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

use super::problem::{Place, Problems, Step};
use crate::message::Message;

/// The most entries a list of a deck may have.
const LIST_MAX: usize = 20_000;

/// More bytes than this for each character allowed are no text that anyone reads. A family emoji has 25.
const BYTES_PER_CHARACTER: usize = 32;

/// Characters that take no room: joiners, direction marks, the byte order mark.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A value in the deck and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    value: &'a Value,
    place: Place<'a>,
    problems: &'a Problems<'a>,
}

impl<'a> Node<'a> {
    pub(super) fn root(value: &'a Value, problems: &'a Problems<'a>) -> Node<'a> {
        Node { value, place: Place::File, problems }
    }

    pub(super) fn report(&self, message: Message) {
        self.problems.add(&self.place, message);
    }

    /// Reports a mistake in the field `key`, also where the field is missing.
    pub(super) fn report_in(&self, key: &str, message: Message) {
        self.problems.add(&Place::Within(&self.place, Step::Key(key)), message);
    }

    fn expected<T>(&self, what: &str) -> Option<T> {
        self.report(Message::plain(what));
        None
    }

    /// Whether this is an object; fields outside `known` are reported.
    pub(super) fn is_object(&self, known: &[&str]) -> bool {
        let Some(fields) = self.value.as_object() else {
            self.report(Message::plain("deck_not_object"));
            return false;
        };
        for key in fields.keys().filter(|key| !known.contains(&key.as_str())) {
            self.report_in(key, Message::with("deck_unknown_field", [known.join(", ")]));
        }
        true
    }

    /// The field `key` of an object, if it is there and not null.
    pub(super) fn optional<'s>(&'s self, key: &'s str) -> Option<Node<'s>> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(Node { value, place: Place::Within(&self.place, Step::Key(key)), problems: self.problems })
    }

    /// The field `key` of an object; reported if it is not there.
    pub(super) fn required<'s>(&'s self, key: &'s str) -> Option<Node<'s>> {
        let field = self.optional(key);
        if field.is_none() {
            self.report_in(key, Message::plain("deck_missing"));
        }
        field
    }

    /// The entries of a list.
    pub(super) fn list<'s>(&'s self) -> Option<Vec<Node<'s>>> {
        let Some(list) = self.value.as_array() else { return self.expected("deck_not_list") };
        if list.len() > LIST_MAX {
            self.report(Message::with("deck_list_long", [list.len().to_string(), LIST_MAX.to_string()]));
            return None;
        }
        let node = |(index, value)| Node {
            value,
            place: Place::Within(&self.place, Step::Index(index)),
            problems: self.problems,
        };
        Some(list.iter().enumerate().map(node).collect())
    }

    /// One line of text of at most `max` characters as people count them.
    pub(super) fn text(&self, max: usize) -> Option<&'a str> {
        let Some(text) = self.value.as_str() else { return self.expected("deck_not_text") };
        if text.chars().all(|c| c.is_whitespace() || is_unseen(c)) {
            return self.expected("deck_empty_text");
        }
        if text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
            return self.expected("deck_line_break");
        }
        // Counting bytes first spares a sound short text the slower count. A text may look short and be long all the
        // same, with a heap of marks on one letter.
        if text.len() > max {
            let length = text.graphemes(true).count();
            if length > max || text.len() > BYTES_PER_CHARACTER * max {
                self.report(Message::with("deck_text_long", [length.to_string(), max.to_string()]));
                return None;
            }
        }
        Some(text)
    }

    /// The text as it stands, whatever it is.
    pub(super) fn raw_text(&self) -> Option<&'a str> {
        self.value.as_str()
    }

    /// A name for references: lower-case letters, digits, dots, dashes and underscores.
    pub(super) fn id(&self) -> Option<&'a str> {
        let id = self.text(64)?;
        if !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b)) {
            return self.expected("deck_bad_id");
        }
        Some(id)
    }

    /// A number from `min` to `max`.
    pub(super) fn number(&self, min: f64, max: f64) -> Option<f64> {
        let Some(number) = self.value.as_f64() else { return self.expected("deck_not_number") };
        if !(min..=max).contains(&number) {
            self.report(Message::with("deck_out_of_range", [number.to_string(), min.to_string(), max.to_string()]));
            return None;
        }
        Some(number)
    }

    /// A whole number from `min` to `max`.
    pub(super) fn whole(&self, min: u32, max: u32) -> Option<u32> {
        let number = self.number(min.into(), max.into())?;
        if number.fract() != 0.0 {
            return self.expected("deck_not_whole");
        }
        Some(number as u32)
    }

    /// True or false.
    pub(super) fn flag(&self) -> Option<bool> {
        self.value.as_bool().or_else(|| self.expected("deck_not_flag"))
    }

    /// One of a few names.
    pub(super) fn one_of<T: Copy>(&self, names: &[(&str, T)]) -> Option<T> {
        let name = self.value.as_str().unwrap_or_default();
        let found = names.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            self.report(Message::with("deck_not_one_of", [known.join(", ")]));
        }
        found
    }
}
