//! What coordinators and contacts ask, and the answers.

pub mod asked;
pub mod counting;
pub mod page;
pub mod reading;
pub mod rows;
pub mod rules;
pub mod sentences;
