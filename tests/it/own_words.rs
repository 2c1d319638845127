//! Only one's own words count: what is passed on acts for nobody, a button works where it was drawn, and a name is a name.

use serde_json::{Value, json};

use crate::office::Office;
use crate::talk::{Drawn, Talk};

const POLICE: i64 = -500;
const FINANCE: i64 = -600;
const COORDINATORS: i64 = -900;
const LI: i64 = 11;
const WANG: i64 = 12;
const ZHOU: i64 = 91;
const STRANGER: i64 = 99;
const BOT: i64 = 1;

async fn office() -> Talk {
    let names = [
        (POLICE, "公安群"),
        (FINANCE, "财政群"),
        (COORDINATORS, "督办群"),
        (LI, "李建国"),
        (WANG, "王芳"),
        (ZHOU, "周敏"),
        (STRANGER, "路人"),
    ];
    let mut talk = Talk::begin("06-24 10:00:00", &names).await;
    talk.bind(POLICE, LI, "省公安厅").await;
    talk.bind(FINANCE, WANG, "省财政厅").await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 30%").await;
    talk.take();
    talk
}

/// As a client of today tells it.
fn forwarded() -> Value {
    json!({"forward_origin": {"type": "user", "date": 1, "sender_user": {"id": STRANGER, "first_name": "路人"}}})
}

#[tokio::test]
async fn what_is_passed_on_acts_for_nobody() {
    let mut talk = office().await;
    let suspend = "/suspend@duban_bot 9 全部单位 机构改革";
    talk.message(COORDINATORS, ZHOU, suspend, forwarded()).await;
    // Told once a day in a group.
    talk.message(COORDINATORS, ZHOU, suspend, forwarded()).await;
    // What an older server tells of forwards.
    for older in [
        json!({"forward_from": {"id": STRANGER, "first_name": "路人"}}),
        json!({"forward_from_chat": {"id": -3, "type": "channel", "title": "频道"}}),
        json!({"forward_sender_name": "路人"}),
        json!({"forward_date": 1}),
    ] {
        talk.message(ZHOU, ZHOU, "/invite 省教育厅", older).await;
    }
    // Our own words are nobody's.
    let ours = json!({"forward_origin": {"type": "user", "date": 1, "sender_user": {"id": BOT, "first_name": "督办"}}});
    talk.message(ZHOU, ZHOU, "/invite 省教育厅", ours).await;
    // A contact's are kept and asked about; the press is his own.
    talk.message(LI, LI, "5 已完成", forwarded()).await;
    talk.press(LI, LI, "推进中").await;
    // So is a file; one without words is evidence as any other.
    talk.message(LI, LI, "/done 10", forwarded()).await;
    let mut photo = forwarded();
    photo["photo"] = json!([{"file_id": "photo"}]);
    talk.service(LI, LI, "李建国 转发一张照片", photo).await;
    let more = talk.label(LI, "项）");
    talk.press(LI, LI, &more).await;
    talk.press(LI, LI, "第10项 规范职业资格许可…").await;
    // A document opens a preview that only its button imports.
    let mut document = forwarded();
    document["document"] = json!({"file_id": "plan", "file_name": "计划.txt"});
    talk.service(ZHOU, ZHOU, "周敏 转发一份文件", document).await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/suspend@duban_bot 9 全部单位 机构改革
      → 督办群：转发的内容不作为本人意见，未作处理。如需办理，请亲自输入发送。
    周敏@督办群：/suspend@duban_bot 9 全部单位 机构改革
    周敏@周敏：/invite 省教育厅
      → 周敏：转发的内容不作为本人意见，未作处理。如需办理，请亲自输入发送。
    周敏@周敏：/invite 省教育厅
      → 周敏：转发的内容不作为本人意见，未作处理。如需办理，请亲自输入发送。
    周敏@周敏：/invite 省教育厅
      → 周敏：转发的内容不作为本人意见，未作处理。如需办理，请亲自输入发送。
    周敏@周敏：/invite 省教育厅
      → 周敏：转发的内容不作为本人意见，未作处理。如需办理，请亲自输入发送。
    周敏@周敏：/invite 省教育厅
    李建国@李建国：5 已完成
      → 李建国：转发的内容不作为本人意见，原话已留存，尚未登记。请点选这句话对第5项 压缩工程项目审批时间的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李建国@李建国 点按［推进中］
      → 李建国：转发的内容不作为本人意见，原话已留存，尚未登记。请点选这句话对第5项 压缩工程项目审批时间的含义，或重新回复写明进展。／—— 李建国 06-24 10:00 选定第5项
      → 李建国：已登记 第5项 压缩工程项目审批时间：推进中［撤回］
      ≡ question_closed
      ≡ report_recorded
    李建国@李建国：/done 10
      → 李建国：转发的内容不作为本人意见，未作处理。如需办理，请亲自输入发送。
    〔李建国：李建国 转发一张照片〕
      → 李建国：请问这是哪一项的进展？点选后即登记。［第1项 清理省级行政许可事项］［第2项 查纠各种变相审批许可］［第3项 稳妥向县市下放管理…］［第4项 企业开办和注销再提速］［第5项 压缩工程项目审批时间］［第6项 清理妨碍公平竞争的…］［更多（共20项）］
      ≡ task_asked
    李建国@李建国 点按［更多（共20项）］
      → 李建国：请问这是哪一项的进展？点选后即登记。［第1项 清理省级行政许可事项］［第2项 查纠各种变相审批许可］［第3项 稳妥向县市下放管理…］［第4项 企业开办和注销再提速］［第5项 压缩工程项目审批时间］［第6项 清理妨碍公平竞争的…］［第7项 压减生产许可和准入证］［第8项 落实市场准入负面清单］［第10项 规范职业资格许可…］［第17项 整治认证市场乱象］［第19项 依法严惩违法违规…］［第20项 政府带头守信践诺］［第21项 对新兴产业包容审…］［第22项 推行马上办、网上…］［第23项 做强“互联网+政…］［第25项 企业群众办事只进…］［第27项 建好家门口的便民…］［第28项 建设全省一体化政…］［第31项 推动政务数据开放…］［第32项 做好全省营商环境…］
    李建国@李建国 点按［第10项 规范职业资格许可…］
      → 李建国：请问这是哪一项的进展？点选后即登记。／—— 李建国 06-24 10:00 选定第10项
      → 李建国：已登记 第10项 规范职业资格许可认定：情况已记录／附件已留存。［撤回］
      ≡ question_closed
      ≡ report_recorded
    〔周敏：周敏 转发一份文件〕
      → 周敏：收到《计划.txt》，正在读取，稍候给出预览。
      ≡ document_sent
    ");
    // A code that another bot has put into somebody's mouth binds nothing.
    let code = talk.office.code_for("--coordinator");
    talk.message(STRANGER, STRANGER, &format!("/start {code}"), json!({"via_bot": {"id": 5, "is_bot": true}})).await;
    let seen = talk.take();
    assert!(seen.ends_with("如需办理，请亲自输入发送。"), "{seen}");
}

#[tokio::test]
async fn a_button_works_only_in_the_chat_for_which_it_was_drawn() {
    let mut talk = office().await;
    talk.say(FINANCE, WANG, "/report@duban_bot 5 10%").await;
    let police = talk.data_of(POLICE, "撤回");
    let finance = talk.data_of(FINANCE, "撤回");
    talk.take();
    // The data of one chat in another, other data with the same check, no check at a message that shows no such button.
    let (bare, check) = police.data.rsplit_once('~').expect("a check");
    for (chat, message_id, data) in [
        (FINANCE, finance.message_id, police.data.clone()),
        (POLICE, police.message_id, finance.data.clone()),
        (POLICE, police.message_id, format!("v1:accept:1:1~{check}")),
        (POLICE, police.message_id, "v1:unmute:999:1".to_owned()),
        (FINANCE, finance.message_id, bare.to_owned()),
        (POLICE, police.message_id, String::new()),
        (POLICE, police.message_id, "~".repeat(64)),
    ] {
        talk.press_as_sent(Drawn { chat, message_id, data }, LI).await;
        let seen = talk.take();
        assert!(seen.ends_with("（浮窗）按钮已失效，请在最新的消息上点按。"), "{seen}");
    }
    // A copy that was sent twice is as valid as its twin.
    talk.press_as_sent(Drawn { message_id: police.message_id + 1_000, ..police.clone() }, LI).await;
    assert!(talk.take().contains("已撤回第5项"));
    let (bare, _) = finance.data.rsplit_once('~').expect("a check");
    let earlier = Drawn { data: bare.to_owned(), ..finance };
    talk.press_as_sent(earlier.clone(), WANG).await;
    assert!(talk.take().contains("按钮已失效"), "the check was taken off");
    // A button of an earlier version has no check; it counts where the message shows it.
    talk.rows("update outbox_button set unsealed = 1 returning data").await;
    talk.press_as_sent(Drawn { message_id: 1, ..earlier.clone() }, WANG).await;
    assert!(talk.take().contains("按钮已失效"));
    talk.press_as_sent(earlier, WANG).await;
    assert!(talk.take().contains("已撤回第5项"));
}

#[tokio::test]
async fn a_button_outlives_the_move_to_a_supergroup() {
    const SUPERGROUP: i64 = -1_000_500;
    let mut talk = office().await;
    talk.rename(SUPERGROUP, "公安超级群");
    let drawn = talk.data_of(POLICE, "撤回");
    talk.service(POLICE, LI, "升级为超级群", json!({"migrate_to_chat_id": SUPERGROUP})).await;
    talk.take();
    // It stays in the old chat, for which it was drawn, and is no button of the new one.
    talk.press_as_sent(Drawn { chat: SUPERGROUP, ..drawn.clone() }, LI).await;
    assert!(talk.take().contains("按钮已失效"));
    talk.press_as_sent(drawn, LI).await;
    assert!(talk.take().contains("→ 公安超级群：已撤回第5项"));
}

#[tokio::test]
async fn a_restored_backup_keeps_buttons_valid() {
    let talk = office().await;
    let (drawn, copy) = (talk.data_of(POLICE, "撤回"), talk.office.path("copy.db"));
    talk.office.ask(&["backup", copy.to_str().expect("UTF-8")]);
    let restored = Office::new();
    std::fs::copy(&copy, restored.path("duban.db")).expect("copied");
    let seal = restored.seal().await;
    assert_eq!(seal.open(POLICE, &drawn.data).map(|data| &data[..8]), Some("v1:undo:"));
}

#[tokio::test]
async fn in_a_topic_a_plain_message_names_nobody() {
    let mut talk = office().await;
    let opened = |extra: Value| {
        let mut answered = json!({"message_id": 7, "from": {"id": WANG, "first_name": "王芳"}});
        for (name, value) in extra.as_object().into_iter().flatten() {
            answered[name] = value.clone();
        }
        json!({"message_thread_id": 7, "reply_to_message": answered})
    };
    talk.message(POLICE, LI, "/handover@duban_bot", opened(json!({"forum_topic_created": {"name": "甲"}}))).await;
    let mut in_topic = opened(json!({}));
    in_topic["is_topic_message"] = json!(true);
    let code = talk.office.code_for("省教育厅");
    let before = talk.take();
    talk.message(FINANCE, LI, &format!("/bind@duban_bot {code}"), in_topic.clone()).await;
    assert!(talk.take().contains("本群已绑定：省教育厅"));
    talk.message(FINANCE, LI, "/report@duban_bot 5 30%", in_topic.clone()).await;
    talk.message(FINANCE, LI, "/handover@duban_bot", in_topic).await;
    insta::assert_snapshot!(format!("{before}\n{}", talk.take()), @"
    李建国@公安群：/handover@duban_bot
      → 公安群：还不认识接手的同事。请回复该同事的消息发送 /handover，或请其先在群里回复我一条消息。
    李建国@财政群：/report@duban_bot 5 30%
      → 财政群：李建国 已成为省教育厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：推进中30%［撤回］
      ≡ contact_registered
      ≡ report_recorded
    李建国@财政群：/handover@duban_bot
      → 财政群：还不认识接手的同事。请回复该同事的消息发送 /handover，或请其先在群里回复我一条消息。
    ");
}

#[tokio::test]
async fn a_name_cannot_look_like_a_line_of_the_bot() {
    let mut talk = office().await;
    talk.rename(STRANGER, "\u{202e}✅\n【督办提醒】督办员周敏已同意办结\u{200b}\n—— 周敏");
    talk.rename(POLICE, "公安群\n【督办提醒】");
    talk.say(POLICE, STRANGER, "/report@duban_bot 5 已完成").await;
    talk.press(POLICE, STRANGER, "申请登记").await;
    // Nor can what is repeated of somebody's words.
    talk.say(POLICE, LI, "/report@duban_bot 5 已完成\n—— 周敏 06-24 10:00 同意办结\n【督办提醒】").await;
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    talk.say(COORDINATORS, ZHOU, "/task@duban_bot 5").await;
    talk.say(COORDINATORS, ZHOU, "/history@duban_bot 5").await;
    let names =
        "select name from person where telegram_id = 99 union all select title from chat where telegram_id = -500";
    insta::assert_snapshot!(talk.rows(names).await.join("\n"), @"
    [督办提醒]督办员周敏已同意办结 —— 周敏
    公安群 [督办提醒]
    ");
    let said = talk.take();
    let own_lines = said.lines().filter(|line| line.contains("→")).flat_map(|line| line.split('／'));
    assert!(own_lines.into_iter().all(|line| !line.starts_with('【') && !line.starts_with("——")), "{said}");
}
