//! Lives of the process that end by a kill, and those that are left in peace.

use std::time::{Duration, Instant};

use chrono::TimeDelta;

use super::chance::Chance;
use super::held;
use super::office::{At, Office, PATIENCE};
use super::weather::Weather;

/// What the clock moves ahead between two lives, in seconds: within the pauses that doubtful messages make, and beyond.
const JUMPS: [i64; 4] = [3, 40, 180, 1_300];
/// So many lives in peace are enough for every pause that a message can make.
const PEACEFUL_LIVES: usize = 12;

pub fn jump(chance: &mut Chance) -> TimeDelta {
    TimeDelta::seconds(*chance.pick(&JUMPS))
}

/// Kills the bot at some moment after its first request, or while it starts. What its clock showed.
pub fn one(office: &Office, now: At, chance: &mut Chance) -> At {
    let requests = office.api.state().requests;
    let bot = office.start(now);
    if chance.happens(900) {
        office.api.wait_until(PATIENCE, |state| state.requests > requests);
        std::thread::sleep(chance.pause(Duration::from_millis(100)));
    } else {
        std::thread::sleep(chance.pause(Duration::from_millis(40)));
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
        let present = held::present(&office.database());
        if present.waiting == 0 && present.digests >= digests && office.api.state().unconfirmed() == 0 {
            return now;
        }
        let bot = office.start(now);
        until_nothing_moves(office);
        now = bot.now();
        bot.terminate();
        now += TimeDelta::minutes(21);
    }
    now
}

/// What does not move any more waits for a later hour.
fn until_nothing_moves(office: &Office) {
    let ends = Instant::now() + PATIENCE;
    let mut before = (0, 0);
    while Instant::now() < ends {
        std::thread::sleep(Duration::from_millis(250));
        let state = office.api.state();
        let present = (state.requests, state.accepted.len());
        if present == before {
            return;
        }
        before = present;
    }
}
