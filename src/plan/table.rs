//! 表格: rows of cells, as Word, Excel and CSV hold them → tasks, and paragraphs around them.

use super::block::{Block, Row};
use super::clause::FIRST_LEADS;
use super::column::Column;
use super::label::Label;
use super::ordinal::{self, Ordinal, Style};
use super::script;
use super::text::Line;
use crate::chinese::numerals;
use crate::schedule::deadline;

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    /// Merged with the cell above.
    Above,
}

impl Default for Cell {
    fn default() -> Cell {
        Cell::Text(String::new())
    }
}

/// A row of cells; those that a wide cell covers are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRow {
    pub line: usize,
    pub cells: Vec<Cell>,
}

impl TableRow {
    /// What the cells say, one after another.
    pub fn text(&self) -> String {
        self.texts().collect::<Vec<_>>().join(" ")
    }

    /// Whether more than one cell says something.
    pub fn has_several(&self) -> bool {
        self.texts().nth(1).is_some()
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.cells.len()).map(|column| self.cell(column)).filter(|text| !text.is_empty())
    }

    fn cell(&self, column: usize) -> &str {
        match self.cells.get(column) {
            Some(Cell::Text(text)) => text,
            Some(Cell::Above) | None => "",
        }
    }

    fn goes_on(&self, column: usize) -> bool {
        self.cells.get(column) == Some(&Cell::Above)
    }

    pub fn put(&mut self, column: usize, cell: Cell) {
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Cell::default());
        }
        self.cells[column] = cell;
    }
}

/// Whether rows begin with the head of a table of tasks.
pub fn begins_with_head(rows: &[TableRow]) -> bool {
    rows.split_first().is_some_and(|(first, after)| Head::at(first, after).is_some())
}

/// The rows below a head of table become tasks; all other rows are paragraphs.
pub fn blocks(rows: Vec<TableRow>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut table: Option<Table> = None;
    let mut rest = rows.as_slice();
    while let Some((row, after)) = rest.split_first() {
        rest = after;
        if let Some((mut head, height)) = Head::at(row, after) {
            rest = &after[height - 1..];
            head.settle_shared(rest);
            table = Some(Table { head, ..Table::default() });
            continue;
        }
        match &mut table {
            Some(table) if !table.is_heading(row) && !table.is_below(row, &blocks) => table.take(row, &mut blocks),
            _ => blocks.extend(paragraphs(row)),
        }
    }
    blocks
}

/// A row outside of a table: what stands side by side is one line.
fn paragraphs(row: &TableRow) -> impl Iterator<Item = Block> {
    let text = row.text();
    let lines: Vec<String> = text.split('\n').map(super::text::trimmed).filter(|line| !line.is_empty()).collect();
    let number = row.line;
    lines.into_iter().map(move |text| Block::Paragraph(Line { number, text }))
}

/// What each column holds, and the words at its head.
#[derive(Debug, Default)]
struct Head {
    columns: Vec<Option<Column>>,
    names: Vec<String>,
}

impl Head {
    /// The head that a row is, and how many rows it takes: a wide head may have others below it.
    fn at(row: &TableRow, after: &[TableRow]) -> Option<(Head, usize)> {
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
                // 时限要求 over 开工 and 完工: both are dates.
                *column = below.get(index).copied().flatten().or(if says { wide } else { *column });
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
        let name = |index: usize| below.map(|row| row.cell(index)).filter(|name| !name.is_empty());
        let names = (0..columns.len()).map(|index| name(index).unwrap_or(row.cell(index)).trim().to_owned()).collect();
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
    fn settle_shared(&mut self, rows: &[TableRow]) {
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
    fn settle_manner(&self, row: &TableRow, fields: &mut [(Label, String)]) {
        let says = |words: &[&str]| row.texts().any(|text| words.contains(&text.trim()));
        let (alone, apart) = (says(&["独办", "单独办理"]), says(&["分办", "分别办理"]));
        if alone || apart {
            for (label, value) in fields.iter_mut().filter(|(label, _)| *label == Label::Lead) {
                *label = Label::Responsible;
                value.push_str(if apart { "按职责分工负责" } else { "" });
            }
        }
    }

    /// Words with the head that they stand below.
    fn with_name(&self, index: usize, text: &str) -> String {
        match self.names.get(index).filter(|name| !name.is_empty()) {
            Some(name) => format!("{}：{text}", name.replace('\n', "")),
            None => text.to_owned(),
        }
    }

    /// Whether the head of a column of dates says what is due: 开工, and not 完成时限.
    fn tells_what(&self, index: usize) -> bool {
        self.names.get(index).is_some_and(|name| Column::of(name).is_none())
    }

    /// What a cell of units says, with the rule that its head declares: 责任单位（排第一位的为牵头单位）.
    fn with_rule(&self, index: usize, text: String) -> String {
        let rule = self.names.get(index).and_then(|name| FIRST_LEADS.find(name));
        match rule.filter(|_| !text.trim().is_empty()) {
            Some(rule) => format!("{text}，{}", rule.as_str()),
            None => text,
        }
    }

    fn column(&self, wanted: Column) -> Option<usize> {
        self.columns.iter().position(|column| *column == Some(wanted))
    }
}

/// Whether a row is the lower half of a head: cells of the upper half reach into it, and all that it says itself stands below
/// wide cells.
fn is_second_row(upper: &TableRow, lower: &TableRow) -> bool {
    const LONGEST: usize = 12;
    let mut filled = (0..lower.cells.len()).filter(|column| !lower.cell(*column).is_empty()).peekable();
    let below_wide = |column: usize| upper.cell(column).is_empty() || upper.cell(column + 1).is_empty();
    let is_name = |column: usize| lower.cell(column).chars().nth(LONGEST).is_none();
    lower.cells.contains(&Cell::Above)
        && filled.peek().is_some()
        && filled.all(|column| below_wide(column) && is_name(column))
}

fn columns(row: &TableRow) -> Vec<Option<Column>> {
    (0..row.cells.len()).map(|column| Column::of(row.cell(column))).collect()
}

/// A table whose rows are being read.
#[derive(Default)]
struct Table {
    head: Head,
    /// The last text of each column, which cells merged with it show too.
    last: Vec<String>,
    section: String,
    value: u32,
    /// Its last task stands right before the next row.
    begun: bool,
    /// The last number, and how many rows have it.
    numbered: Option<(Ordinal, usize)>,
}

impl Table {
    /// Whether a row holds a heading that is printed across the table, or a note below it.
    fn is_heading(&self, row: &TableRow) -> bool {
        let text = self.head.column(Column::Text);
        let filled: Vec<usize> = (0..row.cells.len()).filter(|column| !row.cell(*column).is_empty()).collect();
        match filled[..] {
            [] => !row.cells.contains(&Cell::Above),
            [only] => {
                let adds_units = matches!(self.head.columns.get(only), Some(Some(Column::Field(_))));
                !row.cells.contains(&Cell::Above) && Some(only) != text && !adds_units
            }
            _ => false,
        }
    }

    /// Whether a row without words and number follows what is no row: the signature below a note.
    fn is_below(&self, row: &TableRow, blocks: &[Block]) -> bool {
        let says = |column: Column| {
            let has = |(index, found): (usize, &Option<Column>)| *found == Some(column) && !row.cell(index).is_empty();
            self.head.columns.iter().enumerate().any(has)
        };
        let after_row = matches!(blocks.last(), None | Some(Block::Row(_)));
        !after_row && !says(Column::Text) && !says(Column::Number) && !row.cells.contains(&Cell::Above)
    }

    fn take(&mut self, row: &TableRow, blocks: &mut Vec<Block>) {
        if is_total(row) {
            return;
        }
        let mut read = self.read(row);
        let own = self.head.own(row);
        match (blocks.last_mut(), &mut self.numbered) {
            (Some(Block::Row(_)), Some((ordinal, rows)))
                if self.begun && read.ordinal.printed.is_empty() && own.is_task() =>
            {
                *rows += 1;
                read.ordinal = ordinal.of_paragraph(*rows);
                read.shares_number = true;
                blocks.push(Block::Row(read));
            }
            (Some(Block::Row(last)), _) if self.begun && read.ordinal.printed.is_empty() => last.append(own),
            _ => {
                self.begun = true;
                self.value = read.ordinal.value;
                self.numbered = Some((read.ordinal.clone(), 1));
                blocks.push(Block::Row(read));
            }
        }
    }

    /// A row as a task of its own; one that goes on with the task above has no number.
    fn read(&mut self, row: &TableRow) -> Row {
        /// Longer texts are not those of units or dates, which merged cells repeat.
        const LONGEST_REPEATED: usize = 4_000;
        self.last.resize(self.last.len().max(row.cells.len()), String::new());
        let (mut texts, mut fields, mut section, mut number) = (Vec::new(), Vec::new(), String::new(), None);
        let mut more = Vec::new();
        let number_column = self.head.column(Column::Number);
        let numbered_text = self.head.numbered_text(row).filter(|_| number_column.is_none());
        for (index, column) in self.head.columns.iter().enumerate() {
            let repeats = row.goes_on(index) || ["同上", "〃", "″"].contains(&row.cell(index).trim());
            let text = if repeats { self.last[index].clone() } else { row.cell(index).to_owned() };
            if let Some(last) = self.last.get_mut(index) {
                *last = Some(text.clone()).filter(|text| text.len() <= LONGEST_REPEATED).unwrap_or_default();
            }
            let before_number = number_column.is_some_and(|number| index < number);
            match column {
                Some(Column::Number) => number = Some(text).filter(|_| !row.goes_on(index)),
                Some(Column::Section) => section = text,
                Some(Column::Text | Column::More) | None if before_number => section = text,
                Some(Column::Text) if numbered_text.is_some_and(|numbered| index < numbered) => section = text,
                Some(Column::Text) => texts.extend(Some(text).filter(|text| !text.is_empty())),
                Some(Column::Field(Label::Other)) => {
                    let named = if text.trim().is_empty() { text } else { self.head.with_name(index, &text) };
                    fields.push((Label::Other, named));
                }
                Some(Column::Field(Label::Deadline)) if !text.is_empty() && self.head.tells_what(index) => {
                    fields.push((Label::Deadline, self.head.with_name(index, &text)));
                }
                Some(Column::Field(label)) => fields.push((*label, self.head.with_rule(index, text))),
                Some(Column::Span | Column::More) | None if !text.contains(char::is_alphanumeric) => {}
                Some(Column::Span) => {
                    more.push(self.head.with_name(index, &text));
                    let head = &self.head.names[index];
                    let (when, ends_later) = when(head, &text);
                    fields.push((Label::Deadline, when));
                    fields.extend(ends_later.then(|| (Label::Deadline, head.clone())));
                }
                Some(Column::More) | None => more.push(self.head.with_name(index, &text)),
            }
        }
        let new_section = !section.is_empty() && section != self.section;
        if new_section {
            self.section.clone_from(&section);
        }
        self.head.settle_manner(row, &mut fields);
        let mut text = texts.join("\n");
        let ordinal = self.ordinal(number_column.map(|_| number.unwrap_or_default()), &mut text);
        for words in more {
            text.push_str(if text.is_empty() { "" } else { "\n" });
            text.push_str(&words);
        }
        let section = Some(section).filter(|_| new_section);
        Row { line: row.line, section, ordinal, shares_number: false, text, fields }
    }

    /// The number of a row: the printed one, else the one that its text begins with, else its place in a table that has
    /// no numbers.
    fn ordinal(&self, printed: Option<String>, text: &mut String) -> Ordinal {
        let printed = printed.map(|number| number.trim().trim_end_matches(['.', '、', '．']).to_owned());
        if let Some(number) = &printed
            && !number.is_empty()
        {
            let digits = number.trim_matches(['（', '）', '(', ')', '第', '项']);
            let value = numerals::parse(digits).unwrap_or(self.value.saturating_add(1));
            return Ordinal { style: Style::Dotted, value, printed: number.clone() };
        }
        if let Some(marker) = ordinal::leading(text) {
            *text = text.split_off(marker.end);
            return marker.ordinal;
        }
        let value = if printed.is_none() { self.value.saturating_add(1) } else { 0 };
        let printed = if value > 0 { value.to_string() } else { String::new() };
        Ordinal { style: Style::Dotted, value, printed }
    }
}

/// When a cell below a span of time is due: 二季度 | 5月底前完成招标 when it says itself, 2025年 | 6月底前完成 within that year,
/// and else with the span. A clause without a date is due with the span too.
fn when(span: &str, cell: &str) -> (String, bool) {
    let dates =
        |text: &str| deadline::find(&script::simplify(text), deadline::Context::default(), deadline::Place::Field);
    let own = dates(cell);
    let Some(first) = own.first() else { return (span.to_owned(), false) };
    let ends_later =
        cell.split(['，', '；', '。', ',']).any(|clause| !clause.trim().is_empty() && dates(clause).is_empty());
    let year =
        span.char_indices().find(|(_, character)| *character == '年').map(|(at, year)| &span[..at + year.len_utf8()]);
    let (before, after) = cell.split_at(first.range.start);
    let when = match year.filter(|_| !cell.contains('年')) {
        Some(year) => format!("{before}{year}{after}"),
        None => cell.to_owned(),
    };
    (when, ends_later)
}

/// 合计 5项, which counts the others, and 审核：郭某　填表：田某, who made the table.
fn is_total(row: &TableRow) -> bool {
    row.texts().next().is_some_and(|first| {
        let first = first.replace([' ', '\u{3000}'], "");
        let signs = ["审核", "填表", "制表", "审批", "签批", "复核"].iter().any(|word| first.starts_with(word));
        ["合计", "总计", "小计"].contains(&first.as_str()) || (signs && first.contains(['：', ':']))
    })
}

/// What a row says itself, without what cells above it span.
struct Own {
    texts: Vec<String>,
    fields: Vec<(Label, String)>,
}

impl Own {
    /// A measure with units of its own.
    fn is_task(&self) -> bool {
        let names_units = |(label, _): &(Label, String)| !matches!(label, Label::Deadline | Label::Other);
        !self.texts.is_empty() && self.fields.iter().any(names_units)
    }
}

impl Head {
    /// The column whose text begins with the task's number, where other texts stand before it: those are sections.
    fn numbered_text(&self, row: &TableRow) -> Option<usize> {
        let begins = |index: &usize| ordinal::leading(row.cell(*index)).is_some();
        let texts = self.columns.iter().enumerate().filter(|(_, column)| **column == Some(Column::Text));
        texts.map(|(index, _)| index).rfind(begins)
    }

    fn own(&self, row: &TableRow) -> Own {
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
        own
    }
}

impl Row {
    /// A row that adds words or units to the task above it.
    fn append(&mut self, own: Own) {
        for text in own.texts {
            self.text.push('\n');
            self.text.push_str(&text);
        }
        self.fields.extend(own.fields);
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, TableRow, blocks};
    use crate::plan::block::{Block, Row};

    /// A row a line, cells apart by bars; `^` is merged with the cell above.
    fn read(text: &str) -> Vec<Block> {
        let cell = |text: &str| if text == "^" { Cell::Above } else { Cell::Text(text.to_owned()) };
        let row =
            |(index, line): (usize, &str)| TableRow { line: index + 1, cells: line.split('|').map(cell).collect() };
        blocks(text.lines().enumerate().map(row).collect())
    }

    fn rows(text: &str) -> Vec<Row> {
        let row = |block| match block {
            Block::Row(row) => Some(row),
            Block::Paragraph(_) => None,
        };
        read(text).into_iter().filter_map(row).collect()
    }

    fn told(row: &Row) -> (String, String, Vec<&str>) {
        let fields = row.fields.iter().map(|(_, text)| text.as_str()).collect();
        (row.ordinal.printed.clone(), row.text.replace('\n', "/"), fields)
    }

    #[test]
    fn merged_units_are_those_of_every_row() {
        let found = rows("类别|序号|任务|责任单位|备注\n保管|1|修缮|县档案局|\n^|2|通风|^|\n利用|3|展览|县图书馆|");
        let told: Vec<_> = found.iter().map(told).collect();
        assert_eq!(told[1], ("2".to_owned(), "通风".to_owned(), vec!["县档案局"]));
        let sections: Vec<_> = found.iter().map(|row| row.section.as_deref()).collect();
        assert_eq!(sections, [Some("保管"), None, Some("利用")]);
    }

    #[test]
    fn rows_below_one_number() {
        let found = rows(
            "序号|任务|具体措施|牵头单位\n1|保管|修缮|县档案局\n^|^|通风|县住建局\n^|^|除湿|^\n^|^|^|县财政局\n2|利用|展览|县图书馆\n|||县文旅局",
        );
        let told: Vec<_> = found.iter().map(told).collect();
        assert_eq!(told[0], ("1".to_owned(), "保管/修缮".to_owned(), vec!["县档案局"]));
        assert_eq!(told[1], ("1（2）".to_owned(), "保管/通风/除湿".to_owned(), vec!["县住建局", "县财政局"]));
        assert_eq!(told[2], ("2".to_owned(), "利用/展览".to_owned(), vec!["县图书馆", "县文旅局"]));
    }

    #[test]
    fn heads_over_heads() {
        let found =
            rows("分工表||||\n序号|任务|责任单位||时限\n^|^|牵头单位|配合单位|^\n1|修缮|县档案局|县财政局|3月底");
        assert_eq!(told(&found[0]), ("1".to_owned(), "修缮".to_owned(), vec!["县档案局", "县财政局", "3月底"]));
    }

    #[test]
    fn tables_without_numbers() {
        let found = rows("任务|责任单位\n修缮|县档案局\n通风|县住建局");
        assert_eq!(found.iter().map(|row| row.ordinal.printed.as_str()).collect::<Vec<_>>(), ["1", "2"]);
        let found = rows("任务|责任单位\n3.修缮|县档案局\n（四）通风|县住建局");
        let told: Vec<_> = found.iter().map(told).collect();
        assert_eq!(told[0], ("3.".to_owned(), "修缮".to_owned(), vec!["县档案局"]));
        assert_eq!(told[1].0, "（四）");
    }

    #[test]
    fn rows_across_the_table_are_headings() {
        let found =
            read("序号|任务|责任单位\n一、保管||\n1|修缮|县档案局\n序号|任务|责任单位\n2|通风|县档案局\n注：略||");
        assert_eq!(found.len(), 4);
        assert!(matches!((&found[0], &found[3]), (Block::Paragraph(_), Block::Paragraph(_))));
    }
}
