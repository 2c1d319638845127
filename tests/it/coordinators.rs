//! What coordinators get in chat: a document becomes a plan, units are invited, and questions have the same figures
//! wherever they are asked.

use chrono::{DateTime, FixedOffset};
use duban::clock::Clock;
use duban::sandbox::{BOT_USERNAME, Message, Sandbox, Upload};
use serde_json::Value;

use crate::office::{Bot, Office, Telegram, at};

const COORDINATOR: i64 = 21;
const PASSER_BY: i64 = 22;
const POLICE: i64 = -500;

async fn bound() -> (Office, Telegram, Bot) {
    bound_at(at("07-04 10:00:00")).await
}

async fn bound_at(now: DateTime<FixedOffset>) -> (Office, Telegram, Bot) {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    for (person, name) in [(COORDINATOR, "周督办"), (PASSER_BY, "路人")] {
        telegram.sandbox.add_person(person, name);
        telegram.sandbox.add_private_chat(person);
    }
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国")]);
    let bot = telegram.start_bot(&office, now);
    let start = format!("/start {}", office.code_for("--coordinator"));
    telegram.ask(COORDINATOR, COORDINATOR, &start, None).await;
    (office, telegram, bot)
}

fn send(telegram: &Telegram, person: i64, name: &str, bytes: &[u8]) -> i64 {
    let file = Upload { name: name.into(), mime_type: "application/octet-stream".into(), bytes: bytes.to_vec() };
    telegram.sandbox.attach(person, person, file, "", None).expect("sent")
}

/// The bot's message in a private chat that has these words.
async fn told(telegram: &Telegram, person: i64, words: &str) -> Message {
    telegram.until(|_| telegram.heard(person, words).pop()).await
}

fn press(telegram: &Telegram, message: &Message, label: &str) {
    let button = message.buttons.iter().flatten().find(|button| button.text.contains(label)).expect("a button");
    let data = serde_json::to_value(button).expect("JSON")["data"].as_str().expect("data").to_owned();
    telegram.sandbox.press(message.chat, message.id, COORDINATOR, &data).expect("pressed");
}

const PLAN: &str = "数字政务年度计划\n（一）系统建设\n1.建成电子证照库，2019年9月底前完成。（省公安厅牵头，省档案馆配合）\n\
                    2.开展数据治理，2019年12月底前完成。（省财政厅负责）\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_document_becomes_a_plan_in_chat() {
    let (office, telegram, bot) = bound().await;
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    let plans = || office.ask_json(&["plan", "list", "--json"]).as_array().map_or(0, Vec::len);

    send(&telegram, COORDINATOR, "计划.txt", PLAN.as_bytes());
    let preview = told(&telegram, COORDINATOR, "读出任务 2 项").await;
    telegram
        .until(|sandbox| {
            sandbox.messages(COORDINATOR).into_iter().find(|one| one.from.is_bot && one.attachment.is_some())
        })
        .await;
    assert_eq!(plans(), 1, "nothing is stored before a word");

    press(&telegram, &preview, "确认导入");
    let imported = told(&telegram, COORDINATOR, "已导入").await;
    assert!(imported.text.contains("省财政厅：https://t.me/"), "{}", imported.text);
    assert!(imported.text.contains("省档案馆：https://t.me/"), "a unit that is new on the roll: {}", imported.text);
    assert!(!imported.text.contains("省公安厅：https"), "it has its chat: {}", imported.text);
    assert_eq!(plans(), 2);

    // The same buttons again change nothing; the same file again says so; a changed one shows what is other.
    press(&telegram, &preview, "确认导入");
    send(&telegram, COORDINATOR, "计划.txt", PLAN.as_bytes());
    told(&telegram, COORDINATOR, "这份文件已经导入过").await;
    send(&telegram, COORDINATOR, "计划.txt", PLAN.replace("2019年9月底", "2019年10月底").as_bytes());
    let changed = told(&telegram, COORDINATOR, "与已导入的方案相比，变化").await;
    press(&telegram, &changed, "确认导入");
    telegram.until(|_| (telegram.heard(COORDINATOR, "已导入").len() >= 2).then_some(())).await;
    assert_eq!(plans(), 2, "another version is no other plan");

    // What cannot be read is answered, and harms nobody.
    send(&telegram, COORDINATOR, "计划.docx", b"PK\x03\x04 not a document");
    send(&telegram, COORDINATOR, "计划.pdf", b"%PDF");
    send(&telegram, COORDINATOR, "空.txt", b"");
    telegram.until(|_| (telegram.heard(COORDINATOR, "没有读懂").len() >= 3).then_some(())).await;

    // Full text search finds a part of a word, and two characters as well.
    for (question, found) in [("有关电子证照的任务", true), ("有关治理的任务", true), ("有关潜水艇的任务", false)]
    {
        let answer = telegram.ask(COORDINATOR, COORDINATOR, question, None).await;
        assert_eq!(answer.text.contains("第"), found, "{question}: {}", answer.text);
    }
    bot.terminate();
    office.ask(&["verify"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn units_are_invited_in_chat() {
    let (office, telegram, bot) = bound().await;
    let invited = telegram.ask(COORDINATOR, COORDINATOR, "/invite 公安厅", None).await;
    let code = invited.text.split("startgroup=").nth(1).expect("a link").split_whitespace().next().expect("a code");
    let bound = telegram.bind(POLICE, 11, code).await;
    assert!(bound.text.contains("省公安厅"), "{}", bound.text);
    let units = telegram.ask(COORDINATOR, COORDINATOR, "/units", None).await;
    assert!(units.text.contains("已绑定群 1 个"), "{}", units.text);
    assert!(units.text.contains("已绑定、从未反馈 1 个：省公安厅"), "{}", units.text);
    let unknown = telegram.ask(COORDINATOR, COORDINATOR, "/invite 省航天厅", None).await;
    assert!(unknown.text.contains("名册上没有"), "{}", unknown.text);

    // Nobody else gets any of it.
    for words in ["/units", "/invite 省财政厅", "/status", "哪些逾期了"] {
        let refused = telegram.ask(PASSER_BY, PASSER_BY, words, None).await;
        assert!(!refused.text.contains("https://t.me/") && !refused.text.contains("截至"), "{words}: {}", refused.text);
        assert!(!refused.text.contains("已绑定"), "{words}: {}", refused.text);
    }
    let sent = send(&telegram, PASSER_BY, "计划.txt", PLAN.as_bytes());
    let answer = telegram
        .until(|sandbox| {
            sandbox.messages(PASSER_BY).into_iter().find(|one| one.from.is_bot && one.reply_to == Some(sent))
        })
        .await;
    assert!(!answer.text.contains("正在读取"), "{}", answer.text);
    bot.terminate();
    office.ask(&["verify"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_answer_turns_its_pages_in_place() {
    let (_office, telegram, _bot) = bound().await;
    let silent = telegram.ask(COORDINATOR, COORDINATOR, "谁还没反馈", None).await;
    let folded = ["截至2019年7月4日", "未绑定 2 个单位，各有 19 项任务未能通知：省委编办、省财政厅"];
    assert!(folded.iter().all(|part| silent.text.contains(part)), "{}", silent.text);
    let answer = telegram.ask(COORDINATOR, COORDINATOR, "哪些单位没绑定", None).await;
    assert!(answer.text.contains("第1/3页"), "{}", answer.text);
    let count = telegram.sandbox.messages(COORDINATOR).len();
    press(&telegram, &answer, "下一页");
    let shown = |sandbox: &Sandbox| sandbox.messages(COORDINATOR).into_iter().find(|one| one.id == answer.id);
    let turned = telegram.until(|sandbox| shown(sandbox).filter(|one| one.text.contains("第2/3页"))).await;
    press(&telegram, &turned, "上一页");
    let back = telegram.until(|sandbox| shown(sandbox).filter(|one| one.text.contains("第1/3页"))).await;
    assert_eq!(back.text, answer.text);
    assert_eq!(telegram.sandbox.messages(COORDINATOR).len(), count, "no page is another message");

    let near = telegram.ask(COORDINATOR, COORDINATOR, "今天天气真不错", None).await;
    assert_eq!(near.text.matches("· ").count(), 3, "{}", near.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn units_are_called_by_short_forms_of_their_names() {
    let (office, telegram, bot) = bound().await;
    for unit in ["省文化和旅游厅", "省卫生监督所", "省卫星监测所"] {
        office.ask(&["unit", "add", unit]);
    }
    let plan = office.path("夜间.txt");
    std::fs::write(&plan, "夜间经济计划\n（一）工作\n1.开放夜间展馆，2019年9月底前完成。（省文化和旅游厅牵头）\n")
        .expect("written");
    office.ask(&["plan", "import", &plan.to_string_lossy()]);
    for words in ["文旅厅", "文旅进展如何", "/unit 文旅", "/unit 省文旅厅"] {
        let answer = telegram.ask(COORDINATOR, COORDINATOR, words, None).await;
        assert!(answer.text.contains("省文化和旅游厅"), "{words}: {}", answer.text);
    }
    for words in ["/remind 文旅厅", "/remind 文旅"] {
        let answer = telegram.ask(COORDINATOR, COORDINATOR, words, None).await;
        assert!(answer.text.contains("省文化和旅游厅"), "{words}: {}", answer.text);
    }
    for words in ["卫监所", "卫监所有哪些逾期", "/unit 卫监所", "/remind 卫监所", "/suspend 5 卫监所 机构改革"]
    {
        let answer = telegram.ask(COORDINATOR, COORDINATOR, words, None).await;
        let both = answer.text.contains("省卫生监督所") && answer.text.contains("省卫星监测所");
        assert!(both && answer.text.contains("全称"), "{words}: {}", answer.text);
    }
    let suspended = telegram.ask(COORDINATOR, COORDINATOR, "/suspend 5 公安厅 机构改革", None).await;
    assert!(suspended.text.contains("省公安厅"), "{}", suspended.text);
    let inspected = "/inspect 文旅厅 7月20日前 报送自查情况";
    let inspected = telegram.ask(COORDINATOR, COORDINATOR, inspected, None).await;
    assert!(inspected.text.contains("省文化和旅游厅"), "{}", inspected.text);
    bot.terminate();
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_the_same_wherever_they_are_asked() {
    // The command line knows no time but the machine's.
    let (office, telegram, bot) = bound_at(Clock::system().now().fixed_offset()).await;
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    telegram.ask(POLICE, 11, &format!("/report@{BOT_USERNAME} 5 60% 已试运行。问题：数据未打通"), None).await;
    telegram.ask(POLICE, 11, &format!("/done@{BOT_USERNAME} 10 已验收"), None).await;
    for question in ["哪些逾期了", "谁还没反馈", "有什么问题", "第5项进展如何", "省公安厅", "待核定的", "本月到期"]
    {
        let in_chat = telegram.ask(COORDINATOR, COORDINATOR, question, None).await.text;
        let on_the_line = office.ask(&["status", question]);
        // The instant differs, and the chat shows the first page.
        let figures = |text: &str| text.lines().skip(1).take(3).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(figures(&in_chat), figures(&on_the_line), "{question}");
    }
    let file = office.path("all.json");
    office.ask(&["export", &file.to_string_lossy()]);
    let exported: Value = serde_json::from_slice(&std::fs::read(file).expect("a file")).expect("JSON");
    let mut status = office.ask_json(&["status", "--json"]);
    status["as_of"] = exported["status"]["as_of"].clone();
    assert_eq!(exported["status"], status);
    bot.terminate();
}
