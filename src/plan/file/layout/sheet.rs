//! 版面: what one page draws, turned upright.

use std::collections::BTreeMap;

/// More characters than any page has.
const MOST_GLYPHS: usize = 200_000;
const MOST_RULES: usize = 20_000;

/// Where the tops of characters point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    Up,
    Left,
    Down,
    Right,
}

/// A character. Lengths are points, 1/72 inch; `y` is that of its baseline and grows downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    pub character: char,
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub size: f32,
}

impl Glyph {
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    pub fn middle(&self) -> (f32, f32) {
        (self.x + self.width / 2.0, self.y - self.size * 0.35)
    }
}

/// A line drawn along or down the page, from its smaller to its greater end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    pub across: bool,
    /// The height of one that goes across, the place from the left of one that goes down.
    pub at: f32,
    pub from: f32,
    pub to: f32,
}

/// A page that is being read.
#[derive(Debug, Default)]
pub struct Sheet {
    glyphs: Vec<(Heading, Glyph)>,
    rules: Vec<Rule>,
    pub width: f32,
    pub height: f32,
    /// How many pictures it shows.
    pub pictures: usize,
    /// Characters that nothing tells.
    pub unknown: usize,
    is_overfull: bool,
}

impl Sheet {
    pub fn new(width: f32, height: f32) -> Sheet {
        Sheet { width, height, ..Sheet::default() }
    }

    /// Puts a character where `x` and `y` are from the page's upper left corner, whose line goes along `direction`.
    /// One that stands aslant or outside of the page is no text of the document but a watermark or a leftover.
    pub fn put(&mut self, glyph: Glyph, direction: (f32, f32)) {
        const SMALLEST: f32 = 1.0;
        const LARGEST: f32 = 400.0;
        let is_on_page = (0.0..=self.width).contains(&glyph.x) && (0.0..=self.height).contains(&glyph.y);
        let is_text = (SMALLEST..=LARGEST).contains(&glyph.size) && glyph.width.is_finite();
        let Some(heading) = heading(direction) else { return };
        if is_on_page && is_text {
            self.is_overfull |= self.glyphs.len() >= MOST_GLYPHS;
            self.glyphs.extend(Some((heading, glyph)).filter(|_| !self.is_overfull));
        }
    }

    /// Draws a straight line between two points; one that stands aslant borders no cell.
    pub fn draw(&mut self, (x0, y0): (f32, f32), (x1, y1): (f32, f32)) {
        const TOLERANCE: f32 = 1.0;
        const SHORTEST: f32 = 3.0;
        let (across, down) = ((x1 - x0).abs(), (y1 - y0).abs());
        let rule = if down <= TOLERANCE && across >= SHORTEST {
            Rule { across: true, at: (y0 + y1) / 2.0, from: x0.min(x1), to: x0.max(x1) }
        } else if across <= TOLERANCE && down >= SHORTEST {
            Rule { across: false, at: (x0 + x1) / 2.0, from: y0.min(y1), to: y0.max(y1) }
        } else {
            return;
        };
        if [rule.at, rule.from, rule.to].iter().all(|place| place.is_finite()) && self.rules.len() < MOST_RULES {
            self.rules.push(rule);
        }
    }

    /// Paints an area; a narrow one is a line.
    pub fn fill(&mut self, (x0, y0): (f32, f32), (x1, y1): (f32, f32)) {
        const WIDEST_LINE: f32 = 3.0;
        let (across, down) = ((x1 - x0).abs(), (y1 - y0).abs());
        let (x, y) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
        if down <= WIDEST_LINE && down < across {
            self.draw((x0, y), (x1, y));
        } else if across <= WIDEST_LINE {
            self.draw((x, y0), (x, y1));
        }
    }

    /// Whether more characters were put on it than any page has.
    pub fn is_overfull(&self) -> bool {
        self.is_overfull
    }

    pub fn has_text(&self) -> bool {
        self.glyphs.iter().any(|(_, glyph)| !glyph.character.is_whitespace())
    }

    /// The characters and lines as they are read, and the page's height then: most pages stand upright, others are turned,
    /// where most characters stand so.
    pub fn upright(self) -> (Vec<Glyph>, Vec<Rule>, f32) {
        let mut counts = BTreeMap::new();
        for (heading, _) in &self.glyphs {
            *counts.entry(*heading).or_insert(0_usize) += 1;
        }
        let heading = counts.iter().max_by_key(|(_, count)| **count).map_or(Heading::Up, |(heading, _)| *heading);
        let (width, height) = (self.width, self.height);
        let turn = move |x: f32, y: f32| match heading {
            Heading::Up => (x, y),
            Heading::Left => (height - y, x),
            Heading::Down => (width - x, height - y),
            Heading::Right => (y, width - x),
        };
        let glyphs = self.glyphs.into_iter().filter(|(other, _)| *other == heading);
        let glyphs = glyphs.map(|(_, glyph)| {
            let (x, y) = turn(glyph.x, glyph.y);
            Glyph { x, y, ..glyph }
        });
        let rules = self.rules.into_iter().map(|rule| {
            let ends = if rule.across {
                [turn(rule.from, rule.at), turn(rule.to, rule.at)]
            } else {
                [turn(rule.at, rule.from), turn(rule.at, rule.to)]
            };
            let across = (ends[0].1 - ends[1].1).abs() < (ends[0].0 - ends[1].0).abs();
            let along = |end: (f32, f32)| if across { end.0 } else { end.1 };
            let at = if across { ends[0].1 } else { ends[0].0 };
            let (from, to) = (along(ends[0]).min(along(ends[1])), along(ends[0]).max(along(ends[1])));
            Rule { across, at, from, to }
        });
        let is_turned = matches!(heading, Heading::Left | Heading::Right);
        (glyphs.collect(), rules.collect(), if is_turned { width } else { height })
    }
}

/// Where the tops of characters point whose line goes along a direction, `y` downwards.
fn heading((x, y): (f32, f32)) -> Option<Heading> {
    /// About five degrees.
    const ASLANT: f32 = 0.09;
    if y.abs() <= x.abs() * ASLANT {
        Some(if x > 0.0 { Heading::Up } else { Heading::Down })
    } else if x.abs() <= y.abs() * ASLANT {
        Some(if y > 0.0 { Heading::Right } else { Heading::Left })
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Glyph, Sheet};

    fn glyph(x: f32, y: f32) -> Glyph {
        Glyph { character: '县', x, y, width: 16.0, size: 16.0 }
    }

    #[test]
    fn pages_are_turned_upright() {
        // A line that goes up the page, as a wide table is printed on a narrow page.
        let mut sheet = Sheet::new(600.0, 800.0);
        sheet.put(glyph(100.0, 700.0), (0.0, -1.0));
        sheet.put(glyph(100.0, 684.0), (0.0, -1.0));
        sheet.put(glyph(300.0, 300.0), (0.7, -0.7));
        sheet.draw((50.0, 100.0), (50.0, 700.0));
        let (glyphs, rules, _) = sheet.upright();
        assert_eq!(glyphs.iter().map(|glyph| (glyph.x, glyph.y)).collect::<Vec<_>>(), [(100.0, 100.0), (116.0, 100.0)]);
        assert!(rules[0].across && rules[0].at == 50.0);
    }

    #[test]
    fn narrow_areas_are_lines() {
        let mut sheet = Sheet::new(600.0, 800.0);
        sheet.fill((10.0, 10.0), (500.0, 10.5));
        sheet.fill((10.0, 10.0), (500.0, 300.0));
        sheet.draw((10.0, 10.0), (500.0, 300.0));
        assert_eq!(sheet.upright().1.len(), 1);
    }
}
