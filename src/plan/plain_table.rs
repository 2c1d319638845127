//! 文本中的表格: finds the tables that a plain text holds, a row a line with tabs or bars, or a cell a line.

use super::block::{Block, Row};
use super::column::Column;
use super::ordinal::{Ordinal, Style};
use super::table::{Cell, TableRow};
use super::text::Line;
use super::{column, head, table};
use crate::chinese::numerals;

/// What stands between the cells of a row in one line.
const SEPARATORS: [char; 2] = ['|', '\t'];

/// Paragraphs, and the rows of tables that are written as text.
pub fn blocks(mut lines: Vec<Line>) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let rest = &lines[at..];
        let found = rows(rest).map(|rows| (rows.len(), table::blocks(rows))).or_else(|| cell_a_line(rest));
        match found {
            Some((length, found)) => {
                blocks.extend(found);
                at += length;
            }
            None => {
                let Line { number, text } = &mut lines[at];
                let outer = text.len() > text.trim().len();
                let text = if outer { text.trim().to_owned() } else { std::mem::take(text) };
                blocks.push(Block::Paragraph(Line { number: *number, text }));
                at += 1;
            }
        }
    }
    blocks
}

/// A table with a row a line: from its head to the notes below it.
fn rows(lines: &[Line]) -> Option<Vec<TableRow>> {
    let head =
        row(&lines[0]).filter(|row| row.cells.len() > 1 && table::begins_with_head(std::slice::from_ref(row)))?;
    let below = lines[1..].iter().take_while(|line| !ends_table(&line.text)).map(|line| row(line).unwrap_or_default());
    Some(std::iter::once(head).chain(below).collect())
}

/// The cells of a line; a rule such as `|---|---|` has none.
fn row(line: &Line) -> Option<TableRow> {
    let is_rule = line.text.chars().all(|character| "|-: ".contains(character));
    let bare = line.text.strip_prefix('|').unwrap_or(&line.text);
    let bare = bare.strip_suffix('|').unwrap_or(bare);
    let cells = bare.split(SEPARATORS).map(|cell| Cell::Text(cell.trim().to_owned())).collect();
    (!is_rule).then_some(TableRow { line: line.number, cells })
}

/// A table with a cell a line, and how many lines it takes.
fn cell_a_line(lines: &[Line]) -> Option<(usize, Vec<Block>)> {
    let head = Head::at(lines)?;
    let length = lines.iter().position(|line| ends_table(&line.text)).unwrap_or(lines.len());
    Some((length, head.blocks(&cells(&lines[..length]))))
}

/// A cell, with the line that it begins on.
type TextCell = (usize, String);

/// The head of a table with a cell a line: it has a column of numbers and, after it, one of units or dates.
struct Head {
    width: usize,
    /// With the words at their head.
    after_number: Vec<(Column, String)>,
}

impl Head {
    /// No head takes more lines.
    const LINES: usize = 32;

    fn at(lines: &[Line]) -> Option<Head> {
        Column::of(&lines[0].text)?;
        let cells = cells(&lines[..lines.len().min(Self::LINES)]);
        let mut columns: Vec<(Column, String)> =
            cells.into_iter().map_while(|(_, text)| Some((Column::of(&text)?, text))).collect();
        let width = columns.len();
        let number = columns.iter().position(|(column, _)| *column == Column::Number)?;
        let after_number = columns.split_off(number + 1);
        let has_fields = after_number.iter().any(|(column, _)| matches!(column, Column::Field(_)));
        has_fields.then_some(Head { width, after_number })
    }

    /// The rows of a table with these cells, its head included. What stands between a full row and the next number is
    /// that number's section. Cells after the last row are paragraphs.
    fn blocks(&self, cells: &[TextCell]) -> Vec<Block> {
        let numbers = self.numbers(cells);
        let says_beside = cells[..self.width].iter().filter(|(_, head)| !column::is_plain(head));
        let mut blocks: Vec<Block> = says_beside
            .map(|(number, head)| Block::Head(Line { number: *number, text: head.replace('\n', "") }))
            .collect();
        let mut section = &cells[self.width..numbers.first().copied().unwrap_or(cells.len())];
        for (index, number) in numbers.iter().enumerate() {
            let end = numbers.get(index + 1).copied().unwrap_or(cells.len());
            let full = (number + 1 + self.after_number.len()).min(end);
            let (loose, heading) = heading(section);
            section = heading;
            blocks.extend(loose.iter().filter(|(_, text)| !text.is_empty()).map(paragraph));
            blocks.push(Block::Row(Box::new(self.row(section, &cells[*number], &cells[number + 1..full]))));
            section = &cells[full..end];
        }
        blocks.extend(section.iter().map(paragraph));
        blocks
    }

    /// The indexes of the cells that number rows: a number after a full row, or the next number after a shorter one.
    fn numbers(&self, cells: &[TextCell]) -> Vec<usize> {
        let mut numbers: Vec<usize> = Vec::new();
        let mut last = 0;
        // Where tasks have figures, 一 and 二 number sections.
        let is_figure = |cell: &str| cell.chars().all(|character| character.is_ascii_digit());
        let only_figures = cells.iter().skip(self.width).any(|(_, cell)| cell == "1");
        for (index, (_, cell)) in cells.iter().enumerate().skip(self.width) {
            let Some(value) = numerals::parse(cell).filter(|_| !only_figures || is_figure(cell)) else { continue };
            let full = numbers.last().is_none_or(|number| index - number > self.after_number.len());
            if full || value == last + 1 {
                numbers.push(index);
                last = value;
            }
        }
        numbers
    }

    fn row(&self, section: &[TextCell], number: &TextCell, cells: &[TextCell]) -> Row {
        let mut texts = Vec::new();
        let mut fields = Vec::new();
        for ((column, name), (_, cell)) in self.after_number.iter().zip(cells) {
            match column {
                Column::Field(label) => fields.push((*label, cell.clone())),
                Column::Span => {
                    let dates = head::dates_below(name, cell);
                    texts.extend((!dates.is_empty()).then(|| format!("{name}：{cell}")));
                    fields.extend(dates);
                }
                Column::Number | Column::Section | Column::Text | Column::More => texts.push(cell.clone()),
            }
        }
        let mut words = section.iter().map(|(_, text)| text.as_str()).filter(|text| !text.is_empty());
        let section = words.next().map(|first| match words.next() {
            Some(title) if numerals::parse(first).is_some() => format!("{first}、{title}"),
            _ => first.to_owned(),
        });
        let value = numerals::parse(&number.1).unwrap_or_default();
        let ordinal = Ordinal { style: Style::Dotted, value, printed: number.1.clone() };
        Row { line: number.0, section, ordinal, shares_number: false, text: texts.join("\n"), fields }
    }
}

fn paragraph((number, text): &TextCell) -> Block {
    Block::Paragraph(Line { number: *number, text: text.clone() })
}

/// What stands between a row and the next number: cells that belong to neither, and the heading, whose number may have a
/// cell of its own.
fn heading(cells: &[TextCell]) -> (&[TextCell], &[TextCell]) {
    let filled: Vec<usize> = (0..cells.len()).filter(|index| !cells[*index].1.is_empty()).collect();
    let start = match filled[..] {
        [.., number, _] if numerals::parse(&cells[number].1).is_some() => number,
        [.., title] => title,
        [] => 0,
    };
    cells.split_at(start)
}

/// The cells that lines hold. A line of its own bar ends a cell, so two of them have an empty cell between them; lines
/// without a bar between them are one cell where the table has such bars and a cell each where it has none.
fn cells(lines: &[Line]) -> Vec<TextCell> {
    let has_bar_lines = lines.iter().any(|line| line.text == "|");
    let mut cells: Vec<TextCell> = Vec::new();
    let mut open = false;
    for line in lines {
        if line.text == "|" {
            if !open {
                cells.push((line.number, String::new()));
            }
            open = false;
        } else if let Some((_, text)) = cells.last_mut().filter(|_| open) {
            text.push('\n');
            text.push_str(&line.text);
        } else {
            cells.push((line.number, line.text.clone()));
            open = has_bar_lines;
        }
    }
    cells
}

/// Notes below a table are not part of it.
pub fn ends_table(text: &str) -> bool {
    let bare = text.trim_start_matches(['（', '(']);
    ["备注：", "备注:", "注：", "注:", "说明：", "填表说明", "附件", "抄送"].iter().any(|word| bare.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::blocks;
    use crate::plan::block::{Block, Row};
    use crate::plan::label::Label;
    use crate::plan::ordinal::{Ordinal, Style};
    use crate::plan::text::Line;

    fn read(text: &str) -> Vec<Block> {
        let line = |(index, text): (usize, &str)| Line { number: index + 1, text: text.to_owned() };
        blocks(text.lines().enumerate().map(line).collect())
    }

    fn row(line: usize, section: Option<&str>, value: u32, lead: &str) -> Block {
        let fields = vec![(Label::Lead, lead.to_owned()), (Label::Deadline, "3月底".to_owned())];
        let ordinal = Ordinal { style: Style::Dotted, value, printed: value.to_string() };
        Block::Row(Box::new(Row {
            line,
            section: section.map(str::to_owned),
            ordinal,
            shares_number: false,
            text: "修缮库房".to_owned(),
            fields,
        }))
    }

    #[test]
    fn a_row_a_line() {
        let table = "序号\t工作任务\t牵头单位\t完成时限\n1\t修缮库房\t县档案局\t3月底\n2\t修缮库房\t\t3月底\n备注：略";
        let note = Block::Paragraph(Line { number: 4, text: "备注：略".to_owned() });
        assert_eq!(read(table), [row(2, None, 1, "县档案局"), row(3, None, 2, ""), note]);
        let table = "| 序号 | 任务 | 牵头单位 | 完成时限 |\n|---|---|---|---|\n| 1 | 修缮库房 | 县档案局 | 3月底 |";
        assert_eq!(read(table), [row(3, None, 1, "县档案局")]);
    }

    #[test]
    fn a_cell_a_line() {
        let table = "类别\n内容\n序号\n任务\n牵头单位\n完成时限\n一、保管\n1\n修缮库房\n县档案局\n3月底\n2\n修缮库房\n县档案馆\n3月底";
        let rows = [row(8, Some("一、保管"), 1, "县档案局"), row(12, None, 2, "县档案馆")];
        assert_eq!(read(table), rows);
        let bars = table.lines().skip(1).collect::<Vec<_>>().join("\n|\n");
        assert!(
            matches!(&read(&bars)[..], [Block::Row(first), Block::Row(_)] if first.section.as_deref() == Some("一、保管"))
        );
    }

    #[test]
    fn numbers_may_leave_gaps_and_begin_anew() {
        let table = "序号\t任务\t牵头单位\t完成时限\n2\t修缮库房\t县档案局\t3月底\n5\t修缮库房\t县档案局\t3月底\n1\t修缮库房\t县档案局\t3月底";
        let rows = [(2, 2), (3, 5), (4, 1)].map(|(line, number)| row(line, None, number, "县档案局"));
        assert_eq!(read(table), rows);
    }

    #[test]
    fn a_heading_is_no_table() {
        assert_eq!(read("主要任务\n1.修缮库房。").len(), 2);
    }
}
