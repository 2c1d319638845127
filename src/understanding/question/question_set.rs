//! The labelled questions of `tests/questions`: a part to work on, a part that is only scored, and the short
//! forms of units whose full names alone are on the roll.

use super::super::Intent;
use super::understand_coordinator;
use chrono::NaiveDate;

/// What goes to the right answer, of either part, at least, in hundredths.
const SCORE: usize = 97;

const WORKED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/questions/worked.txt"));
const SCORED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/questions/scored.txt"));
const SHORT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/questions/short.txt"));
const ASKED_AND_TOLD: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/questions/asked_and_told.txt"));
const BLIND: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/questions/blind.txt"));
const ROLL: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/hunan-roll.json"));

/// Names and aliases of the seed's roll with the full name behind each.
fn roll() -> Vec<(String, String)> {
    let roll: serde_json::Value = serde_json::from_str(ROLL).expect("JSON");
    let mut names = Vec::new();
    for unit in roll["units"].as_array().expect("units") {
        let full = unit["name"].as_str().expect("a name");
        let aliases = unit["aliases"].as_array().into_iter().flatten().filter_map(|alias| alias.as_str());
        names.extend(std::iter::once(full).chain(aliases).map(|name| (name.to_owned(), full.to_owned())));
    }
    names
}

/// The full names alone, the longest one with all that it has.
fn full_names() -> Vec<(String, String)> {
    let official = |name: &str| name.replace("湘西自治州", "湘西土家族苗族自治州");
    let full = roll().into_iter().filter(|(name, full)| name == full);
    full.map(|(name, full)| (official(&name), official(&full))).collect()
}

/// `due unit=省公安厅 from=2019-06-01 to=2019-06-30`
fn understood(text: &str, roll: &[(String, String)], label: &str) -> String {
    understood_on("2019-06-27".parse().expect("a date"), text, roll, label)
}

fn understood_on(on: NaiveDate, text: &str, roll: &[(String, String)], label: &str) -> String {
    let understanding = understand_coordinator(text, roll, on);
    if !understanding.which.is_empty() {
        return format!("which {}", understanding.which.join("、"));
    }
    if let Some(order) = understanding.order {
        return format!("order {}", order.command());
    }
    let Some(query) = understanding.query else {
        if understanding.beyond.is_some() {
            return "beyond".to_owned();
        }
        return if understanding.intent == Intent::Chatter { "chatter".to_owned() } else { "unclear".to_owned() };
    };
    let kind = serde_json::to_value(query.kind).expect("JSON").as_str().unwrap_or_default().to_owned();
    // A label that says nothing of what is picked out leaves that open.
    let only = query.only.filter(|_| label.contains("only=")).and_then(|only| serde_json::to_value(only).ok());
    let among = query.among.filter(|_| label.contains("among=")).and_then(|among| serde_json::to_value(among).ok());
    let bounds = [
        ("task", query.task),
        ("unit", query.unit),
        ("among", among.and_then(|among| Some(among.as_str()?.to_owned()))),
        ("from", query.from.map(|day| day.to_string())),
        ("to", query.to.map(|day| day.to_string())),
        ("text", query.text),
        ("only", only.and_then(|only| Some(only.as_str()?.to_owned()))),
    ];
    let bounds = bounds.into_iter().filter_map(|(name, bound)| Some(format!("{name}={}", bound?)));
    std::iter::once(kind).chain(bounds).collect::<Vec<_>>().join(" ")
}

/// How many questions there are, and those that are misunderstood.
fn score(set: &str, roll: &[(String, String)]) -> (usize, Vec<String>) {
    let lines = set.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let questions: Vec<_> = lines.map(|line| line.split_once(" => ").expect("a question and its label")).collect();
    let wrong = questions.iter().filter_map(|(text, label)| {
        let found = understood(text, roll, label);
        (found != *label).then(|| format!("{text}: {found}, not {label}"))
    });
    let wrong = wrong.collect();
    (questions.len(), wrong)
}

#[test]
fn the_part_that_was_worked_on_is_understood() {
    let (count, wrong) = score(WORKED, &roll());
    println!("{} of {count} questions understood; not: {}", count - wrong.len(), wrong.join("\n"));
    assert!((count - wrong.len()) * 100 >= SCORE * count, "{}", wrong.join("\n"));
}

#[test]
fn the_part_that_is_only_scored_is_understood_well() {
    let (count, wrong) = score(SCORED, &roll());
    println!("{} of {count} questions understood", count - wrong.len());
    assert!((count - wrong.len()) * 100 >= SCORE * count, "{} are not", wrong.len());
}

#[test]
fn short_forms_are_understood_by_full_names_alone() {
    let (count, wrong) = score(SHORT, &full_names());
    println!("{} of {count} questions understood; not: {}", count - wrong.len(), wrong.join("\n"));
    assert!((count - wrong.len()) * 100 >= SCORE * count, "{}", wrong.join("\n"));
}

#[test]
fn what_was_lately_and_what_is_ordered_is_understood() {
    let (count, wrong) = score(ASKED_AND_TOLD, &roll());
    println!("{} of {count} understood; not: {}", count - wrong.len(), wrong.join("\n"));
    assert!((count - wrong.len()) * 100 >= SCORE * count, "{}", wrong.join("\n"));
}

/// What goes to the right answer, and what is answered with something else, of the questions by somebody who saw nothing of
/// the others.
#[test]
fn questions_of_a_stranger_are_answered_or_it_is_said_that_they_are_not() {
    let roll = roll();
    let lines = BLIND.lines().filter(|line| !line.starts_with('#'));
    let (mut right, mut otherwise) = (0, Vec::new());
    for line in lines {
        let (asked, label) = line.split_once(" => ").expect("a question and its label");
        let (on, text) = asked.split_once(' ').expect("a day and a question");
        let found = understood_on(on.parse().expect("a day"), text, &roll, label);
        let is_said = ["beyond", "unclear"].contains(&found.as_str()) || found.starts_with("which");
        if found == label || is_said && label == "beyond" {
            right += 1
        } else if !is_said {
            otherwise.push(format!("{text}: {found}, not {label}"))
        }
    }
    println!("{right} of 100 right; otherwise: {}", otherwise.join("\n"));
    assert!(right >= 70 && otherwise.len() <= 12, "{right} right, otherwise {}", otherwise.join("\n"));
}

/// The labelled questions too name units by their short forms.
#[test]
fn full_names_alone_are_as_good_as_aliases() {
    let roll: Vec<_> = roll().into_iter().filter(|(name, full)| name == full).collect();
    for set in [WORKED, SCORED] {
        let (count, wrong) = score(set, &roll);
        println!("{} of {count} questions understood", count - wrong.len());
        assert!((count - wrong.len()) * 100 >= SCORE * count, "{}", wrong.join("\n"));
    }
}
