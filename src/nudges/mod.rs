//! 催办 beside the schedule.

pub mod others;
pub mod rows;
pub mod rules;
pub mod sentences;
