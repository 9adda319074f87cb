//! Drawing by difference: each of these changes an element only if it reads differently.

use wasm_bindgen::prelude::*;
use web_sys::{DocumentFragment, Element, Event, EventTarget, HtmlElement, HtmlTemplateElement};

use super::browser::{document, report_error, window};
use super::words;

/// Nothing, or what the page lacks.
pub type Done<T = ()> = Result<T, JsValue>;

/// The element with this id.
pub fn by_id<T: JsCast>(id: &str) -> Done<T> {
    document().get_element_by_id(id).and_then(|element| element.dyn_into().ok()).ok_or_else(|| JsValue::from_str(id))
}

/// The element with this id, on a page that has it.
pub fn maybe<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// All elements of the page that fit the selector, in the order in which they stand.
pub fn all(selector: &str) -> Done<Vec<HtmlElement>> {
    let found = document().query_selector_all(selector)?;
    Ok((0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect())
}

/// The elements directly inside.
pub fn children(element: &Element) -> Vec<Element> {
    let children = element.children();
    (0..children.length()).filter_map(|index| children.item(index)).collect()
}

/// The first element inside `root` that fits the selector.
pub fn find<T: JsCast>(root: &Element, selector: &str) -> Done<T> {
    let found = root.query_selector(selector)?;
    found.and_then(|element| element.dyn_into().ok()).ok_or_else(|| JsValue::from_str(selector))
}

/// Says `text` in an element.
pub fn write(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Says `text` in the element with this id.
pub fn write_to(id: &str, text: &str) -> Done {
    write(&by_id(id)?, text);
    Ok(())
}

/// Shows or hides an element.
pub fn show(element: &Element, on: bool) -> Done {
    element.toggle_attribute_with_force("hidden", !on).map(drop)
}

/// Shows or hides the element with this id.
pub fn show_by_id(id: &str, on: bool) -> Done {
    show(&by_id(id)?, on)
}

/// Says `text` in the element with this id, or hides it if there is none.
pub fn write_or_hide(id: &str, text: Option<&str>) -> Done {
    write_to(id, text.unwrap_or_default())?;
    show_by_id(id, text.is_some())
}

/// Says `text` in the element with this id, or hides it if there is none, on a page that has it.
pub fn write_or_hide_maybe(id: &str, text: Option<&str>) -> Done {
    if maybe::<Element>(id).is_some() { write_or_hide(id, text) } else { Ok(()) }
}

/// Sets an attribute.
pub fn attribute(element: &Element, name: &str, value: &str) -> Done {
    if element.get_attribute(name).as_deref() == Some(value) { Ok(()) } else { element.set_attribute(name, value) }
}

/// A custom property, for the style sheet to use.
pub fn style(element: &HtmlElement, name: &str, value: &str) -> Done {
    element.style().set_property(name, value)
}

/// A copy of a template's one element, in the reader's language.
pub fn copy(template: &str) -> Done<Element> {
    let template: HtmlTemplateElement = by_id(template)?;
    let fragment: DocumentFragment = template.content().clone_node_with_deep(true)?.unchecked_into();
    let element = fragment.first_element_child().ok_or_else(|| JsValue::from_str("an empty template"))?;
    words::localise(&element)?;
    Ok(element)
}

/// The rows of a list: copies of a template, as many as asked for. Rows that are there already stay.
pub fn rows(list: &Element, template: &str, count: usize) -> Done<Vec<Element>> {
    while list.child_element_count() as usize > count {
        if let Some(last) = list.last_element_child() {
            last.remove();
        }
    }
    while (list.child_element_count() as usize) < count {
        let row = copy(template)?;
        list.append_child(&row)?;
    }
    Ok(children(list))
}

/// Has `handler` called for an event, for as long as the page lives.
pub fn listen<E: JsCast + 'static>(
    target: &EventTarget,
    event: &str,
    mut handler: impl FnMut(E) -> Done + 'static,
) -> Done {
    let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| report(handler(event.unchecked_into())));
    target.add_event_listener_with_callback(event, closure.into_js_value().unchecked_ref())
}

/// Says what went wrong where the browser's developer tools, and tests, see it.
pub fn report(result: Done) {
    if let Err(problem) = result {
        report_error(&problem);
    }
}

/// The nearest element from the event's target upwards that fits the selector.
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
pub fn focus_first(ids: &str) -> Done {
    for id in ids.split_ascii_whitespace() {
        let element: HtmlElement = by_id(id)?;
        if is_on_screen(&element) {
            return element.focus();
        }
    }
    Ok(())
}

/// Draws, and if what had the focus went away, gives the focus to its heirs: the ids in its `data-heirs`, or `stage`.
pub fn keeping_focus(draw: impl FnOnce() -> Done) -> Done {
    let before = focused();
    draw()?;
    let Some(before) = before.filter(|before| !is_on_screen(before)) else { return Ok(()) };
    focus_first(&[&before.get_attribute("data-heirs").unwrap_or_default(), " stage"].concat())?;
    if focused().is_some_and(|heir| heir.id() == "stage") {
        // The whole scene is new: it is read from its top, and the page's header belongs to it.
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
    Ok(())
}

/// Whether an element is drawn.
pub fn is_on_screen(element: &HtmlElement) -> bool {
    element.is_connected() && element.get_client_rects().length() > 0
}
