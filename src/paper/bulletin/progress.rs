//! 二、主要进展: by part of the plan what is done and under way, each unit in its own words.

use crate::citations::Kind;
use crate::office::figures::{Figures, TaskFigure};
use crate::office::status::Status;
use crate::paper::bulletin::{MOST_TASKS, Part, cited, is_printed, named, named_in, rest_of};
use crate::paper::clauses::{Clause, quote, quote_of};
use crate::paper::{Contents, clauses};

/// Of a task so many clauses are told.
const MOST_CLAUSES: usize = 12;

pub(super) fn chapter(contents: &Contents, figures: &Figures<'_>) -> Vec<Part> {
    let told = |task: &&TaskFigure<'_>| {
        task.status != Status::NotStarted || task.duties.iter().any(|duty| duty.last_report.is_some())
    };
    let mut parts = Vec::new();
    let (mut plan, mut section) = (None, None);
    for task in figures.tasks.iter().filter(told).take(MOST_TASKS) {
        if contents.plans.len() > 1 && plan != Some(task.plan) {
            (plan, section) = (Some(task.plan), None);
            parts.push(Part::heading(cited(task.plan)));
        }
        if task.section != section {
            section = task.section;
            parts.extend(section.map(|section| Part::heading(section.name())));
        }
        parts.push(Part::text(line(task)));
    }
    parts.extend(rest_of(figures.tasks.iter().filter(told).count(), "项"));
    if parts.is_empty() {
        parts.push(Part::text("各项任务尚无进展反馈。"));
    }
    parts.extend(practices(contents, figures));
    parts.extend(commendations(contents));
    parts
}

/// `第5项“压缩审批时间”：推进中。省住房城乡建设厅：进度60%；省公安厅等11个单位：无进展。`
fn line(task: &TaskFigure<'_>) -> String {
    let mut clauses = clauses::of(task.duties.iter().copied());
    // That one unit's part stands as the task does was said by the task.
    if clauses.len() == 1 {
        clauses.retain(|clause| clause.says != task.status.label());
    }
    let rest: usize = clauses.iter().skip(MOST_CLAUSES).map(|clause| clause.units.len()).sum();
    let mut said: Vec<String> = clauses.iter().take(MOST_CLAUSES).map(Clause::words).collect();
    if rest > 0 {
        said.push(format!("另有{rest}个单位已反馈"));
    }
    let said = if said.is_empty() { String::new() } else { format!("{}。", said.join("；")) };
    format!("{}：{}。{said}", named(task.task), task.status.label())
}

/// What reports pass on: what coordinators recommend comes first.
fn practices(contents: &Contents, figures: &Figures<'_>) -> Vec<Part> {
    let told = figures.practices.iter().take(MOST_TASKS).map(|(duty, practice)| {
        let mark = if practice.recommended { "（推荐）" } else { "" };
        Part::text(format!(
            "{}（{}）：{}{mark}。",
            named_in(contents, duty),
            duty.unit.name,
            quote_of(&practice.what, duty)
        ))
    });
    let mut told: Vec<Part> = told.chain(rest_of(figures.practices.len(), "条")).collect();
    if !told.is_empty() {
        told.insert(0, Part::heading("经验做法"));
    }
    told
}

fn commendations(contents: &Contents) -> Vec<Part> {
    let told = contents.citations.iter().filter(is_printed).filter(|cited| cited.kind == Kind::Commendation);
    let mut told: Vec<Part> =
        told.map(|cited| Part::text(format!("对{}予以表扬：{}。", cited.unit.name, quote(&cited.reason)))).collect();
    if !told.is_empty() {
        told.insert(0, Part::heading("表扬"));
    }
    told
}
