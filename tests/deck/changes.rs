//! A therapist's own changes: what they do to a deck, where their mistakes are reported, and that they leave no trace.

use std::cell::Cell;
use std::collections::BTreeMap;

use attune::deck::changes::{self, Changes, Fitted, ItemChange, ProfileChange, PromptChange};
use attune::deck::{Deck, DeckFile, Id, Problem, Trigger};
use attune::time::Span;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::cases::holds;
use super::damaged::shortened;
use super::support::{Words, messages};
use super::{SHIPPED, put, runs, sound};

/// Changes from their JSON.
fn changes(value: Value) -> Changes {
    serde_json::from_value(value).unwrap()
}

pub fn apply(deck: &str, changes: &Changes) -> Result<Deck, Vec<Problem>> {
    changes::apply(&DeckFile::from_json(deck)?, changes).map(|(_, deck)| deck)
}

/// The deck with the changes in it as the text of a file.
fn merged(deck: &str, changes: &Changes) -> Result<String, Vec<Problem>> {
    changes::apply(&DeckFile::from_json(deck)?, changes).map(|(file, _)| file.to_json())
}

fn fitted(deck: &str, changes: &Changes) -> Result<Fitted, Vec<Problem>> {
    changes::fitted(&DeckFile::from_json(deck)?, changes)
}

fn applied(value: Value) -> Deck {
    apply(&sound().to_string(), &changes(value)).unwrap()
}

/// The problems of changes to the small deck, as key, place and arguments.
fn told(value: Value) -> Vec<(String, String, Vec<String>)> {
    let found = apply(&sound().to_string(), &changes(value)).expect_err("they should be refused");
    assert!(found.iter().all(|problem| problem.line == 0), "no file, and no line: {found:?}");
    found.into_iter().map(|Problem { place, message, .. }| (message.key, place, message.args)).collect()
}

fn told_is(value: Value, key: &str, place: &str) {
    let told = told(value);
    assert_eq!(told.iter().map(|(key, place, _)| (key.as_str(), place.as_str())).collect::<Vec<_>>(), [(key, place)]);
}

fn ids(deck: &Deck) -> Vec<&str> {
    deck.prompts.iter().map(|prompt| prompt.id.as_str()).collect()
}

/// An own prompt: the first of the small deck under another id.
fn own_prompt(id: &str) -> Value {
    let mut prompt = sound()["prompts"][0].clone();
    prompt["id"] = json!(id);
    prompt["cue"] = json!("Sit back");
    prompt
}

fn own_item(id: &str) -> Value {
    let mut item = sound()["checklist"][0].clone();
    item["id"] = json!(id);
    item["label"] = json!("Tea made");
    item
}

#[test]
fn no_changes_change_nothing() {
    let deck = Deck::from_json(SHIPPED).unwrap();
    assert_eq!(apply(SHIPPED, &Changes::default()).unwrap(), deck);
    assert_eq!(Deck::from_json(&merged(SHIPPED, &Changes::default()).unwrap()).unwrap(), deck);
    assert!(Changes::default().is_empty());
    assert_eq!(serde_json::to_string(&Changes::default()).unwrap(), "{}");
}

#[test]
fn a_prompt_is_reworded_and_retimed() {
    let deck = applied(json!({"prompts": {
        "lean": {"cue": "Come closer", "text": "A little.", "say": "So.", "from_min": 6, "to_min": 30.5,
                 "repeat_every_min": 10, "max_per_session": 3},
        "place": {"say": ""},
        "repair": {"label": "A rupture"}
    }}));
    let [lean, place, repair] = deck.prompts.as_slice() else { panic!("three prompts") };
    assert_eq!((lean.cue.as_str(), lean.text.as_str(), lean.say.as_deref()), ("Come closer", "A little.", Some("So.")));
    let timing = lean.timing().unwrap();
    assert_eq!((timing.from, timing.to), (Span::minutes(6), Span::seconds(30 * 60 + 30)));
    assert_eq!((timing.repeat, timing.max), (Some(Span::minutes(10)), 3));
    assert_eq!(place.say, None);
    assert!(matches!(&repair.trigger, Trigger::Moment(moment) if moment.label == "A rupture"));
}

#[test]
fn what_is_off_is_left_out() {
    assert_eq!(ids(&applied(json!({"prompts": {"lean": {"off": true}}}))), ["place", "repair"]);
    // A prompt that only chases an item goes with it.
    let deck = applied(json!({"items": {"place": {"off": true}}}));
    assert_eq!((ids(&deck), deck.checklist.len()), (vec!["lean", "repair"], 0));
    // One that is useful by itself stays, and nothing silences it any more.
    let mut value = sound();
    put(&mut value, "prompts[0].unless_ticked", Some(json!("place")));
    let off = changes(json!({"items": {"place": {"off": true}}}));
    let deck = apply(&value.to_string(), &off).unwrap();
    assert_eq!((ids(&deck), deck.prompts[0].unless_ticked), (vec!["lean", "repair"], None));
    let all = json!({"prompts": {"lean": {"off": true}, "place": {"off": true}, "repair": {"off": true}}});
    told_is(all, "change_all_off", "prompts");
}

#[test]
fn an_item_is_reworded() {
    let deck = applied(json!({"items": {"place": {"label": "Where they are", "explanation": "Today."}}}));
    assert_eq!(
        (deck.checklist[0].label.as_str(), deck.checklist[0].explanation.as_str()),
        ("Where they are", "Today.")
    );
}

#[test]
fn a_profile_is_tuned_within_safe_bounds() {
    let tune = |field: &str, number: f64| json!({"profiles": {"plain": {field: number}}});
    let deck =
        applied(json!({"profiles": {"plain": {"timed_per_50_min": 4, "checklist_per_50_min": 3, "gap_min": 7.5}}}));
    let profile = &deck.profiles[0];
    assert_eq!((profile.timed_per_50, profile.checklist_per_50, profile.gap), (4, 3, Span::seconds(450)));
    for (field, bounds) in [
        ("timed_per_50_min", changes::TIMED_PER_50_MIN),
        ("checklist_per_50_min", changes::CHECKLIST_PER_50_MIN),
        ("gap_min", changes::GAP_MIN),
    ] {
        applied(tune(field, bounds.least));
        applied(tune(field, bounds.most));
        for number in [bounds.least - 0.5, bounds.most + 1.0] {
            let args = [number, bounds.least, bounds.most].map(|number| number.to_string()).to_vec();
            let place = format!("profiles[plain].{field}");
            assert_eq!(told(tune(field, number)), [("deck_out_of_range".to_owned(), place, args)]);
        }
    }
    told_is(tune("timed_per_50_min", 2.5), "deck_not_whole", "profiles[plain].timed_per_50_min");
    // Each shipped profile is within the bounds, so that any of them can be tuned to match any other.
    for profile in Deck::from_json(SHIPPED).unwrap().profiles {
        assert!(changes::TIMED_PER_50_MIN.hold(profile.timed_per_50.into()));
        assert!(changes::CHECKLIST_PER_50_MIN.hold(profile.checklist_per_50.into()));
        assert!(changes::GAP_MIN.hold(profile.gap.0 as f64 / 60_000.0));
    }
}

#[test]
fn a_profile_with_a_budget_of_none_lets_go_of_such_prompts() {
    let deck = applied(json!({"profiles": {"plain": {"timed_per_50_min": 0}}}));
    assert_eq!(ids(&deck), ["lean", "place", "repair"]);
    assert!(!deck.prompts[0].in_profile(0) && deck.prompts[0].in_profile(1) && deck.prompts[1].in_profile(0));
    let deck = applied(json!({"profiles": {"plain": {"timed_per_50_min": 0}, "dense": {"timed_per_50_min": 0}}}));
    assert_eq!(ids(&deck), ["place", "repair"], "nothing shows it any more");
}

#[test]
fn own_prompts_and_items_are_rows_like_others() {
    let mut chaser = sound()["prompts"][1].clone();
    chaser["id"] = json!("own.tea");
    chaser["unless_ticked"] = json!("own.tea");
    let own = json!({"own_prompts": [own_prompt("own.1"), chaser], "own_items": [own_item("own.tea")]});
    let deck = applied(own.clone());
    assert_eq!(ids(&deck), ["lean", "place", "repair", "own.1", "own.tea"]);
    assert_eq!(deck.prompts[4].unless_ticked, deck.item("own.tea"));
    // They can be off, too.
    let mut off = own;
    off["items"] = json!({"own.tea": {"off": true}});
    off["prompts"] = json!({"own.1": {"off": true}});
    assert_eq!(ids(&applied(off)), ["lean", "place", "repair"]);
    // One that has the id of a row of the deck replaces it.
    let deck = applied(json!({"own_prompts": [own_prompt("lean")]}));
    assert_eq!((ids(&deck), deck.prompts[0].cue.as_str()), (vec!["lean", "place", "repair"], "Sit back"));
}

#[test]
fn a_mistake_is_told_at_its_change() {
    let prompt = |id: &str, change: Value| json!({"prompts": {id: change}});
    told_is(prompt("lean", json!({"cue": "Twenty-five characters ok"})), "deck_text_long", "prompts[lean].cue");
    told_is(prompt("lean", json!({"cue": ""})), "deck_empty_text", "prompts[lean].cue");
    told_is(prompt("place", json!({"say": " "})), "deck_empty_text", "prompts[place].say");
    told_is(prompt("lean", json!({"text": "a\nb"})), "deck_line_break", "prompts[lean].text");
    told_is(prompt("lean", json!({"from_min": 60})), "deck_out_of_range", "prompts[lean].from_min");
    told_is(prompt("lean", json!({"max_per_session": 2.5})), "deck_not_whole", "prompts[lean].max_per_session");
    told_is(prompt("lean", json!({"to_min": 3})), "deck_window_from_start", "prompts[lean].to_min");
    // It is reported at the other end of the window, but the therapist's change caused it.
    told_is(prompt("lean", json!({"from_min": 45})), "deck_window_from_start", "prompts[lean]");
    told_is(prompt("lean", json!({"from_min": 41, "to_min": 45})), "deck_timer_outside_working", "prompts[lean]");
    told_is(prompt("place", json!({"max_per_session": 2})), "deck_repeat_missing", "prompts[place]");
    told_is(prompt("repair", json!({"label": "x".repeat(41)})), "deck_text_long", "prompts[repair].label");
    told_is(json!({"items": {"place": {"label": ""}}}), "deck_empty_text", "items[place].label");

    let own = |change: fn(&mut Value)| {
        let mut row = own_prompt("own.2");
        change(&mut row);
        json!({"own_prompts": [own_prompt("own.1"), row], "prompts": {"lean": {"off": true}}})
    };
    told_is(own(|row| row["cue"] = json!(7)), "deck_not_text", "own_prompts[1].cue");
    told_is(own(|row| row["element"] = json!("love")), "deck_no_such_id", "own_prompts[1].element");
    told_is(own(|row| row["timing"]["to_min"] = json!(1)), "deck_window_from_start", "own_prompts[1].timing.to_min");
    told_is(own(|row| row["id"] = json!("own.1")), "deck_duplicate_id", "own_prompts[1].id");
    told_is(own(|row| row["colour"] = json!("red")), "deck_unknown_field", "own_prompts[1].colour");
    told_is(own(|row| *row = json!("Sit back")), "deck_not_object", "own_prompts[1]");
    assert_eq!(told(json!({"own_items": [{"id": 7}]}))[0].1, "own_items[0].id");
    // Even when it is off, so that it can be turned on again.
    told_is(prompt("lean", json!({"off": true, "cue": ""})), "deck_empty_text", "prompts[lean].cue");
}

#[test]
fn an_unsound_deck_is_told_as_such() {
    let text = sound().to_string().replace("Lean in a little", "");
    let found = apply(&text, &changes(json!({"prompts": {"lean": {"cue": "Come closer"}}}))).unwrap_err();
    assert_eq!(found, Deck::from_json(&text).unwrap_err(), "also where a change would have mended it");
    assert!(fitted(&text, &Changes::default()).is_err() && merged(&text, &Changes::default()).is_err());
}

#[test]
fn changes_without_a_place_in_a_newer_deck_are_kept_and_listed() {
    let old = json!({
        "prompts": {"gone": {"cue": "Old"}, "lean": {"label": "No moment"}, "repair": {"from_min": 3, "cue": "Own it"},
                    "own.1": {"off": true}},
        "items": {"gone": {"off": true}, "place": {"off": false}},
        "profiles": {"gone": {"gap_min": 999}},
        "own_prompts": [own_prompt("own.1")]
    });
    let changes = changes(old);
    let deck = Deck::from_json(&sound().to_string()).unwrap();
    let stale = ["prompts[gone]", "prompts[lean].label", "prompts[repair].from_min", "items[gone]", "profiles[gone]"];
    assert_eq!(changes.stale(&deck), stale);
    let changed = apply(&sound().to_string(), &changes).unwrap();
    assert_eq!((ids(&changed), changed.prompts[2].cue.as_str()), (ids(&deck), "Own it"));
}

#[test]
fn changes_that_no_longer_go_with_the_deck_are_left_out_of_it() {
    let mut newer = sound();
    newer["prompts"][0]["timing"]["to_min"] = json!(5);
    let mine = changes(json!({
        "prompts": {"lean": {"from_min": 20}, "place": {"cue": "Where?"}},
        "own_prompts": [{"id": "own.1"}, own_prompt("own.2"), {"id": "own.3"}]
    }));
    let found = fitted(&newer.to_string(), &mine).unwrap();
    assert_eq!(ids(&found.deck), ["lean", "place", "repair", "own.2"]);
    assert_eq!(
        (found.deck.prompts[0].timing().unwrap().from, found.deck.prompts[1].cue.as_str()),
        (Span::minutes(4), "Where?")
    );
    assert_eq!(
        found.changes,
        changes(json!({"prompts": {"place": {"cue": "Where?"}}, "own_prompts": [own_prompt("own.2")]}))
    );
    let at = |place: &str| found.problems.iter().any(|problem| problem.place.starts_with(place));
    assert!(at("prompts[lean]") && at("own_prompts[0]") && at("own_prompts[2]") && !at("own_prompts[1]"));
    let off =
        |id: &str| (id.into(), PromptChange { off: true, cue: Some("Kept".to_owned()), ..PromptChange::default() });
    let all = Changes { prompts: ["lean", "place", "repair"].map(off).into_iter().collect(), ..Changes::default() };
    let found = fitted(&sound().to_string(), &all).unwrap();
    assert!(found.deck.prompts.len() == 3 && found.deck.prompts.iter().all(|prompt| prompt.cue == "Kept"));
}

#[test]
fn what_is_no_changes_is_refused() {
    for text in [
        "",
        "[1]",
        r#"{"colour":1}"#,
        r#"{"prompts":{"a":{"of":true}}}"#,
        r#"{"prompts":{"a":{"from_min":"3"}}}"#,
        r#"{"prompts":{"a":{"off":0}}}"#,
        r#"{"own_prompts":{}}"#,
    ] {
        assert!(serde_json::from_str::<Changes>(text).is_err(), "{text}");
    }
    let many: BTreeMap<Id, ItemChange> = (0..1_001).map(|n| (n.to_string().into(), ItemChange::default())).collect();
    let many = Changes { items: many, ..Changes::default() };
    let told = apply(SHIPPED, &many).unwrap_err();
    assert_eq!((told[0].message.key.as_str(), told[0].place.as_str()), ("deck_list_long", "items"));
    assert!(many.tidied().is_empty());
    let words = Words::shipped();
    for key in messages::named_in("src/deck", "change_") {
        assert!(words.has(&key), "{key}");
    }
    let mine = |key: &&String| key.starts_with("change_");
    assert_eq!(words.keys().filter(mine).count(), messages::named_in("src/deck", "change_").len());
}

/// Any changes, to rows of the shipped deck and to others, sound and not.
fn any_changes(text: &str) -> impl Strategy<Value = Changes> + use<> {
    let deck = Deck::from_json(text).unwrap();
    let value: Value = serde_json::from_str(text).unwrap();
    let some =
        |ids: Vec<String>| select([ids, vec!["gone".to_owned(), "own.1".to_owned(), "own.2".to_owned()]].concat());
    let prompts = some(deck.prompts.iter().map(|prompt| prompt.id.to_string()).collect());
    let items = some(deck.checklist.iter().map(|item| item.id.to_string()).collect());
    let profiles = some(deck.profiles.iter().map(|profile| profile.id.to_string()).collect());
    // Mostly sound, so that some decks accept them.
    let text = || prop_oneof![9 => Just("Other words"), 1 => select(vec!["", "a\tb", "👍🏽", "שלום", "Far too long for any cue at all"])];
    let text = move || prop::option::weighted(0.3, text().prop_map(str::to_owned));
    let number = |range: std::ops::Range<u32>| {
        let number = prop_oneof![19 => range.prop_map(f64::from), 1 => select(vec![-1.0, 0.5, 51.0, 1e9])];
        prop::option::weighted(0.2, number)
    };
    let prompt = (
        prop::bool::weighted(0.2),
        (text(), text(), text(), text()),
        (number(3..10), number(30..40), number(5..20), number(1..3)),
    )
        .prop_map(|(off, (cue, text, say, label), (from_min, to_min, repeat_every_min, max_per_session))| {
            PromptChange { off, cue, text, say, label, from_min, to_min, repeat_every_min, max_per_session }
        });
    let item = (prop::bool::weighted(0.3), text(), text()).prop_map(|(off, label, explanation)| ItemChange {
        off,
        label,
        explanation,
    });
    let profile =
        (number(0..26), number(0..21), number(2..31)).prop_map(|(timed_per_50_min, checklist_per_50_min, gap_min)| {
            ProfileChange { timed_per_50_min, checklist_per_50_min, gap_min }
        });
    let row = |table: &'static str| {
        let rows = value[table].as_array().unwrap().clone();
        let odd = select(vec![json!(7), json!({}), json!({"id": "own.1"}), Value::Null]);
        let own = (select(rows), select(vec!["own.1", "own.2", "own.3"])).prop_map(|(mut row, id)| {
            row["id"] = json!(id);
            row
        });
        prop::collection::vec(prop_oneof![29 => own, 1 => odd], 0..3)
    };
    let own = (row("prompts"), row("checklist"));
    (
        prop::collection::btree_map(prompts, prompt, 0..3),
        prop::collection::btree_map(items, item, 0..3),
        prop::collection::btree_map(profiles, profile, 0..2),
        own,
    )
        .prop_map(|(prompts, items, profiles, (own_prompts, own_items))| Changes {
            prompts: by_id(prompts),
            items: by_id(items),
            profiles: by_id(profiles),
            ..changes(json!({"own_prompts": own_prompts, "own_items": own_items}))
        })
}

fn by_id<T>(rows: BTreeMap<String, T>) -> BTreeMap<Id, T> {
    rows.into_iter().map(|(id, row)| (id.into(), row)).collect()
}

#[test]
fn any_changes_apply_or_are_told_at_their_places() {
    let words = Words::shipped();
    let shipped = &shortened();
    let original = Deck::from_json(shipped).unwrap();
    let (took, refused) = (Cell::new(0), Cell::new(0));
    holds(any_changes(shipped), |changes| {
        // Storing them does not change them.
        let stored = serde_json::to_string(&changes).unwrap();
        assert_eq!(serde_json::from_str::<Changes>(&stored).unwrap(), changes);
        match apply(shipped, &changes) {
            Ok(deck) => {
                took.set(took.get() + 1);
                if took.get() % 50 == 0 {
                    runs(deck.clone(), took.get(), 50);
                }
                // As a file, it is the same deck. The own rows are in it now; applying the rest again does nothing
                // more.
                let file = merged(shipped, &changes).unwrap();
                assert_eq!(Deck::from_json(&file).unwrap(), deck);
                let rest = Changes { own_prompts: Vec::new(), own_items: Vec::new(), ..changes.clone() };
                assert_eq!(apply(&file, &rest).unwrap(), deck);
                assert_eq!(fitted(shipped, &changes).unwrap().changes, changes);
            }
            Err(found) => {
                refused.set(refused.get() + 1);
                assert!(!found.is_empty());
                for Problem { place, line, message } in &found {
                    assert_eq!(*line, 0, "{place}: {message:?}");
                    assert!(is_in(&changes, place), "{place}: {message:?} in {changes:?}");
                    assert_eq!(words.blanks(&message.key), message.args.len());
                }
                let fitted = fitted(shipped, &changes).unwrap();
                assert_eq!(apply(shipped, &fitted.changes).unwrap(), fitted.deck);
                assert!(fitted.problems.len() >= found.len());
            }
        }
        // Nothing is left of changes that are removed.
        let mut undone = changes.clone();
        undone.prompts = BTreeMap::new();
        undone.items = BTreeMap::new();
        undone.profiles = BTreeMap::new();
        undone.own_prompts.clear();
        undone.own_items.clear();
        assert!(undone.is_empty());
        assert_eq!(apply(shipped, &undone).unwrap(), original);
    });
    println!("{} changes were taken, {} refused", took.get(), refused.get());
    assert!(took.get() > 1_000 && refused.get() > 1_000);
}

/// Removing one change gives its row back as in the deck, and leaves the others alone.
#[test]
fn a_change_taken_away_leaves_no_trace() {
    let shipped = &shortened();
    let original = Deck::from_json(shipped).unwrap();
    holds((any_changes(shipped), any::<prop::sample::Index>()), |(changes, at)| {
        if changes.prompts.is_empty() || apply(shipped, &changes).is_err() {
            return;
        }
        let mut fewer = changes.clone();
        let id = changes.prompts.keys().nth(at.index(changes.prompts.len())).unwrap();
        fewer.prompts.remove(id);
        fewer.items = BTreeMap::new();
        fewer.profiles = BTreeMap::new();
        let deck = apply(shipped, &fewer).unwrap();
        let without_items = Changes { items: BTreeMap::new(), profiles: BTreeMap::new(), ..changes.clone() };
        let more = apply(shipped, &without_items).unwrap();
        if let (Some(index), Some(was)) = (deck.prompt(id), original.prompt(id)) {
            assert_eq!(deck.prompts[index], original.prompts[was]);
        }
        let others = |deck: &Deck| deck.prompts.iter().filter(|prompt| prompt.id != *id).cloned().collect::<Vec<_>>();
        assert_eq!(others(&deck), others(&more));
    });
}

/// Whether a place leads to something in changes.
fn is_in(changes: &Changes, place: &str) -> bool {
    let Some((table, rest)) = place.split_once('[') else { return place == "prompts" };
    let (name, _) = rest.split_once(']').unwrap();
    let number = || name.parse::<usize>().unwrap();
    match table {
        "prompts" => changes.prompts.contains_key(name),
        "items" => changes.items.contains_key(name),
        "profiles" => changes.profiles.contains_key(name),
        "own_prompts" => number() < changes.own_prompts.len(),
        "own_items" => number() < changes.own_items.len(),
        _ => false,
    }
}
