use super::*;

fn intending(intention: Option<&str>) -> Input {
    let choices = Choices {
        minutes: 50,
        kind: SessionKind::Ongoing,
        channel: Channel::Video,
        profile: "plain".to_owned(),
        intention: intention.map(str::to_owned),
    };
    Input::Start { choices, seed: 1 }
}

/// A session with the location ticked.
fn begun(rows: &Value, intention: Option<&str>) -> Hour {
    let mut hour = Hour::before(read(rows));
    hour.send(intending(intention));
    hour.tick("place", true);
    hour
}

fn skills(hour: &Hour) -> Vec<(&str, &str)> {
    hour.ready().skills.iter().map(|skill| (skill.id.as_str(), skill.cue.as_str())).collect()
}

#[test]
fn is_picked_from_all_that_takes_its_turn() {
    let hour = Hour::before(read(&rows()));
    assert_eq!(skills(&hour), [("lean", "Lean in a little"), ("pace", "Match their pace")]);
}

#[test]
fn comes_first_and_takes_its_turn_after_that() {
    let mut usual = begun(&rows(), None);
    assert_eq!(
        usual.comes_until(26),
        [
            "6:05 Lean in a little, faded",
            "12:15 Match their pace, faded",
            "18:25 Lean in a little, faded",
            "24:35 Match their pace, faded"
        ]
    );
    let mut hour = begun(&rows(), Some("pace"));
    assert_eq!(hour.running().intention.as_deref(), Some("Match their pace"));
    assert_eq!(
        hour.comes_until(26),
        [
            "6:05 Match their pace, faded",
            "12:15 Lean in a little, faded",
            "18:25 Match their pace, faded",
            "24:35 Lean in a little, faded"
        ]
    );
}

/// Both may come again at 18:25, and the one with the higher priority does.
#[test]
fn comes_first_once() {
    let mut rows = rows();
    for prompt in [1, 2] {
        rows["prompts"][prompt]["timing"]["repeat_every_min"] = json!(6);
    }
    let mut hour = begun(&rows, Some("pace"));
    let comes = hour.comes_until(26);
    assert!(comes[0].contains("Match") && comes[1..].iter().all(|came| came.contains("Lean")), "{comes:?}");
}

#[test]
fn comes_before_what_matters_more_and_has_waited_longer() {
    let mut hour = begun(&with_rare(), Some("pace"));
    for _ in 0..5 {
        hour.send(Input::End);
        hour.send(intending(None));
    }
    hour.send(Input::End);
    hour.pair.now = NINE;
    hour.send(intending(Some("pace")));
    hour.tick("place", true);
    assert_eq!(hour.comes_until(7), ["6:05 Match their pace, faded"]);
}

/// It was chosen, so it comes even where it would not come otherwise.
#[test]
fn comes_although_it_would_not_have_had_its_turn() {
    let mut elsewhere = rows();
    elsewhere["prompts"][2]["enabled_in"] = json!(["quiet"]);
    let mut for_others = rows();
    for_others["prompts"][2]["session_kinds"] = json!(["first"]);
    for (why, rows) in [("another profile", elsewhere), ("another kind of session", for_others)] {
        let mut hour = begun(&rows, Some("pace"));
        assert_eq!(hour.comes_until(7), ["6:05 Match their pace, faded"], "{why}");
        let comes = hour.comes_until(49);
        assert!(comes.iter().all(|came| !came.contains("Match")), "once: {comes:?}");
    }
    let mut hour = begun(&with_rare(), None);
    hour.to(49, 0);
    assert!(hour.came().iter().any(|came| came.contains("How is video")), "{:?}", hour.came());
    hour.send(Input::End);
    hour.pair.now = NINE;
    hour.send(intending(Some("rare")));
    hour.tick("place", true);
    assert_eq!(hour.comes_until(7), ["6:05 How is video for you?, faded"], "although it came in the last session");
}

#[test]
fn that_is_put_off_comes_back_whatever_the_profile() {
    let mut rows = rows();
    rows["prompts"][2]["enabled_in"] = json!(["quiet"]);
    let mut hour = begun(&rows, Some("pace"));
    hour.until_words();
    hour.send(Input::NotNow);
    let comes = hour.comes_until(49);
    assert_eq!(comes.iter().filter(|came| came.contains("Match")).count(), 1, "{comes:?}");
}

#[test]
fn is_not_remembered_for_the_next_session() {
    let mut hour = begun(&rows(), Some("pace"));
    hour.send(Input::End);
    hour.send(Input::Dismiss);
    assert_eq!((hour.ready().minutes, hour.ready().profile.as_str()), (50, "plain"), "all else is");
    assert!(!support::saved(&hour.pair.engine).contains("pace"));
    hour.send(intending(None));
    hour.tick("place", true);
    assert_eq!(hour.running().intention, None);
    assert_eq!(hour.comes_until(7), ["6:05 Lean in a little, faded"]);
}

#[test]
fn that_nobody_knows_does_no_harm() {
    for id in ["nobody", "", "\u{202e}\0"] {
        let mut hour = begun(&rows(), Some(id));
        assert_eq!(hour.running().intention, None);
        hour.restart();
        assert_eq!(hour.comes_until(49), begun(&rows(), None).comes_until(49));
    }
}

/// No surface offers these. An intention that is not a skill makes no difference to the session.
#[test]
fn that_is_no_skill_does_no_harm() {
    for id in ["place", "ending"] {
        let mut hour = begun(&rows(), Some(id));
        assert_eq!(hour.comes_until(49), begun(&rows(), None).comes_until(49));
    }
}

#[test]
fn is_not_offered_once_it_is_never_to_come_again() {
    let mut hour = begun(&rows(), None);
    let number = hour.until_words();
    hour.send(Input::Answer { number, answer: Answer::Never });
    hour.send(Input::End);
    hour.send(Input::Dismiss);
    assert_eq!(skills(&hour), [("pace", "Match their pace")]);
    hour.send(Input::Allow("lean".to_owned()));
    assert_eq!(skills(&hour).len(), 2);
}

#[test]
fn that_was_put_away_since_does_not_come() {
    let mut hour = begun(&rows(), Some("lean"));
    let number = hour.until_words();
    hour.send(Input::Answer { number, answer: Answer::Never });
    let comes = hour.comes_until(49);
    assert!(!comes.is_empty() && comes.iter().all(|came| !came.contains("Lean")), "{comes:?}");
}

#[test]
fn can_be_put_off_like_any_other() {
    let mut hour = begun(&rows(), Some("pace"));
    hour.until_words();
    hour.send(Input::NotNow);
    assert_eq!(
        hour.comes_until(20),
        ["12:15 Lean in a little, faded", "18:25 Match their pace, faded"],
        "it has had its turn, and comes back after the next"
    );
}

#[test]
fn outlives_the_worker() {
    let mut hour = begun(&rows(), Some("pace"));
    hour.restart();
    assert_eq!(hour.running().intention.as_deref(), Some("Match their pace"));
    assert_eq!(hour.comes_until(7), ["6:05 Match their pace, faded"]);
    hour.restart();
    assert_eq!(hour.comes_until(13), ["12:15 Lean in a little, faded"]);
}

#[test]
fn that_the_deck_no_longer_has_is_none() {
    let mut hour = begun(&rows(), Some("pace"));
    let mut rows = rows();
    rows["prompts"].as_array_mut().unwrap().remove(2);
    hour.pair.engine.adopt(read(&rows));
    hour.send(Input::Look);
    assert_eq!(hour.running().intention, None);
    assert_eq!(hour.comes_until(7), ["6:05 Lean in a little, faded"]);
}

#[test]
fn comes_in_an_hour_of_any_length() {
    let deck = support::deck();
    let mut missed = Vec::new();
    // In less than 18 minutes there may be no room beside the steps of safety.
    for minutes in (18..=90).chain([120, 180]) {
        for profile in &deck.profiles {
            for (index, prompt) in deck.prompts.iter().enumerate() {
                if !matches!(prompt.trigger, attune::deck::Trigger::Timer(_)) {
                    continue;
                }
                let Some(channel) = prompt.channels.values().next() else { continue };
                let mut pair = Pair::new(deck.clone());
                let choices = Choices {
                    minutes,
                    kind: SessionKind::Ongoing,
                    channel,
                    profile: profile.id.to_string(),
                    intention: Some(prompt.id.to_string()),
                };
                pair.send(Input::Start { choices, seed: u32::from(minutes) ^ index as u32 });
                let view = pair.drive_bounded(at(u64::from(minutes) - 1, 59));
                let Popup::Running(running) = view.popup else { panic!("the session has ended") };
                if !running.marks.iter().any(|mark| mark.cue == prompt.cue) {
                    missed.push(format!("{minutes} {} {}", profile.id.as_str(), prompt.cue));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{} missed: {missed:#?}", missed.len());
}
