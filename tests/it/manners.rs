//! Never a nuisance: what is said once a day, floods that are answered jointly, and groups that are left in peace.

use chrono::TimeDelta;

use crate::talk::{ANONYMOUS, Talk};

const POLICE: i64 = -500;
const UNBOUND: i64 = -700;
const COORDINATORS: i64 = -900;
const LI: i64 = 11;
const WANG: i64 = 12;
const ZHOU: i64 = 91;

async fn office() -> Talk {
    let names = [
        (POLICE, "省公安厅群"),
        (UNBOUND, "闲聊群"),
        (COORDINATORS, "督办群"),
        (LI, "李建国"),
        (WANG, "王芳"),
        (ZHOU, "周敏"),
        (ANONYMOUS, "匿名管理员"),
    ];
    let mut talk = Talk::begin("06-26 09:00:00", &names).await;
    talk.bind(POLICE, LI, "省公安厅").await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 30%").await;
    talk.tick().await;
    talk.take();
    talk
}

#[tokio::test]
async fn what_needs_no_answer_gets_none_and_the_rest_is_said_once_a_day() {
    let mut talk = office().await;
    // Chatter, whoever's it is, also in answer to the bot; and what may be another bot's.
    talk.reply(POLICE, LI, "好的").await;
    talk.reply(POLICE, WANG, "这机器人挺有意思").await;
    talk.say(POLICE, WANG, "中午吃什么").await;
    talk.say(POLICE, WANG, "/weather").await;
    // Who is no contact and reports is told once a day what to do; the words are not recorded.
    talk.reply(POLICE, WANG, "第5项：进度60%").await;
    talk.reply(POLICE, WANG, "第5项：进度70%").await;
    // So is who hides behind the group, and so is a group that belongs to nobody.
    talk.reply(POLICE, ANONYMOUS, "第5项：进度80%").await;
    talk.reply(POLICE, ANONYMOUS, "第5项：进度90%").await;
    talk.say(UNBOUND, WANG, "/report@duban_bot 5 60%").await;
    talk.say(UNBOUND, LI, "/report@duban_bot 5 60%").await;
    talk.go_on(TimeDelta::days(1));
    talk.reply(POLICE, WANG, "第5项：进度80%").await;
    talk.reply(POLICE, ANONYMOUS, "第5项：进度90%").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@省公安厅群：好的
    王芳@省公安厅群：这机器人挺有意思
    王芳@省公安厅群：中午吃什么
    王芳@省公安厅群：/weather
    王芳@省公安厅群：第5项：进度60%
      → 省公安厅群：王芳 尚未登记为省公安厅联络员，反馈已留存，尚未登记。如由您负责反馈，请点按申请，确认后补登。［申请登记］
      ≡ words_kept_unheard
    王芳@省公安厅群：第5项：进度70%
      → 省公安厅群：〔表示收悉〕
      ≡ words_kept_unheard
    匿名管理员@省公安厅群：第5项：进度80%
      → 省公安厅群：匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换为本人身份后重发。
    匿名管理员@省公安厅群：第5项：进度90%
      → 省公安厅群：匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换为本人身份后重发。
    王芳@闲聊群：/report@duban_bot 5 60%
      → 闲聊群：本群尚未绑定单位。请向督办员索取邀请码，发送 /bind@duban_bot 邀请码。
    李建国@闲聊群：/report@duban_bot 5 60%
    王芳@省公安厅群：第5项：进度80%
      → 省公安厅群：王芳 尚未登记为省公安厅联络员，反馈已留存，尚未登记。如由您负责反馈，请点按申请，确认后补登。［申请登记］
      ≡ words_kept_unheard
    匿名管理员@省公安厅群：第5项：进度90%
      → 省公安厅群：匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换为本人身份后重发。
    ");
    let reports = talk.rows(
        "select name || '：' || text from report join person on person.id = person_id
        join report_version on report_id = report.id",
    );
    assert_eq!(reports.await, ["李建国：/report@duban_bot 5 30%"]);
}

#[tokio::test]
async fn a_flood_is_answered_jointly_and_nothing_of_it_is_lost() {
    let mut talk = office().await;
    talk.go_on(TimeDelta::minutes(5));
    for percent in 31..=50 {
        talk.reply(POLICE, LI, &format!("第5项：进度{percent}%")).await;
    }
    assert_eq!(talk.take().matches("已登记").count(), 20, "each by itself");
    talk.say(POLICE, LI, "第5项：进度51%").await;
    talk.reply(POLICE, LI, "第5项：进度51%").await;
    talk.reply(POLICE, LI, "进度55%").await;
    talk.say(POLICE, LI, "/contacts@duban_bot").await;
    talk.say(POLICE, LI, "/contacts@duban_bot").await;
    talk.say(POLICE, LI, "/report@duban_bot 10 进度20%。问题：人手不足").await;
    // Others are answered as ever.
    talk.say(POLICE, ZHOU, "/contacts@duban_bot").await;
    talk.go_on(TimeDelta::seconds(61));
    talk.deliver().await;
    talk.press(POLICE, LI, "1 撤回").await;
    talk.press(POLICE, LI, "第5项 压缩工程项目审批时间").await;
    // The flood is over.
    talk.say(POLICE, LI, "/report@duban_bot 5 56%").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@省公安厅群：第5项：进度51%
    李建国@省公安厅群：第5项：进度51%
      → 省公安厅群：消息较多，将合并答复。已收到的反馈照常登记，请稍候。
      ≡ report_recorded
    李建国@省公安厅群：进度55%
      → 省公安厅群：请问这是哪一项的进展？点选后即登记。［第1项 清理省级行政许可事项］［第2项 查纠各种变相审批许可］［第3项 稳妥向县市下放管理…］［第4项 企业开办和注销再提速］［第5项 压缩工程项目审批时间］［第6项 清理妨碍公平竞争的…］［更多（共20项）］
      ≡ task_asked
    李建国@省公安厅群：/contacts@duban_bot
    李建国@省公安厅群：/contacts@duban_bot
    李建国@省公安厅群：/report@duban_bot 10 进度20%。问题：人手不足
      → 督办群：省公安厅（李建国）反馈：／第10项 规范职业资格许可认定：推进中20%，问题：人手不足／原话：10 进度20%。问题：人手不足［第10项 答复］
      ≡ report_recorded
    周敏@省公安厅群：/contacts@duban_bot
      → 省公安厅群：省公安厅联络员：李建国。［移除 李建国］
      → 省公安厅群：合并答复：／1. 已登记 第5项 压缩工程项目审批时间：推进中51%／2. 省公安厅联络员：李建国。／3. 已登记 第10项 规范职业资格许可认定：推进中20%，问题：人手不足／问题由督办员答复。［1 撤回］［3 撤回］
    李建国@省公安厅群 点按［1 撤回］
      → 省公安厅群：合并答复：／1. 已登记 第5项 压缩工程项目审批时间：推进中51%／2. 省公安厅联络员：李建国。／3. 已登记 第10项 规范职业资格许可认定：推进中20%，问题：人手不足／问题由督办员答复。／—— 李建国 06-26 09:06 已撤回：第5项［3 撤回］
      → 省公安厅群：已撤回第5项的这次反馈，现为推进中50%。
      ≡ report_withdrawn
    李建国@省公安厅群 点按［第5项 压缩工程项目审批时间］
      → 省公安厅群：请问这是哪一项的进展？点选后即登记。／—— 李建国 06-26 09:06 选定第5项
      → 省公安厅群：已登记 第5项 压缩工程项目审批时间：推进中55%［撤回］
      ≡ question_closed
      ≡ report_recorded
    李建国@省公安厅群：/report@duban_bot 5 56%
      → 省公安厅群：已登记 第5项 压缩工程项目审批时间：推进中56%［撤回］
      ≡ report_recorded
    ");
    // Each message that counts has its report, and each report an answer.
    let reports = talk.rows("select cast(count(*) as text) from report where withdrawn_at is null").await;
    assert_eq!(reports, ["24"]);
    assert_eq!(talk.office.ask_json(&["verify", "--json"])["ledger"]["ok"], true);
}

#[tokio::test]
async fn a_coordinator_leaves_a_group_in_peace() {
    let mut talk = office().await;
    talk.say(POLICE, LI, "/stop@duban_bot").await;
    talk.say(COORDINATORS, ZHOU, "/stop@duban_bot").await;
    talk.say(POLICE, ZHOU, "/stop@duban_bot").await;
    // The next day's reminders and a nudge are not sent; a report is answered.
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    talk.say(COORDINATORS, ZHOU, "/remind@duban_bot 10 省公安厅").await;
    talk.reply(POLICE, LI, "第5项：进度60%").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@省公安厅群：/stop@duban_bot
      → 省公安厅群：仅督办员可以操作。
    周敏@督办群：/stop@duban_bot
      → 督办群：请在单位的群里发送 /stop，即停止向该群发送提醒和通知。
    周敏@省公安厅群：/stop@duban_bot
      → 省公安厅群：本群已停止提醒和通知，反馈仍会登记并答复。恢复请由督办员发送 /start 或点按下面的按钮。［恢复提醒］
      → 督办群：周敏 已停止向省公安厅的群发送提醒和通知，该单位的反馈仍会登记。［恢复提醒］
      ≡ reminders_stopped
    〔6月27日09:00〕
    周敏@督办群：/remind@duban_bot 10 省公安厅
      → 督办群：已停止提醒，未作催办：省公安厅。
    李建国@省公安厅群：第5项：进度60%
      → 省公安厅群：已登记 第5项 压缩工程项目审批时间：推进中60%［撤回］
      ≡ report_recorded
    ");
    // Coordinators see it in /units and in the rehearsal.
    talk.say(COORDINATORS, ZHOU, "/units@duban_bot").await;
    let units = talk.take();
    assert!(units.contains("已停止提醒 1 个：省公安厅"), "{units}");
    let planned = talk.office.ask_json(&["preview", "--from", "2019-06-28", "--to", "2019-06-28", "--json"]);
    let of_police = planned.as_array().expect("a list").iter().find(|message| message["unit"] == "省公安厅");
    let of_police = of_police.expect("the rehearsal shows it");
    assert_eq!((&of_police["bound"], &of_police["silenced"]), (&true.into(), &true.into()));
    // It ends by the button under the notice, or by /start; an old button does nothing.
    talk.press(COORDINATORS, ZHOU, "恢复提醒").await;
    talk.press(COORDINATORS, ZHOU, "恢复提醒").await;
    talk.say(POLICE, ZHOU, "/stop@duban_bot").await;
    talk.press(COORDINATORS, LI, "恢复提醒").await;
    talk.say(POLICE, ZHOU, "/start@duban_bot").await;
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    insta::assert_snapshot!(talk.take(), @r#"
    周敏@督办群 点按［恢复提醒］
      → 省公安厅群：本群已停止提醒和通知，反馈仍会登记并答复。恢复请由督办员发送 /start 或点按下面的按钮。／—— 周敏 06-27 09:00 恢复提醒
      → 督办群：周敏 已停止向省公安厅的群发送提醒和通知，该单位的反馈仍会登记。／—— 周敏 06-27 09:00 恢复提醒
      → 督办群：周敏 已恢复向省公安厅的群发送提醒和通知。
      → 省公安厅群：周敏 已恢复向省公安厅的群发送提醒和通知。
      ≡ reminders_resumed
    周敏@督办群 点按［恢复提醒］
      （浮窗）情况已有变化，此按钮不再有效。
    周敏@省公安厅群：/stop@duban_bot
      → 省公安厅群：本群已停止提醒和通知，反馈仍会登记并答复。恢复请由督办员发送 /start 或点按下面的按钮。［恢复提醒］
      → 督办群：周敏 已停止向省公安厅的群发送提醒和通知，该单位的反馈仍会登记。［恢复提醒］
      ≡ reminders_stopped
    李建国@督办群 点按［恢复提醒］
      （浮窗）仅督办员可以操作。
    周敏@省公安厅群：/start@duban_bot
      → 省公安厅群：本群已停止提醒和通知，反馈仍会登记并答复。恢复请由督办员发送 /start 或点按下面的按钮。／—— 周敏 06-27 09:00 恢复提醒
      → 督办群：周敏 已停止向省公安厅的群发送提醒和通知，该单位的反馈仍会登记。／—— 周敏 06-27 09:00 恢复提醒
      → 省公安厅群：周敏 已恢复向省公安厅的群发送提醒和通知。
      → 督办群：周敏 已恢复向省公安厅的群发送提醒和通知。
      ≡ reminders_resumed
    〔6月28日09:00〕
      → 省公安厅群：【工作提醒】省公安厅　6月28日（周五）／临近到期：／第5项 压缩工程项目审批时间：6月30日，还有2天；上次：推进中60%，6月27日／请回复本条写明进展，有困难请一并说明。／请 <a href="tg://user?id=11">@李建国</a> 关注。［无变化］［推进中］［有困难］［已完成］
    "#);
}
