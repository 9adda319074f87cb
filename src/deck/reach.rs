//! Whether a profile can ever show a prompt that claims it.

use deserr::ValuePointerRef;

use super::outline::{Outline, Prompt};
use super::problem::Mistakes;
use super::{Anchor, REFERENCE_MINUTES, Trigger};
use crate::text::Message;
use crate::time::Span;

/// Reports a profile that claims a prompt but can never show it: its window lies in the closing phase, where the
/// profile shows only what is more important, or in the last quiet moments, where nothing is shown. What is unknown
/// about the deck is not reported. `profiles` has a bit for each profile that the prompt claims.
pub(super) fn never_shown(
    row: &Prompt,
    trigger: &Trigger,
    profiles: u32,
    deck: &Outline,
    place: ValuePointerRef<'_>,
    mistakes: &mut Mistakes,
) {
    let (Trigger::Timer(timing) | Trigger::Checklist(timing)) = trigger else { return };
    let (Some(rules), Some(priority)) = (deck.rules.known(), row.priority.known()) else { return };
    let is_timed = matches!(trigger, Trigger::Timer(_));
    let hour = Span::minutes(REFERENCE_MINUTES);
    let (opens, closes) = match timing.anchor {
        Anchor::Start => (timing.from, timing.to),
        Anchor::End => (hour - timing.from, hour - timing.to),
    };
    if opens >= hour - rules.closing_quiet_min.span() {
        mistakes.add(place.push_key("timing"), Message::plain("deck_window_in_quiet"));
        return;
    }
    let is_late = opens >= hour - rules.closing_min.span();
    if is_timed && (is_late || closes <= rules.opening_quiet_min.span()) {
        mistakes.add(place.push_key("timing"), Message::plain("deck_timer_outside_working"));
        return;
    }
    let rows = deck.profiles.known().into_iter().flat_map(|rows| rows.iter());
    let claimed = rows.take(u32::BITS as usize).enumerate().filter(|(index, _)| profiles & (1 << index) != 0);
    for profile in claimed.filter_map(|(_, profile)| profile.known()) {
        let Some(id) = profile.id.known() else { continue };
        let budget = if is_timed { &profile.timed_per_50_min } else { &profile.checklist_per_50_min };
        let least = profile.closing_priority.known().filter(|least| is_late && priority < *least);
        let message = match least {
            Some(least) => Message::with("deck_too_low_for_closing", [id.to_string(), least.get().to_string()]),
            None if budget.known().is_some_and(|budget| budget.get() == 0) => {
                Message::with("deck_no_budget", [id.to_string()])
            }
            None => continue,
        };
        mistakes.add(place.push_key("enabled_in"), message);
    }
}
