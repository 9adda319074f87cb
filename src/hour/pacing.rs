//! Which prompt comes next, and when.
//!
//! [`Pacing::next`] is a query on a frozen picture of the session: it names the prompt with the best claim and the
//! earliest moment at which it may come. Ask again at that moment, or later, and it names whatever is still worth
//! showing, never a prompt whose time has passed. So nothing queues up, and nothing has to be undone.
//!
//! The rules: a timed prompt needs a slot in the working phase, its own window, the profile's gap since anything last
//! came, and a kind that has not come too often in a row. A checklist prompt needs its window, its item unticked, a
//! share of the checklist budget, and the shorter checklist gap. A safety step never loses its share or its window to
//! another checklist prompt, however long that one has waited. In the closing phase only priorities that the profile
//! counts as important come; in the quiet minutes at the end, nothing comes.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::deck::{Anchor, Deck, Kind, Profile, SessionKind, Timing, Trigger};
use serde::{Deserialize, Serialize};

use crate::hour::chance;
use crate::hour::fading::Fading;
use crate::hour::plan::{Hour, Slot, Slots};
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
    /// The first unused slot.
    pub next_slot: u32,
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
    /// The session's seed.
    pub seed: u32,
    /// The frame of the hour.
    pub hour: Hour,
    /// The prompt that the therapist wants to practise.
    pub intention: Option<usize>,
    /// What has happened so far.
    pub ledger: &'a Ledger,
}

/// A checklist prompt that could come, and the earliest and latest moment for it.
struct Candidate {
    prompt: usize,
    at: Offset,
    until: Offset,
    score: u32,
    safety: bool,
    repeated: bool,
    /// Whether its window counts from the start. Between equals, the one at the end of the hour wins: it gets no second
    /// chance.
    from_start: bool,
}

impl Candidate {
    /// Its claim on the checklist budget; the smallest wins. Safety outranks any time waited.
    fn claim(&self) -> (bool, bool, u32, bool, Offset, usize) {
        (self.repeated, !self.safety, u32::MAX - self.score, self.from_start, self.until, self.prompt)
    }

    /// Its place in the order of those that got a share of the budget; the smallest comes first. Of two safety steps,
    /// the one whose window closes first goes first, however long the other has waited.
    fn turn(&self) -> (Offset, bool, u32, bool, Offset, usize) {
        let score = if self.safety { u32::from(SAFETY) } else { self.score };
        (self.at, self.repeated, u32::MAX - score, !self.safety, self.until, self.prompt)
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Candidate) -> bool {
        self.claim() == other.claim()
    }
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Candidate) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Candidate) -> Ordering {
        self.claim().cmp(&other.claim())
    }
}

impl Pacing<'_> {
    /// The next prompt from `from` on, if this session has any left.
    pub fn next(&self, from: Offset) -> Option<Next> {
        match (self.next_checklist(from), self.next_timed(from)) {
            (Some(checklist), Some(timed)) if timed.at < checklist.at && !self.costs(&timed, &checklist) => Some(timed),
            (None, timed) => timed,
            (checklist, _) => checklist,
        }
    }

    /// Whether the gap after a timed prompt would make a checklist prompt miss its window. If so, the timed prompt
    /// waits.
    fn costs(&self, timed: &Next, checklist: &Next) -> bool {
        timed.at + self.deck.rules.checklist_gap > checklist.until
    }

    /// The first moment from `from` on that is at least `gap` after anything last came.
    fn after_gap(&self, from: Offset, gap: Span) -> Offset {
        self.ledger.last.map_or(from, |last| from.max(last + gap))
    }

    fn profile(&self) -> &Profile {
        &self.deck.profiles[self.profile]
    }

    /// The next checklist prompt.
    ///
    /// The remaining budget is reserved for the best claims among all that may still come, first showings before
    /// repeats and safety before the rest. Otherwise the opening would spend in ten minutes what the closing needs.
    fn next_checklist(&self, from: Offset) -> Option<Next> {
        let budget = self.hour.budget(self.profile().checklist_per_50);
        let left = budget.saturating_sub(self.ledger.checklist_shown) as usize;
        if left == 0 {
            return None;
        }
        let free = self.after_gap(from, self.deck.rules.checklist_gap);
        let mut chasing: BinaryHeap<Candidate> = BinaryHeap::new();
        for (index, prompt) in self.deck.prompts.iter().enumerate() {
            let Trigger::Checklist(timing) = &prompt.trigger else { continue };
            if !self.allowed(index, timing) {
                continue;
            }
            let Some(due) = self.ready(index, timing) else { continue };
            let (at, until) = (due.max(free), self.worth_until(index, timing, due));
            if at <= until {
                let repeated = self.ledger.tallies[index].shown > 0;
                let (score, safety) = (self.score(index), prompt.priority >= SAFETY);
                let from_start = timing.anchor == Anchor::Start;
                chasing.push(Candidate { prompt: index, at, until, score, safety, repeated, from_start });
                if chasing.len() > left {
                    chasing.pop();
                }
            }
        }
        let chasing = chasing.into_vec();
        let steps = self.steps(&chasing);
        let harmless = chasing.iter().filter(|one| one.safety || !self.costs_a_step(one, &steps));
        let first = harmless.min_by_key(|one| one.turn())?;
        Some(Next { prompt: first.prompt, at: first.at, until: first.until, cause: Cause::Checklist })
    }

    /// The safety steps that would come if nothing else did, in order.
    fn steps<'c>(&self, chasing: &'c [Candidate]) -> Vec<&'c Candidate> {
        let mut rest: Vec<&Candidate> = chasing.iter().filter(|one| one.safety).collect();
        let mut steps = Vec::new();
        let mut free = Offset::START;
        loop {
            rest.retain(|step| step.at.max(free) <= step.until);
            let in_turn = |step: &&Candidate| (step.at.max(free), step.repeated, step.until, step.prompt);
            let Some(next) = rest.iter().copied().min_by_key(in_turn) else { return steps };
            rest.retain(|step| step.prompt != next.prompt);
            free = next.at.max(free) + self.deck.rules.checklist_gap;
            steps.push(next);
        }
    }

    /// Whether showing `first` would push any of these steps past its window, one gap after another. A prompt that
    /// costs a step now would also cost it later, so it does not matter when this is asked.
    fn costs_a_step(&self, first: &Candidate, steps: &[&Candidate]) -> bool {
        let gap = self.deck.rules.checklist_gap;
        let mut free = first.at + gap;
        steps.iter().any(|step| {
            let at = step.at.max(free);
            free = at + gap;
            at > step.until
        })
    }

    /// The next timed prompt: the earliest and best in the first slot that has a candidate.
    fn next_timed(&self, from: Offset) -> Option<Next> {
        let profile = self.profile();
        let slots = Slots::new(&self.hour, profile, &self.deck.rules, self.seed);
        let gap = profile.gap.max(self.deck.rules.checklist_gap) + self.sway(&slots);
        let free = self.after_gap(from, gap);
        slots.from(self.ledger.next_slot).filter(|slot| slot.close > free).find_map(|slot| self.best_in(slot, free))
    }

    /// A little extra on top of the gap, so that prompts delayed by the gap do not come like a metronome.
    fn sway(&self, slots: &Slots) -> Span {
        let last = self.ledger.last.unwrap_or_default();
        Span(chance::up_to(self.seed, !(last.0 as u32), slots.jitter().0))
    }

    fn best_in(&self, slot: Slot, free: Offset) -> Option<Next> {
        let profile = self.profile();
        // Earliest first, then best score, then by chance.
        let mut best: Option<((Offset, u32, u32), Next)> = None;
        for (index, prompt) in self.deck.prompts.iter().enumerate() {
            let Trigger::Timer(timing) = &prompt.trigger else { continue };
            let runs_on = self
                .ledger
                .run
                .is_some_and(|(kind, length)| kind == prompt.kind && length >= profile.same_kind_in_a_row);
            if runs_on || !self.allowed(index, timing) {
                continue;
            }
            let Some(ready) = self.ready(index, timing) else { continue };
            let due = slot.due.max(ready);
            let at = due.max(free);
            let until = self.worth_until(index, timing, due).min(slot.close - Span(1));
            if at > until {
                continue;
            }
            let lot = chance::number(self.seed ^ slot.number.wrapping_mul(0x85eb_ca6b), index as u32);
            let claim = (at, u32::MAX - self.score(index), lot);
            if best.is_none_or(|(other, _)| claim < other) {
                best = Some((claim, Next { prompt: index, at, until, cause: Cause::Slot(slot.number) }));
            }
        }
        best.map(|(_, next)| next)
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
            && (due_again || tally.shown > 0);
        // The prompt that the therapist chose to practise gets its turn, even if it would not come in another hour.
        let wanted = self.intention == Some(index) && (tally.shown == 0 || tally.returning);
        (belongs || wanted)
            && !self.ledger.past[index].never
            && !tally.rests
            && tally.shown < timing.max.saturating_add(put_off)
            && prompt.unless_ticked.is_none_or(|item| self.ledger.ticks[item].is_none())
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
