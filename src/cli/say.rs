//! What the commands print.

use std::fmt::Display;
use std::io;
use std::io::{ErrorKind, Write};

use anyhow::Result;

/// Prints a line, as `println!` does.
macro_rules! say {
    ($($words:tt)*) => { $crate::cli::say::print(format_args!("{}\n", format_args!($($words)*))) };
}
pub(super) use say;

/// Prints words. Whoever stops reading, as `head` does, has read enough: what was asked is done all the same.
pub(super) fn print(words: impl Display) -> io::Result<()> {
    match io::stdout().write_fmt(format_args!("{words}")) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

/// The one JSON document of a command.
pub fn print_json(value: &impl serde::Serialize) -> Result<()> {
    say!("{}", serde_json::to_string_pretty(value)?)?;
    Ok(())
}
