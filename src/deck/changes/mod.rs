//! The therapist's own changes to a deck, as data: what is off, reworded, retimed, and what is her own.
//!
//! Changes lie over a deck and name its rows by id, so that a new version of the deck and her changes go together. The
//! deck itself is never touched: taking a change away gives back what the deck says. What a newer deck has no place for
//! any more is kept, has no effect, and is listed by [`Changes::stale`].

mod apply;
mod edit;
mod fit;
mod form;
mod listing;
mod places;
mod written;

pub use apply::{apply, merged};
pub use fit::{Fitted, fitted};
pub use form::{OwnItem, OwnPrompt, OwnTrigger, PromptForm, TimingForm};
pub use listing::{Listed, Listing, Which};

use super::Problem;
use super::format::Bounds;
use crate::by_id::ById;
use crate::json::Json;
use crate::text::Message;

/// Timed prompts in 50 minutes to which a profile can be tuned. Nothing is tuned to be denser than the shipped
/// rehearsal profile, which is the densest that was tried.
pub const TIMED_PER_50_MIN: Bounds = Bounds::new(0.0, 25.0);
/// The same for checklist prompts.
pub const CHECKLIST_PER_50_MIN: Bounds = Bounds::new(0.0, 20.0);
/// Minutes between prompts to which a profile can be tuned.
pub const GAP_MIN: Bounds = Bounds::new(1.5, 30.0);

/// The most rows of a table that can be changed or added.
const ROWS_MAX: usize = 1_000;

/// Everything that one person has changed about a deck. The empty changes are the default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// What is changed about prompts, by id.
    pub prompts: ById<PromptChange>,
    /// What is changed about checklist items, by id.
    pub items: ById<ItemChange>,
    /// What is changed about profiles, by id.
    pub profiles: ById<ProfileChange>,
    /// Prompts of her own, each as it would stand in a deck. One with the id of a prompt of the deck takes its place.
    pub own_prompts: Vec<Json<'static>>,
    /// Checklist items of her own, in the same way.
    pub own_items: Vec<Json<'static>>,
}

/// What is changed about a prompt. Numbers are as in a deck, and are checked where the changes are applied.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PromptChange {
    /// It never comes.
    pub off: bool,
    /// Another cue.
    pub cue: Option<String>,
    /// Another text.
    pub text: Option<String>,
    /// Another way to put it; an empty one takes it away.
    pub say: Option<String>,
    /// Another label for the button of a moment.
    pub label: Option<String>,
    /// Where its window opens, in minutes.
    pub from_min: Option<f64>,
    /// Where its window closes, in minutes.
    pub to_min: Option<f64>,
    /// After how many minutes it may come again.
    pub repeat_every_min: Option<f64>,
    /// How often in one session.
    pub max_per_session: Option<f64>,
}

/// What is changed about a checklist item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemChange {
    /// It is not on the checklist. Prompts that only chase it go with it; a timed prompt or a moment that a tick would
    /// have silenced stays, because it stands on its own.
    pub off: bool,
    /// Another label.
    pub label: Option<String>,
    /// Another explanation.
    pub explanation: Option<String>,
}

/// How a profile is tuned, within [`TIMED_PER_50_MIN`], [`CHECKLIST_PER_50_MIN`] and [`GAP_MIN`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProfileChange {
    /// Timed prompts in 50 minutes, at most. With 0 the profile lets go of them all.
    pub timed_per_50_min: Option<f64>,
    /// Checklist prompts in 50 minutes, at most. With 0 the profile lets go of them all.
    pub checklist_per_50_min: Option<f64>,
    /// The least minutes from whatever came last to a timed prompt.
    pub gap_min: Option<f64>,
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
