//! How much is said: hints once a day, floods slowed, groups left in peace.

pub mod rows;
pub mod rules;
pub mod sentences;
