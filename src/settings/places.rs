//! Where the strip hangs on each of this computer's screens, as it is stored.
//!
//! It is written when the strip is moved, and read before it is drawn. It does not travel: where the lens is depends on
//! the desk.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::place::Place;
use crate::deck::limits::whole;
use crate::deck::lists::list;
use crate::engine::stored::Version;

/// How many screens are remembered; the one that was set longest ago is forgotten.
const SCREENS: usize = 16;
/// In a zoomed page, a browser may be this many px off when it gives a screen's size.
const OFF: u32 = 4;

/// Wider and higher than any screen, in px; the place on a larger one is not remembered.
const LARGEST: u32 = 1_000_000;

/// A screen: its size, and where it lies among the others, in px. Two of one size lie in different places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Screen {
    /// Its width.
    #[serde(deserialize_with = "whole::<0, LARGEST, _, _>")]
    pub width: u32,
    /// Its height.
    #[serde(deserialize_with = "whole::<0, LARGEST, _, _>")]
    pub height: u32,
    /// How far its left edge is to the right of that of the main screen.
    pub left: i32,
    /// How far its top edge is below that of the main screen.
    pub top: i32,
}

impl Screen {
    const fn has_size_of(self, other: Screen) -> bool {
        self.width.abs_diff(other.width) <= OFF && self.height.abs_diff(other.height) <= OFF
    }

    /// A bar at an edge moves what a browser calls the edge, but never by half a screen.
    const fn is(self, other: Screen) -> bool {
        let (across, down) = (self.left.abs_diff(other.left), self.top.abs_diff(other.top));
        self.has_size_of(other) && across <= self.width / 2 && down <= self.height / 2
    }
}

/// The screens on which the strip was moved; the most recently set one comes last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Places {
    version: Version,
    #[serde(deserialize_with = "apart")]
    screens: Vec<OnScreen>,
}

/// A screen, and the place of the strip on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OnScreen {
    screen: Screen,
    place: Place,
}

/// Reads screens, of which no two can be taken for the same.
fn apart<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<OnScreen>, D::Error> {
    let screens = list::<SCREENS, OnScreen, D>(deserializer)?;
    let is_again = |(at, known): (usize, &OnScreen)| screens.iter().take(at).any(|other| other.screen.is(known.screen));
    if screens.iter().enumerate().any(is_again) { Err(D::Error::custom("a screen twice")) } else { Ok(screens) }
}

impl Places {
    /// Where the strip hangs on a screen. Screens may have been put side by side in another way since, so one of the same
    /// size will do. If the browser hides the screen from pages, and tells them the size of the window instead, the
    /// place that was set last counts.
    pub fn of(&self, screen: Screen, is_hidden: bool) -> Place {
        let latest = |fits: &dyn Fn(Screen) -> bool| self.screens.iter().rev().find(|known| fits(known.screen));
        latest(&|known| known.is(screen))
            .or_else(|| latest(&|known| known.has_size_of(screen)))
            .or_else(|| latest(&|_| is_hidden))
            .map_or_else(Place::default, |known| known.place)
    }

    /// Moves the strip to another place on a screen.
    pub fn hang(&mut self, screen: Screen, place: Place) {
        self.screens.retain(|known| !known.screen.is(screen));
        if screen.width.max(screen.height) <= LARGEST {
            self.screens.push(OnScreen { screen, place });
            let over = self.screens.len().saturating_sub(SCREENS);
            self.screens.drain(..over);
        }
    }
}
