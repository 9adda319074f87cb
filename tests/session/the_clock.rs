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
    assert!(hour.ended().by_itself);
    hour.pair.now = Timestamp(0);
    hour.send(start(50, SessionKind::Ongoing, "plain"));
    assert_eq!(hour.strip(), "(50 min left)");
}
