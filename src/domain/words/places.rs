//! Tasks that are meant by their place among those that were named, or by their count: 前者, 最后一项, 三项都.

use std::sync::LazyLock;

use regex::Regex;

use super::numerals;
use super::progress::clauses;

/// Tasks by their place among those that were named, as numbers: 前两项, 最后一项.
pub fn in_numbers(text: &str, named: &[String]) -> String {
    static PLACE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?P<first>前|头)(?P<count>[两二三四五])[项个]|最后(?:一|(?P<last>[两二三]))[项个]")
            .expect("a constant")
    });
    static ONE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?P<start>^|[，。；\n、])(?:(?P<former>前者|前(?:面|头)?(?:的|那)?一?[项个条])|(?P<latter>后者|后(?:面|头)?(?:的|那)?一?[项个条])|第(?P<place>[一二三四五])个)(?:任务|工作|事项)?(?P<next>[^\p{Han}]|[已完办推进正在未尚还没受暂基均都也刚搞做])",
        )
        .expect("a constant")
    });
    // 前者 and 后者 are said of two; 第二个 is no place where a task 2 may be meant.
    let text = ONE.replace_all(text, |found: &regex::Captures<'_>| {
        let place = found.name("place").and_then(|place| numerals::parse(place.as_str()));
        let meant = match place {
            Some(place) if named.len() > 1 && !named.contains(&place.to_string()) => named.get(place as usize - 1),
            None if named.len() == 2 => named.get(usize::from(found.name("latter").is_some())),
            _ => None,
        };
        let said = |number: &String| format!("{}第{number}项{}", &found["start"], &found["next"]);
        meant.map_or_else(|| found[0].to_owned(), said)
    });
    let replaced = PLACE.replace_all(&text, |found: &regex::Captures<'_>| {
        let count = found.name("count").or(found.name("last")).and_then(|count| numerals::parse(count.as_str()));
        let count = count.unwrap_or(1) as usize;
        let meant = match found.name("first") {
            Some(_) => named.get(..count),
            None => named.len().checked_sub(count).map(|from| &named[from..]),
        };
        meant
            .filter(|_| named.len() > 1)
            .map_or_else(|| found[0].to_owned(), |meant| format!("第{}项", meant.join("、")))
    });
    replaced.into_owned()
}

/// 两项都已办结 counts what was named: the words without the count, where it is right.
pub(super) fn without_count<'a>(words: &'a str, named: &[String]) -> Option<&'a str> {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:以上|上述|这|那|我们|我[局厅委办]|承担的|负责的|牵头的|的)*(?P<count>[两二三四五六七八九十0-9]+)(?:项|个|件|条)(?:任务|工作|事项|事情?)?(?:已经?)?(?:均|都|全部|全)")
            .expect("a constant")
    });
    let found = COUNT.captures(words)?;
    let count = found.name("count")?;
    let item = words[count.end()..].trim_start_matches(['项', '个', '件', '条']);
    let said = ["任务", "工作", "事项", "事情", "事"].iter().fold(item, |rest, noun| rest.trim_start_matches(noun));
    (numerals::parse(count.as_str()) == u32::try_from(named.len()).ok()).then_some(said)
}

/// Whether the words begin with a count of all that were named, and say that of all: 三项都办结了.
pub(super) fn counts_all(text: &str, named: &[String]) -> bool {
    named.len() > 1
        && text.starts_with(|first: char| numerals::CHINESE.contains(first))
        && without_count(text, named).is_some()
}

/// Whether words without any number are about all that were named: 均已完成, 上述任务都在推进.
pub(super) fn speaks_of_all(words: &str) -> bool {
    static ALL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:以上|上述|这些|所有|全部|这|那|我们|我[局厅委办市]|承担|负责|牵头|来文|所列|涉及|贵室|提醒|列出|的)*[两二三四五六七八九十几0-9]*(?:各项|几项|各|项|个|条|任务|工作|事项)*(?:我[们局厅委办市]|目前|现在|现|也)*(?:均|都|全部|全|已全部|已经全部)")
            .expect("a constant")
    });
    clauses(words).any(|clause| ALL.is_match(clause))
}
