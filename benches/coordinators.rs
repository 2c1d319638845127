//! Time and peak memory of what coordinators ask for, on 1,000 duties with 10,000 and with 100,000 reports, and on 100,000
//! duties with 1,000,000 reports: `cargo bench --bench coordinators`. The databases are made in a temporary folder first;
//! all of it takes a few minutes.
//!
//! Each answer is made in a process of its own, as the peak of memory is that of a whole process. It is measured from the
//! open database to the finished answer.
//!
//! `cargo bench --bench coordinators -- fill FILE TASKS UNITS REPORTS SEED` only makes such a database of any size and keeps it;
//! the same seed makes the same reports. `… -- ask FILE WORDS` asks one thing of it.

use std::fmt::Write;
use std::fs::File;
use std::process::Command;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use duban::office::rows::Which;
use duban::office::{figures, rows};
use duban::reminding::slot::{Part, Served};
use duban::store::{Store, Tx};
use duban::understanding::{QueryKind, understand_coordinator};
use duban::{filing, history, importing, questions, reminding, roll, rounds, settings};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};

/// Tasks, units that answer for each, and reports in all.
const SIZES: [(usize, usize, usize); 3] = [(50, 20, 10_000), (50, 20, 100_000), (2_500, 40, 1_000_000)];
/// Every so many duties there is one on which nobody has reported.
const SILENT: usize = 20;
const NOW: &str = "2026-06-15T02:00:00Z";

/// What is asked in words, and the papers by their names.
const ASKED: [&str; 17] = [
    "第5项进展如何",
    "青山省第7局",
    "总体情况",
    "哪些逾期了",
    "本月到期",
    "谁还没反馈",
    "有什么问题",
    "有关电子证照的任务",
    "第5项的历史",
    "figures",
    "board",
    "timeline",
    "status page",
    "bulletin",
    "workbook",
    "tick",
    "verify",
];

#[tokio::main]
async fn main() {
    let arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let arguments: Vec<String> = arguments.collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["ask", database, asked] => return measure(&address(database), asked).await,
        ["fill", database, sizes @ ..] => {
            let sizes: Vec<usize> = sizes.iter().map(|size| size.parse().expect("a number")).collect();
            let [tasks, units, reports, seed] = sizes[..] else { panic!("fill FILE TASKS UNITS REPORTS SEED") };
            return furnish(&address(database), (tasks, units, reports), seed as u64).await;
        }
        _ => {}
    }
    let program = std::env::current_exe().expect("this program has a path");
    for (tasks, units, reports) in SIZES {
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("duban.db").display().to_string();
        let before = Instant::now();
        furnish(&address(&database), (tasks, units, reports), 0).await;
        println!("{} duties, {reports} reports, made in {:.0} s", tasks * units, before.elapsed().as_secs_f64());
        println!("{:>10} {:>10} {:>12}  asked", "time ms", "peak MiB", "bytes");
        for asked in ASKED {
            let status = Command::new(&program).args(["ask", &database, asked]).status().expect("this program starts");
            assert!(status.success(), "{asked} was not answered");
        }
    }
}

fn address(file: &str) -> String {
    format!("sqlite://{file}")
}

async fn measure(database: &str, asked: &str) {
    let now = NOW.parse().expect("an instant");
    let store = Store::open(database).await.expect("a database");
    // Never committed.
    let mut tx = if asked == "tick" { store.begin(now).await } else { store.read(now).await }.expect("a view");
    if asked == "tick" {
        let yesterday = Served { up_to: now - TimeDelta::days(1), spoken_for: None };
        reminding::rows::served::set_served(&mut tx, Part::Digest, yesterday).await.expect("served");
    }
    let before = Instant::now();
    let bytes = answer(&mut tx, asked, now).await;
    let milliseconds = before.elapsed().as_secs_f64() * 1e3;
    assert!(bytes > 0, "{asked}: nothing was said");
    println!("{milliseconds:>10.0} {:>10} {bytes:>12}  {asked}", peak_mebibytes());
}

/// The length of the answer in bytes.
async fn answer(tx: &mut Tx, asked: &str, now: DateTime<Utc>) -> usize {
    let moment = settings::rows::moment(tx).await.expect("a moment");
    let letterhead = &settings::rows::policy::policy(tx).await.expect("a policy").letterhead;
    match asked {
        "figures" => {
            let duties = rows::duties(tx, Which::All).await.expect("duties");
            let unassigned = rows::unassigned_tasks(tx).await.expect("tasks");
            serde_json::to_vec(&figures::of(&duties, &unassigned, moment).totals).expect("JSON").len()
        }
        "tick" => {
            let policy = settings::rows::policy::policy(tx).await.expect("a policy");
            let calendar = settings::rows::holidays::calendar(tx, &policy).await.expect("a calendar");
            // As the bot does, but in one transaction, which can be undone.
            let round = rounds::due(tx, Part::Digest, &policy, &calendar).await.expect("looked").expect("a round");
            let said = rounds::prepare(tx, &round, &policy, &calendar).await.expect("prepared");
            rounds::say(tx, &round, &said.messages, said.outage.as_ref(), (&policy, &calendar)).await.expect("said");
            rounds::finish(tx, &round, &said).await.expect("finished");
            tx.statements()
        }
        "board" => sum(&filing::making::board(tx, moment, letterhead, None).await.expect("a board")),
        "timeline" => sum(&filing::making::timeline(tx, moment, letterhead, None).await.expect("a timeline")),
        "status page" => filing::making::board_page(tx).await.expect("a page").len(),
        "bulletin" => filing::making::bulletin(tx, moment, letterhead, (None, None)).await.expect("a bulletin").len(),
        "workbook" => {
            let mut file = tempfile::tempfile().expect("a file");
            filing::making::workbook(tx, moment, letterhead, None, &mut file).await.expect("a workbook");
            length(&file)
        }
        "verify" => {
            let verification = duban::store::verify::verify(tx).await.expect("verified");
            assert!(verification.holds(), "{verification:?}");
            serde_json::to_vec(&verification).expect("JSON").len()
        }
        words => {
            let roll = roll::rows::names_on_roll(tx).await.expect("a roll");
            let query = understand_coordinator(words, &roll, now.date_naive()).query.expect("a question");
            if query.kind == QueryKind::History {
                let entries =
                    history::rows::history(tx, history::Of { number: query.task.as_deref(), ..Default::default() })
                        .await
                        .expect("a history");
                return history::sentences::words(words, &entries, None, moment)
                    .iter()
                    .map(|page| page.html.len())
                    .sum();
            }
            let matter = questions::rows::asked_about(tx, &query, None, moment).await.expect("duties");
            questions::sentences::answer(&query, (&matter.duties, &matter.unassigned), matter.counted.as_ref(), moment)
                .page(0, &query)
                .html
                .len()
        }
    }
}

fn sum(pages: &[Vec<u8>]) -> usize {
    pages.iter().map(Vec::len).sum()
}

fn length(file: &File) -> usize {
    file.metadata().ok().and_then(|about| usize::try_from(about.len()).ok()).unwrap_or_default()
}

/// A plan of so many tasks, each of so many of ten times as many units, with so many reports on them.
async fn furnish(database: &str, (tasks, units, reports): (usize, usize, usize), seed: u64) {
    let text = plan(tasks, units);
    let draft = duban::plan::read("plan.txt", text.as_bytes()).expect("a plan");
    assert_eq!(draft.tasks.len(), tasks);
    let store = Store::open_or_create(database).await.expect("a database");
    let mut tx = store.begin("2026-03-02T01:00:00Z".parse().expect("an instant")).await.expect("a change");
    importing::rows::plans::import(&mut tx, &draft, &Sha256::digest(text.as_bytes()), "plan.txt", None)
        .await
        .expect("a plan");
    tx.commit().await.expect("kept");
    store.close().await;

    // By the million they go in by SQL: the bot's own way takes an hour and ends in the same rows, as `verify` shows.
    let options: SqliteConnectOptions = database.parse().expect("an address");
    let mut connection = options.pragma("synchronous", "off").connect().await.expect("open");
    for statement in PEOPLE {
        sqlx::query(statement).execute(&mut connection).await.expect(statement);
    }
    let duties = sqlx::query_scalar::<_, i64>("select count(*) from duty").fetch_one(&mut connection).await;
    assert_eq!(duties.expect("counted"), (tasks * units) as i64);
    let heard = tasks * units - tasks * units / SILENT;
    let mut chain = Chain::of(&mut connection).await;
    let began = "2026-03-02T01:00:00Z".parse::<DateTime<Utc>>().expect("an instant").timestamp();
    for report in 1..=reports {
        let at = DateTime::from_timestamp(began + 8 * report as i64, 0).expect("an instant");
        chain.add("person:1", "report_recorded", at, &said((report - 1) % heard, report, at, seed));
        if report.is_multiple_of(10_000) {
            chain.keep(&mut connection).await;
        }
    }
    for statement in REPORTS {
        sqlx::query(statement).execute(&mut connection).await.expect(statement);
    }
    let accepted = "select duty_id from decision order by noted_after";
    let at = NOW.parse().expect("an instant");
    for duty in sqlx::query_scalar::<_, i64>(accepted).fetch_all(&mut connection).await.expect("decided") {
        chain.add("person:2", "claim_decided", at, &json!({ "duty": duty, "decision": "accepted" }));
    }
    chain.keep(&mut connection).await;
    connection.close().await.expect("closed");
}

/// The body of the entry of a report on the duty in this place among those that are reported on.
fn said(place: usize, report: usize, at: DateTime<Utc>, seed: u64) -> Value {
    let chance = if seed == 0 { report } else { mixed(seed ^ report as u64) };
    let status = ["blocked", "claimed_done", "in_progress", "in_progress", "in_progress"][chance % 5];
    let percent = (status != "claimed_done").then_some(chance % 100);
    let problems: &[&str] =
        if chance.is_multiple_of(7) { &["市县数据未打通，需省大数据局协调"] } else { &[] };
    json!({
        "report": report, "version": 1, "duty": 1 + place + place / (SILENT - 1), "person": 1, "chat": 1, "message": report,
        "reported_at": at, "text": format!("已完成第{report}批工作，系统已上线试运行，覆盖10个市州，正在组织培训，预计下月完成验收。"),
        "item": { "status": status, "percent": percent, "problems": problems }, "late": false, "attachments": [],
    })
}

/// SplitMix64: numbers that look like chance, the same for the same seed.
fn mixed(seed: u64) -> usize {
    let seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (seed ^ (seed >> 31)) as u32 as usize
}

/// The ledger's chain, written anew from how `src/store/ledger.rs` describes it.
struct Chain {
    seq: i64,
    previous: Vec<u8>,
    waiting: Vec<Value>,
}

impl Chain {
    async fn of(connection: &mut SqliteConnection) -> Chain {
        let last = sqlx::query_as("select seq, hash from ledger order by seq desc limit 1");
        let (seq, previous) = last.fetch_one(connection).await.expect("the import is noted");
        Chain { seq, previous, waiting: Vec::new() }
    }

    fn add(&mut self, actor: &str, kind: &str, at: DateTime<Utc>, body: &Value) {
        self.seq += 1;
        let (seq, body) = (self.seq.to_string(), body.to_string());
        let at = at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let mut hasher = Sha256::new_with_prefix(b"duban-ledger-v1\0");
        for field in [&seq, &at, actor, kind, &body] {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field);
        }
        hasher.update(&self.previous);
        let hash = hasher.finalize().to_vec();
        self.waiting.push(json!([self.seq, at, actor, kind, body, hex(&self.previous), hex(&hash)]));
        self.previous = hash;
    }

    async fn keep(&mut self, connection: &mut SqliteConnection) {
        let insert = sqlx::query(
            "insert into ledger (seq, at, actor, kind, body, previous, hash)
             select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, unhex(value ->> 5), unhex(value ->> 6)
             from json_each(?)",
        );
        let waiting = Value::Array(std::mem::take(&mut self.waiting)).to_string();
        insert.bind(waiting).execute(connection).await.expect("entries");
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("memory");
        text
    })
}

const PEOPLE: [&str; 3] = [
    "insert into person (id, telegram_id, name) values (1, 11, '李建国'), (2, 91, '陈督办')",
    "insert into chat (id, telegram_id, kind, title) values (1, -500, 'group', '工作群')",
    "insert into chat (telegram_id, kind, title, unit_id) select -1000 - id, 'group', name, id from unit",
];

/// What the entries of the ledger make of the tables. The newest report of a duty says how it stands; every other claim is
/// accepted.
const REPORTS: [&str; 10] = [
    "insert into report (id, duty_id, person_id, chat_id, message_id, reported_at, recorded_at, noted_after)
     select body ->> 'report', body ->> 'duty', 1, 1, body ->> 'message', at, at, seq - 1
     from ledger where kind = 'report_recorded'",
    "insert into report_version (report_id, version, text, status, percent, problems, at, reported_at)
     select body ->> 'report', 1, body ->> 'text', body -> 'item' ->> 'status', body -> 'item' ->> 'percent',
         body -> 'item' -> 'problems', at, at
     from ledger where kind = 'report_recorded'",
    "insert into problem_word (report_id, same, what, entry)
     select report.id, '市县数据未打通需省大数据局协调', problems ->> 0, noted_after + 1
     from report join report_version on report_id = report.id where problems <> '[]'",
    "insert into problem (duty_id, same, what, report_id, raised_at, state)
     select duty_id, same, what, max(report.id), report.reported_at, 'open'
     from problem_word join report on report.id = report_id group by duty_id",
    "insert into problem_step (problem_id, kind, person_id, at) select id, 'raised', 1, raised_at from problem",
    "create temporary table newest as select duty_id, max(id) as report_id from report group by duty_id",
    "update duty set status = version.status, percent = coalesce(version.percent, 100)
     from newest join report_version version on version.report_id = newest.report_id where newest.duty_id = duty.id",
    "insert into decision (duty_id, person_id, kind, at, noted_after)
     select id, 2, 'accepted', (select max(at) from ledger),
         (select max(seq) from ledger) + row_number() over (order by id) - 1
     from duty where status = 'claimed_done' and id % 2 = 0",
    "update duty set status = 'done' where id in (select duty_id from decision)",
    "update duty set last_report_id = newest.report_id from newest where newest.duty_id = duty.id",
];

fn plan(tasks: usize, units: usize) -> String {
    let mut text = String::from("青山省重点工作任务分工方案\n青政发〔2026〕7号\n青山省人民政府\n2026年3月1日\n");
    for task in 0..tasks {
        let named: Vec<String> =
            (0..units).map(|unit| format!("青山省第{}局", 1 + (task * 3 + unit) % (units * 10))).collect();
        let (lead, others) = named.split_first().expect("a unit");
        let what = ["推广电子证照应用", "压缩审批时间", "开展专项检查", "完善库房设施"][task % 4];
        let (number, month, others) = (task + 1, 1 + task % 12, others.join("、"));
        writeln!(text, "{number}．{what}，2026年{month}月底前完成第{task}批。（{lead}牵头，{others}配合）")
            .expect("memory");
    }
    text
}

/// The most memory that this process has had, as Linux counts it; 0 elsewhere.
fn peak_mebibytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or_default() / 1024
}
