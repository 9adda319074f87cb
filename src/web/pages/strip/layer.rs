//! What the strip shows, as a layer: a dot, words, a card, a question; how large it is, and what a screen reader says.

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};

use crate::kind_name;
use attune::engine::view::{Card, Strip};
use attune_toolkit::browser::window;
use attune_toolkit::keys::Keys;
use attune_toolkit::{Error, dom, words};

/// The layer for what should be shown; none if that is nothing.
pub fn of(shown: &Strip, keys: &Keys) -> Result<Option<HtmlElement>, Error> {
    let template = match shown {
        Strip::Clear => return Ok(None),
        Strip::Dot { .. } => "dot",
        Strip::Words { .. } => "words",
        Strip::Card(_) => "card",
        Strip::Notice(_) => "notice",
        Strip::Question { .. } => "question",
        Strip::Over => "over",
        Strip::Another => "another",
    };
    let layer: HtmlElement = dom::clone_template(template)?.unchecked_into();
    match shown {
        Strip::Clear | Strip::Dot { .. } | Strip::Over | Strip::Another => {}
        Strip::Words { kind, cue, .. } => {
            dom::set_attribute(&layer, "data-kind", kind_name(*kind))?;
            dom::set_text(&dom::find::<Element>(&layer, ".words")?, cue);
        }
        Strip::Card(card) => fill(&layer, card, keys)?,
        Strip::Notice(message) => dom::set_text(&layer, &words::message(message)),
        Strip::Question { away } => dom::set_attribute(&layer, "aria-label", &words::message(away))?,
    }
    Ok(Some(layer))
}

/// Writes a card.
pub fn fill(layer: &Element, card: &Card, keys: &Keys) -> Result<(), Error> {
    dom::set_attribute(layer, "data-kind", kind_name(card.kind))?;
    let fill = |part: &str, text: &str| -> Result<(), Error> {
        let part: Element = dom::find(layer, part)?;
        dom::set_text(&part, text);
        dom::show(&part, !text.is_empty())
    };
    fill(".words", &card.cue)?;
    fill(".left", &words::message(&card.left))?;
    fill(".text", &card.text)?;
    fill(".say", card.say.as_deref().unwrap_or_default())?;
    fill(".why", &words::message(&card.why))?;
    fill(".reason", card.reason.as_deref().unwrap_or_default())?;
    dom::show(&dom::find(layer, "[data-do=never]")?, card.never)?;
    // A long one breaks after a plus.
    let hint = |command: &str| keys.of(command).replace('+', "+\u{200b}");
    fill("[data-do=did_it] .key", &hint("glance"))?;
    fill("[data-do=not_now] .key", &hint("not-now"))
}

/// What a screen reader says when `shown` follows `before`.
pub fn said(before: &Strip, shown: &Strip) -> String {
    match shown {
        Strip::Clear => String::new(),
        Strip::Dot { .. } => words::text("strip_due"),
        Strip::Words { cue, .. } => cue.clone(),
        Strip::Card(card) if matches!(before, Strip::Words { number, .. } if *number == card.number) => {
            card.text.clone()
        }
        Strip::Card(card) => [&card.cue, ". ", &card.text].concat(),
        Strip::Notice(message) => words::message(message),
        Strip::Question { away } => words::message(away),
        Strip::Over => words::text("over"),
        Strip::Another => words::text("another"),
    }
}

/// Gives a layer its size: in steps, because a page can find out where it takes clicks, and a cue's own width and
/// height would give it away; and an even number of pixels wide, so that its centre falls between two and its words
/// stay sharp.
pub fn fit(layer: &HtmlElement) -> Result<(), Error> {
    let style = layer.style();
    style.remove_property("--width")?;
    style.remove_property("--height")?;
    let natural = layer.get_bounding_client_rect();
    let (width, height) = (natural.width(), natural.height());
    let steps = |size: f64, step: u32| (size / f64::from(step)).ceil() as u32 * step;
    // Every dot has the same size.
    let width = if width > height { steps(width, 60) } else { steps(width, 2) };
    dom::set_style(layer, "--width", &[&width.to_string(), "px"].concat())?;
    dom::set_style(layer, "--height", &[&steps(height, 40).to_string(), "px"].concat())
}

/// How long a layer takes to fade out, in ms, according to the style sheet: no time at all if reduced motion is wanted.
pub fn fade_time(layer: &HtmlElement) -> Result<f64, Error> {
    Ok(pixels(layer, "transition-duration")? * 1000.0)
}

/// The number at the start of a computed style.
pub fn pixels(element: &Element, property: &str) -> Result<f64, Error> {
    let Some(style) = window().get_computed_style(element)? else { return Ok(0.0) };
    let number = js_sys::Number::parse_float(&style.get_property_value(property)?);
    Ok(if number.is_nan() { 0.0 } else { number })
}
