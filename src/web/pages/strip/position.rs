//! Where the strip is in the call's window: stored for this screen, dragged, moved by keys, out of the way of what
//! people click on the page.
//!
//! The frame sees neither the page nor its own place. `content.js` says how large the window is, and which of a few
//! areas is free; the frame says where it wants to be. While it is being dragged it fills the window, unseen, so that
//! the pointer's place in the frame is its place in the window, and nothing has to be sent at each move.

use std::cell::{Cell, RefCell};

use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, KeyboardEvent, PointerEvent};

use attune::messages::{FrameArea, FromStrip, PageArea, ToStrip};
use attune::settings::place::{Area, Place, STEP, Size};
use attune::settings::places::Places;
use attune_toolkit::browser::{self, window};
use attune_toolkit::frame::pixels;
use attune_toolkit::{Error, dom, stored};

/// A press that moves the pointer less than this, in px, is a click.
const STILL: f64 = 4.0;
/// Room for a cue's words, kept free from the start for the dot that they come from.
const WORDS: Size = Size { width: 240.0, height: 34.0 };
/// The same for large words.
const LARGE_WORDS: Size = Size { width: 300.0, height: 44.0 };

/// The strip's position in the window.
pub struct Position {
    root: HtmlElement,
    places: RefCell<Places>,
    place: Cell<Place>,
    /// How large the call's window is, once that is known.
    window: Cell<Option<Size>>,
    /// Where the strip may go, in the order in which the page was asked.
    ways: RefCell<Vec<Area>>,
    /// How far it has moved out of the way.
    way: Cell<(f64, f64)>,
    drag: Cell<Option<Drag>>,
    /// The press has become a drag: its click doesn't count.
    dragged: Cell<bool>,
    /// The last visible size.
    seen: Cell<Size>,
}

#[derive(Clone, Copy)]
struct Drag {
    pointer: i32,
    /// Where the pointer was last, in the window.
    at: (f64, f64),
    /// From the pointer to the corner of what is being dragged.
    grip: (f64, f64),
    /// Where the frame was when the drag began.
    origin: (f64, f64),
    before: Place,
    moves: bool,
}

impl Drag {
    /// Where the pointer is in the window. While the frame grows, its place is sometimes given for the small frame,
    /// sometimes for the large one; the one nearer to where it was last is right.
    fn pointer_in(&self, event: &PointerEvent, is_large: bool) -> (f64, f64) {
        let large = (f64::from(event.client_x()), f64::from(event.client_y()));
        let small = (self.origin.0 + large.0, self.origin.1 + large.1);
        if is_large && far(large, self.at) <= far(small, self.at) { large } else { small }
    }
}

impl Position {
    /// A strip at the top centre, as in a new installation.
    pub fn new(root: HtmlElement) -> Position {
        Position {
            root,
            places: RefCell::default(),
            place: Cell::default(),
            window: Cell::default(),
            ways: RefCell::default(),
            way: Cell::default(),
            drag: Cell::default(),
            dragged: Cell::default(),
            seen: Cell::new(Size { width: 0.0, height: 0.0 }),
        }
    }

    // --- what is stored ---

    /// Takes over what is stored.
    pub fn adopt(&self, places: Places) -> Result<(), Error> {
        self.places.replace(places);
        self.hang();
        self.lean()
    }

    /// Hangs the strip where it belongs on the screen that the window is on now.
    fn hang(&self) {
        if self.drag.get().is_none() {
            let is_hidden = self.window.get().is_some_and(browser::hides_screen);
            self.place.set(self.places.borrow().of(browser::screen(), is_hidden));
        }
    }

    fn store(&self) {
        let (screen, place) = (browser::screen(), self.place.get());
        self.places.borrow_mut().hang(screen, place);
        spawn_local(async move {
            let mut places = stored::places().await;
            places.hang(screen, place);
            // If there is no room left, the strip stays there until the frame goes.
            let _ = stored::store_places(&places).await;
        });
    }

    // --- the window ---

    /// Hears from the frame's host how large the window is, which way is free, or that a drag is over. Says whether the
    /// frame has to move as a result.
    pub fn hear(&self, message: ToStrip) -> Result<bool, Error> {
        match message {
            ToStrip::Window { width, height } => {
                self.window.set(Some(Size { width, height }));
                self.hang();
            }
            ToStrip::Free(free) => {
                let ways = self.ways.take();
                let way = free.and_then(|free| ways.get(usize::try_from(free).ok()?));
                let made = ways.first().zip(way).map(|(home, way)| (way.left - home.left, way.top - home.top));
                self.way.set(made.unwrap_or_default());
                return Ok(true);
            }
            ToStrip::Escape => {
                let Some(drag) = self.drag.take() else { return Ok(false) };
                self.place.set(drag.before);
            }
            ToStrip::Glance | ToStrip::NotNow | ToStrip::Again => return Ok(false),
        }
        self.lean()?;
        Ok(true)
    }

    /// The areas to ask the page about, the best first, with room for large words or for normal ones.
    pub fn ask(&self, large: bool) -> Option<FromStrip> {
        self.way.take();
        let window = self.window.get()?;
        let ways = self.place.get().around(window, if large { LARGE_WORDS } else { WORDS });
        let areas =
            ways.iter().map(|&Area { left, top, size: Size { width, height } }| PageArea { left, top, width, height });
        let ask = FromStrip::FindFree(areas.collect());
        self.ways.replace(ways);
        Some(ask)
    }

    /// The frame for something of this size.
    pub fn frame(&self, seen: Size, radius: f64) -> FrameArea {
        self.seen.set(seen);
        let held = self.drag.get().is_some_and(|drag| drag.moves);
        // If it does not know its window, a page of Attune's places it.
        let area = self.window.get().map(|window| match held {
            true => Area { left: 0.0, top: 0.0, size: window },
            false => self.place.get().area_beside(window, seen, self.way.get()),
        });
        let Size { width, height } = area.map_or(seen, |area| area.size);
        let at = area.map(|area| (area.left, area.top));
        FrameArea { at, width, height, radius: if held { 0.0 } else { radius }, held }
    }

    /// Whether the call's window is known.
    pub fn knows_window(&self) -> bool {
        self.window.get().is_some()
    }

    /// Tells the style sheet to which side the layers lean in the frame, and how large the window around it is.
    fn lean(&self) -> Result<(), Error> {
        let Some(window) = self.window.get() else { return Ok(()) };
        let (across, down) = self.place.get().lean(window);
        // Writing a whole number takes little wasm, writing any other takes much.
        let share = |of: f64| [&((of * 1000.0) as u32).to_string(), "e-3"].concat();
        dom::set_style(&self.root, "--window-width", &pixels(window.width))?;
        dom::set_style(&self.root, "--window-height", &pixels(window.height))?;
        dom::set_style(&self.root, "--across", &share(across))?;
        dom::set_style(&self.root, "--down", &share(down))
    }

    // --- what moves it ---

    /// A press on the strip, where it can be dragged.
    pub fn press(&self, event: &PointerEvent) -> Result<(), Error> {
        self.dragged.set(false);
        let is_free = event.button() == 0 && dom::nearest(event, ".question button").is_none();
        let grip = dom::nearest(event, ".dot, .pill, .head").filter(|_| is_free);
        let (Some(grip), Some(window)) = (grip, self.window.get()) else { return Ok(()) };
        // The first quick move leaves the frame, which would then hear nothing more of the pointer.
        grip.set_pointer_capture(event.pointer_id())?;
        let area = self.place.get().area_beside(window, self.seen.get(), self.way.get());
        let at = (area.left + f64::from(event.client_x()), area.top + f64::from(event.client_y()));
        self.drag.set(Some(Drag {
            pointer: event.pointer_id(),
            at,
            grip: (area.left - at.0, area.top - at.1),
            origin: (area.left, area.top),
            before: self.place.get(),
            moves: false,
        }));
        Ok(())
    }

    /// The pointer has moved. Says whether the frame has to fill the window from now on.
    pub fn drag(&self, event: &PointerEvent) -> Result<bool, Error> {
        let (Some(drag), Some(window)) = (self.drag.get(), self.window.get()) else { return Ok(false) };
        if event.pointer_id() != drag.pointer {
            return Ok(false);
        }
        let at = drag.pointer_in(event, self.is_large(window)?);
        let begins = !drag.moves && far(at, drag.at) >= STILL;
        if !begins && !drag.moves {
            return Ok(false);
        }
        if begins {
            // The distance that it has moved out of the way is part of where the drag starts.
            self.way.take();
            self.dragged.set(true);
            dom::set_attribute(&self.root, "data-held", "")?;
        }
        self.drag.set(Some(Drag { moves: true, at, ..drag }));
        let held = Area { left: at.0 + drag.grip.0, top: at.1 + drag.grip.1, size: self.seen.get() };
        self.place.set(Place::of(held, window).snapped(window));
        self.float(window)?;
        Ok(begins)
    }

    /// The pointer has been released. Says whether the frame has to move.
    pub fn put_down(&self) -> Result<bool, Error> {
        let Some(drag) = self.drag.take().filter(|drag| drag.moves) else { return Ok(false) };
        if self.place.get() != drag.before {
            self.store();
        }
        self.lean()?;
        Ok(true)
    }

    /// Puts the strip back where it was, because what was dragged is gone.
    pub fn let_go(&self) {
        if let Some(drag) = self.drag.take() {
            self.place.set(drag.before);
        }
    }

    /// Whether the press that ends with this click has moved the strip.
    pub fn was_dragged(&self) -> bool {
        self.dragged.take()
    }

    /// The frame has its size again, and the layers their place in it.
    pub fn settle(&self) -> Result<(), Error> {
        let held = self.drag.get().is_some_and(|drag| drag.moves);
        if !held {
            self.root.remove_attribute("data-held")?;
        }
        Ok(())
    }

    /// Shift and an arrow key move the strip, Shift and Home bring it back to the top centre. Says whether it was one
    /// of them.
    pub fn key(&self, event: &KeyboardEvent) -> Result<bool, Error> {
        let only_shift = event.shift_key() && !(event.ctrl_key() || event.alt_key() || event.meta_key());
        let Some(window) = self.window.get().filter(|_| only_shift) else { return Ok(false) };
        let place = self.place.get();
        self.place.set(match event.key().as_str() {
            "ArrowLeft" => place.moved(-STEP, 0.0, window),
            "ArrowRight" => place.moved(STEP, 0.0, window),
            "ArrowUp" => place.moved(0.0, -STEP, window),
            "ArrowDown" => place.moved(0.0, STEP, window),
            "Home" => Place::default(),
            _ => return Ok(false),
        });
        event.prevent_default();
        self.way.take();
        self.store();
        self.lean()?;
        Ok(true)
    }

    /// Puts the layers of the large frame where the strip is now.
    fn float(&self, window: Size) -> Result<(), Error> {
        let area = self.place.get().area(window, self.seen.get());
        dom::set_style(&self.root, "--x", &pixels(area.left))?;
        dom::set_style(&self.root, "--y", &pixels(area.top))
    }

    /// Whether the frame already fills the window.
    fn is_large(&self, window: Size) -> Result<bool, Error> {
        let width = self::window().inner_width()?.as_f64().unwrap_or_default();
        let height = self::window().inner_height()?.as_f64().unwrap_or_default();
        Ok(width >= window.width - 1.0 && height >= window.height - 1.0)
    }
}

fn far(one: (f64, f64), other: (f64, f64)) -> f64 {
    (one.0 - other.0).abs().max((one.1 - other.1).abs())
}
