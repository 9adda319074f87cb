//! Where the strip is, and how a cue looks: a picture of a screen to say where the camera is, and a strip to try.
//!
//! The strip to try is the strip's own page in a frame, and is placed in this window as it would be in a call's. Both
//! the picture and that strip store where it is, and follow what the other has stored.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, HtmlIFrameElement, HtmlInputElement, KeyboardEvent};

use attune::messages::{FromStrip, ToStrip};
use attune::settings::look::Look;
use attune::settings::place::{ACROSS, DOWN, PARTS, Place};
use attune_toolkit::browser::{self, document, storage, window};
use attune_toolkit::frame::{self, StripPort, pixels};
use attune_toolkit::{Error, dom, stored, words};

/// The names of a screen's edges, and the places along each.
const EDGES: [&str; 2] = ["lens_top", "lens_bottom"];
const ALONG: [&str; 5] = ["lens_far_left", "lens_left", "lens_middle", "lens_right", "lens_far_right"];

/// The strip to try, while it is there.
#[derive(Default)]
pub struct Sample {
    port: RefCell<Option<StripPort>>,
    /// Whether it is being dragged.
    held: Cell<bool>,
}

/// Draws the picture and keeps it right.
pub fn run() -> Result<Rc<Sample>, Error> {
    let desk: Element = dom::by_id("lenses")?;
    for (index, label) in dom::rows(&desk, "lens", ACROSS.len() * DOWN.len())?.iter().enumerate() {
        let (along, edge) = (index % ACROSS.len(), index / ACROSS.len());
        let name = words::fill("lens_at", &[&words::text(EDGES[edge]), &words::text(ALONG[along])]);
        let input: HtmlInputElement = dom::find(label, "input")?;
        input.set_value(&index.to_string());
        put(label.unchecked_ref(), place_of(&input))?;
        dom::set_attribute(&input, "aria-label", &name)?;
    }
    dom::listen(&desk, "change", |event: Event| {
        if let Some(lens) = dom::nearest(&event, "input") {
            spawn_local(put_strip(place_of(lens.unchecked_ref())));
        }
        Ok(())
    })?;
    storage::on_stored(stored::PLACE, || spawn_local(draw_place()));
    spawn_local(draw_place());

    let sample = Rc::new(Sample::default());
    let told = sample.clone();
    dom::listen(&window(), "resize", move |_: Event| told.tell_size())?;
    // While the strip is dragged, Escape is meant for it, but this page has the keyboard.
    let told = sample.clone();
    dom::listen(&window(), "keydown", move |event: KeyboardEvent| {
        let port = told.port.borrow();
        match &*port {
            Some(port) if told.held.get() && event.key() == "Escape" => port.tell(&ToStrip::Escape),
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

async fn put_strip(place: Place) {
    let mut places = stored::places().await;
    places.hang(browser::screen(), place);
    let is_full = stored::store_places(&places).await.is_err();
    browser::report(dom::set_text_or_hide("lens-full", is_full.then(|| words::text("options_full")).as_deref()));
    draw_place().await;
}

async fn draw_place() {
    let place = stored::places().await.of(browser::screen(), false);
    browser::report(draw_at(place));
}

fn draw_at(place: Place) -> Result<(), Error> {
    put(&dom::by_id("desk-strip")?, place)?;
    let mut says = words::text("lens_other");
    for label in dom::children(&dom::by_id("lenses")?) {
        let input: HtmlInputElement = dom::find(&label, "input")?;
        let is_here = place == place_of(&input);
        input.set_checked(is_here);
        if is_here {
            says = input.get_attribute("aria-label").unwrap_or_default();
        }
    }
    dom::set_text_by_id("lens-says", &says)
}

/// Puts an element in the picture where that place is on the screen.
fn put(element: &HtmlElement, place: Place) -> Result<(), Error> {
    // Writing a whole number takes little wasm.
    let share = |parts: u16| [&parts.to_string(), " / ", &PARTS.to_string()].concat();
    dom::set_style(element, "--x", &share(place.x))?;
    dom::set_style(element, "--y", &share(place.y))
}

/// Draws what is set.
pub fn draw(look: &Look) -> Result<(), Error> {
    let written = look.written();
    for input in dom::all::<HtmlInputElement>("[data-look]")? {
        let value = input.value();
        input.set_checked(written.split(' ').any(|word| word == value));
    }
    Ok(())
}

/// What has been chosen.
pub fn chosen() -> Result<Look, Error> {
    let mut look = Look::default();
    for input in dom::all::<HtmlInputElement>("[data-look]")? {
        if input.checked() {
            look.take(&input.value());
        }
    }
    Ok(look)
}

impl Sample {
    /// Places a strip in this window, or removes it.
    pub fn show(self: &Rc<Self>, on: bool) -> Result<(), Error> {
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
        let strip: HtmlIFrameElement = dom::clone_template("sample")?.unchecked_into();
        let (page, sized) = (self.clone(), strip.clone());
        dom::listen(&strip, "load", move |_: Event| {
            let (told, strip) = (page.clone(), sized.clone());
            page.port.replace(Some(StripPort::open(&sized, move |message| told.hear(&strip, &message))?));
            page.tell_size()
        })?;
        place.append_child(&strip)?;
        Ok(())
    }

    fn tell_size(&self) -> Result<(), Error> {
        let (Some(port), Some(root)) = (&*self.port.borrow(), document().document_element()) else { return Ok(()) };
        let height = window().inner_height()?.as_f64().unwrap_or_default();
        port.tell(&ToStrip::Window { width: root.client_width().into(), height })
    }

    /// Hears where the strip should be.
    fn hear(&self, strip: &HtmlIFrameElement, message: &FromStrip) -> Result<(), Error> {
        let FromStrip::Frame(area) = message else { return Ok(()) };
        let Some((left, top)) = area.at else { return Ok(()) };
        self.held.set(area.held);
        dom::set_style(strip, "translate", &[&pixels(left), " ", &pixels(top)].concat())?;
        frame::resize(strip, area).map(drop)
    }
}
