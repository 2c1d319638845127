//! The row of SIGTERM: a stop under load finishes what is under way and leaves nothing in doubt.

use std::time::{Duration, Instant};

use chrono::{Days, TimeDelta};

use super::api::Api;
use super::chance::Chance;
use super::deliveries;
use super::held;
use super::lives;
use super::office::{COORDINATORS, Office, PATIENCE, at, first_due};
use super::replies;
use super::table::Row;
use super::weather::Weather;

/// A send may hang for as long as the client waits for it, and the stop with it.
const SOON: Duration = Duration::from_secs(35);

pub struct Sizes {
    pub units: i64,
    pub stops: u64,
    /// Stops while a send gets no answer at all; each takes half a minute.
    pub hangs: u64,
}

pub const SHORT: Sizes = Sizes { units: 8, stops: 12, hangs: 0 };
pub const LONG: Sizes = Sizes { units: 40, stops: 200, hangs: 4 };

#[derive(Default)]
struct Tally {
    stops: u64,
    /// Stops at which something was still to be done.
    loaded: u64,
    unclean: u64,
    late: u64,
    /// Messages that a stop left in doubt although their answers came.
    left_sending: u64,
    slowest: Duration,
}

pub fn measure(sizes: &Sizes, mut chance: Chance) -> Row {
    let began = Instant::now();
    let office = Office::furnish(Api::start(chance.clone()), sizes.units);
    let mut now = at(first_due() - Days::new(2), "10:00:00");
    let (mut said, mut tally) = (Vec::new(), Tally::default());
    for stop in 0..sizes.stops + sizes.hangs {
        let hangs = stop >= sizes.stops;
        office.api.state().weather = match (hangs, stop % 10) {
            (true, _) => Weather { hang: 1_000, ..Weather::fair() },
            (false, 0) => Weather::slow(Duration::from_millis(900)),
            (false, _) => Weather::slow(Duration::from_millis(40)),
        };
        for _ in 0..10 + chance.below(60) {
            said.push(replies::report(&office, now, said.len()));
        }
        let requests = office.api.state().requests;
        let bot = office.start(now);
        office.api.wait_until(PATIENCE, |state| state.requests > requests);
        std::thread::sleep(chance.pause(Duration::from_millis(150)));
        now = bot.now() + TimeDelta::seconds(30);
        let (status, took) = bot.terminate();
        tally.stops += 1;
        tally.unclean += u64::from(!status.success());
        tally.late += u64::from(took > SOON);
        tally.slowest = tally.slowest.max(took);
        let waiting = held::present(&office.database()).waiting > 0 || office.api.state().unconfirmed() > 0;
        tally.loaded += u64::from(waiting);
        let left = held::held(&office.database()).posted.into_iter();
        tally.left_sending += left.filter(|posted| posted.state == "sending").count() as u64;
    }
    lives::to_the_end(&office, now);
    row(sizes, &office, &said, &tally, began.elapsed())
}

fn row(sizes: &Sizes, office: &Office, said: &[(i64, i64)], tally: &Tally, took: Duration) -> Row {
    let held = held::held(&office.database());
    let state = office.api.state();
    let (sent, told) =
        (deliveries::count(&held, &state.accepted, COORDINATORS), replies::count(said, &held, &state.accepted));
    // A send that hangs may have arrived, so it goes out again.
    let in_doubt = state.ambiguous;
    Row::new("SIGTERM under load")
        .size("stops", tally.stops, sizes.stops)
        .size("with work left to do", tally.loaded, sizes.stops / 2)
        .size("updates", told.said, 1)
        .size("messages", sent.messages, 1)
        .count("updates lost", told.lost, 0)
        .count("updates applied twice", told.applied_twice, 0)
        .count("messages lost", sent.lost, 0)
        .count("messages twice, beyond those that got no answer", sent.copies.saturating_sub(in_doubt), 0)
        .count("messages left marked as being sent", tally.left_sending, 0)
        .count("ended with another status than 0", tally.unclean, 0)
        .count("took longer than 35 s", tally.late, 0)
        .remark(format!("slowest stop {:.1} s, {in_doubt} sends hung", tally.slowest.as_secs_f64()))
        .remark(format!("{} s", took.as_secs()))
}

/// The counting is that of deliveries and replies, which have their own tests; here what only this row counts.
pub fn self_test() {
    let unclean = Row::new("stops").count("ended with another status than 0", 1, 0);
    assert!(!unclean.is_kept());
}
