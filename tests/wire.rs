//! What crosses a boundary is JSON, written and read as any JSON library would.
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic, clippy::expect_used)]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/damage.rs"]
mod damage;
mod support;

use attune::deck::SessionKind;
use attune::engine::memory::Choices;
use attune::engine::view::{Resting, Strip};
use attune::engine::{Engine, Input, Outcome};
use attune::hour::session::Answer;
use attune::text::Message;
use attune::time::Timestamp;
use attune::wire;
use cases::holds;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::NINE;

/// Any text: control characters, quotation marks, what lies beyond the basic plane.
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
                Input::Start { choices: Choices { minutes, kind, profile, intention }, seed }
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
        (Input::ShareDetected(false), json!({"sharing": false})),
        (Input::ShareDeclared(true), json!({"share": true})),
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
                    profile: "standard".to_owned(),
                    intention: None,
                },
                seed: 1234,
            },
            json!({"start": {"choices": {"minutes": 50, "kind": "ongoing", "profile": "standard"}, "seed": 1234}}),
        ),
    ];
    for (input, json) in written {
        assert_eq!(serde_json::from_str::<Value>(&wire::write(&input)).unwrap(), json);
        assert_eq!(wire::read::<Input>(&serde_json::to_string_pretty(&json).unwrap()), Some(input));
    }
}

/// A surface in JavaScript and the engine mean the same text.
#[test]
fn every_input_is_read_as_it_was_written() {
    holds(inputs(), |input| {
        let text = wire::write(&input);
        assert_eq!(serde_json::from_str::<Input>(&text).unwrap(), input);
        assert_eq!(wire::read::<Input>(&text).as_ref(), Some(&input));
        let spaced = serde_json::to_string_pretty(&input).unwrap();
        assert_eq!(wire::read::<Input>(&spaced), Some(input));
    });
}

/// Messages carry labels, which may hold anything.
#[test]
fn every_text_survives() {
    holds((texts(), vec(texts(), 0..4)), |(key, args)| {
        let message = Message { key, args };
        let text = wire::write(&message);
        assert_eq!(serde_json::from_str::<Message>(&text).unwrap(), message);
        assert_eq!(wire::read::<Message>(&text), Some(message));
    });
}

/// What is no JSON is never taken for some, and nothing panics.
#[test]
fn what_is_no_input_is_refused() {
    holds((inputs(), damage::damages()), |(input, damages)| {
        let text = damages.iter().fold(wire::write(&input), |text, damage| damage.to(&text));
        if let Some(read) = wire::read::<Input>(&text) {
            // Both readers may be lenient, but not differently.
            assert_eq!(serde_json::from_str::<Input>(&text).ok(), Some(read), "{text}");
        }
    });
}

#[test]
fn a_whole_outcome_is_what_serde_says_it_is() {
    let mut engine = Engine::new(support::deck());
    let intention = Some("nv.lean_in".to_owned());
    let choices = Choices { minutes: 50, kind: SessionKind::First, profile: "trainee".to_owned(), intention };
    let mut now = NINE;
    let whole = |outcome: &Outcome| {
        let text = wire::write(outcome);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), serde_json::to_value(outcome).unwrap());
        assert_eq!(wire::read::<Outcome>(&text).as_ref(), Some(outcome));
        assert_eq!(serde_json::from_str::<Outcome>(&text).unwrap(), *outcome);
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

#[test]
fn a_text_longer_than_any_buffer_is_written_whole() {
    let long = Message { key: "\u{1}".repeat(100_000), args: vec!["\"".repeat(1_000_000)] };
    assert_eq!(wire::read::<Message>(&wire::write(&long)), Some(long));
}

#[test]
fn nothing_may_follow_and_nothing_may_be_missing() {
    assert_eq!(wire::read::<Input>(" \n\"look\"\t\r\n"), Some(Input::Look));
    for text in
        ["", " ", "look", "\"look", "\"look\"\"look\"", "\"look\" x", "\"looks\"", "{\"hold\":5", "{\"hold\":5}}"]
    {
        assert_eq!(wire::read::<Input>(text), None, "{text}");
    }
    for text in
        ["{\"hold\":-1}", "{\"hold\":70000}", "{\"hold\":1.5}", "{\"answer\":[1]}", "{\"answer\":[1,\"did_it\",2]}"]
    {
        assert_eq!(wire::read::<Input>(text), None, "{text}");
    }
}

#[test]
fn fields_of_a_later_version_are_passed_over() {
    let text = r#"{"later":{"a":[1,{"b":"]}\""}],"c":null},"key":"time_left","args":["7"],"also":[true,1.5e-3]}"#;
    assert_eq!(wire::read::<Message>(text), Some(Message::with("time_left", ["7".to_owned()])));
}

#[test]
fn nesting_without_end_is_refused() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let text = format!("{{\"key\":\"name\",\"later\":{}0{}}}", open.repeat(100_000), close.repeat(100_000));
        assert_eq!(wire::read::<Message>(&text), None);
        assert_eq!(wire::read::<Input>(&open.repeat(1_000_000)), None);
    }
}

#[test]
fn a_part_of_a_picture_can_be_read_without_the_rest() {
    #[derive(serde::Deserialize)]
    struct Part {
        wake_at: Option<Timestamp>,
        resting: Vec<Resting>,
    }
    let mut engine = Engine::new(support::deck());
    let choices = Choices { minutes: 50, kind: SessionKind::First, profile: "trainee".to_owned(), intention: None };
    engine.dispatch(NINE, Input::Start { choices, seed: 1 });
    let mut now = NINE;
    let view = loop {
        let view = engine.dispatch(now, Input::Look).view;
        if let Strip::Words { number, .. } = view.strip {
            break engine.dispatch(now, Input::Answer { number, answer: Answer::Never }).view;
        }
        now = view.wake_at.unwrap();
    };
    let part: Part = wire::read(&wire::write(&view)).unwrap();
    assert_eq!((part.resting.len(), part.wake_at), (1, view.wake_at));
    assert_eq!(part.resting, view.resting);
}
