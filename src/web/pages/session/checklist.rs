//! Lists of items to tick, each with more about it on demand.

use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use attune::engine::view::Row;
use attune_toolkit::dom::{self, Done};
use attune_toolkit::words;
use wasm_bindgen::JsCast;

/// Draws items into the list with this id.
pub fn draw<'a>(list: &str, items: impl ExactSizeIterator<Item = &'a Row>) -> Done {
    let list: Element = dom::by_id(list)?;
    for (row, item) in dom::rows(&list, "item", items.len())?.iter().zip(items) {
        draw_item(row, item)?;
    }
    Ok(())
}

fn draw_item(row: &Element, item: &Row) -> Done {
    let input: HtmlInputElement = dom::find(row, "input")?;
    if input.get_attribute("data-tick").as_deref() != Some(&*item.id) {
        // What was open about the item that stood here before means nothing for this one.
        dom::find::<Element>(row, "details")?.remove_attribute("open")?;
        dom::attribute(&input, "data-tick", &item.id)?;
    }
    if input.checked() != item.done {
        input.set_checked(item.done);
    }
    dom::write(&dom::find::<Element>(row, "label span")?, &item.label);
    dom::attribute(&dom::find::<Element>(row, "summary")?, "aria-label", &words::fill("item_more", &[&item.label]))?;
    dom::write(&dom::find::<Element>(row, "p")?, &item.explanation);
    Ok(())
}

/// Says how many of them are done, as in *Checklist, 2 of 5*.
pub fn tally<'a>(id: &str, key: &str, items: impl Iterator<Item = &'a Row>) -> Done {
    let (mut done, mut all) = (0, 0);
    for item in items {
        all += 1;
        done += u32::from(item.done);
    }
    dom::write_to(id, &words::fill(key, &[&done.to_string(), &all.to_string()]))
}

/// The arrow keys go from item to item.
pub fn step(event: &KeyboardEvent) -> Done {
    let step: i32 = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return Ok(()),
    };
    let Some(on) = dom::nearest(event, "[data-tick]") else { return Ok(()) };
    let all: Vec<HtmlElement> = dom::all("[data-tick]")?.into_iter().filter(dom::is_on_screen).collect();
    let Some(here) = all.iter().position(|one| one.is_same_node(Some(&on))) else { return Ok(()) };
    event.prevent_default();
    match usize::try_from(here as i32 + step).ok().and_then(|there| all.get(there)) {
        Some(there) => there.focus(),
        None => Ok(()),
    }
}

/// Goes to the first item that is not ticked, or to the first.
pub fn enter() -> Done {
    let mut all = dom::all("[data-tick]")?.into_iter().filter(dom::is_on_screen).peekable();
    let first = all.peek().cloned();
    let open = all.find(|one| !one.unchecked_ref::<HtmlInputElement>().checked());
    open.or(first).map_or(Ok(()), |item| item.focus())
}
