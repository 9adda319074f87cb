//! Where the strip hangs on each of this computer's screens, as it is stored.
//!
//! It is written when the strip is moved, and read before it is drawn. It does not travel: where the lens is depends on
//! the desk.

use serde::{Deserialize, Serialize};

use super::place::Place;
use crate::engine::stored::Version;

/// How many screens are remembered; the one that was set longest ago is forgotten.
const SCREENS: usize = 16;
/// In a zoomed page, a browser may be this many px off when it gives a screen's size.
const OFF: u32 = 4;

/// A screen, by its width and height in px.
pub type Screen = (u32, u32);

/// The screens on which the strip was moved; the most recently set one comes last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Places {
    version: Version,
    screens: Vec<OnScreen>,
}

/// A screen, and the place of the strip on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OnScreen {
    width: u32,
    height: u32,
    place: Place,
}

impl OnScreen {
    const fn is(&self, (width, height): Screen) -> bool {
        self.width.abs_diff(width) <= OFF && self.height.abs_diff(height) <= OFF
    }
}

impl Places {
    /// Where the strip hangs on a screen.
    pub fn of(&self, screen: Screen) -> Place {
        self.screens.iter().find(|known| known.is(screen)).map_or_else(Place::default, |known| known.place)
    }

    /// Moves the strip to another place on a screen.
    pub fn hang(&mut self, screen: Screen, place: Place) {
        self.screens.retain(|known| !known.is(screen));
        if place != Place::default() {
            let (width, height) = screen;
            self.screens.push(OnScreen { width, height, place });
            let over = self.screens.len().saturating_sub(SCREENS);
            self.screens.drain(..over);
        }
    }
}
