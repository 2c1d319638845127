//! 督查通报: the bulletin as an office files it, .docx. Fonts, sizes and margins follow GB/T 9704—2012.

use std::collections::BTreeMap;
use std::io::Cursor;

use chrono::Datelike;
use docx_rs::{
    AlignmentType, Docx, LineSpacing, LineSpacingType, PageMargin, Paragraph, Run, RunFonts, Shading,
    SpecialIndentType, Table, TableAlignmentType, TableCell, TableRow, WidthType,
};

use super::{Contents, PaperError};
use crate::domain::duty::{Duty, Status};
use crate::domain::figures::{UnitFigures, task_status};
use crate::domain::light::Light;
use crate::schedule::deadline::in_words;

/// What documents print their title, headings and body in; a machine without the first takes its own 宋体 and 仿宋.
const TITLE_FONT: &str = "方正小标宋简体";
const HEADING_FONT: &str = "黑体";
const BODY_FONT: &str = "仿宋_GB2312";
const LATIN_FONT: &str = "Times New Roman";
/// In half points: 二号 and 三号, and 四号 in tables.
const TITLE_SIZE: usize = 44;
const BODY_SIZE: usize = 32;
const TABLE_SIZE: usize = 24;
/// In twentieths of a point: 28 points between lines, two characters of indent.
const LINE: i32 = 560;
const INDENT: i32 = 640;
/// How many cells the bar of the chart has.
const BAR_CELLS: usize = 20;
/// How much of what a unit said is repeated.
const LONGEST_QUOTE: usize = 120;

/// The bulletin's file.
pub fn bytes(contents: &Contents) -> Result<Vec<u8>, PaperError> {
    let mut file = Cursor::new(Vec::new());
    let written = document(contents).build().pack(&mut file);
    written.map_err(|error| PaperError::Bulletin(error.to_string()))?;
    Ok(file.into_inner())
}

fn document(contents: &Contents) -> Docx {
    // A4 with the margins of official documents, in twentieths of a point.
    let margin = PageMargin::new().top(2098).bottom(1984).left(1588).right(1474).header(851).footer(992);
    let year = contents.moment.today.year();
    let mut docx = Docx::new()
        .page_size(11_906, 16_838)
        .page_margin(margin)
        .add_paragraph(centred("督查通报", TITLE_FONT, TITLE_SIZE))
        .add_paragraph(centred(&format!("〔{year}〕　　号"), BODY_FONT, BODY_SIZE))
        .add_paragraph(centred(
            &format!("（{}落实情况，截至{}）", contents.title(), contents.as_of()),
            BODY_FONT,
            BODY_SIZE,
        ))
        .add_paragraph(heading("一、总体情况"))
        .add_paragraph(body(&overview(contents)))
        .add_table(chart(contents))
        .add_paragraph(heading("二、推进情况"));
    docx = paragraphs(docx, progress(contents));
    docx = docx.add_paragraph(heading("三、逾期事项"));
    docx = paragraphs(docx, late(contents));
    docx = docx.add_paragraph(heading("四、需协调解决的问题"));
    docx = paragraphs(docx, problems(contents));
    docx = docx.add_paragraph(heading("五、待核定事项"));
    docx = paragraphs(docx, to_decide(contents));
    docx = docx.add_paragraph(heading("附：各单位任务情况")).add_table(units(contents));
    let head = contents.head.as_deref().unwrap_or("（空）");
    docx.add_paragraph(body(&format!("台账共{}条，末端校验值：{head}", contents.entries)))
        .add_paragraph(signature(&in_words(contents.moment.today)))
}

fn paragraphs(docx: Docx, lines: Vec<String>) -> Docx {
    let lines = if lines.is_empty() { vec!["无。".to_owned()] } else { lines };
    lines.iter().fold(docx, |docx, line| docx.add_paragraph(body(line)))
}

fn overview(contents: &Contents) -> String {
    let tasks = &contents.totals.tasks;
    let units = &contents.totals.units;
    let silent = units.iter().filter(|unit| unit.silent > 0).count();
    format!(
        "共有任务{}项，已办结{}项，提请办结{}项，推进中{}项，受阻{}项，未启动{}项，中止{}项；其中逾期{}项。承担任务的单位{}个，其中{silent}个单位尚有任务未反馈。",
        tasks.total,
        tasks.done,
        tasks.claimed_done,
        tasks.in_progress,
        tasks.blocked,
        tasks.not_started,
        tasks.suspended,
        tasks.overdue,
        units.len()
    )
}

/// Bars of table cells: how many of all duties have which light.
fn chart(contents: &Contents) -> Table {
    let total = contents.duties.len();
    let today = contents.moment.today;
    let rows = Light::ALL.into_iter().map(|light| {
        let count = contents.duties.iter().filter(|duty| Light::of(duty, today) == light).count();
        let filled = (count * BAR_CELLS).checked_div(total).unwrap_or_default().max(usize::from(count > 0));
        let label = cell(&format!("{}　{count}", light.label())).width(2_400, WidthType::Dxa);
        let bar = (0..BAR_CELLS).map(|at| {
            let colour = if at < filled { light.colour() } else { "F2F2F2" };
            cell("").width(300, WidthType::Dxa).shading(Shading::new().fill(colour)).clear_all_border()
        });
        TableRow::new(std::iter::once(label.clear_all_border()).chain(bar).collect())
    });
    Table::new(rows.collect()).align(TableAlignmentType::Center)
}

/// By part of the plan: what is done, and the latest word on what is under way.
fn progress(contents: &Contents) -> Vec<String> {
    let mut lines = Vec::new();
    let mut part = None;
    for duties in contents.by_task() {
        let Some(first) = duties.first() else { continue };
        let heard: Vec<String> = duties.iter().filter_map(|duty| latest(duty)).collect();
        let status = task_status(&duties);
        if heard.is_empty() && status == Status::NotStarted {
            continue;
        }
        let section = contents.sections.get(&first.task.id);
        if section != part {
            part = section;
            lines.extend(section.cloned());
        }
        let heard = if heard.is_empty() { String::new() } else { format!("{}。", heard.join("；")) };
        lines.push(format!("{}：{}。{heard}", named(first), status.label()));
    }
    lines
}

fn latest(duty: &Duty) -> Option<String> {
    let report = duty.last_report.as_ref()?;
    let percent = duty.percent.filter(|_| duty.status == Status::InProgress).map(|percent| format!("{percent}%，"));
    Some(format!("{}：{}{}", duty.unit.name, percent.unwrap_or_default(), quote(&report.text)))
}

/// What is overdue, with the reasons that the units gave.
fn late(contents: &Contents) -> Vec<String> {
    let today = contents.moment.today;
    let tasks = contents.by_task().into_iter().filter_map(|duties| {
        let late: Vec<&Duty> = duties.into_iter().filter(|duty| duty.overdue_since(today).is_some()).collect();
        let since = late.iter().filter_map(|duty| duty.overdue_since(today)).min()?;
        let reasons = late.iter().map(|duty| {
            let said = duty.last_report.as_ref().map(|report| match report.problems.as_slice() {
                [] => quote(&report.text),
                problems => quote(&problems.join("；")),
            });
            format!("{}（{}）", duty.unit.name, said.unwrap_or_else(|| "尚无反馈".to_owned()))
        });
        let reasons: Vec<String> = reasons.collect();
        let days = (today - since).num_days();
        Some(format!("{}：应于{}完成，逾期{days}天。{}。", named(late.first()?), in_words(since), reasons.join("、")))
    });
    tasks.collect()
}

fn problems(contents: &Contents) -> Vec<String> {
    let raised = contents.duties.iter().filter_map(|duty| {
        let report = duty.last_report.as_ref().filter(|report| !report.problems.is_empty())?;
        Some(format!("{}（{}）：{}。", named(duty), duty.unit.name, quote(&report.problems.join("；"))))
    });
    raised.collect()
}

fn to_decide(contents: &Contents) -> Vec<String> {
    let mut claims: BTreeMap<(i64, String), Vec<&str>> = BTreeMap::new();
    for duty in contents.duties.iter().filter(|duty| duty.status == Status::ClaimedDone) {
        claims.entry((duty.task.id.0, named(duty))).or_default().push(&duty.unit.name);
    }
    claims.into_iter().map(|((_, task), units)| format!("{task}：{}提请办结。", units.join("、"))).collect()
}

/// In the order of the roll; by how much is done only where the office ranks its units.
fn units(contents: &Contents) -> Table {
    let mut units: Vec<&UnitFigures> = contents.totals.units.iter().collect();
    let mut headings = vec!["单位", "任务", "已办结", "逾期", "未反馈"];
    if contents.ranking {
        headings.insert(0, "名次");
        units.sort_by(|one, other| {
            let share = |unit: &UnitFigures, other: &UnitFigures| unit.counts.done * other.duties;
            share(other, one).cmp(&share(one, other)).then(one.counts.overdue.cmp(&other.counts.overdue))
        });
    }
    let head = TableRow::new(
        headings.into_iter().map(|heading| cell(heading).shading(Shading::new().fill("E7E6E6"))).collect(),
    );
    let rows = units.into_iter().zip(1..).map(|(unit, place)| {
        let mut cells = vec![unit.unit.clone()];
        cells.extend([unit.duties, unit.counts.done, unit.counts.overdue, unit.silent].map(|count| count.to_string()));
        if contents.ranking {
            cells.insert(0, place.to_string());
        }
        TableRow::new(cells.iter().map(|words| cell(words)).collect())
    });
    Table::new(std::iter::once(head).chain(rows).collect()).align(TableAlignmentType::Center)
}

fn named(duty: &Duty) -> String {
    format!("第{}项“{}”", duty.task.number, duty.task.short_title())
}

fn quote(said: &str) -> String {
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_end_matches('。');
    let cut: String = line.chars().take(LONGEST_QUOTE).collect();
    if cut.len() < line.len() { format!("{cut}……") } else { cut }
}

fn run(words: &str, font: &str, size: usize) -> Run {
    let fonts = RunFonts::new().ascii(LATIN_FONT).hi_ansi(LATIN_FONT).east_asia(font);
    Run::new().add_text(words).size(size).fonts(fonts)
}

fn spacing() -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Exact).line(LINE)
}

fn centred(words: &str, font: &str, size: usize) -> Paragraph {
    Paragraph::new().add_run(run(words, font, size)).align(AlignmentType::Center).line_spacing(spacing())
}

fn heading(words: &str) -> Paragraph {
    indented(run(words, HEADING_FONT, BODY_SIZE)).keep_next(true)
}

fn body(words: &str) -> Paragraph {
    indented(run(words, BODY_FONT, BODY_SIZE))
}

fn indented(run: Run) -> Paragraph {
    let first_line = Some(SpecialIndentType::FirstLine(INDENT));
    Paragraph::new().add_run(run).indent(None, first_line, None, None).line_spacing(spacing())
}

fn signature(day: &str) -> Paragraph {
    Paragraph::new().add_run(run(day, BODY_FONT, BODY_SIZE)).align(AlignmentType::Right).line_spacing(spacing())
}

fn cell(words: &str) -> TableCell {
    TableCell::new().add_paragraph(Paragraph::new().add_run(run(words, BODY_FONT, TABLE_SIZE)))
}
