//! The labelled replies: the work set and the blind rounds. `scored.tsv` stays out, so that it measures.

use chrono::NaiveDate;
use duban::understanding::{Item, Named, Understanding};
use serde_json::Value;

const WORK: &str = include_str!("../../tests/it/replies/work.tsv");
const BLIND: &str = include_str!("../../tests/it/replies/rounds.json");
/// On which the replies of the work set were said.
const DAY: &str = "2019-06-27";
/// The last round that teaches what words about a task mean: with those after it the score read 8 earlier replies worse.
pub const LAST_OF_SENSES: usize = 45;
/// The last round that teaches whether a clause tells a problem: with the two after it 4 earlier replies were read worse.
pub const LAST_OF_TROUBLE: usize = 52;

/// A reply with what it means.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// The blind round; 0 for the work set.
    pub round: usize,
    pub text: String,
    pub named: Vec<Named>,
    pub on: NaiveDate,
    /// The label first, then other readings that are as fair.
    pub meant: Vec<Meant>,
}

#[derive(Clone, Debug)]
pub struct Meant {
    pub intent: String,
    pub items: Vec<Told>,
}

/// What is told of one task.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    pub task: Option<String>,
    pub status: Option<String>,
    pub percent: Option<u64>,
    pub problems: u64,
    pub unchanged: bool,
    pub extend_to: Option<String>,
}

pub fn all() -> Vec<Labelled> {
    let lines = WORK.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let rounds: Vec<Value> = serde_json::from_str(BLIND).expect("JSON");
    lines.map(of_line).chain(rounds.iter().map(of_round)).collect()
}

fn numbers<'a>(numbers: impl Iterator<Item = &'a str>) -> Vec<Named> {
    Named::by_numbers(&numbers.map(str::to_owned).collect::<Vec<_>>())
}

/// `5,26|the words|report|5:in_progress:60!a problem=2019-09-30;26:…`
fn of_line(line: &str) -> Labelled {
    let fields: Vec<&str> = line.split('|').collect();
    let [named, words, intent, items] = fields.as_slice() else { panic!("not four fields: {line}") };
    let items = items.split(';').filter(|item| !item.is_empty()).map(of_item).collect();
    Labelled {
        round: 0,
        text: words.replace("\\n", "\n"),
        named: numbers(named.split(',')),
        on: DAY.parse().expect("a day"),
        meant: vec![Meant { intent: (*intent).to_owned(), items }],
    }
}

fn of_item(item: &str) -> Told {
    let (item, extend_to) = item.split_once('=').map_or((item, None), |(item, day)| (item, Some(day.to_owned())));
    let (item, problem) = item.split_once('!').unwrap_or((item, ""));
    let mut parts = item.split(':').map(|part| Some(part).filter(|part| *part != "-"));
    let mut next = || parts.next().expect("three parts");
    let (task, status, percent) = (next().map(str::to_owned), next().map(str::to_owned), next());
    Told {
        task,
        unchanged: status.as_deref() == Some("unchanged"),
        status: status.filter(|status| status != "unchanged"),
        percent: percent.and_then(|percent| percent.parse().ok()),
        problems: u64::from(!problem.is_empty()),
        extend_to,
    }
}

fn of_round(case: &Value) -> Labelled {
    let text = |key: &str| case[key].as_str().expect("a text");
    let named = case["tasks"].as_array().expect("tasks").iter().filter_map(Value::as_str);
    let others = case["or"].as_array().into_iter().flatten();
    let round = text("id").trim_start_matches('R').split('-').next().and_then(|round| round.parse().ok());
    Labelled {
        round: round.expect("a round"),
        text: text("text").to_owned(),
        named: numbers(named),
        on: text("on").parse().expect("a day"),
        meant: std::iter::once(&case["want"]).chain(others).map(of_want).collect(),
    }
}

fn of_want(want: &Value) -> Meant {
    let items = want["items"].as_array().expect("items").iter().map(|item| {
        let text = |key: &str| item[key].as_str().map(str::to_owned);
        Told {
            task: text("task"),
            status: text("status"),
            percent: item["percent"].as_u64(),
            problems: item["problems"].as_u64().unwrap_or_default(),
            unchanged: item["unchanged"].as_bool().unwrap_or_default(),
            extend_to: text("extend_to"),
        }
    });
    Meant { intent: want["intent"].as_str().expect("an intent").to_owned(), items: items.collect() }
}

impl Labelled {
    /// Whether it is understood as somebody meant it.
    pub fn is_right(&self, read: &Understanding) -> bool {
        self.meant.iter().any(|meant| meant.is_met(read))
    }
}

impl Meant {
    fn is_met(&self, read: &Understanding) -> bool {
        let intent = serde_json::to_value(read.intent).expect("JSON");
        let intent = intent.as_str().unwrap_or_default();
        if ["transfer", "defer"].contains(&intent) && ["chatter", "unclear", "read"].contains(&self.intent.as_str()) {
            return true;
        }
        let mut meant: Vec<Told> = self.items.iter().map(plainly).collect();
        let mut found: Vec<Told> = read.items.iter().map(|item| plainly(&found(item))).collect();
        meant.sort();
        found.sort();
        let reports = ["report", "extension"].contains(&intent);
        intent == self.intent && (!reports || meant == found)
    }
}

/// Some labels call it progress that nothing moved, and a completion has all of its share.
fn plainly(told: &Told) -> Told {
    let done = told.status.as_deref() == Some("claimed_done");
    let status = if told.unchanged { Some("in_progress".to_owned()) } else { told.status.clone() };
    Told { status, unchanged: false, percent: told.percent.filter(|percent| !done || *percent != 100), ..told.clone() }
}

fn found(item: &Item) -> Told {
    Told {
        task: item.task.clone(),
        status: item.status.map(|status| status.key().to_owned()),
        percent: item.percent.map(u64::from),
        problems: item.problems.len() as u64,
        unchanged: item.unchanged,
        extend_to: item.extend_to.map(|day| day.to_string()),
    }
}
