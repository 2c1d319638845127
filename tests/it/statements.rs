//! How many statements an update runs, each a way to the database's thread and back. The numbers may fall; who makes one
//! grow says why.

use chrono::TimeDelta;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

#[tokio::test]
async fn what_people_say_runs_few_statements() {
    let mut talk = Talk::with_unit().await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    let mut counted = Vec::new();
    for (kind, words) in [
        ("the first report", "/report@duban_bot 5 60%"),
        ("a report", "/report@duban_bot 5 70% 本周召开推进会"),
        ("a claim", "/report@duban_bot 5 已完成"),
        ("a question", "/tasks@duban_bot"),
    ] {
        talk.say(GROUP, LI, words).await;
        counted.push(format!("{kind}: {}", talk.statements));
    }
    talk.reply(GROUP, LI, "第5项更正为75%").await;
    counted.push(format!("a reply: {}", talk.statements));
    talk.say(GROUP, LI, "大家早上好").await;
    counted.push(format!("chatter: {}", talk.statements));
    talk.say(COORDINATORS, ZHOU, "/status@duban_bot").await;
    counted.push(format!("a coordinator's question: {}", talk.statements));
    insta::assert_snapshot!(counted.join("\n"), @"
    the first report: 24
    a report: 15
    a claim: 19
    a question: 8
    a reply: 23
    chatter: 1
    a coordinator's question: 12
    ");
}

#[tokio::test]
async fn what_people_answer_runs_few_statements() {
    let names = [(GROUP, "住建厅群"), (COORDINATORS, "督办群"), (LI, "李明"), (ZHOU, "周敏")];
    let mut talk = Talk::begin("06-26 10:00:00", &names).await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.bind(GROUP, LI, "省公安厅").await;
    talk.say(GROUP, LI, "/report@duban_bot 5 30%").await;
    let mut counted = Vec::new();
    let mut count = |kind: &str, talk: &Talk| counted.push(format!("{kind}: {}", talk.statements));
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    talk.reply_to("工作提醒", GROUP, LI, "收到").await;
    count("a receipt", &talk);
    talk.reply_to("工作提醒", GROUP, LI, "60%，系统已上线").await;
    count("a reply to a digest", &talk);
    talk.edit("65%，系统已上线").await;
    count("an edited report", &talk);
    talk.reply_to("已登记", GROUP, LI, "70%，开始验收").await;
    count("a reply to a confirmation", &talk);
    talk.reply_to("已登记", GROUP, LI, "更正为75%").await;
    count("a correction", &talk);
    talk.press(GROUP, LI, "推进中").await;
    count("a tap", &talk);
    talk.reply_to("已登记", GROUP, LI, "已完成").await;
    count("a claim in reply", &talk);
    talk.press(COORDINATORS, ZHOU, "第5项 同意办结").await;
    count("an approval", &talk);
    insta::assert_snapshot!(counted.join("\n"), @"
    a receipt: 10
    a reply to a digest: 16
    an edited report: 21
    a reply to a confirmation: 16
    a correction: 16
    a tap: 25
    a claim in reply: 20
    an approval: 38
    ");
}
