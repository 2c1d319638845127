//! 页边: page numbers and running heads, which belong to the page and not to the document.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::Line;
use super::{Leaf, Part, columns};
use crate::plan::marking;

/// The part of a page's height, at its top and at its foot, where such lines stand.
const MARGIN: f32 = 0.15;
/// How many lines at either end are looked at.
const DEPTH: usize = 2;

/// `— 3 —`, `3`, `3/9`, `第 3 页 共 9 页`.
static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:[-—–－·~\s]*\d{1,4}(?:\s*/\s*\d{1,4})?[-—–－·~\s]*|第\s*\d{1,4}\s*页(?:[，,/\s]*共\s*\d{1,4}\s*页)?)$",
    )
    .expect("a constant")
});

/// Leaves out page numbers, and the lines that stand at the same place on at least half of the pages.
pub fn leave_out(leaves: &mut [Leaf]) {
    // Some programs tell a wrong size of the page.
    let lowest = leaves.iter().flat_map(|leaf| leaf.parts.last()).map(Part::top).fold(0.0, f32::max);
    leaves.iter_mut().for_each(|leaf| leaf.height = leaf.height.min(lowest * 1.1));
    for _ in 0..DEPTH {
        for leaf in leaves.iter_mut() {
            for end in [End::Top, End::Foot] {
                if end.line(leaf).is_some_and(|line| PAGE_NUMBER.is_match(line.text().trim())) {
                    end.remove(leaf);
                }
            }
        }
        for end in [End::Top, End::Foot] {
            leave_out_repeated(leaves, end);
        }
    }
}

fn leave_out_repeated(leaves: &mut [Leaf], end: End) {
    /// Larger letters than those of the pages are a title, which the first page keeps.
    const TITLE: f32 = 1.15;
    let mut counts: HashMap<String, usize> = HashMap::new();
    for leaf in leaves.iter() {
        if let Some(line) = end.line(leaf) {
            *counts.entry(same(line)).or_default() += 1;
        }
    }
    let pages = leaves.len();
    let is_repeated = |line: &Line| counts.get(&same(line)).is_some_and(|count| *count > 1 && count * 2 >= pages);
    let usual = usual_size(leaves);
    let mut kept_title = false;
    for (index, leaf) in leaves.iter_mut().enumerate() {
        // The first page shows who may see the document.
        let is_mark = |line: &Line| index == 0 && marking::is_mark(line.text().trim());
        let repeated = end.line(leaf).filter(|line| is_repeated(line) && !columns::is_head(line) && !is_mark(line));
        let Some(line) = repeated else { continue };
        let keeps = !kept_title && matches!(end, End::Top) && line.size > usual * TITLE;
        kept_title |= keeps;
        if !keeps {
            end.remove(leaf);
        }
    }
}

/// What a line says, without the figures that change from page to page, and its height on the page.
fn same(line: &Line) -> String {
    const NEAR: f32 = 6.0;
    let words: String = line.text().chars().filter(|character| !character.is_ascii_digit()).collect();
    format!("{} {}", (line.baseline / NEAR).round(), words.trim())
}

fn usual_size(leaves: &[Leaf]) -> f32 {
    let lines = leaves.iter().flat_map(|leaf| &leaf.parts).filter_map(Part::line);
    let mut sizes: Vec<f32> = lines.map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}

#[derive(Clone, Copy)]
enum End {
    Top,
    Foot,
}

impl End {
    /// The outermost line at this end, where it stands in the margin.
    fn line(self, leaf: &Leaf) -> Option<&Line> {
        let (part, margin) = match self {
            End::Top => (leaf.parts.first(), 0.0..leaf.height * MARGIN),
            End::Foot => (leaf.parts.last(), leaf.height * (1.0 - MARGIN)..f32::INFINITY),
        };
        part.and_then(Part::line).filter(|line| margin.contains(&line.baseline))
    }

    fn remove(self, leaf: &mut Leaf) {
        match self {
            End::Top => drop(leaf.parts.remove(0)),
            End::Foot => drop(leaf.parts.pop()),
        }
    }
}
