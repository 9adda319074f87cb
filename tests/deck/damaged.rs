//! Randomly damaged decks: as people write them, and as they are stored.

use std::cell::Cell;

use attune::deck::{Deck, DeckFile, Problem};
use proptest::prelude::*;
use serde_json::Value;

use super::cases::holds;
use super::support::Words;
use super::{SHIPPED, damage, runs, sound, stored};

/// Every fourth prompt of the shipped deck, and what it needs: the whole deck would show no more, and take longer.
pub fn shortened() -> String {
    let mut deck: Value = serde_json::from_str(SHIPPED).unwrap();
    let prompts: Vec<Value> = deck["prompts"].as_array().unwrap().iter().step_by(4).cloned().collect();
    let named = |item: &Value| prompts.iter().any(|prompt| prompt["unless_ticked"] == item["id"]);
    let items: Vec<Value> = deck["checklist"].as_array().unwrap().iter().filter(|item| named(item)).cloned().collect();
    deck["prompts"] = prompts.into();
    deck["checklist"] = items.into();
    deck.to_string()
}

/// The shipped deck cut, doubled, with values swapped, changed and lost: read and run, or refused with existing places.
#[test]
fn a_damaged_deck_is_refused_or_runs() {
    let (refused, ran) = (Cell::new(0), Cell::new(0));
    let (words, shipped) = (Words::shipped(), shortened());
    let cases = holds((damage::damages(), any::<u32>(), 5..=90_u16), |(damages, seed, minutes)| {
        let text = damages.iter().fold(shipped.clone(), |text, damage| damage.to(&text));
        match Deck::from_json(&text) {
            Ok(deck) => {
                ran.set(ran.get() + 1);
                runs(deck, seed, minutes);
            }
            Err(found) => {
                refused.set(refused.get() + 1);
                assert!(!found.is_empty());
                for Problem { line, message, .. } in found {
                    assert!((1..=text.lines().count().max(1) + 1).contains(&line), "line {line}");
                    assert!(!words.say(&message).contains('$'), "{message:?}");
                }
            }
        }
    });
    assert!(refused.get() > cases / 10 && ran.get() > cases / 20, "{refused:?} were refused, {ran:?} ran");
}

#[test]
fn a_stored_deck_is_the_same_deck() {
    for text in [SHIPPED, &sound().to_string()] {
        assert_eq!(stored(text), Deck::from_json(text).unwrap());
    }
}

#[test]
fn a_damaged_stored_deck_is_refused_or_runs() {
    let (refused, ran) = (Cell::new(0), Cell::new(0));
    let stored = serde_json::to_string(&DeckFile::from_json(&sound().to_string()).unwrap()).unwrap();
    let cases = holds((damage::damages(), any::<u32>(), 5..=90_u16), |(damages, seed, minutes)| {
        let text = damages.iter().fold(stored.clone(), |text, damage| damage.to(&text));
        let file: Option<DeckFile> = serde_json::from_str(&text).ok();
        match file.and_then(|file| Deck::from_file(&file).ok()) {
            Some(deck) => {
                ran.set(ran.get() + 1);
                runs(deck, seed, minutes);
            }
            None => refused.set(refused.get() + 1),
        }
    });
    assert!(refused.get() > cases / 10 && ran.get() > cases / 20, "{refused:?} were refused, {ran:?} ran");
}
