//! The measuring programme: the built `duban` against a Bot API of its own, with faults and kills; prints the table of
//! what was promised and what was found. `cargo test --locked --release --test faults -- --help` says how to ask it.

mod api;
mod attacks;
mod chance;
mod deliveries;
mod disk;
mod files;
mod held;
mod hostile;
mod lives;
mod mutation;
mod office;
mod options;
mod outages;
mod patience;
mod reminders;
mod replies;
mod speed;
mod stops;
mod table;
mod tampering;
mod times;
mod torn;
mod weather;
mod wire;

use std::process::ExitCode;

use chance::Chance;
use options::Options;
use table::Row;

/// A row, or a few that are measured in one run: its name, what it does with `long`, and the test of its own counting.
type Measure = (&'static str, fn(bool, Chance) -> Vec<Row>, fn());

/// The short run's, so that `cargo test` does the same each time.
const USUAL_SEED: u64 = 1;

/// In the order of the table.
const MEASURES: [Measure; 11] = [
    (
        "reminders",
        |long, chance| reminders::measure(if long { &reminders::LONG } else { &reminders::SHORT }, chance),
        reminders::self_test,
    ),
    (
        "replies",
        |long, chance| vec![replies::measure(if long { &replies::LONG } else { &replies::SHORT }, chance)],
        replies::self_test,
    ),
    (
        "stops",
        |long, chance| vec![stops::measure(if long { &stops::LONG } else { &stops::SHORT }, chance)],
        stops::self_test,
    ),
    (
        "429",
        |long, chance| vec![patience::measure(if long { &patience::LONG } else { &patience::SHORT }, chance)],
        patience::self_test,
    ),
    ("outages", |long, _| vec![outages::measure(if long { 1 } else { 199 })], outages::self_test),
    (
        "ledger",
        |long, _| vec![tampering::measure(if long { &tampering::LONG } else { &tampering::SHORT })],
        tampering::self_test,
    ),
    ("torn", |long, chance| vec![torn::measure(if long { 10_000 } else { 60 }, &chance)], torn::self_test),
    ("disk", |long, chance| vec![disk::measure(if long { 20 } else { 1 }, chance)], disk::self_test),
    (
        "cron",
        |long, chance| vec![times::measure(if long { &times::LONG } else { &times::SHORT }, chance)],
        times::self_test,
    ),
    ("attacks", |_, chance| attacks::measure(&chance), attacks::self_test),
    (
        "hostile",
        |long, chance| vec![hostile::measure(if long { 10_000_000 } else { 20_000 }, &chance)],
        hostile::self_test,
    ),
];

fn main() -> ExitCode {
    let options = Options::of_this_run();
    let seed = options.seed.unwrap_or_else(|| if options.long { fresh_seed() } else { USUAL_SEED });
    if options.speed {
        println!("{}", speed::measure(Chance::new(seed, "speed")));
        return ExitCode::SUCCESS;
    }
    table::self_test();
    deliveries::self_test();
    let mut rows = Vec::new();
    println!("seed {seed}; the same again with --seed {seed}");
    for (name, measure, self_test) in MEASURES.into_iter().filter(|(name, _, _)| options.wants(name)) {
        self_test();
        for row in measure(options.long, Chance::new(seed, name)) {
            println!("{}", row.line());
            rows.push(row);
        }
    }
    println!("\nseed {seed}\n\n{}", table::table(&rows));
    // How many kills fall in a short run is the machine's affair; a long one is repeated where they were too few.
    let holds = rows.iter().all(|row| row.is_kept() && (row.is_long_enough() || !options.long));
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn fresh_seed() -> u64 {
    getrandom::u64().expect("the system has chance")
}
