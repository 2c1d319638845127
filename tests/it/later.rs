//! 稍后反馈: named once more in the next working day's digest, once a task and date, and no message more.

use chrono::TimeDelta;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

/// Friday morning, when the schedule has just named tasks 5 and 26.
async fn talk() -> Talk {
    let mut talk =
        Talk::begin("06-13 10:00:00", &[(GROUP, "住建厅群"), (LI, "李明"), (COORDINATORS, "督办群"), (ZHOU, "周敏")])
            .await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.bind(GROUP, LI, "省住房城乡建设厅").await;
    talk.say(GROUP, LI, "/report@duban_bot 7 进度10%").await;
    talk.tick().await;
    talk.go_on(TimeDelta::hours(23));
    talk.tick().await;
    talk.take();
    talk
}

#[tokio::test]
async fn the_next_working_days_digest_names_it_once_more() {
    let mut talk = talk().await;
    talk.reply(GROUP, LI, "明天再提醒我").await;
    talk.take();
    // Saturday and Sunday are off.
    for _ in 0..3 {
        talk.go_on(TimeDelta::days(1));
        talk.tick().await;
    }
    talk.reply(GROUP, LI, "/later@duban_bot 5").await;
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    insta::assert_snapshot!(talk.take(), @"
    〔6月15日09:00〕
    〔6月16日09:00〕
    〔6月17日09:00〕
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月17日（周一）／按贵单位要求再次提醒：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有13天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有13天／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。［全部无变化］［逐项填报］
    李明@住建厅群：/later@duban_bot 5
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：稍后反馈。本时限已安排过一次再提醒，不再重复。［撤回］
      ≡ report_recorded
    〔6月18日09:00〕
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn who_reports_meanwhile_or_takes_it_back_is_not_reminded() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/later@duban_bot 5").await;
    talk.say(GROUP, LI, "/later@duban_bot 26").await;
    talk.press(GROUP, LI, "撤回").await;
    talk.say(GROUP, LI, "/later@duban_bot 7").await;
    talk.go_on(TimeDelta::hours(3));
    talk.say(GROUP, LI, "/report@duban_bot 5 进度60%").await;
    talk.take();
    talk.go_on(TimeDelta::hours(69));
    talk.tick().await;
    insta::assert_snapshot!(talk.take(), @"
    〔6月17日09:00〕
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月17日（周一）／按贵单位要求再次提醒：／第7项 压减生产许可和准入证；上次：推进中10%，6月13日／请回复本条写明进展，有困难请一并说明。［无变化］［推进中］［有困难］［已完成］
    ");
}
