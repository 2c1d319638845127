//! The coordinators' weekly summary, from the schedule to the chat.

use chrono::TimeDelta;
use duban::sandbox::BOT_USERNAME;

use crate::office::{Office, Telegram, at};
use crate::talk::Talk;

const POLICE: i64 = -500;
const COORDINATORS: i64 = -900;

#[tokio::test(flavor = "multi_thread")]
async fn a_week_in_one_message_with_the_ledgers_head() {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国")]);
    telegram.add_group(COORDINATORS, "督办员", &[(91, "周敏")]);

    // Thursday: two reports, one of them a claim that is given back.
    let bot = telegram.start_bot(&office, at("07-04 10:00:00"));
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    telegram.bind(COORDINATORS, 91, &office.code_for("--coordinator")).await;
    telegram.ask(POLICE, 11, &format!("/report@{BOT_USERNAME} 5 60% 系统已上线。问题：市县数据未打通"), None).await;
    telegram.ask(POLICE, 11, &format!("/done@{BOT_USERNAME} 10 已验收"), None).await;
    bot.kill();

    // Friday, just before five.
    let bot = telegram.start_bot(&office, at("07-05 16:59:58"));
    let said = |message: &duban::sandbox::Message| message.text.contains("督办周报");
    let briefing = telegram.until(|sandbox| sandbox.messages(COORDINATORS).into_iter().find(said)).await;
    bot.terminate();
    let head = office.ask_json(&["verify", "--json"])["ledger"].clone();
    assert_eq!(head["ok"], true);
    let (words, ledger) = briefing.text.rsplit_once("台账").expect("the head stands last");
    assert!(
        ledger.split_whitespace().last().is_some_and(|hash| hash.trim_end_matches("</code>").len() >= 64),
        "{ledger}"
    );
    insta::assert_snapshot!(words, @"
    【督办周报】截至2019年7月5日（周五）17:00
    任务 33 项：已办结 0，提请办结 0，推进中 2，受阻 0，未启动 31，中止 0；其中逾期 2 项。
    各单位承担的责任 479 项：已反馈 2，未反馈 18，未能通知 459；待答复的问题 1 个；未能通知的单位 33 个。
    7月4日以来：登记责任进展 2 项次，同意办结 0 项，退回 0 项。
    本期反馈消息 2 条：请联络员确认 0 条，撤回 0 条，更正 0 条，退回 0 条。
    待核定 1 件：第10项省公安厅提请办结（1天）。
    ");

    // Once a week, also where the bot starts again.
    let bot = telegram.start_bot(&office, at("07-05 17:30:00"));
    telegram.ask(COORDINATORS, 91, &format!("/pending@{BOT_USERNAME}"), None).await;
    bot.terminate();
    assert_eq!(telegram.heard(COORDINATORS, "督办周报").len(), 1);
    assert!(telegram.heard(POLICE, "督办周报").is_empty());
}

#[tokio::test]
async fn how_often_words_were_understood() {
    const LI: i64 = 11;
    const ZHOU: i64 = 91;
    let names = [(POLICE, "公安厅群"), (COORDINATORS, "督办员群"), (LI, "李建国"), (ZHOU, "周敏")];
    let mut talk = Talk::begin("07-04 10:00:00", &names).await;
    talk.tick().await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.bind(POLICE, LI, "省公安厅").await;
    // Said otherwise within the hour, which corrects; only added to, which does not.
    talk.say(POLICE, LI, "/report@duban_bot 5 进度60%").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 进度70%").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 问题：数据未打通").await;
    // Edited within the hour, and later.
    talk.say(POLICE, LI, "/report@duban_bot 7 进度10%").await;
    talk.go_on(TimeDelta::minutes(30));
    talk.edit("/report@duban_bot 7 进度15%").await;
    talk.say(POLICE, LI, "/report@duban_bot 8 推进中").await;
    talk.go_on(TimeDelta::hours(2));
    talk.edit("/report@duban_bot 8 进度20%").await;
    // Taken back within the day, asked about, given back by a coordinator.
    talk.say(POLICE, LI, "/report@duban_bot 6 受阻").await;
    talk.say(POLICE, LI, "/undo@duban_bot").await;
    talk.say(POLICE, LI, "/task@duban_bot 6").await;
    talk.reply(POLICE, LI, "快了快了").await;
    talk.say(POLICE, LI, "/done@duban_bot 10").await;
    talk.press(COORDINATORS, ZHOU, "第10项 退回").await;
    talk.take();
    talk.go_on(TimeDelta::hours(28) + TimeDelta::minutes(30));
    talk.tick().await;
    let briefing = talk.take();
    let line = "／本期反馈消息 8 条：请联络员确认 1 条，撤回 1 条，更正 2 条，退回 1 条。／";
    assert!(briefing.contains(line), "{briefing}");
}

#[tokio::test]
async fn what_is_newly_done_says_tasks_and_duties() {
    const LI: i64 = 11;
    const ZHOU: i64 = 91;
    let names = [(POLICE, "司法厅群"), (COORDINATORS, "督办员群"), (LI, "李建国"), (ZHOU, "周敏")];
    let mut talk = Talk::begin("07-04 10:00:00", &names).await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.bind(POLICE, LI, "省司法厅").await;
    // The only unit of one task, and one of many of another.
    for number in ["9", "7"] {
        talk.say(POLICE, LI, &format!("/done@duban_bot {number}")).await;
        talk.press(COORDINATORS, ZHOU, &format!("第{number}项 同意办结")).await;
    }
    talk.take();
    talk.say(COORDINATORS, ZHOU, "/brief@duban_bot").await;
    let briefing = talk.take();
    for line in ["／新办结任务 1 项：第9项 ", "／新办结责任 2 项：第7项省司法厅；第9项省司法厅。"]
    {
        assert!(briefing.contains(line), "{briefing}");
    }
}
