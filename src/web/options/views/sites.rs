//! Call sites: where Attune may notice calls, and what it does there. The browser's own list of allowed sites is the
//! only one there is; beside it are those on which a session starts automatically.

use std::rc::Rc;

use js_sys::Promise;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event, HtmlInputElement, Url};

use attune_toolkit::browser::{self, sites, storage};
use attune_toolkit::{Error, dom, words};

/// Where the match patterns of the sites are stored on which a session starts automatically.
const STARTS: &str = "starts";

/// A site that is known for calls.
#[derive(Deserialize)]
pub struct Site {
    name: String,
    origins: Vec<String>,
}

/// Fills the view and keeps it right.
pub fn run(known: Vec<Site>) -> Result<(), Error> {
    let known = Rc::new(known);
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
        // Browsers ask only immediately after the click.
        let asked = if chosen == "off" { None } else { sites::request(&origins) };
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
        dom::set_attribute(&field, "aria-invalid", if origin.is_none() { "true" } else { "false" })?;
        let Some(origin) = origin else { return Ok(()) };
        let origins = vec![origin];
        let asked = sites::request(&origins);
        spawn_local(async move {
            set(origins, "suggest", asked).await;
            field.set_value("");
        });
        Ok(())
    })?;
    draw();
    sites::on_allowed(draw.clone());
    storage::on_stored(STARTS, draw);
    Ok(())
}

/// The match pattern of an address as people write it, with or without `https://` and whatever comes after the site.
fn pattern(address: &str) -> Option<String> {
    let full = if address.contains("://") { address.to_owned() } else { ["https://", address].concat() };
    let url = Url::new(&full).ok()?;
    let (scheme, host) = (url.protocol(), url.hostname());
    let is_name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_[:]".contains(&byte));
    let is_site = (scheme == "https:" || scheme == "http:") && !host.is_empty() && is_name;
    is_site.then(|| [&scheme, "//", &host, "/*"].concat())
}

/// What people see of a match pattern.
fn host(pattern: &str) -> &str {
    let (_, host) = pattern.split_once("://").unwrap_or_default();
    host.trim_end_matches("/*").trim_start_matches("*.")
}

async fn starts() -> Vec<String> {
    storage::load(STARTS).await.ok().flatten().unwrap_or_default()
}

async fn set(origins: Vec<String>, chosen: &str, asked: Option<Promise>) {
    let granted = match asked {
        Some(asked) => JsFuture::from(asked).await == Ok(JsValue::TRUE),
        None => false,
    };
    if chosen == "off" {
        // If the browser keeps a permission, its list says so, and that is drawn again.
        let _ = sites::give_back(&origins).await;
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
    browser::report(dom::set_text_by_id("sites-said", &words::fill(said, &[&hosts.join(", ")])));
    if storage::store(STARTS, &starts).await.is_err() {
        browser::report(dom::set_text_by_id("sites-said", &words::text("options_full")));
    }
}

async fn draw(known: Rc<Vec<Site>>) {
    let (allowed, starts) = (sites::allowed().await.unwrap_or_default(), starts().await);
    browser::report(draw_rows(&known, &allowed, &starts));
}

fn draw_rows(known: &[Site], allowed: &[String], starts: &[String]) -> Result<(), Error> {
    let is_known = |origin: &&String| known.iter().any(|site| site.origins.contains(origin));
    let own = allowed.iter().filter(|origin| !is_known(origin));
    let rows: Vec<(&str, &[String])> = known
        .iter()
        .map(|site| (site.name.as_str(), site.origins.as_slice()))
        .chain(own.map(|origin| (host(origin), std::slice::from_ref(origin))))
        .collect();
    let list: Element = dom::by_id("sites-rows")?;
    for ((row, (name, origins)), index) in dom::rows(&list, "site-row", rows.len())?.iter().zip(rows).zip(0_u32..) {
        dom::set_attribute(row, "data-site", &origins.join(" "))?;
        dom::set_text(&dom::find::<Element>(row, ".title")?, name);
        let hosts: Vec<&str> = origins.iter().map(|origin| host(origin)).filter(|host| *host != name).collect();
        dom::set_text(&dom::find::<Element>(row, ".more")?, &hosts.join(", "));
        dom::set_attribute(&dom::find::<Element>(row, "[role=radiogroup]")?, "aria-label", name)?;
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
