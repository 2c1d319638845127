//! 收到: kept, answered by a reaction, and told to coordinators who ask.

use chrono::TimeDelta;
use serde_json::Value;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

const POLICE: i64 = -1002;
const CHEN: i64 = 12;

/// Two units that the schedule has reminded.
async fn talk() -> Talk {
    let names = [
        (GROUP, "住建厅群"),
        (POLICE, "公安厅群"),
        (COORDINATORS, "督办群"),
        (LI, "李明"),
        (CHEN, "陈晓"),
        (ZHOU, "周敏"),
    ];
    let mut talk = Talk::begin("06-13 10:00:00", &names).await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.bind(GROUP, LI, "省住房城乡建设厅").await;
    talk.bind(POLICE, CHEN, "省公安厅").await;
    talk.tick().await;
    talk.go_on(TimeDelta::hours(23));
    talk.tick().await;
    talk.take();
    talk
}

#[tokio::test]
async fn a_receipt_is_kept_and_answered_by_a_reaction() {
    let mut talk = talk().await;
    talk.reply(GROUP, LI, "收到，我们尽快落实").await;
    talk.go_on(TimeDelta::minutes(5));
    talk.say(ZHOU, ZHOU, "谁收到了").await;
    talk.say(COORDINATORS, ZHOU, "/read@duban_bot 5").await;
    talk.say(COORDINATORS, ZHOU, "/read@duban_bot 33").await;
    // A report says as much.
    talk.say(POLICE, CHEN, "/report@duban_bot 5 进度20%").await;
    talk.say(ZHOU, ZHOU, "哪些单位没收到").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：收到，我们尽快落实
      → 住建厅群：〔表示收悉〕
      ≡ receipt_noted
    周敏@周敏：谁收到了
      → 周敏：最近一次提醒发往 2 个单位，1 个已签收或反馈／省公安厅（6月14日提醒）：尚未签收／省住房城乡建设厅（6月14日提醒）：李明 6月14日09:00 收到
    周敏@督办群：/read@duban_bot 5
      → 督办群：第5项最近一次提醒发往 2 个单位，1 个已签收或反馈／省公安厅（6月14日提醒）：尚未签收／省住房城乡建设厅（6月14日提醒）：李明 6月14日09:00 收到
    周敏@督办群：/read@duban_bot 33
      → 督办群：第33项最近没有发出提醒。
    陈晓@公安厅群：/report@duban_bot 5 进度20%
      → 公安厅群：陈晓 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：推进中20%［撤回］
      ≡ contact_registered
      ≡ report_recorded
    周敏@周敏：哪些单位没收到
      → 周敏：最近一次提醒发往 2 个单位，2 个已签收或反馈／省公安厅（6月14日提醒）：已反馈／省住房城乡建设厅（6月14日提醒）：李明 6月14日09:00 收到
    ");

    talk.office.ask(&["verify"]);
    let path = talk.office.path("all.json");
    talk.office.ask(&["export", path.to_str().expect("UTF-8")]);
    let all: Value = serde_json::from_slice(&std::fs::read(path).expect("the export")).expect("JSON");
    let read: Vec<&Value> = all["reminders"]
        .as_array()
        .expect("reminders")
        .iter()
        .flat_map(|one| one["read_by"].as_array().expect("readers"))
        .collect();
    assert_eq!(
        serde_json::to_string(&read).expect("JSON"),
        r#"[{"at":"2019-06-14T09:00:00+08:00","id":11,"name":"李明"}]"#
    );
}

#[tokio::test]
async fn what_is_read_is_no_report_and_coordinators_do_not_sign() {
    let mut talk = talk().await;
    talk.say(LI, LI, "收到").await;
    talk.say(COORDINATORS, ZHOU, "收到").await;
    let signed = "select person.name from receipt join person on person.id = person_id";
    assert_eq!(talk.rows(signed).await, Vec::<String>::new(), "nothing was sent in private");
    assert_eq!(talk.rows("select id || '' from report").await, Vec::<String>::new());
    insta::assert_snapshot!(talk.take(), @"
    李明@李明：收到
    周敏@督办群：收到
    ");
}

#[tokio::test]
async fn who_is_no_contact_does_not_sign_for_a_unit() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 7 进度10%").await;
    talk.reply_to("工作提醒", GROUP, CHEN, "收到").await;
    talk.reply_to("工作提醒", GROUP, LI, "收到").await;
    let signed = "select person.name from receipt join person on person.id = person_id";
    assert_eq!(talk.rows(signed).await, ["李明"]);
}
