//! 联络员: who speaks for a unit.

pub mod rows;
pub mod rules;
pub mod sentences;
