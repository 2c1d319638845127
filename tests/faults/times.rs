//! The row of cron lines: in every zone through ten years, and 20,000 lines against another program's reading of them.

use std::time::Instant;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use croner::parser::CronParser;
use duban::office::policy::{Hours, Policy};
use duban::reminding;
use duban::schedule::calendar::Calendar;
use duban::schedule::cron::Cron;

use super::chance::Chance;
use super::table::Row;

/// Times of day at which clocks are set back or ahead somewhere, and the default one.
const TIMES: [(u32, u32); 4] = [(0, 0), (1, 30), (2, 30), (9, 0)];
const NEXT_TIMES: usize = 5;
/// The product looks no further ahead from one time to the next.
const FARTHEST: TimeDelta = TimeDelta::days(4 * 366);

pub struct Sizes {
    /// Every so-manieth zone.
    pub every: usize,
    pub years: (i32, i32),
    pub lines: usize,
}

pub const SHORT: Sizes = Sizes { every: 40, years: (2026, 2027), lines: 150 };
pub const LONG: Sizes = Sizes { every: 1, years: (2026, 2036), lines: 20_000 };

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    instants: u64,
    backwards: u64,
    missed: u64,
    double: u64,
}

pub fn measure(sizes: &Sizes, mut chance: Chance) -> Row {
    let began = Instant::now();
    let zones: Vec<Tz> = TZ_VARIANTS.iter().copied().step_by(sizes.every).collect();
    let tally = std::thread::scope(|scope| {
        let halves = zones.chunks(zones.len().div_ceil(2));
        let workers: Vec<_> = halves.map(|half| scope.spawn(|| through_years(half, sizes.years))).collect();
        workers.into_iter().map(|worker| worker.join().expect("measured")).fold(Tally::default(), sum)
    });
    let (mut compared, mut refused, mut different) = (0, 0, 0);
    while compared < sizes.lines as u64 {
        let line = random_line(&mut chance);
        match (line.parse::<Cron>(), as_others_read(&line)) {
            (Ok(ours), Ok(theirs)) => {
                compared += 1;
                let start = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
                let start = (start + Days::new(chance.next() % 3_600)).and_hms_opt(8, 7, 0).expect("a time").and_utc();
                if ours_next(&ours, start) != theirs_next(&theirs, start) {
                    different += 1;
                    eprintln!(
                        "cron: {line} after {start}: {:?}, {:?}",
                        ours_next(&ours, start),
                        theirs_next(&theirs, start)
                    );
                }
            }
            _ => refused += 1,
        }
    }
    Row::new("cron")
        .size("zones", zones.len() as u64, if sizes.every == 1 { 500 } else { 1 })
        .size("instants", tally.instants, 1)
        .size("lines compared with croner", compared, sizes.lines as u64)
        .count("backwards", tally.backwards, 0)
        .count("missed", tally.missed, 0)
        .count("double", tally.double, 0)
        .count("different", different, 0)
        .remark(format!(
            "{}–{}; {refused} lines refused, mostly as closer than 15 minutes",
            sizes.years.0, sizes.years.1
        ))
        .remark(format!("{} s", began.elapsed().as_secs()))
}

fn sum(one: Tally, other: Tally) -> Tally {
    Tally {
        instants: one.instants + other.instants,
        backwards: one.backwards + other.backwards,
        missed: one.missed + other.missed,
        double: one.double + other.double,
    }
}

fn through_years(zones: &[Tz], years: (i32, i32)) -> Tally {
    let mut tally = Tally::default();
    for zone in zones {
        for (hour, minute) in TIMES {
            let cron: Cron = format!("{minute} {hour} * * *").parse().expect("a line");
            let days: Vec<NaiveDate> = NaiveDate::from_ymd_opt(years.0, 1, 1)
                .expect("a date")
                .iter_days()
                .take_while(|day| *day < NaiveDate::from_ymd_opt(years.1 + 1, 1, 1).expect("a date"))
                .collect();
            let wanted: Vec<DateTime<Utc>> = days
                .iter()
                .map(|day| first_instant(day.and_hms_opt(hour, minute, 0).expect("a time"), *zone))
                .collect();
            let by_line = walk(&wanted, |after| cron.next_after(after, *zone));
            let by_schedule = by_schedule(&days, &cron, *zone);
            for (what, one) in [("next_after", by_line), ("slots", by_schedule)] {
                if one.missed + one.double + one.backwards > 0 {
                    eprintln!("cron: {minute} {hour} * * * in {zone}, {what}: {one:?}");
                }
                tally = sum(tally, one);
            }
        }
    }
    tally
}

/// The same for the slots of the reminders, which is what the bot goes by: one on each working day.
fn by_schedule(days: &[NaiveDate], cron: &Cron, zone: Tz) -> Tally {
    let calendar = Calendar::china();
    let all_day = Hours { from: NaiveTime::MIN, to: NaiveTime::from_hms_opt(23, 59, 0).expect("a time") };
    let policy = Policy { timezone: zone, digest: cron.clone(), sending_hours: all_day, ..Policy::default() };
    let working = days.iter().filter(|day| calendar.is_working_day(**day));
    let wanted: Vec<DateTime<Utc>> =
        working.filter_map(|day| Some(first_instant(day.and_time(*cron.times_on(*day).first()?), zone))).collect();
    let (Some(first), Some(last)) = (wanted.first(), wanted.last()) else { return Tally::default() };
    let slots = reminding::slot::slots(
        reminding::slot::Part::Digest,
        &policy,
        &calendar,
        *first - TimeDelta::seconds(1),
        *last,
    );
    let mut slots = slots.into_iter().map(|slot| slot.at);
    walk(&wanted, |_| slots.next())
}

/// Follows a line from instant to instant beside those that are wanted. Days that a zone skipped altogether share the
/// instant at which the next begins.
fn walk(wanted: &[DateTime<Utc>], mut next: impl FnMut(DateTime<Utc>) -> Option<DateTime<Utc>>) -> Tally {
    let mut tally = Tally::default();
    let mut wanted: Vec<DateTime<Utc>> = wanted.to_vec();
    wanted.dedup();
    let mut wanted = wanted.into_iter().peekable();
    let Some(last) = wanted.clone().last() else { return tally };
    let mut at = *wanted.peek().expect("not empty") - TimeDelta::seconds(1);
    while let Some(came) = next(at).filter(|came| *came <= last) {
        tally.instants += 1;
        if came <= at {
            tally.backwards += 1;
            return tally;
        }
        while wanted.next_if(|wanted| *wanted < came).is_some() {
            tally.missed += 1;
        }
        tally.double += u64::from(wanted.next_if_eq(&came).is_none());
        at = came;
    }
    tally.missed += wanted.count() as u64;
    tally
}

/// What a person means by a local time: the earlier of two, and for one that does not exist the first instant after.
/// Found by the instants and not by the zone's own answer for local times.
fn first_instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let offset =
        |instant: DateTime<Utc>| zone.from_utc_datetime(&instant.naive_utc()).naive_local() - instant.naive_utc();
    // No zone is further than a day from UTC; the local time is reached first at the earliest instant that shows it or more.
    let mut instants = [-1, 1].map(|day| local.and_utc() - offset(local.and_utc() + TimeDelta::days(day)));
    instants.sort();
    let shows = |instant: &DateTime<Utc>| zone.from_utc_datetime(&instant.naive_utc()).naive_local();
    if let Some(exact) = instants.iter().find(|instant| shows(instant) == local) {
        return *exact;
    }
    let mut instant = instants[0] - TimeDelta::hours(2);
    while shows(&instant) < local {
        instant += TimeDelta::minutes(1);
    }
    instant
}

fn ours_next(cron: &Cron, start: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let next = |after: &DateTime<Utc>| cron.next_after(*after, Tz::UTC);
    std::iter::successors(Some(start), next).skip(1).take(NEXT_TIMES).collect()
}

/// croner joins day and weekday with "or" wherever neither is a mere star. Vixie's cron, which the product follows, joins
/// them with "and" where one of them begins with a star: `*/2` too.
fn as_others_read(line: &str) -> Result<croner::Cron, croner::errors::CronError> {
    let fields: Vec<&str> = line.split(' ').collect();
    let both = fields[2].starts_with('*') || fields[4].starts_with('*');
    CronParser::builder().dom_and_dow(both).build().parse(line)
}

fn theirs_next(cron: &croner::Cron, start: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let next = |after: &DateTime<Utc>| cron.find_next_occurrence(after, false).ok();
    let next = |after: &DateTime<Utc>| next(after).filter(|next| *next - *after <= FARTHEST);
    std::iter::successors(Some(start), next).skip(1).take(NEXT_TIMES).collect()
}

/// Five fields of stars, numbers, lists, ranges and steps, as people write them.
fn random_line(chance: &mut Chance) -> String {
    let bounds = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)];
    let fields: Vec<String> = bounds.iter().map(|(low, high)| random_field(*low, *high, chance)).collect();
    fields.join(" ")
}

fn random_field(low: usize, high: usize, chance: &mut Chance) -> String {
    let number = |chance: &mut Chance| low + chance.below(high - low + 1);
    match chance.below(8) {
        0..=2 if high != 59 => "*".to_owned(),
        3 if high != 59 => format!("*/{}", 1 + chance.below(high)),
        4 => {
            let (one, other) = (number(chance), number(chance));
            format!("{}-{}", one.min(other), one.max(other))
        }
        5 => {
            let (one, other) = (number(chance), number(chance));
            format!("{}-{}/{}", one.min(other), one.max(other), 1 + chance.below(high))
        }
        6 => format!("{},{}", number(chance), number(chance)),
        _ => number(chance).to_string(),
    }
}

/// An instant that goes backwards, is missed or comes twice is noticed.
pub fn self_test() {
    let at = |hour: i64| DateTime::<Utc>::UNIX_EPOCH + TimeDelta::hours(hour);
    let wanted = [at(24), at(48), at(72)];
    let by = |all: Vec<DateTime<Utc>>| walk(&wanted, move |after| all.iter().copied().find(|instant| *instant > after));
    assert_eq!(by(wanted.to_vec()), Tally { instants: 3, ..Tally::default() });
    assert_eq!(by(vec![at(24), at(72)]).missed, 1);
    assert_eq!(by(vec![at(24), at(48)]).missed, 1);
    assert_eq!(by(vec![at(24), at(48), at(49), at(72)]).double, 1);
    assert_eq!(walk(&wanted, |_| Some(at(24) - TimeDelta::seconds(1))).backwards, 1);
}
