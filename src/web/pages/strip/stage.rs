//! How the strip gets from one picture to the next.

use super::Page;
use super::demo::Demo;
use super::layer;
use attune::engine::Input;
use attune::engine::view::{Strip, View};
use attune::messages::FromStrip;
use attune::settings::look;
use attune::settings::place::Size;
use attune_toolkit::{Error, dom};

impl Page {
    /// Draws a picture, and asks for the next one when it is time.
    pub fn draw(&self, view: View) -> Result<(), Error> {
        self.wake.at(view.wake_at);
        self.show(view.strip)
    }

    /// Draws what the demo makes of an input, and tells the page around the frame how far it has come.
    pub fn draw_demo(&self, demo: &Demo, input: &Input) -> Result<(), Error> {
        self.show(demo.take(input))?;
        self.tell(&FromStrip::Demo(demo.step()))
    }

    /// Draws what is there in its current look.
    pub fn fit_again(&self) -> Result<(), Error> {
        if let Some(demo) = &self.demo {
            self.draw_demo(demo, &Input::Look)?;
        }
        if let Some(layer) = &*self.layer.borrow() {
            layer::fit(layer)?;
        }
        self.resize()
    }

    fn show(&self, strip: Strip) -> Result<(), Error> {
        let before = self.shown.replace(strip);
        let shown = self.shown.borrow();
        if before == *shown {
            return Ok(());
        }
        if let (Strip::Card(old), Strip::Card(new)) = (&before, &*shown)
            && old.number == new.number
            && let Some(layer) = &*self.layer.borrow()
        {
            layer::fill(layer, new, &self.keys.borrow())?;
            layer::fit(layer)?;
            return self.resize();
        }
        if before == Strip::Clear {
            self.make_way()?;
        }
        self.say(&before, &shown)?;
        self.replace(&shown)
    }

    /// Asks the frame's host where there is nothing to click. A sample stays where it was put.
    pub fn make_way(&self) -> Result<(), Error> {
        if self.demo.is_some() {
            return Ok(());
        }
        let is_large = self.look.get().size == look::Size::Large;
        self.position.ask(is_large).map_or(Ok(()), |ask| self.tell(&ask))
    }

    /// Makes a screen reader say what comes, if that is wanted: it may be heard in the call.
    fn say(&self, before: &Strip, shown: &Strip) -> Result<(), Error> {
        if !self.look.get().aloud {
            return Ok(());
        }
        dom::set_text_by_id("aloud", &layer::said(before, shown))
    }

    fn replace(&self, shown: &Strip) -> Result<(), Error> {
        let new = layer::of(shown, &self.keys.borrow())?;
        let old = self.layer.take();
        // If the keyboard focus was here, it stays here.
        let focused = old.as_ref().is_some_and(|old| dom::focused().is_some_and(|on| old.contains(Some(&on))));
        if let Some(old) = &old {
            old.class_list().add_1("leaving")?;
            dom::toggle_attribute(old, "inert", true)?;
        }
        if let Some(new) = &new {
            self.root.append_child(new)?;
            layer::fit(new)?;
            let button = if new.matches("button")? { Some(new.clone()) } else { dom::find(new, "button").ok() };
            if let Some(button) = button.filter(|_| focused) {
                dom::focus(&button)?;
            }
        }
        self.layer.replace(new);
        match old.as_ref().map(layer::fade_time).transpose()? {
            Some(ms) if ms > 0.0 => {
                self.sweep.after(ms);
                self.resize()
            }
            _ => self.sweep(),
        }
    }

    /// Removes what has faded out.
    pub fn sweep(&self) -> Result<(), Error> {
        while let Some(gone) = self.root.query_selector(".leaving")? {
            gone.remove();
        }
        self.resize()
    }

    /// Says where the frame should be, and how large: as large as the largest layer.
    pub fn resize(&self) -> Result<(), Error> {
        let (mut seen, mut radius) = (Size { width: 0.0, height: 0.0 }, 0.0);
        for layer in dom::children(&self.root) {
            let area = layer.get_bounding_client_rect();
            seen.width = f64::max(seen.width, area.width().ceil());
            if area.height() > seen.height {
                seen.height = area.height().ceil();
                radius = layer::pixels(&layer, "border-top-left-radius")?;
            }
        }
        if seen.width == 0.0 {
            self.position.let_go();
        }
        self.tell(&FromStrip::Frame(self.position.frame(seen, radius)))
    }

    /// Tells the frame's host something, if there is a line.
    fn tell(&self, message: &FromStrip) -> Result<(), Error> {
        self.port.borrow().as_ref().map_or(Ok(()), |port| port.tell(message))
    }
}
