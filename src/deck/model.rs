//! A deck as the engine uses it.
//!
//! A [`Deck`] is always valid, so no later code has to doubt it: references are indices that exist, minutes are spans,
//! and time cannot stand still. Minutes in a deck are those of a 50-minute hour; [`crate::hour::plan`] adjusts them to
//! other lengths.

use std::collections::BTreeMap;

use deserr::Deserr;
#[cfg(not(target_arch = "wasm32"))]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::id::Id;
use super::problem::Mistakes;
use super::set::{Choice, Set};
use crate::time::Span;

/// The length of the hour that a deck's minutes are written for.
pub const REFERENCE_MINUTES: u64 = 50;

/// A whole deck, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Deck {
    /// The deck's title.
    pub title: String,
    /// The language its texts are in, as a BCP 47 tag.
    pub language: String,
    /// The pacing rules for every profile.
    pub rules: Rules,
    /// The parts of the therapeutic relationship that prompts serve.
    pub elements: Vec<Element>,
    /// How densely to prompt.
    pub profiles: Vec<Profile>,
    /// Things to get done before, during or after a session.
    pub checklist: Vec<Item>,
    /// Things that Attune can suggest.
    pub prompts: Vec<Prompt>,
    /// Where the rows with an id are.
    pub index: Index,
}

/// Where the rows with an id are in their tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    profiles: BTreeMap<Id, usize>,
    items: BTreeMap<Id, usize>,
    prompts: BTreeMap<Id, usize>,
}

impl Index {
    /// The index of these tables.
    pub fn of(profiles: &[Profile], checklist: &[Item], prompts: &[Prompt]) -> Index {
        let index = |ids: &mut dyn Iterator<Item = &Id>| ids.cloned().zip(0..).collect();
        Index {
            profiles: index(&mut profiles.iter().map(|profile| &profile.id)),
            items: index(&mut checklist.iter().map(|item| &item.id)),
            prompts: index(&mut prompts.iter().map(|prompt| &prompt.id)),
        }
    }
}

/// Pacing rules for every profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// No timed prompt this soon after Start.
    pub opening_quiet: Span,
    /// The last part of the hour, in which only important prompts come.
    pub closing: Span,
    /// Nothing at all this close to the end.
    pub closing_quiet: Span,
    /// The least time between a checklist prompt and any other prompt.
    pub checklist_gap: Span,
    /// How far a timed prompt may stray from the middle of its slot.
    pub jitter: Span,
    /// How long the dot waits before the words come by themselves.
    pub wait: Span,
    /// How long the dot stays if the words come only with the glance key.
    pub dot: Span,
}

/// A part of the therapeutic relationship.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// The name that prompts refer to.
    pub id: Id,
    /// The name that people read.
    pub label: String,
    /// One sentence on what it means.
    pub about: String,
}

/// How densely to prompt: a budget, a gap, and what may come near the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The name that prompts refer to.
    pub id: Id,
    /// The name that people read.
    pub label: String,
    /// Who it suits.
    pub for_whom: String,
    /// The maximum number of timed prompts in a 50-minute hour.
    pub timed_per_50: u32,
    /// The maximum number of checklist prompts in a 50-minute hour.
    pub checklist_per_50: u32,
    /// The least time between a timed prompt and whatever came before it.
    pub gap: Span,
    /// How many timed prompts of one kind may come in a row.
    pub same_kind_in_a_row: u32,
    /// The lowest priority that may come in the closing phase.
    pub closing_priority: u8,
    /// Whether the words follow the dot by themselves; otherwise only the glance key brings them.
    pub words_by_themselves: bool,
}

/// When in the arc of a session something belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(inline))]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
#[deserr(error = Mistakes, rename_all = lowercase)]
pub enum Phase {
    /// Until the client joins.
    Before,
    /// The first minutes together.
    Opening,
    /// The body of the hour.
    Working,
    /// The last minutes.
    Closing,
    /// Once the client has left.
    After,
}

/// Which sessions a checklist item belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(inline))]
#[serde(rename_all = "snake_case")]
#[deserr(error = Mistakes, rename_all = lowercase)]
pub enum Applies {
    /// Every session.
    Every,
    /// The first session with a client.
    First,
    /// Only when something has made it necessary.
    #[deserr(rename = "when_needed")]
    WhenNeeded,
}

/// One thing to get done; ticked by the therapist.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The name that prompts refer to.
    pub id: Id,
    /// When it belongs.
    pub phase: Phase,
    /// The name that people read.
    pub label: String,
    /// One or two more sentences.
    pub explanation: String,
    /// Which sessions it belongs to.
    pub applies: Applies,
    /// Channels it belongs to.
    pub channels: Set<Channel>,
    /// Whether it is one of the few that are essential.
    pub core: bool,
    /// Index of its element.
    pub element: usize,
    /// The source of the idea.
    pub basis: String,
}

/// What a prompt asks of the therapist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(inline))]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
#[deserr(error = Mistakes, rename_all = lowercase)]
pub enum Kind {
    /// Something to do with the body.
    Nonverbal,
    /// Something to say.
    Verbal,
    /// Something to notice.
    Reflective,
}

/// The kind of session, chosen at Start in place of any record of the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(inline))]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
#[deserr(error = Mistakes, rename_all = lowercase)]
pub enum SessionKind {
    /// The first with this client.
    First,
    /// One of the first few.
    Early,
    /// Any later one.
    Ongoing,
}

impl Choice for SessionKind {
    const ALL: &'static [SessionKind] = &[SessionKind::First, SessionKind::Early, SessionKind::Ongoing];
}

impl SessionKind {
    /// The kind with this name.
    pub fn called(name: &str) -> Option<SessionKind> {
        SessionKind::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Its name in decks, policies and settings.
    pub const fn name(self) -> &'static str {
        match self {
            SessionKind::First => "first",
            SessionKind::Early => "early",
            SessionKind::Ongoing => "ongoing",
        }
    }
}

/// What a call carries. It can change during a session: the camera goes off, or the call becomes a phone call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(inline))]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(rename_all = "snake_case")]
#[deserr(error = Mistakes, rename_all = lowercase)]
pub enum Channel {
    /// Picture and sound.
    #[default]
    Video,
    /// Sound only: a phone call, cameras that are off, an avatar.
    Sound,
}

impl Channel {
    /// Whether there are pictures. It is what a record that names no channel means.
    pub const fn is_video(&self) -> bool {
        matches!(self, Channel::Video)
    }

    /// The other one.
    pub const fn other(self) -> Channel {
        match self {
            Channel::Video => Channel::Sound,
            Channel::Sound => Channel::Video,
        }
    }
}

impl Choice for Channel {
    const ALL: &'static [Channel] = &[Channel::Video, Channel::Sound];
}

/// One thing that Attune can suggest.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// Its permanent name, by which answers and rotation are remembered.
    pub id: Id,
    /// What it asks of the therapist.
    pub kind: Kind,
    /// The few words the strip shows.
    pub cue: String,
    /// The longer text.
    pub text: String,
    /// One way to put it, if it is something to say.
    pub say: Option<String>,
    /// Why it may help, in one sentence.
    pub reason: Option<String>,
    /// Index of the element it serves.
    pub element: usize,
    /// Indices of other elements it serves.
    pub also_serves: Vec<usize>,
    /// What triggers it.
    pub trigger: Trigger,
    /// From 1 (low) to 5 (high).
    pub priority: u8,
    /// How long its words stay.
    pub dwell: Span,
    /// Profiles it belongs to, as a bit for each index.
    pub profiles: u32,
    /// Session kinds it belongs to.
    pub session_kinds: Set<SessionKind>,
    /// Channels it belongs to.
    pub channels: Set<Channel>,
    /// In ongoing sessions it comes at most once in this many sessions; 1 means every session.
    pub ongoing_every: u32,
    /// Index of the checklist item that makes it unnecessary once ticked.
    pub unless_ticked: Option<usize>,
    /// The source of the idea.
    pub basis: String,
}

/// What triggers a prompt.
#[derive(Clone, Debug, PartialEq)]
pub enum Trigger {
    /// Its turn in the rotation, in a slot of the hour.
    Timer(Timing),
    /// A checklist item that is not ticked yet.
    Checklist(Timing),
    /// A moment that no clock can know: the therapist reports it.
    Moment(Moment),
}

/// Something that happens in a session and that only the therapist can know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What its button says.
    pub label: String,
    /// Whether it silences everything else until the therapist resumes cues.
    pub crisis: bool,
}

/// Which end of the session a window counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Deserr)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(inline))]
#[serde(rename_all = "snake_case")]
#[deserr(error = Mistakes, rename_all = lowercase)]
pub enum Anchor {
    /// Minutes after Start.
    Start,
    /// Minutes before the planned end.
    End,
}

/// When in the hour a prompt may come, and how often.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    /// Which end of the session `from` and `to` count from.
    pub anchor: Anchor,
    /// Where its window opens.
    pub from: Span,
    /// Where its window closes.
    pub to: Span,
    /// How long after a showing it may come again; `None` if it does not.
    pub repeat: Option<Span>,
    /// How often in one session.
    pub max: u32,
    /// The least time between two showings.
    pub cooldown: Span,
    /// How long after it was due it is still worth showing.
    pub expires: Span,
}

impl Deck {
    /// The index of the profile called `id`.
    pub fn profile(&self, id: &str) -> Option<usize> {
        self.index.profiles.get(id).copied()
    }

    /// The index of the prompt called `id`.
    pub fn prompt(&self, id: &str) -> Option<usize> {
        self.index.prompts.get(id).copied()
    }

    /// The index of the checklist item called `id`.
    pub fn item(&self, id: &str) -> Option<usize> {
        self.index.items.get(id).copied()
    }
}

impl Prompt {
    /// Whether it belongs to the profile at `index`.
    pub const fn in_profile(&self, index: usize) -> bool {
        self.profiles & (1 << index) != 0
    }

    /// Its timing, unless it waits for the therapist.
    pub const fn timing(&self) -> Option<&Timing> {
        match &self.trigger {
            Trigger::Timer(timing) | Trigger::Checklist(timing) => Some(timing),
            Trigger::Moment(_) => None,
        }
    }

    /// Whether it is for a crisis.
    pub const fn is_crisis(&self) -> bool {
        matches!(&self.trigger, Trigger::Moment(moment) if moment.crisis)
    }

    /// Whether it accepts the answer *never*. A prompt that helps in a crisis does not: nobody should be without it.
    pub const fn can_be_put_away(&self) -> bool {
        !self.is_crisis()
    }
}

impl Item {
    /// Whether it comes in a session of this kind over this channel.
    pub fn asked_in(&self, kind: SessionKind, channel: Channel) -> bool {
        self.channels.has(channel)
            && match self.applies {
                Applies::Every => true,
                Applies::First => kind == SessionKind::First,
                Applies::WhenNeeded => false,
            }
    }
}
