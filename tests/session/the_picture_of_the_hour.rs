use super::*;

fn spans(stretches: &[(Offset, Offset)]) -> Vec<String> {
    let clock = |at: Offset| format!("{}:{:02}", at.0 / 60_000, at.0 / 1_000 % 60);
    stretches.iter().map(|(from, to)| format!("{} to {}", clock(*from), clock(*to))).collect()
}

impl Hour {
    fn silences(&self) -> Vec<String> {
        spans(&self.running().silences)
    }
}

#[test]
fn has_the_quiet_at_both_ends() {
    let mut hour = Hour::plain();
    assert_eq!(spans(&hour.running().quiet), ["0:00 to 3:00", "40:00 to 50:00"]);
    hour.send(Input::ExtendTo(60));
    assert_eq!(spans(&hour.running().quiet), ["0:00 to 3:00", "50:00 to 60:00"]);
}

/// Shorter hours shrink as a whole.
#[test]
fn has_the_same_quiet_from_forty_minutes_on() {
    let quiet = |minutes| spans(&Hour::of(read(&rows()), minutes, SessionKind::Ongoing, "plain").running().quiet);
    assert_eq!(quiet(40), ["0:00 to 3:00", "30:00 to 40:00"]);
    assert_eq!(quiet(25), ["0:00 to 1:30", "20:00 to 25:00"]);
}

#[test]
fn has_the_stretches_in_which_something_may_come() {
    let mut hour = Hour::ticked();
    let all = ["3:00 to 9:10", "9:10 to 15:20", "15:20 to 21:30", "21:30 to 27:40", "27:40 to 33:50", "33:50 to 40:00"];
    assert_eq!(spans(&hour.running().may), all);
    hour.to(5, 0);
    assert_eq!(spans(&hour.running().may)[0], "5:00 to 9:10", "what is past is not to come");
    hour.to(6, 5);
    assert_eq!(spans(&hour.running().may), all[1..], "a slot holds one cue");
    hour.send(Input::Hold(None));
    hour.to(27, 40);
    assert_eq!(spans(&hour.running().may), all[4..], "a slot that was held has gone by");
    hour.to(40, 0);
    assert_eq!(hour.running().may, []);
    hour.send(Input::ExtendTo(60));
    assert_eq!(spans(&hour.running().may), ["40:00 to 46:10"], "with the time comes a slot");
}

#[test]
fn has_silences_from_when_they_began_to_when_they_ended() {
    let mut hour = Hour::ticked();
    hour.to(1, 0);
    hour.send(Input::Hold(Some(5)));
    hour.to(3, 0);
    assert_eq!(hour.silences(), ["1:00 to 3:00"], "up to now");
    hour.to(8, 0);
    assert_eq!(hour.silences(), ["1:00 to 6:00"]);
    hour.send(Input::Crisis(true));
    hour.to(9, 0);
    hour.send(Input::Hide(true));
    hour.to(10, 0);
    hour.send(Input::Crisis(false));
    hour.restart();
    hour.to(11, 0);
    hour.send(Input::Hide(false));
    assert_eq!(hour.silences(), ["1:00 to 6:00", "8:00 to 11:00"], "one that goes over into another is one");
    hour.restart();
}

#[test]
fn has_a_silence_to_its_end_although_nobody_woke_it_then() {
    let mut hour = Hour::ticked();
    hour.send(Input::Hold(Some(5)));
    hour.sleep(7 * MINUTE);
    assert_eq!(hour.silences(), ["0:00 to 5:00"]);
}

#[test]
fn has_no_silence_for_a_pause_in_which_no_time_passes() {
    let mut hour = Hour::ticked();
    hour.to(1, 0);
    hour.send(Input::Pause(true));
    hour.pass(10 * MINUTE);
    hour.send(Input::Pause(false));
    assert_eq!(hour.running().silences, []);
    hour.send(Input::Hold(None));
    hour.send(Input::Pause(true));
    hour.pass(10 * MINUTE);
    hour.send(Input::Release);
    hour.send(Input::Pause(false));
    hour.pass(MINUTE);
    assert_eq!(hour.silences(), ["1:00 to 1:00"]);
}

/// Silences during a sleep that was not part of the session are removed with it; none ends in the future.
#[test]
fn has_no_silence_in_the_time_that_a_sleep_has_given_back() {
    let mut hour = Hour::ticked();
    hour.to(4, 0);
    hour.send(Input::Hold(Some(17)));
    hour.to(5, 0);
    hour.sleep(15 * MINUTE + 30);
    assert!(hour.running().question.is_some());
    hour.pass(MINUTE);
    assert_eq!(hour.silences(), ["4:00 to 21:00"]);
    hour.send(Input::Hide(true));
    hour.pass(5);
    hour.send(Input::Hide(false));
    assert_eq!(hour.silences(), ["4:00 to 21:00", "21:30 to 21:35"]);
    hour.send(Input::Hide(true));
    // The sleep began after minute 10, when the badge was due to change.
    hour.send(Input::CountSleep(false));
    assert_eq!(hour.silences(), ["4:00 to 11:05", "11:05 to 11:05", "11:05 to 11:05"]);
    hour.restart();
    hour.pass(10);
    assert_eq!(hour.silences()[2], "11:05 to 11:15", "the last one goes on");
}

#[test]
fn has_as_many_silences_as_can_be_told_apart() {
    let mut hour = Hour::ticked();
    for _ in 0..60 {
        hour.send(Input::HoldKey);
        hour.pass(5);
        hour.send(Input::HoldKey);
        hour.pass(5);
    }
    assert_eq!(hour.running().silences.len(), 50);
    hour.restart();
}
