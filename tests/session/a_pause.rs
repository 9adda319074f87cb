use super::*;

#[test]
fn stops_the_hour_and_moves_its_end() {
    let mut hour = Hour::ticked();
    hour.to(5, 0);
    hour.send(Input::Pause(true));
    assert_eq!(hour.running().silence, Silence::Paused);
    assert_eq!(hour.running().minute_at, None);
    assert_eq!(hour.badge(), "II");
    hour.pass(10 * MINUTE);
    assert_eq!(hour.running().elapsed, Offset(5 * 60_000));
    assert_eq!(said(&hour.running().left), "45 min left");
    hour.send(Input::Pause(false));
    assert_eq!(hour.strip(), "(45 min left)");
    hour.to(16, 4);
    assert_eq!(hour.view.strip, Strip::Clear);
    hour.to(16, 5);
    assert!(matches!(hour.view.strip, Strip::Dot { .. }), "what was due at 6:05 comes ten minutes later");
    hour.to(60, 0);
    assert_eq!(said(&hour.running().left), "0 min over");
}

#[test]
fn is_followed_by_a_minute_of_quiet() {
    let mut hour = Hour::ticked();
    hour.until_words();
    hour.send(Input::Pause(true));
    assert_eq!(hour.came(), ["6:05 Lean in a little, silenced"]);
    let mut hour = Hour::plain();
    hour.to(0, 50);
    hour.send(Input::Pause(true));
    hour.send(Input::Pause(false));
    assert_eq!(hour.comes_until(3), ["1:50 Where are you today?, faded"]);
}

#[test]
fn wakes_nobody() {
    let mut hour = Hour::plain();
    hour.to(0, 30);
    hour.send(Input::Pause(true));
    assert_eq!(hour.view.wake_at, Some(at(60, 30)), "only if it is forgotten");
}

#[test]
fn that_is_forgotten_ends_the_session() {
    let mut hour = Hour::plain();
    hour.to(10, 30);
    hour.send(Input::Pause(true));
    hour.to(70, 29);
    assert_eq!(hour.running().silence, Silence::Paused);
    hour.to(70, 30);
    assert_eq!((hour.ended().minutes, hour.ended().by_itself), (10, true));
}

#[test]
fn that_is_forgotten_ends_the_session_also_when_the_clock_steps_back() {
    let mut hour = Hour::plain();
    hour.to(30, 0);
    hour.send(Input::Pause(true));
    hour.back(25 * MINUTE);
    hour.to(65, 0);
    assert!(hour.ended().by_itself);
}

#[test]
fn shows_the_time_left_for_a_moment_and_not_for_its_whole_length() {
    let mut hour = Hour::plain();
    hour.send(Input::Pause(true));
    hour.to(20, 0);
    hour.send(Input::Glance);
    assert_eq!(hour.strip(), "(50 min left)");
    hour.pass(4);
    assert_eq!(hour.view.strip, Strip::Clear);
    hour.send(Input::Hold(Some(5)));
    hour.back(2);
    assert_eq!(hour.view.strip, Strip::Clear, "a clock that steps back keeps nothing on screen");
}

#[test]
fn begun_twice_is_one_pause() {
    let mut hour = Hour::plain();
    hour.send(Input::Pause(true));
    hour.to(50, 0);
    hour.send(Input::Pause(true));
    assert_eq!(hour.view.wake_at, Some(at(60, 0)));
    hour.send(Input::Pause(false));
    hour.send(Input::Pause(false));
    assert_eq!(hour.running().elapsed, Offset::START);
}

#[test]
fn lets_nothing_come_whatever_is_done_in_it() {
    let mut hour = Hour::ticked();
    hour.to(3, 0);
    hour.send(Input::Pause(true));
    hour.tick("place", false);
    assert_eq!(
        (&hour.view.strip, &hour.running().cue),
        (&Strip::Clear, &None),
        "its window is open, but time stands still"
    );
    hour.send(Input::Pause(false));
    assert_eq!(hour.comes_until(5), ["4:00 Where are you today?, faded"]);
}
