//! Whether the rows of a deck fit together: ids are unique, references lead somewhere, windows open before they close,
//! and profiles can show their prompts.

use std::collections::BTreeMap;

use deserr::ValuePointerRef;

use super::file::{self, PROFILES_MAX};
use super::limits::RowId;
use super::outline::{self, Entries, Item, Loose, Outline, Prompt};
use super::problem::{Mistakes, shown};
use super::reach::never_shown;
use super::{Anchor, Id, Moment, Timing, Trigger};
use crate::text::Message;

/// What the references of a sound deck lead to, as indices of rows.
pub(super) struct Links {
    /// For each checklist item, its element.
    pub(super) element_of_item: Vec<usize>,
    /// What each prompt refers to.
    pub(super) of_prompt: Vec<PromptLinks>,
}

/// What a prompt refers to.
pub(super) struct PromptLinks {
    pub(super) element: usize,
    pub(super) also_serves: Vec<usize>,
    /// The profiles, as a bit for each index.
    pub(super) profiles: u32,
    pub(super) unless_ticked: Option<usize>,
    pub(super) trigger: Trigger,
}

/// Follows all references, and adds what is wrong to `mistakes`. There are no links if anything is missing.
pub(super) fn links(outline: &Outline, mistakes: &mut Mistakes) -> Option<Links> {
    let root = ValuePointerRef::Origin;
    let (elements, profiles) = (root.push_key("elements"), root.push_key("profiles"));
    let (items, prompts) = (root.push_key("checklist"), root.push_key("prompts"));
    if outline.profiles.known().is_some_and(|rows| !(1..=PROFILES_MAX).contains(&rows.len())) {
        mistakes.add(profiles, Message::with("deck_profiles_count", [PROFILES_MAX.to_string()]));
    }
    if outline.prompts.known().is_some_and(|rows| rows.is_empty()) {
        mistakes.add(prompts, Message::plain("deck_no_prompts"));
    }
    let mut tables = Tables {
        elements: Ids::of(&outline.elements, |row| &row.id, elements, mistakes),
        profiles: Ids::of(&outline.profiles, |row| &row.id, profiles, mistakes),
        items: Ids::of(&outline.checklist, |row| &row.id, items, mistakes),
        outline,
    };
    // If the profiles were left out, references to them are not reported.
    tables.profiles.complete &= !tables.profiles.index.is_empty();
    Ids::of(&outline.prompts, |row| &row.id, prompts, mistakes);
    let element_of_item = each(&outline.checklist, items, |row, place| tables.item(row, place, mistakes));
    let of_prompt = each(&outline.prompts, prompts, |row, place| tables.prompt(row, place, mistakes));
    Some(Links { element_of_item: element_of_item?, of_prompt: of_prompt? })
}

/// What each row of a table leads to; nothing if one of them leads nowhere.
fn each<T, U>(
    table: &Entries<T>,
    place: ValuePointerRef<'_>,
    mut follow: impl FnMut(&T, ValuePointerRef<'_>) -> Option<U>,
) -> Option<Vec<U>> {
    let rows = table.known()?.iter().enumerate();
    // All rows are checked, also after one that is wrong.
    let found: Vec<Option<U>> = rows.map(|(index, row)| follow(row.known()?, place.push_index(index))).collect();
    found.into_iter().collect()
}

/// The ids of a table.
struct Ids {
    index: BTreeMap<Id, usize>,
    /// Whether every row has a name. If not, a reference that finds nothing may well mean the broken row, and is not
    /// reported: one mistake is reported once.
    complete: bool,
}

impl Ids {
    /// The ids of a table; one that is used twice is reported.
    fn of<T>(
        table: &Entries<T>,
        id: impl Fn(&T) -> &Loose<RowId>,
        place: ValuePointerRef<'_>,
        mistakes: &mut Mistakes,
    ) -> Ids {
        let mut ids = Ids { index: BTreeMap::new(), complete: table.known().is_some() };
        for (at, row) in table.known().into_iter().flat_map(|rows| rows.iter()).enumerate() {
            let Some(id) = row.known().and_then(|row| id(row).known()) else {
                ids.complete = false;
                continue;
            };
            if let Some(first) = ids.index.get(&**id) {
                let message = Message::with("deck_duplicate_id", [id.to_string(), first.to_string()]);
                mistakes.add(place.push_index(at).push_key("id"), message);
                // The row was probably meant to have a name that is missing elsewhere.
                ids.complete = false;
            } else {
                ids.index.insert(id.id(), at);
            }
        }
        ids
    }

    /// The index of the row with this id.
    fn find(&self, id: &RowId, place: ValuePointerRef<'_>, mistakes: &mut Mistakes) -> Option<usize> {
        let index = self.index.get(&**id).copied();
        if index.is_none() && self.complete {
            mistakes.add(place, Message::with("deck_no_such_id", [shown(id)]));
        }
        index
    }
}

/// The tables that rows refer to.
struct Tables<'a> {
    elements: Ids,
    profiles: Ids,
    items: Ids,
    outline: &'a Outline,
}

impl Tables<'_> {
    fn item(&self, row: &Item, place: ValuePointerRef<'_>, mistakes: &mut Mistakes) -> Option<usize> {
        names_some(&row.channels, place.push_key("channels"), "deck_no_channels", mistakes);
        self.elements.find(row.element.known()?, place.push_key("element"), mistakes)
    }

    fn prompt(&self, row: &Prompt, place: ValuePointerRef<'_>, mistakes: &mut Mistakes) -> Option<PromptLinks> {
        let mut find = |ids: &Ids, id: &Loose<RowId>, field| ids.find(id.known()?, place.push_key(field), mistakes);
        let element = find(&self.elements, &row.element, "element");
        let unless_ticked = find(&self.items, &row.unless_ticked, "unless_ticked");
        let also_serves = all(&self.elements, &row.also_serves, place.push_key("also_serves"), mistakes);
        let enabled_in = all(&self.profiles, &row.enabled_in, place.push_key("enabled_in"), mistakes);
        let profiles = enabled_in.as_ref().map(|all| all.iter().flatten().fold(0, |set, index| set | bit(*index)));
        names_some(&row.enabled_in, place.push_key("enabled_in"), "deck_no_profiles", mistakes);
        names_some(&row.session_kinds, place.push_key("session_kinds"), "deck_no_session_kinds", mistakes);
        names_some(&row.channels, place.push_key("channels"), "deck_no_channels", mistakes);
        let trigger = trigger(row, place, mistakes);
        if let (Some(trigger), Some(profiles)) = (&trigger, profiles) {
            never_shown(row, trigger, profiles, self.outline, place, mistakes);
        }
        Some(PromptLinks {
            element: element?,
            also_serves: match also_serves {
                Some(indices) => indices.into_iter().collect::<Option<_>>()?,
                None => Vec::new(),
            },
            profiles: profiles?,
            trigger: trigger?,
            unless_ticked: if row.unless_ticked.is_missing() { None } else { Some(unless_ticked?) },
        })
    }
}

/// Reports a list that is there but names nothing: what it belongs to would then have no place to come.
fn names_some<T>(list: &Entries<T>, place: ValuePointerRef<'_>, message: &'static str, mistakes: &mut Mistakes) {
    if list.known().is_some_and(|list| list.is_empty()) {
        mistakes.add(place, Message::plain(message));
    }
}

/// What the entries of a list lead to.
fn all(
    ids: &Ids,
    list: &Entries<RowId>,
    place: ValuePointerRef<'_>,
    mistakes: &mut Mistakes,
) -> Option<Vec<Option<usize>>> {
    let entries = list.known()?.iter().enumerate();
    Some(entries.map(|(index, id)| ids.find(id.known()?, place.push_index(index), mistakes)).collect())
}

/// The bit of a profile; none if there are too many.
fn bit(index: usize) -> u32 {
    if index < PROFILES_MAX { 1 << index } else { 0 }
}

/// What triggers a prompt: reports what its trigger needs and does not have, and what belongs to another trigger.
fn trigger(row: &Prompt, place: ValuePointerRef<'_>, mistakes: &mut Mistakes) -> Option<Trigger> {
    let by = row.trigger.known()?;
    let timing = ("timing", row.timing.is_missing());
    let moment = ("moment", row.moment.is_missing());
    let ((wanted, is_missing), (unwanted, is_absent)) = match by {
        file::Trigger::Timer | file::Trigger::Checklist => (timing, moment),
        file::Trigger::Moment => (moment, timing),
    };
    if is_missing {
        mistakes.add(place.push_key(wanted), Message::plain("deck_missing"));
    }
    if !is_absent {
        mistakes.add(place.push_key(unwanted), Message::with("deck_wrong_trigger", [wanted.to_owned()]));
    }
    if *by == file::Trigger::Checklist && row.unless_ticked.is_missing() {
        mistakes.add(place.push_key("unless_ticked"), Message::plain("deck_chases_nothing"));
    }
    let mut timed = || timing_of(row.timing.known()?, place.push_key("timing"), mistakes);
    match by {
        file::Trigger::Timer => timed().map(Trigger::Timer),
        file::Trigger::Checklist => timed().map(Trigger::Checklist),
        file::Trigger::Moment => {
            let file::Moment { label, crisis } = row.moment.known()?;
            Some(Trigger::Moment(Moment { label: label.to_string(), crisis: crisis.unwrap_or(false) }))
        }
    }
}

/// When a prompt may come: reports a window that closes before it opens, and repeats without an interval.
fn timing_of(row: &outline::Timing, place: ValuePointerRef<'_>, mistakes: &mut Mistakes) -> Option<Timing> {
    if row.repeat_every_min.is_missing() && row.max_per_session.known().is_some_and(|times| times.get() > 1) {
        mistakes.add(place.push_key("repeat_every_min"), Message::plain("deck_repeat_missing"));
    }
    let (anchor, from, to) = (*row.anchor.known()?, *row.from_min.known()?, *row.to_min.known()?);
    let (is_backwards, key) = match anchor {
        Anchor::Start => (from >= to, "deck_window_from_start"),
        Anchor::End => (from <= to, "deck_window_from_end"),
    };
    if is_backwards {
        mistakes.add(place.push_key("to_min"), Message::plain(key));
        return None;
    }
    Some(Timing {
        anchor,
        from: from.span(),
        to: to.span(),
        repeat: if row.repeat_every_min.is_missing() { None } else { Some(row.repeat_every_min.known()?.span()) },
        max: row.max_per_session.known()?.get(),
        cooldown: row.cooldown_min.known()?.span(),
        expires: row.expires_after_min.known()?.span(),
    })
}
