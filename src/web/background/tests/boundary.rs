//! The boundary to JavaScript, in a real browser: what the background calls, and what it gets back.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic)]

use attune::deck::Deck;
use attune::engine::view::{Popup, Strip};
use attune::engine::{Effect, Outcome};
use attune::wire;
use attune_background::Engine;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const NINE: f64 = 1_700_000_000_000.0;
const START: &str = r#"{"start":{"choices":{"minutes":50,"kind":"ongoing","profile":"standard"},"seed":1}}"#;

fn deck() -> String {
    Deck::from_json(include_str!("../../../../extension/decks/en.json")).unwrap().compile()
}

fn engine() -> Engine {
    Engine::new(&deck(), "{}", None).unwrap()
}

fn dispatch(engine: &mut Engine, minutes: f64, input: &str) -> Outcome {
    wire::read(&engine.dispatch(NINE + minutes * 60_000.0, input).unwrap()).unwrap()
}

fn saved(outcome: &Outcome) -> String {
    let save = |effect: &Effect| match effect {
        Effect::Save(text) => Some(text.clone()),
        Effect::Badge { .. } | Effect::Alarm(_) | Effect::Strip(_) => None,
    };
    outcome.effects.iter().find_map(save).unwrap()
}

#[wasm_bindgen_test]
fn an_hour_is_started_prompted_answered_and_ended() {
    let mut engine = engine();
    let started = dispatch(&mut engine, 0.0, START);
    assert!(started.effects.contains(&Effect::Strip(true)));
    let wake = started.view.wake_at.unwrap();
    assert!(wake.0 > NINE as u64);
    let dot = dispatch(&mut engine, 1.0, r#""look""#);
    assert!(matches!(dot.view.strip, Strip::Dot { number: 1 }));
    let words = dispatch(&mut engine, 1.05, r#""glance""#);
    assert!(matches!(words.view.strip, Strip::Words { number: 1, .. }));
    let answered = dispatch(&mut engine, 1.1, r#"{"answer":{"number":1,"answer":"did_it"}}"#);
    assert_eq!(answered.view.strip, Strip::Clear);
    let ended = dispatch(&mut engine, 2.0, r#""end""#);
    assert!(ended.effects.contains(&Effect::Strip(false)));
    let Popup::Ended(end) = ended.view.popup else { panic!("the session is over") };
    assert_eq!((end.minutes, end.marks.len()), (2, 1));
}

#[wasm_bindgen_test]
fn a_worker_that_was_killed_goes_on_from_what_it_saved() {
    let mut first = engine();
    dispatch(&mut first, 0.0, START);
    let dot = dispatch(&mut first, 1.0, r#""look""#);
    let mut second = Engine::new(&deck(), "{}", Some(saved(&dot))).unwrap();
    assert!(!second.unreadable());
    let (kept, restored) = (dispatch(&mut first, 1.1, r#""glance""#), dispatch(&mut second, 1.1, r#""glance""#));
    assert_eq!(kept.view, restored.view);
}

#[wasm_bindgen_test]
fn a_snapshot_that_cannot_be_read_is_left_aside() {
    let mut engine = Engine::new(&deck(), "{}", Some("{\"version\":1".to_owned())).unwrap();
    assert!(engine.unreadable());
    assert!(matches!(dispatch(&mut engine, 0.0, r#""look""#).view.popup, Popup::Ready(_)));
}

#[wasm_bindgen_test]
fn what_is_no_input_and_what_is_no_deck_is_refused() {
    let mut engine = engine();
    assert!(engine.dispatch(NINE, r#"{"sing":true}"#).is_err());
    assert!(engine.dispatch(NINE, "").is_err());
    assert!(Engine::new("{}", "{}", None).is_err());
}

#[wasm_bindgen_test]
fn absurd_clock_readings_do_no_harm() {
    let mut engine = engine();
    dispatch(&mut engine, 0.0, START);
    for now in [f64::NAN, -1.0, f64::INFINITY, f64::MAX, 0.0] {
        assert!(engine.dispatch(now, r#""look""#).is_ok());
    }
}
