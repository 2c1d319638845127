//! A database of every earlier version becomes one of this version, with what it held.

use std::path::Path;

use sha2::{Digest, Sha256};
use sqlx::Executor;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

use crate::office::Office;

/// The migrations of the first version that could be used.
const FIRST: usize = 3;

/// What a small office held then.
const HELD: &str = "
    insert into unit (id, name) values (1, '省公安厅'), (2, '省财政厅');
    insert into unit_alias (alias, unit_id) values ('公安厅', 1);
    insert into plan (id, title, source, digest, draft, imported_at)
        values (1, '数字政务年度计划', 'plan.txt', zeroblob(32), '{}', '2019-06-01T00:00:00+00:00');
    insert into task (id, plan_id, number, text, mode, position) values (1, 1, '5', '建成电子证照库', 'lead', 1);
    insert into task_unit (task_id, unit_id, role, position) values (1, 1, 'lead', 1), (1, 2, 'supporting', 2);
    insert into milestone (id, task_id, text, kind, due, position) values (1, 1, '6月底前', 'by_date', '2019-06-30', 1);
    insert into duty (id, task_id, unit_id, role) values (1, 1, 1, 'lead'), (2, 1, 2, 'supporting');
    insert into chat (id, telegram_id, kind, title, unit_id) values (1, -500, 'group', '省公安厅工作群', 1);
    insert into person (id, telegram_id, name) values (1, 11, '李建国'), (2, 91, '周敏');
    insert into contact (unit_id, person_id, state, since) values (1, 1, 'registered', '2019-06-02T00:00:00+00:00');
    insert into coordinator (person_id, since) values (2, '2019-06-02T00:00:00+00:00');
    insert into policy (key, value) values ('digest', '30 8 * * *');";

/// What it had to do with, once there were reports: one that claims completion, its answer, and a message that nobody has read yet.
const SAID: &str = "
    insert into report (id, duty_id, person_id, chat_id, message_id, reported_at, recorded_at, noted_after)
        values (1, 1, 1, 1, 7, '2019-06-20T02:00:00+00:00', '2019-06-20T02:00:00+00:00', 0);
    insert into report_version (report_id, version, text, status, percent, at)
        values (1, 1, '电子证照库已建成', 'claimed_done', 100, '2019-06-20T02:00:00+00:00');
    update duty set status = 'claimed_done', percent = 100 where id = 1;
    insert into outbox (id, chat_id, kind, body, created_at, not_before, state, message_id, sent_at)
        values (1, 1, 'answer', '{\"html\":\"已登记\",\"buttons\":[[{\"text\":\"撤回\",\"data\":\"undo:7\"}]]}',
                '2019-06-20T02:00:01+00:00', '2019-06-20T02:00:01+00:00', 'sent', 8, '2019-06-20T02:00:02+00:00');
    insert into outbox_task (outbox_id, position, task_id) values (1, 0, 1);
    insert into inbox (update_id, received_at, raw) values (41, '2019-06-20T03:00:00+00:00',
        '{\"update_id\":41,\"message\":{\"message_id\":9,\"date\":1561000000,\"text\":\"/tasks\",
          \"chat\":{\"id\":-500,\"type\":\"group\",\"title\":\"省公安厅工作群\"},
          \"from\":{\"id\":11,\"is_bot\":false,\"first_name\":\"李建国\"}}}');";
/// The migrations of the first version with reports.
const REPORTS: usize = 4;
/// The one entry of its ledger.
const ENTRY: [&str; 4] = [
    "2019-06-20T02:00:00Z",
    "person:1",
    "report_recorded",
    r#"{"report":1,"version":1,"duty":1,"person":1,"chat":1,"message":7,"text":"电子证照库已建成","item":{"status":"claimed_done","percent":100}}"#,
];

/// As `store/ledger.rs` says.
fn hash_of_the_first(entry: [&str; 4]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(b"duban-ledger-v1\0");
    for field in [&["1"], entry.as_slice()].concat() {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    hasher.update([0; 32]);
    hasher.finalize().to_vec()
}

#[tokio::test(flavor = "multi_thread")]
async fn from_every_version() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations"));
    let all = Migrator::new(folder).await.expect("the migrations");
    let count = all.iter().count();
    for reached in FIRST..=count {
        let office = Office::new();
        let options = SqliteConnectOptions::new().filename(office.path("duban.db")).create_if_missing(true);
        let pool = SqlitePool::connect_with(options).await.expect("opened");
        up_to(&all, FIRST).run(&pool).await.expect("the first version");
        pool.execute(HELD).await.expect("what it held");
        if reached >= REPORTS {
            up_to(&all, REPORTS).run(&pool).await.expect("with reports");
            pool.execute(SAID).await.expect("what was said");
            let [at, actor, kind, body] = ENTRY;
            let entry = "insert into ledger (seq, at, actor, kind, body, previous, hash) values (1, ?, ?, ?, ?, zeroblob(32), ?)";
            let entry = sqlx::query(entry).bind(at).bind(actor).bind(kind).bind(body).bind(hash_of_the_first(ENTRY));
            entry.execute(&pool).await.expect("its entry");
        }
        up_to(&all, reached).run(&pool).await.expect("an earlier version");
        pool.close().await;

        let told = |arguments: &[&str]| office.ask(arguments);
        assert!(told(&["plan", "list"]).contains("数字政务年度计划"), "{reached}");
        assert!(told(&["unit", "list"]).contains("省公安厅（公安厅）　已绑定"), "{reached}");
        assert!(told(&["coordinator", "list"]).contains("周敏"), "{reached}");
        assert!(told(&["policy", "digest"]).contains("30 8 * * *"), "{reached}");
        assert!(told(&["status", "第5项进展如何"]).contains("省公安厅"), "{reached}");
        let verified = office.verified();
        assert_eq!(verified["integrity"], "ok", "{reached}: {verified}");
        assert_eq!(verified["ledger"]["ok"], true, "{reached}: {verified}");
        if reached >= REPORTS {
            assert_eq!(verified["pending"]["inbox"], 1, "{reached}: {verified}");
            assert!(verified["ledger"]["entries"].as_i64() >= Some(1), "{reached}: {verified}");
            let stands = told(&["status", "第5项进展如何"]);
            assert!(stands.contains("提请办结"), "{reached}: {stands}");
            assert!(told(&["status", "第5项的历次反馈"]).contains("电子证照库已建成"), "{reached}");
        }
    }
}

/// The first migrations alone.
fn up_to(all: &Migrator, count: usize) -> Migrator {
    Migrator::with_migrations(all.iter().take(count).cloned().collect())
}
