//! The only code that knows JavaScript.

#[cfg(feature = "engine")]
pub mod engine;
#[cfg(feature = "pages")]
mod pages;
