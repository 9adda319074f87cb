//! The line to the background, which owns the session.

use std::cell::Cell;

use wasm_bindgen::prelude::*;

use super::browser::{self, Keys, Request, Said};
use super::words;
use attune::engine::Input;
use attune::engine::view::View;
use attune::json::Json;
use attune::text::Message;
use attune::wire;

/// Where the strip of the running session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the tab that asked.
    Here,
    /// In another tab.
    Elsewhere,
    /// In the floating window.
    Floating,
    /// In none.
    Nowhere,
}

/// The floating window, where else a tab is named.
pub const WINDOW: i32 = -1;

/// How things stand in a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Where the strip is.
    pub strip: Place,
    /// Whether the strip can be placed in this tab.
    pub open: bool,
}

/// What there is to say about calls in a tab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// Whether one has been noticed there.
    pub on: bool,
    /// The site, as match patterns to be allowed; none where the tab shows no site.
    pub site: Vec<String>,
    /// Whether it is allowed.
    pub allowed: bool,
}

/// What the background answers.
pub struct Reply {
    /// The whole picture.
    pub view: View,
    /// Why the input was refused.
    pub problem: Option<Message>,
    /// How things stand in the tab that was asked about, if one was.
    pub beside: Option<Beside>,
    /// What there is to say about calls in that tab.
    pub calls: Option<Calls>,
    /// Whether the state could be written.
    pub saved: bool,
    /// Whether the saved state could not be read.
    pub afresh: bool,
}

/// Requests to the background, counted: of several that are on their way, only the last one's picture counts. An older
/// one would take back for a moment what has just been clicked.
#[derive(Default)]
pub struct Line {
    asked: Cell<u32>,
    open: Cell<bool>,
}

impl Line {
    /// Sends an input, and asks how things stand in a tab. `Err` if nobody answered.
    pub async fn send(&self, input: &Input, tab: Option<i32>) -> Result<Answer, ()> {
        let request = to_background();
        request.set_input(&wire::write(input));
        if tab.is_some() {
            request.set_tab(tab);
        }
        self.ask(&request).await
    }

    /// Has the strip brought to a tab, or to the floating window.
    pub async fn mount(&self, tab: i32) -> Result<Answer, ()> {
        let request = to_background();
        request.set_mount(tab);
        request.set_tab(Some(tab));
        self.ask(&request).await
    }

    /// Whether no request is on its way, so that a picture that comes unasked may be drawn.
    pub fn is_quiet(&self) -> bool {
        !self.open.get()
    }

    async fn ask(&self, request: &Request) -> Result<Answer, ()> {
        let turn = self.asked.get().wrapping_add(1);
        self.asked.set(turn);
        self.open.set(true);
        let said = said(request).await;
        let last = self.asked.get() == turn;
        if last {
            self.open.set(false);
        }
        said.as_ref().and_then(read).map(|reply| Answer { reply, last }).ok_or(())
    }
}

/// A reply, and whether nothing has been asked since.
pub struct Answer {
    /// What was answered.
    pub reply: Reply,
    /// Whether it is to be drawn.
    pub last: bool,
}

/// The keys of the commands, for a page that cannot ask the browser itself.
pub async fn keys() -> Option<Keys> {
    let request = to_background();
    request.set_keys(true);
    said(&request).await?.keys()
}

/// Has the background make anew what the engine goes on with. `Err` if nobody answered, or it could not be kept.
pub async fn settle() -> Result<(), ()> {
    let request = to_background();
    request.set_settle(true);
    said(&request).await.and_then(|said| said.view()).map(drop).ok_or(())
}

/// The prompts that rest, after one was let come again, if one is to be.
pub async fn resting(allow: Option<String>) -> Option<Vec<Away>> {
    let request = to_background();
    let look = || Json::from("look");
    request.set_input(&allow.map_or_else(look, |id| Json::object(vec![("allow", id.into())])).to_line());
    away(&said(&request).await?.view()?)
}

/// Has `listener` called with the prompts that rest, whenever the background hands a picture to all surfaces.
pub fn on_resting(mut listener: impl FnMut(Vec<Away>) + 'static) {
    on_picture(away, move |resting, _| listener(resting));
}

/// A prompt that stays away.
pub struct Away {
    /// The name to let it come again by.
    pub id: String,
    /// Its cue.
    pub cue: String,
    /// Why it stays away, in words; and until which day, if that is a matter of time.
    pub why: String,
}

/// What of a picture the options draw: they need not be able to read the rest.
fn away(view: &str) -> Option<Vec<Away>> {
    let view = Json::parse(view).ok()?;
    let text = |json: &Json<'_>, key: &str| json.get(key)?.as_text().map(str::to_owned);
    let one = |row: &Json<'_>| {
        let why = words::say(&text(row.get("why")?, "key")?);
        let until = row.get("until").and_then(Json::as_number).map(browser::day);
        let why = match until {
            Some(day) => words::fill("options_resting_until", &[&why, &day]),
            None => why,
        };
        Some(Away { id: text(row, "id")?, cue: text(row, "cue")?, why })
    };
    view.get("resting")?.as_list()?.iter().map(one).collect()
}

/// Has `listener` called with each picture that the background hands to all surfaces, and the tab that has the strip, if
/// one has; [`WINDOW`] for the floating window.
pub fn on_view(listener: impl FnMut(View, Option<i32>) + 'static) {
    on_picture(wire::read, listener);
}

fn on_picture<T: 'static>(read: fn(&str) -> Option<T>, mut listener: impl FnMut(T, Option<i32>) + 'static) {
    let closure = Closure::<dyn FnMut(JsValue)>::new(move |said: JsValue| {
        if !said.is_object() {
            return;
        }
        let said: Said = said.unchecked_into();
        if said.to().as_deref() == Some("surfaces")
            && let Some(view) = said.view().and_then(|view| read(&view))
        {
            listener(view, said.home());
        }
    });
    browser::on_message(&closure.into_js_value());
}

fn to_background() -> Request {
    let request: Request = browser::object();
    request.set_to("background");
    request
}

async fn said(request: &Request) -> Option<Said> {
    if !browser::is_alive() {
        return None;
    }
    let said = browser::send_message(request).await.ok()?;
    said.is_object().then(|| said.unchecked_into())
}

/// What the background has answered to a look that was sent without this module.
pub fn reply(said: JsValue) -> Option<Reply> {
    said.is_object().then(|| said.unchecked_into()).as_ref().and_then(read)
}

fn read(said: &Said) -> Option<Reply> {
    Some(Reply {
        view: wire::read(&said.view()?)?,
        problem: said.problem().and_then(|problem| wire::read(&problem)),
        beside: said.strip().map(|strip| Beside {
            strip: match strip.as_str() {
                "here" => Place::Here,
                "elsewhere" => Place::Elsewhere,
                "floating" => Place::Floating,
                _ => Place::Nowhere,
            },
            open: said.page().as_deref() == Some("open"),
        }),
        calls: said.site().map(|site| Calls {
            on: said.call() == Some(true),
            site: site.split_ascii_whitespace().map(str::to_owned).collect(),
            allowed: said.allowed() == Some(true),
        }),
        saved: said.saved() != Some(false),
        afresh: said.afresh() == Some(true),
    })
}
