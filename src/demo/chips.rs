//! What the page offers to say in a chat. It is made from the duties as they stand, so that every phrase is about a task of
//! those who are there, and none is refused.

use chrono::{Datelike, Days, NaiveDate};

use crate::office::duty::{Duty, Role};

/// How much more time is asked for.
const MORE: Days = Days::new(30);
/// A step is planned for the middle of what is left, where at least so many days are; without a date, for this day.
const FEWEST_DAYS: i64 = 4;
const STEP_WITHIN: Days = Days::new(14);

/// In a unit's group.
pub(super) fn of_unit(duties: &[Duty], unit: &str, today: NaiveDate) -> Vec<String> {
    let Some(duty) = most_urgent(duties, unit, today) else { return vec!["/tasks".to_owned()] };
    let number = &duty.task.number;
    let mut chips = vec![progress(number), format!("第{number}项：已完成"), format!("第{number}项：受阻，经费未落实")];
    let due = next_due(duty);
    if let Some(due) = due
        && duty.waiting.more_time.is_empty()
        && let Some(until) = due.max(today).checked_add_days(MORE)
    {
        chips.push(format!("第{number}项：申请延期至{}，尚需会商", date(until)));
    }
    if let Some(day) = step_day(due, today) {
        chips.push(format!("/step {number} {} 完成阶段任务", date(day)));
    }
    chips.push("/tasks".to_owned());
    chips
}

/// In private, to a contact of the unit.
pub(super) fn in_private(duties: &[Duty], unit: &str, today: NaiveDate) -> Vec<String> {
    let number = most_urgent(duties, unit, today).map(|duty| &duty.task.number);
    let about = number.map(|number| format!("第{number}项：进度60%"));
    ["/tasks".to_owned()].into_iter().chain(about).collect()
}

/// In private, to a coordinator; `units` have a group.
pub(super) fn of_coordinator(duties: &[Duty], units: &[&str], today: NaiveDate) -> Vec<String> {
    let mut chips = vec!["总体进展".to_owned()];
    let urgent = units.iter().find_map(|unit| most_urgent(duties, unit, today));
    if let Some(duty) = urgent {
        chips.extend([format!("第{}项进展如何", duty.task.number), duty.unit.name.clone()]);
    }
    chips.extend(["哪些逾期了", "本月到期", "谁还没反馈"].map(str::to_owned));
    chips.extend(urgent.map(|duty| format!("/remind {}", duty.task.number)));
    chips.extend(["/board", "/bulletin"].map(str::to_owned));
    chips
}

/// A report that is understood at once.
pub(super) fn progress(number: &str) -> String {
    format!("第{number}项：进度60%，正按计划推进。问题：市县数据未打通")
}

/// The open duty of the unit that is due next; one that it leads or answers for, where there is one.
pub(super) fn most_urgent<'a>(duties: &'a [Duty], unit: &str, today: NaiveDate) -> Option<&'a Duty> {
    let own = duties.iter().filter(|duty| duty.unit.name == unit && !duty.ended);
    let open = own.filter(|duty| duty.status.is_open() && duty.waiting.claims.is_empty());
    open.min_by_key(|duty| {
        let due = next_due(duty);
        (duty.role == Role::Supporting, due.is_none_or(|due| due < today), due, duty.id)
    })
}

fn next_due(duty: &Duty) -> Option<NaiveDate> {
    duty.milestones.iter().filter(|date| date.is_open()).map(|date| date.due).min()
}

fn step_day(due: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    match due {
        None => today.checked_add_days(STEP_WITHIN),
        Some(due) => {
            let left = (due - today).num_days();
            let half = u64::try_from(left / 2).ok().filter(|_| left >= FEWEST_DAYS)?;
            today.checked_add_days(Days::new(half))
        }
    }
}

/// `2019年9月30日`
fn date(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}
