//! Several plans at once: how they are told apart in a few words.

use crate::chat::text;

/// What fits on a button with the task's number behind it.
const LONGEST_NAME: usize = 16;

/// Names plans by what their titles do not have in common at the beginning; where there is but one, it needs no name.
#[derive(Default)]
pub struct PlanNames {
    /// So many characters are common to all.
    common: Option<usize>,
}

impl PlanNames {
    pub fn of<'a>(titles: impl Iterator<Item = &'a str>) -> PlanNames {
        let mut titles: Vec<&str> = titles.collect();
        titles.sort_unstable();
        titles.dedup();
        let common = match titles.as_slice() {
            // Between the first and the last in order lie all others.
            [first, .., last] => Some(common_beginning(first, last)),
            _ => None,
        };
        PlanNames { common }
    }

    pub fn name(&self, title: &str) -> Option<String> {
        let own: String = title.chars().skip(self.common?).collect();
        Some(text::cut(if own.is_empty() { title } else { &own }, LONGEST_NAME))
    }

    pub fn are_several(&self) -> bool {
        self.common.is_some()
    }
}

/// A number is not cut in two: 2019 and 2020 differ as a whole.
fn common_beginning(one: &str, other: &str) -> usize {
    let alike: Vec<char> = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect();
    let digits = alike.iter().rev().take_while(|character| character.is_ascii_digit()).count();
    alike.len() - digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_named_by_what_they_do_not_share() {
        let names = |titles: &[&str]| {
            let plans = PlanNames::of(titles.iter().copied());
            titles.iter().map(|title| plans.name(title)).collect::<Vec<_>>()
        };
        assert_eq!(names(&["分工方案", "分工方案"]), [None, None]);
        assert_eq!(
            names(&["湖南省2019年政务公开要点", "湖南省2020年政务公开要点"]),
            [Some("2019年政务公开要点".to_owned()), Some("2020年政务公开要点".to_owned())]
        );
        assert_eq!(
            names(&["分工方案", "分工方案（修订）"]),
            [Some("分工方案".to_owned()), Some("（修订）".to_owned())]
        );
    }
}
