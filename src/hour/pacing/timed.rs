//! The next timed prompt: slots, gaps and rotation.

use std::cmp::Reverse;

use super::{Cause, Next, Pacing};
use crate::deck::Trigger;
use crate::hour::chance;
use crate::hour::plan::{Slot, Slots};
use crate::time::{Offset, Span};

impl Pacing<'_> {
    /// The next timed prompt: the earliest and best in the first slot that has a candidate.
    pub(super) fn next_timed(&self, from: Offset) -> Option<Next> {
        let profile = self.profile();
        let short = self.deck.rules.checklist_gap;
        let gap = profile.gap.max(short);
        let free = from.max(self.after_gap(gap + self.extra(gap)));
        // The prompt that the therapist chose to practise must not miss its hour for the sake of distance or variety.
        let free_for_wanted = from.max(self.after_gap(short));
        Slots::new(&self.hour, profile, &self.deck.rules, self.seed)
            .after(self.ledger.slots_used)
            .filter(|slot| slot.close > free_for_wanted)
            .find_map(|slot| self.best_in(slot, free, free_for_wanted))
    }

    fn best_in(&self, slot: Slot, free: Offset, free_for_wanted: Offset) -> Option<Next> {
        let profile = self.profile();
        // The intention first, then the earliest, then the best score, then by chance.
        let mut best: Option<(_, Next)> = None;
        for (index, prompt) in self.deck.prompts.iter().enumerate() {
            let Trigger::Timer(timing) = &prompt.trigger else { continue };
            let runs_on = self
                .ledger
                .run
                .is_some_and(|(kind, length)| kind == prompt.kind && length >= profile.same_kind_in_a_row);
            let wanted = self.intention == Some(index) && self.ledger.tallies[index].shown == 0;
            if (runs_on && !wanted) || !self.allowed(index, timing) {
                continue;
            }
            let Some(ready) = self.ready(index, timing) else { continue };
            let (due, free) = if wanted {
                (slot.due.min(self.hour.window(timing).1).max(slot.open).max(ready), free_for_wanted)
            } else {
                (slot.due.max(ready), free)
            };
            let at = due.max(free);
            let until = self.worth_until(index, timing, due).min(slot.close - Span(1));
            if at > until {
                continue;
            }
            let lot = chance::number(self.seed ^ slot.number.wrapping_mul(0x85eb_ca6b), index as u32);
            let claim = (!wanted, at, Reverse(self.score(index)), lot);
            if best.is_none_or(|(other, _)| claim < other) {
                best = Some((claim, Next { prompt: index, at, until, cause: Cause::Slot(slot.number) }));
            }
        }
        best.map(|(_, next)| next)
    }
}
