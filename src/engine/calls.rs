//! Whether a call runs in a tab: what its frames say about the other person's picture and sound comes in, and that a call
//! has begun, has probably ended, or is back comes out.
//!
//! ```text
//!            a frame plays                  nothing plays for GRACE
//!   nothing ───────────────► on ──────────────────────────────────────► nothing, Over
//!                            │ ▲
//!     pictures stand still   │ │ they move again: Back
//!     for STILL: Over        ▼ │
//!                         in doubt ──── nothing plays for GRACE ──────► nothing
//! ```
//!
//! A call begins at once and ends late: apps take media away for moments, and start them anew. A picture that stands still
//! is no proof of an end (a camera may be off), so that *Over* is a question to ask, never something to act on. A tab is
//! forgotten with its call: nothing is kept of tabs in which none runs.

use serde::{Deserialize, Serialize};

pub use crate::hour::session::News;
use crate::time::{Span, Timestamp};

/// Nothing plays for so long: the call has ended.
pub const GRACE: Span = Span::seconds(10);
/// The pictures stand still for so long, from when a frame has said so, that the call has probably ended.
pub const STILL: Span = Span::seconds(14);

/// No tab has more frames with calls in them; whoever says so is not believed.
const FRAMES: usize = 64;

/// What a frame has of the other person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// Nothing.
    None,
    /// A picture that has stopped moving.
    Still,
    /// A picture that moves, or sound alone.
    Plays,
}

/// The calls of all tabs, as they are saved in memory for when the background is stopped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calls(Vec<Call>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Call {
    tab: u32,
    frames: Vec<(u32, Media)>,
    /// Since when all frames together have what they have now.
    since: Timestamp,
    in_doubt: bool,
}

impl Call {
    fn media(&self) -> Media {
        self.frames.iter().map(|(_, media)| *media).max().unwrap_or(Media::None)
    }

    /// When this becomes news, if nothing else happens.
    fn due(&self) -> Option<Timestamp> {
        match self.media() {
            Media::None => Some(self.since + GRACE),
            Media::Still if !self.in_doubt => Some(self.since + STILL),
            Media::Still | Media::Plays => None,
        }
    }
}

impl Calls {
    /// A frame of a tab says what it has.
    pub fn hear(&mut self, now: Timestamp, tab: u32, frame: u32, media: Media) -> Vec<(u32, News)> {
        let mut news = self.advance(now);
        let Some(call) = self.0.iter_mut().find(|call| call.tab == tab) else {
            if media != Media::None {
                self.0.push(Call { tab, frames: vec![(frame, media)], since: now, in_doubt: false });
                news.push((tab, News::Began));
            }
            return news;
        };
        let before = call.media();
        call.frames.retain(|(known, _)| *known != frame);
        if media != Media::None && call.frames.len() < FRAMES {
            call.frames.push((frame, media));
        }
        if call.media() != before {
            // Apps take a picture away that has stood still for long: that does not put its end off.
            let earliest = call.since + (STILL - GRACE);
            let fades = before == Media::Still && call.media() == Media::None && !call.in_doubt;
            call.since = if fades { earliest.min(now) } else { now };
        }
        if call.media() == Media::Plays && std::mem::take(&mut call.in_doubt) {
            news.push((tab, News::Back));
        }
        news
    }

    /// What has become news by `now`. Early, late and repeated calls do no harm.
    pub fn advance(&mut self, now: Timestamp) -> Vec<(u32, News)> {
        let mut news = Vec::new();
        self.0.retain_mut(|call| {
            // A clock that was set back would make it wait for ever.
            call.since = call.since.min(now);
            if call.due().is_none_or(|due| now < due) {
                return true;
            }
            if !std::mem::replace(&mut call.in_doubt, true) {
                news.push((call.tab, News::Over));
            }
            call.media() != Media::None
        });
        news
    }

    /// When [`Calls::advance`] is to be asked next.
    pub fn poll_timeout(&self) -> Option<Timestamp> {
        self.0.iter().filter_map(Call::due).min()
    }

    /// The tabs in which a call runs that nobody doubts.
    pub fn tabs(&self) -> impl Iterator<Item = u32> {
        self.0.iter().filter(|call| !call.in_doubt).map(|call| call.tab)
    }
}
