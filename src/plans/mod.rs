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

/// A plan, with what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPlan {
    pub id: PlanId,
    pub title: String,
    /// 简称
    pub name: String,
    pub ended: bool,
}

/// Where a task's number may be meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbered {
    /// All plans of who asks, the open ones first.
    pub known: Vec<KnownPlan>,
    /// Those that have a task of the number.
    pub having: Vec<PlanId>,
}

/// Why no one plan is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// What was named is none, or may be several: those that may be meant.
    WhichPlan(Vec<KnownPlan>),
    /// The plan of this name has no such task.
    NotThere(String),
    /// These plans have one, by their names.
    Several(Vec<String>),
    /// No figures are kept up of one that has ended.
    Ended { title: String, name: String },
}

impl Numbered {
    /// The one plan whose task is meant: the one that is named, else the only one that has the number. Those that have ended
    /// count where no open one has it; `None` where none has.
    pub fn meant(&self, named: Option<&str>) -> Result<Option<&KnownPlan>, Unclear> {
        let has = |plan: &&KnownPlan| self.having.contains(&plan.id);
        if let Some(words) = named {
            let plan = self.called(words)?;
            return if has(&plan) { Ok(Some(plan)) } else { Err(Unclear::NotThere(plan.name.clone())) };
        }
        let (ended, open): (Vec<&KnownPlan>, Vec<&KnownPlan>) =
            self.known.iter().filter(has).partition(|plan| plan.ended);
        match if open.is_empty() { ended } else { open }.as_slice() {
            [] => Ok(None),
            [only] => Ok(Some(only)),
            several => Err(Unclear::Several(several.iter().map(|plan| plan.name.clone()).collect())),
        }
    }

    /// The plan that words call.
    pub fn called(&self, words: &str) -> Result<&KnownPlan, Unclear> {
        let which = |why: NotOne<'_>| Unclear::WhichPlan(why.among(&self.known).into_iter().cloned().collect());
        chosen(words, &self.known).map_err(which)
    }
}

/// Why words call no one plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotOne<'a> {
    Unknown,
    /// They may mean each of these.
    Several(Vec<&'a KnownPlan>),
}

impl<'a> NotOne<'a> {
    /// Those of `known` that may be meant: all that are open, where the words call none.
    pub fn among(self, known: &'a [KnownPlan]) -> Vec<&'a KnownPlan> {
        match self {
            NotOne::Several(several) => several,
            NotOne::Unknown => known.iter().filter(|plan| !plan.ended).collect(),
        }
    }
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

/// The one plan that has this number, short name or title, else this in its title. One that has ended gives way to one that
/// is open. Digits alone are a number, and never a part of a title that tells a year.
pub fn chosen<'a>(words: &str, plans: &'a [KnownPlan]) -> Result<&'a KnownPlan, NotOne<'a>> {
    let bare = words.trim_matches(|edge: char| "《》".contains(edge) || edge.is_whitespace());
    let is_number = !bare.is_empty() && bare.chars().all(|character| character.is_ascii_digit());
    if let Some(plan) = plans.iter().find(|plan| plan.id.0.to_string() == bare) {
        return Ok(plan);
    }
    if is_number {
        return Err(NotOne::Unknown);
    }
    let exactly = |plan: &&KnownPlan| plan.name == bare || plan.title == bare;
    let open = plans.iter().filter(|plan| !plan.ended).filter(exactly).collect::<Vec<_>>();
    let exact = if open.is_empty() { plans.iter().filter(exactly).collect() } else { open };
    match exact.as_slice() {
        [] => {}
        [only] => return Ok(only),
        _ => return Err(NotOne::Several(exact)),
    }
    // 营商环境方案 calls one as well.
    let kind = ["方案", "计划", "要点", "清单"].iter().find_map(|kind| bare.strip_suffix(kind));
    let has = |plan: &&KnownPlan, words: &str| plan.title.contains(words) || plan.name.contains(words);
    let of = |ended: bool, words: &str| {
        plans.iter().filter(|plan| plan.ended == ended && has(plan, words)).collect::<Vec<_>>()
    };
    let attempts = [false, true].into_iter().flat_map(|ended| [Some(bare), kind].map(|words| (ended, words)));
    let mut found = attempts.filter_map(|(ended, words)| Some(of(ended, words.filter(|words| !words.is_empty())?)));
    match found.find(|found| !found.is_empty()).as_deref() {
        Some([only]) => Ok(only),
        Some(several) => Err(NotOne::Several(several.to_vec())),
        None => Err(NotOne::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two that are open, and one that has ended.
    fn plans() -> [KnownPlan; 3] {
        [(1, "放管服改革分工方案", "放管服"), (2, "营商环境分工方案", "营商"), (3, "去年营商环境方案", "去年")].map(
            |(id, title, name)| KnownPlan {
                id: PlanId(id),
                title: title.to_owned(),
                name: name.to_owned(),
                ended: id == 3,
            },
        )
    }

    #[test]
    fn words_mean_one_plan_or_none() {
        let plans = plans();
        let chosen = |words| chosen(words, &plans).map(|plan| plan.id.0).map_err(|why| why.among(&plans).len());
        assert_eq!(chosen("《营商环境分工方案》"), Ok(2));
        assert_eq!(chosen("1"), Ok(1));
        assert_eq!(chosen("营商"), Ok(2));
        assert_eq!(chosen("改革"), Ok(1));
        assert_eq!(chosen("分工方案"), Err(2));
        assert_eq!(chosen("政务公开"), Err(2));
        assert_eq!(chosen("放管服改革方案"), Ok(1));
        assert_eq!(chosen("去年"), Ok(3));
        assert_eq!(chosen("3"), Ok(3));
        assert_eq!(chosen("9"), Err(2));
    }

    #[test]
    fn plans_of_one_title_are_asked_about() {
        let [mut first, mut second, mut third] = plans();
        for plan in [&mut first, &mut second, &mut third] {
            plan.title = "改革工作要点".to_owned();
        }
        let plans = [first, second, third];
        let meant = |words| chosen(words, &plans).map(|plan| plan.id.0).map_err(|why| why.among(&plans).len());
        assert_eq!(meant("改革工作要点"), Err(2));
        assert_eq!(meant("营商"), Ok(2));
        // Digits are no year of a title.
        assert_eq!(meant("2019"), Err(2));
    }

    #[test]
    fn a_number_is_that_of_one_plan_or_asked_about() {
        let numbered = |having: &[i64]| Numbered {
            known: plans().to_vec(),
            having: having.iter().map(|plan| PlanId(*plan)).collect(),
        };
        let meant = |having: &[i64], named| numbered(having).meant(named).map(|plan| plan.map(|plan| plan.id.0));
        assert_eq!(meant(&[], None), Ok(None));
        assert_eq!(meant(&[2], None), Ok(Some(2)));
        assert_eq!(meant(&[1, 2], None), Err(Unclear::Several(vec!["放管服".to_owned(), "营商".to_owned()])));
        assert_eq!(meant(&[1, 2], Some("营商环境")), Ok(Some(2)));
        assert_eq!(meant(&[1], Some("2")), Err(Unclear::NotThere("营商".to_owned())));
        // What has ended is meant by its name, or where nothing else is.
        assert_eq!(meant(&[1, 3], None), Ok(Some(1)));
        assert_eq!(meant(&[3], None), Ok(Some(3)));
        assert_eq!(meant(&[1, 3], Some("去年")), Ok(Some(3)));
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

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A plan gets the short name by which it is told from others.
    Name { plan: PlanId, name: String },
    /// Nobody is reminded of a plan any more.
    End(PlanId),
}

/// What the office knows that bears on what is wanted of this room.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// All that ever were.
    pub all: Vec<PlanRow>,
    /// Where one of them is to be chosen.
    pub open: Vec<KnownPlan>,
}
