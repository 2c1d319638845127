//! Where a reply names tasks: `第5项`, `5、7`, `（一）1`, `②`, `前两项`, `其余`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::group::begins_with_group;
use super::lists::{between, circled, exactly, first_number, numbers};
use super::surroundings::{
    begins_like_measure, begins_segment, clause_start, closes_sentence, compares, counts_from_one, ends_clause,
    ends_number, goes_on_to, goes_on_to_tell, is_decimal, is_denied, is_heading, is_item_number, is_measured,
    leads_to_count, leads_to_number, leaves_some, lists_remarks, names_others, sentence_start, speaks_of, stands_alike,
    tells_standing, waits_for, without_share,
};
use super::table::{Table, tables};
use crate::chinese::numerals;

pub struct Mark {
    /// Where its part of the text begins: at the number, or with the clause that holds it.
    pub start: usize,
    pub number: usize,
    pub end: usize,
    pub what: What,
}

pub enum What {
    Tasks(Vec<String>),
    /// 其余
    Rest,
}

/// The marks of a text, in order.
pub fn marks(text: &str, named: &[String]) -> Vec<Mark> {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        let digits = format!("(?:\\d+|[{}]+)", numerals::CHINESE);
        let number = format!("{digits}(?:\\({digits}\\))?");
        let list = format!("{number}(?:(?:[项号]?[、，和及与跟]+ *(?:第|任务)?| ){number})*");
        let range = format!("第?(?P<first>{number})项?[至到-]第?(?P<last>{number})项(?:任务|工作)?");
        let explicit =
            format!("(?:第|(?:任务|序号|编号|事项)：?)(?P<explicit>{list})(?P<unit>项|号|条)?(?:任务|工作)?");
        let joint = r"(?:[项号]?[、，和及与跟]+ *| )";
        let same_form = format!(r"(?:\d+(?:{joint}\d+)*|{number}(?:[项号]?[、，和及与跟]+ *{number})*)");
        // 6项20项同上月: who types no stops lists tasks side by side.
        let counted = format!("(?P<counted>\\d+(?:项\\d+)+|{same_form})(?:项|号任务|号)");
        let chinese = format!("[{}]{{1,3}}", numerals::CHINESE);
        let ordinal = format!("(?P<ordinal>{chinese}(?:[和跟与及]{chinese})*)(?P<stop>、)?");
        let section = r"第?\((?P<section>[一二三四五六七八九十]+)\)\s*(?:的|部分|、)?第?(?P<within>\d{1,3}(?:[、，和及]\d{1,3})*)(?:项|号)?";
        let place = "(?P<first_ones>前[头面]?|头)(?P<count>[一两二三四五])[项个]|(?P<last_ones>最后)(?P<last_count>[一两二三])[项个]|(?P<middle>中间)(?:的|那)?(?P<middle_count>[一两二三四五])?[项个]|(?P<former>前者|上面(?:的|那)个?|前(?:面|头)?(?:的|那)?一?[项个条])|(?P<latter>后者|下面(?:的|那)个?|后(?:面|头)?(?:的|那)?一?[项个条])|第(?P<nth>[一二三四五])个";
        let bare = r"(?P<bare>\d+(?:\(\d+\))?(?:[号项]?[、，和及与跟/]\d+(?:\(\d+\))?)*)";
        Regex::new(&format!("{section}|{place}|(?P<circled>[①-⑳])|(?P<rest>(?:其余|其他|其它|剩下|余下|剩余|别的)(?:各项|几项|[两二三四五六]项|任务|工作|的)*|另外?(?:几|[两二三四五六])[项个])|除了?第?(?P<except>{list})项?(?:(?:以外|之外|外)?[，、 ]*(?:其[余他它](?:各?项|任务|工作|的)*|别的|都|均|全)|以外|之外|外)|{range}|{explicit}|{counted}|{ordinal}|{bare}"))
            .expect("a constant")
    });
    let counts = counts_from_one(text);
    let tables = tables(text);
    let cells: Vec<&Range<usize>> = tables.iter().flat_map(Table::counts).collect();
    let mut line_ordinals = Vec::new();
    let mut marks = Vec::new();
    let mut from = 0;
    while let Some(found) = MARK.captures_at(text, from) {
        let Some(matched) = found.get(0) else {
            break;
        };
        if let Some(number) = run_on(text, matched.start(), named) {
            let what = What::Tasks(exactly(&text[number.clone()]));
            from = number.end;
            marks.push(Mark { start: number.start, number: number.start, end: number.end, what });
            continue;
        }
        let before = &text[..matched.start()];
        // The cells stand in the order of the text.
        let cell = cells.get(cells.partition_point(|cell| cell.end <= matched.start()));
        let in_cell = cell.is_some_and(|cell| cell.start <= matched.start());
        if waits_for(before) || is_denied(before) || in_cell {
            from = matched.end();
            continue;
        }
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
        // 刚发的40%是23项的
        let points_at_counted = found.name("counted").is_some()
            && before.ends_with("%是")
            && ends_clause(after.strip_prefix('的').unwrap_or(after));
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
            // 前者和省厅的系统联调过了
            let plain =
                ['前', '后', '上', '下'].iter().any(|first| matched.as_str().starts_with(*first)) && named.len() == 2;
            (begins && (plain || goes_on_to_tell(after) || compares(after) || after.starts_with('各')))
                .then_some(What::Tasks(meant))
        } else if found.name("rest").is_some() {
            // Where one task was named, its own rest is meant, unless the words begin so, or tell of another task as well.
            let tells_others = marks
                .iter()
                .any(|mark: &Mark| matches!(&mark.what, What::Tasks(numbers) if !numbers.iter().all(is_named)));
            let said = matched.as_str();
            let counted = ["项", "任务", "工作", "个"].iter().any(|noun| said.ends_with(noun));
            let opens = (counted || stands_alike(after) || goes_on_to_tell(after) || begins_with_group(after))
                && match named {
                    [_, _, ..] => begins,
                    _ if tells_others => begins && stands_alike(after),
                    _ => before.is_empty() && !named.is_empty(),
                };
            // 余下工作为：…, 剩余2项需国家支持 tell of the task itself.
            let within = after.starts_with(['为', '是', '有', '包', '主'])
                || after.starts_with(|next: char| next.is_ascii_digit());
            let vague = said.ends_with('的') && !stands_alike(after);
            // 进驻1139项，其余正按批次进驻 within what is told of one task
            let except = marks.last().is_some_and(|last| text[..last.number].trim_end().ends_with("除了"));
            let of_count = !counted
                && !except
                && named.len() > 1
                && marks.last().is_some_and(|last| {
                    matches!(&last.what, What::Tasks(numbers) if numbers.len() == 1)
                        && leaves_some(&text[last.end..matched.start()])
                });
            (opens && !of_count && !within && !vague && !names_others(after)).then_some(What::Rest)
        } else if let Some(list) = found.name("except") {
            let excepted = numbers(list.as_str());
            let others = named.iter().filter(|task| !excepted.contains(task)).cloned().collect();
            begins.then_some(What::Tasks(others))
        } else if let Some((first, last)) = found.name("first").zip(found.name("last")) {
            begins.then(|| What::Tasks(between(first.as_str(), last.as_str(), named)))
        } else if let Some(list) = found.name("explicit") {
            // 第三方, 第二季度 and 第一批 number other things, and so does 会议纪要第8条.
            // 第一，…第二，… lists points, unless a task of that number was named.
            let lists = found.name("unit").is_none()
                && list.as_str().starts_with(|first: char| numerals::CHINESE.contains(first));
            let of_named = numbers(list.as_str()).iter().all(is_named);
            // 已梳理行政许可事项273项 counts.
            let led = matched.as_str().starts_with(['任', '序', '编', '事']) && !matched.as_str().contains('：');
            let counts = led && found.name("unit").is_some_and(|unit| unit.as_str() == "项") && !(begins && of_named);
            let is_task = !counts && found.name("unit").is_some()
                || begins && ends_number(after) && (!lists || of_named || named.is_empty())
                || begins && of_named && named.len() > 1 && matched.as_str().starts_with("任务");
            // 第4项，第3批目录 and 第1项，273项已过了一遍 name one task.
            let goes_on = is_task && !numbers(list.as_str()).iter().all(is_named) && list.as_str().contains(['，']);
            if (!is_task || goes_on)
                && let Some(comma) = list.as_str().find(['项', '号'])
            {
                let number = exactly(&list.as_str()[..comma]);
                let end = list.start() + comma + '项'.len_utf8();
                if begins && !number.is_empty() {
                    marks.push(Mark {
                        start: matched.start(),
                        number: matched.start(),
                        end,
                        what: What::Tasks(number),
                    });
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
            // 拟取消3项拟下放2项 counts what was done.
            let goes_on = (named.len() > 1 || matched.as_str().ends_with('务')) && goes_on_to(before, after);
            let opens = begins || points_at_counted || goes_on && !leads_to_count(before);
            let lists = counted.len() > 1 && begins && stands_alike(after);
            (opens && all_named || lists).then_some(What::Tasks(counted))
        } else if let Some(list) = found.name("ordinal") {
            let exact = exactly(list.as_str());
            let of_named = exact.iter().all(is_named);
            let listed = exact.len() > 1 && of_named && after.starts_with(['都', '均', '也', '全']);
            let numbers = if of_named { exact } else { numbers(list.as_str()) };
            let opens = begins && !lists_remarks(before);
            let opens = opens
                && (listed
                    || found.name("stop").is_some() && (of_named || !is_heading(after))
                    || tells_standing(after));
            (opens && !numbers.is_empty() && numbers.iter().all(is_named)).then_some(What::Tasks(numbers))
        } else {
            let list = &found.name("bare").map_or_else(String::new, |list| own(list.as_str()));
            // 26、12月底前的 names a task and a date.
            if let Some(stop) = list.rfind('、').filter(|_| begins && after.starts_with(['月', '年'])) {
                let first = exactly(&list[..stop]);
                if !first.is_empty() && first.iter().all(is_named) {
                    let end = matched.start() + stop;
                    marks.push(Mark { start: matched.start(), number: matched.start(), end, what: What::Tasks(first) });
                    from = end;
                    continue;
                }
            }
            let listed = !before.ends_with(' ') || after.starts_with(['.', '、', '：', ')']);
            let points = POINTS.iter().any(|words| before.ends_with(words)) && exactly(list).iter().all(is_named);
            // 14的已经弄完了15还要个把月
            let dictated = named.len() > 1
                && before.ends_with(|last: char| "了的呢啊%吧中是".contains(last) || numerals::CHINESE.contains(last))
                && exactly(list).iter().all(is_named)
                && after.starts_with(|next: char| "还的已没正也那刚才在完百进到推是".contains(next))
                && !is_measured(after);
            let opens = points && ends_clause(after)
                || dictated
                || begins
                    && !lists_remarks(before)
                    && (listed || exactly(list).iter().any(is_named))
                    && (is_item_number(after) || exactly(list).iter().all(is_named) && speaks_of(after))
                    && !is_measured(after)
                    && (!before.ends_with(' ') || !begins_like_measure(after))
                    && !is_decimal(before, list, after, named);
            // 《湖南营商环境报告(2019)》
            let is_year = |number: &String| number.len() > 3 && !is_named(number);
            (opens && !exactly(list).iter().any(is_year)).then(|| What::Tasks(numbers(list)))
        };
        let Some(what) = what.filter(|what| !matches!(what, What::Tasks(numbers) if numbers.is_empty())) else {
            from = matched.start() + first_number(matched.as_str());
            continue;
        };
        let clause = clause_start(before);
        // Somebody who dictates goes on to the next task without a stop.
        let goes_on = marks.last().is_some_and(|last: &Mark| last.end > clause) && !ends_clause(after);
        let dictated = found.name("counted").is_some() && !points_at_counted || goes_on;
        // 检测经费有缺口（19项）: a number in brackets at the end names what stands before it.
        let sentence = sentence_start(before);
        let trails = before.ends_with('(') && closes_sentence(after) && before.len() > sentence + '('.len_utf8();
        let start = if trails {
            sentence
        } else if begins || dictated {
            matched.start()
        } else {
            clause
        };
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
        text[mark.number..mark.end].starts_with(['第', '任', '除', '前', '头', '最', '中', '后'])
            || text[..mark.end].ends_with(['项', '号'])
    };
    let is_own = |mark: &Mark| match &mark.what {
        What::Tasks(numbers) => numbers.iter().all(|number| {
            named.contains(number) && exactly(text[mark.number..mark.end].trim_end_matches('、')).contains(number)
        }),
        What::Rest => true,
    };
    let listed = |mark: &Mark| !is_explicit(mark) && place_in_list(mark, text).is_some();
    let counting = marks.iter().filter(|mark| listed(mark)).enumerate();
    // The first point begins with a figure, so that its number was taken for another: 1、273项过了一遍；2、…
    pattern!(FIRST, r"(?:^|：)\s*1[、.)]");
    let second = marks.iter().find(|mark| listed(mark)).filter(|mark| place_in_list(mark, text) == Some(2));
    let skipped = usize::from(second.is_some_and(|mark| FIRST.is_match(&text[..mark.number])));
    let length = counting.take_while(|(place, mark)| place_in_list(mark, text) == Some(place + 1 + skipped)).count();
    let length = if length > 0 { length + skipped } else { 0 };
    let leads = marks.first().is_some_and(is_explicit);
    // A list from one on, under a task or in answer to one, or longer than what was named.
    let only_other = named.len() == 1 && (length > 1 || named != ["1"]);
    let is_list = length > 0 && (leads || only_other || length > named.len().max(1));
    let any_explicit =
        marks.iter().any(|mark| is_explicit(mark) || matches!(mark.what, What::Tasks(_)) && is_own(mark));
    // A point for each task that was named tells of them in their order.
    let by_place = !leads && length == named.len() && length > 1 && marks.len() == length;
    if by_place || !is_list && !any_explicit {
        return marks;
    }
    let mut points = 0;
    let mut is_task = |mark: &Mark| {
        if is_explicit(mark) {
            points = 0;
            return true;
        }
        let place = place_in_list(mark, text).or_else(|| text[mark.number..mark.end].parse().ok());
        // A point that begins with a figure is no mark: 2、12/14个县市区.
        let counts_on = place.is_some_and(|place| (points + 1..=points + 2).contains(&place));
        if is_list && counts_on && listed(mark) {
            points = place.unwrap_or(points + 1);
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

/// The number of the next task right after a share that was dictated: the 二十六 of 百分之五十二十六完成.
fn run_on(text: &str, at: usize, named: &[String]) -> Option<Range<usize>> {
    let run = text[at..].find(|character| !numerals::CHINESE.contains(character)).unwrap_or(text.len() - at);
    let run = &text[at..at + run];
    if !text[..at].ends_with("百分之") || numerals::parse(run).is_some() {
        return None;
    }
    let is_task = |(split, _): &(usize, char)| {
        let task = numerals::parse(&run[*split..]).filter(|_| numerals::parse(&run[..*split]).is_some());
        task.is_some_and(|task| named.contains(&task.to_string()))
    };
    let (split, _) = run.char_indices().find(is_task)?;
    Some(at + split..at + run.len())
}

/// Tasks that count within a section: `（一）1`. `(一)3个市州` lists places, and `(二)60%` shares.
fn in_section(section: &str, within: &str, after: &str) -> Option<What> {
    let measures =
        after.starts_with(|next: char| "%个户家多余万亿元人次件条天日月年.".contains(next)) && !after.starts_with(". ");
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
    let count =
        |name: &str| found.name(name).and_then(|count| numerals::parse(count.as_str())).map(|count| count as usize);
    let meant = if found.name("first_ones").is_some() {
        named.get(..count("count")?)?.to_vec()
    } else if found.name("last_ones").is_some() {
        named.get(named.len().checked_sub(count("last_count")?)?..)?.to_vec()
    } else if found.name("middle").is_some() {
        // 中间三项 of five

        let within = named.get(1..named.len().checked_sub(1)?)?;
        let many = count("middle_count").unwrap_or(1);
        within.get(..many).filter(|_| within.len() == many)?.to_vec()
    } else if found.name("former").is_some() && named.len() == 2 {
        // 前者 and 后者 are said of two.
        vec![named[0].clone()]
    } else if found.name("latter").is_some() && named.len() == 2 {
        vec![named[1].clone()]
    } else {
        // 第二个 is no place where a task 2 may be meant.

        let place = count("nth")?;
        vec![named.get(place - 1).filter(|_| !named.contains(&place.to_string()))?.clone()]
    };
    (named.len() > 1).then_some(meant)
}

/// What leads up to the task of which something was said: 已完成的是第8项.
pub const POINTS: [&str; 5] = ["的是", "的有", "的为", "的就是", "那个是"];
