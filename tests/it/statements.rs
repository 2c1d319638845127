//! How many statements each kind of update runs.

use crate::talk::{GROUP, LI, Talk};

#[tokio::test]
async fn a_report_runs_few_statements() {
    let mut talk = Talk::with_unit().await;
    talk.say(GROUP, LI, "/report@duban_bot 5 60%").await;
    talk.say(GROUP, LI, "/report@duban_bot 5 70%").await;
    talk.reply(GROUP, LI, "75%").await;
}
