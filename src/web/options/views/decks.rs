//! The decks to choose from, how they are imported and exported, and what is wrong with one that was refused.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Element, File, HtmlAnchorElement, HtmlInputElement, Url};

use super::start::locked_by;
use crate::open::{Summaries, Summary};
use attune::deck::{FILE_MAX, Problem, text_of};
use attune::engine::offer::Setting;
use attune::settings::{DeckId, Library, OWN_MAX, Refused};
use attune::text::Message;
use attune_toolkit::browser::document;
use attune_toolkit::{Error, dom, words};

/// How many problems are shown at once.
const SHOWN: usize = 50;

/// Draws the list of decks.
pub fn draw(library: Library<'_>, known: &Summaries) -> Result<(), Error> {
    let list: Element = dom::by_id("decks-rows")?;
    let (decks, in_use) = (library.decks(), library.in_use());
    let locked = library.policy.locks(Setting::Deck);
    for (row, deck) in dom::rows(&list, "deck", decks.len())?.iter().zip(&decks) {
        let summary = known.of(*deck, || library.file(*deck));
        let name = deck.name();
        let input: HtmlInputElement = dom::find(row, "[name=deck]")?;
        dom::set_attribute(&input, "value", &name)?;
        input.set_checked(*deck == in_use);
        input.set_disabled(locked);
        let changed = !library.changes(*deck).is_empty();
        let title = summary.as_ref().map_or("", |summary| summary.title.as_str());
        dom::set_text(&dom::find::<Element>(row, ".title")?, title);
        dom::set_text(&dom::find::<Element>(row, ".more")?, &about(summary.as_ref(), *deck, changed, library));
        for (action, key, shown) in [
            ("compare", "options_compare_named", summary.is_some() && (changed || *deck != DeckId::Shipped)),
            ("export", "options_export_named", true),
            ("export-changed", "options_export_changed_named", changed && summary.is_some()),
            ("delete", "options_delete_named", matches!(deck, DeckId::Own(_))),
        ] {
            let button: Element = dom::find(row, &["[data-do=", action, "]"].concat())?;
            dom::set_attribute(&button, "data-deck", &name)?;
            dom::set_attribute(&button, "aria-label", &words::fill(key, &[title]))?;
            dom::show(&button, shown)?;
        }
    }
    dom::show_by_id("import", !locked)?;
    dom::set_text_or_hide("deck-locked", locked.then(|| locked_by(&library.policy.locks)).as_deref())
}

fn about(summary: Option<&Summary>, deck: DeckId, changed: bool, library: Library<'_>) -> String {
    // A deck that needs a later version, or that this version reads more strictly, stays on the shelf.
    let Some(summary) = summary else { return words::text("options_deck_broken") };
    let mut parts = vec![
        match (deck, library.policy.locks.by.as_str()) {
            (DeckId::Shipped, _) => words::text("options_shipped"),
            (DeckId::Clinic, "") => words::text("options_from_clinic"),
            (DeckId::Clinic, by) => words::fill("options_from", &[by]),
            (DeckId::Own(_), _) => summary.language.clone(),
        },
        words::count("options_prompts", summary.prompts as u32, &[]),
        words::count("options_items", summary.items as u32, &[]),
    ];
    if changed {
        parts.push(words::text("options_with_changes"));
    }
    parts.join(" · ")
}

/// The deck that a field or a button is about.
pub fn deck_of(element: &Element) -> Option<DeckId> {
    let name = element.get_attribute("data-deck").or_else(|| element.get_attribute("value"))?;
    DeckId::called(&name)
}

/// Says why the file with this name was refused.
pub fn draw_refused(refused: Option<&(String, Refused)>) -> Result<(), Error> {
    let (said, problems): (String, &[Problem]) = match refused {
        None => (String::new(), &[]),
        Some((name, Refused::Broken(problems))) => {
            (words::count("options_refused", problems.len() as u32, &[name]), problems)
        }
        Some((name, Refused::There(_))) => (words::fill("options_there", &[name]), &[]),
        Some((_, Refused::Full)) => (words::fill("options_too_many", &[&OWN_MAX.to_string()]), &[]),
    };
    dom::set_text_by_id("refused-says", &said)?;
    draw_problems("problems", problems)?;
    dom::show_by_id("refused", !said.is_empty())
}

/// Lists problems, each with its place.
pub fn draw_problems(list: &str, problems: &[Problem]) -> Result<(), Error> {
    let list: Element = dom::by_id(list)?;
    let shown = problems.len().min(SHOWN);
    for (row, problem) in dom::rows(&list, "deck-problem", shown)?.iter().zip(problems) {
        let line = problem.line.to_string();
        let place = match (problem.line, problem.place.as_str()) {
            (0, place) => place.to_owned(),
            (_, "") => words::fill("options_line", &[&line]),
            (_, place) => words::fill("options_line_place", &[&line, place]),
        };
        let at: Element = dom::find(row, ".place")?;
        dom::set_text(&at, &place);
        dom::show(&at, !place.is_empty())?;
        dom::set_text(&dom::find::<Element>(row, ".what")?, &words::message(&problem.message));
    }
    dom::show(&list, shown > 0)
}

/// The text of a file, or why it could not be read.
pub async fn read(file: &File) -> Result<String, Problem> {
    if file.size() > FILE_MAX as f64 {
        return Err(Problem::of_file(Message::with("deck_file_big", [(FILE_MAX >> 20).to_string()])));
    }
    // As bytes: read as text, a file would lose its byte order mark, and a file that is not text would look like text.
    let read = JsFuture::from(file.array_buffer()).await;
    let unreadable = |_| Problem::of_file(Message::with("options_unreadable", [file.name()]));
    let bytes = Uint8Array::new(&read.map_err(unreadable)?).to_vec();
    Ok(text_of(&bytes)?.into_owned())
}

/// Hands a deck to the browser as a file to keep.
pub fn export(text: String, title: &str) -> Result<(), Error> {
    let parts = js_sys::Array::of1(&JsValue::from_str(&text));
    let url = Url::create_object_url_with_blob(&Blob::new_with_str_sequence(&parts)?)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(&[&file_name(title), ".json"].concat());
    link.click();
    Ok(Url::revoke_object_url(&url)?)
}

/// A title as a file name: letters and digits, in any script, and dashes between them.
fn file_name(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.chars().flat_map(char::to_lowercase).collect()).collect::<Vec<String>>().join("-")
}
