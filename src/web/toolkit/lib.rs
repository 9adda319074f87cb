//! What every page of the extension needs: drawing by difference, texts in the reader's language, the browser's
//! extension API, and a client of the background.

pub mod background;
pub mod browser;
pub mod dom;
mod error;
pub mod frame;
pub mod keys;
pub mod stored;
pub mod timer;
pub mod trial;
pub mod value;
pub mod words;

pub use error::Error;
