//! What only the therapist can know: a button for each moment, and a digit for each button. Crises are kept apart.

use web_sys::{Element, HtmlElement};

use attune::engine::view::{Moment, Running};
use attune_toolkit::{Error, dom};

/// How many moments have a digit.
const DIGITS: usize = 9;

/// Draws the moments, on a page that has a place for them.
pub fn draw(running: &Running) -> Result<(), Error> {
    let Some(list) = dom::by_id_if_there::<Element>("moments") else { return Ok(()) };
    let (apart, usual): (Vec<&Moment>, Vec<&Moment>) = running.moments.iter().partition(|moment| moment.crisis);
    buttons(&list, "moment", &usual, 1)?;
    buttons(&dom::by_id("crisis-moments")?, "crisis-moment", &apart, 1 + usual.len())?;
    dom::show_by_id("happened", !usual.is_empty())
}

fn buttons(list: &Element, template: &str, moments: &[&Moment], first: usize) -> Result<(), Error> {
    for (row, (digit, moment)) in dom::rows(list, template, moments.len())?.iter().zip((first..).zip(moments)) {
        let digit = if digit <= DIGITS { digit.to_string() } else { String::new() };
        dom::set_attribute(row, "data-moment", &moment.id)?;
        dom::set_attribute(row, "aria-keyshortcuts", &digit)?;
        dom::set_text(&dom::find::<Element>(row, "span")?, &moment.label);
        dom::set_text(&dom::find::<Element>(row, "kbd")?, &digit);
    }
    Ok(())
}

/// The button that a digit stands for.
pub fn of_digit(key: &str) -> Result<Option<HtmlElement>, Error> {
    let digit = key.parse().ok().filter(|digit| (1..=DIGITS).contains(digit));
    let Some(digit) = digit else { return Ok(None) };
    let buttons = dom::all::<HtmlElement>("[data-moment]")?;
    Ok(buttons.into_iter().nth(digit - 1).filter(dom::is_on_screen))
}
