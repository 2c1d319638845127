//! 表格: rows of an RTF table, which say where each cell ends on the page → cells in columns.

use crate::plan::file::MOST_COLUMNS;
use crate::plan::table::{Cell, TableRow};
use crate::plan::unreadable::Unreadable;

const MOST_CELLS: usize = 500_000;

/// Where a cell ends on the page, in twentieths of a point, and what it is merged with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Edge {
    pub right: i32,
    pub above: bool,
    pub before: bool,
}

/// A row that has been read.
#[derive(Debug)]
pub struct RichRow {
    pub line: usize,
    pub left: i32,
    pub edges: Vec<Edge>,
    pub cells: Vec<String>,
}

/// The rows with their cells in the columns that all rows together make.
pub fn aligned(rows: Vec<RichRow>) -> Result<Vec<TableRow>, Unreadable> {
    let columns = columns(&rows);
    let mut left = MOST_CELLS;
    let mut aligned = Vec::with_capacity(rows.len());
    for row in rows {
        let row = row.aligned(&columns);
        left = left.checked_sub(row.cells.len()).ok_or(Unreadable::Swells)?;
        aligned.push(row);
    }
    Ok(aligned)
}

/// Where the columns begin. Edges less than a millimetre apart are one.
fn columns(rows: &[RichRow]) -> Vec<i32> {
    const NEAR: i32 = 57;
    let mut edges: Vec<i32> =
        rows.iter().flat_map(|row| row.edges.iter().map(|edge| edge.right).chain([row.left])).collect();
    edges.sort_unstable();
    edges.dedup_by(|next, first| next.saturating_sub(*first) < NEAR);
    edges
}

impl RichRow {
    fn aligned(self, columns: &[i32]) -> TableRow {
        let RichRow { line, left, edges, cells } = self;
        let known = edges.len() >= cells.len();
        let mut row = TableRow { line, cells: Vec::new() };
        let mut begin = left;
        for (index, text) in cells.into_iter().enumerate() {
            let edge = edges.get(index).copied().unwrap_or_default();
            let column =
                if known { columns.partition_point(|column| *column <= begin).saturating_sub(1) } else { index };
            // What stands further to the right is read with the last cell.
            let column = column.min(MOST_COLUMNS as usize - 1);
            begin = edge.right;
            let next = row.cells.len();
            match row.cells.last_mut() {
                Some(Cell::Text(last)) if edge.before || next > column => {
                    last.push_str(if last.is_empty() || text.is_empty() { "" } else { "\n" });
                    last.push_str(&text);
                }
                _ if edge.above => row.put(column.max(next), Cell::Above),
                _ => row.put(column.max(next), Cell::Text(text)),
            }
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::{Edge, RichRow, aligned};
    use crate::plan::table::Cell;

    fn row(edges: &[i32], cells: &[&str]) -> RichRow {
        let edges = edges.iter().map(|right| Edge { right: *right, ..Edge::default() }).collect();
        RichRow { line: 1, left: 0, edges, cells: cells.iter().map(|text| (*text).to_owned()).collect() }
    }

    #[test]
    fn wide_cells_cover_columns() {
        let rows = vec![
            row(&[1000, 2000, 3000], &["甲", "乙", "丙"]),
            row(&[2010, 2990], &["丁", "戊"]),
            row(&[], &["己", "庚"]),
        ];
        let text = |text: &str| Cell::Text(text.to_owned());
        let found: Vec<Vec<Cell>> = aligned(rows).unwrap().into_iter().map(|row| row.cells).collect();
        assert_eq!(found[1], [text("丁"), text(""), text("戊")]);
        assert_eq!((found[0].len(), &found[2]), (3, &vec![text("己"), text("庚")]));
    }
}
