//! 表头: the head of a table, of one row or two → what each column holds, and what its cells say with it.

use std::sync::LazyLock;

use regex::Regex;

use super::block::Block;
use super::clause::FIRST_LEADS;
use super::column::Column;
use super::label::Label;
use super::table::{Cell, TableRow};
use super::text::Line;
use super::{column, ordinal, script};
use crate::schedule::deadline;

/// What each column holds, and the words at its head.
#[derive(Debug, Default)]
pub struct Head {
    pub columns: Vec<Option<Column>>,
    pub names: Vec<String>,
}

impl Head {
    /// The head that a row is, and how many rows it takes: a wide head may have others below it.
    pub fn at(row: &TableRow, after: &[TableRow]) -> Option<(Head, usize)> {
        let mut columns = columns(row);
        let mut height = 1;
        if let Some(second) = after.first()
            && is_second_row(row, second)
        {
            let below = self::columns(second);
            columns.resize(columns.len().max(below.len()), None);
            let mut wide = None;
            for (index, column) in columns.iter_mut().enumerate() {
                wide = if row.cell(index).is_empty() { wide } else { *column };
                let says = !second.cell(index).is_empty();
                *column = match below.get(index).copied().flatten() {
                    Some(Column::Span) if tells_what_was(wide_name(row, index)) => Some(Column::More),
                    // 时限要求 over 开工 and 完工: both are dates.
                    own => own.or(if says { wide } else { *column }),
                };
            }
            height = 2;
        }
        let has = |wanted: fn(&Column) -> bool| columns.iter().flatten().any(wanted);
        let number = has(|column| *column == Column::Number);
        let text = has(|column| *column == Column::Text);
        let field = has(|column| matches!(column, Column::Field(_)));
        let cells = row.texts().count();
        let known = columns.iter().flatten().count();
        let is_head = cells > 1 && known * 2 > cells && ((number && (text || field)) || (text && field));
        let below = after.first().filter(|_| height == 2);
        let name = |index: usize| {
            let own = below.map(|row| row.cell(index).trim()).filter(|name| !name.is_empty());
            match own {
                Some(span) if columns[index] == Some(Column::Span) => in_year_of(wide_name(row, index), span),
                own => own.unwrap_or(row.cell(index).trim()).to_owned(),
            }
        };
        let names = (0..columns.len()).map(name).collect();
        let mut head = Head { columns, names };
        head.settle_unknown();
        is_head.then_some((head, height))
    }

    /// Nothing of a table is lost: where no column is known to hold the text, the first that is no unit, date or number does;
    /// what else has a head is kept with it; a column without a head goes on with the one before it, whose head covers both.
    fn settle_unknown(&mut self) {
        let named = |head: &Head, index: usize| !head.names[index].is_empty();
        if self.column(Column::Text).is_none() {
            let open = |index: &usize| {
                named(self, *index) && matches!(self.columns[*index], None | Some(Column::More | Column::Section))
            };
            let after_number = self.column(Column::Number).map_or(0, |number| number + 1);
            let measure = |index: &usize| open(index) && self.columns[*index] != Some(Column::More);
            let candidates = || (after_number..self.columns.len()).filter(open);
            if let Some(text) = candidates().find(measure).or_else(|| candidates().next()) {
                self.columns[text] = Some(Column::Text);
            }
        }
        // 2024年度目标 beside no other year is what the task is to reach, and no span of its own.
        let of_year = |index: &usize| {
            let name = &self.names[*index];
            let year =
                name.starts_with(|first: char| first.is_ascii_digit()) && !name.contains(['季', '月', '半', '全']);
            self.columns[*index] == Some(Column::Span) && year
        };
        let years: Vec<usize> = (0..self.columns.len()).filter(of_year).collect();
        if let [only] = years[..] {
            self.columns[only] = Some(Column::More);
        }
        // 整改类型 behind the text says more of its row.
        let text = self.column(Column::Text).unwrap_or(self.columns.len());
        for column in self.columns.iter_mut().skip(text).filter(|column| **column == Some(Column::Section)) {
            *column = Some(Column::More);
        }
        // 序号 numbers the rows, and 编号 beside it says more of them.
        let number = self.column(Column::Number);
        for (index, column) in self.columns.iter_mut().enumerate() {
            if *column == Some(Column::Number) && Some(index) != number {
                *column = Some(Column::More);
            }
        }
        for index in 0..self.columns.len() {
            if self.columns[index].is_some() {
                continue;
            }
            self.columns[index] = match index.checked_sub(1).map(|before| self.columns[before]) {
                _ if named(self, index) => Some(Column::More),
                Some(Some(before @ (Column::Text | Column::Field(_)))) => Some(before),
                _ => Some(Column::More),
            };
        }
    }

    /// 行动内容 | 具体举措: of two columns of text the first heads several rows where its cells span them, each with a number
    /// of its own or in a table without numbers.
    pub fn settle_shared(&mut self, rows: &[TableRow]) {
        const MOST_ROWS: usize = 1_000;
        let texts: Vec<usize> =
            (0..self.columns.len()).filter(|index| self.columns[*index] == Some(Column::Text)).collect();
        let Some((first, others)) = texts.split_first().filter(|(_, others)| !others.is_empty()) else { return };
        let number = self.column(Column::Number);
        let is_shared = |pair: &[TableRow]| {
            let (above, row) = (&pair[0], &pair[1]);
            let repeats =
                row.goes_on(*first) || (!row.cell(*first).is_empty() && row.cell(*first) == above.cell(*first));
            let own_number = number.is_none_or(|number| !row.cell(number).is_empty());
            repeats && own_number && others.iter().any(|other| !row.cell(*other).is_empty())
        };
        if rows[..rows.len().min(MOST_ROWS)].windows(2).any(is_shared) {
            self.columns[*first] = Some(Column::Section);
        }
    }

    /// 独办, 分办: how a proposal is answered, which says that nobody leads.
    pub fn settle_manner(&self, row: &TableRow, fields: &mut [(Label, String)]) {
        let says = |words: &[&str]| row.texts().any(|text| words.contains(&text.trim()));
        let (alone, apart) = (says(&["独办", "单办", "单独办理"]), says(&["分办", "分别办理"]));
        if alone || apart {
            for (label, value) in fields.iter_mut().filter(|(label, _)| matches!(label, Label::Lead | Label::Host)) {
                *label = Label::Responsible;
                value.push_str(if apart { "按职责分工负责" } else { "" });
            }
        }
    }

    /// Words with the head that they stand below.
    pub fn with_name(&self, index: usize, text: &str) -> String {
        match self.names.get(index).filter(|name| !name.is_empty()) {
            Some(name) => format!("{}：{text}", name.replace('\n', "")),
            None => text.to_owned(),
        }
    }

    /// Whether the head of a column of dates says what is due: 开工, and not 完成时限.
    pub fn tells_what(&self, index: usize) -> bool {
        self.names.get(index).is_some_and(|name| Column::of(name).is_none())
    }

    /// What a cell of units says, with the rule that its head declares: 责任单位（排第一位的为牵头单位）.
    pub fn with_rule(&self, index: usize, text: String) -> String {
        let rule = self.names.get(index).and_then(|name| FIRST_LEADS.find(name));
        match rule.filter(|_| !text.trim().is_empty()) {
            Some(rule) => format!("{text}，{}", rule.as_str()),
            None => text,
        }
    }

    /// What a row of the head says beside what the columns hold: 完成时限（以合同为准）.
    pub fn says_beside(&self, row: &TableRow) -> Vec<Block> {
        let is_kept = |index: usize| self.keeps_name(index) && self.names[index].ends_with(row.cell(index).trim());
        let names = (0..row.cells.len()).filter(|index| !is_kept(*index)).map(|index| row.cell(index));
        let line = |name: &str| Line { number: row.line, text: name.replace('\n', "").trim().to_owned() };
        names.filter(|name| !column::is_plain(name)).map(line).map(Block::Head).collect()
    }

    /// Whether the name of a column stands with the words of its cells.
    pub fn keeps_name(&self, index: usize) -> bool {
        match self.columns.get(index) {
            Some(Some(Column::More | Column::Span | Column::Field(Label::Other)) | None) => true,
            // 县档案局, with ★ below it.
            Some(Some(Column::Field(_))) => self.tells_what(index),
            Some(Some(Column::Number | Column::Section | Column::Text)) | None => false,
        }
    }

    pub fn column(&self, wanted: Column) -> Option<usize> {
        self.columns.iter().position(|column| *column == Some(wanted))
    }
}

/// Whether a row is the lower half of a head: cells of the upper half reach into it, or it names several columns where no
/// cells are merged, and all that it says itself stands below wide cells.
fn is_second_row(upper: &TableRow, lower: &TableRow) -> bool {
    const LONGEST: usize = 12;
    let filled: Vec<usize> = (0..lower.cells.len()).filter(|column| !lower.cell(*column).is_empty()).collect();
    let below_wide = |column: usize| upper.cell(column).is_empty() || upper.cell(column + 1).is_empty();
    let is_name = |column: usize| lower.cell(column).chars().nth(LONGEST).is_none();
    let is_head = |column: usize| matches!(Column::of(lower.cell(column)), Some(Column::Field(_) | Column::Span));
    let names_columns = filled.len() > 1
        && filled.iter().all(|column| is_head(*column))
        && filled.iter().any(|column| upper.cell(*column).is_empty());
    !filled.is_empty()
        && (lower.cells.contains(&Cell::Above) || names_columns)
        && filled.into_iter().all(|column| below_wide(column) && is_name(column))
}

/// The name of the cell that reaches over a column.
fn wide_name(upper: &TableRow, column: usize) -> &str {
    (0..=column).rev().map(|index| upper.cell(index).trim()).find(|name| !name.is_empty()).unwrap_or_default()
}

/// 上年完成情况 over 一季度: what was, and nothing that is due.
fn tells_what_was(wide: &str) -> bool {
    ["情况", "实绩", "完成数", "完成值"].iter().any(|word| script::simplify(wide).contains(word))
}

/// 2025年目标 over 一季度: that of its year.
fn in_year_of(wide: &str, span: &str) -> String {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new("20[0-9]{2}年").expect("a constant"));
    match YEAR.find(wide).filter(|_| !YEAR.is_match(span)) {
        Some(year) => format!("{}{span}", year.as_str()),
        None => span.to_owned(),
    }
}

fn columns(row: &TableRow) -> Vec<Option<Column>> {
    (0..row.cells.len()).map(|column| Column::of(row.cell(column))).collect()
}

/// What a row says itself, without what cells above it span.
pub struct Own {
    pub texts: Vec<String>,
    pub fields: Vec<(Label, String)>,
}

impl Own {
    /// A measure with units of its own.
    pub fn is_task(&self) -> bool {
        let names_units = |(label, _): &(Label, String)| !matches!(label, Label::Deadline | Label::Other);
        !self.texts.is_empty() && self.fields.iter().any(names_units)
    }
}

impl Head {
    /// The column whose text begins with the task's number, where other texts stand before it: those are sections.
    pub fn numbered_text(&self, row: &TableRow) -> Option<usize> {
        let begins = |index: &usize| ordinal::leading(row.cell(*index)).is_some();
        let texts = self.columns.iter().enumerate().filter(|(_, column)| **column == Some(Column::Text));
        texts.map(|(index, _)| index).rfind(begins)
    }

    pub fn own(&self, row: &TableRow) -> Own {
        let mut own = Own { texts: Vec::new(), fields: Vec::new() };
        for (index, column) in self.columns.iter().enumerate() {
            let text = row.cell(index).to_owned();
            match column {
                _ if text.is_empty() => {}
                Some(Column::Text) => own.texts.push(text),
                Some(Column::Field(label)) => own.fields.push((*label, self.with_rule(index, text))),
                Some(Column::Span | Column::More) => own.texts.push(self.with_name(index, &text)),
                _ => {}
            }
        }
        let beside = self.columns.len()..row.cells.len();
        own.texts.extend(beside.map(|index| row.cell(index).to_owned()).filter(|text| !text.is_empty()));
        own
    }
}

/// ★ and ○ below the name of a unit say its part, √ that of the column; `None` for other words.
pub fn mark(cell: &str) -> Option<Option<Label>> {
    match cell.trim() {
        "★" | "●" | "▲" | "◆" | "◎" => Some(Some(Label::Lead)),
        "☆" | "○" | "△" | "◇" => Some(Some(Label::Supporting)),
        "√" | "✓" | "✔" => Some(None),
        _ => None,
    }
}

/// The dates of a cell below a span of time, which a mark alone gives too: 4月 | √.
pub fn dates_below(span: &str, cell: &str) -> Vec<(Label, String)> {
    if mark(cell).is_some() {
        return vec![(Label::Deadline, span.to_owned())];
    }
    if !cell.contains(char::is_alphanumeric) {
        return Vec::new();
    }
    let (when, ends_later) = when(span, cell);
    let dates = std::iter::once(when).chain(ends_later.then(|| span.to_owned()));
    dates.map(|date| (Label::Deadline, date)).collect()
}

/// When a cell below a span of time is due: 二季度 | 5月底前完成招标 when it says itself, 2025年 | 6月底前完成 within that year,
/// and else with the span. A clause without a date is due with the span too.
fn when(span: &str, cell: &str) -> (String, bool) {
    // 第一季度进度安排
    static KIND: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("(?:工作)?(?:任务|目标|计划|安排|进度|节点)+$").expect("a constant"));
    let span = KIND.find(span).map_or(span, |kind| &span[..kind.start()]);
    let dates =
        |text: &str| deadline::find(&script::simplify(text), deadline::Context::default(), deadline::Place::Field);
    let cell = &in_month_of(span, cell);
    let own = dates(cell);
    let Some(first) = own.first() else { return (span.to_owned(), false) };
    let ends_later =
        cell.split(['，', '；', '。', ',']).any(|clause| !clause.trim().is_empty() && dates(clause).is_empty());
    let year = span.find('年').filter(|_| span.starts_with("20")).map(|at| &span[..at + '年'.len_utf8()]);
    let (before, after) = cell.split_at(first.range.start);
    let when = match year.filter(|_| !cell.contains('年')) {
        Some(year) => format!("{before}{year}{after}"),
        None => cell.to_owned(),
    };
    (when, ends_later)
}

/// 25日前完成招标 below 4月: a day of that month.
fn in_month_of(span: &str, cell: &str) -> String {
    static MONTH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?P<month>(?:20[0-9]{2}年)?[0-9一二三四五六七八九十]{1,2}月)").expect("a constant")
    });
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?P<before>^|[，,；;。])(?P<day>(?:[0-9]{1,2}[日号]|[上中下]旬)(?:[^内]|$))").expect("a constant")
    });
    match MONTH.captures(span) {
        Some(found) => DAY.replace_all(cell, format!("${{before}}{}${{day}}", &found["month"])).into_owned(),
        None => cell.to_owned(),
    }
}
