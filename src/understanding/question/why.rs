//! What a coordinator's question stands on: where it names a task, a unit or days, and which kind of question it is taken for.

use chrono::NaiveDate;

use super::{named, question};
use crate::chinese::span;
use crate::understanding::{Explained, Intent, Understanding, Why};

/// `read`: what was made of `text`. Positions are characters of the text as typed; what was asked stands on all of it.
pub fn why_so(text: &str, read: &Understanding, units: &[(String, String)], on: NaiveDate) -> Why {
    let all = text.chars().count();
    if matches!(read.intent, Intent::Unclear) && read.beyond.is_none() {
        return Why { facts: Vec::new(), unexplained: vec![text.to_owned()] };
    }
    let whole = |what, rule| Explained { from: 0, to: all, what, rule };
    let mut facts = vec![match (&read.query, read.intent) {
        (Some(_), _) => whole("query", "question"),
        (None, Intent::Order) => whole("order", "ordered"),
        (None, Intent::Chatter) => whole("chatter", "civil"),
        (None, _) => whole("beyond", "not_done_here"),
    }];
    if let Some(query) = &read.query {
        let unit = query.unit.as_deref().and_then(|unit| unit_named(text, unit, units));
        facts.extend(unit.map(|(from, to)| Explained { from, to, what: "unit", rule: "roll" }));
        let task = query.task.is_some().then(|| shortest(text, |part| named::task(&question(part)) == query.task));
        facts.extend(task.flatten().map(|(from, to)| Explained { from, to, what: "task", rule: "number" }));
        let days = (query.from, query.to);
        let says_days = |part: &str| span::read(&question(part), on).is_some_and(|span| (span.from, span.to) == days);
        let found = (days != (None, None)).then(|| shortest(text, says_days)).flatten();
        facts.extend(found.map(|(from, to)| Explained { from, to, what: "days", rule: "span" }));
    }
    Why { facts, unexplained: Vec::new() }
}

/// The longest of the unit's names that the text has.
fn unit_named(text: &str, unit: &str, units: &[(String, String)]) -> Option<(usize, usize)> {
    let names = units.iter().filter(|(_, full)| full == unit).map(|(name, _)| name.as_str()).chain([unit]);
    let found = names.filter_map(|name| Some((text.find(name)?, name))).max_by_key(|(_, name)| name.len())?;
    let from = text[..found.0].chars().count();
    Some((from, from + found.1.chars().count()))
}

/// The shortest part of the text, in characters, that says the same; texts of questions are short.
fn shortest(text: &str, says: impl Fn(&str) -> bool) -> Option<(usize, usize)> {
    const LONGEST: usize = 16;
    let at: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let ends = |length: usize| (0..at.len().saturating_sub(length)).map(move |from| (from, from + length));
    (1..=LONGEST.min(at.len() - 1)).flat_map(ends).find(|(from, to)| says(&text[at[*from]..at[*to]]))
}
