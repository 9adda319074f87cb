//! From a tree to a [`Deck`]: its tables, and the ids by which their rows refer to each other.

use std::collections::BTreeMap;

use super::file::tree_of;
use super::format::{DECK, NOTE_MAX, PROFILES_MAX};
use super::problem::{Problem, Problems, shown};
use super::prompts::{References, prompt};
use super::read::Node;
use super::rows::{element, item, profile, rules};
use super::{Deck, FORMAT, LABEL_MAX};
use crate::json::Json;
use crate::text::Message;

pub(super) fn deck(text: &str) -> Result<Deck, Vec<Problem>> {
    let (tree, text) = tree_of(text).map_err(|problem| vec![problem])?;
    deck_of(&tree, text)
}

/// The deck that a tree stands for. The text tells the lines of its problems.
pub(super) fn deck_of(tree: &Json<'_>, text: &str) -> Result<Deck, Vec<Problem>> {
    let problems = Problems::new();
    let deck = read(&Node::root(tree, &problems));
    match deck {
        Some(deck) if problems.is_empty() => Ok(deck),
        _ => Err(problems.into_list(text)),
    }
}

fn read(root: &Node<'_>) -> Option<Deck> {
    if !root.is_object(&DECK) {
        return None;
    }
    if let Some(format) = root.required("format") {
        format.one_of(&[(FORMAT, ())]);
    }
    let title = root.required("title").and_then(|node| node.text(LABEL_MAX));
    let language = root.required("language").and_then(|node| node.language(LABEL_MAX));
    let notes = root.optional("notes");
    for note in notes.as_ref().and_then(Node::list).unwrap_or_default() {
        note.text(NOTE_MAX);
    }
    let rules = root.required("rules").and_then(|node| rules(&node));

    let [elements, profiles, checklist, prompts] =
        ["elements", "profiles", "checklist", "prompts"].map(|key| root.required(key));
    let [element_rows, profile_rows, item_rows, prompt_rows] =
        [&elements, &profiles, &checklist, &prompts].map(|table| table.as_ref().and_then(Node::list));
    if profile_rows.as_ref().is_some_and(|rows| !(1..=PROFILES_MAX).contains(&rows.len())) {
        root.report_in("profiles", Message::with("deck_profiles_count", [PROFILES_MAX.to_string()]));
    }
    if prompt_rows.as_ref().is_some_and(Vec::is_empty) {
        root.report_in("prompts", Message::plain("deck_no_prompts"));
    }
    let refs = References {
        elements: Ids::of(element_rows.as_deref()),
        // No reference to a profile is missed where the profiles were left out.
        profiles: Ids::of(profile_rows.as_deref().filter(|rows| !rows.is_empty())),
        items: Ids::of(item_rows.as_deref()),
    };
    Ids::of(prompt_rows.as_deref());

    let elements = every(element_rows, element);
    let profiles = every(profile_rows, profile);
    let checklist = every(item_rows, |row| item(row, &refs.elements));
    // Whether a profile can show a prompt is worth saying only where the profiles themselves are sound.
    let sound = if profiles.len() == refs.profiles.rows && profiles.len() <= PROFILES_MAX { &*profiles } else { &[] };
    let prompts = every(prompt_rows, |row| prompt(row, &refs, sound, rules.as_ref()));

    Some(Deck {
        title: title?.to_owned(),
        language: language?.to_owned(),
        rules: rules?,
        elements,
        profiles,
        checklist,
        prompts,
    })
}

/// Reads all rows that make sense; the others have been reported.
fn every<T>(rows: Option<Vec<Node<'_>>>, read: impl Fn(&Node<'_>) -> Option<T>) -> Vec<T> {
    rows.unwrap_or_default().iter().filter_map(read).collect()
}

/// What each id of a table stands for.
pub(super) struct Ids {
    index: BTreeMap<String, usize>,
    /// How many rows the table has.
    rows: usize,
    /// Whether every row has a name. If not, a reference that finds nothing may well mean the row that is broken, and
    /// is not reported: one mistake is told once.
    complete: bool,
}

impl Ids {
    /// The ids of a table, or of one that could not be read; an id that comes twice is reported.
    fn of(rows: Option<&[Node<'_>]>) -> Ids {
        let mut ids = Ids { index: BTreeMap::new(), rows: rows.map_or(0, <[_]>::len), complete: rows.is_some() };
        for (index, row) in rows.unwrap_or_default().iter().enumerate() {
            let Some((node, id)) = row.optional("id").and_then(|node| Some((node, node.id()?))) else {
                ids.complete = false;
                continue;
            };
            if let Some(first) = ids.index.insert(id.to_owned(), index) {
                node.report(Message::with("deck_duplicate_id", [id.to_owned(), first.to_string()]));
                // The row was probably meant to have a name that is missed elsewhere.
                ids.complete = false;
            }
        }
        ids
    }

    /// The index of the row that `node` names.
    pub(super) fn reference(&self, node: &Node<'_>) -> Option<usize> {
        let id = node.any_text()?;
        let index = self.index.get(id).copied();
        if index.is_none() && self.complete {
            node.report(Message::with("deck_no_such_id", [shown(id)]));
        }
        index
    }
}
