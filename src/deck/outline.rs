//! How the rows of a deck file relate to each other, as far as it can be read.
//!
//! A file with a mistake in one row is still checked as a whole, so that everything wrong with it is reported at once:
//! each field is [`Known`](Loose::Known), or it is missing or broken, and what depends on it is not checked. The
//! outline of a sound file has every field.

use deserr::{Deserr, IntoValue, Value, ValuePointerRef};

use super::file::{self, Budget, DeckFile, Expiry, Priority, Repeat, Rules, Times, WithinHour};
use super::limits::RowId;
use super::lists::List;
use super::problem::Mistakes;
use super::{Anchor, Channel, SessionKind};

/// A field, where it does not matter here what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(super) enum Loose<T> {
    #[default]
    Missing,
    Broken,
    Known(T),
}

impl<T> Loose<T> {
    pub(super) const fn known(&self) -> Option<&T> {
        if let Loose::Known(value) = self { Some(value) } else { None }
    }

    pub(super) const fn is_missing(&self) -> bool {
        matches!(self, Loose::Missing)
    }
}

impl<T> From<Option<T>> for Loose<T> {
    fn from(value: Option<T>) -> Loose<T> {
        value.map_or(Loose::Missing, Loose::Known)
    }
}

impl<T: Deserr<Mistakes>> Deserr<Mistakes> for Loose<T> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "whatever it is, its own type says what is wrong with it")]
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, place: ValuePointerRef<'_>) -> Result<Self, Mistakes> {
        Ok(match value {
            Value::Null => Loose::Missing,
            value => T::deserialize_from_value(value, place).map_or(Loose::Broken, Loose::Known),
        })
    }
}

/// A list, and which of its entries are known.
pub(super) type Entries<T> = Loose<List<Loose<T>>>;

/// The outline of a deck file.
#[derive(Clone, Debug, Deserr)]
#[deserr(error = Mistakes)]
pub(super) struct Outline {
    #[deserr(default)]
    pub(super) rules: Loose<Rules>,
    #[deserr(default)]
    pub(super) elements: Entries<Element>,
    #[deserr(default)]
    pub(super) profiles: Entries<Profile>,
    #[deserr(default)]
    pub(super) checklist: Entries<Item>,
    #[deserr(default)]
    pub(super) prompts: Entries<Prompt>,
}

#[derive(Clone, Debug, Deserr)]
#[deserr(error = Mistakes)]
pub(super) struct Element {
    #[deserr(default)]
    pub(super) id: Loose<RowId>,
}

#[derive(Clone, Debug, Deserr)]
#[deserr(error = Mistakes)]
pub(super) struct Profile {
    #[deserr(default)]
    pub(super) id: Loose<RowId>,
    #[deserr(default)]
    pub(super) timed_per_50_min: Loose<Budget>,
    #[deserr(default)]
    pub(super) checklist_per_50_min: Loose<Budget>,
    #[deserr(default)]
    pub(super) closing_priority: Loose<Priority>,
}

#[derive(Clone, Debug, Deserr)]
#[deserr(error = Mistakes)]
pub(super) struct Item {
    #[deserr(default)]
    pub(super) id: Loose<RowId>,
    #[deserr(default)]
    pub(super) element: Loose<RowId>,
    #[deserr(default)]
    pub(super) channels: Entries<Channel>,
}

#[derive(Clone, Debug, Deserr)]
#[deserr(error = Mistakes)]
pub(super) struct Prompt {
    #[deserr(default)]
    pub(super) id: Loose<RowId>,
    #[deserr(default)]
    pub(super) element: Loose<RowId>,
    #[deserr(default)]
    pub(super) also_serves: Entries<RowId>,
    #[deserr(default)]
    pub(super) trigger: Loose<file::Trigger>,
    #[deserr(default)]
    pub(super) priority: Loose<Priority>,
    #[deserr(default)]
    pub(super) timing: Loose<Timing>,
    #[deserr(default)]
    pub(super) moment: Loose<file::Moment>,
    #[deserr(default)]
    pub(super) enabled_in: Entries<RowId>,
    #[deserr(default)]
    pub(super) session_kinds: Entries<SessionKind>,
    #[deserr(default)]
    pub(super) channels: Entries<Channel>,
    #[deserr(default)]
    pub(super) unless_ticked: Loose<RowId>,
}

#[derive(Clone, Debug, Deserr)]
#[deserr(error = Mistakes)]
pub(super) struct Timing {
    #[deserr(default)]
    pub(super) anchor: Loose<Anchor>,
    #[deserr(default)]
    pub(super) from_min: Loose<WithinHour>,
    #[deserr(default)]
    pub(super) to_min: Loose<WithinHour>,
    #[deserr(default)]
    pub(super) repeat_every_min: Loose<Repeat>,
    #[deserr(default)]
    pub(super) max_per_session: Loose<Times>,
    #[deserr(default)]
    pub(super) cooldown_min: Loose<WithinHour>,
    #[deserr(default)]
    pub(super) expires_after_min: Loose<Expiry>,
}

// --- of a sound file -------------------------------------------------------------------------------------------------

impl From<&DeckFile> for Outline {
    fn from(file: &DeckFile) -> Outline {
        Outline {
            rules: Loose::Known(file.rules.clone()),
            elements: all(&file.elements, |row| Element { id: copy(&row.id) }),
            profiles: all(&file.profiles, |row| row.into()),
            checklist: all(&file.checklist, |row| Item {
                id: copy(&row.id),
                element: copy(&row.element),
                channels: named(row.channels.as_ref()),
            }),
            prompts: all(&file.prompts, |row| row.into()),
        }
    }
}

impl From<&file::Profile> for Profile {
    fn from(row: &file::Profile) -> Profile {
        Profile {
            id: copy(&row.id),
            timed_per_50_min: copy(&row.timed_per_50_min),
            checklist_per_50_min: copy(&row.checklist_per_50_min),
            closing_priority: copy(&row.closing_priority),
        }
    }
}

impl From<&file::Prompt> for Prompt {
    fn from(row: &file::Prompt) -> Prompt {
        Prompt {
            id: copy(&row.id),
            element: copy(&row.element),
            also_serves: named(row.also_serves.as_ref()),
            trigger: copy(&row.trigger),
            priority: copy(&row.priority),
            timing: row.timing.as_ref().map(Timing::from).into(),
            moment: row.moment.clone().into(),
            enabled_in: all(&row.enabled_in, Clone::clone),
            session_kinds: named(row.session_kinds.as_ref()),
            channels: named(row.channels.as_ref()),
            unless_ticked: row.unless_ticked.clone().into(),
        }
    }
}

impl From<&file::Timing> for Timing {
    fn from(row: &file::Timing) -> Timing {
        Timing {
            anchor: copy(&row.anchor),
            from_min: copy(&row.from_min),
            to_min: copy(&row.to_min),
            repeat_every_min: row.repeat_every_min.into(),
            max_per_session: copy(&row.max_per_session),
            cooldown_min: copy(&row.cooldown_min),
            expires_after_min: copy(&row.expires_after_min),
        }
    }
}

fn copy<T: Clone>(value: &T) -> Loose<T> {
    Loose::Known(value.clone())
}

fn named<T: Clone>(list: Option<&List<T>>) -> Entries<T> {
    list.map_or(Loose::Missing, |list| all(list, Clone::clone))
}

fn all<T, U>(list: &List<T>, entry: impl Fn(&T) -> U) -> Entries<U> {
    Loose::Known(list.map(|value| Loose::Known(entry(value))))
}
