//! The settings as they are stored.

use attune::settings::Settings;
use attune_toolkit::Error;
use attune_toolkit::browser::storage;

/// The key of the settings.
pub const SETTINGS: &str = "settings";

/// The stored settings; those of a new installation if there are none.
///
/// # Errors
/// If they cannot be read. They have been set aside then.
pub async fn load_settings() -> Result<Settings, Error> {
    storage::load(SETTINGS).await.map(Option::unwrap_or_default)
}

/// Stores settings.
///
/// # Errors
/// If there is no room left.
pub async fn store_settings(settings: &Settings) -> Result<(), Error> {
    storage::store(SETTINGS, settings).await
}
