//! What answers teach: a prompt that is *already done* again and again comes more seldom, and then rests.
//!
//! Three *already doing it* in its last four showings double the time between two showings; three more double it again;
//! three more send it to rest for 14 days. Then it is offered once: wanted again, it is as new; otherwise it rests for
//! another 14 days. Equal intervals, because research does not favour growing ones (see `docs/content.md`). The numbers
//! are judgements.
//!
//! Only what takes its turn fades. A reminder of what is not ticked is silenced by its tick, and no step for a client's
//! safety goes to rest because it is never missed.

use serde::{Deserialize, Serialize};

use crate::time::{Span, Timestamp};

/// How long a prompt rests before it is offered once.
pub const REST: Span = Span::minutes(14 * 24 * 60);
/// So many of the last four showings must have been *already doing it*.
const OFTEN: u32 = 3;
const LAST_FOUR: u8 = 0b1111;
/// The stage in which a prompt rests.
const RESTING: u8 = 3;

/// What came of a showing that was not cut short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lesson {
    /// It was done, or put off for later.
    Wanted,
    /// It is being done anyway.
    Already,
    /// It went without an answer.
    Ignored,
}

/// How far a prompt has faded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fading {
    /// The last four showings, a bit each, the latest lowest: whether it was *already doing it*.
    pub(crate) recent: u8,
    /// 0 as in the deck, 1 and 2 with the interval doubled once and twice, 3 resting.
    pub(crate) stage: u8,
    /// When it went to rest.
    pub(crate) since: Timestamp,
}

impl Fading {
    /// Takes in what came of a showing at `now`.
    pub fn learn(&mut self, lesson: Lesson, now: Timestamp) {
        if self.stage >= RESTING {
            match lesson {
                Lesson::Wanted => *self = Fading::default(),
                Lesson::Already | Lesson::Ignored => self.since = now,
            }
            return;
        }
        self.recent = (self.recent << 1 | u8::from(lesson == Lesson::Already)) & LAST_FOUR;
        if self.recent.count_ones() >= OFTEN {
            *self = Fading { recent: 0, stage: self.stage + 1, since: now };
        }
    }

    /// By how much its intervals are stretched: 1, 2 or 4.
    pub const fn stretch(&self) -> u32 {
        match self.stage {
            1 => 2,
            2 => 4,
            _ => 1,
        }
    }

    /// Whether it stays away at `now`.
    pub fn rests(&self, now: Timestamp) -> bool {
        self.stage >= RESTING && now.since(self.since) < REST
    }

    /// When its rest is over, if it rests at all.
    pub fn rests_until(&self) -> Option<Timestamp> {
        (self.stage >= RESTING).then(|| self.since + REST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u64 = 24 * 60 * 60 * 1000;

    fn taught(lessons: &[Lesson]) -> Fading {
        let mut fading = Fading::default();
        for lesson in lessons {
            fading.learn(*lesson, Timestamp(0));
        }
        fading
    }

    #[test]
    fn three_of_the_last_four_double_the_interval() {
        use Lesson::{Already, Ignored, Wanted};
        assert_eq!(taught(&[Already, Already]).stretch(), 1);
        assert_eq!(taught(&[Already, Wanted, Already, Already]).stretch(), 2);
        assert_eq!(taught(&[Already, Wanted, Ignored, Already, Already]).stretch(), 1, "three of five are too few");
        assert_eq!(taught(&[Already; 6]).stretch(), 4);
    }

    #[test]
    fn then_it_rests_for_fourteen_days_and_is_offered_once() {
        let mut fading = taught(&[Lesson::Already; 9]);
        assert!(fading.rests(Timestamp(14 * DAY - 1)));
        assert!(!fading.rests(Timestamp(14 * DAY)));
        fading.learn(Lesson::Ignored, Timestamp(15 * DAY));
        assert!(fading.rests(Timestamp(29 * DAY - 1)));
        fading.learn(Lesson::Wanted, Timestamp(30 * DAY));
        assert_eq!(fading, Fading::default());
    }
}
