//! The rows of prompts: what may be suggested, what brings it, and when.

use super::format::{
    ANCHORS, By, COOLDOWN_MIN, DWELL_S, EXPIRES_AFTER_MIN, KINDS, MAX_PER_SESSION, MOMENT, ONGOING_EVERY, PRIORITY,
    PROFILES_MAX, PROMPT, REPEAT_EVERY_MIN, SESSION_KINDS, TEXT_MAX, TIMING, TRIGGERS, WINDOW_MIN,
};
use super::reach::never_shown;
use super::read::Node;
use super::rows::{line, minutes, own_id, seconds};
use super::tables::Ids;
use super::{Anchor, CUE_MAX, LABEL_MAX, Moment, Profile, Prompt, Rules, SessionKinds, Timing, Trigger};
use crate::text::Message;
use crate::time::Span;

/// What a prompt may refer to.
pub(super) struct References {
    pub(super) elements: Ids,
    pub(super) profiles: Ids,
    pub(super) items: Ids,
}

pub(super) fn prompt(row: &Node<'_>, refs: &References, profiles: &[Profile], rules: Option<&Rules>) -> Option<Prompt> {
    if !row.is_object(&PROMPT) {
        return None;
    }
    let (id, cue, text) = (own_id(row), line(row, "cue", CUE_MAX), line(row, "text", TEXT_MAX));
    let say = perhaps(row, "say");
    let reason = perhaps(row, "reason");
    let kind = row.required("kind").and_then(|node| node.one_of(&KINDS));
    let element = row.required("element").and_then(|node| refs.elements.reference(&node));
    let also_serves = row.optional("also_serves").map_or_else(Vec::new, |list| {
        list.list().unwrap_or_default().iter().filter_map(|node| refs.elements.reference(node)).collect()
    });
    let priority = row.required("priority").and_then(|node| node.whole(PRIORITY)).map(|priority| priority as u8);
    let dwell = seconds(row, "dwell_s", DWELL_S);
    let enabled = row.required("enabled_in").and_then(|list| {
        let named = some_of(&list, "deck_no_profiles")?;
        let indices = named.iter().filter_map(|node| refs.profiles.reference(node));
        Some(indices.filter(|index| *index < PROFILES_MAX).fold(0, |set, index| set | 1 << index))
    });
    let session_kinds = row.optional("session_kinds").map_or(Some(SessionKinds::ALL), |list| {
        let named = some_of(&list, "deck_no_session_kinds")?;
        let kinds: Vec<_> = named.iter().filter_map(|node| node.one_of(&SESSION_KINDS)).collect();
        Some(SessionKinds::of(&kinds))
    });
    let ongoing_every = row.optional("ongoing_every").map_or(Some(1), |node| node.whole(ONGOING_EVERY));
    let unless_ticked = row.optional("unless_ticked").map(|node| refs.items.reference(&node));
    let basis = line(row, "basis", TEXT_MAX);
    let trigger = trigger(row, unless_ticked.is_some());

    if let (Some(enabled), Some(priority), Some(trigger), Some(rules)) = (enabled, priority, &trigger, rules) {
        never_shown(row, enabled, priority, trigger, profiles, rules);
    }
    Some(Prompt {
        id: id?,
        kind: kind?,
        cue: cue?,
        text: text?,
        say: say?,
        reason: reason?,
        element: element?,
        also_serves,
        trigger: trigger?,
        priority: priority?,
        dwell: dwell?,
        profiles: enabled?,
        session_kinds: session_kinds?,
        ongoing_every: ongoing_every?,
        unless_ticked: match unless_ticked {
            Some(index) => Some(index?),
            None => None,
        },
        basis: basis?,
    })
}

/// A text that may be missing; nothing at all if it is there and no text.
fn perhaps(row: &Node<'_>, key: &str) -> Option<Option<String>> {
    match row.optional(key) {
        Some(node) => node.text(TEXT_MAX).map(|text| Some(text.to_owned())),
        None => Some(None),
    }
}

/// The entries of a list that must have some.
fn some_of<'s>(list: &'s Node<'_>, if_empty: &str) -> Option<Vec<Node<'s>>> {
    let entries = list.list()?;
    if entries.is_empty() {
        list.report(Message::plain(if_empty));
        return None;
    }
    Some(entries)
}

fn trigger(row: &Node<'_>, chases: bool) -> Option<Trigger> {
    let by = row.required("trigger")?.one_of(&TRIGGERS)?;
    let (wanted, unwanted) = if by == By::Moment { ("moment", "timing") } else { ("timing", "moment") };
    if let Some(extra) = row.optional(unwanted) {
        extra.report(Message::with("deck_wrong_trigger", [wanted.to_owned()]));
    }
    if by == By::Checklist && !chases {
        row.report_in("unless_ticked", Message::plain("deck_chases_nothing"));
    }
    let inner = row.required(wanted)?;
    match by {
        By::Timer => Some(Trigger::Timer(timing(&inner)?)),
        By::Checklist => Some(Trigger::Checklist(timing(&inner)?)),
        By::Moment => {
            if !inner.is_object(&MOMENT) {
                return None;
            }
            let label = line(&inner, "label", LABEL_MAX);
            let crisis = inner.optional("crisis").map_or(Some(false), |node| node.flag());
            Some(Trigger::Moment(Moment { label: label?, crisis: crisis? }))
        }
    }
}

fn timing(row: &Node<'_>) -> Option<Timing> {
    if !row.is_object(&TIMING) {
        return None;
    }
    let anchor = row.required("anchor").and_then(|node| node.one_of(&ANCHORS));
    let from = minutes(row, "from_min", WINDOW_MIN);
    let to = minutes(row, "to_min", WINDOW_MIN);
    let repeat = row.optional("repeat_every_min").map(|node| node.number(REPEAT_EVERY_MIN).map(Span::from_minutes));
    let max = row.required("max_per_session").and_then(|node| node.whole(MAX_PER_SESSION));
    let cooldown = minutes(row, "cooldown_min", COOLDOWN_MIN);
    let expires = minutes(row, "expires_after_min", EXPIRES_AFTER_MIN);
    if repeat.is_none() && max.is_some_and(|max| max > 1) {
        row.report_in("repeat_every_min", Message::plain("deck_repeat_missing"));
    }
    if let (Some(anchor), Some(from), Some(to)) = (anchor, from, to) {
        let (backwards, key) = match anchor {
            Anchor::Start => (from >= to, "deck_window_from_start"),
            Anchor::End => (from <= to, "deck_window_from_end"),
        };
        if backwards {
            row.report_in("to_min", Message::plain(key));
            return None;
        }
    }
    Some(Timing {
        anchor: anchor?,
        from: from?,
        to: to?,
        repeat: match repeat {
            Some(repeat) => Some(repeat?),
            None => None,
        },
        max: max?,
        cooldown: cooldown?,
        expires: expires?,
    })
}
