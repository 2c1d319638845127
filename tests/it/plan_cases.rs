//! Documents by other hands, each small, with what a clerk reads in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use duban::office::plan::DraftTask;
use duban::plan;
use serde_json::{Value, json};

/// What is compared of a task: units with their part, and kinds and days of dates in any order.
fn facts(task: &DraftTask) -> BTreeSet<String> {
    let parts = [
        ("leads", &task.leads),
        ("responsible", &task.responsible),
        ("support", &task.supporting),
        ("collective", &task.collectives),
    ];
    let units = parts.iter().flat_map(|(part, names)| names.iter().map(move |name| format!("{part} {name}")));
    let dates = task.milestones.iter().map(|milestone| format!("{} {}", json!(milestone.kind), json!(milestone.due)));
    units.chain(dates).chain([format!("mode {}", json!(task.mode))]).collect()
}

fn labelled(label: &Value) -> BTreeSet<String> {
    let names = |part: &'static str| {
        label[part].as_array().into_iter().flatten().map(move |name| format!("{part} {}", name.as_str().unwrap_or("")))
    };
    let units = ["leads", "responsible", "support", "collective"].into_iter().flat_map(names);
    let dates = label["deadlines"].as_array().into_iter().flatten();
    let dates = dates.map(|date| format!("{} {}", date["kind"], date["date"]));
    units.chain(dates).chain([format!("mode {}", label["mode"])]).collect()
}

fn dense(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

#[test]
fn documents_by_other_hands_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/plans");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: no documents at {}", folder.display());
        return;
    };
    let mut faults = Vec::new();
    for path in entries.map(|entry| entry.expect("readable").path()) {
        if path.extension().is_some_and(|extension| extension == "json") {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let label: Value =
            serde_json::from_slice(&fs::read(path.with_extension("json")).expect("a label")).expect("JSON");
        let draft = match plan::read(&name, &fs::read(&path).expect("readable")) {
            Ok(draft) => draft,
            Err(error) => {
                faults.push(format!("{name}: {error}"));
                continue;
            }
        };
        if let Some(title) = label.get("title") {
            assert_eq!(json!(draft.title), *title, "{name}");
        }
        for expected in label["tasks"].as_array().expect("tasks") {
            let number = expected["no"].as_str().expect("a number");
            // 一1 and 一、1 are the same number.
            let is_it = |task: &&DraftTask| task.number.replace('、', "") == number.replace('、', "");
            let Some(found) = draft.tasks.iter().find(is_it) else {
                faults.push(format!("{name}, {number}: not found"));
                continue;
            };
            let head = dense(expected["text_head"].as_str().unwrap_or_default());
            if !dense(&found.text).starts_with(&head) {
                faults.push(format!("{name}, {number}: the text is {}", found.text));
            }
            if let Some(words) = label["text_must_hold"][number].as_str().filter(|words| !found.text.contains(words)) {
                faults.push(format!("{name}, {number}: {words} is not in {}", found.text));
            }
            let (found, expected) = (facts(found), labelled(expected));
            if found != expected {
                faults.push(format!("{name}, {number}: {found:?} instead of {expected:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
