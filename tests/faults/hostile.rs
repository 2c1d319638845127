//! The row of hostile input: every reader of what strangers write, on mutations of what it knows.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::TZ_VARIANTS;
use duban::intent::command;
use duban::office::policy::{DEFAULTS, Policy};
use duban::schedule::cron::Cron;
use duban::schedule::deadline;
use duban::telegram::{Me, read};
use duban::{plan, understanding as words};

use super::chance::Chance;
use super::files;
use super::mutation::{LINES, UPDATES, mutated_bytes, mutated_text};
use super::table::Row;

/// Runs in a thousand; together they are a thousand.
const READERS: [(&str, u32, Reader); 12] = [
    ("replies", 265, replies),
    ("questions", 120, questions),
    ("updates", 300, updates),
    ("commands", 120, commands),
    ("cron lines", 40, cron_lines),
    ("settings", 20, settings),
    ("dates", 70, dates),
    ("plans .txt and .md", 35, plan_texts),
    ("plans .csv", 15, plan_tables),
    ("plans .docx", 5, plan_documents),
    ("plans .xlsx", 5, plan_workbooks),
    ("plans .doc, .xls and .ods", 5, old_plans),
];
/// Shown of the input of a panic.
const SHOWN: usize = 400;

type Reader = fn(&mut Chance) -> Given;

/// What a reader was given, as far as it can be shown.
type Given = String;

thread_local! {
    /// The input that is being read, for the message of a panic.
    static READS: Cell<Given> = const { Cell::new(String::new()) };
}

#[derive(Default)]
struct Tally {
    runs: BTreeMap<&'static str, u64>,
    panics: u64,
    /// What made the readers panic.
    culprits: Vec<String>,
    slowest: (Duration, &'static str),
}

pub fn measure(runs: u64, seed: &Chance) -> Row {
    let began = Instant::now();
    let halves = ["first", "second"].map(|half| Chance::new(seed.clone().next(), half));
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let workers = halves.map(|mut chance| scope.spawn(move || some_runs(runs.div_ceil(2), &READERS, &mut chance)));
        workers.into_iter().map(|worker| worker.join().expect("measured")).collect()
    });
    let all: u64 = tallies.iter().flat_map(|tally| tally.runs.values()).sum();
    for culprit in tallies.iter().flat_map(|tally| &tally.culprits).take(20) {
        eprintln!("hostile input: {culprit}");
    }
    let slowest = tallies.iter().map(|tally| tally.slowest).max().unwrap_or_default();
    let each = READERS.map(|(name, _, _)| {
        let runs: u64 = tallies.iter().filter_map(|tally| tally.runs.get(name)).sum();
        format!("{name} {runs}")
    });
    Row::new("hostile input")
        .size("runs", all, runs)
        .count("panics", tallies.iter().map(|tally| tally.panics).sum(), 0)
        .remark(each.join(", "))
        .remark(format!("slowest {} ms ({})", slowest.0.as_millis(), slowest.1))
        .remark(format!("{} s", began.elapsed().as_secs()))
}

fn some_runs(runs: u64, readers: &[(&'static str, u32, Reader)], chance: &mut Chance) -> Tally {
    let mut tally = Tally::default();
    for _ in 0..runs {
        let mut left = chance.next() as u32 % 1_000;
        let chosen = readers.iter().find(|(_, share, _)| {
            let here = left < *share;
            left = left.saturating_sub(*share);
            here
        });
        let (name, _, reader) = chosen.unwrap_or(&readers[0]);
        let before = chance.clone();
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| reader(chance)));
        let took = started.elapsed();
        *tally.runs.entry(name).or_default() += 1;
        tally.slowest = tally.slowest.max((took, name));
        if outcome.is_err() {
            tally.panics += 1;
            let shown: String = READS.take().chars().take(SHOWN).collect();
            tally.culprits.push(format!("{name} panicked with {before:?} at {shown:?}"));
        }
    }
    tally
}

/// Keeps what is about to be read, and gives it back.
fn reading(text: String) -> String {
    READS.set(text.clone());
    text
}

fn day(chance: &mut Chance) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, 1, 1).expect("a date") + Days::new(chance.next() % 5_000)
}

fn replies(chance: &mut Chance) -> Given {
    let text = reading(mutated_text(&LINES, chance));
    let named: Vec<String> = ["5", "26", "5（1）", "（一）1"].iter().map(ToString::to_string).collect();
    let named = &named[..chance.below(named.len() + 1)];
    words::understand_contact(&text, &words::Named::by_numbers(named), day(chance));
    text
}

fn questions(chance: &mut Chance) -> Given {
    let text = reading(mutated_text(&LINES, chance));
    let units = [("省公安厅", "省公安厅"), ("公安厅", "省公安厅"), ("长沙市", "长沙市人民政府"), ("编办", "省委编办")];
    let units = units.map(|(alias, name)| (alias.to_owned(), name.to_owned()));
    words::understand_coordinator(&text, &units, day(chance));
    text
}

fn updates(chance: &mut Chance) -> Given {
    let text = reading(mutated_text(&UPDATES, chance));
    let _ = read::update(&text);
    let _ =
        read::incoming(&text, &Me { id: 42, username: "measured_bot".to_owned(), can_read_all_group_messages: false });
    text
}

fn commands(chance: &mut Chance) -> Given {
    let text = reading(format!("/{}", mutated_text(&LINES, chance)));
    let _ = command::read(&text, "measured_bot");
    text
}

fn cron_lines(chance: &mut Chance) -> Given {
    let lines = ["0 9 * * *", "0 9 25 * *", "0 17 * * 5", "*/30 8-18/2 1,15 jan-dec mon-fri", "59 23 29 2 7"];
    let text = reading(mutated_text(&lines, chance));
    if let Ok(cron) = text.parse::<Cron>() {
        let after = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::seconds((chance.next() % 4_000_000_000) as i64);
        let _ = cron.next_after(after, *chance.pick(&TZ_VARIANTS));
        let _ = cron.times_on(day(chance));
    }
    text
}

fn settings(chance: &mut Chance) -> Given {
    let (key, value, _) = *chance.pick(&DEFAULTS);
    let text = reading(mutated_text(&[value], chance));
    let _ = Policy::from_settings(&[(key.to_owned(), text.clone())].into());
    text
}

fn dates(chance: &mut Chance) -> Given {
    let text = reading(mutated_text(&LINES, chance));
    let context = deadline::Context {
        issued_on: chance.happens(700).then(|| day(chance)),
        plan_year: chance.happens(300).then(|| (chance.next() % 20_000) as i32 - 5_000),
        ..deadline::Context::default()
    };
    let place = if chance.happens(500) { deadline::Place::Field } else { deadline::Place::Prose };
    let _ = deadline::find(&text, context, place);
    let _ = deadline::is_deadline(&text);
    text
}

fn plan_texts(chance: &mut Chance) -> Given {
    let bytes = mutated_bytes(files::excerpt(chance).into_bytes(), chance);
    let text = reading(String::from_utf8_lossy(&bytes).into_owned());
    let name = if chance.happens(300) { "plan.md" } else { "plan.txt" };
    let _ = plan::read(name, &bytes);
    text
}

fn plan_tables(chance: &mut Chance) -> Given {
    let bytes = mutated_bytes(files::table(chance).into_bytes(), chance);
    let text = reading(String::from_utf8_lossy(&bytes).into_owned());
    let _ = plan::read("plan.csv", &bytes);
    text
}

fn plan_documents(chance: &mut Chance) -> Given {
    let (bytes, shown) = files::document(chance);
    reading(shown.clone());
    let _ = plan::read("plan.docx", &bytes);
    shown
}

fn plan_workbooks(chance: &mut Chance) -> Given {
    let (bytes, shown) = files::workbook(chance);
    reading(shown.clone());
    let _ = plan::read("plan.xlsx", &bytes);
    shown
}

fn old_plans(chance: &mut Chance) -> Given {
    let (name, bytes) = *chance.pick(&files::OLD);
    let bytes = mutated_bytes(bytes.to_vec(), chance);
    let shown = reading(format!(
        "{name}, {} bytes, sum {}",
        bytes.len(),
        bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>()
    ));
    let _ = plan::read(name, &bytes);
    shown
}

/// A reader that panics is noticed, each reader gets its share, and what is read is not mere rubbish.
pub fn self_test() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let panics: [(&str, u32, Reader); 1] = [("panics", 1_000, |_| panic!("on purpose"))];
    assert_eq!(some_runs(3, &panics, &mut Chance::new(1, "hostile")).panics, 3);
    std::panic::set_hook(hook);
    assert_eq!(READERS.iter().map(|(_, share, _)| share).sum::<u32>(), 1_000);
    let mut chance = Chance::new(1, "hostile");
    let understood =
        |bytes: (Vec<u8>, String), name: &str| plan::read(name, &bytes.0).is_ok_and(|draft| !draft.tasks.is_empty());
    assert!((0..200).any(|_| understood(files::document(&mut chance), "plan.docx")), "some documents are read");
    assert!((0..200).any(|_| understood(files::workbook(&mut chance), "plan.xlsx")), "some workbooks are read");
    assert!((0..50).any(|_| understood((files::table(&mut chance).into_bytes(), String::new()), "plan.csv")));
}
