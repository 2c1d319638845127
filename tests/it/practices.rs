//! Practices that reports pass on; commendations and notices that coordinators put on record.

use duban::sandbox::Message;

use crate::papers::{export, text_of};
use crate::problems::{COORDINATORS, HOUSING, POLICE, command, furnished, hear, press, shown, turned_into};

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_is_kept_listed_and_recommended() {
    let (office, telegram, bot) = furnished().await;
    let mut talk = Vec::new();
    let said = command("report 5 60% 系统已上线。经验：一窗受理，材料一次告知。问题：数据未打通");
    talk.push(telegram.ask(POLICE, 11, &said, None).await.text);
    let mistaken = telegram.ask(HOUSING, 21, &command("report 5 亮点：并联审批"), None).await;
    talk.push(mistaken.text.clone());
    let listed = telegram.ask(COORDINATORS, 91, &command("practices"), None).await;
    talk.push(shown(&listed));
    talk.push(press(&telegram, (COORDINATORS, 92), &listed, "1. 第5项 推荐").await);
    talk.push(press(&telegram, (COORDINATORS, 91), &listed, "1. 第5项 推荐").await);
    talk.push(shown(&turned_into(&telegram, &listed, "——").await));
    talk.push(hear(&telegram, COORDINATORS, "推荐经验").await.text);
    // Withdrawn with its report, and nobody else's to read.
    press(&telegram, (HOUSING, 21), &mistaken, "撤回").await;
    hear(&telegram, HOUSING, "已撤回第5项").await;
    talk.push(shown(&telegram.ask(COORDINATORS, 91, &command("practices"), None).await));
    talk.push(telegram.ask(POLICE, 11, &command("practices"), None).await.text);
    bot.terminate();
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_demo_bot。
    已登记 第5项 压缩工程项目审批时间：推进中60%，问题：数据未打通，经验：一窗受理，材料一次告知
    问题由督办员答复。
    ---
    王芳 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_demo_bot。
    已登记 第5项 压缩工程项目审批时间：经验：并联审批
    ---
    经验做法 2 条（截至2019年6月24日（周一）10:00）
    1. 第5项 压缩工程项目审批时间｜省住房城乡建设厅（6月24日）：并联审批
    2. 第5项 压缩工程项目审批时间｜省公安厅（6月24日）：一窗受理，材料一次告知
    ［1. 第5项 推荐］［2. 第5项 推荐］
    ---
    仅督办员可以操作。
    ---
    已推荐。
    ---
    经验做法 2 条（截至2019年6月24日（周一）10:00）
    1. 第5项 压缩工程项目审批时间｜省住房城乡建设厅（6月24日）：并联审批
    2. 第5项 压缩工程项目审批时间｜省公安厅（6月24日）：一窗受理，材料一次告知
    —— 周敏 06-24 10:00 推荐：第5项 省住房城乡建设厅“并联审批”
    ［2. 第5项 推荐］
    ---
    周敏 推荐经验：第5项 压缩工程项目审批时间（省住房城乡建设厅）“并联审批”
    ---
    经验做法 1 条（截至2019年6月24日（周一）10:00）
    第5项 压缩工程项目审批时间｜省公安厅（6月24日）：一窗受理，材料一次告知
    ［第5项 推荐］
    ---
    跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。
    ");
    let understood = office.ask_json(&["understand", "有什么好做法", "--as", "coordinator", "--json"]);
    assert_eq!(understood["query"]["kind"], "practices");
    let understood = office.ask_json(&["understand", "60%。做法：一窗受理", "--tasks", "5", "--json"]);
    assert_eq!(understood["items"][0]["practices"], serde_json::json!(["一窗受理"]));
    assert_eq!(office.ask_json(&["status", "--json"])["practices"], 1);
    let bulletin = text_of(&export(&office, "通报.docx"));
    assert!(bulletin.contains("经验做法") && bulletin.contains("一窗受理，材料一次告知"), "{bulletin}");
    assert!(!bulletin.contains("并联审批"), "{bulletin}");
    office.ask(&["verify"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn commendations_and_notices_are_a_coordinators_word() {
    let (office, telegram, bot) = furnished().await;
    let mut talk = Vec::new();
    for (chat, person, words) in [
        (POLICE, 11, "commend 省公安厅 工作得力"),
        (COORDINATORS, 92, "commend 省公安厅 工作得力"),
        (COORDINATORS, 91, "commend 省公安厅"),
        (COORDINATORS, 91, "notice 表扬 省公安厅 工作得力"),
        (COORDINATORS, 91, "commend 省航天厅 工作得力"),
        (COORDINATORS, 91, "commend"),
    ] {
        talk.push(format!("{words}：{}", telegram.ask(chat, person, &command(words), None).await.text));
    }
    let proposed = telegram.ask(COORDINATORS, 91, &command("commend 省公安厅 提前一个月上线"), None).await;
    talk.push(shown(&proposed));
    talk.push(press(&telegram, (COORDINATORS, 92), &proposed, "确认").await);
    talk.push(press(&telegram, (COORDINATORS, 91), &proposed, "确认").await);
    talk.push(press(&telegram, (COORDINATORS, 91), &proposed, "确认").await);
    let recorded = hear(&telegram, COORDINATORS, "已记录【表扬】").await;
    talk.push(shown(&recorded));
    let second = telegram.ask(COORDINATORS, 91, &command("notice 约谈 省住房城乡建设厅 连续两次逾期"), None).await;
    talk.push(press(&telegram, (COORDINATORS, 91), &second, "确认").await);
    // The unit hears of it by a coordinator's press only.
    assert!(telegram.heard(POLICE, "表扬】").is_empty() && telegram.heard(HOUSING, "约谈】").is_empty());
    talk.push(press(&telegram, (COORDINATORS, 91), &recorded, "通知该单位").await);
    talk.push(hear(&telegram, POLICE, "【表扬】").await.text);
    // Withdrawn with a reason, and still on record; who was told is told of this, too.
    let listed = telegram.ask(COORDINATORS, 91, &command("commend"), None).await;
    talk.push(shown(&listed));
    press(&telegram, (COORDINATORS, 91), &listed, "1 撤销").await;
    let question = hear(&telegram, COORDINATORS, "说明撤销理由").await;
    talk.push(telegram.ask(COORDINATORS, 91, "数据有误", Some(question.id)).await.text);
    talk.push(hear(&telegram, POLICE, "已撤销").await.text);
    talk.push(shown(&telegram.ask(COORDINATORS, 91, &command("commend"), None).await));
    talk.push(shown(&telegram.ask(COORDINATORS, 91, &command("notice"), None).await));
    bot.terminate();
    assert_eq!(telegram.heard(HOUSING, "约谈】"), Vec::<Message>::new());
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    commend 省公安厅 工作得力：表扬、提醒和约谈仅督办员可以记录，请在督办员群或私聊中发送。
    ---
    commend 省公安厅 工作得力：表扬、提醒和约谈仅督办员可以记录，请在督办员群或私聊中发送。
    ---
    commend 省公安厅：用法：/commend 省公安厅 理由
    ---
    notice 表扬 省公安厅 工作得力：用法：/notice 提醒 省公安厅 理由，/notice 约谈 省公安厅 理由
    ---
    commend 省航天厅 工作得力：没有“省航天厅”这个单位，请核对名称。
    ---
    commend：尚无表扬记录。用法：/commend 省公安厅 理由
    ---
    拟记录【表扬】省公安厅：提前一个月上线
    确认后写入台账并载入通报，不自动通知该单位。
    ［确认］
    ---
    仅督办员可以操作。
    ---
    已记录。
    ---
    情况已有变化，此按钮不再有效。
    ---
    已记录【表扬】省公安厅：提前一个月上线
    ［通知该单位］［撤销］
    ---
    已记录。
    ---
    已通知。
    ---
    【表扬】督办员对省公安厅提出表扬：提前一个月上线
    ---
    表扬 1 条（用法：/commend 省公安厅 理由）
    1. 6月24日 【表扬】省公安厅：提前一个月上线（已通知）
    ［1 撤销］
    ---
    已撤销省公安厅的表扬，记录和理由留存备查。
    ---
    此前对省公安厅的表扬已撤销：数据有误
    ---
    表扬 1 条（用法：/commend 省公安厅 理由）
    1. 6月24日 【表扬】省公安厅：提前一个月上线（已撤销：数据有误）
    ---
    提醒和约谈 1 条（用法：/notice 提醒 省公安厅 理由）
    1. 6月24日 【约谈】省住房城乡建设厅：连续两次逾期
    ［1 通知该单位］［1 撤销］
    ");
    let bulletin = text_of(&export(&office, "通报.docx"));
    assert!(!bulletin.contains("连续两次逾期"), "nobody was told of it: {bulletin}");
    assert!(!bulletin.contains("提前一个月上线"), "what is withdrawn is not told: {bulletin}");
    assert_eq!(office.ask_json(&["verify", "--json"])["ledger"]["ok"], true);
}
