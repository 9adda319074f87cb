//! Where the strip hangs, and how a cue looks: a picture of a screen to say where the camera is, and a strip to try.
//!
//! The strip that is tried is the strip's own page in a frame, and hangs in this window as it would in a call's. Both the
//! picture and that strip write where it hangs, and follow what the other has written.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, HtmlIFrameElement, HtmlInputElement, KeyboardEvent, MessagePort};

use attune::settings::look::Look;
use attune::settings::place::{ACROSS, DOWN, PARTS, Place};
use attune::settings::places::Places;
use attune_toolkit::browser::{self, Frame, document, window};
use attune_toolkit::dom::{self, Done};
use attune_toolkit::{frame, words};

/// Where the places are stored.
const KEY: &str = "place";
/// What the edges of a screen are called, and the places along each.
const EDGES: [&str; 2] = ["lens_top", "lens_bottom"];
const ALONG: [&str; 5] = ["lens_far_left", "lens_left", "lens_middle", "lens_right", "lens_far_right"];

/// The strip to try, while it is there.
#[derive(Default)]
pub struct Sample {
    port: RefCell<Option<MessagePort>>,
    /// Whether it is being dragged.
    held: Cell<bool>,
}

/// Draws the picture and keeps it right.
pub fn run() -> Done<Rc<Sample>> {
    let desk: Element = dom::by_id("lenses")?;
    for (index, label) in dom::rows(&desk, "lens", ACROSS.len() * DOWN.len())?.iter().enumerate() {
        let (along, edge) = (index % ACROSS.len(), index / ACROSS.len());
        let name = words::fill("lens_at", &[&words::say(EDGES[edge]), &words::say(ALONG[along])]);
        let input: HtmlInputElement = dom::find(label, "input")?;
        input.set_value(&index.to_string());
        put(label.unchecked_ref(), place_of(&input))?;
        dom::attribute(&input, "aria-label", &name)?;
    }
    dom::listen(&desk, "change", |event: Event| {
        if let Some(lens) = dom::nearest(&event, "input") {
            spawn_local(hang(place_of(lens.unchecked_ref())));
        }
        Ok(())
    })?;
    browser::on_stored(KEY, || spawn_local(draw_place()));
    spawn_local(draw_place());

    let sample = Rc::new(Sample::default());
    let told = sample.clone();
    dom::listen(&window(), "resize", move |_: Event| told.tell_size())?;
    // While it is dragged, Escape is meant for it, and this page has the keyboard.
    let told = sample.clone();
    dom::listen(&window(), "keydown", move |event: KeyboardEvent| {
        let port = told.port.borrow();
        match &*port {
            Some(port) if told.held.get() && event.key() == "Escape" => {
                let escape: Frame = browser::object();
                escape.set_escape(true);
                port.post_message(&escape)
            }
            _ => Ok(()),
        }
    })?;
    Ok(sample)
}

/// The place below a lens of the picture.
fn place_of(lens: &HtmlInputElement) -> Place {
    let index = lens.value().parse::<usize>().unwrap_or_default();
    Place { x: ACROSS[index % ACROSS.len()], y: DOWN[index / ACROSS.len() % DOWN.len()] }
}

async fn hang(place: Place) {
    let mut places = Places::read(&browser::recall(KEY).await.unwrap_or_default());
    places.hang(browser::screen(), place);
    let kept = browser::keep(KEY, &places.written()).await;
    dom::report(dom::write_or_hide("lens-full", kept.is_err().then(|| words::say("options_full")).as_deref()));
    draw_place().await;
}

async fn draw_place() {
    let place = Places::read(&browser::recall(KEY).await.unwrap_or_default()).of(browser::screen());
    dom::report(draw_at(place));
}

fn draw_at(place: Place) -> Done {
    put(&dom::by_id("desk-strip")?, place)?;
    let mut says = words::say("lens_other");
    for label in dom::children(&dom::by_id("lenses")?) {
        let input: HtmlInputElement = dom::find(&label, "input")?;
        let is_here = place == place_of(&input);
        input.set_checked(is_here);
        if is_here {
            says = input.get_attribute("aria-label").unwrap_or_default();
        }
    }
    dom::write_to("lens-says", &says)
}

/// Puts something in the picture where that place is on the screen.
fn put(element: &HtmlElement, place: Place) -> Done {
    // A whole number is written with little wasm.
    let share = |parts: u16| [&parts.to_string(), " / ", &PARTS.to_string()].concat();
    dom::style(element, "--x", &share(place.x))?;
    dom::style(element, "--y", &share(place.y))
}

/// Draws what is set.
pub fn draw(look: &Look) -> Done {
    let written = look.written();
    for input in dom::all("[data-look]")? {
        let input: HtmlInputElement = input.unchecked_into();
        let value = input.value();
        input.set_checked(written.split(' ').any(|word| word == value));
    }
    Ok(())
}

/// What has been chosen.
pub fn chosen() -> Done<Look> {
    let mut look = Look::default();
    for input in dom::all("[data-look]")? {
        let input: HtmlInputElement = input.unchecked_into();
        if input.checked() {
            look.take(&input.value());
        }
    }
    Ok(look)
}

impl Sample {
    /// Hangs a strip in this window, or takes it away.
    pub fn show(self: &Rc<Self>, on: bool) -> Done {
        let place: Element = dom::by_id("sample-place")?;
        if on == (place.child_element_count() > 0) {
            return Ok(());
        }
        self.port.take();
        self.held.set(false);
        if !on {
            place.set_text_content(None);
            return Ok(());
        }
        let strip: HtmlIFrameElement = dom::copy("sample")?.unchecked_into();
        let (page, sized) = (self.clone(), strip.clone());
        dom::listen(&strip, "load", move |_: Event| {
            let (told, strip) = (page.clone(), sized.clone());
            page.port.replace(frame::join(&sized, move |said| told.hear(&strip, said))?);
            page.tell_size()
        })?;
        place.append_child(&strip).map(drop)
    }

    fn tell_size(&self) -> Done {
        let (Some(port), Some(root)) = (&*self.port.borrow(), document().document_element()) else { return Ok(()) };
        let size: Frame = browser::object();
        size.set_width(root.client_width().into());
        size.set_height(window().inner_height()?.as_f64().unwrap_or_default());
        port.post_message(&size)
    }

    /// Hears where the strip is to be.
    fn hear(&self, strip: &HtmlIFrameElement, said: &JsValue) -> Done {
        let area: &Frame = said.unchecked_ref();
        let (Some(left), Some(top)) = (area.left(), area.top()) else { return Ok(()) };
        self.held.set(area.held() == Some(true));
        let at = [&(left as i32).to_string(), "px ", &(top as i32).to_string(), "px"].concat();
        dom::style(strip, "translate", &at)?;
        frame::resize(strip, said).map(drop)
    }
}
