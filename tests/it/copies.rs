//! 私聊抄送: a contact has the unit's digests in private as well, and what is answered there is shown in the group.

use chrono::TimeDelta;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

const WANG: i64 = 12;
const OTHER_GROUP: i64 = -500;

/// The contact of 省住房城乡建设厅, who has switched copies on; Wednesday 26 June 2019, 09:00.
async fn copied() -> Talk {
    let mut talk = Talk::with_unit().await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.say(GROUP, LI, "/report@duban_bot 26 10%").await;
    talk.say(LI, LI, "/private").await;
    talk.go_on(TimeDelta::days(22) + TimeDelta::hours(23));
    talk.tick().await;
    talk.take();
    talk
}

#[tokio::test]
async fn copies_are_switched_on_and_off_by_the_contact() {
    let mut talk = Talk::with_unit().await;
    talk.rename(WANG, "王芳");
    talk.say(GROUP, LI, "/report@duban_bot 26 10%").await;
    talk.say(GROUP, WANG, "/private@duban_bot").await;
    talk.say(GROUP, LI, "/private@duban_bot").await;
    let unit = talk.rows("select cast(id as text) from unit where name = '省住房城乡建设厅'").await.remove(0);
    talk.say(WANG, WANG, &format!("/start private-{unit}")).await;
    talk.say(LI, LI, &format!("/start private-{unit}")).await;
    talk.say(LI, LI, &format!("/start private-{unit}")).await;
    talk.edit("/private").await;
    talk.say(GROUP, LI, "/private@duban_bot").await;
    talk.say(GROUP, LI, "/private@duban_bot").await;
    talk.say(LI, LI, "/private").await;
    insta::assert_snapshot!(talk.take(), @r#"
    李明@住建厅群：/report@duban_bot 26 10%
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第26项 压缩产权登记办理时间：推进中10%［撤回］
      ≡ contact_registered
      ≡ report_recorded
    王芳@住建厅群：/private@duban_bot
      → 住建厅群：仅本单位联络员可以操作。
    李明@住建厅群：/private@duban_bot
      → 住建厅群：我还不能向您发私聊消息。请点开 <a href="https://t.me/duban_bot?start=private-11">与我的私聊</a> 并点按“开始”，私聊抄送随即开启。
    王芳@王芳：/start private-11
      → 王芳：仅本单位联络员可以操作。
    李明@李明：/start private-11
      → 李明：已开启私聊抄送：省住房城乡建设厅的工作提醒同时发到 李明 的私聊。在私聊里反馈同样有效，并显示在本单位群的提醒下。再次发送 /private 即关闭。
      ≡ private_copies_begun
    李明@李明：/start private-11
      → 李明：省住房城乡建设厅的私聊抄送已经开启。
    李明@李明 改为：/private
    李明@住建厅群：/private@duban_bot
      → 住建厅群：已关闭 李明 的私聊抄送，省住房城乡建设厅的提醒只发本单位群。
      ≡ private_copies_ended
    李明@住建厅群：/private@duban_bot
      → 住建厅群：已开启私聊抄送：省住房城乡建设厅的工作提醒同时发到 李明 的私聊。在私聊里反馈同样有效，并显示在本单位群的提醒下。再次发送 /private@duban_bot 即关闭。
      ≡ private_copies_begun
    李明@李明：/private
      → 李明：已关闭 李明 的私聊抄送，省住房城乡建设厅的提醒只发本单位群。
      ≡ private_copies_ended
    "#);
    assert_eq!(talk.office.verified()["ledger"]["ok"], true);
}

#[tokio::test]
async fn what_is_answered_in_a_copy_counts_and_is_shown_in_the_group() {
    let mut talk = copied().await;
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    talk.reply(LI, LI, "5 进度40%，26 进度60%").await;
    talk.press(LI, LI, "撤回").await;
    talk.press(LI, LI, "全部无变化").await;
    talk.reply_to("工作提醒", LI, LI, "收到").await;
    talk.say(COORDINATORS, ZHOU, "/read@duban_bot").await;
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    insta::assert_snapshot!(talk.take(), @r#"
    〔6月27日09:00〕
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月27日（周四）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有3天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有3天；上次：推进中10%，6月3日／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。［全部无变化］［逐项填报］
      → 李明：【工作提醒】省住房城乡建设厅　6月27日（周四）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有3天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有3天；上次：推进中10%，6月3日／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／（抄送，可直接在此反馈）［全部无变化］［逐项填报］
    李明@李明：5 进度40%，26 进度60%
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月27日（周四）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有3天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有3天；上次：推进中10%，6月3日／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／—— 李明 06-27 09:00 私聊反馈：第5项：推进中40%；第26项：推进中60%［全部无变化］［逐项填报］
      → 李明：已登记 第5项 压缩工程项目审批时间：推进中40%／第26项 压缩产权登记办理时间：推进中60%［撤回］
      ≡ report_recorded
      ≡ report_recorded
    李明@李明 点按［撤回］
      → 李明：已登记 第5项 压缩工程项目审批时间：推进中40%／第26项 压缩产权登记办理时间：推进中60%／—— 李明 06-27 09:00 已撤回
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月27日（周四）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有3天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有3天；上次：推进中10%，6月3日／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／—— 李明 06-27 09:00 私聊反馈：第5项：推进中40%；第26项：推进中60%／—— 李明 06-27 09:00 私聊撤回：第5、26项［全部无变化］［逐项填报］
      → 李明：已撤回第5、26项的这次反馈，现分别为未启动、推进中10%。
      ≡ report_withdrawn
      ≡ report_withdrawn
    李明@李明 点按［全部无变化］
      （浮窗）已登记。
      → 李明：【工作提醒】省住房城乡建设厅　6月27日（周四）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有3天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有3天；上次：推进中10%，6月3日／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／（抄送，可直接在此反馈）／—— 李明 06-27 09:00 全部无变化
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月27日（周四）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有3天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有3天；上次：推进中10%，6月3日／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／—— 李明 06-27 09:00 私聊反馈：第5项：推进中40%；第26项：推进中60%／—— 李明 06-27 09:00 私聊撤回：第5、26项／—— 李明 06-27 09:00 私聊反馈：第5项：无变化，仍为未启动；第26项：无变化，仍为推进中10%［全部无变化］［逐项填报］
      → 李明：已登记 第5项 压缩工程项目审批时间：无变化，仍为未启动／第26项 压缩产权登记办理时间：无变化，仍为推进中10%［撤回］
      ≡ report_recorded
      ≡ report_recorded
    李明@李明：收到
      → 李明：〔表示收悉〕
      ≡ receipt_noted
    周敏@督办群：/read@duban_bot
      → 督办群：最近一次提醒发往 1 个单位，1 个已签收或反馈／省住房城乡建设厅（6月27日提醒）：李明 6月27日09:00 收到，已反馈
    〔6月28日09:00〕
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月28日（周五）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有2天；上次：未启动，6月27日／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有2天；上次：推进中10%，6月27日／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／请 <a href="tg://user?id=11">@李明</a> 关注。［全部无变化］［逐项填报］
      → 李明：【工作提醒】省住房城乡建设厅　6月28日（周五）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有2天；上次：未启动，6月27日／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有2天；上次：推进中10%，6月27日／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／请 <a href="tg://user?id=11">@李明</a> 关注。／（抄送，可直接在此反馈）［全部无变化］［逐项填报］
    "#);
    assert_eq!(talk.office.verified()["ledger"]["ok"], true);
    assert_eq!(
        talk.office.verified()["records"].as_array().map(|all| all.iter().all(|one| one["ok"] == true)),
        Some(true)
    );
}

#[tokio::test]
async fn who_blocks_the_bot_has_no_copies_and_the_group_is_told_once() {
    let mut talk = copied().await;
    talk.blocked_by.insert(LI);
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    talk.blocked_by.clear();
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    talk.say(LI, LI, "/private").await;
    talk.go_on(TimeDelta::days(3));
    talk.tick().await;
    insta::assert_snapshot!(talk.take(), @r#"
    〔6月27日09:00〕
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月27日（周四）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有3天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有3天；上次：推进中10%，6月3日／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。［全部无变化］［逐项填报］
    〔6月28日09:00〕
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月28日（周五）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有2天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有2天；上次：推进中10%，6月3日／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／请 <a href="tg://user?id=11">@李明</a> 关注。／李明 已停用与我的私聊，私聊抄送停止。［全部无变化］［逐项填报］
    李明@李明：/private
      → 李明：已开启私聊抄送：省住房城乡建设厅的工作提醒同时发到 李明 的私聊。在私聊里反馈同样有效，并显示在本单位群的提醒下。再次发送 /private 即关闭。
      ≡ private_copies_begun
    〔7月1日09:00〕
      → 住建厅群：【工作提醒】省住房城乡建设厅　7月1日（周一）／已到期未办结：／第5项 压缩工程项目审批时间（牵头）：6月30日，已逾期1天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，已逾期1天；上次：推进中10%，6月3日／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／请 <a href="tg://user?id=11">@李明</a> 关注。［全部无变化］［逐项填报］
      → 李明：【工作提醒】省住房城乡建设厅　7月1日（周一）／已到期未办结：／第5项 压缩工程项目审批时间（牵头）：6月30日，已逾期1天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，已逾期1天；上次：推进中10%，6月3日／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／请 <a href="tg://user?id=11">@李明</a> 关注。／（抄送，可直接在此反馈）［全部无变化］［逐项填报］
    "#);
    assert_eq!(talk.office.verified()["ledger"]["ok"], true);
}

#[tokio::test]
async fn a_former_contact_gets_no_copy_not_even_one_that_waits() {
    let mut talk = copied().await;
    // A digest that is written before the sending hours waits.
    talk.say(COORDINATORS, ZHOU, "/policy@duban_bot digest 0 7 * * *").await;
    talk.press(COORDINATORS, ZHOU, "确认修改").await;
    talk.go_on(TimeDelta::hours(22));
    talk.tick().await;
    talk.say(GROUP, LI, "/leave@duban_bot").await;
    talk.go_on(TimeDelta::hours(2));
    talk.tick().await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/policy@duban_bot digest 0 7 * * *
      → 督办群：拟将“每日提醒的发出时间（工作日）”改为 每个工作日7:00。／接下来五次：2019年6月27日（周四）07:00，2019年6月28日（周五）07:00，2019年7月1日（周一）07:00，2019年7月2日（周二）07:00，2019年7月3日（周三）07:00。遇休息日按规则处理。／注意：每日提醒定在7:00，不在可主动发消息的时段 08:00-20:00 之内，届时不会发出，改在当天08:00发出。请改 digest 或 sending_hours。［确认修改］
    周敏@督办群 点按［确认修改］
      （浮窗）已修改。
      → 督办群：“每日提醒的发出时间（工作日）”已改为 每个工作日7:00（周敏）。
      → 督办群：周敏 已将“每日提醒的发出时间（工作日）”改为 每个工作日7:00，从下一次起生效。
      ≡ policy_changed
    〔6月27日07:00〕
    李明@住建厅群：/leave@duban_bot
      → 住建厅群：李明 不再担任省住房城乡建设厅联络员。本单位暂无联络员，首位反馈的同事将登记为联络员。
      ≡ contact_removed（stepped_down）
    〔6月27日09:00〕
      → 督办群：省住房城乡建设厅暂无联络员：李明 不再担任省住房城乡建设厅联络员。该单位群里首位反馈的同事将登记为联络员，请督促明确。
      → 住建厅群：【工作提醒】（补发）省住房城乡建设厅　6月27日（周四）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有3天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有3天；上次：推进中10%，6月3日／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。［全部无变化］［逐项填报］
    ");
    assert_eq!(talk.office.verified()["ledger"]["ok"], true);
}

#[tokio::test]
async fn a_contact_of_two_units_has_copies_of_one() {
    let names = [(GROUP, "住建厅群"), (OTHER_GROUP, "公安厅群"), (LI, "李明")];
    let mut talk = Talk::begin("06-26 09:00:00", &names).await;
    talk.bind(GROUP, LI, "省住房城乡建设厅").await;
    talk.bind(OTHER_GROUP, LI, "省公安厅").await;
    talk.say(GROUP, LI, "/report@duban_bot 5 10%").await;
    talk.say(OTHER_GROUP, LI, "/report@duban_bot 5 20%").await;
    talk.tick().await;
    talk.say(LI, LI, "/private").await;
    talk.say(GROUP, LI, "/private@duban_bot").await;
    talk.say(OTHER_GROUP, LI, "/private@duban_bot").await;
    talk.take();
    talk.go_on(TimeDelta::days(2));
    talk.tick().await;
    talk.reply(LI, LI, "进度40%").await;
    insta::assert_snapshot!(talk.take(), @r#"
    〔6月28日09:00〕
      → 公安厅群：【工作提醒】省公安厅　6月28日（周五）／临近到期：／第5项 压缩工程项目审批时间：6月30日，还有2天；上次：推进中20%，6月26日／请回复本条写明进展，有困难请一并说明。／请 <a href="tg://user?id=11">@李明</a> 关注。［无变化］［推进中］［有困难］［已完成］
      → 李明：【工作提醒】省公安厅　6月28日（周五）／临近到期：／第5项 压缩工程项目审批时间：6月30日，还有2天；上次：推进中20%，6月26日／请回复本条写明进展，有困难请一并说明。／请 <a href="tg://user?id=11">@李明</a> 关注。／（抄送，可直接在此反馈）［无变化］［推进中］［有困难］［已完成］
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月28日（周五）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有2天；上次：推进中10%，6月26日／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有2天／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／请 <a href="tg://user?id=11">@李明</a> 关注。［全部无变化］［逐项填报］
    李明@李明：进度40%
      → 公安厅群：【工作提醒】省公安厅　6月28日（周五）／临近到期：／第5项 压缩工程项目审批时间：6月30日，还有2天；上次：推进中20%，6月26日／请回复本条写明进展，有困难请一并说明。／请 <a href="tg://user?id=11">@李明</a> 关注。／—— 李明 06-28 09:00 私聊反馈：第5项：推进中40%［无变化］［推进中］［有困难］［已完成］
      → 李明：已登记 第5项 压缩工程项目审批时间：推进中40%［撤回］
      ≡ report_recorded
    "#);
    assert_eq!(talk.office.verified()["ledger"]["ok"], true);
}

#[tokio::test]
async fn what_is_asked_about_words_in_private_is_of_the_unit_that_they_were_about() {
    let names = [(GROUP, "住建厅群"), (OTHER_GROUP, "公安厅群"), (LI, "李明")];
    let mut talk = Talk::begin("06-26 09:00:00", &names).await;
    talk.bind(GROUP, LI, "省住房城乡建设厅").await;
    talk.bind(OTHER_GROUP, LI, "省公安厅").await;
    talk.say(GROUP, LI, "/report@duban_bot 5 10%").await;
    talk.say(OTHER_GROUP, LI, "/report@duban_bot 5 20%").await;
    talk.tick().await;
    talk.say(LI, LI, "/private").await;
    talk.say(GROUP, LI, "/private@duban_bot").await;
    talk.take();
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    talk.reply(LI, LI, "进度40%").await;
    // From now on the copies are of the other unit.
    talk.say(OTHER_GROUP, LI, "/private@duban_bot").await;
    talk.reply_to("请问这是哪一项", LI, LI, "5").await;
    insta::assert_snapshot!(talk.take(), @"
    〔6月27日09:00〕
      → 公安厅群：【工作提醒】省公安厅　6月27日（周四）／临近到期：／第5项 压缩工程项目审批时间：6月30日，还有3天；上次：推进中20%，6月26日／请回复本条写明进展，有困难请一并说明。［无变化］［推进中］［有困难］［已完成］
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月27日（周四）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有3天；上次：推进中10%，6月26日／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有3天／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。［全部无变化］［逐项填报］
      → 李明：【工作提醒】省住房城乡建设厅　6月27日（周四）／临近到期：／第5项 压缩工程项目审批时间（牵头）：6月30日，还有3天；上次：推进中10%，6月26日／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，还有3天／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／（抄送，可直接在此反馈）［全部无变化］［逐项填报］
    李明@李明：进度40%
      → 李明：请问这是哪一项的进展？点选后即登记。［第5项 压缩工程项目审批时间］［第26项 压缩产权登记办理…］［以上全部］
      ≡ task_asked
    李明@公安厅群：/private@duban_bot
      → 公安厅群：已开启私聊抄送：省公安厅的工作提醒同时发到 李明 的私聊。在私聊里反馈同样有效，并显示在本单位群的提醒下。省住房城乡建设厅的抄送同时停止（私聊每日至多一条）。再次发送 /private@duban_bot 即关闭。
      ≡ private_copies_ended
      ≡ private_copies_begun
    李明@李明：5
      → 李明：请问这是哪一项的进展？点选后即登记。／—— 李明 06-27 09:00 选定第5项
      → 李明：已登记 第5项 压缩工程项目审批时间：推进中40%［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
    assert_eq!(talk.office.verified()["ledger"]["ok"], true);
}
