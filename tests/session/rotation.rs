use super::*;

/// The sessions, of so many, in which a prompt came.
fn sessions_with(deck: Deck, cue: &str, kind: SessionKind, sessions: usize) -> Vec<usize> {
    let mut pair = Pair::new(deck);
    let mut with = Vec::new();
    for session in 1..=sessions {
        pair.now = NINE;
        pair.start(50, kind, "plain", session as u32);
        pair.drive_bounded(at(50, 0));
        let Popup::Ended(ended) = pair.send(Input::End).popup else { panic!("it has ended") };
        if ended.marks.iter().any(|mark| mark.cue == cue) {
            with.push(session);
        }
    }
    with
}

#[test]
fn brings_a_rare_prompt_in_one_of_so_many_ongoing_sessions() {
    let deck = read(&with_rare());
    assert_eq!(sessions_with(deck.clone(), "How is video for you?", SessionKind::Ongoing, 10), [1, 5, 9]);
    assert_eq!(sessions_with(deck, "How is video for you?", SessionKind::First, 4), [1, 2, 3, 4]);
}

#[test]
fn leaves_out_what_is_for_other_sessions() {
    let mut rows = with_rare();
    rows["prompts"][4]["session_kinds"] = json!(["first", "early"]);
    let deck = read(&rows);
    assert_eq!(sessions_with(deck.clone(), "How is video for you?", SessionKind::Ongoing, 3), [0; 0]);
    assert_eq!(sessions_with(deck, "How is video for you?", SessionKind::Early, 3), [1, 2, 3]);
}

#[test]
fn takes_the_first_of_two_by_priority_and_then_what_waited() {
    let mut hour = Hour::ticked();
    hour.until_words();
    assert_eq!(hour.card().cue, "Lean in a little", "the higher priority");
    hour.send(Input::End);
    // Lean came one session ago, Pace never in two: 3 + 1 against 2 + 2, and chance decides. Then Pace leads.
    hour.send(start(5, SessionKind::Ongoing, "plain"));
    hour.send(Input::End);
    hour.pair.now = NINE;
    hour.send(start(50, SessionKind::Ongoing, "plain"));
    hour.send(Input::Tick { item: "place".to_owned(), done: true });
    hour.until_words();
    assert!(["Lean in a little", "Match their pace"].contains(&hour.card().cue.as_str()));
    hour.send(Input::End);
}
