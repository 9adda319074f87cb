//! The only code that knows JavaScript.

#[cfg(feature = "engine")]
pub mod engine;
#[cfg(feature = "workshop")]
mod packed;
#[cfg(any(feature = "pages", feature = "workshop"))]
mod pages;
#[cfg(feature = "workshop")]
mod settle;

#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
