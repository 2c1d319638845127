//! Coordinators rehearse in chat what the schedule will say, change its times, and see what that changes.

use chrono::TimeDelta;

use crate::talk::Talk;

const POLICE: i64 = -500;
const COORDINATORS: i64 = -900;
const LI: i64 = 11;
const ZHOU: i64 = 91;

#[tokio::test]
async fn a_rehearsal_in_chat_is_what_will_be_said() {
    let names = [(POLICE, "省公安厅群"), (COORDINATORS, "督办员群"), (LI, "李建国"), (ZHOU, "周敏")];
    let mut talk = Talk::begin("06-21 16:00:00", &names).await;
    talk.bind(POLICE, LI, "省公安厅").await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.tick().await;
    talk.say(COORDINATORS, ZHOU, "/preview@duban_bot 6月28日").await;
    talk.say(COORDINATORS, ZHOU, "/preview@duban_bot 7月").await;
    talk.press(COORDINATORS, ZHOU, "下一页 ›").await;
    talk.say(COORDINATORS, ZHOU, "/preview@duban_bot 昨天").await;
    talk.say(POLICE, LI, "/preview@duban_bot 6月").await;
    // Before nine on Monday the time becomes half past eight: that has passed, and is not made up for.
    talk.go_on(TimeDelta::minutes(64 * 60 + 40));
    talk.say(COORDINATORS, ZHOU, "/policy@duban_bot digest 30 8 * * 1-5").await;
    talk.press(COORDINATORS, ZHOU, "确认修改").await;
    talk.go_on(TimeDelta::minutes(25));
    talk.tick().await;
    talk.go_on(TimeDelta::minutes(23 * 60 + 26));
    talk.tick().await;
    talk.say(COORDINATORS, ZHOU, "/policy@duban_bot digest */5 9 * * *").await;
    talk.say(COORDINATORS, ZHOU, "/policy@duban_bot digest 0 9 31 2 *").await;
    insta::assert_snapshot!(talk.take(), @"
    〔6月21日16:00〕
    周敏@督办员群：/preview@duban_bot 6月28日
      → 督办员群：预演　6月28日，共 17 条，按目前情况，没有发送。／6月28日（周五）09:00／省政务局〔未绑定〕、省委编办〔未绑定〕、省发展改革委〔未绑定〕等 13 个单位：临近到期 第5项／省自然资源厅〔未绑定〕：临近到期 第26、5项／省住房城乡建设厅〔未绑定〕：临近到期 第5、26项／长沙市人民政府〔未绑定〕：临近到期 第26项／6月28日（周五）17:00／督办员：周报
    周敏@督办员群：/preview@duban_bot 7月
      → 督办员群：预演　7月1日至7月31日，共 135 条，按目前情况，没有发送。　第1/4页／7月1日（周一）09:00／省政务局〔未绑定〕、省委编办〔未绑定〕、省发展改革委〔未绑定〕等 13 个单位：逾期 第5项／省自然资源厅〔未绑定〕：逾期 第26、5项／省住房城乡建设厅〔未绑定〕：逾期 第5、26项／长沙市人民政府〔未绑定〕：逾期 第26项／7月3日（周三）09:00／省政务局〔未绑定〕、省委编办〔未绑定〕、省发展改革委〔未绑定〕等 13 个单位：逾期 第5项／省自然资源厅〔未绑定〕：逾期 第26、5项；逾期后未反馈 第26项／省住房城乡建设厅〔未绑定〕：逾期 第5、26项；逾期后未反馈 第5、26项／长沙市人民政府〔未绑定〕：逾期 第26项／督办员：逾期后未反馈 第5、26项／7月5日（周五）17:00／督办员：周报／7月8日（周一）09:00／省政务局〔未绑定〕、省委编办〔未绑定〕、省发展改革委〔未绑定〕等 13 个单位：逾期 第5项／省自然资源厅〔未绑定〕：逾期 第26、5项［下一页 ›］
    周敏@督办员群 点按［下一页 ›］
      → 督办员群：预演　7月1日至7月31日，共 135 条，按目前情况，没有发送。　第2/4页／省住房城乡建设厅〔未绑定〕：逾期 第5、26项／长沙市人民政府〔未绑定〕：逾期 第26项／7月12日（周五）17:00／督办员：周报／7月15日（周一）09:00／省政务局〔未绑定〕、省委编办〔未绑定〕、省发展改革委〔未绑定〕等 13 个单位：逾期 第5项／省自然资源厅〔未绑定〕：逾期 第26、5项／省住房城乡建设厅〔未绑定〕：逾期 第5、26项／长沙市人民政府〔未绑定〕：逾期 第26项／7月19日（周五）17:00／督办员：周报／7月22日（周一）09:00／省政务局〔未绑定〕、省委编办〔未绑定〕、省发展改革委〔未绑定〕等 13 个单位：逾期 第5项／省自然资源厅〔未绑定〕：逾期 第26、5项／省住房城乡建设厅〔未绑定〕：逾期 第5、26项／长沙市人民政府〔未绑定〕：逾期 第26项［‹ 上一页］［下一页 ›］
    周敏@督办员群：/preview@duban_bot 昨天
      → 督办员群：用法：/preview 6月，/preview 下周，/preview 6月30日（一年以内）
    李建国@省公安厅群：/preview@duban_bot 6月
      → 省公安厅群：跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。
    周敏@督办员群：/policy@duban_bot digest 30 8 * * 1-5
      → 督办员群：拟将“每日提醒的发出时间（工作日）”改为 <code>30 8 * * 1-5</code>。／接下来五次：2019年6月25日（周二）08:30，2019年6月26日（周三）08:30，2019年6月27日（周四）08:30，2019年6月28日（周五）08:30，2019年7月1日（周一）08:30。遇休息日按规则处理。［确认修改］
    周敏@督办员群 点按［确认修改］
      （浮窗）已修改。
      → 督办员群：“每日提醒的发出时间（工作日）”已改为 <code>30 8 * * 1-5</code>（周敏）。
      → 督办员群：周敏 已将“每日提醒的发出时间（工作日）”改为 <code>30 8 * * 1-5</code>，从下一次起生效。
      ≡ policy_changed
    〔6月24日09:05〕
    〔6月25日08:31〕
      → 省公安厅群：【工作提醒】省公安厅　6月25日（周二）／请反馈进展：／第4项 企业开办和注销再提速／共同任务 第1、2、3、6、7、8、10、17、19、20、21、22、23、25、27、28、31、32项／请回复本条逐项写明进展，例如“4 正在推进，1 无变化”；有困难请一并说明。［全部无变化］［逐项填报］
    周敏@督办员群：/policy@duban_bot digest */5 9 * * *
      → 督办员群：设置 digest 不能是“*/5 9 * * *”：定时“*/5 9 * * *”间隔不足15分钟，请改稀，未作修改。
    周敏@督办员群：/policy@duban_bot digest 0 9 31 2 *
      → 督办员群：设置 digest 不能是“0 9 31 2 *”：定时“0 9 31 2 *”永远不会到来，请检查日和月，未作修改。
    ");
}
