//! What the schedule says: when, to whom, and what is still true when it goes out.

pub mod digest;
pub mod escalation;
pub mod item;
pub mod mention;
pub mod progress_call;
pub mod recurring;
pub mod rehearsal;
pub mod renewal;
pub mod rows;
pub mod rules;
pub mod sentences;
pub mod slot;
pub mod timekeeping;
