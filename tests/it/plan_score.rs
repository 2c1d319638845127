//! How much of a labelled document was read: its tasks, their units with roles, and their dates.

use std::collections::BTreeSet;

use duban::office::plan::{Draft, DraftTask, MilestoneKind};
use serde_json::Value;

/// 一1 and 一、1 are the same number.
pub fn dense(number: &str) -> String {
    number.replace('、', "")
}

pub fn number_of(label: &Value) -> String {
    label.as_str().map_or_else(|| label.to_string(), str::to_owned)
}

/// What a document says, as sets: its tasks, the units of each with their roles, and the dates that each is due.
type Facts = [BTreeSet<String>; 3];

/// One task's units with their roles, and the days that it is due.
pub type OfTask = [BTreeSet<String>; 2];

pub fn of_task(task: &DraftTask) -> OfTask {
    let DraftTask { leads, responsible, supporting, collectives, milestones, .. } = task;
    let roles = [("leads", leads), ("responsible", responsible), ("support", supporting), ("collective", collectives)];
    let units = roles.iter().flat_map(|(role, units)| units.iter().map(move |unit| format!("{role} {unit}")));
    let due = milestones.iter().filter(|date| !NO_DEADLINES.contains(&date.kind)).filter_map(|date| date.due);
    [units.collect(), due.map(|due| due.to_string()).collect()]
}

pub fn of_label(task: &Value) -> OfTask {
    let units = ["leads", "responsible", "support", "collective"].into_iter().flat_map(|role| {
        let units = task[role].as_array().unwrap().iter();
        units.map(move |unit| format!("{role} {}", unit.as_str().unwrap()))
    });
    let due = task["deadlines"].as_array().unwrap().iter().filter(|deadline| {
        !NO_DEADLINES.iter().any(|kind| deadline["kind"] == serde_json::to_value(kind).expect("JSON"))
    });
    [units.collect(), due.filter_map(|deadline| deadline["date"].as_str().map(str::to_owned)).collect()]
}

fn all_facts(tasks: impl Iterator<Item = (String, OfTask)>) -> Facts {
    let mut facts = Facts::default();
    for (number, [units, dates]) in tasks {
        facts[1].extend(units.iter().map(|unit| format!("{number} {unit}")));
        facts[2].extend(dates.iter().map(|date| format!("{number} {date}")));
        facts[0].insert(number);
    }
    facts
}

fn facts(draft: &Draft) -> Facts {
    all_facts(draft.tasks.iter().map(|task| (dense(&task.number), of_task(task))))
}

fn labelled_facts(label: &Value) -> Facts {
    all_facts(label["tasks"].as_array().unwrap().iter().map(|task| (dense(&number_of(&task["no"])), of_label(task))))
}

const NO_DEADLINES: [MilestoneKind; 2] = [MilestoneKind::Window, MilestoneKind::Start];

/// How many facts are right, were found, and were to be found.
pub type Counts = [(usize, usize, usize); 3];

pub fn f1((right, found, expected): (usize, usize, usize)) -> f64 {
    let all = found + expected;
    if all == 0 { 1.0 } else { f64::from(2 * right as u32) / f64::from(all as u32) }
}

pub fn print_scores(name: &str, counts: Counts) {
    let [tasks, units, dates] =
        counts.map(|counts| format!("{:.3} ({}/{}/{})", f1(counts), counts.0, counts.1, counts.2));
    println!("{name:60} {tasks:22} {units:22} {dates:22}");
}

pub fn counts(draft: &Draft, label: &Value) -> Counts {
    let (found, expected) = (facts(draft), labelled_facts(label));
    std::array::from_fn(|kind| {
        (found[kind].intersection(&expected[kind]).count(), found[kind].len(), expected[kind].len())
    })
}

pub fn add(sum: &mut Counts, counts: Counts) {
    for (sum, count) in sum.iter_mut().zip(counts) {
        *sum = (sum.0 + count.0, sum.1 + count.1, sum.2 + count.2);
    }
}
