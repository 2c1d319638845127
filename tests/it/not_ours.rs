//! What contacts say beside how a task stands: that it is another's, or that the answer comes later; and words that are about
//! several tasks at once.

use chrono::TimeDelta;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

async fn talk() -> Talk {
    let mut talk = Talk::with_unit().await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk
}

const STANDING: &str = "select task.number || ' ' || duty.status || ' ' || ifnull(duty.percent, '-') from duty \
    join task on task.id = duty.task_id join unit on unit.id = duty.unit_id \
    where unit.name = '省住房城乡建设厅' and duty.status <> 'not_started' order by task.id";

/// In how many of its duties the unit was not heard yet.
fn silent(talk: &Talk) -> i64 {
    let status = talk.office.ask_json(&["status", "--json"]);
    let units = status["units"].as_array().expect("units");
    let unit = units.iter().find(|unit| unit["unit"] == "省住房城乡建设厅").expect("the unit");
    unit["silent"].as_i64().expect("a number")
}

#[tokio::test]
async fn a_task_that_is_anothers_is_told_to_the_coordinators() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 5、7进度10%").await;
    talk.take();
    let silent_before = silent(&talk);
    talk.say(GROUP, LI, "/task@duban_bot 26").await;
    talk.take();
    talk.reply(GROUP, LI, "这项与我厅无关，请转省自然资源厅办理").await;
    // Which of two, it cannot be told.
    talk.reply_to("第7项", GROUP, LI, "不属我厅职责").await;
    talk.press(GROUP, LI, "第7项 压减生产许可和准入证").await;
    talk.say(COORDINATORS, ZHOU, "/history@duban_bot 26").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：这项与我厅无关，请转省自然资源厅办理
      → 住建厅群：已登记 第26项 压缩产权登记办理时间：不属本单位职责，已转告督办员，答复前仍由本单位负责。［撤回］
      → 督办群：省住房城乡建设厅（李明）表示第26项 压缩产权登记办理时间不属其职责。／原话：这项与我厅无关，请转省自然资源厅办理［第26项 转给…］［第26项 退回该单位］［第26项 取消］
      ≡ report_recorded
    李明@住建厅群：不属我厅职责
      → 住建厅群：请问不属本单位职责的是哪一项？点选后即转告督办员。［第5项 压缩工程项目审批时间］［第7项 压减生产许可和准入证］［以上全部］
      ≡ task_asked
    李明@住建厅群 点按［第7项 压减生产许可和准入证］
      → 住建厅群：请问不属本单位职责的是哪一项？点选后即转告督办员。／—— 李明 06-03 10:00 选定第7项
      → 督办群：省住房城乡建设厅（李明）表示第7项 压减生产许可和准入证不属其职责。／原话：不属我厅职责［第7项 转给…］［第7项 退回该单位］［第7项 取消］
      → 住建厅群：已登记 第7项 压减生产许可和准入证：不属本单位职责，已转告督办员，答复前仍由本单位负责。［撤回］
      ≡ question_closed
      ≡ report_recorded
    周敏@督办群：/history@duban_bot 26
      → 督办群：第26项 历次反馈（1 条）／2019年6月3日（周一）10:00 第26项 省住房城乡建设厅（李明）［不属本单位职责］这项与我厅无关，请转省自然资源厅办理
    ");
    assert_eq!(talk.rows(STANDING).await, ["5 in_progress 10", "7 in_progress 10"]);
    assert_eq!(silent(&talk), silent_before, "it is no report");

    // It is taken back, and said otherwise.
    talk.press(GROUP, LI, "撤回").await;
    talk.say(GROUP, LI, "/report@duban_bot 8 不属我厅职责").await;
    talk.edit("/report@duban_bot 8 已完成30%").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群 点按［撤回］
      → 督办群：省住房城乡建设厅（李明）表示第7项 压减生产许可和准入证不属其职责。／原话：不属我厅职责／—— 李明 06-03 10:00 已撤回
      → 住建厅群：已登记 第7项 压减生产许可和准入证：不属本单位职责，已转告督办员，答复前仍由本单位负责。／—— 李明 06-03 10:00 已撤回
      → 住建厅群：已撤回第7项的这次反馈，现为推进中10%。
      → 督办群：省住房城乡建设厅（李明）已撤回第7项 压减生产许可和准入证不属其职责的说法。
      ≡ report_withdrawn
    李明@住建厅群：/report@duban_bot 8 不属我厅职责
      → 住建厅群：已登记 第8项 落实市场准入负面清单：不属本单位职责，已转告督办员，答复前仍由本单位负责。［撤回］
      → 督办群：省住房城乡建设厅（李明）表示第8项 落实市场准入负面清单不属其职责。／原话：8 不属我厅职责［第8项 转给…］［第8项 退回该单位］［第8项 取消］
      ≡ report_recorded
    李明@住建厅群 改为：/report@duban_bot 8 已完成30%
      → 督办群：省住房城乡建设厅（李明）表示第8项 落实市场准入负面清单不属其职责。／原话：8 不属我厅职责／—— 李明 06-03 10:00 已撤回
      → 住建厅群：已按修改后的内容更新。／已登记 第8项 落实市场准入负面清单：推进中30%［撤回］
      → 督办群：省住房城乡建设厅（李明）已撤回第8项 落实市场准入负面清单不属其职责的说法。
      ≡ report_revised
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn an_answer_that_comes_later_is_no_progress() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 5、7进度10%").await;
    talk.take();
    talk.go_on(TimeDelta::days(1));
    let silent_before = silent(&talk);
    talk.reply(GROUP, LI, "稍后反馈").await;
    talk.say(GROUP, LI, "/report@duban_bot 26 稍后反馈").await;
    talk.say(GROUP, LI, "/task@duban_bot 5").await;
    talk.say(GROUP, LI, "/history@duban_bot 5").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：稍后反馈
      → 住建厅群：已登记 第5项、第7项：稍后反馈。已记下，下一工作日再提醒一次。［撤回］
      ≡ report_recorded
      ≡ report_recorded
      ≡ reminder_put_off
      ≡ reminder_put_off
    李明@住建厅群：/report@duban_bot 26 稍后反馈
      → 住建厅群：已登记 第26项 压缩产权登记办理时间：稍后反馈。已记下，下一工作日再提醒一次。［撤回］
      ≡ report_recorded
      ≡ reminder_put_off
    李明@住建厅群：/task@duban_bot 5
      → 住建厅群：第5项／压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。／省住房城乡建设厅：第5项 压缩工程项目审批时间｜牵头｜推进中10%｜6月30日到期／时限：2019年6月底前（6月30日）／最近反馈：5、7进度10%／其他单位进展（14 个单位）：／省直各部门（14个单位）：未启动 14
    李明@住建厅群：/history@duban_bot 5
      → 住建厅群：第5项 历次反馈（2 条）／2019年6月3日（周一）10:00 第5项 省住房城乡建设厅（李明）［推进中10%］5、7进度10%／2019年6月4日（周二）10:00 第5项 省住房城乡建设厅（李明）［稍后反馈］稍后反馈
    ");
    assert_eq!(silent(&talk), silent_before);
    let file = talk.office.path("all.json");
    talk.office.ask(&["export", file.to_str().expect("UTF-8")]);
    let all: serde_json::Value =
        serde_json::from_slice(&std::fs::read(file).expect("the export")).expect("one JSON document");
    let reports = all["duties"].as_array().expect("duties").iter().flat_map(|duty| duty["reports"].as_array());
    let asides: Vec<_> = reports.flatten().filter(|report| report["aside"] == "defer").collect();
    assert!(asides.len() == 3 && asides.iter().all(|aside| aside["status"].is_null()), "{asides:?}");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn a_claim_still_waits_beside_what_is_said_aside() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/done@duban_bot 5 已验收").await;
    talk.reply(GROUP, LI, "材料稍后报送").await;
    talk.press(COORDINATORS, ZHOU, "第5项 同意办结").await;
    assert_eq!(talk.rows(STANDING).await, ["5 done 100"]);
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/done@duban_bot 5 已验收
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 督办群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已验收［第5项 同意办结］［第5项 退回］
      ≡ contact_registered
      ≡ report_recorded
    李明@住建厅群：材料稍后报送
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：稍后反馈，不计为进展。［撤回］
      ≡ report_recorded
    周敏@督办群 点按［第5项 同意办结］
      （浮窗）已同意办结。
      → 督办群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已验收／—— 周敏 06-03 10:00 同意办结
      → 住建厅群：第5项 压缩工程项目审批时间：督办员周敏于6月3日10:00同意办结。
      → 督办群：周敏 同意办结：第5项 压缩工程项目审批时间（省住房城乡建设厅）
      ≡ claim_decided
    ");
}

#[tokio::test]
async fn one_tap_is_about_all_that_was_named() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 5、7进度10%").await;
    talk.take();
    talk.go_on(TimeDelta::days(1));
    talk.reply(GROUP, LI, "无变化").await;
    talk.press(GROUP, LI, "以上全部").await;
    talk.press_first(GROUP, LI, "以上全部").await;
    talk.reply(GROUP, LI, "撤回").await;
    talk.reply_to("第7项", GROUP, LI, "正常").await;
    talk.reply(GROUP, LI, "全部").await;
    // Nobody needs a tap where the words name all, or those that the unit leads.
    talk.reply(GROUP, LI, "均无变化").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：无变化
      → 住建厅群：请问这是哪一项的进展？点选后即登记。［第5项 压缩工程项目审批时间］［第7项 压减生产许可和准入证］［以上全部］
      ≡ task_asked
    李明@住建厅群 点按［以上全部］
      → 住建厅群：请问这是哪一项的进展？点选后即登记。／—— 李明 06-04 10:00 选定以上全部
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：无变化，仍为推进中10%／第7项 压减生产许可和准入证：无变化，仍为推进中10%［撤回］
      ≡ question_closed
      ≡ report_recorded
      ≡ report_recorded
    李明@住建厅群 点按［以上全部］
      （浮窗）这条反馈已经处理过了。
    李明@住建厅群：撤回
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：无变化，仍为推进中10%／第7项 压减生产许可和准入证：无变化，仍为推进中10%／—— 李明 06-04 10:00 已撤回
      → 住建厅群：已撤回第5、7项的这次反馈，现均为推进中10%。
      ≡ report_withdrawn
      ≡ report_withdrawn
    李明@住建厅群：正常
      → 住建厅群：请问这是哪一项的进展？点选后即登记。［第5项 压缩工程项目审批时间］［第7项 压减生产许可和准入证］［以上全部］
      ≡ task_asked
    李明@住建厅群：全部
      → 住建厅群：请问这是哪一项的进展？点选后即登记。／—— 李明 06-04 10:00 选定以上全部
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中／第7项 压减生产许可和准入证：推进中［撤回］
      ≡ question_closed
      ≡ report_recorded
      ≡ report_recorded
    李明@住建厅群：均无变化
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：无变化，仍为推进中10%／第7项 压减生产许可和准入证：无变化，仍为推进中10%［撤回］
      ≡ report_recorded
      ≡ report_recorded
    ");
    assert_eq!(talk.rows(STANDING).await, ["5 in_progress 10", "7 in_progress 10"]);
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn tasks_are_named_by_the_units_part_in_them() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/tasks@duban_bot").await;
    talk.take();
    talk.reply(GROUP, LI, "牵头任务均按计划推进").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：牵头任务均按计划推进
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：推进中／第26项 压缩产权登记办理时间：推进中［撤回］
      ≡ contact_registered
      ≡ report_recorded
      ≡ report_recorded
    ");
    let led = "select task.number || ' ' || duty.status || ' -' from duty join task on task.id = duty.task_id \
        join unit on unit.id = duty.unit_id where unit.name = '省住房城乡建设厅' and role = 'lead' order by task.id";
    let led = talk.rows(led).await;
    assert_eq!(talk.rows(STANDING).await, led);
    assert!(!led.is_empty() && led.iter().all(|task| task.ends_with("in_progress -")), "{led:?}");
}
