//! What a coordinator asks: `第5项进展如何`, `省公安厅`, `哪些逾期了`, `本月到期`, `谁还没反馈`.

/// Patterns by name, each compiled when it is first asked for.
macro_rules! patterns {
    ($($name:ident = $text:expr;)*) => {
        $(static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text.as_ref()).expect("a constant"));)*
    };
}

mod beyond;
pub mod called;
mod commanded;
pub mod kind;
mod lists;
mod named;
mod nearest;
mod only;
pub mod ordered;
pub mod query;
#[cfg(test)]
mod question_set;
mod unheld;
pub mod why;

use chrono::NaiveDate;

use super::text::Typed;
use super::{Intent, Understanding, manner};
use crate::chinese::span;
use crate::understanding::question::ordered::Told;

pub use beyond::{Beyond, Deed};
pub use commanded::commanded;
pub use kind::QueryKind;
pub use lists::List;
pub use nearest::nearest;
pub use only::{Among, Only};
pub use ordered::Order;
pub use query::Query;
pub use why::why_so;

/// Reads a coordinator's question. `units` are all names and aliases with the full name behind each.
pub fn understand_coordinator(text: &str, units: &[(String, String)], on: NaiveDate) -> Understanding {
    let command = commanded::read(text.trim(), units, on);
    let text = question(text);
    let chats = manner::says_seen(&text) && !query::asks_who_has_read(&text);
    if command.is_none() && !chats {
        match ordered::read(&text, units, on) {
            Ok(None) => {}
            Ok(Some(Told::Order(order))) => {
                return Understanding { order: Some(order), ..Understanding::only(Intent::Order) };
            }
            Ok(Some(Told::Ruling(query))) => {
                return Understanding { query: Some(query), ..Understanding::only(Intent::Query) };
            }
            Ok(Some(Told::Beyond(beyond))) => {
                return Understanding { beyond: Some(beyond), ..Understanding::only(Intent::Unclear) };
            }
            Err(which) => return Understanding { which, ..Understanding::only(Intent::Unclear) },
        }
    }
    let read = match command {
        Some(query) => Ok(Some(query)),
        None if chats => Ok(None),
        None => query::read(&text, units, on),
    };
    let (intent, query, which) = match read {
        Ok(Some(query)) => (Intent::Query, Some(query), Vec::new()),
        Err(which) => (Intent::Unclear, None, which),
        Ok(None) if chats || manner::is_chatter(&text) || manner::says_read(&text) => {
            (Intent::Chatter, None, Vec::new())
        }
        Ok(None) => (Intent::Unclear, None, Vec::new()),
    };
    Understanding { query, which, ..Understanding::only(intent) }
}

/// A question in the one form that the rules know: simplified characters, half-width signs, no blanks, nobody addressed.
pub(super) fn question(text: &str) -> String {
    pattern!(NOT_BUT, "不是[^，。]{1,10}，(?:而|要的)?是");
    pattern!(NOT_YET, "(?:还|尚)?[没未]有?(?:逾期|超期|过期)的?，?(?:但是?|不过|可是?)");
    let typed = Typed::new(text.trim());
    let plain = NOT_YET.replace(&NOT_BUT.replace(&typed.plain, ""), "").into_owned();
    let words = plain.split_whitespace().filter(|word| !word.starts_with('@'));
    words.collect()
}

/// The number of the task that a question names.
pub(super) fn task_named(text: &str) -> Option<String> {
    named::task(text)
}

/// The days that words name, such as 6月 or 下周: the first and the last.
pub fn days(text: &str, on: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let bare: String = Typed::new(text).plain.split_whitespace().collect();
    let days = span::read(&bare, on)?;
    Some((days.from.unwrap_or(on), days.to?))
}
