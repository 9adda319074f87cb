//! Time in the core: whole milliseconds, passed in from outside.
//!
//! Three types keep different meanings apart: a [`Timestamp`] is a wall-clock reading, an [`Offset`] is session time
//! (since Start, without pauses), and a [`Span`] is a length of either. None of them is more than [`LAST`]: sums stop there,
//! the engine takes a later clock reading for it, and nothing later is read from storage. Nothing here reads a clock.

use std::ops::{Add, Sub};

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// The latest reading and the longest time, in milliseconds: the last moment that a date in JavaScript can be, in the
/// year 275,760. JavaScript has every whole number up to here exactly, so what is written is read back equal.
pub const LAST: u64 = 8_640_000_000_000_000;

fn within<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let ms = u64::deserialize(deserializer)?;
    if ms <= LAST { Ok(ms) } else { Err(D::Error::custom("beyond the end of time")) }
}

/// A wall-clock reading, in milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Timestamp(#[serde(deserialize_with = "within")] pub u64);

/// Session time: milliseconds since Start, without pauses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Offset(#[serde(deserialize_with = "within")] pub u64);

/// A length of time, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
pub struct Span(#[serde(deserialize_with = "within")] pub u64);

const MINUTE: u64 = 60_000;

impl Span {
    /// No time.
    pub const ZERO: Span = Span(0);

    /// A span of whole seconds.
    pub const fn seconds(seconds: u64) -> Span {
        Span(seconds * 1_000)
    }

    /// A span of whole minutes.
    pub const fn minutes(minutes: u64) -> Span {
        Span(minutes * MINUTE)
    }

    /// A number of minutes, rounded to the millisecond. Negative and NaN input gives zero; too large a number gives
    /// [`LAST`].
    pub fn from_minutes(minutes: f64) -> Span {
        Span(((minutes * MINUTE as f64).round() as u64).min(LAST))
    }

    /// The span in minutes, as a fraction.
    pub fn as_minutes(self) -> f64 {
        self.0 as f64 / MINUTE as f64
    }

    /// The span in minutes, rounded up.
    pub const fn minutes_up(self) -> u64 {
        self.0.div_ceil(MINUTE)
    }

    /// The span in minutes, rounded down.
    pub const fn minutes_down(self) -> u64 {
        self.0 / MINUTE
    }
}

impl Offset {
    /// The start of the session.
    pub const START: Offset = Offset(0);

    /// How far this moment is through a session of `length`, in thousandths; at most 1000.
    pub fn thousandths(self, length: Span) -> u64 {
        self.0.saturating_mul(1000).checked_div(length.0).unwrap_or(0).min(1000)
    }

    /// The time from `earlier` to this moment; zero if `earlier` is later.
    pub const fn since(self, earlier: Offset) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    /// The minute of the hour as people count: the first is 1.
    pub const fn minute(self) -> u64 {
        self.0 / MINUTE + 1
    }
}

impl Timestamp {
    /// A reading of JavaScript's clock. One that no clock can show gives the nearest that it can.
    pub const fn reading(ms: f64) -> Timestamp {
        Timestamp(ms as u64).clamped()
    }

    /// The same, or the last moment if it is later than that.
    #[must_use]
    pub const fn clamped(self) -> Timestamp {
        if self.0 < LAST { self } else { Timestamp(LAST) }
    }

    /// The time from `earlier` to this moment; zero if the clock has stepped back.
    pub const fn since(self, earlier: Timestamp) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

fn sum(one: u64, other: u64) -> u64 {
    one.saturating_add(other).min(LAST)
}

impl Add<Span> for Timestamp {
    type Output = Timestamp;
    fn add(self, span: Span) -> Timestamp {
        Timestamp(sum(self.0, span.0))
    }
}

impl Add<Span> for Offset {
    type Output = Offset;
    fn add(self, span: Span) -> Offset {
        Offset(sum(self.0, span.0))
    }
}

impl Sub<Span> for Offset {
    type Output = Offset;
    fn sub(self, span: Span) -> Offset {
        Offset(self.0.saturating_sub(span.0))
    }
}

impl Add for Span {
    type Output = Span;
    fn add(self, other: Span) -> Span {
        Span(sum(self.0, other.0))
    }
}

impl Sub for Span {
    type Output = Span;
    fn sub(self, other: Span) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}

/// The session's clock: counts session time, stops during a pause, and never runs backwards.
///
/// When the wall clock steps back, the session clock adds nothing and continues from the new reading. So the hour
/// neither rewinds nor freezes until the wall clock catches up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    latest: Timestamp,
    elapsed: Offset,
    stopped: bool,
}

impl Clock {
    /// A clock that starts at `now`.
    pub const fn start(now: Timestamp) -> Clock {
        Clock { latest: now, elapsed: Offset::START, stopped: false }
    }

    /// Moves the clock to `now` and returns the wall-clock time since the last observation.
    pub fn observe(&mut self, now: Timestamp) -> Span {
        let passed = now.since(self.latest);
        self.latest = now;
        if !self.stopped {
            self.elapsed = self.elapsed + passed;
        }
        passed
    }

    /// The wall-clock reading at the last observation.
    pub const fn now(&self) -> Timestamp {
        self.latest
    }

    /// Session time at the last observation.
    pub const fn elapsed(&self) -> Offset {
        self.elapsed
    }

    /// Whether the clock is stopped.
    pub const fn stopped(&self) -> bool {
        self.stopped
    }

    /// Stops the clock or lets it run.
    pub const fn set_stopped(&mut self, stopped: bool) {
        self.stopped = stopped;
    }

    /// Removes session time that turned out not to belong to the session.
    pub fn take_back(&mut self, span: Span) {
        self.elapsed = self.elapsed - span;
    }

    /// The wall-clock reading at which session time reaches `offset` if nobody pauses.
    pub fn wall(&self, offset: Offset) -> Timestamp {
        self.latest + offset.since(self.elapsed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_steps_back_adds_nothing_and_goes_on_from_there() {
        let mut clock = Clock::start(Timestamp(1_000_000));
        clock.observe(Timestamp(1_060_000));
        assert_eq!(clock.observe(Timestamp(500_000)), Span::ZERO);
        assert_eq!(clock.elapsed(), Offset(60_000));
        clock.observe(Timestamp(510_000));
        assert_eq!(clock.elapsed(), Offset(70_000));
    }

    #[test]
    fn a_stopped_clock_counts_nothing() {
        let mut clock = Clock::start(Timestamp(0));
        clock.observe(Timestamp(1_000));
        clock.set_stopped(true);
        clock.observe(Timestamp(9_000));
        clock.set_stopped(false);
        clock.observe(Timestamp(10_000));
        assert_eq!(clock.elapsed(), Offset(2_000));
    }

    #[test]
    fn minutes_round_as_their_names_say() {
        assert_eq!(Span(60_001).minutes_up(), 2);
        assert_eq!(Span(60_001).minutes_down(), 1);
        assert_eq!(Offset(0).minute(), 1);
        assert_eq!(Span::from_minutes(1.5), Span(90_000));
        assert_eq!(Span::from_minutes(-1.0), Span::ZERO);
    }
}
