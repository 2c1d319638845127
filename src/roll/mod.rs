//! 名册: the units, their other names and their members.

pub mod near;
pub mod rows;
