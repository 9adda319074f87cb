use super::*;

/// The lid is closed at minute 10, for 25 minutes.
fn slept() -> Hour {
    let mut hour = Hour::ticked();
    hour.to(10, 0);
    hour.sleep(25 * MINUTE);
    hour
}

#[test]
fn brings_a_question_and_no_burst() {
    let mut hour = slept();
    // The session last woke for the badge at 10:00 and was next due at 12:15; only the sleep after that is certain.
    assert_eq!(hour.strip(), "? Your computer was asleep for 23 min. Did the session continue?");
    assert_eq!(hour.running().question, Some(Message::with("question_away", ["23".to_owned()])));
    hour.pass(MINUTE);
    assert_eq!(hour.came(), ["6:05 Lean in a little, faded"], "two slots have passed, and nothing makes up for them");
}

#[test]
fn that_was_part_of_the_session_counts() {
    let mut hour = slept();
    hour.send(Input::CountSleep(true));
    assert_eq!(hour.strip(), "(15 min left)");
    assert_eq!(hour.comes_until(40), ["36:55 Match their pace, faded"]);
}

#[test]
fn that_was_no_part_of_the_session_is_taken_out() {
    let mut hour = slept();
    hour.send(Input::CountSleep(false));
    assert_eq!(hour.running().elapsed, Offset((12 * 60 + 15) * 1_000));
    assert_eq!(hour.strip(), "(38 min left)");
    hour.pass(59);
    assert_eq!(hour.view.strip, Strip::Clear);
    hour.pass(1);
    assert!(matches!(hour.view.strip, Strip::Dot { .. }), "the slot of 12:15 goes on, after a minute of quiet");
}

#[test]
fn that_nobody_explains_counts_as_session() {
    let mut hour = slept();
    hour.pass(2 * MINUTE - 1);
    assert!(matches!(hour.view.strip, Strip::Question { .. }));
    hour.pass(1);
    assert_eq!((&hour.running().question, hour.running().elapsed), (&None, Offset(37 * 60_000)));
    assert!(matches!(hour.view.strip, Strip::Dot { .. }), "and the hour goes on");
}

#[test]
fn is_explained_with_the_two_keys() {
    let mut hour = slept();
    hour.send(Input::Glance);
    assert_eq!((&hour.running().question, hour.running().elapsed), (&None, Offset(35 * 60_000)));
    let mut hour = slept();
    hour.send(Input::NotNow);
    assert_eq!((&hour.running().question, hour.running().elapsed), (&None, Offset((12 * 60 + 15) * 1_000)));
}

#[test]
fn is_explained_once() {
    let mut hour = slept();
    hour.send(Input::CountSleep(false));
    let elapsed = hour.running().elapsed;
    hour.send(Input::CountSleep(false));
    assert_eq!(hour.running().elapsed, elapsed);
}

#[test]
fn ends_what_was_on_screen() {
    let mut hour = Hour::plain();
    hour.until_words();
    hour.sleep(25 * MINUTE);
    assert!(matches!(hour.view.strip, Strip::Question { .. }));
    assert_eq!(hour.came(), ["1:00 Where are you today?, silenced"]);
}

#[test]
fn after_a_sleep_adds_up() {
    let mut hour = slept();
    hour.pass(MINUTE);
    hour.sleep(10 * MINUTE);
    // The question was due to lapse at 37:00, so the second sleep is certain from there to 46:00.
    assert_eq!(hour.strip(), "? Your computer was asleep for 32 min. Did the session continue?");
    hour.send(Input::CountSleep(false));
    assert_eq!(hour.running().elapsed, Offset((14 * 60 + 15) * 1_000));
}

#[test]
fn in_a_pause_changes_nothing() {
    let mut hour = Hour::plain();
    hour.send(Input::Pause(true));
    hour.sleep(25 * MINUTE);
    hour.send(Input::Pause(false));
    assert_eq!((hour.running().elapsed, &hour.running().question), (Offset::START, &None));
}

#[test]
fn in_a_crisis_or_hidden_asks_nothing() {
    for silence in [Input::Crisis(true), Input::Hide(true)] {
        let mut hour = Hour::plain();
        hour.send(silence);
        hour.sleep(25 * MINUTE);
        assert_eq!((&hour.view.strip, &hour.running().question), (&Strip::Clear, &None));
    }
}

#[test]
fn in_a_hold_asks_in_the_popup_only() {
    let mut hour = Hour::plain();
    hour.send(Input::Hold(None));
    hour.sleep(25 * MINUTE);
    assert_eq!(hour.view.strip, Strip::Clear);
    assert!(hour.running().question.is_some());
    hour.send(Input::CountSleep(false));
    assert!(hour.running().elapsed < Offset(6 * 60_000));
}

#[test]
fn is_not_explained_by_a_key_pressed_blind() {
    for silence in [Input::Hide(true), Input::Pause(true), Input::Hold(None)] {
        let mut hour = slept();
        hour.send(silence.clone());
        hour.send(Input::NotNow);
        hour.send(Input::Glance);
        assert_eq!(hour.running().elapsed, Offset(35 * 60_000), "{silence:?}");
        assert!(hour.running().question.is_some(), "{silence:?}");
    }
}

#[test]
fn taken_out_leaves_a_hold_its_length() {
    let mut hour = slept();
    hour.send(Input::Hold(Some(5)));
    hour.send(Input::CountSleep(false));
    assert_eq!(hour.running().silence, Silence::Hold(Message::with("silence_hold", ["5".to_owned()])));
    hour.pass(5 * MINUTE);
    assert_eq!(hour.running().silence, Silence::None);
}

#[test]
fn past_the_end_of_all_patience_ends_the_session() {
    let mut hour = Hour::plain();
    hour.to(30, 0);
    hour.sleep(9 * 3_600);
    hour.pass(2 * MINUTE);
    assert!(hour.ended().by_itself);
    assert_eq!(hour.view.strip, Strip::Clear);
}

#[test]
fn shorter_than_three_minutes_is_a_late_timer() {
    let mut hour = Hour::ticked();
    hour.to(6, 0);
    // Due at 6:05, and worth showing until 9:09.
    hour.sleep(MINUTE * 2 + 50);
    assert_eq!(hour.running().question, None);
    assert!(matches!(hour.view.strip, Strip::Dot { .. }));
}

#[test]
fn shorter_than_three_minutes_drops_what_is_no_longer_worth_showing() {
    let mut rows = rows();
    for prompt in [1, 2] {
        rows["prompts"][prompt]["timing"]["expires_after_min"] = json!(1);
    }
    let mut hour = Hour::of(read(&rows), 50, SessionKind::Ongoing, "plain");
    hour.send(Input::Tick { item: "place".to_owned(), done: true });
    hour.to(6, 0);
    hour.sleep(MINUTE * 2);
    assert_eq!(hour.view.strip, Strip::Clear);
    assert_eq!(hour.comes_until(13), ["12:15 Lean in a little, faded"], "dropped, not queued");
}

#[test]
fn over_the_wait_for_words_drops_the_dot_if_it_is_too_late() {
    let mut rows = rows();
    rows["prompts"][0]["timing"]["expires_after_min"] = json!(1);
    let mut hour = Hour::of(read(&rows), 50, SessionKind::Ongoing, "plain");
    hour.to(1, 0);
    hour.sleep(MINUTE + 20);
    assert_eq!(hour.strip(), "Where are you today?", "worth it until 2:00, and the wait of 20 seconds");
    let mut hour = Hour::of(read(&rows), 50, SessionKind::Ongoing, "plain");
    hour.to(1, 0);
    hour.sleep(MINUTE + 21);
    assert_eq!(hour.view.strip, Strip::Clear);
    assert_eq!(hour.came(), ["1:00 Where are you today?, unread"]);
}

#[test]
fn is_followed_by_a_minute_of_quiet_also_when_the_question_is_answered_at_once() {
    let mut hour = Hour::ticked();
    hour.to(10, 0);
    // Until 19:00, when the slot due at 18:25 is still open.
    hour.sleep(9 * MINUTE);
    hour.send(Input::CountSleep(true));
    hour.pass(59);
    assert_eq!(hour.view.strip, Strip::Clear);
    hour.pass(1);
    assert!(matches!(hour.view.strip, Strip::Dot { .. }));
}

#[test]
fn of_exactly_three_minutes_is_one() {
    let mut hour = Hour::ticked();
    hour.to(6, 0);
    hour.sleep(3 * MINUTE + 4);
    assert_eq!(hour.running().question, None);
    let mut hour = Hour::ticked();
    hour.to(6, 0);
    hour.sleep(3 * MINUTE + 5);
    assert!(hour.running().question.is_some());
}

#[test]
fn lets_no_session_take_the_place_of_one_that_may_go_on() {
    let mut hour = slept();
    let outcome = hour.pair.engine.dispatch(hour.pair.now, start(25, SessionKind::First, "plain"));
    assert_eq!(outcome.problem.map(|problem| problem.key).as_deref(), Some("problem_already_running"));
    hour.send(Input::CountSleep(true));
    assert_eq!(hour.strip(), "(15 min left)");
}
