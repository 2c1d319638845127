//! What the schedule says: when, to whom, and what is still true when it goes out.

pub mod escalation;
pub mod rehearsal;
pub mod renewal;
pub mod rows;
pub mod rules;
pub mod sentences;
pub mod slot;
pub mod timekeeping;
