use super::*;

#[test]
fn takes_the_prompt_that_chases_it_off_the_screen() {
    let mut hour = Hour::plain();
    hour.until_words();
    hour.send(Input::Tick { item: "place".to_owned(), done: true });
    assert_eq!(hour.view.strip, Strip::Clear);
    assert_eq!(hour.came(), ["1:00 Where are you today?, ticked"]);
}

#[test]
fn made_before_keeps_the_prompt_away() {
    let mut hour = Hour::ticked();
    assert_eq!(hour.comes_until(12), ["6:05 Lean in a little, faded"]);
}

#[test]
fn leaves_other_prompts_alone() {
    let mut hour = Hour::plain();
    hour.until_words();
    hour.send(Input::Tick { item: "ending".to_owned(), done: true });
    hour.send(Input::Tick { item: "nothing of the kind".to_owned(), done: true });
    assert_eq!(hour.strip(), "Where are you today?");
}

#[test]
fn taken_back_lets_the_prompt_come_after_all() {
    let mut hour = Hour::ticked();
    hour.to(3, 0);
    hour.send(Input::Tick { item: "place".to_owned(), done: false });
    assert!(matches!(hour.view.strip, Strip::Dot { .. }), "its window is open, so it comes at once");
    hour.send(Input::Tick { item: "place".to_owned(), done: true });
    assert_eq!(hour.view.strip, Strip::Clear);
}

#[test]
fn belongs_to_its_phase_in_the_popup() {
    let labels = |hour: &Hour| hour.running().checklist.iter().map(|row| row.label.clone()).collect::<Vec<_>>();
    let mut hour = Hour::plain();
    assert_eq!((hour.running().phase, labels(&hour)), (Phase::Opening, vec!["Place confirmed".to_owned()]));
    hour.to(12, 0);
    assert_eq!((hour.running().phase, labels(&hour)), (Phase::Working, vec![]));
    hour.to(40, 0);
    assert_eq!((hour.running().phase, labels(&hour)), (Phase::Closing, vec!["Ending begun".to_owned()]));
}
