//! What a clinic can set, and what is wrong with what it has set.

use attune::deck::SessionKind;
use attune::engine::memory::Choices;
use attune::engine::offer::Setting;
use attune::settings::{Policy, Settings};
use serde_json::{Value, json};

use super::{SPANISH, made, policy};

fn told(value: Value) -> Vec<(String, String)> {
    let problems = policy(value).problems.into_iter();
    problems.map(|problem| (problem.place, problem.message.key)).collect()
}

#[test]
fn no_policy_sets_and_locks_nothing() {
    assert_eq!(policy(json!({})), Policy::default());
    assert_eq!(policy(json!("no object")), Policy::default());
}

#[test]
fn what_is_set_is_offered_until_the_therapist_sets_something_else() {
    let clinic = policy(json!({"minutes": 45, "session_kind": "first", "profile": "quiet"}));
    assert!(clinic.problems.is_empty());
    let offered = made(&Settings::default(), &clinic).offer;
    assert_eq!(
        (offered.minutes, offered.kind, offered.profile.as_deref()),
        (Some(45), Some(SessionKind::First), Some("quiet"))
    );
    assert!(offered.locks.settings.is_empty());
    let mut settings = Settings::default();
    settings.usual.minutes = Some(60);
    settings.usual.profile = Some("trainee".to_owned());
    let offered = made(&settings, &clinic).offer;
    assert_eq!(
        (offered.minutes, offered.kind, offered.profile.as_deref()),
        (Some(60), Some(SessionKind::First), Some("trainee"))
    );
}

#[test]
fn what_is_locked_cannot_be_set_otherwise() {
    let clinic =
        policy(json!({"profile": "quiet", "minutes": 45, "locked": ["profile"], "managed_by": "North Clinic"}));
    let mut settings = Settings::default();
    settings.usual.minutes = Some(60);
    settings.usual.profile = Some("trainee".to_owned());
    let made = made(&settings, &clinic);
    assert_eq!((made.offer.minutes, made.offer.profile.as_deref()), (Some(60), Some("quiet")));
    assert_eq!(
        (made.offer.locks.settings.as_slice(), made.offer.locks.by.as_str()),
        (&[Setting::Profile][..], "North Clinic")
    );
    let chosen = Choices { profile: "trainee".to_owned(), minutes: 25, ..Choices::default() };
    let held = made.offer.hold(chosen, &made.deck);
    assert_eq!((held.profile.as_str(), held.minutes), ("quiet", 25));
}

#[test]
fn what_is_wrong_with_a_policy_is_told_and_the_rest_counts() {
    for (value, place, key) in [
        (json!({"minutes": 4}), "minutes", "problem_minutes"),
        (json!({"minutes": "50"}), "minutes", "problem_minutes"),
        (json!({"session_kind": "second"}), "session_kind", "policy_unknown_value"),
        (json!({"profile": 3}), "profile", "policy_not_text"),
        (json!({"managed_by": true}), "managed_by", "policy_not_text"),
        (json!({"deck": "{}"}), "deck", "policy_deck"),
        (json!({"sync": "no"}), "sync", "policy_not_flag"),
        (json!({"locked": "profile"}), "locked", "policy_not_list"),
        (json!({"locked": ["profil"]}), "locked", "policy_unknown_value"),
        (json!({"colour": "red"}), "colour", "policy_unknown"),
    ] {
        assert_eq!(told(value.clone()), [(place.to_owned(), key.to_owned())], "{value}");
    }
    let clinic = policy(json!({"minutes": 4, "profile": "quiet", "locked": ["profile", "minutes", "deck"], "deck": 1}));
    assert_eq!(clinic.locks.settings, [Setting::Profile], "what was not understood is not locked");
}

#[test]
fn what_is_locked_twice_is_locked() {
    let clinic = policy(json!({"profile": "quiet", "locked": vec!["profile"; 100]}));
    assert_eq!((clinic.locks.settings, clinic.problems), (vec![Setting::Profile], vec![]));
}

#[test]
fn a_word_that_nobody_knows_is_repeated() {
    for (value, word) in [
        (json!({"session_kind": "second"}), "second"),
        (json!({"locked": ["profil"]}), "profil"),
        (json!({"locked": [7]}), "7"),
    ] {
        assert_eq!(policy(value).problems[0].message.args, [word]);
    }
}

#[test]
fn a_profile_that_the_deck_does_not_have_is_told_and_not_held_to() {
    let clinic = policy(json!({"profile": "loud", "locked": ["profile"], "deck": SPANISH}));
    let made = made(&Settings::default(), &clinic);
    assert_eq!((made.offer.profile, made.offer.locks.settings.len()), (None, 0));
    assert_eq!(made.policy.problems[0].place, "profile");
}
