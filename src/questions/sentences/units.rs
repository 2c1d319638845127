//! How the units stand beside each other: 哪个单位进度最慢, 各单位办结率. Counts, and no marks.

use std::cmp::Reverse;

use crate::chat::text;
use crate::chat::words::Block;
use crate::office::figures::{Figures, UnitFigures, per_mille};
use crate::questions::page::Answer;
use crate::questions::sentences::rate;
use crate::understanding::{Among, Only, Query};

pub fn answer(query: &Query, figures: &Figures<'_>) -> Answer {
    let mut units: Vec<&UnitFigures> = figures.totals.units.iter().collect();
    let done = |unit: &UnitFigures| per_mille(unit.counts.done, unit.duties).unwrap_or(0);
    let heard = |unit: &UnitFigures| per_mille(unit.heard, unit.duties).unwrap_or(0);
    let slowest = |unit: &&UnitFigures| (Reverse(unit.counts.overdue), done(unit), heard(unit));
    let order = match query.only {
        Some(Only::Busiest) => {
            units.sort_by_key(|unit| Reverse(unit.duties));
            "任务多的在前"
        }
        Some(Only::Fastest) => {
            units.sort_by_key(|unit| (unit.counts.overdue, Reverse(done(unit)), Reverse(heard(unit))));
            "依次按逾期少、办结率高、反馈多排列"
        }
        Some(Only::Slowest) => {
            units.sort_by_key(slowest);
            "依次按逾期多、办结率低、反馈少排列"
        }
        _ => "按名册次序",
    };
    let whose = query.among.map_or("单位", Among::label);
    let lines = units.iter().map(|unit| Block::text(line(unit)));
    Answer::new(format!("<b>各{whose}进度</b>（{} 个，{order}）", units.len()), lines)
}

/// `省公安厅：任务 21，办结 1（4.8%），逾期 2，已反馈 4`
fn line(unit: &UnitFigures) -> String {
    let done = rate(unit.counts.done, unit.duties).map(|rate| format!("（{rate}）")).unwrap_or_default();
    format!(
        "{}{}：任务 {}，办结 {}{done}，逾期 {}，已反馈 {}",
        text::escape(&unit.unit),
        unit.reach.mark(),
        unit.duties,
        unit.counts.done,
        unit.counts.overdue,
        unit.heard
    )
}
