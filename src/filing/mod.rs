//! The papers that are filed and shown.

pub mod bulletin;
pub mod making;
pub mod rows;
pub mod sentences;
