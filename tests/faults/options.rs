//! What the programme is asked for.

use clap::Parser;

/// Measures what the bot promises, against the built program and a Bot API of its own, and prints the table.
///
/// Ends with status 1 where a promise is broken. The sockets are on 127.0.0.1, the files in a temporary folder.
#[derive(Debug, Parser)]
#[command(name = "faults")]
pub struct Options {
    /// The sizes of docs/reliability.md instead of a minute's worth
    #[arg(long)]
    pub long: bool,
    /// Measures nothing but what a report costs, which no promise depends on
    #[arg(long)]
    pub speed: bool,
    /// Only the rows whose name contains this; may be given more than once
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// The same chance as in an earlier run, whose seed it printed
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// The same as --only, as `cargo test NAME` gives it
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

/// What `cargo test` hands to every program of tests and means nothing here.
const OF_OTHER_TESTS: [&str; 7] =
    ["--nocapture", "--no-capture", "--show-output", "--quiet", "--exact", "--include-ignored", "--test-threads"];

impl Options {
    pub fn of_this_run() -> Options {
        let is_ours = |argument: &String| !OF_OTHER_TESTS.contains(&argument.split('=').next().unwrap_or_default());
        Options::parse_from(std::env::args().filter(is_ours))
    }

    pub fn wants(&self, name: &str) -> bool {
        let mut wanted = self.only.iter().chain(&self.names).peekable();
        wanted.peek().is_none() || wanted.any(|wanted| name.contains(wanted.as_str()))
    }
}
