//! The program `duban`: parse, hand over, print one error.

use std::process::ExitCode;

use clap::Parser;
use duban::cli::{self, Arguments};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    duban::log::start();
    match cli::run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("duban: {}", duban::log::redacted(&format!("{error:#}")));
            ExitCode::FAILURE
        }
    }
}
