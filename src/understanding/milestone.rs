//! Dates within a task: which one a claim is about.

use chrono::{Datelike, NaiveDate};

use super::clause::Clause;
use crate::chinese::span::Found;
use crate::chinese::{numerals, span};
use crate::plan::simplify;
use crate::schedule::deadline;
use crate::schedule::deadline::{Context, Place};

/// A date that the task's own words name, with the place that it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub on: NaiveDate,
    pub scope: Option<String>,
}

// 6月底前的任务已完成, 2019年节点目标已实现; but 6月20日已完成 tells when.
pattern!(
    TELLS,
    r"^(?:[^，。；]{0,12}?(?:任务|目标|节点|时间点|时限|期限|部分|要求|阶段|指标|[这那]一?[块个件条段步]|那段|那一块)|[这那](?:一)?[条项段块步个]|的)"
);

/// The dates that a task's words name. Dates without a year lie in the year of `on`.
pub fn dues(text: &str, on: NaiveDate) -> Vec<Due> {
    let plain = simplify(text);
    let context = Context { plan_year: Some(on.year()), ..Context::default() };
    let phrases = deadline::find(&plain, context, Place::Prose);
    let due = |phrase: deadline::Phrase| {
        Some(Due { on: phrase.due?, scope: phrase.scope.map(|scope| plain[scope].to_owned()) })
    };
    phrases.into_iter().filter_map(due).collect()
}

/// The date whose completion a clause tells; the clause tells of a completion.
pub fn of(clause: &Clause<'_>, known: &[Due], on: NaiveDate) -> Option<NaiveDate> {
    let text = clause.text();
    if let Some(due) = placed(clause, known) {
        return Some(due);
    }
    if let Some(due) = counted(text, known) {
        return Some(due);
    }
    if let Some(due) = within_years(text, known, on) {
        return due;
    }
    let named = span::find(text, on).into_iter().find(|found| is_told(text, found))?;
    let span = named.span?;
    let (from, to) = (span.from, span.to?);
    let within = |due: &&Due| due.on <= to && from.is_none_or(|from| from <= due.on);
    // 6月底前, said in November, is the day of this year that the task names.
    let said = &text[named.range.clone()];
    let same = |due: &&Due| (due.on.month(), due.on.day()) == (to.month(), to.day()) && !said.contains('年');
    let exact = known.iter().find(|due| due.on == to).or_else(|| known.iter().find(same));
    Some(exact.or_else(|| known.iter().filter(|_| from.is_some()).find(within)).map_or(to, |due| due.on))
}

/// Whether a date is named as a thing that can be done. A month is named by its number: 本月的任务 are those of every month.
fn is_told(text: &str, found: &Found) -> bool {
    let date = &text[found.range.clone()];
    let names = date.contains(['年', '季']) || date.contains('月') && numerals::extent(date).0 > 0;
    names && TELLS.is_match(&text[found.range.end..])
}

/// Whether a clause tells the same of two dates: 9月前和年底前的都已完成.
pub fn names_several(text: &str, on: NaiveDate) -> bool {
    pattern!(JOINED, "^[的这那]?(?:任务|目标|节点|时限)?(?:和|与|及|以及|、|跟)$");
    let found = span::find(text, on);
    found.iter().zip(found.iter().skip(1)).any(|(one, next)| {
        let between = &text[one.range.end..next.range.start];
        JOINED.is_match(between) && is_told(text, next)
    })
}

/// Whether words point at a date as at a thing and tell that it is done: 年底前这个节点完成.
pub fn points_at_it(text: &str) -> bool {
    pattern!(
        POINTED,
        "[这那](?:一)?[个条项](?:时间)?(?:节点|时间点|目标|任务)?(?:提前|按期|按时|如期|算|都|全部)*(?:完成|办结|达到|实现|搞定)$"
    );
    POINTED.is_match(text)
}

/// Where a clause names a span of several years, 五年内的已完成: the last date, if it is known, and never one of this year.
fn within_years(text: &str, known: &[Due], on: NaiveDate) -> Option<Option<NaiveDate>> {
    pattern!(YEARS, r"(?P<years>[二两三四五六七八九十\d]{1,2})年(?:内|之内|以内|期)");
    let years = numerals::parse(&YEARS.captures(text)?["years"])?;
    let far = |due: &&Due| due.on.year() > on.year();
    (2..=20).contains(&years).then(|| known.iter().filter(far).map(|due| due.on).max())
}

/// The date that a clause counts: 第一个节点完成.
fn counted(text: &str, known: &[Due]) -> Option<NaiveDate> {
    pattern!(PLACE, "第(?P<place>[一二三四五])个?(?:时间)?(?:节点|时限|期限)|(?P<first>首个节点)");
    let found = PLACE.captures(text)?;
    let place = found.name("place").and_then(|place| numerals::parse(place.as_str())).unwrap_or(1);
    let mut days: Vec<NaiveDate> = known.iter().map(|due| due.on).collect();
    days.sort_unstable();
    days.dedup();
    days.get(place as usize - 1).copied()
}

/// The date that is for a place which a clause names: 长沙市 已完成.
pub fn placed(clause: &Clause<'_>, known: &[Due]) -> Option<NaiveDate> {
    let bare = |scope: &str| scope.trim_end_matches(['市', '州', '县', '区']).to_owned();
    let placed = |due: &&Due| due.scope.as_ref().is_some_and(|scope| clause.text().contains(&bare(scope)));
    known.iter().find(placed).map(|due| due.on)
}

/// Whether words claim the whole duty, whatever dates it has.
pub fn means_the_whole(words: &str) -> bool {
    pattern!(WHOLE, "整项|整个任务|整体任务|全项|全部任务");
    WHOLE.is_match(words) || all_dates(words)
}

/// Whether every date is told as done: 各时限均已完成, 三个时限全部完成.
pub fn all_dates(words: &str) -> bool {
    pattern!(
        ALL,
        "(?:全部|所有|各个?|每个|[两三四五六]个)的?(?:时间)?(?:节点|时限|期限)的?(?:任务|目标|工作|要求)?(?:均|都|也|全部|全都|按期|如期|按时|已|已经)*(?:完成|办结|达到|实现)了?"
    );
    pattern!(SOME, "[前后头其][两三四五六中余他]|还|未|没|除|不");
    ALL.is_match(words) && !SOME.is_match(words)
}
