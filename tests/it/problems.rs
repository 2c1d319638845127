//! A problem from the report that raises it to the answer, or until the unit takes it back.

use duban::sandbox::{BOT_USERNAME, Message};
use serde_json::Value;

use crate::office::{Bot, Office, Telegram, at};

pub const POLICE: i64 = -500;
pub const HOUSING: i64 = -600;
pub const COORDINATORS: i64 = -900;

/// 省公安厅, which has a part in task 5, 省住房城乡建设厅, which leads it, and the coordinators.
pub async fn furnished() -> (Office, Telegram, Bot) {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国"), (12, "孙晓")]);
    telegram.add_group(HOUSING, "省住建厅工作群", &[(21, "王芳")]);
    telegram.add_group(COORDINATORS, "督办员", &[(91, "周敏"), (92, "来宾")]);
    let bot = telegram.start_bot(&office, at("06-24 10:00:00"));
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    telegram.bind(HOUSING, 21, &office.code_for("省住房城乡建设厅")).await;
    telegram.bind(COORDINATORS, 91, &office.code_for("--coordinator")).await;
    (office, telegram, bot)
}

pub fn command(words: &str) -> String {
    let (name, rest) = words.split_once(' ').map_or((words, String::new()), |(name, rest)| (name, format!(" {rest}")));
    format!("/{name}@{BOT_USERNAME}{rest}")
}

/// The text with the labels of its buttons.
pub fn shown(message: &Message) -> String {
    let rows = message.buttons.iter().map(|row| row.iter().map(|button| format!("［{}］", button.text)).collect());
    std::iter::once(message.text.clone()).chain(rows).collect::<Vec<String>>().join("\n")
}

/// Presses the button with this label below a message; what is seen for a moment.
pub async fn press(telegram: &Telegram, (chat, person): (i64, i64), message: &Message, label: &str) -> String {
    let button = message.buttons.iter().flatten().find(|button| button.text == label);
    let data = button.and_then(|button| button.data.clone()).unwrap_or_else(|| panic!("{label}: {}", shown(message)));
    let query = telegram.sandbox.press(chat, message.id, person, &data).expect("pressed");
    telegram.until(|sandbox| sandbox.answers().into_iter().find(|answer| answer.query == query)).await.text
}

pub async fn hear(telegram: &Telegram, chat: i64, words: &str) -> Message {
    telegram.until(|sandbox| sandbox.messages(chat).into_iter().rfind(|message| message.text.contains(words))).await
}

/// A message once it says the words.
pub async fn turned_into(telegram: &Telegram, message: &Message, words: &str) -> Message {
    let now = |one: &Message| one.id == message.id && one.text.contains(words);
    telegram.until(|sandbox| sandbox.messages(message.chat).into_iter().find(now)).await
}

/// The problems as they are exported: what, state and answer.
fn problems(office: &Office) -> Vec<String> {
    let file = office.path("all.json");
    office.ask(&["export", &file.to_string_lossy()]);
    let exported: Value = serde_json::from_slice(&std::fs::read(&file).expect("read")).expect("JSON");
    let problems = exported["problems"].as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    problems
        .map(|problem| {
            format!("{} {} {}", text(&problem["problem"]), text(&problem["state"]), text(&problem["answer"]))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_is_raised_answered_and_told() {
    let (office, telegram, bot) = furnished().await;
    let mut talk = Vec::new();
    let said = telegram.ask(POLICE, 11, &command("report 5 60% 系统已上线。问题：市县数据未打通"), None).await;
    talk.push(shown(&said));
    let notice = hear(&telegram, COORDINATORS, "市县数据未打通").await;
    talk.push(shown(&notice));
    // Named again it is the same one, and nobody is told twice.
    talk.push(telegram.ask(POLICE, 11, &command("report 5 70% 问题：市县数据仍未打通。"), None).await.text);
    talk.push(shown(&telegram.ask(POLICE, 12, &command("problems"), None).await));
    talk.push(shown(&telegram.ask(COORDINATORS, 91, &command("problems"), None).await));

    press(&telegram, (COORDINATORS, 91), &notice, "第5项 答复").await;
    let question = hear(&telegram, COORDINATORS, "请回复本条写明答复").await;
    let problem = hear(&telegram, COORDINATORS, "（省公安厅）：").await;
    talk.push(shown(&problem));
    talk.push(shown(&question));
    // Nobody else in that group answers for the coordinators.
    telegram.ask(COORDINATORS, 92, "请等通知", Some(question.id)).await;
    assert!(telegram.heard(POLICE, "，督办员答复：").is_empty());
    talk.push(telegram.ask(COORDINATORS, 91, "请与省政务局对接，7月1日前开放接口", Some(question.id)).await.text);
    talk.push(hear(&telegram, POLICE, "，督办员答复：").await.text);
    talk.push(hear(&telegram, HOUSING, "，督办员答复：").await.text);
    // Too late; the buttons are gone.
    talk.push(telegram.ask(COORDINATORS, 91, "再补充一句", Some(question.id)).await.text);
    talk.push(shown(&turned_into(&telegram, &notice, "——").await));
    talk.push(shown(&turned_into(&telegram, &problem, "——").await));
    talk.push(telegram.ask(COORDINATORS, 91, &command("problems"), None).await.text);
    let history = telegram.ask(POLICE, 11, &command("history 5"), None).await.text;
    talk.extend(history.lines().filter(|line| line.contains("问题“")).map(str::to_owned));
    bot.terminate();
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_demo_bot。
    已登记 第5项 压缩工程项目审批时间：推进中60%，问题：市县数据未打通
    问题由督办员答复。
    ［撤回］
    ---
    省公安厅（李建国）反馈：
    第5项 压缩工程项目审批时间：推进中60%，问题：市县数据未打通
    原话：5 60% 系统已上线。问题：市县数据未打通
    ［第5项 答复］
    ---
    已登记 第5项 压缩工程项目审批时间：推进中70%，问题：市县数据仍未打通
    ---
    省公安厅 待答复的问题 1 个：
    第5项 压缩工程项目审批时间（6月24日）：市县数据未打通
    ［第5项 已解决］
    ---
    待答复的问题 1 个（截至2019年6月24日（周一）10:00）
    第5项 压缩工程项目审批时间｜省公安厅（6月24日）：市县数据未打通
    ［第5项 答复］
    ---
    第5项 压缩工程项目审批时间（省公安厅）：市县数据未打通
    ［不作答复，直接关闭］
    ---
    周敏，请回复本条写明答复，将转告省公安厅。
    ---
    答复已转告省公安厅，该问题不再挂账。如需补充，请回复本条，将一并转告。
    ---
    第5项 压缩工程项目审批时间：贵单位反映的问题“市县数据未打通”，督办员答复：请与省政务局对接，7月1日前开放接口
    ---
    第5项 压缩工程项目审批时间：省公安厅反映的问题“市县数据未打通”，督办员答复：请与省政务局对接，7月1日前开放接口
    ---
    该问题已答复、关闭或撤销，这次的答复没有转告。
    ---
    省公安厅（李建国）反馈：
    第5项 压缩工程项目审批时间：推进中60%，问题：市县数据未打通
    原话：5 60% 系统已上线。问题：市县数据未打通
    —— 周敏 06-24 10:00 已答复
    ---
    第5项 压缩工程项目审批时间（省公安厅）：市县数据未打通
    —— 周敏 06-24 10:00 已答复
    ---
    目前没有待答复的问题。（截至2019年6月24日（周一）10:00）
    ---
    2019年6月24日（周一）10:00 第5项 省公安厅（李建国）提出问题“市县数据未打通”
    ---
    2019年6月24日（周一）10:00 第5项 省公安厅（周敏）问题“市县数据未打通”已答复：请与省政务局对接，7月1日前开放接口
    ");
    insta::assert_snapshot!(problems(&office).join("\n"), @"市县数据未打通 answered 请与省政务局对接，7月1日前开放接口");
    office.ask(&["verify"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_is_taken_back_or_closed_without_words() {
    let (office, telegram, bot) = furnished().await;
    let mut talk = Vec::new();
    let open = async |talk: &mut Vec<String>, what: &str| {
        let answer = telegram.ask(COORDINATORS, 91, &command("problems"), None).await.text;
        talk.push(format!("{what} → {answer}"));
    };
    // By an edit, and back again.
    let said = telegram.sandbox.say(POLICE, 11, &command("report 5 10% 问题：经费未到位"), None).expect("said");
    hear(&telegram, COORDINATORS, "经费未到位").await;
    telegram.sandbox.edit(POLICE, said, &command("report 5 15% 系统已招标")).expect("edited");
    hear(&telegram, POLICE, "推进中15%").await;
    open(&mut talk, "改掉").await;
    // By 撤回.
    let confirmed = telegram.ask(POLICE, 11, &command("report 5 20% 问题：人手不足"), None).await;
    press(&telegram, (POLICE, 11), &confirmed, "撤回").await;
    hear(&telegram, POLICE, "已撤回第5项").await;
    open(&mut talk, "撤回").await;
    // By plain words; silence leaves it open, and so do words that are not plain.
    telegram.ask(POLICE, 11, &command("report 5 30% 问题：数据未打通"), None).await;
    for words in ["report 5 40%", "report 5 45% 问题基本解决", "report 5 50% 没有大问题"] {
        telegram.ask(POLICE, 11, &command(words), None).await;
    }
    open(&mut talk, "未说清").await;
    talk.push(telegram.ask(POLICE, 11, &command("report 5 60% 上次反映的问题已解决"), None).await.text);
    open(&mut talk, "已解决").await;
    // By button, by a contact only.
    telegram.ask(POLICE, 11, &command("report 6 10% 困难：缺少标准"), None).await;
    let own = telegram.ask(POLICE, 11, &command("problems"), None).await;
    talk.push(shown(&own));
    talk.push(press(&telegram, (POLICE, 12), &own, "第6项 已解决").await);
    talk.push(press(&telegram, (POLICE, 11), &own, "第6项 已解决").await);
    talk.push(hear(&telegram, POLICE, "标记问题已解决").await.text);
    // Closed by a coordinator without words.
    telegram.ask(POLICE, 11, &command("report 6 20% 困难：场地未落实"), None).await;
    let listed = telegram.ask(COORDINATORS, 91, &command("problems"), None).await;
    press(&telegram, (COORDINATORS, 91), &listed, "第6项 答复").await;
    hear(&telegram, COORDINATORS, "请回复本条写明答复").await;
    let problem = hear(&telegram, COORDINATORS, "（省公安厅）：").await;
    talk.push(press(&telegram, (COORDINATORS, 91), &problem, "不作答复，直接关闭").await);
    talk.push(hear(&telegram, COORDINATORS, "关闭问题").await.text);
    talk.push(hear(&telegram, POLICE, "已由督办员关闭").await.text);
    open(&mut talk, "关闭").await;
    bot.terminate();
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    改掉 → 目前没有待答复的问题。（截至2019年6月24日（周一）10:00）
    ---
    撤回 → 目前没有待答复的问题。（截至2019年6月24日（周一）10:00）
    ---
    未说清 → 待答复的问题 1 个（截至2019年6月24日（周一）10:00）
    第5项 压缩工程项目审批时间｜省公安厅（6月24日）：数据未打通
    ---
    已登记 第5项 压缩工程项目审批时间：推进中60%
    此前反映的问题已解决。
    ---
    已解决 → 目前没有待答复的问题。（截至2019年6月24日（周一）10:00）
    ---
    省公安厅 待答复的问题 1 个：
    第6项 清理妨碍公平竞争的文件（6月24日）：缺少标准
    ［第6项 已解决］
    ---
    仅本单位联络员可以操作。
    ---
    已标记为解决。
    ---
    李建国 标记问题已解决：第6项 清理妨碍公平竞争的文件“缺少标准”
    ---
    已关闭。
    ---
    周敏 关闭问题：第6项 清理妨碍公平竞争的文件（省公安厅）“场地未落实”
    ---
    第6项 清理妨碍公平竞争的文件：反映的问题“场地未落实”已由督办员关闭。如仍需协调，请再次反馈。
    ---
    关闭 → 目前没有待答复的问题。（截至2019年6月24日（周一）10:00）
    ");
    insta::assert_snapshot!(problems(&office).join("\n"), @"
    经费未到位 withdrawn -
    人手不足 withdrawn -
    数据未打通 withdrawn -
    缺少标准 withdrawn -
    场地未落实 closed -
    ");
    office.ask(&["verify"]);
}
