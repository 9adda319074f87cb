//! The shelf of decks, and what came of the last thing done with it.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Element, File, HtmlAnchorElement, HtmlInputElement, Url};

use super::News;
use crate::deck::{Deck, FILE_MAX, Problem, text_of};
use crate::shelf::{OWN_MAX, Refused, Shelf};
use crate::wasm::pages::browser::document;
use crate::wasm::pages::dom::{self, Done};
use crate::wasm::pages::words;

/// So many problems are shown at once.
const SHOWN: usize = 50;

/// Draws the list of decks.
pub fn draw(shipped: &str, shelf: &Shelf) -> Done {
    let list: Element = dom::by_id("decks")?;
    let texts: Vec<(Option<u32>, &str)> = std::iter::once((None, shipped))
        .chain(shelf.own().iter().map(|own| (Some(own.number), own.text.as_str())))
        .collect();
    for (row, (number, text)) in dom::rows(&list, "deck", texts.len())?.iter().zip(texts) {
        let deck = Deck::from_json(text).ok();
        let name = number.map_or_else(|| "shipped".to_owned(), |number| number.to_string());
        let input: HtmlInputElement = dom::find(row, "[name=deck]")?;
        dom::attribute(&input, "value", &name)?;
        input.set_checked(shelf.chosen() == number);
        let title = deck.as_ref().map_or("", |deck| deck.title.as_str());
        dom::write(&dom::find::<Element>(row, ".title")?, title);
        dom::write(&dom::find::<Element>(row, ".more")?, &about(deck.as_ref(), number.is_none()));
        for (action, key) in [("export", "options_export_named"), ("delete", "options_delete_named")] {
            let button: Element = dom::find(row, &["[data-do=", action, "]"].concat())?;
            dom::attribute(&button, "data-deck", &name)?;
            dom::attribute(&button, "aria-label", &words::fill(key, &[title]))?;
        }
        dom::show(&dom::find::<Element>(row, "[data-do=delete]")?, number.is_some())?;
    }
    Ok(())
}

fn about(deck: Option<&Deck>, shipped: bool) -> String {
    // A deck of a later version, or one that this version reads more strictly, stays on the shelf.
    let Some(deck) = deck else { return words::say("options_deck_broken") };
    let parts = [
        if shipped { words::say("options_shipped") } else { deck.language.clone() },
        words::count("options_prompts", deck.prompts.len() as u32, &[]),
        words::count("options_items", deck.checklist.len() as u32, &[]),
    ];
    parts.join(" · ")
}

/// The number of the deck that a field or a button is about; none is the shipped one.
pub fn number_of(element: &Element) -> Option<u32> {
    let name = element.get_attribute("data-deck").or_else(|| element.get_attribute("value"))?;
    name.parse().ok()
}

/// Says what came of the last thing done.
pub fn draw_news(news: &News) -> Done {
    let (said, problems): (String, &[Problem]) = match news {
        News::None => (String::new(), &[]),
        News::Said(said) => (said.clone(), &[]),
        News::Taken(title, _) => (words::fill("options_deleted", &[title]), &[]),
        News::Refused(name, Refused::Broken(problems)) => {
            (words::count("options_refused", problems.len() as u32, &[name]), problems)
        }
        News::Refused(name, Refused::There(_)) => (words::fill("options_there", &[name]), &[]),
        News::Refused(_, Refused::Full) => (words::fill("options_too_many", &[&OWN_MAX.to_string()]), &[]),
    };
    dom::write_to("news", &said)?;
    dom::show_by_id("said", !said.is_empty())?;
    dom::show_by_id("undo", matches!(news, News::Taken(..)))?;
    let list: Element = dom::by_id("problems")?;
    let shown = problems.len().min(SHOWN);
    for (row, problem) in dom::rows(&list, "deck-problem", shown)?.iter().zip(problems) {
        let place = match problem.place.is_empty() {
            true => words::fill("options_line", &[&problem.line.to_string()]),
            false => words::fill("options_line_place", &[&problem.line.to_string(), &problem.place]),
        };
        dom::write(&dom::find::<Element>(row, ".place")?, &place);
        dom::write(&dom::find::<Element>(row, ".what")?, &words::word(&problem.message));
    }
    dom::show(&list, shown > 0)
}

/// The text of a file, or why it could not be read.
pub async fn read(file: &File) -> Result<String, String> {
    if file.size() > FILE_MAX as f64 {
        return Err(words::fill("deck_file_big", &[&(FILE_MAX >> 20).to_string()]));
    }
    // As bytes: read as text, a file would lose its byte order mark, and what is no text would look like one.
    let read = JsFuture::from(file.array_buffer()).await;
    let bytes = Uint8Array::new(&read.map_err(|_| words::fill("options_unreadable", &[&file.name()]))?).to_vec();
    text_of(&bytes).map(str::to_owned).map_err(|problem| words::word(&problem.message))
}

/// Hands a deck to the browser as a file to keep.
pub fn export(text: String, title: &str) -> Done {
    let parts = js_sys::Array::of1(&JsValue::from_str(&text));
    let url = Url::create_object_url_with_blob(&Blob::new_with_str_sequence(&parts)?)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(&[&file_name(title), ".json"].concat());
    link.click();
    Url::revoke_object_url(&url)
}

/// A title as a file name: letters and digits, in any script, and dashes between them.
fn file_name(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}
