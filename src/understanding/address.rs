//! Which part of a reply is about which task: `1. 已完成 2. 推进中`, `第5、7项均已完成`, `其余正常推进`.

mod by_status;

use std::ops::Range;

use super::item::Named;
use super::marks::{Mark, POINTS, What, marks};
use crate::chinese::numerals;

/// Words and the tasks that they are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// `None` stands for "it is not said which".
    pub tasks: Vec<Option<String>>,
    /// Whether they are meant as 其余.
    pub rest: bool,
    /// Where they stand in the plain form: the number that names the task is left out.
    pub words: Vec<Range<usize>>,
    /// Whether a number names the tasks, just before the last of the words.
    pub numbered: bool,
}

/// Divides a reply among the tasks that it is about. `named` are the tasks of the answered message, in its order.
pub fn segments(text: &str, named: &[String]) -> Vec<Segment> {
    if let Some(listed) = by_status::segments(text, named).or_else(|| by_status::shares(text, named)) {
        return listed;
    }
    let whole = 0..text.len();
    // 三项都在推进，1的进度20%: what is told of each counts.
    let counted = counts_all(text, named).map_or(0, |count| count.end);
    let marks = marks(text, named);
    let marks: Vec<Mark> = marks.into_iter().filter(|mark| mark.number >= counted).collect();
    let marks = if counted > 0 && marks.len() < 2 { Vec::new() } else { marks };
    let Some(first) = marks.first() else { return vec![unnumbered(text, named)] };
    let mut segments = Vec::new();
    let told = |number: &&String| {
        marks.iter().any(|mark| matches!(&mark.what, What::Tasks(numbers) if numbers.contains(number)))
    };
    let lead = whole.start..first.start;
    // Where only one task was named, what comes before its number is about it as well, and what comes before another's is
    // about it alone.
    let is_own = |mark: &Mark| matches!(&mark.what, What::Tasks(numbers) if numbers == named);
    let own_lead = named.len() == 1 && is_own(first);
    // 两项工作都有困难：第23项… announces what is told of each.
    let announces = counted > 0 && text[lead.clone()].trim_end().ends_with('：');
    if !own_lead && !announces && !text[lead.clone()].trim_matches(SEPARATORS).is_empty() {
        let tasks = if counted > 0 {
            named.iter().cloned().map(Some).collect()
        } else {
            vec![named.first().filter(|_| named.len() == 1).cloned()]
        };
        segments.push(Segment { tasks, rest: false, words: vec![lead.clone()], numbered: false });
    }
    for (index, mark) in marks.iter().enumerate() {
        let end = marks.get(index + 1).map_or(text.len(), |next| next.start);
        let from = if index == 0 && own_lead { 0 } else { mark.start };
        let before = &text[from..mark.number];
        let before = before.strip_suffix('(').unwrap_or(before);
        let before = POINTS.iter().find_map(|words| before.strip_suffix(words)).unwrap_or(before);
        let tasks: Vec<Option<String>> = match &mark.what {
            What::Tasks(numbers) => numbers.iter().cloned().map(Some).collect(),
            What::Rest => named.iter().filter(|number| !told(number)).cloned().map(Some).collect(),
        };
        // Where each that was named is told of, 其余 means tasks that were not named.
        let tasks = if tasks.is_empty() { vec![None] } else { tasks };
        let after = after_number(text, mark.end, end, tasks.len());
        let words = [from..from + before.len(), after.clone()].into_iter().filter(|range| !range.is_empty()).collect();
        segments.push(Segment { tasks, rest: matches!(mark.what, What::Rest), words, numbered: !after.is_empty() });
    }
    segments
}

/// Words that name no task: about the one that was named, about all where they say so, else about none that is known.
fn unnumbered(text: &str, named: &[String]) -> Segment {
    let counted = counts_all(text, named);
    let all = counted.is_some() || speaks_of_all(text) || super::share::in_order(text, named.len()).len() > 1;
    let tasks = match named {
        [] => vec![None],
        [only] => vec![Some(only.clone())],
        several if all => several.iter().cloned().map(Some).collect(),
        _ => vec![None],
    };
    let words = match counted {
        Some(count) => vec![0..count.start, count.end..text.len()],
        None => Vec::from([whole_of(text)]),
    };
    Segment { tasks, rest: false, words, numbered: false }
}

fn whole_of(text: &str) -> Range<usize> {
    0..text.len()
}

/// The words after a number, without what parts them from it; a sign of their own stays: 5 -10%.
fn after_number(text: &str, from: usize, to: usize, tasks: usize) -> Range<usize> {
    pattern!(SIGNED, r"^[\s：，]+-\d");
    pattern!(PARTICLE, r"^[\s：，。、.)\]/|]*(?:号|呢|嘛|吧|啊)?[\s：，。、.)\]/|-]*");
    let words = &text[from..to];
    let skip = if SIGNED.is_match(words) {
        words.find('-').unwrap_or(0)
    } else {
        PARTICLE.find(words).map_or(0, |found| found.end())
    };
    // 第5项、第26项两项任务均已完成
    pattern!(COUNT, "^(?P<count>[两二三四五六七八九十0-9]+)(?:项|个|件)(?:任务|工作|事项)?");
    let counted = COUNT
        .captures(&words[skip..])
        .filter(|found| tasks > 1 && numerals::parse(&found["count"]).is_some_and(|count| count as usize == tasks));
    from + skip + counted.and_then(|found| found.get(0)).map_or(0, |found| found.end())..to
}

pub(super) const SEPARATORS: &[char] = &['/', '|', ' ', '\n', '，', '。', '；', '：', '、', '.', '-', '(', ')'];

/// The task of which the whole text is the number, as the plan prints it.
pub fn number(text: &str) -> Option<String> {
    pattern!(SECTIONED, r"^第?\((?P<section>[一二三四五六七八九十]+)\)第?(?P<own>\d{1,3})项?$");
    let sectioned = SECTIONED.captures(text).map(|found| format!("（{}）{}", &found["section"], &found["own"]));
    sectioned.or_else(|| super::lists::number(text))
}

// 百分之七八十
pattern!(VAGUE_SHARE, "^[一二三四五六七八九]{2}十$");

/// Whether the number of another named task stands in words about these, as somebody dictates: 十四完成十五还在搞.
pub fn overlooks(text: &str, words: &[Range<usize>], tasks: &[Option<String>], named: &[Named]) -> bool {
    let is_numeral = |character: char| numerals::CHINESE.contains(character);
    let others = |number: &str| {
        let other = |task: &&Named| task.number == number && !tasks.iter().flatten().any(|own| own == number);
        named.len() > 1 && named.iter().any(|task| other(&task))
    };
    words.iter().any(|range| {
        let said = &text[range.clone()];
        let mut runs = said.split(|character| !is_numeral(character)).filter(|run| run.chars().count() > 1);
        runs.any(|run| {
            let after = &said[run.as_ptr() as usize - said.as_ptr() as usize + run.len()..];
            let measures = after.starts_with(|next: char| "成个户家月日年号时点分天件项条次多万千亿%周".contains(next));
            let value = numerals::parse(run);
            let share = said[..run.as_ptr() as usize - said.as_ptr() as usize].ends_with("分之");
            // 百分之五十二十六 runs two numbers together.
            let runs_on = value.is_none() && run.chars().count() > 2 && named.len() > 1 && !VAGUE_SHARE.is_match(run);
            runs_on || value.is_some_and(|value| !measures && !share && others(&value.to_string()))
        })
    })
}

/// 两项都已办结 counts what was named: where the count stands, where it is right and all are meant.
fn counts_all(text: &str, named: &[String]) -> Option<Range<usize>> {
    pattern!(
        COUNT,
        "(?:^|^[^，。；]{0,6}?[，。]|[，。；](?:以上|上述|这))(?:能不能|能否|申请|想|请|以上|上述|这|那|我们|我[局厅委办]|承担的|负责的|牵头的|的)*(?P<count>[两二三四五六七八九十0-9]+(?:项|个|件|条)(?:任务|工作|事项|事情?)?)(?:我们)?(?:[^，。；]{0,8}?)(?:均|都|全部|全)"
    );
    let count = COUNT.captures(text)?.name("count")?;
    let number =
        numerals::parse(count.as_str().trim_end_matches(|character: char| !numerals::CHARACTERS.contains(character)))?;
    (named.len() > 1 && usize::try_from(number).ok() == Some(named.len())).then(|| count.range())
}

/// Whether words without any number are about all that were named: 均已完成, 上述任务都在推进.
fn speaks_of_all(words: &str) -> bool {
    pattern!(
        ALL,
        "^(?:以上|上述|这些|所有|全部|这|那|我们|我[局厅委办市]|承担|负责|牵头|来文|所列|涉及|贵室|提醒|列出|各项|几项|共同|的)*[两二三四五六七八九十几0-9]*(?:各项|几项|各|项|个|条|任务|工作|事项)*(?:我[们局厅委办市]|目前|现在|现|也)*(?:均|都|全部|已全部|已经全部)|^(?:以上全部|各项(?:工作|任务)|全部任务|所有任务)"
    );
    // 赋权目录涉及11项，都发给县里征求意见了 speaks of what stands before.
    let bare = |clause: &str| clause.starts_with(['都', '均', '全']);
    let clauses = words.split(['，', '。', '；', '\n']).map(str::trim).enumerate();
    clauses.filter(|(place, clause)| *place == 0 || !bare(clause)).any(|(_, clause)| ALL.is_match(clause))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, named: &[&str]) -> String {
        let named: Vec<String> = named.iter().map(|number| number.to_string()).collect();
        let one = |segment: &Segment| {
            let tasks: Vec<_> = segment.tasks.iter().map(|task| task.as_deref().unwrap_or("?")).collect();
            let words: String = segment.words.iter().map(|range| &text[range.clone()]).collect();
            let words = words.trim_end_matches(SEPARATORS);
            format!("{}{}={words}", if segment.rest { "rest " } else { "" }, tasks.join("+"))
        };
        segments(text, &named).iter().map(one).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn numbers_open_items_and_measures_do_not() {
        let cases = [
            ("5 已完成", &["5", "26"][..], "5=已完成"),
            ("5 进度70%", &["1", "2", "3", "6", "7"], "5=进度70%"),
            ("1. 已完成 2. 推进中30%", &["5", "26"], "5=已完成 | 26=推进中30%"),
            ("第5、7项均已完成，其余正常推进", &["5", "7", "9"], "5+7=均已完成 | rest 9=正常推进"),
            ("第五项：进度60%", &["5", "26"], "5=进度60%"),
            ("5 59.6%", &["5", "26"], "5=59.6%"),
            ("五 60%", &["5", "26"], "5=60%"),
            ("五：已完成", &["5", "26"], "5=已完成"),
            ("5 -10%", &["5", "26"], "5=-10%"),
            ("第7项，60%", &["5"], "7=60%"),
            ("第五 60%", &["5", "26"], "5=60%"),
            ("5：60.5%", &["5", "26"], "5=60.5%"),
            ("5.60%", &["5", "26"], "5=60%"),
            ("5和26都已完成", &["5", "26"], "5+26=都已完成"),
            ("5部分完成", &["5", "26"], "5=部分完成"),
            ("5，60%", &["5", "26"], "5=60%"),
            ("5，已完成", &["5", "26"], "5=已完成"),
            ("进度60%", &["5"], "5=进度60%"),
            ("进度60%", &["5", "26"], "?=进度60%"),
            ("3个市州已完成", &["5"], "5=3个市州已完成"),
            ("6月底前完成", &["5"], "5=6月底前完成"),
            ("已完成 5 个市州", &["5", "26"], "?=已完成 5 个市州"),
            ("已完成 120 户", &["5", "26"], "?=已完成 120 户"),
            ("2项已完成，3项推进中", &["5", "26"], "?=2项已完成，3项推进中"),
            ("已委托第三方验收，已完成", &["5"], "5=已委托第三方验收，已完成"),
            ("截至第二季度，已完成", &["5"], "5=截至第二季度，已完成"),
            ("其他单位已完成", &["5"], "5=其他单位已完成"),
            ("5 已完成 26 进度60%", &["5", "26"], "5=已完成 | 26=进度60%"),
            ("以上均已完成", &["5", "26"], "5+26=以上均已完成"),
            ("其余正常推进", &["5", "26"], "rest 5+26=正常推进"),
            ("其余正常推进，5已完成", &["5", "26"], "rest 26=正常推进 | 5=已完成"),
            ("5、26均已完成，其余正常推进", &["5", "26"], "5+26=均已完成 | rest ?=正常推进"),
            ("其余正常推进", &["5"], "rest 5=正常推进"),
            ("主体完工，其余工作正常推进", &["5"], "5=主体完工，其余工作正常推进"),
            ("除第26项外其余均已完成，第26项60%", &["5", "7", "26"], "5+7=均已完成 | 26=60%"),
            ("第五项百分之六十第二十六项百分之八十", &["5", "26"], "5=百分之六十 | 26=百分之八十"),
            ("第五项百分之八十，第二十六项已完成", &["5", "26"], "5=百分之八十 | 26=已完成"),
            ("80%那个是第5项，第26项还没开始", &["5", "26"], "5=80% | 26=还没开始"),
            ("已完成的是5，26还在推进", &["5", "26"], "5=已完成 | 26=还在推进"),
            ("只有5完成了，26还在推进", &["5", "26"], "?=只有 | 5=完成了 | 26=还在推进"),
            ("26 省级平台已接入", &["5", "26"], "26=省级平台已接入"),
            ("涉及 26 县级单位", &["5", "26"], "?=涉及 26 县级单位"),
            ("26 省的平台已接入", &["5", "26"], "?=26 省的平台已接入"),
            ("缺人，别的没啥，干到60%", &["5"], "5=缺人，别的没啥，干到60%"),
            ("5 进度60%，9 已完成", &["5"], "5=进度60% | 9=已完成"),
            ("5 进度60%，9 已完成", &["5", "7"], "5=进度60% | 9=已完成"),
            ("进度60%，9 已完成", &["5"], "5=进度60% | 9=已完成"),
            ("5 进度60%，9 家已完成", &["5"], "5=进度60%，9 家已完成"),
            ("第5项：1.方案已印发 2.系统在建", &["5"], "5=1.方案已印发 2.系统在建"),
            ("5：方案如下，1.已印发，2.已上线", &["5"], "5=方案如下，1.已印发，2.已上线"),
        ];
        for (text, named, expected) in cases {
            assert_eq!(show(text, named), expected, "{text}");
        }
    }
}
