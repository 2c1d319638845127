//! 设置: the policy and the holidays.

pub mod rows;
pub mod rules;
pub mod sentences;
