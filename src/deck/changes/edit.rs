//! The edits themselves: what each change does to the rows of a deck's tree.

use super::apply::{id, rows};
use super::{CHECKLIST_PER_50_MIN, Changes, GAP_MIN, ItemChange, ProfileChange, PromptChange, TIMED_PER_50_MIN};
use crate::deck::Problem;
use crate::deck::format::Bounds;
use crate::deck::read::out_of_range;
use crate::json::{Json, digits};

impl Changes {
    pub(super) fn is_item_off(&self, id: &str) -> bool {
        self.items.get(id).is_some_and(|change| change.off)
    }

    /// Whether a prompt stays: not if it is off, chases an item that is off, or has no profile left.
    pub(super) fn keeps_prompt(&self, row: &Json<'_>) -> bool {
        let is_off = id(row).and_then(|id| self.prompts.get(id)).is_some_and(|change| change.off);
        let chases = row.get("trigger").and_then(Json::as_text) == Some("checklist");
        let item = row.get("unless_ticked").and_then(Json::as_text);
        let lost = chases && item.is_some_and(|item| self.is_item_off(item));
        !is_off && !lost && !self.has_let_go(row)
    }

    /// Whether each profile of a prompt has a budget of none for its like.
    fn has_let_go(&self, row: &Json<'_>) -> bool {
        let Some(profiles) = row.get("enabled_in").and_then(Json::as_list) else { return false };
        !profiles.is_empty() && profiles.iter().all(|profile| self.lets_go(profile, row))
    }

    fn lets_go(&self, profile: &Json<'_>, row: &Json<'_>) -> bool {
        let Some(change) = profile.as_text().and_then(|id| self.profiles.get(id)) else { return false };
        match row.get("trigger").and_then(Json::as_text) {
            Some("timer") => change.timed_per_50_min == Some(0.0),
            Some("checklist") => change.checklist_per_50_min == Some(0.0),
            _ => false,
        }
    }

    /// Edits every prompt and item that is changed.
    pub(super) fn edit_rows(&self, tree: &mut Json<'_>) {
        for row in rows(tree, "prompts").into_iter().flatten() {
            if let Some(change) = id(row).and_then(|id| self.prompts.get(id)) {
                change.edit(row);
            }
        }
        for row in rows(tree, "checklist").into_iter().flatten() {
            if let Some(change) = id(row).and_then(|id| self.items.get(id)) {
                change.edit(row);
            }
        }
    }

    /// Gives a profile that is to have a budget of none a small one for the time being: prompts that claim it are let
    /// go later, and are no mistake now.
    pub(super) fn lend_budgets(&self, tree: &mut Json<'_>) {
        for row in rows(tree, "profiles").into_iter().flatten() {
            let Some(change) = id(row).and_then(|id| self.profiles.get(id)) else { continue };
            for (key, number, _) in change.numbers() {
                if number == Some(0.0) && key != "gap_min" {
                    row.set(key, Some(1.0.into()));
                }
            }
        }
    }

    /// Edits every profile that is tuned; returns the numbers that it cannot be tuned to.
    pub(super) fn edit_profiles(&self, tree: &mut Json<'_>) -> Vec<Problem> {
        let mut problems = Vec::new();
        for row in rows(tree, "profiles").into_iter().flatten() {
            let Some((id, change)) = id(row).and_then(|id| Some((id.to_owned(), self.profiles.get(id)?))) else {
                continue;
            };
            change.edit(row);
            problems.extend(change.out_of_bounds(&id));
        }
        problems
    }

    /// Loosens prompts from what is off: from items, and from profiles with a budget of none for their like.
    pub(super) fn let_go(&self, tree: &mut Json<'_>) {
        for row in rows(tree, "prompts").into_iter().flatten() {
            let chases = row.get("trigger").and_then(Json::as_text) == Some("checklist");
            if !chases && row.get("unless_ticked").and_then(Json::as_text).is_some_and(|item| self.is_item_off(item)) {
                row.set("unless_ticked", None);
            }
            self.let_profiles_go(row);
        }
    }

    /// Takes the profiles out of a prompt that have a budget of none for its like, unless none would be left.
    fn let_profiles_go(&self, row: &mut Json<'_>) {
        if self.has_let_go(row) {
            return;
        }
        let profiles = row.get("enabled_in").and_then(Json::as_list).unwrap_or_default();
        let goes: Vec<bool> = profiles.iter().map(|profile| self.lets_go(profile, row)).collect();
        let mut goes = goes.into_iter();
        if let Some(profiles) = rows(row, "enabled_in") {
            profiles.retain(|_| goes.next() != Some(true));
        }
    }
}

/// Puts in what is changed, each field in the part of the row that has it.
fn put(row: &mut Json<'_>, fields: &[(&'static str, Json<'_>)], part: impl Fn(&str) -> Option<&'static str>) {
    for (key, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
        let place = match part(key) {
            Some(part) => row.get_mut(part),
            None => Some(&mut *row),
        };
        if let Some(place) = place {
            place.set(key, Some(value.owned()));
        }
    }
}

impl PromptChange {
    fn edit(&self, row: &mut Json<'_>) {
        put(row, &self.fields(), |key| match key {
            "cue" | "text" | "say" => None,
            "label" => Some("moment"),
            _ => Some("timing"),
        });
        if self.say.as_deref() == Some("") {
            row.set("say", None);
        }
    }
}

impl ItemChange {
    fn edit(&self, row: &mut Json<'_>) {
        put(row, &self.fields(), |_| None);
    }
}

impl ProfileChange {
    fn numbers(&self) -> [(&'static str, Option<f64>, Bounds); 3] {
        [
            ("timed_per_50_min", self.timed_per_50_min, TIMED_PER_50_MIN),
            ("checklist_per_50_min", self.checklist_per_50_min, CHECKLIST_PER_50_MIN),
            ("gap_min", self.gap_min, GAP_MIN),
        ]
    }

    fn edit(&self, row: &mut Json<'_>) {
        put(row, &self.fields(), |_| None);
    }

    fn out_of_bounds(&self, id: &str) -> Vec<Problem> {
        let outside = self.numbers().into_iter().filter_map(|(key, number, bounds)| {
            let number = number.filter(|number| !bounds.hold(*number))?;
            Some(Problem {
                place: format!("profiles[{id}].{key}"),
                line: 0,
                message: out_of_range(&digits(number), bounds),
            })
        });
        outside.collect()
    }
}
