use super::*;

/// The numbers of the sessions in which a prompt came.
fn sessions_with(deck: Deck, cue: &str, kind: SessionKind, sessions: usize) -> Vec<usize> {
    let mut pair = Pair::new(deck);
    let mut with = Vec::new();
    for session in 1..=sessions {
        pair.now = NINE;
        pair.start(50, kind, "plain", session as u32);
        pair.drive_bounded(at(50, 0));
        let Popup::Ended(ended) = pair.send(Input::End).popup else { panic!("it has ended") };
        if ended.marks.iter().any(|mark| mark.cue == cue) {
            with.push(session);
        }
    }
    with
}

#[test]
fn brings_a_rare_prompt_in_one_of_so_many_ongoing_sessions() {
    let deck = read(&with_rare());
    assert_eq!(sessions_with(deck.clone(), "How is video for you?", SessionKind::Ongoing, 10), [1, 5, 9]);
    assert_eq!(sessions_with(deck, "How is video for you?", SessionKind::First, 4), [1, 2, 3, 4]);
}

#[test]
fn leaves_out_what_is_for_other_sessions() {
    let mut rows = with_rare();
    rows["prompts"][4]["session_kinds"] = json!(["first", "early"]);
    let deck = read(&rows);
    assert_eq!(sessions_with(deck.clone(), "How is video for you?", SessionKind::Ongoing, 3), [0; 0]);
    assert_eq!(sessions_with(deck, "How is video for you?", SessionKind::Early, 3), [1, 2, 3]);
}

#[test]
fn takes_the_first_of_two_by_priority_and_then_what_waited() {
    let mut hour = Hour::ticked();
    hour.until_words();
    assert_eq!(hour.card().cue, "Lean in a little", "the higher priority");
    hour.send(Input::End);
    // Lean came one session ago, Pace has not come in two: 3 + 1 against 2 + 2, so chance decides. Then Pace leads.
    hour.send(start(5, SessionKind::Ongoing, "plain"));
    hour.send(Input::End);
    hour.pair.now = NINE;
    hour.send(start(50, SessionKind::Ongoing, "plain"));
    hour.send(Input::Tick { item: "place".to_owned(), done: true });
    hour.until_words();
    assert!(["Lean in a little", "Match their pace"].contains(&hour.card().cue.as_str()));
    hour.send(Input::End);
}

/// Two checklist prompts: a safety step, and a less important one whose window is beside it.
fn with_less(from: f64, to: f64) -> Value {
    let mut rows = rows();
    rows["prompts"][0]["timing"] = json!({
        "anchor": "start", "from_min": 2, "to_min": 4, "repeat_every_min": null, "max_per_session": 1,
        "cooldown_min": 0, "expires_after_min": 2
    });
    let mut less = rows["prompts"][0].clone();
    less["id"] = json!("framing");
    less["cue"] = json!("Check your framing");
    less["priority"] = json!(2);
    less["unless_ticked"] = json!("framing");
    less["timing"]["from_min"] = json!(from);
    less["timing"]["to_min"] = json!(to);
    let mut item = rows["checklist"][0].clone();
    item["id"] = json!("framing");
    rows["checklist"].as_array_mut().unwrap().push(item);
    let prompts = rows["prompts"].as_array_mut().unwrap();
    // No timed prompts, and no closing.
    prompts.truncate(1);
    prompts.push(less);
    rows
}

/// The less important prompt would outscore the safety step by the sixth session.
#[test]
fn never_takes_the_budget_from_what_matters_most() {
    let mut rows = with_less(2.0, 6.0);
    rows["profiles"][0]["checklist_per_50_min"] = json!(1);
    let deck = read(&rows);
    let all: Vec<usize> = (1..=9).collect();
    assert_eq!(sessions_with(deck.clone(), "Where are you today?", SessionKind::First, 9), all);
    assert_eq!(sessions_with(deck, "Check your framing", SessionKind::First, 9), [0; 0]);
}

#[test]
fn never_takes_the_window_from_what_matters_most() {
    let all: Vec<usize> = (1..=9).collect();
    // The gap after it ends at 2:45 in the first case, and at 4:15 in the second.
    for (from, comes) in [(1.25, true), (2.75, false)] {
        let mut rows = with_less(from, from + 0.5);
        if !comes {
            rows["prompts"][0]["timing"]["from_min"] = json!(3);
        }
        let deck = read(&rows);
        assert_eq!(sessions_with(deck.clone(), "Where are you today?", SessionKind::First, 9), all);
        assert_eq!(!sessions_with(deck, "Check your framing", SessionKind::First, 9).is_empty(), comes);
    }
}

/// If nothing is lost by it, a prompt that has waited long comes first for once.
#[test]
fn lets_what_has_waited_come_before_what_has_time() {
    let mut rows = with_less(2.0, 3.0);
    rows["prompts"][0]["timing"]["to_min"] = json!(6);
    rows["prompts"][0]["timing"]["expires_after_min"] = json!(4);
    let deck = read(&rows);
    assert_eq!(sessions_with(deck.clone(), "Where are you today?", SessionKind::First, 9).len(), 9);
    assert_eq!(sessions_with(deck, "Check your framing", SessionKind::First, 9), [4, 8]);
}

/// Of two safety steps, the one with less time comes first, even if the other has waited longer.
#[test]
fn of_what_matters_most_the_first_is_what_has_least_time() {
    let mut rows = with_less(2.0, 6.0);
    rows["prompts"][1]["priority"] = json!(5);
    rows["prompts"][1]["ongoing_every"] = json!(4);
    rows["prompts"][1]["timing"]["expires_after_min"] = json!(4);
    rows["prompts"][0]["timing"]["to_min"] = json!(3);
    let deck = read(&rows);
    let all: Vec<usize> = (1..=9).collect();
    assert_eq!(sessions_with(deck.clone(), "Where are you today?", SessionKind::Ongoing, 9), all);
    assert_eq!(sessions_with(deck, "Check your framing", SessionKind::Ongoing, 9), [1, 5, 9]);
}

/// A timed prompt, then another reminder, and the safety step after both would be too late.
#[test]
fn never_takes_the_window_from_what_matters_most_through_two_gaps() {
    let mut text: Value = serde_json::from_str(include_str!("../../extension/decks/en.json")).unwrap();
    text["rules"]["checklist_gap_min"] = json!(3);
    for seed in 0..40 {
        let mut hour = Hour::seeded(read(&text), 23, SessionKind::Ongoing, "rehearsal", seed);
        let comes = hour.comes_until(23);
        assert!(comes.iter().any(|came| came.contains("How was today for you?")), "seed {seed}: {comes:?}");
    }
}

/// The rest of the budget is for what has not come yet, however much more a repeat matters.
#[test]
fn brings_everything_once_before_anything_again() {
    let mut rows = with_less(20.0, 25.0);
    rows["profiles"][0]["checklist_per_50_min"] = json!(2);
    rows["prompts"][0]["timing"]["to_min"] = json!(18);
    rows["prompts"][0]["timing"]["repeat_every_min"] = json!(3);
    rows["prompts"][0]["timing"]["max_per_session"] = json!(2);
    let mut hour = Hour::of(read(&rows), 50, SessionKind::Ongoing, "plain");
    assert_eq!(hour.comes_until(50), ["2:00 Where are you today?, faded", "20:00 Check your framing, faded"]);
    rows["profiles"][0]["checklist_per_50_min"] = json!(3);
    let mut hour = Hour::of(read(&rows), 50, SessionKind::Ongoing, "plain");
    assert_eq!(hour.comes_until(10), ["2:00 Where are you today?, faded", "5:00 Where are you today?, faded"]);
}

/// After the reminder at 1:00, the gap ends at 2:30.
#[test]
fn lets_what_matters_most_come_in_the_last_moment_of_its_window() {
    for (to, first) in [(2.5, "1:00 Check your framing, faded"), (2.499, "2:00 Where are you today?, faded")] {
        let mut rows = with_less(1.0, 2.0);
        rows["prompts"][0]["timing"]["to_min"] = json!(to);
        let mut hour = Hour::of(read(&rows), 50, SessionKind::Ongoing, "plain");
        let comes = hour.comes_until(10);
        assert_eq!(comes[0], first, "{comes:?}");
        assert_eq!(comes.iter().filter(|came| came.contains("Where")).count(), 1, "{comes:?}");
    }
}

/// A timed prompt, with slots from 4:00 to 10:00, from 10:00 to 16:00 and so on, and a reminder whose window is beside
/// the first.
fn with_slots(from: f64, to: f64) -> Value {
    let mut rows = with_less(from, to);
    rows["rules"]["opening_quiet_min"] = json!(4);
    rows["prompts"][0] = self::rows()["prompts"][1].clone();
    rows
}

/// The gap after the timed prompt that is due at 7:00 ends at 8:30.
#[test]
fn lets_a_timed_prompt_wait_if_a_reminder_would_miss_its_window() {
    let comes = |to: f64| Hour::of(read(&with_slots(8.0, to)), 50, SessionKind::Ongoing, "plain").comes_until(15);
    assert_eq!(comes(8.25), ["8:00 Check your framing, faded", "13:00 Lean in a little, faded"]);
    assert_eq!(comes(8.5), ["7:00 Lean in a little, faded", "8:30 Check your framing, faded"]);
}

#[test]
fn brings_a_timed_prompt_within_its_window_and_its_slot_alone() {
    let comes = |from: f64, to: f64| {
        let mut rows = with_slots(30.0, 31.0);
        rows["prompts"][0]["timing"]["from_min"] = json!(from);
        rows["prompts"][0]["timing"]["to_min"] = json!(to);
        Hour::of(read(&rows), 50, SessionKind::Ongoing, "plain").comes_until(15)
    };
    assert_eq!(comes(4.0, 7.0), ["7:00 Lean in a little, faded"], "due as its window closes");
    assert_eq!(comes(10.0, 40.0), ["13:00 Lean in a little, faded"], "its window opens as the first slot closes");
}

#[test]
fn wakes_nobody_when_a_window_opens_in_which_nothing_can_come_yet() {
    let mut rows = with_slots(30.0, 31.0);
    rows["prompts"][0]["timing"]["from_min"] = json!(16);
    let mut hour = Hour::of(read(&rows), 50, SessionKind::Ongoing, "plain");
    hour.to(15, 30);
    assert_eq!(hour.view.wake_at, Some(at(19, 0)), "the middle of the slot that begins then");
}
