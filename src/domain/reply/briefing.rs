//! 周报: what the coordinators are told once a week.

use chrono::NaiveDate;

use super::super::figures::Figures;
use super::answers::{as_of, names, overdue_line};
use super::{Block, Words, day, escape, messages, only_weekends_off, problem, task_line_in_office};
use crate::schedule::calendar::Weekend;

/// How many tasks a part names before it says how many more there are.
const MOST_NAMED: usize = 10;
const LONGEST_QUOTE: usize = 60;

/// What was recorded since the last briefing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Happened {
    pub reports: i64,
    pub accepted: i64,
    pub returned: i64,
    /// Messages of contacts that were read as words about duties, by what became of them: asked about before they counted,
    /// taken back within the day, corrected within the hour.
    pub read: i64,
    pub asked: i64,
    pub undone: i64,
    pub corrected: i64,
}

/// What a briefing tells.
#[derive(Clone, Copy, Debug)]
pub struct Briefing<'a> {
    pub figures: &'a Figures<'a>,
    /// From when on `happened` counts.
    pub since: NaiveDate,
    pub happened: Happened,
    /// The ledger's length and head, by which nobody can change later what was recorded before.
    pub entries: i64,
    pub head: Option<&'a str>,
    /// Whether the calendar knows this year's holidays.
    pub holidays_known: bool,
    pub weekend: &'a Weekend,
    pub made_up_for: bool,
}

impl Briefing<'_> {
    pub fn words(&self) -> Vec<Words> {
        let today = self.figures.totals.at.today;
        let mark = if self.made_up_for { "（补发）" } else { "" };
        let tasks = &self.figures.totals.tasks;
        let mut blocks = vec![
            Block::text(format!("【督办周报】{mark}截至{}", as_of(self.figures.totals.at))),
            Block::text(format!(
                "任务 {} 项：已办结 {}，提请办结 {}，推进中 {}，受阻 {}，未启动 {}；其中逾期 <b>{}</b> 项。",
                tasks.total,
                tasks.done,
                tasks.claimed_done,
                tasks.in_progress,
                tasks.blocked,
                tasks.not_started,
                tasks.overdue
            )),
            Block::text(self.week(today)),
        ];
        blocks.extend(self.understood());
        blocks.extend(self.overdue());
        blocks.extend(self.pending());
        blocks.extend(self.problems());
        blocks.extend(self.silent());
        if !self.holidays_known {
            blocks.push(Block::text(format!("本年节假日安排尚未录入，目前{}。", only_weekends_off(self.weekend))));
        }
        if let Some(head) = self.head {
            blocks.push(Block::text(format!("台账 {} 条，末端 <code>{head}</code>", self.entries)));
        }
        messages(blocks)
    }

    fn week(&self, today: NaiveDate) -> String {
        let Happened { reports, accepted, returned, .. } = self.happened;
        format!("{}以来：收到反馈 {reports} 条，同意办结 {accepted} 项，退回 {returned} 项。", day(self.since, today))
    }

    /// How often contacts were understood.
    fn understood(&self) -> Option<Block> {
        let Happened { read, asked, undone, corrected, returned, .. } = self.happened;
        let said_something = read + undone + corrected + returned > 0;
        said_something.then(|| {
            Block::text(format!(
                "本期反馈消息 {read} 条：请联络员确认 {asked} 条，撤回 {undone} 条，更正 {corrected} 条，退回 {returned} 条。"
            ))
        })
    }

    fn overdue(&self) -> Vec<Block> {
        let today = self.figures.totals.at.today;
        let lines = self.figures.overdue().map(|task| Block::task(overdue_line(task, today), task.task.id));
        part("逾期", "项", lines.collect())
    }

    fn pending(&self) -> Vec<Block> {
        let claims = self.figures.claims.iter();
        let lines = claims.map(|duty| {
            Block::task(format!("{}｜{}", task_line_in_office(duty), escape(&duty.unit.name)), duty.task.id)
        });
        part("待核定的办结申请", "件", lines.collect())
    }

    fn problems(&self) -> Vec<Block> {
        let at = self.figures.totals.at;
        let problems = self.figures.problems.iter();
        let lines =
            problems.map(|(duty, problem)| Block::task(problem::line(duty, problem, at, LONGEST_QUOTE), duty.task.id));
        part("待答复的问题", "个", lines.collect())
    }

    fn silent(&self) -> Option<Block> {
        let silent: Vec<String> = self.figures.silent().map(|unit| unit.unit.clone()).collect();
        (!silent.is_empty())
            .then(|| Block::text(format!("<b>尚有任务未反馈的单位 {} 个</b>：{}。", silent.len(), names(&silent))))
    }
}

/// A part with its heading and the first of its lines; nothing where there are none.
fn part(title: &str, measure: &str, mut lines: Vec<Block>) -> Vec<Block> {
    let count = lines.len();
    if count == 0 {
        return lines;
    }
    lines.truncate(MOST_NAMED);
    lines.insert(0, Block::text(format!("<b>{title} {count} {measure}</b>：")));
    if count > MOST_NAMED {
        lines.push(Block::text(format!("……另有 {} {measure}，可发送 /status 等查询。", count - MOST_NAMED)));
    }
    lines
}
