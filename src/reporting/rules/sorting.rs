//! Sorts what a message says by the duties that it is about.

use crate::deciding::case::Case;
use crate::office::duty::{Duty, Role};
use crate::office::status::Status;
use crate::reporting::rules;
use crate::reporting::statement::Statement;
use crate::understanding::{Aside, Group, Item, groups};

/// What a statement is about, sorted.
#[derive(Default)]
pub struct Sorted<'a> {
    /// Duties of the unit with what was said of each.
    pub known: Vec<(&'a Duty, Item)>,
    /// What is to be asked about, part by part.
    pub open: Vec<Open<'a>>,
    /// Numbers that are none of the unit's tasks.
    pub foreign: Vec<String>,
}

/// A part of a statement of which only the speaker can tell the task or the meaning.
pub struct Open<'a> {
    /// The duties that it may be about: the one that was named, those that share its number; all where nothing tells.
    pub duties: Vec<&'a Duty>,
    pub item: Item,
    /// Whether nobody understood it.
    pub unclear: bool,
}

impl Open<'_> {
    /// Whether it is about this duty and no other.
    pub fn is_about(&self, duty: &Duty) -> bool {
        matches!(self.duties.as_slice(), [only] if only.id == duty.id)
    }

    pub fn may_be_about(&self, duty: &Duty) -> bool {
        self.duties.is_empty() || self.duties.iter().any(|candidate| candidate.id == duty.id)
    }
}

impl<'a> Sorted<'a> {
    /// What was said of the same, in the same message, is asked about once.
    fn ask(&mut self, duties: Vec<&'a Duty>, item: Item, unclear: bool) {
        let same = |open: &&mut Open| {
            open.item.task == item.task && open.item.plan == item.plan && open.item.rest == item.rest
        };
        match self.open.iter_mut().find(same) {
            Some(open) => {
                merge(&mut open.item, item);
                open.unclear &= unclear;
            }
            None => self.open.push(Open { duties, item, unclear }),
        }
    }

    /// What is said of a duty again, in the same message, completes what was said before or takes its place: one message is
    /// one report on each duty.
    fn learn(&mut self, duty: &'a Duty, item: Item) {
        let Some((_, known)) = self.known.iter_mut().find(|(known, _)| known.id == duty.id) else {
            return self.known.push((duty, item));
        };
        if item.status.is_some() || item.percent.is_some() {
            (known.status, known.percent, known.whole) = (item.status, item.percent, item.whole);
            // 6月底前的已完成，其余推进中 claims one date and goes on with the others.
            if item.milestone.is_some() || item.status != Some(Status::InProgress) {
                (known.milestone, known.milestone_status) = (item.milestone, item.milestone_status);
            }
        }
        known.unchanged = item.unchanged;
        append(&mut known.words, &item.words);
        known.problems_over |= item.problems_over;
        known.extend_to = item.extend_to.or(known.extend_to);
        known.aside = known.aside.and(item.aside);
        for problem in item.problems {
            add_once(&mut known.problems, problem);
        }
        for practice in item.practices {
            add_once(&mut known.practices, practice);
        }
    }
}

/// Adds words of the same message.
fn append(words: &mut String, more: &str) {
    if !words.is_empty() && !more.is_empty() && words != more {
        words.push('，');
    }
    if words != more {
        words.push_str(more);
    }
}

fn add_once(lines: &mut Vec<String>, line: String) {
    if !lines.contains(&line) {
        lines.push(line);
    }
}

pub fn sort<'a>(case: &Case<'a>, statement: &Statement) -> Sorted<'a> {
    let mut sorted = Sorted::default();
    let items = with_own_words(&addressed(case, &statement.items));
    let (rest, named): (Vec<Item>, Vec<Item>) = items.into_iter().partition(|item| item.rest);
    for item in named {
        let unclear = item.is_empty() && rules::kept::evidence(case, statement).is_empty();
        let Some(number) = &item.task else {
            match of_plan(case, item.plan.as_deref()).as_slice() {
                [duty] if !unclear => sorted.learn(duty, standing_still(&item, duty)),
                duties => sorted.ask(duties.to_vec(), item, unclear),
            }
            continue;
        };
        match duties_numbered(case, number, item.plan.as_deref()).as_slice() {
            [] => add_once(&mut sorted.foreign, number.clone()),
            [duty] if unclear => sorted.ask(vec![duty], item, true),
            [duty] => sorted.learn(duty, standing_still(&item, duty)),
            // The same number in two plans: nobody but the speaker knows which.
            several => sorted.ask(several.to_vec(), item, unclear),
        }
    }
    sort_rest(case, &mut sorted, &rest, statement);
    sorted
}

/// What words name together is told of each of these tasks; where that cannot be told apart, of none in particular.
fn addressed(case: &Case<'_>, items: &[Item]) -> Vec<Item> {
    let named: Vec<&Duty> = case.place.named.iter().filter_map(|task| case.duty_in(task.id)).collect();
    let mut addressed = Vec::new();
    for item in items {
        let meant: Option<Vec<&Duty>> = match groups(&item.words).as_slice() {
            _ if named.len() < 2 => None,
            [] if item.task.is_none() && item.aside == Some(Aside::Defer) => Some(all_open(&named)),
            [] => None,
            [group] => Some(named.iter().filter(|duty| is_of(*group, duty)).copied().collect()),
            _ => Some(Vec::new()),
        };
        let told = match (meant, &item.task) {
            (None, _) => vec![item.clone()],
            (Some(meant), _) if meant.is_empty() => vec![Item { task: None, rest: false, ..item.clone() }],
            (Some(meant), Some(number)) if meant.iter().any(|duty| duty.task.number == *number) => {
                vec![item.clone()]
            }
            (Some(_), Some(_)) => Vec::new(),
            (Some(meant), None) => {
                let of = |duty: &&Duty| Item { task: Some(duty.task.number.clone()), ..item.clone() };
                meant.iter().map(of).collect()
            }
        };
        for item in told {
            if !addressed.contains(&item) {
                addressed.push(item);
            }
        }
    }
    addressed
}

/// 其余 means what is open and was not told of today; where that is nothing, it is asked which tasks are meant.
fn sort_rest<'a>(case: &Case<'a>, sorted: &mut Sorted<'a>, rest: &[Item], said: &Statement) {
    let of_message = |duty: &Duty| {
        sorted.known.iter().any(|(known, _)| known.id == duty.id) || sorted.open.iter().any(|open| open.is_about(duty))
    };
    let told = |duty: &Duty| of_message(duty) || is_settled(case, duty, said);
    let numbered = |item: &&Item| {
        item.task.as_ref().map_or(Vec::new(), |number| duties_numbered(case, number, item.plan.as_deref()))
    };
    let left: Vec<(&Duty, Item)> = rest
        .iter()
        .flat_map(|item| numbered(&item).into_iter().map(|duty| (duty, standing_still(item, duty))))
        .filter(|(duty, _)| !told(duty))
        .collect();
    if let ([], Some(item)) = (left.as_slice(), rest.first()) {
        let open = case.facts.duties.iter().filter(|duty| duty.status.is_open() && !told(duty)).collect();
        sorted.ask(open, Item { task: None, ..item.clone() }, false);
    }
    for (duty, item) in left {
        sorted.learn(duty, item);
    }
}

/// Whether a duty is no part of 其余: nothing of it is open, or it was told of today. What the message itself said of it
/// before an edit does not count.
fn is_settled(case: &Case<'_>, duty: &Duty, said: &Statement) -> bool {
    let before_edit = case.facts.earlier.iter().find(|report| report.duty == duty.id && !report.withdrawn);
    let day = |at| case.moment.day_of(at);
    match before_edit {
        Some(report) => !report.without.0.is_open(),
        None => !duty.status.is_open() || duty.last_report.as_ref().is_some_and(|last| day(last.at) == day(said.at)),
    }
}

/// The unit's duties with this number, of the plan with this short name where the words named one: those that the answered
/// message named, where it named any such.
pub fn duties_numbered<'a>(case: &Case<'a>, number: &str, plan: Option<&str>) -> Vec<&'a Duty> {
    let of_plan = |duty: &&Duty| plan.is_none() || duty.plan_name.as_deref() == plan;
    let all: Vec<&Duty> = case.facts.duties.iter().filter(|duty| duty.task.number == number).filter(of_plan).collect();
    let is_named = |duty: &&&Duty| case.place.named.iter().any(|task| task.id == duty.task.id);
    let named: Vec<&Duty> = all.iter().filter(is_named).copied().collect();
    if named.is_empty() { all } else { named }
}

/// The duties of the plan that words named without a task: those that the answered message named, else all that are open.
fn of_plan<'a>(case: &Case<'a>, plan: Option<&str>) -> Vec<&'a Duty> {
    let Some(plan) = plan else { return Vec::new() };
    let of_plan: Vec<&Duty> = case.facts.duties.iter().filter(|duty| duty.plan_name.as_deref() == Some(plan)).collect();
    let named = |duty: &&&Duty| case.place.named.iter().any(|task| task.id == duty.task.id);
    let named: Vec<&Duty> = of_plan.iter().filter(named).copied().collect();
    let open = || of_plan.iter().filter(|duty| duty.status.is_open()).copied().collect();
    if named.is_empty() { open() } else { named }
}

fn is_of(group: Group, duty: &Duty) -> bool {
    (duty.role == Role::Lead) == (group == Group::Led)
}

/// 稍后反馈 means all that were named and are open; where none is, all.
fn all_open<'a>(named: &[&'a Duty]) -> Vec<&'a Duty> {
    let open: Vec<&Duty> = named.iter().filter(|duty| duty.status.is_open()).copied().collect();
    if open.is_empty() { named.to_vec() } else { open }
}

/// 无进展 says how a duty stands only where it is under way; else it stands as it stood.
pub fn standing_still(item: &Item, duty: &Duty) -> Item {
    let stays = item.unchanged && duty.status != Status::InProgress;
    Item { status: item.status.filter(|_| !stays), ..item.clone() }
}

/// Adds what was said of the same to what was said before.
fn merge(known: &mut Item, item: Item) {
    known.status = known.status.or(item.status);
    known.percent = known.percent.or(item.percent);
    known.milestone = known.milestone.or(item.milestone);
    known.milestone_status = known.milestone_status.or(item.milestone_status);
    known.whole |= item.whole;
    known.extend_to = known.extend_to.or(item.extend_to);
    known.problems.extend(item.problems);
    known.unchanged |= item.unchanged;
    known.problems_over |= item.problems_over;
    known.practices.extend(item.practices);
    known.aside = known.aside.or(item.aside);
    if known.reports() {
        known.aside = None;
    }
    append(&mut known.words, &item.words);
}

/// The words of each item, which are empty where the whole message is about it: where it says nothing else of another.
fn with_own_words(items: &[Item]) -> Vec<Item> {
    let differ = items.iter().any(|item| item.words != items[0].words);
    let own = |item: &Item| Item { words: if differ { item.words.clone() } else { String::new() }, ..item.clone() };
    items.iter().map(own).collect()
}
