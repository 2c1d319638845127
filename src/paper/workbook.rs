//! 台账工作簿: the ledger workbook, a sheet at a time and each row written once, so that memory does not grow with it.

mod inspections;
mod steps;

use std::io::{Seek, Write};

use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet};

pub use super::rows::{LedgerLine, ProblemLine, ReminderLine, ReportLine};
use super::{Contents, PaperError};
use crate::domain::duty::{Duty, Role, SectionRef};
use crate::domain::figures::{Figures, Totals};
use crate::domain::light::Light;
use crate::domain::problem::Ending;

/// Excel's limit for the text of a cell, in characters.
const LONGEST_CELL: usize = 32_767;

/// Excel's last row, counted from 0.
const LAST_ROW: u32 = 1_048_575;

/// A4, as Excel counts sizes of paper.
const A4: u8 = 9;

/// A column: its heading and its width in characters.
type Column = (&'static str, f64);

/// Numbers of tasks are unique by plan only: every list ends with it.
const PLAN: Column = ("计划", 30.0);

const OVERVIEW: [Column; 2] = [("项目", 20.0), ("内容", 70.0)];
const UNITS: [Column; 5] = [("单位", 36.0), ("任务数", 10.0), ("已办结", 10.0), ("逾期", 10.0), ("未反馈", 10.0)];
const TASKS: [Column; 10] = [
    ("序号", 8.0),
    ("部分", 18.0),
    ("任务", 60.0),
    ("牵头单位", 24.0),
    ("其他单位", 40.0),
    ("状态", 10.0),
    ("灯", 8.0),
    ("最近时限", 12.0),
    ("逾期天数", 10.0),
    PLAN,
];
const DUTIES: [Column; 11] = [
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
    PLAN,
];
const REPORTS: [Column; 13] = [
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
    ("附件数", 8.0),
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
const REMINDERS: [Column; 5] = [("单位", 24.0), ("计划时间", 18.0), ("发出时间", 18.0), ("结果", 10.0), ("任务", 60.0)];
const LEDGER: [Column; 6] =
    [("序号", 8.0), ("时间", 22.0), ("主体", 14.0), ("类型", 22.0), ("内容", 60.0), ("哈希", 68.0)];

/// The workbook while it is written: the sheets come in the order of its methods.
pub struct LedgerWorkbook {
    workbook: Workbook,
    looks: Looks,
}

struct Looks {
    head: Format,
    text: Format,
    figure: Format,
    day: Format,
    time: Format,
    percent: Format,
}

impl Default for LedgerWorkbook {
    fn default() -> Self {
        let text = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        let looks = Looks {
            head: Format::new().set_bold().set_background_color(Color::RGB(0x00DC_E6F1)).set_border(FormatBorder::Thin),
            figure: text.clone().set_align(FormatAlign::Left),
            day: text.clone().set_num_format("yyyy-mm-dd"),
            time: text.clone().set_num_format("yyyy-mm-dd hh:mm"),
            percent: text.clone().set_num_format("0\"%\""),
            text,
        };
        LedgerWorkbook { workbook: Workbook::new(), looks }
    }
}

#[derive(Clone, Copy)]
enum Cell<'a> {
    Text(&'a str),
    Number(i64),
    /// A number beside its label.
    Figure(i64),
    Percent(i64),
    Day(NaiveDate),
    Time(NaiveDateTime),
    Light(Light),
    Nothing,
}

/// A sheet that is being written downwards.
pub struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    looks: &'a Looks,
    columns: u16,
    row: u32,
}

impl LedgerWorkbook {
    fn sheet<'a>(&'a mut self, name: &str, columns: &[Column]) -> Result<Sheet<'a>, PaperError> {
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        // Printed across an A4 page, however many there are below it, each with the headings.
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&C第 &P 页，共 &N 页");
        sheet.set_repeat_rows(0, 0)?;
        for (at, (heading, width)) in (0..).zip(columns) {
            sheet.set_column_width(at, *width)?;
            sheet.write_string_with_format(0, at, *heading, &self.looks.head)?;
        }
        let columns = u16::try_from(columns.len()).unwrap_or(u16::MAX);
        // Numbers of tasks are text, some with more than digits.
        sheet.ignore_error_range(1, 0, LAST_ROW, columns - 1, IgnoreError::NumberStoredAsText)?;
        Ok(Sheet { sheet, looks: &self.looks, columns, row: 0 })
    }

    /// 概览, 单位, 任务, 责任, 分解步骤 and 专项督查: what is counted, and how things stand.
    pub fn add_standing(&mut self, contents: &Contents) -> Result<(), PaperError> {
        let figures = contents.figures();
        self.add_overview(contents, &figures.totals)?;
        self.add_units(&figures.totals)?;
        self.add_tasks(contents, &figures)?;
        self.add_duties(contents)?;
        self.add_steps(contents)?;
        self.add_inspections(&contents.inspections, contents.moment)
    }

    fn add_overview(&mut self, contents: &Contents, totals: &Totals) -> Result<(), PaperError> {
        let mut sheet = self.sheet("概览", &OVERVIEW)?;
        let tasks = &totals.tasks;
        sheet.row(&[Cell::Text("方案"), Cell::Text(&contents.title())])?;
        sheet.row(&[Cell::Text("截至"), Cell::Text(&contents.as_of())])?;
        let counts = [
            ("任务总数", tasks.total),
            ("已办结", tasks.done),
            ("提请办结", tasks.claimed_done),
            ("推进中", tasks.in_progress),
            ("受阻", tasks.blocked),
            ("未启动", tasks.not_started),
            ("中止", tasks.suspended),
            ("逾期", tasks.overdue),
            ("待答复的问题", totals.problems),
        ];
        for (label, count) in counts {
            sheet.row(&[Cell::Text(label), Cell::Figure(number(count))])?;
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
                Cell::Number(number(unit.silent)),
            ])?;
        }
        sheet.finish()
    }

    fn add_tasks(&mut self, contents: &Contents, figures: &Figures<'_>) -> Result<(), PaperError> {
        let today = contents.moment.today;
        let mut sheet = self.sheet("任务", &TASKS)?;
        for figure in &figures.tasks {
            let duties = figure.duties.iter().copied();
            let leads = names(duties.clone().filter(|duty| duty.role == Role::Lead));
            let others = names(duties.clone().filter(|duty| duty.role != Role::Lead));
            let next = duties.filter_map(|duty| duty.next_milestone(today)).map(|next| next.due).min();
            sheet.row(&[
                Cell::Text(&figure.task.number),
                Cell::Text(&figure.section.map(SectionRef::name).unwrap_or_default()),
                Cell::Text(&figure.task.text),
                Cell::Text(&leads),
                Cell::Text(&others),
                Cell::Text(figure.status.label()),
                Cell::Light(figure.light),
                next.map_or(Cell::Nothing, Cell::Day),
                figure.overdue_since.map_or(Cell::Nothing, |since| Cell::Number((today - since).num_days())),
                Cell::Text(figure.plan),
            ])?;
        }
        sheet.finish()
    }

    fn add_duties(&mut self, contents: &Contents) -> Result<(), PaperError> {
        let moment = contents.moment;
        let mut sheet = self.sheet("责任", &DUTIES)?;
        for duty in &contents.duties {
            let report = duty.last_report.as_ref();
            sheet.row(&[
                Cell::Text(&duty.task.number),
                Cell::Text(&duty.unit.name),
                Cell::Text(duty.role.label()),
                Cell::Text(duty.via.as_deref().unwrap_or_default()),
                Cell::Text(duty.status.label()),
                duty.percent.map_or(Cell::Nothing, |percent| Cell::Percent(percent.into())),
                Cell::Light(Light::of(duty, moment.today)),
                duty.next_milestone(moment.today).map_or(Cell::Nothing, |next| Cell::Day(next.due)),
                report.map_or(Cell::Nothing, |report| Cell::Time(report.at.with_timezone(&moment.zone).naive_local())),
                Cell::Text(report.map_or("", |report| &report.text)),
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
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), PaperError> {
        self.row += 1;
        let Looks { text, figure, day, time, percent, .. } = self.looks;
        for (at, cell) in (0..).zip(cells) {
            let (sheet, row) = (&mut *self.sheet, self.row);
            match cell {
                Cell::Text("") | Cell::Nothing => continue,
                // Always text: what begins like a formula is none.
                Cell::Text(words) => {
                    let words: String = words.chars().take(LONGEST_CELL).collect();
                    sheet.write_string_with_format(row, at, words, text)
                }
                Cell::Number(number) => sheet.write_number_with_format(row, at, *number as f64, text),
                Cell::Figure(number) => sheet.write_number_with_format(row, at, *number as f64, figure),
                Cell::Percent(share) => sheet.write_number_with_format(row, at, *share as f64, percent),
                Cell::Day(date) => sheet.write_datetime_with_format(row, at, date, day),
                Cell::Time(instant) => sheet.write_datetime_with_format(row, at, instant, time),
                Cell::Light(light) => {
                    let colour = u32::from_str_radix(light.colour(), 16).unwrap_or_default();
                    let look = text.clone().set_background_color(Color::RGB(colour)).set_font_color(Color::White);
                    sheet.write_string_with_format(row, at, light.label(), &look)
                }
            }?;
        }
        Ok(())
    }

    pub fn add_report(&mut self, report: &ReportLine) -> Result<(), PaperError> {
        let problems = report.problems.join("；");
        let marks = [(report.late, "逾期后"), (report.withdrawn, "已撤回"), (report.edited > 0, "已修改")];
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
            Cell::Number(report.attachments),
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
        ])
    }

    pub fn add_entry(&mut self, entry: &LedgerLine) -> Result<(), PaperError> {
        self.row(&[
            Cell::Number(entry.seq),
            Cell::Text(&entry.at),
            Cell::Text(&entry.actor),
            Cell::Text(&entry.kind),
            Cell::Text(&entry.body),
            Cell::Text(&entry.hash),
        ])
    }

    /// Filters over what was written.
    pub fn finish(self) -> Result<(), PaperError> {
        if self.row > 0 {
            self.sheet.autofilter(0, 0, self.row, self.columns - 1)?;
        }
        Ok(())
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn names<'a>(duties: impl Iterator<Item = &'a Duty>) -> String {
    duties.map(|duty| duty.unit.name.as_str()).collect::<Vec<_>>().join("、")
}
