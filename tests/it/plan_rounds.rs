//! Documents of the blind rounds, each laid out and labelled by somebody who knew only how plans are labelled.
//!
//! The figures of the first reading are in `docs/documents.md`; what is held here is that none of it gets worse. The files
//! lost their themes and settings to be small.

use std::fs;
use std::path::{Path, PathBuf};

use duban::office::plan::{Draft, DraftTask};
use duban::plan;
use serde_json::Value;

use super::plan_score::{Counts, add, counts, dense, f1, number_of, of_label, of_task, print_scores};

const ROUNDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/files/rounds");

/// Every document with its label.
pub fn documents() -> Vec<(PathBuf, Value)> {
    let folders = fs::read_dir(ROUNDS).expect("the rounds").map(|entry| entry.expect("a folder").path());
    let files = folders.flat_map(|folder| fs::read_dir(folder).expect("a folder")).map(|entry| entry.expect("a file"));
    let mut documents: Vec<PathBuf> =
        files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|ending| ending != "json")).collect();
    documents.sort();
    let labelled = |path: PathBuf| {
        let label = serde_json::from_slice(&fs::read(path.with_extension("json")).expect("a label")).expect("JSON");
        (path, label)
    };
    documents.into_iter().map(labelled).collect()
}

pub fn read(path: &Path) -> Draft {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    plan::read(&name, &fs::read(path).expect("readable")).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// How many tasks have a fault: with a doubt that tells of it, and without. Doubts about those that have none cost a clerk's time.
#[derive(Clone, Copy, Default)]
struct Faults {
    raised: usize,
    silent: usize,
    right: usize,
    right_but_doubted: usize,
}

fn faults(draft: &Draft, label: &Value) -> Faults {
    let mut faults = Faults::default();
    for expected in label["tasks"].as_array().into_iter().flatten() {
        let number = number_of(&expected["no"]);
        let found = draft.tasks.iter().find(|task| dense(&task.number) == dense(&number));
        let is_right = found.is_some_and(|found| of_task(found) == of_label(expected));
        let told = |task: &DraftTask| {
            let of_it = format!("第{}项", task.number);
            let doubted = draft.problems.iter().any(|problem| problem.message.contains(&of_it));
            doubted || task.milestones.iter().any(|date| date.doubt.is_some())
        };
        match found.is_some_and(told) {
            doubted if is_right => {
                faults.right += 1;
                faults.right_but_doubted += usize::from(doubted);
            }
            true => faults.raised += 1,
            false => faults.silent += 1,
        }
    }
    faults
}

#[test]
fn documents_of_the_rounds_score() {
    const FLOORS: [f64; 3] = [0.98, 0.98, 0.97];
    const MOST_SILENT: usize = 14;
    const MOST_DOUBTED: f64 = 0.13;
    let mut overall = Counts::default();
    let mut all = Faults::default();
    println!(
        "{:40} {:22} {:22} {:22} wrong, raised",
        "F1 (right/found/labelled)", "tasks", "units with roles", "dates"
    );
    for (path, label) in documents() {
        let draft = read(&path);
        let counts = counts(&draft, &label);
        let found = faults(&draft, &label);
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        print_scores(&format!("{name} ({} wrong, {} raised)", found.raised + found.silent, found.raised), counts);
        add(&mut overall, counts);
        all = Faults {
            raised: all.raised + found.raised,
            silent: all.silent + found.silent,
            right: all.right + found.right,
            right_but_doubted: all.right_but_doubted + found.right_but_doubted,
        };
    }
    print_scores("all", overall);
    println!("{} tasks with a fault, {} of them told by a doubt", all.raised + all.silent, all.raised);
    let doubted = f64::from(all.right_but_doubted as u32) / f64::from(all.right as u32);
    println!("{} of {} right tasks with a doubt", all.right_but_doubted, all.right);
    let scores = overall.map(f1);
    assert!(scores.iter().zip(FLOORS).all(|(score, floor)| *score >= floor), "{scores:?}");
    assert!(all.silent <= MOST_SILENT, "{} silent faults", all.silent);
    assert!(doubted <= MOST_DOUBTED, "{doubted} of the right tasks have a doubt");
}
