//! The row of replies: what people say is recorded and answered once, whatever happens to the process, to the polls and
//! to the numbers of the updates.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::Days;

use super::api::{Accepted, Api, BOT_NAME};
use super::chance::Chance;
use super::held::{self, Held};
use super::lives;
use super::office::{At, Office, at, first_due};
use super::table::Row;
use super::weather::Weather;

/// Where the numbers go on after the idle week: lower, and not among those of before.
const NUMBERS_ANEW: i64 = 300_000_000;
const LONGEST_ANSWER: Duration = Duration::from_millis(10);
/// So many updates arrive at most before the next life.
const MOST_AT_ONCE: usize = 60;

pub struct Sizes {
    pub units: i64,
    pub updates: u64,
    pub kills: u64,
    pub longest: Duration,
}

pub const SHORT: Sizes = Sizes { units: 8, updates: 300, kills: 10, longest: Duration::from_secs(25) };
pub const LONG: Sizes = Sizes { units: 40, updates: 10_000, kills: 300, longest: Duration::from_secs(600) };

/// What became of what people said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replies {
    pub said: u64,
    pub lost: u64,
    pub applied_twice: u64,
    pub unanswered: u64,
    /// Answered by two messages; a copy of one is not meant.
    pub answered_twice: u64,
}

/// `said` are the messages by chat and id. An answer that was given up and told of is none that is missing.
pub fn count(said: &[(i64, i64)], held: &Held, accepted: &[Accepted]) -> Replies {
    let mut posted: BTreeMap<(i64, i64), (u64, bool)> = BTreeMap::new();
    for answer in &held.posted {
        if let Some(answered) = answer.answers {
            let of = posted.entry((answer.chat, answered)).or_default();
            of.0 += 1;
            of.1 |= answer.state == "failed" && held.given_up.contains(&answer.id);
        }
    }
    let heard: std::collections::BTreeSet<(i64, i64)> =
        accepted.iter().filter_map(|answer| Some((answer.chat, answer.answers?))).collect();
    let mut replies = Replies { said: said.len() as u64, ..Replies::default() };
    for message in said {
        let recorded = held.recorded.get(message).copied().unwrap_or_default();
        let (answers, given_up) = posted.get(message).copied().unwrap_or_default();
        replies.lost += u64::from(recorded == 0);
        replies.applied_twice += u64::from(recorded > 1);
        replies.unanswered += u64::from(!heard.contains(message) && !given_up);
        replies.answered_twice += u64::from(answers > 1);
    }
    replies
}

/// Somebody of each unit in turn reports on one of the tasks.
pub fn report(office: &Office, now: At, number: usize) -> (i64, i64) {
    let unit = i64::try_from(number).expect("few") % office.units + 1;
    let words = format!("/report@{BOT_NAME} {} {}% 第{number}次", number % super::office::TASKS + 1, number % 100);
    (-unit, office.api.say(-unit, unit, now.timestamp(), &words))
}

pub fn measure(sizes: &Sizes, mut chance: Chance) -> Row {
    let began = Instant::now();
    let office = Office::furnish(Api::start(chance.clone()), sizes.units);
    // A Saturday: nothing but answers.
    let mut now = at(first_due() - Days::new(2), "10:00:00");
    let (mut said, mut kills, mut resets) = (Vec::new(), 0, 0);
    while (said.len() as u64) < sizes.updates && began.elapsed() < sizes.longest {
        worsen(&office);
        for _ in 0..1 + chance.below(MOST_AT_ONCE) {
            said.push(report(&office, now, said.len()));
        }
        now = lives::one(&office, now, &mut chance) + lives::jump(&mut chance);
        kills += u64::from(held::present(&office.database()).waiting > 0 || office.api.state().unconfirmed() > 0);
        if resets == 0 && said.len() as u64 > sizes.updates / 2 {
            now = idle_week(&office, now);
            resets += 1;
        }
    }
    lives::to_the_end(&office, now);
    let held = held::held(&office.database());
    let whole = office.is_whole();
    let state = office.api.state();
    let found = count(&said, &held, &state.accepted);
    Row::new("replies under kill -9")
        .size("updates", found.said, sizes.updates)
        .size("kills with something unhandled or unanswered", kills, sizes.kills)
        .size("updates redelivered", state.redelivered, sizes.updates / 5)
        .size("answers to polls broken off", state.polls_broken, sizes.kills / 30)
        .size("restart of the numbers", resets, 1)
        .count("lost", found.lost, 0)
        .count("applied twice", found.applied_twice, 0)
        .count("unanswered", found.unanswered, 0)
        .count("answered twice", found.answered_twice, 0)
        .count("set aside or left over", (held.inbox_new + held.inbox_dead).unsigned_abs(), 0)
        .count("broken by `duban verify`", u64::from(!whole), 0)
        .remark(format!("{} s", began.elapsed().as_secs()))
}

fn worsen(office: &Office) {
    let mut state = office.api.state();
    state.weather = Weather::foul(LONGEST_ANSWER);
    (state.redeliver, state.break_polls) = (270, 100);
}

/// All is confirmed and answered, then nobody says anything for more than a week.
fn idle_week(office: &Office, now: At) -> At {
    let mut now = lives::in_peace(office, now, 0);
    for _ in 0..8 {
        now = lives::in_peace(office, now + Days::new(1), 0);
    }
    office.api.state().count_from(NUMBERS_ANEW);
    now
}

/// Each thing that is counted is noticed when it happens.
pub fn self_test() {
    let answer = |id: i64, answers: i64, state: &str| held::Posted {
        id,
        chat: -1,
        title: "群".to_owned(),
        html: "已登记".to_owned(),
        answers: Some(answers),
        state: state.to_owned(),
    };
    let heard = |answers: i64| Accepted {
        chat: -1,
        text: "已登记".to_owned(),
        message_id: 1,
        answers: Some(answers),
        buttons: Vec::new(),
    };
    let of = |recorded: u64, posted: Vec<held::Posted>, accepted: &[Accepted]| {
        let held = Held { recorded: [((-1, 7), recorded)].into(), posted, ..Held::default() };
        count(&[(-1, 7)], &held, accepted)
    };
    assert_eq!(of(1, vec![answer(1, 7, "sent")], &[heard(7)]), Replies { said: 1, ..Replies::default() });
    assert_eq!(of(0, vec![answer(1, 7, "sent")], &[heard(7)]).lost, 1);
    assert_eq!(of(2, vec![answer(1, 7, "sent")], &[heard(7)]).applied_twice, 1);
    assert_eq!(of(1, vec![answer(1, 7, "sent")], &[heard(8)]).unanswered, 1);
    assert_eq!(of(1, vec![answer(1, 7, "failed")], &[]).unanswered, 1, "given up, and nobody was told");
    assert_eq!(of(1, vec![answer(1, 7, "sent"), answer(2, 7, "sent")], &[heard(7)]).answered_twice, 1);
}
