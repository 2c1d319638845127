//! Makes `src/understanding/score.txt` and `trouble.txt` from the labelled replies of the tests: `cargo run --release --example score`.
//!
//! With a round's number it measures instead: that round and all after it are read with weights learnt from the rounds before it
//! and the work set, once by the rules alone and once with the score. No network, no chance: the same labels make the same file.

mod labels;
mod learning;

use duban::understanding::score::Score;
use duban::understanding::{Understanding, by_rules, weighed};

use labels::Labelled;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/understanding");

fn main() -> std::io::Result<()> {
    match std::env::args().nth(1).map(|first| first.parse::<usize>()) {
        None => {
            let all = labels::all();
            std::fs::write(format!("{FOLDER}/score.txt"), learning::senses_file(&all))?;
            std::fs::write(format!("{FOLDER}/trouble.txt"), learning::trouble_file(&all))
        }
        Some(Ok(first)) => {
            measure(first);
            Ok(())
        }
        Some(Err(_)) => Err(std::io::Error::other("the number of a round, or nothing")),
    }
}

/// How many replies of each round are right, asked about and wrong: by the rules, and with the score.
fn measure(first: usize) {
    let all = labels::all();
    let mut sums = [[0; 3]; 2];
    for round in first..=all.iter().map(|labelled| labelled.round).max().unwrap_or_default() {
        let before: Vec<Labelled> = all.iter().filter(|labelled| labelled.round < round).cloned().collect();
        let score = Score::read(&learning::senses_file(&before), &learning::trouble_file(&before));
        let mut counts = [[0; 3]; 2];
        for labelled in all.iter().filter(|labelled| labelled.round == round) {
            let (text, named, on) = (&labelled.text, &labelled.named, labelled.on);
            let rules = labelled.mark(&by_rules(text, named, on));
            let scored = labelled.mark(&weighed(&score, text, named, on));
            counts[0][rules] += 1;
            counts[1][scored] += 1;
        }
        println!("R{round}: right, asked, wrong by the rules {:?}, with the score {:?}", counts[0], counts[1]);
        for (sum, count) in sums.iter_mut().flatten().zip(counts.iter().flatten()) {
            *sum += count;
        }
    }
    println!("all: by the rules {:?}, with the score {:?}", sums[0], sums[1]);
}

impl Labelled {
    /// 0 right, 1 asked about, 2 wrong.
    fn mark(&self, read: &Understanding) -> usize {
        let asks = read.items.iter().all(|item| item.task.is_none());
        match () {
            () if self.is_right(read) => 0,
            () if read.intent == duban::understanding::Intent::Unclear || asks && !read.items.is_empty() => 1,
            () => 2,
        }
    }
}
