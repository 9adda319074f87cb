//! The edits themselves: what each change does to a row of the deck file.

use serde::Serialize;

use super::{ChecklistPer50, Gap, ItemChange, ProfileChange, PromptChange, TimedPer50};
use crate::deck::file::{Budget, Item, Profile, Prompt};
use crate::deck::limits::{Flaw, Minutes, Text, Whole};

/// A field whose changed value is refused.
pub(super) type Refused = (&'static str, Flaw);

/// Puts a value in a field if the field can have it.
fn put<V, T>(
    field: &mut T,
    (name, value): (&'static str, Option<V>),
    new: impl FnOnce(V) -> Result<T, Flaw>,
    refused: &mut Vec<Refused>,
) {
    match value.map(new) {
        Some(Ok(value)) => *field = value,
        Some(Err(flaw)) => refused.push((name, flaw)),
        None => {}
    }
}

/// Whether a change sets the field of this name.
pub(super) fn is_set(change: &impl Serialize, field: &str) -> bool {
    serde_json::to_value(change).is_ok_and(|change| change.get(field).is_some())
}

impl PromptChange {
    /// Edits a prompt; returns what is refused. A field that does not belong to this row has no effect.
    pub(super) fn edit(&self, row: &mut Prompt) -> Vec<Refused> {
        let mut refused = Vec::new();
        put(&mut row.cue, ("cue", self.cue.clone()), Text::new, &mut refused);
        put(&mut row.text, ("text", self.text.clone()), Text::new, &mut refused);
        let say = |say: String| if say.is_empty() { Ok(None) } else { Text::new(say).map(Some) };
        put(&mut row.say, ("say", self.say.clone()), say, &mut refused);
        if let Some(moment) = &mut row.moment {
            put(&mut moment.label, ("label", self.label.clone()), Text::new, &mut refused);
        }
        if let Some(timing) = &mut row.timing {
            put(&mut timing.from_min, ("from_min", self.from_min), Minutes::new, &mut refused);
            put(&mut timing.to_min, ("to_min", self.to_min), Minutes::new, &mut refused);
            let repeat = |minutes| Minutes::new(minutes).map(Some);
            put(&mut timing.repeat_every_min, ("repeat_every_min", self.repeat_every_min), repeat, &mut refused);
            put(&mut timing.max_per_session, ("max_per_session", self.max_per_session), Whole::new, &mut refused);
        }
        refused
    }
}

impl ItemChange {
    /// Edits a checklist item; returns what is refused.
    pub(super) fn edit(&self, row: &mut Item) -> Vec<Refused> {
        let mut refused = Vec::new();
        put(&mut row.label, ("label", self.label.clone()), Text::new, &mut refused);
        put(&mut row.explanation, ("explanation", self.explanation.clone()), Text::new, &mut refused);
        refused
    }
}

impl ProfileChange {
    /// Tunes a profile; returns what is refused. The bounds are tighter than those of a deck.
    pub(super) fn edit(&self, row: &mut Profile) -> Vec<Refused> {
        let mut refused = Vec::new();
        let timed = |number| TimedPer50::new(number).and_then(|_| Budget::new(number));
        put(&mut row.timed_per_50_min, ("timed_per_50_min", self.timed_per_50_min), timed, &mut refused);
        let checklist = |number| ChecklistPer50::new(number).and_then(|_| Budget::new(number));
        put(
            &mut row.checklist_per_50_min,
            ("checklist_per_50_min", self.checklist_per_50_min),
            checklist,
            &mut refused,
        );
        let gap = |minutes| Gap::new(minutes).and_then(|_| Minutes::new(minutes));
        put(&mut row.gap_min, ("gap_min", self.gap_min), gap, &mut refused);
        refused
    }
}
