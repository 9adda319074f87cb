//! *Why now*: the sentence that each prompt can give about itself, true at the moment it came.

use crate::deck::{Deck, Phase, Trigger};
use crate::hour::pacing::{Cause, Ledger, Next};
use crate::hour::plan::Hour;
use crate::text::Message;
use crate::time::Offset;

/// Why a prompt comes at `now`, in one sentence.
pub fn why(deck: &Deck, hour: &Hour, ledger: &Ledger, now: Offset, next: &Next) -> Message {
    if let (Cause::Moment, Trigger::Moment(moment)) = (next.cause, &deck.prompts[next.prompt].trigger) {
        return Message::with("why_moment", [moment.label.clone()]);
    }
    let minute = now.minute().to_string();
    let tally = &ledger.tallies[next.prompt];
    if tally.returning {
        return Message::with("why_put_off", [now.since(tally.last).minutes_up().to_string()]);
    }
    let item = deck.prompts[next.prompt].unless_ticked.map(|item| deck.checklist[item].label.clone());
    match (next.cause, item) {
        (Cause::Checklist, Some(label)) if hour.phase(now) == Phase::Closing => {
            let left = hour.end().since(now).minutes_up().to_string();
            Message::with("why_closing", [left, label])
        }
        (Cause::Checklist, Some(label)) if tally.shown > 0 => Message::with("why_still_unticked", [minute, label]),
        (Cause::Checklist, Some(label)) => Message::with("why_unticked", [minute, label]),
        (Cause::Slot(_) | Cause::Checklist | Cause::Moment, _) => {
            let age = ledger.past[next.prompt].age;
            let since = ledger.last.map(|last| now.since(last).minutes_down().to_string());
            match (tally.shown > 0, age.seen, since) {
                (true, _, _) => Message::with("why_again", [minute, now.since(tally.last).minutes_down().to_string()]),
                (false, true, Some(since)) if age.sessions > 1 => {
                    Message::with("why_turn_rested", [minute, since, age.sessions.to_string()])
                }
                (false, _, Some(since)) => Message::with("why_turn", [minute, since]),
                (false, _, None) => Message::with("why_turn_first", [minute]),
            }
        }
    }
}
