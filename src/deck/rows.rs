//! One function for each kind of row in the file; prompts have a module of their own.

use super::format::{
    APPLIES, BUDGET, Bounds, CHECKLIST_GAP_MIN, CLOSING_MIN, CLOSING_QUIET_MIN, DOT_S, ELEMENT, GAP_MIN, ITEM,
    JITTER_S, OPENING_QUIET_MIN, PHASES, PRIORITY, PROFILE, RULES, SAME_KIND_IN_A_ROW, TEXT_MAX, WAIT_S,
};
use super::read::Node;
use super::tables::Ids;
use super::{Element, Item, LABEL_MAX, Profile, Rules};
use crate::time::Span;

pub(super) fn minutes(row: &Node<'_>, key: &str, bounds: Bounds) -> Option<Span> {
    row.required(key)?.number(bounds).map(Span::from_minutes)
}

pub(super) fn seconds(row: &Node<'_>, key: &str, bounds: Bounds) -> Option<Span> {
    row.required(key)?.whole(bounds).map(|seconds| Span::seconds(seconds.into()))
}

pub(super) fn line(row: &Node<'_>, key: &str, max: usize) -> Option<String> {
    row.required(key)?.text(max).map(str::to_owned)
}

/// An id that [`Ids`] have looked at already, so that a bad one is reported once.
pub(super) fn own_id(row: &Node<'_>) -> Option<String> {
    row.required("id")?.raw_text().map(str::to_owned)
}

pub(super) fn rules(row: &Node<'_>) -> Option<Rules> {
    if !row.is_object(&RULES) {
        return None;
    }
    let opening_quiet = minutes(row, "opening_quiet_min", OPENING_QUIET_MIN);
    let closing = minutes(row, "closing_min", CLOSING_MIN);
    let closing_quiet = minutes(row, "closing_quiet_min", CLOSING_QUIET_MIN);
    let checklist_gap = minutes(row, "checklist_gap_min", CHECKLIST_GAP_MIN);
    let jitter = seconds(row, "jitter_s", JITTER_S);
    let wait = seconds(row, "wait_s", WAIT_S);
    let dot = seconds(row, "dot_s", DOT_S);
    Some(Rules {
        opening_quiet: opening_quiet?,
        closing: closing?,
        closing_quiet: closing_quiet?,
        checklist_gap: checklist_gap?,
        jitter: jitter?,
        wait: wait?,
        dot: dot?,
    })
}

pub(super) fn element(row: &Node<'_>) -> Option<Element> {
    if !row.is_object(&ELEMENT) {
        return None;
    }
    let (id, label, about) = (own_id(row), line(row, "label", LABEL_MAX), line(row, "about", TEXT_MAX));
    Some(Element { id: id?, label: label?, about: about? })
}

pub(super) fn profile(row: &Node<'_>) -> Option<Profile> {
    if !row.is_object(&PROFILE) {
        return None;
    }
    let (id, label, for_whom) = (own_id(row), line(row, "label", LABEL_MAX), line(row, "for_whom", TEXT_MAX));
    let timed = row.required("timed_per_50_min").and_then(|node| node.whole(BUDGET));
    let checklist = row.required("checklist_per_50_min").and_then(|node| node.whole(BUDGET));
    let gap = minutes(row, "gap_min", GAP_MIN);
    let run = row.required("same_kind_in_a_row").and_then(|node| node.whole(SAME_KIND_IN_A_ROW));
    let priority = row.required("closing_priority").and_then(|node| node.whole(PRIORITY));
    let words = row.required("words_by_themselves").and_then(|node| node.flag());
    Some(Profile {
        id: id?,
        label: label?,
        for_whom: for_whom?,
        timed_per_50: timed?,
        checklist_per_50: checklist?,
        gap: gap?,
        same_kind_in_a_row: run?,
        closing_priority: priority? as u8,
        words_by_themselves: words?,
    })
}

pub(super) fn item(row: &Node<'_>, elements: &Ids) -> Option<Item> {
    if !row.is_object(&ITEM) {
        return None;
    }
    let (id, label, explanation) = (own_id(row), line(row, "label", LABEL_MAX), line(row, "explanation", TEXT_MAX));
    let phase = row.required("phase").and_then(|node| node.one_of(&PHASES));
    let applies = row.required("applies").and_then(|node| node.one_of(&APPLIES));
    let core = row.required("core").and_then(|node| node.flag());
    let element = row.required("element").and_then(|node| elements.reference(&node));
    let basis = line(row, "basis", TEXT_MAX);
    Some(Item {
        id: id?,
        phase: phase?,
        label: label?,
        explanation: explanation?,
        applies: applies?,
        core: core?,
        element: element?,
        basis: basis?,
    })
}
