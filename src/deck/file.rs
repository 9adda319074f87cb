//! The deck file: one declaration of its rows, for reading, checking, writing and the schema.
//!
//! What a field may hold is in its type ([`super::limits`]). Rows name each other by id; whether they fit together is
//! checked in [`super::links`]. A [`DeckFile`] can be stored as it is, and [`Deck::from_file`](super::Deck::from_file)
//! makes a deck of it.

use deserr::Deserr;
#[cfg(not(target_arch = "wasm32"))]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::{CUE_MAX, LABEL_MAX, LanguageTag, Minutes, NOTE_MAX, RowId, TEXT_MAX, Text, Whole};
use super::lists::List;
use super::problem::{Mistakes, Problem};
use super::{Anchor, Applies, Channel, Kind, Phase, REFERENCE_MINUTES, SessionKind, layout, read};

/// The minutes of the hour that a deck is written for.
const HOUR: u32 = REFERENCE_MINUTES as u32;
/// The most profiles; in a [`Deck`] they are the bits of a 32-bit set.
pub(super) const PROFILES_MAX: usize = 32;

/// A label: one short line.
pub type Label = Text<LABEL_MAX>;
/// A text of a few sentences on one line.
pub type Prose = Text<TEXT_MAX>;
/// Prompts of one sort in 50 minutes, at most.
pub type Budget = Whole<0, 40>;
/// How important a prompt is, from 1 (low) to 5 (high).
pub type Priority = Whole<1, 5>;
/// A point or a length within the hour, in minutes.
pub type WithinHour = Minutes<0, HOUR>;
/// After how many minutes a prompt may come again.
pub type Repeat = Minutes<1, HOUR>;
/// How many minutes a prompt that is due waits for its turn: half a minute at least.
pub type Expiry = Minutes<1, { 2 * HOUR }, 2>;
/// How many times a prompt may come in one session.
pub type Times = Whole<1, 20>;

/// Everything Attune can say, and the numbers that pace it. Minutes are those of a 50-minute hour and are adjusted to
/// other lengths.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(title = "Attune deck"))]
#[serde(deny_unknown_fields)]
#[deserr(error = Mistakes, deny_unknown_fields)]
pub struct DeckFile {
    /// What kind of file this is.
    pub format: Format,
    /// What the deck is called.
    pub title: Label,
    /// The language of its texts as a tag: en, es, pt-BR.
    pub language: LanguageTag,
    /// For people who open the file; never shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[deserr(default)]
    pub notes: Option<List<Text<NOTE_MAX>>>,
    /// The pacing rules for every profile.
    pub rules: Rules,
    /// The parts of the therapeutic relationship that prompts serve.
    pub elements: List<Element>,
    /// How densely to prompt.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1, max = PROFILES_MAX)))]
    pub profiles: List<Profile>,
    /// What to get done before, during or after a session.
    pub checklist: List<Item>,
    /// What Attune can suggest.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1)))]
    pub prompts: List<Prompt>,
}

impl DeckFile {
    /// Reads a deck file, or says everything that is wrong with it at once.
    ///
    /// # Errors
    /// Every [`Problem`] names the place in the file, the line, and how to fix it.
    pub fn from_json(text: &str) -> Result<DeckFile, Vec<Problem>> {
        read::read(text).map(|(file, _)| file)
    }

    /// The text of the file in the layout of the shipped deck: one row per line.
    pub fn to_json(&self) -> String {
        layout::row_per_line(self)
    }
}

/// The only format so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(inline))]
#[deserr(error = Mistakes)]
pub enum Format {
    /// Version 1.
    #[serde(rename = "attune-deck/1")]
    #[deserr(rename = "attune-deck/1")]
    AttuneDeck1,
}

/// Pacing rules for every profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(inline))]
#[serde(deny_unknown_fields)]
#[deserr(error = Mistakes, deny_unknown_fields)]
pub struct Rules {
    /// Minutes at the start without timed prompts.
    pub opening_quiet_min: Minutes<0, 15>,
    /// Minutes at the end in which only important prompts come.
    pub closing_min: Minutes<2, 20>,
    /// Minutes at the end in which nothing comes.
    pub closing_quiet_min: Minutes<0, 5>,
    /// The fewest minutes between a checklist prompt and any other.
    pub checklist_gap_min: Minutes<1, 15>,
    /// How many seconds, at most, chance moves a prompt.
    pub jitter_s: Whole<0, 300>,
    /// How many seconds the dot waits before the words appear by themselves.
    pub wait_s: Whole<0, 120>,
    /// How many seconds the dot stays if the words come only with the glance shortcut.
    pub dot_s: Whole<10, 300>,
}

/// A part of the therapeutic relationship.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(inline))]
#[serde(deny_unknown_fields)]
#[deserr(error = Mistakes, deny_unknown_fields)]
pub struct Element {
    /// The id that prompts and items refer to.
    pub id: RowId,
    /// The name people read.
    pub label: Label,
    /// One sentence on what it means.
    pub about: Prose,
}

/// How densely to prompt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(inline))]
#[serde(deny_unknown_fields)]
#[deserr(error = Mistakes, deny_unknown_fields)]
pub struct Profile {
    /// The id that prompts refer to.
    pub id: RowId,
    /// The name people read.
    pub label: Label,
    /// Who it is for.
    pub for_whom: Prose,
    /// The most timed prompts in 50 minutes.
    pub timed_per_50_min: Budget,
    /// The most checklist prompts in 50 minutes.
    pub checklist_per_50_min: Budget,
    /// The fewest minutes between a timed prompt and whatever came before it.
    pub gap_min: Minutes<1, 60>,
    /// The most timed prompts of one kind in a row.
    pub same_kind_in_a_row: Whole<1, 10>,
    /// The lowest priority that may come in the closing minutes.
    pub closing_priority: Priority,
    /// Whether the words follow the dot by themselves; if not, they wait for the glance shortcut.
    pub words_by_themselves: bool,
}

/// One thing to get done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(inline))]
#[serde(deny_unknown_fields)]
#[deserr(error = Mistakes, deny_unknown_fields)]
pub struct Item {
    /// The id that prompts refer to.
    pub id: RowId,
    /// When it belongs.
    pub phase: Phase,
    /// The name people read.
    pub label: Label,
    /// One or two sentences more.
    pub explanation: Prose,
    /// Which sessions it belongs to.
    pub applies: Applies,
    /// The kinds of call it belongs to: video, sound only; both, if left out.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[deserr(default)]
    pub channels: Option<List<Channel>>,
    /// Whether it is one of the few that are essential.
    pub core: bool,
    /// The id of the element it serves.
    pub element: RowId,
    /// The source of the idea.
    pub basis: Prose,
}

/// One thing that Attune can suggest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(inline, transform = super::schema::by_trigger))]
#[serde(deny_unknown_fields)]
#[deserr(error = Mistakes, deny_unknown_fields)]
pub struct Prompt {
    /// Its permanent name, by which answers are remembered.
    pub id: RowId,
    /// Something to do with your body, to say, or to notice.
    pub kind: Kind,
    /// The few words under the camera.
    pub cue: Text<CUE_MAX>,
    /// The longer text on the card.
    pub text: Prose,
    /// One way to put it, if it is something to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[deserr(default)]
    pub say: Option<Prose>,
    /// Why it may help, in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[deserr(default)]
    pub reason: Option<Prose>,
    /// The id of the element it serves.
    pub element: RowId,
    /// The ids of other elements it serves.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[deserr(default)]
    pub also_serves: Option<List<RowId>>,
    /// What triggers it: its turn, an unticked item, or the therapist.
    pub trigger: Trigger,
    /// How important it is, from 1 (low) to 5 (high).
    pub priority: Priority,
    /// When it may come; for the triggers timer and checklist.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[deserr(default)]
    pub timing: Option<Timing>,
    /// What the therapist reports; for the trigger moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[deserr(default)]
    pub moment: Option<Moment>,
    /// How many seconds the words stay.
    pub dwell_s: Whole<3, 60>,
    /// The ids of the profiles it belongs to.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1)))]
    pub enabled_in: List<RowId>,
    /// The kinds of session it belongs to; all of them, if left out.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[deserr(default)]
    pub session_kinds: Option<List<SessionKind>>,
    /// The kinds of call it belongs to: video, sound only; both, if left out.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[deserr(default)]
    pub channels: Option<List<Channel>>,
    /// In ongoing sessions, it comes at most once in this many sessions; 1, if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[deserr(default)]
    pub ongoing_every: Option<Whole<1, 52>>,
    /// The id of the checklist item that makes it unnecessary once ticked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[deserr(default)]
    pub unless_ticked: Option<RowId>,
    /// The source of the idea.
    pub basis: Prose,
}

/// What triggers a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(inline))]
#[serde(rename_all = "snake_case")]
#[deserr(error = Mistakes, rename_all = lowercase)]
pub enum Trigger {
    /// Its turn in the rotation.
    Timer,
    /// An unticked checklist item.
    Checklist,
    /// A moment that the therapist reports.
    Moment,
}

/// When in the hour a prompt may come, and how often.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(inline, transform = super::schema::by_repeat))]
#[serde(deny_unknown_fields)]
#[deserr(error = Mistakes, deny_unknown_fields)]
pub struct Timing {
    /// Which end of the session the window counts from.
    pub anchor: Anchor,
    /// Where its window opens.
    pub from_min: WithinHour,
    /// Where its window closes: later, or with the anchor end a smaller number.
    pub to_min: WithinHour,
    /// After how many minutes it may come again; null or left out where it does not.
    #[deserr(default)]
    pub repeat_every_min: Option<Repeat>,
    /// How many times in one session, at most.
    pub max_per_session: Times,
    /// The fewest minutes between two showings.
    pub cooldown_min: WithinHour,
    /// How many minutes after it was due it is still worth showing.
    pub expires_after_min: Expiry,
}

/// What the therapist reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(inline))]
#[serde(deny_unknown_fields)]
#[deserr(error = Mistakes, deny_unknown_fields)]
pub struct Moment {
    /// What its button says.
    pub label: Label,
    /// Whether everything else stays silent until the therapist resumes cues; false, if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[deserr(default)]
    pub crisis: Option<bool>,
}
