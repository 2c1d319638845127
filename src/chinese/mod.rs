//! What Chinese texts of every kind share: numerals, days, spans of days, and radicals.

pub mod day;
pub mod numerals;
pub mod radicals;
pub mod span;
