use super::*;

#[test]
fn that_steps_back_neither_rewinds_nor_freezes_the_hour() {
    let mut hour = Hour::ticked();
    hour.to(5, 0);
    hour.back(3_600);
    assert_eq!(hour.running().elapsed, Offset(5 * 60_000));
    hour.pass(65);
    assert!(matches!(hour.view.strip, Strip::Dot { .. }), "6:05 of the session is 65 seconds later");
}

#[test]
fn that_steps_back_leaves_a_prompt_its_time() {
    let mut hour = Hour::plain();
    hour.until_words();
    hour.back(30);
    hour.pass(6);
    assert!(matches!(hour.view.strip, Strip::Words { .. }));
    hour.pass(1);
    assert_eq!(hour.view.strip, Strip::Clear);
}

#[test]
fn at_the_end_of_time_stops_nothing() {
    let mut hour = Hour::plain();
    hour.pair.now = Timestamp(u64::MAX);
    hour.send(Input::Look);
    assert!(hour.running().question.is_some());
    hour.pair.now = Timestamp(0);
    hour.send(Input::Look);
    hour.send(start(50, SessionKind::Ongoing, "plain"));
    assert_eq!(hour.strip(), "(50 min left)");
}

/// A second system on the computer had set its clock, and a time server corrects it.
#[test]
fn that_jumps_ahead_asks_before_it_ends_anything() {
    for ahead in [30, 106, 200, 1_440] {
        let mut hour = Hour::ticked();
        hour.to(5, 0);
        hour.sleep(ahead * MINUTE);
        assert!(matches!(hour.view.strip, Strip::Question { .. }), "{ahead} min: {:?}", hour.view.strip);
        hour.send(Input::CountSleep(false));
        assert!(hour.running().elapsed < Offset(10 * 60_000), "{ahead} min: {:?}", hour.running().elapsed);
    }
}

#[test]
fn that_jumps_ahead_asks_in_the_popup_whatever_keeps_the_strip_empty() {
    for silence in [Input::Hide(true), Input::ShareDetected(true), Input::Crisis(true), Input::Hold(None)] {
        let mut hour = Hour::ticked();
        hour.to(5, 0);
        hour.send(silence);
        hour.sleep(200 * MINUTE);
        assert_eq!(hour.view.strip, Strip::Clear);
        assert!(hour.running().question.is_some());
        hour.send(Input::CountSleep(false));
        assert!(hour.running().elapsed <= Offset(10 * 60_000));
    }
}

#[test]
fn that_jumps_ahead_in_a_pause_ends_it_only_an_hour_later() {
    let mut hour = Hour::ticked();
    hour.to(5, 0);
    hour.send(Input::Pause(true));
    hour.sleep(200 * MINUTE);
    assert_eq!(hour.running().elapsed, Offset(5 * 60_000));
    hour.pass(59 * MINUTE);
    assert_eq!(hour.running().elapsed, Offset(5 * 60_000));
    hour.pass(MINUTE);
    assert_eq!((hour.ended().minutes, hour.ended().by_itself), (5, true));
}
