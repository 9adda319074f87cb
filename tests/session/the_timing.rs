//! Nothing comes by the clock: a client who comes every week must not learn when the therapist glances at the camera.

use std::collections::BTreeMap;

use super::*;

const HOURS: u32 = 120;

/// When each cue comes in many hours in which nobody answers, in seconds.
fn comings(profile: &str) -> Vec<Vec<(u64, String)>> {
    let hour = |seed| {
        let mut hour = Hour::seeded(support::deck(), 50, SessionKind::Ongoing, profile, seed);
        hour.to(49, 59);
        hour.running().marks.iter().map(|mark| (mark.at.0 / 1_000, mark.cue.clone())).collect()
    };
    (0..HOURS).map(hour).collect()
}

#[test]
fn is_another_in_every_session() {
    for profile in ["quiet", "standard", "trainee", "rehearsal"] {
        let mut seconds: BTreeMap<(u64, String), u32> = BTreeMap::new();
        for (second, cue) in comings(profile).into_iter().flatten() {
            *seconds.entry((second, cue)).or_default() += 1;
        }
        let ((second, cue), hours) = seconds.into_iter().max_by_key(|(_, hours)| *hours).unwrap();
        assert!(hours <= HOURS / 6, "{profile}: {cue} at {}:{:02} in {hours}", second / 60, second % 60);
    }
}

#[test]
fn of_timed_prompts_strays_by_minutes() {
    for (profile, nth) in [("quiet", 0), ("standard", 2), ("trainee", 3)] {
        let cues: BTreeMap<String, bool> = support::deck()
            .prompts
            .iter()
            .map(|prompt| (prompt.cue.clone(), matches!(prompt.trigger, attune::deck::Trigger::Timer(_))))
            .collect();
        let nth = |hour: Vec<(u64, String)>| hour.into_iter().filter(|(_, cue)| cues[cue]).nth(nth).unwrap().0;
        let seconds: Vec<u64> = comings(profile).into_iter().map(nth).collect();
        let (first, last) = (seconds.iter().min().unwrap(), seconds.iter().max().unwrap());
        assert!(last - first >= 150, "{profile}: {first} to {last}");
    }
}

#[test]
fn of_close_prompts_is_no_metronome() {
    let mut gaps: BTreeMap<u64, u32> = BTreeMap::new();
    let mut all = 0;
    for hour in comings("rehearsal") {
        for pair in hour.windows(2) {
            *gaps.entry(pair[1].0 - pair[0].0).or_default() += 1;
            all += 1;
        }
    }
    assert!(gaps.values().all(|count| *count <= all / 5), "{gaps:?}");
}
