//! A deck while changes are applied to it, and where in the changes a mistake was made.

use super::own::Own;
use super::rows::Refused;
use super::{Changes, ProfileChange};
use crate::deck::file::{Prompt, Trigger};
use crate::deck::limits::RowId;
use crate::deck::outline::{self, Loose, Outline};
use crate::deck::problem::{Mistake, Step};
use crate::deck::{DeckFile, Problem};
use crate::text::Message;

/// The deck, the changes, and what has become of them so far.
pub(super) struct Draft<'a> {
    /// The deck as changed so far, without broken own rows.
    pub(super) file: DeckFile,
    changes: &'a Changes,
    prompts: Own<outline::Prompt>,
    items: Own<outline::Item>,
    problems: Vec<Problem>,
}

impl<'a> Draft<'a> {
    /// The deck with the therapist's own rows in it: each replaces the row with the same id, or comes at the end.
    pub(super) fn new(deck: &DeckFile, changes: &'a Changes) -> Draft<'a> {
        let mut file = deck.clone();
        let mut problems = Vec::new();
        let prompts = Own::put("own_prompts", &changes.own_prompts, &mut file.prompts, |row| &row.id, &mut problems);
        let items = Own::put("own_items", &changes.own_items, &mut file.checklist, |row| &row.id, &mut problems);
        Draft { file, changes, prompts, items, problems }
    }

    /// Edits every prompt and every item that is changed.
    pub(super) fn edit_rows(&mut self) {
        for row in self.file.prompts.iter_mut() {
            if let Some(change) = self.changes.prompts.get(&*row.id) {
                report(&mut self.problems, "prompts", &row.id.clone(), change.edit(row));
            }
        }
        for row in self.file.checklist.iter_mut() {
            if let Some(change) = self.changes.items.get(&*row.id) {
                report(&mut self.problems, "items", &row.id.clone(), change.edit(row));
            }
        }
    }

    /// Tunes every profile that is changed.
    pub(super) fn tune_profiles(&mut self) {
        for row in self.file.profiles.iter_mut() {
            if let Some(change) = self.changes.profiles.get(&*row.id) {
                report(&mut self.problems, "profiles", &row.id.clone(), change.edit(row));
            }
        }
    }

    /// The outline of the draft, with the broken own rows as far as they can be read. If a profile is tuned to show no
    /// prompts of a sort, that is not a mistake of the prompts that claim it: they are let go later.
    pub(super) fn outline(&self) -> Outline {
        let mut outline = Outline::from(&self.file);
        self.prompts.add_broken(&mut outline.prompts, |row| &row.id);
        self.items.add_broken(&mut outline.checklist, |row| &row.id);
        if let Loose::Known(rows) = &mut outline.profiles {
            for (row, profile) in rows.iter_mut().zip(self.file.profiles.iter()) {
                let (Loose::Known(row), Some(change)) = (row, self.changes.profiles.get(&*profile.id)) else {
                    continue;
                };
                for (tuned, budget) in [
                    (change.timed_per_50_min, &mut row.timed_per_50_min),
                    (change.checklist_per_50_min, &mut row.checklist_per_50_min),
                ] {
                    if tuned == Some(0.0) {
                        *budget = Loose::Missing;
                    }
                }
            }
        }
        outline
    }

    /// Removes what is off, and detaches what stays from it: from items, and from profiles with no budget for it.
    pub(super) fn let_go(&mut self) {
        let changes = self.changes;
        let is_off = |item: &RowId| changes.items.get(&**item).is_some_and(|change| change.off);
        self.file.prompts.retain(|row| changes.keeps(row));
        for row in self.file.prompts.iter_mut() {
            row.unless_ticked.take_if(|item| is_off(item));
            let trigger = row.trigger;
            row.enabled_in.retain(|profile| !changes.has_no_budget(profile, trigger));
        }
        self.file.checklist.retain(|row| !is_off(&row.id));
        // The rows have changed, and what is wrong with own rows has been reported.
        self.prompts = Own::default();
        self.items = Own::default();
    }
}

/// Reports what was refused in a change.
fn report(problems: &mut Vec<Problem>, table: &str, id: &str, refused: Vec<Refused>) {
    let told = |(field, flaw): Refused| Problem { place: format!("{table}[{id}].{field}"), line: 0, message: flaw.0 };
    problems.extend(refused.into_iter().map(told));
}

impl Changes {
    /// Whether a prompt stays: not if it is off, chases an item that is off, or has no profile left.
    fn keeps(&self, row: &Prompt) -> bool {
        let is_off = self.prompts.get(&*row.id).is_some_and(|change| change.off);
        let item = row.unless_ticked.as_ref().filter(|_| row.trigger == Trigger::Checklist);
        let chases_nothing = item.is_some_and(|item| self.is_item_off(item));
        let has_profile = row.enabled_in.iter().any(|profile| !self.has_no_budget(profile, row.trigger));
        !is_off && !chases_nothing && has_profile
    }

    pub(super) fn is_item_off(&self, id: &str) -> bool {
        self.items.get(id).is_some_and(|change| change.off)
    }

    /// Whether a profile is tuned to show no prompts with this trigger.
    fn has_no_budget(&self, profile: &RowId, trigger: Trigger) -> bool {
        let budget = |change: &ProfileChange| match trigger {
            Trigger::Timer => change.timed_per_50_min,
            Trigger::Checklist => change.checklist_per_50_min,
            Trigger::Moment => None,
        };
        self.profiles.get(&**profile).and_then(budget) == Some(0.0)
    }
}

impl Draft<'_> {
    /// All problems so far, including these mistakes in the changed deck, placed in the changes that they come from.
    pub(super) fn told(&self, mistakes: Vec<Mistake>) -> Vec<Problem> {
        let mut problems = self.problems.clone();
        problems.extend(mistakes.into_iter().map(|mistake| self.told_here(mistake)));
        problems
    }

    fn told_here(&self, mistake: Mistake) -> Problem {
        if mistake.message.key == "deck_no_prompts" {
            return Problem { place: "prompts".to_owned(), line: 0, message: Message::plain("change_all_off") };
        }
        let changes = self.changes;
        let placed = match &mistake.place[..] {
            [Step::Key(table), Step::Index(row), path @ ..] => {
                let field = path.iter().rev().find_map(|step| if let Step::Key(key) = step { Some(key) } else { None });
                let field = field.map_or("", String::as_str);
                match table.as_str() {
                    "prompts" => {
                        let id = self.file.prompts.get(*row).map(|row| row.id.id());
                        self.prompts.place("prompts", *row, path, id, field, &changes.prompts)
                    }
                    "checklist" => {
                        let id = self.file.checklist.get(*row).map(|row| row.id.id());
                        self.items.place("items", *row, path, id, field, &changes.items)
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        let problem = mistake.without_line();
        Problem { place: placed.unwrap_or(problem.place), ..problem }
    }
}
