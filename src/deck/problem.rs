//! What is wrong with a deck: where, what, and how to fix it.

use std::ops::ControlFlow;

use deserr::{DeserializeError, ErrorKind, IntoValue, MergeWithError, ValueKind, ValuePointerRef};
use serde::Serialize;

use super::limits::Flaw;
use crate::text::Message;

/// The maximum number of problems that are listed; more would not help anyone to fix a deck.
const LISTED: usize = 200;
/// The maximum number of characters shown of a name from the file; a wrong file may have names of any length.
const NAME_SHOWN: usize = 64;

/// One thing that is wrong with a deck, or with a change to one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The place in the file, such as `prompts[12].cue`; empty for the file as a whole. In changes, the place names
    /// rows by id: `prompts[lean_in].cue`.
    pub place: String,
    /// The line of the file, counted from 1; 0 for the file as a whole, and if there is no file, as for a change.
    pub line: usize,
    /// What is wrong there, and how to fix it.
    pub message: Message,
}

impl Problem {
    /// A problem with the file as a whole.
    pub fn of_file(message: Message) -> Problem {
        Problem::of_line(0, message)
    }

    /// A problem that begins on one line of the file, in none of its fields.
    pub(super) fn of_line(line: usize, message: Message) -> Problem {
        Problem { place: String::new(), line, message }
    }
}

/// One step from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// Where a value is: the steps to it from the root.
pub(super) type Path = Vec<Step>;

fn steps(place: ValuePointerRef<'_>) -> Path {
    match place {
        ValuePointerRef::Origin => Vec::new(),
        ValuePointerRef::Key { key, prev } => with(steps(*prev), Step::Key(key.to_owned())),
        ValuePointerRef::Index { index, prev } => with(steps(*prev), Step::Index(index)),
    }
}

fn with(mut path: Path, step: Step) -> Path {
    path.push(step);
    path
}

/// A problem whose line in the text is not known yet.
#[derive(Clone, Debug)]
pub(super) struct Mistake {
    pub(super) place: Path,
    /// Which of the fields with this name it concerns; the first is 0.
    pub(super) occurrence: usize,
    pub(super) message: Message,
}

impl Mistake {
    /// The same problem without a line.
    pub(super) fn without_line(self) -> Problem {
        Problem { place: written(&self.place), line: 0, message: self.message }
    }
}

/// All mistakes found so far, up to the number that is listed.
#[derive(Debug, Default)]
pub struct Mistakes(Vec<Mistake>);

impl Mistakes {
    pub(super) fn one(place: ValuePointerRef<'_>, message: Message) -> Mistakes {
        let mut mistakes = Mistakes::default();
        mistakes.add(place, message);
        mistakes
    }

    pub(super) fn add(&mut self, place: ValuePointerRef<'_>, message: Message) {
        self.add_occurrence(place, 0, message);
    }

    pub(super) fn add_occurrence(&mut self, place: ValuePointerRef<'_>, occurrence: usize, message: Message) {
        if !self.is_full() {
            self.0.push(Mistake { place: steps(place), occurrence, message });
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn is_full(&self) -> bool {
        self.0.len() >= LISTED
    }

    pub(super) fn extend(&mut self, others: Mistakes) {
        let room = LISTED.saturating_sub(self.0.len());
        self.0.extend(others.0.into_iter().take(room));
    }

    /// The mistakes. For a part that does not belong where it is, only this is reported, and not what is wrong inside
    /// it.
    pub(super) fn into_list(mut self) -> Vec<Mistake> {
        let misplaced: Vec<Path> = self
            .0
            .iter()
            .filter(|mistake| mistake.message.key == "deck_wrong_trigger")
            .map(|mistake| mistake.place.clone())
            .collect();
        let is_inside = |inner: &Path, outer: &Path| inner.len() > outer.len() && inner.starts_with(outer);
        self.0.retain(|mistake| !misplaced.iter().any(|outer| is_inside(&mistake.place, outer)));
        self.0
    }

    fn go_on(self) -> ControlFlow<Mistakes, Mistakes> {
        if self.is_full() { ControlFlow::Break(self) } else { ControlFlow::Continue(self) }
    }
}

impl MergeWithError<Mistakes> for Mistakes {
    fn merge(known: Option<Mistakes>, more: Mistakes, _: ValuePointerRef<'_>) -> ControlFlow<Mistakes, Mistakes> {
        let Some(mut mistakes) = known else { return more.go_on() };
        mistakes.extend(more);
        mistakes.go_on()
    }
}

impl MergeWithError<Flaw> for Mistakes {
    fn merge(known: Option<Mistakes>, flaw: Flaw, place: ValuePointerRef<'_>) -> ControlFlow<Mistakes, Mistakes> {
        let mut mistakes = known.unwrap_or_default();
        mistakes.add(place, flaw.0);
        mistakes.go_on()
    }
}

impl DeserializeError for Mistakes {
    fn error<V: IntoValue>(
        known: Option<Mistakes>,
        error: ErrorKind<'_, V>,
        place: ValuePointerRef<'_>,
    ) -> ControlFlow<Mistakes, Mistakes> {
        let mut mistakes = known.unwrap_or_default();
        match error {
            // A field that is null counts as missing; an entry of a list, or the file itself, does not.
            ErrorKind::IncorrectValueKind { actual, .. }
                if actual.kind() == ValueKind::Null && matches!(place, ValuePointerRef::Key { .. }) =>
            {
                mistakes.add(place, Message::plain("deck_missing"));
            }
            ErrorKind::IncorrectValueKind { accepted, .. } => {
                mistakes.add(place, Message::plain(expected(accepted)));
            }
            ErrorKind::MissingField { field } => mistakes.add(place.push_key(field), Message::plain("deck_missing")),
            ErrorKind::UnknownKey { key, accepted } => {
                mistakes.add(place.push_key(key), Message::with("deck_unknown_field", [accepted.join(", ")]));
            }
            ErrorKind::UnknownValue { accepted, .. } => {
                mistakes.add(place, Message::with("deck_not_one_of", [accepted.join(", ")]));
            }
            // No type of a deck produces these.
            ErrorKind::BadSequenceLen { .. } | ErrorKind::Unexpected { .. } => {
                mistakes.add(place, Message::plain("deck_not_object"));
            }
        }
        mistakes.go_on()
    }
}

/// The message for a value of the wrong type.
fn expected(accepted: &[ValueKind]) -> &'static str {
    match accepted.first() {
        Some(ValueKind::String) => "deck_not_text",
        Some(ValueKind::Boolean) => "deck_not_flag",
        Some(ValueKind::Sequence) => "deck_not_list",
        Some(ValueKind::Integer | ValueKind::NegativeInteger | ValueKind::Float) => "deck_not_number",
        Some(ValueKind::Map | ValueKind::Null) | None => "deck_not_object",
    }
}

/// A place as people read it: `prompts[12].cue`.
pub(super) fn written(place: &[Step]) -> String {
    let mut text = String::new();
    for step in place {
        match step {
            Step::Index(index) => text.push_str(&format!("[{index}]")),
            Step::Key(key) => {
                text.push_str(if text.is_empty() { "" } else { "." });
                text.push_str(&shown(key));
            }
        }
    }
    text
}

/// A name from the file, cut to the length that is shown.
pub(crate) fn shown(name: &str) -> String {
    match name.char_indices().nth(NAME_SHOWN) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}
