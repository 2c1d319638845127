//! 督查通报: the bulletin as an office files it, .docx. Fonts, sizes and margins follow GB/T 9704—2012.

use std::collections::BTreeMap;
use std::io::Cursor;

use chrono::Datelike;
use docx_rs::{Docx, Table};

use super::official::{
    attachment_heading, bars, body, document, empty_line, font_table, heading, part_heading, remark, signature,
    subtitle, table, title,
};
use super::{Contents, PaperError};
use crate::domain::citation::Kind;
use crate::domain::duty::{Duty, Status, TaskRef};
use crate::domain::figures::{Counts, Figures, TaskFigure, Totals, UnitFigures, per_mille};
use crate::domain::light::Light;
use crate::domain::moment::Moment;
use crate::domain::review::{Petition, WishKind};
use crate::schedule::deadline::in_words;

/// How much of what a unit said is repeated.
const LONGEST_QUOTE: usize = 120;
/// A chapter names so many tasks, and of each so many units; the ledger workbook has the rest.
const MOST_TASKS: usize = 300;
const MOST_UNITS: usize = 5;
/// For how long after its end an inspection is told of.
const RECENT_DAYS: i64 = 31;

/// The bulletin's file.
pub fn bytes(contents: &Contents) -> Result<Vec<u8>, PaperError> {
    let mut file = Cursor::new(Vec::new());
    let mut parts = written(contents).build();
    parts.font_table = font_table();
    parts.pack(&mut file).map_err(|error| PaperError::Bulletin(error.to_string()))?;
    Ok(file.into_inner())
}

fn written(contents: &Contents) -> Docx {
    let figures = contents.figures();
    let year = contents.moment.today.year();
    let mut docx = document()
        .add_paragraph(title("督查通报"))
        .add_paragraph(subtitle(&format!("〔{year}〕　　号")))
        .add_paragraph(empty_line())
        .add_paragraph(subtitle(&format!("（{}落实情况，截至{}）", contents.title(), contents.as_of())))
        .add_paragraph(empty_line())
        .add_paragraph(heading("一、总体情况"))
        .add_paragraph(body(&overview(&figures.totals)))
        .add_table(chart(&figures.totals.duties.counts));
    let chapters = [
        ("推进情况", progress(&figures)),
        ("逾期事项", late(&figures, contents.moment)),
        ("需协调解决的问题", problems(&figures)),
        ("需研究决定的事项", to_decide(&figures)),
        ("经验做法", practices(&figures)),
        ("表扬、提醒和约谈", citations(contents)),
    ];
    // Unlike the others this chapter is left out where there is nothing to tell.
    let inspected = inspections(contents);
    let inspected = (!inspected.is_empty()).then_some(("专项督查", inspected));
    for ((title, lines), ordinal) in chapters.into_iter().chain(inspected).zip(2..) {
        docx = docx.add_paragraph(heading(&format!("{}、{title}", in_chinese(ordinal))));
        docx = paragraphs(docx, lines);
    }
    let head = contents.head.as_deref().unwrap_or("（空）");
    docx.add_paragraph(empty_line())
        .add_paragraph(signature(&in_words(contents.moment.today)))
        .add_paragraph(attachment_heading("附：各单位任务情况"))
        .add_table(units(contents.ranking, &figures.totals))
        .add_paragraph(remark(&format!("台账共{}条，末端校验值：{head}", contents.entries)))
}

/// A line of a chapter.
enum Line {
    /// A part of the plan, above what is said of its tasks.
    Part(String),
    Text(String),
}

fn paragraphs(docx: Docx, lines: Vec<Line>) -> Docx {
    let lines = if lines.is_empty() { vec![Line::Text("无。".to_owned())] } else { lines };
    lines.iter().fold(docx, |docx, line| match line {
        Line::Part(words) => docx.add_paragraph(part_heading(words)),
        Line::Text(words) => docx.add_paragraph(body(words)),
    })
}

/// The chapters' ordinals: fewer than ten.
fn in_chinese(ordinal: usize) -> char {
    "零一二三四五六七八九".chars().nth(ordinal).unwrap_or('十')
}

fn overview(totals: &Totals) -> String {
    let Totals { tasks, duties, units, .. } = totals;
    let silent = units.iter().filter(|unit| unit.silent > 0).count();
    let rate = per_mille(tasks.done, tasks.total).map(|rate| format!("，办结率{}.{}%", rate / 10, rate % 10));
    format!(
        "共有任务{}项，已办结{}项，提请办结{}项，推进中{}项，受阻{}项，未启动{}项，中止{}项；其中逾期{}项{}。承担任务的单位{}个，分解到单位的任务{}项，已有反馈{}项，{silent}个单位尚有任务未反馈。",
        tasks.total,
        tasks.done,
        tasks.claimed_done,
        tasks.in_progress,
        tasks.blocked,
        tasks.not_started,
        tasks.suspended,
        tasks.overdue,
        rate.unwrap_or_default(),
        units.len(),
        duties.counts.total,
        duties.heard,
    )
}

/// How many of all duties have which light.
fn chart(counts: &Counts) -> Table {
    let bar = |light: Light| {
        let count = counts.lights.of(light);
        (format!("{}　{count}", light.label()), light.colour(), count)
    };
    bars(&Light::ALL.map(bar), counts.total)
}

/// By part of the plan: what is done, and the latest word on what is under way.
fn progress(figures: &Figures<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut part = None;
    let told = |task: &&TaskFigure<'_>| task.status != Status::NotStarted || heard(task).next().is_some();
    for task in figures.tasks.iter().filter(told).take(MOST_TASKS) {
        if task.section != part {
            part = task.section;
            lines.extend(part.map(|part| Line::Part(part.name())));
        }
        let said: Vec<String> = heard(task).take(MOST_UNITS).collect();
        let rest = heard(task).count() - said.len();
        let rest = if rest > 0 { format!("；另有{rest}个单位已反馈") } else { String::new() };
        let said = if said.is_empty() { String::new() } else { format!("{}{rest}。", said.join("；")) };
        lines.push(Line::Text(format!("{}：{}。{said}", named(task.task), task.status.label())));
    }
    lines.extend(rest_of(figures.tasks.iter().filter(told).count(), "项"));
    lines
}

/// What lies beyond [`MOST_TASKS`].
fn rest_of(all: usize, counted: &str) -> Option<Line> {
    let rest = all.checked_sub(MOST_TASKS).filter(|rest| *rest > 0)?;
    Some(Line::Text(format!("其余{rest}{counted}见督办台账。")))
}

/// The latest word of each unit.
fn heard<'f>(task: &'f TaskFigure<'_>) -> impl Iterator<Item = String> + 'f {
    task.duties.iter().filter_map(|duty| {
        let report = duty.last_report.as_ref()?;
        let percent = duty.percent.filter(|_| duty.status == Status::InProgress);
        let percent = percent.map(|percent| format!("{percent}%，")).unwrap_or_default();
        let own = if duty.self_signed { "（本人核定）" } else { "" };
        Some(format!("{}{own}：{percent}{}", duty.unit.name, quote(&report.text)))
    })
}

/// What is overdue, with the reasons that the units gave.
fn late(figures: &Figures<'_>, moment: Moment) -> Vec<Line> {
    let today = moment.today;
    let tasks = figures.tasks.iter().filter_map(|task| {
        let since = task.overdue_since?;
        let late: Vec<&Duty> = task.duties.iter().copied().filter(|duty| duty.overdue_since(today).is_some()).collect();
        let reasons: Vec<String> = late.iter().take(MOST_UNITS).map(|duty| reason(duty)).collect();
        let rest = late.len() - reasons.len();
        let rest = if rest > 0 { format!("等{}个单位", late.len()) } else { String::new() };
        let days = (today - since).num_days();
        Some(Line::Text(format!(
            "{}：应于{}完成，逾期{days}天。{}{rest}。",
            named(task.task),
            in_words(since),
            reasons.join("、")
        )))
    });
    tasks.take(MOST_TASKS).chain(rest_of(figures.overdue().count(), "项")).collect()
}

/// Why a unit is late, in its own words.
fn reason(duty: &Duty) -> String {
    let said = duty.last_report.as_ref().map(|report| match duty.problems.as_slice() {
        [] => quote(&report.text),
        problems => quote(&problems.iter().map(|problem| problem.what.as_str()).collect::<Vec<_>>().join("；")),
    });
    format!("{}（{}）", duty.unit.name, said.unwrap_or_else(|| "尚无反馈".to_owned()))
}

fn problems(figures: &Figures<'_>) -> Vec<Line> {
    let raised = figures.problems.iter().take(MOST_TASKS);
    let raised = raised.map(|(duty, problem)| {
        Line::Text(format!("{}（{}）：{}。", named(&duty.task), duty.unit.name, quote(&problem.what)))
    });
    raised.chain(rest_of(figures.problems.len(), "个")).collect()
}

/// What reports pass on: what coordinators recommend comes first.
fn practices(figures: &Figures<'_>) -> Vec<Line> {
    let told = figures.practices.iter().take(MOST_TASKS).map(|(duty, practice)| {
        let mark = if practice.recommended { "（推荐）" } else { "" };
        Line::Text(format!("{}（{}）：{}。{mark}", named(&duty.task), duty.unit.name, quote(&practice.what)))
    });
    told.chain(rest_of(figures.practices.len(), "条")).collect()
}

/// What coordinators put on record and did not withdraw, by kind.
fn citations(contents: &Contents) -> Vec<Line> {
    let stands =
        |kind| contents.citations.iter().filter(move |cited| cited.kind == kind && cited.withdrawn_because.is_none());
    let lines = Kind::ALL
        .into_iter()
        .flat_map(stands)
        .map(|cited| Line::Text(format!("{}{}：{}。", cited.kind.label(), cited.unit.name, quote(&cited.reason))));
    lines.collect()
}

/// The inspections that are open, or were closed in the last month: who has answered, and who has not.
fn inspections(contents: &Contents) -> Vec<Line> {
    let today = contents.moment.today;
    let told = contents
        .inspections
        .iter()
        .filter(|one| one.closed_on.is_none_or(|closed| (today - closed).num_days() <= RECENT_DAYS));
    let lines = told.map(|one| {
        let waiting: Vec<&str> = one.waiting().map(|unit| unit.name.as_str()).collect();
        let named = waiting.iter().take(MOST_UNITS).copied().collect::<Vec<_>>().join("、");
        let waiting = match waiting.len() {
            0 => "均已答复".to_owned(),
            count if count > MOST_UNITS => format!("{named}等{count}个单位未答复"),
            _ => format!("{named}未答复"),
        };
        let closed = one.closed_on.map(|closed| format!("已于{}关闭，", in_words(closed))).unwrap_or_default();
        Line::Text(format!(
            "“{}”（期限{}）：{closed}要求{}个单位答复，{}个已答复，{waiting}。",
            quote(&one.words),
            in_words(one.due),
            one.parts.len(),
            one.answered(),
        ))
    });
    lines.collect()
}

/// What waits for a coordinator's word: claims, and wishes for more time or to be suspended.
fn to_decide(figures: &Figures<'_>) -> Vec<Line> {
    let mut claims: BTreeMap<(i64, String), Vec<&str>> = BTreeMap::new();
    for duty in &figures.claims {
        claims.entry((duty.task.id.0, named(&duty.task))).or_default().push(&duty.unit.name);
    }
    let claims = claims.into_iter().map(|((_, task), units)| format!("{task}：{}提请办结。", units.join("、")));
    let wishes = figures.petitions.iter().filter_map(|(petition, _, duty)| {
        let what = match petition {
            Petition::Claim => return None,
            Petition::Wish(WishKind::MoreTime) => format!("延期至{}", in_words(duty.waiting.more_time?.due)),
            Petition::Wish(WishKind::Suspension) => "中止".to_owned(),
        };
        Some(format!("{}：{}申请{what}。", named(&duty.task), duty.unit.name))
    });
    claims.chain(wishes).map(Line::Text).collect()
}

/// In the order of the roll; by how much is done only where the office ranks its units.
fn units(ranking: bool, totals: &Totals) -> Table {
    let mut units: Vec<&UnitFigures> = totals.units.iter().collect();
    let mut headings = vec!["单位", "任务", "已办结", "逾期", "未反馈"];
    if ranking {
        headings.insert(0, "名次");
        units.sort_by(|one, other| {
            let share = |unit: &UnitFigures, other: &UnitFigures| unit.counts.done * other.duties;
            share(other, one).cmp(&share(one, other)).then(one.counts.overdue.cmp(&other.counts.overdue))
        });
    }
    let head = headings.into_iter().map(str::to_owned).collect();
    let rows = units.into_iter().zip(1..).map(|(unit, place)| {
        let mut cells = vec![unit.unit.clone()];
        cells.extend([unit.duties, unit.counts.done, unit.counts.overdue, unit.silent].map(|count| count.to_string()));
        if ranking {
            cells.insert(0, place.to_string());
        }
        cells
    });
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    table(&rows, usize::from(ranking))
}

fn named(task: &TaskRef) -> String {
    let title = task.short_title().replace('“', "‘").replace('”', "’");
    format!("第{}项“{title}”", task.number)
}

/// What was said, on one line; of `/report 5 60% 说明` only what comes after the number.
fn quote(said: &str) -> String {
    let is_command = said.trim_start().starts_with('/');
    let line = said.split_whitespace().skip(if is_command { 2 } else { 0 }).collect::<Vec<_>>().join(" ");
    let line = line.trim_end_matches('。');
    let cut: String = line.chars().take(LONGEST_QUOTE).collect();
    if cut.len() < line.len() { format!("{cut}……") } else { cut }
}
