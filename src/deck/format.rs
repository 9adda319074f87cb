//! The deck format in names and numbers: what the reader holds a file to, and what the schema says of it.

use super::{Anchor, Applies, Kind, Phase, REFERENCE_MINUTES, SessionKind};

/// The longest deck file, in bytes: room for 10,000 prompts of 800 bytes. A deck that people write has a hundred times
/// less; the bound only keeps a wrong file from filling the memory.
pub const FILE_MAX: usize = 8 << 20;
/// The most entries a list of a deck may have.
pub(super) const LIST_MAX: usize = 20_000;
/// The longest text, in characters as people count them.
pub const TEXT_MAX: usize = 400;
/// The longest note, in the same characters. Notes are for whoever opens the file; Attune never shows them.
pub(super) const NOTE_MAX: usize = 2_000;
/// The longest id.
pub(super) const ID_MAX: usize = 64;
/// Profiles are kept as bits of a 32-bit set.
pub(super) const PROFILES_MAX: usize = 32;
/// More bytes than this for each character allowed are no text that anyone reads. A family emoji has 25.
pub(super) const BYTES_PER_CHARACTER: usize = 32;

/// The least and the most a number may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The least it may be.
    pub least: f64,
    /// The most it may be.
    pub most: f64,
}

impl Bounds {
    pub(super) const fn new(least: f64, most: f64) -> Bounds {
        Bounds { least, most }
    }

    /// Whether `number` lies within.
    pub fn hold(self, number: f64) -> bool {
        (self.least..=self.most).contains(&number)
    }
}

const HOUR: f64 = REFERENCE_MINUTES as f64;

pub(super) const OPENING_QUIET_MIN: Bounds = Bounds::new(0.0, 15.0);
pub(super) const CLOSING_MIN: Bounds = Bounds::new(2.0, 20.0);
pub(super) const CLOSING_QUIET_MIN: Bounds = Bounds::new(0.0, 5.0);
pub(super) const CHECKLIST_GAP_MIN: Bounds = Bounds::new(1.0, 15.0);
pub(super) const JITTER_S: Bounds = Bounds::new(0.0, 300.0);
pub(super) const WAIT_S: Bounds = Bounds::new(0.0, 120.0);
pub(super) const DOT_S: Bounds = Bounds::new(10.0, 300.0);

pub(super) const BUDGET: Bounds = Bounds::new(0.0, 40.0);
pub(super) const GAP_MIN: Bounds = Bounds::new(1.0, 60.0);
pub(super) const SAME_KIND_IN_A_ROW: Bounds = Bounds::new(1.0, 10.0);
pub(super) const PRIORITY: Bounds = Bounds::new(1.0, 5.0);

pub(super) const DWELL_S: Bounds = Bounds::new(3.0, 60.0);
pub(super) const ONGOING_EVERY: Bounds = Bounds::new(1.0, 52.0);
pub(super) const WINDOW_MIN: Bounds = Bounds::new(0.0, HOUR);
pub(super) const REPEAT_EVERY_MIN: Bounds = Bounds::new(1.0, HOUR);
pub(super) const MAX_PER_SESSION: Bounds = Bounds::new(1.0, 20.0);
pub(super) const COOLDOWN_MIN: Bounds = Bounds::new(0.0, HOUR);
pub(super) const EXPIRES_AFTER_MIN: Bounds = Bounds::new(0.5, HOUR);

/// The fields of one kind of object, in the order in which people best read them.
pub(super) struct Fields {
    pub(super) known: &'static [&'static str],
    /// Those of them that may be left out; only the schema asks.
    #[cfg_attr(target_arch = "wasm32", allow(dead_code))]
    pub(super) optional: &'static [&'static str],
}

pub(super) const DECK: Fields = Fields {
    known: &["format", "title", "language", "notes", "rules", "elements", "profiles", "checklist", "prompts"],
    optional: &["notes"],
};
pub(super) const RULES: Fields = Fields {
    known: &[
        "opening_quiet_min",
        "closing_min",
        "closing_quiet_min",
        "checklist_gap_min",
        "jitter_s",
        "wait_s",
        "dot_s",
    ],
    optional: &[],
};
pub(super) const ELEMENT: Fields = Fields { known: &["id", "label", "about"], optional: &[] };
pub(super) const PROFILE: Fields = Fields {
    known: &[
        "id",
        "label",
        "for_whom",
        "timed_per_50_min",
        "checklist_per_50_min",
        "gap_min",
        "same_kind_in_a_row",
        "closing_priority",
        "words_by_themselves",
    ],
    optional: &[],
};
pub(super) const ITEM: Fields =
    Fields { known: &["id", "phase", "label", "explanation", "applies", "core", "element", "basis"], optional: &[] };
pub(super) const PROMPT: Fields = Fields {
    known: &[
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
    ],
    optional: &["say", "reason", "also_serves", "timing", "moment", "session_kinds", "ongoing_every", "unless_ticked"],
};
pub(super) const TIMING: Fields = Fields {
    known: &[
        "anchor",
        "from_min",
        "to_min",
        "repeat_every_min",
        "max_per_session",
        "cooldown_min",
        "expires_after_min",
    ],
    optional: &["repeat_every_min"],
};
pub(super) const MOMENT: Fields = Fields { known: &["label", "crisis"], optional: &["crisis"] };

/// What brings a prompt, before its timing or its moment is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum By {
    Timer,
    Checklist,
    Moment,
}

/// The names that a field may have, and what they stand for.
pub(super) type Names<T, const N: usize> = [(&'static str, T); N];

pub(super) const TRIGGERS: Names<By, 3> = [("timer", By::Timer), ("checklist", By::Checklist), ("moment", By::Moment)];
pub(super) const KINDS: Names<Kind, 3> =
    [("nonverbal", Kind::Nonverbal), ("verbal", Kind::Verbal), ("reflective", Kind::Reflective)];
pub(super) const SESSION_KINDS: Names<SessionKind, 3> =
    [("first", SessionKind::First), ("early", SessionKind::Early), ("ongoing", SessionKind::Ongoing)];
pub(super) const PHASES: Names<Phase, 5> = [
    ("before", Phase::Before),
    ("opening", Phase::Opening),
    ("working", Phase::Working),
    ("closing", Phase::Closing),
    ("after", Phase::After),
];
pub(super) const APPLIES: Names<Applies, 3> =
    [("every", Applies::Every), ("first", Applies::First), ("when_needed", Applies::WhenNeeded)];
pub(super) const ANCHORS: Names<Anchor, 2> = [("start", Anchor::Start), ("end", Anchor::End)];

/// What a name stands for.
pub(super) fn called<T: Copy>(names: &[(&'static str, T)], name: &str) -> Option<T> {
    names.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// The name of a value.
pub(super) fn named<T: PartialEq>(names: &[(&'static str, T)], value: T) -> &'static str {
    names.iter().find(|(_, known)| *known == value).map_or("", |(name, _)| name)
}

/// Characters that take no room: joiners, direction marks, the byte order mark.
pub(super) const UNSEEN: [(char, char); 4] =
    [('\u{200b}', '\u{200f}'), ('\u{202a}', '\u{202e}'), ('\u{2060}', '\u{2069}'), ('\u{feff}', '\u{feff}')];
