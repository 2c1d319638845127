//! What is changed behind the program's back shows.

use duban::app;
use duban::clock::Clock;
use duban::store::{Store, path_of};
use sqlx::Executor;
use sqlx::sqlite::SqlitePool;

use crate::office::{Office, Telegram, at};

/// An office with one report.
async fn office_with_a_report() -> Office {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    telegram.add_group(-1, "省公安厅", &[(1, "赵刚")]);
    let bot = telegram.start_bot(&office, at("06-26 16:00:00"));
    telegram.bind(-1, 1, &office.code_for("省公安厅")).await;
    telegram.ask(-1, 1, "/report@duban_demo_bot 5 60%", None).await;
    assert!(bot.terminate());
    // It may have ended before it looked at its schedule, because a copy is made first.
    let store = Store::open(&office.database()).await.expect("opened");
    app::tick(&store, &Clock::started_at(at("06-26 16:10:00").to_utc()), None).await.expect("a look");
    store.close().await;
    office
}

/// What `verify` says after this change of the whole database; the change does not stay.
async fn said_after(office: &Office, whole: &[u8], change: &str) -> String {
    std::fs::write(path_of(&office.database()).expect("a path"), whole).expect("restored");
    let pool = SqlitePool::connect(&office.database()).await.expect("opened");
    pool.execute(sqlx::AssertSqlSafe(change.to_owned())).await.expect("changed");
    pool.close().await;
    let output = office.run(&["verify"]);
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{change}: {stdout}");
    stdout
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_change_is_found() {
    let office = office_with_a_report().await;
    office.ask(&["verify"]);
    let whole = std::fs::read(path_of(&office.database()).expect("a path")).expect("the file");
    let unguarded = "drop trigger ledger_refuses_update; drop trigger ledger_refuses_delete;";
    let cases = [
        ("update report_version set percent = 99", "与台账不符"),
        ("update report_version set text = '已完成'", "与台账不符"),
        ("update duty set last_report_id = null; delete from report_version; delete from report", "与台账不符"),
        ("update duty set last_report_id = null", "状态与反馈不符"),
        ("update duty set status = 'done' where status = 'in_progress'", "状态与反馈不符"),
        ("update duty set status = 'done' where id = (select max(id) from duty)", "状态与反馈不符"),
        ("update report set reported_at = '2019-06-01T00:00:00+00:00'", "记录 report：1 处与台账不符（id 1）"),
        ("update report set late = 1, recorded_at = '2019-07-01T00:00:00+00:00'", "记录 report："),
        ("update report_version set at = '2019-06-01T00:00:00+00:00'", "记录 report_version："),
        (
            "insert into person (telegram_id, name) values (99, '李四'); update report set person_id = 2",
            "记录 report：",
        ),
        ("update milestone set due = '2029-12-31' where due is not null", "记录 milestone："),
        ("update task set text = text || '。' where id = 1", "记录 task：1 处与台账不符（id 1）"),
        ("update task_unit set role = 'supporting' where role = 'lead'", "记录 task_unit："),
        ("delete from duty where id = (select max(id) from duty)", "记录 duty："),
        ("update plan set title = '别的方案'", "记录 plan："),
        ("update section set title = '别的部分'", "记录 section："),
        ("update unit set name = '省公安局' where name = '省公安厅'", "记录 unit："),
        ("update unit_alias set unit_id = 1", "记录 unit_alias："),
        ("delete from unit_member", "记录 unit_member："),
        ("update chat set telegram_id = -77 where unit_id is not null", "记录 chat："),
        ("update person set telegram_id = 99", "记录 person："),
        ("insert into coordinator (person_id, since) values (1, '2019-06-26T08:00:00+00:00')", "记录 coordinator："),
        ("update contact set since = '2019-01-01T00:00:00+00:00'", "记录 contact："),
        ("update invitation set used_at = null", "记录 invitation："),
        ("insert into policy (key, value) values ('ladder', '1')", "记录 policy："),
        ("update schedule set said_up_to = '2029-01-01T00:00:00+00:00'", "记录 schedule："),
        (
            "create trigger evil after insert on report begin delete from person; end",
            "记录 report：有一个不是本程序所建的触发器 evil",
        ),
        ("create view evil as select 1", "不是本程序所建的视图 evil"),
        ("create index evil on duty (status)", "记录 duty：有一个不是本程序所建的索引 evil"),
        ("create table evil (id)", "不是本程序所建的表 evil"),
        ("drop index report_duty", "记录 report：缺少索引 report_duty"),
        ("drop trigger task_text_update", "缺少触发器 task_text_update"),
        ("UNGUARDED", "触发器"),
        (
            "UNGUARDED create trigger ledger_refuses_update before update on ledger begin select 1; end",
            "ledger_refuses_update 的定义被改动",
        ),
        ("UNGUARDED update ledger set body = '{}' where seq = 3", "断裂"),
        ("UNGUARDED delete from ledger where seq = 3", "断裂"),
        ("UNGUARDED delete from ledger", "触发器"),
    ];
    for (change, found) in cases {
        let said = said_after(&office, &whole, &change.replace("UNGUARDED", unguarded)).await;
        assert!(said.contains(found), "{change}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_table_has_a_row_in_the_json() {
    let office = office_with_a_report().await;
    let verified = office.ask_json(&["verify", "--json"]);
    let records = verified["records"].as_array().expect("a list").clone();
    assert!(records.len() > 40, "{}", records.len());
    assert!(records.iter().all(|record| record["ok"] == true && record["found"].is_null()), "{records:?}");
    assert!(verified["kept_head"].is_null(), "{verified}");
    let pool = SqlitePool::connect(&office.database()).await.expect("opened");
    pool.execute("update report set late = 1").await.expect("changed");
    pool.close().await;
    let output = office.run(&["verify", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let verified: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    let wrong: Vec<_> =
        verified["records"].as_array().expect("a list").iter().filter(|one| one["ok"] == false).collect();
    let found = "1 处与台账不符（id 1），请与备份核对，查明来由，恢复原值";
    assert_eq!(wrong, [&serde_json::json!({ "table": "report", "ok": false, "found": found })]);
}

/// The verifier that needs nothing of the program; `None`, with a notice, where there is no Python.
fn verify_apart(ledger: &std::path::Path, head: &str) -> Option<(Option<i32>, String)> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tools/verify-ledger.py");
    let output = std::process::Command::new("python3").args([script.as_ref(), ledger.as_os_str()]).arg(head).output();
    let Ok(output) = output else {
        eprintln!("skipped: there is no python3 to run tools/verify-ledger.py with");
        return None;
    };
    Some((output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned()))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exported_ledger_is_verified_without_the_program() {
    let office = office_with_a_report().await;
    let ledger = office.path("ledger.jsonl");
    office.ask(&["export", ledger.to_str().expect("UTF-8")]);
    let verified = office.ask_json(&["verify", "--json"]);
    let head = verified["ledger"]["head"].as_str().expect("a head");
    let Some(holds) = verify_apart(&ledger, head) else { return };
    assert_eq!(holds, (Some(0), format!("ok: {} entries\n", verified["ledger"]["entries"])));
    let text = std::fs::read_to_string(&ledger).expect("the ledger");
    let lines: Vec<&str> = text.lines().collect();
    let edited = text.replacen("省公安厅", "省公安局", 1);
    let cases = [
        (edited, "was changed"),
        ([&lines[..3], &lines[4..]].concat().join("\n"), "entry 4 is missing"),
        ([&lines[..3], &lines[2..]].concat().join("\n"), "entry 4 is missing"),
        ([&lines[..2], &[lines[3], lines[2]], &lines[4..]].concat().join("\n"), "entry 3 is missing"),
        (lines[..lines.len() - 1].join("\n"), "is not among the entries"),
        (String::new(), "is not among the entries"),
    ];
    for (changed, found) in cases {
        std::fs::write(&ledger, changed).expect("written");
        let (code, said) = verify_apart(&ledger, head).expect("python3");
        assert_eq!((code, said.contains(found)), (Some(1), true), "{said}");
    }
}
