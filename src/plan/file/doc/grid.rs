//! 表格列: the rows of a Word table say where their cells begin, and not which columns they take.

use crate::plan::table::{Cell, TableRow};

/// Edges that are no further apart are one, in twentieths of a point; columns of text are wider.
const CLOSE: i16 = 100;
const MOST_COLUMNS: usize = 64;

/// Puts each cell into its column. `edges` has the row's left edges, and is empty where they are not known.
pub fn align(rows: &mut [TableRow], edges: &[Vec<i16>]) {
    let widths = rows.iter().map(|row| row.cells.len());
    let (Some(narrowest), Some(widest)) = (widths.clone().min(), widths.max()) else { return };
    let columns = columns(edges);
    if narrowest == widest || columns.len() > MOST_COLUMNS {
        return;
    }
    for (row, edges) in rows.iter_mut().zip(edges).filter(|(row, edges)| edges.len() >= row.cells.len()) {
        let mut placed = TableRow { line: row.line, cells: Vec::new() };
        for (cell, edge) in std::mem::take(&mut row.cells).into_iter().zip(edges) {
            let column = columns.partition_point(|column| *column <= edge.saturating_add(CLOSE)).saturating_sub(1);
            let column = column.max(placed.cells.len());
            placed.put(column, cell);
        }
        // A wide cell covers those to its right.
        placed.cells.resize(placed.cells.len().max(columns.len().min(widest)), Cell::default());
        *row = placed;
    }
}

/// Where columns begin: the edges of all rows, close ones taken together.
fn columns(edges: &[Vec<i16>]) -> Vec<i16> {
    let mut all: Vec<i16> = edges.iter().flatten().copied().collect();
    all.sort_unstable();
    let mut columns: Vec<i16> = Vec::new();
    for edge in all {
        if columns.last().is_none_or(|last| edge.saturating_sub(*last) > CLOSE) {
            columns.push(edge);
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::align;
    use crate::plan::table::{Cell, TableRow};

    fn aligned(rows: &[&str], edges: &[&[i16]]) -> Vec<String> {
        let cells = |row: &str| row.split('|').map(|text| Cell::Text(text.to_owned())).collect();
        let mut rows: Vec<TableRow> = rows.iter().map(|row| TableRow { line: 1, cells: cells(row) }).collect();
        align(&mut rows, &edges.iter().map(|edges| edges.to_vec()).collect::<Vec<_>>());
        let text = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Above => "^".to_owned(),
        };
        rows.iter().map(|row| row.cells.iter().map(text).collect::<Vec<_>>().join("|")).collect()
    }

    #[test]
    fn wide_cells_take_the_columns_of_those_below() {
        let edges: [&[i16]; 3] = [&[0, 500, 1500], &[0, 500, 1500, 2500], &[10, 2480]];
        assert_eq!(
            aligned(&["序号|任务|单位", "1|修缮|甲|乙", "2|丙"], &edges),
            ["序号|任务|单位|", "1|修缮|甲|乙", "2|||丙"]
        );
    }

    #[test]
    fn rows_of_one_width_stay() {
        assert_eq!(aligned(&["甲|乙", "丙|丁"], &[&[0, 900], &[0, 500]]), ["甲|乙", "丙|丁"]);
    }
}
