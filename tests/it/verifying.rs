//! What `duban verify` says of a damaged file, and of a head that somebody kept; it changes nothing.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;

use sqlx::Executor;
use sqlx::sqlite::SqlitePool;

use crate::office::{Office, Telegram, at};

/// Everything in a folder.
type Files = BTreeMap<PathBuf, Vec<u8>>;

fn files(folder: &Path) -> Files {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.map(|path| (path.clone(), std::fs::read(&path).expect("a file"))).collect()
}

/// Verifies a database in a folder of its own, made of these files; nothing in the folder changes.
fn verify_in(folder: &Path, database: &[u8], log: Option<&[u8]>) -> Output {
    let office = Office::new();
    let path = folder.join("duban.db");
    std::fs::write(&path, database).expect("written");
    match log {
        Some(log) => std::fs::write(folder.join("duban.db-wal"), log).expect("written"),
        None => drop(std::fs::remove_file(folder.join("duban.db-wal"))),
    }
    let before = files(folder);
    let output = office.run(&["verify", "--database", &format!("sqlite://{}", path.display())]);
    assert_eq!(files(folder), before, "nothing changes, and nothing appears");
    output
}

/// The status, and all that is said.
fn said(output: &Output) -> (Option<i32>, String) {
    let said = [&output.stdout[..], &output.stderr[..]].concat();
    (output.status.code(), String::from_utf8(said).expect("UTF-8"))
}

/// A database and its write-ahead log, as a kill leaves them. It shares no page with that of another call.
async fn killed() -> (Vec<u8>, Vec<u8>) {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.load_seeds();
    telegram.add_group(-1, "省公安厅", &[(1, "赵刚")]);
    let bot = telegram.start_bot(&office, at("06-26 16:00:00"));
    telegram.bind(-1, 1, &office.code_for("省公安厅")).await;
    telegram.ask(-1, 1, "/report@duban_demo_bot 5 60%", None).await;
    bot.kill();
    let read = |name: &str| std::fs::read(office.path(name)).expect("the file");
    (read("duban.db"), read("duban.db-wal"))
}

/// Where the last frame of a log that belongs to its present generation begins.
fn last_frame(log: &[u8]) -> usize {
    let frame = 24 + u32::from_be_bytes(log[8..12].try_into().expect("four bytes")) as usize;
    let frames = (32..log.len()).step_by(frame).take_while(|at| log.get(at + 8..at + 16) == Some(&log[16..24]));
    frames.last().expect("a frame")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_ahead_log_that_is_not_taken_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let (database, log) = killed().await;
    assert_eq!(said(&verify_in(folder.path(), &database, Some(&log))).0, Some(0), "as a kill leaves it");

    let (status, words) = said(&verify_in(folder.path(), &database, Some(&[7; 5_000])));
    assert!(status == Some(1) && words.contains("预写日志的文件头不合") && words.contains("备份恢复"), "{words}");

    let mut torn = log.clone();
    let at = last_frame(&log);
    torn[at + 100] ^= 1;
    let (status, words) = said(&verify_in(folder.path(), &database, Some(&torn)));
    assert!(status == Some(1) && words.contains("字节未被采用"), "{words}");

    // What a transaction without a commit has left there is nobody's loss.
    let mut unfinished = log[..at].to_vec();
    unfinished.extend_from_slice(&log[at..at + 30]);
    unfinished[at + 4..at + 8].fill(0);
    assert_eq!(said(&verify_in(folder.path(), &database, Some(&unfinished))).0, Some(0));

    let (_, of_another) = killed().await;
    let (status, words) = said(&verify_in(folder.path(), &database, Some(&of_another)));
    assert_eq!(status, Some(1), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_not_whole() {
    let office = Office::new();
    office.furnish();
    let folder = tempfile::tempdir().expect("a folder");
    let whole = std::fs::read(office.path("duban.db")).expect("the file");
    assert_eq!(said(&verify_in(folder.path(), &whole, None)).0, Some(0));

    let (status, words) = said(&verify_in(folder.path(), b"", None));
    assert!(status == Some(1) && words.contains("文件是空的（0 字节）") && words.contains("备份恢复"), "{words}");

    let (status, words) = said(&verify_in(folder.path(), &whole[..whole.len() / 2], None));
    assert!(status == Some(1) && words.contains("文件被截短") && words.contains("备份恢复"), "{words}");

    let mut damaged = whole.clone();
    let page = damaged.len() / 2 / 4_096 * 4_096;
    damaged[page..page + 4_096].fill(0xA5);
    let (status, words) = said(&verify_in(folder.path(), &damaged, None));
    assert!(status == Some(1) && words.contains("备份恢复") && !words.contains("panicked"), "{words}");

    // A medium that takes nothing.
    let path = folder.path().join("duban.db");
    std::fs::write(&path, &whole).expect("written");
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o400)).expect("closed");
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o500)).expect("closed");
    let output = office.run(&["verify", "--database", &format!("sqlite://{}", path.display())]);
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o700)).expect("opened");
    assert_eq!(said(&output).0, Some(0), "{}", said(&output).1);
    assert_eq!(files(folder.path()).len(), 1);

    let output = office.run(&["verify", "--database", &format!("sqlite://{}", folder.path().display())]);
    let (status, words) = said(&output);
    assert!(status == Some(1) && words.contains("不是文件"), "{words}");
}

#[test]
fn what_is_broken_is_told_as_json_with_the_remedy() {
    let office = Office::new();
    office.furnish();
    let told = |command: &str| -> serde_json::Value {
        let output = office.run(&[command, "--json"]);
        assert_eq!(output.status.code(), Some(1), "{command}");
        serde_json::from_slice(&output.stdout).expect("one JSON document")
    };
    let whole = std::fs::read(office.path("duban.db")).expect("the file");
    assert!(office.verified().get("remedy").is_none(), "nothing is to be done");

    std::fs::write(office.path("duban.db"), &whole[..whole.len() / 2]).expect("cut short");
    let verified = told("verify");
    assert_ne!(verified["integrity"], "ok");
    assert!(verified["remedy"].as_str().is_some_and(|remedy| remedy.contains("从备份恢复")), "{verified}");
    assert_eq!(verified["newest_backup"], serde_json::Value::Null);
    assert_eq!(verified["ledger"]["ok"], false, "what is always told is told");

    std::fs::write(office.path("duban.db"), "这不是数据库。".repeat(500)).expect("another file");
    for command in ["verify", "status"] {
        let told = told(command);
        assert!(told["error"].as_str().is_some_and(|error| error.contains("duban.db")), "{command}: {told}");
        assert!(told["remedy"].as_str().is_some_and(|remedy| remedy.contains("--database")), "{command}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_version_is_told_and_left_alone() {
    let office = Office::new();
    office.furnish();
    let folder = tempfile::tempdir().expect("a folder");
    for (change, told) in [
        ("pragma user_version = 1", "请先用本版本运行一次"),
        (
            "delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)",
            "请先用本版本运行一次",
        ),
        (
            "update _sqlx_migrations set version = 9999 where version = (select max(version) from _sqlx_migrations)",
            "较新的版本",
        ),
    ] {
        let changed = folder.path().join("changed.db");
        std::fs::copy(office.path("duban.db"), &changed).expect("copied");
        let pool = SqlitePool::connect(&format!("sqlite://{}", changed.display())).await.expect("opened");
        pool.execute(change).await.expect("changed");
        pool.close().await;
        let bytes = std::fs::read(&changed).expect("the file");
        std::fs::remove_file(&changed).expect("moved");
        let (status, words) = said(&verify_in(folder.path(), &bytes, None));
        assert!(status == Some(1) && words.contains(told), "{change}: {words}");
    }
}

#[test]
fn a_head_that_was_kept() {
    let office = Office::new();
    office.furnish();
    let kept = office.ask_json(&["verify", "--json"])["ledger"].clone();
    let (head, entries) = (kept["head"].as_str().expect("a head"), kept["entries"].as_i64().expect("a count"));
    let copy = office.path("copy.db");
    office.ask(&["backup", copy.to_str().expect("UTF-8")]);
    office.ask(&["policy", "ladder", "10,0"]);
    for known in [head.to_owned(), head.to_uppercase(), head[..8].to_owned()] {
        let verified = office.ask_json(&["verify", &known, "--json"]);
        assert_eq!((&verified["kept_head"], verified["kept_head_entry"].as_i64()), (&"found".into(), Some(entries)));
        let said = office.ask(&["verify", &known]);
        assert!(said.contains(&format!("即第 {entries} 条，其后接续 1 条")), "{said}");
    }
    // The copy was made before the newer entry.
    let newer = office.ask_json(&["verify", "--json"])["ledger"]["head"].as_str().expect("a head").to_owned();
    let copy = format!("sqlite://{}", copy.display());
    let output = office.run(&["verify", &newer, "--json", "--database", &copy]);
    assert_eq!(output.status.code(), Some(1));
    let verified: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    assert_eq!((&verified["kept_head"], &verified["ledger"]["ok"]), (&"missing".into(), &true.into()));
    let (status, words) = said(&office.run(&["verify", &newer, "--database", &copy]));
    assert!(status == Some(1) && words.contains("截断或替换") && words.contains("备份"), "{words}");
    let too_long = "0".repeat(65);
    for wrong in ["", "1234567", "not-a-head", &too_long, "１２３４５６７８"] {
        assert_eq!(office.run(&["verify", wrong]).status.code(), Some(2), "{wrong}");
    }
}
