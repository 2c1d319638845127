//! 网页看板: the board as a page that is read on a telephone and printed. It runs nothing and fetches nothing.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};

use crate::office::duty::TaskRef;
use crate::office::figures::{Counts, Figures};
use crate::office::light::Light;
use crate::paper::board::{card_counts, done_of, late_units, longest_overdue, upcoming};
use crate::paper::burn_down::burn_down;
use crate::paper::heads::ROOM;
use crate::paper::{Contents, svg};

const STYLE: &str = include_str!("page.css");
/// Dates beyond these are left to the workbook.
const MOST_DATES: usize = 300;

/// The page, HTML.
pub fn html(contents: &Contents) -> String {
    let figures = contents.figures();
    let mut page = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">");
    let title = text(&contents.title());
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">";
    page += "<meta name=\"robots\" content=\"noindex\"><meta name=\"referrer\" content=\"no-referrer\">";
    page += &format!("<title>督办看板：{title}</title><style>{STYLE}</style></head><body>");
    page += &format!("<header><h1>{title}</h1><p>督办看板　截至{}</p></header>", text(&contents.as_of()));
    page += &cards(&figures.totals.tasks);
    if let Some(course) = burn_down(contents, &figures, ROOM) {
        page += &format!("<section class=\"chart\">{}</section>", svg::inline(&course, ROOM));
    }
    page += &overdue(contents, &figures);
    page += &next_dates(contents, &figures);
    if figures.totals.sections.len() > 1 {
        for sections in figures.totals.sections.chunk_by(|one, next| one.plan == next.plan) {
            let plan = sections.first().map(|section| contents.plan_beside_others(&section.plan)).unwrap_or_default();
            page += &format!("<section><h2>按部分（任务）{}</h2><table class=\"bars\">", text(&plan));
            for section in sections {
                page += &bar(&section.name(), &section.tasks);
            }
            page += "</table></section>";
        }
    }
    page += "<section><h2>按单位（各单位承担的责任）</h2><table class=\"bars\">";
    for unit in &figures.totals.units {
        page += &bar(&unit.unit_and_reach(), &unit.counts);
    }
    page += "</table></section>";
    page += &timeline(contents, &figures);
    let head = contents.head.as_deref().unwrap_or("（空）");
    let office = contents.letterhead.office.as_deref().map(|office| format!("{}<br>", text(office)));
    page += &format!(
        "<footer>{}台账{}条，末端 {head}</footer></body></html>\n",
        office.unwrap_or_default(),
        contents.entries
    );
    page
}

fn cards(tasks: &Counts) -> String {
    let mut cards = String::from("<dl class=\"cards\">");
    for (label, count, colour) in card_counts(tasks) {
        // Writing to a string cannot fail.
        let _ = write!(cards, "<div><dt>{label}</dt><dd style=\"color:#{colour}\">{count}</dd></div>");
    }
    cards += "</dl><p class=\"legend\">";
    for light in Light::ALL {
        let _ = write!(cards, "<span><i style=\"background:#{}\"></i>{}</span>", light.colour(), light.label());
    }
    cards + "</p>"
}

fn bar(name: &str, counts: &Counts) -> String {
    let mut row = format!("<tr><th>{}</th><td class=\"bar\"><div>", text(name));
    for light in Light::ALL {
        let count = counts.lights.of(light);
        if count > 0 {
            let _ = write!(
                row,
                "<i style=\"flex-grow:{count};background:#{}\" title=\"{}{count}\"></i>",
                light.colour(),
                light.label()
            );
        }
    }
    let _ = write!(row, "</div></td><td class=\"count\">{}</td></tr>", done_of(counts));
    row
}

fn overdue(contents: &Contents, figures: &Figures<'_>) -> String {
    let today = contents.moment.today;
    let mut rows = String::new();
    let late = longest_overdue(figures);
    for task in late.iter().take(MOST_DATES) {
        let since = task.overdue_since.unwrap_or(today);
        let _ = write!(
            rows,
            "<tr><td class=\"day\">{}</td><td>{}</td><td class=\"count\">逾期{}天 {}个单位</td></tr>",
            full_day(since),
            named(contents, task.plan, task.task),
            (today - since).num_days(),
            late_units(task, today),
        );
    }
    let count = late.len();
    if count == 0 { rows } else { format!("<section><h2>逾期任务 {count} 项</h2><table>{rows}</table></section>") }
}

/// A task with its plan, where other plans stand beside that.
fn named(contents: &Contents, plan: &str, task: &TaskRef) -> String {
    text(&format!("第{}项 {}{}", task.number, task.short_title(), contents.plan_beside_others(plan)))
}

fn next_dates(contents: &Contents, figures: &Figures<'_>) -> String {
    let today = contents.moment.today;
    let mut rows = String::new();
    for deadline in upcoming(figures, today) {
        let due = deadline.milestone.due;
        let task = deadline.duties.first().map(|duty| named(contents, &duty.plan, &duty.task));
        let left = (due - today).num_days();
        let left = if left == 0 { "今天".to_owned() } else { format!("{left}天") };
        let _ = write!(
            rows,
            "<tr><td class=\"day\">{}</td><td>{}</td><td class=\"count\">{left} {}个单位</td></tr>",
            full_day(due),
            task.unwrap_or_default(),
            deadline.duties.len()
        );
    }
    match rows.is_empty() {
        true => rows,
        false => format!("<section><h2>接下来到期</h2><table>{rows}</table></section>"),
    }
}

fn timeline(contents: &Contents, figures: &Figures<'_>) -> String {
    let today = contents.moment.today;
    let dates = figures.timeline();
    if dates.is_empty() {
        return String::new();
    }
    let mut rows = String::new();
    for dated in dates.iter().take(MOST_DATES) {
        let task = dated.duties.first().map(|duty| named(contents, &duty.plan, &duty.task));
        let (colour, standing) = (dated.light.colour(), dated.standing(today));
        let _ = write!(
            rows,
            "<tr><td class=\"day\"><i style=\"background:#{colour}\"></i>{}</td><td>{}<small>{}</small></td><td class=\"count\">{standing}</td></tr>",
            full_day(dated.milestone.due),
            task.unwrap_or_default(),
            text(&dated.units()),
        );
    }
    let rest = dates.len().saturating_sub(MOST_DATES);
    let rest = if rest > 0 { format!("<p>其余{rest}个时限见督办台账。</p>") } else { String::new() };
    format!("<section><h2>时限时间轴</h2><table class=\"timeline\">{rows}</table>{rest}</section>")
}

fn full_day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// What people wrote, as text.
fn text(words: &str) -> String {
    svg::escape(words).replace('"', "&quot;")
}
