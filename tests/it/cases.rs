//! Tables that a clerk can check: what is due when, what happens meanwhile, and on which days the unit hears of it.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use duban::office::duty::{Duty, LastReport, Role, TaskRef, UnitRef, Waiting};
use duban::office::ids::{DutyId, MilestoneId, PlanId, TaskId, UnitId};
use duban::office::milestone::{Milestone, MilestoneStatus};
use duban::office::policy::Policy;
use duban::office::status::Status;
use duban::reminding::item::{Reason, Recipient};
use duban::reminding::rules::digests;
use duban::reminding::slot::{Part, Window, said_day, slots};
use duban::schedule::calendar::Calendar;

/// One case a line: what it shows ｜ due dates ｜ settings that differ from the defaults ｜ what happens meanwhile (in the
/// afternoon of the day) ｜ from..to ｜ the days on which something is said, and what (“30” is 30 days before, “今” today,
/// “+3” 3 days after, “问” asks for progress, “告” tells the coordinators).
const CASES: &str = "
到期日是周日，前移到周五        ｜2019-06-30｜｜｜2019-05-27..2019-07-24｜05-31(30) 06-14(16) 06-21(9) 06-27(3) 06-28(2) 07-01(+1) 07-03(+3、告) 07-08(+8) 07-15(+15) 07-22(+22)
月底到期，二月                  ｜2019-02-28｜｜｜2019-01-25..2019-03-20｜01-25(问) 01-29(30) 02-14(14) 02-21(7) 02-25(3) 02-27(1) 02-28(今) 03-01(+1) 03-04(+4) 03-05(告) 03-07(+7) 03-14(+14)
闰年二月底，到期日是周六        ｜2020-02-29｜｜｜2020-01-20..2020-03-20｜01-23(37) 02-14(15) 02-21(8) 02-26(3) 02-28(1) 03-02(+2) 03-03(+3) 03-04(告) 03-09(+9) 03-16(+16)
年底到期，跨元旦                ｜2019-12-31｜｜｜2019-11-28..2020-01-20｜11-29(32) 12-17(14) 12-24(7) 12-27(4) 12-30(1) 12-31(今) 01-02(+2) 01-03(+3) 01-06(告) 01-07(+7) 01-14(+14)
国庆假期中到期，节前补班        ｜2019-10-05｜｜｜2019-09-01..2019-10-25｜09-05(30) 09-20(15) 09-27(8) 09-30(5) 10-08(+3) 10-10(告) 10-12(+7) 10-21(+16) 10-25(问)
国庆当天到期                    ｜2019-10-01｜｜｜2019-09-23..2019-10-20｜09-24(7) 09-27(4) 09-30(1) 10-08(+7) 10-10(告) 10-15(+14)
节后第一个工作日到期            ｜2019-10-08｜｜｜2019-09-30..2019-10-20｜09-30(8) 10-08(今) 10-09(+1) 10-11(+3、告) 10-15(+7)
调休上班的周六到期              ｜2019-10-12｜｜｜2019-10-08..2019-10-20｜10-09(3) 10-11(1) 10-12(今) 10-14(+2) 10-15(+3) 10-16(告)
春节假期中到期，前后周末补班    ｜2019-02-06｜｜｜2019-01-04..2019-02-28｜01-07(30) 01-23(14) 01-30(7) 02-03(3) 02-11(+5) 02-13(+7、告) 02-20(+14) 02-25(问) 02-27(+21)
春节延长假期（2020年）          ｜2020-01-31｜｜｜2020-01-14..2020-02-14｜01-17(14) 01-23(8) 02-03(+3) 02-05(告) 02-07(+7) 02-14(+14)
没有节假日安排的年份只看周末    ｜2031-10-01｜｜｜2031-09-22..2031-10-12｜09-24(7) 09-26(5) 09-30(1) 10-01(今) 10-02(+1) 10-06(+5、告) 10-08(+7)
没有时限，每月25日问进展        ｜｜｜｜2019-05-01..2019-09-30｜05-24(问) 06-25(问) 07-25(问) 08-23(问) 09-25(问)
时限在31天以外才问进展          ｜2019-07-27｜｜｜2019-05-20..2019-06-30｜05-24(问) 06-25(问) 06-27(30)
时限在第31天，不问进展          ｜2019-07-26｜｜｜2019-05-20..2019-06-30｜05-24(问) 06-26(30)
到期前批准延期                  ｜2019-06-30｜｜06-26 延至2019-08-31｜2019-06-24..2019-09-06｜07-25(问) 08-01(30) 08-16(15) 08-23(8) 08-28(3) 08-30(1) 09-02(+2) 09-03(+3) 09-04(告)
到期后批准延期                  ｜2019-06-30｜｜07-04 延至2019-07-31｜2019-07-01..2019-08-10｜07-01(+1) 07-03(+3、告) 07-17(14) 07-24(7) 07-26(5) 07-30(1) 07-31(今) 08-01(+1) 08-05(+5、告) 08-07(+7)
导入时已过了提醒日，不补        ｜2019-06-30｜｜06-20 导入｜2019-06-14..2019-07-05｜06-21(9) 06-27(3) 06-28(2) 07-01(+1) 07-03(+3、告)
导入时已逾期，首次提醒时告知    ｜2019-06-30｜｜07-10 导入｜2019-07-01..2019-07-26｜07-11(告) 07-15(+15) 07-22(+22) 07-25(问)
几个时限并入一条                ｜2019-06-28,2019-06-29,2019-07-05｜｜｜2019-06-24..2019-07-12｜06-25(3) 06-26(3) 06-27(1) 06-28(今、1、7) 07-01(+3、+2) 07-02(+3、3) 07-03(告、告) 07-04(1) 07-05(+7、今) 07-08(+9、+3) 07-10(告) 07-12(+14、+7)
当天反馈，当天不再提            ｜2019-06-30｜｜06-27 早 反馈｜2019-06-24..2019-07-05｜06-28(2) 07-01(+1) 07-03(+3、告)
到期后反馈过，不再告知          ｜2019-06-30｜｜07-02 反馈｜2019-06-28..2019-07-10｜06-28(2) 07-01(+1) 07-03(+3) 07-08(+8)
办结之后不再提                  ｜2019-06-30｜｜06-28 办结｜2019-06-24..2019-07-24｜06-27(3) 06-28(2)
中止之后不再提                  ｜2019-06-30｜｜06-27 中止｜2019-06-24..2019-07-24｜06-27(3)
提醒日改为到期前7天和当天       ｜2019-06-30｜ladder=7,0｜｜2019-06-17..2019-07-20｜06-21(9) 06-28(2) 07-03(告) 07-08(+8) 07-15(+15)
逾期一个工作日即告知            ｜2019-06-30｜escalate_after=1｜｜2019-06-28..2019-07-05｜06-28(2) 07-01(+1、告) 07-03(+3)
一逾期即告知                    ｜2019-06-28｜escalate_after=0｜｜2019-06-28..2019-07-03｜06-28(今) 07-01(+3、告)
每周一提醒一次                  ｜2019-06-30｜digest=0 9 * * 1｜｜2019-06-10..2019-07-20｜06-17(13) 06-24(6) 07-01(+1) 07-08(+8、告) 07-15(+15)
周五周六休息的单位              ｜2019-06-30｜weekend=5,6｜｜2019-06-24..2019-07-08｜06-27(3) 06-30(今) 07-01(+1) 07-03(+3、告) 07-07(+7)
本单位每月10日问进展，周六前移  ｜｜progress_call@unit:省公安厅=0 9 10 * *｜｜2019-07-01..2019-10-31｜07-10(问) 08-09(问) 09-10(问) 10-10(问)
本单位的安排先于本方案的        ｜｜progress_call@unit:省公安厅=0 9 5 * *;progress_call@plan:1=0 9 20 * *｜｜2019-09-01..2019-10-31｜09-05(问) 09-30(问)
本方案每季度问一次进展          ｜｜progress_call@plan:1=0 9 15 1,4,7,10 *｜｜2019-06-01..2019-11-30｜07-15(问) 10-15(问)
别的单位的安排不影响本单位      ｜｜progress_call@unit:省财政厅=0 9 10 * *｜｜2019-07-01..2019-08-31｜07-25(问) 08-23(问)
每月5日问进展                   ｜｜progress_call=0 9 5 * *｜｜2019-09-01..2019-12-31｜09-05(问) 09-30(问) 11-05(问) 12-05(问)
";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text} is a date"))
}

fn duty(due: &str) -> Duty {
    let milestones = due.split(',').filter(|due| !due.is_empty()).zip(1..).map(|(due, id)| Milestone {
        id: MilestoneId(id),
        text: "时限".to_owned(),
        due: day(due),
        first_due: day(due),
        extended: false,
        self_signed: false,
        scope: None,
        stands: MilestoneStatus::Open,
        done_at: None,
    });
    Duty {
        id: DutyId(1),
        plan: "方案".to_owned(),
        plan_id: PlanId(1),
        section: None,
        task: TaskRef {
            id: TaskId(1),
            number: "5".to_owned(),
            text: "建成审批系统。".to_owned(),
            others: String::new(),
        },
        unit: UnitRef { id: UnitId(1), name: "省公安厅".to_owned() },
        role: Role::Responsible,
        via: None,
        ended: false,
        status: Status::NotStarted,
        percent: None,
        milestones: milestones.collect(),
        last_report: None,
        unconfirmed: Vec::new(),
        done_at: None,
        self_signed: false,
        namesake: None,
        plan_name: None,
        put_off: None,
        waiting: Waiting::default(),
        suspension: None,
        plan_since: DateTime::UNIX_EPOCH,
        escalated: Vec::new(),
        recurring: Vec::new(),
        reach: duban::office::reach::Reach::Reached,
        steps: Vec::new(),
        problems: Vec::new(),
        practices: Vec::new(),
    }
}

/// The instant of a local time in Shanghai.
fn instant(day: NaiveDate, hour: i64) -> DateTime<Utc> {
    day.and_hms_opt(0, 0, 0).expect("midnight").and_utc() + TimeDelta::hours(hour - 8)
}

/// The duty as it stands after what happened before `now`; `None` before the plan is imported.
fn stands(due: &str, event: &str, year: &str, now: DateTime<Utc>) -> Option<Duty> {
    let mut duty = duty(due);
    let (when, what) = event.rsplit_once(' ').unwrap_or(("", ""));
    if when.is_empty() {
        return Some(duty);
    }
    let hour = if when.ends_with('早') { 8 } else { 16 };
    let at = instant(day(&format!("{year}-{}", &when[..5])), hour);
    let happened = at <= now;
    match what {
        "导入" => return happened.then_some(Duty { plan_since: at, ..duty }),
        _ if !happened => {}
        "反馈" => duty.last_report = Some(LastReport { at, text: String::new(), edited: false }),
        "办结" => duty.status = Status::Done,
        "中止" => duty.status = Status::Suspended,
        more_time => duty.milestones[0].due = day(more_time.strip_prefix("延至").expect("one of these words")),
    }
    Some(duty)
}

/// What is said from day to day.
fn said(due: &str, settings: &str, event: &str, span: &str) -> String {
    let settings = settings.split(';').filter_map(|setting| setting.split_once('='));
    let settings: BTreeMap<_, _> = settings.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    let policy = Policy::from_settings(&settings).expect("settings that fit");
    let calendar = Calendar::china().with_weekend(&policy.weekend);
    let (from, to) = span.split_once("..").expect("from..to");
    let (begin, end) = (instant(day(from), 0), instant(day(to) + Days::new(1), 0));
    let mut after = said_day(&policy, &calendar, begin);
    let mut lines = Vec::new();
    for slot in slots(Part::Digest, &policy, &calendar, begin, end) {
        let duties: Vec<Duty> = stands(due, event, &from[..4], slot.at).into_iter().collect();
        let mut words = Vec::new();
        for digest in digests(&duties, &[], Window { after, slot }, &policy, &calendar) {
            words.extend(digest.items.iter().map(|item| match (item.reason, item.days_left(slot.day), &digest.to) {
                (Reason::ProgressCall, _, _) => "问".to_owned(),
                (Reason::Escalation, _, Recipient::Coordinators) => "告".to_owned(),
                (_, Some(0), _) => "今".to_owned(),
                (_, Some(left @ 1..), _) => left.to_string(),
                (_, Some(past), _) => format!("+{}", -past),
                (_, None, _) => panic!("a milestone has a date"),
            }));
        }
        if !words.is_empty() {
            lines.push(format!("{}({})", slot.day.format("%m-%d"), words.join("、")));
        }
        after = slot.day;
    }
    lines.join(" ")
}

#[test]
fn the_days_on_which_a_unit_hears_of_a_duty() {
    let mut wrong = Vec::new();
    for line in CASES.trim().lines() {
        let columns: Vec<&str> = line.split('｜').map(str::trim).collect();
        let &[_, due, settings, event, span, expected] = columns.as_slice() else { panic!("six columns: {line}") };
        let said = said(due, settings, event, span);
        if said != expected {
            wrong.push(format!("{}{said}", line.strip_suffix(expected).expect("the last column")));
        }
    }
    assert!(wrong.is_empty(), "these lines are different:\n{}", wrong.join("\n"));
}
