//! Evidence: albums that count as one report however they arrive, captions, voice messages, and files without words.

use duban::sandbox::{BOT_USERNAME, Message, Sandbox, Upload};

use crate::office::{Office, Telegram, at};
use crate::unclear::{police, press_for_answer, reports, shown};

const POLICE: i64 = -500;

fn file(name: &str, mime_type: &str) -> Upload {
    Upload { name: name.to_owned(), mime_type: mime_type.to_owned(), bytes: name.as_bytes().to_vec() }
}

fn photo(name: &str) -> Upload {
    file(name, "image/png")
}

/// What the bot has said in the group after a message.
fn said_after(sandbox: &Sandbox, message: i64) -> Vec<Message> {
    let later = sandbox.messages(POLICE).into_iter().filter(|said| said.id > message && said.from.is_bot);
    later.collect()
}

/// Waits until the bot's only message after another one has these words.
async fn one_answer(telegram: &Telegram, message: i64, words: &str) -> Message {
    let answer = |sandbox: &Sandbox| said_after(sandbox, message).pop().filter(|said| said.text.contains(words));
    let answer = telegram.until(answer).await;
    assert_eq!(said_after(&telegram.sandbox, message).len(), 1, "one answer");
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn an_album_is_one_report_with_one_answer() {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    let bot = telegram.start_bot(&office, at("06-24 10:00:00"));
    let task = police(&office, &telegram).await;
    let mut talk = Vec::new();

    // All of it in one batch.
    bot.terminate();
    let photos = vec![photo("1.png"), photo("2.png"), photo("3.png")];
    let parts = telegram.sandbox.attach_album(POLICE, 11, photos, "进度60%", Some(task.id)).expect("sent");
    let bot = telegram.start_bot(&office, at("06-24 10:05:00"));
    talk.push(shown(&one_answer(&telegram, parts[2], "60%").await));

    // The second part brings the caption when the first is answered; the third comes after the bot was ended.
    let part = |name: &str, caption: &str| {
        telegram.sandbox.attach_part(POLICE, 11, photo(name), caption, Some(task.id), "slow").expect("sent")
    };
    let first = part("4.png", "");
    talk.push(one_answer(&telegram, first, "情况已记录").await.text);
    let second = part("5.png", "进度70%");
    let answer =
        telegram.until(|sandbox| said_after(sandbox, first).into_iter().find(|said| said.text.contains("70%"))).await;
    talk.push(shown(&answer));
    bot.kill();
    part("6.png", "");
    let bot = telegram.start_bot(&office, at("06-24 10:10:00"));

    // Other words for one part are another version of the one report.
    telegram.sandbox.edit(POLICE, second, "进度75%").expect("edited");
    telegram.until(|sandbox| said_after(sandbox, first).into_iter().find(|said| said.text.contains("75%"))).await;
    assert_eq!(said_after(&telegram.sandbox, first).len(), 1, "one answer");

    // Where several tasks were named, the album waits for its task as a whole.
    let all = telegram.ask(POLICE, 11, &format!("/tasks@{BOT_USERNAME}"), None).await;
    let photos = vec![photo("7.png"), photo("8.png")];
    let parts = telegram.sandbox.attach_album(POLICE, 11, photos, "", Some(all.id)).expect("sent");
    let asked = one_answer(&telegram, parts[1], "哪一项").await;
    telegram.until(|sandbox| (sandbox.unconfirmed() == 0).then_some(())).await;
    talk.push(press_for_answer(&telegram, &asked, 11, "第5项").await.text);
    // Who may not report is told so once, whatever else is said that day.
    let photos = vec![photo("9.png"), photo("10.png"), photo("11.png")];
    let parts = telegram.sandbox.attach_album(POLICE, 12, photos, "", Some(task.id)).expect("sent");
    telegram.sandbox.say(POLICE, 12, "进度80%", Some(task.id)).expect("said");
    let later = telegram.ask(POLICE, 11, &format!("/tasks@{BOT_USERNAME}"), None).await;
    let answers = said_after(&telegram.sandbox, parts[2]);
    let [refused, answered] = answers.as_slice() else { panic!("one for the album, none for the words: {answers:?}") };
    assert!(refused.text.contains("尚未登记为省公安厅联络员") && answered.id == later.id, "{answers:?}");
    bot.terminate();
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    已登记 第5项 压缩工程项目审批时间：推进中60%
    附件已留存。
    ［撤回］
    ---
    已登记 第5项 压缩工程项目审批时间：情况已记录
    附件已留存。
    ---
    已登记 第5项 压缩工程项目审批时间：推进中70%
    附件已留存。
    ［撤回］
    ---
    已登记 第5项 压缩工程项目审批时间：情况已记录
    附件已留存。
    ");
    insta::assert_snapshot!(reports(&office), @r#"
    5 "in_progress" 10 "进度10%" edited=0 []
    5 "in_progress" 60 "进度60%" edited=0 ["photo", "photo", "photo"]
    5 "in_progress" 75 "进度75%" edited=2 ["photo", "photo", "photo"]
    5 null null null edited=0 ["photo", "photo"]
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_spoken_is_kept_and_a_line_asked_for() {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    let bot = telegram.start_bot(&office, at("06-24 10:00:00"));
    let task = police(&office, &telegram).await;
    let voice = || file("voice.ogg", "audio/ogg");
    let mut talk = Vec::new();

    let said = telegram.sandbox.attach(POLICE, 11, voice(), "", Some(task.id)).expect("sent");
    let asked = one_answer(&telegram, said, "补一行").await;
    talk.push(shown(&asked));
    let recorded = telegram.ask(POLICE, 11, "系统已联调，进度80%", Some(asked.id)).await;
    talk.push(shown(&recorded));
    // The line itself may be corrected, and taken back together with what was spoken.
    let line = recorded.reply_to.expect("an answer");
    telegram.sandbox.edit(POLICE, line, "系统已联调，进度85%").expect("edited");
    telegram.until(|sandbox| said_after(sandbox, line).into_iter().find(|said| said.text.contains("85%"))).await;

    // Where several tasks were named, a number in reply names the task, and the next reply is the line.
    let all = telegram.ask(POLICE, 11, &format!("/tasks@{BOT_USERNAME}"), None).await;
    let said = telegram.sandbox.attach(POLICE, 11, voice(), "", Some(all.id)).expect("sent");
    let asked = one_answer(&telegram, said, "哪一项").await;
    let number = telegram.sandbox.say(POLICE, 11, "第5项", Some(asked.id)).expect("said");
    let asked = one_answer(&telegram, number, "补一行").await;
    let recorded = telegram.ask(POLICE, 11, "详见语音", Some(asked.id)).await;
    talk.push(shown(&recorded));
    talk.push(press_for_answer(&telegram, &recorded, 11, "撤回").await.text);

    // A document with a caption that says nothing is kept with the task.
    let document = file("说明.pdf", "application/pdf");
    let said = telegram.sandbox.attach(POLICE, 11, document, "如图", Some(task.id)).expect("sent");
    talk.push(shown(&one_answer(&telegram, said, "附件已留存").await));
    bot.terminate();
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    已登记 第5项 压缩工程项目审批时间：情况已记录
    附件已留存。
    请回复本条，补一行文字说明。
    ［撤回］
    ---
    已登记 第5项 压缩工程项目审批时间：推进中80%
    附件已留存。
    ［撤回］
    ---
    已登记 第5项 压缩工程项目审批时间：情况已记录
    附件已留存。
    ［撤回］
    ---
    已撤回第5项的这次反馈，现为推进中85%。
    ---
    已登记 第5项 压缩工程项目审批时间：情况已记录
    附件已留存。
    ［撤回］
    ");
    insta::assert_snapshot!(reports(&office), @r#"
    5 "in_progress" 10 "进度10%" edited=0 []
    5 "in_progress" 85 "系统已联调，进度85%" edited=2 ["voice"]
    5 null null "详见语音" edited=1 ["voice"] withdrawn
    5 null null "如图" edited=0 ["document"]
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_corrected_in_every_way() {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    let bot = telegram.start_bot(&office, at("06-24 10:00:00"));
    let task = police(&office, &telegram).await;
    let mut talk = Vec::new();

    // By editing; an edit that changes nothing is silent.
    let recorded = telegram.ask(POLICE, 11, "进度20%", Some(task.id)).await;
    let said = recorded.reply_to.expect("an answer");
    telegram.sandbox.edit(POLICE, said, "进度20%").expect("edited");
    telegram.sandbox.edit(POLICE, said, "进度25%").expect("edited");
    let answer = |words: &'static str| {
        telegram.until(move |sandbox| said_after(sandbox, recorded.id).into_iter().find(|it| it.text.contains(words)))
    };
    let revised = answer("25%").await;
    talk.push(revised.text.clone());
    // By an answer to the confirmation: a report of its own, of which the newest counts.
    let corrected = telegram.ask(POLICE, 11, "更正：第5项是30%", Some(revised.id)).await;
    talk.push(corrected.text.clone());
    // 撤回 in reply takes back what that confirmation confirmed; an edit afterwards counts again.
    telegram.sandbox.say(POLICE, 11, "撤回", Some(corrected.id)).expect("said");
    talk.push(answer("已撤回第5项").await.text);
    let correction = corrected.reply_to.expect("an answer");
    telegram.sandbox.edit(POLICE, correction, "更正：第5项是35%").expect("edited");
    talk.push(answer("35%").await.text);
    // The task that a button gave stays, whatever the words become.
    let all = telegram.ask(POLICE, 11, &format!("/tasks@{BOT_USERNAME}"), None).await;
    let asked = telegram.ask(POLICE, 11, "进度40%", Some(all.id)).await;
    press_for_answer(&telegram, &asked, 11, "第5项").await;
    telegram.sandbox.edit(POLICE, asked.reply_to.expect("an answer"), "进度45%").expect("edited");
    talk.push(answer("45%").await.text);
    bot.terminate();
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    已按修改后的内容更新。
    已登记 第5项 压缩工程项目审批时间：推进中25%
    ---
    已登记 第5项 压缩工程项目审批时间：推进中30%
    ---
    已撤回第5项的这次反馈，现为推进中25%。
    ---
    已登记 第5项 压缩工程项目审批时间：推进中35%
    ---
    已按修改后的内容更新。
    已登记 第5项 压缩工程项目审批时间：推进中45%
    ");
    insta::assert_snapshot!(reports(&office), @r#"
    5 "in_progress" 10 "进度10%" edited=0 []
    5 "in_progress" 25 "进度25%" edited=1 []
    5 "in_progress" 35 "更正：第5项是35%" edited=1 []
    5 "in_progress" 45 "进度45%" edited=1 []
    "#);
}
