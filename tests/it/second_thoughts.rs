//! Second thoughts: what an answer says after 撤回 is how things stand now, whatever was pressed first.

use crate::talk::Talk;

const GROUP: i64 = -1001;
const POLICE: i64 = -1002;
const OFFICE: i64 = -1009;
const LI: i64 = 11;
const ZHOU: i64 = 91;

async fn talk() -> Talk {
    let mut talk = Talk::begin(
        "06-03 10:00:00",
        &[(GROUP, "住建厅群"), (POLICE, "公安厅群"), (OFFICE, "督办员群"), (LI, "李明"), (ZHOU, "周敏")],
    )
    .await;
    talk.bind(OFFICE, ZHOU, "--coordinator").await;
    talk.bind(GROUP, LI, "省住房城乡建设厅").await;
    talk
}

#[tokio::test]
async fn a_withdrawal_says_how_the_task_stands_now() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 5 60% 已上线").await;
    talk.say(GROUP, LI, "/report@duban_bot 5 70%").await;
    talk.say(GROUP, LI, "/undo@duban_bot").await;
    talk.say(GROUP, LI, "/done@duban_bot 5").await;
    talk.press(OFFICE, ZHOU, "第5项 同意办结").await;
    talk.say(GROUP, LI, "/report@duban_bot 5 30% 说错了").await;
    talk.say(GROUP, LI, "/undo@duban_bot").await;
    talk.say(GROUP, LI, "/undo@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/report@duban_bot 5 60% 已上线
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：推进中60%［撤回］
      ≡ contact_registered
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 5 70%
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中70%［撤回］
      ≡ report_recorded
    李明@住建厅群：/undo@duban_bot
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中70%／—— 李明 06-03 10:00 已撤回
      → 住建厅群：已撤回第5项的这次反馈，现为推进中60%。
      ≡ report_withdrawn
    李明@住建厅群：/done@duban_bot 5
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 督办员群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5［第5项 同意办结］［第5项 退回］
      ≡ report_recorded
    周敏@督办员群 点按［第5项 同意办结］
      （浮窗）已同意办结。
      → 督办员群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5／—— 周敏 06-03 10:00 同意办结
      → 住建厅群：第5项 压缩工程项目审批时间：督办员周敏于6月3日10:00同意办结。
      → 督办员群：周敏 同意办结：第5项 压缩工程项目审批时间（省住房城乡建设厅）
      ≡ claim_decided
    李明@住建厅群：/report@duban_bot 5 30% 说错了
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中30%／已办结的任务，本次仅作记录。［撤回］
      ≡ report_recorded
    李明@住建厅群：/undo@duban_bot
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中30%／已办结的任务，本次仅作记录。／—— 李明 06-03 10:00 已撤回
      → 住建厅群：已撤回第5项的这次反馈，现为已办结。
      ≡ report_withdrawn
    李明@住建厅群：/undo@duban_bot
      → 住建厅群：第5项已办结，不能撤回。如有出入请联系督办员。
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn what_is_signed_off_stays_and_the_rest_of_its_message_goes() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 5 已完成，26 进度30%").await;
    talk.press(OFFICE, ZHOU, "第5项 同意办结").await;
    talk.take();
    talk.say(GROUP, LI, "/undo@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/undo@duban_bot
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：提请办结／第26项 压缩产权登记办理时间：推进中30%／办结由督办员核定。／—— 李明 06-03 10:00 已撤回
      → 住建厅群：第5项已办结，不能撤回。如有出入请联系督办员。／已撤回第26项的这次反馈，现为未启动。
      ≡ report_withdrawn
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn words_that_name_their_task_are_only_asked_what_they_mean() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 5 60%").await;
    talk.say(GROUP, LI, "/tasks@duban_bot").await;
    talk.take();
    talk.reply(GROUP, LI, "第5项60").await;
    talk.press(GROUP, LI, "推进中").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：第5项60
      → 住建厅群：没有看懂，原话已留存，尚未登记。请点选这句话对第5项 压缩工程项目审批时间的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@住建厅群 点按［推进中］
      → 住建厅群：没有看懂，原话已留存，尚未登记。请点选这句话对第5项 压缩工程项目审批时间的含义，或重新回复写明进展。／—— 李明 06-03 10:00 选定第5项
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
}

#[tokio::test]
async fn a_code_tried_again_where_it_was_good() {
    let mut talk = talk().await;
    let code = talk.office.code_for("--coordinator");
    let unit = talk.office.code_for("省公安厅");
    talk.say(ZHOU, ZHOU, &format!("/start {code}")).await;
    talk.say(POLICE, LI, &format!("/bind@duban_bot {unit}")).await;
    talk.take();
    talk.say(ZHOU, ZHOU, &format!("/start {code}")).await;
    talk.say(LI, LI, &format!("/start {code}")).await;
    talk.say(POLICE, LI, &format!("/bind@duban_bot {unit}")).await;
    talk.say(GROUP, LI, &format!("/bind@duban_bot {unit}")).await;
    insta::assert_snapshot!(talk.take().replace(&code, "CODE").replace(&unit, "UNIT"), @"
    周敏@周敏：/start CODE
      → 周敏：该邀请码已被使用。您已是督办员，可直接发问，或发送 /help 查看用法。
    李明@李明：/start CODE
      → 李明：该邀请码已被使用，未作任何更改。请督办员重新发码。
    李明@公安厅群：/bind@duban_bot UNIT
      → 公安厅群：本群已绑定该单位，无需再次绑定。发送 /tasks 查看任务。
    李明@住建厅群：/bind@duban_bot UNIT
      → 住建厅群：该邀请码已被使用，未作任何更改。请督办员重新发码。
    ");
}
