//! `duban doctor`: what a set-up lacks, held against the transcripts of docs/doctor.md.

use axum::http::header::DATE;
use axum::{Json, Router};
use chrono::{Datelike, TimeDelta};
use duban::clock::Clock;
use regex::Regex;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::office::{Office, TOKEN, Telegram};

const PLAN: &str = "某市优化营商环境分工方案\n1.修路，2099年6月底前完成。（市交通局负责）\n2.架桥，2099年12月底前完成。（市水利局负责）\n";

/// What is printed, and the exit status. The error's line comes last, as on a terminal.
fn doctor(office: &Office, variables: &[(&str, &str)]) -> (String, i32) {
    let output = office.command(&["doctor"]).envs(variables.iter().copied()).output().expect("the program starts");
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8(text).expect("UTF-8"), output.status.code().expect("it ended by itself"))
}

fn checks(office: &Office, variables: &[(&str, &str)]) -> Vec<Value> {
    let output = office.command(&["doctor", "--json"]).envs(variables.iter().copied()).output().expect("started");
    serde_json::from_slice(&output.stdout).expect("one JSON document")
}

fn import(office: &Office) {
    std::fs::write(office.path("plan.txt"), PLAN).expect("written");
    office.ask(&["plan", "import", office.path("plan.txt").to_str().expect("UTF-8")]);
}

/// This year's and the next one's, which no shipped calendar need know.
fn know_the_holidays(office: &Office) {
    let year = Clock::system().now().year();
    for year in [year, year + 1] {
        let days = json!([{ "name": "元旦", "date": format!("{year}-01-01"), "isOffDay": true }]);
        let file = office.path("holidays.json");
        std::fs::write(&file, json!({ "year": year, "papers": [], "days": days }).to_string()).expect("written");
        office.ask(&["policy", "holidays", file.to_str().expect("UTF-8")]);
    }
}

/// The block after a marker of docs/doctor.md.
fn transcript(name: &str) -> String {
    let document = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/doctor.md"));
    let (_, after) = document.split_once(&format!("<!-- transcript: {name} -->\n```\n")).expect("a transcript");
    after.split_once("```").expect("its end").0.to_owned()
}

/// Figures, weekdays, and where things are differ from one machine to the next.
fn alike(text: &str, office: &Office, address: &str) -> String {
    let text = text.replace(office.path("duban.db").to_str().expect("UTF-8"), "/var/lib/duban/duban.db");
    let text = text.replace(&format!("{address}/"), "https://api.telegram.org/");
    let text = Regex::new("周.）").expect("a constant").replace_all(&text, "周一）");
    let text = Regex::new("[KMG]B").expect("a constant").replace_all(&text, "MB");
    Regex::new(r"\d+(\.\d)?").expect("a constant").replace_all(&text, "0").into_owned()
}

#[track_caller]
fn assert_transcript(name: &str, said: &str, office: &Office, address: &str) {
    let written = transcript(name);
    assert_eq!(alike(&written, office, address), alike(said, office, address), "docs/doctor.md should show:\n{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_healthy_office() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    import(&office);
    know_the_holidays(&office);
    telegram.sandbox.add_person(21, "周督办");
    telegram.sandbox.add_private_chat(21);
    telegram.add_group(-500, "市交通局", &[(11, "李建国")]);
    telegram.add_group(-501, "市水利局", &[(12, "王小明")]);
    let bot = telegram.start_bot(&office, Clock::system().now().fixed_offset());
    telegram.ask(21, 21, &format!("/start {}", office.code_for("--coordinator")), None).await;
    for (chat, person, unit, task) in [(-500, 11, "市交通局", 1), (-501, 12, "市水利局", 2)] {
        telegram.bind(chat, person, &office.code_for(unit)).await;
        let report = format!("/report@{} {task} 60%", duban::sandbox::BOT_USERNAME);
        telegram.ask(chat, person, &report, None).await;
    }
    let variables = [("TELOXIDE_TOKEN", TOKEN), ("TELOXIDE_API_URL", &telegram.address)];
    let (said, status) = doctor(&office, &variables);
    assert_eq!(status, 0, "{said}");
    assert_transcript("healthy", &said, &office, &telegram.address);
    assert!(checks(&office, &variables).iter().all(|check| check["ok"] == true && check["remedy"] == Value::Null));
    assert!(bot.terminate(), "it runs on meanwhile and ends well");
}

/// A server whose clock is ten minutes behind, for a bot whose updates go elsewhere.
async fn strange_server() -> String {
    let behind = (Clock::system().now() - TimeDelta::minutes(10)).format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let answer = |result: Value| {
        let stamped = [(DATE, behind.clone())];
        move || std::future::ready((stamped, Json(json!({ "ok": true, "result": result }))))
    };
    let me = json!({ "id": 42, "is_bot": true, "username": "duban_bot", "can_read_all_group_messages": true });
    let routes = Router::new().route(&format!("/bot{TOKEN}/getMe"), axum::routing::post(answer(me))).route(
        &format!("/bot{TOKEN}/getWebhookInfo"),
        axum::routing::post(answer(json!({ "url": "https://a.example" }))),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async { axum::serve(listener, routes).await });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_with_many_faults() {
    let office = Office::new();
    import(&office);
    know_the_holidays(&office);
    office.ask(&["policy", "backups", "0"]);
    let address = strange_server().await;
    let before = std::fs::read(office.path("duban.db")).expect("read");
    let variables = [("TELOXIDE_TOKEN", TOKEN), ("TELOXIDE_API_URL", &*address)];
    let (said, status) = doctor(&office, &variables);
    assert_eq!(status, 1, "{said}");
    assert_transcript("broken", &said, &office, &address);
    assert_eq!(std::fs::read(office.path("duban.db")).expect("read"), before, "nothing is changed");

    let checks = checks(&office, &variables);
    let ill: Vec<&str> =
        checks.iter().filter(|check| check["ok"] == false).filter_map(|it| it["check"].as_str()).collect();
    assert_eq!(ill, ["telegram", "privacy", "clock", "coordinators", "groups", "backup"]);
    assert!(checks.iter().all(|check| check["remedy"].is_string() != (check["ok"] == true)));
}

#[test]
fn nothing_is_set_up() {
    let office = Office::new();
    let (said, status) = doctor(&office, &[]);
    assert_eq!(status, 1);
    assert_transcript("nothing", &said, &office, "http://nowhere");
    assert!(!office.path("duban.db").exists(), "nothing is begun");
}

#[test]
fn faults_of_the_way_and_of_the_database() {
    let office = Office::new();
    import(&office);
    let remedy = |check: &str, variables: &[(&str, &str)]| {
        let found = checks(&office, variables).into_iter().find(|found| found["check"] == check).expect("checked");
        assert_eq!(found["ok"], false, "{found}");
        format!("{}", found["remedy"])
    };
    let nobody = "http://127.0.0.1:9";
    let token = ("TELOXIDE_TOKEN", TOKEN);
    assert!(remedy("telegram", &[token, ("TELOXIDE_API_URL", nobody)]).contains("TELOXIDE_API_URL"));
    let proxied = remedy("telegram", &[token, ("TELOXIDE_PROXY", "http://me:secret@127.0.0.1:9")]);
    assert!(proxied.contains("127.0.0.1:9") && !proxied.contains("secret"), "{proxied}");
    assert!(remedy("proxy", &[token, ("ALL_PROXY", "socks5://127.0.0.1:9")]).contains("socks5h"));
    assert!(remedy("token", &[("TELOXIDE_TOKEN", "nonsense")]).contains("@BotFather"));

    let bytes = std::fs::read(office.path("duban.db")).expect("read");
    std::fs::write(office.path("duban.db"), &bytes[..bytes.len() / 2]).expect("written");
    assert!(remedy("database", &[]).contains("恢复"));
}

#[test]
fn the_bot_does_not_begin_a_database() {
    let office = Office::new();
    let run = || office.command(&["run"]).env("TELOXIDE_TOKEN", TOKEN).output().expect("the program starts");
    let output = run();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("没有找到数据库") && said.contains("plan import") && said.contains("--database"), "{said}");
    assert!(!office.path("duban.db").exists(), "a mistyped path stays empty");

    std::fs::write(office.path("duban.db"), "").expect("written");
    let output = run();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("是空的") && said.contains("plan import"), "{said}");
}
