//! Everything that is tested from outside the library, as one program.

mod architecture;
mod bad_input;
mod office;
mod plan_reading;
mod sandbox;
mod story;
