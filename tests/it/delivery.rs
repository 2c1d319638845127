//! What becomes of a message whose process ends, or whose chat is to be left alone.

use chrono::{DateTime, TimeDelta, Utc};
use duban::deliver;
use duban::store::posting::Claimed;
use duban::store::{Outcome, Store, Tx};
use sqlx::sqlite::SqlitePool;

use crate::office::{Office, at};

/// A database with one message that waits.
async fn with_a_message() -> (Office, Store) {
    let office = Office::new();
    office.furnish();
    let pool = SqlitePool::connect(&office.database()).await.expect("opened");
    let rows = "insert into chat (id, telegram_id, kind, title) values (1, -1, 'group', '省公安厅');
        insert into outbox (chat_id, kind, body, created_at, not_before)
        values (1, 'notice', '{\"message\":{\"html\":\"x\",\"buttons\":[],\"answers\":null}}', '2019-06-01', '2019-06-01')";
    sqlx::raw_sql(rows).execute(&pool).await.expect("inserted");
    pool.close().await;
    let store = Store::open(&office.database()).await.expect("opened");
    (office, store)
}

async fn begin(store: &Store, now: DateTime<Utc>) -> Tx {
    store.begin(now).await.expect("begun")
}

async fn claim(store: &Store, now: DateTime<Utc>) -> Option<Claimed> {
    let mut tx = begin(store, now).await;
    let mut claimed = duban::store::delivery::claim_deliveries(&mut tx, 8, false).await.expect("claimed");
    tx.commit().await.expect("committed");
    claimed.pop()
}

#[tokio::test]
async fn a_process_that_dies_while_sending_repeats_itself_three_times_at_most() {
    let (office, store) = with_a_message().await;
    let mut now = at("06-27 09:00:00").to_utc();
    for repeat in 0..4 {
        let claimed = claim(&store, now).await.expect("it goes out again");
        assert_eq!(claimed.doubtful, repeat > 0);
        let mut tx = begin(&store, now).await;
        assert_eq!(deliver::doubt_interrupted(&mut tx).await.expect("noted"), 1);
        tx.commit().await.expect("committed");
        now += TimeDelta::minutes(21);
    }
    assert!(claim(&store, now).await.is_none(), "four times is enough");
    store.close().await;
    assert_eq!(office.verified()["pending"]["failed"], 1);
}

#[tokio::test]
async fn a_chat_is_left_alone_for_no_less_than_was_asked() {
    let (_office, store) = with_a_message().await;
    // The clock shows whole seconds: this may be nearly a second later.
    let now = at("06-27 09:00:00").to_utc();
    let claimed = claim(&store, now).await.expect("it goes out");
    let mut tx = begin(&store, now).await;
    let later = Outcome::Later { rest: Some(TimeDelta::seconds(2)), why: "429".to_owned() };
    duban::store::delivery::settle_delivery(&mut tx, &claimed, &later).await.expect("noted");
    tx.commit().await.expect("committed");
    assert!(claim(&store, now + TimeDelta::seconds(2)).await.is_none());
    assert!(claim(&store, now + TimeDelta::seconds(3)).await.is_some());
}

/// Tries the one message as often as it is offered, always with this outcome; the minutes between the tries.
async fn tries(store: &Store, outcome: &Outcome) -> Vec<i64> {
    let (mut now, mut pauses, mut waited) = (at("06-27 09:00:00").to_utc(), Vec::new(), 0);
    while waited <= 10 * 24 * 60 {
        if let Some(claimed) = claim(store, now).await {
            let mut tx = begin(store, now).await;
            duban::store::delivery::settle_delivery(&mut tx, &claimed, outcome).await.expect("noted");
            tx.commit().await.expect("committed");
            pauses.push(std::mem::take(&mut waited));
        }
        now += TimeDelta::minutes(10);
        waited += 10;
    }
    pauses
}

#[tokio::test]
async fn what_is_refused_for_an_unknown_reason_is_tried_three_times_within_an_hour_or_so() {
    let (office, store) = with_a_message().await;
    assert_eq!(tries(&store, &Outcome::Strange { why: "400".to_owned() }).await, [0, 30, 30]);
    store.close().await;
    assert_eq!(office.verified()["pending"]["failed"], 1);
}

#[tokio::test]
async fn what_waits_for_an_administrator_is_told_at_once_and_tried_each_day() {
    let (office, store) = with_a_message().await;
    let now = at("06-27 08:50:00").to_utc();
    let hindered = Outcome::Hindered { why: "TOPIC_CLOSED".to_owned() };
    let claimed = claim(&store, now).await.expect("it goes out");
    let mut tx = begin(&store, now).await;
    let told = duban::store::delivery::settle_delivery(&mut tx, &claimed, &hindered).await.expect("noted");
    tx.commit().await.expect("committed");
    assert_eq!(told.as_deref(), Some("省公安厅"));
    assert_eq!(tries(&store, &hindered).await, [24 * 60 - 10, 24 * 60]);
    store.close().await;
    assert_eq!(office.verified()["pending"]["failed"], 1);
}
