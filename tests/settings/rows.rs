//! Prompts and items as they are listed, and as forms word them.

use attune::deck::changes::{
    Changes, Listing, OwnItem, OwnPrompt, OwnTrigger, PromptForm, TimingForm, Which, apply as apply_to,
};
use attune::deck::{Channel, Deck, Kind, Phase, Problem, Set, Trigger};
use attune::time::Span;
use serde_json::json;

use super::{changes, shipped as file};

fn shipped() -> Deck {
    Deck::from_file(&file()).unwrap()
}

/// The shipped deck with the changes in it.
fn apply(changes: &Changes) -> Result<Deck, Vec<Problem>> {
    apply_to(&file(), changes).map(|(_, deck)| deck)
}

fn own_prompt(trigger: OwnTrigger) -> OwnPrompt {
    let timing = TimingForm { from_min: Some(10.0), to_min: Some(30.0), ..TimingForm::default() };
    let form =
        PromptForm { cue: "Sit back".to_owned(), label: "They stand up".to_owned(), timing, ..PromptForm::default() };
    OwnPrompt {
        form,
        kind: Kind::Nonverbal,
        element: shipped().elements[0].id.to_string(),
        trigger,
        priority: 3,
        channels: Set::all(),
    }
}

fn own_item() -> OwnItem {
    OwnItem {
        label: "Tea made".to_owned(),
        explanation: String::new(),
        phase: Phase::Before,
        element: shipped().elements[0].id.to_string(),
        first: false,
        core: true,
        channels: Set::all(),
    }
}

#[test]
fn a_form_that_is_left_as_it_is_changes_nothing() {
    let deck = shipped();
    let mut changes = Changes::default();
    for prompt in &deck.prompts {
        changes.word_prompt(prompt, &PromptForm::of(prompt));
        let emptied = PromptForm { timing: TimingForm::default(), ..PromptForm::of(prompt) };
        changes.word_prompt(prompt, &emptied);
    }
    for item in &deck.checklist {
        changes.word_item(item, &item.label, &item.explanation);
    }
    assert!(changes.tidied().is_empty());
}

#[test]
fn a_form_changes_what_it_says_otherwise_and_leaves_what_is_off_off() {
    let deck = shipped();
    let prompt =
        deck.prompts.iter().find(|prompt| matches!(prompt.trigger, Trigger::Timer(_)) && prompt.say.is_some()).unwrap();
    let mut form = PromptForm::of(prompt);
    form.cue = "Come closer".to_owned();
    form.say = String::new();
    form.timing.to_min = Some(form.timing.to_min.unwrap() - 1.0);
    let mut changes = Changes::default();
    changes.turn_prompt(&prompt.id, false);
    changes.word_prompt(prompt, &form);
    let change = &changes.prompts[&prompt.id];
    assert!(change.off && change.text.is_none() && change.from_min.is_none());
    changes.turn_prompt(&prompt.id, true);
    let changed = apply(&changes).unwrap();
    let changed = &changed.prompts[changed.prompt(&prompt.id).unwrap()];
    assert_eq!((changed.cue.as_str(), changed.say.as_deref()), ("Come closer", None));
    assert_eq!(PromptForm::of(changed), form);
    // Once worded back by hand, nothing is left of it.
    changes.word_prompt(prompt, &PromptForm::of(prompt));
    assert!(changes.tidied().is_empty());
}

#[test]
fn what_is_off_or_own_is_listed_with_the_rest() {
    let deck = shipped();
    let chaser = deck.prompts.iter().find(|prompt| matches!(prompt.trigger, Trigger::Checklist(_))).unwrap();
    let item = chaser.unless_ticked.unwrap();
    let turn = deck.prompts.iter().position(|prompt| matches!(prompt.trigger, Trigger::Timer(_))).unwrap();
    let mut changes = changes(json!({"profiles": {"standard": {"timed_per_50_min": 0}}}));
    changes.turn_prompt(&deck.prompts[turn].id, false);
    changes.turn_item(&deck.checklist[item].id, false);
    changes.put_prompt(None, &own_prompt(OwnTrigger::Turn), &deck);
    changes.put_item(None, &own_item());
    let listing = Listing::of(&file(), &changes).unwrap();
    assert_eq!(listing.deck.prompts.len(), deck.prompts.len() + 1);
    assert_eq!(listing.deck.checklist.len(), deck.checklist.len() + 1);
    assert!(!listing.prompts[turn].on && !listing.prompts[turn].is_changed);
    let chaser = listing.deck.prompt(&chaser.id).unwrap();
    assert!(listing.prompts[chaser].on && listing.prompts[chaser].gone_with == Some(item));
    assert!(!listing.items[item].on && listing.items.last().unwrap().is_own);
    assert_eq!(listing.prompts_with("", Which::Changed), [deck.prompts.len()]);
    let off = listing.prompts_with("", Which::Off);
    assert!(off.contains(&turn) && off.contains(&chaser));
    assert_eq!(listing.prompts_with("BACK sit", Which::All), [deck.prompts.len()]);
    assert_eq!(listing.items_with("tea MADE"), [deck.checklist.len()]);
    assert!(listing.prompts_with("sit qwertz", Which::All).is_empty());
    // Each prompt is listed under one of the three sorts.
    let sorts = [Which::Turn, Which::Item, Which::Moment].map(|which| listing.prompts_with("", which).len());
    assert_eq!(sorts.iter().sum::<usize>(), listing.deck.prompts.len());
}

#[test]
fn an_own_prompt_comes_back_into_its_form() {
    let deck = shipped();
    let mut changes = Changes::default();
    let only = Set::of(&[Channel::Sound]);
    changes.put_item(None, &OwnItem { channels: only, ..own_item() });
    let triggers = [OwnTrigger::Turn, OwnTrigger::Item("own.1".to_owned()), OwnTrigger::Moment];
    for trigger in triggers.clone() {
        changes.put_prompt(None, &OwnPrompt { channels: only, ..own_prompt(trigger) }, &deck);
    }
    let made = apply(&changes).unwrap();
    assert_eq!(OwnItem::of(&made.checklist[made.item("own.1").unwrap()], &made).channels, only);
    let timing = |id: &str| made.prompts[made.prompt(id).unwrap()].timing().unwrap().expires;
    assert_eq!((timing("own.2"), timing("own.3")), (Span::minutes(3), Span::minutes(20)), "it asks as long as it may");
    for (index, trigger) in triggers.into_iter().enumerate() {
        let id = format!("own.{}", index + 2);
        let own = OwnPrompt::of(&made.prompts[made.prompt(&id).unwrap()], &made);
        assert_eq!(
            (own.trigger.clone(), own.form.cue.as_str(), own.form.text.as_str(), own.channels),
            (trigger, "Sit back", "Sit back", only)
        );
        changes.put_prompt(Some(&id), &OwnPrompt { priority: 5, ..own }, &deck);
    }
    let made = apply(&changes).unwrap();
    assert_eq!(made.prompts.len(), deck.prompts.len() + 3);
    assert_eq!(made.prompts[made.prompt("own.2").unwrap()].priority, 5);
    assert_eq!(OwnItem::of(&made.checklist[made.item("own.1").unwrap()], &made).label, "Tea made");
    // The item goes, and with it the prompt that asks for it.
    changes.take_own("own.1");
    assert_eq!(apply(&changes).unwrap().prompts.len(), deck.prompts.len() + 2);
    changes.take_own("own.2");
    changes.take_own("own.4");
    assert!(changes.is_empty());
}

#[test]
fn mistakes_in_an_own_row_are_reported_at_its_field() {
    let deck = shipped();
    let told = |prompt: OwnPrompt| {
        let mut changes = Changes::default();
        changes.put_prompt(None, &prompt, &deck);
        apply(&changes).unwrap_err().into_iter().map(|problem| problem.place).collect::<Vec<_>>()
    };
    let mut prompt = own_prompt(OwnTrigger::Turn);
    prompt.form.cue = "A cue that is far too long".to_owned();
    prompt.form.timing.to_min = None;
    assert_eq!(told(prompt), ["own_prompts[0].cue", "own_prompts[0].timing.to_min"]);
    let mut prompt = own_prompt(OwnTrigger::Turn);
    prompt.form.timing.from_min = Some(49.5);
    prompt.form.timing.to_min = Some(50.0);
    assert_eq!(told(prompt), ["own_prompts[0].timing"]);
}
