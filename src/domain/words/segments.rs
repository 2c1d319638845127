//! Which part of a reply is about which task: `1. 已完成 2. 推进中`, `第5、7项均已完成`, `其余正常推进`.

use std::sync::LazyLock;

use regex::Regex;

use super::numerals;

/// Words and the tasks that they are about.
#[derive(Debug, PartialEq, Eq)]
pub struct Segment {
    /// `None` stands for "it is not said which".
    pub tasks: Vec<Option<String>>,
    pub words: String,
}

/// Splits a reply at its task numbers. `named` are the tasks of the answered message, in its order.
pub fn split(text: &str, named: &[String]) -> Vec<Segment> {
    let marks = marks(text, named);
    let mut segments = Vec::new();
    let lead = text[..marks.first().map_or(text.len(), |mark| mark.start)].trim_matches(SEPARATORS);
    let mut taken: Vec<String> = Vec::new();
    if marks.is_empty() {
        return vec![Segment { tasks: whole(named, lead), words: lead.to_owned() }];
    }
    if !lead.is_empty() {
        segments.push(Segment { tasks: vec![None], words: lead.to_owned() });
    }
    for (index, mark) in marks.iter().enumerate() {
        let end = marks.get(index + 1).map_or(text.len(), |next| next.start);
        let words = text[mark.end..end].trim_matches(SEPARATORS).to_owned();
        let tasks: Vec<String> = match &mark.what {
            What::Tasks(numbers) => numbers.clone(),
            What::Rest => named.iter().filter(|number| !taken.contains(number)).cloned().collect(),
        };
        taken.extend(tasks.iter().cloned());
        segments.push(Segment { tasks: tasks.into_iter().map(Some).collect(), words });
    }
    // A lead such as 进展如下 before the first number says nothing of its own; it drops out where nothing is read in it.
    segments
}

/// Words without any number: about the one task that was named, about all where they say so, else about nobody knows which.
fn whole(named: &[String], words: &str) -> Vec<Option<String>> {
    static ALL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(以上|上述|这些|所有|全部|这|那)?[两二三四五六七八九十0-9]*(各项|几项|项|个|任务|工作|事项)*(任务|工作|事项)?(均|都|全部|也都)")
            .expect("a constant")
    });
    match named {
        [only] => vec![Some(only.clone())],
        [] => vec![None],
        several if ALL.is_match(words) => several.iter().cloned().map(Some).collect(),
        _ => vec![None],
    }
}

const SEPARATORS: &[char] = &[' ', '\n', '，', '。', '；', '：', '、', '.', '-', '(', ')'];

/// What joins the numbers of a list.
const JOINTS: [char; 5] = ['、', '，', '和', '及', '与'];

struct Mark {
    start: usize,
    end: usize,
    what: What,
}

enum What {
    Tasks(Vec<String>),
    /// 其余
    Rest,
}

fn marks(text: &str, named: &[String]) -> Vec<Mark> {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        let number = format!("[{}]+(?:\\([{}]+\\))?", numerals::CHARACTERS, numerals::CHARACTERS);
        let list = format!("{number}(?:[、，和及与 ]+(?:第)?{number})*");
        let range = format!("第?(?P<first>{number})项?[至到-]第?(?P<last>{number})项(?:任务|工作)?");
        let explicit = format!("(?:第|任务)(?P<explicit>{list})(?P<unit>项|号|条)?(?:任务|工作)?");
        let counted = format!("(?P<counted>{list})(?:项|号任务)");
        let bare = r"(?P<bare>\d+(?:\(\d+\))?(?:[、，和及与]\d+(?:\(\d+\))?)*)";
        Regex::new(&format!("(?P<rest>其余|其他|其它)(?:各项|几项|任务|工作|的)*|除了?第?(?P<except>{list})项?(?:以外|之外|外)|{range}|{explicit}|{counted}|{bare}"))
            .expect("a constant")
    });
    let mut marks = Vec::new();
    for found in MARK.captures_iter(text) {
        let Some(matched) = found.get(0) else { continue };
        let before = &text[..matched.start()];
        let end = matched.start() + without_share(matched.as_str(), &text[matched.end()..]).len();
        let after = &text[end..];
        let numbers = |list: &str| numbers(list, named, found.name("explicit").is_some());
        let is_named = |part: &str| named.iter().any(|task| task == part);
        let what = if found.name("rest").is_some() {
            (begins_segment(before) && !names_others(after)).then_some(What::Rest)
        } else if let Some(list) = found.name("except") {
            let excepted = numbers(list.as_str());
            let others = named.iter().filter(|task| !excepted.contains(task)).cloned().collect();
            begins_segment(before).then_some(What::Tasks(others))
        } else if let Some((first, last)) = found.name("first").zip(found.name("last")) {
            begins_segment(before).then(|| What::Tasks(between(first.as_str(), last.as_str(), named)))
        } else if let Some(list) = found.name("explicit") {
            // 第三方, 第二季度 and 第一批 number other things.
            let is_task = found.name("unit").is_some() || ends_number(after);
            is_task.then(|| What::Tasks(numbers(list.as_str())))
        } else if let Some(list) = found.name("counted") {
            // 2项已完成 counts, unless the message named a task 2.
            let all_named = list.as_str().split(JOINTS).all(is_named);
            (begins_segment(before) && all_named).then(|| What::Tasks(numbers(list.as_str())))
        } else {
            let list = found.name("bare").map_or("", |list| without_share(list.as_str(), &text[matched.end()..]));
            let listed = !before.ends_with(' ') || after.starts_with(['.', '、', '：', ')']);
            let opens = begins_segment(before)
                && !lists_remarks(before)
                && (listed || list.split(JOINTS).any(is_named))
                && is_item_number(after)
                && !is_measured(after)
                && !is_decimal(before, list, after, named);
            opens.then(|| What::Tasks(numbers(list)))
        };
        if let Some(what) = what.filter(|what| !matches!(what, What::Tasks(numbers) if numbers.is_empty())) {
            marks.push(Mark { start: matched.start(), end, what });
        }
    }
    marks
}

/// Whether a number here can open an item: at the start, after a stop, or after a space.
fn begins_segment(before: &str) -> bool {
    before.chars().next_back().is_none_or(|character| " \n，。；：、(".contains(character))
}

/// The tasks from one number to another: those of them that were named, or where none was named all.
fn between(first: &str, last: &str, named: &[String]) -> Vec<String> {
    const MOST: u32 = 60;
    let (Some(first), Some(last)) = (numerals::parse(first), numerals::parse(last)) else { return Vec::new() };
    let within = |number: &u32| (first..=last).contains(number);
    let of_named = named.iter().filter(|task| numerals::parse(task).as_ref().is_some_and(within));
    match named {
        [] => (first..=last).take(MOST as usize).map(|number| number.to_string()).collect(),
        _ => of_named.cloned().collect(),
    }
}

/// `问题：1.数据不通；2.` numbers problems, `经验：1.` practices.
fn lists_remarks(before: &str) -> bool {
    static LIST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?:问题|困难|难点|堵点|需协调|需要协调|经验|做法|亮点)(?:事项|主要)?(?:：|有|是)\s*(?:1[.、)][^\n]*)?$",
        )
        .expect("a constant")
    });
    LIST.is_match(before)
}

/// `5 个市州` and `120 户` measure something.
fn is_measured(after: &str) -> bool {
    static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*(?:个|户|家|项中|多|余|万|亿|元|人|次|件|条|天|日|月|年|周|处|套|台|所|批|类|种|名|座|公里|平方|吨|亩|米|倍|分)")
            .expect("a constant")
    });
    MEASURE.is_match(after)
}

/// What may follow 第5 where it stands for 第5项.
fn ends_number(after: &str) -> bool {
    static END: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:$|[\s：，。、.；)]|已|完成|进度|进展|推进|正在|未|尚|受阻|办结)").expect("a constant")
    });
    END.is_match(after)
}

/// 其他单位, 其余县市: others than us.
fn names_others(after: &str) -> bool {
    ["单位", "部门", "地区", "市", "县", "区", "人", "同志"].iter().any(|other| after.starts_with(other))
}

/// In `5，60%` the list of tasks ends before the share.
fn without_share<'a>(list: &'a str, after: &str) -> &'a str {
    let is_share = after.starts_with('%') || after.starts_with('.') && after.contains('%');
    match list.rfind(['，', '、']) {
        Some(comma) if is_share => &list[..comma],
        _ => list,
    }
}

/// `59.6%` is a share, unless 59 is a named task and opens the line: `5.60%` answers for task 5.
fn is_decimal(before: &str, number: &str, after: &str, named: &[String]) -> bool {
    static FRACTION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\.\d+%").expect("a constant"));
    let opens_line = before.is_empty() || before.ends_with('\n');
    FRACTION.is_match(after) && !(opens_line && named.iter().any(|task| task == number))
}

/// `5 已完成`, `5.已完成`, `5：60%` number an item; `60%`, `3个市州`, `6月底`, `1.5万` measure something.
fn is_item_number(after: &str) -> bool {
    static ITEM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[.、]\s*(?:[^0-9\s]|[0-9]+(?:\.[0-9]+)?%)|\s*[：)]|\s+\S|已|完|办|推|进(?:度|展|行)|正|未|尚|还|受|基本|均|都|全部|部分|初步|无|没|暂|延|申请|预计|，\s*(?:\d+(?:\.\d+)?%|已|未|完|办|推|进度|正|受阻))").expect("a constant")
    });
    ITEM.is_match(after)
}

/// The task numbers in a list such as `5、7`. A number that was not named but counts within the named ones is a place in
/// their order, unless the words say 第N项.
fn numbers(list: &str, named: &[String], explicit: bool) -> Vec<String> {
    let parts = list.split(JOINTS).flat_map(|part| part.split(' ')).map(|part| part.trim_start_matches('第'));
    let mut numbers = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        let Some(number) = number(part) else { return Vec::new() };
        let place = number.parse::<usize>().ok().and_then(|place| named.get(place.wrapping_sub(1)));
        match place {
            Some(named_there) if !explicit && named.len() > 1 && !named.contains(&number) => {
                numbers.push(named_there.clone());
            }
            _ => numbers.push(number),
        }
    }
    numbers
}

/// One number in the contract's form: `5`, `5（1）`.
pub(super) fn number(part: &str) -> Option<String> {
    match part.split_once('(') {
        Some((task, child)) => {
            let (task, child) = (numerals::parse(task)?, numerals::parse(child.trim_end_matches(')'))?);
            Some(format!("{task}（{child}）"))
        }
        None => numerals::parse(part).map(|number| number.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, named: &[&str]) -> String {
        let named: Vec<String> = named.iter().map(|number| number.to_string()).collect();
        let one = |segment: &Segment| {
            let tasks: Vec<_> = segment.tasks.iter().map(|task| task.as_deref().unwrap_or("?")).collect();
            format!("{}={}", tasks.join("+"), segment.words)
        };
        split(text, &named).iter().map(one).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn numbers_open_items_and_measures_do_not() {
        let cases = [
            ("5 已完成", &["5", "26"][..], "5=已完成"),
            ("1. 已完成 2. 推进中30%", &["5", "26"], "5=已完成 | 26=推进中30%"),
            ("第5、7项均已完成，其余正常推进", &["5", "7", "9"], "5+7=均已完成 | 9=正常推进"),
            ("第五项：进度60%", &["5", "26"], "5=进度60%"),
            ("5 59.6%", &["5", "26"], "5=59.6%"),
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
        ];
        for (text, named, expected) in cases {
            assert_eq!(show(text, named), expected, "{text}");
        }
    }
}
