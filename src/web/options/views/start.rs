//! What Start offers, and what a clinic has decided about it.

use crate::open::Open;
use crate::parts::form::{self, Field};
use attune::deck::SessionKind;
use attune::engine::offer::{Locks, Setting};
use attune::hour::plan::MINUTES_OFFERED;
use attune::settings::{Policy, Usual};
use attune_toolkit::{Error, dom, words};

const KINDS: [(&str, &str, SessionKind); 3] = [
    ("first", "kind_first", SessionKind::First),
    ("early", "kind_early", SessionKind::Early),
    ("ongoing", "kind_ongoing", SessionKind::Ongoing),
];

/// Draws the choices.
pub fn draw(open: &Open, usual: &Usual, policy: &Policy) -> Result<(), Error> {
    let kind_of = |kind| KINDS.iter().find(|(.., known)| *known == kind).map(|(name, ..)| (*name).to_owned());
    let kinds: Vec<_> = KINDS.iter().map(|(name, key, _)| ((*name).to_owned(), words::text(key))).collect();
    let number = |minutes: u16| (minutes.to_string(), minutes.to_string());
    let mut minutes: Vec<_> = MINUTES_OFFERED.iter().copied().map(number).collect();
    for other in [usual.minutes, policy.minutes].into_iter().flatten() {
        if !MINUTES_OFFERED.contains(&other) && !minutes.contains(&number(other)) {
            minutes.push(number(other));
        }
    }
    let profiles: Vec<_> =
        open.made.deck.profiles.iter().map(|profile| (profile.id.to_string(), profile.label.clone())).collect();
    let locks = &open.made.policy.locks;
    let one = |id: &str,
               options: Vec<(String, String)>,
               own: Option<String>,
               set: Option<String>,
               setting|
     -> Result<(), Error> {
        let select: Field = dom::by_id(id)?;
        let label = |value: &String| options.iter().find(|(known, _)| known == value).map(|(_, label)| label.clone());
        let by_itself = match set.as_ref().and_then(label) {
            Some(label) => words::fill("options_as_clinic", &[&label]),
            None => words::text("options_as_last"),
        };
        let own = own.filter(|own| label(own).is_some() && !locks.hold(setting)).unwrap_or_default();
        form::choices(&select, &[vec![(String::new(), by_itself)], options].concat())?;
        select.set_value(&own);
        select.set_disabled(locks.hold(setting));
        Ok(())
    };
    one("usual-kind", kinds, usual.kind.and_then(kind_of), policy.kind.and_then(kind_of), Setting::SessionKind)?;
    let text = |minutes: u16| minutes.to_string();
    one("usual-minutes", minutes, usual.minutes.map(text), policy.minutes.map(text), Setting::Minutes)?;
    one("usual-profile", profiles, usual.profile.clone(), open.made.policy.profile.clone(), Setting::Profile)?;
    let locked = [Setting::SessionKind, Setting::Minutes, Setting::Profile].iter().any(|setting| locks.hold(*setting));
    dom::set_text_or_hide("usual-locked", locked.then(|| locked_by(locks)).as_deref())
}

/// What has been chosen.
pub fn chosen() -> Result<Usual, Error> {
    let value = |id: &str| Ok::<_, wasm_bindgen::JsValue>(dom::by_id::<Field>(id)?.value());
    let (kind, profile) = (value("usual-kind")?, value("usual-profile")?);
    Ok(Usual {
        minutes: value("usual-minutes")?.parse().ok(),
        kind: KINDS.iter().find(|(name, ..)| *name == kind).map(|(.., kind)| *kind),
        profile: (!profile.is_empty()).then_some(profile),
    })
}

/// Who has locked a setting.
pub fn locked_by(locks: &Locks) -> String {
    match locks.by.as_str() {
        "" => words::text("locked_by_clinic"),
        by => words::fill("locked_by", &[by]),
    }
}
