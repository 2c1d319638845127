//! `duban` (督办) reads an issued plan, reminds each department in its Telegram group, takes progress as plain replies,
//! and answers coordinators.
#![forbid(unsafe_code)]

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod deliver;
pub mod demo;
pub mod domain;
pub mod flow;
pub mod log;
pub mod plan;
pub mod sandbox;
pub mod schedule;
pub mod store;
pub mod telegram;
