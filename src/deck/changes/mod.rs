//! The therapist's own changes to a deck, as data: what is off, reworded, retimed, and what is her own.
//!
//! Changes lie over a deck and name its rows by id, so that a new version of the deck and her changes go together. The
//! deck itself is never touched: taking a change away gives back what the deck says. What a newer deck has no place for
//! any more is kept, has no effect, and is listed by [`Changes::stale`].

mod apply;
mod edit;
mod fit;
mod places;

pub use apply::{apply, merged};
pub use fit::{Fitted, fitted};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Problem;
use super::format::Bounds;
use crate::message::Message;

/// Timed prompts in 50 minutes to which a profile can be tuned. Nothing is tuned to be denser than the shipped
/// rehearsal profile, which is the densest that was tried.
pub const TIMED_PER_50_MIN: Bounds = Bounds::new(0.0, 25.0);
/// The same for checklist prompts.
pub const CHECKLIST_PER_50_MIN: Bounds = Bounds::new(0.0, 20.0);
/// Minutes between prompts to which a profile can be tuned.
pub const GAP_MIN: Bounds = Bounds::new(1.5, 30.0);

/// The most rows of a table that can be changed or added.
const ROWS_MAX: usize = 1_000;
/// The longest text of changes, in bytes.
const TEXT_BYTES_MAX: usize = 1 << 20;

/// Everything that one person has changed about a deck. The empty changes are the default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    /// The form they are written in.
    pub format: Format,
    /// What is changed about prompts, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub prompts: BTreeMap<String, PromptChange>,
    /// What is changed about checklist items, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub items: BTreeMap<String, ItemChange>,
    /// What is changed about profiles, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub profiles: BTreeMap<String, ProfileChange>,
    /// Prompts of her own, each as it would stand in a deck. One with the id of a prompt of the deck takes its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_prompts: Vec<serde_json::Value>,
    /// Checklist items of her own, in the same way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_items: Vec<serde_json::Value>,
}

/// The form that changes are written in; a newer one is refused, not misread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// The first.
    #[default]
    #[serde(rename = "attune-changes/1")]
    One,
}

/// What is changed about a prompt. Numbers are as in a deck, and are checked where the changes are applied.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromptChange {
    /// It never comes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
    /// Another cue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<String>,
    /// Another text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Another way to put it; an empty one takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<String>,
    /// Another label for the button of a moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Where its window opens, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_min: Option<f64>,
    /// Where its window closes, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_min: Option<f64>,
    /// After how many minutes it may come again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat_every_min: Option<f64>,
    /// How often in one session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_per_session: Option<f64>,
}

/// What is changed about a checklist item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemChange {
    /// It is not on the checklist. Prompts that only chase it go with it; a timed prompt or a moment that a tick would
    /// have silenced stays, because it stands on its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
    /// Another label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Another explanation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
}

/// How a profile is tuned, within [`TIMED_PER_50_MIN`], [`CHECKLIST_PER_50_MIN`] and [`GAP_MIN`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileChange {
    /// Timed prompts in 50 minutes, at most. With 0 the profile lets go of them all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timed_per_50_min: Option<f64>,
    /// Checklist prompts in 50 minutes, at most. With 0 the profile lets go of them all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checklist_per_50_min: Option<f64>,
    /// The least minutes from whatever came last to a timed prompt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap_min: Option<f64>,
}

impl Changes {
    /// Reads changes as [`Changes::to_json`] wrote them.
    ///
    /// # Errors
    /// A text that is damaged, comes from a newer version, or says more than anyone could have changed.
    pub fn from_json(text: &str) -> Result<Changes, Problem> {
        if text.len() > TEXT_BYTES_MAX {
            let message = Message::with("change_file_big", [(TEXT_BYTES_MAX >> 20).to_string()]);
            return Err(Problem::of_file(1, message));
        }
        let changes: Changes = serde_json::from_str(text)
            .map_err(|error| Problem::of_file(error.line().max(1), Message::plain("change_not_readable")))?;
        changes.too_many().map_or(Ok(changes), Err)
    }

    /// The changes as text to be stored.
    pub fn to_json(&self) -> String {
        // Nothing in changes can fail to be written: their keys are texts, and what is no number becomes null.
        serde_json::to_string(self).unwrap_or_default()
    }

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

    /// Where more rows are changed than anyone could mean.
    fn too_many(&self) -> Option<Problem> {
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
