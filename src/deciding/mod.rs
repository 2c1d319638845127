//! What follows from an intent: changes and messages, with the reason. A pure function of the intent, the place, the
//! facts and the moment.

pub mod carrying_out;
pub mod case;
pub mod change;
pub mod decide;
pub mod decision;
pub mod facts;
pub mod gathering;
pub mod said;
mod taken;
pub mod used;

#[cfg(test)]
pub mod tests;
