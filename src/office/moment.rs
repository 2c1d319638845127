//! The present, in the office's time.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use crate::office::policy::Policy;
use crate::schedule::calendar::Calendar;

/// The instant at which something is decided.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub now: DateTime<Utc>,
    pub today: NaiveDate,
    pub zone: Tz,
    /// From when on messages may be sent that answer nobody.
    pub opening: DateTime<Utc>,
}

impl Moment {
    pub fn of(now: DateTime<Utc>, policy: &Policy, calendar: &Calendar) -> Self {
        let zone = policy.timezone;
        Moment { now, today: now.with_timezone(&zone).date_naive(), zone, opening: opening(now, policy, calendar) }
    }

    /// The working day on which others are told: today within the sending hours, else the next.
    pub fn working_day(&self) -> NaiveDate {
        self.day_of(self.opening)
    }

    /// The instant at which a day begins.
    pub fn begin_of(&self, day: NaiveDate) -> DateTime<Utc> {
        let begins = day.and_time(NaiveTime::MIN).and_local_timezone(self.zone).earliest();
        begins.map_or_else(|| day.and_time(NaiveTime::MIN).and_utc(), |begins| begins.to_utc())
    }

    /// The local date of another instant.
    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }
}

/// `now` within the sending hours of a working day, else when the next ones begin.
fn opening(now: DateTime<Utc>, policy: &Policy, calendar: &Calendar) -> DateTime<Utc> {
    let local = now.with_timezone(&policy.timezone);
    let today = local.date_naive();
    let works = calendar.is_working_day(today);
    if works && policy.sending_hours.contain(local.time()) {
        return now;
    }
    let over = local.time() >= policy.sending_hours.to;
    let earliest = if works && !over { today } else { today.succ_opt().unwrap_or(today) };
    let day = calendar.working_day_on_or_after(earliest);
    let begins = day.and_time(policy.sending_hours.from).and_local_timezone(policy.timezone).earliest();
    begins.map_or(now, |begins| begins.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_wait_for_the_sending_hours() {
        let opening = |now: &str| {
            let now: DateTime<Utc> = now.parse().unwrap();
            let moment = Moment::of(now, &Policy::default(), &Calendar::china());
            moment.opening.with_timezone(&moment.zone).to_rfc3339()
        };
        assert_eq!(opening("2019-06-27T10:00:00+08:00"), "2019-06-27T10:00:00+08:00");
        assert_eq!(opening("2019-06-27T07:00:00+08:00"), "2019-06-27T08:00:00+08:00");
        assert_eq!(opening("2019-06-28T20:00:00+08:00"), "2019-07-01T08:00:00+08:00");
        assert_eq!(opening("2019-09-30T21:00:00+08:00"), "2019-10-08T08:00:00+08:00");
    }
}
