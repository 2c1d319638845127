//! Coordinators and lead units ask others to report; coordinators change the office's settings.

use duban::sandbox::{BOT_USERNAME, Message};

use crate::office::{Office, Telegram, at};

const POLICE: i64 = -500;
const HOUSING: i64 = -600;
const COORDINATORS: i64 = -900;

async fn furnished() -> (Office, Telegram, crate::office::Bot) {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国")]);
    telegram.add_group(HOUSING, "省住建厅工作群", &[(21, "王芳")]);
    telegram.add_group(COORDINATORS, "督办员", &[(91, "周敏")]);
    let bot = telegram.start_bot(&office, at("06-24 10:00:00"));
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    telegram.bind(HOUSING, 21, &office.code_for("省住房城乡建设厅")).await;
    telegram.bind(COORDINATORS, 91, &office.code_for("--coordinator")).await;
    // Who reports becomes the contact.
    telegram.ask(POLICE, 11, &format!("/report@{BOT_USERNAME} 6 10%"), None).await;
    telegram.ask(HOUSING, 21, &format!("/report@{BOT_USERNAME} 5 30%"), None).await;
    (office, telegram, bot)
}

#[tokio::test(flavor = "multi_thread")]
async fn others_are_asked_once_a_day_by_coordinators_and_lead_units() {
    let (office, telegram, bot) = furnished().await;
    let mut talk = Vec::new();
    let command = |words: &str| format!("/remind@{BOT_USERNAME} {words}");
    for (chat, person, words) in [
        (POLICE, 11, "5 省住房城乡建设厅"),
        (HOUSING, 21, "5 省公安厅"),
        (COORDINATORS, 91, "5 省公安厅"),
        (COORDINATORS, 91, "5 省教育厅"),
        (COORDINATORS, 91, "99"),
    ] {
        talk.push(format!("{words}：{}", telegram.ask(chat, person, &command(words), None).await.text));
    }
    let nudges = |message: &Message| message.text.contains("【催办】");
    let told = telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(nudges)).await;
    talk.push(told.text.clone());
    // A reply to it is about the task that it names.
    talk.push(telegram.ask(POLICE, 11, "进度20%", Some(told.id)).await.text);
    bot.terminate();
    assert_eq!(telegram.heard(POLICE, "【催办】").len(), 1);
    assert_eq!(office.ask_json(&["verify", "--json"])["ledger"]["ok"], true);
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    5 省住房城乡建设厅：仅督办员和该项任务的牵头单位可以催办。
    ---
    5 省公安厅：已催办：省公安厅 1 项。
    ---
    5 省公安厅：今日已催办或已反馈，未重复：省公安厅第5项。
    ---
    5 省教育厅：尚未绑定群，未能送达：省教育厅。
    ---
    99：没有对应的任务或单位。用法：/remind 5，/remind 省公安厅，/remind 5 省公安厅。
    ---
    【催办】牵头单位省住房城乡建设厅请贵单位抓紧反馈下列任务进展：
    第5项 压缩工程项目审批时间：时限6月30日
    请回复本条写明进展，有困难请一并说明。
    请 @李建国 关注。
    ---
    已登记 第5项 压缩工程项目审批时间：推进中20%
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_shown_and_changed_after_a_confirmation() {
    let (office, telegram, bot) = furnished().await;
    let mut talk = Vec::new();
    let command = |words: &str| format!("/policy@{BOT_USERNAME} {words}");
    talk.push(telegram.ask(POLICE, 11, &command("digest 0 6 * * *"), None).await.text);
    for words in ["digest */5 * * * *", "digest 0 9 31 2 *", "lunch 12:00", "escalate_after", "digest 30 8 * * 1-5"] {
        let answer = telegram.ask(COORDINATORS, 91, &command(words), None).await;
        talk.push(format!("{words}：{}", answer.text));
    }
    assert_eq!(office.ask(&["policy", "digest"]).lines().next().map(|line| line.contains("0 9 * * *")), Some(true));
    let proposed = |message: &Message| message.buttons.iter().flatten().any(|button| button.text == "确认修改");
    let proposal = telegram.until(|sandbox| sandbox.messages(COORDINATORS).into_iter().find(proposed)).await;
    let data = proposal.buttons[0][0].data.clone().expect("data");
    telegram.sandbox.press(COORDINATORS, proposal.id, 91, &data).expect("pressed");
    let changed = |message: &Message| message.text.contains("已将");
    talk.push(telegram.until(|sandbox| sandbox.messages(COORDINATORS).into_iter().find(changed)).await.text);
    bot.terminate();
    assert!(office.ask(&["policy", "digest"]).contains("30 8 * * 1-5"));
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。
    ---
    digest */5 * * * *：设置 digest 不能是“*/5 * * * *”：定时“*/5 * * * *”间隔不足15分钟，请改稀，未作修改。
    ---
    digest 0 9 31 2 *：设置 digest 不能是“0 9 31 2 *”：定时“0 9 31 2 *”永远不会到来，请检查日和月，未作修改。
    ---
    lunch 12:00：没有“lunch”这项设置；可用的有：timezone、digest、ladder、progress_call、briefing、sending_hours、escalate_after、weekend、catch_up、mention、confirm、office、recipients、requirements、ranking、evidence、backups，未作修改。
    ---
    escalate_after：逾期几个工作日无反馈即告知牵头单位和督办员：3（escalate_after）
    ---
    digest 30 8 * * 1-5：拟将“每日提醒的发出时间（工作日）”改为 30 8 * * 1-5。
    接下来五次：2019年6月25日（周二）08:30，2019年6月26日（周三）08:30，2019年6月27日（周四）08:30，2019年6月28日（周五）08:30，2019年7月1日（周一）08:30。遇休息日按规则处理。
    ---
    周敏 已将“每日提醒的发出时间（工作日）”改为 30 8 * * 1-5，从下一次起生效。
    ");
}
