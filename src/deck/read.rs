//! A cursor over JSON that reads on after a mistake, so that all of them are reported at once.

use unicode_segmentation::UnicodeSegmentation;

use super::format::{BYTES_PER_CHARACTER, Bounds, Fields, ID_MAX, LIST_MAX, UNSEEN, called};
use super::problem::{Place, Problems, Step, shown};
use crate::json::{Json, Value, digits};
use crate::text::Message;

fn is_unseen(c: char) -> bool {
    UNSEEN.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// A value in the deck and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    json: &'a Json<'a>,
    place: Place<'a>,
    problems: &'a Problems,
}

impl<'a> Node<'a> {
    pub(super) fn root(json: &'a Json<'a>, problems: &'a Problems) -> Node<'a> {
        Node { json, place: Place::File, problems }
    }

    pub(super) fn report(&self, message: Message) {
        self.problems.add(&self.place, self.json.at, message);
    }

    /// Reports a mistake in the field `key`, also where the field is missing.
    pub(super) fn report_in(&self, key: &str, message: Message) {
        self.report_at(key, self.json.get(key).unwrap_or(self.json), message);
    }

    fn report_at(&self, key: &str, json: &Json<'_>, message: Message) {
        self.problems.add(&Place::Within(&self.place, Step::Key(key)), json.at, message);
    }

    fn expected<T>(&self, what: &str) -> Option<T> {
        self.report(Message::plain(what));
        None
    }

    /// Whether this is an object; fields that are not known or come twice are reported.
    pub(super) fn is_object(&self, fields: &Fields) -> bool {
        let Some(found) = self.json.as_object() else {
            self.report(Message::plain("deck_not_object"));
            return false;
        };
        // Each of them is known, or a problem: there are never many.
        let mut seen: Vec<&str> = Vec::new();
        for (key, json) in found {
            if self.problems.is_full() {
                break;
            }
            if seen.contains(&key.as_ref()) {
                self.report_at(key, json, Message::with("deck_field_twice", [shown(key)]));
                continue;
            }
            seen.push(key.as_ref());
            if !fields.known.contains(&key.as_ref()) {
                self.report_at(key, json, Message::with("deck_unknown_field", [fields.known.join(", ")]));
            }
        }
        true
    }

    /// The field `key` of an object, if it is there and not null.
    pub(super) fn optional<'s>(&'s self, key: &'s str) -> Option<Node<'s>> {
        let json = self.json.get(key).filter(|json| !json.is_null())?;
        Some(Node { json, place: Place::Within(&self.place, Step::Key(key)), problems: self.problems })
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
        let Some(list) = self.json.as_list() else { return self.expected("deck_not_list") };
        if list.len() > LIST_MAX {
            self.report(Message::with("deck_list_long", [list.len().to_string(), LIST_MAX.to_string()]));
            return None;
        }
        let node = |(index, json)| Node {
            json,
            place: Place::Within(&self.place, Step::Index(index)),
            problems: self.problems,
        };
        Some(list.iter().enumerate().map(node).collect())
    }

    /// One line of text of at most `max` characters as people count them.
    pub(super) fn text(&self, max: usize) -> Option<&'a str> {
        let text = self.any_text()?;
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

    /// A text, whatever it says.
    pub(super) fn any_text(&self) -> Option<&'a str> {
        self.raw_text().or_else(|| self.expected("deck_not_text"))
    }

    /// The text as it stands, if it is one.
    pub(super) fn raw_text(&self) -> Option<&'a str> {
        self.json.as_text()
    }

    /// A name for references: lower-case letters, digits, dots, dashes and underscores.
    pub(super) fn id(&self) -> Option<&'a str> {
        let id = self.text(ID_MAX)?;
        if !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b)) {
            return self.expected("deck_bad_id");
        }
        Some(id)
    }

    /// A language tag: a language of two to eight letters, and what narrows it down.
    pub(super) fn language(&self, max: usize) -> Option<&'a str> {
        let tag = self.text(max)?;
        let mut parts = tag.split('-');
        let is_language = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic());
        let is_more = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if !(parts.next().is_some_and(is_language) && parts.all(is_more)) {
            return self.expected("deck_bad_language");
        }
        Some(tag)
    }

    /// A number within bounds.
    pub(super) fn number(&self, bounds: Bounds) -> Option<f64> {
        let Value::Number(written) = &self.json.value else { return self.expected("deck_not_number") };
        let number = self.json.as_number().filter(|number| bounds.hold(*number));
        if number.is_none() {
            self.report(out_of_range(written, bounds));
        }
        number
    }

    /// A whole number within bounds.
    pub(super) fn whole(&self, bounds: Bounds) -> Option<u32> {
        let number = self.number(bounds)?;
        if number.fract() != 0.0 {
            return self.expected("deck_not_whole");
        }
        Some(number as u32)
    }

    /// True or false.
    pub(super) fn flag(&self) -> Option<bool> {
        self.json.as_flag().or_else(|| self.expected("deck_not_flag"))
    }

    /// One of a few names.
    pub(super) fn one_of<T: Copy>(&self, names: &[(&'static str, T)]) -> Option<T> {
        let found = called(names, self.raw_text().unwrap_or_default());
        if found.is_none() {
            let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            self.report(Message::with("deck_not_one_of", [known.join(", ")]));
        }
        found
    }
}

/// Says that a number is out of range, as it is written.
pub(super) fn out_of_range(written: &str, bounds: Bounds) -> Message {
    Message::with("deck_out_of_range", [shown(written), digits(bounds.least), digits(bounds.most)])
}
