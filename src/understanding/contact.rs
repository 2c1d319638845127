//! A contact's answer to a message that named tasks: what it comes to for each of them, and what it wants.

use chrono::NaiveDate;

use crate::office::status::Status;
use crate::understanding::fact::{Fact, Reading, What};
use crate::understanding::item::{Aside, Explained, Intent, Item, Named, Understanding, Why};
use crate::understanding::score::{self, Score, Sense};
use crate::understanding::text::Typed;
use crate::understanding::told::{Told, own_words, told};
use crate::understanding::{asked, judgement, manner, milestone, opinion, printed, share, wish};

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
    let score = score::learnt();
    for opinion::Changed { words, sense } in opinion::second(score, text, named, by_rules(text, named, on)).1 {
        let reasons = match sense {
            Some(sense) => score.reasons(&words, sense),
            None => vec![words],
        };
        let what = sense.map_or("trouble", Sense::key);
        why.facts.extend(reasons.iter().filter_map(|reason| {
            let from = text[..text.find(reason.as_str())?].chars().count();
            Some(Explained { from, to: from + reason.chars().count(), what, rule: "score" })
        }));
    }
    why
}

/// Reads a contact's words. `named` are the tasks that the answered message named, in its order; `on` is the day on which the
/// words were said.
pub fn understand_contact(text: &str, named: &[Named], on: NaiveDate) -> Understanding {
    let Some(said) = printed::as_said(named) else { return as_said(text, named, on) };
    printed::as_printed(as_said(&printed::with_numbers(text, named), &said, on), named)
}

fn as_said(text: &str, named: &[Named], on: NaiveDate) -> Understanding {
    asked::or_question(weighed(score::learnt(), text, named, on), text, named, on)
}

/// The same with another score than that which was learnt.
pub fn weighed(score: &Score, text: &str, named: &[Named], on: NaiveDate) -> Understanding {
    opinion::second(score, text, named, by_rules(text, named, on)).0
}

/// What the rules alone make of the words, by which the weights are learnt.
pub fn by_rules(text: &str, named: &[Named], on: NaiveDate) -> Understanding {
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
    let intent = if items.is_none() || open || strays(&told, named) || wavers(plain, &told) {
        Intent::Unclear
    } else {
        intent(plain, &told, something)
    };
    let items = items.unwrap_or_default();
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

/// Whether several tasks are told of that the answered message did not name, more than it named: numbers of something else.
fn strays(told: &[Told], named: &[Named]) -> bool {
    let mut others: Vec<&String> = told.iter().flat_map(|part| part.tasks.iter().flatten()).collect();
    others.sort();
    others.dedup();
    others.retain(|number| !named.iter().any(|task| task.number == **number));
    !named.is_empty() && others.len() > named.len().max(1)
}

/// Whether one task's time is wished to be of two different days, and neither takes the other's place. What is asked for
/// plainly after what was only meant counts: 经贸处想延到9月底，直接申请延期到11月底.
fn wavers(plain: &str, told: &[Told]) -> bool {
    pattern!(PLAINLY, "申请|直接|干脆|请予|请求");
    told.iter().any(|part| {
        let days: Vec<(&Fact, NaiveDate)> = part
            .reading
            .facts
            .iter()
            .filter_map(|fact| match fact.what {
                What::MoreTime(Some(day)) => Some((fact, day)),
                _ => None,
            })
            .collect();
        let plainly = |fact: &Fact| PLAINLY.is_match(&plain[fact.range.clone()]);
        match days.as_slice() {
            [(first, day), .., (last, other)] => day != other && (plainly(first) || !plainly(last)),
            _ => false,
        }
    })
}

/// So many characters that nobody understands are more than talk beside the work.
const MUCH: usize = 12;

/// What is wanted by words of which everything is settled. `something`: they tell something of a task.
fn intent(plain: &str, told: &[Told], something: bool) -> Intent {
    let facts = || told.iter().flat_map(|told| &told.reading.facts).map(|fact| &fact.what);
    let says = |wanted: fn(&What) -> bool| facts().any(wanted);
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
                | What::NotBegun { .. }
        )
    });
    // Who tells of several acts reports, though one part is another's.
    let renounces = wish::renounces(plain);
    let stands = stands || !renounces && facts().filter(|what| matches!(what, What::Act { .. })).count() > 1;
    let tells = says(|what| matches!(what, What::Problem(_) | What::Act { .. }));
    // 报告收到38家，缺6家。缺的今天电话催过了: what nobody understands may tell of the work.
    let unexplained = told.iter().flat_map(|part| &part.reading.unexplained);
    let leaves_much = unexplained.map(|range| plain[range.clone()].chars().count()).sum::<usize>() >= MUCH;
    // 1：已报政务局。7：不归我们
    let not_ours = |part: &&Told| part.reading.facts.iter().any(|fact| fact.what == What::NotOurs);
    let acts =
        |part: &Told| part.reading.facts.iter().any(|fact| matches!(fact.what, What::Act { .. } | What::Problem(_)));
    let tasks = |part: &Told| part.tasks.iter().all(Option::is_some);
    let apart = told.iter().any(|part| !not_ours(&part) && acts(part) && tasks(part))
        && told.iter().filter(not_ours).all(tasks);
    let asks_of_completion = says(|what| *what == What::Question(true));
    let asks_office = says(|what| matches!(what, What::Question(_)))
        && (manner::asks_of_the_office(plain) || manner::opens_with_question(plain) && !asks_of_completion);
    // 收到，将按照要求抓好落实: who only promises has read it.
    let promises = manner::opens_with_read(plain)
        && facts().all(|what| matches!(what, What::Civil | What::Beside | What::Planned | What::Open { .. }))
        && told.iter().all(|told| told.reading.unexplained.is_empty());
    if promises {
        Intent::Read
    } else if says(|what| matches!(what, What::MoreTime(_))) {
        Intent::Extension
    } else if says(|what| *what == What::NotOurs) && !stands && !(apart && something) {
        Intent::Transfer
    } else if asks_office && !stands {
        Intent::Query
    } else if asks_of_completion && !says(|what| matches!(what, What::Share(..)))
        || says(|what| *what == What::Demand) && !stands
    {
        Intent::Unclear
    } else if says(|what| *what == What::Later)
        && !stands
        && !tells
        && !says(|what| *what == What::Unchanged)
        && (!says(|what| *what == What::Planned) || wish::answers_later(plain))
    {
        Intent::Defer
    } else if something {
        Intent::Report
    } else if asks_office {
        Intent::Query
    } else if manner::is_small_talk(plain) {
        Intent::Chatter
    } else if says(|what| matches!(what, What::Question(_))) {
        Intent::Unclear
    } else if says(|what| *what == What::Later) {
        Intent::Defer
    } else if manner::opens_with_read(plain) {
        Intent::Read
    } else if says(|what| *what == What::Beside) && !leaves_much {
        Intent::Chatter
    } else {
        Intent::Unclear
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
        let aside = if says(What::NotOurs) {
            Aside::Transfer
        } else if says(What::Later) {
            Aside::Defer
        } else {
            continue;
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

/// What it comes to for each task; where it is to be asked, what it most likely means, if there is only one task.
fn items(typed: &Typed, told: &[Told]) -> Result<Vec<Item>, Option<Status>> {
    let mut order: Vec<(Option<String>, bool)> = Vec::new();
    for part in told {
        for task in &part.tasks {
            let is_known =
                |(known, rest): &(Option<String>, bool)| known == task && (task.is_some() || *rest == part.rest);
            if !order.iter().any(is_known) {
                order.push((task.clone(), part.rest));
            }
        }
    }
    let several = order.len() > 1;
    let mut items: Vec<Item> = Vec::new();
    for (task, rest) in order {
        let is_about = |part: &&Told| (task.is_some() || part.rest == rest) && part.tasks.contains(&task);
        let about: Vec<&Told> = told.iter().filter(is_about).collect();
        // Of shares that were told of the same task apart, the last counts.
        let shares = |part: &Told| part.reading.facts.iter().any(|fact| matches!(fact.what, What::Share(..)));
        let last = about.iter().rposition(|part| shares(part)).unwrap_or(0);
        let counts = |at: usize, fact: &Fact| at >= last || !matches!(fact.what, What::Share(..));
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
        let beside = |fact: &Fact| {
            matches!(fact.what, What::Civil | What::Later | What::Beside | What::NotOurs | What::NoProblem(_))
        };
        let civil = reading.facts.iter().all(beside) && (!reading.facts.is_empty() || reading.unexplained.is_empty());
        let named = item.task.is_some() && several && !civil;
        let leads_up = several && item.task.is_none() && !rest && says_little(&item);
        // 10不变，33已办58人，其他照旧: where each is told of, nothing is left that could be unchanged.
        let of_none = several && item.task.is_none() && rest && item.unchanged;
        if (!item.is_empty() || named) && !leads_up && !of_none {
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
