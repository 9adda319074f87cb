//! The only code that knows JavaScript.

#[cfg(feature = "engine")]
pub mod engine;
#[cfg(any(feature = "pages", feature = "workshop"))]
mod pages;
