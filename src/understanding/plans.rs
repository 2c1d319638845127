//! Which plan words are about, where several are open: 营商环境第2项 30%，政务公开：第3项已完成.

use chrono::NaiveDate;
use regex::Regex;

use super::contact::understand_contact;
use super::item::{Intent, Item, Named, Understanding};
use crate::office::plan_names::NamedPlan;

// What is said of any plan calls none.
pattern!(
    ANY,
    "^(?:任务|工作|方案|计划|重点|推进|落实|完成|进度|进展|整改|问题|目标|事项|年度|分工|责任|情况|本月|我们|关于|其中|牵头|项目|要点|清单|实施|行动|反馈|报告|的)+$"
);

/// A part of a text, as long as the whole: what is not of the part is blank, so that every character keeps its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The short name of the plan that it is about, where it names one.
    pub plan: Option<String>,
    pub text: String,
}

/// The text by the plans that it names at the beginning of a clause, before a task's number; one part where it names none.
pub fn parts(text: &str, plans: &[NamedPlan]) -> Vec<Part> {
    let mentions = if plans.len() > 1 { mentions(text, plans) } else { Vec::new() };
    let Some((_, first, _)) = mentions.first() else {
        return vec![Part { plan: None, text: text.to_owned() }];
    };
    let mut parts = Vec::new();
    // 现将情况报告如下：, or whom it addresses, tells nothing.
    let lead = text[..*first].trim();
    if !lead.is_empty() && !lead.ends_with(['：', ':']) {
        parts.push(Part { plan: None, text: only(text, 0, *first) });
    }
    let end = |at: usize| mentions.get(at + 1).map_or(text.len(), |(_, from, _)| *from);
    let names_only = |at: usize| NAMES_ONLY.is_match(&text[mentions[at].2..end(at)]);
    for (at, (plan, _, told)) in mentions.iter().enumerate() {
        let mut own = only(text, *told, end(at));
        // 营商环境第2项和政务公开第2项均已完成: what is said of both stands behind the last.
        let last = (at + 1..mentions.len()).find(|later| !names_only(*later)).filter(|_| names_only(at));
        if let Some(last) = last {
            let shared = &text[mentions[last].2..end(last)];
            let from = NUMBERS.find(shared).map_or(0, |numbers| numbers.end());
            let to = SHARED_UP_TO.find(&shared[from..]).map_or(shared.len(), |stop| from + stop.start());
            // 分别 gives each its own.
            if !shared[from..to].contains("分别") && !shared[from..to].contains("依次") {
                own = overlaid(&own, &only(text, mentions[last].2 + from, mentions[last].2 + to));
            }
        }
        parts.push(Part { plan: Some(plan.clone()), text: own });
    }
    parts
}

// 第5项和, 第5、6项、
pattern!(NAMES_ONLY, r"^[ 　]*(?:第?[\d一二三四五六七八九十]+(?:[（(]\d+[)）])?项?[ 　、和及与跟]*)+$");
// Where words about several tasks end: with the sentence, or before another number.
pattern!(SHARED_UP_TO, r"[。；\n]|[，,][ 　]*(?:第?\d+项|第[\d一二三四五六七八九十]+)");
// The numbers with which words about a plan begin.
pattern!(NUMBERS, r"^[ 　]*(?:第?[\d一二三四五六七八九十]+(?:[（(]\d+[)）])?项?[ 　、和及与跟]*)+");

/// Two texts of one length, each blank where the other is not.
fn overlaid(one: &str, other: &str) -> String {
    one.chars().zip(other.chars()).map(|(one, other)| if one == ' ' { other } else { one }).collect()
}

fn blank(text: &str) -> String {
    text.chars().map(|character| if character == '\n' { '\n' } else { ' ' }).collect()
}

/// Reads a contact's words of which each part may be about another plan.
pub fn understand_by_plan(text: &str, named: &[Named], plans: &[NamedPlan], on: NaiveDate) -> Understanding {
    let parts = parts(text, plans);
    if let [only] = parts.as_slice()
        && only.plan.is_none()
    {
        return understand_contact(text, named, on);
    }
    let read = parts.into_iter().map(|part| {
        let title = plans.iter().find(|plan| Some(&plan.name) == part.plan.as_ref()).map(|plan| plan.title.as_str());
        let of_part = |task: &&Named| title.is_none_or(|title| task.plan.is_empty() || task.plan == title);
        let own: Vec<Named> = named.iter().filter(of_part).cloned().collect();
        let of_plan = |item: Item| Item { plan: part.plan.clone(), ..item };
        let mut read = understand_contact(part.text.trim_end(), &own, on);
        read.items = read.items.into_iter().map(of_plan).collect();
        read.aside = read.aside.into_iter().map(of_plan).collect();
        read.unclear = read.unclear.into_iter().map(of_plan).collect();
        // A question beside a report is not lost either.
        if matches!(read.intent, Intent::Unclear | Intent::Query) && read.unclear.is_empty() {
            read.unclear.push(of_plan(Item { words: part.text.trim().to_owned(), ..Item::default() }));
        }
        read
    });
    joined(read.collect())
}

/// What the parts come to together. What one of them leaves unclear is asked about beside what the others tell.
fn joined(parts: Vec<Understanding>) -> Understanding {
    const FIRST: [Intent; 5] = [Intent::Extension, Intent::Report, Intent::Transfer, Intent::Defer, Intent::Unclear];
    let says = |intent: &Intent| parts.iter().any(|part| part.intent == *intent);
    let intent =
        FIRST.into_iter().find(says).unwrap_or_else(|| parts.last().map_or(Intent::Unclear, |part| part.intent));
    let mut joined = Understanding::only(intent);
    for part in parts {
        joined.query = joined.query.or(part.query);
        joined.aside.extend(part.aside);
        match intent {
            Intent::Unclear => joined.unclear.extend(part.unclear),
            _ => joined.items.extend(part.items.into_iter().chain(part.unclear)),
        }
    }
    joined
}

/// A mention of a plan: its short name, where it begins, and where what it says begins.
type Mention = (String, usize, usize);

const AROUND_NAME: &str = "》?(?:方案|计划|要点|清单)?(?:里面?的?|中的?|的)?";
const BEFORE_NAME: &str = r"(?:^|[，。；、：:\n\s（(,;]|[和及与跟])《?";
/// A number that says nothing of a measure: 安全生产 2 已完成.
const BARE_NUMBER: &str =
    r"\d{1,3}(?:[（(]\d+[)）])?\s*(?:[：:]|已|推进|正在|未|还|没|无|进度|完成|办结|进展|受阻|\d{1,3}%)";
const NUMBER: &str = r"第?[\d一二三四五六七八九十]+(?:[（(]\d+[)）])?项|第\d+";

fn mentions(text: &str, plans: &[NamedPlan]) -> Vec<Mention> {
    let called = plans.iter().flat_map(|plan| [(plan.title.as_str(), plan), (plan.name.as_str(), plan)]);
    let mut mentions: Vec<Mention> = Vec::new();
    for (called, plan) in called.filter(|(called, _)| text.contains(called)) {
        let called = regex::escape(called);
        let pattern = format!(
            "{BEFORE_NAME}(?P<called>{called}){AROUND_NAME}(?:(?P<heading>\\s*[：:])\\s*|\\s*(?P<next>{NUMBER}|{BARE_NUMBER}))"
        );
        // A name is a constant of the office, so the pattern is one.
        let Ok(pattern) = Regex::new(&pattern) else { continue };
        mentions.extend(pattern.captures_iter(text).filter_map(|found| {
            let told = found.name("next").map(|next| next.start()).or(found.name("heading").map(|mark| mark.end()))?;
            Some((plan.name.clone(), found.name("called")?.start(), told))
        }));
    }
    // What only a title says calls its plan as well: 营商环境第2项.
    pattern!(
        IN_PART,
        r"(?:^|[，。；、：:\n\s（(,;]|[和及与跟])《?(?P<called>[^，。；、：:\n《》\d\s,;]{2,30}?)》?(?:方案|计划|要点|清单)?(?:里面?的?|中的?|的)?\s*[：:]?\s*(?P<next>第?[\d一二三四五六七八九十]+(?:[（(]\d+[)）])?项|第\d+)"
    );
    for found in IN_PART.captures_iter(text) {
        let (Some(called), Some(next)) = (found.name("called"), found.name("next")) else { continue };
        if let Some(plan) = one_called(called.as_str(), plans) {
            mentions.push((plan, called.start(), next.start()));
        }
    }
    mentions.sort_by_key(|(_, from, told)| (*from, *told));
    // What begins within another is a part of it.
    let mut apart: Vec<Mention> = Vec::new();
    for mention in mentions {
        if apart.last().is_none_or(|(_, from, told)| mention.1 > *from && mention.1 >= *told) {
            apart.push(mention);
        }
    }
    apart
}

/// The short name of the one plan that words call, by its name, its title, or what only its title says.
pub fn one_called(words: &str, plans: &[NamedPlan]) -> Option<String> {
    pattern!(AROUND, "^(?:关于|其中|还有|另外|以及|和|我们|那个|这个|咱们)+");
    let bare = words.trim_matches(['《', '》', ' ']);
    let bare = AROUND.find(bare).map_or(bare, |found| &bare[found.end()..]);
    let bare = ["方案", "计划", "要点", "清单", "里", "中", "的"]
        .iter()
        .fold(bare, |bare, tail| bare.strip_suffix(tail).filter(|rest| rest.chars().count() > 1).unwrap_or(bare));
    if let Some(plan) = plans.iter().find(|plan| plan.name == bare || plan.title == bare) {
        return Some(plan.name.clone());
    }
    if bare.chars().count() < 2 || ANY.is_match(bare) {
        return None;
    }
    let mut called = plans.iter().filter(|plan| plan.title.contains(bare) || plan.name.contains(bare));
    let first = called.next()?;
    called.next().is_none().then(|| first.name.clone())
}

/// The plan that a question names anywhere, and the question without it. What stands in the name of a unit on the roll names
/// none, nor does a date.
pub fn of_plan(text: &str, plans: &[NamedPlan], roll: &[(String, String)]) -> (Option<String>, String) {
    // Nobody asks in more words.
    const LONGEST: usize = 80;
    let units: Vec<&str> = roll.iter().map(|(name, _)| name.as_str()).filter(|name| text.contains(*name)).collect();
    let whole = plans.iter().any(|plan| plan.title == text || plan.name == text);
    let is_units = |words: &str| units.iter().any(|unit| unit.contains(words)) && !whole;
    if plans.len() < 2 || text.chars().count() > LONGEST {
        return (None, text.to_owned());
    }
    let found = [named_whole(text, plans), named_in_part(text, plans)].into_iter().flatten();
    let Some((words, plan)) = found.filter(|(words, _)| !is_units(words)).max_by_key(|(words, _)| words.len()) else {
        return (None, text.to_owned());
    };
    pattern!(KIND, r"^[《》\s]*(?:方案|计划|要点|清单)?[《》\s]*(?:里面?的?|中的?|的)?");
    let (before, after) = text.split_once(words).unwrap_or((text, ""));
    let after = KIND.find(after).map_or(after, |kind| &after[kind.end()..]);
    (Some(plan.name.clone()), format!("{}{after}", before.trim_end_matches('《')))
}

/// The longest name or title that words hold.
fn named_whole<'a>(text: &'a str, plans: &'a [NamedPlan]) -> Option<(&'a str, &'a NamedPlan)> {
    let called = plans.iter().flat_map(|plan| [(plan.title.as_str(), plan), (plan.name.as_str(), plan)]);
    called.filter(|(called, _)| text.contains(called)).max_by_key(|(called, _)| called.len())
}

/// The longest words that stand in one title and in no other: 营商环境 of 优化营商环境工作方案. A year is no name.
fn named_in_part<'a>(text: &'a str, plans: &'a [NamedPlan]) -> Option<(&'a str, &'a NamedPlan)> {
    // So many characters tell.
    const TELLING: usize = 4;
    // Fewer do where the title quotes them: 放管服.
    let quoted = plans.iter().filter_map(|plan| {
        let (_, rest) = plan.title.split_once('“')?;
        let (words, _) = rest.split_once('”')?;
        let is_of_one = plans.iter().filter(|other| other.title.contains(words)).count() == 1;
        let at = text.find(words).filter(|_| is_of_one && words.chars().count() > 1)?;
        Some((&text[at..at + words.len()], plan))
    });
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let pieces = places
        .iter()
        .enumerate()
        .flat_map(|(first, from)| places.iter().skip(first + TELLING).map(move |to| &text[*from..*to]));
    let tells = |words: &&str| !ANY.is_match(words) && !words.contains(|character: char| character.is_ascii_digit());
    let of_one = pieces.filter(tells).filter_map(|words| {
        let mut of = plans.iter().filter(|plan| plan.title.contains(words));
        let plan = of.next()?;
        of.next().is_none().then_some((words, plan))
    });
    of_one.chain(quoted).max_by_key(|(words, _)| words.len())
}

/// The text with blanks in place of all that is outside.
fn only(text: &str, from: usize, to: usize) -> String {
    let to = to.max(from);
    format!("{}{}{}", blank(&text[..from]), &text[from..to], blank(&text[to..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plans() -> Vec<NamedPlan> {
        [("营商", "湖南省优化营商环境工作方案"), ("政务公开", "2019年政务公开工作要点")]
            .map(|(name, title)| NamedPlan { name: name.to_owned(), title: title.to_owned() })
            .to_vec()
    }

    fn read(text: &str) -> Vec<String> {
        let on = "2019-06-27".parse().unwrap();
        let read = understand_by_plan(text, &[], &plans(), on);
        let shown = |item: &Item| {
            let of = |word: &Option<String>| word.clone().unwrap_or_default();
            let status = item.status.map(|status| status.key()).unwrap_or_default();
            format!("{} {} {status} {:?}", of(&item.plan), of(&item.task), item.percent)
        };
        read.items.iter().map(shown).collect()
    }

    #[test]
    fn words_are_about_the_plan_that_they_name() {
        assert_eq!(read("营商环境第2项 30%"), ["营商 2 in_progress Some(30)"]);
        assert_eq!(
            read("营商 2 已完成，政务公开 2 推进中50%"),
            ["营商 2 claimed_done Some(100)", "政务公开 2 in_progress Some(50)"]
        );
        assert_eq!(
            read("营商环境第2项 30%，政务公开第2项已完成"),
            ["营商 2 in_progress Some(30)", "政务公开 2 claimed_done Some(100)"]
        );
        assert_eq!(
            read("政务公开：第3项已完成，第4项进度50%\n《湖南省优化营商环境工作方案》第1项进度20%"),
            ["政务公开 3 claimed_done Some(100)", "政务公开 4 in_progress Some(50)", "营商 1 in_progress Some(20)"]
        );
        assert_eq!(
            read("营商环境第2项和政务公开第5项均已完成"),
            ["营商 2 claimed_done Some(100)", "政务公开 5 claimed_done Some(100)"]
        );
        assert_eq!(
            read("营商环境第2项 45%，政务公开第3项快了快了"),
            ["营商 2 in_progress Some(45)", "政务公开   None"]
        );
        assert_eq!(read("政务公开： 第3项60%"), ["政务公开 3 in_progress Some(60)"]);
        assert_eq!(read("现将情况报告如下：政务公开第3项60%"), ["政务公开 3 in_progress Some(60)"]);
        assert_eq!(
            read("营商环境第2项、政务公开第5项和营商环境第7项均已完成，第8项受阻"),
            [
                "营商 2 claimed_done Some(100)",
                "政务公开 5 claimed_done Some(100)",
                "营商 7 claimed_done Some(100)",
                "营商 8 blocked None"
            ]
        );
        // What was not said of the first line is not told of it.
        assert_eq!(read("政务公开第5项\n营商环境第2项已完成")[1], "营商 2 claimed_done Some(100)");
        assert!(!read("政务公开第5项\n营商环境第2项已完成")[0].contains("claimed"));
        assert_eq!(read("第3项已完成"), [" 3 claimed_done Some(100)"]);
        assert_eq!(read("任务第3项已完成"), [" 3 claimed_done Some(100)"]);
    }

    #[test]
    fn a_question_names_a_plan_beside_units_and_dates() {
        let roll = [("省政务公开局".to_owned(), "省政务公开局".to_owned())];
        let asked = |text: &str| of_plan(text, &plans(), &roll);
        assert_eq!(asked("营商环境有哪些逾期"), (Some("营商".to_owned()), "有哪些逾期".to_owned()));
        assert_eq!(asked("政务公开的看板"), (Some("政务公开".to_owned()), "看板".to_owned()));
        assert_eq!(asked("省政务公开局进展如何"), (None, "省政务公开局进展如何".to_owned()));
        assert_eq!(asked("到2019年底前到期的有哪些"), (None, "到2019年底前到期的有哪些".to_owned()));
    }

    #[test]
    fn names_may_hold_digits_and_stand_before_a_heading() {
        let plans = [("营商2026", "优化营商环境2026年要点"), ("公开", "政务公开要点")]
            .map(|(name, title)| NamedPlan { name: name.to_owned(), title: title.to_owned() });
        let told = |text: &str| parts(text, &plans).into_iter().filter_map(|part| part.plan).collect::<Vec<_>>();
        assert_eq!(told("营商2026第2项 30%"), ["营商2026"]);
        assert_eq!(told("营商2026：第2项30%；公开：均已完成"), ["营商2026", "公开"]);
        assert_eq!(told("公开发布了第2项成果"), Vec::<String>::new());
    }
}
