//! Tests that the same question has the same answer everywhere: in the chat, on the command line, in the export, in the
//! pictures, on the page and in the workbook it is what a recount of the ledger alone gives.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Reader, Xlsx};
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use serde_json::Value;

use crate::chat::text;
use crate::office::duty::{Duty, Role};
use crate::office::moment::Moment;
use crate::office::policy::Policy;
use crate::paper::{Contents, board, page};
use crate::schedule::calendar::Calendar;
use crate::store::recount::{Recount, Step, entries, somebody, steps, store_with_plan, take};
use crate::store::{Store, Tx};
use crate::understanding::{Query, QueryKind};
use crate::{filing, questions};

/// Tasks in all, done, under way or claimed, not begun, blocked, overdue.
type Tasks = [usize; 6];
const LABELS: [&str; 6] = ["任务", "已办结", "推进中", "未启动", "受阻", "逾期"];

/// Duties of a unit: done, all, overdue.
type Units = BTreeMap<String, [usize; 3]>;

/// What the ledger alone gives. The only date that has passed is the first of the first task.
fn from_ledger(recount: &Recount, duties: &[Duty]) -> (Tasks, Units) {
    let status = |duty: &Duty| recount.status(duty.id.0);
    let is_open = |duty: &Duty| {
        let (claimed, done) = recount.dates(duty.id.0);
        let first = duty.milestones.first().map_or(0, |date| date.id.0);
        !claimed.contains(&first)
            && !done.contains(&first)
            && !matches!(status(duty), "claimed_done" | "done" | "suspended")
    };
    let overdue = |duty: &Duty| duty.task.number == "1" && is_open(duty);
    let mut tasks: BTreeMap<&str, Vec<&Duty>> = BTreeMap::new();
    let mut units = Units::new();
    for duty in duties {
        tasks.entry(&duty.task.number).or_default().push(duty);
        let [done, all, late] = units.entry(duty.unit.name.clone()).or_default();
        *done += usize::from(status(duty) == "done");
        *all += 1;
        *late += usize::from(overdue(duty));
    }
    let mut counts = [tasks.len(), 0, 0, 0, 0, 0];
    for duties in tasks.values() {
        let led = duties.iter().any(|duty| duty.role == Role::Lead);
        let deciding: Vec<&str> =
            duties.iter().filter(|duty| !led || duty.role == Role::Lead).map(|duty| status(duty)).collect();
        let all = |wanted: &[&str]| deciding.iter().all(|status| wanted.contains(status));
        let begun = duties.iter().any(|duty| !matches!(status(duty), "not_started" | "suspended"));
        if all(&["suspended"]) {
            // What is suspended is in none of these counts.
        } else if all(&["done", "suspended"]) {
            counts[1] += 1
        } else if all(&["done", "claimed_done", "suspended"]) {
            counts[2] += 1
        } else if deciding.contains(&"blocked") {
            counts[4] += 1
        } else if begun {
            counts[2] += 1
        } else {
            counts[3] += 1
        }
        counts[5] += usize::from(duties.iter().any(|duty| overdue(duty)));
    }
    (counts, units)
}

fn from_json(status: &Value) -> (Tasks, Units) {
    let count = |counts: &Value, key: &str| usize::try_from(counts[key].as_u64().unwrap()).unwrap();
    let tasks = &status["tasks"];
    let under_way = count(tasks, "in_progress") + count(tasks, "claimed_done");
    let [total, done, not_started, blocked, overdue] =
        ["total", "done", "not_started", "blocked", "overdue"].map(|key| count(tasks, key));
    let units = status["units"].as_array().unwrap().iter().map(|unit| {
        let counts = ["done", "duties", "overdue"].map(|key| count(unit, key));
        (unit["unit"].as_str().unwrap().to_owned(), counts)
    });
    ([total, done, under_way, not_started, blocked, overdue], units.collect())
}

/// `任务 3 项：已办结 1，推进中 2。…逾期 1 项。`; what is none is not named.
fn from_chat(words: &str) -> Tasks {
    let after = |label: &str| {
        let digits = words.split(&format!("{label} ")).nth(1).map(|rest| rest.chars().take_while(char::is_ascii_digit));
        digits.map_or(0, |digits| digits.collect::<String>().parse().unwrap())
    };
    LABELS.map(|label| if label == "推进中" { after(label) + after("提请办结") } else { after(label) })
}

/// `3/10 逾2`
fn from_bar(words: &str) -> [usize; 3] {
    let (counts, late) = words.split_once(" 逾").unwrap_or((words, "0"));
    let (done, all) = counts.split_once('/').unwrap();
    [done, all, late].map(|count| count.parse().unwrap())
}

/// A name without what stands beside a unit that is not reached.
fn unit_of(shown: &str) -> String {
    shown.split('（').next().unwrap_or_default().to_owned()
}

/// Each card is a count above its label; below 按单位 each name stands before its bar.
fn from_picture(words: &[String]) -> (Tasks, Units) {
    let card =
        |label: &str| -> usize { words[words.iter().position(|word| word == label).unwrap() - 1].parse().unwrap() };
    let card = |label: &str| if label == "推进中" { card(label) + card("提请办结") } else { card(label) };
    let begin = words.iter().position(|word| word.starts_with("按单位")).unwrap() + 1;
    let bars = words[begin..].chunks(2).take_while(|pair| pair.len() == 2);
    (LABELS.map(card), bars.map(|pair| (unit_of(&pair[0]), from_bar(&pair[1]))).collect())
}

fn from_page(html: &str) -> (Tasks, Units) {
    let text_after = |html: &str, mark: &str| {
        html.split(mark).nth(1).and_then(|rest| rest.split('<').next()).map(|text| text.to_owned()).unwrap()
    };
    let card = |label: &str| -> usize {
        let card = html.split(&format!("<dt>{label}</dt>")).nth(1).unwrap();
        card.split(['>', '<']).nth(2).unwrap().parse().unwrap()
    };
    let card = |label: &str| if label == "推进中" { card(label) + card("提请办结") } else { card(label) };
    let rows = html.split("按单位").nth(1).unwrap().split("</table>").next().unwrap();
    let units = rows.split("<tr>").skip(1);
    let units =
        units.map(|row| (unit_of(&text_after(row, "<th>")), from_bar(&text_after(row, "<td class=\"count\">"))));
    (LABELS.map(card), units.collect())
}

/// The sheets 概览, tasks by label, and 单位.
fn from_workbook(bytes: Vec<u8>) -> (Tasks, Units) {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut rows = |sheet: &str| -> Vec<Vec<String>> {
        let sheet = workbook.worksheet_range(sheet).unwrap();
        sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    let (overview, units) = (rows("概览"), rows("单位"));
    let count = |label: &str| -> usize { overview.iter().find(|row| row[0] == label).unwrap()[1].parse().unwrap() };
    let tasks = ["任务总数", "已办结", "推进中", "未启动", "受阻", "逾期"].map(|label| match label {
        "推进中" => count(label) + count("提请办结"),
        label => count(label),
    });
    (
        tasks,
        units
            .iter()
            .skip(1)
            .map(|row| (row[0].clone(), [2, 1, 3].map(|column| row[column].parse().unwrap())))
            .collect(),
    )
}

/// `共有任务3项：已办结1项，…。其中逾期1项`
fn from_bulletin(bytes: Vec<u8>) -> Tasks {
    let mut words = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut words).unwrap();
    let told = words.split("共有").nth(1).unwrap().split('<').next().unwrap();
    let after = |label: &str| {
        let digits = told.split(label).nth(1).unwrap().chars().take_while(char::is_ascii_digit);
        digits.collect::<String>().parse::<usize>().unwrap()
    };
    LABELS.map(|label| if label == "推进中" { after(label) + after("提请办结") } else { after(label) })
}

async fn all_agree(store: &Store, now: DateTime<Utc>, steps: &[Step]) {
    // Never committed: the next case begins with the plan alone.
    let mut tx = store.begin(now).await.unwrap();
    let somebody = somebody(&mut tx).await;
    take(&mut tx, steps, somebody).await;
    let recount = Recount::read(&entries(&mut tx).await);
    let moment = Moment::of(now, &Policy::default(), &Calendar::china());
    let letterhead = Policy::default().letterhead;
    let contents: Contents = filing::rows::contents(&mut tx, moment, &letterhead, None).await.unwrap();
    let expected = from_ledger(&recount, &contents.duties);

    let command_line = serde_json::to_value(contents.figures().totals).unwrap();
    assert_eq!(from_json(&command_line), expected, "the command line: {steps:?}");
    let export = serde_json::to_value(filing::rows::export::export(&mut tx, moment, None).await.unwrap()).unwrap();
    assert_eq!(from_json(&export["status"]), expected, "the export: {steps:?}");
    assert_eq!(from_picture(&board::words(&contents)), expected, "the picture: {steps:?}");
    assert_eq!(from_page(&page::html(&contents)), expected, "the page: {steps:?}");
    let mut file = Cursor::new(Vec::new());
    filing::making::workbook(&mut tx, moment, &letterhead, None, &mut file).await.unwrap();
    assert_eq!(from_workbook(file.into_inner()), expected, "the workbook: {steps:?}");
    let bulletin = filing::making::bulletin(&mut tx, moment, &letterhead, (None, None)).await.unwrap();
    assert_eq!(from_bulletin(bulletin), expected.0, "the bulletin: {steps:?}");
    assert_eq!(from_chat(&in_chat(&mut tx, moment).await), expected.0, "the chat: {steps:?}");
}

async fn in_chat(tx: &mut Tx, moment: Moment) -> String {
    let query = Query::of(QueryKind::Status);
    let matter = questions::rows::asked_about(tx, &query, None, moment).await.unwrap();
    let about = (&matter.duties[..], &matter.unassigned[..]);
    text::plain_text(&questions::sentences::answer(&query, about, matter.counted.as_ref(), moment).page(0, &query).html)
}

#[test]
fn the_same_question_has_the_same_answer_everywhere() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let now: DateTime<Utc> = "2019-07-04T02:00:00Z".parse().unwrap();
    let store = runtime.block_on(store_with_plan(folder.path(), now));
    proptest!(ProptestConfig::with_cases(32), |(steps in steps())| {
        runtime.block_on(all_agree(&store, now, &steps));
    });
}
