use super::*;

const DAY: u64 = 24 * 60 * MINUTE * 1_000;
const REST: u64 = 14 * DAY;
const LEAN: &str = "Lean in a little";

/// The small deck with one prompt in rotation, at most once a session unless `often`.
fn with_one(often: bool) -> Value {
    let mut rows = rows();
    rows["prompts"].as_array_mut().unwrap().remove(2);
    if !often {
        rows["prompts"][1]["timing"]["max_per_session"] = json!(1);
    }
    rows
}

/// A series of sessions with one therapist, who gives every prompt of a session the same answer, or none.
struct Term {
    hour: Hour,
    /// Whether the worker is killed after every single input.
    restarts: bool,
}

impl Term {
    fn of(rows: &Value) -> Term {
        Term { hour: Hour::before(read(rows)), restarts: false }
    }

    fn send(&mut self, input: Input) {
        self.hour.send(input);
        if self.restarts {
            self.hour.restart();
        }
    }

    /// Begins a session on day `day` (0 is the first), with the checklist ticked.
    fn begin(&mut self, day: u64) {
        self.begin_at(Timestamp(NINE.0 + day * DAY));
    }

    fn begin_at(&mut self, now: Timestamp) {
        self.hour.pair.now = now;
        self.send(start(50, SessionKind::Ongoing, "plain"));
        self.send(Input::Tick { item: "place".to_owned(), done: true });
        self.send(Input::Tick { item: "ending".to_owned(), done: true });
    }

    /// Advances to the words of the next prompt, if one still comes.
    fn next(&mut self) -> Option<u32> {
        for _ in 0..500 {
            if let Strip::Words { number, .. } = self.hour.view.strip {
                return Some(number);
            }
            if self.hour.running().elapsed >= Offset(50 * MINUTE * 1_000) {
                return None;
            }
            self.hour.pair.now = self.hour.pair.engine.poll_timeout().unwrap();
            self.send(Input::Look);
        }
        panic!("a busy loop");
    }

    /// A whole session. Returns when the prompt came and how each showing ended.
    fn session(&mut self, day: u64, answer: Option<Answer>) -> Vec<String> {
        self.begin(day);
        self.live(answer)
    }

    fn live(&mut self, answer: Option<Answer>) -> Vec<String> {
        while let Some(number) = self.next() {
            match answer {
                Some(answer) => self.send(Input::Answer { number, answer }),
                None => drop(self.hour.pass(7)),
            }
        }
        self.send(Input::End);
        self.hour.came()
    }

    /// The days on which the prompt came, in a series of daily sessions where the therapist always does it already.
    fn done_anyway(&mut self, from: u64, to: u64) -> Vec<u64> {
        (from..to).filter(|day| !self.session(*day, Some(Answer::Already)).is_empty()).collect()
    }

    /// The list of resting prompts: why each rests, and until when.
    fn resting(&self) -> Vec<(String, Option<Timestamp>)> {
        let entries = self.hour.view.resting.iter();
        entries.map(|entry| (entry.why.key.trim_start_matches("resting_").to_owned(), entry.until)).collect()
    }

    /// A therapist who did it anyway until it went to rest on day 20, and the end of that rest.
    fn rested(rows: &Value) -> (Term, Timestamp) {
        let mut term = Term::of(rows);
        assert_eq!(term.done_anyway(0, 21), [0, 1, 2, 4, 6, 8, 12, 16, 20]);
        let [(why, Some(until))] = &term.resting()[..] else { panic!("{:?}", term.resting()) };
        assert_eq!(why, "done_anyway");
        let until = *until;
        (term, until)
    }
}

#[test]
fn comes_every_other_time_then_every_fourth_then_rests() {
    let (term, until) = Term::rested(&with_one(false));
    // The answer sent it to rest: the dot came at 6:05 on day 20, the words 20 seconds later.
    assert_eq!(until, Timestamp(NINE.0 + 20 * DAY + (6 * MINUTE + 25) * 1_000 + REST));
    let resting = &term.hour.view.resting[0];
    assert_eq!((resting.id.as_str(), resting.cue.as_str()), ("lean", LEAN));
    assert_eq!(said(&resting.why), "Paused for two weeks, because you already do this.");
}

#[test]
fn is_on_the_list_from_the_third_answer_on() {
    let mut term = Term::of(&with_one(false));
    term.done_anyway(0, 2);
    assert_eq!(term.resting(), []);
    term.begin(2);
    let number = term.next().unwrap();
    term.send(Input::Answer { number, answer: Answer::Already });
    assert_eq!(term.resting(), [("seldom".to_owned(), None)], "at once, while the session runs");
    term.done_anyway(3, 9);
    assert_eq!(term.resting(), [("seldom".to_owned(), None)], "the second time too");
}

#[test]
fn fades_with_three_of_four_answers_but_not_with_three_of_five() {
    let already = Some(Answer::Already);
    for (answers, fades) in [
        (vec![already, None, already, already], true),
        (vec![already, already, Some(Answer::DidIt), already], true),
        (vec![already, None, Some(Answer::DidIt), already, already], false),
        (vec![already, already, None, None, already], false),
        (vec![None; 9], false),
        (vec![Some(Answer::DidIt); 9], false),
    ] {
        let mut term = Term::of(&with_one(false));
        for (day, answer) in answers.iter().enumerate() {
            assert_eq!(term.session(day as u64, *answer).len(), 1, "{answers:?}");
        }
        assert_eq!(!term.resting().is_empty(), fades, "{answers:?}");
    }
}

#[test]
fn counts_its_four_showings_anew_after_each_step() {
    let mut term = Term::of(&with_one(false));
    assert_eq!(term.done_anyway(0, 8), [0, 1, 2, 4, 6]);
    assert_eq!(term.session(8, None).len(), 1);
    assert_eq!(term.session(9, None), [""; 0], "two of the last three are not enough for the next step");
    assert_eq!(term.session(10, Some(Answer::DidIt)).len(), 1, "still every other time");
}

#[test]
fn has_longer_intervals_within_the_hour_too() {
    let mut term = Term::of(&with_one(true));
    let unfaded = ["6:05 Lean in a little, faded", "18:25 Lean in a little, faded", "30:45 Lean in a little, faded"];
    assert_eq!(Term::of(&with_one(true)).session(0, None), unfaded);
    term.done_anyway(0, 4);
    // Every 24 minutes instead of every 12.
    assert_eq!(term.session(4, None), ["6:05 Lean in a little, faded", "30:45 Lean in a little, faded"]);
    let mut term = Term::of(&with_one(true));
    term.done_anyway(0, 12);
    assert_eq!(term.session(12, None), ["6:05 Lean in a little, faded"], "every 48 minutes");
}

#[test]
fn that_comes_now_and_then_comes_still_more_seldom() {
    let mut rows = with_one(false);
    rows["prompts"][1]["ongoing_every"] = json!(3);
    let mut term = Term::of(&rows);
    assert_eq!(term.done_anyway(0, 44), [0, 3, 6, 12, 18, 24, 36]);
}

#[test]
fn that_the_therapist_wants_to_practise_comes_out_of_its_rest() {
    let (mut term, _) = Term::rested(&with_one(false));
    term.hour.pair.now = Timestamp(NINE.0 + 21 * DAY);
    let Input::Start { choices, seed } = start(50, SessionKind::Ongoing, "plain") else { panic!("a start") };
    term.send(Input::Start { choices: Choices { intention: Some("lean".to_owned()), ..choices }, seed });
    term.send(Input::Tick { item: "place".to_owned(), done: true });
    term.next().unwrap();
    assert_eq!(term.hour.card().cue, LEAN);
    term.hour.pass(1);
    term.send(Input::Glance);
    assert_eq!(term.resting(), [], "it is wanted again");
}

#[test]
fn that_is_put_off_comes_back_as_soon_as_any_other() {
    let mut term = Term::of(&with_one(true));
    term.done_anyway(0, 4);
    term.begin(4);
    term.next().unwrap();
    term.send(Input::NotNow);
    term.next().unwrap();
    assert_eq!(term.hour.card().why.key, "why_put_off");
    assert_eq!(term.hour.running().elapsed, Offset((12 * MINUTE + 35) * 1_000));
}

#[test]
fn rests_for_fourteen_days_to_the_millisecond() {
    let (mut term, until) = Term::rested(&with_one(false));
    term.begin_at(Timestamp(until.0 - 1));
    assert_eq!(term.live(None), [""; 0], "a session that began in the rest is without it to its end");
    term.begin_at(until);
    assert_eq!(term.live(None), ["6:05 Lean in a little, faded"]);
}

#[test]
fn that_is_wanted_after_its_rest_is_as_new() {
    for answer in [Answer::DidIt, Answer::NotNow] {
        let (mut term, _) = Term::rested(&with_one(false));
        assert!(!term.session(35, Some(answer)).is_empty());
        assert_eq!(term.resting(), []);
        // Day 35 counts at most as one showing that was not *already doing it*.
        assert_eq!(term.done_anyway(36, 43), [36, 37, 38, 40, 42]);
    }
}

#[test]
fn that_is_not_wanted_after_its_rest_rests_again() {
    for answer in [Some(Answer::Already), None] {
        let (mut term, _) = Term::rested(&with_one(true));
        assert_eq!(term.session(35, answer).len(), 1, "it is offered once, and not again in the same hour");
        let [(why, Some(until))] = &term.resting()[..] else { panic!("{:?}", term.resting()) };
        assert_eq!(why, "done_anyway");
        assert!(until.0 > NINE.0 + 35 * DAY + REST && until.0 < NINE.0 + 35 * DAY + REST + 3_600_000, "{until:?}");
        assert_eq!(term.done_anyway(36, 49), [0; 0]);
        assert_eq!(
            term.session(50, Some(Answer::DidIt)).first().map(String::as_str),
            Some("6:05 Lean in a little, did it")
        );
        assert_eq!(term.resting(), []);
    }
}

#[test]
fn that_was_offered_but_cut_short_is_offered_again() {
    let (mut term, _) = Term::rested(&with_one(false));
    term.begin(35);
    term.next().unwrap();
    term.send(Input::HoldKey);
    term.send(Input::End);
    assert_eq!(term.hour.came(), ["6:05 Lean in a little, silenced"]);
    assert_eq!(term.session(36, Some(Answer::DidIt)).len(), 1);
    assert_eq!(term.resting(), []);
}

#[test]
fn learns_nothing_from_a_showing_that_was_cut_short() {
    let mut term = Term::of(&with_one(false));
    term.done_anyway(0, 2);
    for (day, input) in [(2, Input::HoldKey), (3, Input::Crisis(true)), (4, Input::Pause(true)), (5, Input::End)] {
        term.begin(day);
        term.next().unwrap();
        term.send(input);
        term.send(Input::End);
        assert_eq!(term.hour.came(), ["6:05 Lean in a little, silenced"]);
    }
    assert_eq!(term.resting(), []);
    term.done_anyway(6, 7);
    assert_eq!(term.resting(), [("seldom".to_owned(), None)], "three of the last four that taught something");
}

#[test]
fn is_never_one_that_chases_an_item() {
    let mut hour = Hour::before(read(&rows()));
    for day in 0..12 {
        hour.pair.now = Timestamp(NINE.0 + day * DAY);
        hour.send(start(50, SessionKind::Ongoing, "plain"));
        let number = hour.until_words();
        hour.send(Input::Answer { number, answer: Answer::Already });
        hour.send(Input::End);
        assert_eq!(hour.came(), ["1:00 Where are you today?, already"]);
    }
    assert_eq!(hour.view.resting, []);
}

#[test]
fn that_is_never_to_come_again_says_so_and_not_that_it_rests() {
    let (mut term, _) = Term::rested(&with_one(false));
    term.begin(35);
    let number = term.next().unwrap();
    term.send(Input::Answer { number, answer: Answer::Never });
    assert_eq!(term.resting(), [("never".to_owned(), None)]);
    assert_eq!(said(&term.hour.view.resting[0].why), "You chose “Never”.");
    term.send(Input::Allow("lean".to_owned()));
    assert_eq!(term.resting(), [], "allowed, it is as new");
}

#[test]
fn that_is_allowed_is_as_new() {
    for ends in [true, false] {
        let mut term = Term::of(&with_one(false));
        term.done_anyway(0, 2);
        term.begin(2);
        let number = term.next().unwrap();
        term.send(Input::Answer { number, answer: Answer::Already });
        if ends {
            term.send(Input::End);
        }
        term.send(Input::Allow("lean".to_owned()));
        assert_eq!(term.resting(), []);
        term.send(Input::End);
        assert_eq!(term.done_anyway(3, 8), [3, 4, 5, 7]);
    }
}

#[test]
fn that_is_allowed_in_a_session_comes_in_that_session() {
    let (mut term, _) = Term::rested(&with_one(false));
    term.begin(22);
    term.send(Input::Allow("lean".to_owned()));
    assert_eq!(term.resting(), []);
    assert_eq!(term.live(None), ["6:05 Lean in a little, faded"]);
}

#[test]
fn that_the_deck_does_not_have_is_not_listed_and_not_forgotten() {
    let (mut term, until) = Term::rested(&with_one(false));
    let mut other = with_one(false);
    other["prompts"].as_array_mut().unwrap().remove(1);
    term.hour.pair.engine.adopt(read(&other));
    term.send(Input::Look);
    assert_eq!(term.resting(), []);
    term.hour.pair.engine.adopt(read(&with_one(false)));
    term.send(Input::Look);
    assert_eq!(term.resting(), [("done_anyway".to_owned(), Some(until))]);
}

#[test]
fn rests_on_while_the_clock_is_wrong() {
    let (mut term, until) = Term::rested(&with_one(false));
    assert_eq!(term.session(1, None), [""; 0], "the clock has stepped back by weeks");
    term.begin_at(until);
    assert_eq!(term.live(None).len(), 1);
}

/// The whole course with the worker killed after every input: the result is the same.
#[test]
fn outlives_the_worker() {
    let lived = |restarts: bool| {
        let mut term = Term::of(&with_one(true));
        term.restarts = restarts;
        let days = term.done_anyway(0, 21);
        let mut seen = vec![format!("{days:?} {:?}", term.hour.view.resting)];
        for (day, answer) in [(30, None), (35, None), (50, Some(Answer::DidIt)), (51, Some(Answer::Already))] {
            let came = term.session(day, answer);
            seen.push(format!("{came:?} {:?}", term.hour.view.resting));
        }
        seen
    };
    assert_eq!(lived(true), lived(false));
}

/// Truthful answers must not empty the hour without a word.
#[test]
fn is_spoken_of_before_the_next_session_once_half_of_them_fade() {
    let mut term = Term::of(&with_one(false));
    let mut said = Vec::new();
    for day in 0..12 {
        said.push(term.session(day, Some(Answer::Already)).len());
        term.send(Input::End);
        term.send(Input::Dismiss);
        let faded = term.hour.ready().faded.clone();
        assert_eq!(faded.is_some(), day >= 2, "after three sessions with the same answer: {said:?}");
    }
    let faded = term.hour.ready().faded.clone().unwrap();
    assert_eq!((faded.key.as_str(), faded.args), ("resting_most", vec!["1".to_owned(), "1".to_owned()]));
    let id = term.hour.view.resting[0].id.clone();
    term.send(Input::Allow(id));
    assert_eq!(term.hour.ready().faded, None);
}

#[test]
fn is_spoken_of_only_if_half_of_them_fade() {
    let mut rows = rows();
    for prompt in [1, 2] {
        rows["prompts"][prompt]["timing"]["max_per_session"] = json!(1);
    }
    let mut term = Term::of(&rows);
    term.done_anyway(0, 3);
    term.send(Input::Dismiss);
    let mut spoken = |rows: &Value| {
        term.hour.pair.engine.adopt(read(rows));
        term.send(Input::Look);
        term.hour.ready().faded.clone().map(|faded| faded.args.join(" of "))
    };
    assert_eq!(spoken(&rows).as_deref(), Some("2 of 2"));
    let prompts = |rows: &mut Value, change: fn(&mut Vec<Value>)| change(rows["prompts"].as_array_mut().unwrap());
    prompts(&mut rows, |prompts| {
        prompts[2]["id"] = json!("other");
    });
    assert_eq!(spoken(&rows).as_deref(), Some("1 of 2"));
    prompts(&mut rows, |prompts| {
        prompts.push(prompts[2].clone());
        prompts[4]["id"] = json!("third");
    });
    assert_eq!(spoken(&rows), None, "one of three");
    prompts(&mut rows, |prompts| {
        prompts.retain(|prompt| prompt["trigger"] == "checklist");
    });
    assert_eq!(spoken(&rows), None, "nothing is in rotation");
}
