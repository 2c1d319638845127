//! The documents: commands that they give run, and what they link to is there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;

use crate::office::Office;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn documents() -> Vec<PathBuf> {
    let in_folder = |folder: &str| fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let all = in_folder(ROOT).chain(in_folder(&format!("{ROOT}/docs")));
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
fn commands_that_are_given_exist() {
    let office = Office::new();
    let known = office.ask(&["--help"]);
    let called = Regex::new(r"(?m)(?:^|&& |`)duban ([a-z]+)").expect("a constant");
    let quoted = Regex::new("`duban [^`]*`").expect("a constant");
    for document in documents() {
        let text = text_of(&document);
        let inline = quoted.find_iter(&text).map(|quote| quote.as_str().to_owned());
        for place in blocks(&text, None).into_iter().chain(inline) {
            for command in called.captures_iter(&place).map(|found| found[1].to_owned()) {
                let exists = known.contains(&format!("\n  {command} "));
                assert!(exists, "{}: duban {command}", document.display());
            }
        }
    }
}

#[test]
fn links_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)\s#]+)").expect("a constant");
    for document in documents() {
        let folder = document.parent().expect("a folder");
        for target in link.captures_iter(&text_of(&document)).map(|found| found[1].to_owned()) {
            if !target.contains("://") {
                assert!(folder.join(&target).exists(), "{}: {target}", document.display());
            }
        }
    }
}
