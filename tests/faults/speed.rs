//! How many reports the built program records and answers for each second of processor time, and whether that falls as
//! the database grows: `cargo test --release --test faults -- --speed`. Nothing is asserted: machines differ.

use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use super::api::{Api, BOT_NAME};
use super::chance::Chance;
use super::held;
use super::office::{Office, TASKS, at, first_due};

const UNITS: i64 = 20;
/// Reports of each block, one after the other on the same database.
const BLOCKS: [u64; 5] = [500, 1_000, 1_500, 3_000, 4_000];
/// So many reports lie with the API at most.
const AHEAD: usize = 400;
const LOOKS: Duration = Duration::from_millis(5);

/// A block of reports: how many, and what they cost.
struct Block {
    reports: u64,
    /// Messages that the outbox held before.
    held: u64,
    wall: Duration,
    processor: Duration,
    peak_kib: u64,
}

/// The table, as Markdown.
pub fn measure(chance: Chance) -> String {
    let office = Office::furnish(Api::start(chance), UNITS);
    let mut table = "| reports | messages before | reports a second of CPU | reports a second | peak MiB |\n|---|---|---|---|---|\n".to_owned();
    for reports in BLOCKS {
        let block = block(&office, reports);
        let rate = |time: Duration| block.reports as f64 / time.as_secs_f64();
        let line = format!(
            "| {} | {} | {:.0} | {:.0} | {:.1} |\n",
            block.reports,
            block.held,
            rate(block.processor),
            rate(block.wall),
            block.peak_kib as f64 / 1024.0
        );
        print!("{line}");
        // A string takes whatever is written to it.
        let _ = write!(table, "{line}");
    }
    table
}

/// The bot is started anew, so that what it costs is that of these reports.
fn block(office: &Office, reports: u64) -> Block {
    let held = held::present(&office.database()).messages;
    let opening = at(first_due(), "10:00:00");
    let bot = office.start(opening);
    let mut said = 0;
    let mut say = || {
        let (unit, task, share) = (said as i64 % UNITS + 1, said as usize / UNITS as usize % TASKS + 1, said % 90 + 5);
        let words = format!("/report@{BOT_NAME} {task} {share}% 本周召开第{said}次会议");
        office.api.say(-unit, unit, bot.now().timestamp(), &words);
        said += 1;
    };
    // The first ones warm it up and are not counted.
    for _ in 0..UNITS {
        say();
    }
    settle(office);
    let (before, begun) = (processor(bot.id()), Instant::now());
    for _ in 0..reports {
        say();
        while office.api.state().unconfirmed() > AHEAD {
            std::thread::sleep(LOOKS);
        }
    }
    settle(office);
    let (wall, processor) = (begun.elapsed(), processor(bot.id()) - before);
    let peak_kib = peak_kib(bot.id());
    bot.terminate();
    Block { reports, held, wall, processor, peak_kib }
}

/// Waits until everything was recorded and answered.
fn settle(office: &Office) {
    while office.api.state().unconfirmed() > 0 || held::present(&office.database()).waiting > 0 {
        std::thread::sleep(LOOKS);
    }
}

/// The processor time of a process so far. Linux counts it in hundredths of a second.
fn processor(id: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).expect("the process runs");
    let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
    let hundredths: u64 = fields[11..13].iter().map(|ticks| ticks.parse::<u64>().expect("a number")).sum();
    Duration::from_millis(hundredths * 10)
}

fn peak_kib(id: u32) -> u64 {
    let status = std::fs::read_to_string(Path::new("/proc").join(id.to_string()).join("status")).expect("it runs");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    peak.trim().trim_end_matches(" kB").parse().expect("a number")
}
