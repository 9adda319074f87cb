//! The popup of the toolbar button: what is needed at a glance, and Start.

use crate::session::{self, Surface};
use attune_toolkit::dom::Done;

/// Fills the page and keeps it right.
pub fn run() -> Done {
    session::run(Surface::Popup)
}
