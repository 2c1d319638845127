//! 专项督查: a coordinator asks units for something beside the plan; what they reply is gathered under it.

use std::io::Cursor;

use calamine::{Reader, Xlsx, open_workbook_from_rs};
use chrono::TimeDelta;
use duban::sandbox::{BOT_USERNAME, Message};

use crate::office::{Bot, Office, Telegram, at};
use crate::papers::{export, text_of};
use crate::talk::Talk;

const POLICE: i64 = -500;
const HOUSING: i64 = -600;
const COORDINATORS: i64 = -900;

async fn furnished() -> (Office, Telegram, Bot) {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国"), (12, "张敏")]);
    telegram.add_group(HOUSING, "省住建厅工作群", &[(21, "王芳")]);
    telegram.add_group(COORDINATORS, "督办员", &[(91, "周敏")]);
    let bot = telegram.start_bot(&office, at("06-24 10:00:00"));
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    telegram.bind(HOUSING, 21, &office.code_for("省住房城乡建设厅")).await;
    telegram.bind(COORDINATORS, 91, &office.code_for("--coordinator")).await;
    (office, telegram, bot)
}

fn command(words: &str) -> String {
    match words.split_once(' ') {
        Some((name, _)) => words.replacen(name, &format!("{name}@{BOT_USERNAME}"), 1),
        None => format!("{words}@{BOT_USERNAME}"),
    }
}

/// The text and the buttons below it.
fn shown(message: &Message) -> String {
    let rows =
        message.buttons.iter().map(|row| row.iter().map(|button| format!("［{}］", button.text)).collect::<String>());
    std::iter::once(message.text.clone()).chain(rows).collect::<Vec<_>>().join("\n")
}

/// Presses the button and waits for what the person sees for a moment.
async fn press(telegram: &Telegram, message: &Message, person: i64, label: &str) -> String {
    let mut buttons = message.buttons.iter().flatten();
    let data = buttons.find(|button| button.text == label).and_then(|button| button.data.clone()).expect(label);
    let query = telegram.sandbox.press(message.chat, message.id, person, &data).expect("pressed");
    telegram.until(|sandbox| sandbox.answers().into_iter().find(|answer| answer.query == query)).await.text
}

/// The first message of the bot that holds the words.
async fn told(telegram: &Telegram, chat: i64, words: &str) -> Message {
    let holds = |one: &Message| one.from.is_bot && one.text.contains(words);
    telegram.until(|sandbox| sandbox.messages(chat).into_iter().find(holds)).await
}

/// The first message of the bot to the coordinators with such a file.
async fn file(telegram: &Telegram, extension: &str) -> Message {
    let has_file = |one: &Message| one.attachment.as_ref().is_some_and(|file| file.name.ends_with(extension));
    telegram.until(|sandbox| sandbox.messages(COORDINATORS).into_iter().find(has_file)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn units_are_asked_and_their_replies_are_gathered() {
    let (office, telegram, bot) = furnished().await;
    let mut talk = Vec::new();
    let propose = command("/inspect 第5项 7月20日前 报送自查情况");
    talk.push(telegram.ask(POLICE, 11, &propose, None).await.text);
    talk.push(telegram.ask(COORDINATORS, 91, &command("/inspect 第5项 报送自查情况"), None).await.text);
    talk.push(telegram.ask(COORDINATORS, 91, &command("/inspect 省公安厅、省外事厅 7月20日前 报送"), None).await.text);
    let proposal = telegram.ask(COORDINATORS, 91, &propose, None).await;
    talk.push(shown(&proposal));
    assert!(telegram.heard(POLICE, "【专项督查】").is_empty(), "nobody is asked before it is confirmed");
    talk.push(press(&telegram, &proposal, 91, "确认").await);
    talk.push(told(&telegram, COORDINATORS, "专项督查1已发起").await.text);
    talk.push(press(&telegram, &proposal, 91, "确认").await);
    let asked = told(&telegram, POLICE, "【专项督查】").await;
    talk.push(shown(&asked));

    talk.push("——省公安厅——".to_owned());
    // Words that name a task of it count for both; others are the unit's answer, whatever they say.
    talk.push(shown(&telegram.ask(POLICE, 11, "第5项：进度60%，自查未发现问题", Some(asked.id)).await));
    let said = telegram.sandbox.say(POLICE, 11, "自查情况：共查 3 个窗口", Some(asked.id)).expect("said");
    let answers = |one: &Message| one.reply_to == Some(said);
    let first = telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(answers)).await;
    talk.push(shown(&first));
    telegram.sandbox.edit(POLICE, said, "自查情况：共查 4 个窗口").expect("edited");
    let revised = |one: &Message| answers(one) && one.id != first.id;
    talk.push(telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(revised)).await.text);
    talk.push(telegram.ask(POLICE, 12, "自查情况：代报", Some(asked.id)).await.text);
    talk.push(telegram.ask(POLICE, 11, &command("/inspect"), None).await.text);

    talk.push("——省住房城乡建设厅——".to_owned());
    let other = told(&telegram, HOUSING, "【专项督查】").await;
    let mistaken = telegram.ask(HOUSING, 21, "自查情况：发错了", Some(other.id)).await;
    press(&telegram, &mistaken, 21, "撤回").await;
    talk.push(told(&telegram, HOUSING, "已撤回对").await.text);

    talk.push("——督办员——".to_owned());
    talk.push(telegram.ask(COORDINATORS, 91, &command("/inspect"), None).await.text);
    let card = telegram.ask(COORDINATORS, 91, &command("/inspect 1"), None).await;
    talk.push(shown(&card));
    talk.push(press(&telegram, &card, 91, "催办").await);
    bot.terminate();

    let bot = telegram.start_bot(&office, at("06-25 10:00:00"));
    talk.push("——次日——".to_owned());
    talk.push(press(&telegram, &card, 91, "催办").await);
    talk.push(told(&telegram, COORDINATORS, "已催办").await.text);
    let again = told(&telegram, HOUSING, "【专项督查催办】").await;
    talk.push(again.text.clone());
    talk.push(press(&telegram, &card, 91, "催办").await);
    talk.push(telegram.ask(HOUSING, 21, "已按要求自查，材料另报", Some(again.id)).await.text);
    talk.push(press(&telegram, &card, 91, "关闭").await);
    talk.push(shown(&told(&telegram, COORDINATORS, "6月25日关闭").await));
    talk.push(press(&telegram, &card, 91, "关闭").await);
    talk.push(telegram.ask(HOUSING, 21, "补充材料：照片三张", Some(again.id)).await.text);
    bot.terminate();
    assert_eq!(telegram.heard(POLICE, "【专项督查催办】").len(), 0, "who has answered is spared");
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    仅督办员可以发起专项督查，请在督办员群或私聊中发送。
    ---
    用法：/inspect 全部 9月20日前 报送自查情况；也可写 第5、7项，或 省公安厅、省财政厅（用顿号分开）；日期不能早于今天
    ---
    名册和方案中没有：省外事厅，未作发起。
    ---
    拟发起专项督查
    任务：第5项 压缩工程项目审批时间
    对象：15 个单位（省政务局、省委编办、省发展改革委、省教育厅、省工业和信息化厅、省公安厅、省司法厅、省财政厅等15个单位）
    期限：7月20日
    要求：报送自查情况
    尚未绑定群，不能送达：省政务局、省委编办、省发展改革委、省教育厅、省工业和信息化厅、省司法厅、省财政厅、省人力资源社会保障厅等13个单位。
    点按“确认”后发到各单位群。
    ［确认］
    ---
    已发起。
    ---
    专项督查1已发起，通知 2 个单位。
    尚未绑定群，不能送达：省政务局、省委编办、省发展改革委、省教育厅、省工业和信息化厅、省司法厅、省财政厅、省人力资源社会保障厅等13个单位。
    发送 /inspect 1 查看答复情况。
    ---
    情况已有变化，此按钮不再有效。
    ---
    【专项督查】报送自查情况
    请于7月20日前（含当日）答复。
    第5项 压缩工程项目审批时间
    请直接回复本条，可附图片或文件。
    ---
    ——省公安厅——
    ---
    李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_demo_bot。
    同时登记为专项督查1的答复。
    已登记 第5项 压缩工程项目审批时间：推进中60%
    ［撤回］
    ---
    已登记专项督查1的答复。
    ［撤回］
    ---
    已按修改后的内容更新。
    已登记专项督查1的答复。
    ---
    张敏 尚未登记为省公安厅联络员，以上内容没有登记。如由您负责反馈，请点按申请，确认后重发。
    ---
    专项督查1 报送自查情况：7月20日｜已答复
    ---
    ——省住房城乡建设厅——
    ---
    已撤回对专项督查1的这次答复。
    ---
    ——督办员——
    ---
    进行中的专项督查（1 次）
    专项督查1 报送自查情况：7月20日｜已答复 1/15
    发送 /inspect 1 查看一次的答复情况。
    ---
    专项督查1 报送自查情况：7月20日｜已答复 1/15
    任务：第5项
    已答复：
    省公安厅（李建国 6月24日 10:00）：第5项：进度60%，自查未发现问题
    省公安厅（李建国 6月24日 10:00）：自查情况：共查 4 个窗口
    未答复 14 个：省政务局、省委编办、省发展改革委、省教育厅、省工业和信息化厅、省司法厅、省财政厅、省人力资源社会保障厅、省自然资源厅、省住房城乡建设厅、省商务厅、省卫生健康委、省市场监管局、省地方金融监管局
    ［催办］［关闭］［导出］
    ---
    今日已通知或已催办，未重复催办。
    ---
    ——次日——
    ---
    已催办。
    ---
    专项督查1已催办：省住房城乡建设厅。
    尚未绑定群，未能送达：省政务局、省委编办、省发展改革委、省教育厅、省工业和信息化厅、省司法厅、省财政厅、省人力资源社会保障厅等13个单位。
    ---
    【专项督查催办】报送自查情况
    请于7月20日前（含当日）答复。
    第5项 压缩工程项目审批时间
    请直接回复本条，可附图片或文件。
    请 @王芳 关注。
    ---
    今日已通知或已催办，未重复催办。
    ---
    已登记专项督查1的答复。
    ---
    已关闭。
    ---
    专项督查1 报送自查情况：7月20日｜已答复 2/15，6月25日关闭
    任务：第5项
    已答复：
    省公安厅（李建国 6月24日 10:00）：第5项：进度60%，自查未发现问题
    省公安厅（李建国 6月24日 10:00）：自查情况：共查 4 个窗口
    省住房城乡建设厅（王芳 6月25日 10:00）：已按要求自查，材料另报
    未答复 13 个：省政务局、省委编办、省发展改革委、省教育厅、省工业和信息化厅、省司法厅、省财政厅、省人力资源社会保障厅、省自然资源厅、省商务厅、省卫生健康委、省市场监管局、省地方金融监管局
    ［导出］
    ---
    情况已有变化，此按钮不再有效。
    ---
    已登记专项督查1的答复。本次督查已于6月25日关闭，作为补报登记。
    ");
    let verified = office.ask_json(&["verify", "--json"]);
    assert_eq!((&verified["integrity"], &verified["ledger"]["ok"]), (&"ok".into(), &true.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_answer_is_reminded_in_the_digest_until_it_ends() {
    let (office, telegram, bot) = furnished().await;
    let proposal = telegram
        .ask(COORDINATORS, 91, &command("/inspect 省公安厅、省住房城乡建设厅 6月28日前 报送自查情况"), None)
        .await;
    press(&telegram, &proposal, 91, "确认").await;
    let asked = told(&telegram, POLICE, "【专项督查】").await;
    telegram.ask(POLICE, 11, "自查情况：无问题", Some(asked.id)).await;
    bot.terminate();
    let planned = office.ask_json(&["preview", "--from", "2019-06-25", "--to", "2019-07-31", "--json"]);
    let named = planned.as_array().expect("a list").iter().flat_map(|message| {
        let items = message["items"].as_array().expect("a list").iter();
        let head = format!("{} {}", &message["at"].as_str().expect("an instant")[5..10], message["unit"]);
        items.filter(|item| item.get("inspection").is_some()).map(move |item| format!("{head} {item}"))
    });
    insta::assert_snapshot!(named.collect::<Vec<_>>().join("\n"), @r#"
    06-25 "省住房城乡建设厅" {"days_left":3,"due":"2019-06-28","inspection":"报送自查情况","milestone":null,"plan":null,"reason":"due_soon","task":null}
    06-27 "省住房城乡建设厅" {"days_left":1,"due":"2019-06-28","inspection":"报送自查情况","milestone":null,"plan":null,"reason":"due_soon","task":null}
    06-28 "省住房城乡建设厅" {"days_left":0,"due":"2019-06-28","inspection":"报送自查情况","milestone":null,"plan":null,"reason":"due_today","task":null}
    07-01 "省住房城乡建设厅" {"days_left":-3,"due":"2019-06-28","inspection":"报送自查情况","milestone":null,"plan":null,"reason":"overdue","task":null}
    07-05 "省住房城乡建设厅" {"days_left":-7,"due":"2019-06-28","inspection":"报送自查情况","milestone":null,"plan":null,"reason":"overdue","task":null}
    07-08 "督办员" {"days_left":-10,"due":"2019-06-28","inspection":"报送自查情况","milestone":null,"plan":null,"reason":"overdue","task":null}
    "#);

    let bot = telegram.start_bot(&office, at("06-25 09:00:05"));
    let digest = told(&telegram, HOUSING, "【工作提醒】").await;
    insta::assert_snapshot!(digest.text, @"
    【工作提醒】省住房城乡建设厅　6月25日（周二）
    请反馈进展：
    共同任务 第1、2、3、6、7、8、10、17、19、20、21、22、23、25、27、28、31、32项
    专项督查，请答复：
    专项督查1 报送自查情况：6月28日，还有3天
    请回复本条逐项写明进展，例如“1 正在推进，2 无变化”；有困难请一并说明。
    答复专项督查请写明，例如“督查：已自查，无问题”。
    ");
    let moments: Vec<_> = digest.entities.iter().filter(|entity| entity.kind == "date_time").collect();
    assert_eq!(moments.len(), 1, "{moments:?}");
    assert_eq!(moments[0].unix_time, Some(at("06-28 23:59:00").timestamp()));
    let mut talk = vec![telegram.ask(HOUSING, 21, "督查：自查已完成，共查 3 个工地", Some(digest.id)).await.text];
    talk.push(telegram.ask(HOUSING, 21, "第5项：进度70%", Some(digest.id)).await.text);
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    王芳 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_demo_bot。
    已登记专项督查1的答复。
    ---
    已登记 第5项 压缩工程项目审批时间：推进中70%
    ");

    // The ladder's last step is 7 days after the date; then it ends, though a unit withdrew its answer.
    let undone = told(&telegram, HOUSING, "已登记专项督查1").await;
    press(&telegram, &undone, 21, "撤回").await;
    bot.terminate();
    let bot = telegram.start_bot(&office, at("07-08 09:00:05"));
    let ended = told(&telegram, COORDINATORS, "【督办提醒】").await;
    let card = telegram.ask(COORDINATORS, 91, &command("/inspect 1"), None).await;
    press(&telegram, &card, 91, "导出").await;
    let sent = file(&telegram, ".xlsx").await;
    telegram.sandbox.say(COORDINATORS, 91, &command("/bulletin"), None).expect("said");
    let bulletin = file(&telegram, ".docx").await;
    bot.terminate();
    insta::assert_snapshot!([shown(&ended), shown(&card), sent.text.clone()].join("\n---\n"), @"
    【督办提醒】7月8日（周一）
    专项督查到期关闭：
    专项督查1 报送自查情况：6月28日｜已答复 1/2；未答复：省住房城乡建设厅。发送 /inspect 1 查看
    机器人自2019年6月25日（周二）09:00至2019年7月8日（周一）09:00未能运行，其间的部分消息可能没有收到。如曾反馈而未见答复，请重发。
    ---
    专项督查1 报送自查情况：6月28日｜已答复 1/2，7月8日关闭
    已答复：
    省公安厅（李建国 6月24日 10:00）：自查情况：无问题
    未答复 1 个：省住房城乡建设厅
    ［导出］
    ---
    专项督查1答复情况（截至2019年7月8日（周一）09:00）
    ");
    let bytes =
        |message: Message| message.attachment.and_then(|file| telegram.sandbox.file(&file.file_id)).expect("a file");
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes(sent))).expect("a workbook");
    let rows = workbook.worksheet_range("专项督查").expect("a sheet");
    let line = |row: &[calamine::Data]| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("｜");
    insta::assert_snapshot!(rows.rows().map(line).collect::<Vec<_>>().join("\n"), @"
    编号｜要求｜任务｜期限｜关闭日期｜单位｜情况｜答复人｜答复时间｜内容｜佐证｜佐证校验值（SHA-256）
    1｜报送自查情况｜｜43644｜43654｜省公安厅｜已答复｜李建国｜43640.416666666664｜自查情况：无问题｜｜
    1｜报送自查情况｜｜43644｜43654｜省住房城乡建设厅｜未答复｜｜｜｜｜
    ");

    // The other papers tell of it too.
    let filed = office.path("通报.docx");
    std::fs::write(&filed, bytes(bulletin)).expect("written");
    let bulletin = text_of(&filed);
    let (_, told) = bulletin.split_once("）专项督查").expect("a part of its own");
    insta::assert_snapshot!(told.split_once("四、").expect("the next chapter").0, @"“报送自查情况”（期限2019年6月28日）：已于2019年7月8日关闭，要求2个单位答复，1个已答复，省住房城乡建设厅未答复。");
    let json = std::fs::read(export(&office, "all.json")).expect("read");
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    insta::assert_snapshot!(json["inspections"], @r#"[{"closed_on":"2019-07-08","due":"2019-06-28","number":1,"started_on":"2019-06-24","tasks":[],"units":[{"answers":[{"answered_at":"2019-06-24T10:00:00+08:00","attachments":[],"by":"李建国","edited":0,"source":{"chat":-500,"message":4},"text":"自查情况：无问题"}],"unit":"省公安厅"},{"answers":[],"unit":"省住房城乡建设厅"}],"words":"报送自查情况"}]"#);
    let verified = office.ask_json(&["verify", "--json"]);
    assert_eq!((&verified["integrity"], &verified["ledger"]["ok"]), (&"ok".into(), &true.into()));
}

#[tokio::test]
async fn words_without_a_number_are_told_apart_where_a_digest_names_a_task_too() {
    let names = [(POLICE, "省公安厅群"), (COORDINATORS, "督办员群"), (11, "李建国"), (91, "周敏")];
    let mut talk = Talk::begin("06-27 16:00:00", &names).await;
    talk.bind(POLICE, 11, "省公安厅").await;
    talk.bind(COORDINATORS, 91, "--coordinator").await;
    talk.tick().await;
    talk.say(COORDINATORS, 91, "/inspect@duban_bot 省公安厅 6月28日前 报送自查情况").await;
    talk.press(COORDINATORS, 91, "确认").await;
    talk.go_on(TimeDelta::hours(17));
    talk.take();
    talk.tick().await;
    for words in ["进度60%", "已完成", "督查：已完成自查", "5 已完成"] {
        talk.reply_to("【工作提醒】", POLICE, 11, words).await;
    }
    insta::assert_snapshot!(talk.take(), @"
    〔6月28日09:00〕
      → 省公安厅群：【工作提醒】省公安厅　6月28日（周五）／临近到期：／第5项 压缩工程项目审批时间：6月30日，还有2天／专项督查，请答复：／专项督查1 报送自查情况：6月28日，今日到期／请回复本条写明进展，有困难请一并说明。／答复专项督查请写明，例如“督查：已自查，无问题”。
    李建国@省公安厅群：进度60%
      → 省公安厅群：李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／如是答复专项督查1，请回复原提醒并写明“督查”。／已登记 第5项 压缩工程项目审批时间：推进中60%［撤回］
      ≡ contact_registered
      ≡ report_recorded
    李建国@省公安厅群：已完成
      → 省公安厅群：如是答复专项督查1，请回复原提醒并写明“督查”。／请问这是哪一项的进展？点选后即登记。［第5项 压缩工程项目审批时间］
      ≡ task_asked
    李建国@省公安厅群：督查：已完成自查
      → 省公安厅群：已登记专项督查1的答复。［撤回］
      ≡ inspection_answered
    李建国@省公安厅群：5 已完成
      → 省公安厅群：已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 督办员群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已完成［第5项 同意办结］［第5项 退回］
      ≡ report_recorded
    ");
}

#[tokio::test]
async fn the_list_of_a_unit_is_answered_too() {
    let mut talk =
        Talk::begin("06-24 10:00:00", &[(POLICE, "公安群"), (11, "李建国"), (COORDINATORS, "督办群"), (91, "周敏")])
            .await;
    talk.bind(POLICE, 11, "省公安厅").await;
    talk.bind(COORDINATORS, 91, "--coordinator").await;
    talk.say(COORDINATORS, 91, "/inspect@duban_bot 省公安厅 6月28日前 报送自查情况").await;
    talk.press(COORDINATORS, 91, "确认").await;
    talk.take();
    talk.say(POLICE, 11, "/inspect@duban_bot").await;
    talk.reply(POLICE, 11, "自查已完成，无问题").await;
    talk.say(POLICE, 11, "/inspect@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@公安群：/inspect@duban_bot
      → 公安群：专项督查1 报送自查情况：6月28日｜未答复／请直接回复本条，可附图片或文件。
    李建国@公安群：自查已完成，无问题
      → 公安群：李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记专项督查1的答复。［撤回］
      ≡ contact_registered
      ≡ inspection_answered
    李建国@公安群：/inspect@duban_bot
      → 公安群：专项督查1 报送自查情况：6月28日｜已答复
    ");
}
