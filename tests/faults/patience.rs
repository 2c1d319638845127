//! The row of 429: a chat that Telegram wants left alone is left alone, and only that one.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use chrono::{Days, TimeDelta};
use duban::clock::Clock;

use super::api::{Api, BOT_NAME, TOKEN};
use super::chance::Chance;
use super::held;
use super::office::{At, Office, PATIENCE, at, first_due};
use super::table::Row;
use super::weather::Weather;

/// Between two stops, so that the rests have to survive them.
const LIFE: Duration = Duration::from_secs(4);

pub struct Sizes {
    pub units: i64,
    pub sends: usize,
    pub too_many: u32,
    pub held_off: u64,
    pub longest: Duration,
}

pub const SHORT: Sizes = Sizes { units: 20, sends: 100, too_many: 100, held_off: 5, longest: Duration::from_secs(20) };
pub const LONG: Sizes =
    Sizes { units: 100, sends: 10_000, too_many: 50, held_off: 400, longest: Duration::from_secs(300) };

pub fn measure(sizes: &Sizes, chance: Chance) -> Row {
    let began = Instant::now();
    let office = Office::furnish(Api::start(chance), sizes.units);
    let before = {
        let mut state = office.api.state();
        state.weather = Weather { too_many: sizes.too_many, ..Weather::slow(Duration::from_millis(5)) };
        state.accepted.len()
    };
    let clock = Clock::system();
    let ahead = at(first_due() - Days::new(2), "10:00:00").to_utc() - clock.now();
    for number in 0..sizes.sends {
        let unit = i64::try_from(number).expect("few") % sizes.units + 1;
        let now = (clock.now() + ahead).timestamp();
        office.api.say(-unit, unit, now, &format!("/help@{BOT_NAME}"));
    }
    let (mut stops, mut unclean) = (0, 0);
    let all_sent = |accepted: usize| accepted >= before + sizes.sends;
    while !all_sent(office.api.state().accepted.len()) && began.elapsed() < sizes.longest {
        let bot = office.start(at_a_new_second(&clock, ahead));
        office.api.wait_until(LIFE, |state| all_sent(state.accepted.len()));
        unclean += u64::from(!bot.terminate().0.success());
        stops += 1;
    }
    let left = held::present(&office.database()).waiting;
    let state = office.api.state();
    Row::new("429")
        .size("sends", (state.accepted.len() - before) as u64, sizes.sends as u64)
        .size("answers 429 with 1 to 3 s", state.held_off, sizes.held_off)
        .size("stops and starts", stops, 1)
        .count("requests to a chat inside its retry_after", state.impatient, 0)
        .count("left over", left, 0)
        .count("ended with another status than 0", unclean, 0)
        .remark(format!("rests of {} s in all, over after {} s", state.rest_seconds, began.elapsed().as_secs()))
}

/// The bot's clock counts whole seconds from its start. It starts early in one, so that every life has the same clock.
fn at_a_new_second(clock: &Clock, ahead: TimeDelta) -> At {
    let before = clock.now();
    while clock.now() == before {
        std::thread::sleep(Duration::from_millis(5));
    }
    (clock.now() + ahead).fixed_offset()
}

/// A bot that asks again too soon is noticed, one that waits is not.
pub fn self_test() {
    let api = Api::start(Chance::new(1, "429"));
    api.state().weather = Weather { too_many: 1_000, ..Weather::fair() };
    let body = r#"{"chat_id":-1,"text":"x"}"#;
    let mut connection = TcpStream::connect(api.address.trim_start_matches("http://")).expect("connected");
    let mut ask = || {
        let head = format!("POST /bot{TOKEN}/sendMessage HTTP/1.1\r\ncontent-length: {}\r\n\r\n", body.len());
        connection.write_all((head + body).as_bytes()).expect("asked");
        let read = connection.read(&mut [0; 4096]).expect("answered");
        assert!(read > 0);
    };
    let counted = || {
        let state = api.state();
        (state.held_off, state.impatient)
    };
    ask();
    assert_eq!(counted(), (1, 0));
    ask();
    assert_eq!(counted(), (2, 1));
    assert!(!Row::new("429").count("requests inside", 1, 0).is_kept());
    assert!(api.wait_until(PATIENCE, |state| state.accepted.is_empty()), "what is refused is not accepted");
}
