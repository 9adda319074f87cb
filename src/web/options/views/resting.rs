//! The prompts that do not come, or come less often, and how to bring them back.

use web_sys::Element;

use attune::engine::view::Resting;
use attune_toolkit::{Error, dom, words};

/// Draws the list.
pub fn draw(resting: &[Resting]) -> Result<(), Error> {
    let list: Element = dom::by_id("resting-rows")?;
    for (row, one) in dom::rows(&list, "rest", resting.len())?.iter().zip(resting) {
        dom::set_text(&dom::find::<Element>(row, ".title")?, &one.cue);
        dom::set_text(&dom::find::<Element>(row, ".more")?, &why(one)?);
        let button: Element = dom::find(row, "[data-do=allow]")?;
        dom::set_attribute(&button, "data-id", &one.id)?;
        dom::set_attribute(&button, "aria-label", &words::fill("options_allow_named", &[&one.cue]))?;
    }
    dom::show_by_id("none-resting", resting.is_empty())
}

/// Why a prompt stays away, and until which day if that is a matter of time.
fn why(resting: &Resting) -> Result<String, Error> {
    let why = words::message(&resting.why);
    match resting.until {
        Some(until) => Ok(words::fill("options_resting_until", &[&why, &words::day(until)?])),
        None => Ok(why),
    }
}
