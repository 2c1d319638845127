//! 牵头单位: the unit that leads a task sees how the others stand, and asks them once a working day.

use duban::sandbox::{BOT_USERNAME, Message};

use crate::office::{Bot, Office, Telegram, at};

const POLICE: i64 = -500;
const HOUSING: i64 = -600;

/// The housing department leads task 5; the police have a part in it and another in task 6.
async fn furnished(now: &str) -> (Office, Telegram, Bot) {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国")]);
    telegram.add_group(HOUSING, "省住建厅工作群", &[(21, "王芳"), (22, "赵磊")]);
    let bot = telegram.start_bot(&office, at(now));
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    telegram.bind(HOUSING, 21, &office.code_for("省住房城乡建设厅")).await;
    telegram.ask(POLICE, 11, &command("report", "6 10% 正在自查，内部口径"), None).await;
    telegram.ask(HOUSING, 21, &command("report", "5 30%"), None).await;
    (office, telegram, bot)
}

fn command(name: &str, words: &str) -> String {
    format!("/{name}@{BOT_USERNAME} {words}")
}

fn shown(message: &Message) -> String {
    let rows =
        message.buttons.iter().map(|row| row.iter().map(|button| format!("［{}］", button.text)).collect::<String>());
    std::iter::once(message.text.clone()).chain(rows).collect::<Vec<_>>().join("\n")
}

async fn press(telegram: &Telegram, message: &Message, person: i64) -> String {
    let data = message.buttons[0][0].data.clone().expect("data");
    let query = telegram.sandbox.press(message.chat, message.id, person, &data).expect("pressed");
    telegram.until(|sandbox| sandbox.answers().into_iter().find(|answer| answer.query == query)).await.text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_unit_sees_how_the_others_stand_and_asks_them() {
    let (office, telegram, bot) = furnished("06-24 10:00:00").await;
    let mut talk = Vec::new();
    // The same button in an earlier message goes, too.
    let before = telegram.ask(HOUSING, 21, &command("task", "5"), None).await;
    let task = telegram.ask(HOUSING, 21, &command("task", "5"), None).await;
    talk.push(shown(&task));
    talk.push(press(&telegram, &task, 22).await);
    talk.push(press(&telegram, &task, 21).await);
    let asked = |one: &Message| one.id == task.id && one.text.contains("已催办");
    let redrawn = telegram.until(|sandbox| sandbox.messages(HOUSING).into_iter().find(asked)).await;
    talk.push(
        shown(&redrawn).lines().skip_while(|line| !line.starts_with("其他单位进展")).collect::<Vec<_>>().join("\n"),
    );
    let used = |one: &Message| one.id == before.id && one.text.contains("——");
    let before = telegram.until(|sandbox| sandbox.messages(HOUSING).into_iter().find(used)).await;
    talk.push(shown(&before).lines().skip_while(|line| !line.starts_with("——")).collect::<Vec<_>>().join("\n"));
    let nudges = |message: &Message| message.text.contains("【催办】");
    let told = telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(nudges)).await;
    talk.push(told.text.clone());
    // The answer shows in the lead unit's next look.
    telegram.ask(POLICE, 11, "进度20%，接口已提供", Some(told.id)).await;
    let task = telegram.ask(HOUSING, 21, &command("task", "5"), None).await;
    talk.push(shown(&task).lines().skip_while(|line| !line.starts_with("其他单位进展")).collect::<Vec<_>>().join("\n"));
    // Who is no contact, and who does not lead, sees the own part alone.
    let colleague = telegram.ask(HOUSING, 22, &command("task", "5"), None).await;
    let police = telegram.ask(POLICE, 11, &command("task", "5"), None).await;
    let other_task = telegram.ask(HOUSING, 21, &command("task", "6"), None).await;
    bot.terminate();
    for message in [&colleague, &police, &other_task] {
        assert!(!message.text.contains("其他单位进展") && message.buttons.is_empty(), "{}", message.text);
    }
    assert!(telegram.sandbox.messages(HOUSING).iter().all(|message| !message.text.contains("内部口径")));
    assert_eq!(telegram.heard(POLICE, "【催办】").len(), 1);
    assert_eq!(office.ask_json(&["verify", "--json"])["ledger"]["ok"], true);
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    第5项
    压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。
    省住房城乡建设厅：第5项 压缩工程项目审批时间｜牵头｜推进中30%｜6月30日到期
    时限：2019年6月底前（6月30日）
    最近反馈：5 30%
    其他单位进展（14 个单位）：
    省直各部门（14个单位）：未启动 14
    ［催办 省公安厅］
    ---
    仅本单位联络员可以操作。
    ---
    已催办。
    ---
    其他单位进展（14 个单位）：
    省直各部门（14个单位）：未启动 14
    已催办，尚未反馈：省公安厅。
    ---
    —— 王芳 06-24 10:00 催办
    ---
    【催办】牵头单位省住房城乡建设厅请贵单位抓紧反馈下列任务进展：
    第5项 压缩工程项目审批时间：时限6月30日
    请回复本条写明进展，有困难请一并说明。
    请 @李建国 关注。
    ---
    其他单位进展（14 个单位）：
    负责 省公安厅：推进中20%（6月24日：进度20%，接口已提供）
    省直各部门（14个单位）：未启动 13，推进中 1
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_asked_at_the_weekend_hears_of_it_once_on_monday() {
    let (office, telegram, bot) = furnished("06-29 10:00:00").await;
    let mut talk = Vec::new();
    talk.push(telegram.ask(HOUSING, 21, &command("remind", "5 省公安厅"), None).await.text);
    talk.push(telegram.ask(HOUSING, 21, &command("remind", "5 省公安厅"), None).await.text);
    bot.terminate();
    let bot = telegram.start_bot(&office, at("07-01 10:00:00"));
    let nudges = |message: &Message| message.text.contains("【催办】");
    telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(nudges)).await;
    talk.push(telegram.ask(HOUSING, 21, &command("remind", "5 省公安厅"), None).await.text);
    bot.terminate();
    assert_eq!(telegram.heard(POLICE, "【催办】").len(), 1);
    insta::assert_snapshot!(talk.join("\n"), @"
    已催办：省公安厅 1 项。现不在发送时间，将于2019年7月1日（周一）08:00送达。
    今日已催办或已反馈，未重复：省公安厅第5项。
    今日已催办或已反馈，未重复：省公安厅第5项。
    ");
}
