use super::*;

fn refused(hour: &mut Hour, input: Input) -> String {
    let before = hour.pair.engine.snapshot();
    let outcome = hour.pair.engine.dispatch(hour.pair.now, input);
    assert_eq!(hour.pair.engine.snapshot(), before, "what is refused changes nothing");
    said(&outcome.problem.expect("it is refused"))
}

#[test]
fn while_a_session_runs_is_refused() {
    let mut hour = Hour::plain();
    hour.to(10, 0);
    let problem = refused(&mut hour, start(25, SessionKind::First, "quiet"));
    assert_eq!(problem, "A session is already running. End it before you start another.");
    assert_eq!(said(&hour.running().left), "40 min left");
}

#[test]
fn with_an_impossible_length_or_profile_is_refused() {
    let mut hour = Hour::plain();
    hour.send(Input::End);
    for minutes in [0, 4, 181, u16::MAX] {
        let problem = refused(&mut hour, start(minutes, SessionKind::Ongoing, "plain"));
        assert_eq!(problem, "Enter a whole number of minutes, 5 to 180.");
    }
    let problem = refused(&mut hour, start(50, SessionKind::Ongoing, "nobody"));
    assert_eq!(problem, "This set of prompts is no longer in the deck. Choose another.");
}

#[test]
fn is_offered_as_it_was_last_chosen() {
    let mut hour = Hour::of(read(&rows()), 45, SessionKind::First, "quiet");
    hour.send(Input::End);
    hour.send(Input::Dismiss);
    let ready = hour.ready();
    assert_eq!((ready.minutes, ready.kind, ready.profile.as_str()), (45, SessionKind::First, "quiet"));
    let offered: Vec<&str> = ready.profiles.iter().map(|profile| profile.id.as_str()).collect();
    assert_eq!(offered, ["plain", "quiet"]);
}

#[test]
fn shows_the_time_left_for_a_moment() {
    let mut hour = Hour::plain();
    assert_eq!(hour.strip(), "(50 min left)");
    hour.pass(4);
    assert_eq!(hour.view.strip, Strip::Clear);
}

#[test]
fn of_any_length_fits_the_hour() {
    for profile in ["quiet", "standard", "trainee", "rehearsal"] {
        for minutes in [5, 6, 10, 15, 20, 25, 30, 39, 40, 45, 50, 60, 75, 90, 120, 150, 180] {
            fits(profile, minutes);
        }
    }
}

/// Whatever its length, an hour begins and ends quietly, and the closing is announced in time.
fn fits(profile: &str, minutes: u16) {
    let mut hour = Hour::of(support::deck(), minutes, SessionKind::Ongoing, profile);
    let length = u64::from(minutes);
    hour.to(length, 0);
    let came: Vec<(f64, String)> =
        hour.running().marks.iter().map(|mark| (mark.at.0 as f64 / 60_000.0, mark.cue.clone())).collect();
    let part = if minutes < 40 { f64::from(minutes) / 50.0 } else { 1.0 };
    let end = f64::from(minutes);
    let what = format!("{profile}, {minutes} min: {came:?}");
    assert!(came.iter().all(|(at, _)| *at < end - part), "{what}");
    if minutes >= 15 {
        let winding = came.iter().find(|(_, cue)| cue == "Start winding down");
        let at = winding.unwrap_or_else(|| panic!("no closing: {what}")).0;
        assert!((end - 10.0 * part..=end - 8.0 * part).contains(&at), "{what}");
    }
    if minutes >= 25 {
        assert!(came.len() >= 5, "{what}");
    }
}

/// A timed prompt shortly before the closing must not keep the closing from being announced.
#[test]
fn of_any_length_and_seed_announces_the_closing() {
    let deck = support::deck();
    let mut missed = Vec::new();
    for profile in ["quiet", "standard", "trainee", "rehearsal"] {
        for minutes in [15, 20, 25, 30, 35, 39, 40, 45, 50, 60, 90] {
            for seed in 0..40 {
                let mut pair = Pair::new(deck.clone());
                pair.start(minutes, SessionKind::Ongoing, profile, seed);
                let Popup::Running(running) = pair.drive_bounded(at(minutes.into(), 0)).popup else {
                    panic!("it ended")
                };
                if running.marks.iter().all(|mark| mark.cue != "Start winding down") {
                    missed.push(format!("{profile} {minutes} min, seed {seed}"));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{} hours: {missed:?}", missed.len());
}

#[test]
fn offers_what_is_set_in_place_of_the_last_choices() {
    let mut hour = Hour::of(read(&rows()), 45, SessionKind::First, "quiet");
    hour.send(Input::End);
    hour.send(Input::Dismiss);
    hour.pair.engine.offer(Offer { minutes: Some(60), profile: Some("nobody".to_owned()), ..Offer::default() });
    hour.send(Input::Look);
    let ready = hour.ready();
    assert_eq!((ready.minutes, ready.kind, ready.profile.as_str()), (60, SessionKind::First, "quiet"));
    assert!(ready.locks.settings.is_empty());
}

#[test]
fn holds_to_what_a_clinic_has_locked() {
    let mut hour = Hour::of(read(&rows()), 45, SessionKind::First, "plain");
    hour.send(Input::End);
    let locks = Locks { settings: vec![Setting::Profile], by: "North Clinic".to_owned() };
    hour.pair.engine.offer(Offer { profile: Some("quiet".to_owned()), locks: locks.clone(), ..Offer::default() });
    // Switching decks does not remove the locks.
    hour.pair.engine.adopt(read(&rows()));
    hour.send(Input::Dismiss);
    assert_eq!((hour.ready().profile.as_str(), &hour.ready().locks), ("quiet", &locks));
    hour.send(start(25, SessionKind::Ongoing, "plain"));
    hour.send(Input::End);
    hour.pair.engine.offer(Offer::default());
    hour.send(Input::Dismiss);
    assert_eq!((hour.ready().profile.as_str(), hour.ready().minutes), ("quiet", 25), "that is what was chosen last");
}

#[test]
fn keeps_cues_away_until_its_notice_has_gone() {
    let mut rows = rows();
    rows["prompts"][0]["timing"]["from_min"] = json!(0);
    let mut hour = Hour::of(read(&rows), 50, SessionKind::Ongoing, "plain");
    assert_eq!(hour.strip(), "(50 min left)");
    hour.until_dot();
    assert_eq!(hour.pair.now, at(0, 4));
}

#[test]
fn says_before_it_how_many_cues_may_come() {
    for minutes in attune::hour::plan::MINUTES_OFFERED {
        let hour = Hour::of(read(&rows()), minutes, SessionKind::Ongoing, "plain");
        let said = attune::hour::plan::budget(6, minutes);
        assert_eq!(hour.running().may.len() as u32, said, "{minutes} min");
    }
}

/// A deck is written for fifty minutes: from forty on, the opening keeps its minutes, and only the rest moves.
#[test]
fn of_forty_minutes_keeps_the_opening() {
    let asks = |minutes: u16, from: f64| {
        let mut rows = rows();
        rows["prompts"][0]["timing"]["from_min"] = json!(from);
        rows["prompts"][0]["timing"]["to_min"] = json!(from + 2.0);
        rows["prompts"].as_array_mut().unwrap().drain(1..3);
        let mut hour = Hour::of(read(&rows), minutes, SessionKind::Ongoing, "plain");
        hour.until(|strip| matches!(strip, Strip::Words { cue, .. } if cue == "Where are you today?"));
        hour.running().elapsed - attune::time::Span::seconds(20)
    };
    let minute = |minute: f64| Offset((minute * 60_000.0) as u64);
    assert_eq!((asks(50, 10.0), asks(50, 31.0)), (minute(10.0), minute(31.0)));
    assert_eq!((asks(40, 10.0), asks(40, 31.0)), (minute(10.0), minute(26.0)));
    assert_eq!((asks(30, 10.0), asks(30, 31.0)), (minute(6.0), minute(18.6)), "a shorter one shrinks as a whole");
}
