//! What was told of which task.

mod discourse;

use std::ops::Range;

use chrono::NaiveDate;

use super::fact::{Reading, What};
use super::item::Named;
use super::milestone::Due;
use super::text::Typed;
use super::{address, form, manner, milestone, reading, share, table, text, token, topic, trouble};
use crate::chinese::numerals;

/// Telling the tasks of a longer list of numbers apart would take long; nobody reports on so many at once.
const MOST_NUMBERS: usize = 400;
/// No number is longer, not even that of a document.
const LONGEST_NUMBER: usize = 32;

/// Whether words hold more numbers, or a longer one, than a report does.
fn is_beyond_reading(plain: &str) -> bool {
    let (count, longest) = numerals::extent(plain);
    count > MOST_NUMBERS || longest > LONGEST_NUMBER
}

/// A contact's own words, without a reminder that was copied and what a form prints; `None` where they are none, or beyond reading.
pub fn own_words(text: &str) -> Option<Typed> {
    let typed = Typed::new(text);
    let own = manner::own_words(&typed.plain)?;
    let typed = typed.from(own);
    let printed = form::printed(&typed.plain);
    let typed = typed.without(&printed);
    let empty = !printed.is_empty() && typed.plain.trim_matches(text::EDGES).is_empty();
    Some(typed).filter(|typed| !empty && !is_beyond_reading(&typed.plain))
}

/// What was read of the words about some tasks.
pub struct Told {
    pub tasks: Vec<Option<String>>,
    pub rest: bool,
    pub words: Vec<Range<usize>>,
    pub reading: Reading,
}

/// The parts of the words with the tasks that they are about: by their numbers, else by what they name.
fn segments(plain: &str, named: &[Named]) -> Vec<address::Segment> {
    let numbers: Vec<String> = named.iter().map(|task| task.number.clone()).collect();
    let segments = address::segments(plain, &numbers);
    let mut by_topic: Vec<address::Segment> = Vec::new();
    let alone = segments.len() == 1;
    for mut segment in segments {
        let unnamed = segment.tasks.as_slice() == [None] && !segment.rest;
        // Shares in the order of names: 工程审批和不动产登记分别是90%和65%.
        let said: String = segment.words.iter().map(|range| &plain[range.clone()]).collect();
        let order = if !segment.numbered && !segment.rest && said.contains('%') {
            topic::in_order(&said, named)
        } else {
            Vec::new()
        };
        if share::in_order(&said, order.len()).len() > 1 {
            segment.tasks = order.into_iter().map(|task| Some(numbers[task].clone())).collect();
            by_topic.push(segment);
            continue;
        }
        let ([words], true) = (segment.words.as_slice(), unnamed) else {
            by_topic.push(segment);
            continue;
        };
        let parts = topic::parts(&plain[words.clone()], named);
        // Beside tasks that are numbered, words in between may name several without telling of them.
        let mut tasks = parts.iter().filter_map(|(task, _)| *task);
        let first = tasks.next();
        if first.is_none() || !alone && tasks.any(|task| Some(task) != first) {
            by_topic.push(segment);
            continue;
        }
        by_topic.extend(parts.into_iter().map(|(task, part)| address::Segment {
            tasks: vec![task.map(|task| numbers[task].clone())],
            rest: false,
            words: std::iter::once(words.start + part.start..words.start + part.end).collect(),
            numbered: false,
        }));
    }
    // 另外两项 are those that were told of by no name either.
    let told: Vec<Option<String>> =
        by_topic.iter().filter(|segment| !segment.rest).flat_map(|segment| segment.tasks.clone()).collect();
    for segment in by_topic.iter_mut().filter(|segment| segment.rest) {
        let left: Vec<Option<String>> = segment.tasks.iter().filter(|task| !told.contains(task)).cloned().collect();
        segment.tasks = if left.is_empty() { std::mem::take(&mut segment.tasks) } else { left };
    }
    by_topic
}

/// What only says why goes with the tasks that are named after it: 受疫情影响，15、18两项本月无进展.
fn join_cause(plain: &str, segments: &mut Vec<address::Segment>) {
    let [first, second, ..] = segments.as_mut_slice() else { return };
    let said: String = first.words.iter().map(|range| &plain[range.clone()]).collect();
    let said = said.trim();
    let said = said.strip_suffix(['，', '：']).unwrap_or(said);
    if first.tasks.as_slice() == [None] && second.numbered && trouble::only_says_why(said) {
        second.words.splice(0..0, std::mem::take(&mut first.words));
        segments.remove(0);
    }
}

/// What stands before a number in its sentence leads up to that task, whatever was told before the sentence:
/// 律师看完了411份文件，正在走废止程序，第6项接近尾声.
fn lead_up(plain: &str, segments: &mut Vec<address::Segment>) {
    // Such words go on about the task before, or may be about any: 问题：…, 申请延期…, 无变化.
    pattern!(
        GOES_ON,
        r"[：？]|问题|困难|原因|难点|延期|宽限|下一?步|预计|争取|计划|打算|受阻|卡|缺|不足|未|没|不|难|慢|等|请|望|建议|协调|其中|另外|同时|因|由于|该项|此项"
    );
    pattern!(
        STANDS,
        r"^[\s，]*(?:均|都|也|现|已经?|目前)*(?:无变化|没变化|无进展|完成|办结|推进中?|正常推进|进展顺利)[\s，]*$"
    );
    let several = segments.iter().filter(|segment| segment.tasks.as_slice() != [None]).count() > 1;
    for at in 1..segments.len() {
        let (before, after) = segments.split_at_mut(at);
        let (Some(before), Some(after)) = (before.last_mut(), after.first_mut()) else { continue };
        let is_one = |segment: &address::Segment| !segment.rest && matches!(segment.tasks.as_slice(), [Some(_)]);
        let open = before.tasks.as_slice() == [None] && !before.rest;
        let Some(last) = before.words.last_mut().filter(|_| is_one(after)) else { continue };
        let said = &plain[last.clone()];
        let told = said.trim_end_matches([' ', '，', '、']);
        let stop = told.char_indices().rev().find(|(_, character)| "。；？\n".contains(*character));
        let from = match (stop, open) {
            (Some((stop, character)), _) => last.start + stop + character.len_utf8(),
            (None, true) => last.start,
            (None, false) => continue,
        };
        let lead = from..last.end;
        let words = &plain[lead.clone()];
        if words.trim_matches(text::EDGES).is_empty() || !said.ends_with('，') || STANDS.is_match(words) {
            continue;
        }
        // 目前完成60%, said after a task, is mostly how that one stands.
        pattern!(TELLS_STANDING, r"%|百分之|[一二三四五六七八九]成|完成|办结|进度|推进|，.*，");
        if !open && TELLS_STANDING.is_match(words) {
            continue;
        }
        // Before the only task that is told of, a difficulty is its own.
        if words.contains('：') || (!open || several) && GOES_ON.is_match(words) {
            continue;
        }
        last.end = from;
        after.words.insert(0, lead);
    }
    segments
        .retain(|segment| segment.words.iter().any(|words| !words.is_empty()) || segment.tasks.as_slice() != [None]);
}

// As the task before: 42同上.
pattern!(SAME, "^(?:同上|同前|也?一样|也是|亦然|也同样)$");

/// The words by their tasks, and whether something in them must be asked about.
pub fn told(typed: &Typed, named: &[Named], on: NaiveDate) -> (Vec<Told>, bool) {
    let plain = typed.plain.as_str();
    let mut told: Vec<Told> = Vec::new();
    let tables = table::tables(plain);
    let shares: Vec<usize> = tables.iter().flat_map(|table| table.shares(plain)).collect();
    let figures: Vec<Range<usize>> = tables.iter().filter_map(|table| table.figures(plain)).collect();
    let mut segments = segments(plain, named);
    join_cause(plain, &mut segments);
    lead_up(plain, &mut segments);
    for segment in segments {
        let about: Vec<&Named> = segment
            .tasks
            .iter()
            .flatten()
            .filter_map(|number| named.iter().find(|task| task.number == *number))
            .collect();
        let words: String = segment.words.iter().map(|range| &plain[range.clone()]).collect();
        // 42同上
        let same = told.last().filter(|_| SAME.is_match(words.trim_matches(text::EDGES)));
        let mut reading = match same {
            Some(last) => last.reading.clone(),
            None => {
                let due: Vec<Due> = about.iter().flat_map(|task| milestone::dues(&task.text, on)).collect();
                let mut tokens = token::within(plain, &segment.words, segment.numbered);
                token::point_at(&shares, &mut tokens);
                if let [Some(_)] = segment.tasks.as_slice() {
                    let title = about.first().map_or("", |task| task.text.as_str());
                    topic::point_out(plain, title, named.len() > 1 && !segment.numbered, &mut tokens);
                }
                reading::read(plain, &tokens, &due, on)
            }
        };
        // 已完成第9项、第11项的报表填报
        if let [_, after] = segment.words.as_slice()
            && plain[after.clone()].starts_with('的')
        {
            let claims = reading
                .facts
                .iter_mut()
                .filter(|fact| fact.range.end <= after.start && matches!(fact.what, What::Whole { .. }));
            claims.for_each(|fact| (fact.what, fact.rule) = (What::Part, "part_of_them"));
        }
        reading.take_figures(&figures);
        // 14 100% 降价到户 under 序号 进度 说明: what else a row says are remarks.
        let in_row = shares.iter().any(|share| segment.words.iter().any(|words| words.contains(share)));
        if in_row && segment.numbered {
            reading.unexplained.clear();
        }
        for table in tables.iter().filter(|_| segment.numbered) {
            reading.take_cells(table, plain, &segment.words);
        }
        // 其余已完成 of all that was named leaves what it is the rest of.
        if segment.rest && segment.tasks.len() == named.len() {
            let claims = reading.facts.iter_mut().filter(|fact| matches!(fact.what, What::Whole { .. }));
            claims.for_each(|fact| (fact.what, fact.rule) = (What::Part, "done_rest"));
        }
        told.push(Told { tasks: segment.tasks, rest: segment.rest, words: segment.words, reading });
    }
    let unsettled = discourse::settle(plain, &mut told);
    let overlooked = told.iter().any(|part| address::overlooks(plain, &part.words, &part.tasks, named));
    (told, unsettled || overlooked)
}
