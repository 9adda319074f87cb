use super::*;

#[test]
fn of_five_minutes_is_one_key() {
    let mut hour = Hour::ticked();
    hour.until_words();
    hour.send(Input::HoldKey);
    assert_eq!(hour.strip(), "(Cues paused for 5 min)");
    assert_eq!(hour.came(), ["6:05 Lean in a little, silenced"]);
    assert_eq!(hour.running().silence, Silence::Hold(Message::with("silence_hold", ["5".to_owned()])));
    hour.pass(4);
    assert_eq!(hour.view.strip, Strip::Clear);
    hour.pass(5 * MINUTE - 5);
    assert_eq!(hour.running().silence, Silence::Hold(Message::with("silence_hold", ["1".to_owned()])));
    hour.pass(1);
    assert_eq!(hour.running().silence, Silence::None);
}

#[test]
fn keeps_away_what_falls_due_in_it() {
    let mut hour = Hour::plain();
    hour.send(Input::Hold(Some(10)));
    assert_eq!(hour.comes_until(10), [""; 0]);
    assert_eq!(hour.comes_until(12), [""; 0], "the location's window has closed, and the slot has passed");
    assert_eq!(hour.comes_until(13), ["12:15 Lean in a little, faded"]);
}

#[test]
fn lets_come_afterwards_what_is_still_worth_it() {
    let mut hour = Hour::plain();
    hour.send(Input::Hold(Some(4)));
    hour.to(4, 0);
    assert!(matches!(hour.view.strip, Strip::Dot { .. }), "the location is worth asking for until minute 5");
}

#[test]
fn ends_with_the_same_key() {
    let mut hour = Hour::plain();
    hour.send(Input::HoldKey);
    hour.to(2, 0);
    hour.send(Input::HoldKey);
    assert_eq!(hour.running().silence, Silence::None);
    assert!(matches!(hour.view.strip, Strip::Dot { .. }));
    let mut hour = Hour::plain();
    hour.send(Input::Hold(None));
    hour.send(Input::Release);
    assert_eq!(hour.strip(), "(Cues are back on)");
    hour.pass(4);
    hour.send(Input::Release);
    assert_eq!(hour.view.strip, Strip::Clear, "there is nothing to release");
}

#[test]
fn to_the_end_lasts_and_wakes_nobody_but_the_badge() {
    let mut hour = Hour::plain();
    hour.send(Input::Hold(None));
    assert_eq!(hour.strip(), "(Cues paused to the end)");
    hour.pass(4);
    let before = hour.pair.wakes;
    assert_eq!(hour.comes_until(50), [""; 0]);
    assert_eq!(hour.running().silence, Silence::Hold(Message::plain("silence_hold_end")));
    // 45, 40, … 5, 4, 3, 2, 1, 0 minutes left.
    assert_eq!(hour.pair.wakes - before, 14);
}

#[test]
fn can_be_made_longer_or_shorter() {
    let mut hour = Hour::plain();
    hour.send(Input::Hold(None));
    hour.send(Input::Hold(Some(10)));
    hour.to(2, 0);
    hour.send(Input::Hold(Some(5)));
    hour.to(6, 59);
    assert_ne!(hour.running().silence, Silence::None);
    hour.to(7, 0);
    assert_eq!(hour.running().silence, Silence::None);
}

#[test]
fn of_no_minutes_is_over_at_once() {
    let mut hour = Hour::plain();
    hour.to(2, 0);
    hour.send(Input::Hold(Some(0)));
    assert_eq!(hour.running().silence, Silence::None);
}

#[test]
fn of_absurd_length_ends_with_the_longest_session() {
    let mut hour = Hour::plain();
    hour.send(Input::Hold(Some(u16::MAX)));
    assert_eq!(hour.strip(), "(Cues paused for 180 min)");
}

#[test]
fn in_a_crisis_leaves_only_the_time() {
    let mut hour = Hour::plain();
    hour.until_words();
    hour.send(Input::Crisis(true));
    assert_eq!((&hour.view.strip, &hour.running().silence), (&Strip::Clear, &Silence::Crisis));
    hour.to(20, 0);
    assert_eq!(hour.came(), ["1:00 Where are you today?, silenced"]);
    hour.send(Input::Glance);
    assert_eq!(hour.strip(), "(30 min left)");
    hour.pass(4);
    assert_eq!(hour.view.strip, Strip::Clear);
    hour.to(24, 30);
    hour.send(Input::Crisis(false));
    assert_eq!(hour.running().silence, Silence::None);
    assert_eq!(hour.comes_until(26), ["25:30 Lean in a little, faded"], "after a minute to breathe");
}

#[test]
fn in_a_crisis_does_not_end_with_a_hold() {
    let mut hour = Hour::plain();
    hour.send(Input::Crisis(true));
    hour.send(Input::HoldKey);
    hour.pass(1);
    hour.send(Input::HoldKey);
    assert_eq!(hour.running().silence, Silence::Crisis);
    assert_eq!(hour.comes_until(30), [""; 0]);
}

#[test]
fn by_hiding_is_at_once_and_a_minute_longer() {
    let mut hour = Hour::plain();
    hour.until_words();
    hour.send(Input::HideKey);
    assert_eq!((&hour.view.strip, &hour.running().silence), (&Strip::Clear, &Silence::Hidden));
    hour.send(Input::Glance);
    assert_eq!(hour.view.strip, Strip::Clear, "hidden is hidden");
    hour.to(6, 30);
    assert_eq!(hour.came(), ["1:00 Where are you today?, silenced"]);
    hour.send(Input::HideKey);
    assert_eq!(hour.strip(), "(Cues back in a minute)");
    hour.to(7, 29);
    assert_eq!(hour.view.strip, Strip::Clear);
    hour.to(7, 30);
    assert!(matches!(hour.view.strip, Strip::Dot { .. }));
}

#[test]
fn by_hiding_twice_is_hiding_once() {
    let mut hour = Hour::plain();
    hour.send(Input::Hide(true));
    hour.send(Input::Hide(true));
    hour.send(Input::Hide(false));
    assert_eq!(hour.running().silence, Silence::None);
    hour.pass(4);
    hour.send(Input::Hide(false));
    assert_eq!(hour.view.strip, Strip::Clear, "it was not hidden");
}
