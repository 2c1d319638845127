//! Two programs with one token: Telegram refuses the polls of one of them.

use std::process::Stdio;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::post;
use serde_json::json;
use tokio::net::TcpListener;

use crate::office::Office;

/// A Bot API whose updates another program fetches.
async fn answer(Path((_, method)): Path<(String, String)>) -> impl IntoResponse {
    match method.to_ascii_lowercase().as_str() {
        "getme" => {
            let me = json!({ "id": 1, "is_bot": true, "first_name": "督办", "username": "duban_bot" });
            (StatusCode::OK, json!({ "ok": true, "result": me }).to_string())
        }
        "getupdates" => {
            let why =
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
            (StatusCode::CONFLICT, json!({ "ok": false, "error_code": 409, "description": why }).to_string())
        }
        _ => (StatusCode::OK, json!({ "ok": true, "result": true }).to_string()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_program_that_stays_ends_this_one() {
    let office = Office::new();
    office.furnish();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let served = axum::serve(listener, Router::new().route("/{token}/{method}", post(answer).get(answer)));
    tokio::spawn(served.into_future());
    let mut command = office.command(&["run", "--clock", "2019-06-27T09:00:00+08:00", "--pace", "off"]);
    command.env("TELOXIDE_TOKEN", "1:not-a-token").env("TELOXIDE_API_URL", &address);
    let ended = tokio::task::spawn_blocking(move || command.stdin(Stdio::null()).output().expect("it starts"));
    let ended = ended.await.expect("it ends by itself");
    assert_eq!(ended.status.code(), Some(1));
    let said = String::from_utf8_lossy(&ended.stderr);
    let last = said.lines().last().unwrap_or_default();
    assert!(last.contains("另有一个程序在用同一个令牌收取消息，请先停掉它"), "{said}");
    assert!(!said.contains("not-a-token"));
}

#[test]
fn a_second_bot_on_the_same_database_is_refused() {
    let office = Office::new();
    office.furnish();
    let file = std::fs::File::create(office.path("duban.db.lock")).expect("the lock");
    file.lock().expect("held");
    let mut command = office.command(&["run", "--clock", "2019-06-27T09:00:00+08:00"]);
    command.env("TELOXIDE_TOKEN", "1:not-a-token").env("TELOXIDE_API_URL", "http://127.0.0.1:9");
    let refused = command.output().expect("it starts");
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("另一个 duban 正在使用数据库"));
}
