//! What Telegram's refusals mean. Nothing here ever holds an address, because that holds the token.

use std::time::Duration;

use chrono::TimeDelta;
use serde::{Deserialize, Deserializer};

use crate::store::Outcome;
use crate::tally::{self, Event};

/// Every answer of the Bot API.
#[derive(Debug, Deserialize)]
pub(super) struct Answer<T> {
    ok: bool,
    result: Option<T>,
    error_code: Option<i64>,
    description: Option<String>,
    parameters: Option<Parameters>,
}

#[derive(Debug, Default, Deserialize)]
struct Parameters {
    migrate_to_chat_id: Option<i64>,
    #[serde(default, deserialize_with = "rest")]
    retry_after: Option<Duration>,
}

/// The longest that Telegram's wish for a rest is heeded, in seconds: no answer may silence the bot for good.
const LONGEST_REST: f64 = 3600.0;

fn rest<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let seconds: Option<f64> = Option::deserialize(deserializer)?;
    Ok(seconds.map(|seconds| Duration::from_secs_f64(seconds.ceil().clamp(1.0, LONGEST_REST))))
}

/// Why a question to Telegram got no answer.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("Telegram 不认这个令牌。请核对 TELOXIDE_TOKEN 和 TELOXIDE_API_URL，或向 @BotFather 重新领取")]
    WrongToken,
    #[error("另有一个程序在用同一个令牌收取消息，请先停掉它")]
    Conflict,
    #[error("Telegram 要求等待 {} 秒", .0.as_secs())]
    Wait(Duration),
    #[error("Telegram 的地址要求转到别处；令牌不随之发送。请核对 TELOXIDE_API_URL 和代理")]
    Redirected,
    #[error("连接 Telegram 失败：{0}")]
    Network(String),
    #[error("Telegram 拒绝：{0}")]
    Refused(String),
    #[error("Telegram 的答复无法解读")]
    Unreadable,
}

impl Fault {
    /// Whether it is there to stay where it comes again and again. One alone may be a mistake, of Telegram or of what stands
    /// between.
    pub fn is_lasting(&self) -> bool {
        matches!(self, Fault::WrongToken | Fault::Conflict)
    }
}

impl From<reqwest::Error> for Fault {
    fn from(error: reqwest::Error) -> Self {
        Fault::Network(cause(error))
    }
}

/// The innermost reason of a failed request, without its address.
pub(super) fn cause(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut innermost: &dyn std::error::Error = &error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

impl<T> Answer<T> {
    pub(super) fn into_result(self) -> Result<T, Fault> {
        if let (true, Some(result)) = (self.ok, self.result) {
            return Ok(result);
        }
        tally::count(Event::RateLimited, u64::from(self.error_code == Some(429)));
        let wait = self.parameters.unwrap_or_default().retry_after;
        Err(match (self.error_code, wait) {
            // The Bot API says 404 to a token that was never given out.
            (Some(401 | 404), _) => Fault::WrongToken,
            (Some(409), _) => Fault::Conflict,
            (_, Some(rest)) => Fault::Wait(rest),
            _ => Fault::Refused(self.description.unwrap_or_default()),
        })
    }
}

/// What a refusal to send means for the message.
pub(super) fn outcome_of_refusal<T>(answer: Answer<T>) -> Outcome {
    let why = answer.description.unwrap_or_default();
    let parameters = answer.parameters.unwrap_or_default();
    if let Some(to) = parameters.migrate_to_chat_id {
        return Outcome::Moved { to };
    }
    match answer.error_code {
        Some(429) => {
            tally::count(Event::RateLimited, 1);
            Outcome::Later { rest: parameters.retry_after.and_then(|rest| TimeDelta::from_std(rest).ok()), why }
        }
        // If the token is no longer good, polling finds out too, and ends the process.
        Some(401 | 404) => Outcome::Later { rest: None, why },
        Some(400 | 403) if waits_for_an_administrator(&why) => Outcome::Hindered { why },
        Some(403) => Outcome::Unreachable { why },
        Some(400) if chat_is_gone(&why) => Outcome::Unreachable { why },
        Some(400) if message_is_wrong(&why) => Outcome::Refused { why },
        Some(400..=499) => Outcome::Strange { why },
        _ => Outcome::InDoubt { why },
    }
}

fn chat_is_gone(why: &str) -> bool {
    says(why, &["chat not found", "was kicked", "was deactivated", "is deactivated", "group chat was deleted"])
}

fn waits_for_an_administrator(why: &str) -> bool {
    const REASONS: [&str; 6] = [
        "not enough rights",
        "need administrator rights",
        "have no rights",
        "chat_write_forbidden",
        "chat_restricted",
        "topic_closed",
    ];
    says(why, &REASONS)
}

/// Sent again it would be refused again.
fn message_is_wrong(why: &str) -> bool {
    says(
        why,
        &[
            "message is too long",
            "can't parse entities",
            "button_data_invalid",
            "query is too old",
            "query id is invalid",
        ],
    )
}

/// Whether a refusal is because of how the text is marked up.
pub(super) fn is_about_markup(why: &str) -> bool {
    says(why, &["can't parse entities"])
}

/// Whether a refusal is because the topic was deleted.
pub(super) fn is_about_the_topic(why: &str) -> bool {
    says(why, &["message thread not found", "topic_deleted"])
}

fn says(why: &str, reasons: &[&str]) -> bool {
    let why = why.to_ascii_lowercase();
    reasons.iter().any(|reason| why.contains(reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(answer: &str) -> Outcome {
        outcome_of_refusal::<bool>(serde_json::from_str(answer).unwrap())
    }

    #[test]
    fn refusals() {
        let later = outcome(r#"{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":7}}"#);
        assert_eq!(later, Outcome::Later { rest: Some(TimeDelta::seconds(7)), why: "x".into() });
        let rest_of = |seconds: &str| {
            let answer = format!(r#"{{"ok":false,"error_code":429,"parameters":{{"retry_after":{seconds}}}}}"#);
            match outcome(&answer) {
                Outcome::Later { rest, .. } => rest.map(|rest| rest.num_seconds()),
                other => panic!("{other:?}"),
            }
        };
        let absurd = ["9000000000000000", "9e15", "1e308", "-5", "0", "0.5", "null"];
        assert_eq!(absurd.map(rest_of), [Some(3600), Some(3600), Some(3600), Some(1), Some(1), Some(1), None]);
        let moved = r#"{"ok":false,"error_code":400,"description":"x","parameters":{"migrate_to_chat_id":-1007}}"#;
        assert_eq!(outcome(moved), Outcome::Moved { to: -1007 });
        let gone = outcome(r#"{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}"#);
        assert!(matches!(gone, Outcome::Unreachable { .. }));
        let of =
            |code: u16, why: &str| outcome(&format!(r#"{{"ok":false,"error_code":{code},"description":"{why}"}}"#));
        assert!(matches!(of(403, "Forbidden: bot was blocked by the user"), Outcome::Unreachable { .. }));
        assert!(matches!(of(400, "Bad Request: TOPIC_CLOSED"), Outcome::Hindered { .. }));
        assert!(matches!(of(400, "Bad Request: not enough rights to send text messages"), Outcome::Hindered { .. }));
        assert!(matches!(of(400, "Bad Request: message is too long"), Outcome::Refused { .. }));
        assert!(matches!(outcome(r#"{"ok":false,"error_code":400}"#), Outcome::Strange { .. }));
        assert!(matches!(outcome(r#"{"ok":false,"error_code":502}"#), Outcome::InDoubt { .. }));
    }
}
