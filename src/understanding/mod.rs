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
pub use question::{Query, QueryKind, commanded, days, nearest, understand_coordinator};
use reading::Reading;
use text::Typed;

/// Explains how a contact's words are understood.
pub fn explain(text: &str, named: &[Named], on: NaiveDate) -> Why {
    let typed = Typed::new(text);
    if numerals::count(&typed.plain) > MOST_NUMBERS {
        return Why { facts: Vec::new(), unexplained: vec![text.to_owned()] };
    }
    let mut why = Why::default();
    for part in told(&typed, named, on) {
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
    let tokens = token::within(&typed.plain, std::slice::from_ref(&whole));
    clause::clauses(&typed.plain, &tokens).iter().any(manner::asks)
}

/// Whether the words are this task's number and nothing else.
pub fn is_number(text: &str, number: &str) -> bool {
    let typed = Typed::new(text.trim());
    address::number(&typed.plain).is_some_and(|read| read == number)
}

/// Telling the tasks of a longer list of numbers apart would take long; nobody reports on so many at once.
const MOST_NUMBERS: usize = 400;

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
    let typed = Typed::new(text);
    let Some(own) = manner::own_words(&typed.plain) else {
        return only(Intent::Unclear);
    };
    let typed = typed.from(own);
    let plain = typed.plain.as_str();
    if numerals::count(plain) > MOST_NUMBERS {
        return only(Intent::Unclear);
    }
    if manner::is_chatter(plain) {
        return only(Intent::Chatter);
    }
    if manner::says_read(plain) {
        return only(Intent::Read);
    }
    if manner::takes_back(plain) {
        return only(Intent::Withdraw);
    }
    let told = told(&typed, named, on);
    let (items, likely) = match items(&typed, &told) {
        Ok(items) => (Some(items), None),
        Err(likely) => (None, likely),
    };
    let facts = || told.iter().flat_map(|told| &told.reading.facts).map(|fact| &fact.what);
    let says = |wanted: fn(&What) -> bool| facts().any(wanted);
    let doubtful = items.is_none();
    let items = items.unwrap_or_default();
    let something = items.iter().any(|item| !item.is_empty());
    let stands = says(|what| {
        matches!(
            what,
            What::Share(..)
                | What::Whole
                | What::Part
                | What::Milestone(_)
                | What::UnderWay
                | What::Remains
                | What::Stuck
                | What::Suspended
        )
    });
    let intent = match () {
        () if doubtful => Intent::Unclear,
        () if says(|what| matches!(what, What::MoreTime(_))) => Intent::Extension,
        () if says(|what| *what == What::NotOurs) && !stands => Intent::Transfer,
        () if says(|what| matches!(what, What::Question(_))) && manner::asks_of_the_office(plain) && !stands => {
            Intent::Query
        }
        () if says(|what| *what == What::Demand) && !stands => Intent::Unclear,
        () if something => Intent::Report,
        () if says(|what| *what == What::Question(true)) && !manner::asks_of_the_office(plain) => Intent::Unclear,
        () if says(|what| matches!(what, What::Question(_))) && manner::asks_of_the_office(plain) => Intent::Query,
        () if says(|what| matches!(what, What::Question(_))) => Intent::Unclear,
        () if says(|what| *what == What::Later) => Intent::Defer,
        () if manner::opens_with_read(plain) => Intent::Read,
        () if says(|what| *what == What::Beside) => Intent::Chatter,
        () => Intent::Unclear,
    };
    match intent {
        Intent::Report | Intent::Extension => {
            Understanding { aside: asides(&typed, &told, &items), items, ..only(intent) }
        }
        Intent::Transfer | Intent::Defer => Understanding { aside: asides(&typed, &told, &[]), ..only(intent) },
        Intent::Unclear => Understanding { likely: likely.or_else(|| likeliest(&items)), ..only(intent) },
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
    let [address::Segment { tasks, rest: false, words }] = segments.as_slice() else { return segments };
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
    };
    parts.into_iter().map(segment).collect()
}

// As the task before: 42同上.
pattern!(SAME, "^(?:同上|同前|也?一样|也是|亦然|也同样)$");

fn told(typed: &Typed, named: &[Named], on: NaiveDate) -> Vec<Told> {
    let plain = typed.plain.as_str();
    let mut told: Vec<Told> = Vec::new();
    for segment in segments(plain, named) {
        let due: Vec<Due> = segment
            .tasks
            .iter()
            .flatten()
            .filter_map(|number| named.iter().find(|task| task.number == *number))
            .flat_map(|task| milestone::dues(&task.text, on))
            .collect();
        let tokens = token::within(plain, &segment.words);
        let reading = reading::read(plain, &tokens, &due, on);
        // 42同上
        let words: String = segment.words.iter().map(|range| &plain[range.clone()]).collect();
        let reading = match (SAME.is_match(words.trim_matches(text::EDGES)), told.last()) {
            (true, Some(last)) => last.reading.clone(),
            _ => reading,
        };
        told.push(Told { tasks: segment.tasks, rest: segment.rest, words: segment.words, reading });
    }
    discourse::settle(plain, &mut told);
    told
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
        if judged.likely.is_some() {
            return Err(judged.likely.filter(|_| !several));
        }
        let mut item = Item { task, rest, ..judged.item };
        let said: String = about.iter().flat_map(|part| &part.words).map(|range| &typed.plain[range.clone()]).collect();
        item.whole = item.status == Some(Status::ClaimedDone) && milestone::means_the_whole(&said);
        let words: Vec<String> = about.iter().flat_map(|part| &part.words).map(|range| typed.words(range)).collect();
        item.words = words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("，");
        // A task that was named is asked about where what was said of it is not understood.
        let beside =
            |fact: &fact::Fact| matches!(fact.what, What::Civil | What::Later | What::Beside | What::NoProblem(_));
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
    if items.iter().all(Item::is_empty) {
        items.clear();
    }
    Ok(items)
}

/// Whether something goes on and no more is said: 现将进展报告如下.
fn says_little(item: &Item) -> bool {
    item.without_address() == Item { status: Some(Status::InProgress), ..Item::default() }
}
