//! 文流: paragraphs and tables as a word processor's file tells them, one after another → blocks.
//!
//! Cells hold paragraphs and tables of their own. A table of tasks within a cell, as pages are laid out with, becomes rows
//! of the outer table; any other becomes lines of its cell.

use crate::plan::block::Block;
use crate::plan::table::{Cell, TableRow};
use crate::plan::text::Line;
use crate::plan::{label, script, table, text};

/// A table that is being read.
#[derive(Default)]
struct Table {
    rows: Vec<TableRow>,
    cells: Vec<Cell>,
    /// The paragraphs of the open cell.
    paragraphs: Vec<String>,
    /// It lays out a page, with a table of tasks within a cell.
    is_layout: bool,
    /// How many of its first rows are known to be no head of a table of tasks.
    headless: usize,
}

impl Table {
    fn has_head(&mut self) -> bool {
        while self.headless < self.rows.len() && !table::begins_with_head(&self.rows[self.headless..]) {
            self.headless += 1;
        }
        self.headless < self.rows.len()
    }
}

#[derive(Default)]
pub struct Flow {
    tables: Vec<Table>,
    /// The last paragraph or row outside of tables, counted from 1.
    line: usize,
    /// Notes to what is being read; they stand below it.
    notes: Vec<String>,
    blocks: Vec<Block>,
}

impl Flow {
    pub fn line(&self) -> usize {
        self.line
    }

    /// How many tables what comes next stands in, each within the one before.
    pub fn depth(&self) -> usize {
        self.tables.len()
    }

    /// The next paragraph outside of tables is one line further, also where it is empty and says nothing.
    pub fn paragraph(&mut self, text: String) {
        match self.tables.last_mut() {
            Some(table) => table.paragraphs.push(text),
            None => {
                self.line += 1;
                self.lines(&text);
                self.write_notes();
            }
        }
    }

    /// The lines of a paragraph that breaks its lines itself.
    fn lines(&mut self, paragraph: &str) {
        let number = self.line;
        let lines = paragraph.split('\n').map(text::trimmed).filter(|text| !text.is_empty());
        self.blocks.extend(lines.map(|text| Block::Paragraph(Line { number, text })));
    }

    /// A footnote of the paragraph or table that is being read.
    pub fn note(&mut self, text: &str) {
        self.notes.push(format!("注：{text}"));
    }

    fn write_notes(&mut self) {
        for note in std::mem::take(&mut self.notes) {
            self.lines(&note);
        }
    }

    /// Blocks of a part that another program has written.
    pub fn insert(&mut self, blocks: Vec<Block>) {
        match self.tables.last_mut() {
            Some(table) => table.paragraphs.extend(blocks.iter().map(Block::text)),
            None => {
                self.line += 1;
                self.blocks.extend(blocks);
            }
        }
    }

    pub fn begin_table(&mut self) {
        self.tables.push(Table::default());
    }

    pub fn begin_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.cells.clear();
        }
    }

    pub fn empty_cells(&mut self, count: usize) {
        if let Some(table) = self.tables.last_mut() {
            table.cells.extend((0..count).map(|_| Cell::default()));
        }
    }

    /// A cell that takes so many columns, and whether it is merged with the one above.
    pub fn end_cell(&mut self, width: usize, goes_on: bool) {
        if let Some(table) = self.tables.last_mut() {
            let paragraphs = std::mem::take(&mut table.paragraphs);
            let cell = if goes_on { Cell::Above } else { Cell::Text(paragraphs.join("\n").trim().to_owned()) };
            table.cells.push(cell);
            self.empty_cells(width.saturating_sub(1));
        }
    }

    pub fn end_row(&mut self) {
        let outermost = self.tables.len() == 1;
        if let Some(table) = self.tables.last_mut() {
            self.line += usize::from(outermost);
            table.rows.push(TableRow { line: self.line, cells: std::mem::take(&mut table.cells) });
        }
    }

    /// The rows of the innermost open table.
    pub fn rows(&mut self) -> &mut [TableRow] {
        self.tables.last_mut().map_or(&mut [], |table| &mut table.rows)
    }

    pub fn end_table(&mut self) {
        let Some(mut inner) = self.tables.pop() else { return };
        let lays_out = |outer: &mut Table| outer.is_layout || !outer.has_head();
        let becomes_rows = inner.has_head() && self.tables.last_mut().is_some_and(lays_out);
        let Table { rows, paragraphs, .. } = inner;
        match self.tables.last_mut() {
            Some(outer) if becomes_rows => {
                outer.is_layout = true;
                outer.cells.push(Cell::Text(std::mem::take(&mut outer.paragraphs).join("\n").trim().to_owned()));
                let before = std::mem::take(&mut outer.cells);
                outer.rows.push(TableRow { line: self.line + 1, cells: before });
                outer.rows.extend(rows.into_iter().map(|row| TableRow { line: self.line + 1, ..row }));
            }
            Some(outer) => outer.paragraphs.extend(rows.iter().map(labelled).chain(paragraphs)),
            None => {
                self.blocks.extend(table::blocks(rows));
                // What a damaged file leaves after the last cell.
                self.lines(&paragraphs.join("\n"));
                self.write_notes();
            }
        }
    }

    /// Everything that was read, with what a damaged file has left open.
    pub fn finish(mut self) -> Vec<Block> {
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.write_notes();
        self.blocks
    }
}

/// A row of a table within a cell, as a line of that cell: 牵头 | 县档案局 is a label with what it announces.
fn labelled(row: &TableRow) -> String {
    if let [Cell::Text(label), Cell::Text(text)] = &row.cells[..] {
        let line = format!("{label}：{text}");
        let colon = label.len() + '：'.len_utf8();
        if label::announcements(&script::simplify(&line)).any(|label| (label.start, label.end) == (0, colon)) {
            return line;
        }
    }
    row.text()
}

#[cfg(test)]
mod tests {
    use super::Flow;
    use crate::plan::block::Block;

    fn row(flow: &mut Flow, cells: &[&str]) {
        flow.begin_row();
        for cell in cells {
            flow.paragraph((*cell).to_owned());
            flow.end_cell(1, false);
        }
        flow.end_row();
    }

    fn told(flow: Flow) -> Vec<String> {
        let told = |block| match block {
            Block::Paragraph(line) | Block::Head(line) => format!("{} {}", line.number, line.text),
            Block::Row(row) => format!("{} {}|{}|{}", row.line, row.ordinal.printed, row.text, row.fields[0].1),
        };
        flow.finish().into_iter().map(told).collect()
    }

    #[test]
    fn a_table_of_tasks_within_a_cell_is_one() {
        let mut flow = Flow::default();
        flow.paragraph("标题".to_owned());
        flow.begin_table();
        flow.begin_row();
        flow.paragraph("前言".to_owned());
        flow.begin_table();
        row(&mut flow, &["序号", "任务", "责任单位"]);
        row(&mut flow, &["1", "修缮", "县档案局"]);
        flow.end_table();
        flow.paragraph("后语".to_owned());
        flow.begin_table();
        row(&mut flow, &["序号", "任务", "责任单位"]);
        row(&mut flow, &["2", "通风", "县住建局"]);
        flow.end_table();
        flow.end_cell(1, false);
        flow.end_row();
        flow.end_table();
        let expected = ["1 标题", "2 前言", "2 1|修缮|县档案局", "2 后语", "2 2|通风|县住建局"];
        assert_eq!(told(flow), expected);
    }

    #[test]
    fn labels_in_a_table_within_a_cell() {
        let mut flow = Flow::default();
        flow.begin_table();
        row(&mut flow, &["序号", "任务", "责任单位"]);
        flow.begin_row();
        for cell in ["1", "修缮"] {
            flow.paragraph(cell.to_owned());
            flow.end_cell(1, false);
        }
        flow.begin_table();
        row(&mut flow, &["牵头", "县档案局"]);
        row(&mut flow, &["县财政局", "县住建局"]);
        flow.end_table();
        flow.end_cell(1, false);
        flow.end_row();
        flow.end_table();
        assert_eq!(told(flow), ["2 1|修缮|牵头：县档案局\n县财政局 县住建局"]);
    }

    #[test]
    fn notes_stand_below_what_they_are_to() {
        let mut flow = Flow::default();
        flow.note("略");
        flow.paragraph("甲".to_owned());
        flow.paragraph("乙".to_owned());
        assert_eq!(told(flow), ["1 甲", "1 注：略", "2 乙"]);
    }
}
