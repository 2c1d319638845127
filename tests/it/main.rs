//! Everything that is tested from outside the library, as one program.

mod architecture;
mod bad_input;
mod briefing;
mod browser;
mod coordinators;
mod delivery;
mod extension;
mod history;
mod monitor;
mod nudging;
mod office;
mod papers;
mod permissions;
mod plan_files;
mod plan_forms;
mod plan_reading;
mod replies;
mod revision;
mod sandbox;
mod second_instance;
mod secrets;
mod story;
mod supergroup;
mod tampering;
mod topics;
