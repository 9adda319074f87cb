use super::*;

#[test]
fn did_it_ticks_what_was_asked_for_and_ends_the_chase() {
    let mut hour = Hour::plain();
    let number = hour.until_words();
    hour.send(Input::Answer { number, answer: Answer::DidIt });
    assert_eq!(hour.view.strip, Strip::Clear);
    assert!(hour.running().checklist[0].done);
    assert_eq!(hour.came(), ["1:00 Where are you today?, did it"]);
    assert_eq!(hour.comes_until(12), ["6:05 Lean in a little, faded"]);
}

#[test]
fn did_it_is_what_the_glance_key_says_to_words_and_to_a_card() {
    let mut hour = Hour::plain();
    hour.until_words();
    hour.pass(1);
    hour.send(Input::Glance);
    assert_eq!(hour.came(), ["1:00 Where are you today?, did it"]);
    let number = hour.until_dot();
    hour.send(Input::Open(number));
    hour.send(Input::Glance);
    assert_eq!(hour.came()[1], "6:05 Lean in a little, did it");
}

#[test]
fn did_it_lets_a_timed_prompt_come_again() {
    let mut hour = Hour::ticked();
    let number = hour.until_words();
    hour.send(Input::Answer { number, answer: Answer::DidIt });
    let comes = hour.comes_until(25);
    assert!(comes.contains(&"18:25 Lean in a little, faded".to_owned()), "{comes:?}");
}

#[test]
fn already_rests_a_prompt_to_the_end_of_the_session_and_no_longer() {
    let mut hour = Hour::ticked();
    let number = hour.until_words();
    hour.send(Input::Answer { number, answer: Answer::Already });
    let comes = hour.comes_until(40);
    assert_eq!(hour.came()[0], "6:05 Lean in a little, already");
    assert!(!comes.is_empty() && comes.iter().all(|came| came.contains("Match their pace")), "{comes:?}");
    hour.send(Input::End);
    hour.pair.now = NINE;
    hour.send(start(50, SessionKind::Ongoing, "plain"));
    let comes = hour.comes_until(40);
    assert!(comes.iter().any(|came| came.contains("Lean in a little")), "{comes:?}");
}

#[test]
fn already_ticks_the_item_too() {
    let mut hour = Hour::plain();
    let number = hour.until_words();
    hour.send(Input::Answer { number, answer: Answer::Already });
    assert!(hour.running().checklist[0].done);
}

#[test]
fn not_now_brings_it_back_once_after_a_rest() {
    let mut hour = Hour::plain();
    let number = hour.until_words();
    hour.send(Input::Answer { number, answer: Answer::NotNow });
    assert_eq!(hour.view.strip, Strip::Clear);
    assert!(!hour.running().checklist[0].done);
    hour.to(5, 59);
    assert_eq!(hour.came(), ["1:00 Where are you today?, not now"], "no repeat before five minutes have passed");
    hour.to(6, 20);
    assert_eq!(hour.strip(), "Where are you today?");
    assert_eq!(said(&hour.card().why), "You chose “Not now” 5 min ago. It comes back once.");
    hour.send(Input::NotNow);
    let comes = hour.comes_until(20);
    assert!(comes.iter().all(|came| !came.contains("Where")), "put off twice, it rests: {comes:?}");
}

#[test]
fn not_now_twice_rests_it_for_this_session_only() {
    let mut hour = Hour::plain();
    for _ in 0..2 {
        hour.until_words();
        hour.send(Input::NotNow);
    }
    hour.send(Input::End);
    hour.pair.now = NINE;
    hour.send(start(50, SessionKind::Ongoing, "plain"));
    hour.to(1, 20);
    assert_eq!(hour.strip(), "Where are you today?");
}

#[test]
fn not_now_twice_rests_what_could_come_again_and_again() {
    let mut rows = rows();
    rows["prompts"][1]["priority"] = json!(5);
    let mut hour = Hour::of(read(&rows), 50, SessionKind::Ongoing, "plain");
    hour.tick("place", true);
    for due in [(6, 5), (12, 15)] {
        hour.until_words();
        assert_eq!((hour.pair.now, hour.card().cue.as_str()), (at(due.0, due.1 + 20), "Lean in a little"));
        hour.send(Input::NotNow);
    }
    let comes = hour.comes_until(40);
    assert!(!comes.is_empty() && comes.iter().all(|came| came.contains("Match their pace")), "{comes:?}");
}

#[test]
fn not_now_gives_a_prompt_that_comes_once_its_second_chance() {
    let mut hour = Hour::ticked();
    hour.to(40, 20);
    assert_eq!(hour.strip(), "Start winding down");
    hour.send(Input::ExtendTo(70));
    hour.send(Input::NotNow);
    let comes = hour.comes_until(70);
    assert!(comes.contains(&"60:00 Start winding down, faded".to_owned()), "{comes:?}");
    assert_eq!(comes.iter().filter(|came| came.contains("winding")).count(), 1, "{comes:?}");
}

#[test]
fn not_now_works_on_the_dot() {
    let mut hour = Hour::plain();
    hour.until_dot();
    hour.send(Input::NotNow);
    assert_eq!(hour.came(), ["1:00 Where are you today?, not now"]);
}

#[test]
fn never_bans_a_prompt_from_this_session_and_all_to_come() {
    let mut hour = Hour::ticked();
    let number = hour.until_words();
    hour.send(Input::Answer { number, answer: Answer::Never });
    assert_eq!(hour.strip(), "(Won’t come up again)");
    let banned = Banned { id: "lean".to_owned(), cue: "Lean in a little".to_owned() };
    assert_eq!(hour.running().banned, Some(banned));
    let comes = hour.comes_until(40);
    assert!(comes.iter().all(|came| !came.contains("Lean")), "{comes:?}");
    hour.send(Input::End);
    hour.pair.now = NINE;
    hour.send(start(50, SessionKind::Ongoing, "plain"));
    assert_eq!(hour.running().banned, None);
    let comes = hour.comes_until(50);
    assert!(!comes.is_empty() && comes.iter().all(|came| !came.contains("Lean")), "{comes:?}");
}

#[test]
fn never_can_be_undone() {
    let mut hour = Hour::ticked();
    let number = hour.until_words();
    hour.send(Input::Answer { number, answer: Answer::Never });
    hour.send(Input::Allow("lean".to_owned()));
    assert_eq!(hour.running().banned, None);
    let comes = hour.comes_until(40);
    assert!(comes.iter().any(|came| came.contains("Lean")), "{comes:?}");
}

#[test]
fn never_can_be_undone_after_the_end() {
    let mut hour = Hour::ticked();
    let number = hour.until_words();
    hour.send(Input::Answer { number, answer: Answer::Never });
    hour.send(Input::End);
    hour.send(Input::Allow("lean".to_owned()));
    hour.pair.now = NINE;
    hour.send(start(50, SessionKind::Ongoing, "plain"));
    let comes = hour.comes_until(40);
    assert!(comes.iter().any(|came| came.contains("Lean")), "{comes:?}");
}

#[test]
fn to_a_showing_that_is_gone_does_nothing() {
    let mut hour = Hour::plain();
    let first = hour.until_words();
    hour.send(Input::NotNow);
    let second = hour.until_dot();
    let before = hour.pair.engine.snapshot();
    for number in [first, 0, second + 1, u32::MAX] {
        for answer in [Answer::DidIt, Answer::Already, Answer::NotNow, Answer::Never] {
            hour.send(Input::Answer { number, answer });
        }
        hour.send(Input::Open(number));
        hour.send(Input::Close(number));
        hour.send(Input::Linger(number));
    }
    assert_eq!(hour.pair.engine.snapshot(), before);
    hour.send(Input::Answer { number: second, answer: Answer::DidIt });
    hour.send(Input::Answer { number: second, answer: Answer::Never });
    assert_eq!(hour.came().len(), 2, "the second answer to the same showing comes too late");
    assert!(hour.came()[1].ends_with("did it"));
}

#[test]
fn not_now_shortens_the_rest_once_only() {
    let mut rows = rows();
    rows["prompts"][1]["priority"] = json!(5);
    let mut hour = Hour::of(read(&rows), 50, SessionKind::Ongoing, "plain");
    hour.send(Input::Tick { item: "place".to_owned(), done: true });
    hour.until_words();
    hour.send(Input::NotNow);
    assert_eq!(
        hour.comes_until(30),
        ["12:15 Lean in a little, faded", "18:25 Match their pace, faded", "24:35 Lean in a little, faded"]
    );
}
