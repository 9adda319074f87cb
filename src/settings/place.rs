//! Where the strip hangs: a point in the window, stored as a share of it, so that it applies to a window of any size.
//!
//! Whatever hangs there leans on that point: in the middle of the window it is centred on it, and towards an edge it
//! turns inwards, so that a dot and a card hang from the same point and both are fully visible. Lengths are in CSS px.

use serde::{Deserialize, Serialize};

use crate::deck::limits::whole;

/// How far everything stays from the edges of the window, as long as there is room.
pub const MARGIN: f64 = 10.0;
/// A place is stored in this many parts of the way from one edge to the other.
pub const PARTS: u16 = 10_000;
/// How far one press of an arrow key moves the strip.
pub const STEP: f64 = 24.0;

/// Anything that comes this close to a place that attracts it snaps to it.
const SNAP: f64 = 16.0;
/// The places that attract, across and down: the edges, the thirds and the middle at the top, and the bottom.
pub const ACROSS: [u16; 5] = [0, 3_333, 5_000, 6_667, PARTS];
/// See [`ACROSS`].
pub const DOWN: [u16; 2] = [0, PARTS];
/// Something as large as this leans on its middle if there is room for it on all sides: the strip's card.
const LEANING: Size = Size { width: 360.0, height: 360.0 };
/// How far the strip moves out of the way of what can be clicked, in steps of `STRIDE`.
const REACH: i32 = 8;
const STRIDE: f64 = 24.0;

/// How large something is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// A part of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// From the window's left edge.
    pub left: f64,
    /// From its top.
    pub top: f64,
    /// How large it is.
    pub size: Size,
}

impl Area {
    /// Whether two areas share more than an edge.
    pub fn overlaps(&self, other: &Area) -> bool {
        self.left < other.left + other.size.width
            && other.left < self.left + self.size.width
            && self.top < other.top + other.size.height
            && other.top < self.top + self.size.height
    }
}

/// A point in the window, in [`PARTS`] of the way from margin to margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// From the left.
    #[serde(deserialize_with = "whole::<0, { PARTS as u32 }, _, _>")]
    pub x: u16,
    /// From the top.
    #[serde(deserialize_with = "whole::<0, { PARTS as u32 }, _, _>")]
    pub y: u16,
}

impl Default for Place {
    /// Top centre, where most lenses are.
    fn default() -> Self {
        Place { x: PARTS / 2, y: 0 }
    }
}

impl Place {
    /// The place of a point in the window; if the point is outside, of the nearest one inside.
    pub fn at(x: f64, y: f64, window: Size) -> Place {
        Place { x: parts(x, window.width), y: parts(y, window.height) }
    }

    /// The point from which everything hangs.
    pub fn point(self, window: Size) -> (f64, f64) {
        (pixels(self.x, window.width), pixels(self.y, window.height))
    }

    /// Which share of something that hangs here is left of the point, and which is above it.
    pub fn lean(self, window: Size) -> (f64, f64) {
        let (x, y) = self.point(window);
        (lean(x, window.width, LEANING.width, 0.5), lean(y, window.height, LEANING.height, 0.0))
    }

    /// Where something of this size is shown: all of it, if the window is large enough.
    pub fn area(self, window: Size, size: Size) -> Area {
        self.area_beside(window, size, (0.0, 0.0))
    }

    /// The same for a strip that has moved out of the way, this far to the right and down.
    pub fn area_beside(self, window: Size, size: Size, way: (f64, f64)) -> Area {
        let ((x, y), (across, down)) = (self.point(window), self.lean(window));
        let (left, top) = (x - across * size.width + way.0, y - down * size.height + way.1);
        inside(Area { left, top, size }, window)
    }

    /// The place from which something with this area hangs.
    pub fn of(area: Area, window: Size) -> Place {
        let x = hung(area.left, area.size.width, window.width, LEANING.width, 0.5);
        Place::at(x, hung(area.top, area.size.height, window.height, LEANING.height, 0.0), window)
    }

    /// The place this far from here.
    pub fn moved(self, right: f64, down: f64, window: Size) -> Place {
        let (x, y) = self.point(window);
        Place::at(x + right, y + down, window)
    }

    /// The place that attracts this one, across and down, if it is near enough.
    pub fn snapped(self, window: Size) -> Place {
        Place { x: nearest(self.x, &ACROSS, window.width), y: nearest(self.y, &DOWN, window.height) }
    }

    /// Where something of this size may go to get out of the way, the nearest first: where it hangs, below, beside,
    /// above.
    pub fn around(self, window: Size, size: Size) -> Vec<Area> {
        let home = self.area(window, size);
        let mut areas: Vec<Area> = Vec::new();
        for way in 0..=REACH {
            // One step sideways counts as much as two down, which keep the eyes under the lens. There is seldom room above.
            for aside in 0..=way / 2 {
                let rest = way - 2 * aside;
                let above = if rest % 2 == 0 { -rest / 2 } else { rest };
                for (right, down) in [(-aside, rest), (aside, rest), (-aside, above), (aside, above)] {
                    let (right, down) = (f64::from(right) * STRIDE, f64::from(down) * STRIDE);
                    let area = inside(Area { left: home.left + right, top: home.top + down, size }, window);
                    if !areas.contains(&area) {
                        areas.push(area);
                    }
                }
            }
        }
        areas
    }
}

/// Moved as little as possible to be fully visible; what is too large begins at the window's edge.
fn inside(area: Area, window: Size) -> Area {
    let fit = |at: f64, length: f64, of: f64| {
        let margin = MARGIN.min((of - length) / 2.0).max(0.0);
        at.min(of - margin - length).max(margin).round()
    };
    Area {
        left: fit(area.left, area.size.width, window.width),
        top: fit(area.top, area.size.height, window.height),
        ..area
    }
}

/// The share before a point that keeps something of the usual length inside on both sides; `middle` if that fits.
fn lean(at: f64, of: f64, length: f64, middle: f64) -> f64 {
    let before = (at - MARGIN) / length;
    let after = (of - MARGIN - at) / length;
    middle.min(before).max(1.0 - after).clamp(0.0, 1.0)
}

/// The point that something hangs from, given where it begins: the inverse of [`lean`].
fn hung(from: f64, length: f64, of: f64, leaning: f64, middle: f64) -> f64 {
    let (before, after) = (from - MARGIN, of - MARGIN - from - length);
    let rest = (leaning - length).max(1.0);
    if before < middle * rest {
        MARGIN + before * leaning / rest
    } else if after < (1.0 - middle) * rest {
        of - MARGIN - after * leaning / rest
    } else {
        from + middle * length
    }
}

fn room(of: f64) -> f64 {
    (of - 2.0 * MARGIN).max(1.0)
}

fn parts(at: f64, of: f64) -> u16 {
    ((at - MARGIN) / room(of) * f64::from(PARTS)).round().clamp(0.0, f64::from(PARTS)) as u16
}

fn pixels(parts: u16, of: f64) -> f64 {
    MARGIN + f64::from(parts) / f64::from(PARTS) * room(of)
}

fn nearest(parts: u16, drawing: &[u16], of: f64) -> u16 {
    let far = |other: u16| f64::from(other.abs_diff(parts)) / f64::from(PARTS) * room(of);
    let next = drawing.iter().copied().min_by_key(|other| other.abs_diff(parts));
    next.filter(|other| far(*other) <= SNAP).unwrap_or(parts)
}
