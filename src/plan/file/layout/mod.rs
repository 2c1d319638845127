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
