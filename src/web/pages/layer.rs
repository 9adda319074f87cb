//! What the strip shows, as a layer: a dot, words, a card, a question; how large it is, and how it is said aloud.

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};

use crate::kind_name;
use attune::engine::view::{Card, Strip};
use attune_toolkit::browser::{Keys, window};
use attune_toolkit::dom::{self, Done};
use attune_toolkit::keys::named;
use attune_toolkit::words;

/// The layer for what is to be shown; none, if that is nothing.
pub fn of(shown: &Strip, keys: Option<&Keys>) -> Done<Option<HtmlElement>> {
    let template = match shown {
        Strip::Clear => return Ok(None),
        Strip::Dot { .. } => "dot",
        Strip::Words { .. } => "words",
        Strip::Card(_) => "card",
        Strip::Notice(_) => "notice",
        Strip::Question { .. } => "question",
        Strip::Over => "over",
    };
    let layer: HtmlElement = dom::copy(template)?.unchecked_into();
    match shown {
        Strip::Clear | Strip::Dot { .. } | Strip::Over => {}
        Strip::Words { kind, cue, .. } => {
            dom::attribute(&layer, "data-kind", kind_name(*kind))?;
            dom::write(&dom::find::<Element>(&layer, ".words")?, cue);
        }
        Strip::Card(card) => fill(&layer, card, keys)?,
        Strip::Notice(message) => dom::write(&layer, &words::word(message)),
        Strip::Question { away } => dom::attribute(&layer, "aria-label", &words::word(away))?,
    }
    Ok(Some(layer))
}

/// Writes a card.
pub fn fill(layer: &Element, card: &Card, keys: Option<&Keys>) -> Done {
    dom::attribute(layer, "data-kind", kind_name(card.kind))?;
    let write = |part: &str, text: &str| -> Done {
        let part: Element = dom::find(layer, part)?;
        dom::write(&part, text);
        dom::show(&part, !text.is_empty())
    };
    write(".words", &card.cue)?;
    write(".left", &words::word(&card.left))?;
    write(".text", &card.text)?;
    write(".say", card.say.as_deref().unwrap_or_default())?;
    write(".why", &words::word(&card.why))?;
    write(".reason", card.reason.as_deref().unwrap_or_default())?;
    dom::show(&dom::find(layer, "[data-do=never]")?, card.never)?;
    // A long one breaks after a plus.
    let hint = |key: Option<String>| named(&key.unwrap_or_default()).replace('+', "+\u{200b}");
    write("[data-do=did_it] .key", &hint(keys.and_then(Keys::glance)))?;
    write("[data-do=not_now] .key", &hint(keys.and_then(Keys::not_now)))
}

/// What a screen reader is told when this comes after that.
pub fn said(before: &Strip, shown: &Strip) -> String {
    match shown {
        Strip::Clear => String::new(),
        Strip::Dot { .. } => words::say("strip_due"),
        Strip::Words { cue, .. } => cue.clone(),
        Strip::Card(card) if matches!(before, Strip::Words { number, .. } if *number == card.number) => {
            card.text.clone()
        }
        Strip::Card(card) => [&card.cue, ". ", &card.text].concat(),
        Strip::Notice(message) => words::word(message),
        Strip::Question { away } => words::word(away),
        Strip::Over => words::say("over"),
    }
}

/// Gives a layer its size: in steps, because a page can find out where it takes clicks, and a cue's own width and height
/// would tell which it is; and an even number of pixels wide, so that its centre falls between two and its words stay sharp.
pub fn fit(layer: &HtmlElement) -> Done {
    let style = layer.style();
    style.remove_property("--width")?;
    style.remove_property("--height")?;
    let natural = layer.get_bounding_client_rect();
    let (width, height) = (natural.width(), natural.height());
    let steps = |size: f64, step: u32| (size / f64::from(step)).ceil() as u32 * step;
    // The dot is as large as any other.
    let width = if width > height { steps(width, 60) } else { steps(width, 2) };
    dom::style(layer, "--width", &[&width.to_string(), "px"].concat())?;
    dom::style(layer, "--height", &[&steps(height, 40).to_string(), "px"].concat())
}

/// How long a layer takes to fade out, in ms, as the style sheet says: no time at all where motion is not wanted.
pub fn fade_time(layer: &HtmlElement) -> Done<f64> {
    Ok(pixels(layer, "transition-duration")? * 1000.0)
}

/// The number at the start of a computed style.
pub fn pixels(element: &Element, property: &str) -> Done<f64> {
    let Some(style) = window().get_computed_style(element)? else { return Ok(0.0) };
    let number = js_sys::Number::parse_float(&style.get_property_value(property)?);
    Ok(if number.is_nan() { 0.0 } else { number })
}
