//! 版式: characters at places on pages, as .pdf and .ofd hold them → the paragraphs and tables that a reader sees.
//!
//! `sheet` collects what one page draws → `lines` → `grid` (tables by the lines drawn around their cells) and `columns`
//! (tables by alignment) → `margin` (page numbers and running heads, which are left out) → `wrap` (which lines
//! belong together) → `flow` (paragraphs and tables, through all pages).

mod columns;
mod flow;
mod grid;
mod lines;
mod margin;
mod matrix;
mod sheet;
mod wrap;

pub use flow::Document;
pub use matrix::Matrix;
pub use sheet::{Glyph, Sheet};

use grid::Grid;
use lines::Line;

/// What stands on a page, from top to bottom.
enum Part {
    Line(Line),
    Table(Grid),
}

impl Part {
    fn line(&self) -> Option<&Line> {
        if let Part::Line(line) = self { Some(line) } else { None }
    }

    fn top(&self) -> f32 {
        match self {
            Part::Line(line) => line.baseline - line.size,
            Part::Table(grid) => grid.top,
        }
    }
}

/// A page that has been read.
struct Leaf {
    height: f32,
    parts: Vec<Part>,
    /// It shows a picture and no text.
    is_scan: bool,
}
