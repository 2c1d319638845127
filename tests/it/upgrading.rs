//! A database of every earlier version becomes one of this version, with what it held.

use std::path::Path;

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
    }
}

/// The first migrations alone.
fn up_to(all: &Migrator, count: usize) -> Migrator {
    Migrator::with_migrations(all.iter().take(count).cloned().collect())
}
