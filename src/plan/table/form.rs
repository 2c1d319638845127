//! 表单: a table that is a form for one task.

use super::TableRow;
use crate::chinese::numerals;
use crate::plan::block::Row;
use crate::plan::column::Column;
use crate::plan::label::Label;
use crate::plan::ordinal::{Ordinal, Style};

/// The task of a form: each cell that names a column has its value to the right.
pub fn task(rows: &[TableRow]) -> Option<Row> {
    const FEWEST_ROWS: usize = 3;
    const LONGEST_NAME: usize = 10;
    let first = rows.first().filter(|_| rows.len() >= FEWEST_ROWS)?;
    let (mut ordinal, mut texts, mut fields) = (None, Vec::new(), Vec::new());
    let (mut names, mut known) = (0, 0);
    for row in rows {
        let mut cells = row.texts();
        while let Some(name) = cells.next() {
            let column = Column::of(name);
            let value = cells.next().filter(|_| name.chars().nth(LONGEST_NAME).is_none())?;
            names += 1;
            known += usize::from(column.is_some());
            match column.unwrap_or(Column::More) {
                Column::Number => {
                    let value = value.trim();
                    let number = numerals::parse(value).unwrap_or(1);
                    ordinal = Some(Ordinal { style: Style::Dotted, value: number, printed: value.to_owned() });
                }
                Column::Field(Label::Other) => fields.push((Label::Other, format!("{name}：{value}"))),
                Column::Field(label) => fields.push((label, value.to_owned())),
                Column::Text | Column::More if texts.is_empty() => texts.push(value.to_owned()),
                Column::Text | Column::Section | Column::Span | Column::More => texts.push(format!("{name}：{value}")),
            }
        }
    }
    let names_units = fields.iter().any(|(label, _)| !matches!(label, Label::Deadline | Label::Other));
    let ordinal = ordinal.filter(|_| names_units && known * 3 > names * 2)?;
    Some(Row { line: first.line, section: None, ordinal, shares_number: false, text: texts.join("\n"), fields })
}
