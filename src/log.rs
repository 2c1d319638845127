//! The log, on stderr. Whatever looks like a bot's token, or opens the board page, is blotted out of it.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::{LazyLock, OnceLock, PoisonError, RwLock};

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use regex::bytes::Regex;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;

use crate::clock::Clock;

/// A bot's id, a colon, and a secret of the length that Telegram gives out.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d{4,}:[A-Za-z0-9_-]{20,}").expect("a constant"));

/// What opens the board page; see `board.rs`.
static PASS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d+-[0-9a-f]{64}").expect("a constant"));

/// This bot's own token, whatever its shape.
static OWN_TOKEN: OnceLock<Regex> = OnceLock::new();

/// Keeps a token out of all that is printed from now on, also where only its secret part is named. The first call counts.
pub fn keep_out(token: &str) {
    let secret = token.split_once(':').map_or(token, |(_, secret)| secret);
    let id = token.strip_suffix(secret).unwrap_or_default();
    let pattern = format!("(?:{})?{}", regex::escape(id), regex::escape(secret));
    OWN_TOKEN.get_or_init(|| Regex::new(&pattern).expect("an escaped text"));
}

/// The words without any token.
pub fn redacted(words: &str) -> String {
    String::from_utf8_lossy(&blotted(words.as_bytes())).into_owned()
}

fn blotted(line: &[u8]) -> Vec<u8> {
    const BLOT: &[u8] = b"[token]";
    let own = OWN_TOKEN.get().map_or(line.into(), |own| own.replace_all(line, BLOT));
    let without_tokens = TOKEN.replace_all(&own, BLOT);
    PASS.replace_all(&without_tokens, b"[pass]".as_slice()).into_owned()
}

/// How the lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// For people: in colours where a terminal shows them.
    #[default]
    Text,
    /// For programs: an object a line.
    Json,
}

/// The office's time zone, once its settings are read.
static ZONE: RwLock<Tz> = RwLock::new(Tz::Asia__Shanghai);

/// Tells the time of the office from now on.
pub fn tell_time_of(zone: Tz) {
    // Nobody panics with it in hand.
    *ZONE.write().unwrap_or_else(PoisonError::into_inner) = zone;
}

/// `2019-06-27T09:00:00+08:00`
pub fn office_time(at: DateTime<Utc>) -> String {
    let zone = *ZONE.read().unwrap_or_else(PoisonError::into_inner);
    at.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// By the machine's clock.
struct OfficeTime(Clock);

impl FormatTime for OfficeTime {
    fn format_time(&self, line: &mut Writer<'_>) -> fmt::Result {
        line.write_str(&office_time(self.0.now()))
    }
}

/// Starts the log. `RUST_LOG` says how much; warnings and the bot's own notes unless it does. That a picture takes a rare
/// character from another font is no warning.
pub fn start(form: Form) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,usvg=error,duban=info"));
    // A line that cannot be written, on a full disk say, is given up: telling of it on the same stderr would panic.
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_timer(OfficeTime(Clock::system()))
        .with_ansi(io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()))
        .with_writer(|| Redacted(io::stderr()))
        .log_internal_errors(false);
    match form {
        Form::Text => log.init(),
        Form::Json => log.json().flatten_event(true).init(),
    }
    // A panic is one line of the log, and so without tokens; whoever catches it says what follows.
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string);
        tracing::error!(at, why = panic.payload_as_str(), "程序有缺陷");
    }));
}

struct Redacted<W>(W);

impl<W: Write> Write for Redacted<W> {
    /// The log's lines arrive whole, so a token is never cut in two.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.write_all(&blotted(line))?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_blotted_out() {
        let mut written = Vec::new();
        let line = b"POST /bot123456:AAAA-not-a-real-token_0000/getMe at 09:00:00\n";
        Redacted(&mut written).write_all(line).unwrap();
        assert_eq!(written, b"POST /bot[token]/getMe at 09:00:00\n");
    }
}
