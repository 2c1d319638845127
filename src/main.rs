//! The program `duban`: parse, hand over, print one error.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use duban::chat::text;
use duban::cli::Arguments;
use duban::{cli, files};

/// In characters.
const LONGEST_LINE: usize = 1_000;

fn main() -> ExitCode {
    let arguments = cli::parse();
    duban::log::start(arguments.log());
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let line = duban::log::redacted(&format!("{error:#}")).replace(['\n', '\r'], " ");
            // It may quote what somebody typed, or a whole file.
            let line = text::cut(&line, LONGEST_LINE);
            // Where nobody can be told, the status tells.
            let _ = writeln!(std::io::stderr(), "duban: {line}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<()> {
    ensure!(files::are_descriptors_enough(), "可同时打开的文件太少，请用 ulimit -n 调到 256 以上");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.context("操作系统没有给出所需的资源")?.block_on(cli::run(arguments))
}
