//! Several plans at once: the short name by which each is told apart.

use std::sync::LazyLock;

use regex::Regex;

use crate::chat::text;

/// What fits on a button with the task's number behind it.
pub const LONGEST_NAME: usize = 16;

/// The plans that are open, each with its short name: what the office calls it, else what its title says of it alone. Where
/// there is but one, it needs no name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanNames {
    plans: Vec<NamedPlan>,
    /// Their numbers.
    ids: Vec<i64>,
}

/// A plan by what people call it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedPlan {
    /// 简称
    pub name: String,
    pub title: String,
}

impl PlanNames {
    /// `plans`: numbers and titles with the names that the office has given.
    pub fn of(plans: impl IntoIterator<Item = (i64, String, Option<String>)>) -> PlanNames {
        let mut plans: Vec<(String, Option<String>, i64)> =
            plans.into_iter().map(|(id, title, given)| (title, given, id)).collect();
        plans.sort_by(|one, other| (&one.0, one.2).cmp(&(&other.0, other.2)));
        let ids = plans.iter().map(|(_, _, id)| *id).collect();
        let short: Vec<String> =
            plans.iter().map(|(title, given, _)| given.clone().unwrap_or_else(|| short(title))).collect();
        let mut named: Vec<NamedPlan> = Vec::with_capacity(plans.len());
        for (at, (title, given, _)) in plans.iter().enumerate() {
            let alike: Vec<&str> = plans
                .iter()
                .zip(&short)
                .filter(|(_, name)| **name == short[at])
                .map(|((title, ..), _)| title.as_str())
                .collect();
            let own = match (given, alike.as_slice()) {
                (Some(given), _) => given.clone(),
                (None, [_]) => short[at].clone(),
                (None, alike) => text::cut(&beyond(title, shared_beginning(alike)), LONGEST_NAME),
            };
            // Whatever the titles, no two have the same name.
            let is_taken = |name: &str| {
                named.iter().any(|other| other.name == name)
                    || given.is_none() && plans.iter().any(|(_, other, _)| other.as_deref() == Some(name))
            };
            let name = if is_taken(&own) {
                (2..).map(|number| format!("{own}（{number}）")).find(|name| !is_taken(name)).unwrap_or_default()
            } else {
                own
            };
            named.push(NamedPlan { name, title: title.clone() });
        }
        PlanNames { plans: named, ids }
    }

    /// The short name of the plan with this number; `None` where no other plan is open.
    pub fn name(&self, id: i64) -> Option<String> {
        self.of_id(id).filter(|_| self.are_several()).map(|plan| plan.name.clone())
    }

    /// The same where only one plan is open; what has ended is called after its title.
    pub fn always(&self, id: i64, title: &str) -> String {
        self.of_id(id).map_or_else(|| short(title), |plan| plan.name.clone())
    }

    /// The short name of the first plan with this title; `None` where no other plan is open.
    pub fn titled(&self, title: &str) -> Option<String> {
        self.plans.iter().find(|plan| self.are_several() && plan.title == title).map(|plan| plan.name.clone())
    }

    fn of_id(&self, id: i64) -> Option<&NamedPlan> {
        self.plans.iter().zip(&self.ids).find(|(_, known)| **known == id).map(|(plan, _)| plan)
    }

    /// The title of the plan with this short name.
    pub fn title(&self, name: &str) -> Option<String> {
        self.plans.iter().find(|plan| plan.name == name).map(|plan| plan.title.clone())
    }

    pub fn are_several(&self) -> bool {
        self.plans.len() > 1
    }

    /// The plans, where there are several.
    pub fn several(self) -> Vec<NamedPlan> {
        if self.are_several() { self.plans } else { Vec::new() }
    }
}

/// A title without what titles mostly have in common: whose it is and of which year, where it says so, and the kind of document.
pub fn short(title: &str) -> String {
    static WITHIN: LazyLock<Regex> = LazyLock::new(|| Regex::new("《([^《》]{4,})》").expect("a constant"));
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?P<before>[^，。]*?)(?:20\d\d|二[〇○零]\p{Han}{2})(?:[-—~至]+(?:20)?\d\d)?年?度?(?P<after>.*)$")
            .expect("a constant")
    });
    static KIND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?:的?(?:实施|工作|重点|任务|目标|分工|行动|责任|分解|落实|推进|整改|年度|主要|专项|三年)*(?:方案|计划|要点|意见|清单|安排|分工|措施|通知|表|台账|任务))+$")
            .expect("a constant")
    });
    static WHOSE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\p{Han}{2,6}?(?:省|自治区)").expect("a constant"));
    let title = WITHIN.captures(title).and_then(|found| found.get(1)).map_or(title, |found| found.as_str());
    let own = title.trim_start_matches("关于").trim_start_matches("印发");
    let bare = |words: &str| {
        let words = KIND.find(words).map_or(words, |kind| &words[..kind.start()]);
        let words = WHOSE.find(words).map_or(words, |whose| &words[whose.end()..]);
        let tells = |character: &char| *character >= '\u{3400}' && !"年度".contains(*character);
        (words.chars().filter(tells).count() > 1).then(|| words.to_owned())
    };
    let beside_year = |found: regex::Captures<'_>| bare(&found["after"]).or_else(|| bare(&found["before"]));
    let name = YEAR.captures(own).and_then(beside_year).or_else(|| bare(own));
    text::cut(name.as_deref().unwrap_or(own), LONGEST_NAME)
}

/// How many characters these titles begin with, which are in order.
fn shared_beginning(titles: &[&str]) -> usize {
    match titles {
        // Between the first and the last in order lie all others.
        [first, .., last] => common_beginning(first, last),
        _ => 0,
    }
}

fn beyond(title: &str, shared: usize) -> String {
    let own: String = title.chars().skip(shared).collect();
    if own.is_empty() { title.to_owned() } else { own }
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
    fn a_title_is_shortened_to_what_it_is_about() {
        for (title, name) in [
            ("湖南省2019年优化营商环境工作方案", "优化营商环境"),
            ("关于印发《岳阳县2024年民生实事任务分解表》的通知", "民生实事"),
            ("政务公开工作要点", "政务公开"),
            ("安全生产专项整治三年行动计划", "安全生产专项整治"),
            ("湖南省优化营商环境2019年重点工作任务分工方案", "优化营商环境"),
            ("湖南省深化“放管服”改革转变政府职能重点任务分工方案", "深化“放管服”改革转变政府职能"),
            ("2020年工作要点", "2020年工作要点"),
            ("分工方案", "分工方案"),
        ] {
            assert_eq!(short(title), name, "{title}");
        }
    }

    #[test]
    fn plans_are_named_by_what_they_do_not_share() {
        let names = |titles: &[(&str, Option<&str>)]| {
            let plans = (1..).zip(titles).map(|(id, (title, name))| (id, (*title).to_owned(), name.map(str::to_owned)));
            let plans = PlanNames::of(plans);
            (1..).zip(titles).map(|(id, _)| plans.name(id)).collect::<Vec<_>>()
        };
        let some = |name: &str| Some(name.to_owned());
        assert_eq!(names(&[("分工方案", None)]), [None]);
        assert_eq!(
            names(&[("分工方案", None), ("分工方案", None), ("分工方案", Some("去年"))]),
            [some("分工方案"), some("分工方案（2）"), some("去年")]
        );
        assert_eq!(
            names(&[("湖南省2019年政务公开要点", None), ("湖南省2020年政务公开要点", None)]),
            [some("2019年政务公开要点"), some("2020年政务公开要点")]
        );
        assert_eq!(
            names(&[("分工方案", None), ("分工方案（修订）", None)]),
            [some("分工方案"), some("分工方案（修订）")]
        );
        assert_eq!(
            names(&[("优化营商环境工作方案", Some("营商")), ("政务公开要点", None)]),
            [some("营商"), some("政务公开")]
        );
    }
}
