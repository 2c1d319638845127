//! 细化分解: a unit splits its duty into steps, is reminded of them, and ticks them off.

use calamine::{Data, Reader, Xlsx, open_workbook};
use duban::sandbox::{BOT_USERNAME, Message};

use crate::office::{Bot, Office, Telegram, at};

const POLICE: i64 = -500;
const COORDINATORS: i64 = -900;

async fn furnished() -> (Office, Telegram, Bot) {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国"), (12, "张敏")]);
    telegram.add_group(COORDINATORS, "督办员", &[(91, "周敏")]);
    let bot = telegram.start_bot(&office, at("06-24 10:00:00"));
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    telegram.bind(COORDINATORS, 91, &office.code_for("--coordinator")).await;
    (office, telegram, bot)
}

fn command(words: &str) -> String {
    match words.split_once([' ', '\n']) {
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
    let buttons = message.buttons.iter().flatten();
    let data = buttons.clone().find(|button| button.text.contains(label)).and_then(|button| button.data.clone());
    let query = telegram.sandbox.press(message.chat, message.id, person, &data.expect(label)).expect("pressed");
    telegram.until(|sandbox| sandbox.answers().into_iter().find(|answer| answer.query == query)).await.text
}

/// The message as it stands once it holds the words.
async fn redrawn(telegram: &Telegram, message: &Message, words: &str) -> Message {
    let now = |one: &Message| one.id == message.id && one.text.contains(words);
    telegram.until(|sandbox| sandbox.messages(message.chat).into_iter().find(now)).await
}

/// The steps that `preview` names, and how many other items of the unit it names.
fn rehearsed(office: &Office) -> (Vec<String>, usize) {
    let planned = office.ask_json(&["preview", "--from", "2019-06-25", "--to", "2019-09-30", "--json"]);
    let of_unit = planned.as_array().expect("a list").iter().filter(|message| message["unit"] == "省公安厅");
    let items = of_unit.flat_map(|message| {
        let at = message["at"].as_str().expect("an instant")[5..10].to_owned();
        message["items"].as_array().expect("a list").iter().map(move |item| (at.clone(), item.clone()))
    });
    let (of_steps, others): (Vec<_>, Vec<_>) = items.partition(|(_, item)| item.get("step").is_some());
    let of_steps = of_steps.into_iter().map(|(at, item)| format!("{at} {item}"));
    (of_steps.collect(), others.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duty_is_split_into_steps_and_they_are_ticked_off() {
    let (office, telegram, bot) = furnished().await;
    let without_steps = rehearsed(&office).1;
    let mut talk = Vec::new();
    // The first who plans becomes the contact; a wrong date loses nothing.
    let words = command("/step 5 6月27日 完成系统联调\n2月30日 培训窗口人员\n9月15日 全省上线");
    let said = telegram.sandbox.say(POLICE, 11, &words, None).expect("said");
    let answers = |one: &Message| one.reply_to == Some(said);
    let first = telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(answers)).await;
    talk.push(shown(&first));
    // Mended in the same message.
    telegram.sandbox.edit(POLICE, said, &words.replace("2月30日", "7月12日")).expect("edited");
    let mended = |one: &Message| answers(one) && one.id != first.id;
    let card = telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(mended)).await;
    talk.push(shown(&card));

    talk.push(press(&telegram, &card, 12, "完成：完成系统联调").await);
    talk.push(press(&telegram, &card, 11, "完成：完成系统联调").await);
    let ticked = redrawn(&telegram, &card, "（1/3 已完成）").await;
    talk.push(shown(&ticked));
    // The earlier message says so, too.
    talk.push(shown(&redrawn(&telegram, &first, "——").await));
    talk.push(press(&telegram, &ticked, 11, "撤销完成").await);
    let reopened = redrawn(&telegram, &card, "（0/3 已完成）").await;
    talk.push(press(&telegram, &reopened, 11, "完成：完成系统联调").await);
    redrawn(&telegram, &card, "（1/3 已完成）").await;

    let task = telegram.ask(POLICE, 11, &command("/task 5"), None).await;
    talk.push(shown(&task));
    // In reply to a message that names one task, the number is not needed; the same step with another date moves.
    talk.push(shown(&telegram.ask(POLICE, 11, "分解：9月20日 全省上线；年底 总结评估", Some(task.id)).await));
    // Drawn by the task's message: it stays the task's message. The last row is the last step that it showed.
    let remove = task.buttons.iter().flatten().filter(|button| button.text.contains("移除")).collect::<Vec<_>>();
    let query = telegram
        .sandbox
        .press(POLICE, task.id, 11, remove.first().and_then(|button| button.data.as_deref()).expect("data"))
        .expect("pressed");
    let toast = telegram.until(|sandbox| sandbox.answers().into_iter().find(|answer| answer.query == query)).await;
    talk.push(toast.text);
    talk.push(shown(&redrawn(&telegram, &task, "总结评估").await));
    talk.push(telegram.ask(POLICE, 11, &command("/step 99 9月15日 联调"), None).await.text);
    talk.push(telegram.ask(POLICE, 12, &command("/step 5 9月15日 联调"), None).await.text);
    let tasks = telegram.ask(POLICE, 12, &command("/tasks"), None).await;
    let of_task = tasks.text.lines().skip_while(|line| !line.starts_with("第5项")).take(4);
    talk.push(of_task.collect::<Vec<_>>().join("\n"));
    talk.push(shown(&Message { text: String::new(), ..tasks.clone() }));
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_demo_bot。
    已登记步骤 2 个，到期前提醒。
    请注意：“全省上线”晚于本项时限（6月30日），本项时限不变。
    未登记：“2月30日 培训窗口人员”（没有这一天）
    请修改原消息，或将未登记的部分改好后重发。
    第5项 压缩工程项目审批时间　分解步骤（0/2 已完成）
    ☐ 完成系统联调（6月27日）
    ☐ 全省上线（9月15日）
    ［☑ 完成：完成系统联调］［✕ 移除］
    ［☑ 完成：全省上线］［✕ 移除］
    ---
    已登记步骤 1 个，到期前提醒。
    请注意：“培训窗口人员”晚于本项时限（6月30日），本项时限不变。
    第5项 压缩工程项目审批时间　分解步骤（0/3 已完成）
    ☐ 完成系统联调（6月27日）
    ☐ 培训窗口人员（7月12日）
    ☐ 全省上线（9月15日）
    ［☑ 完成：完成系统联调］［✕ 移除］
    ［☑ 完成：培训窗口人员］［✕ 移除］
    ［☑ 完成：全省上线］［✕ 移除］
    ---
    仅本单位联络员可以操作。
    ---
    已标记完成。
    ---
    第5项 压缩工程项目审批时间　分解步骤（1/3 已完成）
    ☑ 完成系统联调（6月27日，已完成）
    ☐ 培训窗口人员（7月12日）
    ☐ 全省上线（9月15日）
    ［↩ 撤销完成：完成系统联调］
    ［☑ 完成：培训窗口人员］［✕ 移除］
    ［☑ 完成：全省上线］［✕ 移除］
    ---
    李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_demo_bot。
    已登记步骤 2 个，到期前提醒。
    请注意：“全省上线”晚于本项时限（6月30日），本项时限不变。
    未登记：“2月30日 培训窗口人员”（没有这一天）
    请修改原消息，或将未登记的部分改好后重发。
    第5项 压缩工程项目审批时间　分解步骤（0/2 已完成）
    ☐ 完成系统联调（6月27日）
    ☐ 全省上线（9月15日）
    —— 李建国 06-24 10:00 标记完成：“完成系统联调”
    ［☑ 完成：全省上线］［✕ 移除］
    ---
    已撤销完成标记。
    ---
    已标记完成。
    ---
    第5项
    压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。
    省公安厅：第5项 压缩工程项目审批时间｜负责｜未启动｜6月30日到期
    时限：2019年6月底前（6月30日）
    　分解步骤（1/3 已完成）：
    　☑ 完成系统联调（6月27日，已完成）
    　☐ 培训窗口人员（7月12日）
    　☐ 全省上线（9月15日）
    ［↩ 撤销完成：完成系统联调］
    ［☑ 完成：培训窗口人员］［✕ 移除］
    ［☑ 完成：全省上线］［✕ 移除］
    ---
    已登记步骤 2 个，到期前提醒。
    其中 1 个为改期，以新日期为准。
    请注意：“全省上线”、“总结评估”晚于本项时限（6月30日），本项时限不变。
    第5项 压缩工程项目审批时间　分解步骤（1/4 已完成）
    ☑ 完成系统联调（6月27日，已完成）
    ☐ 培训窗口人员（7月12日）
    ☐ 全省上线（9月20日）
    ☐ 总结评估（12月31日）
    ［↩ 撤销完成：完成系统联调］
    ［☑ 完成：培训窗口人员］［✕ 移除］
    ［☑ 完成：全省上线］［✕ 移除］
    ［☑ 完成：总结评估］［✕ 移除］
    ---
    已移除。需要时请重新登记。
    ---
    第5项
    压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。
    省公安厅：第5项 压缩工程项目审批时间｜负责｜未启动｜6月30日到期
    时限：2019年6月底前（6月30日）
    　分解步骤（1/3 已完成）：
    　☑ 完成系统联调（6月27日，已完成）
    　☐ 全省上线（9月20日）
    　☐ 总结评估（12月31日）
    ［↩ 撤销完成：完成系统联调］
    ［☑ 完成：全省上线］［✕ 移除］
    ［☑ 完成：总结评估］［✕ 移除］
    ---
    第99项不在省公安厅的任务之列，发送 /tasks 查看。
    ---
    张敏 尚未登记为省公安厅联络员，以上内容没有登记。如由您负责反馈，请点按申请，确认后重发。
    ---
    第5项 压缩工程项目审批时间｜负责｜未启动｜6月30日到期
    　☑ 完成系统联调（6月27日，已完成）
    　☐ 全省上线（9月20日）
    　☐ 总结评估（12月31日）
    ---

    ［☑ 第5项步骤］
    ");

    let told = telegram.ask(COORDINATORS, 91, &command("/task 5"), None).await.text;
    let of_unit = told.lines().skip_while(|line| !line.contains("省公安厅")).take(5);
    insta::assert_snapshot!(of_unit.collect::<Vec<_>>().join("\n"), @"
    负责 省公安厅：未启动（尚无反馈）
    　分解步骤（1/3 已完成）：
    　☑ 完成系统联调（6月27日，已完成）
    　☐ 全省上线（9月20日）
    　☐ 总结评估（12月31日）
    ");
    insta::assert_snapshot!(telegram.ask(COORDINATORS, 91, &command("/history 5"), None).await.text, @"
    第5项 历次反馈（10 条）
    2019年6月24日（周一）10:00 第5项 省公安厅（李建国）分解步骤“完成系统联调”（2019年6月27日）
    2019年6月24日（周一）10:00 第5项 省公安厅（李建国）分解步骤“全省上线”（2019年9月15日）
    2019年6月24日（周一）10:00 第5项 省公安厅（李建国）分解步骤“培训窗口人员”（2019年7月12日）
    2019年6月24日（周一）10:00 第5项 省公安厅（李建国）完成步骤“完成系统联调”（2019年6月27日）
    2019年6月24日（周一）10:00 第5项 省公安厅（李建国）撤销完成步骤“完成系统联调”（2019年6月27日）
    2019年6月24日（周一）10:00 第5项 省公安厅（李建国）完成步骤“完成系统联调”（2019年6月27日）
    2019年6月24日（周一）10:00 第5项 省公安厅（李建国）移除步骤“全省上线”（2019年9月15日）
    2019年6月24日（周一）10:00 第5项 省公安厅（李建国）分解步骤“全省上线”（2019年9月20日）
    2019年6月24日（周一）10:00 第5项 省公安厅（李建国）分解步骤“总结评估”（2019年12月31日）
    2019年6月24日（周一）10:00 第5项 省公安厅（李建国）移除步骤“培训窗口人员”（2019年7月12日）
    ");
    bot.terminate();

    let (of_steps, others) = rehearsed(&office);
    assert_eq!(others, without_steps, "the duty's own milestones are named as before");
    insta::assert_snapshot!(of_steps.join("\n"), @r#"
    09-17 {"days_left":3,"due":"2019-09-20","milestone":null,"plan":"深化“放管服”改革转变政府职能","reason":"step","step":"全省上线","task":"5"}
    09-20 {"days_left":0,"due":"2019-09-20","milestone":null,"plan":"深化“放管服”改革转变政府职能","reason":"step","step":"全省上线","task":"5"}
    09-23 {"days_left":-3,"due":"2019-09-20","milestone":null,"plan":"深化“放管服”改革转变政府职能","reason":"step","step":"全省上线","task":"5"}
    09-30 {"days_left":-10,"due":"2019-09-20","milestone":null,"plan":"深化“放管服”改革转变政府职能","reason":"step","step":"全省上线","task":"5"}
    "#);
    let file = office.path("all.json");
    office.ask(&["export", &file.to_string_lossy()]);
    let exported: serde_json::Value = serde_json::from_slice(&std::fs::read(file).expect("a file")).expect("JSON");
    let duties = exported["duties"].as_array().expect("a list").iter();
    let rows: Vec<String> = duties
        .flat_map(|duty| {
            duty["steps"].as_array().expect("a list").iter().map(|step| format!("{} {step}", duty["task"]))
        })
        .collect();
    insta::assert_snapshot!(rows.join("\n"), @r#"
    "5" {"done":true,"due":"2019-06-27","text":"完成系统联调"}
    "5" {"done":false,"due":"2019-09-20","text":"全省上线"}
    "5" {"done":false,"due":"2019-12-31","text":"总结评估"}
    "#);
    let file = office.path("all.xlsx");
    office.ask(&["export", &file.to_string_lossy()]);
    let mut workbook: Xlsx<_> = open_workbook(file).expect("a workbook");
    let sheet = workbook.worksheet_range("分解步骤").expect("a sheet");
    assert_eq!(sheet.height(), 1 + rows.len());
    assert!(sheet.rows().skip(1).all(|row| matches!(row[3], Data::DateTime(_))), "dates are dates");
    let verified = office.ask_json(&["verify", "--json"]);
    assert_eq!((&verified["integrity"], &verified["ledger"]["ok"]), (&"ok".into(), &true.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_unit_is_reminded_of_its_steps() {
    let (office, telegram, bot) = furnished().await;
    telegram.ask(POLICE, 11, &command("/step 10 6月28日 完成系统联调；9月15日 全省上线"), None).await;
    bot.terminate();
    let bot = telegram.start_bot(&office, at("06-25 09:00:05"));
    let digest = |one: &Message| one.text.contains("【工作提醒】");
    let told = telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(digest)).await;
    let of_step = told.text.lines().filter(|line| line.contains("步骤"));
    let buttons = told.buttons.iter().flatten().map(|button| format!("［{}］", button.text));
    let mut talk: Vec<String> = of_step.map(str::to_owned).chain(buttons).collect();
    let opener = told.buttons.iter().flatten().find(|button| button.text.contains("步骤")).expect("a button");
    let data = opener.data.clone().expect("data");
    telegram.sandbox.press(POLICE, told.id, 12, &data).expect("pressed");
    let opened = |one: &Message| one.id > told.id && one.text.contains("分解步骤（0/2 已完成）");
    let card = telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(opened)).await;
    talk.push(shown(&card));
    talk.push(press(&telegram, &card, 11, "完成：完成系统联调").await);
    bot.terminate();
    insta::assert_snapshot!(talk.join("\n"), @"
    第10项 规范职业资格许可认定　步骤“完成系统联调”：6月28日，还有3天
    ［全部无变化］
    ［逐项填报］
    ［☑ 第10项步骤］
    第10项 规范职业资格许可认定　分解步骤（0/2 已完成）
    ☐ 完成系统联调（6月28日）
    ☐ 全省上线（9月15日）
    ［☑ 完成：完成系统联调］［✕ 移除］
    ［☑ 完成：全省上线］［✕ 移除］
    已标记完成。
    ");
}
