//! Tasks that the plan numbers 一 or （一）: people call them 第一项, 一 or （一）, which all read as 1. What was understood names
//! them as the plan prints them.

use super::item::{Item, Named, Understanding};
use super::lists;
use crate::chinese::numerals;

/// The number as people say it: `1` for 一 and （一）; `None` where it is so printed, or is no such number.
fn said(printed: &str) -> Option<String> {
    let bare = printed.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    let is_numeral = !bare.is_empty() && bare.chars().all(|character| numerals::CHINESE.contains(character));
    lists::number(bare).filter(|_| is_numeral)
}

/// The tasks by the numbers that people say; `None` where they are so printed, or two would have the same.
pub fn as_said(named: &[Named]) -> Option<Vec<Named>> {
    let by_said = |task: &Named| Named { number: said(&task.number).unwrap_or(task.number.clone()), ..task.clone() };
    let others: Vec<Named> = named.iter().map(by_said).collect();
    let mut numbers: Vec<&str> = others.iter().map(|task| task.number.as_str()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    (others != named && numbers.len() == named.len()).then_some(others)
}

/// `（一）` and, at the beginning of a clause, `一` of a named task as `第1项`.
pub fn with_numbers(text: &str, named: &[Named]) -> String {
    pattern!(
        PRINTED,
        "第?[（(](?P<bracketed>[一二三四五六七八九十]{1,3})[）)]项?|(?P<before>^|[，,。；;\\n])(?P<bare>[一二三四五六七八九十]{1,3})(?P<after>[ ：:、])"
    );
    let is_named = |number: &String| named.iter().any(|task| said(&task.number).as_ref() == Some(number));
    let in_digits = |found: &regex::Captures<'_>| {
        let part = |name| found.name(name).map_or("", |part| part.as_str());
        match said(&format!("{}{}", part("bracketed"), part("bare"))).filter(is_named) {
            Some(number) => format!("{}第{number}项{}", part("before"), part("after")),
            None => found[0].to_owned(),
        }
    };
    PRINTED.replace_all(text, in_digits).into_owned()
}

/// The same with the numbers that the plan prints.
pub fn as_printed(read: Understanding, named: &[Named]) -> Understanding {
    let printed = |number: String| {
        let found = named.iter().find(|task| said(&task.number).as_ref() == Some(&number));
        found.map_or(number, |task| task.number.clone())
    };
    let of_item = |item: Item| Item { task: item.task.map(printed), ..item };
    let all = |items: Vec<Item>| items.into_iter().map(of_item).collect();
    let mut query = read.query;
    if let Some(query) = &mut query {
        query.task = query.task.take().map(printed);
    }
    Understanding { items: all(read.items), aside: all(read.aside), unclear: all(read.unclear), query, ..read }
}

#[cfg(test)]
mod tests {
    use crate::understanding::{Item, Named, understand_contact};

    #[test]
    fn tasks_are_named_as_the_plan_prints_them() {
        let read = |text: &str, named: &[&str]| {
            let numbers: Vec<String> = named.iter().map(|number| (*number).to_owned()).collect();
            let read = understand_contact(text, &Named::by_numbers(&numbers), "2019-06-27".parse().expect("a date"));
            let item = |item: &Item| {
                let told = item
                    .percent
                    .map_or(if item.unchanged { "unchanged" } else { "told" }.to_owned(), |share| share.to_string());
                format!("{}={told}", item.task.as_deref().unwrap_or("?"))
            };
            read.items.iter().map(item).collect::<Vec<_>>().join(" ")
        };
        for (text, named, told) in [
            ("（一） 正在推进，（三） 无变化", &["（一）", "（三）"][..], "（一）=told （三）=unchanged"),
            ("（一）进度60%", &["（一）"], "（一）=60"),
            ("第（十一）项：进度60%", &["（一）", "（十一）"], "（十一）=60"),
            ("第一项 进度60%", &["一", "三"], "一=60"),
            ("一 正在推进，三 无变化", &["一", "三"], "一=told 三=unchanged"),
            ("1 进度60%，3 无变化", &["一", "三"], "一=60 三=unchanged"),
            ("进度60%", &["（一）"], "（一）=60"),
            ("5 进度60%", &["5", "26"], "5=60"),
        ] {
            assert_eq!(read(text, named), told, "{text}");
        }
    }
}
