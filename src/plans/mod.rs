//! 方案: which are open, by what short names they are called, and how they end.

pub mod rows;
pub mod rules;
pub mod sentences;

use chrono::{DateTime, NaiveDate, Utc};

use crate::office::ids::PlanId;

/// A plan as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRow {
    pub id: i64,
    /// The short name that the office has given.
    pub code: Option<String>,
    pub title: String,
    pub document_number: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub imported_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
    pub tasks: i64,
    /// Tasks that are not done.
    pub open: i64,
    pub duties: i64,
}

/// An open plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenPlan {
    pub id: PlanId,
    pub title: String,
    /// 简称
    pub name: String,
}

/// What is wanted of plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// `/plans`
    List,
    /// `/plans 1 简称 营商环境`
    Name { plan: String, name: String },
    /// `/plans 营商环境 结束`: asks whether it shall end.
    AskEnd { plan: String },
    /// The press that ends it.
    End { plan: PlanId },
}

pub const USAGE: &str = "/plans，/plans 1 简称 营商环境，/plans 1 结束";

impl Wanted {
    /// What stands behind `/plans`.
    pub fn read(words: &str) -> Option<Wanted> {
        let words: Vec<&str> = words.split_whitespace().collect();
        match words.as_slice() {
            [] => Some(Wanted::List),
            [plan, "简称" | "名称" | "改名" | "命名", name] => {
                Some(Wanted::Name { plan: (*plan).to_owned(), name: (*name).to_owned() })
            }
            [plan, "结束" | "关闭" | "终止"] => Some(Wanted::AskEnd { plan: (*plan).to_owned() }),
            _ => None,
        }
    }
}

/// The one plan that has this number or short name, else this in its title; else the plans that the words may mean, or all.
pub fn chosen<'a>(words: &str, plans: &'a [OpenPlan]) -> Result<&'a OpenPlan, Vec<&'a str>> {
    let bare = words.trim_matches(|edge: char| "《》".contains(edge) || edge.is_whitespace());
    let exactly = |plan: &&OpenPlan| plan.id.0.to_string() == bare || plan.name == bare || plan.title == bare;
    if let Some(plan) = plans.iter().find(exactly) {
        return Ok(plan);
    }
    let meant = |plan: &&OpenPlan| plan.title.contains(bare) || plan.name.contains(bare);
    let found: Vec<&OpenPlan> = plans.iter().filter(meant).collect();
    match found.as_slice() {
        [only] => Ok(only),
        [] => Err(plans.iter().map(|plan| plan.title.as_str()).collect()),
        several => Err(several.iter().map(|plan| plan.title.as_str()).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_one_plan_or_none() {
        let plan = |(id, title, name): (i64, &str, &str)| OpenPlan {
            id: PlanId(id),
            title: title.to_owned(),
            name: name.to_owned(),
        };
        let plans = [(1, "放管服改革分工方案", "放管服"), (2, "营商环境分工方案", "营商")].map(plan);
        let chosen = |words| chosen(words, &plans).map(|plan| plan.id.0).map_err(|plans| plans.len());
        assert_eq!(chosen("《营商环境分工方案》"), Ok(2));
        assert_eq!(chosen("1"), Ok(1));
        assert_eq!(chosen("营商"), Ok(2));
        assert_eq!(chosen("改革"), Ok(1));
        assert_eq!(chosen("分工方案"), Err(2));
        assert_eq!(chosen("政务公开"), Err(2));
    }

    #[test]
    fn what_is_wanted() {
        assert_eq!(Wanted::read(""), Some(Wanted::List));
        let named = Wanted::Name { plan: "1".to_owned(), name: "营商环境".to_owned() };
        assert_eq!(Wanted::read("1 简称 营商环境"), Some(named));
        assert_eq!(Wanted::read("营商环境 结束"), Some(Wanted::AskEnd { plan: "营商环境".to_owned() }));
        assert_eq!(Wanted::read("营商环境"), None);
    }
}
