//! Lists of rows that can be turned on and off, and opened to be changed: what prompts and items have in common.

use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::parts::form::{self, Field};
use attune::deck::changes::Listed;
use attune::deck::{Channel, Deck, Set};
use attune_toolkit::{Error, dom, words};

/// A row of a list.
pub struct Row<'a> {
    /// The id of what it is about.
    pub id: &'a str,
    /// What people know it by.
    pub title: &'a str,
    /// Further information.
    pub more: Vec<String>,
    /// Whether it is turned on.
    pub on: bool,
    /// Whether it can be turned on and off by itself.
    pub can_turn: bool,
}

/// Draws the rows of the list called `name`: `shown` of `count`. A form in a row stays there only while that row is the
/// one being edited.
pub fn draw<'a>(
    name: &str,
    count: usize,
    shown: usize,
    row: impl Fn(usize) -> Row<'a>,
    editing: Option<&str>,
) -> Result<(), Error> {
    let list: Element = dom::by_id(&[name, "-rows"].concat())?;
    for (index, element) in dom::rows(&list, "row", count.min(shown))?.iter().enumerate() {
        let Row { id, title, more, on, can_turn } = row(index);
        let is_open = editing == Some(id);
        if (element.get_attribute("data-id").as_deref() != Some(id) || !is_open)
            && let Some(form) = element.query_selector("form")?
        {
            form.remove();
        }
        dom::set_attribute(element, "data-id", id)?;
        let turn: Field = dom::find::<Element>(element, "[data-turn]")?.unchecked_into();
        turn.set_checked(on);
        turn.set_disabled(!can_turn);
        dom::set_attribute(&turn, "aria-label", title)?;
        element.class_list().toggle_with_force("off", !on)?;
        let button: Element = dom::find(element, "[data-do=open]")?;
        dom::set_attribute(&button, "aria-expanded", if is_open { "true" } else { "false" })?;
        dom::set_text(&dom::find::<Element>(element, ".title")?, title);
        dom::set_text(&dom::find::<Element>(element, ".more")?, &more.join(" · "));
    }
    let more = [name, "-more"].concat();
    let left = count.saturating_sub(shown);
    dom::set_text_by_id(&more, &words::count("options_more", left as u32, &[]))?;
    dom::show_by_id(&more, left > 0)
}

/// How a row differs from the deck.
pub fn standing(listed: Listed) -> Option<String> {
    match listed {
        Listed { is_own: true, .. } => Some(words::text("row_own")),
        Listed { is_changed: true, .. } => Some(words::text("row_changed")),
        Listed { .. } => None,
    }
}

/// The kinds of call that a row can belong to, by their names in a form.
fn channels() -> [(&'static str, &'static str, Set<Channel>); 3] {
    [
        ("both", "channel_both", Set::all()),
        ("video", "channel_video_only", Set::of(&[Channel::Video])),
        ("sound", "channel_sound", Set::of(&[Channel::Sound])),
    ]
}

/// For which kind of call a row is, if it is not for both.
pub fn only(set: Set<Channel>) -> Option<String> {
    channels().into_iter().skip(1).find(|(.., one)| *one == set).map(|(_, key, _)| words::text(key))
}

/// Fills the list of kinds of call, and chooses those of a row.
pub fn put_channels(form: &Element, set: Set<Channel>) -> Result<(), Error> {
    let field = form::field(form, "channels")?;
    form::choices(&field, &channels().map(|(name, key, _)| (name.to_owned(), words::text(key))))?;
    let chosen = channels().into_iter().find(|(.., one)| *one == set);
    field.set_value(chosen.map_or("both", |(name, ..)| name));
    Ok(())
}

/// The kinds of call that are chosen in a form.
pub fn channels_of(form: &Element) -> Result<Set<Channel>, Error> {
    let chosen = form::field(form, "channels")?.value();
    Ok(channels().into_iter().find(|(name, ..)| *name == chosen).map_or_else(Set::all, |(.., set)| set))
}

/// The elements of a deck, to choose from.
pub fn elements(deck: &Deck) -> Vec<(String, String)> {
    deck.elements.iter().map(|element| (element.id.to_string(), element.label.clone())).collect()
}

/// Why a row is in the deck, and where it comes from.
pub fn why(reason: Option<&str>, basis: &str) -> String {
    let basis = words::fill("options_basis", &[basis]);
    reason.map_or_else(|| basis.clone(), |reason| [reason, " ", &basis].concat())
}

/// Shows the buttons at the end of a form: a row of the deck goes back to what the deck says, an own row is deleted.
pub fn ends(form: &Element, own: bool, there: bool, changed: bool) -> Result<(), Error> {
    dom::show(&dom::find::<Element>(form, "[data-do=back]")?, !own && changed)?;
    dom::show(&dom::find::<Element>(form, "[data-do=drop]")?, own && there)
}
