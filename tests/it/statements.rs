//! How many statements an update runs, each a way to the database's thread and back. The numbers may fall; who makes one
//! grow says why.

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
    a reply: 36
    chatter: 1
    a coordinator's question: 12
    ");
}
