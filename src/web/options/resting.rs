//! The prompts that do not come, or come more seldom, and the way back.

use web_sys::Element;

use attune_toolkit::background::Away;
use attune_toolkit::dom::{self, Done};
use attune_toolkit::words;

/// Draws the list.
pub fn draw(resting: &[Away]) -> Done {
    let list: Element = dom::by_id("resting-rows")?;
    for (row, resting) in dom::rows(&list, "rest", resting.len())?.iter().zip(resting) {
        dom::write(&dom::find::<Element>(row, ".title")?, &resting.cue);
        dom::write(&dom::find::<Element>(row, ".more")?, &resting.why);
        let button: Element = dom::find(row, "[data-do=allow]")?;
        dom::attribute(&button, "data-id", &resting.id)?;
        dom::attribute(&button, "aria-label", &words::fill("options_allow_named", &[&resting.cue]))?;
    }
    dom::show_by_id("none-resting", resting.is_empty())
}
