//! Which tasks a reply is about: 其余, numbers that are nobody's here, numbers with words that nobody understands.

use chrono::TimeDelta;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

const STANDING: &str = "select task.number || ' ' || duty.status from duty join task on task.id = duty.task_id \
    join unit on unit.id = duty.unit_id where unit.name = '省住房城乡建设厅' and duty.status <> 'not_started' \
    order by task.id";

#[tokio::test]
async fn the_rest_is_what_was_not_told_of() {
    let mut talk = Talk::with_unit().await;
    talk.say(GROUP, LI, "/report@duban_bot 5、7、26进度10%").await;
    talk.go_on(TimeDelta::days(1));
    talk.take();
    talk.reply(GROUP, LI, "5、7项均已完成").await;
    talk.reply_to_earlier(GROUP, LI, 1, "其余正常推进").await;
    // Now there is no rest: neither what is claimed nor what was told of today.
    talk.reply_to_earlier(GROUP, LI, 2, "其余受阻").await;
    talk.go_on(TimeDelta::days(1));
    talk.reply_to_earlier(GROUP, LI, 3, "其余受阻").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：5、7项均已完成
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：提请办结／第7项 压减生产许可和准入证：提请办结／办结由督办员核定。［撤回］
      ≡ report_recorded
      ≡ report_recorded
    李明@住建厅群：其余正常推进
      → 住建厅群：已登记 第26项 压缩产权登记办理时间：推进中［撤回］
      ≡ report_recorded
    李明@住建厅群：其余受阻
      → 住建厅群：请问这是哪一项的进展？点选后即登记。［第1项 清理省级行政许可事项］［第2项 查纠各种变相审批许可］［第3项 稳妥向县市下放管理…］［第6项 清理妨碍公平竞争的…］［第8项 落实市场准入负面清单］［第10项 规范职业资格许可…］［更多（共17项）］
      ≡ task_asked
    李明@住建厅群：其余受阻
      → 住建厅群：已登记 第26项 压缩产权登记办理时间：受阻［撤回］
      ≡ report_recorded
    ");
    assert_eq!(talk.rows(STANDING).await, ["5 claimed_done", "7 claimed_done", "26 blocked"]);
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn nothing_that_was_said_of_a_number_is_dropped() {
    let mut talk = Talk::with_unit().await;
    talk.say(GROUP, LI, "/task@duban_bot 5").await;
    talk.take();
    talk.reply(GROUP, LI, "5 进度60%，9 已完成").await;
    talk.reply(GROUP, LI, "/5 70%").await;
    talk.say(GROUP, LI, "/report@duban_bot 5 80%，7 那样子吧").await;
    talk.press(GROUP, LI, "受阻").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：5 进度60%，9 已完成
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／第9项不在省住房城乡建设厅的任务之列，未登记。发送 /tasks 查看。／已登记 第5项 压缩工程项目审批时间：推进中60%［撤回］
      ≡ contact_registered
      ≡ report_recorded
    李明@住建厅群：/5 70%
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中70%［撤回］
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 5 80%，7 那样子吧
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中80%［撤回］
      → 住建厅群：其中有一部分没有看懂，原话已留存，尚未登记。请点选“那样子吧”对第7项 压减生产许可和准入证的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ report_recorded
      ≡ meaning_asked
    李明@住建厅群 点按［受阻］
      → 住建厅群：其中有一部分没有看懂，原话已留存，尚未登记。请点选“那样子吧”对第7项 压减生产许可和准入证的含义，或重新回复写明进展。／—— 李明 06-03 10:00 选定第7项
      → 住建厅群：已登记 第7项 压减生产许可和准入证：受阻［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn no_progress_starts_nothing() {
    let mut talk = Talk::with_unit().await;
    talk.say(GROUP, LI, "/report@duban_bot 5 无进展").await;
    talk.say(GROUP, LI, "/report@duban_bot 5 60%").await;
    talk.say(GROUP, LI, "/report@duban_bot 5 暂无进展").await;
    talk.say(GROUP, LI, "/done@duban_bot 7").await;
    talk.say(GROUP, LI, "/report@duban_bot 7 本周没有新的进展").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/report@duban_bot 5 无进展
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：无变化，仍为未启动［撤回］
      ≡ contact_registered
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 5 60%
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中60%［撤回］
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 5 暂无进展
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：无变化，仍为推进中60%［撤回］
      ≡ report_recorded
    李明@住建厅群：/done@duban_bot 7
      → 住建厅群：已登记 第7项 压减生产许可和准入证：提请办结／办结由督办员核定。［撤回］
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 7 本周没有新的进展
      → 住建厅群：已登记 第7项 压减生产许可和准入证：无变化，仍为提请办结［撤回］
      ≡ report_recorded
    ");
    assert_eq!(talk.rows(STANDING).await, ["5 in_progress", "7 claimed_done"]);
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn numbers_by_command_are_those_of_tasks() {
    let mut talk = Talk::with_unit().await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.say(GROUP, LI, "/report@duban_bot 5、7项均已完成").await;
    // 其余 is asked about, and what was said of the others stands as it was said.
    talk.say(GROUP, LI, "/report@duban_bot 5、7 进度80%，26 受阻：经费未落实，其余正常推进").await;
    talk.press(GROUP, LI, "第8项 落实市场准入负面清单").await;
    talk.say(COORDINATORS, ZHOU, "/problems@duban_bot").await;
    // More time without a date asks for nothing, and is no progress.
    talk.say(GROUP, LI, "/extend@duban_bot 5 下个月 设备未到货").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/report@duban_bot 5、7项均已完成
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：提请办结／第7项 压减生产许可和准入证：提请办结／办结由督办员核定。［撤回］
      → 督办群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／第7项 压减生产许可和准入证：提请办结／原话：5、7项均已完成［第5项 同意办结］［第5项 退回］［第7项 同意办结］［第7项 退回］
      ≡ contact_registered
      ≡ report_recorded
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 5、7 进度80%，26 受阻：经费未落实，其余正常推进
      → 督办群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／第7项 压减生产许可和准入证：提请办结／原话：5、7项均已完成／—— 李明 06-03 10:00 已改报：第5项 省住房城乡建设厅／—— 李明 06-03 10:00 已改报：第7项 省住房城乡建设厅
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中80%／第7项 压减生产许可和准入证：推进中80%／第26项 压缩产权登记办理时间：受阻，问题：经费未落实／问题由督办员答复。［撤回］
      → 住建厅群：其余任务“正常推进”：请问是哪一项的进展？点选后即登记。［第1项 清理省级行政许可事项］［第2项 查纠各种变相审批许可］［第3项 稳妥向县市下放管理…］［第6项 清理妨碍公平竞争的…］［第8项 落实市场准入负面清单］［第10项 规范职业资格许可…］［更多（共17项）］
      → 督办群：省住房城乡建设厅（李明）反馈：／第26项 压缩产权登记办理时间：受阻，问题：经费未落实／原话：受阻：经费未落实［第26项 答复］
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
      ≡ task_asked
    李明@住建厅群 点按［第8项 落实市场准入负面清单］
      → 住建厅群：其余任务“正常推进”：请问是哪一项的进展？点选后即登记。／—— 李明 06-03 10:00 选定第8项
      → 住建厅群：已登记 第8项 落实市场准入负面清单：推进中［撤回］
      ≡ question_closed
      ≡ report_recorded
    周敏@督办群：/problems@duban_bot
      → 督办群：待答复的问题 1 个（截至2019年6月3日（周一）10:00）／第26项 压缩产权登记办理时间｜省住房城乡建设厅（6月3日）：经费未落实［第26项 答复］
    李明@住建厅群：/extend@duban_bot 5 下个月 设备未到货
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：申请延期至7月31日（原时限6月30日）／延期待督办员核准，核准前仍按原时限（6月30日）执行。［撤回］
      → 督办群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：申请延期至7月31日（原时限6月30日）／原话：5 下个月 设备未到货［第5项 同意延期］［第5项 不同意］
      ≡ report_recorded
    ");
    assert_eq!(talk.rows(STANDING).await, ["5 in_progress", "7 in_progress", "8 in_progress", "26 blocked"]);
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn what_was_said_of_one_number_is_not_recorded_of_another() {
    let mut talk = Talk::with_unit().await;
    let file = talk.office.path("second.txt");
    std::fs::write(&file, SECOND_PLAN).expect("written");
    talk.office.ask(&["plan", "import", file.to_str().expect("UTF-8")]);
    talk.say(GROUP, LI, "/report@duban_bot 5 已完成，7 受阻：经费未落实，其余正常推进").await;
    talk.press(GROUP, LI, "住房保障第5项 推进公租房线上申请").await;
    talk.say(GROUP, LI, "/step@duban_bot 5 7月10日 完成联调").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/report@duban_bot 5 已完成，7 受阻：经费未落实，其余正常推进
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／本条中第7项“受阻：经费未落实”、其余任务“正常推进”尚未登记，随后逐项询问。／第5项“已完成”：请问是哪一项的进展？点选后即登记。［深化“放管…第5项 压缩工程项目审批时间］［住房保障第5项 推进公租房线上申请］
      ≡ contact_registered
      ≡ task_asked
    李明@住建厅群 点按［住房保障第5项 推进公租房线上申请］
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／本条中第7项“受阻：经费未落实”、其余任务“正常推进”尚未登记，随后逐项询问。／第5项“已完成”：请问是哪一项的进展？点选后即登记。／—— 李明 06-03 10:00 选定第5项
      → 住建厅群：已登记 《住房保障》第5项 推进公租房线上申请：提请办结／办结由督办员核定。［撤回］
      → 住建厅群：第7项“受阻：经费未落实”：请问是哪一项的进展？点选后即登记。［深化“放管…第7项 压减生产许可和准入证］［住房保障第7项 完善住房公积金异地转移］
      ≡ task_asked
      ≡ report_recorded
    李明@住建厅群：/step@duban_bot 5 7月10日 完成联调
      → 住建厅群：未登记：请写明是哪一项，例如“/step 5 9月15日 完成系统联调”；编号相同的，请回复 /task 所示的该项任务。／· 《深化“放管服”改革转变政府职能》第5项 压缩工程项目审批时间／· 《住房保障》第5项 推进公租房线上申请
    ");
    talk.office.ask(&["verify"]);
}

const SECOND_PLAN: &str = "住房保障工作要点
5.推进公租房线上申请，2019年9月底前上线。（省住房城乡建设厅负责）
7.完善住房公积金异地转移，2019年12月底前完成。（省住房城乡建设厅负责）
";
