//! Settings on the therapist's other computers.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::Page;
use crate::views::travel::{self, Travel};
use attune_toolkit::{Error, browser, words};

impl Page {
    pub async fn set_travel(self: Rc<Self>, on: bool) {
        if !on {
            let _ = travel::keep(false).await;
            self.travel.replace(Travel::off().await);
            return browser::report(self.draw());
        }
        match travel::found().await {
            Some(there) if there != *self.settings.borrow() => {
                let asks = !self.settings.borrow().is_default();
                self.travel.replace(Travel::Asking(Box::new(there)));
                browser::report(if asks { self.draw() } else { self.take_carried() });
            }
            _ => self.travel_on(),
        }
    }

    pub async fn forget_carried(self: Rc<Self>) {
        self.travel.replace(travel::forget().await);
        browser::report(self.draw());
    }

    /// Settings travel from now on, starting with these.
    pub fn travel_on(self: &Rc<Self>) {
        self.travel.replace(Travel::On);
        let page = self.clone();
        spawn_local(async move {
            if travel::keep(true).await.is_err() {
                page.travel.replace(Travel::Off);
            } else {
                page.send().await;
            }
            browser::report(page.draw());
        });
    }

    pub async fn send(&self) {
        let settings = self.settings.borrow().clone();
        let came = travel::send(&settings).await;
        if self.travel.borrow().is_on() {
            self.travel.replace(came);
            browser::report(self.draw());
        }
    }

    pub fn take_carried(self: &Rc<Self>) -> Result<(), Error> {
        let Travel::Asking(there) = self.travel.replace(Travel::Off) else { return Ok(()) };
        self.alter(words::text("sync_taken"), |settings| *settings = *there)?;
        self.travel_on();
        Ok(())
    }
}
