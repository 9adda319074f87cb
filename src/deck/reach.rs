//! Whether a profile can ever show a prompt that claims it.

use super::read::Node;
use super::{Anchor, Profile, REFERENCE_MINUTES, Rules, Trigger};
use crate::text::Message;
use crate::time::Span;

/// Reports a profile that claims a prompt but can never show it: its window lies in the closing phase, where the
/// profile shows only what is more important, or in the last quiet moments, where nothing is shown.
pub(super) fn never_shown(
    row: &Node<'_>,
    enabled: u32,
    priority: u8,
    trigger: &Trigger,
    profiles: &[Profile],
    rules: &Rules,
) {
    let (Trigger::Timer(timing) | Trigger::Checklist(timing)) = trigger else { return };
    let hour = Span::minutes(REFERENCE_MINUTES);
    let opens = match timing.anchor {
        Anchor::Start => timing.from,
        Anchor::End => hour - timing.from,
    };
    if opens >= hour - rules.closing_quiet {
        row.report_in("timing", Message::plain("deck_window_in_quiet"));
        return;
    }
    let timed = matches!(trigger, Trigger::Timer(_));
    let closes = match timing.anchor {
        Anchor::Start => timing.to,
        Anchor::End => hour - timing.to,
    };
    if timed && (opens >= hour - rules.closing || closes <= rules.opening_quiet) {
        row.report_in("timing", Message::plain("deck_timer_outside_working"));
        return;
    }
    for (_, profile) in profiles.iter().enumerate().filter(|(index, _)| enabled & (1 << index) != 0) {
        let too_low = opens >= hour - rules.closing && priority < profile.closing_priority;
        let budget = if timed { profile.timed_per_50 } else { profile.checklist_per_50 };
        if too_low {
            let args = [profile.id.clone(), profile.closing_priority.to_string()];
            row.report_in("enabled_in", Message::with("deck_too_low_for_closing", args));
        } else if budget == 0 {
            row.report_in("enabled_in", Message::with("deck_no_budget", [profile.id.clone()]));
        }
    }
}
