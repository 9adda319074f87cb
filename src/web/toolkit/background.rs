//! The background, which owns the session: what the pages ask of it, and what it tells them without being asked.

use std::cell::Cell;
use std::collections::BTreeMap;

use wasm_bindgen::prelude::*;

use super::browser::{report, runtime};
use super::error::Error;
use super::value::{from_js, to_js};
use attune::engine::Input;
use attune::messages::{Address, Addressed, Picture, Reply, Request, State};

/// Why the background has not done what it was asked.
#[derive(Debug)]
pub enum RequestError {
    /// The extension has been updated or removed, and this page has outlived it.
    Gone,
    /// Nobody answered, or the answer could not be read.
    Unanswered(Error),
    /// The background has said why.
    Failed(String),
    /// The answer was to some other request.
    Unexpected,
}

impl From<Error> for RequestError {
    fn from(error: Error) -> RequestError {
        RequestError::Unanswered(error)
    }
}

/// Requests to the background, counted: if several are under way, only the last one's picture counts. An older one
/// would briefly undo what has just been clicked.
#[derive(Default)]
pub struct BackgroundClient {
    asked: Cell<u32>,
    waits: Cell<bool>,
}

/// The answer to a request.
pub struct Answer {
    /// The state.
    pub state: State,
    /// Whether nothing has been asked since, so that this should be drawn.
    pub last: bool,
}

impl BackgroundClient {
    /// Makes the engine take an input, and asks for the state of a tab, or of [`WINDOW`](attune::messages::WINDOW), if
    /// one is given.
    ///
    /// # Errors
    /// If the background does not answer.
    pub async fn take(&self, input: &Input, tab: Option<i32>) -> Result<Answer, RequestError> {
        self.ask(Request::Take { input: input.clone(), tab }).await
    }

    /// Brings the strip to a tab, or to [`WINDOW`](attune::messages::WINDOW).
    ///
    /// # Errors
    /// If the background does not answer.
    pub async fn mount(&self, tab: i32) -> Result<Answer, RequestError> {
        self.ask(Request::Mount(tab)).await
    }

    /// Whether no request is under way, so that a picture that comes without being asked for may be drawn.
    pub fn is_idle(&self) -> bool {
        !self.waits.get()
    }

    async fn ask(&self, request: Request) -> Result<Answer, RequestError> {
        let turn = self.asked.get().wrapping_add(1);
        self.asked.set(turn);
        self.waits.set(true);
        let state = ask_for_state(request).await;
        let last = self.asked.get() == turn;
        if last {
            self.waits.set(false);
        }
        Ok(Answer { state: state?, last })
    }
}

/// The shortcuts of the commands, for a page that cannot ask the browser itself.
///
/// # Errors
/// If the background does not answer.
pub async fn shortcuts() -> Result<BTreeMap<String, String>, RequestError> {
    match ask(Request::Keys).await? {
        Reply::Keys(shortcuts) => Ok(shortcuts),
        Reply::State(_) | Reply::Shared(_) | Reply::Failed(_) => Err(RequestError::Unexpected),
    }
}

/// Makes the engine use what the stored settings say.
///
/// # Errors
/// If the background does not answer, or could not store what it worked out.
pub async fn settle() -> Result<(), RequestError> {
    ask_for_state(Request::Settle).await.map(drop)
}

/// The state in an answer that was requested without this module.
///
/// # Errors
/// If the background could not do what it was asked, or the answer cannot be read.
pub fn state_in(answer: JsValue) -> Result<State, RequestError> {
    state(reply(answer)?)
}

/// Calls `listener` with each picture that the background sends to all surfaces.
pub fn on_picture(mut listener: impl FnMut(Picture) + 'static) {
    runtime::on_message(move |message| {
        // Requests from other pages come by here, too.
        let to = js_sys::Reflect::get(&message, &JsValue::from_str("to"));
        if to.is_ok_and(|to| to == "surfaces") {
            match from_js(message) {
                Ok(Addressed::<Picture> { say, .. }) => listener(say),
                Err(error) => report(Err(error)),
            }
        }
    });
}

async fn ask_for_state(request: Request) -> Result<State, RequestError> {
    state(ask(request).await?)
}

async fn ask(request: Request) -> Result<Reply, RequestError> {
    if !runtime::is_alive() {
        return Err(RequestError::Gone);
    }
    let message = to_js(&Addressed { to: Address::Background, say: request })?;
    reply(runtime::send(message).await.map_err(Error::from)?)
}

fn reply(answer: JsValue) -> Result<Reply, RequestError> {
    let reply = from_js(answer)?;
    if let Reply::Failed(why) = reply { Err(RequestError::Failed(why)) } else { Ok(reply) }
}

fn state(reply: Reply) -> Result<State, RequestError> {
    match reply {
        Reply::State(state) => Ok(*state),
        Reply::Keys(_) | Reply::Shared(_) | Reply::Failed(_) => Err(RequestError::Unexpected),
    }
}

/// A seed for the timing of a session that is about to begin.
pub fn seed() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}
