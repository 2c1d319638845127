//! 对齐: the tables without lines, whose cells stand below the words at their heads.

use super::grid::{Grid, GridCell};
use super::lines::{Line, Piece};
use super::wrap;
use crate::plan::table::{self, Cell, TableRow};

/// The smallest gap between two columns, at their heads and below, of the size of the characters.
const GAP_OF_HEADS: f32 = 0.5;
const GAP: f32 = 0.15;

/// A table that begins with a line, and how many lines it takes.
pub fn begin(lines: &[Line]) -> Option<(Grid, usize)> {
    let head = lines.first().filter(|line| line.pieces.len() > 1)?;
    let heads = head.parts(GAP_OF_HEADS);
    let cells = heads.iter().map(|piece| Cell::Text(piece.text.trim().to_owned())).collect();
    if !table::begins_with_head(&[TableRow { line: 0, cells }]) {
        return None;
    }
    let mut gaps: Vec<(f32, f32)> = heads.windows(2).map(|pair| (pair[0].right, pair[1].left)).collect();
    let mut length = 1;
    while let Some(line) = lines.get(length) {
        let Some(left) = gaps_beside(&gaps, line) else { break };
        gaps = left;
        length += 1;
    }
    let edges: Vec<f32> = gaps.iter().map(|(from, to)| (from + to) / 2.0).collect();
    let all = &lines[..length];
    let left = all.iter().map(Line::left).fold(f32::INFINITY, f32::min);
    let right = all.iter().map(Line::right).fold(f32::NEG_INFINITY, f32::max);
    let columns: Vec<f32> = std::iter::once(left).chain(edges).chain([right]).collect();
    let rows = rows(all, &columns).into_iter().map(|row| cells_of(&row, &columns)).collect();
    (length > 1).then_some((Grid { top: head.baseline - head.size, columns, rows }, length))
}

/// What is left of the gaps beside a line; `None` where it fills one: it stands below the table.
fn gaps_beside(gaps: &[(f32, f32)], line: &Line) -> Option<Vec<(f32, f32)>> {
    gaps.iter().map(|gap| line.pieces.iter().try_fold(*gap, |gap, piece| beside(gap, piece, line.size))).collect()
}

/// The larger part of a gap to one side of a piece; a number stands below the head on its left, however far.
fn beside((from, to): (f32, f32), piece: &Piece, size: f32) -> Option<(f32, f32)> {
    let before = (from, to.min(piece.left));
    let after = (from.max(piece.right), to);
    let wide = |(from, to): (f32, f32)| to - from;
    let is_number = piece.text.trim().bytes().all(|byte| byte.is_ascii_digit());
    let larger = if wide(before) > wide(after) && !is_number { before } else { after };
    (wide(larger) >= GAP * size).then_some(larger)
}

/// The lines of each row: a new one begins where something stands in the first column.
fn rows(lines: &[Line], columns: &[f32]) -> Vec<Vec<Line>> {
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match rows.last_mut().filter(|_| line.left() >= columns[1]) {
            Some(row) => row.push(line.clone()),
            None => rows.push(vec![line.clone()]),
        }
    }
    rows
}

fn cells_of(lines: &[Line], columns: &[f32]) -> Vec<GridCell> {
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
