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

/// The slots of a sparser profile are wider, so their numbers mean other times.
#[test]
fn with_fewer_prompts_still_brings_some() {
    for (before, after) in [(12, 6), (18, 6), (8, 3), (6, 3)] {
        for seed in 0..40 {
            let paced = |per_50: u32| {
                let mut rows = rows();
                rows["rules"]["jitter_s"] = json!(90);
                rows["profiles"][0]["timed_per_50_min"] = json!(per_50);
                rows["profiles"][0]["gap_min"] = json!(2);
                for prompt in [1, 2] {
                    rows["prompts"][prompt]["timing"]["repeat_every_min"] = json!(2);
                    rows["prompts"][prompt]["timing"]["max_per_session"] = json!(20);
                }
                rows
            };
            let mut hour = Hour::seeded(read(&paced(before)), 50, SessionKind::Ongoing, "plain", seed);
            hour.tick("place", true);
            hour.to(22, 0);
            moved(&mut hour, &paced(after));
            let comes = hour.comes_until(40);
            assert!(!comes.is_empty(), "{before} to {after}, seed {seed}: nothing more comes");
            assert!(comes.len() as u32 <= after, "{before} to {after}, seed {seed}: {comes:?}");
        }
    }
}

/// The first slot ended at 6:05. That is the middle of the first of half as many slots.
#[test]
fn with_half_as_many_prompts_brings_none_in_a_slot_of_which_half_is_used() {
    let paced = |per_50: u32| {
        let mut rows = rows();
        rows["profiles"][0]["timed_per_50_min"] = json!(per_50);
        rows["profiles"][0]["gap_min"] = json!(2);
        rows
    };
    let mut hour = Hour::of(read(&paced(12)), 50, SessionKind::Ongoing, "plain");
    hour.tick("place", true);
    assert_eq!(hour.comes_until(5), ["4:32 Lean in a little, faded"]);
    moved(&mut hour, &paced(6));
    assert_eq!(hour.comes_until(13), ["12:15 Match their pace, faded"]);
}
