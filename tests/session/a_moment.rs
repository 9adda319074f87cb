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

/// What is hidden stays hidden; the popup and the panel have it.
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
    hour.send(Input::WentOn(false));
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

/// More of them than either budget holds, each long enough before what falls due next.
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
fn that_is_never_to_come_again_is_no_button_until_it_is_allowed() {
    let mut hour = ticked();
    hour.declare("froze");
    hour.send(Input::Answer { number: 1, answer: Answer::Never });
    let ids = |hour: &Hour| hour.running().moments.iter().map(|moment| moment.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&hour), ["crisis"]);
    hour.send(Input::Allow("froze".to_owned()));
    assert_eq!(ids(&hour), ["froze", "crisis"]);
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
