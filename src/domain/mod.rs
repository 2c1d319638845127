//! What the office's words mean, as types and pure functions: no database, no network, no clock in here.

pub mod citation;
pub mod command;
pub mod decide;
pub mod duty;
pub mod escalation;
pub mod figures;
pub mod history;
pub mod incoming;
pub mod intent;
pub mod light;
pub mod moment;
pub mod place;
pub mod plan;
pub mod policy;
pub mod practice;
pub mod problem;
pub mod rehearsal;
pub mod remind;
pub mod renewal;
pub mod reply;
pub mod revision;
pub mod slot;
pub mod steps;
pub mod timekeeping;
pub mod words;
