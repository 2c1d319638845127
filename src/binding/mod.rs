//! How a chat comes to speak for a unit.

pub mod rows;
pub mod rules;
pub mod sentences;
pub mod unbinding;
