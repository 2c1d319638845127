//! What arrives in a chat and what is said there.

pub mod harmless;
pub mod incoming;
pub mod words;
