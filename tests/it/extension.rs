//! More time: asked for by a contact, granted or refused by a coordinator, and what follows for the reminders.

use duban::sandbox::{BOT_USERNAME, Message};
use serde_json::Value;

use crate::office::{Office, Telegram, at};

const POLICE: i64 = -500;
const COORDINATORS: i64 = -900;

/// The days on which the police are reminded of task 5, with the due date that is named.
fn reminders(office: &Office) -> Vec<String> {
    let planned = office.ask_json(&["preview", "--from", "2019-06-24", "--to", "2019-08-05", "--json"]);
    let of_police = planned.as_array().expect("a list").iter().filter(|message| message["unit"] == "省公安厅");
    let named = of_police.flat_map(|message| {
        let items = message["items"].as_array().expect("a list").iter().filter(|item| item["task"] == "5");
        items.map(|item| format!("{}→{}", &message["at"].as_str().expect("an instant")[5..10], text(&item["due"])))
    });
    named.collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn more_time_is_asked_for_granted_and_refused() {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国")]);
    telegram.add_group(COORDINATORS, "督办员", &[(91, "周敏")]);
    let bot = telegram.start_bot(&office, at("06-24 10:00:00"));
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    telegram.bind(COORDINATORS, 91, &office.code_for("--coordinator")).await;
    let before = reminders(&office);

    let mut talk = Vec::new();
    let asked = telegram.ask(POLICE, 11, &format!("/extend@{BOT_USERNAME} 5 2019-07-31 设备未到货"), None).await;
    talk.push(asked.text);
    let wishes = |message: &Message| message.buttons.iter().flatten().any(|button| button.text.contains("延期"));
    let notice = telegram.until(|sandbox| sandbox.messages(COORDINATORS).into_iter().find(wishes)).await;
    talk.push(notice.text.clone());
    let buttons: Vec<_> = notice.buttons.iter().flatten().cloned().collect();
    talk.push(buttons.iter().map(|button| format!("［{}］", button.text)).collect());
    talk.push(telegram.ask(COORDINATORS, 91, &format!("/pending@{BOT_USERNAME}"), None).await.text);

    let press = |at: usize| {
        let data = buttons[at].data.clone().expect("data");
        telegram.sandbox.press(COORDINATORS, notice.id, 91, &data).expect("pressed")
    };
    let answered = async |query: String| {
        let toast = telegram.until(|sandbox| sandbox.answers().into_iter().find(|answer| answer.query == query)).await;
        toast.text
    };
    // Both buttons are pressed before the first press is heard of.
    bot.terminate();
    let (first, second) = (press(0), press(1));
    let bot = telegram.start_bot(&office, at("06-24 10:05:00"));
    talk.push(answered(first).await);
    let told = telegram
        .until(|sandbox| sandbox.messages(POLICE).into_iter().find(|message| message.text.contains("同意延期至")));
    talk.push(told.await.text);
    talk.push(answered(second).await);
    let used = |sandbox: &duban::sandbox::Sandbox| {
        let shown = sandbox.messages(COORDINATORS).into_iter().find(|message| message.id == notice.id);
        shown.filter(|message| message.buttons.is_empty())
    };
    talk.push(telegram.until(used).await.text);
    bot.terminate();
    let after = reminders(&office);
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_demo_bot。
    已登记 第5项 压缩工程项目审批时间：申请延期至7月31日（原时限6月30日）
    延期待督办员核准，核准前仍按原时限（6月30日）执行。
    ---
    省公安厅（李建国）反馈：
    第5项 压缩工程项目审批时间：申请延期至7月31日（原时限6月30日）
    原话：5 2019-07-31 设备未到货
    ---
    ［第5项 同意延期］［第5项 不同意］
    ---
    待核定：申请延期 1 项（截至2019年6月24日（周一）10:00）
    第5项 压缩工程项目审批时间｜省公安厅申请延期至7月31日（原时限6月30日）（6月24日）：5 2019-07-31 设备未到货
    ---
    已同意延期。
    ---
    第5项 压缩工程项目审批时间：督办员周敏于6月24日10:05同意延期至2019年7月31日，提醒按新时限进行，原时限留存备查。
    ---
    已由周敏于10:05同意延期至2019年7月31日。
    ---
    省公安厅（李建国）反馈：
    第5项 压缩工程项目审批时间：申请延期至7月31日（原时限6月30日）
    原话：5 2019-07-31 设备未到货
    —— 周敏 06-24 10:05 同意延期至2019年7月31日
    ");
    insta::assert_snapshot!(format!("{}\n{}", before.join(" "), after.join(" ")), @"
    06-27→2019-06-30 06-28→2019-06-30 07-01→2019-06-30 07-03→2019-06-30 07-08→2019-06-30 07-15→2019-06-30 07-22→2019-06-30 07-25→ 07-29→2019-06-30 08-05→2019-06-30
    06-25→ 07-01→2019-07-31 07-17→2019-07-31 07-24→2019-07-31 07-26→2019-07-31 07-30→2019-07-31 07-31→2019-07-31 08-01→2019-07-31 08-05→2019-07-31
    ");
    assert_eq!(office.ask_json(&["verify", "--json"])["ledger"]["ok"], true);
}
