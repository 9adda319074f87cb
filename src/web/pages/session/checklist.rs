//! Lists of items to tick, each with more about it on demand.

use web_sys::{Element, HtmlInputElement, KeyboardEvent};

use attune::engine::view::Row;
use attune_toolkit::{Error, dom, words};

/// Draws items into the list with this id.
pub fn draw<'a>(list: &str, items: impl ExactSizeIterator<Item = &'a Row>) -> Result<(), Error> {
    let list: Element = dom::by_id(list)?;
    for (row, item) in dom::rows(&list, "item", items.len())?.iter().zip(items) {
        draw_item(row, item)?;
    }
    Ok(())
}

fn draw_item(row: &Element, item: &Row) -> Result<(), Error> {
    let input: HtmlInputElement = dom::find(row, "input")?;
    if input.get_attribute("data-tick").as_deref() != Some(&*item.id) {
        // What was open about the item that was here before means nothing for this one.
        dom::find::<Element>(row, "details")?.remove_attribute("open")?;
        dom::set_attribute(&input, "data-tick", &item.id)?;
    }
    if input.checked() != item.done {
        input.set_checked(item.done);
    }
    dom::set_text(&dom::find::<Element>(row, "label span")?, &item.label);
    dom::set_attribute(
        &dom::find::<Element>(row, "summary")?,
        "aria-label",
        &words::fill("item_more", &[&item.label]),
    )?;
    dom::set_text(&dom::find::<Element>(row, "p")?, &item.explanation);
    Ok(())
}

/// Says how many of them are done, as in *Checklist, 2 of 5*.
pub fn tally<'a>(id: &str, key: &str, items: impl Iterator<Item = &'a Row>) -> Result<(), Error> {
    let (mut done, mut all) = (0, 0);
    for item in items {
        all += 1;
        done += u32::from(item.done);
    }
    dom::set_text_by_id(id, &words::fill(key, &[&done.to_string(), &all.to_string()]))
}

/// The arrow keys go from item to item.
pub fn step(event: &KeyboardEvent) -> Result<(), Error> {
    let step: i32 = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return Ok(()),
    };
    let Some(on) = dom::nearest(event, "[data-tick]") else { return Ok(()) };
    let all = on_screen()?;
    let Some(here) = all.iter().position(|one| one.is_same_node(Some(&on))) else { return Ok(()) };
    event.prevent_default();
    let there = usize::try_from(here as i32 + step).ok().and_then(|there| all.get(there));
    there.map_or(Ok(()), |there| dom::focus(there))
}

/// Goes to the first item that is not ticked, or to the first.
pub fn enter() -> Result<(), Error> {
    let all = on_screen()?;
    let open = all.iter().find(|one| !one.checked());
    open.or(all.first()).map_or(Ok(()), |item| dom::focus(item))
}

fn on_screen() -> Result<Vec<HtmlInputElement>, Error> {
    Ok(dom::all::<HtmlInputElement>("[data-tick]")?.into_iter().filter(|item| dom::is_on_screen(item)).collect())
}
