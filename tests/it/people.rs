//! Contacts come and go, and so does the bot: who speaks for a unit, and what follows for it.

use chrono::TimeDelta;
use serde_json::json;

use crate::talk::Talk;

const POLICE: i64 = -500;
const COORDINATORS: i64 = -900;
const LI: i64 = 11;
const WANG: i64 = 12;
const CHEN: i64 = 13;
const ZHOU: i64 = 91;
const BOT: i64 = 1;

async fn office() -> Talk {
    let names = [
        (POLICE, "省公安厅群"),
        (COORDINATORS, "督办群"),
        (LI, "李建国"),
        (WANG, "王芳"),
        (CHEN, "陈明"),
        (ZHOU, "周敏"),
    ];
    let mut talk = Talk::begin("06-24 10:00:00", &names).await;
    talk.bind(POLICE, LI, "省公安厅").await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk
}

async fn contacts(talk: &Talk) -> String {
    let rows = talk.rows("select name from contact join person on person.id = person_id where state = 'registered' order by since, person_id");
    rows.await.join("、")
}

#[tokio::test]
async fn a_contact_hands_over() {
    let mut talk = office().await;
    talk.say(POLICE, LI, "/report@duban_bot 5 30%").await;
    talk.say(POLICE, CHEN, "/tasks@duban_bot").await;
    talk.take();
    // In answer to what the colleague wrote.
    talk.reply_to_person(POLICE, LI, LI, "/handover@duban_bot").await;
    talk.reply_to_person(POLICE, LI, WANG, "/handover@duban_bot").await;
    // Nothing changes until she accepts, and nobody accepts for her.
    talk.press(POLICE, CHEN, "接受移交").await;
    talk.press(POLICE, LI, "接受移交").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 35%").await;
    talk.press(POLICE, WANG, "接受移交").await;
    talk.say(POLICE, WANG, "/report@duban_bot 5 40%").await;
    talk.say(POLICE, LI, "/handover@duban_bot").await;
    // To one of those who are known here, by a button that is for her alone; she is the same under another name.
    talk.rename(WANG, "王芳（综合处）");
    talk.say(POLICE, WANG, "/handover@duban_bot").await;
    talk.press(POLICE, LI, "陈明").await;
    talk.press(POLICE, WANG, "李建国").await;
    let offer = talk.data_of(POLICE, "接受移交");
    // She changes her mind: who was asked first can no longer accept.
    talk.press(POLICE, WANG, "陈明").await;
    talk.press_as_sent(offer, LI).await;
    talk.press(POLICE, CHEN, "接受移交").await;
    talk.press(POLICE, CHEN, "接受移交").await;
    talk.press(POLICE, WANG, "陈明").await;
    // Whoever has gone takes nothing over, until he is there again.
    let gone = json!({"left_chat_member": {"id": LI, "first_name": "李建国"}});
    talk.service(POLICE, LI, "李建国 退群", gone).await;
    talk.reply_to_person(POLICE, CHEN, LI, "/handover@duban_bot").await;
    talk.say(POLICE, LI, "/tasks@duban_bot").await;
    talk.reply_to_person(POLICE, CHEN, LI, "/handover@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@省公安厅群：/handover@duban_bot
      → 省公安厅群：不能移交给本人。请回复接手同事的消息发送 /handover；如不再担任，请发送 /leave。
    李建国@省公安厅群：/handover@duban_bot
      → 省公安厅群：李建国 拟将省公安厅联络员工作移交 王芳，请 王芳 点按确认；确认前仍由 李建国 反馈。［接受移交］
    陈明@省公安厅群 点按［接受移交］
      （浮窗）仅接手的同事本人可以点按。
    李建国@省公安厅群 点按［接受移交］
      （浮窗）仅接手的同事本人可以点按。
    李建国@省公安厅群：/report@duban_bot 5 35%
      → 省公安厅群：已登记 第5项 压缩工程项目审批时间：推进中35%［撤回］
      ≡ report_recorded
    王芳@省公安厅群 点按［接受移交］
      （浮窗）已登记。
      → 省公安厅群：李建国 拟将省公安厅联络员工作移交 王芳，请 王芳 点按确认；确认前仍由 李建国 反馈。／—— 王芳 06-24 10:00 接受移交
      → 省公安厅群：李建国 已将省公安厅联络员工作移交 王芳，今后由 王芳 反馈。
      ≡ contact_registered
      ≡ contact_removed（handed_over）
    王芳@省公安厅群：/report@duban_bot 5 40%
      → 省公安厅群：已登记 第5项 压缩工程项目审批时间：推进中40%［撤回］
      ≡ report_recorded
    李建国@省公安厅群：/handover@duban_bot
      → 省公安厅群：仅本单位联络员可以操作。
    王芳（综合处）@省公安厅群：/handover@duban_bot
      → 省公安厅群：请点选接手的同事，或回复该同事的消息发送 /handover。［陈明］［李建国］
    李建国@省公安厅群 点按［陈明］
      （浮窗）仅提出移交的联络员本人可以点按。
    王芳（综合处）@省公安厅群 点按［李建国］
      （浮窗）已请该同事确认。
      → 省公安厅群：王芳（综合处） 拟将省公安厅联络员工作移交 李建国，请 李建国 点按确认；确认前仍由 王芳（综合处） 反馈。［接受移交］
    王芳（综合处）@省公安厅群 点按［陈明］
      （浮窗）已请该同事确认。
      → 省公安厅群：王芳（综合处） 拟将省公安厅联络员工作移交 李建国，请 李建国 点按确认；确认前仍由 王芳（综合处） 反馈。／—— 王芳（综合处） 06-24 10:00 改请 陈明 接手
      → 省公安厅群：王芳（综合处） 拟将省公安厅联络员工作移交 陈明，请 陈明 点按确认；确认前仍由 王芳（综合处） 反馈。［接受移交］
    李建国@省公安厅群 点按旧的或伪造的按钮
      （浮窗）情况已有变化，此按钮不再有效。
    陈明@省公安厅群 点按［接受移交］
      （浮窗）已登记。
      → 省公安厅群：请点选接手的同事，或回复该同事的消息发送 /handover。／—— 陈明 06-24 10:00 接受移交
      → 省公安厅群：王芳（综合处） 拟将省公安厅联络员工作移交 陈明，请 陈明 点按确认；确认前仍由 王芳（综合处） 反馈。／—— 陈明 06-24 10:00 接受移交
      → 省公安厅群：王芳（综合处） 已将省公安厅联络员工作移交 陈明，今后由 陈明 反馈。
      ≡ contact_registered
      ≡ contact_removed（handed_over）
    陈明@省公安厅群 点按［接受移交］
      （浮窗）情况已有变化，此按钮不再有效。
    王芳（综合处）@省公安厅群 点按［陈明］
      （浮窗）仅提出移交的联络员本人可以点按。
    〔省公安厅群：李建国 退群〕
      ≡ member_gone
    陈明@省公安厅群：/handover@duban_bot
      → 省公安厅群：李建国 已退出本单位群，不能接手。如已重新入群，请其先在群里回复我一条消息。
    李建国@省公安厅群：/tasks@duban_bot
      → 省公安厅群：省公安厅 任务 20 项，未办结 20 项：／第5项 压缩工程项目审批时间｜负责｜推进中40%｜6月30日到期／第28项 建设全省一体化政务平台｜负责｜未启动｜8月31日到期／第25项 企业群众办事只进一扇门｜负责｜未启动｜12月31日到期／第32项 做好全省营商环境评价｜负责｜未启动｜12月31日到期／第1项 清理省级行政许可事项｜负责｜未启动｜2020年12月31日到期／第2项 查纠各种变相审批许可｜负责｜未启动／第3项 稳妥向县市下放管理权限｜负责｜未启动／第4项 企业开办和注销再提速｜负责｜未启动／第6项 清理妨碍公平竞争的文件｜负责｜未启动／第7项 压减生产许可和准入证｜负责｜未启动／第8项 落实市场准入负面清单｜负责｜未启动／第10项 规范职业资格许可认定｜负责｜未启动／第17项 整治认证市场乱象｜负责｜未启动／第19项 依法严惩违法违规行为｜负责｜未启动／第20项 政府带头守信践诺｜负责｜未启动／第21项 对新兴产业包容审慎监管｜负责｜未启动／第22项 推行马上办、网上办、就近办、一次办｜负责｜未启动／第23项 做强“互联网+政务服务”｜负责｜未启动／第27项 建好家门口的便民服务点｜负责｜未启动／第31项 推动政务数据开放共享｜负责｜未启动／回复本条写明第几项和进展即可反馈。
    陈明@省公安厅群：/handover@duban_bot
      → 省公安厅群：陈明 拟将省公安厅联络员工作移交 李建国，请 李建国 点按确认；确认前仍由 陈明 反馈。［接受移交］
    ");
    assert_eq!(contacts(&talk).await, "陈明");
    let reports = "select name || '：' || version.text from report join person on person.id = person_id
        join report_version version on version.report_id = report.id order by report.id";
    insta::assert_snapshot!(talk.rows(reports).await.join("\n"), @"
    李建国：/report@duban_bot 5 30%
    李建国：/report@duban_bot 5 35%
    王芳（综合处）：/report@duban_bot 5 40%
    ");
}

#[tokio::test]
async fn who_hands_over_in_private_is_accepted_in_the_group() {
    let mut talk = office().await;
    talk.say(POLICE, LI, "/report@duban_bot 5 30%").await;
    talk.say(POLICE, WANG, "/tasks@duban_bot").await;
    talk.take();
    talk.say(LI, LI, "/handover").await;
    talk.press(LI, LI, "王芳").await;
    talk.press(POLICE, WANG, "接受移交").await;
    assert_eq!(contacts(&talk).await, "王芳");
    // A group that is left in peace is not asked.
    talk.say(POLICE, ZHOU, "/stop@duban_bot").await;
    talk.say(WANG, WANG, "/handover").await;
    talk.press(WANG, WANG, "李建国").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@李建国：/handover
      → 李建国：请点选接手的同事，或回复该同事的消息发送 /handover。［王芳］
    李建国@李建国 点按［王芳］
      （浮窗）已请该同事确认。
      → 李建国：已在本单位群里请 王芳 确认，确认前仍由您反馈。
      → 省公安厅群：李建国 拟将省公安厅联络员工作移交 王芳，请 王芳 点按确认；确认前仍由 李建国 反馈。［接受移交］
    王芳@省公安厅群 点按［接受移交］
      （浮窗）已登记。
      → 省公安厅群：李建国 拟将省公安厅联络员工作移交 王芳，请 王芳 点按确认；确认前仍由 李建国 反馈。／—— 王芳 06-24 10:00 接受移交
      → 李建国：请点选接手的同事，或回复该同事的消息发送 /handover。／—— 王芳 06-24 10:00 接受移交
      → 省公安厅群：李建国 已将省公安厅联络员工作移交 王芳，今后由 王芳 反馈。
      ≡ contact_registered
      ≡ contact_removed（handed_over）
    周敏@省公安厅群：/stop@duban_bot
      → 省公安厅群：本群已停止提醒和通知，反馈仍会登记并答复。恢复请由督办员发送 /start 或点按下面的按钮。［恢复提醒］
      → 督办群：周敏 已停止向省公安厅的群发送提醒和通知，该单位的反馈仍会登记。［恢复提醒］
      ≡ reminders_stopped
    王芳@王芳：/handover
      → 王芳：请点选接手的同事，或回复该同事的消息发送 /handover。［周敏］［李建国］
    王芳@王芳 点按［李建国］
      → 王芳：请在本单位的群里回复接手同事的消息发送 /handover，由其在群里确认。
    ");
}

#[tokio::test]
async fn a_unit_does_not_silently_end_up_without_a_contact() {
    let mut talk = office().await;
    talk.say(POLICE, LI, "/report@duban_bot 5 30%").await;
    talk.say(POLICE, WANG, "/report@duban_bot 5 40%").await;
    talk.press(POLICE, WANG, "申请登记").await;
    talk.press(POLICE, LI, "同意登记").await;
    talk.take();
    // One of two steps down; then the other goes.
    talk.say(POLICE, LI, "/leave@duban_bot").await;
    talk.say(POLICE, LI, "/leave@duban_bot").await;
    talk.service(POLICE, WANG, "王芳 退群", json!({"left_chat_member": {"id": WANG, "first_name": "王芳"}})).await;
    assert_eq!(contacts(&talk).await, "");
    // The first who reports is the contact again, and a coordinator removes him.
    talk.say(POLICE, CHEN, "/report@duban_bot 5 50%").await;
    talk.say(COORDINATORS, ZHOU, "/contacts@duban_bot 公安厅").await;
    talk.press(COORDINATORS, ZHOU, "移除 陈明").await;
    talk.press(COORDINATORS, ZHOU, "移除 陈明").await;
    talk.say(POLICE, ZHOU, "/contacts@duban_bot").await;
    // Telegram tells an administrator of members who go without a word, and of strangers too.
    talk.say(POLICE, LI, "/report@duban_bot 5 60%").await;
    for person in [CHEN, LI] {
        talk.membership("chat_member", POLICE, person, json!({"status": "member"}), json!({"status": "left"})).await;
    }
    insta::assert_snapshot!(talk.take(), @r#"
    李建国@省公安厅群：/leave@duban_bot
      → 省公安厅群：李建国 不再担任省公安厅联络员。
      ≡ contact_removed（stepped_down）
    李建国@省公安厅群：/leave@duban_bot
      → 省公安厅群：仅本单位联络员可以操作。
    〔省公安厅群：王芳 退群〕
      → 省公安厅群：王芳 已退出本单位群，不再担任省公安厅联络员。本单位暂无联络员，首位反馈的同事将登记为联络员。
      → 督办群：省公安厅暂无联络员：王芳 已退出本单位群，不再担任省公安厅联络员。该单位群里首位反馈的同事将登记为联络员，请督促明确。
      ≡ member_gone
      ≡ contact_removed（left_group）
    陈明@省公安厅群：/report@duban_bot 5 50%
      → 省公安厅群：陈明 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：推进中50%［撤回］
      ≡ contact_registered
      ≡ report_recorded
    周敏@督办群：/contacts@duban_bot 公安厅
      → 督办群：省公安厅联络员：陈明。［移除 陈明］
    周敏@督办群 点按［移除 陈明］
      （浮窗）已移除。
      → 督办群：省公安厅联络员：陈明。／—— 周敏 06-24 10:00 移除
      → 省公安厅群：陈明 经督办员调整，不再担任省公安厅联络员。本单位暂无联络员，首位反馈的同事将登记为联络员。
      → 督办群：陈明 经督办员调整，不再担任省公安厅联络员。本单位暂无联络员，首位反馈的同事将登记为联络员。
      ≡ contact_removed（dismissed）
    周敏@督办群 点按［移除 陈明］
      （浮窗）情况已有变化，此按钮不再有效。
    周敏@省公安厅群：/contacts@duban_bot
      → 省公安厅群：省公安厅暂无联络员，首位反馈的同事将登记为联络员。
    李建国@省公安厅群：/report@duban_bot 5 60%
      → 省公安厅群：李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：推进中60%［撤回］
      ≡ contact_registered
      ≡ report_recorded
    〔省公安厅群：陈明 "member" → "left"〕
      ≡ member_gone
    〔省公安厅群：李建国 "member" → "left"〕
      → 省公安厅群：李建国 已退出本单位群，不再担任省公安厅联络员。本单位暂无联络员，首位反馈的同事将登记为联络员。
      → 督办群：省公安厅暂无联络员：李建国 已退出本单位群，不再担任省公安厅联络员。该单位群里首位反馈的同事将登记为联络员，请督促明确。
      ≡ member_gone
      ≡ contact_removed（left_group）
    "#);
    assert_eq!(talk.office.ask_json(&["verify", "--json"])["ledger"]["ok"], true);
}

#[tokio::test]
async fn the_bots_own_place_in_a_group() {
    let mut talk = office().await;
    let (member, admin) = (json!({"status": "member"}), json!({"status": "administrator"}));
    let muted = json!({"status": "restricted", "is_member": true, "can_send_messages": false});
    talk.bind(ZHOU, ZHOU, "--coordinator").await;
    talk.rename(POLICE, "新群");
    talk.membership("my_chat_member", POLICE, BOT, member.clone(), admin.clone()).await;
    talk.membership("my_chat_member", POLICE, BOT, admin.clone(), member.clone()).await;
    talk.membership("my_chat_member", POLICE, BOT, member.clone(), muted.clone()).await;
    // What is said meanwhile is heard, and answered as soon as the bot may write.
    talk.say(POLICE, LI, "/report@duban_bot 5 30%").await;
    talk.membership("my_chat_member", POLICE, BOT, muted, member.clone()).await;
    talk.membership("my_chat_member", POLICE, BOT, member.clone(), json!({"status": "kicked"})).await;
    talk.membership("my_chat_member", POLICE, BOT, json!({"status": "left"}), member.clone()).await;
    talk.membership("my_chat_member", COORDINATORS, BOT, member, json!({"status": "kicked"})).await;
    insta::assert_snapshot!(talk.take(), @r#"
    〔新群：机器人 "member" → "administrator"〕
      ≡ bot_standing
    〔新群：机器人 "administrator" → "member"〕
      → 新群：本群的其他发言我看不到，请“回复”我的消息，或发送带我名字的命令，例如 /tasks@duban_bot。
      ≡ bot_standing
    〔新群：机器人 "member" → "restricted"〕
      → 督办群：机器人已不能在“省公安厅”的群里发言，该群收不到提醒。请该群管理员解除对机器人的禁言。
      ≡ bot_standing
    李建国@新群：/report@duban_bot 5 30%
      ≡ contact_registered
      ≡ report_recorded
    〔新群：机器人 "restricted" → "member"〕
      → 新群：李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：推进中30%［撤回］
      → 督办群：机器人已恢复在“省公安厅”的群里发言。
      ≡ bot_standing
    〔新群：机器人 "member" → "kicked"〕
      → 督办群：机器人已不能在“省公安厅”的群里发言，该群收不到提醒。请重新邀请机器人入群。
      ≡ bot_standing
    〔新群：机器人 "left" → "member"〕
      → 督办群：机器人已恢复在“省公安厅”的群里发言。
      ≡ bot_standing
    〔督办群：机器人 "member" → "kicked"〕
      → 周敏：机器人已不能在“督办员”的群里发言，该群收不到提醒。请重新邀请机器人入群。
      ≡ bot_standing
    "#);
    let titles = talk.rows("select title || ' ' || standing from chat order by id").await;
    insta::assert_snapshot!(titles.join("，"), @"新群 member，督办群 absent，周敏 member");
}

#[tokio::test]
async fn how_to_speak_to_the_bot_is_said_where_it_cannot_see_everything() {
    const GROUPS: [(i64, &str, &str); 3] =
        [(-501, "普通群", "省财政厅"), (-502, "机器人是管理员的群", "省教育厅"), (-503, "隐私模式已关闭", "省商务厅")];
    let names: Vec<(i64, &str)> =
        GROUPS.iter().map(|(id, name, _)| (*id, *name)).chain([(LI, "李建国"), (ZHOU, "周敏")]).collect();
    let mut talk = Talk::begin("06-24 10:00:00", &names).await;
    for (chat, title, unit) in GROUPS {
        let is = if title.contains("管理员") { "administrator" } else { "member" };
        talk.membership("my_chat_member", chat, BOT, json!({"status": "left"}), json!({"status": is})).await;
        talk.me.can_read_all_group_messages = title.contains("隐私");
        let code = talk.office.code_for(unit);
        talk.take();
        talk.say(chat, LI, &format!("/bind@duban_bot {code}")).await;
        let said = talk.take();
        assert_eq!(said.contains("本群的其他发言我看不到"), title == "普通群", "{said}");
    }
    // The sentence itself.
    talk.me.can_read_all_group_messages = false;
    talk.membership("my_chat_member", -502, BOT, json!({"status": "administrator"}), json!({"status": "member"})).await;
    insta::assert_snapshot!(talk.take(), @r#"
    〔机器人是管理员的群：机器人 "administrator" → "member"〕
      → 机器人是管理员的群：本群的其他发言我看不到，请“回复”我的消息，或发送带我名字的命令，例如 /tasks@duban_bot。
      ≡ bot_standing
    "#);
}

const SECOND_PLAN: &str = "湖南省2019年政务公开工作要点
一、重点任务
5.公开政务服务事项，2019年6月底前，全部上网。（省公安厅负责）
30.解读重大政策，持续推进。（省公安厅负责）
";

#[tokio::test]
async fn a_number_that_two_plans_have_is_asked_about_once_it_is_unclear() {
    let mut talk = office().await;
    let file = talk.office.path("second.txt");
    std::fs::write(&file, SECOND_PLAN).expect("written");
    talk.office.ask(&["plan", "import", file.to_str().expect("UTF-8")]);
    talk.go_on(TimeDelta::days(-1));
    talk.tick().await;
    talk.go_on(TimeDelta::days(1));
    // What the second plan brings is told.
    talk.tick().await;
    talk.take();
    // Only one plan has a task 10; both have a task 5.
    talk.say(POLICE, LI, "/report@duban_bot 10 20%").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 30%").await;
    talk.press(POLICE, LI, "政务公开第5项 公开政务服务事项").await;
    // What is said in answer to a message that named one of them is about that one.
    talk.say(POLICE, LI, "/task@duban_bot 5").await;
    talk.reply(POLICE, LI, "5 进度40%").await;
    talk.reply(POLICE, LI, "进度50%").await;
    talk.say(POLICE, LI, "/undo@duban_bot").await;
    talk.reply(POLICE, LI, "你懂的").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 55%").await;
    talk.press(POLICE, LI, "政务公开第5项 公开政务服务事项").await;
    talk.reply_to("推进中55%", POLICE, LI, "已完成").await;
    talk.say(POLICE, LI, "/history@duban_bot 政务公开 5").await;
    talk.press(COORDINATORS, ZHOU, "政务公开第5项 退回").await;
    talk.say(COORDINATORS, ZHOU, "/history@duban_bot 政务公开 5").await;
    talk.say(COORDINATORS, ZHOU, "/task@duban_bot 5").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@省公安厅群：/report@duban_bot 10 20%
      → 省公安厅群：李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第10项 规范职业资格许可认定：推进中20%［撤回］
      ≡ contact_registered
      ≡ report_recorded
    李建国@省公安厅群：/report@duban_bot 5 30%
      → 省公安厅群：请问这是哪一项的进展？点选后即登记。［深化“放管…第5项 压缩工程项目审批时间］［政务公开第5项 公开政务服务事项］
      ≡ task_asked
    李建国@省公安厅群 点按［政务公开第5项 公开政务服务事项］
      → 省公安厅群：请问这是哪一项的进展？点选后即登记。／—— 李建国 06-24 10:00 选定第5项
      → 省公安厅群：已登记 《政务公开》第5项 公开政务服务事项：推进中30%［撤回］
      ≡ question_closed
      ≡ report_recorded
    李建国@省公安厅群：/task@duban_bot 5
      → 省公安厅群：《湖南省深化“放管服”改革转变政府职能重点任务分工方案》第5项／压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。／省公安厅：第5项 压缩工程项目审批时间｜负责｜未启动｜6月30日到期／时限：2019年6月底前（6月30日）
      → 省公安厅群：《湖南省2019年政务公开工作要点》第5项／公开政务服务事项，2019年6月底前，全部上网。／省公安厅：第5项 公开政务服务事项｜负责｜推进中30%｜6月30日到期／时限：2019年6月底前（6月30日）／最近反馈：5 30%
    李建国@省公安厅群：5 进度40%
      → 省公安厅群：已登记 《政务公开》第5项 公开政务服务事项：推进中40%［撤回］
      ≡ report_recorded
    李建国@省公安厅群：进度50%
      → 省公安厅群：已登记 《政务公开》第5项 公开政务服务事项：推进中50%［撤回］
      ≡ report_recorded
    李建国@省公安厅群：/undo@duban_bot
      → 省公安厅群：已登记 《政务公开》第5项 公开政务服务事项：推进中50%／—— 李建国 06-24 10:00 已撤回
      → 省公安厅群：已撤回《政务公开》第5项的这次反馈，现为推进中40%。
      ≡ report_withdrawn
    李建国@省公安厅群：你懂的
      → 省公安厅群：没有看懂，原话已留存，尚未登记。请点选这句话对《政务公开》第5项 公开政务服务事项的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李建国@省公安厅群：/report@duban_bot 5 55%
      → 省公安厅群：请问这是哪一项的进展？点选后即登记。［深化“放管…第5项 压缩工程项目审批时间］［政务公开第5项 公开政务服务事项］
      ≡ task_asked
    李建国@省公安厅群 点按［政务公开第5项 公开政务服务事项］
      → 省公安厅群：请问这是哪一项的进展？点选后即登记。／—— 李建国 06-24 10:00 选定第5项
      → 省公安厅群：已登记 《政务公开》第5项 公开政务服务事项：推进中55%［撤回］
      ≡ question_closed
      ≡ report_recorded
    李建国@省公安厅群：已完成
      → 省公安厅群：已登记 《政务公开》第5项 公开政务服务事项：提请办结／办结由督办员核定。［撤回］
      → 督办群：省公安厅（李建国）反馈：／《政务公开》第5项 公开政务服务事项：提请办结／原话：已完成［政务公开第5项 同意办结］［政务公开第5项 退回］
      ≡ report_recorded
    李建国@省公安厅群：/history@duban_bot 政务公开 5
      → 省公安厅群：《政务公开》第5项 历次反馈（5 条）／2019年6月24日（周一）10:00 《政务公开》第5项 省公安厅（李建国）［推进中30%］5 30%／2019年6月24日（周一）10:00 《政务公开》第5项 省公安厅（李建国）［推进中40%］5 进度40%／2019年6月24日（周一）10:00 《政务公开》第5项 省公安厅（李建国）［推进中50%］进度50%（已撤回）／2019年6月24日（周一）10:00 《政务公开》第5项 省公安厅（李建国）［推进中55%］5 55%／2019年6月24日（周一）10:00 《政务公开》第5项 省公安厅（李建国）［提请办结100%］已完成
    周敏@督办群 点按［政务公开第5项 退回］
      （浮窗）已退回。
      → 督办群：省公安厅（李建国）反馈：／《政务公开》第5项 公开政务服务事项：提请办结／原话：已完成／—— 周敏 06-24 10:00 退回办结申请
      → 省公安厅群：《政务公开》第5项 公开政务服务事项：督办员周敏于6月24日10:00退回办结申请，请继续推进并补充反馈。
      → 督办群：周敏 退回办结申请：《政务公开》第5项 公开政务服务事项（省公安厅）／请回复本条说明理由，将转告该单位。
      ≡ claim_decided
    周敏@督办群：/history@duban_bot 政务公开 5
      → 督办群：《政务公开》第5项 历次反馈（6 条）／2019年6月24日（周一）10:00 《政务公开》第5项 省公安厅（李建国）［推进中30%］5 30%／2019年6月24日（周一）10:00 《政务公开》第5项 省公安厅（李建国）［推进中40%］5 进度40%／2019年6月24日（周一）10:00 《政务公开》第5项 省公安厅（李建国）［推进中50%］进度50%（已撤回）／2019年6月24日（周一）10:00 《政务公开》第5项 省公安厅（李建国）［推进中55%］5 55%／2019年6月24日（周一）10:00 《政务公开》第5项 省公安厅（李建国）［提请办结100%］已完成／2019年6月24日（周一）10:00 《政务公开》第5项 省公安厅（周敏）退回办结申请
    周敏@督办群：/task@duban_bot 5
      → 督办群：《湖南省深化“放管服”改革转变政府职能重点任务分工方案》第5项｜未启动（截至2019年6月24日（周一）10:00）／压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。／时限：2019年6月底前（6月30日）／牵头 省住房城乡建设厅：未启动（未绑定）／省直各部门（14个单位）：未启动 14／《湖南省2019年政务公开工作要点》第5项｜推进中／公开政务服务事项，2019年6月底前，全部上网。／时限：2019年6月底前（6月30日）／负责 省公安厅：推进中55%（6月24日：已完成）／待确认 李建国（6月24日）：“你懂的”
    ");
    let duties = talk.rows(
        "select plan.title || ' 第' || number || '项 ' || coalesce(percent, '—') from duty
        join task on task.id = task_id join plan on plan.id = plan_id join unit on unit.id = unit_id
        where unit.name = '省公安厅' and number in ('5', '10') order by plan.id, task.id",
    );
    insta::assert_snapshot!(duties.await.join("\n"), @"
    湖南省深化“放管服”改革转变政府职能重点任务分工方案 第5项 —
    湖南省深化“放管服”改革转变政府职能重点任务分工方案 第10项 20
    湖南省2019年政务公开工作要点 第5项 55
    ");
    // On the day of a reminder the one is reported on before it, so it names the other: no question about that.
    talk.go_on(TimeDelta::hours(70));
    talk.reply(POLICE, LI, "进度60%").await;
    talk.go_on(TimeDelta::hours(1));
    talk.take();
    talk.tick().await;
    let digest = talk.take();
    assert!(digest.contains("第5项 压缩工程项目审批时间") && !digest.contains("第5项 公开政务服务事项"), "{digest}");
    talk.reply(POLICE, LI, "第5项：进度35%").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@省公安厅群：第5项：进度35%
      → 省公安厅群：已登记 《深化“放管服”改革转变政府职能》第5项 压缩工程项目审批时间：推进中35%［撤回］
      ≡ report_recorded
    ");
}
