//! 对齐: the tables without lines, whose cells stand below the words at their heads.

use super::grid::Grid;
use super::lines::{Line, Piece};
use super::wrap;
use super::wrap::GridCell;
use crate::plan::table;
use crate::plan::table::{Cell, TableRow};

/// The smallest gap between two columns, at their heads and below, of the size of the characters.
const GAP_OF_HEADS: f32 = 0.5;
const GAP: f32 = 0.15;

/// A table that begins with a line, and how many lines it takes.
pub fn begin(lines: &[Line]) -> Option<(Grid, usize)> {
    let head = lines.first().filter(|line| is_head(line))?;
    let heads = head.parts(GAP_OF_HEADS);
    let gaps = heads.windows(2).map(|pair| (pair[0].right, pair[1].left)).collect();
    let (mut rows, gaps) = rows(&lines[1..], gaps);
    let length = 1 + rows.iter().map(Vec::len).sum::<usize>();
    rows.insert(0, vec![head.clone()]);
    let all = &lines[..length];
    let left = all.iter().map(Line::left).fold(f32::INFINITY, f32::min);
    let right = all.iter().map(Line::right).fold(f32::NEG_INFINITY, f32::max);
    let edges = gaps.iter().map(|(from, to)| (from + to) / 2.0);
    let columns: Vec<f32> = std::iter::once(left).chain(edges).chain([right]).collect();
    (length > 1).then(|| (grid(&rows, columns), length))
}

/// Whether a line has the words that stand at the head of a table.
pub fn is_head(line: &Line) -> bool {
    let heads = line.parts(GAP_OF_HEADS);
    let cells = heads.iter().map(|piece| Cell::Text(piece.text.trim().to_owned())).collect();
    heads.len() > 1 && table::begins_with_head(&[TableRow { line: 0, cells }])
}

/// The rows with which a page goes on with the table of the page before, and how many lines they take.
pub fn go_on(lines: &[Line], above: &Grid) -> Option<(Grid, usize)> {
    let inner = above.columns.get(1..above.columns.len().saturating_sub(1))?;
    let gaps: Vec<(f32, f32)> = inner.iter().map(|edge| (edge - 1.0, edge + 1.0)).collect();
    let first = lines.first().filter(|_| above.is_aligned)?;
    let is_beside = inner.first().is_some_and(|edge| first.left() > *edge);
    let (rows, _) = if is_beside || fills_several(first, &gaps) { rows(lines, gaps) } else { return None };
    let length: usize = rows.iter().map(Vec::len).sum();
    (length > 0).then(|| (grid(&rows, above.columns.clone()), length))
}

fn grid(rows: &[Vec<Line>], columns: Vec<f32>) -> Grid {
    let top = rows.first().and_then(|row| row.first()).map_or(0.0, |line| line.baseline - line.size);
    let rows = rows.iter().map(|row| cells_of(row, &columns)).collect();
    Grid { top, columns, rows, is_aligned: true }
}

/// The lines of each row, and what is left of the gaps between the columns. A row begins where something stands in the
/// first column. A line across the columns is a heading where the table goes on below it.
fn rows(lines: &[Line], mut gaps: Vec<(f32, f32)>) -> (Vec<Vec<Line>>, Vec<(f32, f32)>) {
    let mut rows: Vec<Vec<Line>> = Vec::new();
    let mut after_heading = false;
    for (index, line) in lines.iter().enumerate() {
        let left = gaps_beside(&gaps, line);
        let is_heading = left.is_none();
        match left {
            Some(left) => gaps = left,
            None if lines.get(index + 1).is_some_and(|next| fills_several(next, &gaps)) => {}
            None => break,
        }
        let begins = is_heading || after_heading || gaps.first().is_none_or(|first| line.left() < first.0);
        match rows.last_mut().filter(|_| !begins) {
            Some(row) => row.push(line.clone()),
            None => rows.push(vec![line.clone()]),
        }
        after_heading = is_heading;
    }
    (rows, gaps)
}

/// Whether a line keeps the gaps and stands in more than one column.
fn fills_several(line: &Line, gaps: &[(f32, f32)]) -> bool {
    let left = gaps_beside(gaps, line).unwrap_or_default();
    left.iter().any(|(from, to)| line.left() < *from && *to < line.right())
}

/// What is left of the gaps beside a line; `None` where it fills one: it stands below the table.
fn gaps_beside(gaps: &[(f32, f32)], line: &Line) -> Option<Vec<(f32, f32)>> {
    let left = |(index, gap): (usize, &(f32, f32))| {
        let numbered = if index == 0 { line.pieces.first() } else { None };
        line.pieces.iter().try_fold(*gap, |gap, piece| beside(gap, piece, numbered == Some(piece), line.size))
    };
    gaps.iter().enumerate().map(left).collect()
}

/// The larger part of a gap to one side of a piece. Where the piece may be the number of a row, it stands below the head
/// on its left, however far.
fn beside((from, to): (f32, f32), piece: &Piece, may_be_number: bool, size: f32) -> Option<(f32, f32)> {
    let before = (from, to.min(piece.left));
    let after = (from.max(piece.right), to);
    let wide = |(from, to): (f32, f32)| to - from;
    let is_number = may_be_number && piece.text.trim().bytes().all(|byte| byte.is_ascii_digit());
    let larger = if wide(before) > wide(after) && !is_number { before } else { after };
    (wide(larger) >= GAP * size).then_some(larger)
}

/// The cells of a row; a heading across the columns stands in the first of them.
fn cells_of(lines: &[Line], columns: &[f32]) -> Vec<GridCell> {
    let crosses =
        |piece: &Piece| columns[1..columns.len() - 1].iter().any(|edge| piece.left < *edge && *edge < piece.right);
    if let [line] = lines
        && line.pieces.iter().any(crosses)
    {
        let mut cells = vec![GridCell::default(); columns.len() - 1];
        cells[0].text = line.text().trim().to_owned();
        return cells;
    }
    let cell = |edges: &[f32]| {
        let within = lines.iter().filter_map(|line| {
            let is_within = |piece: &&Piece| {
                let middle = (piece.left + piece.right) / 2.0;
                edges[0] <= middle && middle <= edges[1]
            };
            let pieces: Vec<Piece> = line.pieces.iter().filter(is_within).cloned().collect();
            (!pieces.is_empty()).then(|| Line { pieces, ..line.clone() })
        });
        wrap::cell(&within.collect::<Vec<_>>(), edges[0], edges[1])
    };
    columns.windows(2).map(cell).collect()
}
