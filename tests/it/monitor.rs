//! `duban run --listen`: health and numbers over HTTP.

use std::process::Stdio;

use duban::sandbox::BOT_USERNAME;
use regex::Regex;
use serde_json::Value;

use crate::office::{Bot, Office, TOKEN, Telegram, at};

#[tokio::test(flavor = "multi_thread")]
async fn health_and_numbers_over_http() {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.add_group(-500, "省公安厅工作群", &[(11, "李建国")]);
    // Free a moment ago; nobody else on this machine asks for it in between.
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let address = format!("127.0.0.1:{port}");
    let now = at("06-27 10:00:00").to_rfc3339();
    let mut command = office.command(&["run", "--clock", &now, "--pace", "off", "--listen", &address]);
    command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", &telegram.address);
    let mut bot = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the bot starts");
    telegram.bind(-500, 11, &office.code_for("省公安厅")).await;

    telegram.ask(-500, 11, &format!("/report@{BOT_USERNAME} 5 60%"), None).await;

    let get = async |path: &str| {
        let answer = reqwest::get(format!("http://{address}{path}")).await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    };
    assert_eq!(get("/healthz").await, (200, "ok\n".to_owned()));
    assert_eq!(get("/readyz").await, (200, "ok\n".to_owned()));
    let (status, metrics) = get("/metrics").await;
    assert_eq!(status, 200);
    // Whether the answer is already noted as sent is the bot's affair.
    for line in [
        concat!("duban_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"} 1"),
        "duban_inbox_dead 0",
        "duban_outbox{state=\"sen",
        "duban_last_poll_timestamp_seconds 1561600",
        "duban_updates_total 2",
        "duban_updates_set_aside_total 0",
        "duban_polls_failed_total 0",
        "duban_telegram_rate_limited_total 0",
        "duban_sends_total{outcome=\"sent\"} ",
        "duban_database_bytes ",
        "duban_disk_free_bytes ",
        // Whether the day's copy is made by now, too.
        "# TYPE duban_last_backup_timestamp_seconds gauge",
    ] {
        assert!(metrics.lines().any(|known| known.starts_with(line)), "{line}: {metrics}");
    }
    // They come from the database, so they are right after a start as well.
    for (became, count) in [("read", 1), ("asked", 0), ("undone", 0), ("corrected", 0), ("returned", 0)] {
        let line = format!("duban_words_of_week{{became=\"{became}\"}} {count}");
        assert!(metrics.lines().any(|known| known == line), "{line}: {metrics}");
    }
    assert!(!metrics.contains("省公安厅"), "numbers only");
    // What the sample alerts ask for is there, and each family says its type once.
    let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/prometheus/duban.rules.yml"));
    let asked = Regex::new(r"duban_\w+").expect("a constant");
    for name in asked.find_iter(rules).map(|name| name.as_str()) {
        let types = metrics.lines().filter(|line| line.starts_with(&format!("# TYPE {name} "))).count();
        assert_eq!(types, 1, "{name}");
        assert_eq!(name.ends_with("_total"), metrics.contains(&format!("# TYPE {name} counter")), "{name}");
    }
    assert_eq!(get("/").await.0, 404);
    bot.kill().expect("killed");
    bot.wait().expect("ended");
}

/// A port that was free a moment ago.
fn free_address() -> String {
    std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn alive_and_ready_are_two_things() {
    let office = Office::new();
    office.furnish();
    let address = free_address();
    let mut command = office.command(&["run"]);
    // Nobody listens there, and the port is given by the environment.
    command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", "http://127.0.0.1:9").env("DUBAN_LISTEN", &address);
    command.env("DUBAN_LOG", "json").stderr(std::fs::File::create(office.path("log.txt")).expect("a log"));
    let _bot = Bot::of(command.stdout(Stdio::null()).spawn().expect("the bot starts"));
    let get = async |path: &str| loop {
        // Until it listens.
        match reqwest::get(format!("http://{address}{path}")).await {
            Ok(answer) => return (answer.status().as_u16(), answer.text().await.expect("text")),
            Err(_) => tokio::task::yield_now().await,
        }
    };
    assert_eq!(get("/healthz").await, (200, "ok\n".to_owned()));
    assert_eq!(get("/readyz").await, (503, "Telegram has not answered yet\n".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_tells_the_offices_time_without_colours() {
    let office = Office::new();
    office.furnish();
    office.ask(&["policy", "timezone", "Asia/Urumqi"]);
    let telegram = Telegram::start().await;
    telegram.add_group(-500, "省公安厅工作群", &[(11, "李建国")]);
    let log_of = async |form: &str| {
        let log = office.path(form);
        let mut command = office.command(&["run", "--pace", "off", "--clock", &at("06-27 10:00:00").to_rfc3339()]);
        command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", &telegram.address).env("DUBAN_LOG", form);
        command.stdout(Stdio::null()).stderr(std::fs::File::create(&log).expect("a log"));
        let bot = Bot::of(command.spawn().expect("the bot starts"));
        telegram.ask(-500, 11, &format!("/help@{BOT_USERNAME}"), None).await;
        assert!(bot.terminate());
        std::fs::read_to_string(log).expect("a log")
    };
    let text = log_of("text").await;
    assert!(text.contains("+06:00  INFO duban") && !text.contains('\u{1b}'), "{text}");
    let json = log_of("json").await;
    assert!(json.lines().count() > 1, "{json}");
    for line in json.lines() {
        let line: Value = serde_json::from_str(line).expect("an object a line");
        let (time, message) = (line["timestamp"].as_str().expect("a time"), line["message"].as_str().expect("words"));
        assert!(time.ends_with(":00") && !message.is_empty(), "{line}");
    }
}
