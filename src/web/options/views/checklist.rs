//! The checklist of the deck in use, to be turned on and off, reworded and added to.

use web_sys::Element;

use crate::open::Open;
use crate::parts::form::{self, Field, field};
use crate::parts::rows::{self, Row};
use attune::deck::changes::{Changes, ItemChange, OwnItem};
use attune::deck::{Applies, Phase, Set};
use attune_toolkit::{Error, dom, words};

const PHASES: [(&str, Phase); 5] = [
    ("phase_before", Phase::Before),
    ("phase_opening", Phase::Opening),
    ("phase_working", Phase::Working),
    ("phase_closing", Phase::Closing),
    ("phase_after", Phase::After),
];

/// Draws the list, filtered by the search, with at most `shown` rows.
pub fn draw(open: &Open, shown: usize, editing: Option<&str>) -> Result<(), Error> {
    let (deck, listing) = (&open.listing.deck, &open.listing);
    let search: Field = dom::by_id("items-words")?;
    let found = listing.items_with(&search.value());
    let all = deck.checklist.len().to_string();
    let on = listing.items.iter().filter(|listed| listed.on).count();
    let count = match found.len() == deck.checklist.len() {
        true => words::count("options_items_on", on as u32, &[&all]),
        false => words::count("options_found", found.len() as u32, &[&all]),
    };
    dom::set_text_by_id("items-count", &count)?;
    rows::draw(
        "items",
        found.len(),
        shown,
        |index| {
            let (item, listed) = (&deck.checklist[found[index]], listing.items[found[index]]);
            let mut more = vec![words::text(PHASES[item.phase as usize].0)];
            match item.applies {
                Applies::Every => {}
                Applies::First => more.push(words::text("applies_first")),
                Applies::WhenNeeded => more.push(words::text("applies_when_needed")),
            }
            if item.core {
                more.push(words::text("row_core"));
            }
            more.extend(rows::only(item.channels));
            more.extend(rows::standing(listed));
            Row { id: &item.id, title: &item.label, more, on: listed.on, can_turn: true }
        },
        editing,
    )
}

/// Fills the form for an item; without an id, for a new one.
pub fn fill(form: &Element, open: &Open, id: Option<&str>) -> Result<(), Error> {
    let deck = &open.listing.deck;
    let item = id.and_then(|id| deck.item(id)).map(|index| &deck.checklist[index]);
    let own = item.is_none_or(|item| open.changes.is_own(&item.id));
    let phases = PHASES.map(|(key, _)| (key.to_owned(), words::text(key)));
    form::choices(&field(form, "phase")?, &phases)?;
    form::choices(&field(form, "element")?, &rows::elements(deck))?;
    rows::put_channels(form, item.map_or_else(Set::all, |item| item.channels))?;
    if let Some(item) = item {
        let values = OwnItem::of(item, deck);
        field(form, "label")?.set_value(&values.label);
        field(form, "explanation")?.set_value(&values.explanation);
        field(form, "phase")?.set_value(PHASES[item.phase as usize].0);
        field(form, "element")?.set_value(&values.element);
        field(form, "first")?.set_checked(values.first);
        field(form, "core")?.set_checked(values.core);
    }
    let why: Element = dom::find(form, ".why")?;
    let said = item.filter(|_| !own).map(|item| rows::why(None, &item.basis));
    dom::set_text(&why, said.as_deref().unwrap_or_default());
    dom::show(&why, said.is_some())?;
    dom::show(&dom::find::<Element>(form, ".own")?, own)?;
    let bare = |change: &ItemChange| *change == ItemChange { off: change.off, ..ItemChange::default() };
    let changed = id.is_some_and(|id| open.changes.items.get(id).is_some_and(|change| !bare(change)));
    rows::ends(form, own, item.is_some(), changed)
}

/// The changes with what the form says, and the form's place among them.
pub fn saved(form: &Element, open: &Open, id: Option<&str>) -> Result<(Changes, String), Error> {
    let (label, explanation) = (form::text(form, "label")?, form::text(form, "explanation")?);
    let mut changes = open.changes.clone();
    let plain = id.and_then(|id| open.listing.plain.item(id)).map(|index| &open.listing.plain.checklist[index]);
    if let Some(item) = plain.filter(|item| !changes.is_own(&item.id)) {
        changes.word_item(item, &label, &explanation);
        return Ok((changes, ["items[", &item.id, "]"].concat()));
    }
    let phase = field(form, "phase")?.value();
    let item = OwnItem {
        label,
        explanation,
        phase: PHASES.iter().find(|(key, _)| *key == phase).map_or(Phase::Before, |(_, phase)| *phase),
        element: field(form, "element")?.value(),
        first: field(form, "first")?.checked(),
        core: field(form, "core")?.checked(),
        channels: rows::channels_of(form)?,
    };
    let place = changes.put_item(id, &item).to_string();
    Ok((changes, ["own_items[", &place, "]"].concat()))
}
