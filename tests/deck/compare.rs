//! What differs between two decks, reported by row and field, always in the same order.

use attune::deck::DeckFile;
use attune::deck::changes::{Changes, PromptChange, apply};
use attune::deck::compare::{Comparison, Difference, Row, compare};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::cases::holds;
use super::damaged::shortened;
use super::{SHIPPED, put, sound};

fn read(value: &Value) -> DeckFile {
    DeckFile::from_json(&value.to_string()).unwrap()
}

fn differs(edits: &[(&str, Option<Value>)]) -> Comparison {
    let mut new = sound();
    edits.iter().for_each(|(place, value)| put(&mut new, place, value.clone()));
    compare(&read(&sound()), &read(&new))
}

fn field(field: &str, old: Option<&str>, new: Option<&str>) -> Difference {
    Difference { field: field.to_owned(), old: old.map(str::to_owned), new: new.map(str::to_owned) }
}

#[test]
fn a_deck_does_not_differ_from_itself() {
    let deck = DeckFile::from_json(SHIPPED).unwrap();
    assert!(compare(&deck, &deck).is_empty());
    let value: Value = serde_json::from_str(SHIPPED).unwrap();
    assert!(compare(&deck, &read(&value)).is_empty(), "however it is laid out");
    // What is left out, and what means the same.
    let kinds = json!(["ongoing", "early", "first"]);
    assert!(differs(&[("prompts[1].session_kinds", Some(kinds)), ("notes", None)]).is_empty());
    let both = json!(["sound", "video"]);
    let named = [("prompts[0].channels", Some(both.clone())), ("checklist[0].channels", Some(both))];
    assert!(differs(&named).is_empty());
    assert!(!differs(&[("checklist[0].channels", Some(json!(["sound"])))]).is_empty());
}

#[test]
fn the_order_of_rows_is_no_difference() {
    let mut new = sound();
    for table in ["elements", "profiles", "checklist", "prompts"] {
        new[table].as_array_mut().unwrap().reverse();
    }
    assert!(compare(&read(&sound()), &read(&new)).is_empty());
}

#[test]
fn a_changed_row_says_what_was_and_what_is() {
    let found = differs(&[
        ("prompts[0].cue", Some(json!("Come closer"))),
        ("prompts[0].timing.from_min", Some(json!(5.5))),
        ("prompts[0].enabled_in", Some(json!(["plain"]))),
        ("prompts[1].say", None),
        ("prompts[2].moment.crisis", Some(json!(true))),
    ]);
    let [lean, place, repair] = found.prompts.changed.as_slice() else { panic!("{found:?}") };
    assert_eq!((lean.id.as_str(), lean.label.as_str()), ("lean", "Come closer"));
    assert_eq!(
        lean.fields,
        [
            field("cue", Some("Lean in a little"), Some("Come closer")),
            field("timing.from_min", Some("4"), Some("5.5")),
            field("enabled_in", Some("dense, plain"), Some("plain")),
        ]
    );
    assert_eq!(place.fields, [field("say", Some("Where are you?"), None)]);
    assert_eq!(repair.fields, [field("moment.crisis", Some("false"), Some("true"))]);
    let found = differs(&[("title", Some(json!("Other"))), ("rules.wait_s", Some(json!(30)))]);
    assert_eq!(
        found.deck,
        [field("title", Some("Small"), Some("Other")), field("rules.wait_s", Some("20"), Some("30"))]
    );
    let found = differs(&[("profiles[1].gap_min", Some(json!(3))), ("checklist[0].element", Some(json!("warmth")))]);
    assert_eq!(found.profiles.changed[0].fields, [field("gap_min", Some("2"), Some("3"))]);
    assert_eq!(found.items.changed[0].fields, [field("element", Some("trust"), Some("warmth"))]);
}

#[test]
fn rows_come_and_go_by_their_ids() {
    let mut new = sound();
    new["prompts"][0]["id"] = json!("lean-in");
    let found = compare(&read(&sound()), &read(&new)).prompts;
    let row = |id: &str| Row { id: id.to_owned(), label: "Lean in a little".to_owned() };
    assert_eq!((found.added, found.removed, found.changed), (vec![row("lean-in")], vec![row("lean")], vec![]));
    // A different trigger is reported with everything that comes with it.
    let found = differs(&[
        ("prompts[2].trigger", Some(json!("timer"))),
        ("prompts[2].moment", None),
        ("prompts[2].timing", Some(sound()["prompts"][0]["timing"].clone())),
    ]);
    let fields: Vec<&str> = found.prompts.changed[0].fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields[..2], ["trigger", "timing.anchor"]);
    assert!(fields.contains(&"moment.label"));
}

/// What changes change is what a comparison finds, in both directions.
#[test]
fn a_comparison_finds_what_was_changed() {
    let shipped = &shortened();
    let old = DeckFile::from_json(shipped).unwrap();
    holds((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()), |(one, other, off)| {
        let id = |at: prop::sample::Index| old.prompts[at.index(old.prompts.len())].id.id();
        let (one, other) = (id(one), id(other));
        let reworded = PromptChange { text: Some("Other words.".to_owned()), ..PromptChange::default() };
        let mut changes = Changes::default();
        changes.prompts.insert(other.clone(), PromptChange { off, ..PromptChange::default() });
        changes.prompts.insert(one.clone(), reworded);
        let (new, _) = apply(&old, &changes).unwrap();
        let found = compare(&old, &new);
        let back = compare(&new, &old);
        let gone = off && one != other;
        assert_eq!(
            found.prompts.removed.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(),
            Vec::from_iter(gone.then_some(other.as_str()))
        );
        assert_eq!((found.prompts.changed.len(), found.prompts.changed[0].id.as_str()), (1, one.as_str()));
        assert_eq!(found.prompts.changed[0].fields.len(), 1);
        assert_eq!((&back.prompts.added, &back.prompts.removed), (&found.prompts.removed, &found.prompts.added));
        assert!(found.deck.is_empty() && found.items == Default::default() && found.profiles == Default::default());
    });
}
