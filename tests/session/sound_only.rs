use super::*;

/// The small deck with a cue that needs a picture, one for sound only, and an item and a moment of each kind.
fn with_channels() -> Value {
    let mut rows = rows();
    rows["prompts"][1]["channels"] = json!(["video"]);
    let prompt = |from: &Value, id: &str, cue: &str, channel: &str| {
        let mut prompt = from.clone();
        (prompt["id"], prompt["cue"], prompt["channels"]) = (json!(id), json!(cue), json!([channel]));
        prompt
    };
    let timed = rows["prompts"][2].clone();
    let mut moment = timed.clone();
    for field in ["timing", "cue"] {
        moment.as_object_mut().unwrap().remove(field);
    }
    moment["trigger"] = json!("moment");
    let mut froze = prompt(&moment, "froze", "Say what you last saw", "video");
    froze["moment"] = json!({"label": "Picture froze"});
    let mut crackled = prompt(&moment, "crackled", "Say what you last heard", "sound");
    crackled["moment"] = json!({"label": "Line crackled"});
    let silence = prompt(&timed, "silence", "Name the silence", "sound");
    rows["prompts"].as_array_mut().unwrap().extend([silence, froze, crackled]);
    let mut light = rows["checklist"][0].clone();
    (light["id"], light["label"], light["channels"]) = (json!("light"), json!("Light in front"), json!(["video"]));
    let mut seen = rows["prompts"][0].clone();
    (seen["id"], seen["cue"], seen["unless_ticked"]) = (json!("light"), json!("Light in front?"), json!("light"));
    rows["checklist"].as_array_mut().unwrap().push(light);
    rows["prompts"].as_array_mut().unwrap().push(seen);
    rows
}

fn hour(channel: Channel) -> Hour {
    let mut hour = Hour::before(read(&with_channels()));
    hour.pair.now = hour.pair.now.max(NINE);
    let choices = Choices { profile: "plain".to_owned(), channel, ..Choices::default() };
    hour.send(Input::Start { choices, seed: 1 });
    hour
}

impl Hour {
    fn switch(&mut self, channel: Channel) -> &View {
        self.send(Input::Switch(channel))
    }

    fn cues(&self) -> Vec<&str> {
        self.running().marks.iter().map(|mark| mark.cue.as_str()).collect()
    }

    fn items(&self) -> Vec<&str> {
        self.running().checklist.iter().map(|row| row.id.as_str()).collect()
    }

    fn buttons(&self) -> Vec<&str> {
        self.running().moments.iter().map(|moment| moment.label.as_str()).collect()
    }
}

#[test]
fn brings_what_is_for_sound_and_nothing_that_needs_a_picture() {
    let mut sound = hour(Channel::Sound);
    sound.to(49, 0);
    let cues = sound.cues();
    assert!(cues.contains(&"Name the silence") && cues.contains(&"Match their pace"), "{cues:?}");
    assert!(!cues.contains(&"Lean in a little") && !cues.contains(&"Light in front?"), "{cues:?}");
    let mut video = hour(Channel::Video);
    video.to(49, 0);
    let cues = video.cues();
    assert!(cues.contains(&"Lean in a little") && cues.contains(&"Light in front?"), "{cues:?}");
    assert!(!cues.contains(&"Name the silence"), "{cues:?}");
}

#[test]
fn lists_the_items_and_moments_that_suit_the_call() {
    let mut hour = hour(Channel::Video);
    assert_eq!((hour.items(), hour.buttons()), (vec!["place", "light"], vec!["Picture froze"]));
    hour.switch(Channel::Sound);
    assert_eq!((hour.items(), hour.buttons()), (vec!["place"], vec!["Line crackled"]));
    hour.send(Input::Moment("froze".to_owned()));
    assert!(!matches!(hour.view.strip, Strip::Card(_)), "its moment cannot be declared");
    hour.send(Input::MomentKey);
    let Strip::Card(card) = &hour.view.strip else { panic!("{:?}", hour.view.strip) };
    assert_eq!(card.cue, "Say what you last heard");
    hour.switch(Channel::Video);
    assert_eq!(hour.items(), ["place", "light"], "and back on video there is what was there before");
    hour.tick("light", true);
    hour.switch(Channel::Sound);
    assert_eq!(hour.items(), ["place", "light"], "what is ticked stays on the list");
}

#[test]
fn takes_away_at_once_what_needs_a_picture() {
    let mut hour = hour(Channel::Video);
    hour.tick("place", true);
    hour.tick("light", true);
    hour.until(|strip| matches!(strip, Strip::Words { cue, .. } if cue == "Lean in a little"));
    hour.switch(Channel::Sound);
    assert!(hour.running().cue.is_none());
    let Strip::Notice(notice) = &hour.view.strip else { panic!("{:?}", hour.view.strip) };
    assert_eq!(said(notice), "Sound only");
    let shown = hour.running().marks.len();
    hour.switch(Channel::Sound);
    assert_eq!(hour.running().marks.len(), shown, "switched again, nothing happens");
    hour.restart();
    assert_eq!(hour.running().channel, Channel::Sound);
    hour.pass(10);
    hour.switch(Channel::Video);
    let Strip::Notice(notice) = &hour.view.strip else { panic!("{:?}", hour.view.strip) };
    assert_eq!(said(notice), "Back on video");
}

#[test]
fn leaves_alone_what_suits_both() {
    let mut hour = hour(Channel::Video);
    hour.until(|strip| matches!(strip, Strip::Words { cue, .. } if cue == "Where are you today?"));
    hour.switch(Channel::Sound);
    assert_eq!(hour.running().cue.as_ref().map(|card| card.cue.as_str()), Some("Where are you today?"));
}

#[test]
fn a_picture_skill_is_not_practised_without_a_picture() {
    let mut hour = Hour::before(read(&with_channels()));
    let skill =
        |hour: &Hour, id: &str| hour.ready().skills.iter().find(|skill| skill.id == id).unwrap().channels.clone();
    assert_eq!((skill(&hour, "lean"), skill(&hour, "silence")), (vec![Channel::Video], vec![Channel::Sound]));
    assert_eq!(skill(&hour, "pace"), [Channel::Video, Channel::Sound]);
    hour.pair.now = hour.pair.now.max(NINE);
    let (profile, intention) = ("plain".to_owned(), Some("lean".to_owned()));
    let choices = Choices { profile, intention, channel: Channel::Sound, ..Choices::default() };
    hour.send(Input::Start { choices, seed: 1 });
    hour.to(49, 0);
    assert!(!hour.cues().contains(&"Lean in a little"));
}

#[test]
fn is_offered_again_as_it_was_chosen_at_start_not_as_it_became() {
    let mut hour = hour(Channel::Video);
    hour.switch(Channel::Sound);
    hour.send(Input::End);
    hour.send(Input::Dismiss);
    assert_eq!(hour.ready().channel, Channel::Video);
}
