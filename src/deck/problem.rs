//! What is wrong with a deck: where, what, and how to mend it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::RawValue;

use crate::message::Message;

/// So many problems are listed; more would not help anyone to mend a deck.
const LISTED: usize = 200;

/// One thing that is wrong with a deck.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The place in the file, such as `prompts[12].cue`; empty for the file as a whole.
    pub place: String,
    /// The line of the file, counted from 1.
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

impl<'a> Place<'a> {
    fn steps(&self) -> Vec<Step<'a>> {
        let mut steps = Vec::new();
        let mut place = *self;
        while let Place::Within(outer, step) = place {
            steps.push(step);
            place = *outer;
        }
        steps.reverse();
        steps
    }
}

/// Collects problems while a deck is read.
pub(super) struct Problems<'t> {
    text: &'t str,
    found: RefCell<Vec<Problem>>,
}

impl<'t> Problems<'t> {
    pub(super) fn new(text: &'t str) -> Problems<'t> {
        Problems { text, found: RefCell::new(Vec::new()) }
    }

    pub(super) fn add(&self, place: &Place<'_>, message: Message) {
        let mut found = self.found.borrow_mut();
        if found.len() < LISTED {
            let steps = place.steps();
            found.push(Problem { place: written(&steps), line: line_of(self.text, &steps), message });
        }
    }

    pub(super) fn add_at_line(&self, line: usize, message: Message) {
        self.found.borrow_mut().push(Problem { place: String::new(), line, message });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.borrow().is_empty()
    }

    pub(super) fn into_list(self) -> Vec<Problem> {
        self.found.into_inner()
    }
}

fn written(steps: &[Step<'_>]) -> String {
    let mut place = String::new();
    for step in steps {
        match step {
            Step::Key(key) => {
                if !place.is_empty() {
                    place.push('.');
                }
                place.push_str(key);
            }
            Step::Index(index) => place.push_str(&format!("[{index}]")),
        }
    }
    place
}

/// The line on which the value at `steps` begins, or that of the nearest value around it that exists.
///
/// The file is read again, level by level and only along this path: raw values are slices of the text, so that their
/// address tells their place.
fn line_of(text: &str, steps: &[Step<'_>]) -> usize {
    let mut slice = text;
    for step in steps {
        let inner: Option<&RawValue> = match step {
            Step::Key(key) => serde_json::from_str::<BTreeMap<String, &RawValue>>(slice)
                .ok()
                .and_then(|fields| fields.get(*key).copied()),
            Step::Index(index) => {
                serde_json::from_str::<Vec<&RawValue>>(slice).ok().and_then(|list| list.get(*index).copied())
            }
        };
        match inner {
            Some(raw) => slice = raw.get(),
            None => break,
        }
    }
    let start = slice.as_ptr() as usize - text.as_ptr() as usize;
    let lead = slice.len() - slice.trim_start().len();
    text.as_bytes()[..start + lead].iter().filter(|byte| **byte == b'\n').count() + 1
}
