//! Everything that is tested from outside the library, as one program.

mod plan_reading;
mod sandbox;
