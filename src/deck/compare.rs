//! What differs between two decks, told for people: by row and field, in the order of the decks.
//!
//! Only what a deck says is compared, not how its file is laid out, nor the order of its rows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::format::{ANCHORS, APPLIES, KINDS, PHASES, SESSION_KINDS, named};
use super::{Deck, Element, Item, Profile, Prompt, Timing, Trigger};
use crate::json::digits;
use crate::time::Span;

/// Everything that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The deck's own fields: its title, its language, its rules.
    pub deck: Vec<Difference>,
    /// Its elements.
    pub elements: Rows,
    /// Its profiles.
    pub profiles: Rows,
    /// Its checklist.
    pub items: Rows,
    /// Its prompts.
    pub prompts: Rows,
}

/// What differs in one table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rows {
    /// Rows that only the new deck has, in its order.
    pub added: Vec<Row>,
    /// Rows that only the old deck has, in its order.
    pub removed: Vec<Row>,
    /// Rows of both that say something else, in the order of the new deck.
    pub changed: Vec<Changed>,
}

/// A row by its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its lasting name.
    pub id: String,
    /// What people know it by: its label, or its cue.
    pub label: String,
}

/// A row that says something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Its lasting name.
    pub id: String,
    /// What people know it by in the new deck.
    pub label: String,
    /// Its fields that differ, in the order of the format.
    pub fields: Vec<Difference>,
}

/// One field, as it was and as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Its name in the file, such as `cue` or `timing.from_min`.
    pub field: String,
    /// What the old deck says; nothing, if the field is not there.
    pub old: Option<String>,
    /// What the new deck says.
    pub new: Option<String>,
}

/// What differs between an old deck and a new one.
pub fn compare(old: &Deck, new: &Deck) -> Comparison {
    Comparison {
        deck: differences(of_deck(old), of_deck(new)),
        elements: rows(
            old.elements.iter().map(|row| (row.row(), of_element(row))).collect(),
            new.elements.iter().map(|row| (row.row(), of_element(row))).collect(),
        ),
        profiles: rows(
            old.profiles.iter().map(|row| (row.row(), of_profile(row))).collect(),
            new.profiles.iter().map(|row| (row.row(), of_profile(row))).collect(),
        ),
        items: rows(
            old.checklist.iter().map(|row| (row.row(), of_item(row, old))).collect(),
            new.checklist.iter().map(|row| (row.row(), of_item(row, new))).collect(),
        ),
        prompts: rows(
            old.prompts.iter().map(|row| (row.row(), of_prompt(row, old))).collect(),
            new.prompts.iter().map(|row| (row.row(), of_prompt(row, new))).collect(),
        ),
    }
}

impl Comparison {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Comparison::default()
    }
}

/// The fields of a row and what they say; a field comes in every row of its kind, or in none.
type Fields = Vec<(&'static str, Option<String>)>;

fn differences(old: Fields, new: Fields) -> Vec<Difference> {
    let pairs = old.into_iter().zip(new).filter(|(old, new)| old.1 != new.1);
    pairs.map(|((field, old), (_, new))| Difference { field: field.to_owned(), old, new }).collect()
}

trait Named {
    fn row(&self) -> Row;
    fn id(&self) -> &str;
}

macro_rules! named {
    ($($kind:ty, $label:ident);*) => {$(
        impl Named for $kind {
            fn row(&self) -> Row {
                Row { id: self.id.clone(), label: self.$label.clone() }
            }
            fn id(&self) -> &str {
                &self.id
            }
        }
    )*};
}

named!(Element, label; Profile, label; Item, label; Prompt, cue);

fn rows(old: Vec<(Row, Fields)>, new: Vec<(Row, Fields)>) -> Rows {
    let mut before: BTreeMap<String, usize> = BTreeMap::new();
    for (index, (row, _)) in old.iter().enumerate() {
        before.insert(row.id.clone(), index);
    }
    let mut old: Vec<Option<(Row, Fields)>> = old.into_iter().map(Some).collect();
    let mut found = Rows::default();
    for (row, fields) in new {
        let Some((_, known)) = before.get(&row.id).and_then(|index| old[*index].take()) else {
            found.added.push(row);
            continue;
        };
        let fields = differences(known, fields);
        if !fields.is_empty() {
            let Row { id, label } = row;
            found.changed.push(Changed { id, label, fields });
        }
    }
    found.removed = old.into_iter().flatten().map(|(row, _)| row).collect();
    found
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn number(number: impl ToString) -> Option<String> {
    Some(number.to_string())
}

fn minutes(span: Span) -> Option<String> {
    Some(digits(span.as_minutes()))
}

fn seconds(span: Span) -> Option<String> {
    Some((span.0 / 1_000).to_string())
}

fn name<T: PartialEq>(names: &[(&'static str, T)], value: T) -> Option<String> {
    text(named(names, value))
}

/// The ids of rows, by their indices, in an order that does not depend on that of the rows.
fn ids<'a, T: Named + 'a>(rows: &'a [T], indices: impl IntoIterator<Item = usize>) -> Option<String> {
    let mut ids: Vec<&str> = Vec::new();
    for id in indices.into_iter().filter_map(|index| rows.get(index)).map(Named::id) {
        ids.insert(ids.partition_point(|known| *known < id), id);
    }
    (!ids.is_empty()).then(|| ids.join(", "))
}

fn of_deck(deck: &Deck) -> Fields {
    let rules = &deck.rules;
    vec![
        ("title", text(&deck.title)),
        ("language", text(&deck.language)),
        ("rules.opening_quiet_min", minutes(rules.opening_quiet)),
        ("rules.closing_min", minutes(rules.closing)),
        ("rules.closing_quiet_min", minutes(rules.closing_quiet)),
        ("rules.checklist_gap_min", minutes(rules.checklist_gap)),
        ("rules.jitter_s", seconds(rules.jitter)),
        ("rules.wait_s", seconds(rules.wait)),
        ("rules.dot_s", seconds(rules.dot)),
    ]
}

fn of_element(element: &Element) -> Fields {
    vec![("label", text(&element.label)), ("about", text(&element.about))]
}

fn of_profile(profile: &Profile) -> Fields {
    vec![
        ("label", text(&profile.label)),
        ("for_whom", text(&profile.for_whom)),
        ("timed_per_50_min", number(profile.timed_per_50)),
        ("checklist_per_50_min", number(profile.checklist_per_50)),
        ("gap_min", minutes(profile.gap)),
        ("same_kind_in_a_row", number(profile.same_kind_in_a_row)),
        ("closing_priority", number(profile.closing_priority)),
        ("words_by_themselves", number(profile.words_by_themselves)),
    ]
}

fn of_item(item: &Item, deck: &Deck) -> Fields {
    vec![
        ("phase", name(&PHASES, item.phase)),
        ("label", text(&item.label)),
        ("explanation", text(&item.explanation)),
        ("applies", name(&APPLIES, item.applies)),
        ("core", number(item.core)),
        ("element", ids(&deck.elements, [item.element])),
        ("basis", text(&item.basis)),
    ]
}

fn of_prompt(prompt: &Prompt, deck: &Deck) -> Fields {
    let timing = prompt.timing();
    let minutes_of = |field: fn(&Timing) -> Span| timing.and_then(|timing| minutes(field(timing)));
    let (trigger, moment) = match &prompt.trigger {
        Trigger::Timer(_) => ("timer", None),
        Trigger::Checklist(_) => ("checklist", None),
        Trigger::Moment(moment) => ("moment", Some(moment)),
    };
    let kinds = SESSION_KINDS.iter().filter(|(_, kind)| prompt.session_kinds.has(*kind)).map(|(name, _)| *name);
    vec![
        ("kind", name(&KINDS, prompt.kind)),
        ("cue", text(&prompt.cue)),
        ("text", text(&prompt.text)),
        ("say", prompt.say.clone()),
        ("reason", prompt.reason.clone()),
        ("element", ids(&deck.elements, [prompt.element])),
        ("also_serves", ids(&deck.elements, prompt.also_serves.iter().copied())),
        ("trigger", text(trigger)),
        ("priority", number(prompt.priority)),
        ("timing.anchor", timing.and_then(|timing| name(&ANCHORS, timing.anchor))),
        ("timing.from_min", minutes_of(|timing| timing.from)),
        ("timing.to_min", minutes_of(|timing| timing.to)),
        ("timing.repeat_every_min", timing.and_then(|timing| minutes(timing.repeat?))),
        ("timing.max_per_session", timing.and_then(|timing| number(timing.max))),
        ("timing.cooldown_min", minutes_of(|timing| timing.cooldown)),
        ("timing.expires_after_min", minutes_of(|timing| timing.expires)),
        ("moment.label", moment.map(|moment| moment.label.clone())),
        ("moment.crisis", moment.and_then(|moment| number(moment.crisis))),
        ("dwell_s", seconds(prompt.dwell)),
        ("enabled_in", ids(&deck.profiles, (0..deck.profiles.len()).filter(|index| prompt.in_profile(*index)))),
        ("session_kinds", text(&kinds.collect::<Vec<_>>().join(", "))),
        ("ongoing_every", number(prompt.ongoing_every)),
        ("unless_ticked", prompt.unless_ticked.and_then(|item| ids(&deck.checklist, [item]))),
        ("basis", text(&prompt.basis)),
    ]
}
