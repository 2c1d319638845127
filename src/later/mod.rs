//! 稍后: a unit that answers later is reminded once more, in the next working day's digest.

pub mod rows;
pub mod rules;
