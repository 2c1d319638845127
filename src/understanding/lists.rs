//! Numbers of tasks as people list them: `5、7`, `第5、7项`, `3至6项`.

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

/// The value of ① to ⑳.
pub(super) fn circled(number: &str) -> Option<usize> {
    let only = number.chars().next().filter(|first| ('①'..='⑳').contains(first))?;
    usize::try_from(only as u32 - '①' as u32 + 1).ok()
}
