//! Whatever Telegram, or whoever stands in its place, answers: the bot goes on, and what is said next is answered.

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use serde_json::{Value, json};
use sqlx::sqlite::SqlitePool;
use tokio::net::TcpListener;

use crate::office::Office;
use crate::scripted::{Answer, Api, TOKEN, said};

const PERSON: i64 = 7;

/// A server that counts who comes.
async fn elsewhere() -> (String, Arc<AtomicUsize>) {
    let visits = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&visits);
    let router = Router::new().fallback(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        async { "{}" }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    tokio::spawn(axum::serve(listener, router).into_future());
    (address, visits)
}

fn refusal(code: &str, rest: &str) -> Answer {
    Answer::raw(200, format!(r#"{{"ok":false,"error_code":{code},"description":"x"{rest}}}"#))
}

fn deep(levels: usize) -> String {
    format!("{}{}", "[".repeat(levels), "]".repeat(levels))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_to_a_poll_ends_it() {
    let (office, api, (address, visits)) = (Office::new(), Api::start().await, elsewhere().await);
    office.furnish();
    let mut bot = api.run(&office);
    let wait = |seconds: &str| refusal("429", &format!(r#","parameters":{{"retry_after":{seconds}}}"#));
    let good = said(900, PERSON, "/help");
    let with_one = |other: &str| Answer::raw(200, format!(r#"{{"ok":true,"result":[{other},{good}]}}"#));
    let odd = [
        wait("9000000000000000"),
        wait("9e15"),
        wait("-5"),
        wait("\"soon\""),
        refusal("404", ""),
        refusal("401", ""),
        refusal("409", ""),
        refusal("-1", ""),
        refusal("1e300", ""),
        Answer::raw(200, "<html><body>502 Bad Gateway</body></html>"),
        Answer::raw(502, "<html></html>"),
        Answer::raw(200, ""),
        Answer::raw(200, r#"{"ok":true}"#),
        Answer::raw(200, r#"{"ok":true,"result":{"update_id":1}}"#),
        Answer::raw(200, format!(r#"{{"ok":true,"result":{}}}"#, deep(100_000))),
        Answer::raw(200, format!(r#"{{"ok":true,"result":[{{"update_id":901,"message":{}}}]}}"#, deep(100_000))),
        Answer::raw(200, format!(r#"{{"ok":true,"result":["{}"]}}"#, "x".repeat(17 * 1024 * 1024))),
        Answer::elsewhere(&address),
        with_one("17"),
        with_one(r#"{"message":{}}"#),
        with_one(r#"{"update_id":"x"}"#),
        with_one(r#"{"update_id":18446744073709551615}"#),
        with_one(r#"{"update_id":902,"message":{"message_id":1e300}}"#),
    ];
    for (update_id, answer) in (1_000..).zip(odd) {
        api.answer_poll(answer.clone());
        let words = api.ask(&said(update_id, PERSON, "/help")).await;
        assert!(words.contains("怎样反馈"), "{words}");
        assert!(bot.runs(), "{:?}", answer.body.get(..200));
    }
    assert_eq!(visits.load(Ordering::Relaxed), 0, "nobody is followed elsewhere");
    bot.kill();
    assert_eq!(office.ask_json(&["verify", "--json"])["integrity"], "ok");
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_of_any_number_are_answered_once_and_confirmed() {
    let (office, api) = (Office::new(), Api::start().await);
    office.furnish();
    let _bot = api.run(&office);
    let offset_after = async |update_id: i64| {
        let polls = api.asked("getupdates").len();
        api.ask(&said(update_id, PERSON, "/help")).await;
        api.until_asked("getupdates", polls + 1).await;
        api.asked("getupdates").pop().expect("a poll")["offset"].clone()
    };
    assert_eq!(offset_after(i64::from(i32::MAX)).await, json!(i64::from(i32::MAX) + 1));
    assert_eq!(offset_after(1 << 52).await, json!((1_i64 << 52) + 1));
    assert_eq!(offset_after(3).await, json!(4), "numbers begin anew after an idle week");
    assert_eq!(offset_after(-8).await, json!(0), "an offset below zero would forget what waits");
    // One beyond all numbers of JSON is not kept, and makes none of the later ones seem fetched.
    api.give(&said(i64::MAX, PERSON, "/help"));
    // What was given before is not answered again.
    let sent = api.asked("sendmessage").len();
    api.give(&said(3, PERSON, "/help"));
    api.ask(&said(4, PERSON, "/help")).await;
    assert_eq!(api.asked("sendmessage").len(), sent + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_to_a_message_ends_it() {
    let (office, api, (address, visits)) = (Office::new(), Api::start().await, elsewhere().await);
    office.furnish();
    let wait = |seconds: &str| refusal("429", &format!(r#","parameters":{{"retry_after":{seconds}}}"#));
    let odd = [
        wait("9000000000000000"),
        wait("-9000000000000000"),
        refusal("404", ""),
        refusal("1e300", ""),
        refusal("400", r#","parameters":{"migrate_to_chat_id":0}"#),
        Answer::elsewhere(&address),
        Answer::raw(200, "<html></html>"),
        Answer::raw(200, r#"{"ok":true,"result":{"message_id":18446744073709551615}}"#),
        Answer::raw(200, r#"{"ok":true,"result":{"message_id":-9223372036854775808}}"#),
        Answer::raw(200, format!(r#"{{"ok":true,"result":{}}}"#, deep(100_000))),
        Answer::raw(200, format!(r#"{{"ok":true,"result":"{}"}}"#, "x".repeat(10 * 1024 * 1024))),
    ];
    let mut bot = api.run(&office);
    for (person, answer) in (100..).zip(odd) {
        api.answer_send(person, answer);
        api.ask(&said(person, person, "/help")).await;
    }
    // The answer to each of them is noted before the next message goes to the same chat.
    let whole = [107, 108, 109, 110];
    for person in whole {
        api.ask(&said(person + 1_000, person, "/help")).await;
    }
    api.ask(&said(5_000, PERSON, "/help")).await;
    assert!(bot.runs());
    assert_eq!(visits.load(Ordering::Relaxed), 0, "nobody is followed elsewhere");
    bot.kill();
    let pool = SqlitePool::connect(&office.database()).await.expect("opened");
    let furthest: String = sqlx::query_scalar("select max(not_before) from chat").fetch_one(&pool).await.expect("read");
    assert!(furthest.as_str() < "2019-06-13T02:30", "no rest is longer than an hour: {furthest}");
    pool.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_refused_again_and_again_ends_it() {
    let (office, api) = (Office::new(), Api::start().await);
    office.furnish();
    let mut command = office.command(&["run", "--clock", "2019-06-13T09:00:00+08:00", "--pace", "off"]);
    command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", &api.address);
    for _ in 0..10 {
        api.answer_poll(refusal("401", ""));
    }
    let ended = tokio::task::spawn_blocking(move || command.stdin(Stdio::null()).output().expect("it starts"));
    let ended = ended.await.expect("it ends by itself");
    assert_eq!(ended.status.code(), Some(1));
    let stderr = String::from_utf8_lossy(&ended.stderr);
    assert!(stderr.lines().last().unwrap_or_default().contains("不认这个令牌"), "{stderr}");
    assert!(!stderr.contains("obviously-false"), "{stderr}");
}

/// One whose `date` nobody can read, and a press without readable data.
fn unreadable() -> [Value; 2] {
    let mut message = said(20, PERSON, "第5项<b>进度60%");
    message["message"]["date"] = json!("soon");
    let press = json!({"update_id": 21, "callback_query": {
        "id": "77", "data": 5, "from": {"id": PERSON, "is_bot": false, "first_name": "周敏"},
        "message": {"message_id": 3, "date": 1, "chat": {"id": PERSON, "type": "private", "first_name": "周敏"}},
    }});
    [message, press]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_handled_is_kept_told_and_tried_again_by_another_version() {
    let (office, api) = (Office::new(), Api::start().await);
    office.furnish();
    let bot = api.run(&office);
    const COORDINATOR: i64 = 90;
    let code = office.ask_json(&["invite", "--coordinator", "--json"])["code"].as_str().expect("a code").to_owned();
    api.ask(&said(10, COORDINATOR, &format!("/start {code}"))).await;
    let [message, press] = unreadable();
    let words = api.ask(&message).await;
    assert!(words.contains("未能处理这条消息") && words.contains("已留存") && words.contains("尚未登记"), "{words}");
    api.give(&press);
    let toast = api.until("answercallbackquery", |toast| toast["callback_query_id"] == "77").await;
    assert!(toast["text"].as_str().expect("words").contains("未能处理这次点按"), "{toast}");
    let told = api
        .until("sendmessage", |sent| {
            sent["chat_id"] == COORDINATOR && sent["text"].as_str().is_some_and(|text| text.contains("未能处理"))
        })
        .await;
    let told = told["text"].as_str().expect("words");
    assert!(told.contains("周敏") && told.contains("原文：第5项&lt;b&gt;进度60%"), "{told}");
    api.ask(&said(30, PERSON, "/help")).await;
    bot.terminate();

    let pending = office.ask_json(&["verify", "--json"])["pending"].clone();
    assert_eq!((&pending["set_aside"], &pending["failed"]), (&json!(2), &json!(0)), "{pending}");
    let plain = office.ask(&["verify"]);
    assert!(plain.contains("搁置 2") && plain.contains("请升级程序"), "{plain}");

    // The same version does not try again; another does, and says nothing more of what it cannot read either.
    let pool = SqlitePool::connect(&office.database()).await.expect("opened");
    let by_another = "update inbox set given_up_by = '0.0.0' where state = 'dead'";
    let readable = "update inbox set raw = replace(raw, '\"soon\"', '1560387600') where update_id = 20";
    // The numbers go on: a gap would be told to the coordinator.
    let mut now = 31;
    for (change, set_aside) in [("select 1", 2), (by_another, 2), (readable, 2), (by_another, 1)] {
        sqlx::query(change).execute(&pool).await.expect("changed");
        let before = (api.asked("sendmessage").len(), api.asked("answercallbackquery").len());
        let bot = api.run(&office);
        // Each attempt is in a batch with one of these, or before it.
        for next in now..now + 3 {
            api.ask(&said(next, 70_000 + next, "/help")).await;
        }
        now += 3;
        let again = usize::from(set_aside == 1);
        api.until_asked("sendmessage", before.0 + 3 + again).await;
        bot.terminate();
        let after = (api.asked("sendmessage").len(), api.asked("answercallbackquery").len());
        assert_eq!(after, (before.0 + 3 + again, before.1), "{change}");
        assert_eq!(office.ask_json(&["verify", "--json"])["pending"]["set_aside"], set_aside, "{change}");
    }
    pool.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_and_words_of_somebodys_own_making_are_answered() {
    let (office, api) = (Office::new(), Api::start().await);
    office.furnish();
    let mut bot = api.run(&office);
    const COORDINATOR: i64 = 90;
    let code = office.ask_json(&["invite", "--coordinator", "--json"])["code"].as_str().expect("a code").to_owned();
    api.ask(&said(10, COORDINATOR, &format!("/start {code}"))).await;
    let presses = ["v1:unmute:999:1", "v1:undo:9223372036854775807", "v1:grant:0:0:2147483647", "v1:undo\u{0}:1"];
    let seal = office.seal().await;
    for (number, data) in (11_i64..).zip(presses) {
        // As if the bot had drawn it: the check alone would keep it from being read.
        let sealed = seal.close(COORDINATOR, data);
        api.give(&json!({"update_id": number, "callback_query": {
            "id": data, "data": sealed, "from": {"id": COORDINATOR, "is_bot": false, "first_name": "周敏"},
            "message": {"message_id": 3, "date": 0, "chat": {"id": COORDINATOR, "type": "private", "first_name": "周敏"}},
        }}));
        let toast = api.until("answercallbackquery", |toast| toast["callback_query_id"] == data).await;
        assert!(!toast["text"].as_str().unwrap_or_default().contains("未能处理"), "{data}: {toast}");
    }
    let questions = [
        "查找“政务\u{0}服务”",
        "哪些任务涉及\u{0}\u{0}",
        "搜索 \"政务\" OR NEAR(",
        "查找'\"*^:-{}",
        "第5项\u{0}进展如何",
    ];
    for (number, question) in (20_i64..).zip(questions) {
        let words = api.ask(&said(number, COORDINATOR, question)).await;
        assert!(!words.contains("未能处理"), "{question:?}: {words}");
    }
    assert!(bot.runs());
    bot.kill();
    assert_eq!(office.ask_json(&["verify", "--json"])["pending"]["set_aside"], 0);
}
