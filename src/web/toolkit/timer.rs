//! One timer, which can be set again and again.

use std::cell::Cell;

use wasm_bindgen::prelude::*;

use crate::browser::window;
use attune::time::Timestamp;

/// Never sooner than this, in ms: a clock that has stepped back must not make a page ask continuously.
const SOONEST: f64 = 50.0;
/// The longest time that a browser's timer can count, in ms.
const LONGEST: f64 = 2_147_483_647.0;

/// Calls back once, at a time of the wall clock or after a while.
pub struct Timer {
    callback: Closure<dyn FnMut()>,
    armed: Cell<Option<i32>>,
}

impl Timer {
    /// A timer that is not set.
    pub fn new(callback: impl FnMut() + 'static) -> Timer {
        Timer { callback: Closure::new(callback), armed: Cell::new(None) }
    }

    /// Sets the timer to `at`, replacing an earlier time; without a time, clears it.
    pub fn at(&self, at: Option<Timestamp>) {
        self.disarm();
        if let Some(Timestamp(at)) = at {
            self.after((at as f64 - js_sys::Date::now()).clamp(SOONEST, LONGEST));
        }
    }

    /// Sets the timer to `ms` from now, replacing an earlier time.
    pub fn after(&self, ms: f64) {
        self.disarm();
        let callback = self.callback.as_ref().unchecked_ref();
        self.armed.set(window().set_timeout_with_callback_and_timeout_and_arguments_0(callback, ms as i32).ok());
    }

    fn disarm(&self) {
        if let Some(armed) = self.armed.take() {
            window().clear_timeout_with_handle(armed);
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.disarm();
    }
}
