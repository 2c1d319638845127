//! Two programs with one token: Telegram refuses the polls of one of them.

use std::process::Stdio;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::post;
use serde_json::json;
use tokio::net::TcpListener;

use crate::office::{Office, TOKEN, Telegram, at};

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

#[tokio::test(flavor = "multi_thread")]
async fn whichever_path_leads_to_the_database_there_is_one_bot() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    telegram.add_group(-1, "省公安厅", &[(1, "赵刚")]);
    std::os::unix::fs::symlink(office.path("duban.db"), office.path("symbolic.db")).expect("linked");
    std::fs::hard_link(office.path("duban.db"), office.path("hard.db")).expect("linked");
    std::fs::create_dir(office.path("folder")).expect("made");
    let second = |path: &str| {
        let address = format!("sqlite://{}", office.path(path).display());
        let mut command = office.command(&["run", "--clock", "2019-06-27T09:00:00+08:00", "--database", &address]);
        command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", &telegram.address).env("RUST_LOG", "off");
        let refused = command.output().expect("it starts");
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(refused.status.code() == Some(1) && said.contains("另一个 duban 正在使用数据库"), "{path}: {said}");
    };
    // While the bot opens a file of several names, a command cannot tell by which of them.
    let code = office.code_for("省公安厅");
    let bot = telegram.start_bot(&office, at("06-26 16:00:00"));
    telegram.bind(-1, 1, &code).await;
    ["duban.db", "symbolic.db", "hard.db", "folder/../duban.db"].into_iter().for_each(second);
    // Commands work beside the bot, but not by a name beside which its log is not.
    let by = |path: &str| format!("sqlite://{}", office.path(path).display());
    office.ask(&["policy", "ranking", "on", "--database", &by("symbolic.db")]);
    let refused = office.run(&["policy", "ranking", "off", "--database", &by("hard.db")]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("请用同一路径"));
    assert!(office.ask(&["policy", "ranking"]).contains("ranking = on"));
    assert!(bot.terminate());

    // The file was replaced under a running bot: another file, but the same place.
    let bot = telegram.start_bot(&office, at("06-26 17:00:00"));
    telegram.ask(-1, 1, "/tasks@duban_demo_bot", None).await;
    office.ask(&["backup", office.path("copy.db").to_str().expect("UTF-8")]);
    std::fs::rename(office.path("copy.db"), office.path("duban.db")).expect("replaced");
    second("duban.db");
    bot.kill();
}
