use super::*;

#[test]
fn takes_what_is_shown_away_and_lets_nothing_come() {
    let mut hour = Hour::plain();
    hour.until_words();
    hour.send(Input::ShareDetected(true));
    assert_eq!((&hour.view.strip, &hour.running().silence), (&Strip::Clear, &Silence::Sharing));
    assert!(hour.running().sharing);
    assert_eq!(hour.came(), ["1:00 Where are you today?, silenced"]);
    assert_eq!(hour.comes_until(30), [""; 0]);
}

#[test]
fn is_followed_by_a_minute_of_quiet_and_no_word_about_it() {
    let mut hour = Hour::ticked();
    hour.send(Input::ShareDetected(true));
    hour.to(6, 30);
    hour.send(Input::ShareDetected(false));
    assert_eq!((&hour.view.strip, &hour.running().silence), (&Strip::Clear, &Silence::None));
    hour.to(7, 29);
    assert_eq!(hour.view.strip, Strip::Clear);
    hour.to(7, 30);
    assert!(matches!(hour.view.strip, Strip::Dot { .. }), "what is still worth it comes a minute later");
}

#[test]
fn shows_nothing_for_any_key() {
    let mut hour = Hour::plain();
    hour.send(Input::ShareDetected(true));
    for key in [
        Input::Glance,
        Input::NotNow,
        Input::HoldKey,
        Input::HoldKey,
        Input::ExtendTo(60),
        Input::MomentKey,
        Input::CrisisKey,
        Input::CrisisKey,
        Input::HideKey,
        Input::HideKey,
        Input::Pause(true),
        Input::Pause(false),
    ] {
        hour.send(key.clone());
        assert_eq!(hour.view.strip, Strip::Clear, "{key:?}");
    }
    hour.send(Input::ShareDetected(false));
    assert_eq!(hour.view.strip, Strip::Clear, "nothing has waited for its end");
}

#[test]
fn leaves_a_crisis_a_crisis() {
    let mut hour = Hour::plain();
    hour.send(Input::ShareDetected(true));
    hour.send(Input::Crisis(true));
    assert_eq!((&hour.view.strip, &hour.running().silence), (&Strip::Clear, &Silence::Crisis));
    assert!(hour.running().sharing);
    hour.send(Input::ShareDetected(false));
    assert_eq!(hour.running().silence, Silence::Crisis);
    hour.send(Input::ShareDetected(true));
    hour.send(Input::Crisis(false));
    assert_eq!(hour.running().silence, Silence::Sharing);
}

#[test]
fn is_declared_and_taken_back_by_the_therapist() {
    let mut hour = Hour::plain();
    hour.send(Input::SharingKey);
    assert_eq!(hour.running().silence, Silence::Sharing);
    hour.send(Input::ShareDetected(true));
    hour.send(Input::ShareDetected(false));
    assert_eq!(hour.running().silence, Silence::Sharing, "what the therapist has said is not the guard's to take back");
    hour.pass(1);
    hour.send(Input::SharingKey);
    assert_eq!(hour.running().silence, Silence::None);
    hour.send(Input::ShareDeclared(true));
    hour.send(Input::ShareDeclared(true));
    hour.send(Input::ShareDeclared(false));
    assert_eq!(hour.running().silence, Silence::None);
}

#[test]
fn that_is_stuck_ends_when_the_therapist_says_so_until_the_next_one() {
    for word in [Input::SharingKey, Input::ShareDeclared(false)] {
        let mut hour = Hour::ticked();
        hour.send(Input::ShareDetected(true));
        hour.to(5, 0);
        hour.send(word);
        assert_eq!(hour.running().silence, Silence::None);
        assert_eq!(hour.comes_until(7), ["6:05 Lean in a little, faded"]);
        hour.send(Input::ShareDetected(false));
        hour.send(Input::ShareDetected(true));
        assert_eq!(hour.running().silence, Silence::Sharing);
    }
}

#[test]
fn that_ends_twice_ends_once() {
    let mut hour = Hour::ticked();
    hour.send(Input::ShareDetected(true));
    hour.to(5, 0);
    hour.send(Input::ShareDetected(false));
    hour.to(6, 0);
    hour.send(Input::ShareDetected(false));
    hour.to(6, 5);
    assert!(matches!(hour.view.strip, Strip::Dot { .. }), "the quiet does not begin again");
}

#[test]
fn asks_nothing_after_a_sleep() {
    let mut hour = Hour::ticked();
    hour.to(5, 0);
    hour.send(Input::ShareDetected(true));
    hour.sleep(25 * MINUTE);
    assert_eq!((&hour.view.strip, &hour.running().question), (&Strip::Clear, &None));
}

#[test]
fn is_marked_in_the_picture_of_the_hour() {
    let mut hour = Hour::plain();
    hour.to(2, 0);
    hour.send(Input::ShareDetected(true));
    hour.to(4, 0);
    hour.send(Input::ShareDetected(false));
    hour.to(5, 0);
    assert_eq!(hour.running().silences, [(Offset(120_000), Offset(240_000))]);
}

#[test]
fn survives_a_killed_worker() {
    let mut hour = Hour::plain();
    for input in [
        Input::ShareDetected(true),
        Input::ShareDeclared(true),
        Input::ShareDetected(false),
        Input::ShareDeclared(false),
    ] {
        hour.send(input);
        hour.restart();
    }
}

#[test]
fn keeps_the_question_about_a_sleep_off_the_strip_for_a_minute_after_it() {
    let mut hour = Hour::ticked();
    hour.to(10, 0);
    hour.sleep(25 * MINUTE);
    hour.send(Input::ShareDetected(true));
    hour.pass(10);
    hour.send(Input::ShareDetected(false));
    assert_eq!(hour.view.strip, Strip::Clear);
    assert!(hour.running().question.is_some());
    let minute_later = Timestamp(hour.pair.now.0 + MINUTE * 1_000);
    hour.until(|strip| matches!(strip, Strip::Question { .. }));
    assert_eq!(hour.pair.now, minute_later, "it wakes to ask");
}

#[test]
fn wakes_nobody_after_it_unless_there_is_something_to_ask() {
    let mut hour = Hour::ticked();
    hour.send(Input::ShareDetected(true));
    hour.to(4, 30);
    hour.send(Input::ShareDetected(false));
    assert_eq!(hour.view.wake_at, Some(at(5, 0)), "the badge");
    hour.to(5, 0);
    assert_eq!(hour.view.wake_at, Some(at(6, 5)), "the next cue, and not the end of the quiet minute");
}

#[test]
fn that_was_none_takes_nothing_away() {
    let mut hour = Hour::plain();
    hour.until_words();
    hour.send(Input::ShareDetected(false));
    assert_eq!(hour.strip(), "Where are you today?");
}
