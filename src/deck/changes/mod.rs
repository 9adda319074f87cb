//! The therapist's own changes to a deck, as data: what is off, reworded or retimed, and the therapist's own rows.
//!
//! Changes refer to a deck's rows by id, so they also apply to a new version of the deck. The deck itself is never
//! touched: removing a change brings back what the deck says. What a newer deck no longer has a place for is kept, has
//! no effect, and is listed by [`Changes::stale`].

mod apply;
mod draft;
mod fit;
mod form;
mod listing;
mod own;
mod rows;

pub use apply::apply;
pub use fit::{Fitted, fitted};
pub use form::{OwnItem, OwnPrompt, OwnTrigger, PromptForm, TimingForm};
pub use listing::{Listed, Listing, Which};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::limits::{Bounds, Minutes, Whole};
use super::lists::{list, map};
use super::{Id, Problem};
use crate::text::Message;

/// The timed prompts in 50 minutes to which a profile can be tuned. No profile can be made denser than the shipped
/// rehearsal profile, which is the densest that was tried.
type TimedPer50 = Whole<0, 25>;
/// The same for checklist prompts.
type ChecklistPer50 = Whole<0, 20>;
/// The minutes between prompts to which a profile can be tuned, in halves.
type Gap = Minutes<3, 60, 2>;

/// The range of [`ProfileChange::timed_per_50_min`].
pub const TIMED_PER_50_MIN: Bounds = TimedPer50::BOUNDS;
/// The range of [`ProfileChange::checklist_per_50_min`].
pub const CHECKLIST_PER_50_MIN: Bounds = ChecklistPer50::BOUNDS;
/// The range of [`ProfileChange::gap_min`], in minutes.
pub const GAP_MIN: Bounds = Gap::BOUNDS;

/// The maximum number of rows of a table that can be changed or added.
const ROWS_MAX: usize = 1_000;

/// Everything that one person has changed about a deck. The empty changes are the default.
///
/// They are stored with the settings. An unknown field is refused, so that an older version does not lose what a newer
/// one has stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Changes {
    /// What is changed about prompts, by id.
    #[serde(deserialize_with = "map::<ROWS_MAX, _, _, _>", skip_serializing_if = "BTreeMap::is_empty")]
    pub prompts: BTreeMap<Id, PromptChange>,
    /// What is changed about checklist items, by id.
    #[serde(deserialize_with = "map::<ROWS_MAX, _, _, _>", skip_serializing_if = "BTreeMap::is_empty")]
    pub items: BTreeMap<Id, ItemChange>,
    /// What is changed about profiles, by id.
    #[serde(deserialize_with = "map::<ROWS_MAX, _, _, _>", skip_serializing_if = "BTreeMap::is_empty")]
    pub profiles: BTreeMap<Id, ProfileChange>,
    /// The therapist's own prompts, each as it would be in a deck, sound or not. One with the id of a prompt of the
    /// deck replaces it.
    #[serde(deserialize_with = "list::<ROWS_MAX, _, _>", skip_serializing_if = "Vec::is_empty")]
    pub own_prompts: Vec<Value>,
    /// The therapist's own checklist items, in the same way.
    #[serde(deserialize_with = "list::<ROWS_MAX, _, _>", skip_serializing_if = "Vec::is_empty")]
    pub own_items: Vec<Value>,
}

/// What is changed about a prompt. The values are as in a deck, and are checked when the changes are applied.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PromptChange {
    /// It never comes.
    #[serde(skip_serializing_if = "is_false")]
    pub off: bool,
    /// Another cue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue: Option<String>,
    /// Another text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Another example of how to say it; an empty one removes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub say: Option<String>,
    /// Another label for the button of a moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Where its window opens, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_min: Option<f64>,
    /// Where its window closes, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_min: Option<f64>,
    /// After how many minutes it may come again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeat_every_min: Option<f64>,
    /// How often in one session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_per_session: Option<f64>,
}

/// What is changed about a checklist item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ItemChange {
    /// It is not on the checklist. Prompts that only chase it go with it; a timed prompt or a moment that a tick would
    /// have silenced stays, because it is useful by itself.
    #[serde(skip_serializing_if = "is_false")]
    pub off: bool,
    /// Another label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Another explanation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
}

/// How a profile is tuned, within [`TIMED_PER_50_MIN`], [`CHECKLIST_PER_50_MIN`] and [`GAP_MIN`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProfileChange {
    /// Timed prompts in 50 minutes, at most. With 0, the profile lets go of them all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timed_per_50_min: Option<f64>,
    /// Checklist prompts in 50 minutes, at most. With 0, the profile lets go of them all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checklist_per_50_min: Option<f64>,
    /// The fewest minutes between a timed prompt and whatever came before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap_min: Option<f64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Changes {
    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }

    /// The same without the rows that change nothing, so that undoing a change by hand leaves nothing behind.
    #[must_use]
    pub fn tidied(mut self) -> Changes {
        self.prompts.retain(|_, change| *change != PromptChange::default());
        self.items.retain(|_, change| *change != ItemChange::default());
        self.profiles.retain(|_, change| *change != ProfileChange::default());
        self
    }

    /// A problem if more rows are changed in a table than anyone could mean.
    pub fn too_many(&self) -> Option<Problem> {
        let tables = [
            ("prompts", self.prompts.len()),
            ("items", self.items.len()),
            ("profiles", self.profiles.len()),
            ("own_prompts", self.own_prompts.len()),
            ("own_items", self.own_items.len()),
        ];
        let (place, rows) = tables.into_iter().find(|(_, rows)| *rows > ROWS_MAX)?;
        let message = Message::with("deck_list_long", [rows.to_string(), ROWS_MAX.to_string()]);
        Some(Problem { place: place.to_owned(), line: 0, message })
    }
}

/// The id of an own row, if it has one.
fn own_id(row: &Value) -> Option<&str> {
    row.get("id")?.as_str()
}
