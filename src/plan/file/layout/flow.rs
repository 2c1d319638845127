//! 行文: lines → paragraphs and tables, through all pages.

use super::grid::Grid;
use super::lines::Line;
use super::sheet::Sheet;
use super::wrap::{Edges, GridCell, append, goes_on};
use super::{Leaf, Part, columns, grid, lines, margin};
use crate::plan::block::Block;
use crate::plan::file::MOST_ROWS;
use crate::plan::unreadable::Unreadable;
use crate::plan::{plain_table, table, text};

/// Of all pages together: a plan of 10,000 tasks has a quarter of it.
const MOST_PIECES: usize = 600_000;

/// The pages of a document that have been read.
#[derive(Default)]
pub struct Document {
    leaves: Vec<Leaf>,
    rows: usize,
    /// Pieces of lines, and cells.
    pieces: usize,
    characters: usize,
    unknown: usize,
}

impl Document {
    /// # Errors
    /// Where there is more on the pages than any plan has.
    pub fn add(&mut self, sheet: Sheet) -> Result<(), Unreadable> {
        if sheet.is_overfull() {
            return Err(Unreadable::Swells);
        }
        let is_scan = !sheet.has_text() && sheet.pictures > 0;
        self.unknown += sheet.unknown;
        let (glyphs, rules, height) = sheet.upright();
        self.characters += glyphs.len();
        let (grids, outside) = grid::find(rules, glyphs);
        let lines = lines::read(outside);
        let cells = grids.iter().flat_map(|grid| &grid.rows).map(Vec::len);
        self.rows += lines.len() + cells.clone().count();
        self.pieces += cells.sum::<usize>() + lines.iter().map(|line| line.pieces.len()).sum::<usize>();
        if self.rows > MOST_ROWS {
            return Err(Unreadable::TooManyRows(MOST_ROWS));
        } else if self.pieces > MOST_PIECES {
            return Err(Unreadable::Swells);
        }
        let mut parts: Vec<Part> = grids.into_iter().map(Part::Table).collect();
        parts.extend(lines.into_iter().map(Part::Line));
        parts.sort_by(|one, other| one.top().total_cmp(&other.top()));
        self.leaves.push(Leaf { height, parts, is_scan });
        Ok(())
    }

    /// # Errors
    /// Where the pages are pictures, or their fonts do not tell which characters they show.
    pub fn blocks(mut self) -> Result<Vec<Block>, Unreadable> {
        const MOST_UNKNOWN: usize = 20;
        let scans = self.leaves.iter().filter(|leaf| leaf.is_scan).count();
        let has_text = self.leaves.iter().any(|leaf| !leaf.parts.is_empty());
        if !has_text || scans * 2 > self.leaves.len() {
            return Err(Unreadable::Scan);
        }
        if self.unknown * MOST_UNKNOWN > self.characters {
            return Err(Unreadable::NoCharacters);
        }
        margin::leave_out(&mut self.leaves);
        let mut flow = Flow::new(&self.leaves);
        for (page, leaf) in self.leaves.into_iter().enumerate() {
            flow.leaf(page, leaf);
        }
        Ok(flow.end())
    }
}

/// Paragraphs and tables that are being put together.
struct Flow {
    edges: Vec<Edges>,
    /// The usual distance between two lines.
    pitch: f32,
    paragraph: Option<Paragraph>,
    table: Option<Grid>,
    number: usize,
    /// Paragraphs that are not yet among the blocks: a table may be written in them, a cell a line.
    lines: Vec<text::Line>,
    blocks: Vec<Block>,
}

/// A paragraph, with its last line and the page of that.
struct Paragraph {
    text: String,
    last: Line,
    page: usize,
}

impl Flow {
    fn new(leaves: &[Leaf]) -> Flow {
        /// So many lines show the edges of a page by themselves.
        const ENOUGH: usize = 8;
        let lines = |leaf: &'_ Leaf| leaf.parts.iter().filter_map(Part::line).cloned().collect::<Vec<Line>>();
        let all: Vec<Vec<Line>> = leaves.iter().map(lines).collect();
        let whole = Edges::of(all.iter().flatten()).unwrap_or(Edges { left: 0.0, right: 0.0 });
        let edges = all.iter().map(|lines| Edges::of(lines.iter()).filter(|_| lines.len() >= ENOUGH).unwrap_or(whole));
        let pairs = all.iter().flat_map(|lines| lines.windows(2));
        let mut pitches: Vec<f32> = pairs.map(|pair| pair[1].baseline - pair[0].baseline).collect();
        pitches.sort_by(f32::total_cmp);
        let pitch = pitches.get(pitches.len() / 2).copied().unwrap_or(f32::INFINITY);
        let (edges, paragraph, table) = (edges.collect(), None, None);
        Flow { edges, pitch, paragraph, table, number: 0, lines: Vec::new(), blocks: Vec::new() }
    }

    fn leaf(&mut self, page: usize, leaf: Leaf) {
        if leaf.is_scan {
            self.end_part();
            self.paragraph_of(&format!("（说明：原文件第{}页只有图像，没有读到文字。）", page + 1));
        }
        let mut parts = leaf.parts.into_iter().peekable();
        while let Some(part) = parts.next() {
            let first = match part {
                Part::Table(grid) => {
                    self.table(grid);
                    continue;
                }
                Part::Line(line) => line,
            };
            let mut lines = vec![first];
            while let Some(Part::Line(line)) = parts.next_if(|part| part.line().is_some()) {
                lines.push(line);
            }
            self.lines(page, &lines);
        }
    }

    fn lines(&mut self, page: usize, lines: &[Line]) {
        let mut rest = lines;
        while let Some((line, after)) = rest.split_first() {
            let above = self.table.as_ref().filter(|_| self.paragraph.is_none());
            let found = columns::begin(rest).or_else(|| columns::go_on(rest, above?));
            if let Some((grid, length)) = found {
                self.table(grid);
                rest = &rest[length..];
            } else {
                self.line(page, line);
                rest = after;
            }
        }
    }

    fn line(&mut self, page: usize, line: &Line) {
        const GAP: f32 = 1.6;
        self.end_table();
        if let Some(above) = &mut self.paragraph {
            let is_near = above.page != page || line.baseline - above.last.baseline <= self.pitch * GAP;
            if is_near && goes_on(&above.text, &above.last, line, self.edges[above.page], self.edges[page]) {
                append(&mut above.text, &line.text());
                (above.last, above.page) = (line.clone(), page);
                return;
            }
        }
        self.end_paragraph();
        self.paragraph = Some(Paragraph { text: line.text(), last: line.clone(), page });
    }

    /// A table goes on with the one above it where nothing stands between them and their columns are the same.
    fn table(&mut self, mut grid: Grid) {
        self.end_paragraph();
        match self.table.as_mut().filter(|above| above.has_columns_of(&grid)) {
            Some(above) => above.go_on_with(&mut grid),
            None => {
                self.end_table();
                self.table = Some(grid);
            }
        }
    }

    fn paragraph_of(&mut self, text: &str) {
        let text = text::trimmed(text);
        self.number += 1;
        if !text.is_empty() {
            self.lines.push(text::Line { number: self.number, text });
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(paragraph) = self.paragraph.take() {
            self.paragraph_of(&paragraph.text);
        }
    }

    fn end_table(&mut self) {
        let Some(grid) = self.table.take() else { return };
        let rows = grid.rows.into_iter().map(|row| {
            self.number += 1;
            Grid::table_row(self.number, row)
        });
        let rows = rows.collect();
        self.blocks.extend(plain_table::blocks(std::mem::take(&mut self.lines)));
        self.blocks.extend(table::blocks(rows));
    }

    fn end_part(&mut self) {
        self.end_paragraph();
        self.end_table();
    }

    fn end(mut self) -> Vec<Block> {
        self.end_part();
        self.blocks.extend(plain_table::blocks(std::mem::take(&mut self.lines)));
        self.blocks
    }
}

impl Grid {
    /// Whether columns are the same: at the same places, or, where no lines show these, below the same words.
    fn has_columns_of(&self, next: &Grid) -> bool {
        const NEAR: f32 = 5.0;
        let near = self.columns.iter().zip(&next.columns).all(|(one, other)| (one - other).abs() < NEAR);
        let heads = self.rows.first().zip(next.rows.first());
        let same_head = heads.is_some_and(|(one, other)| Grid::texts(one).eq(Grid::texts(other)));
        self.columns.len() == next.columns.len() && (near || (next.is_aligned && same_head))
    }

    /// Adds the rows of the next page, without the head that it repeats. A row that the end of the page has broken is one.
    fn go_on_with(&mut self, next: &mut Grid) {
        let head = self.rows.iter().zip(&next.rows).take_while(|(one, other)| Grid::texts(one).eq(Grid::texts(other)));
        let repeated = head.count();
        let mut rows = next.rows.drain(..).skip(repeated);
        if let Some(first) = rows.next() {
            match self.rows.last_mut().filter(|last| is_broken(last, &first)) {
                Some(last) => last.iter_mut().zip(first).for_each(|(cell, rest)| cell.go_on_with(rest)),
                None => self.rows.push(first),
            }
        }
        self.rows.extend(rows);
    }
}

/// Whether the first row of a page goes on with the last row of the page before: it has no number, and a cell of it goes
/// on within a sentence.
fn is_broken(last: &[GridCell], first: &[GridCell]) -> bool {
    let has_number = first.first().is_some_and(|cell| !cell.text.is_empty());
    let within_sentence =
        |(cell, rest): (&GridCell, &GridCell)| cell.runs_into(rest) && !cell.text.ends_with(['。', '；']);
    !has_number && last.iter().zip(first).any(within_sentence)
}
