//! Time of reading replies: microseconds a reply of the labelled set, and how it grows with the length of texts that nobody
//! sends on purpose. It must grow in proportion: `cargo bench --bench understanding`.

use std::time::{Duration, Instant};

use duban::understanding::{Named, understand_contact};

const REPLIES: &str = include_str!("../tests/it/replies/work.tsv");
/// The longest message of Telegram, in UTF-16 units, comes last.
const LENGTHS: [usize; 4] = [512, 1_024, 2_048, 4_096];
const ROUNDS: usize = 5;

fn main() {
    let on = "2019-06-27".parse().expect("a date");
    let named = |numbers: &str| Named::by_numbers(&numbers.split(',').map(str::to_owned).collect::<Vec<_>>());
    let replies: Vec<(Vec<Named>, String)> = REPLIES
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .filter_map(|line| line.split_once('|'))
        .map(|(numbers, rest)| (named(numbers), rest.split('|').next().unwrap_or_default().replace("\\n", "\n")))
        .collect();
    let all = fastest(|| {
        for (named, words) in &replies {
            understand_contact(words, named, on);
        }
    });
    println!("{} replies: {:.0} µs each", replies.len(), all.as_secs_f64() * 1e6 / replies.len() as f64);
    println!(
        "{:>24} {}  4,096 : 2,048",
        "ms of so many characters",
        LENGTHS.map(|length| format!("{length:>8}")).join("")
    );
    let five = named("5");
    for (name, piece) in [
        ("5、5、", "5、"),
        ("brackets", "（"),
        ("digits", "5"),
        ("一一", "一"),
        ("plain words", "系统已上线试运行，"),
        ("numbered lines", "1. 已完成\n"),
        ("已完成", "已完成"),
        ("percentages", "60%，"),
    ] {
        let times = LENGTHS.map(|length| {
            let text: String = piece.chars().cycle().take(length).collect();
            fastest(|| {
                understand_contact(&text, &five, on);
            })
            .as_secs_f64()
                * 1e3
        });
        let shown = times.map(|time| format!("{time:>8.2}")).join("");
        println!("{name:>24} {shown}  {:>13.1}", times[3] / times[2]);
    }
}

/// The shortest of several runs: others share this machine.
fn fastest(run: impl Fn()) -> Duration {
    let timed = |_| {
        let before = Instant::now();
        run();
        before.elapsed()
    };
    (0..ROUNDS).map(timed).min().unwrap_or_default()
}
