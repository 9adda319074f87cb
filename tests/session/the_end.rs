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
    assert_eq!(hour.view.wake_at, None);
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
