//! What all rooms share: units, tasks, duties, places and moments, as types and pure functions; their rows are in `rows`.

pub mod called;
pub mod dates;
pub mod duty;
pub mod figures;
pub mod ids;
pub mod keeping;
pub mod light;
pub mod mention;
pub mod milestone;
pub mod moment;
pub mod place;
pub mod plan;
pub mod plan_names;
pub mod policy;
pub mod progress_call;
pub mod reach;
pub mod recurring;
pub mod rows;
pub mod standing;
pub mod status;
pub mod unconfirmed;
