use super::*;

#[test]
fn comes_by_hand_and_keeps_what_came() {
    let mut hour = Hour::plain();
    hour.until_words();
    hour.send(Input::End);
    assert_eq!((hour.ended().minutes, hour.ended().by_itself), (1, false));
    assert_eq!(hour.came(), ["1:00 Where are you today?, silenced"]);
    assert_eq!((&hour.view.strip, hour.view.wake_at), (&Strip::Clear, None));
    hour.send(Input::Dismiss);
    assert_eq!(hour.ready().minutes, 50);
}

#[test]
fn comes_by_itself_an_hour_after_the_planned_one() {
    let mut hour = Hour::plain();
    hour.to(109, 59);
    assert_eq!(said(&hour.running().left), "59 min over");
    hour.to(110, 0);
    assert!(hour.ended().by_itself);
    assert!(hour.ended().may_go_on);
    hour.pass(60 * MINUTE);
    assert_eq!((hour.ended().may_go_on, hour.view.wake_at), (false, None));
}

#[test]
fn is_followed_by_nothing_until_the_next_start() {
    let mut hour = Hour::plain();
    hour.send(Input::End);
    let before = hour.pair.engine.snapshot();
    for input in [Input::Glance, Input::NotNow, Input::HoldKey, Input::Crisis(true), Input::Pause(true), Input::End] {
        hour.send(input);
    }
    hour.sleep(3_600);
    assert_eq!(hour.pair.engine.snapshot(), before);
}

#[test]
fn tells_the_shell_to_put_everything_away() {
    let mut hour = Hour::plain();
    let outcome = hour.pair.engine.dispatch(hour.pair.now, Input::End);
    assert_eq!(outcome.effects.alarm, None);
    assert!(!outcome.effects.strip);
    let again = hour.pair.engine.dispatch(hour.pair.now, Input::Look);
    assert_eq!(again.effects.save, None, "nothing has changed since");
}

#[test]
fn is_forgotten_with_the_next_start() {
    let mut hour = Hour::plain();
    hour.until_words();
    hour.send(Input::End);
    hour.send(start(25, SessionKind::First, "quiet"));
    assert!(serde_json::to_value(hour.pair.engine.snapshot()).unwrap()["session"]["ended"].is_null());
}

/// The lid was closed at minute 40 and opened the next morning, and nobody answers.
#[test]
fn of_a_session_left_overnight_is_where_it_was_left() {
    let mut hour = Hour::ticked();
    hour.to(40, 0);
    hour.sleep(1_410 * MINUTE);
    assert!(matches!(hour.view.strip, Strip::Question { .. }));
    hour.pass(2 * MINUTE);
    assert!(hour.ended().by_itself);
    assert!((40..50).contains(&hour.ended().minutes), "{} minutes", hour.ended().minutes);
}

/// A session that ended by itself at minute 110.
fn left_running() -> Hour {
    let mut hour = Hour::ticked();
    hour.until_words();
    hour.to(110, 0);
    hour
}

#[test]
fn that_nobody_chose_can_be_undone() {
    let mut hour = left_running();
    let marks = hour.ended().marks.clone();
    hour.pass(20 * MINUTE);
    hour.restart();
    hour.send(Input::GoOn);
    assert_eq!(said(&hour.running().left), "80 min over");
    assert_eq!(hour.running().marks, marks, "and what came is still there");
    assert!(!hour.running().quiet.is_empty());
    hour.pass(59 * MINUTE);
    hour.running();
    hour.pass(MINUTE);
    assert!(hour.ended().by_itself, "it may be left again");
}

#[test]
fn by_the_therapist_cannot_be_undone() {
    let mut hour = Hour::ticked();
    hour.to(20, 0);
    hour.send(Input::End);
    hour.send(Input::GoOn);
    assert!(!hour.ended().may_go_on);
}

#[test]
fn can_be_undone_for_an_hour_and_until_the_next_start() {
    let mut hour = left_running();
    hour.pass(60 * MINUTE);
    hour.send(Input::GoOn);
    assert!(!hour.ended().may_go_on);
    let mut hour = left_running();
    hour.send(start(25, SessionKind::First, "quiet"));
    hour.send(Input::GoOn);
    assert_eq!(hour.running().elapsed, Offset::START);
    let mut hour = left_running();
    hour.send(Input::Dismiss);
    hour.send(Input::GoOn);
    hour.ready();
}

#[test]
fn of_a_pause_can_be_undone_with_the_pause_left_out() {
    let mut hour = Hour::ticked();
    hour.to(20, 0);
    hour.send(Input::Pause(true));
    hour.pass(60 * MINUTE);
    assert!(hour.ended().by_itself);
    hour.pass(10 * MINUTE);
    hour.send(Input::GoOn);
    assert_eq!(said(&hour.running().left), "30 min left");
    assert!(hour.running().minute_at.is_some(), "its clock runs");
}

#[test]
fn that_is_undone_is_followed_by_a_minute_of_quiet() {
    let mut hour = Hour::ticked();
    hour.to(6, 0);
    hour.send(Input::Pause(true));
    hour.pass(60 * MINUTE);
    hour.send(Input::GoOn);
    assert_eq!(hour.comes_until(70), ["7:00 Lean in a little, faded"], "it was due five seconds later");
}

/// What was shared when it ended may still be shared.
#[test]
fn that_is_undone_stays_silent_if_a_screen_was_shared() {
    let mut hour = Hour::ticked();
    hour.to(20, 0);
    hour.send(Input::ShareDetected(true));
    hour.to(110, 0);
    hour.send(Input::GoOn);
    assert!(hour.running().sharing);
    assert_eq!(hour.view.strip, Strip::Clear);
}
