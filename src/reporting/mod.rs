//! 反馈: what contacts tell of their duties.

pub mod meaning;
pub mod rows;
pub mod rules;
pub mod sentences;
pub mod statement;
pub mod tapped;
pub mod unconfirmed;
