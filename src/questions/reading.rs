//! What the plain words of coordinators ask.

use chrono::NaiveDate;

use crate::filing;
use crate::intent::Intent;
use crate::intent::paper::{Paper, Sheet};
use crate::office::called::Called;
use crate::office::place::Place;
use crate::understanding as words;
use crate::understanding::{Order, Query, QueryKind, understand_coordinator};

pub fn of_question(text: &str, place: &Place, on: NaiveDate) -> Intent {
    // 同意办结 without a task, typed and not pressed: what waits is shown with its buttons.
    if is_ruling(text) {
        return Intent::Query(Query::of(QueryKind::Pending));
    }
    let (plan, rest) = words::of_plan(text, &place.plans, &place.roll);
    if plan.is_some() && rest.trim_matches(EDGES).is_empty() {
        return Intent::Query(Query { plan, ..Query::of(QueryKind::Status) });
    }
    let understanding = understand_coordinator(&rest, &place.roll, on);
    if let Some(order) = understanding.order {
        return of_order(order, plan);
    }
    if let Some(beyond) = understanding.beyond {
        return Intent::Beyond(beyond);
    }
    match (understanding.intent, understanding.query) {
        (_, Some(Query { kind: QueryKind::History, task, unit, .. })) => {
            Intent::History { called: task.map(|number| Called { plan, number }), unit, whole: false }
        }
        (_, Some(query)) => Intent::Query(of_plan(query, plan)),
        (words::Intent::Chatter, None) => Intent::Nothing,
        _ if !understanding.which.is_empty() => Intent::WhichUnit { units: understanding.which },
        _ => Intent::UnclearQuestion { text: text.to_owned() },
    }
}

/// A decision that does not say on what.
pub fn is_ruling(text: &str) -> bool {
    RULES.contains(&text.trim_matches(EDGES))
}

const RULES: [&str; 8] = ["同意", "同意办结", "同意延期", "批准", "不同意", "退回", "予以办结", "可以办结"];
const EDGES: &[char] = &[' ', '，', '。', '？', '?', '的', '：'];

/// A question about a plan, where that can be told apart.
pub fn of_plan(query: Query, plan: Option<String>) -> Query {
    let whole_office = match query.kind {
        QueryKind::Unbound => true,
        QueryKind::Read | QueryKind::Reminder => query.task.is_none(),
        _ => false,
    };
    Query { plan: plan.filter(|_| !whole_office), ..query }
}

fn of_order(order: Order, plan: Option<String>) -> Intent {
    let sheet = match order {
        Order::Paper(Paper::Board) => Some(Sheet::Board),
        Order::Paper(Paper::Timeline) => Some(Sheet::Timeline),
        Order::Paper(Paper::Workbook) => Some(Sheet::Workbook),
        _ => None,
    };
    if let (Some(sheet), Some(plan)) = (sheet, &plan) {
        return Intent::PaperOf { sheet, plan: plan.clone() };
    }
    match order {
        Order::Bulletin(wanted) if wanted.plan.is_none() => {
            Intent::Bulletin(filing::bulletin::Wanted { plan, ..wanted })
        }
        Order::Remind { number, unit } => {
            Intent::ProposeReminder { called: number.map(|number| Called { plan, number }), unit }
        }
        Order::Paper(paper) => Intent::Paper(paper),
        Order::Bulletin(wanted) => Intent::Bulletin(wanted),
        Order::Brief => Intent::Brief,
    }
}
