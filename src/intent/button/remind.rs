//! The button below a reminder that a coordinator has ordered in words.

use crate::intent::Intent;
use crate::intent::seal::LONGEST_DATA;
use crate::office::ids::UnitId;

pub const HEAD: &str = "v1:remind:";

/// Asks the units that are meant: all of a task, one with all its tasks, or one with its part in a task. `None` where the
/// number is longer than a button holds.
pub fn confirm(number: Option<&str>, unit: Option<UnitId>) -> Option<String> {
    let data = format!("{HEAD}{}:{}", unit.map_or(0, |unit| unit.0), number.unwrap_or_default());
    (data.len() <= LONGEST_DATA).then_some(data)
}

pub fn read(rest: &str) -> Option<Intent> {
    let (unit, number) = rest.split_once(':')?;
    let unit = Some(unit.parse().ok()?).filter(|unit| *unit != 0).map(UnitId);
    let number = Some(number.to_owned()).filter(|number| !number.is_empty());
    (number.is_some() || unit.is_some()).then_some(Intent::ConfirmReminder { number, unit })
}
