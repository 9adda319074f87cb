//! Where the strip hangs on each of the screens of this computer, as it is kept.
//!
//! One small text, written where the strip is moved, and read before it is drawn. It does not travel: where the lens is,
//! belongs to a desk. What of it cannot be read is as it came.

use crate::settings::place::{PARTS, Place};
use crate::tabs::{Fields, Rows};

/// The form of the text.
const FORM: &str = "places 1";
/// So many screens are remembered; the one that was set longest ago is forgotten.
const SCREENS: usize = 16;
/// In a page that is zoomed, a browser tells a screen's size so many px off.
const OFF: u32 = 4;

/// A screen, by its width and height in px.
pub type Screen = (u32, u32);

/// The screens on which the strip was moved; what was set last comes last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(Vec<(Screen, Place)>);

impl Places {
    /// Where the strip hangs on a screen.
    pub fn of(&self, screen: Screen) -> Place {
        self.0.iter().find(|(known, _)| is_same(*known, screen)).map_or_else(Place::default, |(_, place)| *place)
    }

    /// Hangs the strip elsewhere on a screen.
    pub fn hang(&mut self, screen: Screen, place: Place) {
        self.0.retain(|(known, _)| !is_same(*known, screen));
        if place != Place::default() {
            self.0.push((screen, place));
            let over = self.0.len().saturating_sub(SCREENS);
            self.0.drain(..over);
        }
    }

    /// Writes it to be stored.
    pub fn written(&self) -> String {
        let mut rows = Rows::new(FORM);
        for ((width, height), Place { x, y }) in &self.0 {
            rows.row("place").number(*width).number(*height).number((*x).into()).number((*y).into());
        }
        rows.into_text()
    }

    /// Reads what was stored.
    pub fn read(text: &str) -> Places {
        let mut places = Places::default();
        let mut lines = text.lines();
        if lines.next() == Some(FORM) {
            for (screen, place) in lines.filter_map(|line| read(&mut Fields::of(line, "place")?)) {
                places.hang(screen, place);
            }
        }
        places
    }
}

fn is_same(one: Screen, other: Screen) -> bool {
    one.0.abs_diff(other.0) <= OFF && one.1.abs_diff(other.1) <= OFF
}

fn read(fields: &mut Fields<'_>) -> Option<(Screen, Place)> {
    let screen = (fields.number()?, fields.number()?);
    let mut share = || u16::try_from(fields.number()?).ok().filter(|share| *share <= PARTS);
    Some((screen, Place { x: share()?, y: share()? }))
}
