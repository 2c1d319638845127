//! Numbers of tasks as people list them: `5、7`, `第5、7项`, `3至6项`.

use super::marks::{Mark, What};
use super::surroundings::tells_standing;
use crate::chinese::numerals;

/// What joins the numbers of a list.
const JOINTS: [char; 7] = ['、', '，', '和', '及', '与', '跟', '/'];

/// The task numbers in a list such as `5、7`. A number that was not named but counts within the named ones is a place in
/// their order, unless the words say 第N项.
pub(super) fn numbers(list: &str, named: &[String], explicit: bool, counts: bool) -> Vec<String> {
    let by_place = |number: String| {
        let place = number.parse::<usize>().ok().and_then(|place| named.get(place.wrapping_sub(1)));
        match place {
            Some(there) if counts && !explicit && named.len() > 1 && !named.contains(&number) => there.clone(),
            _ => number,
        }
    };
    exactly(list).into_iter().map(by_place).collect()
}

/// The task numbers in a list as they stand there.
pub(super) fn exactly(list: &str) -> Vec<String> {
    // 两 counts, and numbers nothing.
    let parts =
        list.split(JOINTS).flat_map(|part| part.split([' ', '项'])).filter(|part| !part.is_empty() && *part != "两");
    let numbers = parts
        .map(|part| number(part.trim_start_matches('第').trim_start_matches("任务").trim_end_matches(['项', '号'])));
    numbers.collect::<Option<_>>().unwrap_or_default()
}

/// The tasks from one number to another: those of them that were named, or where none was named all. More than a plan has are
/// no tasks.
pub(super) fn between(first: &str, last: &str, named: &[String]) -> Vec<String> {
    const MOST: u32 = 400;
    let (Some(first), Some(last)) = (numerals::parse(first), numerals::parse(last)) else { return Vec::new() };
    let within = |number: &u32| (first..=last).contains(number);
    let of_named = named.iter().filter(|task| numerals::parse(task).as_ref().is_some_and(within));
    match named {
        [] if last.saturating_sub(first) >= MOST => Vec::new(),
        [] => (first..=last).map(|number| number.to_string()).collect(),
        _ => of_named.cloned().collect(),
    }
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

/// Where the first number ends, of words that were read as one list: 八十，第十四项 may be a share and a task.
pub(super) fn first_number(matched: &str) -> usize {
    let is_numeral = |character: char| character.is_ascii_digit() || numerals::CHINESE.contains(character);
    let from = matched.find(is_numeral).unwrap_or(matched.len());
    matched[from..].find(|character| !is_numeral(character)).map_or(matched.len(), |length| from + length)
}

/// Numbers that list points within one task are no tasks: `第5项：1.方案已印发 2.系统在建`, or such a list where one task was
/// named. A number that counts nothing and tells how it stands is one, even if nobody named it: `5 进度60%，9 已完成`.
pub(super) fn without_inner_lists(marks: Vec<Mark>, text: &str, named: &[String]) -> Vec<Mark> {
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

/// The value of ① to ⑳.
pub(super) fn circled(number: &str) -> Option<usize> {
    let only = number.chars().next().filter(|first| ('①'..='⑳').contains(first))?;
    usize::try_from(only as u32 - '①' as u32 + 1).ok()
}
