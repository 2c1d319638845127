//! The workbook, the bulletin and the board by the built program, read back with other libraries.

use std::io::Read;
use std::path::Path;

use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use duban::sandbox::BOT_USERNAME;

use crate::office::{Office, Telegram, at};

const POLICE: i64 = -500;

/// An office with a report that begins like a formula and holds markup, and a claim.
pub async fn with_reports() -> Office {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国")]);
    let bot = telegram.start_bot(&office, at("07-04 10:00:00"));
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    for words in ["5 60% =1+1 <b>试运行</b>。问题：市县数据未打通", "6 30% 已印发方案"] {
        telegram.ask(POLICE, 11, &format!("/report@{BOT_USERNAME} {words}"), None).await;
    }
    telegram.ask(POLICE, 11, &format!("/done@{BOT_USERNAME} 10 已验收"), None).await;
    bot.terminate();
    office
}

pub fn export(office: &Office, name: &str) -> std::path::PathBuf {
    let file = office.path(name);
    office.ask(&["export", &file.to_string_lossy()]);
    file
}

fn rows(file: &Path, sheet: &str) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = open_workbook(file).expect("a workbook");
    workbook.worksheet_range(sheet).expect("a sheet").rows().map(<[Data]>::to_vec).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_hold_what_is_recorded() {
    let office = with_reports().await;
    let file = export(&office, "台账.xlsx");
    let workbook: Xlsx<_> = open_workbook(&file).expect("a workbook");
    assert_eq!(
        workbook.sheet_names(),
        ["概览", "单位", "任务", "责任", "时限", "分解步骤", "专项督查", "问题", "经验", "反馈", "提醒", "台账"]
    );

    // What begins like a formula is text, and a date is a date.
    let reports = rows(&file, "反馈");
    assert_eq!(reports.len(), 4, "a heading and three reports");
    assert!(reports[1].iter().any(|cell| cell.to_string().contains("=1+1 <b>试运行</b>")), "{:?}", reports[1]);
    assert!(matches!(reports[1][4], Data::DateTime(_)), "{:?}", reports[1][4]);

    // The figures are those of `status` and `verify`.
    let status = office.ask_json(&["status", "--json"]);
    let overview = rows(&file, "概览");
    let figure = |label: &str| {
        let row = overview
            .iter()
            .find(|row| row[0].as_string().as_deref() == Some(label))
            .unwrap_or_else(|| panic!("no {label}"));
        row[1].to_string()
    };
    for (label, key) in
        [("任务总数", "total"), ("提请办结", "claimed_done"), ("推进中", "in_progress"), ("逾期", "overdue")]
    {
        assert_eq!(figure(label), status["tasks"][key].to_string(), "{label}");
    }
    let verified = office.ask_json(&["verify", "--json"]);
    assert_eq!(figure("台账末端"), verified["ledger"]["head"].as_str().expect("a head"));
    assert_eq!(rows(&file, "台账").len() as u64, verified["ledger"]["entries"].as_u64().expect("a count") + 1);
    assert_eq!(rows(&file, "任务").len(), 34);

    let words = text_of(&export(&office, "通报.docx"));
    for expected in [
        "督查通报",
        "共有任务33项",
        "市县数据未打通",
        "=1+1 <b>试运行</b>",
        "省公安厅：提请办结，已验收",
        &verified["ledger"]["head"].as_str().expect("a head")[..8],
    ] {
        assert!(words.contains(expected), "{expected}: {words}");
    }
    assert!(!words.contains("名次"), "no ranking unless the office wants one");
    office.ask(&["policy", "ranking", "on"]);
    assert!(text_of(&export(&office, "通报.docx")).contains("名次"));
}

/// A part of an archive, as text.
pub fn part_of(file: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(file).expect("there")).expect("an archive");
    let mut xml = String::new();
    archive.by_name(name).expect("a part").read_to_string(&mut xml).expect("UTF-8");
    xml
}

/// The words of a .docx.
pub fn text_of(file: &Path) -> String {
    let xml = part_of(file, "word/document.xml");
    let mut reader = quick_xml::Reader::from_str(&xml);
    let mut words = String::new();
    loop {
        match reader.read_event().expect("well-formed") {
            quick_xml::events::Event::Text(text) => words.push_str(&text),
            quick_xml::events::Event::GeneralRef(name) => words.push(match &*name {
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                _ => '&',
            }),
            quick_xml::events::Event::Eof => return words,
            _ => {}
        }
    }
}

/// The width and height of a .png.
fn size_of(file: &Path) -> (u32, u32) {
    let bytes = std::fs::read(file).expect("read");
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[test]
fn the_board_has_as_many_pages_as_its_units_need() {
    for (units, pages) in [(5, 1), (60, 3)] {
        let office = Office::new();
        let names: Vec<String> = (1..=units).map(|unit| format!("第{unit}某某某某某某某某某局")).collect();
        let plan = office.path("plan.txt");
        let responsible = names.join("、");
        let text = format!(
            "重点工作任务分工方案\n青山县人民政府\n2019年3月1日\n1.办好甲事，6月底前完成。（{responsible}负责）"
        );
        std::fs::write(&plan, text).expect("written");
        office.ask(&["plan", "import", &plan.to_string_lossy()]);
        let board = export(&office, "board.png");
        let made =
            (1..=pages).map(|page| if page == 1 { board.clone() } else { office.path(&format!("board-{page}.png")) });
        for page in made {
            let (width, height) = size_of(&page);
            assert!(width == 1_080 && height <= 1_700, "{width}×{height}");
        }
        assert!(!office.path(&format!("board-{}.png", pages + 1)).exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn coordinators_get_papers_in_the_chat_and_nobody_else() {
    const PRIVATE: i64 = 91;
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国"), (PRIVATE, "周敏")]);
    telegram.sandbox.add_private_chat(PRIVATE);
    let bot = telegram.start_bot(&office, at("07-04 10:00:00"));
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    telegram.ask(PRIVATE, PRIVATE, &format!("/start {}", office.code_for("--coordinator")), None).await;
    let mut received = Vec::new();
    for command in ["/board", "/timeline", "/export", "/bulletin"] {
        let answer = telegram.ask(PRIVATE, PRIVATE, command, None).await;
        let file = answer.attachment.expect("a file");
        let bytes = telegram.sandbox.file(&file.file_id).expect("kept");
        let kind = match &bytes[..4] {
            b"\x89PNG" => "PNG",
            b"PK\x03\x04" => "ZIP",
            _ => "?",
        };
        received.push(format!("{command}: {} {kind} {}", file.name, answer.text));
        let refusal = telegram.ask(POLICE, 11, &format!("{command}@{BOT_USERNAME}"), None).await;
        assert!(refusal.attachment.is_none());
        received.push(refusal.text);
    }
    bot.terminate();
    insta::assert_snapshot!(received.join("\n"), @"
    /board: 督办看板2019-07-04.png PNG 督办看板（截至2019年7月4日（周四）10:00）
    跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。
    /timeline: 时限时间轴2019-07-04.png PNG 时限时间轴（截至2019年7月4日（周四）10:00）
    跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。
    /export: 督办台账2019-07-04.xlsx ZIP 督办台账（截至2019年7月4日（周四）10:00）
    跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。
    /bulletin: 督查通报2019-07-04.docx ZIP 督查通报（截至2019年7月4日（周四）10:00）
    跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。
    ");
}
