//! The side panel, Firefox's sidebar: the same session with room for the whole arc of an hour. It stays open while tabs
//! come and go, and has keys of its own while it has the focus.

use super::dom::Done;
use super::session::{self, Surface};

/// Fills the page and keeps it right.
pub fn run() -> Done {
    session::run(Surface::Panel)
}
