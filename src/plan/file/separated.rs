//! CSV: rows of cells that commas, semicolons or tabs separate.

use std::collections::BTreeMap;

use csv::ReaderBuilder;

use super::{MOST_COLUMNS, MOST_ROWS};
use crate::plan::block::Block;
use crate::plan::table::{Cell, TableRow};
use crate::plan::unreadable::Unreadable;
use crate::plan::{table, text};

pub fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Unreadable> {
    let text = text::decode(bytes).ok_or(Unreadable::NotText)?;
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(&text)).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| Unreadable::Damaged)?;
        let line = record.position().map_or(0, |position| position.line() as usize);
        let cells = record.iter().take(MOST_COLUMNS as usize).map(|cell| Cell::Text(text::trimmed(cell))).collect();
        rows.push(TableRow { line, cells });
        if rows.len() > MOST_ROWS {
            return Err(Unreadable::TooManyRows(MOST_ROWS));
        }
    }
    let blocks = table::blocks(rows);
    if blocks.is_empty() { Err(Unreadable::Empty) } else { Ok(blocks) }
}

/// The separator of which most lines have the same number; title lines above the table have none, and texts have any.
fn delimiter(text: &str) -> u8 {
    const LOOKED_AT: usize = 40;
    let rank = |separator: &u8| {
        let mut lines_with = BTreeMap::new();
        for line in text.lines().take(LOOKED_AT) {
            let count = line.bytes().filter(|byte| byte == separator).count();
            *lines_with.entry(count).or_insert(0_usize) += usize::from(count > 0);
        }
        lines_with.into_iter().map(|(count, lines)| (lines, count)).max()
    };
    // Of equal ranks the last counts.
    b";\t,".iter().copied().max_by_key(rank).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::{blocks, delimiter};
    use crate::plan::block::Block;

    #[test]
    fn separators() {
        assert_eq!(delimiter("标题\n序号;任务;单位\n"), b';');
        assert_eq!(delimiter("序号\t任务，甲;乙\t单位"), b'\t');
        assert_eq!(delimiter("序号,任务,单位"), b',');
        assert_eq!(delimiter("序号\t任务\n1\t修缮,补录,验收\n2\t通风"), b'\t');
    }

    #[test]
    fn quoted_cells_hold_separators_and_line_ends() {
        let found = blocks("分工表\n序号,任务,牵头单位\n1,\"修缮,\n库房\",县档案局\n".as_bytes()).unwrap();
        let [Block::Paragraph(title), Block::Row(row)] = &found[..] else { panic!("{found:?}") };
        assert_eq!((title.text.as_str(), row.text.as_str(), row.line), ("分工表", "修缮,\n库房", 3));
    }
}
