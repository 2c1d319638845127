//! 表线: the tables whose cells have lines drawn around them.

use super::sheet::{Glyph, Rule};
use super::wrap::GridCell;
use super::{lines, wrap};
use crate::plan::table::TableRow;

/// Pages with more lines than this hold drawings.
const MOST_RULES: usize = 1_000;
const MOST_COLUMNS: usize = 64;
const MOST_CELLS: usize = 20_000;
/// Lines that are so near meet.
const NEAR: f32 = 3.0;

/// A table on one page, its rows from top to bottom.
#[derive(Debug, Default, PartialEq)]
pub struct Grid {
    pub top: f32,
    /// The places of the lines between its columns, the outer ones included.
    pub columns: Vec<f32>,
    pub rows: Vec<Vec<GridCell>>,
    /// It has no lines around its cells.
    pub is_aligned: bool,
}

impl Grid {
    pub fn texts(row: &[GridCell]) -> impl Iterator<Item = &str> {
        row.iter().map(|cell| cell.text.as_str())
    }

    pub fn table_row(line: usize, cells: Vec<GridCell>) -> TableRow {
        TableRow { line, cells: cells.into_iter().map(GridCell::into_cell).collect() }
    }
}

/// The tables of a page, and the characters that stand outside of them.
pub fn find(rules: Vec<Rule>, glyphs: Vec<Glyph>) -> (Vec<Grid>, Vec<Glyph>) {
    let mut frames = frames(&merged(rules));
    // Where one stands within another, the inner one has the text.
    frames.sort_by(|one, other| one.area().total_cmp(&other.area()));
    let mut contents: Vec<Vec<Placed>> = frames.iter().map(|_| Vec::new()).collect();
    let mut outside = Vec::new();
    let mut last: Option<Placed> = None;
    for glyph in glyphs {
        let placed = Placed::after(last, glyph);
        match frames.iter().position(|frame| frame.holds(placed.at)) {
            Some(index) => contents[index].push(placed),
            None => outside.push(glyph),
        }
        last = Some(placed);
    }
    let grids = frames.iter().zip(contents).map(|(frame, glyphs)| frame.read(glyphs));
    (grids.collect(), outside)
}

/// A character, and the place that tells in which cell it stands.
#[derive(Clone, Copy)]
struct Placed {
    glyph: Glyph,
    at: (f32, f32),
}

impl Placed {
    /// A mark right behind a character stands where that does: it may hang over the edge of its cell.
    fn after(last: Option<Placed>, glyph: Glyph) -> Placed {
        const NEAR: f32 = 0.3;
        let is_near = |last: &Placed| {
            let (across, down) = (glyph.x - last.glyph.right(), glyph.y - last.glyph.y);
            wrap::is_mark(glyph.character) && across.abs().max(down.abs()) < NEAR * glyph.size
        };
        Placed { glyph, at: last.filter(is_near).map_or(glyph.middle(), |last| last.at) }
    }
}

/// Lines that go on with one another are one.
fn merged(mut rules: Vec<Rule>) -> Vec<Rule> {
    const SAME: f32 = 1.5;
    rules.sort_by(|one, other| one.across.cmp(&other.across).then(one.at.total_cmp(&other.at)));
    let same = |one: &Rule, other: &Rule| one.across == other.across && other.at - one.at <= SAME;
    let mut merged: Vec<Rule> = Vec::new();
    for group in rules.chunk_by_mut(same) {
        group.sort_by(|one, other| one.from.total_cmp(&other.from));
        let from = merged.len();
        for rule in group {
            match merged[from..].last_mut() {
                Some(last) if rule.from <= last.to + NEAR => last.to = last.to.max(rule.to),
                _ => merged.push(*rule),
            }
        }
    }
    merged
}

/// The lines of one table.
struct Frame {
    xs: Vec<f32>,
    ys: Vec<f32>,
    across: Vec<Rule>,
    down: Vec<Rule>,
}

fn frames(rules: &[Rule]) -> Vec<Frame> {
    if rules.len() > MOST_RULES {
        return Vec::new();
    }
    let mut groups: Vec<usize> = (0..rules.len()).collect();
    for (index, across) in rules.iter().enumerate().filter(|(_, rule)| rule.across) {
        for (other, down) in rules.iter().enumerate().filter(|(_, rule)| !rule.across) {
            if reaches(across, down.at) && reaches(down, across.at) {
                join(&mut groups, index, other);
            }
        }
    }
    let mut frames = Vec::new();
    for root in 0..rules.len() {
        let members: Vec<Rule> =
            (0..rules.len()).filter(|index| find_root(&groups, *index) == root).map(|index| rules[index]).collect();
        frames.extend(Frame::of(&members));
    }
    frames
}

fn reaches(rule: &Rule, at: f32) -> bool {
    (rule.from - NEAR..=rule.to + NEAR).contains(&at)
}

fn find_root(groups: &[usize], mut index: usize) -> usize {
    while groups[index] != index {
        index = groups[index];
    }
    index
}

/// Joins two groups below the one that begins first.
fn join(groups: &mut [usize], one: usize, other: usize) {
    let (one, other) = (find_root(groups, one), find_root(groups, other));
    groups[one.max(other)] = one.min(other);
}

impl Frame {
    /// A table has more than one column.
    fn of(rules: &[Rule]) -> Option<Frame> {
        let (across, down): (Vec<Rule>, Vec<Rule>) = rules.iter().partition(|rule| rule.across);
        let xs = places(&down, &across);
        let ys = places(&across, &down);
        let cells = xs.len().saturating_sub(1) * ys.len().saturating_sub(1);
        let is_table = xs.len() > 2 && ys.len() > 1 && xs.len() <= MOST_COLUMNS + 1 && cells <= MOST_CELLS;
        is_table.then_some(Frame { xs, ys, across, down })
    }

    fn area(&self) -> f32 {
        (self.xs[self.xs.len() - 1] - self.xs[0]) * (self.ys[self.ys.len() - 1] - self.ys[0])
    }

    fn holds(&self, (x, y): (f32, f32)) -> bool {
        (self.xs[0]..self.xs[self.xs.len() - 1]).contains(&x) && (self.ys[0]..self.ys[self.ys.len() - 1]).contains(&y)
    }

    fn read(&self, glyphs: Vec<Placed>) -> Grid {
        let (width, height) = (self.xs.len() - 1, self.ys.len() - 1);
        let groups = self.joined_cells(width, height);
        let mut contents: Vec<Vec<Glyph>> = vec![Vec::new(); width * height];
        for Placed { glyph, at: (x, y) } in glyphs {
            let column = self.xs.partition_point(|place| *place <= x).saturating_sub(1).min(width - 1);
            let row = self.ys.partition_point(|place| *place <= y).saturating_sub(1).min(height - 1);
            contents[find_root(&groups, row * width + column)].push(glyph);
        }
        let right_of = |cell: usize| {
            let last =
                (cell % width..width).take_while(|column| find_root(&groups, cell - cell % width + column) == cell);
            self.xs[last.last().unwrap_or(cell % width) + 1]
        };
        let mut rows = vec![vec![GridCell::default(); width]; height];
        for (cell, content) in contents.into_iter().enumerate() {
            let root = find_root(&groups, cell);
            let (row, column) = (cell / width, cell % width);
            if root == cell {
                let lines = lines::read(content);
                rows[row][column] = wrap::cell(&lines, self.xs[column], right_of(cell));
            } else {
                rows[row][column].goes_on = root % width == column;
            }
        }
        Grid { top: self.ys[0], columns: self.xs.clone(), rows, is_aligned: false }
    }

    /// Cells without a line between them are one; each is named by its first.
    fn joined_cells(&self, width: usize, height: usize) -> Vec<usize> {
        let mut groups: Vec<usize> = (0..width * height).collect();
        let separates = |rules: &[Rule], at: f32, beside: f32| {
            rules.iter().any(|rule| (rule.at - at).abs() <= NEAR && (rule.from..=rule.to).contains(&beside))
        };
        for row in 0..height {
            for column in 0..width {
                let cell = row * width + column;
                let middle_x = (self.xs[column] + self.xs[column + 1]) / 2.0;
                let middle_y = (self.ys[row] + self.ys[row + 1]) / 2.0;
                if column + 1 < width && !separates(&self.down, self.xs[column + 1], middle_y) {
                    join(&mut groups, cell, cell + 1);
                }
                if row + 1 < height && !separates(&self.across, self.ys[row + 1], middle_x) {
                    join(&mut groups, cell, cell + width);
                }
            }
        }
        groups
    }
}

/// The places of lines, those that are near taken as one, and the ends of the lines that they cross: some tables are
/// open at their sides.
fn places(rules: &[Rule], crossing: &[Rule]) -> Vec<f32> {
    const OPEN: f32 = 8.0;
    let mut places: Vec<f32> = rules.iter().map(|rule| rule.at).collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|next, kept| *next - *kept <= NEAR);
    let (Some(first), Some(last)) = (places.first().copied(), places.last().copied()) else { return places };
    let from = crossing.iter().map(|rule| rule.from).fold(f32::INFINITY, f32::min);
    let to = crossing.iter().map(|rule| rule.to).fold(f32::NEG_INFINITY, f32::max);
    if from < first - OPEN {
        places.insert(0, from);
    }
    if to > last + OPEN {
        places.push(to);
    }
    places
}
