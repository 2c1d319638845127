//! Three thousand groups are told in time, those first whose day it is, and nobody who asks waits behind them. Seconds
//! pass by the injected clock.

use std::collections::BTreeMap;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use duban::store::posting::Claimed;
use duban::store::{Outcome, Store, posting};
use duban::{flow, settings};
use sqlx::sqlite::SqlitePool;

use crate::office::{Office, at};

const GROUPS: i64 = 3_000;
/// Every so many groups one has something due today.
const DUE_TODAY: i64 = 10;
/// Two minutes and a quarter.
const IN_TIME: i64 = 135;
/// As many as the bot has in flight.
const IN_FLIGHT: i64 = 8;
/// When the digests of 27 June are written.
const SLOT: &str = "06-27 09:00:00";

/// Units enough, each with a group and one of two duties: due in three days, or for every tenth today.
async fn crowd(office: &Office) -> Store {
    let plan = office.path("plan.txt");
    let text = "1.甲任务，2019年6月30日前完成。（省公安厅负责）\n2.乙任务，2019年6月27日前完成。（省财政厅负责）";
    std::fs::write(&plan, text).expect("written");
    office.ask(&["plan", "import", plan.to_str().expect("UTF-8")]);
    let pool = SqlitePool::connect(&office.database()).await.expect("opened");
    let rows = format!(
        "with recursive number (n) as (select 1 union all select n + 1 from number where n < {GROUPS})
         insert into unit (id, name) select 1000 + n, '第' || n || '单位' from number;
         insert into duty (task_id, unit_id, role)
             select task.id, unit.id, 'responsible' from unit join task
             on task.number = case when unit.id % {DUE_TODAY} = 0 then '2' else '1' end where unit.id > 1000;
         insert into chat (id, telegram_id, kind, title, unit_id)
             select id, -id, 'group', name, id from unit where id > 1000;"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(rows)).execute(&pool).await.expect("inserted");
    pool.close().await;
    Store::open(&office.database()).await.expect("opened")
}

async fn tick(store: &Store, now: DateTime<Utc>) {
    flow::on_tick(store, now, None).await.expect("said");
}

/// All that goes out in this second.
async fn send(store: &Store, now: DateTime<Utc>) -> Vec<Claimed> {
    let mut tx = store.begin(now).await.expect("begun");
    let policy = settings::rows::policy::policy(&mut tx).await.expect("a policy");
    let calendar = settings::rows::holidays::calendar(&mut tx, &policy).await.expect("a calendar");
    let mut sent = Vec::new();
    loop {
        let claimed = flow::on_claim(&mut tx, &policy, &calendar, IN_FLIGHT, true).await.expect("claimed");
        if claimed.is_empty() {
            break;
        }
        for message in &claimed {
            let outcome = Outcome::Sent { message_id: Some(message.id) };
            duban::store::delivery::settle_delivery(&mut tx, message, &outcome).await.expect("noted");
        }
        sent.extend(claimed);
    }
    tx.commit().await.expect("committed");
    sent
}

#[tokio::test]
async fn three_thousand_groups_are_told_in_time_and_answers_do_not_wait() {
    let office = Office::new();
    let store = crowd(&office).await;
    let slot = at(SLOT).to_utc();
    tick(&store, slot - TimeDelta::minutes(1)).await;
    tick(&store, slot).await;

    let mut told: BTreeMap<i64, i64> = BTreeMap::new();
    let mut answered = Vec::new();
    let begun = Instant::now();
    for second in 0..2 * IN_TIME {
        let now = slot + TimeDelta::seconds(second);
        // Somebody in a group that has not been told yet is answered.
        if second % 20 == 10 {
            let pool = SqlitePool::connect(&office.database()).await.expect("opened");
            let answer = format!(
                "insert into outbox (chat_id, kind, body, created_at, not_before)
                 select max(chat_id), 'answer', '{{\"message\":{{\"html\":\"x\",\"buttons\":[],\"answers\":null}}}}',
                        '{now:?}', '2019-06-27' from outbox where state = 'pending'"
            );
            sqlx::raw_sql(sqlx::AssertSqlSafe(answer)).execute(&pool).await.expect("inserted");
            pool.close().await;
        }
        let sent = send(&store, now).await;
        assert!(sent.len() <= 25, "{} in one second", sent.len());
        for message in sent {
            match told.contains_key(&message.chat.0) || is_answer(&message) {
                true => answered.push(second),
                false => drop(told.insert(message.chat.0, second)),
            }
        }
        if told.len() as i64 == GROUPS {
            break;
        }
    }
    let last = told.values().max().copied().unwrap_or_default();
    let last_due_today = told.iter().filter(|(chat, _)| *chat % DUE_TODAY == 0).map(|(_, second)| *second).max();
    println!(
        "{GROUPS} groups in {last} s of {IN_TIME} s allowed, those due today within {last_due_today:?} s; {:?} of work",
        begun.elapsed()
    );
    assert_eq!(told.len() as i64, GROUPS);
    assert!(last <= IN_TIME, "{last} s");
    assert!(last_due_today <= Some(GROUPS / DUE_TODAY / 25), "{last_due_today:?}");
    assert!(!answered.is_empty() && answered.iter().all(|second| second % 20 == 10), "{answered:?}");
}

fn is_answer(message: &Claimed) -> bool {
    matches!(&message.body, posting::Body::Message { html, .. } if html == "x")
}
