//! What the plain words of coordinators ask.

use chrono::NaiveDate;

use crate::intent::Intent;
use crate::office::place::Place;
use crate::understanding as words;
use crate::understanding::{Query, QueryKind, understand_coordinator};

pub fn of_question(text: &str, place: &Place, on: NaiveDate) -> Intent {
    let understanding = understand_coordinator(text, &place.roll, on);
    match (understanding.intent, understanding.query) {
        (_, Some(Query { kind: QueryKind::History, task, unit, .. })) => {
            Intent::History { number: task, unit, whole: false }
        }
        (_, Some(query)) => Intent::Query(query),
        (words::Intent::Chatter, None) => Intent::Nothing,
        _ if !understanding.which.is_empty() => Intent::WhichUnit { units: understanding.which },
        _ => Intent::UnclearQuestion { text: text.to_owned() },
    }
}
