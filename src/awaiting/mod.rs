//! Words that answer what was asked for last.

pub mod reading;
pub mod rows;
pub mod rules;
