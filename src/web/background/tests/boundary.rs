//! The boundary to JavaScript, in a real browser: what the background calls, and what it gets back.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic)]

use attune::engine::calls::Media;
use attune::engine::memory::Choices;
use attune::engine::view::{Popup, Strip};
use attune::engine::{Input, Outcome};
use attune::hour::session::Answer;
use attune_background::{Calls, Engine};
use js_sys::{JSON, Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::{Serializer, from_value};
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const NINE: f64 = 1_700_000_000_000.0;

fn parse(json: &str) -> JsValue {
    JSON::parse(json).unwrap()
}

fn deck() -> JsValue {
    parse(include_str!("../../../../extension/decks/en.json"))
}

fn engine() -> Engine {
    Engine::new(deck(), None, JsValue::UNDEFINED, JsValue::UNDEFINED).ok().unwrap()
}

fn js<T: Serialize + Tsify>(value: &T) -> Ts<T> {
    Ts::new_unchecked(value.serialize(&Serializer::json_compatible()).unwrap())
}

/// What the background gets for an input, as it is.
fn raw(engine: &mut Engine, minutes: f64, input: &Input) -> JsValue {
    engine.dispatch(NINE + minutes * 60_000.0, js(input)).ok().unwrap().into()
}

fn dispatch(engine: &mut Engine, minutes: f64, input: &Input) -> Outcome {
    from_value(raw(engine, minutes, input)).unwrap()
}

fn start() -> Input {
    Input::Start { choices: Choices::default(), seed: 1 }
}

fn get(object: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(object.clone(), |object, key| Reflect::get(&object, &key.into()).unwrap())
}

#[wasm_bindgen_test]
fn an_hour_is_started_prompted_answered_and_ended() {
    let mut engine = engine();
    let started = dispatch(&mut engine, 0.0, &start());
    assert!(started.effects.strip);
    let wake = started.view.wake_at.unwrap();
    assert!(wake.0 > NINE as u64);
    // The first cue comes within two minutes.
    let dot = dispatch(&mut engine, 2.0, &Input::Look);
    assert!(matches!(dot.view.strip, Strip::Dot { number: 1 }));
    let words = dispatch(&mut engine, 2.05, &Input::Glance);
    assert!(matches!(words.view.strip, Strip::Words { number: 1, .. }));
    let answered = dispatch(&mut engine, 2.1, &Input::Answer { number: 1, answer: Answer::DidIt });
    assert_eq!(answered.view.strip, Strip::Clear);
    let ended = dispatch(&mut engine, 3.0, &Input::End);
    assert!(!ended.effects.strip);
    let Popup::Ended(end) = ended.view.popup else { panic!("the session is over") };
    assert_eq!((end.minutes, end.marks.len()), (3, 1));
}

#[wasm_bindgen_test]
fn a_worker_that_was_killed_goes_on_from_what_it_saved() {
    let mut first = engine();
    let started = raw(&mut first, 0.0, &start());
    let looked = raw(&mut first, 0.5, &Input::Look);
    assert!(get(&looked, "effects.save.memory").is_null(), "it has not changed");
    let (memory, session) = (get(&started, "effects.save.memory"), get(&looked, "effects.save.session"));
    let mut second = Engine::new(deck(), None, memory, session).ok().unwrap();
    assert!(second.unreadable().is_empty());
    let (kept, restored) = (dispatch(&mut first, 1.1, &Input::Glance), dispatch(&mut second, 1.1, &Input::Glance));
    assert_eq!(kept.view, restored.view);
}

#[wasm_bindgen_test]
fn a_snapshot_that_cannot_be_read_is_left_aside() {
    for broken in [JsValue::from_str("attune snapshot, 2"), JsValue::NULL, 7.into(), parse("{\"version\":2}")] {
        let mut engine = Engine::new(deck(), None, JsValue::UNDEFINED, broken.clone()).ok().unwrap();
        assert_eq!(engine.unreadable(), ["session"]);
        assert!(matches!(dispatch(&mut engine, 0.0, &Input::Look).view.popup, Popup::Ready(_)));
        let engine = Engine::new(deck(), None, broken.clone(), broken).ok().unwrap();
        assert_eq!(engine.unreadable(), ["memory", "session"]);
    }
}

#[wasm_bindgen_test]
fn what_is_missing_is_null_so_that_an_alarm_can_be_cleared() {
    let outcome = raw(&mut engine(), 0.0, &Input::Look);
    assert!(get(&outcome, "effects.alarm").is_null());
    assert!(get(&outcome, "problem").is_null());
    assert!(get(&outcome, "view.wake_at").is_null());
}

#[wasm_bindgen_test]
fn what_crosses_is_the_same_after_chromes_json_and_firefoxs_clone() {
    let mut engine = engine();
    for input in [start(), Input::Look, Input::Glance, Input::Hold(None), Input::Pause(true), Input::End] {
        let outcome = raw(&mut engine, 2.0, &input);
        let known: Outcome = from_value(outcome.clone()).unwrap();
        let text = JSON::stringify(&outcome).unwrap();
        assert_eq!(from_value::<Outcome>(JSON::parse(&String::from(text)).unwrap()).unwrap(), known);
        let clone: js_sys::Function = get(&js_sys::global(), "structuredClone").unchecked_into();
        let cloned = clone.call1(&JsValue::UNDEFINED, &outcome).unwrap();
        assert!(cloned.is_instance_of::<Object>());
        assert_eq!(from_value::<Outcome>(cloned).unwrap(), known);
    }
}

#[wasm_bindgen_test]
fn what_is_no_input_and_what_is_no_deck_is_refused() {
    let mut engine = engine();
    let inputs = [
        "{\"sing\":true}",
        "\"\"",
        "null",
        "{\"answer\":{\"number\":1.5,\"answer\":\"did_it\"}}",
        "{\"hold\":-1}",
        "{\"extend_to\":70000}",
    ];
    for input in inputs {
        assert!(engine.dispatch(NINE, Ts::new_unchecked(parse(input))).is_err(), "{input}");
    }
    for deck in [JsValue::UNDEFINED, JsValue::NULL, parse("{}"), JsValue::from_str("{}")] {
        assert!(Engine::new(deck.clone(), None, JsValue::UNDEFINED, JsValue::UNDEFINED).is_err());
        assert!(engine.adopt(deck, None).is_err());
    }
}

#[wasm_bindgen_test]
fn absurd_clock_readings_do_no_harm() {
    let mut engine = engine();
    dispatch(&mut engine, 0.0, &start());
    for now in [f64::NAN, -1.0, f64::INFINITY, f64::MAX, 0.0] {
        assert!(engine.dispatch(now, js(&Input::Look)).is_ok());
    }
}

#[wasm_bindgen_test]
fn calls_are_news_and_go_on_from_what_was_saved() {
    let mut calls = Calls::new(JsValue::UNDEFINED);
    assert_eq!(calls.wake_at(), None);
    let news = calls.hear(NINE, 5, 0, js(&Media::Plays)).ok().unwrap();
    let news: JsValue = news.into_iter().next().unwrap().into();
    assert_eq!(get(&news, "tab"), 5);
    assert_eq!(get(&news, "input"), "call_began");
    let mut again = Calls::new(calls.snapshot().ok().unwrap());
    assert_eq!(again.tabs(), [5]);
    assert!(again.hear(NINE, 5, 0, js(&Media::None)).ok().unwrap().is_empty());
    assert!(again.wake_at().is_some());
    assert!(calls.hear(NINE, 5, 0, Ts::new_unchecked("sings".into())).is_err());
}
