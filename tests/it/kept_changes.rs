//! A plan that is issued again keeps what coordinators have changed of its tasks, or asks.

use duban::sandbox::{Message, Upload};
use serde_json::Value;

use crate::office::{Bot, Office, Telegram, at};

const ZHOU: i64 = 21;

const PLAN: &str = "数字政务年度计划\n某政办发〔2019〕8号\n（一）系统建设\n\
    1.建成电子证照库，2019年9月底前完成。（省公安厅牵头，省司法厅配合）\n\
    2.开展数据治理，2019年12月底前完成。（省财政厅负责）\n\
    3.清理规范收费。（省发展改革委负责）\n\
    4.整合政务热线，2019年10月底前完成。（省政务局负责）\n";

async fn begun() -> (Office, Telegram, Bot) {
    let office = Office::new();
    office.ask(&["unit", "load", concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/hunan-roll.json")]);
    import(&office, PLAN);
    let telegram = Telegram::start().await;
    telegram.sandbox.add_person(ZHOU, "周敏");
    telegram.sandbox.add_private_chat(ZHOU);
    let bot = telegram.start_bot(&office, at("07-04 10:00:00"));
    telegram.ask(ZHOU, ZHOU, &format!("/start {}", office.code_for("--coordinator")), None).await;
    for words in [
        "/amend 1 时限 10月15日 等待上级文件",
        "/amend 2 开展数据治理并出台办法",
        "/amend 3 时限 11月30日",
        "/drop 4 已并入第1项",
    ] {
        telegram.ask(ZHOU, ZHOU, words, None).await;
    }
    (office, telegram, bot)
}

fn import(office: &Office, text: &str) -> String {
    let file = office.path("计划.txt");
    std::fs::write(&file, text).expect("written");
    let told = office.ask_json(&["plan", "import", file.to_str().expect("UTF-8"), "--json"]);
    let changes = told["changes"].as_array().expect("changes").iter().filter_map(Value::as_str);
    changes.collect::<Vec<_>>().join("\n")
}

/// The tasks with their dates, as the export has them.
fn stands(office: &Office) -> String {
    let file = office.path("all.json");
    office.ask(&["export", file.to_str().expect("UTF-8")]);
    let held: Value = serde_json::from_slice(&std::fs::read(file).expect("the export")).expect("JSON");
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let lines = held["duties"].as_array().expect("duties").iter().filter(|duty| duty["ended"] != true).map(|duty| {
        let dates = duty["milestones"].as_array().expect("dates").iter();
        let dates: Vec<String> =
            dates.map(|date| format!("{}→{}", word(&date["first_due"]), word(&date["due"]))).collect();
        format!("{} {} {}", word(&duty["task"]), word(&duty["unit"]), dates.join("，"))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn shown(message: &Message) -> String {
    let row = message.buttons.iter().flatten().map(|button| format!("［{}］", button.text));
    format!("{}\n{}", message.text, row.collect::<String>())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_version_keeps_them() {
    let (office, telegram, bot) = begun().await;
    let before = stands(&office);
    insta::assert_snapshot!(before, @"
    1 省公安厅 2019-09-30→2019-10-15
    1 省司法厅 2019-09-30→2019-10-15
    2 省财政厅 2019-12-31→2019-12-31
    3 省发展改革委 2019-11-30→2019-11-30
    ");
    // Another task changes: the changes stay as they are.
    insta::assert_snapshot!(import(&office, &PLAN.replace("（省财政厅负责）", "（省财政厅牵头，省审计厅配合）")), @"
    第2项 牵头：无 → 省财政厅
    第2项 负责：省财政厅 → 无
    第2项 配合：无 → 省审计厅
    第1项时限已由督办员由2019年9月30日改为2019年10月15日，仍按此
    第2项内容已由督办员改为“开展数据治理并出台办法”，仍按此
    第3项时限已由督办员定为2019年11月30日，仍按此
    第4项已由督办员撤销，仍不督办
    名册新增单位 1 个：省审计厅
    ");
    insta::assert_snapshot!(stands(&office), @"
    1 省公安厅 2019-09-30→2019-10-15
    1 省司法厅 2019-09-30→2019-10-15
    2 省财政厅 2019-12-31→2019-12-31
    2 省审计厅 2019-12-31→2019-12-31
    3 省发展改革委 2019-11-30→2019-11-30
    ");
    // The very dates and words change in the document: what coordinators said stays, and both are named.
    let later = PLAN.replace("2019年9月底前", "2019年11月底前").replace("开展数据治理", "全面开展数据治理");
    insta::assert_snapshot!(import(&office, &later), @"
    第1项 文字有修改
    第1项 时限：2019年9月底前（2019-09-30） → 2019年11月底前（2019-11-30）
    第2项 文字有修改
    第2项 牵头：省财政厅 → 无
    第2项 负责：无 → 省财政厅
    第2项 配合：省审计厅 → 无
    第1项时限已由督办员由2019年9月30日改为2019年10月15日，仍按此（新文件为2019年11月30日）
    第2项内容已由督办员改为“开展数据治理并出台办法”，仍按此（新文件也有修改）
    第3项时限已由督办员定为2019年11月30日，仍按此
    第4项已由督办员撤销，仍不督办
    ");
    insta::assert_snapshot!(stands(&office), @"
    1 省公安厅 2019-11-30→2019-10-15
    1 省司法厅 2019-11-30→2019-10-15
    2 省财政厅 2019-12-31→2019-12-31
    3 省发展改革委 2019-11-30→2019-11-30
    ");
    let task = telegram.ask(ZHOU, ZHOU, "/task 2", None).await;
    assert!(task.text.contains("开展数据治理并出台办法"), "{}", task.text);
    bot.terminate();
    office.ask(&["verify"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_chat_a_coordinator_says_what_counts() {
    let (office, telegram, bot) = begun().await;
    let later = PLAN.replace("2019年9月底前", "2019年11月底前");
    let file = Upload { name: "计划.txt".into(), mime_type: "text/plain".into(), bytes: later.into_bytes() };
    telegram.sandbox.attach(ZHOU, ZHOU, file, "", None).expect("sent");
    let preview = telegram.until(|_| telegram.heard(ZHOU, "与已导入的方案相比").pop()).await;
    insta::assert_snapshot!(shown(&preview), @"
    数字政务年度计划（某政办发〔2019〕8号）
    读出任务 4 项，分 1 个部分；单位 5 个，有日期的时限 3 个，疑点 0 处。
    与已导入的方案相比，变化 2 处：
    · 第1项 文字有修改
    · 第1项 时限：2019年9月底前（2019-09-30） → 2019年11月底前（2019-11-30）
    督办员此前的修改 4 处，导入后继续有效；如以新文件为准，请点按“按新文件导入”：
    · 第1项时限已由督办员由2019年9月30日改为2019年10月15日，仍按此（新文件为2019年11月30日）
    · 第2项内容已由督办员改为“开展数据治理并出台办法”，仍按此
    · 第3项时限已由督办员定为2019年11月30日，仍按此
    · 第4项已由督办员撤销，仍不督办
    明细见随后的表格。尚未导入，核对后请点按：
    ［确认导入］［按新文件导入］［放弃］
    ");
    let button = preview.buttons.iter().flatten().find(|button| button.text == "按新文件导入").expect("a button");
    telegram.sandbox.press(ZHOU, preview.id, ZHOU, button.data.as_ref().expect("data")).expect("pressed");
    telegram.until(|_| telegram.heard(ZHOU, "已导入").pop().filter(|one| one.id > preview.id)).await;
    insta::assert_snapshot!(stands(&office), @"
    1 省公安厅 2019-11-30→2019-11-30
    1 省司法厅 2019-11-30→2019-11-30
    2 省财政厅 2019-12-31→2019-12-31
    3 省发展改革委 
    4 省政务局 2019-10-31→2019-10-31
    ");
    bot.terminate();
    office.ask(&["verify"]);
}
