//! What silences prompts: a hold, a crisis, a hidden strip, a shared screen, a pause.

use super::{Hold, Outcome, SETTLE, Session, Sharing, Showing};
use crate::deck::Deck;
use crate::text::Message;
use crate::time::{Offset, Span, Timestamp};

/// How many silences are kept for the timeline; people could not tell more of them apart.
pub(crate) const SILENCES: usize = 50;

impl Session {
    /// Holds prompts back for `minutes`, or until the end if `None`.
    pub fn hold(&mut self, minutes: Option<u16>) {
        self.end_showing(Outcome::Silenced);
        self.hold = Some(match minutes {
            Some(minutes) => Hold::Until(self.elapsed() + Span::minutes(minutes.into())),
            None => Hold::ToTheEnd,
        });
        self.notify(Some(match minutes {
            Some(minutes) => Message::with("notice_hold", [minutes.to_string()]),
            None => Message::plain("notice_hold_end"),
        }));
    }

    /// Ends a hold.
    pub fn release(&mut self) {
        if self.hold.take().is_some() {
            self.notify(Some(Message::plain("notice_release")));
        }
    }

    /// Silences everything but the time left, or ends that and removes the deck's crisis prompt.
    pub fn crisis(&mut self, deck: &Deck, on: bool) {
        let speaks = |showing: &Showing| deck.prompts[showing.prompt.at()].is_crisis();
        if on {
            self.end_showing(Outcome::Silenced);
            self.attend();
            self.notice = None;
        } else if self.crisis {
            self.settle = self.elapsed() + SETTLE;
            if self.showing.as_ref().is_some_and(|showing| self.is_kept_back(showing)) {
                self.calm = self.settle;
            }
            if self.showing.as_ref().is_some_and(speaks) {
                self.end_showing(Outcome::Faded);
            }
        }
        self.crisis = on;
    }

    /// Hides the strip at once, or shows it again; cues follow after a minute of quiet.
    pub fn hide(&mut self, on: bool) {
        if on {
            self.end_showing(Outcome::Silenced);
            self.notice = None;
        }
        let was = std::mem::replace(&mut self.hidden, on);
        if was && !on {
            self.settle = self.elapsed() + SETTLE;
            self.notify(Some(Message::plain("notice_shown")));
        }
    }

    /// Whether the strip must stay empty, whatever there is to show.
    pub const fn is_out_of_sight(&self) -> bool {
        self.hidden || self.sharing.is_on()
    }

    /// Whether a screen is shared, as far as Attune knows.
    pub const fn shares(&self) -> bool {
        self.sharing.is_on()
    }

    /// Takes what the guard detected: a share has begun, or the last one has ended. What the therapist declared stays.
    pub fn detect_share(&mut self, on: bool) {
        self.share_as(Sharing { detected: on, ..self.sharing });
    }

    /// Takes what the therapist declares: that they are sharing, or that nothing is shared, whatever the guard
    /// detected.
    pub fn declare_share(&mut self, on: bool) {
        self.share_as(if on { Sharing { declared: true, ..self.sharing } } else { Sharing::default() });
    }

    /// Clears the strip at once, or lets it show something by itself again after a minute of quiet.
    fn share_as(&mut self, sharing: Sharing) {
        let was = std::mem::replace(&mut self.sharing, sharing);
        if !was.is_on() && sharing.is_on() {
            self.end_showing(Outcome::Silenced);
            self.notice = None;
        } else if was.is_on() && !sharing.is_on() {
            self.settle = self.elapsed() + SETTLE;
            self.calm = self.settle;
        }
    }

    /// Whether a prompt stays off the strip because it was declared while a screen was shared: nothing comes back by
    /// itself in the quiet after that, nor in a crisis.
    pub fn is_kept_back(&self, showing: &Showing) -> bool {
        (self.crisis || self.elapsed() < self.calm) && showing.since + SETTLE <= self.calm
    }

    /// The prompt that is on the strip. What is out of sight or kept back is in popup and side panel only.
    pub fn on_strip(&self) -> Option<&Showing> {
        self.showing.as_ref().filter(|showing| !self.is_out_of_sight() && !self.is_kept_back(showing))
    }

    /// Stops the session's clock, or starts it again.
    pub fn pause(&mut self, now: Timestamp, on: bool) {
        if on && self.paused.is_none() {
            self.end_showing(Outcome::Silenced);
            self.notice = None;
            self.paused = Some(now);
        } else if !on && self.paused.take().is_some() {
            self.settle = self.elapsed() + SETTLE;
            self.notify(None);
        }
        self.clock.set_stopped(on);
    }

    /// Records when nothing was allowed to come, for the timeline.
    pub(super) fn mark_silence(&mut self, at: Offset) {
        let silent = self.hold.is_some() || self.crisis || self.is_out_of_sight();
        if let Some((_, end @ None)) = self.silences.last_mut() {
            *end = (!silent).then_some(at);
        } else if silent && self.silences.len() < SILENCES {
            self.silences.push((at, None));
        }
    }
}
