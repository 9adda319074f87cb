//! Whole hours as a therapist would see them, compared line by line with what is checked in.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` writes them anew; read the difference before you commit it.
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic)]

mod support;

use attune::deck::SessionKind;
use support::{Habit, transcript};

#[test]
fn whole_hours_are_as_checked_in() {
    let mut wrong = Vec::new();
    for profile in ["quiet", "standard", "trainee", "rehearsal"] {
        for (minutes, kind) in [
            (25, SessionKind::Ongoing),
            (50, SessionKind::First),
            (50, SessionKind::Ongoing),
            (90, SessionKind::Ongoing),
        ] {
            for (habit, name) in [(Habit::Diligent, "diligent"), (Habit::Silent, "silent")] {
                let path = format!(
                    "{}/tests/golden/{profile}-{minutes}-{}-{name}.txt",
                    env!("CARGO_MANIFEST_DIR"),
                    format!("{kind:?}").to_lowercase()
                );
                let now = transcript(minutes, kind, profile, 1, habit);
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
