//! What every page of the extension needs: drawing by difference, texts in the reader's language, the browser's extension
//! API, and the line to the background.

pub mod background;
pub mod browser;
pub mod dom;
pub mod frame;
pub mod keys;
pub mod words;
