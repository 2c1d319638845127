//! The story from an issued plan to recorded progress: the built program, real HTTP, a real database, a real kill.

use std::collections::BTreeMap;

use duban::sandbox::Message;
use serde_json::Value;

use crate::office::{Bot, Office, Telegram, at};

const HOUSING: (i64, i64, &str) = (-11, 101, "省住房城乡建设厅");
const POLICE: (i64, i64, &str) = (-12, 102, "省公安厅");
const CHANGSHA: (i64, i64, &str) = (-13, 103, "长沙市人民政府");
const DEPARTMENTS: [(i64, i64, &str); 3] = [HOUSING, POLICE, CHANGSHA];
const COORDINATOR: i64 = 900;
/// In every group, and no contact of any.
const NEWCOMER: i64 = 777;

/// What stands before every digest of a unit.
const DIGEST: &str = "【工作提醒】";
/// What stands before a message that may have been delivered before.
const DOUBT_MARK: &str = "（可能重复）";

/// An office whose three departments and one coordinator are bound, on the afternoon before a ladder day.
async fn bound_office() -> (Office, Telegram, Bot) {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    for (chat, person, unit) in DEPARTMENTS {
        telegram.add_group(chat, unit, &[(person, "联络员"), (NEWCOMER, "新来的")]);
    }
    telegram.sandbox.add_person(COORDINATOR, "周敏");
    telegram.sandbox.add_private_chat(COORDINATOR);
    let bot = telegram.start_bot(&office, at("06-26 16:00:00"));
    for (chat, person, unit) in DEPARTMENTS {
        let answer = telegram.bind(chat, person, &office.code_for(unit)).await;
        assert!(answer.text.contains(unit), "{}", answer.text);
    }
    let start = format!("/start {}", office.code_for("--coordinator"));
    assert!(telegram.ask(COORDINATOR, COORDINATOR, &start, None).await.text.contains("督办员"));
    (office, telegram, bot)
}

async fn digest_of(telegram: &Telegram, chat: i64) -> Message {
    let digest = |messages: Vec<Message>| messages.into_iter().find(|message| message.text.contains(DIGEST));
    telegram.until(|sandbox| digest(sandbox.messages(chat))).await
}

fn duty<'a>(export: &'a Value, task: &str, unit: &str) -> &'a Value {
    let duties = export["duties"].as_array().expect("duties");
    duties.iter().find(|duty| duty["task"] == task && duty["unit"] == unit).expect("the duty")
}

fn export(office: &Office) -> Value {
    let file = office.path("all.json");
    office.ask(&["export", file.to_str().expect("UTF-8")]);
    serde_json::from_slice(&std::fs::read(file).expect("the export")).expect("JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn from_an_issued_plan_to_recorded_progress() {
    let (office, telegram, bot) = bound_office().await;
    assert!(DEPARTMENTS.iter().all(|(chat, _, _)| telegram.heard(*chat, DIGEST).is_empty()), "it is not the day yet");
    assert!(bot.terminate(), "a service manager's stop is a clean end");

    // Three days before 30 June.
    let bot = telegram.start_bot(&office, at("06-27 09:00:00"));
    for (chat, _, unit) in DEPARTMENTS {
        let digest = digest_of(&telegram, chat).await;
        assert!(digest.text.contains(unit) && digest.text.contains("还有3天"), "{}", digest.text);
    }
    let (chat, person, unit) = HOUSING;
    let digest = digest_of(&telegram, chat).await;
    let said = "第5项：进度60%，系统已上线试运行。问题：市县数据未打通";
    let answer = telegram.ask(chat, person, said, Some(digest.id)).await;
    assert!(answer.text.contains("推进中60%") && answer.text.contains("市县数据未打通"), "{}", answer.text);
    assert_eq!(answer.buttons[0][0].text, "撤回");

    let held = export(&office);
    let housing = duty(&held, "5", unit);
    assert_eq!((&housing["status"], &housing["percent"]), (&"in_progress".into(), &60.into()));
    let report = &housing["reports"][0];
    assert_eq!(report["text"], said);
    assert_eq!(report["problems"][0], "市县数据未打通");
    assert_eq!(report["by"]["id"], person);
    assert_eq!(report["source"]["chat"], chat);
    assert_eq!(report["reported_at"], "2019-06-27T09:00:00+08:00");
    let reminders = held["reminders"].as_array().expect("reminders");
    assert!(reminders.iter().any(|reminder| reminder["unit"] == unit && reminder["state"] == "sent"));

    let answer = telegram.ask(COORDINATOR, COORDINATOR, "第5项进展如何", None).await;
    assert!(answer.text.contains("推进中60%"), "{}", answer.text);
    assert!(telegram.ask(chat, person, "第99项 已完成", Some(digest.id)).await.text.contains("不在"));
    bot.kill();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_loses_nothing_and_repeats_nothing_in_silence() {
    let (office, telegram, bot) = bound_office().await;
    bot.kill();
    let bot = telegram.start_bot(&office, at("06-27 09:00:00"));
    let mut digests = BTreeMap::new();
    for (chat, _, _) in DEPARTMENTS {
        digests.insert(chat, digest_of(&telegram, chat).await.id);
    }

    // Nobody waits for the answers: the process dies with updates unread, unhandled and unanswered.
    let mut said = Vec::new();
    for percent in [10, 20, 30, 40, 50] {
        for (chat, person, _) in DEPARTMENTS {
            let number = if chat == CHANGSHA.0 { "26" } else { "5" };
            let words = format!("第{number}项：进度{percent}%");
            said.push((chat, telegram.sandbox.say(chat, person, &words, digests.get(&chat).copied()).expect("said")));
        }
    }
    bot.kill();
    let head = office.ask_json(&["verify", "--json"])["ledger"]["entries"].as_i64().expect("a count");
    let bot = telegram.start_bot(&office, at("06-27 09:01:00"));
    for (chat, message) in &said {
        let answered = |messages: Vec<Message>| messages.into_iter().find(|answer| answer.reply_to == Some(*message));
        telegram.until(|sandbox| answered(sandbox.messages(*chat))).await;
    }
    assert!(bot.terminate());

    // What the kill left in doubt may come again, but says so.
    for (chat, message) in &said {
        let answers = telegram.sandbox.messages(*chat).into_iter().filter(|answer| answer.reply_to == Some(*message));
        assert!(answers.filter(|answer| !answer.text.starts_with(DOUBT_MARK)).count() <= 1);
    }
    for (chat, _, _) in DEPARTMENTS {
        let digests = telegram.heard(chat, DIGEST).into_iter();
        assert!(digests.filter(|digest| !digest.text.starts_with(DOUBT_MARK)).count() <= 1, "one digest a day");
    }
    let held = export(&office);
    for (task, unit) in [("5", HOUSING.2), ("5", POLICE.2), ("26", CHANGSHA.2)] {
        let duty = duty(&held, task, unit);
        assert_eq!(duty["reports"].as_array().map(Vec::len), Some(5), "each reply is recorded once");
        assert_eq!(duty["percent"], 50);
    }
    let verified = office.ask_json(&["verify", "--json"]);
    assert_eq!((&verified["integrity"], &verified["ledger"]["ok"]), (&"ok".into(), &true.into()));
    assert!(verified["ledger"]["entries"].as_i64() >= Some(head), "the ledger only grows");
    assert_eq!(
        verified["pending"],
        serde_json::json!({ "inbox": 0, "set_aside": 0, "outbox": 0, "in_doubt": 0, "failed": 0 })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_is_given_back_with_a_reason_then_accepted() {
    let (office, telegram, bot) = bound_office().await;
    bot.kill();
    let bot = telegram.start_bot(&office, at("06-27 09:00:00"));
    let (chat, person, unit) = POLICE;
    let digest = digest_of(&telegram, chat).await;
    let heard = |chat: i64, words: &'static str| {
        telegram.until(move |sandbox| sandbox.messages(chat).into_iter().rfind(|message| message.text.contains(words)))
    };
    let press = |message: &Message, wanted: &str| {
        let button = message.buttons.iter().flatten().find(|button| button.text.contains(wanted)).expect("a button");
        let data = button.data.as_deref().expect("data");
        telegram.sandbox.press(COORDINATOR, message.id, COORDINATOR, data).expect("pressed");
    };
    telegram.ask(chat, person, "5 已完成", Some(digest.id)).await;
    let claim = heard(COORDINATOR, "原话：5 已完成").await;
    assert_eq!(duty(&export(&office), "5", unit)["status"], "claimed_done");
    press(&claim, "退回");
    let question = heard(COORDINATOR, "请回复本条说明理由").await;
    telegram.ask(COORDINATOR, COORDINATOR, "材料不全", Some(question.id)).await;
    heard(chat, "退回办结申请，理由：材料不全").await;
    assert_eq!(duty(&export(&office), "5", unit)["status"], "in_progress");

    telegram.ask(chat, person, "5 已完成，材料已补", Some(digest.id)).await;
    press(&heard(COORDINATOR, "材料已补").await, "同意办结");
    heard(chat, "同意办结").await;
    let held = export(&office);
    assert_eq!((&duty(&held, "5", unit)["status"], &duty(&held, "5", unit)["light"]), (&"done".into(), &"done".into()));
    assert!(bot.terminate());
    office.ask(&["verify"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_unit_is_told_within_telegrams_limits() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    let roll = office.ask_json(&["unit", "list", "--json"]);
    let units = roll.as_array().expect("units").iter().filter(|unit| unit["collective"] == false);
    let units: Vec<String> = units.map(|unit| unit["unit"].as_str().expect("a name").to_owned()).collect();
    let bot = telegram.start_bot(&office, at("07-24 16:00:00"));
    for (chat, unit) in (1..).zip(&units) {
        telegram.add_group(-chat, unit, &[(chat, "联络员")]);
        telegram.bind(-chat, chat, &office.code_for(unit)).await;
    }
    assert!(bot.terminate());
    // The monthly call for progress goes to all of them at once: more than a second's share.
    assert!(units.len() > 30);
    let bot = telegram.start_paced_bot(&office, at("07-25 09:00:00"));
    for (chat, _) in (1..).zip(&units) {
        digest_of(&telegram, -chat).await;
    }
    assert!(bot.terminate());
    for (chat, _) in (1..).zip(&units) {
        assert_eq!(telegram.heard(-chat, DIGEST).len(), 1);
    }
    assert_eq!(office.ask_json(&["verify", "--json"])["pending"]["in_doubt"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_away_or_cannot_be_reached_is_told_of() {
    let (office, telegram, bot) = bound_office().await;
    assert!(bot.terminate());
    // A week later, three working days after the due date. The police have thrown the bot out meanwhile.
    telegram.sandbox.remove_bot(POLICE.0, POLICE.1).expect("removed");
    let bot = telegram.start_bot(&office, at("07-03 09:00:00"));
    let digest = digest_of(&telegram, HOUSING.0).await;
    assert!(digest.text.contains("已逾期3天") && digest.text.contains("未能运行"), "{}", digest.text);
    let told = |words: &'static str| {
        telegram.until(move |sandbox| {
            sandbox.messages(COORDINATOR).into_iter().find(|message| message.text.contains(words))
        })
    };
    assert!(told("不能在").await.text.contains("省公安厅"), "the coordinator learns who cannot be reached");
    assert!(told("未能运行").await.text.contains("6月26日"));
    assert!(told("【督办提醒】").await.text.contains("逾期后未反馈或未能通知"));
    assert!(bot.terminate());
    assert_eq!(telegram.heard(HOUSING.0, "未能运行").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_wait_for_their_task_and_may_be_taken_back() {
    let (office, telegram, bot) = bound_office().await;
    bot.kill();
    let bot = telegram.start_bot(&office, at("06-27 09:00:00"));
    let (chat, person, unit) = HOUSING;
    let digest = digest_of(&telegram, chat).await;

    // The digest names two tasks, so the words alone do not say which.
    let question = telegram.ask(chat, person, "进度60%", Some(digest.id)).await;
    let choice = question.buttons.iter().flatten().find(|button| button.text.starts_with("第26项")).expect("a choice");
    assert!(duty(&export(&office), "26", unit)["reports"].as_array().is_some_and(Vec::is_empty));
    telegram.sandbox.press(chat, question.id, person, choice.data.as_deref().expect("data")).expect("pressed");
    let answer = telegram
        .until(|sandbox| sandbox.messages(chat).into_iter().find(|message| message.text.contains("已登记 第26项")))
        .await;
    assert_eq!(duty(&export(&office), "26", unit)["percent"], 60);

    let undo = answer.buttons[0][0].data.as_deref().expect("data");
    telegram.sandbox.press(chat, answer.id, person, undo).expect("pressed");
    telegram
        .until(|sandbox| sandbox.messages(chat).into_iter().find(|message| message.text.contains("已撤回第26项")))
        .await;
    let held = export(&office);
    let withdrawn = duty(&held, "26", unit);
    assert_eq!((&withdrawn["status"], &withdrawn["reports"][0]["withdrawn"]), (&"not_started".into(), &true.into()));

    // 撤回 in answer to a confirmation takes back what that confirmed, and nothing later.
    let first = telegram.ask(chat, person, "第5项：进度30%", Some(digest.id)).await;
    telegram.ask(chat, person, "第26项：进度40%", Some(digest.id)).await;
    telegram.sandbox.say(chat, person, "撤回", Some(first.id)).expect("said");
    telegram
        .until(|sandbox| sandbox.messages(chat).into_iter().find(|message| message.text.contains("已撤回第5项")))
        .await;
    let held = export(&office);
    assert_eq!(
        (&duty(&held, "5", unit)["status"], &duty(&held, "26", unit)["percent"]),
        (&"not_started".into(), &40.into())
    );

    // Somebody else of the same group may not report for it.
    let refused = telegram.ask(chat, NEWCOMER, "26 已完成", Some(digest.id)).await;
    assert!(refused.text.contains("尚未登记") && refused.buttons[0][0].text == "申请登记", "{}", refused.text);
    bot.kill();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_goes_back_holds_the_reminders_until_somebody_has_looked() {
    let (office, telegram, bot) = bound_office().await;
    bot.kill();
    let heard = |words: &'static str| {
        telegram.until(move |sandbox| {
            sandbox.messages(COORDINATOR).into_iter().rfind(|message| message.text.contains(words))
        })
    };
    // A day and more back.
    let bot = telegram.start_bot(&office, at("06-25 08:30:00"));
    let asked = heard("系统时钟异常").await;
    insta::assert_snapshot!(asked.text, @"系统时钟异常，已暂停提醒。现在显示2019年6月25日（周二）08:30，应为2019年6月26日（周三）16:00左右。请运行人员校准时钟，校准后自动恢复；如果显示的时间是对的，请点按下面的按钮。");
    bot.kill();
    let bot = telegram.start_bot(&office, at("06-27 09:00:00"));
    heard("时钟已恢复正常").await;
    digest_of(&telegram, POLICE.0).await;
    bot.kill();
    let bot = telegram.start_bot(&office, at("06-25 10:00:00"));
    let asked = heard("现在显示2019年6月25日（周二）10:00").await;
    let data = asked.buttons[0][0].data.as_deref().expect("data");
    telegram.sandbox.press(COORDINATOR, asked.id, COORDINATOR, data).expect("pressed");
    heard("周敏确认时间无误，提醒继续").await;
    assert_eq!(telegram.heard(POLICE.0, DIGEST).len(), 1);
    assert!(bot.terminate());
    assert_eq!(office.ask_json(&["verify", "--json"])["ledger"]["ok"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_a_day_is_made_and_two_are_kept() {
    let (office, telegram, bot) = bound_office().await;
    bot.kill();
    office.ask(&["policy", "backups", "2"]);
    for day in ["06-27 09:00:00", "06-27 15:00:00", "06-28 09:00:00", "06-29 09:00:00"] {
        let bot = telegram.start_bot(&office, at(day));
        telegram.ask(COORDINATOR, COORDINATOR, "第5项进展如何", None).await;
        // What the bot has begun it ends first.
        assert!(bot.terminate());
    }
    let folder = office.path("duban.db.backups");
    let names = std::fs::read_dir(&folder).expect("the backups").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().expect("UTF-8")).collect();
    names.sort_unstable();
    // Whether the bot that was killed had made one decides at which number they begin.
    let days: Vec<&str> = names.iter().map(|name| name.split_at("duban-000001-".len()).1).collect();
    assert_eq!(days, ["2019-06-28.db", "2019-06-29.db"]);
    let copy = format!("sqlite://{}", folder.join(&names[1]).display());
    let verified = office.ask_json(&["verify", "--json", "--database", &copy]);
    assert_eq!((&verified["integrity"], &verified["ledger"]["ok"]), (&"ok".into(), &true.into()));

    // A folder that cannot be written is told once, and the bot goes on.
    std::fs::remove_dir_all(&folder).expect("removed");
    std::fs::write(&folder, "in the way").expect("written");
    let bot = telegram.start_bot(&office, at("07-01 09:00:00"));
    telegram
        .until(|sandbox| {
            sandbox.messages(COORDINATOR).into_iter().find(|message| message.text.contains("今天的自动备份没有完成"))
        })
        .await;
    assert!(bot.terminate());
}
