//! 路径: the lines that a page draws and the areas that it paints, as far as they may border the cells of a table.

use super::syntax::{Object, numbers};
use crate::plan::file::layout::{Matrix, Sheet};

type Point = (f32, f32);

/// Corners of one path; pictures made of lines have more, and border nothing.
const MOST_POINTS: usize = 20_000;

/// The path that is being built: pieces of straight lines, from corner to corner.
#[derive(Default)]
pub struct Path {
    pieces: Vec<Vec<Point>>,
    points: usize,
}

impl Path {
    /// Takes an operator of paths and its operands; tells whether it was one.
    pub fn take(&mut self, word: &[u8], operands: &[Object], matrix: Matrix, sheet: &mut Sheet) -> bool {
        let values =
            if matches!(word, b"m" | b"l" | b"re" | b"c" | b"v" | b"y") { numbers(operands) } else { Vec::new() };
        match (word, values.as_slice()) {
            (b"m", [x, y]) => self.begin(matrix.point(*x, *y)),
            // A curve is only followed to its end: it borders no cell, but what follows may.
            (b"l" | b"c" | b"v" | b"y", [.., x, y]) => self.go_on(matrix.point(*x, *y)),
            (b"re", [x, y, width, height]) => {
                let corners = [(*x, *y), (x + width, *y), (x + width, y + height), (*x, y + height)];
                self.begin(matrix.point(*x, *y));
                corners[1..].iter().for_each(|corner| self.go_on(matrix.point(corner.0, corner.1)));
                self.close();
            }
            (b"h", _) => self.close(),
            (b"S", _) => self.paint(true, false, sheet),
            (b"s", _) => {
                self.close();
                self.paint(true, false, sheet);
            }
            (b"f" | b"F" | b"f*", _) => self.paint(false, true, sheet),
            (b"B" | b"B*", _) => self.paint(true, true, sheet),
            (b"b" | b"b*", _) => {
                self.close();
                self.paint(true, true, sheet);
            }
            (b"n", _) => self.clear(),
            _ => return false,
        }
        true
    }

    fn begin(&mut self, point: Point) {
        if self.points < MOST_POINTS {
            self.points += 1;
            self.pieces.push(vec![point]);
        }
    }

    fn go_on(&mut self, point: Point) {
        if self.points < MOST_POINTS
            && let Some(piece) = self.pieces.last_mut()
        {
            self.points += 1;
            piece.push(point);
        }
    }

    fn close(&mut self) {
        if let Some(first) = self.pieces.last().and_then(|piece| piece.first()).copied() {
            self.go_on(first);
        }
    }

    fn clear(&mut self) {
        self.pieces.clear();
        self.points = 0;
    }

    fn paint(&mut self, stroked: bool, filled: bool, sheet: &mut Sheet) {
        for piece in &self.pieces {
            if stroked {
                piece.windows(2).for_each(|ends| sheet.draw(ends[0], ends[1]));
            }
            if filled {
                let (from, to) = extent(piece);
                sheet.fill(from, to);
            }
        }
        self.clear();
    }
}

/// The upper left and the lower right corner of what a piece goes round.
fn extent(piece: &[Point]) -> (Point, Point) {
    let fold =
        |start: f32, choose: fn(f32, f32) -> f32, part: fn(&Point) -> f32| piece.iter().map(part).fold(start, choose);
    let from = (fold(f32::INFINITY, f32::min, |point| point.0), fold(f32::INFINITY, f32::min, |point| point.1));
    let to = (fold(f32::NEG_INFINITY, f32::max, |point| point.0), fold(f32::NEG_INFINITY, f32::max, |point| point.1));
    (from, to)
}
