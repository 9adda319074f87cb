//! Everything that is sent or stored is read back equal, and anything else is refused.
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic, clippy::expect_used)]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/damage.rs"]
mod damage;
mod support;

use std::fmt::Debug;

use attune::deck::{Channel, SessionKind};
use attune::engine::memory::Choices;
use attune::engine::snapshot::Snapshot;
use attune::engine::{Engine, Input, Outcome};
use attune::hour::session::Answer;
use attune::messages::{Address, Addressed, Envelope, Picture, Reply, Request, State};
use attune::text::Message;
use cases::holds;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use support::NINE;

/// Any text, including control characters, quotation marks, and characters beyond the basic plane.
fn texts() -> impl Strategy<Value = String> {
    let characters = prop_oneof![
        any::<char>(),
        Just('"'),
        Just('\\'),
        Just('/'),
        Just('\u{0}'),
        Just('\u{7f}'),
        Just('\u{2028}'),
        Just('\u{1f468}'),
        prop::char::range('\u{0}', '\u{1f}'),
        prop::char::range('a', 'z'),
    ];
    vec(characters, 0..12).prop_map(|characters| characters.into_iter().collect())
}

fn inputs() -> impl Strategy<Value = Input> {
    let kinds = prop_oneof![Just(SessionKind::First), Just(SessionKind::Early), Just(SessionKind::Ongoing)];
    let answers = prop_oneof![Just(Answer::DidIt), Just(Answer::Already), Just(Answer::NotNow), Just(Answer::Never)];
    prop_oneof![
        Just(Input::Look),
        (any::<u16>(), kinds, texts(), option::of(texts()), any::<u32>()).prop_map(
            |(minutes, kind, profile, intention, seed)| {
                Input::Start { choices: Choices { minutes, kind, profile, intention, ..Choices::default() }, seed }
            }
        ),
        Just(Input::Glance),
        Just(Input::NotNow),
        Just(Input::HoldKey),
        Just(Input::HideKey),
        Just(Input::SharingKey),
        any::<bool>().prop_map(Input::ShareDetected),
        any::<bool>().prop_map(Input::ShareDeclared),
        (any::<u32>(), answers).prop_map(|(number, answer)| Input::Answer { number, answer }),
        any::<u32>().prop_map(Input::Open),
        any::<u32>().prop_map(Input::Close),
        any::<u32>().prop_map(Input::Linger),
        any::<Option<u16>>().prop_map(Input::Hold),
        Just(Input::Release),
        any::<bool>().prop_map(Input::Crisis),
        any::<bool>().prop_map(Input::Pause),
        any::<bool>().prop_map(Input::Hide),
        any::<u16>().prop_map(Input::ExtendTo),
        (texts(), any::<bool>()).prop_map(|(id, done)| Input::Tick { item: id, done }),
        texts().prop_map(Input::Moment),
        any::<bool>().prop_map(Input::CountSleep),
        texts().prop_map(Input::Allow),
        Just(Input::End),
        Just(Input::Dismiss),
    ]
}

#[test]
fn inputs_look_as_the_surfaces_write_them() {
    let written = [
        (Input::Look, json!("look")),
        (Input::HoldKey, json!("hold_key")),
        (Input::Hold(Some(5)), json!({"hold": 5})),
        (Input::Hold(None), json!({"hold": null})),
        (Input::Answer { number: 7, answer: Answer::DidIt }, json!({"answer": {"number": 7, "answer": "did_it"}})),
        (Input::Crisis(true), json!({"crisis": true})),
        (Input::SharingKey, json!("sharing_key")),
        (Input::ShareDetected(false), json!({"share_detected": false})),
        (Input::ShareDeclared(true), json!({"share_declared": true})),
        (Input::Moment("vb.glitch".to_owned()), json!({"moment": "vb.glitch"})),
        (
            Input::Tick { item: "open.greet".to_owned(), done: true },
            json!({"tick": {"item": "open.greet", "done": true}}),
        ),
        (
            Input::Start {
                choices: Choices {
                    minutes: 50,
                    kind: SessionKind::Ongoing,
                    channel: Channel::Sound,
                    profile: "standard".to_owned(),
                    intention: None,
                },
                seed: 1234,
            },
            json!({"start": {"choices": {"minutes": 50, "kind": "ongoing", "channel": "sound", "profile": "standard"}, "seed": 1234}}),
        ),
    ];
    for (input, json) in written {
        assert_eq!(serde_json::to_value(&input).unwrap(), json);
        assert_eq!(serde_json::from_value::<Input>(json).unwrap(), input);
    }
}

fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = serde_json::to_string_pretty(value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&text).unwrap(), *value, "{text}");
}

#[test]
fn every_request_is_read_as_it_was_sent() {
    holds((inputs(), any::<Option<i32>>()), |(input, tab)| {
        let request = Request::Take { input, tab };
        let addressed = Addressed { to: Address::Background, say: request.clone() };
        comes_back(&addressed);
        let envelope = Envelope::Background(request);
        assert_eq!(serde_json::to_value(&envelope).unwrap(), serde_json::to_value(&addressed).unwrap());
        comes_back(&envelope);
    });
    for request in [Request::Mount(-1), Request::Keys, Request::Settle, Request::Share(true)] {
        comes_back(&Envelope::Background(request));
    }
}

/// Messages carry labels, which may contain anything.
#[test]
fn every_text_survives() {
    holds((texts(), vec(texts(), 0..4)), |(key, args)| comes_back(&Message { key, args }));
}

/// Only valid inputs are read, and whatever is read survives being sent again.
#[test]
fn what_is_no_input_is_refused() {
    holds((inputs(), damage::damages()), |(input, damages)| {
        let text = damages.iter().fold(serde_json::to_string(&input).unwrap(), |text, damage| damage.to(&text));
        if let Ok(read) = serde_json::from_str::<Input>(&text) {
            comes_back(&read);
        }
    });
    for text in
        ["{\"hold\":-1}", "{\"hold\":70000}", "{\"hold\":1.5}", "{\"answer\":[1]}", "{\"answer\":[1,\"did_it\",2]}"]
    {
        assert!(serde_json::from_str::<Input>(text).is_err(), "{text}");
    }
}

#[test]
fn every_outcome_of_an_hour_is_read_as_it_was_sent() {
    let mut engine = Engine::new(support::deck());
    let intention = Some("nv.lean_in".to_owned());
    let choices = Choices {
        minutes: 50,
        kind: SessionKind::First,
        profile: "trainee".to_owned(),
        intention,
        ..Choices::default()
    };
    let mut now = NINE;
    let whole = |outcome: &Outcome| {
        // A save that has been read back has no positions until it is fitted to a deck, so compare it as JSON.
        let sent = serde_json::to_value(outcome).unwrap();
        assert_eq!(serde_json::to_value(serde_json::from_value::<Outcome>(sent.clone()).unwrap()).unwrap(), sent);
        let view = outcome.view.clone();
        comes_back(&Envelope::Surfaces(Picture { view: view.clone(), home: Some(7) }));
        let state = State { view, problem: outcome.problem.clone(), beside: None, saved: true, afresh: false };
        comes_back(&Reply::State(Box::new(state)));
    };
    whole(&engine.dispatch(now, Input::Tick { item: "pre.headphones".to_owned(), done: true }));
    let mut outcome = engine.dispatch(now, Input::Start { choices, seed: 1 });
    let mut seen = 0;
    while let Some(wake) = outcome.view.wake_at {
        whole(&outcome);
        now = wake;
        seen += 1;
        let input = match (seen % 7, seen % 10, seen % 17) {
            (0, ..) => Input::Glance,
            (_, 0, _) => Input::Moment("vb.glitch".to_owned()),
            (.., 0) => Input::HoldKey,
            _ => Input::Look,
        };
        outcome = engine.dispatch(now, input);
    }
    whole(&outcome);
    whole(&engine.dispatch(now, Input::Allow("vb.glitch".to_owned())));
    assert!(seen > 50);
}

/// A fraction is never rounded to a whole number, wherever it is.
#[test]
fn a_float_where_a_whole_number_belongs_is_refused() {
    let mut engine = Engine::new(support::deck());
    let choices = Choices {
        minutes: 50,
        kind: SessionKind::First,
        profile: "trainee".to_owned(),
        intention: None,
        ..Choices::default()
    };
    let mut outcome = engine.dispatch(NINE, Input::Start { choices, seed: 1 });
    for _ in 0..30 {
        outcome = engine.dispatch(outcome.view.wake_at.unwrap(), Input::Glance);
    }
    let (sent, stored) = (serde_json::to_value(&outcome).unwrap(), serde_json::to_value(engine.snapshot()).unwrap());
    let broken = |value: &Value, path: &str| {
        let mut value = value.clone();
        let number = value.pointer_mut(path).unwrap();
        *number = Value::from(number.as_f64().unwrap() + 0.5);
        value
    };
    let paths = numbers(&sent);
    assert!(paths.len() > 20, "{paths:?}");
    for path in paths {
        assert!(serde_json::from_value::<Outcome>(broken(&sent, &path)).is_err(), "{path}");
    }
    let paths = numbers(&stored);
    assert!(paths.len() > 20, "{paths:?}");
    for path in paths {
        assert!(serde_json::from_value::<Snapshot>(broken(&stored, &path)).is_err(), "{path}");
    }
}

/// The paths of all numbers in a value.
fn numbers(value: &Value) -> Vec<String> {
    let below = |name: String, value: &Value| {
        numbers(value).into_iter().map(move |path| format!("/{}{path}", name.replace('~', "~0").replace('/', "~1")))
    };
    match value {
        Value::Number(_) => vec![String::new()],
        Value::Array(list) => {
            list.iter().enumerate().flat_map(|(index, value)| below(index.to_string(), value)).collect()
        }
        Value::Object(fields) => fields.iter().flat_map(|(name, value)| below(name.clone(), value)).collect(),
        Value::Null | Value::Bool(_) | Value::String(_) => Vec::new(),
    }
}

#[test]
fn fields_of_a_later_version_are_passed_over() {
    let text = r#"{"later":{"a":[1,{"b":"]}\""}],"c":null},"key":"time_left","args":["7"],"also":[true,1.5e-3]}"#;
    assert_eq!(serde_json::from_str::<Message>(text).unwrap(), Message::with("time_left", ["7".to_owned()]));
}
