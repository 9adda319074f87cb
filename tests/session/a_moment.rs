use super::*;

/// The small deck with two moments.
fn with_moments() -> Value {
    let mut rows = rows();
    let all = json!(["plain", "quiet"]);
    let moment = |id: &str, cue: &str, moment: Value| {
        json!({
            "id": id, "kind": "verbal", "cue": cue, "text": "What helps then.", "say": "You froze.",
            "reason": "It is repaired soonest.", "element": "trust", "trigger": "moment", "moment": moment,
            "priority": 5, "dwell_s": 7, "enabled_in": all, "basis": "none"
        })
    };
    let prompts = rows["prompts"].as_array_mut().unwrap();
    prompts.push(moment("froze", "Say what you last heard", json!({"label": "The call froze"})));
    prompts.push(moment("crisis", "Stay with them", json!({"label": "A crisis", "crisis": true})));
    rows
}

/// Fifty minutes with the location ticked.
fn ticked() -> Hour {
    let mut hour = Hour::of(read(&with_moments()), 50, SessionKind::Ongoing, "plain");
    hour.tick("place", true);
    hour
}

impl Hour {
    fn declare(&mut self, moment: &str) -> &View {
        self.send(Input::Moment(moment.to_owned()))
    }

    fn shows_card(&self) -> bool {
        matches!(self.view.strip, Strip::Card(_))
    }
}

#[test]
fn is_a_button_of_its_own() {
    let hour = ticked();
    let labels: Vec<_> = hour.running().moments.iter().map(|moment| (moment.label.as_str(), moment.crisis)).collect();
    assert_eq!(labels, [("The call froze", false), ("A crisis", true)]);
}

#[test]
fn shows_at_once_with_all_it_has_to_say() {
    let mut hour = ticked();
    hour.to(3, 30);
    hour.declare("froze");
    let Strip::Card(card) = &hour.view.strip else { panic!("{:?}", hour.view.strip) };
    assert_eq!(
        (card.number, card.cue.as_str(), card.text.as_str()),
        (1, "Say what you last heard", "What helps then.")
    );
    assert_eq!((card.say.as_deref(), card.reason.as_deref()), (Some("You froze."), Some("It is repaired soonest.")));
    assert_eq!(said(&card.why), "You pressed “The call froze”.");
    assert_eq!(said(&card.left), "47 min left");
    assert_eq!(hour.running().cue.as_ref(), Some(card));
}

#[test]
fn shows_at_once_even_before_the_notice_at_start_has_gone() {
    let mut hour = ticked();
    assert_eq!(hour.strip(), "(50 min left)");
    hour.declare("froze");
    assert!(hour.shows_card());
}

#[test]
fn goes_by_itself_after_a_minute() {
    let mut hour = ticked();
    hour.to(3, 0);
    hour.declare("froze");
    hour.to(3, 59);
    assert!(hour.shows_card());
    hour.to(4, 0);
    assert_eq!(hour.view.strip, Strip::Clear);
    assert_eq!(hour.came(), ["3:00 Say what you last heard, faded"]);
}

#[test]
fn takes_answers_and_stays_while_it_is_touched() {
    let mut hour = ticked();
    hour.declare("froze");
    hour.pass(50);
    hour.send(Input::Open(1));
    hour.pass(59);
    assert!(hour.shows_card());
    hour.send(Input::Answer { number: 1, answer: Answer::DidIt });
    hour.declare("froze");
    hour.send(Input::Close(2));
    assert_eq!(hour.view.strip, Strip::Clear);
    assert_eq!(hour.came(), ["0:00 Say what you last heard, did it", "1:49 Say what you last heard, faded"]);
}

#[test]
fn comes_in_a_hold_and_leaves_the_hold_as_it_is() {
    let mut hour = ticked();
    hour.to(2, 0);
    hour.send(Input::Hold(Some(10)));
    hour.pass(1);
    hour.declare("froze");
    assert!(hour.shows_card());
    assert!(matches!(hour.running().silence, Silence::Hold(_)));
    hour.to(11, 59);
    assert_eq!(hour.came(), ["2:01 Say what you last heard, faded"]);
    assert!(matches!(hour.running().silence, Silence::Hold(_)), "and nothing else has come");
    hour.to(12, 0);
    assert_eq!(hour.running().silence, Silence::None);
}

#[test]
fn comes_in_a_crisis_and_in_a_hold_to_the_end() {
    for silence in [Input::Crisis(true), Input::Hold(None)] {
        let mut hour = ticked();
        hour.send(silence);
        let before = hour.running().silence.clone();
        hour.declare("froze");
        assert!(hour.shows_card());
        assert_eq!(hour.running().silence, before);
        assert_eq!(hour.comes_until(30), ["0:00 Say what you last heard, faded"]);
    }
}

/// A hidden strip stays hidden; the popup and the side panel show the moment.
#[test]
fn comes_while_the_strip_is_hidden_but_not_onto_it() {
    let mut hour = ticked();
    hour.send(Input::Hide(true));
    hour.declare("froze");
    assert_eq!(hour.view.strip, Strip::Clear);
    assert_eq!(hour.card().cue, "Say what you last heard");
}

#[test]
fn takes_the_place_of_a_prompt_which_is_silenced() {
    let mut hour = ticked();
    let first = hour.until_words();
    hour.declare("froze");
    assert!(hour.shows_card());
    assert_eq!(hour.came(), ["6:05 Lean in a little, silenced"]);
    hour.send(Input::Answer { number: first, answer: Answer::Never });
    assert!(hour.shows_card(), "an answer to what was there before comes too late");
    hour.declare("crisis");
    assert_eq!(hour.card().cue, "Stay with them");
    assert_eq!(hour.came()[1], "6:25 Say what you last heard, silenced");
}

#[test]
fn cannot_be_declared_in_a_pause() {
    let mut hour = ticked();
    hour.to(3, 0);
    hour.send(Input::Pause(true));
    assert_eq!(hour.running().moments, []);
    let before = hour.pair.engine.snapshot();
    hour.declare("froze");
    hour.declare("crisis");
    assert_eq!(hour.pair.engine.snapshot(), before);
    hour.send(Input::Pause(false));
    assert_eq!(hour.running().moments.len(), 2);
    hour.declare("froze");
    assert!(hour.shows_card());
}

#[test]
fn answers_the_question_after_a_sleep_the_session_went_on() {
    let mut hour = ticked();
    hour.sleep(20 * MINUTE);
    assert!(hour.running().question.is_some());
    hour.declare("froze");
    assert!(hour.running().question.is_none() && hour.shows_card());
    hour.send(Input::CountSleep(false));
    assert_eq!(hour.running().elapsed, Offset(20 * MINUTE * 1_000));
}

#[test]
fn of_crisis_silences_everything_until_it_is_released() {
    let mut hour = ticked();
    hour.to(5, 0);
    hour.declare("crisis");
    assert!(hour.shows_card());
    assert_eq!(hour.running().silence, Silence::Crisis);
    assert_eq!(hour.comes_until(24), ["5:00 Stay with them, faded"]);
    assert_eq!((&hour.view.strip, &hour.running().silence), (&Strip::Clear, &Silence::Crisis));
    hour.to(24, 30);
    hour.send(Input::Crisis(false));
    assert_eq!(hour.comes_until(26), ["25:30 Lean in a little, faded"], "after a minute to breathe");
    assert_eq!(hour.running().silences, [(Offset(5 * 60_000), Offset(1_470_000))]);
}

#[test]
fn of_crisis_can_be_answered_without_ending_the_crisis() {
    let mut hour = ticked();
    hour.declare("crisis");
    hour.send(Input::Glance);
    assert_eq!(hour.came(), ["0:00 Stay with them, did it"]);
    assert_eq!(hour.running().silence, Silence::Crisis);
    hour.declare("crisis");
    assert!(hour.shows_card(), "it can be looked up again");
}

#[test]
fn counts_for_the_gap_before_a_timed_prompt() {
    let mut hour = ticked();
    hour.to(4, 0);
    hour.declare("froze");
    hour.send(Input::Close(1));
    assert_eq!(hour.comes_until(12), ["9:00 Lean in a little, faded"], "five minutes later instead of at 6:05");
}

#[test]
fn counts_for_the_gap_before_a_checklist_prompt() {
    let mut hour = Hour::of(read(&with_moments()), 50, SessionKind::Ongoing, "plain");
    hour.to(0, 30);
    hour.declare("froze");
    hour.send(Input::Close(1));
    assert_eq!(
        hour.comes_until(3),
        ["2:00 Where are you today?, faded"],
        "a minute and a half later instead of at 1:00"
    );
}

/// More moments than either budget allows, each long enough before the next prompt is due.
#[test]
fn takes_nothing_from_the_budgets() {
    let mut hour = ticked();
    let between = [(0, 5), (1, 0), (7, 0), (13, 0), (19, 0), (25, 20), (31, 30), (37, 30), (38, 0), (42, 0), (43, 0)];
    for (minute, second) in between {
        hour.to(minute, second);
        hour.declare("froze");
        hour.send(Input::Glance);
    }
    hour.to(49, 0);
    let mut came = hour.came();
    came.retain(|came| !came.contains("Say what"));
    assert_eq!(came.len() + between.len(), hour.came().len());
    assert_eq!(came, Hour::ticked().comes_until(49));
}

#[test]
fn does_not_break_a_run_of_one_kind() {
    let mut rows = with_moments();
    rows["profiles"][0]["same_kind_in_a_row"] = json!(1);
    let mut hour = Hour::of(read(&rows), 50, SessionKind::Ongoing, "plain");
    hour.tick("place", true);
    hour.to(7, 0);
    hour.declare("froze");
    hour.send(Input::Glance);
    let comes = hour.comes_until(39);
    assert_eq!(comes, [""; 0], "it is verbal, but what comes by itself would still be nonverbal twice");
}

#[test]
fn teaches_the_pacing_nothing() {
    let mut hour = ticked();
    for _ in 0..9 {
        hour.declare("froze");
        let number = hour.number();
        hour.send(Input::Answer { number, answer: Answer::Already });
    }
    assert_eq!(hour.view.resting, []);
    hour.declare("froze");
    assert!(hour.shows_card(), "however often it was there already");
}

#[test]
fn by_its_key_is_the_first_that_is_no_crisis() {
    let mut rows = with_moments();
    let prompts = rows["prompts"].as_array_mut().unwrap();
    let crisis = prompts.pop().unwrap();
    prompts.insert(0, crisis);
    let mut hour = Hour::of(read(&rows), 50, SessionKind::Ongoing, "plain");
    hour.to(0, 30);
    hour.send(Input::MomentKey);
    assert!(hour.shows_card());
    assert_eq!(hour.card().cue, "Say what you last heard");
    assert_eq!(said(&hour.card().why), "You pressed “The call froze”.");
    assert_eq!(hour.running().silence, Silence::None);
}

/// It happened again: only one prompt shows at a time.
#[test]
fn by_its_key_again_comes_anew() {
    let mut hour = ticked();
    hour.send(Input::MomentKey);
    hour.pass(10);
    hour.send(Input::MomentKey);
    assert_eq!((hour.number(), hour.shows_card()), (2, true));
    assert_eq!(hour.came(), ["0:00 Say what you last heard, silenced"]);
    hour.pass(60);
    assert_eq!(hour.came()[1], "0:10 Say what you last heard, faded");
}

/// A double click, or a click that was sent twice.
#[test]
fn declared_twice_at_once_comes_once() {
    for moment in ["froze", "crisis"] {
        let mut hour = ticked();
        hour.to(3, 0);
        hour.declare(moment);
        hour.pair.now = Timestamp(hour.pair.now.0 + 400);
        hour.declare(moment);
        assert_eq!((hour.number(), hour.shows_card(), hour.came().len()), (1, true, 0), "{moment}");
        hour.to(4, 0);
        assert_eq!(hour.came().len(), 1, "{moment}");
        hour.declare(moment);
        hour.pair.now = hour.pair.now + attune::hour::session::AGAIN;
        hour.declare(moment);
        assert_eq!(hour.number(), 3, "{moment} happened again");
    }
}

#[test]
fn by_its_key_comes_wherever_its_button_would() {
    for before in [Input::Hold(Some(10)), Input::Hold(None), Input::Crisis(true), Input::Hide(true), Input::Pause(true)]
    {
        let moment = |input: Input| {
            let mut hour = ticked();
            hour.to(2, 0);
            hour.send(before.clone());
            hour.send(input);
            saved(&hour)
        };
        assert_eq!(moment(Input::MomentKey), moment(Input::Moment("froze".to_owned())), "{before:?}");
    }
}

#[test]
fn by_its_key_does_nothing_where_there_is_none() {
    let mut hour = Hour::before(read(&with_moments()));
    for key in [Input::MomentKey, Input::CrisisKey] {
        let before = hour.pair.engine.snapshot();
        hour.send(key);
        assert_eq!(hour.pair.engine.snapshot(), before, "without a session");
    }
    let mut hour = Hour::plain();
    let before = saved(&hour);
    hour.send(Input::MomentKey);
    assert_eq!(saved(&hour), before, "a deck without moments");
}

/// All that is saved but for the key.
fn saved(hour: &Hour) -> Value {
    let mut saved = serde_json::to_value(hour.pair.engine.snapshot()).unwrap();
    saved["session"]["running"]["pressed"] = Value::Null;
    saved
}

/// It is urgent, and a card below the question would be answered unseen.
#[test]
fn is_shown_before_the_question_whether_a_new_session_begins() {
    let mut hour = ticked();
    hour.to(60, 0);
    hour.send(Input::CallBegan);
    assert_eq!(hour.view.strip, Strip::Another);
    hour.declare("froze");
    assert!(hour.shows_card() && hour.running().another, "the popup goes on asking");
    hour.pass(2);
    hour.send(Input::Glance);
    assert_eq!(hour.running().cue, None, "the glance key answers what is on the strip");
    assert_eq!(hour.view.strip, Strip::Another);
}

#[test]
fn by_its_key_passes_over_what_is_put_away() {
    let mut rows = with_moments();
    let mut dropped = rows["prompts"][4].clone();
    dropped["id"] = json!("dropped");
    dropped["cue"] = json!("Follow the backup plan");
    rows["prompts"].as_array_mut().unwrap().push(dropped);
    let mut hour = Hour::of(read(&rows), 50, SessionKind::Ongoing, "plain");
    for cue in ["Say what you last heard", "Follow the backup plan"] {
        hour.send(Input::MomentKey);
        assert_eq!(hour.card().cue, cue);
        hour.send(Input::Answer { number: hour.number(), answer: Answer::Never });
        hour.pass(1);
    }
    hour.send(Input::MomentKey);
    assert_eq!(hour.running().cue, None, "no moment is left");
    hour.send(Input::CrisisKey);
    assert_eq!(hour.card().cue, "Stay with them");
}

#[test]
fn of_crisis_by_its_key_comes_with_its_silence_and_goes_with_it() {
    let mut hour = ticked();
    hour.to(5, 0);
    hour.send(Input::CrisisKey);
    assert_eq!((hour.card().cue.as_str(), &hour.running().silence), ("Stay with them", &Silence::Crisis));
    assert!(hour.shows_card());
    hour.pass(10);
    hour.send(Input::CrisisKey);
    assert_eq!((&hour.view.strip, &hour.running().silence), (&Strip::Clear, &Silence::None), "pressed by mistake");
    assert_eq!(hour.came(), ["5:00 Stay with them, faded"]);
    assert_eq!(hour.comes_until(13), ["12:15 Lean in a little, faded"], "it has come, and counts for the gap");
}

/// The other moment's prompt can still be read.
#[test]
fn of_crisis_takes_no_other_moment_with_it() {
    let mut hour = ticked();
    hour.send(Input::CrisisKey);
    hour.declare("froze");
    hour.pass(1);
    hour.send(Input::CrisisKey);
    assert_eq!((hour.card().cue.as_str(), &hour.running().silence), ("Say what you last heard", &Silence::None));
}

#[test]
fn of_crisis_by_its_key_comes_in_a_hold_and_onto_no_hidden_strip() {
    let mut hour = ticked();
    hour.send(Input::Hold(Some(10)));
    hour.send(Input::CrisisKey);
    assert!(hour.shows_card());
    hour.pass(1);
    hour.send(Input::CrisisKey);
    assert!(matches!(hour.running().silence, Silence::Hold(_)), "the hold goes on");
    hour.send(Input::Hide(true));
    hour.pass(1);
    hour.send(Input::CrisisKey);
    assert_eq!((&hour.view.strip, hour.card().cue.as_str()), (&Strip::Clear, "Stay with them"));
}

#[test]
fn of_crisis_by_its_key_is_silence_alone_where_the_deck_has_no_word_for_it_or_time_stands_still() {
    let mut paused = ticked();
    paused.send(Input::Pause(true));
    for mut hour in [Hour::plain(), paused] {
        hour.send(Input::CrisisKey);
        assert_eq!((&hour.view.strip, &hour.running().silence), (&Strip::Clear, &Silence::Crisis));
        assert_eq!(hour.running().cue, None);
        hour.pass(1);
        hour.send(Input::CrisisKey);
        assert_ne!(hour.running().silence, Silence::Crisis);
    }
}

/// The moments that have a button.
fn buttons(hour: &Hour) -> Vec<&str> {
    hour.running().moments.iter().map(|moment| moment.id.as_str()).collect()
}

fn put_away(hour: &mut Hour, moment: &str) {
    hour.declare(moment);
    hour.send(Input::Answer { number: hour.number(), answer: Answer::Never });
}

#[test]
fn that_is_put_away_does_not_come_until_it_is_allowed() {
    let mut hour = ticked();
    hour.declare("froze");
    assert!(hour.card().never);
    put_away(&mut hour, "froze");
    assert_eq!(buttons(&hour), ["crisis"]);
    hour.pass(10);
    hour.declare("froze");
    assert_eq!((&hour.view.strip, &hour.running().cue), (&Strip::Clear, &None), "however it is declared");
    hour.send(Input::Allow("froze".to_owned()));
    assert_eq!(buttons(&hour), ["froze", "crisis"]);
    hour.declare("froze");
    assert!(hour.shows_card());
}

#[test]
fn that_is_put_away_is_listed_and_brought_back_without_a_session_too() {
    let mut hour = ticked();
    put_away(&mut hour, "froze");
    hour.send(Input::End);
    let resting: Vec<_> = hour.view.resting.iter().map(|one| (one.cue.as_str(), said(&one.why))).collect();
    assert_eq!(resting, [("Say what you last heard", "You chose “Never”.".to_owned())]);
    hour.restart();
    hour.send(start(50, SessionKind::Ongoing, "plain"));
    assert_eq!(buttons(&hour), ["crisis"], "also in another hour");
    hour.send(Input::End);
    hour.send(Input::Allow("froze".to_owned()));
    assert_eq!(hour.view.resting, []);
    hour.send(start(50, SessionKind::Ongoing, "plain"));
    assert_eq!(buttons(&hour), ["froze", "crisis"]);
}

/// A therapist who answers in haste must still have it the next time.
#[test]
fn of_crisis_cannot_be_put_away() {
    let mut hour = ticked();
    hour.declare("crisis");
    assert!(!hour.card().never, "so it is not offered");
    let before = hour.pair.engine.snapshot();
    hour.send(Input::Answer { number: 1, answer: Answer::Never });
    assert_eq!(hour.pair.engine.snapshot(), before);
    assert!(hour.shows_card());
}

/// A later version of a deck may turn a banned prompt into the crisis.
#[test]
fn of_crisis_is_there_whatever_was_put_away_before() {
    let mut rows = with_moments();
    rows["prompts"][5]["moment"]["crisis"] = json!(false);
    let mut hour = Hour::of(read(&rows), 50, SessionKind::Ongoing, "plain");
    put_away(&mut hour, "crisis");
    assert_eq!(hour.view.resting.len(), 1);
    hour.pair.engine.adopt(read(&with_moments()));
    hour.send(Input::Look);
    assert_eq!((buttons(&hour), hour.view.resting.len()), (vec!["froze", "crisis"], 0));
    hour.send(Input::CrisisKey);
    assert_eq!(hour.card().cue, "Stay with them");
}

#[test]
fn that_is_none_does_nothing() {
    let mut hour = ticked();
    let before = hour.pair.engine.snapshot();
    for id in ["", "nobody", "lean", "place"] {
        hour.declare(id);
    }
    assert_eq!(hour.pair.engine.snapshot(), before);
    hour.send(Input::End);
    let before = hour.pair.engine.snapshot();
    hour.declare("froze");
    assert_eq!(hour.pair.engine.snapshot(), before, "without a session there are no moments");
}

#[test]
fn outlives_the_worker() {
    for id in ["froze", "crisis"] {
        let mut hour = ticked();
        hour.send(Input::Hold(Some(10)));
        hour.pass(5);
        hour.declare(id);
        hour.restart();
        hour.pass(59);
        assert!(hour.shows_card());
        hour.pass(1);
        assert_eq!(hour.view.strip, Strip::Clear);
        hour.restart();
        hour.send(Input::Crisis(false));
        hour.send(Input::Release);
        hour.restart();
        assert_eq!(hour.comes_until(8).len(), 1, "what was due at 6:05");
        assert_eq!(hour.view.resting, [], "from a snapshot too it teaches nothing");
    }
}

#[test]
fn declared_while_a_screen_is_shared_does_not_come_to_the_strip_as_the_share_ends() {
    let mut hour = ticked();
    hour.to(20, 0);
    hour.send(Input::ShareDetected(true));
    hour.pass(30);
    hour.declare("froze");
    hour.pass(10);
    hour.send(Input::ShareDetected(false));
    assert_eq!(hour.view.strip, Strip::Clear);
    assert!(hour.running().cue.is_some(), "the popup has it");
    hour.pass(1);
    hour.declare("froze");
    assert!(hour.shows_card(), "what is declared now comes");
}

#[test]
fn declared_while_a_screen_is_shared_comes_to_the_strip_after_a_minute_of_quiet_if_it_is_still_open() {
    let mut hour = ticked();
    hour.to(20, 0);
    hour.send(Input::ShareDetected(true));
    hour.declare("froze");
    hour.pass(10);
    hour.send(Input::ShareDetected(false));
    hour.to(20, 50);
    hour.send(Input::Open(hour.card().number));
    hour.to(21, 9);
    assert_eq!(hour.view.strip, Strip::Clear);
    assert_eq!(hour.view.wake_at, Some(at(21, 10)));
    hour.to(21, 10);
    assert!(hour.shows_card());
}

#[test]
fn declared_while_a_screen_is_shared_in_a_crisis_waits_for_its_end_and_a_minute_of_quiet() {
    let mut hour = ticked();
    hour.to(20, 0);
    hour.declare("crisis");
    hour.send(Input::ShareDetected(true));
    hour.declare("froze");
    hour.pass(10);
    hour.send(Input::ShareDetected(false));
    hour.send(Input::Open(hour.card().number));
    hour.pass(50);
    hour.send(Input::Open(hour.card().number));
    hour.pass(40);
    assert_eq!(hour.view.strip, Strip::Clear, "the crisis goes on");
    hour.send(Input::Crisis(false));
    hour.pass(10);
    hour.send(Input::Open(hour.card().number));
    hour.pass(49);
    assert_eq!(hour.view.strip, Strip::Clear, "the minute of quiet");
    hour.pass(1);
    assert!(hour.shows_card());
}

#[test]
fn that_is_not_on_the_strip_is_not_answered_by_the_keys_of_the_strip() {
    let press = |hour: &mut Hour| {
        let number = hour.card().number;
        for key in [Input::Glance, Input::NotNow] {
            hour.pass(2);
            hour.send(key);
            assert_eq!(hour.card().number, number, "it is still in popup and side panel");
        }
    };
    for hide in [Input::Hide(true), Input::ShareDetected(true)] {
        let mut hour = ticked();
        hour.to(20, 0);
        hour.send(hide);
        hour.declare("froze");
        press(&mut hour);
        hour.send(Input::ShareDetected(false));
        press(&mut hour); // still hidden, or kept back
    }
}
