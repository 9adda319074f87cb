//! What is wrong with a deck: where, what, and how to mend it.

use std::cell::RefCell;

use serde::Serialize;

use crate::text::Message;

/// So many problems are listed; more would not help anyone to mend a deck.
const LISTED: usize = 200;
/// So much of a field's name is told; a wrong file may have any.
const NAME_SHOWN: usize = 64;

/// One thing that is wrong with a deck, or with a change to one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The place in the file, such as `prompts[12].cue`; empty for the file as a whole. In changes, rows are named by
    /// id: `prompts[lean_in].cue`.
    pub place: String,
    /// The line of the file, counted from 1; 0 for a change, which is in no file.
    pub line: usize,
    /// What is wrong there, and how to mend it.
    pub message: Message,
}

/// One step from a value into its parts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// Where a value stands: a chain of steps back to the file, so that a sound deck costs no string building.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'a> {
    File,
    Within(&'a Place<'a>, Step<'a>),
}

impl Place<'_> {
    fn written(&self) -> String {
        match self {
            Place::File => String::new(),
            Place::Within(outer, Step::Index(index)) => format!("{}[{index}]", outer.written()),
            Place::Within(outer, Step::Key(key)) => match outer.written() {
                outer if outer.is_empty() => shown(key),
                outer => format!("{outer}.{}", shown(key)),
            },
        }
    }
}

/// A name from the file, cut to what can be shown.
pub(super) fn shown(name: &str) -> String {
    match name.char_indices().nth(NAME_SHOWN) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

/// Collects problems while a deck is read, in the order of the file.
pub(super) struct Problems(RefCell<Vec<(u32, String, Message)>>);

impl Problems {
    pub(super) fn new() -> Problems {
        Problems(RefCell::new(Vec::new()))
    }

    /// Adds a problem at a place; `at` is where the value there begins, or the nearest around it.
    pub(super) fn add(&self, place: &Place<'_>, at: u32, message: Message) {
        if !self.is_full() {
            let mut found = self.0.borrow_mut();
            let after = found.partition_point(|(other, ..)| *other <= at);
            found.insert(after, (at, place.written(), message));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    pub(super) fn is_full(&self) -> bool {
        self.0.borrow().len() >= LISTED
    }

    /// The problems in the order of the file, whose text tells the lines.
    pub(super) fn into_list(self, text: &str) -> Vec<Problem> {
        let (mut line, mut read, mut rest) = (0, 0, text.split_inclusive('\n'));
        let mut line_of = |at: u32| {
            while read < at as usize {
                read += rest.next().map_or(at as usize, str::len);
                line += 1;
            }
            line
        };
        self.0
            .into_inner()
            .into_iter()
            .map(|(at, place, message)| Problem { place, line: line_of(at), message })
            .collect()
    }
}

impl Problem {
    /// A problem of the file as a whole.
    pub(super) fn of_file(line: usize, message: Message) -> Problem {
        Problem { place: String::new(), line, message }
    }
}
