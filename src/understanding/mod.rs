//! What people's words mean: a contact's answer to a message that named tasks, or a coordinator's question.
//!
//! ```text
//! text as typed ─▶ plain form ─▶ whose task (address) ─▶ words ─▶ clauses ─▶ facts ─▶ judgement
//! ```
//!
//! Text is never cut or rewritten: each fact knows where it was typed. Everything is accounted for: what no fact explains
//! is known, and where it could matter it is asked about. Completion is one decision over all facts of a task.

/// Names a regular expression, compiled once.
macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| regex::Regex::new($text).expect("a constant"));
    };
}

/// Names rules over the classes of words, with the name by which the reading explains itself.
macro_rules! rules {
    ($($visible:vis $name:ident: $means:literal = $text:expr;)*) => {
        $($visible static $name: LazyLock<Rule> = LazyLock::new(|| Rule::new($means, $text.as_ref()));)*
    };
}

mod address;
mod clause;
mod completion;
mod discourse;
mod doing;
mod fact;
mod group;
pub mod inspection;
mod item;
mod judgement;
mod lexicon;
mod lists;
mod manner;
mod marks;
mod milestone;
mod question;
mod reading;
mod sections;
mod share;
pub mod steps;
mod surroundings;
mod text;
mod token;
mod topic;
mod trouble;
mod wish;

use chrono::NaiveDate;

use crate::chinese::numerals;
use crate::domain::duty::Status;
use fact::What;
pub use group::{Group, groups};
pub use item::{Aside, Explained, Intent, Item, Named, Understanding, Why};
use milestone::Due;
pub use question::{Query, QueryKind, called, commanded, days, nearest, understand_coordinator};
use reading::Reading;
use text::Typed;

/// Explains how a contact's words are understood.
pub fn explain(text: &str, named: &[Named], on: NaiveDate) -> Why {
    let Some(typed) = own_words(text) else {
        return Why { facts: Vec::new(), unexplained: vec![text.to_owned()] };
    };
    let mut why = Why::default();
    for part in told(&typed, named, on).0 {
        why.facts.extend(part.reading.facts.iter().map(|fact| {
            let positions = typed.positions(&fact.range);
            Explained { from: positions.start, to: positions.end, what: fact.what.name(), rule: fact.rule }
        }));
        why.unexplained.extend(part.reading.unexplained.iter().map(|range| typed.words(range)));
    }
    why
}

/// Whether the words ask instead of telling.
pub fn is_question(text: &str) -> bool {
    let typed = Typed::new(text);
    let whole = 0..typed.plain.len();
    let tokens = token::within(&typed.plain, std::slice::from_ref(&whole), false);
    clause::clauses(&typed.plain, &tokens).iter().any(manner::asks)
}

/// Whether the words are this task's number and nothing else.
pub fn is_number(text: &str, number: &str) -> bool {
    let typed = Typed::new(text.trim());
    address::number(&typed.plain).is_some_and(|read| read == number)
}

/// Telling the tasks of a longer list of numbers apart would take long; nobody reports on so many at once.
const MOST_NUMBERS: usize = 400;
/// No number is longer, not even that of a document.
const LONGEST_NUMBER: usize = 32;

/// Whether words hold more numbers, or a longer one, than a report does.
fn is_beyond_reading(plain: &str) -> bool {
    let (count, longest) = numerals::extent(plain);
    count > MOST_NUMBERS || longest > LONGEST_NUMBER
}

/// A contact's own words, without a reminder that was copied; `None` where they are none, or beyond reading.
fn own_words(text: &str) -> Option<Typed> {
    let typed = Typed::new(text);
    let own = manner::own_words(&typed.plain)?;
    Some(typed.from(own)).filter(|typed| !is_beyond_reading(&typed.plain))
}

/// What was read of the words about some tasks.
struct Told {
    tasks: Vec<Option<String>>,
    rest: bool,
    words: Vec<std::ops::Range<usize>>,
    reading: Reading,
}

/// Reads a contact's words. `named` are the numbers of the tasks that the answered message named, in its order; `on` is
/// the day on which the words were said.
pub fn understand_contact(text: &str, named: &[Named], on: NaiveDate) -> Understanding {
    let only = Understanding::only;
    let Some(typed) = own_words(text) else {
        return only(Intent::Unclear);
    };
    let plain = typed.plain.as_str();
    if manner::is_chatter(plain) {
        return only(Intent::Chatter);
    }
    if manner::says_read(plain) {
        return only(Intent::Read);
    }
    if manner::takes_back(plain) {
        return only(Intent::Withdraw);
    }
    let (told, open) = told(&typed, named, on);
    let (items, likely) = match items(&typed, &told) {
        Ok(items) => (Some(items), None),
        Err(likely) => (None, likely),
    };
    let something = items.iter().flatten().any(|item| !item.is_empty());
    let facts = || told.iter().flat_map(|told| &told.reading.facts).map(|fact| &fact.what);
    let says = |wanted: fn(&What) -> bool| facts().any(wanted);
    let doubtful = items.is_none();
    let items = items.unwrap_or_default();
    let stands = says(|what| {
        matches!(
            what,
            What::Share(..)
                | What::Whole { .. }
                | What::Part
                | What::Milestone(_)
                | What::UnderWay
                | What::Remains { .. }
                | What::Stuck
                | What::Suspended
        )
    });
    // Who tells of several acts reports, though one part is another's.
    let stands = stands || facts().filter(|what| matches!(what, What::Act { .. })).count() > 1;
    let tells = says(|what| matches!(what, What::Problem(_) | What::Act { .. }));
    let asks_of_completion = says(|what| *what == What::Question(true));
    let asks_office = says(|what| matches!(what, What::Question(_)))
        && (manner::asks_of_the_office(plain) || manner::opens_with_question(plain) && !asks_of_completion);
    // 收到，将按照要求抓好落实: who only promises has read it.
    let promises = manner::opens_with_read(plain)
        && facts().all(|what| matches!(what, What::Civil | What::Beside | What::Planned | What::Open { .. }))
        && told.iter().all(|told| told.reading.unexplained.is_empty());
    let intent = match () {
        () if doubtful || open => Intent::Unclear,
        () if promises => Intent::Read,
        () if says(|what| matches!(what, What::MoreTime(_))) => Intent::Extension,
        () if says(|what| *what == What::NotOurs) && !stands => Intent::Transfer,
        () if asks_office && !stands => Intent::Query,
        () if asks_of_completion && !says(|what| matches!(what, What::Share(..))) => Intent::Unclear,
        () if says(|what| *what == What::Demand) && !stands => Intent::Unclear,
        () if says(|what| *what == What::Later)
            && !stands
            && !tells
            && (!says(|what| *what == What::Planned) || wish::answers_later(plain)) =>
        {
            Intent::Defer
        }
        () if something => Intent::Report,
        () if asks_office => Intent::Query,
        () if says(|what| matches!(what, What::Question(_))) => Intent::Unclear,
        () if says(|what| *what == What::Later) => Intent::Defer,
        () if manner::opens_with_read(plain) => Intent::Read,
        () if says(|what| *what == What::Beside) => Intent::Chatter,
        () => Intent::Unclear,
    };
    match intent {
        Intent::Report | Intent::Extension if something => {
            Understanding { aside: asides(&typed, &told, &items), items, ..only(intent) }
        }
        Intent::Transfer | Intent::Defer => Understanding { aside: asides(&typed, &told, &[]), ..only(intent) },
        Intent::Unclear if something => Understanding { likely: likeliest(&items), ..only(intent) },
        Intent::Unclear => Understanding { unclear: items, likely, ..only(intent) },
        _ => only(intent),
    }
}

/// How the one task stands that is spoken of, where something is understood of it that is to be asked nevertheless.
fn likeliest(items: &[Item]) -> Option<Status> {
    match items {
        [only] => only.status,
        _ => None,
    }
}

/// Of each task what is said beside how it stands; nothing where `items` say how it stands.
fn asides(typed: &Typed, told: &[Told], items: &[Item]) -> Vec<Item> {
    let mut asides: Vec<Item> = Vec::new();
    for part in told {
        let says = |wanted: What| part.reading.facts.iter().any(|fact| fact.what == wanted);
        let aside = match () {
            () if says(What::NotOurs) => Aside::Transfer,
            () if says(What::Later) => Aside::Defer,
            () => continue,
        };
        let stands = |task: &Option<String>| items.iter().any(|item| item.task == *task && !item.is_empty());
        let is_known = |task: &Option<String>| asides.iter().any(|known| known.task == *task);
        let wanted = |task: &&Option<String>| !stands(task) && !is_known(task) && (task.is_some() || items.is_empty());
        let tasks: Vec<_> = part.tasks.iter().filter(wanted).cloned().collect();
        let words: Vec<String> = part.words.iter().map(|range| typed.words(range)).collect();
        let item = |task| Item { task, words: words.join("，"), aside: Some(aside), ..Item::default() };
        asides.extend(tasks.into_iter().map(item));
    }
    asides
}

/// The parts of the words with the tasks that they are about: by their numbers, else by what they name.
fn segments(plain: &str, named: &[Named]) -> Vec<address::Segment> {
    let numbers: Vec<String> = named.iter().map(|task| task.number.clone()).collect();
    let segments = address::segments(plain, &numbers);
    let [address::Segment { tasks, rest: false, words, .. }] = segments.as_slice() else { return segments };
    if tasks.as_slice() != [None] || words.len() != 1 {
        return segments;
    }
    let parts = topic::parts(plain, named);
    if parts.iter().all(|(task, _)| task.is_none()) {
        return segments;
    }
    let segment = |(task, words): (Option<usize>, std::ops::Range<usize>)| address::Segment {
        tasks: vec![task.map(|task| numbers[task].clone())],
        rest: false,
        words: vec![words],
        numbered: false,
    };
    parts.into_iter().map(segment).collect()
}

// As the task before: 42同上.
pattern!(SAME, "^(?:同上|同前|也?一样|也是|亦然|也同样)$");

/// The words by their tasks, and whether something in them must be asked about.
fn told(typed: &Typed, named: &[Named], on: NaiveDate) -> (Vec<Told>, bool) {
    let plain = typed.plain.as_str();
    let mut told: Vec<Told> = Vec::new();
    for segment in segments(plain, named) {
        let about: Vec<&Named> = segment
            .tasks
            .iter()
            .flatten()
            .filter_map(|number| named.iter().find(|task| task.number == *number))
            .collect();
        let words: String = segment.words.iter().map(|range| &plain[range.clone()]).collect();
        // 42同上
        let same = told.last().filter(|_| SAME.is_match(words.trim_matches(text::EDGES)));
        let reading = match same {
            Some(last) => last.reading.clone(),
            None => {
                let due: Vec<Due> = about.iter().flat_map(|task| milestone::dues(&task.text, on)).collect();
                let mut tokens = token::within(plain, &segment.words, segment.numbered);
                if let [Some(_)] = segment.tasks.as_slice() {
                    let title = about.first().map_or("", |task| task.text.as_str());
                    topic::point_out(plain, title, named.len() > 1 && !segment.numbered, &mut tokens);
                }
                reading::read(plain, &tokens, &due, on)
            }
        };
        told.push(Told { tasks: segment.tasks, rest: segment.rest, words: segment.words, reading });
    }
    let unsettled = discourse::settle(plain, &mut told);
    let overlooked = told.iter().any(|part| address::overlooks(plain, &part.words, &part.tasks, named));
    (told, unsettled || overlooked)
}

/// What it comes to for each task; where it is to be asked, what it most likely means, if there is only one task.
fn items(typed: &Typed, told: &[Told]) -> Result<Vec<Item>, Option<Status>> {
    let mut order: Vec<(Option<String>, bool)> = Vec::new();
    for part in told {
        for task in &part.tasks {
            if !order.iter().any(|(known, rest)| known == task && *rest == part.rest) {
                order.push((task.clone(), part.rest));
            }
        }
    }
    let several = order.len() > 1;
    let mut items: Vec<Item> = Vec::new();
    for (task, rest) in order {
        let about: Vec<&Told> = told.iter().filter(|part| part.rest == rest && part.tasks.contains(&task)).collect();
        // Of shares that were told of the same task apart, the last counts.
        let shares = |part: &Told| part.reading.facts.iter().any(|fact| matches!(fact.what, What::Share(..)));
        let last = about.iter().rposition(|part| shares(part)).unwrap_or(0);
        let counts = |at: usize, fact: &fact::Fact| at >= last || !matches!(fact.what, What::Share(..));
        let facts = about
            .iter()
            .enumerate()
            .flat_map(|(at, part)| part.reading.facts.iter().filter(move |fact| counts(at, fact)).cloned());
        let reading = Reading {
            facts: facts.collect(),
            unexplained: about.iter().flat_map(|part| part.reading.unexplained.clone()).collect(),
        };
        let judged = judgement::judge(typed, &reading);
        // A doubt about one of several tasks leaves the others as they are.
        let judged = match judged.likely {
            Some(likely) if !several => return Err(Some(likely)),
            Some(_) if task.is_none() => return Err(None),
            Some(_) => Item::default(),
            None => judged.item,
        };
        let mut item = Item { task, rest, ..judged };
        let said: String = about.iter().flat_map(|part| &part.words).map(|range| &typed.plain[range.clone()]).collect();
        item.whole = item.status == Some(Status::ClaimedDone) && milestone::means_the_whole(&said);
        let words: Vec<String> = about.iter().flat_map(|part| &part.words).map(|range| typed.words(range)).collect();
        item.words = words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("，");
        // A task that was named is asked about where what was said of it is not understood.
        let beside =
            |fact: &fact::Fact| matches!(fact.what, What::Civil | What::Later | What::Beside | What::NotOurs | What::NoProblem(_));
        let civil = reading.facts.iter().all(beside) && (!reading.facts.is_empty() || reading.unexplained.is_empty());
        let named = item.task.is_some() && several && !civil;
        let leads_up = several && item.task.is_none() && !rest && says_little(&item);
        if (!item.is_empty() || named) && !leads_up {
            items.push(item);
        }
    }
    let shares = |part: &&Told| {
        let words: String = part.words.iter().map(|range| &typed.plain[range.clone()]).collect();
        share::in_order(&words, part.tasks.len())
    };
    for part in told.iter().filter(|part| part.tasks.len() > 1) {
        for (task, share) in part.tasks.iter().zip(shares(&part)) {
            if let Some(item) = items.iter_mut().find(|item| item.task == *task) {
                (item.status, item.percent) = (Some(Status::InProgress), Some(share));
            }
        }
    }
    Ok(items)
}

/// Whether something goes on and no more is said: 现将进展报告如下.
fn says_little(item: &Item) -> bool {
    item.without_address() == Item { status: Some(Status::InProgress), ..Item::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A date says one day in an extension, in a step and in a question.
    #[test]
    fn a_date_means_one_day_wherever_it_stands() {
        let on: NaiveDate = "2019-06-27".parse().unwrap();
        for (words, day) in [
            ("2020年底", "2020-12-31"),
            ("今年年底", "2019-12-31"),
            ("年底前", "2019-12-31"),
            ("9月30日", "2019-09-30"),
            ("9月30", "2019-09-30"),
            ("三月底", "2020-03-31"),
            ("明年3月底", "2020-03-31"),
            ("十月三十一日", "2019-10-31"),
            ("10月上旬", "2019-10-10"),
            ("8月中旬", "2019-08-20"),
            ("2020年2月底", "2020-02-29"),
            ("2月29日", "2020-02-29"),
            ("2019.9.10", "2019-09-10"),
            ("2019-09-10", "2019-09-10"),
            ("2019/9/10前", "2019-09-10"),
            ("第三季度末", "2019-09-30"),
            ("一季度末", "2020-03-31"),
            ("国庆前", "2019-09-30"),
            ("春节前", "2020-01-24"),
            ("月底", "2019-06-30"),
            ("本月底", "2019-06-30"),
            ("下个月底", "2019-07-31"),
            ("下月15日", "2019-07-15"),
            ("15号", "2019-07-15"),
            ("30号", "2019-06-30"),
            ("下周五", "2019-07-05"),
            ("周五前", "2019-06-28"),
            ("9月15日至10月8日", "2019-10-08"),
        ] {
            let until = format!("{}前到期", words.trim_end_matches('前'));
            let asked = understand_coordinator(&until, &[], on).query.and_then(|query| query.to);
            let wished = understand_contact(&format!("申请延期至{words}"), &Named::by_numbers(&["5".to_owned()]), on);
            let wished = wished.items.first().and_then(|item| item.extend_to);
            let planned = |line: String| steps::breakdown(&line, on).steps.first().map(|step| step.due);
            let (first, last) = (planned(format!("{words} 系统联调")), planned(format!("系统联调 {words}")));
            let found = [("asked", asked), ("wished", wished), ("planned first", first), ("planned last", last)];
            for (where_it_stands, found) in found {
                assert_eq!(found.map(|day| day.to_string()).as_deref(), Some(day), "{words}, {where_it_stands}");
            }
        }
    }
}
