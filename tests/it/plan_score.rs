//! How much of a labelled document was read: its tasks, their units with roles, and their dates.

use std::collections::BTreeSet;

use duban::domain::plan::{Draft, DraftMilestone, DraftTask, MilestoneKind};
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

fn facts(draft: &Draft) -> Facts {
    let mut facts = Facts::default();
    for task in &draft.tasks {
        let DraftTask { leads, responsible, supporting, collectives, .. } = task;
        let number = &dense(&task.number);
        facts[0].insert(number.clone());
        let roles =
            [("leads", leads), ("responsible", responsible), ("support", supporting), ("collective", collectives)];
        for (role, units) in roles {
            facts[1].extend(units.iter().map(|unit| format!("{number} {role} {unit}")));
        }
        let due = |milestone: &&DraftMilestone| !NO_DEADLINES.contains(&milestone.kind);
        let dates = task.milestones.iter().filter(due).filter_map(|milestone| milestone.due);
        facts[2].extend(dates.map(|due| format!("{number} {due}")));
    }
    facts
}

fn labelled_facts(label: &Value) -> Facts {
    let mut facts = Facts::default();
    for task in label["tasks"].as_array().unwrap() {
        let number = dense(&number_of(&task["no"]));
        for role in ["leads", "responsible", "support", "collective"] {
            let units = task[role].as_array().unwrap();
            facts[1].extend(units.iter().map(|unit| format!("{number} {role} {}", unit.as_str().unwrap())));
        }
        let deadlines = task["deadlines"].as_array().unwrap();
        let due = deadlines.iter().filter(|deadline| {
            !NO_DEADLINES.iter().any(|kind| deadline["kind"] == serde_json::to_value(kind).expect("JSON"))
        });
        facts[2].extend(due.filter_map(|deadline| Some(format!("{number} {}", deadline["date"].as_str()?))));
        facts[0].insert(number);
    }
    facts
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
