//! Words that wait for an answer: whose they are, who may answer, and how they are taken back.

use duban::sandbox::Message;
use serde_json::json;

use crate::office::{Office, Telegram, at};
use crate::talk::Talk;
use crate::unclear::{police, press, reports};

const GROUP: i64 = -1001;
const SUPERGROUP: i64 = -1_000_000_001_001;
const POLICE: i64 = -1002;
const EMPTY: i64 = -1003;
const OFFICE: i64 = -1009;
const LI: i64 = 11;
const WANG: i64 = 12;
const ZHOU: i64 = 91;
const STRANGER: i64 = 99;

/// A unit with two contacts.
async fn talk() -> Talk {
    let names = [
        (GROUP, "税务局群"),
        (SUPERGROUP, "税务局超级群"),
        (POLICE, "公安厅群"),
        (EMPTY, "新群"),
        (OFFICE, "督办员群"),
        (LI, "李明"),
        (WANG, "王芳"),
        (ZHOU, "周敏"),
        (STRANGER, "路人"),
    ];
    let mut talk = Talk::begin("06-03 10:00:00", &names).await;
    talk.bind(OFFICE, ZHOU, "--coordinator").await;
    talk.bind(GROUP, LI, "省税务局").await;
    talk.say(GROUP, LI, "/report@duban_bot 4 10%").await;
    talk.say(GROUP, WANG, "/report@duban_bot 4 20%").await;
    talk.press(GROUP, WANG, "申请登记").await;
    talk.press(GROUP, LI, "同意登记").await;
    talk.say(GROUP, LI, "/tasks@duban_bot").await;
    talk.take();
    talk
}

/// Who is noted for what was kept and recorded, in the ledger's order.
async fn noted(talk: &Talk) -> String {
    let rows = "select kind || ' ' || person.name || ' ' || coalesce(json_extract(body, '$.text'), '')
        from ledger join person on actor = 'person:' || person.id where kind in
        ('meaning_asked', 'task_asked', 'question_closed', 'report_recorded', 'report_revised', 'report_withdrawn') order by seq";
    talk.rows(rows).await.join("\n")
}

#[tokio::test]
async fn who_joins_in_a_colleagues_question_speaks_for_himself() {
    let mut talk = talk().await;
    talk.reply_to("未办结", GROUP, LI, "你懂的").await;
    // Her own words are a report of her own, and his go on waiting; what she cannot be understood to say is hers too.
    talk.reply_to("没有看懂", GROUP, WANG, "第4项：进度30%").await;
    talk.reply_to("没有看懂", GROUP, WANG, "快了快了").await;
    talk.press(GROUP, WANG, "不登记").await;
    // What his words mean she may say as well; they stay his.
    talk.reply_to("没有看懂", GROUP, LI, "心里有数").await;
    talk.reply_to("没有看懂", GROUP, WANG, "第4项").await;
    talk.press(GROUP, WANG, "受阻").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@税务局群：你懂的
      → 税务局群：没有看懂，原话已留存，尚未登记。请点选说的是哪一项，或重新回复写明第几项。［第4项 企业开办和注销再提速］［第11项 把减税政策落实到…］［第13项 帮助企业降低融资…］［不登记］
      ≡ meaning_asked
    王芳@税务局群：第4项：进度30%
      → 税务局群：已登记 第4项 企业开办和注销再提速：推进中30%［撤回］
      ≡ report_recorded
    王芳@税务局群：快了快了
      → 税务局群：没有看懂，原话已留存，尚未登记。请点选说的是哪一项，或重新回复写明第几项。［第4项 企业开办和注销再提速］［第11项 把减税政策落实到…］［第13项 帮助企业降低融资…］［不登记］
      ≡ meaning_asked
    王芳@税务局群 点按［不登记］
      （浮窗）未登记，原话留存备查。
      → 税务局群：未登记，原话留存备查。
      ≡ question_closed
    李明@税务局群：心里有数
      → 税务局群：没有看懂，原话已留存，尚未登记。请点选说的是哪一项，或重新回复写明第几项。［第4项 企业开办和注销再提速］［第11项 把减税政策落实到…］［第13项 帮助企业降低融资…］［不登记］
      ≡ meaning_asked
    王芳@税务局群：第4项
      → 税务局群：请点选这句话对第4项 企业开办和注销再提速的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
    王芳@税务局群 点按［受阻］
      → 税务局群：没有看懂，原话已留存，尚未登记。请点选说的是哪一项，或重新回复写明第几项。／—— 王芳 06-03 10:00 选定第4项
      → 税务局群：请点选这句话对第4项 企业开办和注销再提速的含义，或重新回复写明进展。／—— 王芳 06-03 10:00 选定第4项
      → 税务局群：已登记 第4项 企业开办和注销再提速：受阻［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
    insta::assert_snapshot!(noted(&talk).await, @"
    report_recorded 李明 /report@duban_bot 4 10%
    report_recorded 王芳 /report@duban_bot 4 20%
    meaning_asked 李明 你懂的
    report_recorded 王芳 第4项：进度30%
    meaning_asked 王芳 快了快了
    question_closed 王芳 
    meaning_asked 李明 心里有数
    question_closed 王芳 
    report_recorded 王芳 心里有数
    ");
}

#[tokio::test]
async fn what_was_said_last_is_taken_back_first() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 4 60%").await;
    talk.reply_to("未办结", GROUP, LI, "进度70%").await;
    talk.say(GROUP, LI, "/undo@duban_bot").await;
    talk.say(GROUP, LI, "/undo@duban_bot").await;
    talk.reply_to("未办结", GROUP, LI, "你懂的").await;
    talk.edit("收到").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@税务局群：/report@duban_bot 4 60%
      → 税务局群：已登记 第4项 企业开办和注销再提速：推进中60%［撤回］
      ≡ report_recorded
    李明@税务局群：进度70%
      → 税务局群：请问这是哪一项的进展？点选后即登记。［第4项 企业开办和注销再提速］［第11项 把减税政策落实到…］［第13项 帮助企业降低融资…］［以上全部］
      ≡ task_asked
    李明@税务局群：/undo@duban_bot
      → 税务局群：请问这是哪一项的进展？点选后即登记。／—— 李明 06-03 10:00 已撤回
      → 税务局群：已撤回“进度70%”，未登记，原话留存备查。
      ≡ question_closed
    李明@税务局群：/undo@duban_bot
      → 税务局群：已登记 第4项 企业开办和注销再提速：推进中60%／—— 李明 06-03 10:00 已撤回
      → 税务局群：已撤回第4项的这次反馈，现为推进中20%。
      ≡ report_withdrawn
    李明@税务局群：你懂的
      → 税务局群：没有看懂，原话已留存，尚未登记。请点选说的是哪一项，或重新回复写明第几项。［第4项 企业开办和注销再提速］［第11项 把减税政策落实到…］［第13项 帮助企业降低融资…］［不登记］
      ≡ meaning_asked
    李明@税务局群 改为：收到
      → 税务局群：没有看懂，原话已留存，尚未登记。请点选说的是哪一项，或重新回复写明第几项。／—— 李明 06-03 10:00 已撤回
      → 税务局群：已撤回“你懂的”，未登记，原话留存备查。
      ≡ question_closed
    ");
}

#[tokio::test]
async fn an_edit_after_the_question_was_answered_is_another_version() {
    let mut talk = talk().await;
    // A button named the task, or the meaning.
    talk.reply_to("未办结", GROUP, LI, "进度40%").await;
    talk.press(GROUP, LI, "第4项 企业开办和注销再提速").await;
    talk.edit("进度45%").await;
    talk.reply_to("推进中45%", GROUP, LI, "你懂的").await;
    talk.press(GROUP, LI, "推进中").await;
    talk.edit("你懂的，进度50%").await;
    talk.edit("真的你懂的").await;
    talk.press(GROUP, LI, "仅作说明").await;
    // Words that named a task come to name another one, or none.
    talk.say(GROUP, LI, "/report@duban_bot 4 60%").await;
    talk.edit("/report@duban_bot 11 60%").await;
    talk.edit("/report@duban_bot 4").await;
    talk.edit_what_said("进度45%", "第13项：进度45%").await;
    // What was declined is a report after all.
    talk.reply_to("未办结", GROUP, LI, "嗯这个嘛").await;
    talk.press(GROUP, LI, "不登记").await;
    talk.edit("第4项进度70%").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@税务局群：进度40%
      → 税务局群：请问这是哪一项的进展？点选后即登记。［第4项 企业开办和注销再提速］［第11项 把减税政策落实到…］［第13项 帮助企业降低融资…］［以上全部］
      ≡ task_asked
    李明@税务局群 点按［第4项 企业开办和注销再提速］
      → 税务局群：请问这是哪一项的进展？点选后即登记。／—— 李明 06-03 10:00 选定第4项
      → 税务局群：已登记 第4项 企业开办和注销再提速：推进中40%［撤回］
      ≡ question_closed
      ≡ report_recorded
    李明@税务局群 改为：进度45%
      → 税务局群：已按修改后的内容更新。／已登记 第4项 企业开办和注销再提速：推进中45%［撤回］
      ≡ report_revised
    李明@税务局群：你懂的
      → 税务局群：没有看懂，原话已留存，尚未登记。请点选这句话对第4项 企业开办和注销再提速的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@税务局群 点按［推进中］
      → 税务局群：没有看懂，原话已留存，尚未登记。请点选这句话对第4项 企业开办和注销再提速的含义，或重新回复写明进展。／—— 李明 06-03 10:00 选定第4项
      → 税务局群：已登记 第4项 企业开办和注销再提速：推进中［撤回］
      ≡ question_closed
      ≡ report_recorded
    李明@税务局群 改为：你懂的，进度50%
      → 税务局群：已按修改后的内容更新。／已登记 第4项 企业开办和注销再提速：推进中50%［撤回］
      ≡ report_revised
    李明@税务局群 改为：真的你懂的
      → 税务局群：修改后的内容没有看懂，已留存，暂按原反馈登记。请点选这句话对第4项 企业开办和注销再提速的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@税务局群 点按［仅作说明］
      → 税务局群：修改后的内容没有看懂，已留存，暂按原反馈登记。请点选这句话对第4项 企业开办和注销再提速的含义，或重新回复写明进展。／—— 李明 06-03 10:00 选定第4项
      → 税务局群：已登记 第4项 企业开办和注销再提速：情况已记录［撤回］
      ≡ question_closed
      ≡ report_revised
    李明@税务局群：/report@duban_bot 4 60%
      → 税务局群：已登记 第4项 企业开办和注销再提速：推进中60%［撤回］
      ≡ report_recorded
    李明@税务局群 改为：/report@duban_bot 11 60%
      → 税务局群：已按修改后的内容更新。／第4项的反馈已随修改撤回。／已登记 第11项 把减税政策落实到企业：推进中60%［撤回］
      ≡ report_withdrawn
      ≡ report_recorded
    李明@税务局群 改为：/report@duban_bot 4
      → 税务局群：修改后的内容没有看懂，已留存，暂按原反馈登记。请点选这句话对第11项 把减税政策落实到企业的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@税务局群 改为：第13项：进度45%
      → 税务局群：已按修改后的内容更新。／第4项的反馈已随修改撤回。／已登记 第13项 帮助企业降低融资成本：推进中45%［撤回］
      ≡ report_withdrawn
      ≡ report_recorded
    李明@税务局群：嗯这个嘛
      → 税务局群：没有看懂，原话已留存，尚未登记。请点选说的是哪一项，或重新回复写明第几项。［第4项 企业开办和注销再提速］［第11项 把减税政策落实到…］［第13项 帮助企业降低融资…］［不登记］
      ≡ meaning_asked
    李明@税务局群 点按［不登记］
      （浮窗）未登记，原话留存备查。
      → 税务局群：未登记，原话留存备查。
      ≡ question_closed
    李明@税务局群 改为：第4项进度70%
      → 税务局群：已登记 第4项 企业开办和注销再提速：推进中70%［撤回］
      ≡ report_recorded
    ");
    insta::assert_snapshot!(noted(&talk).await, @"
    report_recorded 李明 /report@duban_bot 4 10%
    report_recorded 王芳 /report@duban_bot 4 20%
    task_asked 李明 进度40%
    question_closed 李明 
    report_recorded 李明 进度40%
    report_revised 李明 进度45%
    meaning_asked 李明 你懂的
    question_closed 李明 
    report_recorded 李明 你懂的
    report_revised 李明 你懂的，进度50%
    meaning_asked 李明 真的你懂的
    question_closed 李明 
    report_revised 李明 真的你懂的
    report_recorded 李明 /report@duban_bot 4 60%
    report_withdrawn 李明 
    report_recorded 李明 /report@duban_bot 11 60%
    meaning_asked 李明 /report@duban_bot 4
    report_withdrawn 李明 
    report_recorded 李明 第13项：进度45%
    meaning_asked 李明 嗯这个嘛
    question_closed 李明 
    report_recorded 李明 第4项进度70%
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn a_line_for_what_was_spoken_is_for_its_task_and_by_its_speaker() {
    let mut talk = talk().await;
    talk.speak("未办结", GROUP, LI).await;
    talk.reply_to("哪一项", GROUP, LI, "第4项").await;
    talk.reply_to("哪一项", GROUP, LI, "73%").await;
    talk.reply_to("补一行", GROUP, WANG, "进度80%").await;
    talk.reply_to("补一行", GROUP, LI, "第11项：进度75%").await;
    talk.speak("未办结", GROUP, LI).await;
    talk.reply_to("哪一项", GROUP, WANG, "第4项").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@税务局群：〔语音〕
      → 税务局群：请问这是哪一项的进展？点选后即登记。［第4项 企业开办和注销再提速］［第11项 把减税政策落实到…］［第13项 帮助企业降低融资…］［以上全部］
      ≡ task_asked
    李明@税务局群：第4项
      → 税务局群：请问这是哪一项的进展？点选后即登记。／—— 李明 06-03 10:00 选定第4项
      → 税务局群：已登记 第4项 企业开办和注销再提速：情况已记录／附件已留存。／请回复本条，补一行文字说明。［撤回］
      ≡ question_closed
      ≡ report_recorded
    李明@税务局群：73%
      → 税务局群：已登记 第4项 企业开办和注销再提速：推进中73%／附件已留存。［撤回］
      ≡ report_revised
    王芳@税务局群：进度80%
      → 税务局群：已登记 第4项 企业开办和注销再提速：推进中80%［撤回］
      ≡ report_recorded
    李明@税务局群：第11项：进度75%
      → 税务局群：第4项的反馈已随修改撤回。／已登记 第11项 把减税政策落实到企业：推进中75%／附件已留存。［撤回］
      ≡ report_withdrawn
      ≡ report_recorded
    李明@税务局群：〔语音〕
      → 税务局群：请问这是哪一项的进展？点选后即登记。［第4项 企业开办和注销再提速］［第11项 把减税政策落实到…］［第13项 帮助企业降低融资…］［以上全部］
      ≡ task_asked
    王芳@税务局群：第4项
      → 税务局群：请问这是哪一项的进展？点选后即登记。／—— 王芳 06-03 10:00 选定第4项
      → 税务局群：已登记 第4项 企业开办和注销再提速：情况已记录／附件已留存。／请回复本条，补一行文字说明。［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
    insta::assert_snapshot!(noted(&talk).await, @"
    report_recorded 李明 /report@duban_bot 4 10%
    report_recorded 王芳 /report@duban_bot 4 20%
    task_asked 李明 
    question_closed 李明 
    report_recorded 李明 
    report_revised 李明 73%
    report_recorded 王芳 进度80%
    report_withdrawn 李明 
    report_recorded 李明 第11项：进度75%
    task_asked 李明 
    question_closed 王芳 
    report_recorded 王芳
    ");
}

#[tokio::test]
async fn a_coordinator_asks_elsewhere_than_in_a_units_group() {
    let mut talk = talk().await;
    talk.reply_to("未办结", GROUP, ZHOU, "4 进展如何").await;
    talk.reply_to("未办结", GROUP, ZHOU, "请抓紧推进，本周内反馈").await;
    talk.reply_to("未办结", GROUP, ZHOU, "第4项请抓紧").await;
    talk.reply_to("未办结", GROUP, ZHOU, "收到").await;
    talk.say(GROUP, ZHOU, "/report@duban_bot 4 50%").await;
    talk.say(GROUP, ZHOU, "/undo@duban_bot").await;
    talk.say(GROUP, ZHOU, "/tasks@duban_bot").await;
    talk.say(GROUP, ZHOU, "/history@duban_bot 4").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@税务局群：4 进展如何
      → 税务局群：跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。
    周敏@税务局群：请抓紧推进，本周内反馈
      → 税务局群：督办员不代单位反馈，以上内容没有登记。查询请在督办员群或私聊中发问。
    周敏@税务局群：第4项请抓紧
    周敏@税务局群：收到
    周敏@税务局群：/report@duban_bot 4 50%
    周敏@税务局群：/undo@duban_bot
      → 税务局群：没有可以撤回的反馈。
    周敏@税务局群：/tasks@duban_bot
      → 税务局群：省税务局 任务 3 项，未办结 3 项：／第4项 企业开办和注销再提速｜负责｜推进中20%／第11项 把减税政策落实到企业｜负责｜未启动／第13项 帮助企业降低融资成本｜负责｜未启动／回复本条写明第几项和进展即可反馈。
    周敏@税务局群：/history@duban_bot 4
      → 税务局群：第4项 历次反馈（2 条）／2019年6月3日（周一）10:00 第4项 省税务局（李明）［推进中10%］4 10%／2019年6月3日（周一）10:00 第4项 省税务局（王芳）［推进中20%］4 20%（补）
    ");
}

#[tokio::test]
async fn a_greeting_says_what_comes_next_here() {
    let mut talk = talk().await;
    talk.say(EMPTY, WANG, "/start@duban_bot").await;
    talk.say(GROUP, WANG, "/start@duban_bot").await;
    talk.say(OFFICE, ZHOU, "/start@duban_bot").await;
    talk.say(OFFICE, ZHOU, "/tasks@duban_bot").await;
    talk.say(OFFICE, ZHOU, "/report@duban_bot 4 50%").await;
    talk.say(STRANGER, STRANGER, "/start").await;
    talk.say(LI, LI, "/start").await;
    talk.say(ZHOU, ZHOU, "/start").await;
    insta::assert_snapshot!(talk.take(), @"
    王芳@新群：/start@duban_bot
      → 新群：您好，我是督办助手。请向督办员索取邀请码，在本群发送 /bind@duban_bot 邀请码 完成绑定。请勿发送涉密或敏感信息。
    王芳@税务局群：/start@duban_bot
      → 税务局群：您好，我是督办助手。本群已绑定省税务局。发送 /tasks 查看任务，/help 查看用法。请勿发送涉密或敏感信息。
    周敏@督办员群：/start@duban_bot
      → 督办员群：您好，我是督办助手。本群是督办员群。发送 /status 查看总体情况，/help 查看用法。请勿发送涉密或敏感信息。
    周敏@督办员群：/tasks@duban_bot
      → 督办员群：总体情况（截至2019年6月3日（周一）10:00）／任务 33 项：推进中 1，未启动 32。／办结率 0%，逾期 0 项。／479 条责任中 1 条已反馈（0.2%）；1 个单位有任务尚未反馈；33 个单位未能通知。
    周敏@督办员群：/report@duban_bot 4 50%
      → 督办员群：此项供单位联络员使用，请在该单位的群里操作。
    路人@路人：/start
      → 路人：您好，我是督办助手。您尚未登记为联络员或督办员。请在本单位的群里回复机器人的消息反馈；督办员请发送 /start 邀请码。请勿发送涉密或敏感信息。
    李明@李明：/start
      → 李明：您好，我是督办助手。您是省税务局联络员。发送 /tasks 查看任务，/help 查看用法。请勿发送涉密或敏感信息。
    周敏@周敏：/start
      → 周敏：您好，我是督办助手。您是督办员，可直接发问，例如“第5项进展如何”“哪些逾期了”，或发送 /help 查看用法。请勿发送涉密或敏感信息。
    ");
    // Who is the contact of two units speaks in their groups.
    talk.bind(POLICE, LI, "省公安厅").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 10%").await;
    talk.take();
    talk.say(LI, LI, "/start").await;
    talk.say(LI, LI, "/tasks").await;
    let code = talk.office.code_for("省财政厅");
    talk.say(STRANGER, STRANGER, &format!("/start {code}")).await;
    insta::assert_snapshot!(talk.take().replace(&code, "CODE"), @"
    李明@李明：/start
      → 李明：您好，我是督办助手。您是多个单位的联络员，请在相应单位的群里反馈和查看。请勿发送涉密或敏感信息。
    李明@李明：/tasks
      → 李明：您是多个单位的联络员，请在相应单位的群里反馈和查看。
    路人@路人：/start CODE
      → 督办员群：路人 已用私聊绑定省财政厅，今后代表该单位。如有误，请发送 /unbind 省财政厅。
      → 路人：本对话已绑定：省财政厅，承担任务 19 项，您已登记为联络员。／最先到期的 5 项：／第5项 压缩工程项目审批时间，6月30日到期／第28项 建设全省一体化政务平台，8月31日到期／第25项 企业群众办事只进一扇门，12月31日到期／第32项 做好全省营商环境评价，12月31日到期／第1项 清理省级行政许可事项，2020年12月31日到期／到期前我会在工作日提醒，每日至多一条。请“回复”我的消息，写明第几项、进展和问题即可反馈。／发送 /tasks 查看任务，/help 查看用法。请勿发送涉密或敏感信息。
      ≡ unit_bound
      ≡ contact_registered
    ");
}

#[tokio::test]
async fn a_group_moves_while_its_words_wait() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 4 60%").await;
    talk.reply_to("未办结", GROUP, LI, "进度70%").await;
    talk.reply_to("未办结", GROUP, LI, "你懂的").await;
    talk.reply_to("未办结", GROUP, LI, "心里有数").await;
    talk.take();
    talk.service(GROUP, LI, "升级为超级群", json!({"migrate_to_chat_id": SUPERGROUP})).await;
    // The button stands in the old group, and what comes of it is told in the new one, where it can be taken back.
    talk.press(GROUP, LI, "第4项 企业开办和注销再提速").await;
    talk.press(SUPERGROUP, LI, "受阻").await;
    talk.press(SUPERGROUP, WANG, "撤回").await;
    // What was said last is taken back, wherever that was; the report of the old group by its own button.
    talk.say(SUPERGROUP, LI, "/undo@duban_bot").await;
    talk.say(SUPERGROUP, LI, "/report@duban_bot 11 20%").await;
    talk.say(SUPERGROUP, LI, "/undo@duban_bot").await;
    talk.press(GROUP, LI, "撤回").await;
    // A number that stands for a message of the old group is another message here.
    talk.reply_to("已撤回", SUPERGROUP, LI, "第4项：进度80%").await;
    insta::assert_snapshot!(talk.take(), @"
    〔税务局群：升级为超级群〕
      ≡ chat_moved
    李明@税务局群 点按［第4项 企业开办和注销再提速］
      → 税务局超级群：请点选这句话对第4项 企业开办和注销再提速的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
    李明@税务局超级群 点按［受阻］
      → 税务局超级群：请点选这句话对第4项 企业开办和注销再提速的含义，或重新回复写明进展。／—— 李明 06-03 10:00 选定第4项
      → 税务局超级群：已登记 第4项 企业开办和注销再提速：受阻［撤回］
      ≡ question_closed
      ≡ report_recorded
    王芳@税务局超级群 点按［撤回］
      → 税务局超级群：已登记 第4项 企业开办和注销再提速：受阻／—— 王芳 06-03 10:00 已撤回
      → 税务局超级群：已撤回第4项的这次反馈，现为推进中60%。
      ≡ report_withdrawn
    李明@税务局超级群：/undo@duban_bot
      → 税务局超级群：已撤回“你懂的”，未登记，原话留存备查。
      ≡ question_closed
    李明@税务局超级群：/report@duban_bot 11 20%
      → 税务局超级群：已登记 第11项 把减税政策落实到企业：推进中20%［撤回］
      ≡ report_recorded
    李明@税务局超级群：/undo@duban_bot
      → 税务局超级群：已登记 第11项 把减税政策落实到企业：推进中20%／—— 李明 06-03 10:00 已撤回
      → 税务局超级群：已撤回第11项的这次反馈，现为未启动。
      ≡ report_withdrawn
    李明@税务局群 点按［撤回］
      → 税务局超级群：已撤回第4项的这次反馈，现为推进中20%。
      ≡ report_withdrawn
    李明@税务局超级群：第4项：进度80%
      → 税务局超级群：已登记 第4项 企业开办和注销再提速：推进中80%［撤回］
      ≡ report_recorded
    ");
    insta::assert_snapshot!(noted(&talk).await, @"
    report_recorded 李明 /report@duban_bot 4 10%
    report_recorded 王芳 /report@duban_bot 4 20%
    report_recorded 李明 /report@duban_bot 4 60%
    task_asked 李明 进度70%
    meaning_asked 李明 你懂的
    meaning_asked 李明 心里有数
    question_closed 李明 
    report_recorded 李明 心里有数
    report_withdrawn 王芳 
    question_closed 李明 
    report_recorded 李明 /report@duban_bot 11 20%
    report_withdrawn 李明 
    report_withdrawn 李明 
    report_recorded 李明 第4项：进度80%
    ");
    assert_eq!(
        talk.office.ask_json(&["verify", "--json"])["pending"],
        json!({"inbox": 0, "set_aside": 0, "outbox": 0, "in_doubt": 0, "failed": 0})
    );
}

#[tokio::test]
async fn what_was_passed_on_can_be_added_to() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/done@duban_bot 4").await;
    talk.say(GROUP, LI, "/report@duban_bot 11 受阻，问题：数据未打通").await;
    talk.take();
    talk.press(OFFICE, ZHOU, "第4项 退回").await;
    talk.reply(OFFICE, ZHOU, "材料不全").await;
    talk.reply_to("理由已转告", OFFICE, ZHOU, "另外请附验收报告，逾期通报").await;
    talk.reply_to("理由已转告", OFFICE, ZHOU, "谢谢").await;
    talk.reply_to("补充内容已转告", OFFICE, ZHOU, "第4项进展如何").await;
    talk.press(OFFICE, ZHOU, "第11项 答复").await;
    talk.reply(OFFICE, ZHOU, "已请省数据局协调").await;
    talk.reply_to("答复已转告", OFFICE, ZHOU, "联系人是数据局的张工").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办员群 点按［第4项 退回］
      （浮窗）已退回。
      → 督办员群：省税务局（李明）反馈：／第4项 企业开办和注销再提速：提请办结／原话：4／—— 周敏 06-03 10:00 退回办结申请
      → 税务局群：第4项 企业开办和注销再提速：督办员周敏于6月3日10:00退回办结申请，请继续推进并补充反馈。
      → 督办员群：周敏 退回办结申请：第4项 企业开办和注销再提速（省税务局）／请回复本条说明理由，将转告该单位。
      ≡ claim_decided
    周敏@督办员群：材料不全
      → 督办员群：理由已转告省税务局。如需补充，请回复本条，将一并转告。
      → 税务局群：第4项 企业开办和注销再提速：退回办结申请，理由：材料不全。请补充后再报。
      ≡ reason_given
    周敏@督办员群：另外请附验收报告，逾期通报
      → 督办员群：补充内容已转告省税务局。如需补充，请回复本条，将一并转告。
      → 税务局群：第4项 企业开办和注销再提速：督办员周敏补充：另外请附验收报告，逾期通报
      ≡ words_passed_on
    周敏@督办员群：谢谢
    周敏@督办员群：第4项进展如何
      → 督办员群：第4项｜推进中（截至2019年6月3日（周一）10:00）／企业开办和注销再提速，办理用时“再减一半”，“证照分离”“多证合一”等改革一并推进，登记全程网上办，电子执照普遍用，简易注销手续更少。／牵头 省市场监管局：未启动（未绑定）／负责 省公安厅：未启动（未绑定）／负责 省税务局：推进中20%（6月3日：4）／各市州人民政府（14个单位）：未启动 14
    周敏@督办员群 点按［第11项 答复］
      → 督办员群：第11项 把减税政策落实到企业（省税务局）：数据未打通［不作答复，直接关闭］
      → 督办员群：周敏，请回复本条写明答复，将转告省税务局。
    周敏@督办员群：已请省数据局协调
      → 督办员群：省税务局（李明）反馈：／第11项 把减税政策落实到企业：受阻，问题：数据未打通／原话：11 受阻，问题：数据未打通／—— 周敏 06-03 10:00 已答复
      → 税务局群：第11项 把减税政策落实到企业：贵单位反映的问题“数据未打通”，督办员答复：已请省数据局协调
      → 督办员群：第11项 把减税政策落实到企业（省税务局）：数据未打通／—— 周敏 06-03 10:00 已答复
      → 督办员群：答复已转告省税务局，该问题不再挂账。如需补充，请回复本条，将一并转告。
      ≡ problem_ended
    周敏@督办员群：联系人是数据局的张工
      → 督办员群：补充内容已转告省税务局。如需补充，请回复本条，将一并转告。
      → 税务局群：第11项 把减税政策落实到企业：督办员周敏补充：联系人是数据局的张工
      ≡ words_passed_on
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn a_group_left_in_peace_moves() {
    let mut talk = talk().await;
    talk.say(GROUP, ZHOU, "/stop@duban_bot").await;
    talk.service(GROUP, LI, "升级为超级群", json!({"migrate_to_chat_id": SUPERGROUP})).await;
    talk.say(SUPERGROUP, LI, "/start@duban_bot").await;
    talk.press(OFFICE, ZHOU, "恢复提醒").await;
    talk.say(SUPERGROUP, LI, "/start@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@税务局群：/stop@duban_bot
      → 税务局群：本群已停止提醒和通知，反馈仍会登记并答复。恢复请由督办员发送 /start 或点按下面的按钮。［恢复提醒］
      → 督办员群：周敏 已停止向省税务局的群发送提醒和通知，该单位的反馈仍会登记。［恢复提醒］
      ≡ reminders_stopped
    〔税务局群：升级为超级群〕
      ≡ chat_moved
    李明@税务局超级群：/start@duban_bot
      → 税务局超级群：您好，我是督办助手。本群已绑定省税务局。提醒已由督办员停止，反馈照常登记。发送 /tasks 查看任务，/help 查看用法。请勿发送涉密或敏感信息。
    周敏@督办员群 点按［恢复提醒］
      → 督办员群：周敏 已停止向省税务局的群发送提醒和通知，该单位的反馈仍会登记。／—— 周敏 06-03 10:00 恢复提醒
      → 税务局超级群：周敏 已恢复向省税务局的群发送提醒和通知。
      → 督办员群：周敏 已恢复向省税务局的群发送提醒和通知。
      ≡ reminders_resumed
    李明@税务局超级群：/start@duban_bot
      → 税务局超级群：您好，我是督办助手。本群已绑定省税务局。发送 /tasks 查看任务，/help 查看用法。请勿发送涉密或敏感信息。
    ");
}

/// With the built program: the message that is answered is old, and the bot has been started anew since.
#[tokio::test(flavor = "multi_thread")]
async fn an_old_message_is_answered() {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    let bot = telegram.start_bot(&office, at("06-24 10:00:00"));
    let task = police(&office, &telegram).await;
    let asked = telegram.ask(task.chat, 11, "快了快了", Some(task.id)).await;
    bot.terminate();
    for number in 0..1_000 {
        telegram.sandbox.say(task.chat, 12, &format!("闲谈{number}"), None).expect("said");
    }
    let bot = telegram.start_bot(&office, at("12-02 10:00:00"));
    let recorded = telegram.ask(task.chat, 11, "进度60%", Some(task.id)).await;
    press(&telegram, &asked, 11, "仅作说明").await;
    // A digest may come in between.
    let remark = |messages: Vec<Message>| messages.into_iter().find(|message| message.text.contains("情况已记录"));
    let meant = telegram.until(|sandbox| remark(sandbox.messages(task.chat))).await;
    bot.terminate();
    insta::assert_snapshot!([recorded.text, meant.text].join("\n---\n"), @"
    已登记 第5项 压缩工程项目审批时间：逾期反馈，推进中60%
    ---
    已登记 第5项 压缩工程项目审批时间：情况已记录
    ");
    insta::assert_snapshot!(reports(&office), @r#"
    5 "in_progress" 10 "进度10%" edited=0 []
    5 "in_progress" 60 "进度60%" edited=0 []
    5 null null "快了快了" edited=0 []
    "#);
}

#[tokio::test]
async fn understand_says_what_a_question_stands_on() {
    let office = Office::new();
    office.load_seeds();
    let ask = |words: &str| {
        office.ask_json(&["understand", words, "--as", "coordinator", "--on", "2019-06-27", "--why", "--json"])
    };
    let read = ask("公安厅的第5项下周到期吗");
    assert_eq!(
        read["facts"],
        json!([
            { "from": 0, "to": 12, "what": "query", "rule": "question" },
            { "from": 0, "to": 3, "what": "unit", "rule": "roll" },
            { "from": 5, "to": 6, "what": "task", "rule": "number" },
            { "from": 7, "to": 9, "what": "days", "rule": "span" },
        ])
    );
    assert_eq!(read["unexplained"], json!([]));
    assert_eq!(ask("呃这个嘛")["unexplained"], json!(["呃这个嘛"]));
}
