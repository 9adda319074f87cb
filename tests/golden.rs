//! Whole hours as a therapist would see them, compared line by line with the checked-in files.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` rewrites the files; read the diff before you commit it.
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic)]

mod support;

use attune::deck::SessionKind;
use support::{Habit, transcript};

#[test]
fn whole_hours_are_as_checked_in() {
    let mut wrong = Vec::new();
    for profile in ["quiet", "standard", "trainee", "rehearsal"] {
        for (minutes, kind, earlier) in [
            (25, SessionKind::Ongoing, 0),
            (50, SessionKind::First, 0),
            (50, SessionKind::Ongoing, 0),
            (50, SessionKind::Ongoing, 3),
            (90, SessionKind::Ongoing, 0),
        ] {
            // Later sessions, to see rotation and the prompts that come only every few sessions.
            if earlier > 0 && profile != "standard" {
                continue;
            }
            let after = if earlier > 0 { format!("-after-{earlier}") } else { String::new() };
            for (habit, name) in [(Habit::Diligent, "diligent"), (Habit::Silent, "silent")] {
                let path = format!(
                    "{}/tests/golden/{profile}-{minutes}-{}-{name}{after}.txt",
                    env!("CARGO_MANIFEST_DIR"),
                    format!("{kind:?}").to_lowercase()
                );
                let now = transcript(minutes, kind, profile, habit, earlier);
                if std::env::var_os("UPDATE_GOLDEN").is_some() {
                    std::fs::write(&path, &now).unwrap();
                }
                if std::fs::read_to_string(&path).unwrap_or_default() != now {
                    wrong.push(format!("{path} is not:\n{now}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
