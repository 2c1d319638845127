//! What the office's words mean, as types and pure functions: no database, no network, no clock in here.

pub mod plan;
