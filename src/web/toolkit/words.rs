//! What the pages say, in the reader's language.

use wasm_bindgen::JsCast;
use web_sys::Element;

use super::browser::{document, get_message, plural};
use super::dom::{Done, attribute, write};
use attune::text::Message;

/// The text under `key`; the key itself if there is none, so that a slip is seen.
pub fn say(key: &str) -> String {
    fill(key, &[])
}

/// The text under `key`, with what `$1`, `$2`, … stand for.
pub fn fill(key: &str, args: &[&str]) -> String {
    let text = get_message(key, args.iter().map(|arg| isolated(arg)).collect());
    if text.is_empty() { key.to_owned() } else { text }
}

/// A message of the core.
pub fn word(message: &Message) -> String {
    fill(&message.key, &message.args.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A text that counts: `$1` is the number, and the form of the text is `key` with the number's plural category, as in
/// `cues_one` and `cues_other`.
pub fn count(key: &str, number: u32, more: &[&str]) -> String {
    let digits = number.to_string();
    let args = [&[digits.as_str()], more].concat();
    let form = [key, "_", &plural(&say("language"), number)].concat();
    let text = fill(&form, &args);
    if text == form { fill(&[key, "_other"].concat(), &args) } else { text }
}

/// Puts words to the page: its language, and all that its HTML names by key.
pub fn localise_page() -> Done {
    let Some(root) = document().document_element() else { return Ok(()) };
    attribute(&root, "lang", &say("language"))?;
    localise(&root)
}

/// Fills in what `data-i18n` (text) and `data-i18n-label` (accessible name) ask for, in an element and inside it.
pub fn localise(root: &Element) -> Done {
    one(root)?;
    let inside = root.query_selector_all("[data-i18n], [data-i18n-label]")?;
    for index in 0..inside.length() {
        if let Some(node) = inside.item(index) {
            one(node.unchecked_ref())?;
        }
    }
    Ok(())
}

fn one(element: &Element) -> Done {
    if let Some(key) = element.get_attribute("data-i18n") {
        write(element, &say(&key));
    }
    if let Some(key) = element.get_attribute("data-i18n-label") {
        attribute(element, "aria-label", &say(&key))?;
        if element.has_attribute("placeholder") {
            attribute(element, "placeholder", &say(&key))?;
        }
    }
    Ok(())
}

/// A word from a deck inside a sentence of ours keeps its own direction of reading.
fn isolated(arg: &str) -> String {
    let turns = arg.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}'));
    if turns { ["\u{2068}", arg, "\u{2069}"].concat() } else { arg.to_owned() }
}
