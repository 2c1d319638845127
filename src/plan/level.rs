//! 层次的次序: which way of numbering stands above which, in this document.

use super::ordinal::{Ordinal, Style};

/// Pairs of ways of numbering, the first of which stands above the second although the standard has them the other way round.
#[derive(Debug, Default)]
pub struct Levels(Vec<(Style, Style)>);

impl Levels {
    /// Documents show their order by what begins anew: below `1.` and then below `2.` stands a （一）.
    pub fn of<'a>(ordinals: impl Iterator<Item = &'a Ordinal>) -> Levels {
        /// One such place may be an attachment's beginning.
        const FEWEST: usize = 2;
        let mut beginnings: Vec<Beginnings> = Vec::new();
        let mut before: Option<&Ordinal> = None;
        for ordinal in ordinals {
            if ordinal.value == 1 {
                match beginnings.iter_mut().find(|known| known.style == ordinal.style) {
                    Some(known) => known.add(before),
                    None => beginnings.push(Beginnings::new(ordinal.style, before)),
                }
            }
            before = Some(ordinal);
        }
        let inverted = |found: Beginnings| Some((found.below.filter(|_| found.count >= FEWEST)?, found.style));
        Levels(beginnings.into_iter().filter_map(inverted).filter(|(above, below)| above > below).collect())
    }

    /// Whether an item of one kind may stand below one of another.
    pub fn is_below(&self, style: Style, above: Style) -> bool {
        let inverted = |one, other| self.0.contains(&(one, other));
        inverted(above, style) || (style > above && !inverted(style, above))
    }
}

/// Where the numbers of one kind begin anew.
struct Beginnings {
    style: Style,
    /// What stood right before each of them, where it was of one kind and its numbers went on.
    below: Option<Style>,
    last: u32,
    count: usize,
}

impl Beginnings {
    fn new(style: Style, before: Option<&Ordinal>) -> Beginnings {
        let last = before.map_or(0, |before| before.value);
        Beginnings { style, below: before.map(|before| before.style), last, count: 1 }
    }

    fn add(&mut self, before: Option<&Ordinal>) {
        let goes_on = before.is_some_and(|before| Some(before.style) == self.below && before.value > self.last);
        self.below = self.below.filter(|_| goes_on);
        self.last = before.map_or(0, |before| before.value);
        self.count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::Levels;
    use crate::plan::ordinal::{self, Ordinal, Style};

    fn levels(printed: &str) -> Levels {
        let ordinals: Vec<Ordinal> =
            printed.split(' ').filter_map(|text| Some(ordinal::leading(text)?.ordinal)).collect();
        Levels::of(ordinals.iter())
    }

    #[test]
    fn as_the_standard_has_them() {
        for printed in
            ["一、 （一） 1. 2. （二） 1. 二、 （一） 1.", "1. 2. 一、 1. 二、 1.", "一、 1. 2. 二、 附件 一、 1."]
        {
            let levels = levels(printed);
            assert!(levels.is_below(Style::Dotted, Style::Comma), "{printed}");
            assert!(!levels.is_below(Style::Comma, Style::Dotted), "{printed}");
        }
    }

    #[test]
    fn inverted() {
        let levels = levels("1. （一） （二） 2. （一） （1） （2） 3. （一）");
        assert!(levels.is_below(Style::Bracketed, Style::Dotted) && !levels.is_below(Style::Dotted, Style::Bracketed));
        assert!(levels.is_below(Style::Inner, Style::Bracketed) && levels.is_below(Style::Dotted, Style::Comma));
    }
}
