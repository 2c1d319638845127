//! A document becomes a plan.

pub mod fetching;
pub mod revision;
pub mod rows;
pub mod rules;
pub mod sentences;
