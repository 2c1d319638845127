//! Rights end: coordinators are removed or leave, a wrongly bound chat is detached, codes end, and notices do not pile up.

use chrono::TimeDelta;
use serde_json::json;

use crate::talk::Talk;

const POLICE: i64 = -500;
const OTHER: i64 = -501;
const COORDINATORS: i64 = -900;
const LI: i64 = 11;
const WANG: i64 = 12;
const ZHOU: i64 = 91;
const CHEN: i64 = 92;
const BOT: i64 = 1;

async fn office() -> Talk {
    let names = [
        (POLICE, "公安群"),
        (OTHER, "另一群"),
        (COORDINATORS, "督办群"),
        (LI, "李建国"),
        (WANG, "王芳"),
        (ZHOU, "周敏"),
        (CHEN, "陈立"),
    ];
    let mut talk = Talk::begin("06-24 10:00:00", &names).await;
    talk.bind(POLICE, LI, "省公安厅").await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk
}

/// The code in an answer to `/invite`.
fn code_in(said: &str) -> String {
    let (_, after) = said.split_once("/bind@ ").or_else(|| said.split_once("/bind@duban_bot ")).expect("a code");
    after.chars().take_while(char::is_ascii_alphanumeric).collect()
}

#[tokio::test]
async fn a_coordinator_removes_another() {
    let mut talk = office().await;
    talk.bind(CHEN, CHEN, "--coordinator").await;
    let code = talk.office.code_for("--coordinator");
    talk.say(POLICE, LI, "/done@duban_bot 5 已验收").await;
    talk.say(POLICE, LI, "/coordinators@duban_bot").await;
    talk.say(COORDINATORS, ZHOU, "/coordinators@duban_bot").await;
    talk.press(COORDINATORS, ZHOU, "移除 周敏").await;
    talk.press(COORDINATORS, LI, "移除 陈立").await;
    talk.press(COORDINATORS, ZHOU, "移除 陈立").await;
    talk.press(COORDINATORS, ZHOU, "确认移除 陈立").await;
    // What the one who was removed presses does nothing, and the last one stays.
    talk.press(COORDINATORS, CHEN, "第5项 同意办结").await;
    talk.say(CHEN, CHEN, &format!("/start {code}")).await;
    talk.say(CHEN, CHEN, "/status").await;
    talk.say(COORDINATORS, ZHOU, "/coordinators@duban_bot").await;
    talk.press(COORDINATORS, ZHOU, "移除 周敏").await;
    let said = talk.take().replace(&code, "邀请码");
    insta::assert_snapshot!(said, @"
    李建国@公安群：/done@duban_bot 5 已验收
      → 公安群：李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已验收［第5项 同意办结］［第5项 退回］
      ≡ contact_registered
      ≡ report_recorded
    李建国@公安群：/coordinators@duban_bot
      → 公安群：跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。
    周敏@督办群：/coordinators@duban_bot
      → 督办群：督办员 2 人：／· 周敏（6月24日起）／· 陈立（6月24日起）［移除 周敏］［移除 陈立］
    周敏@督办群 点按［移除 周敏］
      （浮窗）不能移除本人，请由其他督办员操作。
    李建国@督办群 点按［移除 陈立］
      （浮窗）仅督办员可以操作。
    周敏@督办群 点按［移除 陈立］
      → 督办群：将移除督办员 陈立，移除后立即不能再核定和操作，此前的核定不变；尚未使用的督办员邀请码一并失效。请点按确认。［确认移除 陈立］
    周敏@督办群 点按［确认移除 陈立］
      （浮窗）已移除。
      → 督办群：督办员 2 人：／· 周敏（6月24日起）／· 陈立（6月24日起）／—— 周敏 06-24 10:00 移除：陈立［移除 周敏］
      → 督办群：将移除督办员 陈立，移除后立即不能再核定和操作，此前的核定不变；尚未使用的督办员邀请码一并失效。请点按确认。／—— 周敏 06-24 10:00 移除
      → 督办群：周敏 已移除督办员 陈立。
      ≡ coordinator_removed（removed）
      ≡ invitations_ended
    陈立@督办群 点按［第5项 同意办结］
      （浮窗）仅督办员可以操作。
    陈立@陈立：/start 邀请码
      → 陈立：该邀请码已失效，未作任何更改。请督办员重新发码。
    陈立@陈立：/status
      → 陈立：跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。
    周敏@督办群：/coordinators@duban_bot
      → 督办群：督办员 1 人：／· 周敏（6月24日起）［移除 周敏］
    周敏@督办群 点按［移除 周敏］
      （浮窗）这是唯一的督办员，不能在聊天中移除。请先邀请其他督办员，或由运行人员用 duban coordinator remove 移除。
    ");
    let left = talk.office.ask_json(&["coordinator", "list", "--json"]);
    assert_eq!(
        (left.as_array().map(Vec::len), &left[0]["name"], &left[0]["id"]),
        (Some(1), &json!("周敏"), &json!(ZHOU))
    );
}

#[tokio::test]
async fn the_operator_removes_anybody() {
    let mut talk = office().await;
    talk.bind(CHEN, CHEN, "--coordinator").await;
    talk.rename(CHEN, "周敏");
    talk.say(CHEN, CHEN, "/status").await;
    let refused = |arguments: &[&str]| {
        let output = talk.office.run(arguments);
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    insta::assert_snapshot!(refused(&["coordinator", "remove", "周敏"]), @"duban: 督办员中有 2 位“周敏”，请改用编号：91、92");
    insta::assert_snapshot!(refused(&["coordinator", "remove", "无此人"]), @"duban: 督办员中没有“无此人”，请用 duban coordinator list 查看姓名和编号");
    insta::assert_snapshot!(talk.office.ask(&["coordinator", "remove", "92"]), @"已移除督办员 周敏（编号 92），还有督办员 1 人");
    let last = talk.office.ask_json(&["coordinator", "remove", "周敏", "--json"]);
    assert_eq!(last, json!({"id": ZHOU, "name": "周敏", "left": 0}));
    insta::assert_snapshot!(talk.office.ask(&["coordinator", "list"]), @"还没有督办员，请用 duban invite --coordinator 邀请");
    talk.take();
}

#[tokio::test]
async fn who_leaves_the_coordinators_group_is_none_unless_another_confirms() {
    let mut talk = office().await;
    talk.bind(CHEN, CHEN, "--coordinator").await;
    let gone = |person: i64, name: &str| json!({"left_chat_member": {"id": person, "first_name": name}});
    talk.service(COORDINATORS, CHEN, "陈立 退群", gone(CHEN, "陈立")).await;
    talk.say(CHEN, CHEN, "/status").await;
    talk.press(COORDINATORS, CHEN, "保留资格").await;
    talk.press(COORDINATORS, ZHOU, "保留资格").await;
    talk.press_first(COORDINATORS, ZHOU, "保留资格").await;
    // Thrown out, and removed for good: the button of the first time gives nothing back.
    let (member, kicked) = (json!({"status": "member"}), json!({"status": "kicked"}));
    talk.go_on(TimeDelta::minutes(5));
    talk.membership("chat_member", COORDINATORS, CHEN, member.clone(), kicked.clone()).await;
    talk.press_first(COORDINATORS, ZHOU, "保留资格").await;
    // The only one keeps the right.
    talk.membership("chat_member", COORDINATORS, ZHOU, member, kicked).await;
    insta::assert_snapshot!(talk.take(), @r#"
    〔督办群：陈立 退群〕
      → 督办群：陈立 已退出督办员群，督办员资格随之终止。如仍担任督办员，请其他督办员点按“保留资格”。［保留资格］
      ≡ member_gone
      ≡ coordinator_removed（left_group）
    陈立@陈立：/status
      → 陈立：跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。
    陈立@督办群 点按［保留资格］
      （浮窗）仅督办员可以操作。
    周敏@督办群 点按［保留资格］
      （浮窗）已保留。
      → 督办群：陈立 已退出督办员群，督办员资格随之终止。如仍担任督办员，请其他督办员点按“保留资格”。／—— 周敏 06-24 10:00 保留资格
      → 督办群：周敏 已为 陈立 保留督办员资格。
      ≡ coordinator_added
    周敏@督办群 点按［保留资格］
      （浮窗）情况已有变化，此按钮不再有效。
    〔督办群：陈立 "member" → "kicked"〕
      → 督办群：陈立 已退出督办员群，督办员资格随之终止。如仍担任督办员，请其他督办员点按“保留资格”。［保留资格］
      ≡ member_gone
      ≡ coordinator_removed（left_group）
    周敏@督办群 点按［保留资格］
      （浮窗）情况已有变化，此按钮不再有效。
    〔督办群：周敏 "member" → "kicked"〕
      → 督办群：周敏 已退出督办员群。因没有其他督办员，其资格暂予保留；如不再担任，请邀请新的督办员，或由运行人员用 duban coordinator remove 移除。
      ≡ member_gone
    "#);
}

#[tokio::test]
async fn a_wrongly_bound_group_is_detached() {
    let mut talk = office().await;
    talk.say(POLICE, LI, "/report@duban_bot 5 30%").await;
    talk.say(POLICE, WANG, "/report@duban_bot 5 40%").await;
    talk.press(POLICE, WANG, "申请登记").await;
    let code = talk.office.code_for("省公安厅");
    talk.take();
    talk.say(POLICE, LI, "/unbind@duban_bot 省公安厅").await;
    talk.say(POLICE, ZHOU, "/unbind@duban_bot 省公安厅").await;
    talk.say(COORDINATORS, ZHOU, "/unbind@duban_bot 省教育厅").await;
    talk.say(COORDINATORS, ZHOU, "/unbind@duban_bot 公安厅").await;
    talk.press(COORDINATORS, LI, "确认解除绑定").await;
    talk.press(COORDINATORS, ZHOU, "确认解除绑定").await;
    talk.press_first(COORDINATORS, ZHOU, "确认解除绑定").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 50%").await;
    talk.say(POLICE, LI, &format!("/bind@duban_bot {code}")).await;
    let said = talk.take().replace(&code, "邀请码");
    insta::assert_snapshot!(said, @"
    李建国@公安群：/unbind@duban_bot 省公安厅
      → 公安群：仅督办员可以操作。
    周敏@公安群：/unbind@duban_bot 省公安厅
      → 公安群：请在督办员群或与机器人的私聊中操作。
    周敏@督办群：/unbind@duban_bot 省教育厅
      → 督办群：没有这个单位，或该单位没有绑定的群。发送 /units 查看绑定情况。
    周敏@督办群：/unbind@duban_bot 公安厅
      → 督办群：将解除省公安厅与“公安群”的绑定：那里不再收到提醒，反馈不再登记，已登记的反馈不变。在那里登记的联络员（李建国）一并终止。请点按确认。［确认解除绑定］
    李建国@督办群 点按［确认解除绑定］
      （浮窗）仅督办员可以操作。
    周敏@督办群 点按［确认解除绑定］
      （浮窗）已解除绑定。
      → 公安群：本对话已与省公安厅解除绑定，今后不再发送提醒。感谢配合。
      → 督办群：将解除省公安厅与“公安群”的绑定：那里不再收到提醒，反馈不再登记，已登记的反馈不变。在那里登记的联络员（李建国）一并终止。请点按确认。／—— 周敏 06-24 10:00 解除绑定
      → 督办群：周敏 已解除省公安厅与“公安群”的绑定。在那里登记的联络员（李建国）一并终止。此前的邀请码已失效，重新绑定请发送 /invite 省公安厅。
      ≡ unit_unbound
      ≡ contact_removed（unbound）
      ≡ invitations_ended
    周敏@督办群 点按［确认解除绑定］
      （浮窗）情况已有变化，此按钮不再有效。
    李建国@公安群：/report@duban_bot 5 50%
      → 公安群：本群尚未绑定单位。请向督办员索取邀请码，发送 /bind@duban_bot 邀请码。
    李建国@公安群：/bind@duban_bot 邀请码
      → 公安群：该邀请码已失效，未作任何更改。请督办员重新发码。
    ");
    let failed = talk.office.run(&["unit", "unbind", "省公安厅"]);
    assert_eq!(failed.status.code(), Some(1));
    // The right group; the contact who was registered there comes and goes with it.
    talk.bind(OTHER, WANG, "省公安厅").await;
    talk.say(OTHER, WANG, "/report@duban_bot 5 60%").await;
    insta::assert_snapshot!(talk.office.ask(&["unit", "unbind", "公安厅"]), @"已解除省公安厅与“另一群”的绑定；在该群登记的联络员一并终止：王芳");
    let told = talk.rows(
        "select chat.title || ' ' || (body like '%已与省公安厅解除绑定%') from outbox join chat on chat.id = chat_id
         where state = 'pending' and outbox.kind = 'notice'",
    );
    assert_eq!(told.await, ["另一群 1", "督办群 0"]);
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn contacts_of_another_group_stay() {
    let mut talk = office().await;
    talk.say(POLICE, LI, "/report@duban_bot 5 30%").await;
    // The unit moves to a group which turns out to be another's.
    talk.membership("my_chat_member", POLICE, BOT, json!({"status": "member"}), json!({"status": "left"})).await;
    talk.bind(OTHER, WANG, "省公安厅").await;
    talk.say(OTHER, LI, "/report@duban_bot 5 40%").await;
    talk.take();
    talk.say(COORDINATORS, ZHOU, "/unbind@duban_bot 公安厅").await;
    talk.press(COORDINATORS, ZHOU, "确认解除绑定").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/unbind@duban_bot 公安厅
      → 督办群：将解除省公安厅与“另一群”的绑定：那里不再收到提醒，反馈不再登记，已登记的反馈不变。联络员 1 人不是在那里登记的，资格不变。请点按确认。［确认解除绑定］
    周敏@督办群 点按［确认解除绑定］
      （浮窗）已解除绑定。
      → 另一群：本对话已与省公安厅解除绑定，今后不再发送提醒。感谢配合。
      → 督办群：将解除省公安厅与“另一群”的绑定：那里不再收到提醒，反馈不再登记，已登记的反馈不变。联络员 1 人不是在那里登记的，资格不变。请点按确认。／—— 周敏 06-24 10:00 解除绑定
      → 督办群：周敏 已解除省公安厅与“另一群”的绑定。联络员 1 人不是在那里登记的，资格不变。此前的邀请码已失效，重新绑定请发送 /invite 省公安厅。
      ≡ unit_unbound
    ");
    let contacts = talk.rows("select name from contact join person on person.id = person_id");
    assert_eq!(contacts.await, ["李建国"]);
}

#[tokio::test]
async fn an_invitation_is_shown_again_until_it_ends() {
    let mut talk = office().await;
    let mut invited = Vec::new();
    for words in ["/invite@duban_bot 省教育厅", "/invite@duban_bot 教育厅", "/invite@duban_bot 省教育厅 新"]
    {
        talk.say(COORDINATORS, ZHOU, words).await;
        invited.push(code_in(&talk.take()));
    }
    let [first, again, anew] = invited.as_slice() else { panic!("three answers") };
    assert_eq!(first, again);
    assert_ne!(again, anew);
    talk.say(OTHER, WANG, &format!("/bind@duban_bot {first}")).await;
    talk.say(OTHER, WANG, &format!("/bind@duban_bot {anew}")).await;
    talk.say(POLICE, WANG, &format!("/bind@duban_bot {anew}")).await;
    let said = talk.take().replace(first, "旧码").replace(anew, "新码");
    insta::assert_snapshot!(said, @"
    王芳@另一群：/bind@duban_bot 旧码
      → 另一群：该邀请码已失效，未作任何更改。请督办员重新发码。
    王芳@另一群：/bind@duban_bot 新码
      → 另一群：本群已绑定：省教育厅，承担任务 20 项。／到期前我会在工作日提醒，每日至多一条。请“回复”我的消息，写明第几项、进展和问题即可反馈。／本群的其他发言我看不到，请“回复”我的消息，或发送带我名字的命令，例如 /tasks@duban_bot。／发送 /tasks 查看任务，/help 查看用法。请勿发送涉密或敏感信息。
      ≡ unit_bound
    王芳@公安群：/bind@duban_bot 新码
      → 公安群：该邀请码已被使用，未作任何更改。请督办员重新发码。
    ");
    // Of a code that has been used nothing is left that could be shown.
    talk.say(COORDINATORS, ZHOU, "/invite@duban_bot 省教育厅").await;
    assert_ne!(&code_in(&talk.take()), anew);
    // The command line always makes a new one.
    let (older, newer) = (talk.office.code_for("省教育厅"), talk.office.code_for("省教育厅"));
    assert_ne!(older, newer);
    let kept = talk.rows("select code from invitation where code is not null").await;
    assert_eq!(kept, [newer]);
}

#[tokio::test]
async fn after_the_bot_was_thrown_out_no_older_code_serves() {
    let mut talk = office().await;
    let code = talk.office.code_for("省公安厅");
    talk.membership("my_chat_member", POLICE, BOT, json!({"status": "member"}), json!({"status": "kicked"})).await;
    talk.say(OTHER, WANG, &format!("/bind@duban_bot {code}")).await;
    insta::assert_snapshot!(talk.take().replace(&code, "旧码"), @r#"
    〔公安群：机器人 "member" → "kicked"〕
      → 督办群：机器人已不能在“省公安厅”的群里发言，该群收不到提醒。请重新邀请机器人入群。
      ≡ invitations_ended
      ≡ bot_standing
    王芳@另一群：/bind@duban_bot 旧码
      → 另一群：该邀请码已失效，未作任何更改。请督办员重新发码。
    "#);
    talk.bind(OTHER, WANG, "省公安厅").await;
    let bound = talk.rows("select title from chat where unit_id is not null").await;
    assert_eq!(bound, ["另一群"]);
}

#[tokio::test]
async fn notices_to_a_group_that_cannot_be_reached_do_not_pile_up() {
    let mut talk = office().await;
    talk.say(POLICE, LI, "/report@duban_bot 5 30% 问题：数据未打通").await;
    talk.say(POLICE, LI, "/done@duban_bot 10 已验收").await;
    let (member, kicked) = (json!({"status": "member"}), json!({"status": "kicked"}));
    talk.membership("my_chat_member", POLICE, BOT, member.clone(), kicked.clone()).await;
    talk.press(COORDINATORS, ZHOU, "第10项 退回").await;
    for _ in 0..30 {
        talk.say(COORDINATORS, ZHOU, "/suspend@duban_bot 6 公安厅 机构改革").await;
        talk.say(COORDINATORS, ZHOU, "/resume@duban_bot 6 公安厅").await;
        talk.go_on(TimeDelta::hours(6));
        talk.tick().await;
    }
    let waiting = "select count(*) || '' from outbox join chat on chat.id = chat_id
        where telegram_id = -500 and state in ('pending', 'in_doubt') and outbox.kind = 'notice'";
    assert_eq!(talk.rows(waiting).await, ["8"], "those of a day");
    talk.go_on(TimeDelta::hours(60));
    talk.tick().await;
    assert_eq!(talk.rows(waiting).await, ["0"]);
    talk.take();
    talk.membership("my_chat_member", POLICE, BOT, kicked, member).await;
    let told = talk.take();
    let heads: Vec<String> = told.lines().map(|line| line.chars().take(70).collect()).collect();
    insta::assert_snapshot!(heads.join("\n"), @r#"
    〔公安群：机器人 "kicked" → "member"〕
      → 督办群：机器人已恢复在“省公安厅”的群里发言。
      → 公安群：自2019年6月24日（周一）10:00起机器人不能在本群发言，其间，督办员的核定和答复如下，另有 41 条较早的请发送 /
      → 公安群：【工作提醒】（补发）省公安厅　7月4日（周四）／已到期未办结：／第5项 压缩工程项目审批时间：6月30日，已逾期4天；上次：
      ≡ bot_standing
    "#);
    // It is told once.
    talk.say(POLICE, LI, "/tasks@duban_bot").await;
    assert!(!talk.take().contains("其间"));
}
