use super::*;

/// The small deck with items for before and after, and two prompts that remind of items from before the call.
fn with_items() -> Value {
    let mut rows = rows();
    let item = |id: &str, phase: &str, applies: &str, core: bool| {
        json!({
            "id": id, "phase": phase, "label": format!("The {id}"), "explanation": "More about it.",
            "applies": applies, "core": core, "element": "trust", "basis": "none"
        })
    };
    rows["checklist"].as_array_mut().unwrap().extend([
        item("light", "before", "every", false),
        item("consent", "before", "first", true),
        item("camera", "before", "every", true),
        item("spare", "before", "when_needed", true),
        item("notes", "after", "every", true),
        item("letter", "after", "first", false),
        item("report", "after", "when_needed", false),
    ]);
    let chaser = |item: &str| {
        let mut prompt = rows["prompts"][0].clone();
        (prompt["id"], prompt["unless_ticked"], prompt["cue"]) =
            (json!(item), json!(item), json!(format!("The {item}?")));
        prompt
    };
    let mut chasers = [chaser("camera"), chaser("consent")];
    chasers[1]["session_kinds"] = json!(["first"]);
    rows["prompts"].as_array_mut().unwrap().extend(chasers);
    rows
}

fn before() -> Hour {
    Hour::before(read(&with_items()))
}

impl Hour {
    fn start(&mut self, kind: SessionKind) -> &View {
        self.pair.now = self.pair.now.max(NINE);
        self.send(start(50, kind, "plain"))
    }

    /// The cues that come in the first ten minutes of a session that starts now.
    fn begins_with(&mut self, kind: SessionKind) -> Vec<String> {
        self.start(kind);
        self.pass(10 * MINUTE);
        self.running().marks.iter().map(|mark| mark.cue.clone()).collect()
    }

    fn ready_ticks(&self) -> Vec<&str> {
        self.ready().checklist.iter().filter(|check| check.row.done).map(|check| check.row.id.as_str()).collect()
    }

    fn after(&self) -> Vec<(&str, bool)> {
        self.ended().checklist.iter().map(|row| (row.id.as_str(), row.done)).collect()
    }
}

#[test]
fn lists_what_to_have_done_before_the_call_what_matters_most_first() {
    let hour = before();
    let checks: Vec<_> =
        hour.ready().checklist.iter().map(|check| (check.row.id.as_str(), check.core, check.first)).collect();
    assert_eq!(checks, [("consent", true, true), ("camera", true, false), ("light", false, false)]);
    let row = &hour.ready().checklist[1].row;
    assert_eq!((row.label.as_str(), row.explanation.as_str(), row.done), ("The camera", "More about it.", false));
}

#[test]
fn can_be_skipped() {
    let mut hour = before();
    assert!(hour.begins_with(SessionKind::First).contains(&"The consent?".to_owned()));
    assert!(before().begins_with(SessionKind::Ongoing).contains(&"The camera?".to_owned()));
}

#[test]
fn silences_what_would_have_chased_its_items() {
    let mut hour = before();
    hour.tick("camera", true);
    assert_eq!(hour.ready_ticks(), ["camera"]);
    let cues = hour.begins_with(SessionKind::Ongoing);
    assert!(cues.contains(&"Where are you today?".to_owned()), "{cues:?}");
    assert!(!cues.contains(&"The camera?".to_owned()), "{cues:?}");
}

#[test]
fn of_a_first_session_silences_what_first_sessions_ask_for() {
    let mut hour = before();
    hour.tick("consent", true);
    hour.tick("camera", true);
    assert_eq!(hour.begins_with(SessionKind::First).iter().find(|cue| cue.starts_with("The")), None);
}

#[test]
fn of_a_first_session_does_no_harm_to_another() {
    let mut hour = before();
    hour.tick("consent", true);
    let mut other = before();
    assert_eq!(hour.begins_with(SessionKind::Ongoing), other.begins_with(SessionKind::Ongoing));
}

#[test]
fn can_be_unticked() {
    let mut hour = before();
    hour.tick("camera", true);
    hour.tick("camera", true);
    hour.tick("camera", false);
    assert_eq!(hour.ready_ticks(), [""; 0]);
    assert!(hour.begins_with(SessionKind::Ongoing).contains(&"The camera?".to_owned()));
}

#[test]
fn can_be_unticked_in_the_session() {
    let mut hour = before();
    hour.tick("camera", true);
    hour.start(SessionKind::Ongoing);
    hour.tick("camera", false);
    hour.pass(10 * MINUTE);
    assert!(hour.came().iter().any(|came| came.contains("The camera?")), "{:?}", hour.came());
}

#[test]
fn takes_only_what_it_lists() {
    let mut hour = before();
    let saved = hour.pair.engine.snapshot();
    for item in ["", "nobody", "place", "ending", "notes"] {
        hour.tick(item, true);
    }
    assert_eq!(hour.pair.engine.snapshot(), saved);
}

#[test]
fn outlives_the_worker() {
    let mut hour = before();
    hour.tick("light", true);
    hour.tick("camera", true);
    hour.restart();
    assert_eq!(hour.ready_ticks(), ["camera", "light"]);
    hour.start(SessionKind::Ongoing);
    hour.restart();
    hour.pass(10 * MINUTE);
    assert!(!hour.came().iter().any(|came| came.contains("The camera?")), "{:?}", hour.came());
}

#[test]
fn is_forgotten_after_two_hours_because_it_was_for_another_session() {
    let mut hour = before();
    hour.tick("camera", true);
    hour.restart();
    hour.sleep(120 * MINUTE - 1);
    assert_eq!(hour.ready_ticks(), ["camera"]);
    hour.sleep(1);
    assert_eq!(hour.ready_ticks(), [""; 0]);
    hour.restart();
    assert!(hour.begins_with(SessionKind::Ongoing).contains(&"The camera?".to_owned()));
}

#[test]
fn is_forgotten_by_a_start_after_two_hours_too() {
    let mut hour = before();
    hour.tick("camera", true);
    hour.pair.now = at(120, 0);
    assert!(hour.begins_with(SessionKind::Ongoing).contains(&"The camera?".to_owned()));
}

#[test]
fn lasts_two_hours_from_the_last_tick() {
    let mut hour = before();
    hour.tick("camera", true);
    hour.sleep(100 * MINUTE);
    hour.tick("light", true);
    hour.sleep(100 * MINUTE);
    assert_eq!(hour.ready_ticks(), ["camera", "light"]);
    hour.sleep(100 * MINUTE);
    hour.tick("light", true);
    assert_eq!(hour.ready_ticks(), ["light"], "the camera belongs to what was forgotten");
}

#[test]
fn is_for_one_session_only() {
    let mut hour = before();
    hour.tick("camera", true);
    hour.start(SessionKind::Ongoing);
    hour.send(Input::End);
    hour.send(Input::Dismiss);
    assert_eq!(hour.ready_ticks(), [""; 0]);
    assert!(hour.begins_with(SessionKind::Ongoing).contains(&"The camera?".to_owned()));
}

#[test]
fn is_kept_when_a_start_is_refused() {
    let mut hour = before();
    hour.tick("camera", true);
    let outcome = hour.pair.engine.dispatch(NINE, start(50, SessionKind::Ongoing, "nobody"));
    assert_eq!(outcome.problem, Some(Message::plain("problem_profile")));
    assert!(!hour.begins_with(SessionKind::Ongoing).contains(&"The camera?".to_owned()));
}

#[test]
fn is_not_touched_by_what_is_ticked_in_a_session() {
    let mut hour = before();
    hour.start(SessionKind::Ongoing);
    hour.tick("camera", true);
    hour.send(Input::End);
    hour.tick("light", true);
    hour.send(Input::Dismiss);
    assert_eq!(hour.ready_ticks(), [""; 0]);
}

#[test]
fn has_its_counterpart_after_the_end() {
    let mut hour = before();
    hour.start(SessionKind::Ongoing);
    hour.tick("notes", true);
    hour.send(Input::End);
    assert_eq!(hour.after(), [("notes", false)], "what comes after the end is done after the end");
    hour.tick("notes", true);
    assert_eq!(hour.after(), [("notes", true)]);
    hour.restart();
    hour.tick("notes", false);
    assert_eq!(hour.after(), [("notes", false)]);
}

#[test]
fn after_the_end_of_a_first_session_has_the_items_of_first_sessions() {
    let mut hour = before();
    hour.start(SessionKind::First);
    hour.send(Input::End);
    assert_eq!(hour.after(), [("notes", false), ("letter", false)]);
    hour.restart();
    hour.tick("letter", true);
    hour.restart();
    assert_eq!(hour.after(), [("notes", false), ("letter", true)]);
}

#[test]
fn after_the_end_shows_what_was_needed_once_it_is_ticked() {
    let mut hour = before();
    hour.start(SessionKind::Ongoing);
    hour.send(Input::End);
    hour.tick("report", true);
    assert_eq!(hour.after(), [("notes", false), ("report", true)]);
}

#[test]
fn after_a_session_that_was_left_running_is_there_too() {
    let mut hour = before();
    hour.start(SessionKind::Ongoing);
    hour.pass(110 * MINUTE);
    assert!(hour.ended().by_itself);
    hour.tick("notes", true);
    assert_eq!(hour.after(), [("notes", true)]);
}

#[test]
fn after_the_end_is_gone_once_the_session_is_put_away() {
    let mut hour = before();
    hour.start(SessionKind::Ongoing);
    hour.send(Input::End);
    hour.tick("notes", true);
    hour.send(Input::Dismiss);
    assert!(matches!(hour.view.popup, Popup::Ready(_)));
    assert!(!support::saved(&hour.pair.engine).contains("notes"));
    hour.start(SessionKind::Ongoing);
    hour.send(Input::End);
    assert_eq!(hour.after(), [("notes", false)]);
}
