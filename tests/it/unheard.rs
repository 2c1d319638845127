//! 补: what a colleague reports before being registered is kept, and recorded once they are.

use chrono::TimeDelta;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

const WANG: i64 = 12;

#[tokio::test]
async fn what_a_colleague_reported_before_is_recorded_once_registered() {
    let names = [(GROUP, "住建厅群"), (LI, "李明"), (WANG, "王芳"), (COORDINATORS, "督办群"), (ZHOU, "周敏")];
    let mut talk = Talk::begin("06-03 10:00:00", &names).await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.bind(GROUP, LI, "省住房城乡建设厅").await;
    talk.say(GROUP, LI, "/report@duban_bot 5 进度10%").await;
    talk.say(GROUP, LI, "/task@duban_bot 5").await;
    talk.take();
    talk.reply(GROUP, WANG, "进度30%，系统已试运行").await;
    talk.go_on(TimeDelta::days(1));
    talk.say(GROUP, WANG, "/report@duban_bot 26 推进中20%").await;
    talk.edit("/report@duban_bot 26 推进中25%").await;
    // A question and thanks are no report.
    talk.reply_to("第5项", GROUP, WANG, "有几项逾期").await;
    talk.go_on(TimeDelta::days(1));
    talk.press(GROUP, WANG, "申请登记").await;
    talk.press(GROUP, LI, "同意登记").await;
    talk.say(GROUP, LI, "/history@duban_bot 5").await;
    insta::assert_snapshot!(talk.take(), @"
    王芳@住建厅群：进度30%，系统已试运行
      → 住建厅群：王芳 尚未登记为省住房城乡建设厅联络员，反馈已留存，尚未登记。如由您负责反馈，请点按申请，确认后补登。［申请登记］
      ≡ words_kept_unheard
    王芳@住建厅群：/report@duban_bot 26 推进中20%
      → 住建厅群：王芳 尚未登记为省住房城乡建设厅联络员，反馈已留存，尚未登记。如由您负责反馈，请点按申请，确认后补登。［申请登记］
      ≡ words_kept_unheard
    王芳@住建厅群 改为：/report@duban_bot 26 推进中25%
      ≡ words_kept_unheard
    王芳@住建厅群：有几项逾期
      → 住建厅群：省住房城乡建设厅没有逾期任务。
    王芳@住建厅群 点按［申请登记］
      （浮窗）已提出申请。
      → 住建厅群：王芳 申请登记为省住房城乡建设厅联络员，请现有联络员或督办员确认。［同意登记］
      → 督办群：王芳 申请登记为省住房城乡建设厅联络员，请现有联络员或督办员确认。［同意登记］
      ≡ contact_asked
    李明@住建厅群 点按［同意登记］
      （浮窗）已登记。
      → 督办群：王芳 申请登记为省住房城乡建设厅联络员，请现有联络员或督办员确认。／—— 李明 06-05 10:00 同意登记
      → 住建厅群：王芳 申请登记为省住房城乡建设厅联络员，请现有联络员或督办员确认。／—— 李明 06-05 10:00 同意登记
      → 住建厅群：王芳 已登记为本单位联络员，此前留存的 2 条反馈现予补登。需要私聊抄送提醒的，可发送 /private@duban_bot。
      → 住建厅群：（补）登记前留存的反馈：／已登记 第5项 压缩工程项目审批时间：推进中30%［撤回］
      → 住建厅群：（补）登记前留存的反馈：／已登记 第26项 压缩产权登记办理时间：推进中25%［撤回］
      ≡ contact_registered
      ≡ report_recorded
      ≡ report_recorded
    李明@住建厅群：/history@duban_bot 5
      → 住建厅群：第5项 历次反馈（2 条）／2019年6月3日（周一）10:00 第5项 省住房城乡建设厅（李明）［推进中10%］5 进度10%／2019年6月3日（周一）10:00 第5项 省住房城乡建设厅（王芳）［推进中30%］进度30%，系统已试运行（补）
    ");
    talk.office.ask(&["verify"]);
    let said = "select report.reported_at || ' ' || made_up || ' ' || percent from report
                join report_version on report_id = report.id order by report.id";
    insta::assert_snapshot!(talk.rows(said).await.join("\n"), @"
    2019-06-03T02:00:00+00:00 0 10
    2019-06-03T02:00:00+00:00 1 30
    2019-06-04T02:00:00+00:00 1 25
    ");
}

#[tokio::test]
async fn taps_wait_too_and_what_comes_later_is_seen() {
    let names = [(GROUP, "住建厅群"), (LI, "李明"), (WANG, "王芳"), (COORDINATORS, "督办群"), (ZHOU, "周敏")];
    let mut talk = Talk::begin("06-27 10:00:00", &names).await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.bind(GROUP, LI, "省住房城乡建设厅").await;
    talk.say(GROUP, LI, "/report@duban_bot 26 进度10%").await;
    talk.tick().await;
    talk.go_on(TimeDelta::hours(23));
    talk.tick().await;
    talk.take();
    talk.press(GROUP, WANG, "全部无变化").await;
    talk.press(GROUP, WANG, "全部无变化").await;
    talk.reply_to("工作提醒", GROUP, WANG, "第5项进度30%").await;
    talk.attach_to("工作提醒", GROUP, WANG, "第5项进度40%，见附件").await;
    talk.press(GROUP, WANG, "逐项填报").await;
    talk.go_on(TimeDelta::hours(1));
    talk.press(GROUP, WANG, "申请登记").await;
    talk.press(GROUP, LI, "同意登记").await;
    insta::assert_snapshot!(talk.take(), @r#"
    王芳@住建厅群 点按［全部无变化］
      （浮窗）您尚未登记为联络员，本次点按已留存，登记后补登。
      → 住建厅群：王芳 尚未登记为省住房城乡建设厅联络员，反馈已留存，尚未登记。如由您负责反馈，请点按申请，确认后补登。［申请登记］
      ≡ words_kept_unheard
    王芳@住建厅群 点按［全部无变化］
      （浮窗）您尚未登记为联络员，本次点按已留存，登记后补登。
      ≡ words_kept_unheard
    王芳@住建厅群：第5项进度30%
      → 住建厅群：〔表示收悉〕
      ≡ words_kept_unheard
    王芳@住建厅群：第5项进度40%，见附件
      → 住建厅群：〔表示收悉〕
      ≡ words_kept_unheard
    王芳@住建厅群 点按［逐项填报］
      （浮窗）仅本单位联络员可以操作。
    王芳@住建厅群 点按［申请登记］
      （浮窗）已提出申请。
      → 住建厅群：王芳 申请登记为省住房城乡建设厅联络员，请现有联络员或督办员确认。［同意登记］
      → 督办群：王芳 申请登记为省住房城乡建设厅联络员，请现有联络员或督办员确认。［同意登记］
      ≡ contact_asked
    李明@住建厅群 点按［同意登记］
      （浮窗）已登记。
      → 督办群：王芳 申请登记为省住房城乡建设厅联络员，请现有联络员或督办员确认。／—— 李明 06-28 10:00 同意登记
      → 住建厅群：王芳 申请登记为省住房城乡建设厅联络员，请现有联络员或督办员确认。／—— 李明 06-28 10:00 同意登记
      → 住建厅群：王芳 已登记为本单位联络员，此前留存的 4 条反馈现予补登。需要私聊抄送提醒的，可发送 /private@duban_bot。
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月28日（周五）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有2天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有2天；上次：推进中10%，6月27日／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／请 <a href="tg://user?id=11">@李明</a> 关注。／—— 王芳 06-28 09:00 全部无变化
      → 住建厅群：（补）登记前留存的反馈：／已登记 第5项 压缩工程项目审批时间：无变化，仍为未启动／第26项 压缩产权登记办理时间：无变化，仍为推进中10%［撤回］
      → 住建厅群：（补）登记前留存的反馈：／已登记 第5项 压缩工程项目审批时间：推进中30%［撤回］
      → 住建厅群：（补）登记前留存的反馈：／已登记 第5项 压缩工程项目审批时间：推进中40%／附件已留存。［撤回］
      ≡ contact_registered
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
    "#);
    talk.office.ask(&["verify"]);
    let said = "select report.reported_at || ' ' || made_up || ' ' || coalesce(percent, '-') from report
                join report_version on report_id = report.id order by report.id";
    insta::assert_snapshot!(talk.rows(said).await.join("\n"), @"
    2019-06-27T02:00:00+00:00 0 10
    2019-06-28T01:00:00+00:00 1 -
    2019-06-28T01:00:00+00:00 1 -
    2019-06-28T01:00:00+00:00 1 30
    2019-06-28T01:00:00+00:00 1 40
    ");
}
