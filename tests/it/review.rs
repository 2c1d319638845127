//! 核定: claims decided by two coordinators at once; duties suspended, resumed and reopened, and who is told.

use duban::sandbox::{BOT_USERNAME, Message};

use crate::office::{Office, Telegram, at};

const HOUSING: i64 = -400;
const POLICE: i64 = -500;
const FIRST: i64 = 91;
const SECOND: i64 = 92;

fn command(words: &str) -> String {
    format!("/{}", words.replacen(' ', &format!("@{BOT_USERNAME} "), 1))
}

/// The message as it is shown, with its buttons.
fn shown(message: &Message) -> String {
    let buttons = message.buttons.iter().flatten().map(|button| format!("［{}］", button.text));
    let buttons = buttons.collect::<String>();
    if buttons.is_empty() { message.text.clone() } else { format!("{}\n{buttons}", message.text) }
}

/// The message's button with these words.
fn button(message: &Message, words: &str) -> String {
    let button = message.buttons.iter().flatten().find(|button| button.text.contains(words)).expect("a button");
    button.data.clone().expect("data")
}

impl Telegram {
    /// The bot's newest message in a chat that has the words.
    async fn newest(&self, chat: i64, words: &str) -> Message {
        let has = |message: &Message| message.from.is_bot && message.text.contains(words);
        self.until(|sandbox| sandbox.messages(chat).into_iter().rfind(has)).await
    }

    /// A message once it says the words.
    async fn turned_into(&self, chat: i64, id: i64, words: &str) -> Message {
        let has = |message: &Message| message.id == id && message.text.contains(words);
        self.until(|sandbox| sandbox.messages(chat).into_iter().find(has)).await
    }

    async fn toast(&self, query: &str) -> String {
        self.until(|sandbox| sandbox.answers().into_iter().find(|answer| answer.query == query)).await.text
    }
}

/// The lead unit of task 5 and another with their groups, and two coordinators in private.
async fn office() -> (Office, Telegram) {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.add_group(HOUSING, "省住房城乡建设厅工作群", &[(10, "王芳")]);
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国")]);
    for (person, name) in [(FIRST, "周敏"), (SECOND, "陈立")] {
        telegram.sandbox.add_person(person, name);
        telegram.sandbox.add_private_chat(person);
    }
    let bot = telegram.start_bot(&office, at("06-27 10:00:00"));
    telegram.bind(HOUSING, 10, &office.code_for("省住房城乡建设厅")).await;
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    for person in [FIRST, SECOND] {
        telegram.ask(person, person, &format!("/start {}", office.code_for("--coordinator")), None).await;
    }
    assert!(bot.terminate());
    (office, telegram)
}

/// How the police stand in task 5.
fn standing(office: &Office) -> (String, bool) {
    office.ask(&["export", office.path("all.json").to_str().expect("a path")]);
    let held = std::fs::read_to_string(office.path("all.json")).expect("written");
    let held: serde_json::Value = serde_json::from_str(&held).expect("JSON");
    let duties = held["duties"].as_array().expect("duties");
    let duty = duties.iter().find(|duty| duty["task"] == "5" && duty["unit"] == "省公安厅").expect("the duty");
    let planned = office.ask_json(&["preview", "--from", "2019-06-28", "--to", "2019-07-05", "--json"]);
    let mut items = planned.as_array().expect("a list").iter().flat_map(|message| {
        let to_police = message["unit"] == "省公安厅";
        message["items"].as_array().expect("items").iter().filter(move |_| to_police)
    });
    (duty["status"].as_str().expect("a status").to_owned(), items.any(|item| item["task"] == "5"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_of_two_coordinators_counts() {
    let (office, telegram) = office().await;
    let bot = telegram.start_bot(&office, at("06-27 10:00:00"));
    telegram.ask(POLICE, 11, &command("done 5 已验收"), None).await;
    let mut talk = Vec::new();
    let for_first = telegram.newest(FIRST, "原话").await;
    let for_second = telegram.newest(SECOND, "原话").await;
    let pending = telegram.ask(SECOND, SECOND, "/pending", None).await;
    talk.push(shown(&for_first));
    talk.push(shown(&pending));
    assert!(bot.terminate());
    // Both press before the bot hears of either.
    let press = |person: i64, message: &Message, words: &str| {
        telegram.sandbox.press(person, message.id, person, &button(message, words)).expect("pressed")
    };
    let (first, second) = (press(FIRST, &for_first, "同意办结"), press(SECOND, &for_second, "退回"));
    let bot = telegram.start_bot(&office, at("06-27 10:05:00"));
    talk.push(telegram.toast(&first).await);
    talk.push(telegram.toast(&second).await);
    for (chat, id) in [(FIRST, for_first.id), (SECOND, for_second.id), (SECOND, pending.id)] {
        talk.push(shown(&telegram.turned_into(chat, id, "——").await));
    }
    for chat in [POLICE, HOUSING] {
        talk.push(telegram.newest(chat, "10:05").await.text);
    }
    assert!(bot.terminate());
    assert_eq!(telegram.heard(POLICE, "督办员").iter().filter(|message| message.text.contains("10:05")).count(), 1);
    assert_eq!(standing(&office), ("done".to_owned(), false));
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    省公安厅（李建国）反馈：
    第5项 压缩工程项目审批时间：提请办结
    原话：5 已验收
    ［第5项 同意办结］［第5项 退回］
    ---
    待核定：提请办结 1 项（截至2019年6月27日（周四）10:00）
    第5项 压缩工程项目审批时间｜省公安厅提请办结（6月27日）：5 已验收
    ［第5项 同意办结］［第5项 退回］
    ---
    已同意办结。
    ---
    已由周敏于10:05同意办结。
    ---
    省公安厅（李建国）反馈：
    第5项 压缩工程项目审批时间：提请办结
    原话：5 已验收
    —— 周敏 06-27 10:05 同意办结
    ---
    省公安厅（李建国）反馈：
    第5项 压缩工程项目审批时间：提请办结
    原话：5 已验收
    —— 周敏 06-27 10:05 同意办结
    ---
    待核定：提请办结 1 项（截至2019年6月27日（周四）10:00）
    第5项 压缩工程项目审批时间｜省公安厅提请办结（6月27日）：5 已验收
    —— 周敏 06-27 10:05 同意办结
    ---
    第5项 压缩工程项目审批时间：督办员周敏于6月27日10:05同意办结。
    ---
    第5项 压缩工程项目审批时间：督办员周敏于6月27日10:05同意办结（省公安厅）。
    ");
    office.ask(&["verify"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duty_is_suspended_resumed_signed_off_and_reopened() {
    let (office, telegram) = office().await;
    let bot = telegram.start_bot(&office, at("06-27 10:00:00"));
    let mut talk = Vec::new();
    telegram.ask(POLICE, 11, &command("report 5 60% 系统已上线"), None).await;
    assert_eq!(standing(&office), ("in_progress".to_owned(), true));

    // The unit asks for it, and is refused for a reason.
    talk.push(telegram.ask(POLICE, 11, &command("report 5 申请中止，机构改革"), None).await.text);
    let wish = telegram.newest(FIRST, "原话").await;
    talk.push(shown(&wish));
    telegram.sandbox.press(FIRST, wish.id, FIRST, &button(&wish, "不同意")).expect("pressed");
    let question = telegram.newest(FIRST, "说明理由").await;
    telegram.ask(FIRST, FIRST, "方案未定，先推进", Some(question.id)).await;
    talk.push(telegram.newest(POLICE, "不同意中止，理由").await.text);
    telegram.ask(POLICE, 11, &command("report 5 60% 继续推进"), None).await;

    // A coordinator suspends without naming the unit: buttons ask whose part is meant, and a reply gives the reason.
    let whose = telegram.ask(FIRST, FIRST, "/suspend 5", None).await;
    talk.push(shown(&whose));
    telegram.sandbox.press(FIRST, whose.id, FIRST, &button(&whose, "省公安厅")).expect("pressed");
    let why = telegram.newest(FIRST, "说明后生效").await;
    talk.push(why.text.clone());
    telegram.ask(FIRST, FIRST, "机构改革，职能划转", Some(why.id)).await;
    talk.push(shown(&telegram.turned_into(FIRST, whose.id, "——").await));
    talk.push(telegram.newest(POLICE, "中止期间").await.text);
    talk.push(telegram.newest(HOUSING, "职能划转").await.text);
    assert_eq!(standing(&office), ("suspended".to_owned(), false));
    talk.push(telegram.ask(POLICE, 11, &command("task 5"), None).await.text);

    talk.push(telegram.ask(SECOND, SECOND, "/resume 5 省公安厅", None).await.text);
    assert_eq!(standing(&office), ("in_progress".to_owned(), true));
    telegram.ask(POLICE, 11, &command("done 5 已验收"), None).await;
    talk.push(telegram.ask(FIRST, FIRST, "/accept 5 省公安厅", None).await.text);
    assert_eq!(standing(&office), ("done".to_owned(), false));
    talk.push(telegram.ask(FIRST, FIRST, "/reopen 5 省公安厅 验收报告不全", None).await.text);
    assert_eq!(standing(&office), ("in_progress".to_owned(), true));
    let history = telegram.ask(FIRST, FIRST, "/history 5", None).await.text;
    for decided in ["不同意中止：方案未定，先推进", "中止：机构改革，职能划转", "恢复", "撤销办结：验收报告不全"]
    {
        assert!(history.contains(decided), "{decided}: {history}");
    }
    assert!(bot.terminate());
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    已登记 第5项 压缩工程项目审批时间：申请中止
    中止由督办员答复，答复前仍按受阻掌握。
    ---
    省公安厅（李建国）反馈：
    第5项 压缩工程项目审批时间：申请中止
    原话：5 申请中止，机构改革
    ［第5项 同意中止］［第5项 不同意］
    ---
    第5项 压缩工程项目审批时间：不同意中止，理由：方案未定，先推进。
    ---
    第5项 压缩工程项目审批时间：请点选要中止的单位。
    ［省住房城乡建设厅］［省政务局］［省委编办］［省发展改革委］［省教育厅］［省工业和信息化厅］［省公安厅］［省司法厅］［省财政厅］［省人力资源社会保障厅］［省自然资源厅］［省商务厅］［省卫生健康委］［省市场监管局］［省地方金融监管局］［全部单位（15个）］
    ---
    第5项 压缩工程项目审批时间：请回复本条说明中止的理由（省公安厅），说明后生效。
    ---
    第5项 压缩工程项目审批时间：请点选要中止的单位。
    —— 周敏 06-27 10:00 中止：省公安厅
    ---
    第5项 压缩工程项目审批时间：督办员周敏于6月27日10:00中止，中止期间不再提醒。理由：机构改革，职能划转
    ---
    第5项 压缩工程项目审批时间：督办员周敏于6月27日10:00中止（省公安厅）。理由：机构改革，职能划转
    ---
    第5项
    压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。
    省公安厅：第5项 压缩工程项目审批时间｜负责｜中止（6月27日起：机构改革，职能划转）
    时限：2019年6月底前（6月30日）
    最近反馈：5 60% 继续推进
    ---
    陈立 恢复：第5项 压缩工程项目审批时间（省公安厅）
    ---
    周敏 同意办结：第5项 压缩工程项目审批时间（省公安厅）
    ---
    周敏 撤销办结：第5项 压缩工程项目审批时间（省公安厅）理由：验收报告不全
    ");
    office.ask(&["verify"]);
}
