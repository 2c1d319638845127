//! 表格: rows of cells, as Word, Excel and CSV hold them → tasks, and paragraphs around them.

use std::collections::BTreeSet;

use super::block::{Block, Row};
use super::column::Column;
use super::head::{Head, Own};
use super::label::Label;
use super::ordinal::{Ordinal, Style};
use super::text::Line;
use super::{column, form, head, ordinal, plain_table};
use crate::chinese::numerals;

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

    pub fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.cells.len()).map(|column| self.cell(column)).filter(|text| !text.is_empty())
    }

    pub fn cell(&self, column: usize) -> &str {
        match self.cells.get(column) {
            Some(Cell::Text(text)) => text,
            Some(Cell::Above) | None => "",
        }
    }

    pub fn goes_on(&self, column: usize) -> bool {
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

/// The rows below a head of table become tasks; all other rows are paragraphs. A form is one task.
pub fn blocks(rows: Vec<TableRow>) -> Vec<Block> {
    if let Some(form) = form::task(&rows) {
        return vec![Block::Row(Box::new(form))];
    }
    let mut blocks = Vec::new();
    let mut table: Option<Table> = None;
    let mut rest = rows.as_slice();
    while let Some((row, after)) = rest.split_first() {
        rest = after;
        if let Some((mut head, height)) = Head::at(row, after) {
            blocks.extend(table.iter().flat_map(Table::untold_names));
            rest = &after[height - 1..];
            head.settle_shared(rest);
            let rows = std::iter::once(row).chain(&after[..height - 1]);
            blocks.extend(rows.flat_map(|row| head.says_beside(row)));
            table = Some(Table { head, line: row.line, ..Table::default() });
            continue;
        }
        match &mut table {
            Some(table) if !table.is_heading(row) && !table.is_below(row, &blocks) => table.take(row, &mut blocks),
            _ => blocks.extend(paragraphs(row)),
        }
    }
    blocks.extend(table.iter().flat_map(Table::untold_names));
    fill_gaps(&mut blocks);
    blocks
}

/// A row without number between 5 and 7 is the sixth, and no second row of the fifth.
fn fill_gaps(blocks: &mut [Block]) {
    for place in 1..blocks.len().saturating_sub(1) {
        let value = |at: usize| match &blocks[at] {
            Block::Row(row) if !row.shares_number && row.ordinal.style == Style::Dotted => Some(row.ordinal.value),
            _ => None,
        };
        let (Some(before), Some(after)) = (value(place - 1), value(place + 1)) else { continue };
        if let Block::Row(row) = &mut blocks[place]
            && row.shares_number
            && before + 2 == after
        {
            let value = before + 1;
            row.ordinal = Ordinal { style: Style::Dotted, value, printed: value.to_string() };
            row.shares_number = false;
        }
    }
}

/// A row outside of a table: what stands side by side is one line.
fn paragraphs(row: &TableRow) -> impl Iterator<Item = Block> {
    let text = row.text();
    let lines: Vec<String> = text.split('\n').map(super::text::trimmed).filter(|line| !line.is_empty()).collect();
    let number = row.line;
    lines.into_iter().map(move |text| Block::Paragraph(Line { number, text }))
}

/// A table whose rows are being read.
#[derive(Default)]
struct Table {
    head: Head,
    /// Where it begins.
    line: usize,
    /// The columns whose names stand with words in some row.
    told: BTreeSet<usize>,
    /// The last text of each column, which cells merged with it show too.
    last: Vec<String>,
    section: String,
    value: u32,
    /// Its last task stands right before the next row.
    begun: bool,
    /// It has cells that go on below themselves.
    merged: bool,
    /// The last number, and how many rows have it.
    numbered: Option<(Ordinal, usize)>,
}

impl Table {
    /// Whether a row holds a heading that is printed across the table, or a note below it.
    fn is_heading(&self, row: &TableRow) -> bool {
        let text = self.head.column(Column::Text);
        let filled: Vec<usize> = (0..row.cells.len()).filter(|column| !row.cell(*column).is_empty()).collect();
        // 办理要求 | 一、主办单位负总责: a line of a form below the table.
        let names_column =
            |column: &usize| filled.len() == 2 && filled[0] == *column && Column::of(row.cell(*column)).is_some();
        if text.as_ref().is_some_and(names_column) {
            return true;
        }
        match filled[..] {
            // 注：责任单位栏中排第一位的为牵头单位。
            [only] if plain_table::ends_table(row.cell(only)) => true,
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
        let after_row = matches!(blocks.last(), None | Some(Block::Head(_) | Block::Row(_)));
        !after_row && !says(Column::Text) && !says(Column::Number) && !row.cells.contains(&Cell::Above)
    }

    fn take(&mut self, row: &TableRow, blocks: &mut Vec<Block>) {
        if is_total(row) {
            blocks.extend(paragraphs(row));
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
                blocks.push(Block::Row(Box::new(read)));
            }
            (Some(Block::Row(last)), _) if self.begun && read.ordinal.printed.is_empty() => {
                last.append(own);
                last.text.extend(read.section.map(|section| format!("\n{section}")));
            }
            _ => {
                self.begun = true;
                self.value = read.ordinal.value;
                self.numbered = Some((read.ordinal.clone(), 1));
                blocks.push(Block::Row(Box::new(read)));
            }
        }
    }

    /// A row as a task of its own; one that goes on with the task above has no number.
    fn read(&mut self, row: &TableRow) -> Row {
        /// Longer texts are not those of units or dates, which merged cells repeat.
        const LONGEST_REPEATED: usize = 4_000;
        self.last.resize(self.last.len().max(row.cells.len()), String::new());
        self.merged |= row.cells.contains(&Cell::Above);
        let (mut texts, mut fields, mut section, mut number) = (Vec::new(), Vec::new(), String::new(), None);
        let mut more = Vec::new();
        let mut above: Vec<String> = Vec::new();
        // Of several headings the last is the row's own.
        let mut heading = |text: String| {
            let before = std::mem::replace(&mut section, text);
            above.extend(Some(before).filter(|before| !before.is_empty()));
        };
        let number_column = self.head.column(Column::Number);
        let numbered_text = self.head.numbered_text(row).filter(|_| number_column.is_none());
        for (index, column) in self.head.columns.iter().enumerate() {
            let before_number = number_column.is_some_and(|number| index < number);
            let repeats = row.goes_on(index)
                || ["同上", "〃", "″"].contains(&row.cell(index).trim())
                || before_number && self.goes_on_unmerged(*column, row, index);
            let text = if repeats { self.last[index].clone() } else { row.cell(index).to_owned() };
            if let Some(last) = self.last.get_mut(index) {
                self.told.extend(Some(index).filter(|_| !text.trim().is_empty()));
                *last = Some(text.clone()).filter(|text| text.len() <= LONGEST_REPEATED).unwrap_or_default();
            }
            match column {
                Some(Column::Number) => number = Some(text).filter(|_| !row.goes_on(index)),
                Some(Column::Section) => heading(text),
                Some(Column::Text) | None if before_number => heading(text),
                Some(Column::Text) if numbered_text.is_some_and(|numbered| index < numbered) => heading(text),
                Some(Column::Text) => texts.extend(Some(text).filter(|text| !text.is_empty())),
                Some(Column::Field(Label::Other)) => {
                    let named = if text.trim().is_empty() { text } else { self.head.with_name(index, &text) };
                    fields.push((Label::Other, named));
                }
                Some(Column::Field(label)) if head::mark(&text).is_some() => {
                    let role = head::mark(&text).flatten().unwrap_or(*label);
                    fields.extend(self.head.names.get(index).map(|unit| (role, unit.clone())));
                }
                Some(Column::Field(Label::Deadline)) if !text.is_empty() && self.head.tells_what(index) => {
                    fields.push((Label::Deadline, self.head.with_name(index, &text)));
                }
                Some(Column::Field(label)) => fields.push((*label, self.head.with_rule(index, text))),
                Some(Column::Span) => {
                    let dates = head::dates_below(&self.head.names[index], &text);
                    more.extend((!dates.is_empty()).then(|| self.head.with_name(index, &text)));
                    fields.extend(dates);
                }
                Some(Column::More) | None if !text.contains(char::is_alphanumeric) => {}
                Some(Column::More) | None => more.push(self.head.with_name(index, &text)),
            }
        }
        more.splice(0..0, above);
        // Cells beside the head are kept as they are.
        let beside = self.head.columns.len()..row.cells.len();
        more.extend(beside.map(|index| row.cell(index).to_owned()).filter(|text| !text.is_empty()));
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

    /// The names of columns that are kept with their words, where no row has any.
    fn untold_names(&self) -> Vec<Block> {
        let untold = (0..self.head.names.len()).filter(|index| !self.told.contains(index));
        let names = untold.filter(|index| self.head.keeps_name(*index)).map(|index| &self.head.names[index]);
        let line = |name: &String| Line { number: self.line, text: name.replace('\n', "") };
        names.filter(|name| !column::is_plain(name)).map(line).map(Block::Head).collect()
    }

    /// 一季度 | 1, and below it an empty cell | 2: units and dates before the number are those of the rows below as well, where
    /// no cells are merged.
    fn goes_on_unmerged(&self, column: Option<Column>, row: &TableRow, index: usize) -> bool {
        matches!(column, Some(Column::Field(_))) && !self.merged && row.cell(index).trim().is_empty()
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

/// 合计 5项, which counts the others, and 审核：郭某　填表：田某, who made the table.
fn is_total(row: &TableRow) -> bool {
    row.texts().next().is_some_and(|first| {
        let first = first.replace([' ', '\u{3000}'], "");
        let signs = ["审核", "填表", "制表", "审批", "签批", "复核"].iter().any(|word| first.starts_with(word));
        ["合计", "总计", "小计"].contains(&first.as_str()) || (signs && first.contains(['：', ':']))
    })
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
    use crate::plan::label::Label;

    /// A row a line, cells apart by bars; `^` is merged with the cell above.
    fn read(text: &str) -> Vec<Block> {
        let cell = |text: &str| if text == "^" { Cell::Above } else { Cell::Text(text.to_owned()) };
        let row =
            |(index, line): (usize, &str)| TableRow { line: index + 1, cells: line.split('|').map(cell).collect() };
        blocks(text.lines().enumerate().map(row).collect())
    }

    fn rows(text: &str) -> Vec<Row> {
        let row = |block| match block {
            Block::Row(row) => Some(*row),
            Block::Paragraph(_) | Block::Head(_) => None,
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
    fn a_number_that_was_left_out() {
        let found = rows("序号|任务|责任单位\n1|修缮|县档案局\n|通风|县住建局\n3|展览|县图书馆\n|讲座|县文旅局");
        let numbers: Vec<_> = found.iter().map(|row| row.ordinal.printed.as_str()).collect();
        assert_eq!(numbers, ["1", "2", "3", "3（2）"]);
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
    fn heads_over_heads_where_no_cells_are_merged() {
        let found = rows("序号|任务|责任科室||时限\n||牵头科室|配合科室|\n1|修缮|总务科|财务科|3月底\n2|通风|总务科||");
        let roles: Vec<_> = found[0].fields.iter().map(|(label, text)| (*label, text.as_str())).collect();
        assert_eq!(roles, [(Label::Lead, "总务科"), (Label::Supporting, "财务科"), (Label::Deadline, "3月底")]);
        assert_eq!(told(&found[1]).2, ["总务科", "", ""]);
    }

    #[test]
    fn units_and_dates_before_the_number_are_those_of_the_rows_below() {
        let found = rows("时间|序号|任务|责任单位\n一季度|1|修缮|县档案局\n|2|通风|县住建局\n二季度|3|展览|县图书馆");
        let dates: Vec<_> = found.iter().map(|row| row.fields[0].1.as_str()).collect();
        assert_eq!(dates, ["一季度", "一季度", "二季度"]);
        let found = rows("时间|序号|任务|责任单位\n一季度|1|修缮|县档案局\n^|2|通风|县住建局\n|3|展览|县图书馆");
        assert_eq!(found[2].fields[0].1, "");
    }

    #[test]
    fn cells_beside_the_head_are_kept() {
        let found = rows("任务|责任单位\n修缮|县档案局|县财政局出资|\n通风|县住建局");
        assert_eq!(told(&found[0]), ("1".to_owned(), "修缮/县财政局出资".to_owned(), vec!["县档案局"]));
    }

    #[test]
    fn heads_that_share_a_wide_cell() {
        let found = rows(
            "序号|任务|责任分工||时限要求|\n^|^|牵头单位|实施单位|开工|完工\n1|修缮|县档案局|县财政局|3月底|5月底",
        );
        assert_eq!(told(&found[0]).2, ["县档案局", "县财政局", "开工：3月底", "完工：5月底"]);
        let found = rows("序号|任务|责任部门||时限\n^|^|县档案局|县财政局|^\n1|修缮|★|○|3月底");
        let roles: Vec<_> = found[0].fields.iter().map(|(label, text)| (*label, text.as_str())).collect();
        assert_eq!(roles, [(Label::Lead, "县档案局"), (Label::Supporting, "县财政局"), (Label::Deadline, "3月底")]);
    }

    #[test]
    fn a_column_of_texts_that_spans_rows_heads_them() {
        let found = rows("序号|行动内容|具体举措|责任单位\n1|保管|修缮|县档案局\n2|^|通风|县档案局");
        assert_eq!(found[1].text, "通风");
        assert_eq!(found[0].section.as_deref(), Some("保管"));
    }

    #[test]
    fn years_and_quarters_as_columns() {
        let found = rows("序号|任务|2024年|2025年|责任单位\n1|修缮|6月底前封顶|验收|县档案局");
        assert_eq!(told(&found[0]).2, ["2024年6月底前封顶", "2025年", "县档案局"]);
        let found = rows("序号|任务|一季度|二季度|责任单位\n1|修缮|—|5月底前招标，完成征迁|县档案局");
        assert_eq!(told(&found[0]).2, ["5月底前招标，完成征迁", "二季度", "县档案局"]);
    }

    #[test]
    fn spans_of_time_below_a_wide_head() {
        let found = rows("序号|任务|进度节点|||责任单位\n||4月|5月|6月|\n1|修缮|25日前招标|√|—|县档案局");
        assert_eq!(told(&found[0]).1, "修缮/4月：25日前招标/5月：√");
        assert_eq!(told(&found[0]).2, ["4月25日前招标", "5月", "县档案局"]);
        let found = rows(
            "序号|指标|上年完成情况||2025年目标||责任单位\n||上半年|全年|前三季度|全年|\n1|入库|1%|3%|4%|5%|县档案局",
        );
        assert_eq!(told(&found[0]).1, "入库/上半年：1%/全年：3%/2025年前三季度：4%/2025年全年：5%");
        assert_eq!(told(&found[0]).2, ["2025年前三季度", "2025年全年", "县档案局"]);
    }

    #[test]
    fn a_form_is_one_task() {
        let found = rows(
            "序号|3|整改时限|6月底前\n反馈问题|库房漏雨||\n整改措施|修缮库房||\n牵头单位|县档案局|责任单位|县财政局",
        );
        let (number, text, fields) = told(&found[0]);
        assert_eq!((number.as_str(), text.as_str()), ("3", "库房漏雨/整改措施：修缮库房"));
        assert_eq!(fields, ["6月底前", "县档案局", "县财政局"]);
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
