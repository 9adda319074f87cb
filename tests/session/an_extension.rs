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
