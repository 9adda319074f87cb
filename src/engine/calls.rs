//! Whether a call is running in a tab: frames report the other person's picture and sound, and this module reports when
//! a call has begun, has probably ended, or is back.
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
//! A call begins at once and ends late, because apps remove media for moments and start it again. A still picture is no
//! proof of an end (a camera may be off), so *Over* is only ever a question to ask, never a reason to act. When a call
//! ends, its tab is forgotten: nothing is kept about tabs without a call.

use serde::{Deserialize, Serialize};

use crate::deck::lists::list;
pub use crate::hour::session::CallChange;
use crate::time::{Span, Timestamp};

/// How long nothing plays before the call counts as ended.
pub const GRACE: Span = Span::seconds(10);
/// How long all pictures stand still, from a frame's first report, before the call has probably ended.
pub const STILL: Span = Span::seconds(14);

/// A sanity limit on the tabs with a call; one more is ignored.
const CALLS: usize = 64;
/// A sanity limit on the frames of one tab; reports from more are ignored.
const FRAMES: usize = 64;

/// What a frame shows of the other person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// Nothing.
    None,
    /// A picture that has stopped moving.
    Still,
    /// A moving picture, or sound alone.
    Plays,
}

/// The calls in all tabs. Saved in memory, so that they survive when the browser stops the background.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calls(#[serde(deserialize_with = "list::<CALLS, _, _>")] Vec<Call>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Call {
    tab: u32,
    #[serde(deserialize_with = "list::<FRAMES, _, _>")]
    frames: Vec<(u32, Media)>,
    /// Since when the frames together have had what they have now.
    since: Timestamp,
    in_doubt: bool,
}

impl Call {
    fn media(&self) -> Media {
        self.frames.iter().map(|(_, media)| *media).max().unwrap_or(Media::None)
    }

    /// When this call is due for news, if nothing else happens.
    fn due(&self) -> Option<Timestamp> {
        match self.media() {
            Media::None => Some(self.since + GRACE),
            Media::Still if !self.in_doubt => Some(self.since + STILL),
            Media::Still | Media::Plays => None,
        }
    }
}

impl Calls {
    /// Takes a frame's report and returns news, each with its tab.
    pub fn hear(&mut self, now: Timestamp, tab: u32, frame: u32, media: Media) -> Vec<(u32, CallChange)> {
        let now = now.clamped();
        let mut news = self.advance(now);
        let Some(call) = self.0.iter_mut().find(|call| call.tab == tab) else {
            if media != Media::None && self.0.len() < CALLS {
                self.0.push(Call { tab, frames: vec![(frame, media)], since: now, in_doubt: false });
                news.push((tab, CallChange::Began));
            }
            return news;
        };
        let before = call.media();
        call.frames.retain(|(known, _)| *known != frame);
        if media != Media::None && call.frames.len() < FRAMES {
            call.frames.push((frame, media));
        }
        if call.media() != before {
            // Apps take down a picture that has stood still for long; that must not delay the end of the call.
            let earliest = call.since + (STILL - GRACE);
            let fades = before == Media::Still && call.media() == Media::None && !call.in_doubt;
            call.since = if fades { earliest.min(now) } else { now };
        }
        if call.media() == Media::Plays && std::mem::take(&mut call.in_doubt) {
            news.push((tab, CallChange::Back));
        }
        news
    }

    /// Returns what has become news by `now`. Early, late and repeated calls do no harm.
    pub fn advance(&mut self, now: Timestamp) -> Vec<(u32, CallChange)> {
        let now = now.clamped();
        let mut news = Vec::new();
        self.0.retain_mut(|call| {
            // If the clock was set back, the call would otherwise wait forever.
            call.since = call.since.min(now);
            if call.due().is_none_or(|due| now < due) {
                return true;
            }
            if !std::mem::replace(&mut call.in_doubt, true) {
                news.push((call.tab, CallChange::Over));
            }
            call.media() != Media::None
        });
        news
    }

    /// When [`Calls::advance`] should be called next.
    pub fn poll_timeout(&self) -> Option<Timestamp> {
        self.0.iter().filter_map(Call::due).min()
    }

    /// The tabs with a call that has not probably ended.
    pub fn tabs(&self) -> impl Iterator<Item = u32> {
        self.0.iter().filter(|call| !call.in_doubt).map(|call| call.tab)
    }
}
