//! The browser tells only that a key was pressed. A double click, a key held down and one sent twice are one press.

use super::*;

/// Lets some milliseconds pass, then presses a key.
fn press(hour: &mut Hour, later: u64, key: Input) {
    hour.pair.now = Timestamp(hour.pair.now.0 + later);
    hour.send(key);
}

fn is_ticked(hour: &Hour) -> bool {
    hour.running().checklist.iter().any(|row| row.done)
}

#[test]
fn to_glance_pressed_twice_shows_the_words_and_answers_nothing() {
    for later in [0, 30, 500, 999] {
        let mut hour = Hour::plain();
        hour.until_dot();
        hour.send(Input::Glance);
        press(&mut hour, later, Input::Glance);
        assert_eq!((hour.strip().as_str(), is_ticked(&hour)), ("Where are you today?", false), "{later} ms");
    }
}

#[test]
fn to_glance_answers_the_words_that_it_has_shown_once_they_can_be_read() {
    let mut hour = Hour::plain();
    hour.until_dot();
    hour.send(Input::Glance);
    press(&mut hour, 1_000, Input::Glance);
    assert_eq!((hour.strip().as_str(), is_ticked(&hour)), ("", true));
    assert_eq!(hour.came(), ["1:00 Where are you today?, did it"]);
}

/// The words have come between the decision to press and the press.
#[test]
fn to_glance_that_was_meant_for_the_dot_does_not_answer_the_words() {
    let mut hour = Hour::plain();
    hour.until_words();
    press(&mut hour, 300, Input::Glance);
    assert_eq!((hour.strip().as_str(), is_ticked(&hour)), ("Where are you today?", false));
    press(&mut hour, 1_000, Input::Glance);
    assert!(is_ticked(&hour));
}

/// The background slept past the end of the wait, and the press wakes it.
#[test]
fn to_glance_shows_the_words_where_no_wake_up_has() {
    let mut hour = Hour::plain();
    hour.until_dot();
    press(&mut hour, 25_000, Input::Glance);
    assert_eq!((hour.strip().as_str(), is_ticked(&hour)), ("Where are you today?", false));
}

#[test]
fn that_is_held_down_is_pressed_once() {
    let mut hour = Hour::plain();
    hour.until_dot();
    hour.send(Input::Glance);
    press(&mut hour, 660, Input::Glance);
    for _ in 0..150 {
        press(&mut hour, 30, Input::Glance);
    }
    assert_eq!((hour.strip().as_str(), is_ticked(&hour)), ("Where are you today?", false));
}

#[test]
fn that_switches_is_not_back_where_it_was_when_it_is_pressed_twice() {
    for key in [Input::HoldKey, Input::HideKey, Input::SharingKey, Input::CrisisKey] {
        let mut hour = Hour::plain();
        hour.to(2, 0);
        hour.send(key.clone());
        let silence = hour.running().silence.clone();
        assert_ne!(silence, Silence::None);
        press(&mut hour, 400, key.clone());
        assert_eq!(hour.running().silence, silence, "{key:?}");
        press(&mut hour, 1_000, key.clone());
        assert_eq!(hour.running().silence, Silence::None, "{key:?}");
    }
}

/// The strip was hidden already, so the first press has shown it, and the second one is the alarm about that.
#[test]
fn to_hide_or_to_say_that_a_screen_is_shared_only_silences_when_it_is_pressed_again_at_once() {
    for key in [Input::HideKey, Input::SharingKey] {
        let mut hour = Hour::plain();
        hour.to(2, 0);
        hour.send(key.clone());
        hour.to(5, 0);
        hour.send(key.clone());
        assert_eq!(hour.running().silence, Silence::None, "{key:?}");
        for _ in 0..5 {
            press(&mut hour, 400, key.clone());
            assert_ne!(hour.running().silence, Silence::None, "{key:?}");
        }
    }
}

#[test]
fn after_another_key_is_a_press_of_its_own() {
    let mut hour = Hour::plain();
    hour.send(Input::HideKey);
    hour.send(Input::HoldKey);
    hour.send(Input::HideKey);
    assert!(matches!(hour.running().silence, Silence::Hold(_)), "{:?}", hour.running().silence);
}

#[test]
fn works_after_a_clock_that_stepped_back() {
    let mut hour = Hour::plain();
    hour.to(2, 0);
    hour.send(Input::HideKey);
    hour.back(60);
    hour.send(Input::HideKey);
    assert_eq!(hour.running().silence, Silence::None);
}

/// The background was stopped after it had taken the press, and the browser sends it again.
#[test]
fn that_is_sent_again_after_a_restart_is_pressed_once() {
    let mut hour = Hour::plain();
    hour.until_dot();
    hour.send(Input::Glance);
    hour.restart();
    press(&mut hour, 500, Input::Glance);
    assert_eq!((hour.strip().as_str(), is_ticked(&hour)), ("Where are you today?", false));
}
