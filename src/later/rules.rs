//! When a unit is reminded once more, and whether it may ask for that again.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::deciding::change::Change;
use crate::later;
use crate::office::duty::{Duty, PutOff};
use crate::office::moment::Moment;
use crate::office::policy::Policy;
use crate::reminding::slot::Window;
use crate::schedule::calendar::Calendar;
use crate::understanding::Aside;
use crate::understanding::item::Item;

/// What a wish to answer later is about: once a task and date. `None` where it was granted for that date before, or where
/// nothing is open.
pub fn wanted(duty: &Duty, at: DateTime<Utc>, moment: Moment) -> Option<PutOff> {
    let day = moment.day_of(at);
    let due = duty.open_milestones().find(|date| date.due >= day).or(duty.open_milestones().last());
    let due = due.map_or(day, |date| date.due);
    let again = duty.put_off.is_some_and(|earlier| earlier.due == due);
    (duty.status.is_open() && !again).then_some(PutOff { asked_at: at, due })
}

/// What follows for each duty of which it is said that the answer comes later.
pub fn put_off(known: &[(&Duty, Item)], (message_id, at): (i64, DateTime<Utc>), moment: Moment) -> Vec<Change> {
    let later = known.iter().filter(|(_, item)| item.aside == Some(Aside::Defer));
    let change = |(duty, _): &(&Duty, Item)| {
        Some(Change::Later(later::Change::PutOff { duty: duty.id, put_off: wanted(duty, at, moment)?, message_id }))
    };
    later.filter_map(change).collect()
}

/// Whether the digest of a window is the one that names a duty once more: that of the next working day, unless its unit has
/// reported since it asked.
pub fn is_named(duty: &Duty, window: Window, policy: &Policy, calendar: &Calendar) -> bool {
    let Some(put_off) = duty.put_off else { return false };
    let answered = duty.last_report.as_ref().is_some_and(|report| report.at > put_off.asked_at);
    let asked_on: NaiveDate = put_off.asked_at.with_timezone(&policy.timezone).date_naive();
    !answered && window.contains(calendar.working_day_on_or_after(asked_on + Days::new(1)))
}
