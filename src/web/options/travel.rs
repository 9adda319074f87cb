//! Settings on the therapist's other computers, through the browser's own sync, where she wants that.

use crate::form::Field;
use crate::settle::{packed, stored};
use crate::start::locked_by;
use attune::by_id::ById;
use attune::engine::offer::Setting;
use attune::settings::sync::{self, ALL_MAX, TooLarge};
use attune::settings::{Policy, Settings};
use attune_toolkit::browser;
use attune_toolkit::dom::{self, Done};
use attune_toolkit::words;

/// Where it is kept whether settings travel.
const KEY: &str = "sync";

/// How settings travel from here.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Travel {
    /// Not at all.
    #[default]
    Off,
    /// Not from here, but what was sent once is still on its way.
    Left,
    /// They do.
    On,
    /// They are to, but those of another computer are there already: which ones count is asked.
    Asking(Box<Settings>),
    /// They do, but these are too large to be carried.
    TooLarge(TooLarge),
    /// They do, but the browser did not take them.
    Refused,
}

impl Travel {
    /// How it was kept; a clinic's word counts before.
    pub async fn recall(policy: &Policy) -> Travel {
        let kept = browser::recall_flag(KEY).await.filter(|_| !policy.locks(Setting::Sync));
        if kept.or(policy.sync).unwrap_or(false) { Travel::On } else { Travel::off().await }
    }

    /// Not, with or without something that is left of the time when they did.
    pub async fn off() -> Travel {
        if carried().await.is_empty() { Travel::Off } else { Travel::Left }
    }

    /// Whether what is changed here goes to the other computers.
    pub const fn is_on(&self) -> bool {
        matches!(self, Travel::On | Travel::TooLarge(_) | Travel::Refused)
    }
}

/// Keeps whether settings travel.
pub async fn keep(on: bool) -> Result<(), ()> {
    browser::keep_flag(KEY, on).await.map_err(drop)
}

/// The settings that another computer has sent, if they are there as a whole.
pub async fn found() -> Option<Settings> {
    let packed = sync::join(&carried().await)?;
    Some(stored(Some(&packed)).await).filter(|settings| !settings.is_default())
}

async fn carried() -> ById<String> {
    sync::items(&browser::carried().await)
}

/// Sends settings to the other computers.
pub async fn send(settings: &Settings) -> Travel {
    let Ok(packed) = packed(settings).await else { return Travel::Refused };
    let items = match sync::split(&packed, settings.changed) {
        Ok(items) => items,
        Err(large) => return Travel::TooLarge(large),
    };
    if browser::carry(items.iter()).await.is_err() {
        return Travel::Refused;
    }
    // What is left over of a longer writing does no harm.
    let _ = browser::drop_carried(sync::left_over(&carried().await)).await;
    Travel::On
}

/// Takes back what has been sent, from here or from another computer.
pub async fn forget() -> Travel {
    let keys = carried().await.ids().map(str::to_owned).collect();
    let _ = browser::drop_carried(keys).await;
    Travel::off().await
}

/// Draws the switch and what came of it.
pub fn draw(travel: &Travel, policy: &Policy) -> Done {
    let locked = policy.locks(Setting::Sync);
    let switch: Field = dom::by_id("sync")?;
    switch.set_checked(!matches!(travel, Travel::Off | Travel::Left));
    switch.set_disabled(locked);
    dom::write_or_hide("sync-locked", locked.then(|| locked_by(&policy.locks)).as_deref())?;
    dom::write_to("sync-found-says", &words::say("sync_found"))?;
    dom::show_by_id("sync-found", matches!(travel, Travel::Asking(_)))?;
    dom::show_by_id("sync-forget", matches!(travel, Travel::Left))?;
    let said = match travel {
        Travel::Left => words::say("sync_left"),
        Travel::Off | Travel::Asking(_) => String::new(),
        Travel::On => words::say("sync_on"),
        Travel::TooLarge(TooLarge { bytes }) => {
            words::fill("sync_large", &[&bytes.div_ceil(1_000).to_string(), &(ALL_MAX / 1_000).to_string()])
        }
        Travel::Refused => words::say("sync_refused"),
    };
    dom::write_to("sync-says", &said)
}
