//! When the schedule speaks, and for which days.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use crate::office::policy::Policy;
use crate::schedule::calendar::Calendar;
use crate::schedule::cron::{Cron, resolve};

/// A digest that goes out within this of its slot is no digest that was missed.
pub const PUNCTUAL: TimeDelta = TimeDelta::minutes(10);
/// The longest span between two slots that is looked over.
const LONGEST_SILENCE: TimeDelta = TimeDelta::days(45);

/// What goes out by the schedule; each part is served by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// 提醒, to units and coordinators.
    Digest,
    /// 周报, to the coordinators.
    Briefing,
}

impl Part {
    pub const ALL: [Part; 2] = [Part::Digest, Part::Briefing];

    pub fn key(self) -> &'static str {
        match self {
            Part::Digest => "digest",
            Part::Briefing => "briefing",
        }
    }
}

/// A moment at which a part of the schedule goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub at: DateTime<Utc>,
    /// The office's local date of `at`, a working day.
    pub day: NaiveDate,
}

/// The days whose steps one digest speaks for: after `after`, up to and including the slot's day. More than one where
/// days off or an outage lie between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub after: NaiveDate,
    pub slot: Slot,
}

impl Window {
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.after < day && day <= self.slot.day
    }
}

/// The slots after `after` up to and including `until`, one a working day. A digest's is at the first time of `digest`, or
/// at that of `progress_call` where only that falls on the day; a briefing's at that of `briefing`. The last two move to
/// the working day before.
pub fn slots(
    part: Part,
    policy: &Policy,
    calendar: &Calendar,
    after: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<Slot> {
    let local = |at: DateTime<Utc>| at.with_timezone(&policy.timezone).date_naive();
    let days = local(after).iter_days().take_while(|day| *day <= local(until));
    days.filter_map(|day| slot_on(part, policy, calendar, day))
        .filter(|slot| after < slot.at && slot.at <= until)
        .collect()
}

/// Up to where a part of the schedule has been served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Served {
    pub up_to: DateTime<Utc>,
    /// The last day whose steps were spoken for, whatever the times of the schedule have been since; `None` where it is
    /// that of the last slot.
    pub spoken_for: Option<NaiveDate>,
}

impl Served {
    fn spoken_for(self, policy: &Policy, calendar: &Calendar) -> NaiveDate {
        self.spoken_for.unwrap_or_else(|| said_day(policy, calendar, self.up_to))
    }

    /// The same once the times of the schedule change at `now`: what lies before that does not become due by it, but the
    /// days that nobody has spoken for wait for the next slot. `policy` and `calendar` are those that end.
    pub fn when_changed(self, part: Part, policy: &Policy, calendar: &Calendar, now: DateTime<Utc>) -> Served {
        // What has been missed by the old times is still made up for.
        let is_behind = !slots(part, policy, calendar, self.up_to, now).is_empty();
        let up_to = if is_behind { self.up_to } else { self.up_to.max(now) };
        Served { up_to, spoken_for: Some(self.spoken_for(policy, calendar)) }
    }
}

/// What the schedule should have said by now, and has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub window: Window,
    /// The slot of the schedule; the window's is when it is said.
    pub planned_for: DateTime<Utc>,
    /// Whether it is made up for (补发).
    pub late: bool,
    /// The last instant of today's sending hours: later it would come at night, and tomorrow it would no longer be true.
    pub until: DateTime<Utc>,
}

/// What is due at `now`, where the schedule was served up to `served`. Of several missed slots only the last counts:
/// a digest says what is true today. Nothing is due outside the sending hours, nor while a later slot comes today, nor for
/// a slot that is older than the policy's `catch_up`; what such a slot would have named comes with the next.
pub fn due(part: Part, policy: &Policy, calendar: &Calendar, served: Served, now: DateTime<Utc>) -> Option<Due> {
    // A slot further back could not be made up for, so there is no need to look for it.
    let from = served.up_to.max(now - policy.catch_up - TimeDelta::days(1));
    let slot = *slots(part, policy, calendar, from, now).last()?;
    let local = now.with_timezone(&policy.timezone);
    let today = local.date_naive();
    let may_speak = calendar.is_working_day(today) && policy.sending_hours.contain(local.time());
    let better_today = slot.day < today && slot_on(part, policy, calendar, today).is_some_and(|later| later.at > now);
    if now - slot.at > policy.catch_up || !may_speak || better_today {
        return None;
    }
    // What an older slot would have named is not made up for either.
    let forgotten = said_day(policy, calendar, now - policy.catch_up);
    let window =
        Window { after: served.spoken_for(policy, calendar).max(forgotten), slot: Slot { at: now, day: today } };
    let until = resolve(today.and_time(policy.sending_hours.to), policy.timezone) - TimeDelta::seconds(1);
    Some(Due { window, planned_for: slot.at, late: now - slot.at > PUNCTUAL, until })
}

/// The day of the last digest's slot up to `instant`; days after it have not been spoken for.
pub fn said_day(policy: &Policy, calendar: &Calendar, instant: DateTime<Utc>) -> NaiveDate {
    let last = slots(Part::Digest, policy, calendar, instant - LONGEST_SILENCE, instant).last().map(|slot| slot.day);
    last.unwrap_or_else(|| instant.with_timezone(&policy.timezone).date_naive() - Days::new(1))
}

fn slot_on(part: Part, policy: &Policy, calendar: &Calendar, day: NaiveDate) -> Option<Slot> {
    if !calendar.is_working_day(day) {
        return None;
    }
    let moved = |line: &Cron| line.times_on(named_by(line, calendar, day)?).first().copied();
    let time = match part {
        Part::Digest => {
            policy.digest.times_on(day).first().copied().or_else(|| policy.progress_calls().filter_map(moved).min())?
        }
        Part::Briefing => moved(&policy.briefing)?,
    };
    // A time outside the sending hours moves to their beginning, in the rehearsal as in the bot.
    let time = if policy.sending_hours.contain(time) { time } else { policy.sending_hours.from };
    Some(Slot { at: resolve(day.and_time(time), policy.timezone), day })
}

/// The day that the line names and that moves to the working day `day`.
pub fn named_by(line: &Cron, calendar: &Calendar, day: NaiveDate) -> Option<NaiveDate> {
    let following_days_off = day.iter_days().skip(1).take_while(|later| !calendar.is_working_day(*later));
    std::iter::once(day).chain(following_days_off).find(|named| !line.times_on(*named).is_empty())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::*;
    use crate::office::policy::Hours;

    #[test]
    fn a_time_that_the_clock_skips_is_no_day_without_reminders() {
        let policy = Policy {
            timezone: chrono_tz::Africa::Cairo,
            digest: "0 0 * * *".parse().unwrap(),
            sending_hours: Hours { from: NaiveTime::MIN, to: NaiveTime::from_hms_opt(23, 59, 0).unwrap() },
            ..Policy::default()
        };
        let (after, until) = ("2026-04-23T12:00:00Z".parse().unwrap(), "2026-04-24T12:00:00Z".parse().unwrap());
        // On Friday 24 April 2026 midnight is followed at once by one o'clock.
        let slots = slots(Part::Digest, &policy, &Calendar::china(), after, until);
        assert_eq!(slots.iter().map(|slot| slot.at.to_rfc3339()).collect::<Vec<_>>(), ["2026-04-23T22:00:00+00:00"]);
    }

    #[test]
    fn what_was_missed_is_made_up_for_once() {
        let (policy, calendar) = (Policy::default(), Calendar::china());
        let instant = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let served = |up_to: &str| Served { up_to: instant(up_to), spoken_for: None };
        let show = |said_up_to: &str, now: &str| {
            let Some(due) = due(Part::Digest, &policy, &calendar, served(said_up_to), instant(now)) else {
                return "-".to_owned();
            };
            let late = if due.late { " late" } else { "" };
            format!("{} for {}..{}{late}", due.planned_for.format("%m-%d"), due.window.after, due.window.slot.day)
        };
        let friday = "2019-06-21T09:00:00+08:00";
        let cases = [
            ("not yet", "2019-06-24T08:59:59+08:00", "-"),
            ("on time", "2019-06-24T09:00:10+08:00", "06-24 for 2019-06-21..2019-06-24"),
            ("in the afternoon", "2019-06-24T15:00:00+08:00", "06-24 for 2019-06-21..2019-06-24 late"),
            ("at night", "2019-06-24T22:00:00+08:00", "-"),
            ("next morning, before today's", "2019-06-25T08:30:00+08:00", "-"),
            ("next day, with today's", "2019-06-25T09:00:00+08:00", "06-25 for 2019-06-21..2019-06-25"),
            ("on a day off", "2019-06-29T12:00:00+08:00", "-"),
        ];
        for (name, now, expected) in cases {
            assert_eq!(show(friday, now), expected, "{name}");
        }
        let late = due(Part::Digest, &policy, &calendar, served(friday), instant("2019-06-24T19:59:00+08:00")).unwrap();
        assert_eq!(late.until, instant("2019-06-24T19:59:59+08:00"), "it is not sent at night");
        assert_eq!(show("2019-06-24T09:00:00+08:00", "2019-06-24T15:00:00+08:00"), "-", "already said");
        assert_eq!(show("2019-06-24T08:00:00+08:00", "2019-06-24T09:00:00+08:00"), "06-24 for 2019-06-21..2019-06-24");
    }

    #[test]
    fn other_times_do_not_make_the_past_due_and_lose_no_day() {
        let (old, calendar) = (Policy::default(), Calendar::china());
        let with = |digest: &str| Policy { digest: digest.parse().unwrap(), ..Policy::default() };
        let instant = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let show =
            |served: Served, new: &Policy, now: &str| match due(Part::Digest, new, &calendar, served, instant(now)) {
                Some(due) => format!("{}..{}", due.window.after.format("%m-%d"), due.window.slot.day.format("%m-%d")),
                None => "-".to_owned(),
            };
        let monday = Served { up_to: instant("2019-06-24T09:00:00+08:00"), spoken_for: None };
        // 09:00 was said; 08:00 is the new time from 10:00 on.
        let early = monday.when_changed(Part::Digest, &old, &calendar, instant("2019-06-24T10:00:00+08:00"));
        assert_eq!(show(early, &with("0 8 * * *"), "2019-06-24T10:01:00+08:00"), "-");
        assert_eq!(show(early, &with("0 8 * * *"), "2019-06-25T08:00:00+08:00"), "06-24..06-25");
        // Before 09:00 comes, 08:15 becomes the time: Tuesday has no digest, and Wednesday's speaks for it.
        let missed = monday.when_changed(Part::Digest, &old, &calendar, instant("2019-06-25T08:30:00+08:00"));
        assert_eq!(show(missed, &with("15 8 * * *"), "2019-06-25T08:31:00+08:00"), "-");
        assert_eq!(show(missed, &with("15 8 * * *"), "2019-06-26T08:15:00+08:00"), "06-24..06-26");
        // A week of daily digests is not said again by the first weekly one.
        let friday = Served { up_to: instant("2019-06-28T09:00:00+08:00"), spoken_for: None };
        let weekly = friday.when_changed(Part::Digest, &old, &calendar, instant("2019-06-28T10:00:00+08:00"));
        assert_eq!(show(weekly, &with("0 9 * * 1"), "2019-07-01T09:00:00+08:00"), "06-28..07-01");
        // What an outage has missed is still made up for.
        let behind = monday.when_changed(Part::Digest, &old, &calendar, instant("2019-06-25T10:00:00+08:00"));
        assert_eq!(show(behind, &with("0 8 * * *"), "2019-06-25T10:01:00+08:00"), "06-24..06-25");
    }
}
