//! Forum groups: what is said in a topic is answered there, each topic is a chat of its own, and a message that Telegram
//! does not take as it is still arrives.

use std::process::Stdio;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::any;
use axum::{Json, Router};
use serde_json::{Value, json};
use sqlx::sqlite::SqlitePool;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::office::{Office, at};

const FORUM: i64 = -1_001;

/// A Bot API that gives prepared updates once, notes what is sent, and refuses what it is told to.
struct Api {
    updates: Mutex<Vec<Value>>,
    /// Each `sendMessage`, with whether it was taken.
    sent: Mutex<Vec<(Value, bool)>>,
    refuse: fn(&Value) -> Option<&'static str>,
    noted: Notify,
}

async fn answer(
    State(api): State<Arc<Api>>,
    Path((_, method)): Path<(String, String)>,
    body: Option<Json<Value>>,
) -> (StatusCode, Json<Value>) {
    let body = body.map(|Json(body)| body).unwrap_or_default();
    let taken = |result: Value| (StatusCode::OK, Json(json!({"ok": true, "result": result})));
    match method.to_ascii_lowercase().as_str() {
        "getme" => taken(json!({"id": 1, "is_bot": true, "first_name": "督办", "username": "duban_bot"})),
        "getupdates" => {
            let updates = std::mem::take(&mut *api.updates.lock().expect("unbroken"));
            if updates.is_empty() {
                // As a long poll: nothing comes any more.
                std::future::pending::<()>().await;
            }
            taken(json!(updates))
        }
        "sendmessage" => {
            let refusal = (api.refuse)(&body);
            let mut sent = api.sent.lock().expect("unbroken");
            sent.push((body, refusal.is_none()));
            let message_id = sent.len();
            drop(sent);
            api.noted.notify_one();
            match refusal {
                None => {
                    taken(json!({"message_id": message_id, "date": 0, "chat": {"id": FORUM, "type": "supergroup"}}))
                }
                Some(why) => {
                    (StatusCode::BAD_REQUEST, Json(json!({"ok": false, "error_code": 400, "description": why})))
                }
            }
        }
        _ => taken(json!(true)),
    }
}

/// A message in the forum group, in a topic where one is given.
fn said(update_id: i64, text: &str, thread: Option<i64>, is_topic: bool) -> Value {
    let mut message = json!({
        "message_id": update_id + 100,
        "date": at("06-13 09:00:00").timestamp(),
        "chat": {"id": FORUM, "type": "supergroup", "title": "督办大群"},
        "from": {"id": 11, "is_bot": false, "first_name": "李建国"},
        "text": text,
    });
    if let Some(thread) = thread {
        message["message_thread_id"] = json!(thread);
        message["is_topic_message"] = json!(is_topic);
    }
    json!({"update_id": update_id, "message": message})
}

/// What was sent in answer to the updates: the thread, the beginning of the words, and whether it was taken.
async fn answers(
    office: &Office,
    updates: Vec<Value>,
    count: usize,
    refuse: fn(&Value) -> Option<&'static str>,
) -> Vec<String> {
    let api = Arc::new(Api { updates: Mutex::new(updates), sent: Mutex::default(), refuse, noted: Notify::new() });
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let router = Router::new().route("/{token}/{method}", any(answer)).with_state(Arc::clone(&api));
    tokio::spawn(axum::serve(listener, router).into_future());
    let mut command = office.command(&["run", "--clock", &at("06-13 09:00:00").to_rfc3339(), "--pace", "off"]);
    command.env("TELOXIDE_TOKEN", "1:not-a-token").env("TELOXIDE_API_URL", &address);
    let mut bot = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the bot starts");
    while api.sent.lock().expect("unbroken").len() < count {
        api.noted.notified().await;
    }
    bot.kill().expect("killed");
    bot.wait().expect("ended");
    let sent = api.sent.lock().expect("unbroken");
    let line = |(message, taken): &(Value, bool)| {
        let words = message["text"].as_str().unwrap_or_default().lines().next().unwrap_or_default();
        let words: String = words.chars().take(24).collect();
        format!("{} {words}{}", message["message_thread_id"], if *taken { "" } else { " ✗" })
    };
    sent.iter().map(line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_topic_is_a_chat_of_its_own() {
    let office = Office::new();
    office.furnish();
    let [police, finance] = ["省公安厅", "省财政厅"].map(|unit| office.code_for(unit));
    let updates = vec![
        said(1, &format!("/bind@duban_bot {police}"), Some(7), true),
        said(2, &format!("/bind@duban_bot {finance}"), Some(9), true),
        said(3, "/tasks@duban_bot", Some(7), true),
        said(4, "/tasks@duban_bot", Some(9), true),
        // A thread of answers in the general topic has a number too.
        said(5, "/tasks@duban_bot", Some(106), false),
    ];
    let mut answers = answers(&office, updates, 5, |_| None).await;
    // Topics are served at once, so only the order within each is certain.
    answers.sort();
    insta::assert_snapshot!(answers.join("\n"), @"
    7 <b>省公安厅</b> 任务 20 项，未办结 
    7 本群已绑定：<b>省公安厅</b>，承担任务 2
    9 <b>省财政厅</b> 任务 19 项，未办结 
    9 本群已绑定：<b>省财政厅</b>，承担任务 1
    null 本群尚未绑定单位。请向督办员索取邀请码，发送 /
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_taken_as_it_is_still_arrives() {
    let office = Office::new();
    office.furnish();
    let bind = said(1, &format!("/bind@duban_bot {}", office.code_for("省公安厅")), Some(7), true);
    let tasks = said(2, "/tasks@duban_bot", Some(7), true);
    let refuse = |message: &Value| match message {
        _ if message.get("message_thread_id").is_some() => Some("Bad Request: message thread not found"),
        _ if message.get("parse_mode").is_some() => Some("Bad Request: can't parse entities: unexpected end"),
        _ => None,
    };
    // The second answer knows already that the topic is gone.
    insta::assert_snapshot!(answers(&office, vec![bind, tasks], 5, refuse).await.join("\n"), @"
    7 本群已绑定：<b>省公安厅</b>，承担任务 2 ✗
    null 本群已绑定：<b>省公安厅</b>，承担任务 2 ✗
    null 本群已绑定：省公安厅，承担任务 20 项。
    null <b>省公安厅</b> 任务 20 项，未办结  ✗
    null 省公安厅 任务 20 项，未办结 20 项：
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_knows_no_moments_still_gets_the_rest_of_the_markup() {
    let office = Office::new();
    office.furnish();
    let pool = SqlitePool::connect(&office.database()).await.expect("opened");
    let body = json!({"message": {
        "html": "<b>到期</b>：<tg-time unix=\"1561910340\">6月30日</tg-time>", "buttons": [], "answers": null,
    }});
    sqlx::query("insert into chat (id, telegram_id, kind, title) values (1, ?, 'group', '省公安厅')")
        .bind(FORUM)
        .execute(&pool)
        .await
        .expect("inserted");
    let waits = "insert into outbox (chat_id, kind, body, created_at, not_before)
                 values (1, 'answer', ?, '2019-06-01', '2019-06-01')";
    sqlx::query(waits).bind(body.to_string()).execute(&pool).await.expect("inserted");
    pool.close().await;
    let refuse = |message: &Value| {
        let text = message["text"].as_str().unwrap_or_default();
        text.contains("<tg-time").then_some("Bad Request: can't parse entities: Unsupported start tag \"tg-time\"")
    };
    insta::assert_snapshot!(answers(&office, Vec::new(), 2, refuse).await.join("\n"), @"
    null <b>到期</b>：<tg-time unix= ✗
    null <b>到期</b>：6月30日
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_files_and_buttons_of_a_topic_are_answered_in_it() {
    let office = Office::new();
    office.furnish();
    let in_topic = |update, text: &str| said(update, text, Some(7), true);
    let edited = json!({"update_id": 3, "edited_message": in_topic(2, "@duban_bot 第5项进度70%")["message"]});
    let mut photo = in_topic(4, "");
    photo["message"].as_object_mut().expect("a message").remove("text");
    photo["message"]["caption"] = json!("@duban_bot 第5项进度80%");
    photo["message"]["photo"] = json!([{"file_id": "photo"}]);
    let mut pressed = in_topic(5, "")["message"].clone();
    pressed["from"] = json!({"id": 1, "is_bot": true, "first_name": "督办"});
    let press = json!({"update_id": 5, "callback_query": {
        "id": "1", "from": {"id": 11, "first_name": "李建国"}, "message": pressed, "data": office.seal().await.close(FORUM, "v1:undo:104"),
    }});
    let updates = vec![
        in_topic(1, &format!("/bind@duban_bot {}", office.code_for("省公安厅"))),
        in_topic(2, "@duban_bot 第5项进度60%"),
        edited,
        photo,
        press,
        in_topic(6, "@duban_bot 快了快了"),
    ];
    insta::assert_snapshot!(answers(&office, updates, 6, |_| None).await.join("\n"), @"
    7 本群已绑定：<b>省公安厅</b>，承担任务 2
    7 李建国 已成为省公安厅联络员。需要私聊抄送提醒的
    7 已按修改后的内容更新。
    7 已登记 第5项 压缩工程项目审批时间：推进中80
    7 已撤回第5项的这次反馈，现为推进中70%。
    7 没有看懂，原话已留存，尚未登记。请点选说的是哪一
    ");
}
