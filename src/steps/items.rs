//! When a unit is reminded of its steps.

use chrono::NaiveDate;

use crate::office::duty::Duty;
use crate::office::policy::Policy;
use crate::reminding;
use crate::reminding::item::Item;
use crate::reminding::slot::Window;
use crate::schedule::calendar::Calendar;
use crate::steps::Step;

/// The days before (after: negative) its date on which a step is named, then every seven days: the small end of the
/// policy's ladder, because a unit planned its steps itself.
pub const LADDER: [i64; 3] = [3, 0, -3];

/// The steps of a duty that are named in a digest. A duty that asks for nothing has steps that ask for nothing.
pub fn items<'a>(
    duty: &'a Duty,
    window: Window,
    policy: &'a Policy,
    calendar: &'a Calendar,
) -> impl Iterator<Item = Item> + 'a {
    let day = window.slot.day;
    let asks = duty.status.is_open() && !reminding::item::reported_on(duty, day, policy);
    let open = duty.steps.iter().filter(move |step| asks && !step.done);
    open.filter(move |step| {
        reminding::item::ladder_days(step.due, day, &LADDER, calendar).any(|named| window.contains(named))
    })
    .map(move |step| item(duty, step, day))
}

/// A step as a line of the digest of `day`.
pub fn item(duty: &Duty, step: &Step, day: NaiveDate) -> Item {
    Item {
        task: duty.task.clone(),
        plan: duty.plan_name.clone(),
        role: duty.role,
        collective: duty.via.is_some(),
        reason: reminding::item::reason_for(step.due, day),
        milestone: None,
        step: Some(step.clone()),
        heard: duty.heard(),
        silent: Vec::new(),
        unreached: Vec::new(),
        missed: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use chrono::DateTime;

    use crate::office::duty::{Role, TaskRef, UnitRef, Waiting};
    use crate::office::ids::{ChatId, DutyId, MilestoneId, PlanId, StepId, TaskId, UnitId};
    use crate::office::milestone::{Milestone, MilestoneStatus};
    use crate::office::status::Status;
    use crate::reminding::rehearsal::rehearse;
    use crate::reminding::renewal::{Written, still_true};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn step(id: i64, text: &str, due: &str) -> Step {
        Step { id: StepId(id), text: text.into(), due: date(due), done: false, planned_in: (ChatId(1), 1) }
    }

    fn duty(steps: Vec<Step>) -> Duty {
        let milestone = Milestone {
            id: MilestoneId(1),
            text: "2019年6月底前".into(),
            due: date("2019-06-30"),
            first_due: date("2019-06-30"),
            extended: false,
            self_signed: false,
            scope: None,
            stands: MilestoneStatus::Open,
            done_at: None,
        };
        Duty {
            id: DutyId(1),
            plan: "方案".into(),
            plan_id: PlanId(1),
            section: None,
            task: TaskRef {
                id: TaskId(1), number: "5".into(), text: "建成审批系统。".into(), others: String::new()
            },
            unit: UnitRef { id: UnitId(1), name: "省公安厅".into() },
            role: Role::Lead,
            via: None,
            ended: false,
            status: Status::InProgress,
            percent: None,
            milestones: vec![milestone],
            last_report: None,
            unconfirmed: Vec::new(),
            done_at: None,
            self_signed: false,
            namesake: None,
            plan_name: None,
            put_off: None,
            problems: Vec::new(),
            practices: Vec::new(),
            waiting: Waiting::default(),
            suspension: None,
            plan_since: DateTime::UNIX_EPOCH,
            escalated: Vec::new(),
            recurring: Vec::new(),
            reach: crate::office::reach::Reach::Reached,
            steps,
        }
    }

    /// What is said of steps, and of everything else, as `day reason days_left` lines.
    fn said(duty: &Duty, from: &str, to: &str) -> (String, String) {
        let (policy, calendar) = (Policy::default(), Calendar::china());
        let planned = rehearse(std::slice::from_ref(duty), &[], (date(from), date(to)), &policy, &calendar, |_| true);
        let items = planned.iter().filter(|message| message.unit == "省公安厅").flat_map(|message| {
            message.items.iter().map(|item| {
                let days = item.days_left.map(|days| format!(" {days}")).unwrap_or_default();
                let step = item.step.clone().map(|step| format!(" {step}")).unwrap_or_default();
                (item.step.is_some(), format!("{} {}{days}{step}", &message.at[5..10], item.reason.key()))
            })
        });
        let (of_steps, others): (Vec<_>, Vec<_>) = items.partition(|(of_step, _)| *of_step);
        let lines = |items: Vec<(bool, String)>| items.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n");
        (lines(of_steps), lines(others))
    }

    #[test]
    fn a_step_is_named_sparingly_and_beside_the_milestones() {
        let split = duty(vec![step(1, "完成系统联调", "2019-06-22"), step(2, "上线", "2019-06-30")]);
        let (of_steps, others) = said(&split, "2019-05-27", "2019-07-20");
        insta::assert_snapshot!(of_steps, @"
        06-19 step 3 完成系统联调
        06-21 step 1 完成系统联调
        06-25 step -3 完成系统联调
        06-27 step 3 上线
        06-28 step 2 上线
        07-02 step -10 完成系统联调
        07-03 step -3 上线
        07-09 step -17 完成系统联调
        07-10 step -10 上线
        07-16 step -24 完成系统联调
        07-17 step -17 上线
        ");
        assert_eq!(
            others,
            said(&duty(Vec::new()), "2019-05-27", "2019-07-20").1,
            "milestones are named as without steps"
        );
    }

    #[test]
    fn who_has_nothing_to_do_hears_of_no_step() {
        for status in [Status::ClaimedDone, Status::Done, Status::Suspended] {
            let silent = Duty { status, ..duty(vec![step(1, "完成系统联调", "2019-06-20")]) };
            assert_eq!(said(&silent, "2019-05-27", "2019-07-20").0, "", "{status:?}");
        }
        let ticked = Step { done: true, ..step(1, "完成系统联调", "2019-06-20") };
        assert_eq!(said(&duty(vec![ticked]), "2019-05-27", "2019-07-20").0, "");
    }

    #[test]
    fn a_waiting_digest_says_no_step_that_was_ticked_off() {
        let written = [1, 2].map(|id| Written {
            task: TaskId(1),
            milestone: None,
            step: Some(StepId(id)),
            escalation: false,
            assigned: false,
            later: false,
        });
        let now =
            duty(vec![Step { done: true, ..step(1, "完成系统联调", "2019-06-20") }, step(2, "上线", "2019-06-20")]);
        let left = still_true(&written, Some(UnitId(1)), &[now], date("2019-06-20"), &Policy::default());
        assert_eq!(left.iter().map(|item| item.step.as_ref().unwrap().text.as_str()).collect::<Vec<_>>(), ["上线"]);
    }
}
