//! What the popup and the panel ask of the background and of the browser.

use std::rc::Rc;

use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{Page, Surface, ready, running};
use attune::engine::Input;
use attune::engine::view::Popup;
use attune::messages::{State, StripPlace};
use attune_toolkit::browser::{self, panels, sites, tabs, window, windows};
use attune_toolkit::{Error, background, dom};

impl Page {
    /// Sends an input and draws what comes of it.
    pub fn send(self: &Rc<Self>, input: Input) {
        let page = self.clone();
        spawn_local(async move {
            let answer = page.background.take(&input, page.tab_to_ask_about()).await;
            browser::report(page.take(answer));
        });
    }

    /// Sends what the button named `what` is for, in the current state.
    pub fn ask(self: &Rc<Self>, what: &str) {
        let input = self.last.borrow().as_ref().and_then(|last| running::input(what, &last.view.popup));
        if let Some(input) = input {
            self.send(input);
        }
    }

    /// A popup asks about its tab each time. A panel does so when it looks, because asking means trying whether the tab
    /// is open.
    fn tab_to_ask_about(&self) -> Option<i32> {
        let front = self.front.get().filter(|_| self.surface == Surface::Popup);
        front.map(|front| front.tab)
    }

    /// Asks what there is to draw, and the state of the tab beside this page.
    pub fn look(self: &Rc<Self>) {
        let page = self.clone();
        spawn_local(async move {
            let tab = page.find_tab().await;
            let answer = page.background.take(&Input::Look, tab).await;
            browser::report(page.take(answer));
        });
    }

    async fn find_tab(&self) -> Option<i32> {
        if self.surface == Surface::Panel || self.front.get().is_none() {
            self.front.set(tabs::tab_beside().await);
        }
        self.front.get().map(|front| front.tab)
    }

    /// Starts with what is chosen. `place` is where to start, if not beside this page.
    pub fn start(self: &Rc<Self>, place: Option<i32>) -> Result<(), Error> {
        let Some(choices) = ready::choices()? else { return dom::focus_first("length") };
        self.begin(Input::Start { choices, seed: background::seed() }, place);
        Ok(())
    }

    /// Sends an input that begins a session, or goes on with one that was over. Once the strip is beside the call, a popup
    /// has done its work, and leaves the process that they share to the strip, which is just being drawn.
    pub fn begin(self: &Rc<Self>, input: Input, place: Option<i32>) {
        let page = self.clone();
        spawn_local(async move {
            let tab = page.find_tab().await;
            let mut answer = page.background.take(&input, place.or(tab)).await;
            if let Ok(answer) = &mut answer {
                let State { problem, beside, .. } = &mut answer.state;
                page.refused.set(problem.is_none() && beside.as_ref().is_none_or(|beside| beside.closed.is_some()));
                // A start does not look for calls.
                if let Some(beside) = beside {
                    beside.call = page.beside.borrow().call.clone();
                }
                if page.surface == Surface::Popup && is_well(&answer.state) {
                    return browser::report(windows::close_when_idle());
                }
            }
            browser::report(page.take_beside(answer, place));
        });
    }

    /// Brings the strip to a place, or to the tab beside this page.
    pub fn mount(self: &Rc<Self>, place: Option<i32>) {
        let page = self.clone();
        spawn_local(async move {
            let tab = page.find_tab().await;
            let Some(to) = place.or(tab) else { return };
            let answer = page.background.mount(to).await;
            let done = answer.as_ref().is_ok_and(|answer| is_well(&answer.state));
            browser::report(page.take_beside(answer, place));
            // It must not cover what it has brought to the front.
            if done && place.is_some() && page.surface == Surface::Popup {
                browser::report(windows::close_when_idle());
            }
        });
    }

    /// Makes the browser ask whether calls may be noticed on this site. It may close the popup for that.
    pub fn ask_for_site(self: &Rc<Self>) {
        let Some(asked) = sites::request(&self.beside.borrow().call.site) else { return };
        let page = self.clone();
        spawn_local(async move {
            let _ = JsFuture::from(asked).await;
            page.look();
        });
    }

    /// Opens the panel beside this popup.
    pub fn open_panel(&self) {
        if let Some(opened) = self.front.get().and_then(|front| panels::open(front.window)) {
            // Chromium closes a popup automatically when something else opens.
            spawn_local(async move {
                if JsFuture::from(opened).await.is_ok() {
                    let _ = window().close();
                }
            });
        }
    }
}

/// Whether a session runs with its strip in this tab or in the floating window, and nothing is wrong.
fn is_well(state: &State) -> bool {
    let runs = matches!(state.view.popup, Popup::Running(_));
    let place = state.beside.as_ref().map(|beside| beside.strip);
    runs && matches!(place, Some(StripPlace::Here | StripPlace::Floating)) && state.problem.is_none() && state.saved
}
