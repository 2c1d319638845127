//! The row of torn write-ahead logs: what a power cut may leave behind the last commit that the disk had confirmed.
//!
//! The database is copied before and after each commit. A power cut keeps what was there before, because the commit before
//! was synced, and any part of what came after, in any order and with any damage. The product opens that.

use std::path::Path;
use std::time::Instant;

use chrono::{DateTime, Utc};
use duban::settings;
use duban::store::{Origin, Store, Update};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Row as _};

use super::chance::Chance;
use super::held::wait;
use super::table::Row;

/// Of the file and of each frame (https://www.sqlite.org/fileformat2.html#walformat).
const WAL_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// Commits in one history; after every tenth the log is folded into the file and starts anew over its old frames.
const COMMITS: usize = 40;
const CHECKPOINT_EVERY: usize = 10;

/// The files before and after a commit.
struct Step {
    database: Vec<u8>,
    before: Vec<u8>,
    after: Vec<u8>,
    /// How many commits were acknowledged before.
    acknowledged: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    tails: u64,
    lost: u64,
    broken: u64,
    /// The commit that was under way and came through whole.
    whole: u64,
}

pub fn measure(tails: usize, seed: &Chance) -> Row {
    let began = Instant::now();
    let tally = std::thread::scope(|scope| {
        let workers: Vec<_> = ["first", "second"]
            .map(|half| {
                let mut chance = Chance::new(seed.clone().next(), half);
                scope.spawn(move || some_tails(tails.div_ceil(2), &mut chance))
            })
            .into();
        workers.into_iter().map(|worker| worker.join().expect("measured")).fold(Tally::default(), |one, other| Tally {
            tails: one.tails + other.tails,
            lost: one.lost + other.lost,
            broken: one.broken + other.broken,
            whole: one.whole + other.whole,
        })
    });
    Row::new("torn WAL tails")
        .size("tails", tally.tails, tails as u64)
        .count("acknowledged rows lost", tally.lost, 0)
        .count("databases broken, or with half a commit", tally.broken, 0)
        .remark(format!("in {} the commit under way had come through", tally.whole))
        .remark(format!("{} s", began.elapsed().as_secs()))
}

fn some_tails(tails: usize, chance: &mut Chance) -> Tally {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut tally, mut steps) = (Tally::default(), Vec::new());
    for tail in 0..tails {
        // A new history now and then, with rows of other sizes.
        if tail % 500 == 0 {
            steps = wait(history(folder.path(), chance));
        }
        let step = chance.pick(&steps);
        let torn = tear(step, chance);
        wait(judge(folder.path(), step, &torn, &mut tally));
    }
    tally
}

fn now() -> DateTime<Utc> {
    "2019-06-27T01:00:00Z".parse().expect("an instant")
}

fn address(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

/// What the row of a commit holds: of a length that fills a part of a page, or many.
fn words(commit: usize, length: usize) -> String {
    format!("{{\"update_id\":{commit},\"text\":\"{}\"}}", "字".repeat(length))
}

async fn history(folder: &Path, chance: &mut Chance) -> Vec<Step> {
    let path = folder.join(format!("history-{}.db", chance.next()));
    let wal = path.with_extension("db-wal");
    let store = Store::open_or_create(&address(&path)).await.expect("created");
    let mut checkpointer = SqliteConnectOptions::new().filename(&path).connect().await.expect("opened");
    let read = |path: &Path| std::fs::read(path).expect("the file");
    let mut steps = Vec::new();
    for commit in 0..COMMITS {
        if commit % CHECKPOINT_EVERY == 0 {
            let checkpoint = sqlx::query("pragma wal_checkpoint(restart)").fetch_one(&mut checkpointer).await;
            assert_eq!(checkpoint.expect("folded").get::<i64, _>(0), 0, "nobody reads meanwhile");
        }
        let (database, before) = (read(&path), read(&wal));
        let mut tx = store.begin(now()).await.expect("begun");
        let longest = if chance.happens(300) { 12_000 } else { 300 };
        let length = chance.below(longest);
        let update = Update { update_id: commit as i64 + 1, raw: words(commit, length) };
        assert!(duban::store::inbox::receive(&mut tx, &update, Origin::default()).await.expect("received"));
        settings::rows::set_last_polled(&mut tx).await.expect("noted");
        tx.commit().await.expect("committed");
        steps.push(Step { database, before, after: read(&wal), acknowledged: commit });
    }
    checkpointer.close().await.expect("closed");
    store.close().await;
    steps
}

/// The log as a power cut may leave it: all that was synced, and whatever of the rest.
fn tear(step: &Step, chance: &mut Chance) -> Vec<u8> {
    let mut torn = step.after.clone();
    let first = step.before.iter().zip(&step.after).position(|(before, after)| before != after);
    let first = first.unwrap_or(step.before.len().min(step.after.len()));
    let written = first..(first + (end_of_frames(&step.after).max(first + 1) - first)).min(torn.len());
    let at = |chance: &mut Chance| written.start + chance.below(written.len().max(1));
    match chance.below(5) {
        // The file never became so long, or the rest is what was there before.
        0 => torn.truncate(at(chance)),
        1 => {
            let from = at(chance);
            let old = step.before.get(from..).unwrap_or_default();
            torn.truncate(from);
            torn.extend_from_slice(old);
        }
        // Sectors that were not written, or not as meant.
        2 => {
            for _ in 0..1 + chance.below(4) {
                let from = at(chance) / 512 * 512;
                let until = (from + 512).min(torn.len());
                let from = from.max(written.start);
                torn[from..until.max(from)].fill(0);
            }
        }
        3 => {
            let (from, until) = (at(chance), at(chance));
            torn[from.min(until)..from.max(until)].iter_mut().for_each(|byte| *byte = chance.next() as u8);
        }
        _ => {
            let bit = at(chance);
            torn[bit] ^= 1 << chance.below(8);
        }
    }
    torn
}

/// Where the frames of the log's present generation end: an older one has another salt.
fn end_of_frames(wal: &[u8]) -> usize {
    let word = |at: usize| wal.get(at..at + 4).map(|bytes| u32::from_be_bytes(bytes.try_into().expect("four")));
    let Some(page) = word(8) else { return wal.len() };
    let frame = FRAME_HEADER + page as usize;
    let is_present = |at: &usize| wal.get(at + 8..at + 16) == wal.get(16..24);
    let frames = (WAL_HEADER..wal.len()).step_by(frame).take_while(is_present).count();
    (WAL_HEADER + frames * frame).min(wal.len())
}

async fn judge(folder: &Path, step: &Step, wal: &[u8], tally: &mut Tally) {
    tally.tails += 1;
    let path = folder.join("torn.db");
    let _ = std::fs::remove_file(path.with_extension("db-shm"));
    std::fs::write(&path, &step.database).expect("written");
    std::fs::write(path.with_extension("db-wal"), wal).expect("written");
    let Ok(store) = Store::open(&address(&path)).await else {
        tally.broken += 1;
        return;
    };
    let mut tx = store.begin(now()).await.expect("begun");
    let waiting = duban::store::inbox::waiting_updates(&mut tx, 1_000).await.expect("the inbox");
    let waiting: Vec<Update> = waiting.into_iter().map(|waiting| waiting.update).collect();
    let holds = duban::store::verify::verify(&mut tx).await.is_ok_and(|verified| verified.holds());
    drop(tx);
    store.close().await;
    let kept = |commit: usize| {
        waiting.iter().any(|update| {
            update.update_id == commit as i64 + 1 && update.raw == words(commit, update.raw.matches('字').count())
        })
    };
    tally.lost += (0..step.acknowledged).filter(|commit| !kept(*commit)).count() as u64;
    tally.whole += u64::from(kept(step.acknowledged));
    let expected = step.acknowledged + usize::from(kept(step.acknowledged));
    tally.broken += u64::from(!holds || waiting.len() > expected);
}

/// A log from which an acknowledged commit is torn is noticed as a loss.
pub fn self_test() {
    let folder = tempfile::tempdir().expect("a folder");
    let steps = wait(history(folder.path(), &mut Chance::new(1, "torn")));
    let step = &steps[CHECKPOINT_EVERY + 3];
    let judged = |wal: &[u8]| {
        let mut tally = Tally::default();
        wait(judge(folder.path(), step, wal, &mut tally));
        tally
    };
    let good = judged(&step.after);
    assert_eq!((good.lost, good.broken, good.whole), (0, 0, 1));
    let synced = end_of_frames(&step.before);
    assert_eq!(judged(&step.after[..synced]).lost, 0, "all that was acknowledged lies before the end");
    let lost = judged(&step.after[..synced - 1]);
    assert_eq!(lost.lost, 1, "an acknowledged commit that lacks its last byte is lost");
}
