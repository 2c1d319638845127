//! What the schedule has to say on a day, and why. The same function serves the bot and its rehearsal.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::duty::{Duty, Milestone, Role, TaskRef, UnitRef};
use super::policy::Policy;
use super::steps::{self, Step};
use crate::schedule::calendar::Calendar;
use crate::schedule::cron::{Cron, resolve};

/// After the ladder's last step an overdue milestone is named again after so many days.
const REPEAT_EVERY_DAYS: i64 = 7;
/// A digest that goes out within this of its slot is no digest that was missed.
pub const PUNCTUAL: TimeDelta = TimeDelta::minutes(10);
/// The longest span between two slots that is looked over.
const LONGEST_SILENCE: TimeDelta = TimeDelta::days(45);
/// No run of days off moves a step further than this.
const LONGEST_SHIFT: TimeDelta = TimeDelta::days(31);
/// Duties with a milestone this near are not asked for progress.
const NEAR_MILESTONE_DAYS: u64 = 31;

/// Why a task is named in a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Overdue,
    DueToday,
    DueSoon,
    Escalation,
    ProgressCall,
}

impl Reason {
    pub fn key(self) -> &'static str {
        match self {
            Reason::Overdue => "overdue",
            Reason::DueToday => "due_today",
            Reason::DueSoon => "due_soon",
            Reason::Escalation => "escalation",
            Reason::ProgressCall => "progress_call",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Reason::Overdue => "逾期",
            Reason::DueToday => "今日到期",
            Reason::DueSoon => "临近到期",
            Reason::Escalation => "逾期后未反馈",
            Reason::ProgressCall => "收集进展",
        }
    }
}

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

/// One line of a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub task: TaskRef,
    pub role: Role,
    pub collective: bool,
    pub reason: Reason,
    pub milestone: Option<Milestone>,
    /// The unit's own step that it is about; it has no milestone then.
    pub step: Option<Step>,
    /// Whose silence this is about; only for [`Reason::Escalation`].
    pub silent: Vec<String>,
}

impl Item {
    /// The date of the milestone or the step.
    pub fn due(&self) -> Option<NaiveDate> {
        let of_step = || self.step.as_ref().map(|step| step.due);
        self.milestone.as_ref().map(|milestone| milestone.due).or_else(of_step)
    }

    /// Calendar days from `day` to the due date, negative after it.
    pub fn days_left(&self, day: NaiveDate) -> Option<i64> {
        self.due().map(|due| (due - day).num_days())
    }
}

/// To whom a digest goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    Unit(UnitRef),
    Coordinators,
}

/// 催办: all that one chat is told on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    pub to: Recipient,
    pub items: Vec<Item>,
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

/// What is due at `now`, where the schedule was served up to `said_up_to`. Of several missed slots only the last counts:
/// a digest says what is true today. Nothing is due outside the sending hours, nor while a later slot comes today, nor for
/// a slot that is older than the policy's `catch_up`; what such a slot would have named comes with the next.
pub fn due(
    part: Part,
    policy: &Policy,
    calendar: &Calendar,
    said_up_to: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<Due> {
    // A slot further back could not be made up for, so there is no need to look for it.
    let from = said_up_to.max(now - policy.catch_up - TimeDelta::days(1));
    let slot = *slots(part, policy, calendar, from, now).last()?;
    let local = now.with_timezone(&policy.timezone);
    let today = local.date_naive();
    let may_speak = calendar.is_working_day(today) && policy.sending_hours.contain(local.time());
    let better_today = slot.day < today && slot_on(part, policy, calendar, today).is_some_and(|later| later.at > now);
    if now - slot.at > policy.catch_up || !may_speak || better_today {
        return None;
    }
    // What an older slot would have named is not made up for either.
    let spoken_for = said_up_to.max(now - policy.catch_up);
    let window = Window { after: said_day(policy, calendar, spoken_for), slot: Slot { at: now, day: today } };
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
        Part::Digest => policy.digest.times_on(day).first().copied().or_else(|| moved(&policy.progress_call))?,
        Part::Briefing => moved(&policy.briefing)?,
    };
    // A time outside the sending hours moves to their beginning, in the rehearsal as in the bot.
    let time = if policy.sending_hours.contain(time) { time } else { policy.sending_hours.from };
    Some(Slot { at: resolve(day.and_time(time), policy.timezone), day })
}

/// The day that the line names and that moves to the working day `day`.
fn named_by(line: &Cron, calendar: &Calendar, day: NaiveDate) -> Option<NaiveDate> {
    let following_days_off = day.iter_days().skip(1).take_while(|later| !calendar.is_working_day(*later));
    std::iter::once(day).chain(following_days_off).find(|named| !line.times_on(*named).is_empty())
}

/// Everything that is to be said for one slot, leading duties first. Who has nothing to hear is left out.
pub fn digests(duties: &[Duty], window: Window, policy: &Policy, calendar: &Calendar) -> Vec<Digest> {
    let asked = asked_for_progress(window, policy, calendar);
    let mut by_recipient: BTreeMap<Recipient, Vec<Item>> = BTreeMap::new();
    for duty in duties.iter() {
        let of_steps = steps::items(duty, window, policy, calendar);
        for item in items_for(duty, window, asked, policy, calendar).into_iter().chain(of_steps) {
            by_recipient.entry(Recipient::Unit(duty.unit.clone())).or_default().push(item);
        }
    }
    for (recipient, item) in escalations(duties, window, policy, calendar) {
        by_recipient.entry(recipient).or_default().push(item);
    }
    by_recipient
        .into_iter()
        .map(|(to, mut items)| {
            items.sort_by_key(rank);
            Digest { to, items }
        })
        .collect()
}

/// Leading duties first, then the unit's own, then those it shares with a whole collective; questions come last.
fn rank(item: &Item) -> (bool, bool, Role, bool, Option<NaiveDate>) {
    (item.reason == Reason::ProgressCall, item.reason == Reason::Escalation, item.role, item.collective, item.due())
}

fn asked_for_progress(window: Window, policy: &Policy, calendar: &Calendar) -> bool {
    let days = window.after.iter_days().skip(1).take_while(|day| *day <= window.slot.day);
    let mut working_days = days.filter(|day| calendar.is_working_day(*day));
    working_days.any(|day| named_by(&policy.progress_call, calendar, day).is_some())
}

fn items_for(duty: &Duty, window: Window, asked: bool, policy: &Policy, calendar: &Calendar) -> Vec<Item> {
    let day = window.slot.day;
    if !duty.status.is_open() || reported_on(duty, day, policy) {
        return Vec::new();
    }
    let item = |reason, milestone: Option<&Milestone>| Item {
        task: duty.task.clone(),
        role: duty.role,
        collective: duty.via.is_some(),
        reason,
        milestone: milestone.cloned(),
        step: None,
        silent: Vec::new(),
    };
    let is_named = |milestone: &&Milestone| {
        ladder_days(milestone.due, day, &policy.ladder, calendar).any(|step| window.contains(step))
    };
    let named: Vec<Item> = duty
        .milestones
        .iter()
        .filter(is_named)
        .map(|milestone| item(reason_for(milestone.due, day), Some(milestone)))
        .collect();
    let horizon = day + Days::new(NEAR_MILESTONE_DAYS);
    let near = duty.milestones.iter().any(|milestone| (day..=horizon).contains(&milestone.due));
    if named.is_empty() && asked && !near {
        return vec![item(Reason::ProgressCall, None)];
    }
    named
}

pub(super) fn reason_for(due: NaiveDate, day: NaiveDate) -> Reason {
    match due.cmp(&day) {
        Ordering::Less => Reason::Overdue,
        Ordering::Equal => Reason::DueToday,
        Ordering::Greater => Reason::DueSoon,
    }
}

pub(super) fn reported_on(duty: &Duty, day: NaiveDate, policy: &Policy) -> bool {
    let local = |at: DateTime<Utc>| at.with_timezone(&policy.timezone).date_naive();
    duty.last_report.as_ref().is_some_and(|report| local(report.at) == day)
}

/// The working days up to `until` on which a milestone is named: the ladder's steps, then every seven days.
pub(super) fn ladder_days(
    due: NaiveDate,
    until: NaiveDate,
    ladder: &[i64],
    calendar: &Calendar,
) -> impl Iterator<Item = NaiveDate> {
    let last = ladder.last().copied().unwrap_or_default();
    let repeats = (1..).map(move |times| last - times * REPEAT_EVERY_DAYS);
    let steps = ladder.iter().copied().chain(repeats);
    steps
        .map(move |step| (step, due - TimeDelta::days(step)))
        .take_while(move |(_, nominal)| *nominal <= until + LONGEST_SHIFT)
        .map(|(step, nominal)| match step {
            0.. => calendar.working_day_on_or_before(nominal),
            _ => calendar.working_day_on_or_after(nominal),
        })
}

/// Who has been overdue and silent for as long as the office allows: told once to the lead units and the coordinators.
fn escalations(duties: &[Duty], window: Window, policy: &Policy, calendar: &Calendar) -> Vec<(Recipient, Item)> {
    let mut silent: BTreeMap<(i64, NaiveDate), Vec<&Duty>> = BTreeMap::new();
    for duty in duties.iter().filter(|duty| duty.status.is_open()) {
        for milestone in &duty.milestones {
            if is_escalated(duty, milestone, window, policy, calendar) {
                silent.entry((duty.task.id.0, milestone.due)).or_default().push(duty);
            }
        }
    }
    let mut told = Vec::new();
    for ((_, due), silent) in silent {
        let Some(first) = silent.first() else { continue };
        let milestone = first.milestones.iter().find(|milestone| milestone.due == due);
        let item = |silent: Vec<String>| Item {
            task: first.task.clone(),
            role: Role::Lead,
            collective: false,
            reason: Reason::Escalation,
            milestone: milestone.cloned(),
            step: None,
            silent,
        };
        told.push((Recipient::Coordinators, item(silent.iter().map(|duty| duty.unit.name.clone()).collect())));
        let leads: BTreeSet<&UnitRef> = duties
            .iter()
            .filter(|duty| duty.task.id == first.task.id && duty.role == Role::Lead)
            .map(|duty| &duty.unit)
            .collect();
        for lead in leads {
            let others: Vec<_> =
                silent.iter().filter(|duty| duty.unit != *lead).map(|duty| duty.unit.name.clone()).collect();
            if !others.is_empty() {
                told.push((Recipient::Unit(lead.clone()), item(others)));
            }
        }
    }
    told
}

fn is_escalated(duty: &Duty, milestone: &Milestone, window: Window, policy: &Policy, calendar: &Calendar) -> bool {
    let overdue_days = |day| calendar.working_days_after(milestone.due, day);
    // Long past milestones are settled without counting day by day.
    let recent = window.slot.day - milestone.due <= TimeDelta::days(60 + 7 * i64::from(policy.escalate_after));
    was_silent_after(duty, milestone.due, policy)
        && milestone.due < window.slot.day
        && recent
        && overdue_days(window.slot.day) >= policy.escalate_after
        && overdue_days(window.after) < policy.escalate_after
}

/// Whether nothing was heard of a duty after a due date.
pub(super) fn was_silent_after(duty: &Duty, due: NaiveDate, policy: &Policy) -> bool {
    let local = |at: DateTime<Utc>| at.with_timezone(&policy.timezone).date_naive();
    duty.last_report.as_ref().is_none_or(|report| local(report.at) <= due)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::super::duty::{DutyId, LastReport, MilestoneId, Status, TaskId, UnitId};
    use super::super::policy::Hours;
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn duty(due: &[&str]) -> Duty {
        Duty {
            id: DutyId(1),
            plan: "方案".into(),
            section: None,
            task: TaskRef { id: TaskId(1), number: "5".into(), text: "建成审批系统。".into() },
            unit: UnitRef { id: UnitId(1), name: "省住房城乡建设厅".into() },
            role: Role::Lead,
            via: None,
            ended: false,
            status: Status::NotStarted,
            percent: None,
            milestones: due
                .iter()
                .map(|due| Milestone { id: MilestoneId(1), text: "时限".into(), due: date(due), scope: None })
                .collect(),
            last_report: None,
            done_at: None,
            wish: None,
            problems: Vec::new(),
            practices: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// Every day between the two on which something is said, as `date reason days_left` lines.
    fn said(duties: &[Duty], from: &str, to: &str) -> String {
        let (policy, calendar) = (Policy::default(), Calendar::china());
        let midnight = |day: NaiveDate| day.and_hms_opt(0, 0, 0).unwrap().and_utc() - TimeDelta::hours(8);
        let mut after = calendar.working_day_on_or_before(date(from) - Days::new(1));
        let mut lines = Vec::new();
        for slot in slots(Part::Digest, &policy, &calendar, midnight(date(from)), midnight(date(to) + Days::new(1))) {
            for digest in digests(duties, Window { after, slot }, &policy, &calendar) {
                for item in &digest.items {
                    let to = matches!(digest.to, Recipient::Coordinators).then_some(" 督办员").unwrap_or_default();
                    let days = item.days_left(slot.day).map(|days| format!(" {days}")).unwrap_or_default();
                    lines.push(format!("{} {}{days}{to}", slot.day.format("%m-%d"), item.reason.key()));
                }
            }
            after = slot.day;
        }
        lines.join("\n")
    }

    #[test]
    fn a_due_date_on_a_sunday() {
        insta::assert_snapshot!(said(&[duty(&["2019-06-30"])], "2019-05-27", "2019-07-24"), @"
        05-31 due_soon 30
        06-14 due_soon 16
        06-21 due_soon 9
        06-27 due_soon 3
        06-28 due_soon 2
        07-01 overdue -1
        07-03 overdue -3
        07-03 escalation -3 督办员
        07-08 overdue -8
        07-15 overdue -15
        07-22 overdue -22
        ");
    }

    #[test]
    fn no_near_milestone_is_asked_about_once_a_month() {
        insta::assert_snapshot!(said(&[duty(&[])], "2019-05-01", "2019-08-31"), @"
        05-24 progress_call
        06-25 progress_call
        07-25 progress_call
        08-23 progress_call
        ");
    }

    #[test]
    fn who_reported_today_or_is_done_is_left_alone() {
        let mut reported = duty(&["2019-06-30"]);
        reported.last_report = Some(LastReport { at: "2019-06-27T00:30:00Z".parse().unwrap(), text: String::new() });
        insta::assert_snapshot!(said(&[reported], "2019-06-27", "2019-06-28"), @"06-28 due_soon 2");
        let mut done = duty(&["2019-06-30"]);
        done.status = Status::Done;
        assert_eq!(said(&[done], "2019-05-27", "2019-07-24"), "");
    }

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
        let show = |said_up_to: &str, now: &str| {
            let Some(due) = due(Part::Digest, &policy, &calendar, instant(said_up_to), instant(now)) else {
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
        let late =
            due(Part::Digest, &policy, &calendar, instant(friday), instant("2019-06-24T19:59:00+08:00")).unwrap();
        assert_eq!(late.until, instant("2019-06-24T19:59:59+08:00"), "it is not sent at night");
        assert_eq!(show("2019-06-24T09:00:00+08:00", "2019-06-24T15:00:00+08:00"), "-", "already said");
        assert_eq!(show("2019-06-24T08:00:00+08:00", "2019-06-24T09:00:00+08:00"), "06-24 for 2019-06-21..2019-06-24");
    }
}
