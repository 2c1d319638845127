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
    assert_eq!(office.ask_json(&["verify", "--json"])["records"], "ok");
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
