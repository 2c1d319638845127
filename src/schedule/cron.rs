//! Standard five-field cron lines, evaluated in the office's local time.
//!
//! The `cron` crate does the searching. It counts weekdays from Sunday = 1, wants a field for seconds, joins day and
//! weekday with "and", and may answer with an instant that is not later where clocks are set back. So it only ever gets
//! explicit lists and naive local times from here; the meaning of the line is decided in this file.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// How far ahead a line may be silent before it counts as one that never fires: four years, for 29 February.
const HORIZON: TimeDelta = TimeDelta::days(4 * 366);
/// Nobody wants to be written to more often.
const SHORTEST_INTERVAL_MINUTES: u32 = 15;

/// A line such as `0 9 * * 1-5`: minute, hour, day, month, weekday (Sunday is 0 or 7).
#[derive(Clone, Debug)]
pub struct Cron {
    line: String,
    /// More than one where day and weekday are both restricted: either is enough, as in Vixie's cron.
    alternatives: Vec<cron::Schedule>,
}

/// Why a line is refused, with the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CronError {
    #[error("定时“{0}”应为五段：分 时 日 月 周，例如 0 9 * * 1-5")]
    NotFiveFields(String),
    #[error("定时的“{field}”不能是“{value}”，应在 {low}–{high} 之间")]
    BadField { field: &'static str, value: String, low: u32, high: u32 },
    #[error("定时“{0}”间隔不足15分钟，请改稀")]
    TooOften(String),
    #[error("定时“{0}”永远不会到来，请检查日和月")]
    Never(String),
}

struct Field {
    name: &'static str,
    low: u32,
    high: u32,
    names: &'static [&'static str],
}

const MINUTE: Field = Field { name: "分", low: 0, high: 59, names: &[] };
const HOUR: Field = Field { name: "时", low: 0, high: 23, names: &[] };
const DAY: Field = Field { name: "日", low: 1, high: 31, names: &[] };
const MONTH: Field = Field {
    name: "月",
    low: 1,
    high: 12,
    names: &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
};
/// 7 is Sunday too; the list of names starts at `low`.
const WEEKDAY: Field =
    Field { name: "周", low: 0, high: 7, names: &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"] };

impl Field {
    fn error(&self, value: &str) -> CronError {
        CronError::BadField { field: self.name, value: value.to_owned(), low: self.low, high: self.high }
    }

    fn number(&self, text: &str) -> Result<u32, CronError> {
        let by_name = self.names.iter().position(|name| name.eq_ignore_ascii_case(text));
        let number = match by_name {
            Some(index) => self.low + index as u32,
            None if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().map_err(|_| self.error(text))?,
            None => return Err(self.error(text)),
        };
        if (self.low..=self.high).contains(&number) { Ok(number) } else { Err(self.error(text)) }
    }

    /// All values that the field's text names, ascending and without repeats.
    fn values(&self, text: &str) -> Result<Vec<u32>, CronError> {
        let mut values = Vec::new();
        for part in text.split(',') {
            let (range, step) = match part.split_once('/') {
                Some((range, step)) => (range, Some(step.parse::<usize>().map_err(|_| self.error(part))?)),
                None => (part, None),
            };
            let (first, last) = match range.split_once('-') {
                _ if range == "*" => (self.low, self.high),
                Some((first, last)) => (self.number(first)?, self.number(last)?),
                None => {
                    let first = self.number(range)?;
                    (first, if step.is_some() { self.high } else { first })
                }
            };
            if first > last || step == Some(0) {
                return Err(self.error(part));
            }
            values.extend((first..=last).step_by(step.unwrap_or(1)));
        }
        values.sort_unstable();
        values.dedup();
        Ok(values)
    }
}

fn list(values: &[u32]) -> String {
    values.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

fn weekday_list(values: &[u32]) -> String {
    let mut names: Vec<_> = values.iter().map(|value| WEEKDAY.names[*value as usize]).collect();
    names.dedup();
    names.join(",")
}

impl Cron {
    /// The earliest time that it names, of whatever day.
    pub fn first_of_day(&self) -> Option<NaiveTime> {
        let mut fields = self.line.split(' ');
        let first = |field: &Field, text: Option<&str>| field.values(text?).ok()?.first().copied();
        let (minute, hour) = (first(&MINUTE, fields.next()), first(&HOUR, fields.next()));
        NaiveTime::from_hms_opt(hour?, minute?, 0)
    }
}

impl FromStr for Cron {
    type Err = CronError;

    fn from_str(line: &str) -> Result<Self, CronError> {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let fields: Vec<&str> = line.split(' ').collect();
        let &[minute, hour, day, month, weekday] = fields.as_slice() else {
            return Err(CronError::NotFiveFields(line));
        };
        let minutes = MINUTE.values(minute)?;
        let hours = HOUR.values(hour)?;
        let days = list(&DAY.values(day)?);
        let months = list(&MONTH.values(month)?);
        let weekdays = weekday_list(&WEEKDAY.values(weekday)?);
        if too_often(&minutes, hours.len()) {
            return Err(CronError::TooOften(line));
        }
        let time = format!("0 {} {}", list(&minutes), list(&hours));
        let lines = if day.starts_with('*') || weekday.starts_with('*') {
            vec![format!("{time} {days} {months} {weekdays}")]
        } else {
            vec![format!("{time} {days} {months} *"), format!("{time} * {months} {weekdays}")]
        };
        let alternatives = lines
            .iter()
            .map(|explicit| cron::Schedule::from_str(explicit).map_err(|_| CronError::Never(line.clone())))
            .collect::<Result<_, _>>()?;
        let cron = Cron { line, alternatives };
        match cron.next_local(NaiveDate::default().into()) {
            Some(_) => Ok(cron),
            None => Err(CronError::Never(cron.line)),
        }
    }
}

fn too_often(minutes: &[u32], hours: usize) -> bool {
    let wrap = (hours > 1).then(|| (minutes[minutes.len() - 1], minutes[0] + 60));
    let pairs = minutes.windows(2).map(|pair| (pair[0], pair[1]));
    pairs.chain(wrap).any(|(earlier, later)| later - earlier < SHORTEST_INTERVAL_MINUTES)
}

impl fmt::Display for Cron {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.line)
    }
}

impl Cron {
    /// The first instant after `after` at which the line fires in `zone`; `None` when the crate's calendar ends (2100).
    ///
    /// Where clocks are set back the earlier of two equal local times counts, and it counts once; where they are set
    /// ahead, a time that does not exist fires at the first instant that does.
    pub fn next_after(&self, after: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let mut local = after.with_timezone(&zone).naive_local();
        loop {
            local = self.next_local(local)?;
            let instant = resolve(local, zone);
            if instant > after {
                return Some(instant);
            }
        }
    }

    /// The times of `day` at which the line fires, in local time.
    pub fn times_on(&self, day: NaiveDate) -> Vec<NaiveTime> {
        let midnight = day.and_time(NaiveTime::MIN);
        let mut times = Vec::new();
        let mut local = midnight - TimeDelta::seconds(1);
        while let Some(next) = self.next_local(local).filter(|next| next.date() == day) {
            times.push(next.time());
            local = next;
        }
        times
    }

    fn next_local(&self, after: NaiveDateTime) -> Option<NaiveDateTime> {
        let firsts = self.alternatives.iter().filter_map(|schedule| schedule.after(&after.and_utc()).next());
        let first = firsts.min()?.naive_utc();
        (first - after <= HORIZON).then_some(first)
    }
}

/// The instant that people mean by a local time: the earlier of two, and for one that does not exist the first after it.
pub fn resolve(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let mut local = local;
    loop {
        if let Some(instant) = zone.from_local_datetime(&local).earliest() {
            return instant.to_utc();
        }
        local += TimeDelta::minutes(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(line: &str, after: &str, zone: Tz) -> String {
        let cron: Cron = line.parse().unwrap();
        let after = DateTime::parse_from_rfc3339(after).unwrap().to_utc();
        let next = cron.next_after(after, zone).unwrap().with_timezone(&zone);
        next.format("%Y-%m-%d %a %H:%M").to_string()
    }

    #[test]
    fn lines_mean_what_people_mean() {
        let shanghai = chrono_tz::Asia::Shanghai;
        let cases = [
            ("0 9 * * *", "2019-06-28T01:00:00Z", "2019-06-29 Sat 09:00"),
            ("0 9 * * 1-5", "2019-06-28T01:00:00Z", "2019-07-01 Mon 09:00"),
            ("0 17 * * 5", "2019-06-28T01:00:00Z", "2019-06-28 Fri 17:00"),
            ("0 9 * * 0", "2019-06-28T01:00:00Z", "2019-06-30 Sun 09:00"),
            ("0 9 * * 7", "2019-06-28T01:00:00Z", "2019-06-30 Sun 09:00"),
            ("0 9 15 * mon", "2019-06-28T01:00:00Z", "2019-07-01 Mon 09:00"),
            ("0 9 29 2 *", "2019-06-28T01:00:00Z", "2020-02-29 Sat 09:00"),
            ("*/30 8-9 25 * *", "2019-06-25T00:40:00Z", "2019-06-25 Tue 09:00"),
        ];
        for (line, after, expected) in cases {
            assert_eq!(next(line, after, shanghai), expected, "{line}");
        }
    }

    #[test]
    fn clocks_that_are_set_ahead_or_back() {
        let berlin = chrono_tz::Europe::Berlin;
        // 02:30 does not exist on 31 March 2019, and comes twice on 27 October.
        assert_eq!(next("30 2 * * *", "2019-03-31T00:00:00Z", berlin), "2019-03-31 Sun 03:00");
        assert_eq!(next("30 2 * * *", "2019-10-27T00:00:00Z", berlin), "2019-10-27 Sun 02:30");
        assert_eq!(next("30 2 * * *", "2019-10-27T00:30:00Z", berlin), "2019-10-28 Mon 02:30");
    }

    #[test]
    fn lines_that_are_refused_say_why() {
        let refused = |line: &str| line.parse::<Cron>().unwrap_err().to_string();
        insta::assert_snapshot!(refused("0 9 * *"), @"定时“0 9 * *”应为五段：分 时 日 月 周，例如 0 9 * * 1-5");
        insta::assert_snapshot!(refused("0 25 * * *"), @"定时的“时”不能是“25”，应在 0–23 之间");
        insta::assert_snapshot!(refused("*/5 9 * * *"), @"定时“*/5 9 * * *”间隔不足15分钟，请改稀");
        insta::assert_snapshot!(refused("0 9 31 2 *"), @"定时“0 9 31 2 *”永远不会到来，请检查日和月");
    }
}
