//! The options: the decks of one's own, what an hour with them could look like, and the prompts that rest.

mod decks;
mod preview;
mod resting;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, Event, HtmlInputElement, MouseEvent};

use super::background::{self, Line};
use super::browser::{self, document};
use super::dom::{self, Done};
use super::words;
use crate::deck::Deck;
use crate::engine::Input;
use crate::shelf::{Refused, Shelf, Taken};

/// Where the shelf is stored.
const KEY: &str = "shelf";

/// What the page says about what was just done.
#[derive(Default)]
enum News {
    #[default]
    None,
    /// A text of the product's own.
    Said(String),
    /// Why the deck called so was refused.
    Refused(String, Refused),
    /// A deck was taken off the shelf.
    Taken(String, Taken),
}

struct Page {
    shipped: String,
    shelf: RefCell<Shelf>,
    news: RefCell<News>,
    line: Line,
    /// The deck in use, for the preview.
    deck: RefCell<Option<Deck>>,
    busy: Cell<bool>,
}

/// Fills the page and keeps it right.
pub async fn run(shipped: String) -> Done {
    words::localise_page()?;
    let stored = browser::recall(KEY).await;
    let shelf = stored.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let page = Rc::new(Page {
        shipped,
        shelf: RefCell::new(shelf),
        news: RefCell::default(),
        line: Line::default(),
        deck: RefCell::default(),
        busy: Cell::default(),
    });
    page.listen()?;
    page.open_deck();
    page.draw()?;
    if let Ok(answer) = page.line.send(&Input::Look, None).await {
        resting::draw(&answer.reply.view.resting)?;
    }
    Ok(())
}

impl Page {
    fn listen(self: &Rc<Self>) -> Done {
        let document = document();
        let page = self.clone();
        dom::listen(&document, "click", move |event: MouseEvent| page.click(&event))?;
        let page = self.clone();
        dom::listen(&document, "change", move |event: Event| page.change(&event))?;
        dom::listen(&document, "dragover", |event: DragEvent| {
            event.prevent_default();
            Ok(())
        })?;
        let page = self.clone();
        dom::listen(&document, "drop", move |event: DragEvent| {
            event.prevent_default();
            page.import(event.data_transfer().and_then(|data| data.files()))
        })?;
        background::on_view(|view| dom::report(resting::draw(&view.resting)));
        Ok(())
    }

    fn click(self: &Rc<Self>, event: &MouseEvent) -> Done {
        let Some(button) = dom::nearest(event, "[data-do]") else { return Ok(()) };
        let number = decks::number_of(&button);
        match button.get_attribute("data-do").unwrap_or_default().as_str() {
            "import" => dom::by_id::<HtmlInputElement>("file")?.click(),
            "export" => decks::export(self.text(number), &self.title(number))?,
            "delete" => self.take(number)?,
            "undo" => self.put_back()?,
            "allow" => self.allow(button.get_attribute("data-id").unwrap_or_default()),
            _ => {}
        }
        Ok(())
    }

    fn change(self: &Rc<Self>, event: &Event) -> Done {
        let Some(field) = dom::nearest(event, "#file, [name=deck], [data-ahead]") else { return Ok(()) };
        if field.id() == "file" {
            let input: HtmlInputElement = field.unchecked_into();
            let files = input.files();
            self.import(files)?;
            // The same file may be chosen again once it is mended.
            input.set_value("");
            return Ok(());
        }
        if field.get_attribute("name").as_deref() == Some("deck") {
            self.choose(decks::number_of(&field));
            return Ok(());
        }
        self.draw_preview()
    }

    // --- what is done ---

    fn import(self: &Rc<Self>, files: Option<web_sys::FileList>) -> Done {
        let Some(file) = files.and_then(|files| files.get(0)) else { return Ok(()) };
        let page = self.clone();
        spawn_local(async move {
            let name = file.name();
            let news = match decks::read(&file).await {
                Ok(text) => page.add(name, text).await,
                Err(said) => News::Said(said),
            };
            page.tell(news);
        });
        Ok(())
    }

    async fn add(&self, name: String, text: String) -> News {
        let mut shelf = self.shelf.borrow().clone();
        match shelf.add(text) {
            Ok(number) => match self.save(shelf).await {
                Ok(()) => News::Said(words::fill("options_imported", &[&self.title(Some(number))])),
                Err(()) => News::Said(words::say("options_full")),
            },
            Err(refused) => News::Refused(name, refused),
        }
    }

    /// Puts another deck to use: the engine first, which may refuse it, then the shelf.
    fn choose(self: &Rc<Self>, number: Option<u32>) {
        let page = self.clone();
        spawn_local(async move {
            let mut shelf = page.shelf.borrow().clone();
            shelf.choose(number);
            let compiled = page.read(number).map(|deck| deck.compile());
            let adopted = background::adopt(compiled.as_deref().filter(|_| number.is_some())).await;
            let kept = adopted.is_ok() && page.save(shelf).await.is_ok();
            page.open_deck();
            page.tell(match kept {
                true => News::Said(words::fill("options_chosen", &[&page.title(number)])),
                false => News::Said(words::say("options_not_chosen")),
            });
        });
    }

    fn take(self: &Rc<Self>, number: Option<u32>) -> Done {
        let Some(number) = number else { return Ok(()) };
        let title = self.title(Some(number));
        let mut shelf = self.shelf.borrow().clone();
        let was_chosen = shelf.chosen() == Some(number);
        let Some(taken) = shelf.take(number) else { return Ok(()) };
        self.keep(shelf, was_chosen, News::Taken(title, taken));
        Ok(())
    }

    fn put_back(self: &Rc<Self>) -> Done {
        let News::Taken(title, taken) = self.news.take() else { return Ok(()) };
        let mut shelf = self.shelf.borrow().clone();
        shelf.put_back(taken);
        let chosen = shelf.chosen().is_some() && self.shelf.borrow().chosen().is_none();
        self.keep(shelf, chosen, News::Said(words::fill("options_back", &[&title])));
        Ok(())
    }

    /// Saves a shelf, and has the engine follow if another deck is in use by it.
    fn keep(self: &Rc<Self>, shelf: Shelf, moved: bool, news: News) {
        let page = self.clone();
        spawn_local(async move {
            let kept = page.save(shelf).await.is_ok();
            if kept && moved {
                let chosen = page.shelf.borrow().chosen();
                let compiled = page.read(chosen).map(|deck| deck.compile());
                let _ = background::adopt(compiled.as_deref().filter(|_| chosen.is_some())).await;
                page.open_deck();
            }
            page.tell(if kept { news } else { News::Said(words::say("options_full")) });
        });
    }

    async fn save(&self, shelf: Shelf) -> Result<(), ()> {
        let text = serde_json::to_string(&shelf).map_err(drop)?;
        browser::keep(KEY, &text).await.map_err(drop)?;
        self.shelf.replace(shelf);
        Ok(())
    }

    fn allow(self: &Rc<Self>, id: String) {
        let page = self.clone();
        spawn_local(async move {
            if let Ok(answer) = page.line.send(&Input::Allow(id), None).await {
                dom::report(resting::draw(&answer.reply.view.resting));
            }
        });
    }

    // --- what is known ---

    fn text(&self, number: Option<u32>) -> String {
        match number {
            Some(number) => self.shelf.borrow().text(number).unwrap_or_default().to_owned(),
            None => self.shipped.clone(),
        }
    }

    fn read(&self, number: Option<u32>) -> Option<Deck> {
        Deck::from_json(&self.text(number)).ok()
    }

    fn title(&self, number: Option<u32>) -> String {
        self.read(number).map_or_else(String::new, |deck| deck.title)
    }

    fn open_deck(&self) {
        let chosen = self.shelf.borrow().chosen();
        self.deck.replace(self.read(chosen));
    }

    // --- what is shown ---

    fn tell(&self, news: News) {
        self.news.replace(news);
        dom::report(self.draw());
    }

    fn draw(&self) -> Done {
        decks::draw(&self.shipped, &self.shelf.borrow())?;
        decks::draw_news(&self.news.borrow())?;
        self.draw_preview()
    }

    fn draw_preview(&self) -> Done {
        // Filling the choices may be heard as a change.
        if self.busy.replace(true) {
            return Ok(());
        }
        let drawn = match &*self.deck.borrow() {
            Some(deck) => preview::draw(deck),
            None => Ok(()),
        };
        self.busy.set(false);
        drawn
    }
}
