//! Lines of a digest about dates that come round: three days before, the day before, on the day and the day after.

use chrono::{NaiveDate, TimeDelta};

use crate::office::duty::Duty;
use crate::office::plan::Period;
use crate::office::policy::Policy;
use crate::office::recurring::Recurring;
use crate::reminding::item;
use crate::reminding::item::{Item, LONGEST_SHIFT, Reason};
use crate::reminding::slot::Window;
use crate::schedule::calendar::Calendar;
use crate::schedule::occurrence::{Occurrence, due_within};

/// In days before the date; negative after it.
const LADDER: [i64; 4] = [3, 1, 0, -1];

/// What comes round every day is named on its day alone.
fn ladder(one: &Recurring) -> &'static [i64] {
    if one.rule.period == Period::Day { &[0] } else { &LADDER }
}

/// A line for each recurring date with a period that is to be named; of several periods the first.
pub fn items<'a>(
    duty: &'a Duty,
    window: Window,
    policy: &'a Policy,
    calendar: &'a Calendar,
) -> impl Iterator<Item = Item> + 'a {
    let day = window.slot.day;
    duty.open_recurring().filter_map(move |one| {
        let is_named = |occurrence: &Occurrence| {
            ladder(one).iter().any(|step| window.contains(item::ladder_day(occurrence.due, *step, calendar)))
        };
        let named = unmet(one, window.after, day, policy).find(is_named)?;
        Some(line(duty, one, named, day, policy))
    })
}

/// Whether a period is due within these days and not reported on.
pub fn is_due_within(duty: &Duty, from: NaiveDate, to: NaiveDate, policy: &Policy) -> bool {
    let zone = policy.timezone;
    duty.open_recurring().any(|one| due_within(one.rule, from, to).any(|due| one.met_on(due, zone).is_none()))
}

/// What is left of a line that was written: the period nearest to the day, where it waits.
pub fn still_asked(duty: &Duty, one: &Recurring, day: NaiveDate, policy: &Policy) -> Option<Item> {
    let nearest = unmet(one, day, day, policy).min_by_key(|occurrence| (occurrence.due - day).num_days().abs())?;
    Some(line(duty, one, nearest, day, policy))
}

/// The periods around some days that nobody has reported on.
fn unmet(one: &Recurring, from: NaiveDate, to: NaiveDate, policy: &Policy) -> impl Iterator<Item = Occurrence> {
    let (zone, around) = (policy.timezone, LONGEST_SHIFT + TimeDelta::days(LADDER[0]));
    due_within(one.rule, from - around, to + around).filter(move |due| one.met_on(*due, zone).is_none())
}

fn line(duty: &Duty, one: &Recurring, occurrence: Occurrence, day: NaiveDate, policy: &Policy) -> Item {
    Item {
        task: duty.task.clone(),
        plan: duty.plan_name.clone(),
        role: duty.role,
        collective: duty.via.is_some(),
        reason: Reason::Recurring,
        milestone: Some(one.milestone(occurrence)),
        step: None,
        heard: duty.heard(),
        silent: Vec::new(),
        unreached: Vec::new(),
        missed: one.round(day, policy.timezone).map_or(0, |round| round.missed),
    }
}
