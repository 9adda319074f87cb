//! What several views are made of.

pub mod form;
pub mod rows;
