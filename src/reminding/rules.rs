//! What the schedule has to say on a day, and why. The same function serves the bot and its rehearsal.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::inspections::{Inspection, calls};
use crate::office::duty::{Duty, Role};
use crate::office::milestone::Milestone;
use crate::office::policy::Policy;
use crate::reminding::digest::Digest;
use crate::reminding::escalation::{ends_patience, escalations};
use crate::reminding::item::{Item, Reason, Recipient};
use crate::reminding::progress_call::Asked;
use crate::reminding::slot::Window;
use crate::reminding::{item, recurring};
use crate::schedule::calendar::Calendar;
use crate::{later, reporting, steps};

/// Duties with a milestone this near are not asked for progress.
const NEAR_MILESTONE_DAYS: u64 = 31;

/// Everything that is to be said for one slot, leading duties first. Who has nothing to hear is left out.
/// Of `inspections` those are open, or have ended by themselves for this slot.
pub fn digests(
    duties: &[Duty],
    inspections: &[Inspection],
    window: Window,
    policy: &Policy,
    calendar: &Calendar,
) -> Vec<Digest> {
    let asked = Asked::within(window, policy, calendar);
    let mut by_recipient: BTreeMap<Recipient, Digest> = BTreeMap::new();
    for duty in duties.iter() {
        let of_steps = steps::items::items(duty, window, policy, calendar);
        let items = items_for(duty, window, asked.asks(duty), policy, calendar).into_iter();
        for item in items.chain(of_steps) {
            of(&mut by_recipient, Recipient::Unit(duty.unit.clone())).items.push(item);
        }
    }
    for (recipient, item) in escalations(duties, window, policy, calendar) {
        of(&mut by_recipient, recipient).items.push(item);
    }
    for (unit, call) in calls(inspections, window, policy, calendar) {
        of(&mut by_recipient, Recipient::Unit(unit.clone())).calls.push(call);
    }
    for ended in inspections.iter().filter(|one| one.closed_on == Some(window.slot.day)) {
        of(&mut by_recipient, Recipient::Coordinators).ended.push(ended.clone());
    }
    let mut digests: Vec<Digest> = by_recipient.into_values().collect();
    let unconfirmed: Vec<&Duty> = duties.iter().filter(|duty| !duty.unconfirmed.is_empty()).collect();
    for digest in &mut digests {
        digest.items.sort_by_key(rank);
        digest.calls.sort_by_key(|call| (call.due, call.number));
        if let Recipient::Unit(unit) = &digest.to {
            let own = reporting::unconfirmed::of(unconfirmed.iter().copied().filter(|duty| duty.unit == *unit));
            let unnamed = own.into_iter().map(|(words, _)| words).filter(|words| !words.named);
            digest.unconfirmed = unnamed.cloned().collect();
        }
    }
    digests
}

/// Whether the date of a task, of which nothing else is known, may be named in a window. Where somebody is asked for
/// progress, any task may be.
pub fn may_be_named(
    due: NaiveDate,
    plan_since: DateTime<Utc>,
    window: Window,
    policy: &Policy,
    calendar: &Calendar,
) -> bool {
    item::ladder_days(due, window.slot.day, &policy.ladder, calendar).any(|step| window.contains(step))
        || ends_patience(due, plan_since, window, policy, calendar)
}

fn of(digests: &mut BTreeMap<Recipient, Digest>, to: Recipient) -> &mut Digest {
    digests.entry(to.clone()).or_insert_with(|| Digest::to(to))
}

/// Leading duties first, then the unit's own, then those it shares with a whole collective; questions come last.
fn rank(item: &Item) -> (bool, bool, Role, bool, Option<NaiveDate>) {
    (item.reason == Reason::ProgressCall, item.reason == Reason::Escalation, item.role, item.collective, item.due())
}

fn items_for(duty: &Duty, window: Window, asked: bool, policy: &Policy, calendar: &Calendar) -> Vec<Item> {
    let day = window.slot.day;
    if !duty.status.is_open() || item::reported_on(duty, day, policy) {
        return Vec::new();
    }
    let item = |reason, milestone: Option<&Milestone>| Item {
        task: duty.task.clone(),
        plan: duty.plan_name.clone(),
        role: duty.role,
        collective: duty.via.is_some(),
        reason,
        milestone: milestone.cloned(),
        step: None,
        heard: duty.heard(),
        silent: Vec::new(),
        unreached: Vec::new(),
        missed: 0,
    };
    let is_named = |milestone: &&Milestone| {
        item::ladder_days(milestone.due, day, &policy.ladder, calendar).any(|step| window.contains(step))
    };
    let named: Vec<Item> = duty
        .open_milestones()
        .filter(is_named)
        .map(|milestone| item(item::reason_for(milestone.due, day), Some(milestone)))
        .collect();
    let horizon = day + Days::new(NEAR_MILESTONE_DAYS);
    let near = duty.open_milestones().any(|milestone| (day..=horizon).contains(&milestone.due))
        || recurring::is_due_within(duty, day, horizon, policy);
    let named: Vec<Item> = named.into_iter().chain(recurring::items(duty, window, policy, calendar)).collect();
    if named.is_empty() && asked && !near {
        return vec![item(Reason::ProgressCall, None)];
    }
    if named.is_empty() && later::rules::is_named(duty, window, policy, calendar) {
        return vec![item(Reason::Later, duty.open_milestones().next())];
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    use crate::office::duty::{LastReport, TaskRef, UnitRef, Waiting};
    use crate::office::ids::{DutyId, MilestoneId, PlanId, TaskId, UnitId};
    use crate::office::milestone::MilestoneStatus;
    use crate::office::reach::Reach;
    use crate::office::status::Status;
    use crate::reminding::item::Recipient;
    use crate::reminding::slot::{Part, slots};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn duty(due: &[&str]) -> Duty {
        Duty {
            id: DutyId(1),
            plan: "方案".into(),
            plan_id: PlanId(1),
            section: None,
            task: TaskRef {
                id: TaskId(1), number: "5".into(), text: "建成审批系统。".into(), others: String::new()
            },
            unit: UnitRef { id: UnitId(1), name: "省住房城乡建设厅".into() },
            role: Role::Lead,
            via: None,
            ended: false,
            status: Status::NotStarted,
            percent: None,
            milestones: due
                .iter()
                .map(|due| Milestone {
                    id: MilestoneId(1),
                    text: "时限".into(),
                    due: date(due),
                    first_due: date(due),
                    extended: false,
                    self_signed: false,
                    scope: None,
                    stands: MilestoneStatus::Open,
                    done_at: None,
                })
                .collect(),
            last_report: None,
            unconfirmed: Vec::new(),
            done_at: None,
            self_signed: false,
            namesake: None,
            plan_name: None,
            put_off: None,
            problems: Vec::new(),
            practices: Vec::new(),
            steps: Vec::new(),
            waiting: Waiting::default(),
            suspension: None,
            plan_since: DateTime::UNIX_EPOCH,
            escalated: Vec::new(),
            recurring: Vec::new(),
            reach: Reach::Reached,
        }
    }

    /// Every day between the two on which something is said, as `date reason days_left` lines.
    fn said(duties: &[Duty], from: &str, to: &str) -> String {
        let (policy, calendar) = (Policy::default(), Calendar::china());
        let midnight = |day: NaiveDate| day.and_hms_opt(0, 0, 0).unwrap().and_utc() - TimeDelta::hours(8);
        let mut after = calendar.working_day_on_or_before(date(from) - Days::new(1));
        let mut lines = Vec::new();
        for slot in slots(Part::Digest, &policy, &calendar, midnight(date(from)), midnight(date(to) + Days::new(1))) {
            for digest in digests(duties, &[], Window { after, slot }, &policy, &calendar) {
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
        07-03 escalation -3
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
        reported.last_report =
            Some(LastReport { at: "2019-06-27T00:30:00Z".parse().unwrap(), text: String::new(), edited: false });
        insta::assert_snapshot!(said(&[reported], "2019-06-27", "2019-06-28"), @"06-28 due_soon 2");
        let mut done = duty(&["2019-06-30"]);
        done.status = Status::Done;
        assert_eq!(said(&[done], "2019-05-27", "2019-07-24"), "");
        let mut claimed = duty(&["2019-06-30", "2019-09-30"]);
        claimed.milestones[0].stands = MilestoneStatus::ClaimedDone;
        insta::assert_snapshot!(said(&[claimed], "2019-06-10", "2019-09-01"), @"
        06-25 progress_call
        07-25 progress_call
        08-23 progress_call
        08-30 due_soon 31
        ");
    }
}
