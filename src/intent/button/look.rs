//! Buttons that ask the questions of coordinators.

use chrono::Datelike;

use crate::instructions::Said;
use crate::understanding::{Query, QueryKind};

/// 会议材料 as a file.
pub const MEETING_PAPER: &str = "v1:meeting";

/// Asks a question of the coordinators; `None` for one that no button asks.
pub fn look(query: &Query) -> Option<String> {
    let kind = LOOKS.iter().position(|kind| *kind == query.kind)?;
    let days = query.from.zip(query.to);
    let days = days.map(|(from, to)| format!(":{}:{}", from.num_days_from_ce(), to.num_days_from_ce()));
    Some(format!("v1:look:{kind}{}", days.unwrap_or_default()))
}

/// What such buttons ask, in an order that stays.
const LOOKS: [QueryKind; 6] =
    [QueryKind::Status, QueryKind::Overdue, QueryKind::Due, QueryKind::Silent, QueryKind::Problems, QueryKind::Pending];

/// The question that a button asks by its place among them.
pub fn asked(kind: i64) -> Option<Query> {
    let kind = LOOKS.get(usize::try_from(kind).ok()?)?;
    Some(Query::of(*kind))
}

/// Shows a report in full.
pub fn whole(said: Said) -> String {
    format!("v1:full:{}:{}", said.duty.0, said.message_id)
}

pub fn help(page: usize) -> String {
    format!("v1:help:{page}")
}
