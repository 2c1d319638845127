//! Which part of a reply is about which task: `1. 已完成 2. 推进中`, `第5、7项均已完成`, `其余正常推进`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::lists::{between, exactly, first_number, numbers};
use crate::domain::words::numerals;

/// Words and the tasks that they are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// `None` stands for "it is not said which".
    pub tasks: Vec<Option<String>>,
    /// Whether they are meant as 其余.
    pub rest: bool,
    /// Where they stand in the plain form: the number that names the task is left out.
    pub words: Vec<Range<usize>>,
}

/// Divides a reply among the tasks that it is about. `named` are the tasks of the answered message, in its order.
pub fn segments(text: &str, named: &[String]) -> Vec<Segment> {
    let whole = 0..text.len();
    let marks = match counts_all(text, named).is_some() {
        true => Vec::new(),
        false => marks(text, named),
    };
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
    if !own_lead && !text[lead.clone()].trim_matches(SEPARATORS).is_empty() {
        let tasks = vec![named.first().filter(|_| named.len() == 1).cloned()];
        segments.push(Segment { tasks, rest: false, words: vec![lead.clone()] });
    }
    for (index, mark) in marks.iter().enumerate() {
        let end = marks.get(index + 1).map_or(text.len(), |next| next.start);
        let from = if index == 0 && own_lead { 0 } else { mark.start };
        let before = &text[from..mark.number];
        let before = POINTS.iter().find_map(|words| before.strip_suffix(words)).unwrap_or(before);
        let tasks: Vec<Option<String>> = match &mark.what {
            What::Tasks(numbers) => numbers.iter().cloned().map(Some).collect(),
            What::Rest => named.iter().filter(|number| !told(number)).cloned().map(Some).collect(),
        };
        // Where each that was named is told of, 其余 means tasks that were not named.
        let tasks = if tasks.is_empty() { vec![None] } else { tasks };
        let after = after_number(text, mark.end, end, tasks.len());
        let words = [from..from + before.len(), after].into_iter().filter(|range| !range.is_empty()).collect();
        segments.push(Segment { tasks, rest: matches!(mark.what, What::Rest), words });
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
        None => vec![0..text.len()],
    };
    Segment { tasks, rest: false, words }
}

/// The words after a number, without what parts them from it; a sign of their own stays: 5 -10%.
fn after_number(text: &str, from: usize, to: usize, tasks: usize) -> Range<usize> {
    pattern!(SIGNED, r"^[\s：，]+-\d");
    pattern!(PARTICLE, r"^[\s：，。、.)\]/|]*(?:号|呢|嘛|吧|啊)?[\s：，。、.)\]/|-]*");
    let words = &text[from..to];
    let skip = match SIGNED.is_match(words) {
        true => words.find('-').unwrap_or(0),
        false => PARTICLE.find(words).map_or(0, |found| found.end()),
    };
    // 第5项、第26项两项任务均已完成
    pattern!(COUNT, "^(?P<count>[两二三四五六七八九十0-9]+)(?:项|个|件)(?:任务|工作|事项)?");
    let counted = COUNT.captures(&words[skip..]).filter(|found| {
        tasks > 1 && numerals::parse(&found["count"]).is_some_and(|count| count as usize == tasks)
    });
    from + skip + counted.and_then(|found| found.get(0)).map_or(0, |found| found.end())..to
}

const SEPARATORS: &[char] = &['/', '|', ' ', '\n', '，', '。', '；', '：', '、', '.', '-', '(', ')'];

struct Mark {
    /// Where its part of the text begins: at the number, or with the clause that holds it.
    start: usize,
    number: usize,
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
        let digits = format!("(?:\\d+|[{}]+)", numerals::CHINESE);
        let number = format!("{digits}(?:\\({digits}\\))?");
        let list = format!("{number}(?:(?:[项号]?[、，和及与跟]+ *(?:第|任务)?| ){number})*");
        let range = format!("第?(?P<first>{number})项?[至到-]第?(?P<last>{number})项(?:任务|工作)?");
        let explicit = format!("(?:第|任务|序号|编号|事项)(?P<explicit>{list})(?P<unit>项|号|条)?(?:任务|工作)?");
        let same_form = format!("{number}(?:(?:[项号]?[、，和及与跟]+ *| ){number})*");
        let counted = format!("(?P<counted>{same_form})(?:项|号任务|号)");
        let ordinal = format!("(?P<ordinal>[{}]{{1,3}})(?P<stop>、)?", numerals::CHINESE);
        let section = r"第?\((?P<section>[一二三四五六七八九十]+)\)\s*(?:的|部分|、)?第?(?P<within>\d{1,3}(?:[、，和及]\d{1,3})*)(?:项|号)?";
        let place = "(?P<first_ones>[前头])(?P<count>[两二三四五])[项个]|(?P<last_ones>最后)(?P<last_count>[一两二三])[项个]|(?P<former>前者|前(?:面|头)?(?:的|那)?一?[项个条])|(?P<latter>后者|后(?:面|头)?(?:的|那)?一?[项个条])|第(?P<nth>[一二三四五])个";
        let bare = r"(?P<bare>\d+(?:\(\d+\))?(?:[号项]?[、，和及与跟]\d+(?:\(\d+\))?)*)";
        Regex::new(&format!("{section}|{place}|(?P<circled>[①-⑳])|(?P<rest>(?:其余|其他|其它|剩下|余下|剩余|别的)(?:各项|几项|[两二三四五六]项|任务|工作|的)*|另外?(?:几|[两二三四五六])[项个])|除了?第?(?P<except>{list})项?(?:(?:以外|之外|外)?[，、 ]*(?:其[余他它](?:各?项|任务|工作|的)*|别的|都|均|全)|以外|之外|外)|{range}|{explicit}|{counted}|{ordinal}|{bare}"))
            .expect("a constant")
    });
    let counts = counts_from_one(text);
    let mut line_ordinals = Vec::new();
    let mut marks = Vec::new();
    let mut from = 0;
    while let Some(found) = MARK.captures_at(text, from) {
        let Some(matched) = found.get(0) else {
            break;
        };
        let before = &text[..matched.start()];
        let begins = begins_segment(before);
        // 60%的是第8项，第15项还没开始: who points at a task ends the list with the clause.
        let own = |list: &'_ str| {
            let list = without_share(list, &text[matched.end()..]);
            list.find('，').filter(|_| !begins).map_or(list, |comma| &list[..comma]).to_owned()
        };
        let end = matched.start() + own(matched.as_str()).len();
        let after = &text[end..];
        let numbers = |list: &str| numbers(&own(list), named, found.name("explicit").is_some(), counts);
        let is_named = |part: &String| named.iter().any(|task| task == part);
        // A line's own ordinal before the task's number: 一、第5项.
        let opens_line = before.is_empty() || before.ends_with(['\n', '。', '；', '：', ' ']);
        let numbers_a_line = opens_line && (found.name("ordinal").is_some() || found.name("bare").is_some());
        if numbers_a_line && leads_to_number(after) {
            from = matched.end();
            line_ordinals.push(matched.start());
            continue;
        }
        let what = if let Some((section, within)) = found.name("section").zip(found.name("within")) {
            in_section(section.as_str(), within.as_str(), after)
        } else if let Some(circled) = found.name("circled").and_then(|circled| circled_in(circled.as_str(), named)) {
            Some(What::Tasks(vec![circled]))
        } else if let Some(meant) = by_place(&found, named) {
            (begins && goes_on_to_tell(after)).then_some(What::Tasks(meant))
        } else if found.name("rest").is_some() {
            // Where one task was named, its own rest is meant, unless the words begin so, or tell of another task as well.
            let tells_others = marks
                .iter()
                .any(|mark: &Mark| matches!(&mark.what, What::Tasks(numbers) if !numbers.iter().all(is_named)));
            let opens = match named {
                [_, _, ..] => begins,
                _ if tells_others => begins && stands_alike(after),
                _ => before.is_empty() && !named.is_empty(),
            };
            (opens && !names_others(after)).then_some(What::Rest)
        } else if let Some(list) = found.name("except") {
            let excepted = numbers(list.as_str());
            let others = named.iter().filter(|task| !excepted.contains(task)).cloned().collect();
            begins.then_some(What::Tasks(others))
        } else if let Some((first, last)) = found.name("first").zip(found.name("last")) {
            begins.then(|| What::Tasks(between(first.as_str(), last.as_str(), named)))
        } else if let Some(list) = found.name("explicit") {
            // 第三方, 第二季度 and 第一批 number other things, and so does 会议纪要第8条.
            let is_task = found.name("unit").is_some() || begins && ends_number(after);
            // 第4项，第3批目录 names one task.
            if !is_task && let Some(comma) = list.as_str().find(['项', '号']) {
                let number = exactly(&list.as_str()[..comma]);
                let end = list.start() + comma + '项'.len_utf8();
                if begins && !number.is_empty() {
                    marks.push(Mark { start: matched.start(), number: matched.start(), end, what: What::Tasks(number) });
                    from = end;
                    continue;
                }
            }
            let numbers = numbers(list.as_str());
            let meant = begins || named.is_empty() || numbers.iter().all(is_named);
            (is_task && meant).then_some(What::Tasks(numbers))
        } else if let Some(list) = found.name("counted") {
            // 2项已完成 counts, unless the message named a task 2; 5、6项均已完成 names both.
            let counted = exactly(list.as_str());
            let all_named = !counted.is_empty() && counted.iter().all(is_named);
            let opens = begins || named.len() > 1 && goes_on_to(before, after);
            let lists = counted.len() > 1 && begins && stands_alike(after);
            (opens && all_named || lists).then_some(What::Tasks(counted))
        } else if let Some(list) = found.name("ordinal") {
            let exact = exactly(list.as_str());
            let numbers = if exact.iter().all(is_named) { exact } else { numbers(list.as_str()) };
            let opens = begins && !lists_remarks(before);
            let own = exactly(list.as_str()).iter().all(is_named);
            let opens = opens && (found.name("stop").is_some() && (own || !is_heading(after)) || tells_standing(after));
            (opens && !numbers.is_empty() && numbers.iter().all(is_named)).then_some(What::Tasks(numbers))
        } else {
            let list = &found.name("bare").map_or_else(String::new, |list| own(list.as_str()));
            let listed = !before.ends_with(' ') || after.starts_with(['.', '、', '：', ')']);
            let points = POINTS.iter().any(|words| before.ends_with(words)) && exactly(list).iter().all(is_named);
            let opens = points && ends_clause(after)
                || begins
                    && !lists_remarks(before)
                    && (listed || exactly(list).iter().any(is_named))
                    && (is_item_number(after) || exactly(list).iter().all(is_named) && speaks_of(after))
                    && !is_measured(after)
                    && (!before.ends_with(' ') || !begins_like_measure(after))
                    && !is_decimal(before, list, after, named);
            opens.then(|| What::Tasks(numbers(list)))
        };
        let Some(what) = what.filter(|what| !matches!(what, What::Tasks(numbers) if numbers.is_empty())) else {
            from = matched.start() + first_number(matched.as_str());
            continue;
        };
        let clause = clause_start(before);
        // Somebody who dictates goes on to the next task without a stop.
        let goes_on = marks.last().is_some_and(|last: &Mark| last.end > clause) && !ends_clause(after);
        let dictated = found.name("counted").is_some() || goes_on;
        let start = if begins || dictated { matched.start() } else { clause };
        let start = marks.last().map_or(start, |last: &Mark| start.max(last.end));
        let ordinal = line_ordinals.pop().filter(|ordinal| clause_start(before).max(*ordinal) == *ordinal);
        let start = ordinal.map_or(start, |ordinal| start.min(ordinal));
        marks.push(Mark { start, number: matched.start(), end, what });
        from = end;
    }
    without_inner_lists(marks, text, named)
}

/// Numbers that list points within one task are no tasks: `第5项：1.方案已印发 2.系统在建`, or such a list where one task was
/// named. A number that counts nothing and tells how it stands is one, even if nobody named it: `5 进度60%，9 已完成`.
fn without_inner_lists(marks: Vec<Mark>, text: &str, named: &[String]) -> Vec<Mark> {
    let is_explicit = |mark: &Mark| {
        text[mark.number..mark.end].starts_with(['第', '任', '除']) || text[..mark.end].ends_with(['项', '号'])
    };
    let is_own = |mark: &Mark| match &mark.what {
        What::Tasks(numbers) => numbers.iter().all(|number| {
            named.contains(number) && exactly(text[mark.number..mark.end].trim_end_matches('、')).contains(number)
        }),
        What::Rest => true,
    };
    let listed = |mark: &Mark| !is_explicit(mark) && place_in_list(mark, text).is_some();
    let counting = marks.iter().filter(|mark| listed(mark)).enumerate();
    let length = counting.take_while(|(place, mark)| place_in_list(mark, text) == Some(place + 1)).count();
    let leads = marks.first().is_some_and(is_explicit);
    // A list from one on, under a task or in answer to one, or longer than what was named.
    let is_list = length > 0 && (leads || length > 1 && named.len() == 1 || length > named.len().max(1));
    let any_explicit =
        marks.iter().any(|mark| is_explicit(mark) || matches!(mark.what, What::Tasks(_)) && is_own(mark));
    if !is_list && !any_explicit {
        return marks;
    }
    let mut points = 0;
    let mut is_task = |mark: &Mark| {
        if is_explicit(mark) {
            points = 0;
            return true;
        }
        let counts_on = place_in_list(mark, text) == Some(points + 1) || text[mark.number..mark.end].parse() == Ok(points + 1);
        if is_list && counts_on && listed(mark) {
            points += 1;
            return false;
        }
        if is_own(mark) {
            points = 0;
            return true;
        }
        points += usize::from(counts_on);
        let heads = text[..mark.number].ends_with(['，', '。', '；', '\n']) && mark.end - mark.number <= 3;
        heads && !counts_on && tells_standing(&text[mark.end..])
    };
    marks.into_iter().filter(|mark| is_task(mark)).collect()
}

/// The number of a point in a list: `1.`, `1、`, `(1)`, `①`, `一、`.
fn place_in_list(mark: &Mark, text: &str) -> Option<usize> {
    let number = &text[mark.number..mark.end];
    if let Some(circled) = circled(number) {
        return Some(circled);
    }
    let signed = number.ends_with('、') || text[mark.end..].starts_with(['.', '、', ')']);
    let number = numerals::parse(number.trim_end_matches('、'))?;
    signed.then(|| usize::try_from(number).ok()).flatten()
}

/// The value of ① to ⑳.
fn circled(number: &str) -> Option<usize> {
    let only = number.chars().next().filter(|first| ('①'..='⑳').contains(first))?;
    usize::try_from(only as u32 - '①' as u32 + 1).ok()
}

/// Tasks that count within a section: `（一）1`. `(一)3个市州` lists places, and `(二)60%` shares.
fn in_section(section: &str, within: &str, after: &str) -> Option<What> {
    let measures = after.starts_with(|next: char| "%个户家多余万亿元人次件条天日月年.".contains(next)) && !after.starts_with(". ");
    let numbers = within.split(['、', '，', '和', '及']).map(|own| format!("（{section}）{}", own.trim())).collect();
    (!measures).then_some(What::Tasks(numbers))
}

/// The task that ② stands for among those that were named.
fn circled_in(number: &str, named: &[String]) -> Option<String> {
    let place = circled(number)?;
    let own = named.iter().find(|task| **task == place.to_string());
    own.or_else(|| named.get(place - 1)).filter(|_| named.len() > 1).cloned()
}

/// Tasks by their place among those that were named: 前两项, 最后一项, 后者.
fn by_place(found: &regex::Captures<'_>, named: &[String]) -> Option<Vec<String>> {
    let count = |name: &str| found.name(name).and_then(|count| numerals::parse(count.as_str())).map(|count| count as usize);
    let meant = match () {
        () if found.name("first_ones").is_some() => named.get(..count("count")?)?.to_vec(),
        () if found.name("last_ones").is_some() => named.get(named.len().checked_sub(count("last_count")?)?..)?.to_vec(),
        // 前者 and 后者 are said of two.
        () if found.name("former").is_some() && named.len() == 2 => vec![named[0].clone()],
        () if found.name("latter").is_some() && named.len() == 2 => vec![named[1].clone()],
        // 第二个 is no place where a task 2 may be meant.
        () => {
            let place = count("nth")?;
            vec![named.get(place - 1).filter(|_| !named.contains(&place.to_string()))?.clone()]
        }
    };
    (named.len() > 1).then_some(meant)
}

/// Whether words go on from a task by telling of it.
fn goes_on_to_tell(after: &str) -> bool {
    pattern!(TELLS, r"^(?:任务|工作|事项)?(?:[^\p{Han}]|$|[已完办推进正在未尚还没受暂基均都也刚搞做弄是没])");
    TELLS.is_match(after)
}

/// What leads up to the task of which something was said: 已完成的是第8项.
const POINTS: [&str; 5] = ["的是", "的有", "的为", "的就是", "那个是"];

/// Whether a heading of a report follows, and no task: 一、工作进展.
fn is_heading(after: &str) -> bool {
    pattern!(HEADING, r"^\s*(?:目前|当前|主要|总体|基本|工作|存在|下一?步|后续|问题|困难|措施|经验|做法|意见|建议|推进|进展|完成|落实|办理)[^，。；：\n]{0,10}(?:[：\n]|情况|进展|问题|打算|计划|措施|做法|建议)");
    HEADING.is_match(after)
}

/// Whether the number of a task follows: 一、第5项.
fn leads_to_number(after: &str) -> bool {
    pattern!(NUMBER, r"^\s*[、.)]?\s*(?:第|任务\s*)[一二三四五六七八九十百\d]+[项条、：，。号]");
    NUMBER.is_match(after)
}

/// Whether a clause ends here.
fn ends_clause(after: &str) -> bool {
    after.chars().next().is_none_or(|next| "，。；\n".contains(next))
}

/// Whether a number here is followed by how it stands: 9 已完成, 9：60%.
fn tells_standing(after: &str) -> bool {
    static STANDING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^\s*[：、.]?\s*(?:已|完成|办结|进度|推进|正在|未|尚未|还没|受阻|基本完成|无进展|\d{1,3}(?:\.\d+)?%)",
        )
        .expect("a constant")
    });
    STANDING.is_match(after)
}

/// Whether several tasks are followed by how they all stand: 5、6项均已完成, 其余正常推进; but not 其余部分正在建设.
fn stands_alike(after: &str) -> bool {
    let after = after.trim_start_matches([' ', '：', '，']);
    let of_all = after.trim_start_matches(['也', '均', '都', '全', '部']);
    tells_standing(of_all) || ["正常", "按计划", "有序", "顺利", "在推进"].iter().any(|words| of_all.starts_with(words))
}

/// Whether the numbers count from one, as places do: `1. 已完成 2. 推进中`; a 5 alone is no place.
fn counts_from_one(text: &str) -> bool {
    static ONE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[\s，。；：、(])第?(?:1|一)(?:$|[^\d一二三四五六七八九十百])").expect("a constant")
    });
    ONE.is_match(text)
}

/// Where the clause begins that ends here.
fn clause_start(before: &str) -> usize {
    before
        .char_indices()
        .rev()
        .find(|(_, character)| "，。；\n".contains(*character))
        .map_or(0, |(at, stop)| at + stop.len_utf8())
}

/// Whether a number here can open an item: at the start, after a stop, or after a space.
fn begins_segment(before: &str) -> bool {
    const INTRODUCED: [&str; 32] = [
        "只有",
        "仅有",
        "就剩",
        "只剩",
        "还剩",
        "仅",
        "就",
        "除",
        "除了",
        "目前",
        "现在",
        "我们",
        "但",
        "先说",
        "再说",
        "先报",
        "再报",
        "先讲",
        "关于",
        "其中",
        "至于",
        "说到",
        "另外",
        "还有",
        "然后",
        "以及",
        "而",
        "那个",
        "任务",
        "小项",
        "子项",
        "子任务",
    ];
    before.chars().next_back().is_none_or(|character| " \n，。；：、([%".contains(character))
        || INTRODUCED.iter().any(|words| before.ends_with(words))
}

/// Whether the words after a named number go on about it: 5那个上周就办结了, but not 5个, 5月, 5天.
fn speaks_of(after: &str) -> bool {
    after.starts_with(|first: char| first >= '\u{3400}') && !is_measured(after)
}

/// `问题：1.数据不通；2.` numbers problems, `经验：1.` practices.
fn lists_remarks(before: &str) -> bool {
    static LIST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?:问题|困难|难点|堵点|需协调|需要协调|经验|做法|亮点)(?:事项|主要)?(?:：|有|是)\s*(?:1[.、)][^\n]*)?$",
        )
        .expect("a constant")
    });
    LIST.is_match(&before[last_characters(before, 40)..])
}

/// Where the last so many characters begin.
fn last_characters(text: &str, count: usize) -> usize {
    text.char_indices().rev().nth(count).map_or(0, |(at, _)| at)
}

/// `5 个市州` and `120 户` measure something.
fn is_measured(after: &str) -> bool {
    // 28 省级平台, 5 方案: words that begin like a measure.
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*(?:省(?:级|里|本级|厅|政府|直|委)|市(?:级|里|本级|场|直)|县(?:级|里)|区(?:级|里|域)|地(?:方|块|铁)|项目|方[案面]|条例|人(?:社|大|员|才)|台账|批[复示准]|日常|年度|月度|组[织建]|队伍|户籍|处[置理]|平[台均稳]|座谈|成[立果效]|名单|分[管阶步批类别期析]|到位|章程|期限|点位|所有|院内|校园)")
            .expect("a constant")
    });
    begins_like_measure(after) && !WORD.is_match(after)
}

/// Whether it begins with the sign of a measure, be it a word of its own as in 省级.
fn begins_like_measure(after: &str) -> bool {
    static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*(?:个|户|家|项中|多|余|万|亿|元|人|次|件|条|天|日|月|年|周|处|套|台|所|批|类|种|名|座|公里|平方|吨|亩|米|倍|分|级|次|轮|期|度|届|章|页|平|栋|辆|艘|座|份|张|成|折|点|秒|小时|季|旬|班|组|队|岁|楼|层|路|册|本(?:$|[^周月年期次季项])|篇|封|批|块|元|角|千|百|条|款|种|版|稿|地|市|县|区|省|院|校|镇|村|乡|项|方|者|至|到)")
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
    static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*[\d一二三四五六七八九十几]*个?(?:单位|部门|地区|件|户|家|处|份|笔|宗|起|市|县|区|州|人|同志|乡|镇|处室)")
            .expect("a constant")
    });
    OTHERS.is_match(after)
}

/// In `5，60%` the list of tasks ends before the share.
fn without_share<'a>(list: &'a str, after: &str) -> &'a str {
    let is_share = after.starts_with('%') || after.starts_with('.') && after.contains('%');
    match list.rfind(['，', '、', ' ']) {
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
        Regex::new(r"^(?:[✅✔☑√❌✗✘⏳⌛]|[/|]\s*[^\d\s]|-\s*(?:\d+(?:\.\d+)?%|[^\d\s])|\(\s*\d+%|[.、]\s*(?:[^0-9\s]|[0-9]+(?:\.[0-9]+)?%)|\s*[：)\]]|\s+\S|已|完|办|推|进(?:度|展|行)|正|未|尚|还|受|基本|均|都|全部|部分|初步|无|没|暂|延|申请|预计|，\s*(?:\d+(?:\.\d+)?%|已|未|完|办|推|进度|正|受阻))").expect("a constant")
    });
    ITEM.is_match(after)
}

/// Whether somebody who dictates goes on to the next task here: …完成了5号还在审批. A day of a month is none.
fn goes_on_to(before: &str, after: &str) -> bool {
    before.ends_with(|last: char| last >= '\u{3400}' && !"月年第至到于在".contains(last))
        && after.starts_with(|next: char| next >= '\u{3400}' && !"前之左以后到至上下早晚当".contains(next))
}


/// 两项都已办结 counts what was named: where the count stands, where it is right and all are meant.
fn counts_all(text: &str, named: &[String]) -> Option<Range<usize>> {
    pattern!(
        COUNT,
        "^(?:[^，。；]{0,6}?[，。])?(?:以上|上述|这|那|我们|我[局厅委办]|承担的|负责的|牵头的|的)*(?P<count>[两二三四五六七八九十0-9]+(?:项|个|件|条)(?:任务|工作|事项|事情?)?)(?:我们)?(?:已经?)?(?:均|都|全部|全)"
    );
    let count = COUNT.captures(text)?.name("count")?;
    let number = numerals::parse(count.as_str().trim_end_matches(|character: char| !numerals::CHARACTERS.contains(character)))?;
    (named.len() > 1 && usize::try_from(number).ok() == Some(named.len())).then(|| count.range())
}

/// Whether words without any number are about all that were named: 均已完成, 上述任务都在推进.
fn speaks_of_all(words: &str) -> bool {
    pattern!(
        ALL,
        "^(?:以上|上述|这些|所有|全部|这|那|我们|我[局厅委办市]|承担|负责|牵头|来文|所列|涉及|贵室|提醒|列出|各项|几项|共同|的)*[两二三四五六七八九十几0-9]*(?:各项|几项|各|项|个|条|任务|工作|事项)*(?:我[们局厅委办市]|目前|现在|现|也)*(?:均|都|全部|已全部|已经全部)|^(?:以上全部|各项(?:工作|任务)|全部任务|所有任务)"
    );
    words.split(['，', '。', '；', '\n']).any(|clause| ALL.is_match(clause.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, named: &[&str]) -> String {
        let named: Vec<String> = named.iter().map(|number| number.to_string()).collect();
        let one = |segment: &Segment| {
            let tasks: Vec<_> = segment.tasks.iter().map(|task| task.as_deref().unwrap_or("?")).collect();
            let words: String = segment.words.iter().map(|range| &text[range.clone()]).collect();
            let words = words.trim_matches(SEPARATORS);
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
