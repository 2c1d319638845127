//! The rows of reminders: what goes out while the process is killed and the network fails.

use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use serde_json::Value;

use super::api::Api;
use super::chance::Chance;
use super::deliveries::{self, Deliveries};
use super::held;
use super::lives;
use super::office::{At, COORDINATORS, Office, at, first_due, unit_name};
use super::table::Row;
use super::weather::Weather;

/// What deliver.rs allows to be under way at once.
const IN_FLIGHT: u64 = 8;
/// How many lives end by a kill on one day before it is brought to its end in peace.
const LIVES_A_DAY: usize = 16;
const LONGEST_ANSWER: Duration = Duration::from_millis(25);
pub struct Sizes {
    pub units: i64,
    pub kills: u64,
    pub messages: u64,
    pub ambiguous: u64,
    /// The run ends here even where it has not reached its sizes, and says so.
    pub longest: Duration,
}

pub const SHORT: Sizes = Sizes { units: 20, kills: 12, messages: 60, ambiguous: 5, longest: Duration::from_secs(25) };
pub const LONG: Sizes =
    Sizes { units: 100, kills: 1_000, messages: 10_000, ambiguous: 1_000, longest: Duration::from_secs(900) };

#[derive(Default)]
struct Tally {
    /// Kills while something was on its way.
    kills: u64,
    idle_kills: u64,
    /// Digests that the rehearsal announced and the schedule never made.
    unmade: u64,
    announced: u64,
}

pub fn measure(sizes: &Sizes, mut chance: Chance) -> Vec<Row> {
    let began = Instant::now();
    let office = Office::furnish(Api::start(chance.clone()), sizes.units);
    let mut tally = Tally::default();
    let mut day = first_due();
    let mut now = at(day, "09:00:00");
    loop {
        now = one_day(&office, day, now, &mut chance, &mut tally);
        let enough = held::present(&office.database()).messages >= sizes.messages
            && tally.kills >= sizes.kills
            && office.api.state().ambiguous >= sizes.ambiguous;
        if enough || began.elapsed() > sizes.longest {
            break;
        }
        day = day + Days::new(1);
        now = at(day, "09:00:00").max(now);
    }
    lives::to_the_end(&office, now);
    let held = held::held(&office.database());
    let whole = office.is_whole();
    let state = office.api.state();
    let found = deliveries::count(&held, &state.accepted, COORDINATORS);
    rows(sizes, &tally, &found, (state.ambiguous, state.most_at_once), whole, began.elapsed())
}

fn rows(
    sizes: &Sizes,
    tally: &Tally,
    found: &Deliveries,
    (ambiguous, at_once): (u64, u64),
    whole: bool,
    took: Duration,
) -> Vec<Row> {
    let reminders = Row::new("reminders under kill -9")
        .size("kills with messages on their way", tally.kills, sizes.kills)
        .size("messages", found.messages, sizes.messages)
        .size("digests announced by `preview`", tally.announced, 1)
        .count("neither delivered nor reported as failed", found.lost, 0)
        .count("announced digests never made", tally.unmade, 0)
        .count("not in the outbox", found.strange, 0)
        .count("broken by `duban verify`", u64::from(!whole), 0)
        .remark(format!("{} reported as failed", found.reported_failed))
        .remark(format!("{} more kills with nothing on its way", tally.idle_kills))
        .remark(format!("{} s", took.as_secs()));
    let copies = Row::new("copies")
        .size("kills", tally.kills, sizes.kills)
        .size("ambiguous answers", ambiguous, sizes.ambiguous)
        .count("copies (kills × in flight + ambiguous)", found.copies, tally.kills * IN_FLIGHT + ambiguous)
        .count("copies without the mark", found.unmarked, 0)
        .count("times the most repeated message came", found.most_of_one, 4)
        .count("requests in flight at most", at_once, IN_FLIGHT);
    vec![reminders, copies]
}

/// A day under kills until nothing is on its way, or so many lives have been spent; then in peace.
fn one_day(office: &Office, day: NaiveDate, mut now: At, chance: &mut Chance, tally: &mut Tally) -> At {
    let expected = announced(office, day);
    tally.announced += expected.len() as u64;
    let digests = held::present(&office.database()).digests + expected.len() as u64;
    office.forget_log();
    office.api.state().weather = Weather::foul(LONGEST_ANSWER);
    for _ in 0..if expected.is_empty() { 1 } else { LIVES_A_DAY } {
        now = lives::one(office, now, chance);
        let present = held::present(&office.database());
        match present.waiting > 0 {
            true => tally.kills += 1,
            false => tally.idle_kills += 1,
        }
        if present.waiting == 0 && present.digests >= digests {
            break;
        }
        now += lives::jump(chance);
    }
    now = lives::in_peace(office, now, digests);
    let made = held::reminded(&office.database(), &day.to_string());
    tally.unmade += unmade(&expected, &made);
    now
}

/// The chats that the rehearsal announces a digest for on that day.
fn announced(office: &Office, day: NaiveDate) -> Vec<i64> {
    let day = day.to_string();
    let announced = office.ask_json(&["preview", "--from", &day, "--to", &day, "--json"]);
    let units: Vec<&Value> = announced
        .as_array()
        .expect("a list")
        .iter()
        .filter(|message| message["kind"] == "digest")
        .map(|digest| &digest["unit"])
        .collect();
    (1..=office.units).filter(|unit| units.iter().any(|named| **named == unit_name(*unit))).map(|unit| -unit).collect()
}

/// For how many of the chats the schedule has made no digest. Whether what was made also came is counted by the outbox.
fn unmade(expected: &[i64], made: &[i64]) -> u64 {
    expected.iter().filter(|chat| !made.contains(chat)).count() as u64
}

/// A digest that is announced and not made is noticed, and so is every count of the rows.
pub fn self_test() {
    assert_eq!(unmade(&[-1, -2], &[-1, -3]), 1);
    let tally = || Tally { kills: 12, announced: 1, ..Tally::default() };
    let good = || Deliveries { messages: 60, copies: 101, most_of_one: 4, ..Deliveries::default() };
    let kept = |tally: &Tally, found: &Deliveries| {
        rows(&SHORT, tally, found, (5, 8), true, Duration::ZERO).iter().all(Row::is_kept)
    };
    assert!(kept(&tally(), &good()));
    for broken in [
        Deliveries { lost: 1, ..good() },
        Deliveries { copies: 102, ..good() },
        Deliveries { unmarked: 1, ..good() },
        Deliveries { most_of_one: 5, ..good() },
        Deliveries { strange: 1, ..good() },
    ] {
        assert!(!kept(&tally(), &broken), "{broken:?}");
    }
    assert!(!kept(&Tally { unmade: 1, ..tally() }, &good()));
}
