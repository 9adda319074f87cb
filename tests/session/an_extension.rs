use super::*;

#[test]
fn moves_the_closing() {
    let mut hour = Hour::ticked();
    hour.to(39, 0);
    assert_eq!(hour.running().extended, Some(55));
    hour.send(Input::ExtendTo(60));
    assert_eq!(hour.strip(), "(21 min left)");
    let comes = hour.comes_until(60);
    assert_eq!(comes, ["43:05 Lean in a little, faded", "50:00 Start winding down, faded"]);
}

#[test]
fn after_the_closing_has_begun_opens_the_hour_again() {
    let mut hour = Hour::ticked();
    hour.to(41, 0);
    assert_eq!(hour.running().phase, Phase::Closing);
    hour.send(Input::ExtendTo(70));
    assert_eq!(hour.running().phase, Phase::Working);
}

#[test]
fn never_shortens() {
    let mut hour = Hour::plain();
    hour.send(Input::ExtendTo(25));
    hour.send(Input::ExtendTo(50));
    hour.send(Input::ExtendTo(0));
    assert_eq!(said(&hour.running().left), "50 min left");
}

#[test]
fn ends_at_the_longest_session() {
    let mut hour = Hour::plain();
    hour.send(Input::ExtendTo(178));
    assert_eq!(hour.running().extended, Some(180));
    hour.send(Input::ExtendTo(u16::MAX));
    assert_eq!(said(&hour.running().left), "180 min left");
    assert_eq!(hour.running().extended, None);
}

#[test]
fn brings_for_the_new_end_what_has_come_for_the_old_one() {
    let mut hour = Hour::ticked();
    let number = {
        hour.to(39, 59);
        hour.until_words()
    };
    assert_eq!(hour.card().cue, "Start winding down");
    hour.send(Input::Answer { number, answer: Answer::DidIt });
    hour.to(48, 0);
    hour.send(Input::ExtendTo(80));
    let comes = hour.comes_until(80);
    assert!(comes.iter().any(|came| came.starts_with("70:00 Start winding down")), "{comes:?}");
}

#[test]
fn by_a_few_minutes_brings_nothing_twice() {
    let mut hour = Hour::ticked();
    hour.to(48, 0);
    hour.send(Input::ExtendTo(55));
    let comes = hour.comes_until(55);
    assert!(!comes.iter().any(|came| came.contains("winding down")), "{comes:?}");
}

/// The window for the new end is open already, or opens right now: it has been announced.
#[test]
fn by_a_minute_brings_nothing_twice() {
    for second in [0, 30] {
        let mut hour = Hour::ticked();
        hour.to(41, second);
        assert_eq!(hour.came().last().unwrap(), "40:00 Start winding down, faded");
        hour.send(Input::ExtendTo(51));
        assert_eq!(hour.comes_until(51), [""; 0], "at 41:{second:02}");
    }
}

#[test]
fn to_the_length_it_has_changes_nothing() {
    let mut hour = Hour::ticked();
    hour.to(20, 0);
    for minutes in [50, 60] {
        hour.send(Input::ExtendTo(minutes));
        hour.pass(4);
        let before = hour.pair.engine.snapshot();
        hour.send(Input::ExtendTo(minutes));
        assert_eq!(hour.pair.engine.snapshot(), before, "a double click");
    }
}

#[test]
fn leaves_what_was_ticked_before_anything_asked_for_it() {
    let mut hour = Hour::ticked();
    hour.to(20, 0);
    hour.tick("ending", true);
    hour.send(Input::ExtendTo(60));
    let comes = hour.comes_until(60);
    assert!(hour.running().checklist[0].done && !comes.iter().any(|came| came.contains("winding down")), "{comes:?}");
}
