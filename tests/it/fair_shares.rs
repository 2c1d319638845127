//! Nobody's words cost others their time: strangers wait behind the office, long words behind short ones, and one message is
//! one report on each task.

use chrono::TimeDelta;
use duban::clock::Clock;
use duban::store::{Origin, Store, Update};
use serde_json::Value;
use sqlx::sqlite::SqlitePool;

use crate::office::{Bot, Office, Telegram, at};
use crate::talk::Talk;

const POLICE: i64 = -12;
const HOUSING: i64 = -11;
const LI: i64 = 102;
const WANG: i64 = 101;
/// The first of many who have nothing to do with the office.
const STRANGER: i64 = 5_000;
const STRANGERS: i64 = 120;

/// Two units with their groups, on the last day of a task that is theirs.
async fn office() -> (Office, Telegram, Bot) {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    telegram.add_group(POLICE, "省公安厅群", &[(LI, "李建国")]);
    telegram.add_group(HOUSING, "省住建厅群", &[(WANG, "王芳")]);
    let bot = telegram.start_bot(&office, at("06-28 08:30:00"));
    telegram.bind(POLICE, LI, &office.code_for("省公安厅")).await;
    telegram.bind(HOUSING, WANG, &office.code_for("省住房城乡建设厅")).await;
    telegram.ask(POLICE, LI, "/report@duban_demo_bot 5 30%", None).await;
    (office, telegram, bot)
}

async fn count(office: &Office, query: &'static str) -> i64 {
    let pool = SqlitePool::connect(&office.database()).await.expect("opened");
    let count = sqlx::query_scalar(query).fetch_one(&pool).await.expect("counted");
    pool.close().await;
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_wait_behind_the_office_and_are_heard_a_few_times_a_minute() {
    let (office, telegram, bot) = office().await;
    assert!(bot.terminate());
    for stranger in STRANGER..STRANGER + STRANGERS {
        telegram.sandbox.add_person(stranger, "路人");
        telegram.sandbox.add_private_chat(stranger);
        for words in ["在吗", "第5项：进度60%", "/status"] {
            telegram.sandbox.say(stranger, stranger, words, None).expect("said");
        }
    }
    // Who comes with a code is heard, however many strangers have spoken before.
    let newcomer = STRANGER + STRANGERS;
    telegram.sandbox.add_person(newcomer, "周敏");
    telegram.sandbox.add_private_chat(newcomer);
    let code = office.code_for("--coordinator");
    telegram.sandbox.say(newcomer, newcomer, &format!("/start {code}"), None).expect("said");
    let _bot = telegram.start_paced_bot(&office, at("06-28 08:40:00"));
    let answer = telegram.ask(POLICE, LI, "/report@duban_demo_bot 5 60%", None).await;
    assert!(answer.text.contains("60%"), "{}", answer.text);
    let welcomed = |messages: Vec<duban::sandbox::Message>| {
        messages.into_iter().find(|message| message.from.is_bot && message.text.contains("督办员"))
    };
    telegram.until(|sandbox| welcomed(sandbox.messages(newcomer))).await;
    let answers = (STRANGER..newcomer).map(|stranger| telegram.heard(stranger, "").len()).sum::<usize>();
    assert!(answers <= 20, "{answers} answers to strangers");
    assert!(count(&office, "select count(*) from inbox where raw = ''").await > 0, "some were passed over");
}

#[tokio::test(flavor = "multi_thread")]
async fn long_words_of_one_hold_up_nobody_else() {
    let (office, telegram, bot) = office().await;
    assert!(bot.terminate());
    let intricate = "5、".repeat(2_048);
    let long = format!("第5项：进度65%。{}", "已与各市州逐一对接，".repeat(60));
    let said = telegram.sandbox.messages(POLICE).iter().rfind(|message| message.from.is_bot).map(|message| message.id);
    for _ in 0..20 {
        telegram.sandbox.say(POLICE, LI, &intricate, said).expect("said");
    }
    let long_said = telegram.sandbox.say(POLICE, LI, &long, said).expect("said");
    let _bot = telegram.start_bot(&office, at("06-28 08:40:00"));
    let answer = telegram.ask(HOUSING, WANG, "/report@duban_demo_bot 5 60%", None).await;
    assert!(answer.text.contains("60%"), "{}", answer.text);
    // In the end it is understood as a short one would be.
    let answers = |messages: Vec<duban::sandbox::Message>| {
        messages.into_iter().find(|message| message.reply_to == Some(long_said))
    };
    let answer = telegram.until(|sandbox| answers(sandbox.messages(POLICE))).await;
    assert!(answer.text.contains("推进中65%"), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_at_the_start_is_read_before_the_schedule_speaks() {
    let (office, telegram, bot) = office().await;
    assert!(bot.terminate());
    // 28 June is the last working day before the 30th, on which task 5 is due.
    for number in ["5", "10"] {
        let words = format!("/done@duban_demo_bot {number} 已全部完成");
        telegram.sandbox.say(POLICE, LI, &words, None).expect("said");
    }
    let _bot = telegram.start_bot(&office, at("06-28 09:00:00"));
    let digest = |chat: i64| {
        telegram.until(move |sandbox| {
            let mut messages = sandbox.messages(chat).into_iter();
            messages.find(|message| message.text.contains("【工作提醒】"))
        })
    };
    assert!(digest(HOUSING).await.text.contains("第5项"), "who has not answered is asked");
    telegram.ask(POLICE, LI, "/tasks@duban_demo_bot", None).await;
    let asked = telegram.heard(POLICE, "【工作提醒】");
    assert!(asked.iter().all(|digest| !digest.text.contains("第5项")), "{asked:?}");
}

#[tokio::test]
async fn one_message_is_one_report_on_each_task() {
    let names = [(POLICE, "省公安厅群"), (LI, "李建国")];
    let mut talk = Talk::begin("06-26 09:00:00", &names).await;
    talk.bind(POLICE, LI, "省公安厅").await;
    talk.say(POLICE, LI, &format!("/report@duban_bot {}", "5 60%，".repeat(100))).await;
    insta::assert_snapshot!(talk.take().replace(&"5 60%，".repeat(100), "…"), @"
    李建国@省公安厅群：/report@duban_bot …
      → 省公安厅群：李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：推进中60%［撤回］
      ≡ contact_registered
      ≡ report_recorded
    ");
    // What is said of it later in the message counts; problems add up.
    talk.say(POLICE, LI, "/report@duban_bot 5 60%，问题：数据未打通。10 20%。5 70%，问题：人手不足").await;
    // Numbers that are none of the unit's are named once.
    talk.say(POLICE, LI, &format!("/report@duban_bot {}", "99 60%。".repeat(20))).await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@省公安厅群：/report@duban_bot 5 60%，问题：数据未打通。10 20%。5 70%，问题：人手不足
      → 省公安厅群：已登记 第5项 压缩工程项目审批时间：推进中70%，问题：数据未打通；人手不足／第10项 规范职业资格许可认定：推进中20%／问题由督办员答复。［撤回］
      ≡ report_recorded
      ≡ report_recorded
    李建国@省公安厅群：/report@duban_bot 99 60%。99 60%。99 60%。99 60%。99 60%。99 60%。99 60%。99 60%。99 60%。99 60%。99 60%。99 60%。99 60%。99 60%。99 60%。99 60%。99 60%。99 60%。99 60%。99 60%。
      → 省公安厅群：第99项不在省公安厅的任务之列，未登记。发送 /tasks 查看。
    ");
}

#[tokio::test]
async fn handled_updates_are_dropped_while_the_bot_runs() {
    let office = Office::new();
    office.furnish();
    let store = Store::open(&office.database()).await.expect("opened");
    let now = at("06-26 09:00:00").to_utc();
    let mut tx = store.begin(now).await.expect("begun");
    for update_id in [1, 2] {
        let update = Update { update_id, raw: Value::Null.to_string() };
        assert!(duban::store::inbox::receive(&mut tx, &update, Origin::default()).await.expect("received"));
    }
    duban::store::inbox::finish_updates(&mut tx, &[1]).await.expect("finished");
    tx.commit().await.expect("committed");
    for (days, left) in [(29, 2), (31, 1)] {
        let clock = Clock::started_at(now + TimeDelta::days(days));
        duban::app::tick(&store, &clock, None).await.expect("ticked");
        assert_eq!(count(&office, "select count(*) from inbox").await, left, "after {days} days");
    }
}
