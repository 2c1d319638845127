//! How a chat ceases to speak for a unit.

pub mod rows;
pub mod rules;
pub mod sentences;
