//! Settings on the therapist's other computers.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::Page;
use crate::views::travel::{self, Travel};
use attune::settings::Order;
use attune_toolkit::{Error, browser, words};

impl Page {
    pub async fn set_travel(self: Rc<Self>, on: bool) {
        if !on {
            let _ = travel::keep(false).await;
            self.travel.replace(Travel::off().await);
            return browser::report(self.draw());
        }
        let found = travel::found().await;
        let order = found.as_ref().map(|there| self.settings.borrow().history.order(&there.history));
        let (Some(there), Some(order @ (Order::Later | Order::Apart))) = (found, order) else {
            return self.travel_on();
        };
        let asks = order == Order::Apart && !self.settings.borrow().is_default();
        self.travel.replace(Travel::Asking(Box::new(there)));
        browser::report(if asks { self.ask_which() } else { self.take_carried() });
    }

    /// The browser has brought settings. The background takes over those that follow from the ones here.
    pub async fn hear_carried(self: Rc<Self>) {
        let (policy, settings) = (self.policy.borrow().clone(), self.settings.borrow().clone());
        let found = Travel::recall(&policy, &settings).await;
        let asks = |travel: &Travel| matches!(travel, Travel::Asking(_));
        if asks(&found) || asks(&self.travel.borrow()) {
            self.travel.replace(found);
            browser::report(self.ask_which());
        }
    }

    /// Says in any view that there is a question to answer, and draws it.
    pub fn ask_which(&self) -> Result<(), Error> {
        if matches!(*self.travel.borrow(), Travel::Asking(_)) {
            self.news.replace(words::text("sync_apart"));
        }
        self.draw()
    }

    /// The settings here count, and what another computer has sent gives way to them.
    pub fn keep_own(self: &Rc<Self>) -> Result<(), Error> {
        let Travel::Asking(there) = self.travel.replace(Travel::Off) else { return Ok(()) };
        self.alter(words::text("sync_kept"), |settings| settings.history = there.history)?;
        self.travel_on();
        Ok(())
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
