use super::*;

#[test]
fn that_is_none_is_refused() {
    for text in ["", "null", "{}", "[]", "not at all", "{\"version\":1}"] {
        assert!(Engine::restore(read(&rows()), text).is_err(), "{text}");
    }
    let saved = Hour::plain().pair.engine.snapshot();
    assert!(Engine::restore(read(&rows()), &saved.replace("\"version\":1", "\"version\":2")).is_err());
    assert!(Engine::restore(read(&rows()), &saved).is_ok());
}

#[test]
fn is_saved_only_when_something_has_changed() {
    let mut hour = Hour::plain();
    hour.pair.now = Timestamp(hour.pair.now.0 + 1);
    let saves = |hour: &mut Hour| {
        let outcome = hour.pair.engine.dispatch(hour.pair.now, Input::Look);
        outcome.effects.iter().filter(|effect| matches!(effect, Effect::Save(_))).count()
    };
    assert_eq!(saves(&mut hour), 1);
    assert_eq!(saves(&mut hour), 0, "the same moment looks the same");
}

#[test]
fn names_nobody_and_nothing_but_prompts_items_and_times() {
    let mut hour = Hour::plain();
    hour.until_words();
    let saved: Value = serde_json::from_str(&hour.pair.engine.snapshot()).unwrap();
    let fields: Vec<&String> = saved.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["choices", "ended", "memory", "session", "version"]);
    let memory: Vec<&String> = saved["memory"].as_object().unwrap().keys().collect();
    assert_eq!(memory, ["last_came", "never", "sessions"]);
}

#[test]
fn with_its_memory_in_any_order_means_the_same() {
    let mut hour = Hour::ticked();
    let number = hour.until_words();
    hour.send(Input::Answer { number, answer: Answer::Never });
    hour.until_words();
    hour.send(Input::End);
    let saved = hour.pair.engine.snapshot();
    let mut turned: Value = serde_json::from_str(&saved).unwrap();
    turned["memory"]["never"] = json!(["zzz", "lean", "aaa", "lean"]);
    let came = turned["memory"]["last_came"].as_array_mut().unwrap();
    came.reverse();
    came.push(json!(["aaa", 1]));
    hour.pair.engine = Engine::restore(read(&rows()), &turned.to_string()).unwrap();
    hour.pair.now = NINE;
    hour.send(start(50, SessionKind::Ongoing, "plain"));
    let comes = hour.comes_until(50);
    assert!(comes.iter().all(|came| !came.contains("Lean")), "{comes:?}");
    let saved: Value = serde_json::from_str(&hour.pair.engine.snapshot()).unwrap();
    let ids: Vec<&str> =
        saved["memory"]["last_came"].as_array().unwrap().iter().map(|entry| entry[0].as_str().unwrap()).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted, "each id once, in order");
}
