//! One declaration of the deck file: however it is read and written, it is the same file.

use attune::deck::{Deck, DeckFile};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::cases::{config, holds};
use super::languages::decks;
use super::{SHIPPED, damage, problems, put, sound};

#[test]
fn a_file_is_written_in_the_layout_of_the_shipped_deck() {
    assert!(DeckFile::from_json(SHIPPED).unwrap().to_json() == SHIPPED, "one row a line, fields in their order");
}

#[test]
fn what_is_written_is_read_again() {
    for value in decks().into_iter().chain([sound()]) {
        let file = DeckFile::from_json(&value.to_string()).unwrap();
        assert_eq!(DeckFile::from_json(&file.to_json()).unwrap(), file);
        assert_eq!(serde_json::from_str::<DeckFile>(&file.to_json()).unwrap(), file);
        // Nothing has been lost or added on the way, except what is null.
        assert_eq!(without_null(serde_json::to_value(&file).unwrap()), without_null(value));
    }
}

fn without_null(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let there = fields.into_iter().filter(|(_, value)| !value.is_null());
            there.map(|(name, value)| (name, without_null(value))).collect()
        }
        Value::Array(list) => list.into_iter().map(without_null).collect(),
        other => other,
    }
}

/// The reader that reports mistakes and the one for storage are derived from the same types, each by itself: they take
/// the same files, but for texts that are too long, which only the first one counts.
#[test]
fn both_readers_take_the_same_files() {
    let (shipped, both) = (sound().to_string(), std::cell::Cell::new(0));
    let cases = holds(damage::damages(), |damages| {
        let text = damages.iter().fold(shipped.clone(), |text, damage| damage.to(&text));
        let stored = serde_json::from_str::<DeckFile>(&text).ok().filter(|file| Deck::from_file(file).is_ok());
        match DeckFile::from_json(&text) {
            Err(problems) if problems.iter().all(|problem| problem.message.key == "deck_text_long") => {}
            file => {
                both.set(both.get() + usize::from(stored.is_some()));
                if let Ok(file) = &file {
                    assert_eq!(DeckFile::from_json(&file.to_json()).as_ref(), Ok(file), "it is written as it was read");
                }
                assert_eq!(file.ok(), stored, "{text}");
            }
        }
    });
    assert!(both.get() > cases / 20, "{both:?} of {cases} were taken");
}

#[test]
fn a_number_that_should_be_whole_is_whole_in_storage_too() {
    for place in ["rules.jitter_s", "profiles[0].timed_per_50_min", "prompts[0].priority", "prompts[0].ongoing_every"] {
        let stored = |number: Value| {
            let mut deck = sound();
            put(&mut deck, place, Some(number));
            serde_json::from_value::<DeckFile>(deck).map_err(|error| error.to_string())
        };
        assert!(stored(json!(2)).is_ok() && stored(json!(2.0)).is_ok(), "{place}");
        assert_eq!(stored(json!(2.5)), Err("deck_not_whole ".to_owned()), "{place}");
        assert!(stored(json!("2")).is_err() && stored(json!(-1)).is_err(), "{place}");
    }
}

#[test]
fn a_stored_file_whose_rows_do_not_fit_together_is_no_deck() {
    for (place, value, key) in [
        ("prompts[0].element", json!("love"), "deck_no_such_id"),
        ("prompts[2].id", json!("lean"), "deck_duplicate_id"),
        ("prompts[0].timing.to_min", json!(4), "deck_window_from_start"),
        ("profiles", json!([]), "deck_profiles_count"),
        ("prompts", json!([]), "deck_no_prompts"),
    ] {
        let mut deck = sound();
        put(&mut deck, place, Some(value));
        let file: DeckFile = serde_json::from_value(deck.clone()).unwrap();
        let found = Deck::from_file(&file).unwrap_err();
        let in_file = problems(&deck.to_string());
        assert_eq!((found[0].message.key.as_str(), found[0].line), (key, 0));
        assert_eq!((&found[0].place, &found[0].message), (&in_file[0].place, &in_file[0].message));
    }
}

proptest! {
    #![proptest_config(config())]

    /// Minutes in a file may have any fraction.
    #[test]
    fn minutes_keep_their_fraction(minutes in 1.0..50.0_f64) {
        let mut deck = sound();
        put(&mut deck, "prompts[0].timing.repeat_every_min", Some(json!(minutes)));
        let file = DeckFile::from_json(&deck.to_string()).unwrap();
        prop_assert_eq!(file.prompts[0].timing.as_ref().unwrap().repeat_every_min.unwrap().get(), minutes);
        prop_assert_eq!(DeckFile::from_json(&file.to_json()).unwrap(), file);
    }
}
