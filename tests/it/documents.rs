//! The documents: commands that they give run, and what they link to is there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::error::ErrorKind;
use regex::Regex;

use crate::office::Office;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn documents() -> Vec<PathBuf> {
    let root = Path::new(ROOT);
    [documents_in(root), documents_in(&root.join("docs"))].concat()
}

fn documents_in(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    all.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

fn text_of(path: &Path) -> String {
    fs::read_to_string(path).expect("readable")
}

/// The shell's blocks; those alone that follow a marker.
fn blocks(text: &str, marker: Option<&str>) -> Vec<String> {
    let opening = format!("{}```sh\n", marker.map(|marker| format!("{marker}\n")).unwrap_or_default());
    let after = text.split(&opening).skip(1);
    after.map(|rest| rest.split("```").next().expect("its end").to_owned()).collect()
}

#[test]
fn commands_that_are_marked_run() {
    let mut run = 0;
    for document in documents() {
        for block in blocks(&text_of(&document), Some("<!-- run -->")) {
            let office = Office::new();
            std::os::unix::fs::symlink(format!("{ROOT}/seeds"), office.path("seeds")).expect("linked");
            let program = Path::new(env!("CARGO_BIN_EXE_duban")).parent().expect("a folder");
            let paths = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
            let mut shell = Command::new("bash");
            shell.args(["-euo", "pipefail", "-c", &block]).current_dir(office.path("")).env("PATH", paths);
            let output = shell.env_remove("DATABASE_URL").output().expect("bash");
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{}: {block}{said}", document.display());
            run += 1;
        }
    }
    assert!(run >= 2, "{run} blocks");
}

#[test]
fn commands_that_are_given_are_understood() {
    let called = Regex::new(r"(?m)(?:^|&& |\$\(|as_duban )duban( [^\n]*)").expect("a constant");
    let mut given = 0;
    for document in documents() {
        let text = text_of(&document);
        for line in blocks(&text, None).iter().flat_map(|block| called.captures_iter(block)) {
            let words = words_of(&line[1]);
            let typed = std::iter::once("duban".to_owned()).chain(words);
            if let Err(refusal) = duban::cli::command().try_get_matches_from(typed) {
                let is_help = matches!(refusal.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
                assert!(is_help, "{}: duban{}: {refusal}", document.display(), &line[1]);
            }
            given += 1;
        }
    }
    assert!(given > 10, "{given} commands");
}

/// The words of a command as a shell would have them, up to where the command ends.
fn words_of(line: &str) -> Vec<String> {
    let word = Regex::new(r#"'([^']*)'|"([^"]*)"|([^\s'"]+)"#).expect("a constant");
    let words = word.captures_iter(line).map(|found| {
        let plain = found.get(3).map(|word| word.as_str().to_owned());
        let is_end = plain.as_deref().is_some_and(|word| ["#", "|", ">", "&&", "<", ";", "\\"].contains(&word));
        let text = found.iter().skip(1).flatten().next().map_or("", |word| word.as_str()).to_owned();
        (is_end, text)
    });
    words.take_while(|(is_end, _)| !is_end).map(|(_, word)| word.trim_end_matches(')').to_owned()).collect()
}

/// What is quoted within a sentence may be a form with places to fill in: its commands exist.
#[test]
fn commands_that_are_named_exist() {
    let root = duban::cli::command();
    let quoted = Regex::new("`duban ([^`]*)`").expect("a constant");
    for document in documents() {
        let text = text_of(&document);
        for quote in quoted.captures_iter(&text) {
            let mut command = &root;
            for word in quote[1].split([' ', '|']).take_while(|word| word.chars().all(|c| c.is_ascii_lowercase())) {
                if !command.has_subcommands() {
                    break;
                }
                let below = command.find_subcommand(word);
                command = below.unwrap_or_else(|| panic!("{}: duban {}", document.display(), &quote[1]));
                if quote[1].contains('|') {
                    break;
                }
            }
        }
    }
}

#[test]
fn links_lead_on() {
    assert!(links_lead_somewhere(Path::new(ROOT)) && links_lead_somewhere(&Path::new(ROOT).join("docs")));
}

/// Whether the folder has documents; a link that leads nowhere is told.
pub fn links_lead_somewhere(folder: &Path) -> bool {
    let link = Regex::new(r"\]\(([^)\s#]+)").expect("a constant");
    let found = documents_in(folder);
    for document in &found {
        for target in link.captures_iter(&text_of(document)).map(|found| found[1].to_owned()) {
            if !target.contains("://") {
                assert!(folder.join(&target).exists(), "{}: {target}", document.display());
            }
        }
    }
    !found.is_empty()
}
