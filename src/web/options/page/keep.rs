//! Storing the settings, going back if that fails, and following what another page has stored.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::Page;
use crate::stored;
use attune::settings::Settings;
use attune_toolkit::browser::{self, document};
use attune_toolkit::{Error, background, dom, words};

impl Page {
    /// Keeps the settings, and makes the engine use what follows from them. What is changed meanwhile is kept
    /// afterwards.
    pub fn keep(self: &Rc<Self>) {
        if self.keeping.replace(true) {
            return;
        }
        browser::report(busy(true));
        let page = self.clone();
        spawn_local(async move {
            loop {
                let next = page.settings.borrow().clone();
                if !page.try_to_keep(&next).await {
                    page.fall_back().await;
                    break;
                }
                page.kept.replace(next);
                if *page.settings.borrow() == *page.kept.borrow() {
                    break;
                }
            }
            page.keeping.set(false);
            if page.travel.borrow().is_on() {
                page.send().await;
            }
            browser::report(busy(page.keeping.get()));
        });
    }

    /// Whether the settings are stored and the engine uses them.
    async fn try_to_keep(&self, settings: &Settings) -> bool {
        stored::store_settings(settings).await.is_ok() && background::settle().await.is_ok()
    }

    async fn fall_back(&self) {
        let kept = self.kept.borrow().clone();
        // It fitted before, and nothing else can be done.
        self.try_to_keep(&kept).await;
        self.settings.replace(kept);
        self.before.borrow_mut().pop();
        self.news.replace(words::text("options_full"));
        self.work_out();
        browser::report(self.draw());
    }

    /// Another page, or another computer, has changed the settings.
    pub async fn reload(self: Rc<Self>) {
        if self.keeping.get() {
            return;
        }
        let there = stored::load_settings().await.unwrap_or_default();
        if self.keeping.get() || there == *self.settings.borrow() {
            return;
        }
        self.kept.replace(there.clone());
        self.settings.replace(there);
        self.before.borrow_mut().clear();
        self.news.take();
        self.editing.take();
        self.work_out();
        browser::report(self.draw());
    }
}

/// Says that something is being done, to assistive technology too.
fn busy(on: bool) -> Result<(), Error> {
    let Some(root) = document().document_element() else { return Ok(()) };
    if on { dom::set_attribute(&root, "aria-busy", "true") } else { Ok(root.remove_attribute("aria-busy")?) }
}
