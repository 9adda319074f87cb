//! Whole hours as a therapist would see them, compared line by line with the checked-in files.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` rewrites the files; read the diff before you commit it.
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic)]

mod support;

use attune::deck::{Channel, SessionKind};
use attune::engine::memory::Choices;
use support::{Habit, transcript};

/// The lengths that people book.
const LENGTHS: [u16; 8] = [25, 45, 50, 53, 60, 80, 90, 120];

#[test]
fn whole_hours_are_as_checked_in() {
    let mut wrong = Vec::new();
    for (choices, earlier) in hours() {
        let Choices { minutes, kind, channel, profile, .. } = &choices;
        let mut more = if *channel == Channel::Sound { "-sound".to_owned() } else { String::new() };
        if earlier > 0 {
            more = format!("-after-{earlier}");
        }
        for (habit, name) in [(Habit::Diligent, "diligent"), (Habit::Silent, "silent")] {
            let path = format!(
                "{}/tests/golden/{profile}-{minutes}-{}-{name}{more}.txt",
                env!("CARGO_MANIFEST_DIR"),
                format!("{kind:?}").to_lowercase()
            );
            let now = transcript(&choices, habit, earlier);
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                std::fs::write(&path, &now).unwrap();
            }
            if std::fs::read_to_string(&path).unwrap_or_default() != now {
                wrong.push(format!("{path} is not:\n{now}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every profile, every kind of session and every length, and the fourth session of a day, in which prompts take turns and
/// some come only every few sessions.
fn hours() -> Vec<(Choices, u32)> {
    let hour = |profile: &str, minutes, kind, channel| Choices {
        minutes,
        kind,
        channel,
        profile: profile.to_owned(),
        intention: None,
    };
    let mut all = Vec::new();
    for profile in ["quiet", "standard", "trainee", "rehearsal"] {
        all.push((hour(profile, 50, SessionKind::First, Channel::Video), 0));
        for minutes in LENGTHS.into_iter().filter(|minutes| profile == "standard" || [25, 50, 90].contains(minutes)) {
            all.push((hour(profile, minutes, SessionKind::Ongoing, Channel::Video), 0));
        }
    }
    all.push((hour("standard", 50, SessionKind::Ongoing, Channel::Video), 3));
    all.extend(LENGTHS.map(|minutes| (hour("standard", minutes, SessionKind::Ongoing, Channel::Sound), 0)));
    all.push((hour("trainee", 50, SessionKind::First, Channel::Sound), 0));
    all
}
