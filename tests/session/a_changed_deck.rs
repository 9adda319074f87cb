use super::*;

/// Switches the session of `hour` to another deck.
fn moved(hour: &mut Hour, rows: &Value) {
    hour.pair.engine.adopt(read(rows));
    hour.send(Input::Look);
}

#[test]
fn without_the_prompt_on_screen_goes_on() {
    let mut hour = Hour::ticked();
    hour.to(19, 0);
    let number = hour.until_words();
    assert_eq!(hour.card().cue, "Match their pace");
    let mut rows = rows();
    rows["prompts"].as_array_mut().unwrap().remove(2);
    moved(&mut hour, &rows);
    assert_eq!(hour.view.strip, Strip::Clear);
    assert!(hour.came().iter().all(|came| came.contains("Lean")), "{:?}", hour.came());
    hour.send(Input::Answer { number, answer: Answer::DidIt });
    let comes = hour.comes_until(50);
    assert!(comes.iter().any(|came| came.contains("Lean")), "{comes:?}");
    assert!(comes.iter().any(|came| came.contains("winding down")), "{comes:?}");
}

#[test]
fn in_another_order_with_new_words_is_the_same_session() {
    let mut hour = Hour::ticked();
    hour.until_words();
    let mut rows = rows();
    rows["prompts"].as_array_mut().unwrap().reverse();
    rows["checklist"].as_array_mut().unwrap().reverse();
    rows["prompts"][2]["cue"] = json!("Lean in");
    moved(&mut hour, &rows);
    assert_eq!(hour.strip(), "Lean in");
    assert!(hour.running().checklist.iter().any(|row| row.id == "place" && row.done));
}

#[test]
fn without_the_profile_goes_on_with_the_first() {
    let mut hour = Hour::of(read(&rows()), 50, SessionKind::Ongoing, "quiet");
    let mut rows = rows();
    rows["profiles"].as_array_mut().unwrap().remove(1);
    for prompt in rows["prompts"].as_array_mut().unwrap() {
        prompt["enabled_in"] = json!(["plain"]);
    }
    moved(&mut hour, &rows);
    assert_eq!(hour.running().profile, "Plain");
    hour.send(Input::End);
    hour.send(Input::Dismiss);
    assert_eq!(hour.ready().profile, "plain");
}

#[test]
fn without_an_item_forgets_its_tick() {
    let mut hour = Hour::ticked();
    let mut rows = rows();
    rows["checklist"].as_array_mut().unwrap().remove(0);
    rows["prompts"].as_array_mut().unwrap().remove(0);
    moved(&mut hour, &rows);
    assert_eq!(hour.running().checklist, []);
    assert_eq!(hour.comes_until(7), ["6:05 Lean in a little, faded"]);
}
