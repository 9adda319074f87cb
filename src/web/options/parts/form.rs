//! Fields of a form: what is in them, and what is wrong with it.

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};

use attune::deck::Problem;
use attune::deck::digits;
use attune_toolkit::browser::document;
use attune_toolkit::{Error, dom, words};

#[wasm_bindgen]
extern "C" {
    /// Anything with a name and a value.
    #[wasm_bindgen(extends = HtmlElement, is_type_of = JsValue::is_object)]
    pub type Field;
    /// What is in it.
    #[wasm_bindgen(method, getter)]
    pub fn value(this: &Field) -> String;
    /// The number in it, if it is for numbers and has one; otherwise `NaN`.
    #[wasm_bindgen(method, getter, js_name = valueAsNumber)]
    fn number(this: &Field) -> f64;
    #[wasm_bindgen(method, setter)]
    pub fn set_value(this: &Field, value: &str);
    /// Whether it is ticked.
    #[wasm_bindgen(method, getter)]
    pub fn checked(this: &Field) -> bool;
    #[wasm_bindgen(method, setter)]
    pub fn set_checked(this: &Field, on: bool);
    #[wasm_bindgen(method, setter)]
    pub fn set_disabled(this: &Field, on: bool);
    #[wasm_bindgen(method, setter)]
    pub fn set_min(this: &Field, min: &str);
    #[wasm_bindgen(method, setter)]
    pub fn set_max(this: &Field, max: &str);
}

/// The field of a form by its name.
pub fn field(form: &Element, name: &str) -> Result<Field, Error> {
    let found = form.query_selector(&["[name=", name, "]"].concat())?;
    found.map(JsCast::unchecked_into).ok_or_else(|| Error::missing(name))
}

/// The text in a field, on one line.
pub fn text(form: &Element, name: &str) -> Result<String, Error> {
    Ok(field(form, name)?.value().replace(['\n', '\r'], " ").trim().to_owned())
}

/// The number in a field, if there is one.
pub fn number(form: &Element, name: &str) -> Result<Option<f64>, Error> {
    Ok(Some(field(form, name)?.number()).filter(|number| !number.is_nan()))
}

/// Puts a number, or nothing, into a field.
pub fn put_number(form: &Element, name: &str, number: Option<f64>) -> Result<(), Error> {
    field(form, name)?.set_value(&number.map_or_else(String::new, digits));
    Ok(())
}

/// Shows a field with its label, or hides both.
pub fn show(form: &Element, name: &str, on: bool) -> Result<(), Error> {
    match field(form, name)?.closest("label")? {
        Some(label) => dom::show(&label, on),
        None => Ok(()),
    }
}

/// Fills a list of choices (value and label) unless it already has them; what was chosen stays chosen.
pub fn choices(select: &Field, options: &[(String, String)]) -> Result<(), Error> {
    let same = select.child_element_count() as usize == options.len()
        && dom::children(select).iter().zip(options).all(|(child, (value, label))| {
            child.get_attribute("value").as_deref() == Some(value) && child.text_content().as_deref() == Some(label)
        });
    if same {
        return Ok(());
    }
    let before = select.value();
    select.set_text_content(None);
    for (value, label) in options {
        let option = document().create_element("option")?;
        dom::set_attribute(&option, "value", value)?;
        dom::set_attribute(&option, "dir", "auto")?;
        dom::set_text(&option, label);
        select.append_child(&option)?;
    }
    if options.iter().any(|(value, _)| *value == before) {
        select.set_value(&before);
    }
    Ok(())
}

/// Says below the fields what is wrong, marks those it concerns, and gives the first of them the focus.
pub fn complain(form: &Element, problems: &[Problem]) -> Result<(), Error> {
    let marked = form.query_selector_all("[aria-invalid]")?;
    for field in (0..marked.length()).filter_map(|index| marked.item(index)) {
        field.unchecked_into::<Element>().remove_attribute("aria-invalid")?;
    }
    let mut said: Vec<String> = Vec::new();
    let mut first = None;
    for problem in problems {
        let name = problem.place.rsplit('.').next().unwrap_or_default();
        let field = field(form, name).ok();
        let words = wrong(problem);
        let words = match field.as_ref().map(|field| field.closest("label")) {
            Some(Ok(Some(label))) => {
                let label = dom::find::<Element>(&label, "span")?.text_content().unwrap_or_default();
                // What a label says about the field's bounds comes after a comma.
                [label.split(',').next().unwrap_or_default(), ": ", &words].concat()
            }
            _ => words,
        };
        if !said.contains(&words) {
            said.push(words);
        }
        if let Some(field) = field {
            dom::set_attribute(&field, "aria-invalid", "true")?;
            first = first.or(Some(field));
        }
    }
    let wrong: Element = dom::find(form, ".wrong")?;
    dom::set_text(&wrong, &said.join(" "));
    dom::show(&wrong, !said.is_empty())?;
    first.map_or(Ok(()), |field| dom::focus(&field))
}

/// What is wrong, for a person who fills in a form and has never seen a deck's file.
fn wrong(problem: &Problem) -> String {
    let key = problem.message.key.replacen("deck_", "form_", 1);
    let args: Vec<&str> = problem.message.args.iter().map(String::as_str).collect();
    let said = words::fill(&key, &args);
    if said == key { words::message(&problem.message) } else { said }
}
