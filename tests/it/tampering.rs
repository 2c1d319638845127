//! What is changed behind the program's back shows.

use duban::store::path_of;
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
    office
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
        ("delete from report_version; delete from report", "与台账不符"),
        ("update duty set status = 'done' where status = 'in_progress'", "状态与反馈不符"),
        ("update duty set status = 'done' where id = (select max(id) from duty)", "状态与反馈不符"),
        ("UNGUARDED", "触发器"),
        ("UNGUARDED update ledger set body = '{}' where seq = 3", "断裂"),
        ("UNGUARDED delete from ledger where seq = 3", "断裂"),
        ("UNGUARDED delete from ledger", "触发器"),
    ];
    for (change, found) in cases {
        std::fs::write(path_of(&office.database()).expect("a path"), &whole).expect("restored");
        let pool = SqlitePool::connect(&office.database()).await.expect("opened");
        let change = change.replace("UNGUARDED", unguarded);
        pool.execute(sqlx::AssertSqlSafe(change.clone())).await.expect("changed");
        pool.close().await;
        let output = office.run(&["verify"]);
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{change}: {stdout}");
        assert!(stdout.contains(found), "{change}: {stdout}");
    }
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
