//! What is given to those who run it: help, completions, man pages, the unit, the archive.

use std::path::Path;
use std::process::{Command, Output};

use duban::office::policy;

use crate::documents::links_lead_somewhere;
use crate::office::Office;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const PROGRAM: &str = env!("CARGO_BIN_EXE_duban");

fn said(output: &Output) -> String {
    String::from_utf8([&output.stdout[..], &output.stderr[..]].concat()).expect("UTF-8")
}

/// A tool of the machine; `None` where it has none.
fn tool(name: &str, arguments: &[&str]) -> Option<Output> {
    Command::new(name).args(arguments).output().ok()
}

/// The commands below some words, as their help lists them.
fn commands_below(office: &Office, words: &[&str]) -> Vec<String> {
    let help = office.ask(&[words, &["--help"]].concat());
    let Some((_, after)) = help.split_once("命令:\n") else { return Vec::new() };
    let lines = after.lines().take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next().filter(|name| !name.is_empty()));
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn help_names_values_and_gives_examples() {
    let office = Office::new();
    let mut ends = Vec::new();
    for command in commands_below(&office, &[]) {
        let below = commands_below(&office, &[&command]);
        match below.is_empty() {
            true => ends.push(vec![command]),
            false => ends.extend(below.into_iter().map(|last| vec![command.clone(), last])),
        }
    }
    assert!(ends.len() > 20, "{ends:?}");
    for words in ends {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let help = office.ask(&[&words[..], &["--help"]].concat());
        // `list` has nothing to show.
        let example = format!("duban {}", words.join(" "));
        let shown = help.lines().filter(|line| !line.starts_with("用法")).any(|line| line.contains(&example));
        assert!(shown || words.last() == Some(&"list"), "an example: {help}");
        // A value is named in the office's words, and no option stands without its meaning.
        let usage = help.lines().find(|line| line.starts_with("用法")).expect("a usage");
        assert!(!usage.contains("<FILE>") && !usage.contains("<NAME>") && !usage.contains("[UNIT]"), "{usage}");
        let options = help.lines().filter(|line| line.trim_start().starts_with("--"));
        for option in options {
            assert!(option.trim().contains("  "), "{words:?}: {option}");
        }
    }
}

#[test]
fn help_of_settings_lists_each_with_its_default() {
    let help = Office::new().ask(&["policy", "--help"]);
    for (key, default, _) in policy::DEFAULTS {
        let line = help.lines().find(|line| line.trim_start().starts_with(&format!("{key} "))).expect(key);
        let start: String = default.chars().take(10).collect();
        assert!(line.contains(&start) && line.contains("默认"), "{line}");
    }
}

#[test]
fn a_name_that_is_nearly_right_is_asked_about() {
    let office = Office::new();
    office.furnish();
    let refusal = |name: &str| {
        let output = office.run(&["invite", name]);
        assert_eq!(output.status.code(), Some(1));
        said(&output)
    };
    let told = refusal("省公安局");
    assert!(told.contains("“省公安局”，是不是：省公安厅？"), "{told}");
    assert!(refusal("省住建设厅").contains("省住房城乡建设厅"), "{}", refusal("省住建设厅"));
    assert!(refusal("火星办事处").contains("duban unit list"), "{}", refusal("火星办事处"));
}

#[test]
fn completions_and_man_pages() {
    let office = Office::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = office.ask(&["completions", shell]);
        assert!(script.contains("doctor") && script.contains("database"), "{shell}");
        std::fs::write(office.path(shell), script).expect("written");
    }
    let checked = tool("bash", &["-n", office.path("bash").to_str().expect("UTF-8")]).expect("bash");
    assert!(checked.status.success(), "{}", said(&checked));
    let pages = office.path("man");
    std::fs::create_dir(&pages).expect("a folder");
    office.ask(&["man", pages.to_str().expect("UTF-8")]);
    let page = std::fs::read_to_string(pages.join("duban-policy.1")).expect("a page");
    assert!(page.contains(".TH duban-policy 1") && page.contains("sending_hours"), "{page}");
}

#[test]
fn the_unit_is_valid_and_hardened() {
    let office = Office::new();
    let text = std::fs::read_to_string(format!("{ROOT}/packaging/systemd/duban.service")).expect("the unit");
    let unit = office.path("duban.service");
    // The program is not installed here.
    std::fs::write(&unit, text.replace("/usr/bin/duban", PROGRAM)).expect("written");
    let unit = unit.to_str().expect("UTF-8");
    let Some(verified) = tool("systemd-analyze", &["verify", "--man=no", unit]) else {
        println!("there is no systemd here; the unit was not checked");
        return;
    };
    assert!(verified.status.success() && said(&verified).is_empty(), "{}", said(&verified));
    // In tenths; what counts as "OK" ends at 4.9.
    let rated = tool("systemd-analyze", &["security", "--offline=true", "--threshold=15", unit]).expect("as before");
    assert!(rated.status.success(), "{}", said(&rated));
}

#[test]
fn the_archive_holds_what_belongs_to_it() {
    let office = Office::new();
    let out = office.path("dist");
    let out = out.to_str().expect("UTF-8");
    let packed = tool(&format!("{ROOT}/packaging/tarball.sh"), &[PROGRAM, "test", out]).expect("bash");
    assert!(packed.status.success(), "{}", said(&packed));
    let name = format!("duban-{}-test", env!("CARGO_PKG_VERSION"));
    let archive = Path::new(out).join(format!("{name}.tar.gz"));
    let listed = said(&tool("tar", &["-tzf", archive.to_str().expect("UTF-8")]).expect("tar"));
    for file in [
        "bin/duban",
        "share/man/man1/duban-run.1",
        "share/bash-completion/completions/duban",
        "lib/systemd/system/duban.service",
        "share/doc/duban/docs/operators.md",
        "share/doc/duban/packaging/docker/compose.yaml",
        "share/duban/demo-plan.txt",
        "share/doc/duban/CHANGELOG.md",
        "share/duban/hunan-roll.json",
    ] {
        assert!(listed.lines().any(|line| line == format!("{name}/{file}")), "{file}: {listed}");
    }
    let unpacked = tool("tar", &["-xzf", archive.to_str().expect("UTF-8"), "-C", out]).expect("tar");
    assert!(unpacked.status.success(), "{}", said(&unpacked));
    let documents = Path::new(out).join(&name).join("share/doc/duban");
    assert!(links_lead_somewhere(&documents) && links_lead_somewhere(&documents.join("docs")));
    let checked = Command::new("sha256sum").args(["-c", &format!("{name}.tar.gz.sha256")]).current_dir(out).output();
    assert!(checked.expect("sha256sum").status.success());
}

#[test]
fn the_changelog_tells_of_this_version() {
    let changes = std::fs::read_to_string(format!("{ROOT}/CHANGELOG.md")).expect("a changelog");
    assert!(changes.contains(&format!("\n## {}", env!("CARGO_PKG_VERSION"))), "{changes}");
}
