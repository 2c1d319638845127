//! Dates and times as an office counts them: working days and cron lines.

pub mod calendar;
pub mod cron;
pub mod deadline;
pub mod occurrence;
pub mod reach;
