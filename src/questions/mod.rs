//! What coordinators and contacts ask, and the answers.

pub mod asked;
pub mod page;
pub mod reading;
pub mod rows;
pub mod rules;
pub mod sentences;
