//! After the end: what came, and what became of it. Nothing is counted: it is a picture, not a score.

use web_sys::Element;

use super::checklist;
use attune::engine::view::{Ended, Mark};
use attune_toolkit::{Error, dom, words};

/// Draws a session that is over.
pub fn draw(ended: &Ended) -> Result<(), Error> {
    dom::set_text_by_id("length-was", &words::count("minutes_long", ended.minutes as u32, &[]))?;
    let came = match ended.marks.len() {
        0 => words::text("cues_came_none"),
        number => words::count("cues_came", number as u32, &[]),
    };
    dom::set_text_by_id("came", &came)?;
    dom::show_by_id("by-itself", ended.by_itself)?;
    dom::show_by_id("go-on", ended.may_go_on)?;
    log(&ended.marks)?;
    checklist::draw("after-items", ended.checklist.iter())?;
    checklist::tally("after-tally", "checklist", ended.checklist.iter())?;
    dom::show_by_id("after", !ended.checklist.is_empty())
}

/// What came, line by line.
pub fn log(marks: &[Mark]) -> Result<(), Error> {
    let list: Element = dom::by_id("entries")?;
    for (row, mark) in dom::rows(&list, "entry", marks.len())?.iter().zip(marks) {
        dom::set_text(&dom::find::<Element>(row, "td")?, &mark.at.minute().to_string());
        dom::set_text(&dom::find::<Element>(row, ".words")?, &mark.cue);
        dom::set_text(&dom::find::<Element>(row, ".outcome")?, &words::message(&mark.outcome));
    }
    dom::show_by_id("log", !marks.is_empty())
}
