//! 通报, as it is asked for: of which plan, and with which number.

use chrono::{DateTime, Utc};

use crate::chinese::numerals;

/// By whom a bulletin was issued, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    pub by: String,
    pub at: DateTime<Utc>,
}

/// `营商环境 第3期`, `营商环境 印发`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// A plan's number, or words of its title.
    pub plan: Option<String>,
    pub issue: Option<u32>,
    /// Whether it is issued, and no draft: its number is taken then.
    pub is_issued: bool,
}

impl Wanted {
    pub fn read(words: &str) -> Wanted {
        let mut wanted = Wanted::default();
        let mut plan = Vec::new();
        for word in words.split_whitespace() {
            match issue(word) {
                Some(number) => wanted.issue = wanted.issue.or(Some(number)),
                None if ISSUES.contains(&word) => wanted.is_issued = true,
                None => plan.push(word),
            }
        }
        wanted.plan = (!plan.is_empty()).then(|| plan.join(" "));
        wanted
    }
}

/// Says that a bulletin is no draft.
const ISSUES: [&str; 2] = ["印发", "签发"];

/// 第3期, 第三期, 3期
fn issue(word: &str) -> Option<u32> {
    numerals::parse(word.strip_suffix('期')?.trim_start_matches('第'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_and_a_number() {
        let wanted = |plan: Option<&str>, issue| Wanted { plan: plan.map(str::to_owned), issue, is_issued: false };
        assert_eq!(Wanted::read("营商环境 第3期"), wanted(Some("营商环境"), Some(3)));
        assert_eq!(Wanted::read("第十二期"), wanted(None, Some(12)));
        assert_eq!(Wanted::read("2019年 学期"), wanted(Some("2019年 学期"), None));
        assert_eq!(Wanted::read("营商环境 印发"), Wanted { is_issued: true, ..wanted(Some("营商环境"), None) });
    }
}
