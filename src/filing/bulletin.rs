//! 通报, as it is asked for: of which plan, and with which number.

use crate::chinese::numerals;
use crate::office::ids::PlanId;

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

/// An open plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenPlan {
    pub id: PlanId,
    pub title: String,
    /// 简称
    pub name: String,
}

/// The one plan that has this number or short name, else this in its title; else the plans that the words may mean, or all.
pub fn chosen<'a>(words: &str, plans: &'a [OpenPlan]) -> Result<PlanId, Vec<&'a str>> {
    let bare = words.trim_matches(|edge: char| "《》".contains(edge) || edge.is_whitespace());
    let exactly = |plan: &&OpenPlan| plan.id.0.to_string() == bare || plan.name == bare || plan.title == bare;
    if let Some(plan) = plans.iter().find(exactly) {
        return Ok(plan.id);
    }
    let meant = |plan: &&OpenPlan| plan.title.contains(bare) || plan.name.contains(bare);
    let found: Vec<&OpenPlan> = plans.iter().filter(meant).collect();
    match found.as_slice() {
        [only] => Ok(only.id),
        [] => Err(plans.iter().map(|plan| plan.title.as_str()).collect()),
        several => Err(several.iter().map(|plan| plan.title.as_str()).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::plan_names::short;

    #[test]
    fn a_plan_and_a_number() {
        let wanted = |plan: Option<&str>, issue| Wanted { plan: plan.map(str::to_owned), issue, is_issued: false };
        assert_eq!(Wanted::read("营商环境 第3期"), wanted(Some("营商环境"), Some(3)));
        assert_eq!(Wanted::read("第十二期"), wanted(None, Some(12)));
        assert_eq!(Wanted::read("2019年 学期"), wanted(Some("2019年 学期"), None));
        assert_eq!(Wanted::read("营商环境 印发"), Wanted { is_issued: true, ..wanted(Some("营商环境"), None) });
    }

    #[test]
    fn words_mean_one_plan_or_none() {
        let plans = [(1, "放管服改革分工方案"), (2, "营商环境分工方案")];
        let plan = |(id, title): (i64, &str)| (PlanId(id), title.to_owned(), short(title));
        let plans = plans.map(plan).map(|(id, title, name)| OpenPlan { id, title, name });
        assert_eq!(chosen("《营商环境分工方案》", &plans), Ok(PlanId(2)));
        assert_eq!(chosen("1", &plans), Ok(PlanId(1)));
        assert_eq!(chosen("分工方案", &plans).unwrap_err().len(), 2);
        assert_eq!(chosen("政务公开", &plans).unwrap_err().len(), 2);
    }
}
