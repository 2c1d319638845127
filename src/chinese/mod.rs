//! What Chinese texts of every kind share: numerals, days and spans of days.

pub mod day;
pub mod numerals;
pub mod span;
