//! Before Start: the last choices, to change or simply confirm; a ready check, to use or skip; one intention for the
//! hour.

use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlOptionElement, HtmlSelectElement};

use super::checklist;

use attune::deck::{Channel, Kind, SessionKind};
use attune::engine::memory::Choices;
use attune::engine::offer::{Locks, Setting};
use attune::engine::view::{Check, Ready, Row, Skill};
use attune::hour::plan::{self, MINUTES_MAX, MINUTES_MIN, MINUTES_OFFERED};
use attune::messages::{CallBeside, Closed};
use attune_toolkit::browser::{document, window};
use attune_toolkit::{Error, dom, words};

/// Fills in the last choices. Done once, so that what has been chosen since is kept.
pub fn fill(ready: &Ready) -> Result<(), Error> {
    let kind = match ready.kind {
        SessionKind::First => "first",
        SessionKind::Early => "early",
        SessionKind::Ongoing => "ongoing",
    };
    dom::by_id::<HtmlInputElement>(kind)?.set_checked(true);
    dom::by_id::<HtmlInputElement>("sound")?.set_checked(ready.channel == Channel::Sound);

    let list: Element = dom::by_id("offered")?;
    for (row, minutes) in dom::rows(&list, "choice", MINUTES_OFFERED.len())?.iter().zip(MINUTES_OFFERED) {
        let text = minutes.to_string();
        choice(row, "minutes", &text, &text, minutes == ready.minutes)?;
    }
    if !MINUTES_OFFERED.contains(&ready.minutes) {
        dom::by_id::<HtmlInputElement>("other")?.set_checked(true);
    }
    let field: HtmlInputElement = dom::by_id("length")?;
    field.set_value(&ready.minutes.to_string());
    let range = [MINUTES_MIN.to_string(), MINUTES_MAX.to_string()];
    field.set_min(&range[0]);
    field.set_max(&range[1]);
    dom::set_text_by_id("length-label", &words::fill("minutes_field", &[&range[0], &range[1]]))?;

    let list: Element = dom::by_id("profiles")?;
    for (row, profile) in dom::rows(&list, "choice", ready.profiles.len())?.iter().zip(&ready.profiles) {
        choice(row, "profile", &profile.id, &profile.label, profile.id == ready.profile)?;
        dom::set_attribute(row, "data-suits", &profile.for_whom)?;
        dom::set_attribute(row, "data-per-50", &profile.timed_per_50.to_string())?;
    }
    lock(&ready.locks)?;
    let faded = ready.faded.as_ref().map(words::message);
    dom::set_text_by_id("faded-words", faded.as_deref().unwrap_or_default())?;
    dom::show_by_id("faded", faded.is_some())?;
    skills(&ready.skills)?;
    suit(&ready.skills)?;
    chosen(false)
}

/// The kind of call that is chosen.
fn channel() -> Result<Channel, Error> {
    let sound = dom::by_id::<HtmlInputElement>("sound")?.checked();
    Ok(if sound { Channel::Sound } else { Channel::Video })
}

/// Offers only what can be practised in the kind of call that is chosen.
pub fn suit(skills: &[Skill]) -> Result<(), Error> {
    let channel = channel()?;
    for option in dom::all::<HtmlOptionElement>("#intention option")? {
        let skill = skills.iter().find(|skill| skill.id == option.value());
        let suits = skill.is_none_or(|skill| skill.channels.contains(&channel));
        dom::show(&option, suits)?;
        option.set_disabled(!suits);
        if !suits && option.selected() {
            dom::by_id::<HtmlSelectElement>("intention")?.set_selected_index(0);
        }
    }
    Ok(())
}

/// Holds what a clinic has locked, and says who locked it.
fn lock(locks: &Locks) -> Result<(), Error> {
    for (group, setting) in
        [("kind", Setting::SessionKind), ("minutes", Setting::Minutes), ("profile", Setting::Profile)]
    {
        for input in dom::all::<Element>(&["input[name=", group, "]"].concat())? {
            dom::toggle_attribute(&input, "disabled", locks.hold(setting))?;
        }
    }
    dom::toggle_attribute(&dom::by_id("length")?, "disabled", locks.hold(Setting::Minutes))?;
    let said = match locks.by.as_str() {
        "" => words::text("locked_here_by_clinic"),
        by => words::fill("locked_here_by", &[by]),
    };
    dom::set_text_or_hide("locked", (!locks.settings.is_empty()).then_some(said.as_str()))
}

/// What can be practised, by kind.
fn skills(skills: &[Skill]) -> Result<(), Error> {
    let list: Element = dom::by_id("intention")?;
    while list.child_element_count() > 1 {
        if let Some(last) = list.last_element_child() {
            last.remove();
        }
    }
    for (kind, key) in [
        (Kind::Nonverbal, "skills_nonverbal"),
        (Kind::Verbal, "skills_verbal"),
        (Kind::Reflective, "skills_reflective"),
    ] {
        let group = document().create_element("optgroup")?;
        dom::set_attribute(&group, "label", &words::text(key))?;
        for skill in skills.iter().filter(|skill| skill.kind == kind) {
            let option = document().create_element("option")?;
            dom::set_attribute(&option, "value", &skill.id)?;
            dom::set_attribute(&option, "dir", "auto")?;
            dom::set_text(&option, &skill.cue);
            group.append_child(&option)?;
        }
        if group.child_element_count() > 0 {
            list.append_child(&group)?;
        }
    }
    dom::show_by_id("intention-line", !skills.is_empty())
}

/// Draws the ready check: items for a first session count only when one is chosen, and those for a picture only with one.
pub fn check(ready: &Ready) -> Result<(), Error> {
    let first = dom::by_id::<HtmlInputElement>("first")?.checked();
    let channel = channel()?;
    let suits = |check: &&Check| (first || !check.first) && check.channels.contains(&channel);
    let counts: Vec<&Check> = ready.checklist.iter().filter(suits).collect();
    let rows =
        |core: bool| counts.iter().filter(|check| check.core == core).map(|check| &check.row).collect::<Vec<&Row>>();
    let (core, more) = (rows(true), rows(false));
    checklist::draw("core-items", core.iter().copied())?;
    checklist::draw("more-items", more.iter().copied())?;
    checklist::tally("ready-tally", "ready_check", counts.iter().map(|check| &check.row))?;
    dom::show_by_id("if-time", !more.is_empty() && !core.is_empty())?;
    dom::show_by_id("check", !counts.is_empty())
}

fn choice(row: &Element, group: &str, value: &str, label: &str, checked: bool) -> Result<(), Error> {
    let input: HtmlInputElement = dom::find(row, "input")?;
    input.set_name(group);
    input.set_value(value);
    input.set_checked(checked);
    dom::set_text(&dom::find::<Element>(row, "span")?, label);
    Ok(())
}

/// Offers Start beside the call where the strip can be placed; elsewhere says why it cannot and what to do instead, and
/// offers the floating window.
pub fn draw_popup(closed: Option<Closed>) -> Result<(), Error> {
    dom::show_by_id("start", closed.is_none())?;
    let floating = if closed.is_none() { "link" } else { "go" };
    dom::set_attribute(&dom::by_id::<Element>("start-floating")?, "class", floating)?;
    let (why, instead) = match closed {
        None => ("", ""),
        Some(Closed::Own) => ("closed_own", "closed_do"),
        Some(Closed::Document) => ("closed_document", "closed_do"),
        Some(Closed::Policy) => ("closed_policy", "closed_managed_do"),
        Some(Closed::Blocked) => ("closed_blocked", "closed_managed_do"),
    };
    if closed.is_some() {
        dom::set_text_by_id("closed-why", &words::text(why))?;
        dom::set_text_by_id("closed-do", &words::text(instead))?;
    }
    dom::show_by_id("closed", closed.is_some())
}

/// A panel stays open while tabs come and go: Start stays, and what to do is said only after it was pressed in vain.
pub fn draw_panel(refused: bool) -> Result<(), Error> {
    dom::show_by_id("closed", refused)
}

/// Says that a call has begun in this tab, or offers to notice calls here.
pub fn call(call: &CallBeside) -> Result<(), Error> {
    for (id, on) in
        [("call", call.on), ("notice", !call.allowed && !call.site.is_empty()), ("noticed", call.allowed && !call.on)]
    {
        if let Some(element) = dom::by_id_if_there::<Element>(id) {
            dom::show(&element, on)?;
        }
    }
    Ok(())
}

/// Gives Start the focus if nothing has it yet, so that Enter starts. What is at the top stays visible.
pub fn offer_focus() -> Result<(), Error> {
    if dom::focused().is_none() && document().get_element_by_id("start").is_some() {
        dom::focus_first("start start-floating")?;
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
    Ok(())
}

/// Puts the cursor into the field for another length and selects its number, so that digits replace it.
pub fn type_length() -> Result<(), Error> {
    chosen(false)?;
    dom::focus_first("length")?;
    dom::by_id::<HtmlInputElement>("length")?.select();
    Ok(())
}

/// Says what the choices mean. An impossible length is reported once it has been `settled`, not while it is being
/// typed.
pub fn chosen(settled: bool) -> Result<(), Error> {
    let other = dom::by_id::<HtmlInputElement>("other")?.checked();
    dom::show_by_id("length-line", other)?;
    let minutes = minutes()?;
    if settled || minutes.is_some() {
        complain(minutes.is_none())?;
    }
    let Some(profile) = picked("profile")?.and_then(|input| input.closest("[data-suits]").ok()?) else { return Ok(()) };
    dom::set_text_by_id("suits", &profile.get_attribute("data-suits").unwrap_or_default())?;
    let per_50 = profile.get_attribute("data-per-50").and_then(|text| text.parse().ok()).unwrap_or(0);
    let budget = minutes.map(|minutes| match (plan::budget(per_50, minutes), minutes.to_string()) {
        (0, minutes) => words::fill("budget_none", &[&minutes]),
        (cues, minutes) => words::count("budget", cues, &[&minutes]),
    });
    dom::set_text_or_hide("budget", budget.as_deref())
}

fn complain(on: bool) -> Result<(), Error> {
    let field: HtmlElement = dom::by_id("length")?;
    dom::set_attribute(&field, "aria-invalid", if on { "true" } else { "false" })?;
    let problem = on.then(|| words::fill("problem_minutes", &[&MINUTES_MIN.to_string(), &MINUTES_MAX.to_string()]));
    dom::set_text_or_hide("length-problem", problem.as_deref())
}

/// What is chosen, or nothing if the length is impossible, which is then said beside it.
pub fn choices() -> Result<Option<Choices>, Error> {
    chosen(true)?;
    let Some(minutes) = minutes()? else { return Ok(None) };
    let kind = match picked("kind")?.map(|input| input.id()).unwrap_or_default().as_str() {
        "first" => SessionKind::First,
        "early" => SessionKind::Early,
        _ => SessionKind::Ongoing,
    };
    let profile = picked("profile")?.map(|input| input.value()).unwrap_or_default();
    let intention: HtmlElement = dom::by_id("intention")?;
    let intention = dom::find::<Element>(&intention, "option:checked")?.get_attribute("value");
    Ok(Some(Choices { minutes, kind, channel: channel()?, profile, intention: intention.filter(|id| !id.is_empty()) }))
}

fn minutes() -> Result<Option<u16>, Error> {
    let Some(picked) = picked("minutes")? else { return Ok(None) };
    let text = if picked.id() == "other" { dom::by_id::<HtmlInputElement>("length")?.value() } else { picked.value() };
    Ok(text.parse().ok().filter(|minutes| (MINUTES_MIN..=MINUTES_MAX).contains(minutes)))
}

fn picked(group: &str) -> Result<Option<HtmlInputElement>, Error> {
    let found = document().query_selector(&["input[name=", group, "]:checked"].concat())?;
    Ok(found.map(wasm_bindgen::JsCast::unchecked_into))
}
