//! What the office's words mean, as types and pure functions: no database, no network, no clock in here.

pub mod duty;
pub mod plan;
pub mod policy;
pub mod remind;
pub mod words;
