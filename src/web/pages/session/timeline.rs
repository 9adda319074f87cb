//! The hour as a line: its quiet ends, what has come so far, now, and, where there is room, the stretches in which
//! something may come or was silenced. It does not say exactly when something comes: that would draw the eye.

use web_sys::{Element, HtmlElement};

use attune::engine::view::Running;
use attune::time::{Offset, Span};
use attune_toolkit::{Error, dom, words};
use wasm_bindgen::JsCast;

/// Draws the line and says the same in words.
pub fn draw(running: &Running) -> Result<(), Error> {
    let line: HtmlElement = dom::by_id("line")?;
    dom::set_style(&line, "--now", &running.elapsed.thousandths(running.length).to_string())?;

    stretches("quiet", &running.quiet, running.length)?;
    stretches("may", &running.may, running.length)?;
    stretches("silences", &running.silences, running.length)?;
    let list: Element = dom::by_id("marks")?;
    for (row, mark) in dom::rows(&list, "mark", running.marks.len())?.iter().zip(&running.marks) {
        dom::set_style(row.unchecked_ref(), "--at", &mark.at.thousandths(running.length).to_string())?;
        let parts = [&mark.at.minute().to_string(), &mark.cue, &words::message(&mark.outcome)];
        dom::set_attribute(row, "title", &words::fill("mark", &parts.map(String::as_str)))?;
    }

    let length = running.length.minutes_down();
    let minute = running.elapsed.since(Offset::START).minutes_down();
    let key = if running.elapsed.since(Offset::START) < running.length { "minute_of" } else { "minute_over" };
    let minutes = words::fill(key, &[&minute.to_string(), &length.to_string()]);
    // The cue that is due has come, although it has no outcome yet.
    let so_far = match running.marks.len() + usize::from(running.cue.is_some()) {
        0 => words::text("cues_so_far_none"),
        number => words::count("cues_so_far", number as u32, &[]),
    };
    dom::set_text_by_id("so-far", &[&minutes, " · ", &so_far].concat())
}

fn stretches(list: &str, stretches: &[(Offset, Offset)], length: Span) -> Result<(), Error> {
    let Some(list) = dom::by_id_if_there::<Element>(list) else { return Ok(()) };
    for (row, (from, to)) in dom::rows(&list, "stretch", stretches.len())?.iter().zip(stretches) {
        dom::set_style(row.unchecked_ref(), "--from", &from.thousandths(length).to_string())?;
        dom::set_style(row.unchecked_ref(), "--to", &to.thousandths(length).to_string())?;
    }
    Ok(())
}
