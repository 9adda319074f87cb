//! Which deck is in use, and that settings come back as they were written.

use attune::deck::Deck;
use attune::settings::{DeckId, History, Library, Policy, Settings};
use serde_json::json;

use super::{SHIPPED, SPANISH, changes, made, policy, shipped, title};

fn with_spanish() -> Settings {
    let mut settings = Settings::default();
    let number = settings.shelf.add(SPANISH.to_owned()).unwrap();
    settings.shelf.choose(Some(DeckId::Own(number)));
    settings
}

fn titles() -> (String, String) {
    (Deck::from_json(SHIPPED).unwrap().title, Deck::from_json(SPANISH).unwrap().title)
}

#[test]
fn a_new_installation_has_the_shipped_deck_as_it_is() {
    let made = made(&Settings::default(), &Policy::default());
    assert!(made.is_plain && made.unfit.is_empty());
    assert_eq!(made.deck, Deck::from_json(SHIPPED).unwrap());
}

#[test]
fn the_chosen_deck_is_in_use_and_the_usual_one_once_it_is_gone() {
    let (english, spanish) = titles();
    let mut settings = with_spanish();
    let one = made(&settings, &Policy::default());
    assert_eq!((title(&one), one.is_plain), (spanish.as_str(), false));
    settings.drop_deck(0);
    assert_eq!(title(&made(&settings, &Policy::default())), english);
}

#[test]
fn changes_belong_to_one_deck() {
    let mut settings = with_spanish();
    settings.change(DeckId::Shipped, changes(json!({"prompts": {"nv.lean": {"off": true}}})));
    assert!(made(&settings, &Policy::default()).unfit.is_empty());
    let plain = Deck::from_json(SPANISH).unwrap();
    assert_eq!(made(&settings, &Policy::default()).deck, plain);
    let first = plain.prompts[0].id.to_string();
    settings.change(DeckId::Own(0), changes(json!({"prompts": {(first.clone()): {"cue": "Otra cosa"}}})));
    assert_eq!(made(&settings, &Policy::default()).deck.prompts[0].cue, "Otra cosa");
    // A change that does not fit the deck is left out and reported; the others stay.
    settings.change(DeckId::Own(0), changes(json!({"prompts": {(first): {"cue": "x".repeat(40)}}})));
    let made = made(&settings, &Policy::default());
    assert_eq!((made.deck, made.unfit.len()), (plain, 1));
}

#[test]
fn a_deck_that_this_version_cannot_read_leaves_the_shipped_one_in_use() {
    let text = with_spanish().to_json().replacen("attune-deck/1", "attune-deck/9", 1);
    let settings = Settings::from_json(&text).unwrap();
    let made = made(&settings, &Policy::default());
    assert_eq!((made.id, title(&made)), (DeckId::Shipped, titles().0.as_str()));
    assert_eq!(settings.shelf.own().len(), 1, "it stays on the shelf");
}

#[test]
fn settings_come_back_as_they_were_written() {
    let mut settings = with_spanish();
    settings.usual.minutes = Some(45);
    settings.change(DeckId::Shipped, changes(json!({"profiles": {"standard": {"gap_min": 7.5}}})));
    settings.change(DeckId::Own(0), changes(json!({"items": {"x": {"off": true}}})));
    assert_eq!(Settings::from_json(&settings.to_json()), Some(settings.clone()));
    assert_eq!(Settings::from_json(r#"{"version":1}"#), Some(Settings::default()));
    for refused in
        ["{}", r#"{"version":2}"#, r#"{"version":1,"colour":"red"}"#, r#"{"version":1,"usual":{"minutes":4}}"#]
    {
        assert_eq!(Settings::from_json(refused), None, "{refused}");
    }
    assert_eq!(Settings::from_json(&settings.to_json()[..100]), None);
    // A change that changes nothing leaves nothing behind.
    settings.change(DeckId::Own(0), changes(json!({"items": {"x": {}}})));
    settings.change(DeckId::Shipped, changes(json!({})));
    assert!(settings.changes.is_empty());
}

#[test]
fn everything_is_reset_but_own_decks_stay() {
    let mut settings = with_spanish();
    settings.usual.minutes = Some(45);
    settings.change(DeckId::Own(0), changes(json!({"items": {"x": {"off": true}}})));
    settings.reset();
    assert!(made(&settings, &Policy::default()).is_plain);
    assert_eq!((settings.shelf.own().len(), settings.usual, settings.changes.len()), (1, Default::default(), 0));
}

#[test]
fn a_clinics_deck_is_used_unless_the_therapist_chooses_another() {
    let (english, spanish) = titles();
    let clinic = policy(json!({"deck": SPANISH}));
    assert_eq!(title(&made(&Settings::default(), &clinic)), spanish);
    let mut settings = Settings::default();
    settings.shelf.choose(Some(DeckId::Shipped));
    assert_eq!(title(&made(&settings, &clinic)), english);
}

#[test]
fn a_locked_deck_is_the_only_one_and_is_as_the_clinic_has_it() {
    let clinic = policy(json!({"deck": SPANISH, "locked": ["deck"], "managed_by": "North Clinic"}));
    let mut settings = with_spanish();
    settings.shelf.choose(Some(DeckId::Shipped));
    let first = Deck::from_json(SPANISH).unwrap().prompts[0].id.to_string();
    settings.change(DeckId::Clinic, changes(json!({"prompts": {(first): {"off": true}}})));
    assert_eq!(made(&settings, &clinic).deck, Deck::from_json(SPANISH).unwrap());
    let shipped = shipped();
    let library = Library { settings: &settings, policy: &clinic, shipped: &shipped };
    assert_eq!(library.decks(), [DeckId::Clinic]);
    // If the deck is locked without one being set, it is the shipped one.
    let clinic = policy(json!({"locked": ["deck"]}));
    let library = Library { settings: &settings, policy: &clinic, shipped: &shipped };
    assert_eq!((library.decks(), made(&settings, &clinic).is_plain), (vec![DeckId::Shipped], true));
}

#[test]
fn nothing_is_set_until_something_is_and_after_it_is_taken_back() {
    let history = History::following(&History::default(), &History::default(), 7);
    let mut settings = Settings { history, ..Settings::default() };
    assert!(settings.is_default(), "what was changed before is no setting");
    settings.usual.minutes = Some(45);
    assert!(!settings.is_default());
    settings.reset();
    assert!(settings.is_default());
    assert!(!with_spanish().is_default());
}

#[test]
fn a_deck_is_given_out_as_it_came_in() {
    let (settings, shipped) = (with_spanish(), shipped());
    let clinic = policy(json!({"deck": SPANISH.replacen('\n', "\r\n", 3)}));
    let library = Library { settings: &settings, policy: &clinic, shipped: &shipped };
    assert_eq!(library.text(DeckId::Own(0)), SPANISH);
    assert_eq!(Some(&*library.text(DeckId::Clinic)), clinic.deck.as_deref());
    assert_eq!(library.text(DeckId::Shipped), shipped.to_json());
}

#[test]
fn a_deck_is_called_by_a_number_that_it_can_have() {
    assert_eq!(DeckId::called("999999"), Some(DeckId::Own(999_999)));
    assert_eq!(DeckId::called("1000000"), None);
}
