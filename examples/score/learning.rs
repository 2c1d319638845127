//! Learns the weights: for each sense a line that parts the words which mean it from all others (a linear support vector
//! machine with squared loss, by coordinate descent on its dual).
//!
//! Only sums, products, quotients and square roots of `f64` are used, in a fixed order: the same labels make the same file on
//! every machine.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::ops::Range;

use duban::understanding::score::{MOST, Sense, clauses, runs, sign_of};
use duban::understanding::{Item, by_rules};

use super::labels::{LAST_OF_SENSES, LAST_OF_TROUBLE, Labelled, Meant, Told};

/// A run that fewer texts hold tells nothing of what they mean.
const FEWEST: usize = 5;
/// A run that fewer clauses hold tells nothing of whether something is wrong.
const FEWEST_CLAUSES: usize = 3;
/// One weight of a sense, in what the lines are told.
const WEIGHT: f64 = 0.06;
/// One weight of a problem, in what its line is told: a clause has few runs.
const CLAUSE_WEIGHT: f64 = 0.04;
const PASSES: usize = 15;
/// What is left of the loss in each text: half of one by the weight of errors, which is 1.
const SOFT: f64 = 0.5;

/// Words with what they mean in each column; `None` where they teach a column nothing.
struct Sample<const COLUMNS: usize> {
    runs: Vec<String>,
    means: [Option<bool>; COLUMNS],
}

/// The lines of `score.txt`.
pub fn senses_file(labelled: &[Labelled]) -> String {
    let remarks = "# Weights of runs of characters, made by `cargo run --release --example score`: a column for each sense in the order \
                   of\n# `Sense::ALL`. `.` is nothing, `A` to `Z` 1 to 26 for it, `a` to `z` against it.\n";
    let teaching = labelled.iter().filter(|labelled| labelled.round <= LAST_OF_SENSES);
    file(remarks, &teaching.flat_map(samples).collect::<Vec<_>>(), FEWEST, WEIGHT)
}

/// The lines of `trouble.txt`.
pub fn trouble_file(labelled: &[Labelled]) -> String {
    let remarks = "# Weights of runs of characters, made by `cargo run --release --example score`, for whether a clause tells that \
                   something is\n# wrong: `A` to `Z` 1 to 26 for it, `a` to `z` against it.\n";
    let teaching = labelled.iter().filter(|labelled| labelled.round <= LAST_OF_TROUBLE);
    file(remarks, &teaching.flat_map(clauses_of).collect::<Vec<_>>(), FEWEST_CLAUSES, CLAUSE_WEIGHT)
}

/// The remarks, and the weights of all runs that so many samples hold.
fn file<const COLUMNS: usize>(remarks: &str, samples: &[Sample<COLUMNS>], fewest: usize, unit: f64) -> String {
    let mut texts: BTreeMap<&str, usize> = BTreeMap::new();
    for run in samples.iter().flat_map(|sample| &sample.runs) {
        *texts.entry(run).or_default() += 1;
    }
    let known: Vec<&str> = texts.into_iter().filter(|(_, texts)| *texts >= fewest).map(|(run, _)| run).collect();
    let places: HashMap<&str, usize> = known.iter().enumerate().map(|(place, run)| (*run, place)).collect();
    let rows: Vec<Vec<usize>> = samples
        .iter()
        .map(|sample| sample.runs.iter().filter_map(|run| places.get(run.as_str()).copied()).collect())
        .collect();
    let columns: [Vec<f64>; COLUMNS] = std::array::from_fn(|column| {
        let texts = rows.iter().zip(samples).filter_map(|(row, sample)| Some((row.as_slice(), sample.means[column]?)));
        line(&texts.collect::<Vec<_>>(), known.len())
    });
    let mut file = remarks.to_owned();
    for (place, run) in std::iter::once((known.len(), &"")).chain(known.iter().enumerate()) {
        let weight = |column: &Vec<f64>| (column[place] / unit).round().clamp(-f64::from(MOST), f64::from(MOST)) as i8;
        let signs: String = columns.iter().map(|column| sign_of(weight(column))).collect();
        if place == known.len() || signs.bytes().any(|sign| sign != b'.') {
            writeln!(file, "{signs}{run}").expect("a string takes all");
        }
    }
    file
}

/// The clauses about each task, where the rules read the text as it was meant: those in which they found a problem, and the others.
fn clauses_of(labelled: &Labelled) -> Vec<Sample<1>> {
    let read = by_rules(&labelled.text, &labelled.named, labelled.on);
    if !labelled.is_right(&read) {
        return Vec::new();
    }
    let of_item = |item: &Item| -> Vec<Sample<1>> {
        let words = item.words.as_str();
        let found: Vec<_> = item
            .problems
            .iter()
            .filter_map(|problem| words.find(problem.as_str()).map(|from| from..from + problem.len()))
            .collect();
        if found.len() < item.problems.len() {
            return Vec::new();
        }
        let sample = |clause: Range<usize>| {
            let troubled = found.iter().any(|problem| problem.start < clause.end && clause.start < problem.end);
            Sample { runs: runs(&words[clause]), means: [Some(troubled)] }
        };
        clauses(words).into_iter().map(sample).collect()
    };
    read.items.iter().flat_map(of_item).collect()
}

/// The whole of a text about one task, else the part about each task as the rules find it.
fn samples(labelled: &Labelled) -> Vec<Sample<{ Sense::ALL.len() }>> {
    let Some(meant) = labelled.meant.first() else { return Vec::new() };
    let sample = |words: &str, sense: Option<Sense>| Sample {
        runs: runs(words),
        means: Sense::ALL.map(|other| sense.map(|sense| sense == other)),
    };
    if meant.items.is_empty() {
        return vec![sample(&labelled.text, of_key(&meant.intent))];
    }
    let read = by_rules(&labelled.text, &labelled.named, labelled.on);
    let part = |task: &Option<String>| {
        let item = read.items.iter().find(|item| item.task == *task).map(|item| item.words.clone());
        item.filter(|words| !words.is_empty())
    };
    let told = meant.items.iter().filter_map(|item| {
        let words = match meant.items.as_slice() {
            [_] if labelled.named.len() == 1 => labelled.text.clone(),
            [_] => part(&item.task).unwrap_or_else(|| labelled.text.clone()),
            _ => part(&item.task)?,
        };
        Some(sample(&words, sense(meant, item)))
    });
    told.collect()
}

fn of_key(key: &str) -> Option<Sense> {
    Sense::ALL.into_iter().find(|sense| sense.key() == key)
}

fn sense(meant: &Meant, told: &Told) -> Option<Sense> {
    match &told.status {
        _ if meant.intent == "extension" || told.extend_to.is_some() => Some(Sense::Extension),
        Some(status) => of_key(status),
        None if told.unchanged => Some(Sense::Unchanged),
        None if told.problems > 0 => Some(Sense::Problem),
        None => None,
    }
}

/// The line between the texts of which it is so and the others: a weight for each run, and last the one that always counts.
/// Each text has the length 1, however many runs it has.
fn line(texts: &[(&[usize], bool)], runs: usize) -> Vec<f64> {
    let mut line = vec![0.0; runs + 1];
    let mut pull = vec![0.0_f64; texts.len()];
    for pass in 0..PASSES {
        for step in 0..texts.len() {
            // Another order in each pass, so that no run of like texts pulls alone.
            let at = (step * 7_919 + pass * 104_729) % texts.len();
            let (row, is_so) = texts[at];
            let side = if is_so { 1.0 } else { -1.0 };
            let value = if row.is_empty() { 0.0 } else { 1.0 / (row.len() as f64).sqrt() };
            let sum: f64 = row.iter().map(|run| line[*run]).sum();
            let slope = side * (sum * value + line[runs]) - 1.0 + SOFT * pull[at];
            let long = if row.is_empty() { 0.0 } else { 1.0 };
            let new = (pull[at] - slope / (long + 1.0 + SOFT)).max(0.0);
            let change = (new - pull[at]) * side;
            if change != 0.0 {
                row.iter().for_each(|run| line[*run] += change * value);
                line[runs] += change;
                pull[at] = new;
            }
        }
    }
    line
}
