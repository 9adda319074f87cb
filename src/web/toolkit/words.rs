//! What the pages say, in the reader's language.

use js_sys::Intl::PluralRules;
use js_sys::{Array, Date};
use serde::Serialize;
use web_sys::Element;

use super::browser::{document, runtime};
use super::dom::{self, set_attribute, set_text};
use super::error::Error;
use super::value::to_js;
use attune::text::Message;
use attune::time::Timestamp;

/// The text under `key`; the key itself if there is none, so that a mistake is noticed.
pub fn text(key: &str) -> String {
    fill(key, &[])
}

/// The text under `key`, with what `$1`, `$2`, … stand for.
pub fn fill(key: &str, args: &[&str]) -> String {
    let text = runtime::text(key, args.iter().map(|arg| isolated(arg)).collect());
    if text.is_empty() { key.to_owned() } else { text }
}

/// The text of a message from the core.
pub fn message(message: &Message) -> String {
    fill(&message.key, &message.args.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A text that counts: `$1` is the number, and the form of the text is `key` with the number's plural category, as in
/// `cues_one` and `cues_other`.
pub fn count(key: &str, number: u32, more: &[&str]) -> String {
    let digits = number.to_string();
    let args = [&[digits.as_str()], more].concat();
    let form = [key, "_", &plural(number)].concat();
    let text = fill(&form, &args);
    if text == form { fill(&[key, "_other"].concat(), &args) } else { text }
}

/// The plural category of a number: `one`, `other`, …
fn plural(number: u32) -> String {
    let language = Array::of1(&text("language").into());
    PluralRules::new(&language, &js_sys::Object::new()).select(number.into()).into()
}

/// The parts of a date, and how each is written.
#[derive(Serialize)]
struct DateForm {
    day: &'static str,
    month: &'static str,
}

/// The day of a time, as people write it: *3 May*.
///
/// # Errors
/// None in practice.
pub fn day(time: Timestamp) -> Result<String, Error> {
    let form = to_js(&DateForm { day: "numeric", month: "long" })?;
    let date = Date::new(&(time.0 as f64).into());
    Ok(date.to_locale_date_string(&text("language"), &form).into())
}

/// Fills in the page's language, and every text that its HTML asks for by key: `data-i18n` is for text,
/// `data-i18n-label` for an accessible name. Templates are filled in as well, and so are the copies made from them
/// later.
///
/// # Errors
/// If the browser refuses to change an element.
pub fn localise_page() -> Result<(), Error> {
    let document = document();
    if let Some(root) = document.document_element() {
        set_attribute(&root, "lang", &text("language"))?;
    }
    dom::all_with_templates("[data-i18n], [data-i18n-label]")?.iter().try_for_each(localise)
}

fn localise(element: &Element) -> Result<(), Error> {
    if let Some(key) = element.get_attribute("data-i18n") {
        set_text(element, &text(&key));
    }
    if let Some(key) = element.get_attribute("data-i18n-label") {
        set_attribute(element, "aria-label", &text(&key))?;
        if element.has_attribute("placeholder") {
            set_attribute(element, "placeholder", &text(&key))?;
        }
    }
    Ok(())
}

/// Inside a sentence of ours, a word from a deck keeps its own reading direction.
fn isolated(arg: &str) -> String {
    let turns = arg.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}'));
    if turns { ["\u{2068}", arg, "\u{2069}"].concat() } else { arg.to_owned() }
}
