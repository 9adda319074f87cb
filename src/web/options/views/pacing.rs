//! The profiles of the deck in use, which can be tuned within safe bounds.

use web_sys::Element;

use crate::open::Open;
use crate::parts::form::{self, field};
use attune::deck::changes::{CHECKLIST_PER_50_MIN, Changes, GAP_MIN, ProfileChange, TIMED_PER_50_MIN};
use attune::deck::digits;
use attune::deck::{Bounds, Profile};
use attune_toolkit::{Error, dom};

const FIELDS: [(&str, Bounds); 3] =
    [("timed_per_50_min", TIMED_PER_50_MIN), ("checklist_per_50_min", CHECKLIST_PER_50_MIN), ("gap_min", GAP_MIN)];

/// What the deck says about a profile, field by field.
fn plain(profile: &Profile) -> [f64; 3] {
    [profile.timed_per_50.into(), profile.checklist_per_50.into(), profile.gap.as_minutes()]
}

fn tuned(change: Option<&ProfileChange>) -> [Option<f64>; 3] {
    change.map_or([None; 3], |change| [change.timed_per_50_min, change.checklist_per_50_min, change.gap_min])
}

/// Draws a form for each profile. What is being typed is left alone.
pub fn draw(open: &Open) -> Result<(), Error> {
    let list: Element = dom::by_id("profiles-rows")?;
    let profiles = &open.listing.plain.profiles;
    for (form, profile) in dom::rows(&list, "profile", profiles.len())?.iter().zip(profiles) {
        dom::set_attribute(form, "data-id", &profile.id)?;
        dom::set_attribute(form, "aria-label", &profile.label)?;
        dom::set_text(&dom::find::<Element>(form, ".title")?, &profile.label);
        dom::set_text(&dom::find::<Element>(form, ".about")?, &profile.for_whom);
        let change = open.changes.profiles.get(&profile.id);
        let numbers = plain(profile).into_iter().zip(tuned(change));
        for ((name, bounds), (plain, tuned)) in FIELDS.iter().zip(numbers) {
            let field = field(form, name)?;
            field.set_min(&digits(bounds.least));
            field.set_max(&digits(bounds.most));
            let value = digits(tuned.unwrap_or(plain));
            let is_typed = dom::focused().is_some_and(|focused| focused == *field);
            if !is_typed && field.value() != value && field.get_attribute("aria-invalid").is_none() {
                field.set_value(&value);
            }
        }
        dom::show(&dom::find::<Element>(form, "[data-do=untune]")?, change.is_some())?;
    }
    Ok(())
}

/// The changes with what the form of a profile says.
pub fn saved(form: &Element, open: &Open, id: &str) -> Result<(Changes, String), Error> {
    let mut changes = open.changes.clone();
    if let Some(profile) = open.listing.plain.profile(id).map(|index| &open.listing.plain.profiles[index]) {
        let mut numbers = [None; 3];
        for (index, (name, _)) in FIELDS.iter().enumerate() {
            numbers[index] = form::number(form, name)?.filter(|number| *number != plain(profile)[index]);
        }
        let [timed_per_50_min, checklist_per_50_min, gap_min] = numbers;
        let change = ProfileChange { timed_per_50_min, checklist_per_50_min, gap_min };
        changes.profiles.insert(id.into(), change);
    }
    Ok((changes.tidied(), ["profiles[", id, "]"].concat()))
}
