//! From JSON to a [`Deck`]: one function for each kind of row in the file.

use std::collections::BTreeMap;

use serde_json::Value;

use super::problem::{Problem, Problems};
use super::read::Node;
use super::{
    Anchor, Applies, CUE_MAX, Deck, Element, FORMAT, Item, Kind, LABEL_MAX, Moment, Phase, Profile, Prompt,
    REFERENCE_MINUTES, Rules, SessionKind, SessionKinds, Timing, Trigger,
};
use crate::message::Message;
use crate::time::Span;

/// The longest deck file, in bytes.
const FILE_MAX: usize = 16 << 20;
/// The longest text, in characters as people count them.
const TEXT_MAX: usize = 400;
/// Profiles are kept as bits of a 32-bit set.
const PROFILES_MAX: usize = 32;
const HOUR: f64 = REFERENCE_MINUTES as f64;

const KINDS: [(&str, Kind); 3] =
    [("nonverbal", Kind::Nonverbal), ("verbal", Kind::Verbal), ("reflective", Kind::Reflective)];
const SESSION_KINDS: [(&str, SessionKind); 3] =
    [("first", SessionKind::First), ("early", SessionKind::Early), ("ongoing", SessionKind::Ongoing)];
const PHASES: [(&str, Phase); 5] = [
    ("before", Phase::Before),
    ("opening", Phase::Opening),
    ("working", Phase::Working),
    ("closing", Phase::Closing),
    ("after", Phase::After),
];
const APPLIES: [(&str, Applies); 3] =
    [("every", Applies::Every), ("first", Applies::First), ("when_needed", Applies::WhenNeeded)];

pub(super) fn deck(text: &str) -> Result<Deck, Vec<Problem>> {
    let problems = Problems::new(text);
    let deck = read(text, &problems);
    match deck {
        Some(deck) if problems.is_empty() => Ok(deck),
        _ => Err(problems.into_list()),
    }
}

fn read(text: &str, problems: &Problems<'_>) -> Option<Deck> {
    if text.len() > FILE_MAX {
        problems.add_at_line(1, Message::with("deck_file_big", [(FILE_MAX >> 20).to_string()]));
        return None;
    }
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            problems.add_at_line(error.line().max(1), Message::with("deck_not_json", [error.column().to_string()]));
            return None;
        }
    };
    let root = Node::root(&value, problems);
    let known = ["format", "title", "language", "notes", "rules", "elements", "profiles", "checklist", "prompts"];
    if !root.is_object(&known) {
        return None;
    }
    if let Some(format) = root.required("format") {
        format.one_of(&[(FORMAT, ())]);
    }
    let title = root.required("title").and_then(|node| node.text(LABEL_MAX));
    let language = root.required("language").and_then(|node| node.text(LABEL_MAX));
    let rules = root.required("rules").and_then(|node| rules(&node));

    let [elements, profiles, checklist, prompts] =
        ["elements", "profiles", "checklist", "prompts"].map(|key| root.required(key));
    let [element_rows, profile_rows, item_rows, prompt_rows] =
        [&elements, &profiles, &checklist, &prompts].map(|table| table.as_ref().and_then(Node::list));
    if profile_rows.as_ref().is_some_and(|rows| !(1..=PROFILES_MAX).contains(&rows.len())) {
        root.report_in("profiles", Message::with("deck_profiles_count", [PROFILES_MAX.to_string()]));
    }
    if prompt_rows.as_ref().is_some_and(Vec::is_empty) {
        root.report_in("prompts", Message::plain("deck_no_prompts"));
    }
    let [element_rows, profile_rows, item_rows, prompt_rows] =
        [element_rows, profile_rows, item_rows, prompt_rows].map(Option::unwrap_or_default);

    let element_ids = ids(&element_rows);
    let profile_ids = ids(&profile_rows);
    let item_ids = ids(&item_rows);
    ids(&prompt_rows);

    let elements = every(&element_rows, element);
    let profiles = every(&profile_rows, profile);
    let checklist = every(&item_rows, |row| item(row, &element_ids));
    let refs = References { elements: &element_ids, profiles: &profile_ids, items: &item_ids };
    // Whether a profile can show a prompt is worth saying only where the profiles themselves are sound.
    let sound =
        if profiles.len() == profile_ids.len() && profiles.len() <= PROFILES_MAX { profiles.as_slice() } else { &[] };
    let prompts = every(&prompt_rows, |row| prompt(row, &refs, sound, rules.as_ref()));

    Some(Deck {
        title: title?.to_owned(),
        language: language?.to_owned(),
        rules: rules?,
        elements,
        profiles,
        checklist,
        prompts,
    })
}

/// Reads all rows that make sense; the others have been reported.
fn every<T>(rows: &[Node<'_>], read: impl Fn(&Node<'_>) -> Option<T>) -> Vec<T> {
    rows.iter().filter_map(read).collect()
}

/// What each id of a list stands for; an id that comes twice is reported.
fn ids(rows: &[Node<'_>]) -> BTreeMap<String, usize> {
    let mut ids = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        let Some(node) = row.optional("id") else { continue };
        let Some(id) = node.id() else { continue };
        if let Some(first) = ids.insert(id.to_owned(), index) {
            node.report(Message::with("deck_duplicate_id", [id.to_owned(), first.to_string()]));
        }
    }
    ids
}

/// The index of the row that `node` names.
fn reference(node: &Node<'_>, ids: &BTreeMap<String, usize>) -> Option<usize> {
    let id = node.text(64)?;
    let index = ids.get(id).copied();
    if index.is_none() {
        node.report(Message::with("deck_no_such_id", [id.to_owned()]));
    }
    index
}

fn minutes(row: &Node<'_>, key: &str, min: f64, max: f64) -> Option<Span> {
    row.required(key)?.number(min, max).map(Span::from_minutes)
}

fn seconds(row: &Node<'_>, key: &str, min: u32, max: u32) -> Option<Span> {
    row.required(key)?.whole(min, max).map(|seconds| Span::seconds(seconds.into()))
}

fn line(row: &Node<'_>, key: &str, max: usize) -> Option<String> {
    row.required(key)?.text(max).map(str::to_owned)
}

/// A line that may be missing; nothing at all if it is there and no text.
fn perhaps(row: &Node<'_>, key: &str) -> Option<Option<String>> {
    match row.optional(key) {
        Some(node) => node.text(TEXT_MAX).map(|text| Some(text.to_owned())),
        None => Some(None),
    }
}

/// An id that [`ids`] has looked at already, so that a bad one is reported once.
fn own_id(row: &Node<'_>) -> Option<String> {
    row.required("id")?.raw_text().map(str::to_owned)
}

fn rules(row: &Node<'_>) -> Option<Rules> {
    let known =
        ["opening_quiet_min", "closing_min", "closing_quiet_min", "checklist_gap_min", "jitter_s", "wait_s", "dot_s"];
    if !row.is_object(&known) {
        return None;
    }
    let opening_quiet = minutes(row, "opening_quiet_min", 0.0, 15.0);
    let closing = minutes(row, "closing_min", 2.0, 20.0);
    let closing_quiet = minutes(row, "closing_quiet_min", 0.0, 5.0);
    let checklist_gap = minutes(row, "checklist_gap_min", 1.0, 15.0);
    let jitter = seconds(row, "jitter_s", 0, 300);
    let wait = seconds(row, "wait_s", 0, 120);
    let dot = seconds(row, "dot_s", 10, 300);
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

fn element(row: &Node<'_>) -> Option<Element> {
    if !row.is_object(&["id", "label", "about"]) {
        return None;
    }
    let (id, label, about) = (own_id(row), line(row, "label", LABEL_MAX), line(row, "about", TEXT_MAX));
    Some(Element { id: id?, label: label?, about: about? })
}

fn profile(row: &Node<'_>) -> Option<Profile> {
    let known = [
        "id",
        "label",
        "for_whom",
        "timed_per_50_min",
        "checklist_per_50_min",
        "gap_min",
        "same_kind_in_a_row",
        "closing_priority",
        "words_by_themselves",
    ];
    if !row.is_object(&known) {
        return None;
    }
    let (id, label, for_whom) = (own_id(row), line(row, "label", LABEL_MAX), line(row, "for_whom", TEXT_MAX));
    let timed = row.required("timed_per_50_min").and_then(|node| node.whole(0, 40));
    let checklist = row.required("checklist_per_50_min").and_then(|node| node.whole(0, 40));
    let gap = minutes(row, "gap_min", 1.0, 60.0);
    let run = row.required("same_kind_in_a_row").and_then(|node| node.whole(1, 10));
    let priority = row.required("closing_priority").and_then(|node| node.whole(1, 5));
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

fn item(row: &Node<'_>, elements: &BTreeMap<String, usize>) -> Option<Item> {
    if !row.is_object(&["id", "phase", "label", "explanation", "applies", "core", "element", "basis"]) {
        return None;
    }
    let (id, label, explanation) = (own_id(row), line(row, "label", LABEL_MAX), line(row, "explanation", TEXT_MAX));
    let phase = row.required("phase").and_then(|node| node.one_of(&PHASES));
    let applies = row.required("applies").and_then(|node| node.one_of(&APPLIES));
    let core = row.required("core").and_then(|node| node.flag());
    let element = row.required("element").and_then(|node| reference(&node, elements));
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

struct References<'a> {
    elements: &'a BTreeMap<String, usize>,
    profiles: &'a BTreeMap<String, usize>,
    items: &'a BTreeMap<String, usize>,
}

fn prompt(row: &Node<'_>, refs: &References<'_>, profiles: &[Profile], rules: Option<&Rules>) -> Option<Prompt> {
    let known = [
        "id",
        "kind",
        "cue",
        "text",
        "say",
        "reason",
        "element",
        "also_serves",
        "trigger",
        "priority",
        "timing",
        "moment",
        "dwell_s",
        "enabled_in",
        "session_kinds",
        "ongoing_every",
        "unless_ticked",
        "basis",
    ];
    if !row.is_object(&known) {
        return None;
    }
    let (id, cue, text) = (own_id(row), line(row, "cue", CUE_MAX), line(row, "text", TEXT_MAX));
    let say = perhaps(row, "say");
    let reason = perhaps(row, "reason");
    let kind = row.required("kind").and_then(|node| node.one_of(&KINDS));
    let element = row.required("element").and_then(|node| reference(&node, refs.elements));
    let also_serves = row.optional("also_serves").map_or_else(Vec::new, |list| {
        list.list().unwrap_or_default().iter().filter_map(|node| reference(node, refs.elements)).collect()
    });
    let priority = row.required("priority").and_then(|node| node.whole(1, 5)).map(|priority| priority as u8);
    let dwell = seconds(row, "dwell_s", 3, 60);
    let enabled = row.required("enabled_in").map(|list| {
        let named = list.list().unwrap_or_default();
        let indices = named.iter().filter_map(|node| reference(node, refs.profiles));
        indices.filter(|index| *index < PROFILES_MAX).fold(0, |set, index| set | 1 << index)
    });
    let session_kinds = row.optional("session_kinds").map_or(Some(SessionKinds::ALL), |list| {
        let kinds: Vec<_> =
            list.list().unwrap_or_default().iter().filter_map(|node| node.one_of(&SESSION_KINDS)).collect();
        if kinds.is_empty() {
            list.report(Message::plain("deck_no_session_kinds"));
            return None;
        }
        Some(SessionKinds::of(&kinds))
    });
    let ongoing_every = row.optional("ongoing_every").map_or(Some(1), |node| node.whole(1, 52));
    let unless_ticked = row.optional("unless_ticked").map(|node| reference(&node, refs.items));
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

fn trigger(row: &Node<'_>, chases: bool) -> Option<Trigger> {
    #[derive(Clone, Copy, PartialEq)]
    enum By {
        Timer,
        Checklist,
        Moment,
    }
    let names = [("timer", By::Timer), ("checklist", By::Checklist), ("moment", By::Moment)];
    let by = row.required("trigger")?.one_of(&names)?;
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
            if !inner.is_object(&["label", "crisis"]) {
                return None;
            }
            let label = line(&inner, "label", LABEL_MAX);
            let crisis = inner.optional("crisis").map_or(Some(false), |node| node.flag());
            Some(Trigger::Moment(Moment { label: label?, crisis: crisis? }))
        }
    }
}

fn timing(row: &Node<'_>) -> Option<Timing> {
    let known =
        ["anchor", "from_min", "to_min", "repeat_every_min", "max_per_session", "cooldown_min", "expires_after_min"];
    if !row.is_object(&known) {
        return None;
    }
    let anchor = row.required("anchor").and_then(|node| node.one_of(&[("start", Anchor::Start), ("end", Anchor::End)]));
    let from = minutes(row, "from_min", 0.0, HOUR);
    let to = minutes(row, "to_min", 0.0, HOUR);
    let repeat = row.optional("repeat_every_min").map(|node| node.number(1.0, HOUR).map(Span::from_minutes));
    let max = row.required("max_per_session").and_then(|node| node.whole(1, 20));
    let cooldown = minutes(row, "cooldown_min", 0.0, HOUR);
    let expires = minutes(row, "expires_after_min", 0.5, HOUR);
    if let (Some(anchor), Some(from), Some(to)) = (anchor, from, to) {
        let (backwards, key) = match anchor {
            Anchor::Start => (from >= to, "deck_window_from_start"),
            Anchor::End => (from <= to, "deck_window_from_end"),
        };
        if backwards {
            row.report_in("to_min", Message::plain(key));
        }
    }
    if repeat.is_none() && max.is_some_and(|max| max > 1) {
        row.report_in("repeat_every_min", Message::plain("deck_repeat_missing"));
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

/// Reports a profile that claims a prompt but can never show it: its window lies in the closing phase, where the
/// profile shows only what is more important, or in the last quiet moments, where nothing is shown.
fn never_shown(row: &Node<'_>, enabled: u32, priority: u8, trigger: &Trigger, profiles: &[Profile], rules: &Rules) {
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
