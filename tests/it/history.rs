//! What happened to a task, version by version.

use duban::sandbox::{BOT_USERNAME, Message};

use crate::office::{Office, Telegram, at};

const POLICE: i64 = -500;
const COORDINATORS: i64 = -900;

#[tokio::test(flavor = "multi_thread")]
async fn every_version_and_decision_is_shown() {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国")]);
    telegram.add_group(COORDINATORS, "督办员", &[(91, "周敏")]);
    let bot = telegram.start_bot(&office, at("06-24 10:00:00"));
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    telegram.bind(COORDINATORS, 91, &office.code_for("--coordinator")).await;
    let command = |words: &str| format!("/{}", words.replacen(' ', &format!("@{BOT_USERNAME} "), 1));

    let shown = telegram.ask(POLICE, 11, &command("task 5"), None).await;
    let said = telegram.sandbox.say(POLICE, 11, "进度40%，方案已印发", Some(shown.id)).expect("said");
    telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(|message| message.reply_to == Some(said))).await;
    telegram.sandbox.edit(POLICE, said, "进度60%，系统已上线").expect("edited");
    let revised = |message: &Message| message.text.contains("已按修改后的内容更新");
    telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(revised)).await;
    telegram.ask(POLICE, 11, &command("report 5 90% 填错了"), None).await;
    telegram.sandbox.say(POLICE, 11, &format!("/undo@{BOT_USERNAME}"), None).expect("said");
    let withdrawn = |message: &Message| message.text.contains("已撤回第5项");
    telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(withdrawn)).await;
    telegram.ask(POLICE, 11, &command("done 5 已验收"), None).await;
    let claim = |message: &Message| message.buttons.iter().flatten().any(|button| button.text.contains("退回"));
    let notice = telegram.until(|sandbox| sandbox.messages(COORDINATORS).into_iter().find(claim)).await;
    let data = notice
        .buttons
        .iter()
        .flatten()
        .find(|button| button.text.contains("退回"))
        .and_then(|button| button.data.clone());
    telegram.sandbox.press(COORDINATORS, notice.id, 91, &data.expect("data")).expect("pressed");
    let why = |message: &Message| message.text.contains("说明理由");
    let question = telegram.until(|sandbox| sandbox.messages(COORDINATORS).into_iter().find(why)).await;
    telegram.ask(COORDINATORS, 91, "缺少验收报告", Some(question.id)).await;

    let for_contact = telegram.ask(POLICE, 11, &command("history 5"), None).await.text;
    let for_coordinator = telegram.ask(COORDINATORS, 91, &command("history 5"), None).await.text;
    bot.terminate();
    assert_eq!(for_contact, for_coordinator, "nobody else has reported");
    insta::assert_snapshot!(for_contact, @"
    第5项 历次反馈（5 条）
    2019年6月24日（周一）10:00 第5项 省公安厅（李建国）［推进中40%］进度40%，方案已印发
    2019年6月24日（周一）10:00 第5项 省公安厅（李建国）［推进中60%］进度60%，系统已上线（第2版）
    2019年6月24日（周一）10:00 第5项 省公安厅（李建国）［推进中90%］5 90% 填错了（已撤回）
    2019年6月24日（周一）10:00 第5项 省公安厅（李建国）［提请办结100%］5 已验收
    2019年6月24日（周一）10:00 第5项 省公安厅（周敏）退回办结申请：缺少验收报告
    ");
}
