//! Buttons of anybody's own making, and updates with anything missing or absurd: the bot goes on, and what is said next is
//! answered. An ordinary run makes up the same few each time; `ANY_ORDER_CASES=1000` makes up so many new ones.

use std::env;
use std::panic::AssertUnwindSafe;

use chrono::TimeDelta;
use duban::store::Update;
use duban::{flow, settings};
use futures_util::FutureExt;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use serde_json::{Value, json};

use super::acts::{COORDINATOR, SENDERS};
use super::{Day, furnished};

const CASES: u32 = 8;
/// So many updates a day.
const A_DAY: usize = 40;

/// Every action of a button, as the program's own source draws them; the ones whose names are put together there follow.
fn actions() -> Vec<String> {
    let source = include_str!("../../../src/intent/button/mod.rs");
    let drawn = source.split("format!(\"v1:").skip(1).filter_map(|rest| rest.split_once(':'));
    let mut actions: Vec<String> = drawn.map(|(action, _)| action.to_owned()).collect();
    actions.retain(|action| action.chars().all(|letter| letter.is_ascii_lowercase()));
    assert!(actions.len() > 25 && actions.contains(&"unmute".to_owned()), "{actions:?}");
    for keyed in ["accepted", "returned", "suspended", "resumed", "reopened", "nobody"] {
        actions.push(format!("order-{keyed}"));
    }
    for keyed in ["progress", "claim", "blocked", "remark", "nothing", "nobody"] {
        actions.push(format!("mean:{keyed}"));
    }
    actions.extend(["grant", "refuse", "set:digest=", "set:timezone=Asia/Shanghai\u{0}"].map(str::to_owned));
    actions
}

/// Ids, dates and instants, plausible or not.
fn number() -> impl Strategy<Value = i64> {
    let edges = [0, -1, 999, i64::MAX, i64::MIN, i64::from(i32::MAX), i64::from(i32::MIN), 1 << 40];
    prop_oneof![4 => 1..12_i64, 2 => select(edges.to_vec()), 1 => 737_000..737_600_i64, 1 => any::<i64>()]
}

fn data() -> impl Strategy<Value = String> {
    let drawn = (select(actions()), vec(number(), 1..4)).prop_map(|(action, numbers)| {
        let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
        format!("v1:{action}:{}", numbers.join(":"))
    });
    prop_oneof![9 => drawn, 1 => "(v1|v2|):?\\PC{0,20}"]
}

/// A press as Telegram sends it, of a button that somebody made up.
fn pressed() -> impl Strategy<Value = (usize, i64, String)> {
    (0..SENDERS.len(), number(), data())
}

/// What stands in the place of a part of an update.
fn absurd() -> impl Strategy<Value = Option<Value>> {
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(1e300),
        json!(0.5),
        json!(""),
        json!("字"),
        json!("\u{0}\u{7}\r\u{202e}"),
        json!("/done 5 说明\u{0}"),
        json!("5、".repeat(100)),
        json!([]),
        json!({}),
        json!([{}]),
        json!({"id": 1}),
        json!([["[[[["]]),
    ];
    prop_oneof![1 => Just(None), 6 => select(values.to_vec()).prop_map(Some)]
}

/// Which update, and what becomes of which of its parts.
fn spoiled() -> impl Strategy<Value = (usize, Vec<(usize, Option<Value>)>)> {
    (0..100_usize, vec((0..1_000_usize, absurd()), 1..4))
}

/// The paths of all parts of a value.
fn paths(of: &Value, here: &str, found: &mut Vec<String>) {
    let parts: Vec<(String, &Value)> = match of {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(values) => values.iter().enumerate().map(|(place, value)| (place.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (name, value) in parts {
        let path = format!("{here}/{name}");
        found.push(path.clone());
        paths(value, &path, found);
    }
}

fn spoil(update: &mut Value, changes: &[(usize, Option<Value>)]) {
    for (which, becomes) in changes {
        let mut all = Vec::new();
        paths(update, "", &mut all);
        let Some(path) = all.get(which % all.len().max(1)) else { return };
        match becomes {
            Some(value) => *update.pointer_mut(path).expect("a path") = value.clone(),
            None => {
                let (parent, name) = path.rsplit_once('/').expect("a path");
                match update.pointer_mut(parent).expect("a path") {
                    Value::Object(fields) => drop(fields.remove(name)),
                    Value::Array(values) => values.clear(),
                    _ => {}
                }
            }
        }
    }
}

impl Day {
    /// Real updates of every kind.
    fn kinds(&mut self) -> Vec<Value> {
        let now = self.now.timestamp();
        let (chat, contact) = SENDERS[0];
        let mut message = self.message((chat, contact), 0, "5 60% 已上线。问题：缺数据");
        message["reply_to_message"] = json!({"message_id": 2, "from": {"id": 1, "is_bot": true, "first_name": "督办"}});
        let mut photo = message.clone();
        photo["photo"] = json!([{"file_id": "small"}, {"file_id": "large"}]);
        photo["media_group_id"] = json!("13");
        photo["caption"] = json!("现场");
        photo["forward_origin"] = json!({"type": "user", "date": 1, "sender_user": {"id": 8, "first_name": "王"}});
        let mut topic = self.message((chat, contact), 0, "/tasks");
        topic["message_thread_id"] = json!(7);
        topic["is_topic_message"] = json!(true);
        let mut document = self.message((COORDINATOR, COORDINATOR), 0, "");
        document["document"] = json!({"file_id": "d", "file_name": "方案.docx"});
        let mut moved = self.message((chat, contact), 0, "");
        moved["migrate_to_chat_id"] = json!(-1_000_000);
        let mut left = self.message((chat, contact), 0, "");
        left["left_chat_member"] = json!({"id": 12, "is_bot": false, "first_name": "某"});
        let question = self.message((COORDINATOR, COORDINATOR), 0, "查找“任务”");
        let press = self.press((COORDINATOR, COORDINATOR), 2, "v1:accept:1:2");
        let member = |id: i64, status: &str| json!({"user": {"id": id, "first_name": "某"}, "status": status});
        let membership = json!({"chat": message["chat"], "from": message["from"], "date": now,
            "old_chat_member": member(1, "member"), "new_chat_member": member(1, "administrator")});
        let mut other = membership.clone();
        other["new_chat_member"] = member(12, "left");
        vec![
            json!({ "message": message }),
            json!({ "edited_message": message }),
            json!({ "message": photo }),
            json!({ "message": topic }),
            json!({ "message": document }),
            json!({ "message": moved }),
            json!({ "message": left }),
            json!({ "message": question }),
            press,
            json!({ "my_chat_member": membership }),
            json!({ "chat_member": other }),
        ]
    }

    /// Handles an update as the running bot does. What does not hold then, in words.
    async fn survives(&mut self, update: &Value, must_be_read: bool) -> Result<(), String> {
        self.now += TimeDelta::seconds(7);
        let update = Update { update_id: self.number(), raw: update.to_string() };
        let mut tx = self.store.begin(self.now).await.map_err(|error| error.to_string())?;
        let policy = settings::rows::policy::policy(&mut tx).await.map_err(|error| error.to_string())?;
        let calendar = settings::rows::holidays::calendar(&mut tx, &policy).await.map_err(|error| error.to_string())?;
        tx.mark().await.map_err(|error| error.to_string())?;
        let handling = flow::on_update(&mut tx, &update, &self.me, &policy, &calendar);
        match AssertUnwindSafe(handling).catch_unwind().await {
            Ok(Ok(_)) => tx.keep_since_mark().await.map_err(|error| error.to_string())?,
            Ok(Err(error)) if error.is_the_databases() || must_be_read => {
                return Err(format!("{}: {error}", update.raw));
            }
            Ok(Err(_)) => tx.back_to_mark().await.map_err(|error| error.to_string())?,
            Err(_) => return Err(format!("{}: a panic", update.raw)),
        }
        tx.commit().await.map_err(|error| error.to_string())
    }

    async fn answers_go_on(&mut self) -> Result<(), String> {
        let said = self.message((COORDINATOR, COORDINATOR), 0, "/status");
        let message_id = said["message_id"].clone();
        self.survives(&json!({"update_id": 1, "message": said}), true).await?;
        let answered = "select count(*) from outbox where json_extract(body, '$.message.answers') = ?";
        let answered: i64 = sqlx::query_scalar(answered)
            .bind(message_id.as_i64())
            .fetch_one(&self.pool)
            .await
            .map_err(|error| error.to_string())?;
        if answered > 0 { Ok(()) } else { Err("what is said next is not answered".to_owned()) }
    }
}

/// Lives through made-up cases, each with a day of its own.
fn live<C: std::fmt::Debug>(
    cases: &impl Strategy<Value = Vec<C>>,
    each: impl AsyncFn(&mut Day, &C) -> Result<(), String>,
) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (template, codes) = furnished();
    let asked = env::var("ANY_ORDER_CASES").ok().map(|cases| cases.parse().expect("ANY_ORDER_CASES is a number"));
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(20_190_613) };
    let config = Config {
        cases: asked.unwrap_or(CASES),
        rng_seed,
        failure_persistence: None,
        max_shrink_time: 20_000,
        ..Config::default()
    };
    let day = async |cases: &[C]| {
        let mut day = Day::begin(&template, &codes).await;
        for case in cases {
            each(&mut day, case).await?;
            day.answers_go_on().await?;
        }
        // Neither what was done nor what was asked for keeps the schedule and the outbox from their work.
        day.now += TimeDelta::days(1);
        day.tick(TimeDelta::zero()).await;
        day.deliver(super::Delivery::Sent).await;
        Ok(())
    };
    let lived = TestRunner::new(config)
        .run(cases, |cases| runtime.block_on(day(&cases)).map_err(|why: String| TestCaseError::fail(why)));
    if let Err(failure) = lived {
        panic!("{failure}");
    }
}

#[test]
fn no_button_that_somebody_makes_up_stops_anything() {
    live(&vec(pressed(), A_DAY), async |day, (by, message, data)| {
        let mut press = day.press(SENDERS[*by], *message, data);
        press["update_id"] = json!(1);
        day.survives(&press, true).await
    });
}

#[test]
fn no_update_with_anything_missing_or_absurd_stops_anything() {
    live(&vec(spoiled(), A_DAY), async |day, (which, changes)| {
        let kinds = day.kinds();
        let mut update = kinds[which % kinds.len()].clone();
        update["update_id"] = json!(1);
        spoil(&mut update, changes);
        day.survives(&update, false).await
    });
}
