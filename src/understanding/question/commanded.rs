//! Questions that are asked by command: `/overdue`, `/due 30`, `/unit 省公安厅`.

use chrono::{Days, NaiveDate};

use crate::intent::command;
use crate::intent::command::Command;
use crate::office::called::Called;
use crate::understanding::question::called::Meant;
use crate::understanding::question::{Query, QueryKind, called, question};

/// The question that a command asks; `None` where it asks none.
pub fn commanded(command: &Command, units: &[(String, String)], on: NaiveDate) -> Option<Query> {
    let query = match command {
        Command::Status => Query::of(QueryKind::Status),
        Command::Overdue => Query::of(QueryKind::Overdue),
        Command::Problems => Query::of(QueryKind::Problems),
        Command::Practices => Query::of(QueryKind::Practices),
        Command::StatusOf { plan } => Query { plan: Some(plan.clone()), ..Query::of(QueryKind::Status) },
        Command::Read { called: None } => Query::of(QueryKind::Read),
        Command::Read { called: Some(called) } => of_task(QueryKind::Read, called),
        Command::Silent => Query::of(QueryKind::Silent),
        Command::Pending => Query::of(QueryKind::Pending),
        Command::Task { called, .. } => of_task(QueryKind::Task, called),
        Command::History { called, .. } => of_task(QueryKind::History, called),
        Command::Due { days } => {
            let to = on.checked_add_days(Days::new(u64::from(*days)))?;
            Query { from: Some(on), to: Some(to), ..Query::of(QueryKind::Due) }
        }
        Command::Unit { name } => {
            let named = match called::by(&question(name), units) {
                Meant::One(unit) => unit,
                Meant::Nobody | Meant::Several(_) => name.clone(),
            };
            Query { unit: Some(named), ..Query::of(QueryKind::Unit) }
        }
        _ => return None,
    };
    Some(query)
}

fn of_task(kind: QueryKind, called: &Called) -> Query {
    Query { task: Some(called.number.clone()), plan: called.plan.clone(), ..Query::of(kind) }
}

/// Reads a command, whichever bot it names.
pub(super) fn read(text: &str, units: &[(String, String)], on: NaiveDate) -> Option<Query> {
    // Without its stroke as well: overdue.
    let named = text.starts_with(|first: char| first.is_ascii_alphabetic());
    let text = if named { format!("/{text}") } else { text.to_owned() };
    let head = text.split_whitespace().next()?;
    let addressee = head.split_once('@').map_or("", |(_, addressee)| addressee);
    commanded(&command::read(&text, addressee)?, units, on)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::question::understand_coordinator;

    #[test]
    fn commands_ask_as_words_do() {
        let units = [("公安厅".to_owned(), "省公安厅".to_owned())];
        let on = "2019-06-27".parse().unwrap();
        let query = |text: &str| understand_coordinator(text, &units, on).query.unwrap();
        assert_eq!(query("/overdue@duban_bot").kind, QueryKind::Overdue);
        assert_eq!(query("/task 第5项").task.as_deref(), Some("5"));
        assert_eq!(query("/unit 公安厅").unit.as_deref(), Some("省公安厅"));
        assert_eq!(query("/history 5").kind, QueryKind::History);
        assert_eq!(query("/due 30").to, "2019-07-27".parse().ok());
        assert_eq!(query("overdue").kind, QueryKind::Overdue);
        assert_eq!(understand_coordinator("/dance", &units, on).query, None);
    }
}
