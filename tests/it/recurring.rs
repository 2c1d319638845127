//! Dates that come round: reminded of in each period, met by a report within it, counted where they were missed.

use chrono::TimeDelta;
use serde_json::Value;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

const PLAN: &str = "2019年深化改革重点工作分工方案\n\
    一、重点任务\n\
    1.每月5日前报送新开工项目审批情况，持续压缩审批时间。（省住房城乡建设厅负责）\n\
    2.每季度末通报拖欠工程款清理情况。（省住房城乡建设厅负责）\n\
    3.每周五前报送工地扬尘检查情况。（省公安厅负责）\n";

async fn talk() -> Talk {
    let mut talk = Talk::with_unit().await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.office.ask(&["plan", "close", "1"]);
    let file = talk.office.path("recurring.txt");
    std::fs::write(&file, PLAN).expect("written");
    talk.office.ask(&["plan", "import", file.to_str().expect("UTF-8")]);
    talk
}

/// `07-02 省住房城乡建设厅 1 recurring 每月5日前 07-05 3`
fn planned(talk: &Talk, from: &str, to: &str) -> String {
    let planned = talk.office.ask_json(&["preview", "--from", from, "--to", to, "--json"]);
    let mut lines = Vec::new();
    for message in planned.as_array().expect("messages") {
        for item in message["items"].as_array().expect("items") {
            let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
            lines.push(format!(
                "{} {} {} {} {} {} {}",
                &text(&message["at"])[5..10],
                text(&message["unit"]),
                text(&item["task"]),
                text(&item["reason"]),
                text(&item["milestone"]),
                text(&item["due"]),
                item["days_left"]
            ));
        }
    }
    lines.join("\n")
}

#[tokio::test]
async fn each_period_is_reminded_of() {
    let talk = talk().await;
    insta::assert_snapshot!(planned(&talk, "2019-06-24", "2019-07-10"), @"
    06-24 省公安厅 3 recurring 每周五前 2019-06-21 -3
    06-25 省公安厅 3 recurring 每周五前 2019-06-28 3
    06-27 省公安厅 3 recurring 每周五前 2019-06-28 1
    06-27 省住房城乡建设厅 2 recurring 每季度末 2019-06-30 3
    06-28 省公安厅 3 recurring 每周五前 2019-06-28 0
    06-28 省住房城乡建设厅 2 recurring 每季度末 2019-06-30 2
    07-01 省公安厅 3 recurring 每周五前 2019-06-28 -3
    07-01 省住房城乡建设厅 2 recurring 每季度末 2019-06-30 -1
    07-02 省公安厅 3 recurring 每周五前 2019-07-05 3
    07-02 省住房城乡建设厅 1 recurring 每月5日前 2019-07-05 3
    07-04 省公安厅 3 recurring 每周五前 2019-07-05 1
    07-04 省住房城乡建设厅 1 recurring 每月5日前 2019-07-05 1
    07-05 省公安厅 3 recurring 每周五前 2019-07-05 0
    07-05 省住房城乡建设厅 1 recurring 每月5日前 2019-07-05 0
    07-08 省公安厅 3 recurring 每周五前 2019-07-05 -3
    07-08 省住房城乡建设厅 1 recurring 每月5日前 2019-07-05 -3
    07-09 省公安厅 3 recurring 每周五前 2019-07-12 3
    ");
}

#[tokio::test]
async fn a_report_within_the_period_meets_it() {
    let mut talk = talk().await;
    // 收到 and a problem alone meet nothing, 无变化 does.
    talk.say(GROUP, LI, "/report@duban_bot 1 无变化").await;
    talk.say(GROUP, LI, "/report@duban_bot 2 问题：数据未打通").await;
    talk.take();
    talk.tick().await;
    talk.go_on(TimeDelta::days(30) - TimeDelta::hours(1));
    talk.tick().await;
    talk.reply(GROUP, LI, "1 已完成").await;
    talk.say(GROUP, LI, "/task@duban_bot 1").await;
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    talk.say(COORDINATORS, ZHOU, "/task@duban_bot 2").await;
    insta::assert_snapshot!(talk.take(), @r#"
    〔6月3日10:00〕
    〔7月3日09:00〕
      → 住建厅群：【工作提醒】省住房城乡建设厅　7月3日（周三）／定期反馈：／第2项 每季度末通报拖欠工程款清理情况〔每季度末〕：6月30日，已逾期3天；上次：有困难（数据未打通），6月3日／第1项 每月5日前报送新开工项目审批情况〔每月5日前〕：7月5日，还有2天；上次：未启动，6月3日／请回复本条逐项写明进展，例如“2 正在推进，1 无变化”；有困难请一并说明。／请 <a href="tg://user?id=11">@李明</a> 关注。［全部无变化］［逐项填报］
    李明@住建厅群：1 已完成
      → 住建厅群：第1项按每月5日前的本期任务登记。整项任务已完成的，请写明“整项已完成”。／已登记 第1项 每月5日前报送新开工项目审批情况：推进中［撤回］
      ≡ report_recorded
    李明@住建厅群：/task@duban_bot 1
      → 住建厅群：第1项／每月5日前报送新开工项目审批情况，持续压缩审批时间。／省住房城乡建设厅：第1项 每月5日前报送新开工项目审批情况｜负责｜推进中／定期：每月5日前（本期7月5日，已反馈；已报1期，缺报0期）／最近反馈：1 已完成
    〔7月4日09:00〕
    周敏@督办群：/task@duban_bot 2
      → 督办群：第2项｜未启动（截至2019年7月4日（周四）09:00）／每季度末通报拖欠工程款清理情况。／定期：每季度末／负责 省住房城乡建设厅：未启动，每季度末待反馈；已报0期，缺报0期（6月3日：2 问题：数据未打通）
    "#);

    // What was missed is counted, and not asked for any more.
    talk.go_on(TimeDelta::days(61));
    talk.tick().await;
    talk.say(GROUP, LI, "/task@duban_bot 1").await;
    talk.say(GROUP, LI, "/tasks@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    〔9月3日09:00〕
      → 住建厅群：【工作提醒】省住房城乡建设厅　9月3日（周二）／定期反馈：／第1项 每月5日前报送新开工项目审批情况〔每月5日前〕：9月5日，还有2天；此前缺报1期；上次：推进中，7月3日／请回复本条写明进展，有困难请一并说明。［无变化］［推进中］［有困难］［已完成］
    李明@住建厅群：/task@duban_bot 1
      → 住建厅群：第1项／每月5日前报送新开工项目审批情况，持续压缩审批时间。／省住房城乡建设厅：第1项 每月5日前报送新开工项目审批情况｜负责｜推进中｜9月5日前反馈／定期：每月5日前（本期9月5日，待反馈；已报1期，缺报1期）／最近反馈：1 已完成
    李明@住建厅群：/tasks@duban_bot
      → 住建厅群：省住房城乡建设厅 任务 2 项，未办结 2 项：／第1项 每月5日前报送新开工项目审批情况｜负责｜推进中｜9月5日前反馈／第2项 每季度末通报拖欠工程款清理情况｜负责｜未启动｜9月30日前反馈／回复本条写明第几项和进展即可反馈。
    ");
    // A press says the same of the period that the digest named.
    talk.press(GROUP, LI, "已完成").await;
    talk.press(GROUP, LI, "撤回").await;
    talk.press(GROUP, LI, "无变化").await;
    talk.say(GROUP, LI, "/task@duban_bot 1").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群 点按［已完成］
      （浮窗）已登记。
      → 住建厅群：【工作提醒】省住房城乡建设厅　9月3日（周二）／定期反馈：／第1项 每月5日前报送新开工项目审批情况〔每月5日前〕：9月5日，还有2天；此前缺报1期；上次：推进中，7月3日／请回复本条写明进展，有困难请一并说明。／—— 李明 09-03 09:00 已完成
      → 住建厅群：第1项按每月5日前的本期任务登记。整项任务已完成的，请写明“整项已完成”。／已登记 第1项 每月5日前报送新开工项目审批情况：推进中［撤回］
      ≡ report_recorded
    李明@住建厅群 点按［撤回］
      → 住建厅群：第1项按每月5日前的本期任务登记。整项任务已完成的，请写明“整项已完成”。／已登记 第1项 每月5日前报送新开工项目审批情况：推进中／—— 李明 09-03 09:00 已撤回
      → 住建厅群：已撤回第1项的这次反馈，现为推进中。
      ≡ report_withdrawn
    李明@住建厅群 点按［无变化］
      （浮窗）已登记。
      → 住建厅群：已登记 第1项 每月5日前报送新开工项目审批情况：无变化，仍为推进中［撤回］
      ≡ report_revised
    李明@住建厅群：/task@duban_bot 1
      → 住建厅群：第1项／每月5日前报送新开工项目审批情况，持续压缩审批时间。／省住房城乡建设厅：第1项 每月5日前报送新开工项目审批情况｜负责｜推进中／定期：每月5日前（本期9月5日，已反馈；已报2期，缺报1期）／最近反馈：无变化
    ");
    let file = talk.office.path("all.json");
    talk.office.ask(&["export", file.to_str().expect("UTF-8")]);
    let all: Value = serde_json::from_slice(&std::fs::read(file).expect("the export")).expect("one JSON document");
    let duties = all["duties"].as_array().expect("duties").iter();
    let dates = duties.flat_map(|duty| duty["milestones"].as_array()).flatten();
    let rules: Vec<_> = dates.filter_map(|date| date["recurring"]["rule"]["period"].as_str()).collect();
    assert_eq!(rules, ["month", "quarter", "week"]);
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn the_whole_is_still_claimed_as_a_whole() {
    let mut talk = talk().await;
    talk.tick().await;
    talk.go_on(TimeDelta::days(30) - TimeDelta::hours(1));
    talk.tick().await;
    talk.take();
    talk.reply(GROUP, LI, "第1项整项已完成").await;
    talk.press(COORDINATORS, ZHOU, "第1项 同意办结").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：第1项整项已完成
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第1项 每月5日前报送新开工项目审批情况：提请办结／办结由督办员核定。［撤回］
      → 督办群：省住房城乡建设厅（李明）反馈：／第1项 每月5日前报送新开工项目审批情况：提请办结／原话：第1项整项已完成［第1项 同意办结］［第1项 退回］
      ≡ contact_registered
      ≡ report_recorded
    周敏@督办群 点按［第1项 同意办结］
      （浮窗）已同意办结。
      → 督办群：省住房城乡建设厅（李明）反馈：／第1项 每月5日前报送新开工项目审批情况：提请办结／原话：第1项整项已完成／—— 周敏 07-03 09:00 同意办结
      → 住建厅群：第1项 每月5日前报送新开工项目审批情况：督办员周敏于7月3日09:00同意办结。
      → 督办群：周敏 同意办结：第1项 每月5日前报送新开工项目审批情况（省住房城乡建设厅）
      ≡ claim_decided
    ");
    talk.office.ask(&["verify"]);
}
