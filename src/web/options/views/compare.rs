//! The differences between two decks, in words.

use web_sys::Element;

use attune::deck::DeckFile;
use attune::deck::compare::{Comparison, Difference, Row, Rows, compare};
use attune_toolkit::{Error, dom, words};

/// How many rows are shown at once.
const SHOWN: usize = 300;

struct Told {
    title: String,
    how: &'static str,
    fields: Vec<Difference>,
}

/// Draws what `deck` says differently from the shipped one.
pub fn draw(shipped: &DeckFile, deck: &DeckFile) -> Result<(), Error> {
    let Comparison { deck: of_deck, elements, profiles, items, prompts } = compare(shipped, deck);
    let mut told = Vec::new();
    if !of_deck.is_empty() {
        told.push(Told { title: words::text("compare_deck"), how: "compare_changed", fields: of_deck });
    }
    for rows in [prompts, items, profiles, elements] {
        told.extend(rows_told(rows));
    }
    let sum = match told.len() {
        0 => words::text("compare_same"),
        many => words::count("compare_sum", many as u32, &[]),
    };
    dom::set_text_by_id("comparison-title", &words::fill("compare_title", &[&deck.title]))?;
    dom::set_text_by_id("comparison-sum", &sum)?;
    let list: Element = dom::by_id("comparison-rows")?;
    for (row, told) in dom::rows(&list, "difference", told.len().min(SHOWN))?.iter().zip(&told) {
        dom::set_text(&dom::find::<Element>(row, ".title")?, &told.title);
        dom::set_text(&dom::find::<Element>(row, ".more")?, &words::text(told.how));
        let fields: Element = dom::find(row, "dl")?;
        for (part, field) in dom::rows(&fields, "difference-field", told.fields.len())?.iter().zip(&told.fields) {
            dom::set_text(&dom::find::<Element>(part, "dt")?, &field.field);
            for (selector, text) in [("del", &field.old), ("ins", &field.new)] {
                let element: Element = dom::find(part, selector)?;
                dom::set_text(&element, text.as_deref().unwrap_or_default());
                dom::show(&element, text.is_some())?;
            }
        }
    }
    Ok(())
}

fn rows_told(rows: Rows) -> Vec<Told> {
    let whole = |how| move |Row { label, .. }: Row| Told { title: label, how, fields: Vec::new() };
    let changed =
        rows.changed.into_iter().map(|row| Told { title: row.label, how: "compare_changed", fields: row.fields });
    let added = rows.added.into_iter().map(whole("compare_added"));
    let removed = rows.removed.into_iter().map(whole("compare_removed"));
    changed.chain(added).chain(removed).collect()
}
