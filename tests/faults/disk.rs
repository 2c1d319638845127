//! The row of the full disk: on a file system of a few megabytes, filled to the last byte while people report.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::{Days, TimeDelta};
use tempfile::TempDir;

use super::api::Api;
use super::chance::Chance;
use super::held;
use super::lives;
use super::office::{Office, PATIENCE, at, first_due};
use super::replies;
use super::table::Row;

const UNITS: i64 = 8;
const MEBIBYTES: u32 = 24;
const UPDATES: usize = 60;
/// getMe, setMyCommands for groups and in private, and the first poll: then the bot has begun.
const BEGINNING: u64 = 4;

/// A file system in memory, for as long as it is held.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// `None` where nobody may mount.
    fn mount() -> Option<SmallDisk> {
        let folder = tempfile::tempdir().ok()?;
        let size = format!("size={MEBIBYTES}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(SmallDisk(folder))
    }

    fn filler(&self) -> PathBuf {
        self.0.path().join("filler")
    }

    /// Leaves no room at all.
    fn fill(&self) {
        let mut filler = OpenOptions::new().create(true).append(true).open(self.filler()).expect("a file");
        for size in [1 << 16, 1 << 12, 1] {
            while filler.write_all(&vec![0; size]).is_ok() {}
        }
    }

    fn make_room(&self) {
        std::fs::remove_file(self.filler()).expect("removed");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // The folder goes with it only when nothing is mounted there any more.
        let _ = Command::new("umount").arg(self.0.path()).output();
    }
}

#[derive(Default)]
struct Tally {
    filled: u64,
    /// Confirmed to Telegram although there was no room to keep them.
    confirmed: u64,
    /// The process ended, and did not go on when there was room.
    ended: u64,
}

pub fn measure(times: u64, chance: Chance) -> Row {
    let began = Instant::now();
    let Some(disk) = SmallDisk::mount() else {
        return Row::new("full disk").remark("NOT MEASURED: this machine does not let us mount a small file system");
    };
    let office = Office::furnish_in(disk.0.path(), Api::start(chance), UNITS);
    let (mut said, mut tally) = (Vec::new(), Tally::default());
    let mut now = at(first_due() - Days::new(2), "10:00:00");
    for _ in 0..times {
        let requests = office.api.state().requests;
        let mut bot = office.start(now);
        office.api.wait_until(PATIENCE, |state| state.requests >= requests + BEGINNING);
        disk.fill();
        tally.filled += 1;
        for _ in 0..UPDATES {
            said.push(replies::report(&office, now, said.len()));
        }
        std::thread::sleep(Duration::from_millis(1_500));
        let unconfirmed = office.api.state().unconfirmed();
        tally.confirmed += confirmed_and_not_kept(said.len(), unconfirmed, held::inbox_count(&office.database()));
        let ended = !bot.runs();
        tally.ended += u64::from(ended);
        disk.make_room();
        if !ended {
            office.api.wait_until(Duration::from_secs(10), |state| state.unconfirmed() == 0);
        }
        now = bot.now();
        bot.terminate();
        now += TimeDelta::minutes(1);
        office.forget_log();
    }
    lives::to_the_end(&office, now);
    row(times, &office, &said, &tally, began.elapsed())
}

/// How many updates the bot has confirmed beyond those that it kept; the groups' binding was kept before.
fn confirmed_and_not_kept(said: usize, unconfirmed: usize, kept: u64) -> u64 {
    let (confirmed, bindings) = (said.saturating_sub(unconfirmed) as u64, UNITS.unsigned_abs() + 1);
    confirmed.saturating_sub(kept.saturating_sub(bindings))
}

fn row(times: u64, office: &Office, said: &[(i64, i64)], tally: &Tally, took: Duration) -> Row {
    let held = held::held(&office.database());
    let whole = office.is_whole();
    let state = office.api.state();
    let found = replies::count(said, &held, &state.accepted);
    Row::new("full disk")
        .size("times full", tally.filled, times)
        .size("updates", found.said, 1)
        .count("confirmed and not kept", tally.confirmed, 0)
        .count("lost", found.lost, 0)
        .count("applied twice", found.applied_twice, 0)
        .count("unanswered", found.unanswered, 0)
        .count("broken by `duban verify`", u64::from(!whole), 0)
        .count("times the process ended instead of going on when there was room", tally.ended, 0)
        .remark(format!("{} s", took.as_secs()))
}

/// A disk that is filled takes nothing more, and takes it again when there is room; what is confirmed too early is noticed.
pub fn self_test() {
    assert_eq!(confirmed_and_not_kept(60, 60, 9), 0);
    assert_eq!(confirmed_and_not_kept(60, 0, 69), 0);
    assert_eq!(confirmed_and_not_kept(60, 0, 68), 1);
    let Some(disk) = SmallDisk::mount() else { return };
    let write = |path: &Path| std::fs::write(path, [0; 1 << 13]);
    let file = disk.0.path().join("file");
    disk.fill();
    assert!(write(&file).is_err(), "it is full");
    disk.make_room();
    assert!(write(&file).is_ok());
}
