//! Words that the bot does not understand: kept, asked about once with buttons, recorded with the meaning that is pressed.

use duban::sandbox::{BOT_USERNAME, Message, Sandbox};
use serde_json::Value;

use crate::office::{Office, Telegram, at};

const POLICE: i64 = -500;

/// A bound group whose contact is 李建国, with 陈晓 beside him, and the bot's answer to `/task 5`.
pub async fn police(office: &Office, telegram: &Telegram) -> Message {
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国"), (12, "陈晓")]);
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    let tasks = telegram.ask(POLICE, 11, &format!("/task@{BOT_USERNAME} 5"), None).await;
    let first = telegram.ask(POLICE, 11, "进度10%", Some(tasks.id)).await;
    assert!(first.text.contains("已成为"), "{}", first.text);
    tasks
}

/// A message with its buttons, as a reader sees it.
pub fn shown(message: &Message) -> String {
    let rows =
        message.buttons.iter().map(|row| row.iter().map(|button| format!("［{}］", button.text)).collect::<String>());
    std::iter::once(message.text.clone()).chain(rows).collect::<Vec<_>>().join("\n")
}

/// Presses the button with that label; what is shown for a moment.
pub async fn press(telegram: &Telegram, message: &Message, person: i64, label: &str) -> String {
    let button = message.buttons.iter().flatten().find(|button| button.text.contains(label)).expect("the button");
    let data = button.data.clone().expect("data");
    let query = telegram.sandbox.press(message.chat, message.id, person, &data).expect("pressed");
    telegram.until(|sandbox| sandbox.answers().into_iter().find(|answer| answer.query == query)).await.text
}

/// Presses the button; what the bot says of it in the chat.
pub async fn press_for_answer(telegram: &Telegram, message: &Message, person: i64, label: &str) -> Message {
    let before = telegram.heard(message.chat, "").len();
    press(telegram, message, person, label).await;
    let said = |sandbox: &Sandbox| {
        let mut of_bot = sandbox.messages(message.chat).into_iter().filter(|message| message.from.is_bot);
        of_bot.nth(before)
    };
    telegram.until(said).await
}

/// The reports of the police in the order in which they were said: task, status, words, edits, files, whether withdrawn.
pub fn reports(office: &Office) -> String {
    let path = office.path("all.json");
    office.ask(&["export", path.to_str().expect("UTF-8")]);
    let all: Value = serde_json::from_slice(&std::fs::read(path).expect("the export")).expect("JSON");
    let mut lines = Vec::new();
    for duty in all["duties"].as_array().expect("duties").iter().filter(|duty| duty["unit"] == "省公安厅") {
        for report in duty["reports"].as_array().expect("reports") {
            let files = report["attachments"].as_array().expect("files").iter();
            let files: Vec<&str> = files.map(|file| file["kind"].as_str().expect("a kind")).collect();
            lines.push((
                report["id"].as_i64(),
                format!(
                    "{} {} {} {} edited={} {files:?}{}",
                    duty["task"].as_str().expect("a number"),
                    report["status"],
                    report["percent"],
                    report["text"],
                    report["edited"],
                    if report["withdrawn"] == true { " withdrawn" } else { "" },
                ),
            ));
        }
    }
    lines.sort();
    assert_eq!(office.ask_json(&["verify", "--json"])["ledger"]["ok"], true);
    lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_understood_is_kept_and_asked_about_once() {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    let bot = telegram.start_bot(&office, at("06-24 10:00:00"));
    let task = police(&office, &telegram).await;
    let mut talk = Vec::new();

    // Its meaning is pressed: who is no contact is refused, and the buttons go with the first press that counts.
    let asked = telegram.ask(POLICE, 11, "快了快了", Some(task.id)).await;
    talk.push(shown(&asked));
    talk.push(press(&telegram, &asked, 12, "推进中").await);
    talk.push(press_for_answer(&telegram, &asked, 11, "推进中").await.text);
    let used = telegram
        .until(|sandbox| sandbox.messages(POLICE).into_iter().find(|it| it.id == asked.id && it.buttons.is_empty()));
    talk.push(shown(&used.await));

    // Edited into clear words it is a report; its buttons are refused then.
    let said = telegram.sandbox.say(POLICE, 11, "心里有数", Some(task.id)).expect("said");
    let asked =
        telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(|it| it.reply_to == Some(said))).await;
    telegram.sandbox.edit(POLICE, said, "手续还没批下来，进度50%").expect("edited");
    telegram
        .until(|sandbox| sandbox.messages(POLICE).into_iter().find(|it| it.from.is_bot && it.text.contains("50%")))
        .await;
    talk.push(press(&telegram, &asked, 11, "仅作说明").await);

    // A question is worded as such; 不登记 leaves nothing but the kept words.
    let asked = telegram.ask(POLICE, 11, "窗口都摆好了，这项到底算不算完成了？", Some(task.id)).await;
    talk.push(shown(&asked));
    talk.push(press(&telegram, &asked, 11, "不登记").await);
    let left = telegram
        .until(|sandbox| sandbox.messages(POLICE).into_iter().find(|it| it.id == asked.id && it.buttons.is_empty()));
    talk.push(shown(&left.await));

    // Where several tasks were named, the task is asked first.
    let all = telegram.ask(POLICE, 11, &format!("/tasks@{BOT_USERNAME}"), None).await;
    let asked = telegram.ask(POLICE, 11, "你懂的", Some(all.id)).await;
    assert!(shown(&asked).contains("［第5项"), "{}", shown(&asked));
    press(&telegram, &asked, 11, "第5项").await;
    let turned = telegram
        .until(|sandbox| sandbox.messages(POLICE).into_iter().find(|it| it.id == asked.id && it.text.contains("含义")));
    let turned = turned.await;
    talk.push(shown(&turned));
    let recorded = press_for_answer(&telegram, &turned, 11, "仅作说明").await;
    talk.push(shown(&recorded));

    // It is withdrawn like any other.
    telegram.sandbox.say(POLICE, 11, "撤回", Some(recorded.id)).expect("said");
    let withdrawn = |sandbox: &Sandbox| sandbox.messages(POLICE).into_iter().find(|it| it.text.contains("已撤回第"));
    talk.push(telegram.until(withdrawn).await.text);
    bot.terminate();
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    没有看懂，原话已留存，尚未登记。请点选这句话对第5项 压缩工程项目审批时间的含义，或重新回复写明进展。
    ［推进中］［提请办结］
    ［受阻］［仅作说明］
    ［不登记］
    ---
    仅本单位联络员可以操作。
    ---
    已登记 第5项 压缩工程项目审批时间：推进中
    ---
    没有看懂，原话已留存，尚未登记。请点选这句话对第5项 压缩工程项目审批时间的含义，或重新回复写明进展。
    —— 李建国 06-24 10:00 选定第5项
    ---
    这条反馈已经处理过了。
    ---
    这句像是提问，原话已留存，尚未登记。查看任务请发送 /tasks，用法请发送 /help。如为反馈，请点选这句话对第5项 压缩工程项目审批时间的含义，或重新回复写明进展。
    ［推进中］［受阻］
    ［仅作说明］［不登记］
    ---
    未登记，原话留存备查。
    ---
    未登记，原话留存备查。
    ---
    请点选这句话对第5项 压缩工程项目审批时间的含义，或重新回复写明进展。
    ［推进中］［提请办结］
    ［受阻］［仅作说明］
    ［不登记］
    ---
    已登记 第5项 压缩工程项目审批时间：情况已记录
    ［撤回］
    ---
    已撤回第5项的这次反馈，现为推进中50%。
    ");
    insta::assert_snapshot!(reports(&office), @r#"
    5 "in_progress" 10 "进度10%" edited=0 []
    5 "in_progress" null "快了快了" edited=0 []
    5 "in_progress" 50 "手续还没批下来，进度50%" edited=1 []
    5 null null "你懂的" edited=0 [] withdrawn
    "#);
}
