//! The button below a reminder that a coordinator has ordered in words.

use crate::intent::Intent;
use crate::intent::seal::LONGEST_DATA;
use crate::nudges;
use crate::office::called::Called;
use crate::office::ids::UnitId;

pub const HEAD: &str = "v1:remind:";

/// Asks the units that are meant: all of a task, one with all its tasks, or one with its part in a task, whose plan is called
/// by its number. `None` where the task's number is longer than a button holds.
pub fn confirm(called: Option<&Called>, unit: Option<UnitId>) -> Option<String> {
    let number = called.map_or("", |called| &called.number);
    let plan = called.and_then(|called| called.plan.as_ref()).map(|plan| format!(":{plan}"));
    let data = format!("{HEAD}{}:{number}{}", unit.map_or(0, |unit| unit.0), plan.unwrap_or_default());
    (data.len() <= LONGEST_DATA).then_some(data)
}

/// One of an earlier release names no plan.
pub fn read(rest: &str) -> Option<Intent> {
    let (unit, task) = rest.split_once(':')?;
    let unit = Some(unit.parse().ok()?).filter(|unit| *unit != 0).map(UnitId);
    let (number, plan) = match task.split_once(':') {
        Some((number, plan)) => (number, Some(plan.parse::<i64>().ok()?.to_string())),
        None => (task, None),
    };
    let called = (!number.is_empty()).then(|| Called { plan, number: number.to_owned() });
    (called.is_some() || unit.is_some()).then_some(Intent::Nudges(nudges::Wanted::Confirm { called, unit }))
}
