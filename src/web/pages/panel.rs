//! The side panel, Firefox's sidebar: the same session with room for the whole arc of an hour. It stays open while tabs
//! come and go, and has keys of its own while it has the focus.

use crate::session::{self, Surface};
use attune_toolkit::dom::Done;

/// Fills the page and keeps it right.
pub fn run() -> Done {
    session::run(Surface::Panel)
}
