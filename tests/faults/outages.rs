//! The row of outages: of every length, with changes meanwhile; what the schedule says when it is looked at again.
//!
//! The product's own tick and claim run on a database at given instants; every message counts as sent when it is claimed.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use chrono::{DateTime, DurationRound, FixedOffset, TimeDelta, Timelike, Utc};
use duban::clock::Clock;
use duban::schedule::calendar::Calendar;
use duban::store::ledger::Actor;
use duban::store::{Outcome, Store};
use duban::{importing, plan, plans, settings};
use sha2::{Digest, Sha256};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Row as _};
use tempfile::TempDir;

use super::held::wait;
use super::table::Row;

/// In minutes: from one to 400 days, with those at which something changes.
const OUTAGES: [i64; 22] = [
    1, 9, 11, 60, 180, 480, 600, 720, 840, 1_440, 2_160, 2_880, 4_319, 4_321, 5_760, 10_080, 14_400, 43_200, 86_400,
    144_000, 525_600, 576_000,
];
/// Before, at and after the day's slot, at the end of the sending hours and at night; before a day, a weekend and a week off.
const DAYS: [&str; 3] = ["2019-06-19", "2019-06-21", "2019-09-30"];
const TIMES: [&str; 6] = ["08:59:30", "09:00:30", "12:00:00", "16:00:00", "19:59:00", "23:30:00"];
const CHANGES: [Change; 6] =
    [Change::Nothing, Change::Done, Change::PlanClosed, Change::PlanRevised, Change::LaterDigest, Change::ShorterHours];
/// The end of the sending hours, and the one that is set meanwhile.
const CLOSES: u32 = 20;
const CLOSES_SOONER: u32 = 17;
/// How long is looked on after the return, and how often.
const LOOKED_ON: TimeDelta = TimeDelta::hours(50);
const STEP: TimeDelta = TimeDelta::hours(1);

/// What happens while the bot is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Nothing,
    /// One of the unit's duties is signed off.
    Done,
    PlanClosed,
    /// One task is left out, the date of another is moved.
    PlanRevised,
    LaterDigest,
    ShorterHours,
}

/// A message as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sent {
    chat: i64,
    at: DateTime<FixedOffset>,
    made_up: bool,
    digest: bool,
    /// The tasks that it names of which nothing is wanted any more.
    closed_tasks: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    sent: u64,
    catch_ups: u64,
    /// Beyond one catch-up for each chat and return.
    second_catch_ups: u64,
    /// Beyond one digest for each chat and day.
    second_digests: u64,
    in_quiet_hours: u64,
    for_closed: u64,
}

/// With `every` more than 1 only every so-manieth combination.
pub fn measure(every: usize) -> Row {
    let began = Instant::now();
    let combinations: Vec<(i64, String, Change, bool)> = OUTAGES
        .iter()
        .flat_map(|minutes| DAYS.iter().map(move |day| (minutes, day)))
        .flat_map(|(minutes, day)| TIMES.iter().map(move |time| (*minutes, format!("{day}T{time}+08:00"))))
        .flat_map(|(minutes, from)| CHANGES.iter().map(move |change| (minutes, from.clone(), *change)))
        .flat_map(|(minutes, from, change)| [true, false].map(|sent| (minutes, from.clone(), change, sent)))
        .step_by(every)
        .collect();
    let tally = std::thread::scope(|scope| {
        let halves = combinations.chunks(combinations.len().div_ceil(2));
        let workers: Vec<_> = halves.map(|half| scope.spawn(|| some_outages(half))).collect();
        workers.into_iter().map(|worker| worker.join().expect("measured")).fold(Tally::default(), sum)
    });
    Row::new("outages of 1 minute to 400 days")
        .size("combinations", combinations.len() as u64, combinations.len() as u64)
        .size("messages after the return", tally.sent, 1)
        .size("catch-ups", tally.catch_ups, 1)
        .count("second catch-ups in a chat", tally.second_catch_ups, 0)
        .count("second digests on a day", tally.second_digests, 0)
        .count("sent in quiet hours", tally.in_quiet_hours, 0)
        .count("named although closed", tally.for_closed, 0)
        .remark(format!("{} s", began.elapsed().as_secs()))
}

fn sum(one: Tally, other: Tally) -> Tally {
    Tally {
        sent: one.sent + other.sent,
        catch_ups: one.catch_ups + other.catch_ups,
        second_catch_ups: one.second_catch_ups + other.second_catch_ups,
        second_digests: one.second_digests + other.second_digests,
        in_quiet_hours: one.in_quiet_hours + other.in_quiet_hours,
        for_closed: one.for_closed + other.for_closed,
    }
}

fn some_outages(combinations: &[(i64, String, Change, bool)]) -> Tally {
    wait(async {
        let folder = tempfile::tempdir().expect("a folder");
        let whole = furnished(&folder).await;
        let mut tally = Tally::default();
        for (minutes, from, change, sent_before) in combinations {
            let from: DateTime<FixedOffset> = from.parse().expect("an instant");
            std::fs::copy(&whole, path(&folder)).expect("copied");
            let sent = outage(&path(&folder), from, TimeDelta::minutes(*minutes), *change, *sent_before).await;
            let one = count(&sent, *change);
            if one.second_catch_ups + one.second_digests + one.in_quiet_hours + one.for_closed > 0 {
                eprintln!("outages: {minutes} min from {from}, {change:?}, the last sent: {sent_before}: {one:?}");
            }
            tally = sum(tally, one);
        }
        tally
    })
}

fn path(folder: &TempDir) -> std::path::PathBuf {
    folder.path().join("duban.db")
}

fn count(sent: &[Sent], change: Change) -> Tally {
    let mut tally = Tally { sent: sent.len() as u64, ..Tally::default() };
    let calendar = Calendar::china();
    let mut digests: BTreeMap<(i64, chrono::NaiveDate), u64> = BTreeMap::new();
    let mut catch_ups: BTreeMap<i64, u64> = BTreeMap::new();
    let closes = if change == Change::ShorterHours { CLOSES_SOONER } else { CLOSES };
    for message in sent {
        let (day, hour) = (message.at.date_naive(), message.at.hour());
        let quiet = !(8..closes).contains(&hour) || !calendar.is_working_day(day);
        tally.in_quiet_hours += u64::from(quiet);
        tally.for_closed += message.closed_tasks;
        if message.digest {
            *digests.entry((message.chat, day)).or_default() += 1;
        }
        if message.made_up {
            *catch_ups.entry(message.chat).or_default() += 1;
        }
    }
    tally.catch_ups = catch_ups.values().sum();
    tally.second_catch_ups = catch_ups.values().map(|count| count - 1).sum();
    tally.second_digests = digests.values().map(|count| count - 1).sum();
    tally
}

const PLAN: &str = "青山省政务服务任务分工方案\n青政发〔2019〕9号\n青山省人民政府\n2019年1月9日\n一、任务分工\n\
    1.办好第一件实事，2019年6月20日前完成。（省公安厅负责）\n2.办好第二件实事，2019年6月21日前完成。（省公安厅负责）\n\
    3.办好第三件实事，2019年6月28日前完成。（省公安厅、省教育厅负责）\n4.办好第四件实事，2019年9月30日前完成。（省教育厅负责）\n\
    5.办好第五件实事，2020年7月15日前完成。（省公安厅、省教育厅负责）\n6.办好第六件实事，长期坚持。（省公安厅、省教育厅负责）\n";

fn revised() -> String {
    let shorter: Vec<&str> = PLAN.lines().filter(|line| !line.starts_with("2.")).collect();
    shorter
        .join("\n")
        .replace("6月28日", "7月28日")
        .replace("3.办", "2.办")
        .replace("4.办", "3.办")
        .replace("5.办", "4.办")
        .replace("6.办", "5.办")
}

async fn import(store: &Store, text: &str, at: DateTime<Utc>) {
    let draft = plan::read("plan.txt", text.as_bytes()).expect("a plan");
    let mut tx = store.begin(at).await.expect("begun");
    importing::rows::plans::import(&mut tx, &draft, &Sha256::digest(text.as_bytes()), "plan.txt", Some("S"))
        .await
        .expect("imported");
    tx.commit().await.expect("committed");
}

/// Two units with their groups, and the coordinators'.
async fn furnished(folder: &TempDir) -> std::path::PathBuf {
    let whole = folder.path().join("whole.db");
    let store = Store::open_or_create(&address(&whole)).await.expect("created");
    import(&store, PLAN, "2019-01-10T02:00:00Z".parse().expect("an instant")).await;
    store.close().await;
    let groups = "insert into chat (telegram_id, kind, title, unit_id)
            select -id, 'group', name, id from unit where name in ('省公安厅', '省教育厅');
        insert into chat (telegram_id, kind, title, coordinators) values (-900, 'group', '督办员', 1);";
    let mut connection = SqliteConnectOptions::new().filename(&whole).connect().await.expect("opened");
    sqlx::raw_sql(groups).execute(&mut connection).await.expect("bound");
    sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut connection).await.expect("folded");
    connection.close().await.expect("closed");
    whole
}

fn address(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

/// What is sent from the return on. The bot looked last at `from`; with `sent_before` its messages had gone out.
async fn outage(
    path: &Path,
    from: DateTime<FixedOffset>,
    length: TimeDelta,
    change: Change,
    sent_before: bool,
) -> Vec<Sent> {
    for stale in ["db-wal", "db-shm"] {
        // Left by the combination before, where it was.
        let _ = std::fs::remove_file(path.with_extension(stale));
    }
    let store = Store::open(&address(path)).await.expect("opened");
    // Where nothing was sent at last, the bot had been away before too, and makes up for the day at `from`.
    let before = if sent_before { from } else { from - TimeDelta::hours(16) };
    let mut at = next_hour(from - TimeDelta::hours(40));
    while at < before {
        look(&store, at).await;
        send((&store, path), at).await;
        at += STEP;
    }
    look(&store, from).await;
    if sent_before {
        send((&store, path), from).await;
    }
    store.close().await;
    happen(path, change, from).await;
    let store = Store::open(&address(path)).await.expect("opened");
    let (mut at, mut sent) = (from + length, Vec::new());
    let ends = at + LOOKED_ON;
    while at < ends {
        look(&store, at).await;
        sent.extend(send((&store, path), at).await);
        at = next_hour(at);
    }
    store.close().await;
    sent
}

/// The bot looks every quarter of a minute, so it meets each slot; here it is enough to look when one may come.
fn next_hour(at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    at.duration_trunc(STEP).expect("an hour") + STEP
}

async fn happen(path: &Path, change: Change, at: DateTime<FixedOffset>) {
    let store = Store::open(&address(path)).await.expect("opened");
    let mut tx = store.begin(at.to_utc()).await.expect("begun");
    match change {
        Change::Nothing | Change::Done | Change::PlanRevised => {}
        Change::PlanClosed => drop(plans::rows::close_plan(&mut tx, "S").await.expect("closed")),
        Change::LaterDigest => {
            settings::rows::set_policy(&mut tx, "digest", "0 15 * * *", Actor::Operator).await.expect("set")
        }
        Change::ShorterHours => {
            settings::rows::set_policy(&mut tx, "sending_hours", "08:00-17:00", Actor::Operator).await.expect("set")
        }
    }
    tx.commit().await.expect("committed");
    match change {
        Change::PlanRevised => import(&store, &revised(), at.to_utc()).await,
        Change::Done => {
            let mut connection = SqliteConnectOptions::new().filename(path).connect().await.expect("opened");
            let done =
                "update duty set status = 'done' where task_id in (select id from task where number in ('1', '3'))";
            sqlx::query(done).execute(&mut connection).await.expect("done");
            connection.close().await.expect("closed");
        }
        _ => {}
    }
    store.close().await;
}

async fn look(store: &Store, at: DateTime<FixedOffset>) {
    let clock = Clock::started_at(at.to_utc());
    duban::app::tick(store, &clock, None).await.expect("looked");
}

/// Sends what may go now; what was sent.
async fn send((store, path): (&Store, &Path), at: DateTime<FixedOffset>) -> Vec<Sent> {
    let (mut sent, mut empty_looks, calendar) = (Vec::new(), 0, Calendar::china());
    loop {
        let mut tx = store.begin(at.to_utc()).await.expect("begun");
        let policy = settings::rows::policy::policy(&mut tx).await.expect("read");
        let claimed = duban::flow::on_claim(&mut tx, &policy, &calendar, 100, false).await.expect("claimed");
        for claimed in &claimed {
            duban::store::delivery::settle_delivery(&mut tx, claimed, &Outcome::Sent { message_id: None })
                .await
                .expect("noted");
        }
        tx.commit().await.expect("committed");
        // What was overtaken is written anew, and goes with the next look.
        empty_looks = if claimed.is_empty() { empty_looks + 1 } else { 0 };
        if empty_looks == 2 {
            return sent;
        }
        for claimed in claimed {
            let closed_tasks = closed_tasks(path, claimed.id).await;
            let words = format!("{:?}", claimed.body);
            sent.push(Sent {
                chat: claimed.telegram_chat,
                at,
                made_up: words.contains("（补发）"),
                digest: words.contains("【工作提醒】") || words.contains("【督办提醒】"),
                closed_tasks,
            });
        }
    }
}

/// How many of the tasks that a message names want nothing any more from whom it went to.
async fn closed_tasks(path: &Path, outbox: i64) -> u64 {
    let mut connection = SqliteConnectOptions::new().filename(path).read_only(true).connect().await.expect("opened");
    let closed = "select count(task.id) as closed from outbox join chat on chat.id = outbox.chat_id
        left join outbox_task on outbox_task.outbox_id = outbox.id
        left join task on task.id = outbox_task.task_id and (
            task.ended_at is not null
            or exists (select 1 from plan where plan.id = task.plan_id and closed_at is not null)
            or exists (select 1 from duty where duty.task_id = task.id and duty.unit_id = chat.unit_id
                and (status = 'done' or duty.ended_at is not null)))
        where outbox.id = ? group by outbox.id";
    let row = sqlx::query(closed).bind(outbox).fetch_one(&mut connection).await.expect("counted");
    connection.close().await.expect("closed");
    row.get::<i64, _>("closed").unsigned_abs()
}

/// Each thing that is counted is noticed when it happens.
pub fn self_test() {
    let at = |text: &str| format!("2019-06-{text}+08:00").parse().expect("an instant");
    let sent = |time: &str, made_up: bool, closed_tasks: u64| Sent {
        chat: -1,
        at: at(time),
        made_up,
        digest: true,
        closed_tasks,
    };
    let of = |sent: &[Sent]| count(sent, Change::Nothing);
    let once = sent("20T09:00:00", true, 0);
    assert_eq!(of(std::slice::from_ref(&once)), Tally { sent: 1, catch_ups: 1, ..Tally::default() });
    assert_eq!(of(&[once.clone(), sent("21T09:00:00", true, 0)]).second_catch_ups, 1);
    assert_eq!(of(&[once.clone(), sent("20T15:00:00", false, 0)]).second_digests, 1);
    assert_eq!(of(&[sent("20T07:59:00", false, 0)]).in_quiet_hours, 1);
    assert_eq!(of(&[sent("22T09:00:00", false, 0)]).in_quiet_hours, 1, "a Saturday");
    assert_eq!(of(&[sent("20T09:00:00", false, 2)]).for_closed, 2);
    assert_eq!(of(&[sent("20T20:00:00", false, 0)]).in_quiet_hours, 1);
    assert_eq!(count(&[sent("20T17:00:00", false, 0)], Change::ShorterHours).in_quiet_hours, 1);
}
