//! Reading plan documents: the seed to the letter, the demonstration plan, and a score over all labelled documents.

use std::fs;
use std::path::{Path, PathBuf};

use duban::office::plan::{Draft, DraftTask};
use duban::plan;
use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::plan_score::{Counts, add, counts, f1, number_of, print_scores};

const DEMO_PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/demo-plan.txt");

/// The labelled documents; `None` with a printed notice where they are not at hand.
fn labelled() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/plans");
    if !folder.is_dir() {
        println!("skipped: no labelled plans at {}", folder.display());
        return None;
    }
    Some(folder)
}

fn read(path: &Path) -> Draft {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    plan::read(&path.file_name().unwrap_or_default().to_string_lossy(), &bytes).unwrap()
}

fn label(folder: &Path, name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join(name).with_extension("json")).unwrap()).unwrap()
}

fn text_of(folder: &Path, name: &str, label: &Value) -> PathBuf {
    folder.join(label["source_text"].as_str().map_or(format!("{name}.txt"), str::to_owned))
}

/// The fields of a document that differ from its label.
#[derive(Default)]
struct Score {
    differences: Vec<String>,
}

impl Score {
    fn compare(&mut self, what: &str, expected: &Value, found: &Value) {
        if expected != found {
            self.differences.push(format!("{what}: expected {expected}, found {found}"));
        }
    }
}

fn json<T: serde::Serialize>(value: T) -> Value {
    serde_json::to_value(value).unwrap()
}

fn score(label: &Value, draft: &Draft) -> Score {
    let mut score = Score::default();
    score.compare("title", &label["title"], &json(&draft.title));
    score.compare("document number", &label["doc_number"], &json(&draft.document_number));
    score.compare("issuer", &label["issuer"], &json(&draft.issuer));
    score.compare("issued on", &label["issued_on"], &json(draft.issued_on));
    if let Some(sections) = label["sections"].as_array() {
        score.compare("number of sections", &json(sections.len()), &json(draft.sections.len()));
        for (expected, found) in sections.iter().zip(&draft.sections) {
            score.compare("section's ordinal", &expected["ordinal"], &json(&found.ordinal));
            score.compare("section's title", &expected["title"], &json(&found.title));
        }
    }
    let tasks = label["tasks"].as_array().unwrap();
    score.compare("number of tasks", &json(tasks.len()), &json(draft.tasks.len()));
    for expected in tasks {
        let number = number_of(&expected["no"]);
        match draft.tasks.iter().find(|task| task.number == number) {
            Some(found) => compare_task(&mut score, &number, expected, found),
            None => score.compare(&format!("task {number}"), &json(true), &json(false)),
        }
    }
    score
}

fn compare_task(score: &mut Score, number: &str, expected: &Value, found: &DraftTask) {
    let mut compare = |field: &str, expected: &Value, found: Value| {
        score.compare(&format!("task {number}, {field}"), expected, &found);
    };
    if expected.get("section").is_some() {
        compare("section", &expected["section"], json(&found.section));
    }
    let head = |text: &str| text.chars().filter(|character| !character.is_whitespace()).take(12).collect::<String>();
    // A label's head runs into the responsibility where the text itself is shorter.
    let expected_head: String = expected["text_head"].as_str().map(head).unwrap_or_default();
    let found_head = head(&found.text);
    let length = found_head.chars().count();
    compare("text", &json(expected_head.chars().take(length).collect::<String>()), json(&found_head));
    compare("leads", &expected["leads"], json(&found.leads));
    compare("responsible", &expected["responsible"], json(&found.responsible));
    compare("supporting", &expected["support"], json(&found.supporting));
    compare("collectives", &expected["collective"], json(&found.collectives));
    compare("mode", &expected["mode"], json(found.mode));
    let deadlines = expected["deadlines"].as_array().unwrap();
    compare("number of dates", &json(deadlines.len()), json(found.milestones.len()));
    for (deadline, milestone) in deadlines.iter().zip(&found.milestones) {
        compare("date's words", &deadline["text"], json(&milestone.text));
        compare("date's kind", &deadline["kind"], json(milestone.kind));
        compare("date", &deadline["date"], json(milestone.due));
        compare("date's scope", &deadline["scope"], json(&milestone.scope));
        let ambiguous = deadline["ambiguous"].as_bool().unwrap_or(false);
        compare("date's doubt", &json(ambiguous), json(milestone.doubt.is_some()));
    }
}

#[test]
fn the_seed_to_the_letter() {
    let Some(folder) = labelled() else { return };
    let label = label(&folder, "hunan2019");
    let draft = read(&text_of(&folder, "hunan2019", &label));
    assert_eq!(score(&label, &draft).differences, Vec::<String>::new());
    for (expected, found) in label["tasks"].as_array().unwrap().iter().zip(&draft.tasks) {
        // The label's hash is that of the text with the brackets that close it.
        let labelled_text = format!("{}{}", found.text, expected["bracket_raw"].as_str().unwrap());
        let hash: String = Sha256::digest(&labelled_text).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(expected["text_sha256"], json(hash), "{}", found.text);
        assert_eq!(expected["targets"], json(&found.targets), "{}", found.number);
    }
    let messages: Vec<&str> = draft.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, ["第4项的“省直相关部门”没有写明是哪些单位。"]);
}

#[test]
fn the_demonstration_plan_is_the_seed_in_other_words() {
    let Some(folder) = labelled() else { return };
    let label = label(&folder, "hunan2019");
    let seed = read(&text_of(&folder, "hunan2019", &label));
    let demo = read(Path::new(DEMO_PLAN));
    let heading =
        |draft: &Draft| (draft.title.clone(), draft.document_number.clone(), draft.issuer.clone(), draft.issued_on);
    assert_eq!(heading(&demo), heading(&seed));
    let ordinals = |draft: &Draft| draft.sections.iter().map(|section| section.ordinal.clone()).collect::<Vec<_>>();
    assert_eq!(ordinals(&demo), ordinals(&seed));
    let without_text = |draft: Draft| {
        draft.tasks.into_iter().map(|task| DraftTask { text: String::new(), ..task }).collect::<Vec<_>>()
    };
    assert_eq!(without_text(demo), without_text(seed));
}

#[test]
fn labelled_documents_score() {
    const FLOOR: f64 = 0.98;
    let Some(folder) = labelled() else { return };
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let mut overall = Counts::default();
    println!("{:60} {:22} {:22} {:22}", "F1 (right/found/labelled)", "tasks", "units with roles", "dates");
    for name in &names {
        let label = label(&folder, name);
        let draft = read(&text_of(&folder, name, &label));
        let counts = counts(&draft, &label);
        print_scores(name, counts);
        score(&label, &draft).differences.iter().for_each(|difference| println!("    {difference}"));
        add(&mut overall, counts);
        assert!(name != "hunan2019" || counts.map(f1) == [1.0; 3], "the seed is read without a fault");
    }
    print_scores("all", overall);
    assert!(overall.into_iter().all(|counts| f1(counts) >= FLOOR));
}

/// What may happen to a document on its way: pieces removed, doubled or swapped, brackets and marks changed.
pub fn mutated(text: &str, changes: &[(usize, usize, u8)]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for (from, length, change) in changes {
        let from = from % characters.len().max(1);
        let to = (from + length % 40).min(characters.len());
        match change % 7 {
            0 => drop(characters.drain(from..to)),
            1 => {
                let piece = characters[from..to].to_vec();
                characters.splice(from..from, piece);
            }
            2 => characters[from..to].reverse(),
            3 => characters.retain(|character| *character != '\n'),
            // Stops and brackets are lost.
            4 => {
                let words: Vec<char> =
                    characters[from..to].iter().copied().filter(|sign| sign.is_alphanumeric()).collect();
                characters.splice(from..to, words);
            }
            5 => characters.insert(from, '\n'),
            // A piece has moved.
            _ => {
                let piece: Vec<char> = characters.drain(from..to).collect();
                let at = length % (characters.len() + 1);
                characters.splice(at..at, piece);
            }
        }
    }
    characters.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_document_is_answered(changes in prop::collection::vec(any::<(usize, usize, u8)>(), 1..30)) {
        let text = fs::read_to_string(DEMO_PLAN).unwrap();
        let _ = plan::read("plan.txt", mutated(&text, &changes).as_bytes());
    }
}

#[test]
fn one_very_long_line_is_read_in_linear_time() {
    let text = fs::read_to_string(DEMO_PLAN).unwrap().replace('\n', "");
    let draft = plan::read("plan.txt", text.repeat(40).as_bytes()).unwrap();
    assert!(draft.tasks.len() >= 33);
    let units: String = (0..20_000).map(|number| format!("县{number}局、")).collect();
    let draft = plan::read("plan.txt", format!("1.修缮库房。（{units}按职责分工负责）").as_bytes()).unwrap();
    assert_eq!(draft.tasks[0].responsible.len(), 20_000);
}
