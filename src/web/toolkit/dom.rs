//! Drawing by difference: each of these changes an element only if that makes a difference.

use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, EventTarget, HtmlElement, HtmlTemplateElement};

use super::browser::{document, report, window};
use super::error::Error;

/// The element with this id.
pub fn by_id<T: JsCast>(id: &str) -> Result<T, Error> {
    document().get_element_by_id(id).and_then(|element| element.dyn_into().ok()).ok_or_else(|| Error::missing(id))
}

/// The element with this id, on a page that has it.
pub fn by_id_if_there<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// All elements of the page that match the selector and are of this type, in document order.
pub fn all<T: JsCast>(selector: &str) -> Result<Vec<T>, Error> {
    let found = document().query_selector_all(selector)?;
    Ok((0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect())
}

/// All elements of the page that match the selector, including those in its templates.
pub fn all_with_templates(selector: &str) -> Result<Vec<Element>, Error> {
    let mut found = all(selector)?;
    for template in all::<HtmlTemplateElement>("template")? {
        let inside = template.content().query_selector_all(selector)?;
        found.extend((0..inside.length()).filter_map(|index| inside.item(index)?.dyn_into().ok()));
    }
    Ok(found)
}

/// The elements directly inside.
pub fn children(element: &Element) -> Vec<Element> {
    let children = element.children();
    (0..children.length()).filter_map(|index| children.item(index)).collect()
}

/// The first element inside `root` that matches the selector.
pub fn find<T: JsCast>(root: &Element, selector: &str) -> Result<T, Error> {
    let found = root.query_selector(selector)?;
    found.and_then(|element| element.dyn_into().ok()).ok_or_else(|| Error::missing(selector))
}

/// Gives an element this text.
pub fn set_text(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Gives the element with this id this text.
pub fn set_text_by_id(id: &str, text: &str) -> Result<(), Error> {
    set_text(&by_id(id)?, text);
    Ok(())
}

/// Shows or hides an element.
pub fn show(element: &Element, on: bool) -> Result<(), Error> {
    toggle_attribute(element, "hidden", !on)
}

/// Shows or hides the element with this id.
pub fn show_by_id(id: &str, on: bool) -> Result<(), Error> {
    show(&by_id(id)?, on)
}

/// Gives the element with this id this text, or hides it if there is none.
pub fn set_text_or_hide(id: &str, text: Option<&str>) -> Result<(), Error> {
    set_text_by_id(id, text.unwrap_or_default())?;
    show_by_id(id, text.is_some())
}

/// Gives the element with this id this text, or hides it if there is none, on a page that has it.
pub fn set_text_or_hide_if_there(id: &str, text: Option<&str>) -> Result<(), Error> {
    if by_id_if_there::<Element>(id).is_some() { set_text_or_hide(id, text) } else { Ok(()) }
}

/// Sets an attribute.
pub fn set_attribute(element: &Element, name: &str, value: &str) -> Result<(), Error> {
    if element.get_attribute(name).as_deref() != Some(value) {
        element.set_attribute(name, value)?;
    }
    Ok(())
}

/// Sets an attribute that has no value, or removes it.
pub fn toggle_attribute(element: &Element, name: &str, on: bool) -> Result<(), Error> {
    element.toggle_attribute_with_force(name, on)?;
    Ok(())
}

/// Sets a property of an element's own style, such as a custom one for the style sheet to use.
pub fn set_style(element: &HtmlElement, name: &str, value: &str) -> Result<(), Error> {
    element.style().set_property(name, value)?;
    Ok(())
}

/// Gives an element the keyboard focus.
pub fn focus(element: &HtmlElement) -> Result<(), Error> {
    element.focus()?;
    Ok(())
}

/// A copy of the one element in a template.
pub fn clone_template(template: &str) -> Result<Element, Error> {
    let element = by_id::<HtmlTemplateElement>(template)?.content().first_element_child();
    let element = element.ok_or_else(|| Error::missing(template))?;
    Ok(element.clone_node_with_deep(true)?.unchecked_into())
}

/// The rows of a list: as many copies of a template as asked for. Existing rows stay.
pub fn rows(list: &Element, template: &str, count: usize) -> Result<Vec<Element>, Error> {
    while list.child_element_count() as usize > count {
        if let Some(last) = list.last_element_child() {
            last.remove();
        }
    }
    while (list.child_element_count() as usize) < count {
        let row = clone_template(template)?;
        list.append_child(&row)?;
    }
    Ok(children(list))
}

/// Calls `handler` for an event, for as long as the page lives.
pub fn listen<E: JsCast + 'static>(
    target: &EventTarget,
    event: &str,
    mut handler: impl FnMut(E) -> Result<(), Error> + 'static,
) -> Result<(), Error> {
    let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| report(handler(event.unchecked_into())));
    target.add_event_listener_with_callback(event, closure.into_js_value().unchecked_ref())?;
    Ok(())
}

/// The nearest element from the event's target upwards that matches the selector.
pub fn nearest(event: &Event, selector: &str) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok()?
}

/// What has the keyboard focus, unless that is the page as a whole.
pub fn focused() -> Option<HtmlElement> {
    let active: HtmlElement = document().active_element()?.dyn_into().ok()?;
    (active.tag_name() != "BODY").then_some(active)
}

/// Gives the focus to the first of these elements (ids, separated by spaces) that is on screen.
pub fn focus_first(ids: &str) -> Result<(), Error> {
    for id in ids.split_ascii_whitespace() {
        let element: HtmlElement = by_id(id)?;
        if is_on_screen(&element) {
            return focus(&element);
        }
    }
    Ok(())
}

/// Draws, and if what had the focus went away, passes the focus to its heirs: the ids in its `data-heirs`, or `stage`.
pub fn keeping_focus(draw: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
    let before = focused();
    draw()?;
    let Some(before) = before.filter(|before| !is_on_screen(before)) else { return Ok(()) };
    focus_first(&[&before.get_attribute("data-heirs").unwrap_or_default(), " stage"].concat())?;
    if focused().is_some_and(|heir| heir.id() == "stage") {
        // The whole scene is new: it is read from the top, and the page's header is part of it.
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
    Ok(())
}

/// Whether an element is drawn.
pub fn is_on_screen(element: &HtmlElement) -> bool {
    element.is_connected() && element.get_client_rects().length() > 0
}
