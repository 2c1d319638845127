//! A restore as docs/operators.md describes it, what it loses and who is told; a damaged file; a binary that is too old.

use duban::sandbox::BOT_USERNAME;
use serde_json::Value;
use sqlx::Executor;
use sqlx::sqlite::SqlitePool;

use crate::office::{Bot, Office, Telegram, at};

const POLICE: i64 = -500;
const CONTACT: i64 = 11;
const COORDINATOR: i64 = 91;

async fn furnished() -> (Office, Telegram, Bot) {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    telegram.sandbox.add_person(COORDINATOR, "周敏");
    telegram.sandbox.add_private_chat(COORDINATOR);
    telegram.add_group(POLICE, "省公安厅工作群", &[(CONTACT, "李建国")]);
    let bot = telegram.start_bot(&office, at("06-27 10:00:00"));
    telegram.ask(COORDINATOR, COORDINATOR, &format!("/start {}", office.code_for("--coordinator")), None).await;
    telegram.bind(POLICE, CONTACT, &office.code_for("省公安厅")).await;
    report(&telegram, "5 30%").await;
    (office, telegram, bot)
}

async fn report(telegram: &Telegram, words: &str) {
    telegram.ask(POLICE, CONTACT, &format!("/report@{BOT_USERNAME} {words}"), None).await;
}

/// Puts the copy in the database's place.
fn restore(office: &Office, copy: &std::path::Path) {
    for ending in ["", "-wal", "-shm"] {
        // A bot that ended well has left no log.
        let _ = std::fs::remove_file(office.path(&format!("duban.db{ending}")));
    }
    std::fs::copy(copy, office.path("duban.db")).expect("copied");
}

fn heard(telegram: &Telegram, chat: i64, words: &str) -> usize {
    telegram.heard(chat, words).len()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_restore_has_lost_is_told() {
    let (office, telegram, bot) = furnished().await;
    let copy = office.path("copy.db");
    office.ask(&["backup", copy.to_str().expect("UTF-8")]);
    // Recorded and answered, and not in the copy.
    report(&telegram, "5 60%").await;
    report(&telegram, "5 80%").await;
    assert!(bot.terminate());
    restore(&office, &copy);

    let bot = telegram.start_bot(&office, at("06-27 15:00:00"));
    telegram.ask(COORDINATOR, COORDINATOR, "第5项进展如何", None).await;
    let told = telegram.until(|_| telegram.heard(COORDINATOR, "从备份恢复").pop()).await;
    insta::assert_snapshot!(told.text, @"数据库已从备份恢复，缺少 2 条消息。自2019年6月27日（周四）10:00至2019年6月27日（周四）15:00收到的消息和点按没有保留，包括其间的反馈、核定、批示和设置，请重新办理；已发出的提醒可能再发一次。各单位将在下一次提醒中得知，请其重新反馈。");
    // Once, and not at each start.
    assert!(bot.terminate());
    let bot = telegram.start_bot(&office, at("06-27 16:00:00"));
    telegram.ask(COORDINATOR, COORDINATOR, "第5项进展如何", None).await;
    assert_eq!(heard(&telegram, COORDINATOR, "从备份恢复"), 1);
    assert!(bot.terminate());

    // The next digest asks the unit to say it again, and is the last to do so.
    let bot = telegram.start_bot(&office, at("06-28 09:00:00"));
    let digest = telegram.until(|_| telegram.heard(POLICE, "系统已从备份恢复").pop()).await;
    let asked = digest.text.lines().find(|line| line.contains("系统已从备份恢复")).expect("a line").to_owned();
    insta::assert_snapshot!(asked, @"系统已从备份恢复，自2019年6月27日（周四）10:00至2019年6月27日（周四）15:00收到的部分消息没有保留。其间的反馈即使已有答复，也请重新反馈。");
    report(&telegram, "5 80%").await;
    assert!(bot.terminate());
    assert_eq!(office.ask_json(&["verify", "--json"])["ledger"]["ok"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ordinary_start_lacks_nothing() {
    let (office, telegram, bot) = furnished().await;
    bot.kill();
    // Said while nobody listened.
    let said = telegram.sandbox.say(POLICE, CONTACT, &format!("/report@{BOT_USERNAME} 5 60%"), None).expect("said");
    let bot = telegram.start_bot(&office, at("06-27 15:00:00"));
    telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(|it| it.reply_to == Some(said))).await;
    telegram.ask(COORDINATOR, COORDINATOR, "第5项进展如何", None).await;
    assert_eq!(heard(&telegram, COORDINATOR, "从备份恢复"), 0);
    assert!(bot.terminate());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_database_names_its_remedy() {
    let (office, _telegram, bot) = furnished().await;
    assert!(bot.terminate());
    let mut bytes = std::fs::read(office.path("duban.db")).expect("the file");
    // Its pages, and not the header by which it is known.
    let page = 4096;
    bytes[page..].chunks_mut(page).for_each(|page| page[..64].fill(0xff));
    std::fs::write(office.path("duban.db"), bytes).expect("written");
    for arguments in [&["status"][..], &["plan", "list"], &["invite", "省公安厅"], &["policy"], &["export", "x.json"]]
    {
        let output = office.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(output.stdout.is_empty() && said.lines().count() == 1, "{arguments:?}: {said}");
        assert!(said.contains("已损坏") && said.contains("duban.db.backups/duban-000001-2019-06-27.db"), "{said}");
    }
    for arguments in
        [&["status", "--json"][..], &["plan", "list", "--json"], &["doctor", "--json"], &["verify", "--json"]]
    {
        let output = office.run(arguments);
        assert_eq!(output.status.code(), Some(1));
        let said: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
        assert!(said.to_string().contains("损坏") || said["integrity"] != "ok", "{arguments:?}: {said}");
    }
}

#[tokio::test]
async fn an_older_program_refuses_a_newer_database() {
    let office = Office::new();
    office.furnish();
    let pool = SqlitePool::connect(&office.database()).await.expect("opened");
    pool.execute("insert into _sqlx_migrations select 9999, description, installed_on, success, checksum, execution_time from _sqlx_migrations limit 1").await.expect("newer");
    pool.execute("pragma user_version = 9999").await.expect("newer");
    pool.close().await;
    let before = std::fs::read(office.path("duban.db")).expect("the file");
    for arguments in [&["status"][..], &["policy", "backups", "3"], &["backup", "copy.db"], &["verify"], &["doctor"]] {
        let output = office.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        let all = format!("{}{said}", String::from_utf8_lossy(&output.stdout));
        assert_eq!(output.status.code(), Some(1), "{all}");
        assert!(said.lines().count() == 1 && all.contains("较新的版本"), "{arguments:?}: {all}");
    }
    assert!(std::fs::read(office.path("duban.db")).expect("the file") == before, "nothing is changed");
}
