//! The sheet 任务: the list that an office files, a row a task, with its progress in the units' words.

use crate::office::duty::{Duty, Role, SectionRef};
use crate::office::figures::{Figures, TaskFigure};
use crate::office::status::Status;
use crate::paper::clauses::{Clause, alike};
use crate::paper::workbook::{Cell, Column, LedgerWorkbook, names};
use crate::paper::{Contents, PaperError, clauses};

const TASKS: [Column; 13] = [
    ("序号", 6.0),
    ("任务", 32.0),
    ("牵头单位", 13.0),
    ("责任单位", 18.0),
    ("时限", 11.0),
    ("进度", 6.0),
    ("进展情况", 36.0),
    ("存在问题", 22.0),
    ("状态", 8.0),
    ("灯", 7.0),
    ("逾期天数", 6.0),
    ("部分", 10.0),
    ("计划", 12.0),
];
/// Of a task so many clauses are told; the sheet 责任 has all.
const MOST_CLAUSES: usize = 30;

impl LedgerWorkbook {
    pub(super) fn add_tasks(&mut self, contents: &Contents, figures: &Figures<'_>) -> Result<(), PaperError> {
        let today = contents.moment.today;
        let mut sheet = self.sheet("任务", &TASKS)?;
        for figure in &figures.tasks {
            let duties = figure.duties.iter().copied();
            let leads = names(duties.clone().filter(|duty| duty.role == Role::Lead));
            let others = called(duties.clone().filter(|duty| duty.role != Role::Lead));
            let next = duties.filter_map(|duty| duty.next_milestone(today)).map(|next| next.due).min();
            let due = figure.overdue_since.or(next).or(figure.due);
            sheet.row(&[
                Cell::Text(&figure.task.number),
                Cell::Text(&figure.task.text),
                Cell::Text(&leads),
                Cell::Text(&others),
                due.map_or(Cell::Nothing, Cell::Day),
                share(figure).map_or(Cell::Nothing, Cell::Percent),
                Cell::Text(&progress(figure)),
                Cell::Text(&problems(figure)),
                Cell::Text(figure.status.label()),
                Cell::Light(figure.light),
                figure.overdue_since.map_or(Cell::Nothing, |since| Cell::Number((today - since).num_days())),
                Cell::Text(&figure.section.map(SectionRef::name).unwrap_or_default()),
                Cell::Text(figure.plan),
            ])?;
        }
        sheet.finish()
    }
}

/// Units, and collectives for their members: the sheet 责任 has every unit.
fn called<'a>(duties: impl Iterator<Item = &'a Duty>) -> String {
    let mut names: Vec<&str> = Vec::new();
    for duty in duties {
        let name = duty.via.as_deref().unwrap_or(&duty.unit.name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("、")
}

/// How far those are who decide how the task stands: the least of them, where all have said it.
fn share(figure: &TaskFigure<'_>) -> Option<i64> {
    if figure.status == Status::Done {
        return Some(100);
    }
    let led = figure.duties.iter().any(|duty| duty.role == Role::Lead);
    let deciding = figure.duties.iter().filter(|duty| !led || duty.role == Role::Lead);
    let shares: Option<Vec<u8>> = deciding.map(|duty| duty.percent).collect();
    shares?.into_iter().min().map(i64::from)
}

/// A line for each clause.
fn progress(figure: &TaskFigure<'_>) -> String {
    let clauses = clauses::of(figure.duties.iter().copied());
    let rest: usize = clauses.iter().skip(MOST_CLAUSES).map(|clause| clause.units.len()).sum();
    let rest = (rest > 0).then(|| format!("另有{rest}个单位已反馈"));
    clauses.iter().take(MOST_CLAUSES).map(Clause::words).chain(rest).collect::<Vec<_>>().join("\n")
}

fn problems(figure: &TaskFigure<'_>) -> String {
    let raised = figure.duties.iter().filter_map(|duty| Some((clauses::problems(duty)?, duty.unit.name.as_str())));
    alike(raised).iter().map(Clause::words).collect::<Vec<_>>().join("\n")
}
