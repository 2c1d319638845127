//! 台账工作簿: the ledger workbook, a sheet at a time and each row written once, so that memory does not grow with it.

mod entry;
mod inspections;
mod milestones;
mod sheet;
mod steps;
mod tasks;

use std::io::{Seek, Write};

use rust_xlsxwriter::Workbook;

use crate::chat::text;
use crate::office::duty::Duty;
use crate::office::figures::Totals;
use crate::office::light::Light;
use crate::office::moment::Moment;
use crate::paper::workbook::entry::LEDGER;
use crate::paper::workbook::sheet::{Cell, Column, LAST_ROW, Looks};
use crate::paper::{Contents, PaperError};
use crate::problems::Ending;
use crate::questions::sentences::task::round_in_words;
use crate::schedule::deadline::in_words;

pub use crate::paper::rows::LedgerLine;
pub use crate::paper::rows::ProblemLine;
pub use crate::paper::rows::ReminderLine;
pub use crate::paper::rows::ReportLine;
pub use crate::paper::workbook::entry::{Names, matter};
pub use crate::paper::workbook::sheet::Sheet;
/// Numbers of tasks are unique by plan only: every list ends with it.
const PLAN: Column = ("计划", 30.0);

/// Excel takes 255 characters above a page.
const LONGEST_TITLE: usize = 200;

const OVERVIEW: [Column; 2] = [("项目", 20.0), ("内容", 70.0)];
const UNITS: [Column; 8] = [
    ("单位", 36.0),
    ("责任数", 10.0),
    ("已办结", 10.0),
    ("逾期", 10.0),
    ("未反馈", 10.0),
    ("未能通知", 10.0),
    ("中止", 10.0),
    ("通知情况", 14.0),
];
const DUTIES: [Column; 12] = [
    ("序号", 8.0),
    ("单位", 24.0),
    ("角色", 8.0),
    ("来自", 16.0),
    ("状态", 10.0),
    ("进度", 8.0),
    ("灯", 8.0),
    ("最近时限", 12.0),
    ("最近反馈时间", 18.0),
    ("最近反馈", 60.0),
    ("定期反馈", 36.0),
    PLAN,
];
const REPORTS: [Column; 15] = [
    ("编号", 8.0),
    ("序号", 8.0),
    ("单位", 24.0),
    ("反馈人", 12.0),
    ("反馈时间", 18.0),
    ("登记时间", 18.0),
    ("状态", 10.0),
    ("进度", 8.0),
    ("内容", 60.0),
    ("问题", 40.0),
    ("备注", 16.0),
    ("佐证", 24.0),
    ("全文", 60.0),
    ("佐证校验值（SHA-256）", 40.0),
    PLAN,
];
const PROBLEMS: [Column; 8] = [
    ("序号", 8.0),
    ("单位", 24.0),
    ("提出时间", 18.0),
    ("问题", 60.0),
    ("状态", 10.0),
    ("办理时间", 18.0),
    ("答复", 60.0),
    PLAN,
];
const PRACTICES: [Column; 6] = [("序号", 8.0), ("单位", 24.0), ("反馈时间", 18.0), ("经验", 80.0), ("推荐", 8.0), PLAN];
const REMINDERS: [Column; 6] =
    [("单位", 24.0), ("计划时间", 18.0), ("发出时间", 18.0), ("结果", 10.0), ("任务", 60.0), ("签收", 24.0)];
/// The workbook while it is written: the sheets come in the order of its methods.
pub struct LedgerWorkbook {
    workbook: Workbook,
    looks: Looks,
    last_row: u32,
    /// Stands above every printed page.
    title: String,
}

impl Default for LedgerWorkbook {
    fn default() -> Self {
        let (workbook, looks, title) = (Workbook::new(), Looks::default(), "督办台账".to_owned());
        LedgerWorkbook { workbook, looks, last_row: LAST_ROW, title }
    }
}

impl LedgerWorkbook {
    /// Of these contents, whose title, office and day stand above every printed page.
    pub fn of(contents: &Contents) -> LedgerWorkbook {
        let office = contents.letterhead.office.as_deref().map(|office| format!("　{office}")).unwrap_or_default();
        let title = format!("{}督办台账{office}　截至{}", contents.title(), in_words(contents.moment.today));
        let title = text::cut(&title, LONGEST_TITLE);
        LedgerWorkbook { title, ..LedgerWorkbook::default() }
    }

    fn sheet(&mut self, name: &'static str, columns: &'static [Column]) -> Result<Sheet<'_>, PaperError> {
        Sheet::begin(&mut self.workbook, &self.looks, (name, columns), (self.last_row, &self.title))
    }

    /// 概览, 单位, 任务, 责任, 时限, 分解步骤 and 专项督查: what is counted, and how things stand.
    pub fn add_standing(&mut self, contents: &Contents) -> Result<(), PaperError> {
        let figures = contents.figures();
        self.add_overview(contents, &figures.totals)?;
        self.add_units(&figures.totals)?;
        self.add_tasks(contents, &figures)?;
        self.add_duties(contents)?;
        self.add_milestones(contents)?;
        self.add_steps(contents)?;
        self.add_inspections(&contents.inspections, contents.moment)
    }

    fn add_overview(&mut self, contents: &Contents, totals: &Totals) -> Result<(), PaperError> {
        let mut sheet = self.sheet("概览", &OVERVIEW)?;
        let tasks = &totals.tasks;
        sheet.row(&[Cell::Text("方案"), Cell::Text(&contents.title())])?;
        sheet.row(&[Cell::Text("截至"), Cell::Text(&contents.as_of())])?;
        let statuses = tasks.by_status().into_iter().map(|(status, count)| (status.label(), count));
        let counts = std::iter::once(("任务总数", tasks.total)).chain(statuses).chain([
            ("逾期", tasks.overdue),
            ("待答复的问题", totals.problems),
            ("责任总数", totals.duties.counts.total),
        ]);
        for (label, count) in counts {
            sheet.row(&[Cell::Text(label), Cell::Figure(number(count))])?;
        }
        for (hearing, count) in totals.duties.by_hearing() {
            let label = format!("责任：{}", hearing.label());
            sheet.row(&[Cell::Text(&label), Cell::Figure(number(count))])?;
        }
        sheet.row(&[Cell::Text("台账条数"), Cell::Figure(contents.entries)])?;
        sheet.row(&[Cell::Text("台账末端"), Cell::Text(contents.head.as_deref().unwrap_or_default())])
    }

    fn add_units(&mut self, totals: &Totals) -> Result<(), PaperError> {
        let mut sheet = self.sheet("单位", &UNITS)?;
        for unit in &totals.units {
            sheet.row(&[
                Cell::Text(&unit.unit),
                Cell::Number(number(unit.duties)),
                Cell::Number(number(unit.counts.done)),
                Cell::Number(number(unit.counts.overdue)),
                Cell::Number(number(if unit.reach.is_reached() { unit.silent } else { 0 })),
                Cell::Number(number(if unit.reach.is_reached() { 0 } else { unit.silent })),
                Cell::Number(number(unit.counts.suspended)),
                Cell::Text(unit.reach.label().unwrap_or_default()),
            ])?;
        }
        sheet.finish()
    }

    fn add_duties(&mut self, contents: &Contents) -> Result<(), PaperError> {
        let moment = contents.moment;
        let mut sheet = self.sheet("责任", &DUTIES)?;
        for duty in &contents.duties {
            let report = duty.last_report.as_ref();
            let reach = if report.is_none() { duty.reach.mark() } else { String::new() };
            let standing = format!("{}{reach}", duty.standing());
            sheet.row(&[
                Cell::Text(&duty.task.number),
                Cell::Text(&duty.unit.name),
                Cell::Text(duty.role.label()),
                Cell::Text(duty.via.as_deref().unwrap_or_default()),
                Cell::Text(&standing),
                duty.percent.map_or(Cell::Nothing, |percent| Cell::Percent(percent.into())),
                Cell::Light(Light::of(duty, moment.today)),
                duty.next_milestone(moment.today).map_or(Cell::Nothing, |next| Cell::Day(next.due)),
                report.map_or(Cell::Nothing, |report| Cell::Time(report.at.with_timezone(&moment.zone).naive_local())),
                Cell::Text(report.map_or("", |report| &report.text)),
                Cell::Text(&rounds(duty, moment)),
                Cell::Text(&duty.plan),
            ])?;
        }
        sheet.finish()
    }

    pub fn problems(&mut self) -> Result<Sheet<'_>, PaperError> {
        self.sheet("问题", &PROBLEMS)
    }

    /// 经验
    pub fn add_practices(&mut self, contents: &Contents) -> Result<(), PaperError> {
        let mut sheet = self.sheet("经验", &PRACTICES)?;
        for (duty, practice) in contents.figures().practices {
            sheet.row(&[
                Cell::Text(&duty.task.number),
                Cell::Text(&duty.unit.name),
                Cell::Time(practice.said_at.with_timezone(&contents.moment.zone).naive_local()),
                Cell::Text(&practice.what),
                Cell::Text(if practice.recommended { "推荐" } else { "" }),
                Cell::Text(&duty.plan),
            ])?;
        }
        sheet.finish()
    }

    pub fn reports(&mut self) -> Result<Sheet<'_>, PaperError> {
        self.sheet("反馈", &REPORTS)
    }

    pub fn reminders(&mut self) -> Result<Sheet<'_>, PaperError> {
        self.sheet("提醒", &REMINDERS)
    }

    pub fn ledger(&mut self) -> Result<Sheet<'_>, PaperError> {
        self.sheet("台账", &LEDGER)
    }

    pub fn save(mut self, file: &mut (impl Write + Seek + Send)) -> Result<(), PaperError> {
        Ok(self.workbook.save_to_writer(file)?)
    }
}

impl Sheet<'_> {
    pub fn add_report(&mut self, report: &ReportLine) -> Result<(), PaperError> {
        let (problems, evidence) = (report.problems.join("；"), report.evidence.join("、"));
        let marks = [
            (report.made_up, "补"),
            (report.late, "逾期后"),
            (report.withdrawn, "已撤回"),
            (report.edited > 0, "已修改"),
        ];
        let marks: Vec<&str> = marks.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark).collect();
        self.row(&[
            Cell::Number(report.id),
            Cell::Text(&report.task),
            Cell::Text(&report.unit),
            Cell::Text(&report.person),
            Cell::Time(report.reported_at),
            Cell::Time(report.recorded_at),
            Cell::Text(report.status),
            report.percent.map_or(Cell::Nothing, Cell::Percent),
            Cell::Text(&report.text),
            Cell::Text(&problems),
            Cell::Text(&marks.join("、")),
            match (&report.link, evidence.is_empty()) {
                (Some(link), false) => Cell::Link(link, &evidence),
                _ => Cell::Text(&evidence),
            },
            report.whole.as_deref().map_or(Cell::Nothing, Cell::Text),
            Cell::Text(&report.digests.join("\n")),
            Cell::Text(&report.plan),
        ])
    }

    pub fn add_problem(&mut self, problem: &ProblemLine) -> Result<(), PaperError> {
        self.row(&[
            Cell::Text(&problem.task),
            Cell::Text(&problem.unit),
            Cell::Time(problem.raised_at),
            Cell::Text(&problem.what),
            Cell::Text(problem.ending.map_or("待答复", Ending::label)),
            problem.ended_at.map_or(Cell::Nothing, Cell::Time),
            Cell::Text(problem.answer.as_deref().unwrap_or_default()),
            Cell::Text(&problem.plan),
        ])
    }

    pub fn add_reminder(&mut self, reminder: &ReminderLine) -> Result<(), PaperError> {
        self.row(&[
            Cell::Text(&reminder.unit),
            Cell::Time(reminder.planned_for),
            reminder.sent_at.map_or(Cell::Nothing, Cell::Time),
            Cell::Text(reminder.state),
            Cell::Text(&reminder.tasks.join("、")),
            Cell::Text(&reminder.read_by),
        ])
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn names<'a>(duties: impl Iterator<Item = &'a Duty>) -> String {
    duties.map(|duty| duty.unit.name.as_str()).collect::<Vec<_>>().join("、")
}

/// `每月5日前：本期7月5日，待反馈；已报3期，缺报1期`
fn rounds(duty: &Duty, moment: Moment) -> String {
    let rounds = duty.rounds(moment).map(|(one, round)| {
        let (due, told) = (in_words(round.present.due), round_in_words(round));
        format!("{}：本期{due}，{told}", one.text)
    });
    rounds.collect::<Vec<_>>().join("；")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Reader, Xlsx};

    use super::*;
    use crate::office::moment::Moment;
    use crate::office::policy::Policy;
    use crate::schedule::calendar::Calendar;

    #[test]
    fn a_list_longer_than_a_sheet_goes_on_in_the_next() {
        let mut workbook = LedgerWorkbook { last_row: 2, ..LedgerWorkbook::default() };
        let mut sheet = workbook.ledger().unwrap();
        let entry = |seq: i64| LedgerLine {
            seq,
            at: "2019-06-27T01:00:00Z".to_owned(),
            actor: "operator".to_owned(),
            kind: "unit_added".to_owned(),
            body: "{}".to_owned(),
            hash: format!("{seq:064}"),
        };
        let moment = Moment::of("2019-06-27T01:00:00Z".parse().unwrap(), &Policy::default(), &Calendar::china());
        (1..=5).try_for_each(|seq| sheet.add_entry(&entry(seq), &Names::default(), moment)).unwrap();
        sheet.finish().unwrap();
        let mut file = Cursor::new(Vec::new());
        workbook.save(&mut file).unwrap();

        let mut read = Xlsx::new(file).unwrap();
        assert_eq!(read.sheet_names(), ["台账", "台账（2）", "台账（3）"]);
        let mut first = |sheet: &str| -> Vec<String> {
            read.worksheet_range(sheet).unwrap().rows().map(|row| row[0].to_string()).collect()
        };
        assert_eq!(first("台账"), ["序号", "1", "2"]);
        assert_eq!(first("台账（2）"), ["序号", "3", "4"]);
        assert_eq!(first("台账（3）"), ["序号", "5"]);
    }
}
