//! Lives of the process that end by a kill, and those that are left in peace.

use std::time::{Duration, Instant};

use chrono::{Days, NaiveTime, TimeDelta};

use super::chance::Chance;
use super::held;
use super::office::{At, Office, PATIENCE};
use super::weather::Weather;

/// What the clock moves ahead between two lives, in seconds: within the pauses that doubtful messages make, and beyond.
const JUMPS: [i64; 4] = [3, 40, 180, 1_300];
/// So many lives in peace are enough for every pause that a message can make.
const PEACEFUL_LIVES: usize = 20;
const MORNING: NaiveTime = NaiveTime::from_hms_opt(10, 0, 0).expect("a time");
const MOST_DAYS_OFF: usize = 10;
const NOTHING_TO_SEND: Duration = Duration::from_millis(500);
/// Longer than a batch of updates takes.
const NOTHING_MOVES: Duration = Duration::from_secs(2);

pub fn jump(chance: &mut Chance) -> TimeDelta {
    TimeDelta::seconds(*chance.pick(&JUMPS))
}

/// Kills the bot at some moment: mostly while it sends, sometimes while it begins. What its clock showed.
pub fn one(office: &Office, now: At, chance: &mut Chance) -> At {
    let (requests, sends) = {
        let state = office.api.state();
        (state.requests, state.sends)
    };
    let bot = office.start(now);
    match chance.below(10) {
        0 => std::thread::sleep(chance.pause(Duration::from_millis(40))),
        1 | 2 => {
            office.api.wait_until(PATIENCE, |state| state.requests > requests);
            std::thread::sleep(chance.pause(Duration::from_millis(60)));
        }
        _ => {
            office.api.wait_until(NOTHING_TO_SEND, |state| state.sends > sends);
            std::thread::sleep(chance.pause(Duration::from_millis(80)));
        }
    }
    bot.kill()
}

/// Without kills and faults, with the clock moving over every pause, until all is settled, all updates are confirmed and so
/// many digests have been made; what the clock shows then.
pub fn in_peace(office: &Office, mut now: At, digests: u64) -> At {
    {
        let mut state = office.api.state();
        (state.weather, state.break_polls) = (Weather::fair(), 0);
    }
    for _ in 0..PEACEFUL_LIVES {
        if is_settled(office, digests) {
            return now;
        }
        let bot = office.start(now);
        until_nothing_moves(office, digests);
        now = bot.now();
        bot.terminate();
        now += TimeDelta::minutes(21);
    }
    now
}

/// The same, and then from day to day until what waits for sending hours has gone out too.
pub fn to_the_end(office: &Office, now: At) {
    let mut now = in_peace(office, now, 0);
    for _ in 0..MOST_DAYS_OFF {
        if held::present(&office.database()).put_off == 0 {
            return;
        }
        now = (now + Days::new(1)).with_time(MORNING).single().expect("no clock is changed in Shanghai");
        let bot = office.start(now);
        until_nothing_moves(office, 0);
        bot.terminate();
        now = in_peace(office, now + TimeDelta::minutes(1), 0);
    }
}

fn is_settled(office: &Office, digests: u64) -> bool {
    let present = held::present(&office.database());
    present.waiting == 0 && present.digests >= digests && office.api.state().unconfirmed() == 0
}

/// Settled, and nothing is put off either.
fn is_over(office: &Office, digests: u64) -> bool {
    is_settled(office, digests) && held::present(&office.database()).put_off == 0
}

/// What does not move any more waits for a later hour.
fn until_nothing_moves(office: &Office, digests: u64) {
    let ends = Instant::now() + PATIENCE;
    let (mut before, mut moved) = ((0, 0), Instant::now());
    while Instant::now() < ends && moved.elapsed() < NOTHING_MOVES && !is_over(office, digests) {
        std::thread::sleep(Duration::from_millis(50));
        let state = office.api.state();
        let present = (state.requests, state.accepted.len());
        if present != before {
            (before, moved) = (present, Instant::now());
        }
    }
}
