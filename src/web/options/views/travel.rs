//! Settings on the therapist's other computers, through the browser's own sync, if they want that.

use std::collections::BTreeMap;

use super::start::locked_by;
use crate::parts::form::Field;
use crate::settle::{packed, unpacked};
use attune::engine::offer::Setting;
use attune::settings::sync::{self, ALL_MAX, TooLarge};
use attune::settings::{Order, Policy, Settings};
use attune_toolkit::browser::storage;
use attune_toolkit::{Error, dom, words};

/// The key under which it is stored whether settings travel.
const KEY: &str = "sync";

/// Whether and how settings travel from this computer.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Travel {
    /// Not at all.
    #[default]
    Off,
    /// Not from here, but what was sent once is still on its way.
    Left,
    /// They do.
    On,
    /// They should, but there are others from another computer that don't follow from these: which ones count must be
    /// asked.
    Asking(Box<Settings>),
    /// They do, but these are too large to be carried.
    TooLarge(TooLarge),
    /// They do, but the browser did not take them.
    Refused,
}

impl Travel {
    /// As it was kept; a clinic's policy comes first. `here` are the settings on this computer.
    pub async fn recall(policy: &Policy, here: &Settings) -> Travel {
        let kept = storage::load(KEY).await.ok().flatten().filter(|_| !policy.locks(Setting::Sync));
        if !kept.or(policy.sync).unwrap_or(false) {
            return Travel::off().await;
        }
        match found().await {
            Some(there) if here.history.order(&there.history) == Order::Apart => Travel::Asking(Box::new(there)),
            _ => Travel::On,
        }
    }

    /// They don't, with or without leftovers from the time when they did.
    pub async fn off() -> Travel {
        if carried().await.is_empty() { Travel::Off } else { Travel::Left }
    }

    /// Whether what is changed here goes to the other computers.
    pub const fn is_on(&self) -> bool {
        matches!(self, Travel::On | Travel::TooLarge(_) | Travel::Refused)
    }
}

/// Keeps whether settings travel.
///
/// # Errors
/// If there is no room left.
pub async fn keep(on: bool) -> Result<(), Error> {
    storage::store(KEY, &on).await
}

/// The settings that another computer has sent, if they are complete.
pub async fn found() -> Option<Settings> {
    let packed = sync::join(&carried().await)?;
    unpacked(&packed).await.filter(|settings| !settings.is_default())
}

async fn carried() -> BTreeMap<String, String> {
    let items: serde_json::Value = storage::synced().await.unwrap_or_default();
    sync::items(&items)
}

/// Sends settings to the other computers.
pub async fn send(settings: &Settings) -> Travel {
    let Ok(packed) = packed(settings).await else { return Travel::Refused };
    let items = match sync::split(&packed, settings.history.last().unwrap_or_default()) {
        Ok(items) => items,
        Err(large) => return Travel::TooLarge(large),
    };
    if storage::sync(&items).await.is_err() {
        return Travel::Refused;
    }
    // Leftovers of a longer version do no harm.
    let _ = storage::unsync(sync::left_over(&carried().await)).await;
    Travel::On
}

/// Takes back what was sent, from here or from another computer.
pub async fn forget() -> Travel {
    let keys = carried().await.into_keys().collect();
    let _ = storage::unsync(keys).await;
    Travel::off().await
}

/// Draws the switch and what has come of it.
pub fn draw(travel: &Travel, policy: &Policy) -> Result<(), Error> {
    let locked = policy.locks(Setting::Sync);
    let switch: Field = dom::by_id("sync")?;
    switch.set_checked(!matches!(travel, Travel::Off | Travel::Left));
    switch.set_disabled(locked);
    dom::set_text_or_hide("sync-locked", locked.then(|| locked_by(&policy.locks)).as_deref())?;
    dom::set_text_by_id("sync-found-says", &words::text("sync_found"))?;
    dom::show_by_id("sync-found", matches!(travel, Travel::Asking(_)))?;
    dom::show_by_id("sync-forget", matches!(travel, Travel::Left))?;
    let said = match travel {
        Travel::Left => words::text("sync_left"),
        Travel::Off | Travel::Asking(_) => String::new(),
        Travel::On => words::text("sync_on"),
        Travel::TooLarge(TooLarge { bytes }) => {
            words::fill("sync_large", &[&bytes.div_ceil(1_000).to_string(), &(ALL_MAX / 1_000).to_string()])
        }
        Travel::Refused => words::text("sync_refused"),
    };
    dom::set_text_by_id("sync-says", &said)
}
