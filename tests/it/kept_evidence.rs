//! Evidence that can be proved: each file of a report is fetched once beside everything else, its digest goes on the ledger,
//! and the archive holds what is kept or what Telegram still gives, with a list of all.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::process::Output;

use calamine::{Reader, Xlsx};
use duban::sandbox::{BOT_USERNAME, Upload};
use duban::store::path_of;
use serde_json::Value;
use sqlx::Executor;
use sqlx::sqlite::SqlitePool;

use crate::office::{Office, TOKEN, Telegram, at};
use crate::unclear::{police, press};

const POLICE: i64 = -500;
/// SHA-256 of `一`.
const DIGEST_OF_ONE: &str = "51a75f4634dfa8598a0a1436da0b7764830edd1f3a97661222387da2fe2b38d1";
const PATIENCE: usize = 2_000;

fn file(name: &str, bytes: &[u8]) -> Upload {
    Upload { name: name.to_owned(), mime_type: "application/pdf".to_owned(), bytes: bytes.to_vec() }
}

/// The files of all reports of the police.
fn attachments(office: &Office) -> Vec<Value> {
    let path = office.path("all.json");
    office.ask(&["export", path.to_str().expect("UTF-8")]);
    let all: Value = serde_json::from_slice(&std::fs::read(path).expect("the export")).expect("JSON");
    let duties = all["duties"].as_array().expect("duties").iter();
    let reports = duties.flat_map(|duty| duty["reports"].as_array().expect("reports"));
    reports.flat_map(|report| report["attachments"].as_array().expect("files").clone()).collect()
}

/// Once each of so many files has its digest.
fn once_fetched(office: &Office, count: usize) -> Vec<Value> {
    let fetched = (0..PATIENCE).map(|_| attachments(office));
    let mut fetched =
        fetched.filter(|files| files.len() == count && files.iter().all(|file| !file["sha256"].is_null()));
    fetched.next().expect("fetched in time")
}

/// The archive: each file by its path, the list apart.
fn archive(office: &Office, telegram: Option<&Telegram>, arguments: &[&str]) -> (BTreeMap<String, Vec<u8>>, String) {
    let path = office.path("evidence.zip");
    let mut command = office.command(&["export", path.to_str().expect("UTF-8")]);
    command.args(arguments);
    if let Some(telegram) = telegram {
        command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", &telegram.address);
    }
    let Output { status, stderr, .. } = command.output().expect("it runs");
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    let mut zip = zip::ZipArchive::new(File::open(path).expect("the archive")).expect("a zip");
    let mut files = BTreeMap::new();
    for place in 0..zip.len() {
        let mut entry = zip.by_index(place).expect("an entry");
        let (name, mut bytes) = (entry.name().expect("a name").into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).expect("whole");
        files.insert(name, bytes);
    }
    let list = files.remove("佐证清单.csv").expect("the list");
    (files, String::from_utf8(list).expect("UTF-8"))
}

/// The last two columns of each line: where it is, and what is said of it.
fn said(list: &str) -> String {
    let list = list.strip_prefix('\u{feff}').expect("as Excel opens it");
    let rows = csv::Reader::from_reader(list.as_bytes()).into_records().map(|row| row.expect("a row"));
    rows.map(|row| format!("{}｜{}｜{}", &row[7], &row[11], &row[12])).collect::<Vec<_>>().join("\n")
}

async fn attach(telegram: &Telegram, task: i64, name: &str, bytes: &[u8]) {
    let said = telegram.sandbox.attach(POLICE, 11, file(name, bytes), "进度60%", Some(task)).expect("sent");
    telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(|it| it.reply_to == Some(said))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_is_on_the_ledger_and_the_archive_says_what_it_has() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    office.ask(&["policy", "evidence", "reference"]);
    let bot = telegram.start_bot(&office, at("06-24 10:00:00"));
    let task = police(&office, &telegram).await.id;
    attach(&telegram, task, "请示.pdf", "一".as_bytes()).await;
    assert!(bot.terminate());
    assert!(attachments(&office)[0]["sha256"].is_null(), "nothing is fetched where the office does not want it");

    // What came before is fetched once the office wants it, and after the next start.
    office.ask(&["policy", "evidence", "hash"]);
    let bot = telegram.start_bot(&office, at("06-24 10:10:00"));
    let files = once_fetched(&office, 1);
    assert_eq!((&files[0]["sha256"], &files[0]["size"]), (&Value::from(DIGEST_OF_ONE), &Value::from(3)));
    assert!(bot.terminate());
    let ledger = office.path("ledger.jsonl");
    office.ask(&["export", ledger.to_str().expect("UTF-8")]);
    let ledger = std::fs::read_to_string(ledger).expect("the ledger");
    assert_eq!(ledger.matches("\"kind\":\"evidence_hashed\"").count(), 1);
    assert!(ledger.contains(DIGEST_OF_ONE));
    let workbook = office.path("ledger.xlsx");
    office.ask(&["export", workbook.to_str().expect("UTF-8")]);
    let mut workbook: Xlsx<_> = calamine::open_workbook(workbook).expect("a workbook");
    let reports = workbook.worksheet_range("反馈").expect("the reports");
    assert!(reports.used_cells().any(|(_, _, cell)| *cell == DIGEST_OF_ONE), "{reports:?}");
    office.ask(&["verify"]);

    // Telegram still gives it; without a token, or where it gives it no more, the list says so.
    let (packed, list) = archive(&office, Some(&telegram), &[]);
    assert_eq!(packed.values().next().map(Vec::as_slice), Some("一".as_bytes()));
    assert!(list.contains(DIGEST_OF_ONE) && list.contains("\"第5项\",\"省公安厅\""), "{list}");
    let mut told = vec![said(&list)];
    let (packed, list) = archive(&office, None, &["--plan", "1"]);
    assert!(packed.is_empty() && list.contains(DIGEST_OF_ONE), "{list}");
    told.push(said(&list));
    told.push(said(&archive(&office, Some(&Telegram::start().await), &[]).1));
    insta::assert_snapshot!(told.join("\n---\n"), @"
    请示.pdf｜湖南省深化“放管服”改革转变政府职能重点任务分工方案/第5项/省公安厅/1-请示.pdf｜与台账所记一致
    ---
    请示.pdf｜｜未留存；没有令牌，未向 Telegram 取（见 TELOXIDE_TOKEN）
    ---
    请示.pdf｜｜未留存；Telegram 不再提供
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_kept_up_to_a_size_and_go_with_the_copy() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    office.ask(&["policy", "evidence", "keep 2KB 3KB"]);
    let bot = telegram.start_bot(&office, at("06-24 10:00:00"));
    let task = police(&office, &telegram).await.id;
    attach(&telegram, task, "小.pdf", &[1; 2048]).await;
    once_fetched(&office, 1);
    attach(&telegram, task, "大.pdf", &[2; 2049]).await;
    once_fetched(&office, 2);
    attach(&telegram, task, "满.pdf", &[3; 2000]).await;
    once_fetched(&office, 3);
    // The same file again takes no more room.
    attach(&telegram, task, "../又.pdf", &[1; 2048]).await;
    once_fetched(&office, 4);
    assert!(bot.terminate());
    office.ask(&["verify"]);

    let copy = office.path("copy.db");
    office.ask(&["backup", copy.to_str().expect("UTF-8")]);
    let pool = SqlitePool::connect(&office.database()).await.expect("opened");
    pool.execute("update evidence_piece set bytes = zeroblob(length(bytes))").await.expect("changed");
    pool.close().await;
    let found = office.verified();
    let pieces =
        found["records"].as_array().expect("records").iter().find(|record| record["table"] == "evidence_piece");
    assert_eq!(pieces.expect("a finding")["found"], "1 份留存的佐证与校验值不符，请与备份核对，查明来由，恢复原值");
    let broken = said(&archive(&office, None, &[]).1);
    std::fs::copy(&copy, path_of(&office.database()).expect("a path")).expect("restored");
    office.ask(&["verify"]);
    let (packed, list) = archive(&office, None, &[]);
    assert_eq!(packed.keys().filter(|path| path.ends_with(".pdf")).count(), 2, "{packed:?}");
    assert!(packed.values().all(|bytes| *bytes == [1; 2048]));
    insta::assert_snapshot!(format!("{broken}\n---\n{}", said(&list)), @"
    小.pdf｜｜未留存；没有令牌，未向 Telegram 取（见 TELOXIDE_TOKEN）
    大.pdf｜｜未留存；没有令牌，未向 Telegram 取（见 TELOXIDE_TOKEN）
    满.pdf｜｜未留存；没有令牌，未向 Telegram 取（见 TELOXIDE_TOKEN）
    又.pdf｜｜未留存；没有令牌，未向 Telegram 取（见 TELOXIDE_TOKEN）
    ---
    小.pdf｜湖南省深化“放管服”改革转变政府职能重点任务分工方案/第5项/省公安厅/1-小.pdf｜与台账所记一致
    大.pdf｜｜未留存；没有令牌，未向 Telegram 取（见 TELOXIDE_TOKEN）
    满.pdf｜｜未留存；没有令牌，未向 Telegram 取（见 TELOXIDE_TOKEN）
    又.pdf｜湖南省深化“放管服”改革转变政府职能重点任务分工方案/第5项/省公安厅/4-又.pdf｜与台账所记一致
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_evidence_there_is_an_empty_list() {
    let office = Office::new();
    office.furnish();
    let (packed, list) = archive(&office, None, &[]);
    assert!(packed.is_empty());
    assert_eq!(list.lines().count(), 1, "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_answers_to_inspections_are_proved_as_well() {
    const OFFICE: i64 = -900;
    const ZHOU: i64 = 91;
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    telegram.add_group(OFFICE, "督办员", &[(ZHOU, "周敏")]);
    let bot = telegram.start_bot(&office, at("06-24 10:00:00"));
    telegram.bind(OFFICE, ZHOU, &office.code_for("--coordinator")).await;
    police(&office, &telegram).await;
    let inspect = format!("/inspect@{BOT_USERNAME} 省公安厅 7月12日前 报送自查情况");
    let proposed = telegram.ask(OFFICE, ZHOU, &inspect, None).await;
    press(&telegram, &proposed, ZHOU, "确认").await;
    let asked = telegram.until(|_| telegram.heard(POLICE, "报送自查情况").pop()).await;
    let report = file("自查报告.pdf", "一".as_bytes());
    telegram.sandbox.attach(POLICE, 11, report, "自查报告见附件", Some(asked.id)).expect("sent");
    let fetched = (0..PATIENCE).map(|_| {
        let path = office.path("all.json");
        office.ask(&["export", path.to_str().expect("UTF-8")]);
        let all: Value = serde_json::from_slice(&std::fs::read(path).expect("the export")).expect("JSON");
        all["inspections"][0]["units"][0]["answers"][0]["attachments"][0].clone()
    });
    let fetched = fetched.into_iter().find(|file| !file["sha256"].is_null()).expect("fetched in time");
    assert_eq!((&fetched["name"], &fetched["sha256"]), (&Value::from("自查报告.pdf"), &Value::from(DIGEST_OF_ONE)));
    assert!(bot.terminate());

    let workbook = office.path("ledger.xlsx");
    office.ask(&["export", workbook.to_str().expect("UTF-8")]);
    let mut workbook: Xlsx<_> = calamine::open_workbook(workbook).expect("a workbook");
    let answers = workbook.worksheet_range("专项督查").expect("the answers");
    let row: Vec<String> = answers.rows().nth(1).expect("an answer").iter().map(ToString::to_string).collect();
    assert_eq!(row[10..], ["自查报告.pdf", DIGEST_OF_ONE]);
    let ledger = workbook.worksheet_range("台账").expect("the ledger");
    let hashed = ledger.rows().find(|row| row[3] == "登记佐证校验值").expect("an entry");
    assert!(hashed[4].to_string().starts_with("省公安厅；编号：1；文件：自查报告.pdf；"), "{}", hashed[4]);

    let (packed, list) = archive(&office, Some(&telegram), &[]);
    let path = "专项督查/专项督查1/省公安厅/督1-1-自查报告.pdf";
    assert_eq!(packed.get(path).map(Vec::as_slice), Some("一".as_bytes()), "{packed:?}");
    assert_eq!(said(&list), format!("自查报告.pdf｜{path}｜与台账所记一致"));
    assert_eq!(archive(&office, Some(&telegram), &["--plan", "1"]).0.len(), 1, "the unit has a part in this plan");
    office.ask(&["verify"]);
}
