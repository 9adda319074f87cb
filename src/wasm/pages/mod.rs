//! The extension pages, drawn by Rust.
