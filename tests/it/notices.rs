//! 通知 that ask for one thing: shown with what, of whom and by when, and an item once a coordinator confirms.

use duban::sandbox::{Message, Upload};
use serde_json::json;

use crate::milestones::{OFFICE, office_of};
use crate::office::{Office, Telegram, at};
use crate::talk::{LI, Talk, ZHOU};

const COORDINATOR: i64 = 21;
const POLICE: i64 = -500;

const NOTICE: &str = "某省人民政府办公厅关于报送半年工作总结的通知\n某政办函〔2019〕13号\n\
    各市、自治州人民政府，省直各部门，省外事厅：\n\
    为做好政务公开工作，现就报送总结有关事项通知如下。\n\
    一、总结内容。包括工作开展情况、存在的问题和下一步打算。\n\
    二、报送要求。请各单位于7月20日前将半年工作总结报送省政府办公厅，电子版发送至邮箱。\n\
    三、其他。请于6月25日前报送联络员名单。\n\
    某省人民政府办公厅\n2019年6月10日\n";

const APPOINTMENT: &str = "关于张三等同志职务任免的通知\n某政人〔2019〕5号\n各市州人民政府，省直各部门：\n\
    经省人民政府常务会议研究，决定：\n一、任命张三为省公安厅副厅长；\n二、免去李四的省财政厅副厅长职务。\n\
    某省人民政府\n2019年6月10日\n";

const MINUTES: &str = "省政府第12次常务会议纪要\n2019年6月8日，省长王某主持召开会议，纪要如下：\n\
    一、会议听取了省财政厅关于预算执行情况的汇报。\n二、会议学习了有关文件精神。会议指出，要提高认识。\n出席：王某。\n";

fn shown(message: &Message) -> String {
    let row = message.buttons.iter().flatten().map(|button| format!("［{}］", button.text));
    format!("{}\n{}", message.text, row.collect::<String>())
}

fn send(telegram: &Telegram, name: &str, text: &str) {
    let file = Upload { name: name.into(), mime_type: "text/plain".into(), bytes: text.as_bytes().to_vec() };
    telegram.sandbox.attach(COORDINATOR, COORDINATOR, file, "", None).expect("sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_asks_for_one_thing_becomes_an_item() {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.sandbox.add_person(COORDINATOR, "周敏");
    telegram.sandbox.add_private_chat(COORDINATOR);
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国")]);
    let bot = telegram.start_bot(&office, at("06-14 10:00:00"));
    telegram.ask(COORDINATOR, COORDINATOR, &format!("/start {}", office.code_for("--coordinator")), None).await;
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    send(&telegram, "通知.txt", NOTICE);
    let preview = telegram.until(|_| telegram.heard(COORDINATOR, "读到一项要求").pop()).await;
    let mut talk = vec![shown(&preview)];
    assert_eq!(office.ask_json(&["plan", "list", "--json"]).as_array().map_or(0, Vec::len), 1, "nothing before a word");
    let button = preview.buttons.iter().flatten().find(|button| button.text == "确认").expect("a button");
    telegram.sandbox.press(COORDINATOR, preview.id, COORDINATOR, button.data.as_ref().expect("data")).expect("pressed");
    talk.push(telegram.until(|_| telegram.heard(COORDINATOR, "已导入").pop()).await.text);
    send(&telegram, "通知.txt", NOTICE);
    talk.push(shown(&telegram.until(|_| telegram.heard(COORDINATOR, "已经导入过").pop()).await));
    // What asks nothing says so.
    send(&telegram, "任免.txt", APPOINTMENT);
    talk.push(telegram.until(|_| telegram.heard(COORDINATOR, "没有读懂《任免").pop()).await.text);
    send(&telegram, "纪要.txt", MINUTES);
    talk.push(telegram.until(|_| telegram.heard(COORDINATOR, "没有读懂《纪要").pop()).await.text);
    // Whom nobody on the roll is.
    send(
        &telegram,
        "函.txt",
        "关于征求意见的函\n省外事厅：\n请你厅于7月5日前反馈意见。\n省政府办公厅\n2019年6月10日\n",
    );
    talk.push(shown(&telegram.until(|_| telegram.heard(COORDINATOR, "关于征求意见的函").pop()).await));
    send(
        &telegram,
        "旧.txt",
        "关于报送总结的函\n省财政厅：\n请你厅于3月5日前报送总结。\n省政府办公厅\n2019年2月10日\n",
    );
    talk.push(shown(&telegram.until(|_| telegram.heard(COORDINATOR, "关于报送总结的函").pop()).await));
    insta::assert_snapshot!(talk.join("\n---\n"), @"
    某省人民政府办公厅关于报送半年工作总结的通知（某政办函〔2019〕13号）
    没有分工任务，读到一项要求：
    单位：29 个（长沙市人民政府、株洲市人民政府、湘潭市人民政府、衡阳市人民政府、邵阳市人民政府、岳阳市人民政府、常德市人民政府、张家界市人民政府等29个单位，其中各市州人民政府、省直各部门按名册成员）
    期限：7月20日
    事项：将半年工作总结报送省政府办公厅，电子版发送至邮箱
    · 名册上没有相应的单位或成员，没有计入：省外事厅
    · “请于6月25日前报送联络员名单。”另有时限，没有计入。需要督办的，请用 /assign 另行交办。
    尚未绑定群，绑定后送达：长沙市人民政府、株洲市人民政府、湘潭市人民政府、衡阳市人民政府、邵阳市人民政府、岳阳市人民政府、常德市人民政府、张家界市人民政府等28个单位。
    点按“确认”后编入“交办”，随当日或下一次提醒送达各单位，与其他任务一样提醒、反馈、办结。
    ［确认］［放弃］
    ---
    已导入
    交办第34项：将半年工作总结报送省政府办公厅，电子版发送至邮箱（2019-07-20前），单位 29 个；名册上没有相应的单位或成员，没有计入：省外事厅
    ---
    某省人民政府办公厅关于报送半年工作总结的通知（某政办函〔2019〕13号）
    这份文件已经导入过，没有变化。

    ---
    没有读懂《任免.txt》：没有读到写明责任单位的编号任务，也没有读到请谁在何时之前办理什么，未导入。任免、纪要、情况通报等不分工、不交办的文件无需导入；是分工方案的，请检查任务前有没有序号。
    ---
    没有读懂《纪要.txt》：没有读到写明责任单位的编号任务，也没有读到请谁在何时之前办理什么，未导入。任免、纪要、情况通报等不分工、不交办的文件无需导入；是分工方案的，请检查任务前有没有序号。
    ---
    关于征求意见的函
    没有分工任务，读到一项要求：
    名册上没有相应的单位或成员：省外事厅，未作交办。请写明单位后发送：/assign 省公安厅、省财政厅 2019-07-05 反馈意见

    ---
    关于报送总结的函
    没有分工任务，读到一项要求：
    期限3月5日已过，未作交办。需要督办的，请写明新的期限后发送：/assign 省公安厅、省财政厅 2019-03-05 报送总结
    ");
    bot.terminate();
    // It runs as any other task does.
    let bot = telegram.start_bot(&office, at("06-17 09:00:30"));
    let digest = telegram.until(|_| telegram.heard(POLICE, "新交办").pop()).await;
    insta::assert_snapshot!(shown(&digest), @"
    【工作提醒】省公安厅　6月17日（周一）
    新交办：
    第34项 将半年工作总结报送省政府办公厅：7月20日，还有33天
    请回复本条写明进展，有困难请一并说明。
    机器人自2019年6月14日（周五）10:00至2019年6月17日（周一）09:00未能运行，其间的部分消息可能没有收到。如曾反馈而未见答复，请重发。
    ［无变化］［推进中］［有困难］［已完成］
    ");
    let claim = telegram.ask(POLICE, 11, "已完成", Some(digest.id)).await;
    assert!(claim.text.contains("提请办结"), "{}", claim.text);
    bot.terminate();
    office.ask(&["verify"]);
}

/// A text of somebody else that a person sends on in private.
async fn forward(talk: &mut Talk, text: &str) {
    let fields = json!({"forward_origin": {"type": "hidden_user", "sender_user_name": "办公室", "date": 1}});
    talk.message(ZHOU, ZHOU, text, fields).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_is_sent_on_becomes_an_item() {
    let mut talk = office_of("省公安厅", "06-14 10:00:00").await;
    forward(&mut talk, "请各单位于7月10日前报送半年工作总结。").await;
    talk.press(ZHOU, ZHOU, "确认").await;
    forward(&mut talk, "省公安厅、省财政厅：请于6月30日前反馈意见。").await;
    forward(&mut talk, "第5项进度60%").await;
    forward(&mut talk, "请各有关单位于6月30日前反馈意见。").await;
    // Pasted it is the same; a question stays one.
    talk.say(ZHOU, ZHOU, "请省公安厅于6月28日前报送自查情况。").await;
    talk.press(ZHOU, ZHOU, "确认").await;
    talk.say(ZHOU, ZHOU, "6月28日前到期的有哪些").await;
    // A unit's contact assigns nothing.
    let fields = json!({"forward_origin": {"type": "hidden_user", "sender_user_name": "办公室", "date": 1}});
    talk.message(OFFICE, LI, "请省财政厅于6月28日前报送自查情况。", fields).await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@周敏：请各单位于7月10日前报送半年工作总结。
      → 周敏：拟交办／单位：34 个（省政务局、省委编办、省发展改革委、省教育厅、省工业和信息化厅、省公安厅、省司法厅、省财政厅等34个单位）／期限：7月10日／事项：报送半年工作总结／尚未绑定群，绑定后送达：省政务局、省委编办、省发展改革委、省教育厅、省工业和信息化厅、省司法厅、省财政厅、省人力资源社会保障厅等33个单位。／点按“确认”后编入“交办”，随当日或下一次提醒送达各单位，与其他任务一样提醒、反馈、办结。［确认］
    周敏@周敏 点按［确认］
      （浮窗）已交办。
      → 周敏：已交办第34项：报送半年工作总结（7月10日前）。随当日或下一次提醒送达各单位；急需的请再发送 /remind 34。
      ≡ task_assigned
    周敏@周敏：省公安厅、省财政厅：请于6月30日前反馈意见。
      → 周敏：拟交办／单位：2 个（省公安厅、省财政厅）／期限：6月30日／事项：反馈意见／尚未绑定群，绑定后送达：省财政厅。／点按“确认”后编入“交办”，随当日或下一次提醒送达各单位，与其他任务一样提醒、反馈、办结。［确认］
    周敏@周敏：第5项进度60%
      → 周敏：转发的内容不作为本人意见，未作处理。如需办理，请亲自输入发送。
    周敏@周敏：请各有关单位于6月30日前反馈意见。
      → 周敏：拟交办／名册上没有相应的单位或成员：各有关单位，未作交办。请写明单位后发送：/assign 省公安厅、省财政厅 2019-06-30 反馈意见
    周敏@周敏：请省公安厅于6月28日前报送自查情况。
      → 周敏：拟交办／单位：1 个（省公安厅）／期限：6月28日／事项：报送自查情况／点按“确认”后编入“交办”，随当日或下一次提醒送达各单位，与其他任务一样提醒、反馈、办结。［确认］
    周敏@周敏 点按［确认］
      （浮窗）已交办。
      → 周敏：已交办第35项：报送自查情况（6月28日前）。随当日或下一次提醒送达各单位；急需的请再发送 /remind 35。
      ≡ task_assigned
    周敏@周敏：6月28日前到期的有哪些
      → 周敏：6月14日至6月28日到期 1 个时限（截至2019年6月14日（周五）10:00）／第35项 报送自查情况：6月28日到期，省公安厅
    李明@本单位群：请省财政厅于6月28日前报送自查情况。
    ");
    assert_eq!(talk.stands("35", "省公安厅"), "not_started；2019-06-28 open -");
    talk.holds();
}

#[test]
fn the_command_line_reads_it_too() {
    let office = Office::new();
    office.furnish();
    let file = office.path("通知.txt");
    std::fs::write(&file, NOTICE.replace("7月20日", "2150年7月20日")).expect("written");
    let file = file.to_str().expect("UTF-8").to_owned();
    let read = office.ask_json(&["plan", "import", &file, "--dry-run", "--json"]);
    assert_eq!(read["notice"], true);
    assert_eq!(read["tasks"][0]["milestones"][0]["due"], "2150-07-20");
    insta::assert_snapshot!(office.ask(&["plan", "import", &file]), @"
    标题：某省人民政府办公厅关于报送半年工作总结的通知
    文号：某政办函〔2019〕13号　发文：某省人民政府办公厅　日期：2019-06-10
    共 0 部分，1 项任务，1 个时限，存疑 1 处。
    ┌──────┬───────────────────────────────────────┬───────────────────────────────────────┬───────────────────────────────┐
    │ 序号 ┆ 任务                                  ┆ 单位                                  ┆ 时限                          │
    ╞══════╪═══════════════════════════════════════╪═══════════════════════════════════════╪═══════════════════════════════╡
    │ 1    ┆ 将半年工作总结报送省政府办公厅，电子  ┆ 负责：省外事厅                        ┆ 2150-07-20（2150年7月20日前） │
    │      ┆ 版发送至邮箱                          ┆ 统称：各市、自治州人民政府、省直各部  ┆                               │
    │      ┆                                       ┆ 门                                    ┆                               │
    └──────┴───────────────────────────────────────┴───────────────────────────────────────┴───────────────────────────────┘
    这份文件没有分工任务，读到一项要求；导入后编入“交办”，编号接续。
    存疑 1　第 7 行：“请于6月25日前报送联络员名单。”另有时限，没有计入。
    　　　　需要督办的，请用 /assign 另行交办。
    未计入任务的文字：不含任务的部分 3 段（第 5 行起“一、总结内容。包括工作开展情况、存在的问题和下一…”）；结尾部分 5 段（第 1 行起“某省人民政府办公厅关于报送半年工作总结的通知”）。全文见 --json。

    已导入：
    交办第34项：将半年工作总结报送省政府办公厅，电子版发送至邮箱（2150-07-20前），单位 29 个；名册上没有相应的单位或成员，没有计入：省外事厅
    ");
    assert!(office.ask(&["plan", "import", &file]).contains("已经导入过"));
    assert!(office.ask(&["status", "第34项进展如何"]).contains("半年工作总结"));
    std::fs::write(&file, APPOINTMENT).expect("written");
    let output = office.run(&["plan", "import", &file]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("任免、纪要"));
    office.ask(&["verify"]);
}
