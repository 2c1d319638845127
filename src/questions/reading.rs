//! What the plain words of coordinators ask.

use chrono::NaiveDate;

use crate::intent::Intent;
use crate::intent::paper::{Paper, Sheet};
use crate::office::called::Called;
use crate::office::place::Place;
use crate::understanding as words;
use crate::understanding::{List, Order, Query, QueryKind, understand_coordinator};
use crate::{citations, contacts, coordinators, filing, history, inspections, nudges, plans, questions};

pub fn of_question(text: &str, place: &Place, on: NaiveDate) -> Intent {
    // 同意办结 without a task, typed and not pressed: what waits is shown with its buttons.
    if is_ruling(text) {
        return Intent::Questions(questions::Wanted::Query(Query::of(QueryKind::Pending)));
    }
    let (plan, rest) = words::of_plan(text, &place.plans, &place.roll);
    if plan.is_some() && rest.trim_matches(EDGES).is_empty() {
        return Intent::Questions(questions::Wanted::Query(Query { plan, ..Query::of(QueryKind::Status) }));
    }
    let understanding = understand_coordinator(&rest, &place.roll, on);
    if let Some(order) = understanding.order {
        return of_order(order, plan);
    }
    if let Some(beyond) = understanding.beyond {
        return Intent::Questions(questions::Wanted::Beyond(beyond));
    }
    match (understanding.intent, understanding.query) {
        (_, Some(Query { kind: QueryKind::History, task, unit, .. })) => {
            Intent::History(history::Wanted { called: task.map(|number| Called { plan, number }), unit, whole: false })
        }
        (_, Some(query)) => Intent::Questions(questions::Wanted::Query(of_plan(query, plan))),
        (words::Intent::Chatter, None) => Intent::Nothing,
        _ if !understanding.which.is_empty() => {
            Intent::Questions(questions::Wanted::WhichUnit { units: understanding.which })
        }
        _ => Intent::Questions(questions::Wanted::Unclear { text: text.to_owned() }),
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

fn of_list(list: List) -> Intent {
    match list {
        List::Contacts { unit } => Intent::Contacts(contacts::Wanted::List { unit: Some(unit) }),
        List::Coordinators => Intent::Coordinators(coordinators::Wanted::Coordinators),
        List::Commendations => Intent::Citations(citations::Wanted::List { commendations: true }),
        List::Notices => Intent::Citations(citations::Wanted::List { commendations: false }),
        List::Inspections => Intent::Inspections(inspections::Wanted::List),
        List::Plans => Intent::Plans(plans::Wanted::List),
    }
}

fn of_order(order: Order, plan: Option<String>) -> Intent {
    let sheet = match order {
        Order::Paper(Paper::Board) => Some(Sheet::Board),
        Order::Paper(Paper::Timeline) => Some(Sheet::Timeline),
        Order::Paper(Paper::Workbook) => Some(Sheet::Workbook),
        _ => None,
    };
    if let (Some(sheet), Some(plan)) = (sheet, &plan) {
        return Intent::Filing(filing::Wanted::PaperOf { sheet, plan: plan.clone() });
    }
    match order {
        Order::Bulletin(wanted) if wanted.plan.is_none() => {
            Intent::Filing(filing::Wanted::Bulletin(filing::bulletin::Wanted { plan, ..wanted }))
        }
        Order::Remind { number, unit } => {
            Intent::Nudges(nudges::Wanted::Propose { called: number.map(|number| Called { plan, number }), unit })
        }
        Order::Paper(paper) => Intent::Filing(filing::Wanted::Paper(paper)),
        Order::Bulletin(wanted) => Intent::Filing(filing::Wanted::Bulletin(wanted)),
        Order::Brief => Intent::Filing(filing::Wanted::Brief),
        Order::List(list) => of_list(list),
    }
}
