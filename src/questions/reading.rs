//! What the plain words of coordinators ask.

use chrono::NaiveDate;

use crate::intent::Intent;
use crate::office::place::Place;
use crate::understanding as words;
use crate::understanding::{Order, Query, QueryKind, understand_coordinator};

pub fn of_question(text: &str, place: &Place, on: NaiveDate) -> Intent {
    let understanding = understand_coordinator(text, &place.roll, on);
    if let Some(order) = understanding.order {
        return of_order(order);
    }
    if let Some(beyond) = understanding.beyond {
        return Intent::Beyond(beyond);
    }
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

fn of_order(order: Order) -> Intent {
    match order {
        Order::Remind { number, unit } => Intent::ProposeReminder { number, unit },
        Order::Paper(paper) => Intent::Paper(paper),
        Order::Bulletin(wanted) => Intent::Bulletin(wanted),
        Order::Brief => Intent::Brief,
    }
}
