//! How answers change what comes: a prompt that is answered *already doing it* again and again comes less often, then
//! rests.
//!
//! If three of a prompt's last four showings are answered *already doing it*, its interval doubles. Three more double
//! it again; three more send it to rest for 14 days. After that it is offered once: if the therapist wants it, it
//! starts afresh; otherwise it rests for another 14 days. The intervals are equal because research does not favour
//! growing ones (see `docs/content.md`). The numbers are judgements.
//!
//! Only prompts in rotation fade. A tick silences a checklist reminder instead, and a step for the client's safety must
//! not rest just because the therapist never misses it.

use serde::{Deserialize, Serialize};

use crate::deck::limits::whole;
use crate::time::{Span, Timestamp};

/// How long a prompt rests before it is offered once.
pub const REST: Span = Span::minutes(14 * 24 * 60);
/// How many of the last four showings must have been *already doing it* to reach the next stage.
const OFTEN: u32 = 3;
const LAST_FOUR: u8 = 0b1111;
/// The stage at which a prompt rests.
const RESTING: u8 = 3;

/// What a showing teaches, unless it was cut short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lesson {
    /// The therapist did it, or put it off for later.
    Wanted,
    /// The therapist is already doing it.
    Already,
    /// It got no answer.
    Ignored,
}

/// How far a prompt has faded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fading {
    /// The last four showings, one bit each, the latest lowest: set if it was *already doing it*.
    #[serde(deserialize_with = "whole::<0, { LAST_FOUR as u32 }, _, _>")]
    pub(crate) recent: u8,
    /// 0: interval as in the deck; 1: doubled; 2: doubled twice; 3: resting.
    #[serde(deserialize_with = "whole::<0, { RESTING as u32 }, _, _>")]
    pub(crate) stage: u8,
    /// When it entered this stage, or began its latest rest.
    pub(crate) since: Timestamp,
}

impl Fading {
    /// Records what a showing at `now` taught.
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

    /// The factor by which its intervals are stretched: 1, 2 or 4.
    pub const fn stretch(&self) -> u32 {
        match self.stage {
            1 => 2,
            2 => 4,
            _ => 1,
        }
    }

    /// Whether it is resting at `now`.
    pub fn rests(&self, now: Timestamp) -> bool {
        self.stage >= RESTING && now.since(self.since) < REST
    }

    /// When its rest ends, if it is in the resting stage.
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
