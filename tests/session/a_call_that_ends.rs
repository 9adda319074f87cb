use super::*;

/// A session whose call seems to be over at minute 20.
fn over() -> Hour {
    let mut hour = Hour::ticked();
    hour.to(20, 0);
    hour.send(Input::CallOver);
    hour
}

#[test]
fn brings_the_question_whether_the_session_is_over() {
    let mut hour = over();
    assert_eq!(hour.view.strip, Strip::Over);
    assert!(hour.running().over);
    assert_eq!(hour.badge(), "?");
    hour.restart();
    hour.send(Input::ConfirmEnd(true));
    assert_eq!(hour.ended().minutes, 20);
    assert!(!hour.ended().by_itself);
    hour.send(Input::ConfirmEnd(true));
    assert_eq!(hour.ended().minutes, 20);
}

#[test]
fn lets_nothing_come_while_it_is_asked_under_the_lens() {
    let mut hour = Hour::ticked();
    hour.to(6, 10);
    assert!(matches!(hour.view.strip, Strip::Dot { .. }));
    hour.send(Input::CallOver);
    assert_eq!((&hour.view.strip, &hour.running().cue), (&Strip::Over, &None));
    let mut hour = over();
    hour.to(21, 59);
    assert_eq!(hour.view.strip, Strip::Over);
    hour.to(22, 0);
    assert_eq!(hour.view.strip, Strip::Clear, "it does not stay under the lens for ever");
    assert!(hour.running().over, "the popup goes on asking");
    hour.restart();
    assert_eq!(hour.comes_until(26), ["24:35 Match their pace, faded"], "and the hour goes on");
}

#[test]
fn is_not_asked_about_again_once_the_therapist_goes_on() {
    for answer in [Input::ConfirmEnd(false), Input::NotNow, Input::ExtendTo(60)] {
        let mut hour = over();
        hour.send(answer.clone());
        assert!(!hour.running().over, "{answer:?}");
        assert_ne!(hour.view.strip, Strip::Over);
        hour.restart();
        for news in [Input::CallOver, Input::CallBack, Input::CallOver] {
            hour.send(news.clone());
            assert!(!hour.running().over, "{answer:?}, {news:?}");
        }
        hour.send(Input::CallBegan);
        hour.send(Input::CallOver);
        assert!(hour.running().over, "the next call is another one");
    }
}

#[test]
fn that_comes_back_takes_its_question_with_it() {
    for news in [Input::CallBack, Input::CallBegan] {
        let mut hour = over();
        hour.send(news);
        assert_eq!((&hour.view.strip, hour.running().over), (&Strip::Clear, false));
        hour.send(Input::CallOver);
        assert!(hour.running().over, "and it may end again");
    }
}

#[test]
fn ends_no_session_with_a_key_or_with_an_answer_to_no_question() {
    let mut hour = over();
    hour.send(Input::Glance);
    assert_eq!(hour.view.strip, Strip::Over);
    hour.send(Input::CallBack);
    hour.send(Input::ConfirmEnd(true));
    assert!(!hour.running().over);
}

#[test]
fn is_asked_about_only_in_the_popup_if_the_therapist_wants_silence() {
    for silence in [Input::Hold(None), Input::Hide(true), Input::Crisis(true), Input::Pause(true)] {
        let mut hour = Hour::ticked();
        hour.to(20, 0);
        hour.send(silence.clone());
        hour.pass(5);
        hour.send(Input::CallOver);
        assert_eq!((&hour.view.strip, hour.running().over), (&Strip::Clear, true), "{silence:?}");
        hour.restart();
    }
}

#[test]
fn may_begin_a_session_by_itself_with_what_start_offers() {
    let mut hour = Hour::before(read(&rows()));
    hour.send(Input::StartAutomatically(5));
    assert_eq!(hour.running().length, attune::time::Span::minutes(50));
    hour.send(Input::ExtendTo(60));
    hour.send(Input::StartAutomatically(6));
    assert_eq!(hour.running().length, attune::time::Span::minutes(60), "one session, and it goes on");
    hour.send(Input::End);
    hour.send(Input::StartAutomatically(7));
    assert_eq!(hour.running().elapsed, Offset::START);
}

/// Closing the call's window often ends a share and the call in one.
#[test]
fn with_a_share_is_asked_about_after_a_minute_of_quiet() {
    let mut hour = Hour::ticked();
    hour.to(20, 0);
    hour.send(Input::ShareDetected(true));
    hour.pass(30);
    hour.send(Input::ShareDetected(false));
    hour.send(Input::CallOver);
    assert_eq!(hour.view.strip, Strip::Clear);
    assert!(hour.running().over, "the popup asks at once");
    hour.until(|strip| *strip == Strip::Over);
    assert_eq!(hour.pair.now, at(21, 30), "it wakes to ask");
    hour.to(24, 0);
    assert_eq!((&hour.view.strip, hour.running().over), (&Strip::Clear, true), "and asks for as long as ever");
}

#[test]
fn takes_nothing_from_the_screen_unless_there_is_something_to_ask() {
    let mut hour = Hour::ticked();
    hour.until_words();
    hour.send(Input::CallBegan);
    assert_eq!(hour.strip(), "Lean in a little", "a session may begin before its call");
    let mut hour = over();
    hour.to(24, 40);
    for news in [Input::CallOver, Input::CallBack] {
        hour.send(news.clone());
        assert!(matches!(hour.view.strip, Strip::Dot { .. }), "{news:?}");
    }
    hour.send(Input::CallOver);
    assert_eq!((&hour.view.strip, &hour.running().cue), (&Strip::Over, &None));
}

/// A call that seems to be over at minute 48, and another one twelve minutes later, in the same room.
fn back_to_back() -> Hour {
    let mut hour = Hour::ticked();
    hour.to(48, 0);
    hour.send(Input::CallOver);
    hour.to(60, 0);
    hour.send(Input::CallBegan);
    hour
}

#[test]
fn and_is_followed_by_another_asks_whether_a_new_session_begins() {
    let mut hour = back_to_back();
    assert_eq!((&hour.view.strip, hour.running().another, hour.running().over), (&Strip::Another, true, false));
    assert_eq!(hour.badge(), "?");
    hour.restart();
    hour.send(Input::StartNext(9));
    assert_eq!((hour.running().elapsed, hour.running().another), (Offset::START, false));
    assert_eq!(hour.running().length, attune::time::Span::minutes(50));
    hour.send(Input::StartNext(10));
    assert_eq!(
        hour.pair.engine.snapshot().memory,
        {
            let mut again = back_to_back();
            again.send(Input::StartNext(9));
            again.pair.engine.snapshot().memory
        },
        "the second press of a double click starts nothing"
    );
}

#[test]
fn and_is_followed_by_the_same_client_is_the_same_session() {
    for answer in [Input::ConfirmEnd(false), Input::NotNow, Input::ExtendTo(90)] {
        let mut hour = back_to_back();
        hour.send(answer.clone());
        assert!(!hour.running().another, "{answer:?}");
        assert_eq!(hour.running().elapsed, Offset::START + attune::time::Span::minutes(60));
        hour.send(Input::CallOver);
        assert!(hour.running().over, "{answer:?}: and this call ends, too");
    }
}

#[test]
fn asks_about_another_only_if_nobody_can_just_have_come_back() {
    let another = |over: Option<u64>, began: u64| {
        let mut hour = Hour::ticked();
        if let Some(over) = over {
            hour.to(over, 0);
            hour.send(Input::CallOver);
        }
        hour.to(began, 0);
        hour.send(Input::CallBegan);
        hour.running().another
    };
    assert!(!another(None, 10), "a session may begin before its call");
    assert!(!another(Some(20), 21), "they have come back");
    assert!(another(Some(20), 22));
    assert!(another(None, 50), "after the planned end");
}

#[test]
fn never_has_another_begin_by_itself_or_by_an_answer_to_no_question() {
    let mut hour = back_to_back();
    hour.pass(119);
    assert_eq!(hour.view.strip, Strip::Another);
    hour.pass(1);
    assert_eq!((&hour.view.strip, hour.running().another), (&Strip::Clear, true), "the popup goes on asking");
    for input in [Input::Glance, Input::ConfirmEnd(true), Input::StartAutomatically(3)] {
        hour.send(input.clone());
        assert!(hour.running().elapsed > Offset::START, "{input:?}");
    }
    let mut hour = Hour::ticked();
    hour.to(20, 0);
    hour.send(Input::StartNext(4));
    assert!(hour.running().elapsed > Offset::START);
}

#[test]
fn is_asked_about_another_only_in_the_popup_during_a_silence() {
    for silence in [Input::Hold(None), Input::Hide(true), Input::Crisis(true), Input::ShareDetected(true)] {
        let mut hour = Hour::ticked();
        hour.to(51, 0);
        hour.send(silence.clone());
        hour.pass(5);
        hour.send(Input::CallBegan);
        assert_eq!((&hour.view.strip, hour.running().another), (&Strip::Clear, true), "{silence:?}");
    }
}
