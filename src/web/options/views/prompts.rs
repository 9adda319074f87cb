//! The prompts of the deck in use, to be turned on and off, reworded, retimed and added to.

use web_sys::Element;

use crate::open::Open;
use crate::parts::form::{self, Field, field};
use crate::parts::rows::{self, Row};
use attune::deck::changes::{Changes, OwnPrompt, OwnTrigger, PromptChange, PromptForm, TimingForm, Which};
use attune::deck::digits;
use attune::deck::{Anchor, Deck, Kind, Prompt, Set, Timing, Trigger};
use attune_toolkit::{Error, dom, words};

const KINDS: [(&str, &str, Kind); 3] = [
    ("nonverbal", "skills_nonverbal", Kind::Nonverbal),
    ("verbal", "skills_verbal", Kind::Verbal),
    ("reflective", "skills_reflective", Kind::Reflective),
];
/// The window of a new prompt, in minutes.
const NEW_WINDOW: (f64, f64) = (5.0, 40.0);

/// Draws the list, filtered by the search, with at most `shown` rows.
pub fn draw(open: &Open, shown: usize, editing: Option<&str>) -> Result<(), Error> {
    let (deck, listing) = (&open.listing.deck, &open.listing);
    let search: Field = dom::by_id("prompts-words")?;
    let which: Field = dom::by_id("prompts-which")?;
    let which = Which::ALL.iter().find(|(name, _)| *name == which.value()).map(|(_, which)| *which);
    let found = listing.prompts_with(&search.value(), which.unwrap_or_default());
    let on = listing.prompts.iter().filter(|listed| listed.on && listed.gone_with.is_none()).count();
    dom::set_text_by_id("prompts-about", &words::fill("options_prompts_about", &[&deck.title]))?;
    let count = match found.len() == deck.prompts.len() {
        true => words::count("options_prompts_on", on as u32, &[&deck.prompts.len().to_string()]),
        false => words::count("options_found", found.len() as u32, &[&deck.prompts.len().to_string()]),
    };
    dom::set_text_by_id("prompts-count", &count)?;
    dom::show_by_id("take-back", !open.changes.is_empty())?;
    rows::draw(
        "prompts",
        found.len(),
        shown,
        |index| {
            let (prompt, listed) = (&deck.prompts[found[index]], listing.prompts[found[index]]);
            let mut more = vec![when(prompt, deck)];
            if let Some(item) = listed.gone_with {
                more = vec![words::fill("row_gone", &[&deck.checklist[item].label])];
            }
            more.extend(rows::only(prompt.channels));
            more.extend(rows::standing(listed));
            let on = listed.on && listed.gone_with.is_none();
            Row { id: &prompt.id, title: &prompt.cue, more, on, can_turn: listed.gone_with.is_none() }
        },
        editing,
    )
}

/// What brings a prompt, and when.
fn when(prompt: &Prompt, deck: &Deck) -> String {
    let window = |timing: &Timing| [timing.from, timing.to].map(|at| digits(at.as_minutes()));
    let end = |timing: &Timing, key: &str| match timing.anchor {
        Anchor::Start => key.to_owned(),
        Anchor::End => [key, "_end"].concat(),
    };
    match &prompt.trigger {
        Trigger::Timer(timing) => {
            let [from, to] = window(timing);
            words::fill(&end(timing, "when_turn"), &[&from, &to])
        }
        Trigger::Checklist(timing) => {
            let [from, to] = window(timing);
            let item = prompt.unless_ticked.and_then(|item| deck.checklist.get(item));
            let label = item.map_or("", |item| item.label.as_str());
            words::fill(&end(timing, "when_item"), &[label, &from, &to])
        }
        Trigger::Moment(moment) => words::fill("when_moment", &[&moment.label]),
    }
}

/// Fills the form for a prompt; without an id, for a new one.
pub fn fill(form: &Element, open: &Open, id: Option<&str>) -> Result<(), Error> {
    let deck = &open.listing.deck;
    let prompt = id.and_then(|id| deck.prompt(id)).map(|index| &deck.prompts[index]);
    let own = prompt.is_none_or(|prompt| open.changes.is_own(&prompt.id));
    lists(form, deck)?;
    let (from, to) = NEW_WINDOW;
    let new = OwnPrompt {
        form: PromptForm {
            timing: TimingForm {
                from_min: Some(from),
                to_min: Some(to),
                repeat_every_min: None,
                max_per_session: Some(1.0),
            },
            ..PromptForm::default()
        },
        kind: Kind::Nonverbal,
        element: deck.elements.first().map_or_else(String::new, |element| element.id.to_string()),
        trigger: OwnTrigger::Turn,
        priority: 3,
        channels: Set::all(),
    };
    let values = prompt.map_or(new, |prompt| OwnPrompt::of(prompt, deck));
    for (name, text) in [
        ("cue", &values.form.cue),
        ("text", &values.form.text),
        ("say", &values.form.say),
        ("label", &values.form.label),
        ("element", &values.element),
        ("priority", &values.priority.to_string()),
    ] {
        field(form, name)?.set_value(text);
    }
    rows::put_channels(form, values.channels)?;
    let timing = values.form.timing;
    for (name, number) in [
        ("from_min", timing.from_min),
        ("to_min", timing.to_min),
        ("repeat_every_min", timing.repeat_every_min),
        ("max_per_session", timing.max_per_session),
    ] {
        form::put_number(form, name, number)?;
    }
    let kind = KINDS.iter().find(|(.., kind)| *kind == values.kind).map_or("", |(name, ..)| name);
    field(form, "kind")?.set_value(kind);
    let (trigger, item) = match &values.trigger {
        OwnTrigger::Turn => ("turn", None),
        OwnTrigger::Item(item) => ("item", Some(item)),
        OwnTrigger::Moment => ("moment", None),
    };
    field(form, "trigger")?.set_value(trigger);
    if let Some(item) = item {
        field(form, "item")?.set_value(item);
    }
    let ends = prompt.and_then(Prompt::timing).is_some_and(|timing| timing.anchor == Anchor::End);
    if ends {
        dom::set_text(&dom::find::<Element>(form, ".from")?, &words::text("field_from_end"));
        dom::set_text(&dom::find::<Element>(form, ".to")?, &words::text("field_to_end"));
    }
    let why: Element = dom::find(form, ".why")?;
    let said = prompt.filter(|_| !own).map(|prompt| rows::why(prompt.reason.as_deref(), &prompt.basis));
    dom::set_text(&why, said.as_deref().unwrap_or_default());
    dom::show(&why, said.is_some())?;
    dom::show(&dom::find::<Element>(form, ".own")?, own)?;
    rows::ends(
        form,
        own,
        prompt.is_some(),
        id.is_some_and(|id| open.changes.prompts.get(id).is_some_and(|change| !is_bare(change))),
    )?;
    suit(form)
}

fn is_bare(change: &PromptChange) -> bool {
    *change == PromptChange { off: change.off, ..Default::default() }
}

fn lists(form: &Element, deck: &Deck) -> Result<(), Error> {
    let say = |key: &str| words::text(key);
    let triggers = ["turn", "item", "moment"].map(|name| (name.to_owned(), say(&["trigger_", name].concat())));
    form::choices(&field(form, "trigger")?, &triggers)?;
    let items: Vec<_> = deck.checklist.iter().map(|item| (item.id.to_string(), item.label.clone())).collect();
    form::choices(&field(form, "item")?, &items)?;
    form::choices(&field(form, "kind")?, &KINDS.map(|(name, key, _)| (name.to_owned(), say(key))))?;
    form::choices(&field(form, "element")?, &rows::elements(deck))?;
    let priorities = [1_u8, 2, 3, 4, 5].map(|n| (n.to_string(), say(&["priority_", &n.to_string()].concat())));
    form::choices(&field(form, "priority")?, &priorities)
}

/// Shows the fields that fit what brings the prompt.
pub fn suit(form: &Element) -> Result<(), Error> {
    let trigger = field(form, "trigger")?.value();
    form::show(form, "item", trigger == "item")?;
    form::show(form, "label", trigger == "moment")?;
    dom::show(&dom::find::<Element>(form, ".times")?, trigger != "moment")
}

/// What the form says.
fn read(form: &Element) -> Result<OwnPrompt, Error> {
    let value = |name: &str| Ok::<_, wasm_bindgen::JsValue>(field(form, name)?.value());
    let kind = value("kind")?;
    Ok(OwnPrompt {
        form: PromptForm {
            cue: form::text(form, "cue")?,
            text: form::text(form, "text")?,
            say: form::text(form, "say")?,
            label: form::text(form, "label")?,
            timing: TimingForm {
                from_min: form::number(form, "from_min")?,
                to_min: form::number(form, "to_min")?,
                repeat_every_min: form::number(form, "repeat_every_min")?,
                max_per_session: form::number(form, "max_per_session")?,
            },
        },
        kind: KINDS.iter().find(|(name, ..)| *name == kind).map_or(Kind::Nonverbal, |(.., kind)| *kind),
        element: value("element")?,
        trigger: match value("trigger")?.as_str() {
            "item" => OwnTrigger::Item(value("item")?),
            "moment" => OwnTrigger::Moment,
            _ => OwnTrigger::Turn,
        },
        priority: value("priority")?.parse().unwrap_or(3),
        channels: rows::channels_of(form)?,
    })
}

/// The changes with what the form says, and the form's place among them.
pub fn saved(form: &Element, open: &Open, id: Option<&str>) -> Result<(Changes, String), Error> {
    let said = read(form)?;
    let mut changes = open.changes.clone();
    let plain = id.and_then(|id| open.listing.plain.prompt(id)).map(|index| &open.listing.plain.prompts[index]);
    match plain.filter(|prompt| !changes.is_own(&prompt.id)) {
        Some(prompt) => {
            changes.word_prompt(prompt, &said.form);
            let place = ["prompts[", &prompt.id, "]"].concat();
            Ok((changes, place))
        }
        None => {
            let place = changes.put_prompt(id, &said, &open.listing.deck).to_string();
            Ok((changes, ["own_prompts[", &place, "]"].concat()))
        }
    }
}
