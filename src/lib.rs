//! `duban` (督办) reads an issued plan, reminds each department in its Telegram group, takes progress as plain replies,
//! and answers coordinators.
#![forbid(unsafe_code)]

pub mod clock;
pub mod config;
pub mod domain;
pub mod schedule;
pub mod store;
pub mod telegram;
