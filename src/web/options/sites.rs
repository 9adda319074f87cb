//! Call sites: where Attune may notice calls, and what it does there. The browser's own list of allowed sites is the only
//! one there is; beside it stand those on which a session starts by itself.

use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event, HtmlInputElement, Url};

use attune::json::Json;
use attune_toolkit::browser;
use attune_toolkit::dom::{self, Done};
use attune_toolkit::words;

/// Where the patterns of the sites are stored that start by themselves, between spaces.
const STARTS: &str = "starts";

struct Site {
    name: String,
    origins: Vec<String>,
}

/// Fills the view and keeps it right. `known` are the known sites, as JSON.
pub fn run(known: &str) -> Done {
    let known = Rc::new(read(known).ok_or("the list of sites cannot be read")?);
    let draw = {
        let known = known.clone();
        move || spawn_local(draw(known.clone()))
    };
    let list: Element = dom::by_id("sites-rows")?;
    let redraw = draw.clone();
    dom::listen(&list, "change", move |event: Event| {
        let Some(input) = dom::nearest(&event, "input") else { return Ok(()) };
        let row = input.closest("[data-site]")?.and_then(|row| row.get_attribute("data-site")).unwrap_or_default();
        let origins: Vec<String> = row.split(' ').map(str::to_owned).collect();
        let chosen = input.unchecked_into::<HtmlInputElement>().value();
        // Browsers ask only at once after the click.
        let asked = if chosen == "off" { None } else { browser::request(&origins) };
        let redraw = redraw.clone();
        spawn_local(async move {
            set(origins, &chosen, asked).await;
            redraw();
        });
        Ok(())
    })?;
    let form: Element = dom::by_id("site-form")?;
    dom::listen(&form, "submit", |event: Event| {
        event.prevent_default();
        let field: HtmlInputElement = dom::by_id("site")?;
        let origin = pattern(field.value().trim());
        dom::show_by_id("site-wrong", origin.is_none())?;
        dom::attribute(&field, "aria-invalid", if origin.is_none() { "true" } else { "false" })?;
        let Some(origin) = origin else { return Ok(()) };
        let origins = vec![origin];
        let asked = browser::request(&origins);
        spawn_local(async move {
            set(origins, "suggest", asked).await;
            field.set_value("");
        });
        Ok(())
    })?;
    draw();
    browser::on_allowed(draw.clone());
    browser::on_stored(STARTS, draw);
    Ok(())
}

fn read(known: &str) -> Option<Vec<Site>> {
    let text = |json: &Json<'_>| json.as_text().map(str::to_owned);
    let site = |json: &Json<'_>| {
        let origins = json.get("origins")?.as_list()?.iter().map(text).collect::<Option<_>>()?;
        Some(Site { name: text(json.get("name")?)?, origins })
    };
    Json::parse(known).ok()?.as_list()?.iter().map(site).collect()
}

/// The match pattern of an address as people write it, with or without `https://` and what comes after the site.
fn pattern(address: &str) -> Option<String> {
    let full = if address.contains("://") { address.to_owned() } else { ["https://", address].concat() };
    let url = Url::new(&full).ok()?;
    let (scheme, host) = (url.protocol(), url.hostname());
    let is_name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_[:]".contains(&byte));
    let is_site = (scheme == "https:" || scheme == "http:") && !host.is_empty() && is_name;
    is_site.then(|| [&scheme, "//", &host, "/*"].concat())
}

/// What people read of a match pattern.
fn host(pattern: &str) -> &str {
    let (_, host) = pattern.split_once("://").unwrap_or_default();
    host.trim_end_matches("/*").trim_start_matches("*.")
}

async fn starts() -> Vec<String> {
    let text = browser::recall(STARTS).await.unwrap_or_default();
    text.split_ascii_whitespace().map(str::to_owned).collect()
}

async fn set(origins: Vec<String>, chosen: &str, asked: Option<Promise>) {
    let granted = match asked {
        Some(asked) => JsFuture::from(asked).await == Ok(JsValue::TRUE),
        None => false,
    };
    if chosen == "off" {
        browser::give_back(&origins).await;
    }
    let mut starts = starts().await;
    starts.retain(|start| !origins.contains(start));
    if granted && chosen == "start" {
        starts.extend(origins.iter().cloned());
    }
    let said = match (chosen, granted) {
        ("off", _) => "sites_back",
        (_, true) => "sites_granted",
        (_, false) => "sites_refused",
    };
    let hosts: Vec<&str> = origins.iter().map(|origin| host(origin)).collect();
    dom::report(dom::write_to("sites-said", &words::fill(said, &[&hosts.join(", ")])));
    if browser::keep(STARTS, &starts.join(" ")).await.is_err() {
        dom::report(dom::write_to("sites-said", &words::say("options_full")));
    }
}

async fn draw(known: Rc<Vec<Site>>) {
    let (allowed, starts) = (browser::allowed().await, starts().await);
    dom::report(draw_rows(&known, &allowed, &starts));
}

fn draw_rows(known: &[Site], allowed: &[String], starts: &[String]) -> Done {
    let is_known = |origin: &&String| known.iter().any(|site| site.origins.contains(origin));
    let own = allowed.iter().filter(|origin| !is_known(origin));
    let rows: Vec<(&str, &[String])> = known
        .iter()
        .map(|site| (site.name.as_str(), site.origins.as_slice()))
        .chain(own.map(|origin| (host(origin), std::slice::from_ref(origin))))
        .collect();
    let list: Element = dom::by_id("sites-rows")?;
    for ((row, (name, origins)), index) in dom::rows(&list, "site-row", rows.len())?.iter().zip(rows).zip(0_u32..) {
        dom::attribute(row, "data-site", &origins.join(" "))?;
        dom::write(&dom::find::<Element>(row, ".title")?, name);
        let hosts: Vec<&str> = origins.iter().map(|origin| host(origin)).filter(|host| *host != name).collect();
        dom::write(&dom::find::<Element>(row, ".more")?, &hosts.join(", "));
        dom::attribute(&dom::find::<Element>(row, "[role=radiogroup]")?, "aria-label", name)?;
        let state = match (origins.iter().all(|origin| allowed.contains(origin)), starts.contains(&origins[0])) {
            (false, _) => "off",
            (true, false) => "suggest",
            (true, true) => "start",
        };
        for value in ["off", "suggest", "start"] {
            let input: HtmlInputElement = dom::find(row, &["[value=", value, "]"].concat())?;
            input.set_name(&["site-", &index.to_string()].concat());
            input.set_checked(value == state);
        }
    }
    Ok(())
}
