use super::*;

#[test]
fn comes_as_a_dot_turns_into_words_and_goes() {
    let mut hour = Hour::plain();
    hour.to(0, 59);
    assert_eq!(hour.view.strip, Strip::Clear);
    hour.to(1, 0);
    assert_eq!(hour.view.strip, Strip::Dot { number: 1 });
    hour.to(1, 19);
    assert_eq!(hour.view.strip, Strip::Dot { number: 1 });
    hour.to(1, 20);
    assert_eq!(hour.strip(), "Where are you today?");
    hour.to(1, 26);
    assert_eq!(hour.strip(), "Where are you today?");
    hour.to(1, 27);
    assert_eq!(hour.view.strip, Strip::Clear);
    assert_eq!(hour.came(), ["1:00 Where are you today?, faded"]);
}

#[test]
fn says_its_words_at_once_on_the_glance_key() {
    let mut hour = Hour::plain();
    hour.to(1, 5);
    hour.send(Input::Glance);
    assert_eq!(hour.strip(), "Where are you today?");
    hour.to(1, 11);
    assert_eq!(hour.strip(), "Where are you today?");
    hour.to(1, 12);
    assert_eq!(hour.view.strip, Strip::Clear);
}

#[test]
fn stays_a_dot_for_a_minute_where_words_wait_for_the_key() {
    let mut hour = Hour::of(read(&rows()), 50, SessionKind::Ongoing, "quiet");
    hour.to(1, 59);
    assert_eq!(hour.view.strip, Strip::Dot { number: 1 });
    hour.to(2, 0);
    assert_eq!(hour.view.strip, Strip::Clear);
    assert_eq!(hour.came(), ["1:00 Where are you today?, unread"]);
    hour.to(4, 59);
    hour.send(Input::Glance);
    assert_eq!(hour.strip(), "Where are you today?", "it repeats after three minutes, still within its window");
}

#[test]
fn explains_itself_in_a_card_that_stays_a_minute() {
    let mut hour = Hour::plain();
    let number = hour.until_words();
    hour.send(Input::Open(number));
    let Strip::Card(card) = &hour.view.strip else { panic!("{:?}", hour.view.strip) };
    assert_eq!((card.cue.as_str(), card.text.as_str()), ("Where are you today?", "Ask where they are."));
    assert_eq!(card.say.as_deref(), Some("Where are you calling from?"));
    assert_eq!(said(&card.why), "Minute 2: “Place confirmed” isn’t ticked yet.");
    assert_eq!(said(&card.left), "49 min left");
    hour.pass(59);
    assert!(matches!(hour.view.strip, Strip::Card(_)));
    hour.send(Input::Open(number));
    hour.pass(59);
    assert!(matches!(hour.view.strip, Strip::Card(_)), "touching it keeps it open");
    hour.pass(1);
    assert_eq!(hour.view.strip, Strip::Clear);
    assert_eq!(hour.came(), ["1:00 Where are you today?, faded"]);
}

#[test]
fn can_be_opened_from_the_dot() {
    let mut hour = Hour::plain();
    let number = hour.until_dot();
    hour.send(Input::Open(number));
    assert!(matches!(hour.view.strip, Strip::Card(_)));
}

#[test]
fn goes_when_its_card_is_closed_but_words_cannot_be_closed() {
    let mut hour = Hour::plain();
    let number = hour.until_words();
    hour.send(Input::Close(number));
    assert!(matches!(hour.view.strip, Strip::Words { .. }));
    hour.send(Input::Open(number));
    hour.send(Input::Close(number));
    assert_eq!(hour.view.strip, Strip::Clear);
    assert_eq!(hour.came(), ["1:00 Where are you today?, faded"]);
}

#[test]
fn stays_under_the_pointer() {
    let mut hour = Hour::plain();
    let number = hour.until_words();
    hour.pass(6);
    hour.send(Input::Linger(number));
    hour.pass(4);
    assert!(matches!(hour.view.strip, Strip::Words { .. }));
    hour.pass(1);
    assert_eq!(hour.view.strip, Strip::Clear);
}

#[test]
fn does_not_go_sooner_because_of_the_pointer() {
    let mut hour = Hour::plain();
    let number = hour.until_words();
    hour.send(Input::Linger(number));
    hour.pass(6);
    assert!(matches!(hour.view.strip, Strip::Words { .. }));
}

#[test]
fn takes_the_place_of_a_notice() {
    let mut hour = Hour::plain();
    hour.to(0, 58);
    hour.send(Input::Glance);
    assert_eq!(hour.strip(), "(50 min left)");
    hour.to(1, 0);
    assert!(matches!(hour.view.strip, Strip::Dot { .. }));
}

#[test]
fn says_why_it_came() {
    let mut hour = Hour::ticked();
    hour.until_words();
    assert_eq!(said(&hour.card().why), "Minute 7: no cues so far, and this one is next in rotation.");
    hour.pass(MINUTE);
    hour.until_words();
    assert_eq!(said(&hour.card().why), "Minute 13, 6 min after the last cue: this one is next in rotation.");
    hour.pass(MINUTE);
    hour.until_words();
    assert_eq!(said(&hour.card().why), "Minute 19: last shown 12 min ago.");
    hour.to(40, 0);
    assert_eq!(said(&hour.card().why), "About 10 min left, and “Ending begun” isn’t ticked.");

    let mut hour = Hour::plain();
    hour.to(4, 20);
    assert_eq!(said(&hour.card().why), "Minute 5: “Place confirmed” still isn’t ticked.");
}

#[test]
fn that_waited_for_sessions_says_so() {
    let mut hour = Hour::ticked();
    hour.to(12, 14);
    assert_eq!(hour.came(), ["6:05 Lean in a little, faded"]);
    for _ in 0..3 {
        hour.send(Input::End);
        hour.send(start(5, SessionKind::Ongoing, "plain"));
    }
    hour.send(Input::End);
    hour.send(start(50, SessionKind::Ongoing, "plain"));
    hour.send(Input::Tick { item: "place".to_owned(), done: true });
    hour.until_words();
    assert_eq!(hour.card().cue, "Match their pace", "never seen, and so waiting longer");
    hour.pass(MINUTE);
    hour.until_words();
    let why = said(&hour.card().why);
    assert_eq!(why, "Minute 13, 6 min after the last cue: not seen for 4 sessions.");
}

#[test]
fn that_came_in_the_last_session_says_nothing_of_sessions() {
    let mut hour = Hour::ticked();
    hour.to(13, 0);
    hour.send(Input::End);
    hour.pair.now = NINE;
    hour.send(start(50, SessionKind::Ongoing, "plain"));
    hour.tick("place", true);
    hour.to(12, 35);
    assert!(matches!(hour.view.strip, Strip::Words { .. }));
    assert_eq!(said(&hour.card().why), "Minute 13, 6 min after the last cue: this one is next in rotation.");
}

#[test]
fn ends_a_notice_for_good() {
    let mut hour = Hour::plain();
    hour.to(0, 59);
    hour.send(Input::Glance);
    hour.to(1, 1);
    hour.send(Input::NotNow);
    assert_eq!(hour.view.strip, Strip::Clear);
}
