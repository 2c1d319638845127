//! 谁还没反馈: ever, since a day, or not once.

use chrono::NaiveDate;

use crate::chat::words::Block;
use crate::chat::{phrases, text};
use crate::office::duty::{Duty, Role};
use crate::office::figures::{Figures, UnitFigures};
use crate::office::status::Status;
use crate::questions::counting::task_called;
use crate::questions::page::Answer;
use crate::questions::sentences::unit_names;
use crate::understanding::{Only, Query};

pub fn answer(query: &Query, figures: &Figures<'_>) -> Answer {
    match (query.only, query.from) {
        (Some(Only::Never), _) => never(figures),
        (Some(Only::Duties), Some(from)) if from <= figures.totals.at.today => duties_since(from, figures),
        (only, Some(from)) if from <= figures.totals.at.today => since(from, only == Some(Only::Lead), figures),
        _ => ever(figures),
    }
}

/// The units of which nothing was ever heard, of any duty.
fn never(figures: &Figures<'_>) -> Answer {
    let (told, untold): (Vec<_>, Vec<_>) = figures
        .totals
        .units
        .iter()
        .filter(|unit| unit.heard == 0 && unit.silent > 0)
        .partition(|unit| unit.reach.is_reached());
    let line = |unit: &&UnitFigures| {
        Block::text(format!("{}{}：{} 项任务", text::escape(&unit.unit), unit.reach.mark(), unit.duties))
    };
    let others = if untold.is_empty() { String::new() } else { format!("；未能通知的 {} 个", untold.len()) };
    let head = match told.len() {
        0 => format!("能够通知的单位都反馈过{others}"),
        count => format!("<b>从未反馈的单位 {count} 个</b>{others}"),
    };
    Answer::new(head, told.iter().chain(&untold).map(line).collect::<Vec<_>>())
}

/// The units with open duties that are told of them and have said nothing of any since a day.
fn since(from: NaiveDate, leads: bool, figures: &Figures<'_>) -> Answer {
    let at = figures.totals.at;
    let is_heard = |duty: &Duty| duty.last_heard().is_some_and(|heard| at.day_of(heard) >= from);
    let all = figures.duties();
    let duties: Vec<&Duty> = all.filter(|duty| !leads || duty.role == Role::Lead).collect();
    let is_asked = |unit: &str| {
        let mut own = duties.iter().filter(|duty| duty.unit.name == unit);
        own.any(|duty| duty.status.is_open())
    };
    let lines: Vec<Block> = figures
        .totals
        .units
        .iter()
        .filter(|unit| unit.reach.is_reached() && is_asked(&unit.unit))
        .filter_map(|unit| {
            let own = || duties.iter().filter(|duty| duty.unit.name == unit.unit);
            if own().any(|duty| is_heard(duty)) {
                return None;
            }
            let last = own().filter_map(|duty| duty.last_heard()).max();
            let last = last_heard(last.map(|last| at.day_of(last)), at.today);
            Some(Block::text(format!("{}：{last}", text::escape(&unit.unit))))
        })
        .collect();
    let untold: Vec<String> = figures.totals.units_unreached().map(|unit| unit.unit.clone()).collect();
    let untold = match untold.len() {
        0 => String::new(),
        count => format!("；未能通知的 {count} 个：{}", phrases::names(&untold)),
    };
    let span = format!("{}以来", phrases::day(from, at.today));
    let head = match lines.len() {
        0 => format!("{span}能够通知的单位都有反馈{untold}"),
        count => format!("<b>{span}没有反馈的单位 {count} 个</b>{untold}"),
    };
    Answer::new(head, lines)
}

/// The open tasks of which nothing was heard since a day, with when each was heard of last.
fn duties_since(from: NaiveDate, figures: &Figures<'_>) -> Answer {
    let at = figures.totals.at;
    let open = figures.tasks.iter().filter(|task| task.status.is_open() && task.status != Status::ClaimedDone);
    let lines: Vec<Block> = open
        .filter_map(|task| {
            let last = task.duties.iter().filter_map(|duty| duty.last_heard_of_it()).max().map(|last| at.day_of(last));
            if last.is_some_and(|last| last >= from) {
                return None;
            }
            let told = last_heard(last, at.today);
            let line = format!("{}：{told}，{}", task_called(task), unit_names(&task.duties));
            Some(Block::task(line, task.task.id))
        })
        .collect();
    let since = phrases::day(from, at.today);
    match lines.len() {
        0 => Answer::new(format!("{since}以来各项任务都有反馈"), []),
        count => Answer::new(format!("<b>{since}以来没有反馈的任务 {count} 项</b>"), lines),
    }
}

fn last_heard(last: Option<NaiveDate>, today: NaiveDate) -> String {
    last.map_or_else(|| "从未反馈".to_owned(), |last| format!("上次反馈{}", phrases::day(last, today)))
}

/// The units with duties of which nothing was ever heard, and those that are told nothing.
fn ever(figures: &Figures<'_>) -> Answer {
    let mut silent: Vec<_> = figures.silent().collect();
    silent.sort_by_key(|unit| (std::cmp::Reverse(unit.silent), unit.duties));
    // One line for what is alike.
    let lines = silent.chunk_by(|one, next| (one.silent, one.duties) == (next.silent, next.duties)).map(|alike| {
        let (silent, duties) = (alike[0].silent, alike[0].duties);
        let names: Vec<String> = alike.iter().map(|unit| text::escape(&unit.unit)).collect();
        Block::text(match names.as_slice() {
            [only] => format!("{only}：{duties} 项任务中 {silent} 项尚无反馈"),
            several => {
                format!("{} 个单位各有 {duties} 项任务、{silent} 项尚无反馈：{}", several.len(), several.join("、"))
            }
        })
    });
    let unreached: Vec<_> = figures.unreached().collect();
    let mut by_reach: Vec<(&str, usize, Vec<String>)> = Vec::new();
    for unit in &unreached {
        let (label, name) = (unit.reach.label().unwrap_or_default(), text::escape(&unit.unit));
        match by_reach.iter_mut().find(|(known, silent, _)| (*known, *silent) == (label, unit.silent)) {
            Some((.., names)) => names.push(name),
            None => by_reach.push((label, unit.silent, vec![name])),
        }
    }
    let lines = lines.chain(by_reach.iter().map(|(label, silent, names)| {
        Block::text(match names.as_slice() {
            [only] => format!("{only}（{label}）：{silent} 项任务未能通知"),
            several => {
                format!("{label} {} 个单位，各有 {silent} 项任务未能通知：{}", several.len(), several.join("、"))
            }
        })
    }));
    let head = match (silent.len(), unreached.len()) {
        (0, 0) => "各单位均已反馈。".to_owned(),
        (0, unreached) if unreached == figures.totals.units.len() => {
            format!("还没有能够通知的单位；<b>未能通知的单位 {unreached} 个</b>")
        }
        (0, unreached) => format!("能够通知的单位均已反馈；<b>未能通知的单位 {unreached} 个</b>"),
        (silent, 0) => format!("<b>尚有任务未反馈的单位 {silent} 个</b>"),
        (silent, unreached) => format!("<b>尚有任务未反馈的单位 {silent} 个</b>，未能通知的单位 {unreached} 个"),
    };
    Answer::new(head, lines)
}
