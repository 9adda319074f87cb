//! What differs between two decks, for people: by row and field, in the order of the decks.
//!
//! Only what a deck says is compared, not the layout of its file, nor the order of its rows. Both decks are first
//! written out in full, and their rows then compared as plain values.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::file::{DeckFile, Item, Moment, Prompt};
use super::limits::{RowId, digits};
use super::lists::List;
use super::{Choice, Set};

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
    /// Rows that are in both but differ, in the order of the new deck.
    pub changed: Vec<Changed>,
}

/// The names of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its permanent name.
    pub id: String,
    /// What people know it by: its label, or its cue.
    pub label: String,
}

/// A row that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Its permanent name.
    pub id: String,
    /// What people know it by in the new deck.
    pub label: String,
    /// Its fields that differ, in the order of the format.
    pub fields: Vec<Difference>,
}

/// One field, before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Its name in the file, such as `cue` or `timing.from_min`.
    pub field: String,
    /// What the old deck says; nothing if it does not have the field.
    pub old: Option<String>,
    /// What the new deck says.
    pub new: Option<String>,
}

/// What differs between an old deck and a new one.
pub fn compare(old: &DeckFile, new: &DeckFile) -> Comparison {
    let prompts = |file: &DeckFile| rows(file.prompts.iter().map(spelled_out), "cue");
    let items = |file: &DeckFile| rows(file.checklist.iter().map(item_spelled_out), "label");
    Comparison {
        deck: differences(&deck(old), &deck(new)),
        elements: table(rows(old.elements.iter(), "label"), rows(new.elements.iter(), "label")),
        profiles: table(rows(old.profiles.iter(), "label"), rows(new.profiles.iter(), "label")),
        items: table(items(old), items(new)),
        prompts: table(prompts(old), prompts(new)),
    }
}

impl Comparison {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Comparison::default()
    }
}

/// Fields and their values, in the order of the format.
type Fields = Vec<(String, String)>;

/// The fields of a deck that are in no table.
fn deck(file: &DeckFile) -> Fields {
    #[derive(Serialize)]
    struct Head<'a> {
        title: &'a str,
        language: &'a str,
        rules: &'a super::file::Rules,
    }
    fields(&Head { title: &file.title, language: &file.language, rules: &file.rules })
}

/// A prompt with everything that may be left out, and with lists in a fixed order.
fn spelled_out(prompt: &Prompt) -> Prompt {
    let moment = |moment: &Moment| Moment { crisis: Some(moment.crisis.unwrap_or(false)), ..moment.clone() };
    Prompt {
        also_serves: prompt.also_serves.as_ref().filter(|list| !list.is_empty()).map(sorted),
        moment: prompt.moment.as_ref().map(moment),
        enabled_in: sorted(&prompt.enabled_in),
        session_kinds: named(prompt.session_kinds.as_deref()),
        channels: named(prompt.channels.as_deref()),
        ongoing_every: prompt.ongoing_every.or(super::limits::Whole::new(1.0).ok()),
        ..prompt.clone()
    }
}

/// The same for a checklist item.
fn item_spelled_out(item: &Item) -> Item {
    Item { channels: named(item.channels.as_deref()), ..item.clone() }
}

/// The values that a list names, or every value if there is none, in their own order.
fn named<T: Choice>(list: Option<&[T]>) -> Option<List<T>> {
    List::try_from(Set::named(list).values().collect::<Vec<T>>()).ok()
}

fn sorted(list: &List<RowId>) -> List<RowId> {
    let mut list = list.clone();
    list.sort();
    list
}

/// The rows of a table by their names, each with its fields.
fn rows(table: impl Iterator<Item = impl Serialize>, label: &str) -> Vec<(Row, Fields)> {
    let named = |row| {
        let mut fields = fields(&row);
        let text = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone());
        let row = Row { id: text("id").unwrap_or_default(), label: text(label).unwrap_or_default() };
        fields.retain(|(field, _)| field != "id");
        (row, fields)
    };
    table.map(named).collect()
}

fn table(old: Vec<(Row, Fields)>, new: Vec<(Row, Fields)>) -> Rows {
    let mut known: BTreeMap<String, Fields> =
        old.iter().map(|(row, fields)| (row.id.clone(), fields.clone())).collect();
    let mut found = Rows::default();
    for (Row { id, label }, fields) in new {
        let Some(before) = known.remove(&id) else {
            found.added.push(Row { id, label });
            continue;
        };
        let fields = differences(&before, &fields);
        if !fields.is_empty() {
            found.changed.push(Changed { id, label, fields });
        }
    }
    found.removed = old.into_iter().map(|(row, _)| row).filter(|row| known.contains_key(&row.id)).collect();
    found
}

fn differences(old: &Fields, new: &Fields) -> Vec<Difference> {
    let says =
        |fields: &Fields, name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone());
    let names = all_names(old, new).into_iter();
    let differences =
        names.map(|name| Difference { field: name.to_owned(), old: says(old, name), new: says(new, name) });
    differences.filter(|difference| difference.old != difference.new).collect()
}

/// The names of the fields that either row has, in the order of the format: a field that only the old row has keeps its
/// place before the next one there.
fn all_names<'a>(old: &'a Fields, new: &'a Fields) -> Vec<&'a str> {
    let mut names: Vec<&str> = new.iter().map(|(name, _)| name.as_str()).collect();
    let mut next = names.len();
    for (name, _) in old.iter().rev() {
        match names.iter().position(|known| known == name) {
            Some(at) => next = at,
            None => names.insert(next, name),
        }
    }
    names
}

/// The fields of a row, and of the objects in it, as text.
fn fields(row: &impl Serialize) -> Fields {
    let mut fields = Vec::new();
    if let Ok(value) = serde_json::to_value(row) {
        add(&mut fields, "", &value);
    }
    fields
}

fn add(fields: &mut Fields, name: &str, value: &Value) {
    let Value::Object(inner) = value else {
        fields.push((name.to_owned(), text(value)));
        return;
    };
    for (key, value) in inner {
        let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
        add(fields, &name, value);
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), digits),
        Value::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(", "),
        Value::Null | Value::Bool(_) | Value::Object(_) => value.to_string(),
    }
}
