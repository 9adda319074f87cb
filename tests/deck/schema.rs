//! The checked-in schema is what the program writes, sound decks satisfy it, and it agrees with the reader.

use attune::deck::{self, Deck};
use jsonschema::Validator;
use serde_json::{Value, json};

use super::languages::decks;
use super::mistakes::{Mistake, mistakes};
use super::{SHIPPED, put, sound};

/// Mistakes that no schema can express: they involve two places, or how people count characters.
const BEYOND: [&str; 9] = [
    "deck_duplicate_id",
    "deck_no_such_id",
    "deck_text_long",
    "deck_window_from_start",
    "deck_window_from_end",
    "deck_window_in_quiet",
    "deck_timer_outside_working",
    "deck_too_low_for_closing",
    "deck_no_budget",
];

fn schema() -> Value {
    serde_json::from_str(&deck::schema()).unwrap()
}

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).unwrap()
}

/// Why the schema refuses a value, if it does.
fn refused(schema: &Validator, value: &Value) -> Option<String> {
    schema.validate(value).err().map(|error| error.to_string())
}

#[test]
fn the_schema_in_docs_is_the_one_the_program_writes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/deck.schema.json");
    let kept = std::fs::read_to_string(path).unwrap();
    assert!(kept == deck::schema(), "write it again: cargo run --bin deck -- --schema > docs/deck.schema.json");
}

#[test]
fn sound_decks_satisfy_the_schema() {
    let schema = validator();
    let shipped = serde_json::from_str(SHIPPED).unwrap();
    for deck in [shipped, sound()].into_iter().chain(decks()) {
        Deck::from_json(&deck.to_string()).unwrap();
        assert_eq!(refused(&schema, &deck), None);
    }
}

#[test]
fn a_mistake_is_refused_by_the_schema_where_a_schema_can_express_it() {
    let schema = validator();
    for Mistake(at, value, key, ..) in mistakes() {
        let mut deck = sound();
        put(&mut deck, at, value);
        let told = refused(&schema, &deck);
        assert_eq!(told.is_some(), !BEYOND.contains(&key), "{key} at {at}: {told:?}");
    }
}

/// Every value of a deck, in turn, is removed and replaced: the schema refuses nothing that the reader accepts, and
/// what only the reader refuses is beyond a schema.
#[test]
fn the_schema_and_the_reader_agree_on_every_value_of_a_deck() {
    let schema = validator();
    let mut places = Vec::new();
    places_of(&sound(), "", &mut places);
    let puts = [
        None,
        Some(Value::Null),
        Some(json!(true)),
        Some(json!(0)),
        Some(json!(2)),
        Some(json!(7.5)),
        Some(json!(-1)),
        Some(json!(1e300)),
        Some(json!("")),
        Some(json!(" ")),
        Some(json!("a\nb")),
        Some(json!("\u{200b}")),
        Some(json!("plain")),
        Some(json!("Not a name of any kind")),
        Some(json!("x".repeat(100_000))),
        Some(json!([])),
        Some(json!(["plain"])),
        Some(json!([[]])),
        Some(json!({})),
        Some(json!({"id": "plain"})),
    ];
    let (mut both, mut neither) = (0, 0);
    for place in &places {
        for value in &puts {
            let mut deck = sound();
            put(&mut deck, place, value.clone());
            let by_schema = refused(&schema, &deck);
            match (Deck::from_json(&deck.to_string()), by_schema) {
                (Ok(_), None) => neither += 1,
                (Err(found), None) => {
                    let expressible = found.iter().find(|problem| !BEYOND.contains(&problem.message.key.as_str()));
                    assert_eq!(expressible, None, "{place} as {value:?}");
                }
                (Err(_), Some(_)) => both += 1,
                (Ok(_), Some(why)) => panic!("only the schema refuses {place} as {value:?}: {why}"),
            }
        }
    }
    println!("{} places: {both} values refused by both, {neither} by neither", places.len());
    assert!(both > 1_000 && neither > 100);
}

/// People who write a deck read these in their editor.
#[test]
fn every_field_is_described() {
    fn walk(schema: &Value, described: &mut usize) {
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            if schema["additionalProperties"] == json!(false) {
                assert!(field["description"].as_str().is_some_and(|about| about.ends_with('.')), "{name}");
                *described += 1;
            }
        }
        match schema {
            Value::Object(fields) => fields.values().for_each(|value| walk(value, described)),
            Value::Array(list) => list.iter().for_each(|value| walk(value, described)),
            _ => {}
        }
    }
    let mut described = 0;
    walk(&schema(), &mut described);
    assert_eq!(described, 65, "one for each field of the format");
}

/// The places of all values below `value`.
fn places_of(value: &Value, place: &str, places: &mut Vec<String>) {
    let inner = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
    let below: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (inner(name), value)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(n, value)| (format!("{place}[{n}]"), value)).collect(),
        _ => Vec::new(),
    };
    for (place, value) in below {
        // An entry of a list cannot be removed by its place.
        if !place.ends_with(']') {
            places.push(place.clone());
        }
        places_of(value, &place, places);
    }
}
