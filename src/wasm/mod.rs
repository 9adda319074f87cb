//! The only code that knows JavaScript.

#[cfg(feature = "engine")]
mod engine;
#[cfg(feature = "pages")]
mod pages;
