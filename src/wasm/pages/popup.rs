//! The popup of the toolbar button: what is needed at a glance, and Start.

use super::dom::Done;
use super::session::{self, Surface};

/// Fills the page and keeps it right.
pub fn run() -> Done {
    session::run(Surface::Popup)
}
