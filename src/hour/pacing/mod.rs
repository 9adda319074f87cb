//! Which prompt comes next, and when.
//!
//! [`Pacing::next`] is a query on a frozen picture of the session: it names the prompt with the best claim and the
//! earliest moment at which it may come. Ask again at that moment, or later, and it names whatever is still worth
//! showing, never a prompt whose time has passed. So nothing queues up, and nothing has to be undone.
//!
//! The rules: a timed prompt needs a slot in the working phase, its own window, the profile's gap since anything last
//! came, and a kind that has not come too often in a row. A checklist prompt needs its window, its item unticked, a
//! share of the checklist budget, and the shorter checklist gap. A safety step never loses its share or its window to
//! another prompt, however long that one has waited. In the closing phase only priorities that the profile counts as
//! important come; in the quiet minutes at the end, nothing comes.
//!
//! Nothing comes by the clock: timed prompts fall due somewhere in their slots ([`Slots`](crate::hour::plan::Slots)), checklist prompts a little
//! after their windows open, and a little is added to each gap. All of it follows from the session's seed.

mod checklist;
mod timed;

use crate::deck::{Channel, Deck, Kind, Profile, SessionKind, Timing};
use serde::{Deserialize, Serialize};

use crate::hour::chance;
use crate::hour::fading::Fading;
use crate::hour::plan::Hour;
use crate::hour::table::Table;
use crate::time::{Offset, Span, Timestamp};

/// The minimum time a prompt stays away after *not now*. A judgement: long enough to finish a train of thought.
pub const NOT_NOW_REST: Span = Span::minutes(5);

/// Checklist prompts of this priority are safety steps: where the client is, who is there, whom to call.
pub const SAFETY: u8 = 5;

/// What the intention adds to a prompt's score: more than any other prompt can reach.
const INTENTION: u32 = 1_000_000_000;

/// What a session remembers of one prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// How often it came.
    pub shown: u32,
    /// When it last came.
    pub last: Offset,
    /// Whether it was ever put off; it comes back at most once.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub put_off: bool,
    /// Whether it was put off the last time it came, and is due to come back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub returning: bool,
    /// Whether it rests until the session ends.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub rests: bool,
}

/// How long a prompt has waited for its turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Age {
    /// Sessions since it last came, or since the deck was first used.
    pub sessions: u32,
    /// Whether it has come before this session.
    pub seen: bool,
}

impl Age {
    /// The age of a prompt that has come in this session.
    pub const CAME: Age = Age { sessions: 0, seen: true };
}

/// What has happened so far, as far as pacing needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// When the session began.
    pub began: Timestamp,
    /// What this session remembers of each prompt.
    pub tallies: Table<Tally>,
    /// When each checklist item was ticked.
    pub ticks: Table<Option<Offset>>,
    /// Up to where the slots of the working phase are used.
    #[serde(default)]
    pub slots_used: Offset,
    /// When anything last came.
    pub last: Option<Offset>,
    /// The kind of the latest timed prompt, and how many of that kind have come in a row.
    pub run: Option<(Kind, u32)>,
    /// How many checklist prompts have come.
    pub checklist_shown: u32,
    /// What earlier sessions left behind, for each prompt of the deck. Stored with the memory, not here.
    #[serde(skip)]
    pub past: Vec<Past>,
}

/// What earlier sessions left behind for one prompt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// How long it has waited for its turn.
    pub age: Age,
    /// Whether it was answered *never*.
    pub never: bool,
    /// How far it has faded.
    pub fading: Fading,
}

/// What brought a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The therapist declared a moment.
    Moment,
    /// An unticked checklist item.
    Checklist,
    /// Its turn, in the slot with this number.
    Slot(u32),
}

/// The next prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// Its index in the deck.
    pub prompt: usize,
    /// The earliest moment it may come.
    pub at: Offset,
    /// The last moment it is worth showing.
    pub until: Offset,
    /// What brings it.
    pub cause: Cause,
}

/// A frozen picture of the session, for asking what comes next.
pub struct Pacing<'a> {
    /// The deck in use.
    pub deck: &'a Deck,
    /// The index of the profile in use.
    pub profile: usize,
    /// The kind of session.
    pub kind: SessionKind,
    /// What the call carries now.
    pub channel: Channel,
    /// The session's seed.
    pub seed: u32,
    /// The frame of the hour.
    pub hour: Hour,
    /// The prompt that the therapist wants to practise.
    pub intention: Option<usize>,
    /// What has happened so far.
    pub ledger: &'a Ledger,
}

impl Pacing<'_> {
    /// The next prompt from `from` on, if this session has any left.
    pub fn next(&self, from: Offset) -> Option<Next> {
        let chasing = self.chasing(from);
        let steps = self.steps(&chasing, from);
        match (self.next_checklist(from, &chasing, &steps), self.next_timed(from)) {
            (Some(checklist), Some(timed)) if timed.at < checklist.at && !self.costs(&timed, &checklist, &steps) => {
                Some(timed)
            }
            (None, timed) => timed,
            (checklist, _) => checklist,
        }
    }

    /// The first moment that is at least `gap` after anything last came.
    fn after_gap(&self, gap: Span) -> Offset {
        self.ledger.last.map_or(Offset::START, |last| last + gap)
    }

    /// What chance adds to a gap, so that prompts that wait for it do not come like a metronome.
    fn extra(&self, gap: Span) -> Span {
        let last = self.ledger.last.unwrap_or_default();
        Span(chance::up_to(self.seed, !(last.0 as u32), gap.0.min(self.deck.rules.jitter.0) / 4))
    }

    fn profile(&self) -> &Profile {
        &self.deck.profiles[self.profile]
    }

    /// Whether a prompt may come in this session at all, as things stand.
    fn allowed(&self, index: usize, timing: &Timing) -> bool {
        let (prompt, tally, age) =
            (&self.deck.prompts[index], &self.ledger.tallies[index], self.ledger.past[index].age);
        let put_off = u32::from(tally.put_off);
        let fading = &self.ledger.past[index].fading;
        let usual = if self.kind == SessionKind::Ongoing { prompt.ongoing_every } else { 1 };
        let due_again = !age.seen || age.sessions >= usual.saturating_mul(fading.stretch());
        let belongs = prompt.in_profile(self.profile)
            && prompt.session_kinds.has(self.kind)
            && !fading.rests(self.ledger.began)
            && (due_again || age == Age::CAME);
        // The prompt that the therapist chose to practise gets its turn, even if it would not come in another hour.
        let wanted = self.intention == Some(index) && (tally.shown == 0 || tally.returning);
        (belongs || wanted)
            && prompt.channels.has(self.channel)
            && !self.ledger.past[index].never
            && !tally.rests
            && tally.shown < timing.max.saturating_add(put_off)
            && prompt.unless_ticked.is_none_or(|item| self.is_open(item))
    }

    /// Whether a checklist item is neither ticked nor for another kind of call.
    fn is_open(&self, item: usize) -> bool {
        self.ledger.ticks[item].is_none() && self.deck.checklist[item].channels.has(self.channel)
    }

    /// When a prompt's window, or the rest after its last showing, lets it come again.
    fn ready(&self, index: usize, timing: &Timing) -> Option<Offset> {
        let tally = &self.ledger.tallies[index];
        let (opens, _) = self.hour.window(timing);
        if tally.shown == 0 {
            return Some(opens);
        }
        let stretch = self.ledger.past[index].fading.stretch();
        let rest = if tally.returning { NOT_NOW_REST } else { Span(timing.repeat?.0 * u64::from(stretch)) };
        Some(opens.max(tally.last + rest.max(timing.cooldown)))
    }

    /// The last moment at which a prompt due at `due` is worth showing.
    fn worth_until(&self, index: usize, timing: &Timing, due: Offset) -> Offset {
        let (_, closes) = self.hour.window(timing);
        let important = self.deck.prompts[index].priority >= self.profile().closing_priority;
        let quiet = self.hour.closing_quiet();
        let limit = if important { quiet } else { quiet.min(self.hour.closing()) };
        closes.min(due + timing.expires).min(limit - Span(1))
    }

    /// Rotation: the priority plus one point for each session since it last came, so that nothing starves. The prompt
    /// that the therapist wants to practise beats them all, once.
    fn score(&self, index: usize) -> u32 {
        let shown = self.ledger.tallies[index].shown > 0;
        let waited = if shown { 0 } else { self.ledger.past[index].age.sessions };
        let wanted = if self.intention == Some(index) && !shown { INTENTION } else { 0 };
        u32::from(self.deck.prompts[index].priority) + waited + wanted
    }
}
