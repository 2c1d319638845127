//! Holds the sources to the rules of the map in `src/lib.rs`.

use std::fs;
use std::path::{Path, PathBuf};

/// A file without its tests may have so many lines.
const LONGEST_FILE: usize = 400;
/// Folders that decide and compute, and touch nothing but in their rows.
const PURE: [&str; 39] = [
    "areas/",
    "assigning/",
    "awaiting/",
    "binding/",
    "briefing/",
    "chat/",
    "chinese/",
    "citations/",
    "contacts/",
    "coordinators/",
    "copies/",
    "deciding/",
    "evidence/",
    "filing/",
    "history/",
    "importing/",
    "inspections/",
    "instructions/",
    "intent/",
    "later/",
    "nudges/",
    "office/",
    "paper/",
    "plan/",
    "practices/",
    "problems/",
    "questions/",
    "quiet/",
    "receipts/",
    "reminding/",
    "reporting/",
    "review/",
    "roll/",
    "schedule/",
    "settings/",
    "steps/",
    "transfers/",
    "understanding/",
    "unheard/",
];
/// Files of those folders that join what is pure to the database or the network.
const JOINTS: [&str; 7] = [
    "deciding/carrying_out.rs",
    "deciding/gathering.rs",
    "deciding/said.rs",
    "deciding/taken.rs",
    "evidence/fetching.rs",
    "filing/making.rs",
    "importing/fetching.rs",
];
const IMPURE_WORDS: [&str; 9] =
    ["sqlx", "tokio", "teloxide", "reqwest", "async ", ".await", "crate::store", "crate::clock", "crate::telegram"];
/// What reads the time anywhere but at its one door.
const TIME: [&str; 4] = ["Utc::now", "Local::now", "SystemTime", "Instant::now"];
const VAGUE_NAMES: [&str; 6] = ["utils", "util", "common", "models", "helpers", "services"];

/// The rules that a source file breaks. `path` is relative to `src`.
fn breaches(path: &str, text: &str) -> Vec<String> {
    let code = code_of(text);
    let mut breaches = Vec::new();
    let mut forbid = |words: &[&str], rule: &str| {
        let found = words.iter().filter(|word| code.contains(**word));
        breaches.extend(found.map(|word| format!("{path}: `{}`: {rule}", word.trim())));
    };
    let is_rows = path.ends_with("/rows.rs") || path.contains("/rows/");
    if PURE.iter().any(|folder| path.starts_with(folder)) && !is_rows && !JOINTS.contains(&path) {
        forbid(&IMPURE_WORDS, "this file is pure");
    }
    if !path.starts_with("store/") && !is_rows {
        forbid(&["sqlx"], "only `store` and rows have SQL");
    }
    if !path.starts_with("telegram/") {
        forbid(&["teloxide::"], "only `telegram` has teloxide");
    }
    if path != "clock.rs" {
        forbid(&TIME, "only `clock` reads the time");
    }
    if path != "deliver.rs" {
        forbid(&["telegram.send("], "only `deliver` sends");
    }
    if path.starts_with("sandbox/") {
        let foreign = code.match_indices("crate::").any(|(start, _)| !code[start..].starts_with("crate::sandbox"));
        if foreign {
            breaches.push(format!("{path}: the sandbox knows nothing of the rest"));
        }
    }
    if !text.starts_with("//!") {
        breaches.push(format!("{path}: a file opens by saying what it is"));
    }
    let lines = without_tests(text).count();
    if lines > LONGEST_FILE {
        breaches.push(format!("{path}: {lines} lines are too many for one file"));
    }
    if path.split(['/', '.']).any(|part| VAGUE_NAMES.contains(&part)) {
        breaches.push(format!("{path}: a name that says nothing"));
    }
    breaches
}

/// The text without its comments and its tests.
fn code_of(text: &str) -> String {
    let lines = without_tests(text).filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The lines outside items that only tests have, be these modules of their own files or blocks.
pub fn without_tests(text: &str) -> impl Iterator<Item = &str> {
    let mut lines = text.lines();
    std::iter::from_fn(move || {
        let mut line = lines.next()?;
        while line == "#[cfg(test)]" {
            let item = lines.by_ref().find(|line| !line.starts_with("#["))?;
            if !item.ends_with([';', '}']) {
                lines.by_ref().find(|line| line.starts_with('}'))?;
            }
            line = lines.next()?;
        }
        Some(line)
    })
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

#[test]
fn the_sources_keep_the_rules() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let files = sources(root);
    assert!(files.iter().any(|file| file.ends_with("store/ledger.rs")), "the sources are where they are sought");
    let found: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let path = file.strip_prefix(root).expect("below src").to_string_lossy();
            breaches(&path, &fs::read_to_string(file).expect("readable"))
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_map_names_every_part() {
    let map = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs")).expect("the map");
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    for entry in fs::read_dir(root).expect("src").map(|entry| entry.expect("an entry").path()) {
        let name = entry.file_name().expect("a name").to_string_lossy().into_owned();
        let shown = if entry.is_dir() { format!("//! {name}/") } else { format!("//! {name}") };
        assert!(map.contains(&shown), "the map does not show {name}");
    }
}

#[test]
fn the_rules_can_be_broken() {
    let cases = [
        ("steps/rules.rs", "//! x\nuse sqlx::query;", 2),
        ("steps/rows.rs", "//! x\nuse sqlx::query;\nasync fn f() {}", 0),
        ("office/a.rs", "//! x\nasync fn f() { g().await }", 2),
        ("office/a.rs", "//! x\n// tokio is only mentioned\n", 0),
        ("app.rs", "//! x\nuse teloxide::Bot;", 1),
        ("app.rs", "//! x\nlet now = Utc::now();", 1),
        ("app.rs", "//! x\nself.telegram.send(&claimed)", 1),
        ("sandbox/a.rs", "//! x\nuse crate::store::Tx;", 1),
        ("sandbox/a.rs", "//! x\nuse crate::sandbox::Tx;", 0),
        ("app.rs", "//! x\n#[cfg(test)]\nmod tests {\n    use sqlx::query;\n}\n", 0),
        ("app.rs", "//! x\n#[cfg(test)]\nmod tests;\nuse sqlx::query;\n", 1),
        ("app.rs", "//! x\n#[cfg(test)]\nmod tests {\n    f();\n}\n\nuse sqlx::query;\n", 1),
        ("app.rs", "fn f() {}", 1),
        ("utils.rs", "//! x", 1),
    ];
    for (path, text, count) in cases {
        assert_eq!(breaches(path, text).len(), count, "{path}: {text}");
    }
    assert_eq!(breaches("app.rs", &format!("//! x\n{}", "fn f() {}\n".repeat(LONGEST_FILE))).len(), 1);
}
