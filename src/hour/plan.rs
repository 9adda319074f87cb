//! The plan of an hour: how a deck's minutes fit a session of any length, and where its slots are.
//!
//! A deck is written for 50 minutes. In sessions of 40 minutes or more the opening (the first 12 minutes) keeps its
//! minutes, because greeting and consent take the time they take, and the rest stretches with the hour. Sessions under
//! 40 minutes shrink as a whole. Minutes counted back from the end keep their distance from it, but shrink in sessions
//! under 40 minutes.
//!
//! The plan is a pure function of its inputs and is never stored.

use crate::deck::limits::Whole;
use crate::deck::{Anchor, Phase, Profile, REFERENCE_MINUTES, Rules, Timing};
use crate::hour::chance;
use crate::time::{Offset, Span};

/// The shortest session, in minutes.
pub const MINUTES_MIN: u16 = 5;
/// The longest session, in minutes, extensions included.
pub const MINUTES_MAX: u16 = 180;
/// The length of a session, in minutes.
pub type SessionMinutes = Whole<{ MINUTES_MIN as u32 }, { MINUTES_MAX as u32 }>;
/// The lengths that a surface offers as buttons, in minutes.
pub const MINUTES_OFFERED: [u16; 5] = [25, 45, 50, 60, 90];

const REFERENCE: Span = Span::minutes(REFERENCE_MINUTES);
/// Sessions shorter than this shrink as a whole.
const SHORT: Span = Span::minutes(40);
/// The part at the start that keeps its minutes in sessions that are not short.
const OPENING: Span = Span::minutes(12);

/// The frame of one hour: its planned length, its current length, and what a deck's minutes become in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hour {
    planned: Span,
    length: Span,
    opening_quiet: Span,
    closing: Span,
    closing_quiet: Span,
}

impl Hour {
    /// An hour planned for `planned` minutes and extended to `length` minutes.
    pub fn new(planned: u16, length: u16, rules: &Rules) -> Hour {
        let length = Span::minutes(length.into());
        Hour {
            planned: Span::minutes(planned.into()),
            length,
            opening_quiet: shrunk(rules.opening_quiet, length),
            closing: shrunk(rules.closing, length),
            closing_quiet: shrunk(rules.closing_quiet, length),
        }
    }

    /// Where the hour ends.
    pub const fn end(&self) -> Offset {
        Offset(self.length.0)
    }

    /// Where the closing phase begins.
    pub fn closing(&self) -> Offset {
        self.end() - self.closing
    }

    /// The end of the opening quiet: no timed prompt comes before this.
    pub fn opening_quiet(&self) -> Offset {
        Offset::START + self.opening_quiet
    }

    /// The start of the closing quiet: nothing comes from here on.
    pub fn closing_quiet(&self) -> Offset {
        self.end() - self.closing_quiet
    }

    /// The phase at a moment of session time.
    pub fn phase(&self, at: Offset) -> Phase {
        if at >= self.closing() {
            Phase::Closing
        } else if at < self.place(OPENING) {
            Phase::Opening
        } else {
            Phase::Working
        }
    }

    /// Where a minute of the reference hour, counted from its start, falls in this one.
    fn place(&self, minute: Span) -> Offset {
        if self.length < SHORT || minute <= OPENING {
            return Offset::START + shrunk(minute, self.length);
        }
        let later = (minute - OPENING).0 * (self.length - OPENING).0 / (REFERENCE - OPENING).0;
        Offset::START + OPENING + Span(later)
    }

    /// The window of session time in which a timing allows its prompt.
    pub fn window(&self, timing: &Timing) -> (Offset, Offset) {
        match timing.anchor {
            Anchor::Start => (self.place(timing.from), self.place(timing.to)),
            Anchor::End => (self.end() - shrunk(timing.from, self.length), self.end() - shrunk(timing.to, self.length)),
        }
    }

    /// How many prompts `per_50` allows in this hour, rounded to the nearest whole number.
    pub const fn budget(&self, per_50: u32) -> u32 {
        scaled(per_50, self.length)
    }
}

/// How many prompts `per_50` allows in a session of `minutes`, rounded to the nearest whole number.
pub const fn budget(per_50: u32, minutes: u16) -> u32 {
    scaled(per_50, Span::minutes(minutes as u64))
}

/// `span` in a session of `length`: shorter if the session is short, otherwise unchanged.
fn shrunk(span: Span, length: Span) -> Span {
    if length < SHORT { Span(span.0 * length.0 / REFERENCE.0) } else { span }
}

const fn scaled(per_50: u32, length: Span) -> u32 {
    ((per_50 as u64 * length.0 + REFERENCE.0 / 2) / REFERENCE.0) as u32
}

/// The minutes on the toolbar badge: exact for the last five, in steps of five before that, so that the badge does not
/// wake the machine or draw the eye every minute.
pub fn badge_minutes(now: Offset, end: Offset) -> u64 {
    let left = end.since(now).minutes_up();
    if left > 5 { left.next_multiple_of(5) } else { left }
}

/// When the badge changes next; never after the end.
pub fn badge_changes(now: Offset, end: Offset) -> Option<Offset> {
    let below = match badge_minutes(now, end) {
        0 => return None,
        minutes @ 1..=5 => minutes - 1,
        minutes => minutes - 5,
    };
    Some(end - Span::minutes(below))
}

/// One of the equal parts of the working phase, with room for one timed prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its number, from 0.
    pub number: u32,
    /// Where it begins.
    pub open: Offset,
    /// When a prompt falls due in it: the middle, plus or minus jitter.
    pub due: Offset,
    /// Where it ends. A prompt that has not come by then is dropped.
    pub close: Offset,
}

impl Slot {
    const fn middle(&self) -> Offset {
        Offset(self.open.0.midpoint(self.close.0))
    }
}

/// The salt of the chance that moves all slots; those of single slots are their numbers.
const SHIFT: u32 = u32::MAX;

/// The slots of an hour for one profile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slots {
    start: Offset,
    width: Span,
    jitter: Span,
    count: u32,
    seed: u32,
}

impl Slots {
    /// Splits the working phase into as many equal slots as the budget and the gap allow.
    ///
    /// What the gaps leave over moves all slots of a session by chance, up to twice the jitter, so that weekly sessions do
    /// not have the same timetable. Within its slot, a prompt falls due by chance as well. The gap is kept by pacing.
    ///
    /// The width comes from the planned length, so extending a session keeps its slots where they were and adds some of
    /// the same width. (A session extended past 40 minutes grows as a whole, so its slots start a little later.)
    pub fn new(hour: &Hour, profile: &Profile, rules: &Rules, seed: u32) -> Slots {
        let planned = (hour.planned - shrunk(rules.opening_quiet, hour.planned)) - shrunk(rules.closing, hour.planned);
        let wanted = scaled(profile.timed_per_50, hour.planned);
        let fitting = (planned.0 / profile.gap.0) as u32;
        let in_plan = wanted.min(fitting.max(1));
        let spare = planned - Span(profile.gap.0 * u64::from(in_plan));
        let shift = spare.0.min(rules.jitter.0 * 2);
        let start = hour.opening_quiet() + Span(chance::up_to(seed, SHIFT, shift));
        let working = hour.closing().since(start);
        let width = Span((planned.0 - shift).checked_div(in_plan.into()).unwrap_or(0));
        let count = match working.0.checked_div(width.0) {
            Some(slots) => (slots as u32).min(hour.budget(profile.timed_per_50)),
            None => 0,
        };
        Slots { start, width, jitter: Span(rules.jitter.0.min(width.0 / 4)), count, seed }
    }

    /// The slots whose middle comes after `used`. If the profile changes during a session, so do its slots: how far they
    /// are used is therefore a moment, not a number.
    pub fn after(self, used: Offset) -> impl Iterator<Item = Slot> {
        (0..self.count).map(move |number| self.slot(number)).filter(move |slot| slot.middle() > used)
    }

    /// The slot with this number.
    pub fn slot(&self, number: u32) -> Slot {
        let open = self.start + Span(self.width.0 * u64::from(number));
        let earliest = open + Span(self.width.0 / 2) - self.jitter;
        let stray = chance::up_to(self.seed, number, self.jitter.0 * 2);
        Slot { number, open, due: earliest + Span(stray), close: open + self.width }
    }
}
