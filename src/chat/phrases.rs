//! Phrases that all rooms share: how a task, a day and a standing are put into words.

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Weekday};
use chrono_tz::Tz;

use crate::chat::words::{Block, Button};
use crate::chat::{text, words};
use crate::office::duty::{Duty, Heard, TaskRef};
use crate::office::status::Status;
use crate::schedule::calendar::Weekend;

/// `第5项 推进工程建设项目投资审批改革`, with its plan where the unit has a task of that number in several.
pub fn task_line(duty: &Duty) -> String {
    format!("{}{}", plan_in_unit(duty), task_title(&duty.task))
}

/// `《2019年政务公开要点》`, where the unit has a task of that number in several plans.
pub fn plan_in_unit(duty: &Duty) -> String {
    let namesake = duty.namesake.as_ref().filter(|namesake| namesake.in_unit);
    named_plan(namesake.map(|namesake| namesake.plan.as_str()))
}

/// The same to coordinators, with its plan where any unit has a task of that number in another.
pub fn task_line_in_office(duty: &Duty) -> String {
    let plan = duty.namesake.as_ref().map(|namesake| namesake.plan.as_str());
    format!("{}{}", named_plan(plan), task_title(&duty.task))
}

pub fn named_plan(plan: Option<&str>) -> String {
    plan.map(|plan| format!("《{}》", text::escape(plan))).unwrap_or_default()
}

pub fn task_title(task: &TaskRef) -> String {
    format!("第{}项 {}", text::escape(&task.number), text::escape(&task.short_title()))
}

/// How much of a plan's name stands on a button.
const LONGEST_PLAN: usize = 6;

/// `第5项` on a button. Where another plan has a task of that number the plan stands first: buttons are told apart by how they
/// begin.
pub fn task_label(duty: &Duty) -> String {
    let plan = duty.namesake.as_ref().map(|namesake| short_plan(&namesake.plan)).unwrap_or_default();
    format!("{plan}第{}项", duty.task.number)
}

pub fn short_plan(plan: &str) -> String {
    text::cut(plan, LONGEST_PLAN)
}

/// `6月30日`, with the year where it is not that of `today`.
pub fn day(date: NaiveDate, today: NaiveDate) -> String {
    let year = if date.year() == today.year() { String::new() } else { format!("{}年", date.year()) };
    format!("{year}{}月{}日", date.month(), date.day())
}

/// The last day that counts, `6月30日`, which Telegram also knows as a moment: who taps on it sees that in their own time zone
/// and can be reminded. No format is asked for, so the words stay as they are, also where a client knows no such mark.
pub fn deadline(date: NaiveDate, today: NaiveDate, zone: Tz) -> String {
    let ends = date.and_hms_opt(23, 59, 0).and_then(|end| zone.from_local_datetime(&end).latest());
    let words = day(date, today);
    match ends {
        Some(ends) => format!("<{tag} unix=\"{}\">{words}</{tag}>", ends.timestamp(), tag = words::TIME_TAG),
        None => words,
    }
}

/// `2019年6月27日（周四）09:00`
pub fn date_and_time(at: DateTime<Tz>) -> String {
    format!("{}年{}月{}日（{}）{}", at.year(), at.month(), at.day(), weekday(at.weekday()), at.format("%H:%M"))
}

pub fn weekday(weekday: Weekday) -> &'static str {
    ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][weekday.num_days_from_monday() as usize]
}

/// What is said of a year without holidays: `仅以周六、周日为休息日`
pub fn only_weekends_off(weekend: &Weekend) -> String {
    let days: Vec<&str> = weekend.days().iter().map(|day| weekday(*day)).collect();
    format!("仅以{}为休息日", days.join("、"))
}

/// Numbers blocks, and with them their buttons: several may be about the same task. A single one needs no number.
pub fn numbered(blocks: Vec<Block>) -> Vec<Block> {
    if blocks.len() < 2 {
        return blocks;
    }
    let number = |(number, block): (usize, Block)| {
        let row = block.row.into_iter().map(|button| Button { text: format!("{number}. {}", button.text), ..button });
        Block { html: format!("{number}. {}", block.html), row: row.collect(), ..block }
    };
    (1..).zip(blocks).map(number).collect()
}

/// How much of a problem is repeated in an answer.
pub const LONGEST_QUOTE: usize = 60;

/// `推进中60%`, `已办结（本人核定）`
pub fn standing(duty: &Duty) -> String {
    match duty.self_signed {
        true => duty.standing(),
        false => state(duty.status, duty.percent),
    }
}

/// `督办员周敏`, also where the person is called so already.
pub fn coordinator(name: &str) -> String {
    format!("督办员{}", text::escape(without_title(name)))
}

pub fn without_title(name: &str) -> &str {
    name.trim().trim_start_matches("督办员").trim_start()
}

/// How much of a problem stands in what was last heard.
const LONGEST_TROUBLE: usize = 20;

/// `推进中60%`, `有困难（资金没到位）`, `推进中60%，有困难（资金没到位）`
pub fn heard(heard: &Heard) -> String {
    let state = state(heard.status, heard.percent);
    match &heard.trouble {
        None => state,
        Some(what) => {
            let trouble = format!("有困难（{}）", words::repeated(what, LONGEST_TROUBLE));
            if heard.status == Status::NotStarted { trouble } else { format!("{state}，{trouble}") }
        }
    }
}

/// `推进中60%`
pub fn state(status: Status, percent: Option<u8>) -> String {
    let percent = percent.filter(|_| status == Status::InProgress).map(|percent| format!("{percent}%"));
    format!("{}{}", status.label(), percent.unwrap_or_default())
}
