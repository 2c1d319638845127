//! Learns the weights: for each sense a line that parts the words which mean it from all others (a linear support vector
//! machine with squared loss, by coordinate descent on its dual).
//!
//! Only sums, products, quotients and square roots of `f64` are used, in a fixed order: the same labels make the same file on
//! every machine.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use duban::understanding::by_rules;
use duban::understanding::score::{COLUMNS, MOST, Sense, runs, sign_of};

use super::labels::{Labelled, Meant, Told};

/// A run that fewer texts hold tells nothing.
const FEWEST: usize = 5;
/// One weight, in what the lines are told.
const WEIGHT: f64 = 0.06;
const PASSES: usize = 15;
/// What is left of the loss in each text: half of one by the weight of errors, which is 1.
const SOFT: f64 = 0.5;

/// Words with their sense, where they have one alone, and whether they tell a problem.
struct Sample {
    runs: Vec<String>,
    sense: Option<Sense>,
    problem: bool,
}

/// The lines of `score.txt`.
pub fn learnt_file(labelled: &[Labelled]) -> String {
    let samples: Vec<Sample> = labelled.iter().flat_map(samples).collect();
    let mut texts: BTreeMap<&str, usize> = BTreeMap::new();
    for run in samples.iter().flat_map(|sample| &sample.runs) {
        *texts.entry(run).or_default() += 1;
    }
    let known: Vec<&str> = texts.into_iter().filter(|(_, texts)| *texts >= FEWEST).map(|(run, _)| run).collect();
    let places: HashMap<&str, usize> = known.iter().enumerate().map(|(place, run)| (*run, place)).collect();
    let rows: Vec<Vec<usize>> = samples
        .iter()
        .map(|sample| sample.runs.iter().filter_map(|run| places.get(run.as_str()).copied()).collect())
        .collect();
    let columns: Vec<Vec<f64>> = (0..COLUMNS)
        .map(|column| {
            let means = |sample: &Sample| match Sense::ALL.get(column) {
                Some(sense) => sample.sense.map(|known| known == *sense),
                None => Some(sample.problem),
            };
            let texts = rows.iter().zip(&samples).filter_map(|(row, sample)| Some((row.as_slice(), means(sample)?)));
            line(&texts.collect::<Vec<_>>(), known.len())
        })
        .collect();
    let mut file = String::from(
        "# Weights of runs of characters, made by `cargo run --release --example score`: a column for each sense in the order of\n\
         # `Sense::ALL`, the last for whether a problem is told. `.` is nothing, `A` to `Z` 1 to 26 for it, `a` to `z` against it.\n",
    );
    for (place, run) in std::iter::once((known.len(), &"")).chain(known.iter().enumerate()) {
        let weight =
            |column: &Vec<f64>| (column[place] / WEIGHT).round().clamp(-f64::from(MOST), f64::from(MOST)) as i8;
        let signs: String = columns.iter().map(|column| sign_of(weight(column))).collect();
        if place == known.len() || signs.bytes().any(|sign| sign != b'.') {
            writeln!(file, "{signs}{run}").expect("a string takes all");
        }
    }
    file
}

/// The whole of a text about one task, else the part about each task as the rules find it.
fn samples(labelled: &Labelled) -> Vec<Sample> {
    let Some(meant) = labelled.meant.first() else { return Vec::new() };
    let sample = |words: &str, sense, problem| Sample { runs: runs(words), sense, problem };
    if meant.items.is_empty() {
        return vec![sample(&labelled.text, of_key(&meant.intent), false)];
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
        Some(sample(&words, sense(meant, item), item.problems > 0))
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
