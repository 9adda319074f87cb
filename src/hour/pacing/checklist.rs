//! The next checklist prompt: a budget, windows, and safety steps that nothing may push past theirs.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::{Cause, Next, Pacing, SAFETY};
use crate::deck::{Anchor, Trigger};
use crate::hour::chance;
use crate::time::{Offset, Span};

/// The salt of the chance that delays checklist prompts.
const LATE: u32 = 0x4c41_5445;

/// A checklist prompt that could come, and the earliest and latest moment for it.
#[derive(PartialEq, Eq)]
pub(super) struct Candidate {
    prompt: usize,
    at: Offset,
    until: Offset,
    /// How much later than `at` chance would have it come.
    sway: Span,
    score: u32,
    safety: bool,
    repeated: bool,
    /// Whether its window counts from the start. Between equals, the one at the end of the hour wins: it gets no second
    /// chance.
    from_start: bool,
}

impl Candidate {
    /// Its claim on the checklist budget; the smallest wins. Safety outranks any time waited.
    fn claim(&self) -> (bool, bool, Reverse<u32>, bool, Offset, usize) {
        (self.repeated, !self.safety, Reverse(self.score), self.from_start, self.until, self.prompt)
    }

    /// Its place in the order of those that got a share of the budget; the smallest comes first. Of two safety steps,
    /// the one whose window closes first goes first, however long the other has waited.
    fn turn(&self, at: Offset) -> (Offset, bool, Reverse<u32>, bool, Offset, usize) {
        let score = if self.safety { u32::from(SAFETY) } else { self.score };
        (at, self.repeated, Reverse(score), !self.safety, self.until, self.prompt)
    }
}

/// A safety step that has not come yet, and when it would.
pub(super) struct Step {
    prompt: usize,
    at: Offset,
    until: Offset,
}

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
    /// Whether the gap after a timed prompt would make a checklist prompt miss its window, or any safety step after
    /// it. If so, the timed prompt waits.
    pub(super) fn costs(&self, timed: &Next, checklist: &Next, steps: &[Step]) -> bool {
        timed.at + self.deck.rules.checklist_gap > checklist.until || self.costs_a_step(timed.prompt, timed.at, steps)
    }

    /// The checklist prompts that may still come, as many as the budget allows, each as early as it may.
    ///
    /// The remaining budget is reserved for the best claims among all that may still come, first showings before
    /// repeats and safety before the rest. Otherwise the opening would spend in ten minutes what the closing needs.
    pub(super) fn chasing(&self, from: Offset) -> Vec<Candidate> {
        let budget = self.hour.budget(self.profile().checklist_per_50);
        let left = budget.saturating_sub(self.ledger.checklist_shown) as usize;
        if left == 0 {
            return Vec::new();
        }
        let gap = self.deck.rules.checklist_gap;
        let (free, extra) = (self.after_gap(gap), self.extra(gap));
        let mut chasing: BinaryHeap<Candidate> = BinaryHeap::new();
        for (index, prompt) in self.deck.prompts.iter().enumerate() {
            let Trigger::Checklist(timing) = &prompt.trigger else { continue };
            if !self.allowed(index, timing) {
                continue;
            }
            let Some(due) = self.ready(index, timing) else { continue };
            let (at, until) = (due.max(free), self.worth_until(index, timing, due));
            if at.max(from) <= until {
                let late = self.late(index, until.since(due));
                let repeated = self.ledger.tallies[index].shown > 0;
                chasing.push(Candidate {
                    prompt: index,
                    at,
                    until,
                    sway: (due + late).max(free + extra).min(until).since(at),
                    score: self.score(index),
                    safety: prompt.priority >= SAFETY,
                    repeated,
                    from_start: timing.anchor == Anchor::Start,
                });
                if chasing.len() > left {
                    chasing.pop();
                }
            }
        }
        chasing.into_vec()
    }

    /// How long after a checklist prompt has fallen due it comes: at most the deck's jitter, and at most a quarter of the
    /// time it has.
    fn late(&self, prompt: usize, window: Span) -> Span {
        Span(chance::up_to(self.seed, LATE ^ prompt as u32, (window.0 / 4).min(self.deck.rules.jitter.0)))
    }

    /// The next checklist prompt. Its random delay never uses up time that a safety step needs.
    pub(super) fn next_checklist(&self, from: Offset, chasing: &[Candidate], steps: &[Step]) -> Option<Next> {
        // The time to spare must not depend on when this is asked.
        let spare = self.steps(chasing, Offset::START).iter().map(|step| step.until.since(step.at)).min();
        let when = |one: &Candidate| (one.at + spare.map_or(one.sway, |spare| one.sway.min(spare))).max(from);
        let harmless = chasing.iter().filter(|one| one.safety || !self.costs_a_step(one.prompt, when(one), steps));
        let first = harmless.min_by_key(|one| one.turn(when(one)))?;
        Some(Next { prompt: first.prompt, at: when(first), until: first.until, cause: Cause::Checklist })
    }

    /// The safety steps that would come from `free` on if nothing else did, in order, each as early as it may.
    pub(super) fn steps(&self, chasing: &[Candidate], mut free: Offset) -> Vec<Step> {
        let mut rest: Vec<&Candidate> = chasing.iter().filter(|one| one.safety).collect();
        let mut steps = Vec::new();
        loop {
            rest.retain(|step| step.at.max(free) <= step.until);
            let in_turn = |step: &&Candidate| (step.at.max(free), step.repeated, step.until, step.prompt);
            let Some(next) = rest.iter().copied().min_by_key(in_turn) else { return steps };
            rest.retain(|step| step.prompt != next.prompt);
            let at = next.at.max(free);
            free = at + self.deck.rules.checklist_gap;
            steps.push(Step { prompt: next.prompt, at, until: next.until });
        }
    }

    /// Whether showing `prompt` at `at` would push any other of these steps past its window, one gap after another. A
    /// prompt that costs a step now would also cost it later, so it does not matter when this is asked.
    fn costs_a_step(&self, prompt: usize, at: Offset, steps: &[Step]) -> bool {
        let gap = self.deck.rules.checklist_gap;
        let mut free = at + gap;
        steps.iter().filter(|step| step.prompt != prompt).any(|step| {
            let at = step.at.max(free);
            free = at + gap;
            at > step.until
        })
    }
}
