//! What an hour with the deck in use could look like: twenty of them, on top of each other.

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlOptionElement, HtmlSelectElement};

use attune::deck::{Channel, Deck, SessionKind};
use attune::engine::forecast::{self, Ahead};
use attune::hour::plan::{Hour, MINUTES_OFFERED};
use attune::time::{Offset, Span};
use attune_toolkit::browser::document;
use attune_toolkit::{Error, dom, words};

const HOURS: u32 = 20;
const KINDS: [(&str, SessionKind); 3] =
    [("first", SessionKind::First), ("early", SessionKind::Early), ("ongoing", SessionKind::Ongoing)];

const CHANNELS: [(&str, Channel); 2] = [("video", Channel::Video), ("sound", Channel::Sound)];

/// Draws the picture for what is chosen beside it.
pub fn draw(deck: &Deck) -> Result<(), Error> {
    let profiles: Vec<(String, String)> =
        deck.profiles.iter().map(|profile| (profile.id.to_string(), profile.label.clone())).collect();
    let minutes: Vec<(String, String)> = MINUTES_OFFERED.iter().map(|n| (n.to_string(), n.to_string())).collect();
    let kinds: Vec<(String, String)> =
        KINDS.iter().map(|(name, _)| ((*name).to_owned(), words::text(&["kind_", name].concat()))).collect();
    let channels: Vec<(String, String)> =
        CHANNELS.iter().map(|(name, _)| ((*name).to_owned(), words::text(&["channel_", name].concat()))).collect();
    let usual = deck.profiles.iter().position(|profile| profile.id == "standard").unwrap_or(0);
    let profile = choice("ahead-profile", &profiles, usual)?;
    let minutes = MINUTES_OFFERED[choice("ahead-minutes", &minutes, 2)?];
    let kind = KINDS[choice("ahead-kind", &kinds, 2)?].1;
    let channel = CHANNELS[choice("ahead-channel", &channels, 0)?].1;

    let rows = forecast::overlaid(deck, Ahead { minutes, kind, channel, profile }, HOURS);
    let came: usize = rows.iter().map(|(_, times)| times.len()).sum();
    let average = (came as u32 + HOURS / 2) / HOURS;
    dom::set_text_by_id("ahead-sum", &words::count("options_ahead", average, &[&minutes.to_string()]))?;

    let hour = Hour::new(minutes, minutes, &deck.rules);
    let length = hour.end().since(Offset::START);
    let chart: Element = dom::by_id("ahead-rows")?;
    for (row, (prompt, times)) in dom::rows(&chart, "ahead-row", rows.len())?.iter().zip(&rows) {
        dom::set_text(&dom::find::<Element>(row, ".cue")?, &deck.prompts[*prompt].cue);
        let track: Element = dom::find(row, ".track")?;
        for (dot, at) in dom::rows(&track, "ahead-dot", times.len())?.iter().zip(times) {
            dom::set_style(dot.unchecked_ref(), "--at", &at.thousandths(length).to_string())?;
        }
        let from = times.iter().min().copied().unwrap_or_default().minute().to_string();
        let to = times.iter().max().copied().unwrap_or_default().minute().to_string();
        let hours = words::count("options_hours", times.len() as u32, &[&HOURS.to_string()]);
        let when = words::fill("options_between", &[&from, &to]);
        dom::set_attribute(&track, "aria-label", &[&hours, ", ", &when].concat())?;
    }
    let minutes: Vec<u64> = (0..=u64::from(minutes)).step_by(if minutes > 60 { 15 } else { 10 }).collect();
    let scale: Element = dom::by_id("ahead-scale")?;
    for (tick, minute) in dom::rows(&scale, "ahead-tick", minutes.len())?.iter().zip(minutes) {
        dom::set_text(tick, &minute.to_string());
        dom::set_style(
            tick.unchecked_ref(),
            "--at",
            &(Offset::START + Span::minutes(minute)).thousandths(length).to_string(),
        )?;
    }
    Ok(())
}

/// Fills a list of choices unless it already has them, and says which one is chosen.
fn choice(id: &str, options: &[(String, String)], usual: usize) -> Result<usize, Error> {
    let select: HtmlSelectElement = dom::by_id(id)?;
    let values: Vec<String> = (0..select.length())
        .filter_map(|index| select.item(index))
        .map(|option| option.unchecked_into::<HtmlOptionElement>().value())
        .collect();
    if !values.iter().eq(options.iter().map(|(value, _)| value)) {
        let before = select.value();
        select.set_text_content(None);
        for (value, label) in options {
            let option: HtmlOptionElement = document().create_element("option")?.unchecked_into();
            option.set_value(value);
            option.set_text(label);
            select.append_child(&option)?;
        }
        let same = options.iter().position(|(value, _)| *value == before);
        select.set_selected_index(same.unwrap_or(usual) as i32);
    }
    Ok(usize::try_from(select.selected_index()).unwrap_or(usual).min(options.len().saturating_sub(1)))
}
