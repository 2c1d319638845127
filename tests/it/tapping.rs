//! Reports in one tap, by the buttons below a digest.

use chrono::TimeDelta;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

const POLICE: i64 = -500;
const WANG: i64 = 12;
const GUEST: i64 = 13;

/// 省公安厅 and its digest of Friday 28 June, which names one task.
async fn one_task() -> Talk {
    let names = [(POLICE, "省公安厅群"), (COORDINATORS, "督办群"), (WANG, "王芳"), (GUEST, "路人"), (ZHOU, "周敏")];
    let mut talk = Talk::begin("06-26 09:00:00", &names).await;
    talk.bind(POLICE, WANG, "省公安厅").await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.say(POLICE, WANG, "/report@duban_bot 5 30%").await;
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    talk.take();
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    talk
}

#[tokio::test]
async fn a_tap_is_a_report_and_can_be_taken_back() {
    let mut talk = one_task().await;
    talk.press(POLICE, GUEST, "推进中").await;
    let again = talk.data_of(POLICE, "已完成");
    talk.press(POLICE, WANG, "推进中").await;
    talk.press_as_sent(again.clone(), WANG).await;
    talk.press(POLICE, WANG, "撤回").await;
    talk.press_as_sent(again, WANG).await;
    insta::assert_snapshot!(talk.take(), @r#"
    〔6月28日09:00〕
      → 省公安厅群：【工作提醒】省公安厅　6月28日（周五）／临近到期：／第5项 压缩工程项目审批时间：6月30日，还有2天；上次：推进中30%，6月26日／请回复本条写明进展，有困难请一并说明。／请 <a href="tg://user?id=12">@王芳</a> 关注。［无变化］［推进中］［有困难］［已完成］
    路人@省公安厅群 点按［推进中］
      （浮窗）您尚未登记为联络员，本次点按已留存，登记后补登。
      → 省公安厅群：路人 尚未登记为省公安厅联络员，反馈已留存，尚未登记。如由您负责反馈，请点按申请，确认后补登。［申请登记］
      ≡ words_kept_unheard
    王芳@省公安厅群 点按［推进中］
      （浮窗）已登记。
      → 省公安厅群：【工作提醒】省公安厅　6月28日（周五）／临近到期：／第5项 压缩工程项目审批时间：6月30日，还有2天；上次：推进中30%，6月26日／请回复本条写明进展，有困难请一并说明。／请 <a href="tg://user?id=12">@王芳</a> 关注。／—— 王芳 06-28 09:00 推进中
      → 省公安厅群：已登记 第5项 压缩工程项目审批时间：推进中［撤回］
      ≡ report_recorded
    王芳@省公安厅群 点按旧的或伪造的按钮
      （浮窗）这条反馈已经处理过了。
    王芳@省公安厅群 点按［撤回］
      → 省公安厅群：已登记 第5项 压缩工程项目审批时间：推进中／—— 王芳 06-28 09:00 已撤回
      → 省公安厅群：已撤回第5项的这次反馈，现为推进中30%。
      ≡ report_withdrawn
    王芳@省公安厅群 点按旧的或伪造的按钮
      （浮窗）已登记。
      → 省公安厅群：已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 督办群：省公安厅（王芳）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：已完成［第5项 同意办结］［第5项 退回］
      ≡ report_revised
    "#);
    assert_eq!(talk.office.verified()["ledger"]["ok"], true);
}

#[tokio::test]
async fn a_difficulty_is_told_in_words() {
    let mut talk = one_task().await;
    talk.press(POLICE, WANG, "有困难").await;
    talk.reply(POLICE, WANG, "县里到底听谁的").await;
    talk.edit("县里到底听谁的，一直没定").await;
    talk.press(POLICE, WANG, "有困难").await;
    talk.reply(POLICE, WANG, "资金没到位，进度40%").await;
    insta::assert_snapshot!(talk.take(), @r#"
    〔6月28日09:00〕
      → 省公安厅群：【工作提醒】省公安厅　6月28日（周五）／临近到期：／第5项 压缩工程项目审批时间：6月30日，还有2天；上次：推进中30%，6月26日／请回复本条写明进展，有困难请一并说明。／请 <a href="tg://user?id=12">@王芳</a> 关注。［无变化］［推进中］［有困难］［已完成］
    王芳@省公安厅群 点按［有困难］
      （浮窗）请说明困难。
      → 省公安厅群：第5项 压缩工程项目审批时间：请回复本条，说明困难和需要协调的事项。
    王芳@省公安厅群：县里到底听谁的
      → 省公安厅群：已登记 第5项 压缩工程项目审批时间：问题：县里到底听谁的／问题由督办员答复。［撤回］
      → 督办群：省公安厅（王芳）反馈：／第5项 压缩工程项目审批时间：问题：县里到底听谁的／原话：县里到底听谁的［第5项 答复］
      ≡ report_recorded
    王芳@省公安厅群 改为：县里到底听谁的，一直没定
      → 督办群：省公安厅（王芳）反馈：／第5项 压缩工程项目审批时间：问题：县里到底听谁的／原话：县里到底听谁的／—— 王芳 06-28 09:00 已撤回
      → 省公安厅群：已按修改后的内容更新。／已登记 第5项 压缩工程项目审批时间：问题：县里到底听谁的，一直没定／问题由督办员答复。［撤回］
      → 督办群：省公安厅（王芳）反馈：／第5项 压缩工程项目审批时间：问题：县里到底听谁的，一直没定／原话（6月28日09:00修改）：县里到底听谁的，一直没定［第5项 答复］
      ≡ report_revised
    王芳@省公安厅群 点按［有困难］
      （浮窗）请说明困难。
      → 省公安厅群：第5项 压缩工程项目审批时间：请回复本条，说明困难和需要协调的事项。
    王芳@省公安厅群：资金没到位，进度40%
      → 省公安厅群：已登记 第5项 压缩工程项目审批时间：推进中40%，问题：资金没到位／问题由督办员答复。［撤回］
      → 督办群：省公安厅（王芳）反馈：／第5项 压缩工程项目审批时间：推进中40%，问题：资金没到位／原话：资金没到位，进度40%［第5项 答复］
      ≡ report_recorded
    "#);
    assert_eq!(talk.office.verified()["ledger"]["ok"], true);
}

#[tokio::test]
async fn several_tasks_are_unchanged_in_one_tap() {
    let mut talk = Talk::with_unit().await;
    // Nobody has reported yet, so who taps becomes the contact.
    talk.go_on(TimeDelta::days(22) + TimeDelta::hours(23));
    talk.tick().await;
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    talk.press(GROUP, LI, "全部无变化").await;
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    talk.press(GROUP, LI, "撤回").await;
    insta::assert_snapshot!(talk.take(), @r#"
    〔6月26日09:00〕
    〔6月27日09:00〕
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月27日（周四）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有3天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有3天／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。［全部无变化］［逐项填报］
    李明@住建厅群 点按［全部无变化］
      （浮窗）已登记。
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月27日（周四）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有3天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有3天／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／—— 李明 06-27 09:00 全部无变化
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：无变化，仍为未启动／第26项 压缩产权登记办理时间：无变化，仍为未启动［撤回］
      ≡ contact_registered
      ≡ report_recorded
      ≡ report_recorded
    〔6月28日09:00〕
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月28日（周五）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有2天；上次：未启动，6月27日／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有2天；上次：未启动，6月27日／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／请 <a href="tg://user?id=11">@李明</a> 关注。［全部无变化］［逐项填报］
    李明@住建厅群 点按［撤回］
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：无变化，仍为未启动／第26项 压缩产权登记办理时间：无变化，仍为未启动／—— 李明 06-28 09:00 已撤回
      → 住建厅群：已撤回第5、26项的这次反馈，现均为未启动。
      ≡ report_withdrawn
      ≡ report_withdrawn
    "#);
    assert_eq!(talk.office.verified()["ledger"]["ok"], true);
}

const TWO_DATES_EACH: &str = "测绘工作要点
一、重点任务
1.修订规程，2019年6月底前完成初稿，2019年12月底前印发。（省自然资源厅负责）
2.更新底图，2019年6月底前完成采集，2019年12月底前发布。（省自然资源厅负责）
";

#[tokio::test]
async fn what_two_taps_ask_is_asked_one_after_the_other() {
    let names = [(GROUP, "本单位群"), (COORDINATORS, "督办群"), (LI, "李明"), (ZHOU, "周敏")];
    let mut talk = Talk::begin("12-30 08:00:00", &names).await;
    let file = talk.office.path("dates.txt");
    std::fs::write(&file, TWO_DATES_EACH).expect("written");
    talk.office.ask(&["plan", "close", "1"]);
    talk.office.ask(&["plan", "import", file.to_str().expect("UTF-8")]);
    talk.bind(GROUP, LI, "省自然资源厅").await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    // The bot's first look.
    talk.tick().await;
    talk.go_on(TimeDelta::hours(1));
    talk.tick().await;
    talk.press(GROUP, LI, "逐项填报").await;
    talk.take();
    talk.press(GROUP, LI, "已完成").await;
    talk.press(GROUP, LI, "已完成").await;
    talk.press(GROUP, LI, "2019年6月底前").await;
    talk.press(GROUP, LI, "整项办结").await;
    let said = talk.take();
    let shown = said.lines().filter(|line| !line.contains("【工作提醒】")).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(shown, @"
    李明@本单位群 点按［已完成］
      （浮窗）请选定完成的是哪个时限。
      → 本单位群：李明 已成为省自然资源厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／第1项 修订规程：有多个时限，请问完成的是哪一个？点选后即登记。［2019年6月底前］［2019年12月底前］［整项办结］
      ≡ contact_registered
      ≡ task_asked
    李明@本单位群 点按［已完成］
      （浮窗）请先选定第1项完成的是哪个时限，随后再问第2项。
      ≡ task_asked
    李明@本单位群 点按［2019年6月底前］
      → 本单位群：李明 已成为省自然资源厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／第1项 修订规程：有多个时限，请问完成的是哪一个？点选后即登记。／—— 李明 12-30 09:00 选定2019年6月底前
      → 督办群：省自然资源厅（李明）反馈：／第1项 修订规程：逾期反馈，提请办结（2019年6月底前）／原话：已完成［第1项 同意（该时限）］［第1项 整项办结］［第1项 退回］
      → 本单位群：已登记 第1项 修订规程：逾期反馈，提请办结（2019年6月底前）／办结由督办员核定。／其余时限照常提醒。［撤回］
      → 本单位群：第2项 更新底图：有多个时限，请问完成的是哪一个？点选后即登记。［2019年6月底前］［2019年12月底前］［整项办结］
      ≡ task_asked
      ≡ report_recorded
    李明@本单位群 点按［整项办结］
      → 本单位群：第2项 更新底图：有多个时限，请问完成的是哪一个？点选后即登记。／—— 李明 12-30 09:00 选定整项
      → 督办群：省自然资源厅（李明）反馈：／第2项 更新底图：逾期反馈，提请办结（整项）／原话：已完成［第2项 同意办结］［第2项 退回］
      → 本单位群：已登记 第2项 更新底图：逾期反馈，提请办结（整项）／办结由督办员核定。［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
    talk.holds();
}
