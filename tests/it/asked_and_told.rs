//! What coordinators ask of what was lately and comes next, and what they tell the bot in words: papers by their names, 催办
//! after a press, and what cannot be done.

use std::fmt::Write;

use duban::sandbox::{BOT_USERNAME, Sandbox};

use crate::office::{Bot, Office, Telegram, at};
use crate::papers::text_of;
use crate::unclear::{press_for_answer, shown};

const POLICE: i64 = -500;
const HOUSING: i64 = -600;
const ZHOU: i64 = 91;
const GUEST: i64 = 92;
const OFFICE: i64 = -900;

async fn furnished() -> (Office, Telegram, Bot) {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国")]);
    telegram.add_group(HOUSING, "省住建厅工作群", &[(21, "王芳")]);
    telegram.add_group(OFFICE, "督办员", &[(ZHOU, "周敏"), (GUEST, "来宾")]);
    let bot = telegram.start_bot(&office, at("07-03 10:00:00"));
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    telegram.bind(HOUSING, 21, &office.code_for("省住房城乡建设厅")).await;
    telegram.bind(OFFICE, ZHOU, &office.code_for("--coordinator")).await;
    telegram.ask(POLICE, 11, &format!("/report@{BOT_USERNAME} 6 10%"), None).await;
    telegram.ask(HOUSING, 21, &format!("/report@{BOT_USERNAME} 5 受阻，市县数据未打通"), None).await;
    (office, telegram, bot)
}

fn said(words: &str) -> String {
    format!("/ask@{BOT_USERNAME} {words}")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_lately_and_what_comes_next() {
    let (office, telegram, bot) = furnished().await;
    let mut talk = String::new();
    for words in [
        "今天有什么反馈",
        "今天有什么要我处理的",
        "昨天有什么反馈",
        "上周以来有什么变化",
        "省公安厅上周以来有什么变化",
        "为什么逾期",
        "第5项为什么逾期",
        "第1项为什么逾期",
        "哪些单位没绑定",
        "下次什么时候提醒",
        "谁收到了",
        "下两周到期的",
    ] {
        let answer = telegram.ask(OFFICE, ZHOU, &said(words), None).await;
        write!(talk, "◁ {words}\n{}\n", shown(&answer)).expect("a string");
    }
    assert!(bot.terminate());
    office.ask(&["verify"]);
    assert!(office.ask(&["status", "今天有什么反馈"]).contains("没有收到反馈"), "on another day");
    insta::assert_snapshot!(talk, @"
    ◁ 今天有什么反馈
    今天收到反馈 2 项次（截至2019年7月3日（周三）10:00）
    待您处理：待答复的问题 1 个。
    7月3日10:00 第5项 压缩工程项目审批时间｜省住房城乡建设厅：受阻（逾期后）“5 受阻，市县数据未打通”
    7月3日10:00 第6项 清理妨碍公平竞争的文件｜省公安厅：推进中10%“6 10%”
    ［待答复的问题 1］
    ◁ 今天有什么要我处理的
    今天收到反馈 2 项次（截至2019年7月3日（周三）10:00）
    待您处理：待答复的问题 1 个。
    7月3日10:00 第5项 压缩工程项目审批时间｜省住房城乡建设厅：受阻（逾期后）“5 受阻，市县数据未打通”
    7月3日10:00 第6项 清理妨碍公平竞争的文件｜省公安厅：推进中10%“6 10%”
    ［待答复的问题 1］
    ◁ 昨天有什么反馈
    7月2日没有收到反馈。（截至2019年7月3日（周三）10:00）
    ◁ 上周以来有什么变化
    6月24日以来的变化：收到反馈 2 项次（截至2019年7月3日（周三）10:00）
    新逾期任务 2 项：第5项 压缩工程项目审批时间；第26项 压缩产权登记办理时间
    新受阻责任 1 项：第5项 压缩工程项目审批时间｜省住房城乡建设厅
    新提问题 1 项：第5项 压缩工程项目审批时间｜省住房城乡建设厅“市县数据未打通”
    7月3日10:00 第5项 压缩工程项目审批时间｜省住房城乡建设厅：受阻（逾期后）“5 受阻，市县数据未打通”
    7月3日10:00 第6项 清理妨碍公平竞争的文件｜省公安厅：推进中10%“6 10%”
    ◁ 省公安厅上周以来有什么变化
    6月24日以来省公安厅的变化：收到反馈 1 项次（截至2019年7月3日（周三）10:00）
    新逾期任务 1 项：第5项 压缩工程项目审批时间
    7月3日10:00 第6项 清理妨碍公平竞争的文件｜省公安厅：推进中10%“6 10%”
    ◁ 为什么逾期
    逾期、受阻和中止 18 项，各单位的说明（截至2019年7月3日（周三）10:00）
    第5项 压缩工程项目审批时间｜省住房城乡建设厅：6月30日到期，逾期3天，受阻。7月3日反馈：“5 受阻，市县数据未打通”；问题：“市县数据未打通”
    第5项 压缩工程项目审批时间：6月30日到期，逾期3天。未说明原因：尚无反馈1家：省公安厅；未绑定13家：省政务局、省委编办、省发展改革委、省教育厅、省工业和信息化厅、省司法厅等13个单位
    第26项 压缩产权登记办理时间：6月30日到期，逾期3天。未说明原因：尚无反馈1家：省住房城乡建设厅；未绑定2家：省自然资源厅、长沙市人民政府
    ◁ 第5项为什么逾期
    第5项逾期、受阻和中止 15 项，各单位的说明（截至2019年7月3日（周三）10:00）
    第5项 压缩工程项目审批时间｜省住房城乡建设厅：6月30日到期，逾期3天，受阻。7月3日反馈：“5 受阻，市县数据未打通”；问题：“市县数据未打通”
    第5项 压缩工程项目审批时间：6月30日到期，逾期3天。未说明原因：尚无反馈1家：省公安厅；未绑定13家：省政务局、省委编办、省发展改革委、省教育厅、省工业和信息化厅、省司法厅等13个单位
    ◁ 第1项为什么逾期
    第1项没有逾期、受阻和中止的任务。（截至2019年7月3日（周三）10:00）
    第1项 清理省级行政许可事项：未启动
    ◁ 哪些单位没绑定
    未绑定的单位 32 个（承担任务的单位共 34 个）；发送 /invite 单位 取得邀请，/invite 全部 一次取得（截至2019年7月3日（周三）10:00）　第1/3页
    省政务局
    省委编办
    省发展改革委
    省教育厅
    省工业和信息化厅
    省司法厅
    省财政厅
    省人力资源社会保障厅
    省自然资源厅
    省商务厅
    省卫生健康委
    省市场监管局
    ［下一页 ›］
    ◁ 下次什么时候提醒
    提醒情况（截至2019年7月3日（周三）10:00）
    最近一次提醒：没有发出过。
    下次提醒：2019年7月8日（周一）09:00，2 个单位：省公安厅、省住房城乡建设厅。
    谁已签收：/read；逐日安排：/preview 7月。
    ◁ 谁收到了
    最近没有发出提醒。
    ◁ 下两周到期的
    7月3日至7月17日没有到期的任务。（截至2019年7月3日（周三）10:00）
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_wait_for_a_press_and_what_cannot_be_done_is_said() {
    let (office, telegram, bot) = furnished().await;
    let mut talk = String::new();
    let proposed = telegram.ask(OFFICE, ZHOU, &said("帮我催一下教育厅"), None).await;
    writeln!(talk, "{}", shown(&proposed)).expect("a string");
    let proposed = telegram.ask(OFFICE, ZHOU, &said("提醒第5项的单位"), None).await;
    writeln!(talk, "{}", shown(&proposed)).expect("a string");
    assert!(telegram.heard(POLICE, "【催办】").is_empty(), "nothing goes out before the press");
    writeln!(talk, "{}", press_for_answer(&telegram, &proposed, ZHOU, "确认催办").await.text).expect("a string");
    telegram.until(|sandbox| sandbox.messages(POLICE).into_iter().find(|it| it.text.contains("【催办】"))).await;
    // Again there is nobody left to ask, and a guest may not ask at all.
    for (person, words) in [(ZHOU, "催办第5项"), (GUEST, "帮我催一下省公安厅")] {
        writeln!(talk, "{}", telegram.ask(OFFICE, person, &said(words), None).await.text).expect("a string");
    }
    for words in [
        "催一下所有没报的单位",
        "明天上午催一下住建厅",
        "给住建厅打个电话",
        "告诉住建厅明天来开会",
        "把第5项的时限改到7月15日",
        "上个月的通报",
        "公安厅的看板",
    ] {
        let answer = telegram.ask(OFFICE, ZHOU, &said(words), None).await;
        write!(talk, "◁ {words}\n{}\n", shown(&answer)).expect("a string");
    }
    for (words, name) in [
        ("把看板发我", "督办看板"),
        ("时间轴", "时限时间轴"),
        ("出一份通报", "督查通报"),
        ("台账", "督办台账"),
        ("会议材料发我一份", "督办会议材料"),
    ] {
        telegram.sandbox.say(OFFICE, ZHOU, &said(words), None).expect("said");
        let sent = |sandbox: &Sandbox| {
            sandbox
                .messages(OFFICE)
                .into_iter()
                .find(|it| it.attachment.as_ref().is_some_and(|it| it.name.starts_with(name)))
        };
        telegram.until(sent).await;
    }
    assert!(bot.terminate());
    office.ask(&["verify"]);
    insta::assert_snapshot!(talk, @"
    尚未绑定群，未能送达：省教育厅。
    拟催办：省公安厅，第5项。另有13个单位未绑定群或已停止提醒，不能送达。确认后发出。
    ［确认催办］
    已催办：省公安厅 1 项。
    尚未绑定群，未能送达：省政务局、省委编办、省发展改革委、省教育厅、省工业和信息化厅、省司法厅、省财政厅、省人力资源社会保障厅等13个单位。
    今日已催办或已反馈，未重复：省住房城乡建设厅第5项。
    尚未绑定群，未能送达：省政务局、省委编办、省发展改革委、省教育厅、省工业和信息化厅、省司法厅、省财政厅、省人力资源社会保障厅等13个单位。
    今日已催办或已反馈，未重复：省住房城乡建设厅第5项、省公安厅第5项。
    仅督办员和该项任务的牵头单位可以催办。
    ◁ 催一下所有没报的单位
    请写明催办哪个单位或哪一项任务，一次一个，例如“帮我催一下省公安厅”“催办第5项”。尚未反馈的单位可问“谁还没反馈”。
    ◁ 明天上午催一下住建厅
    不能预约催办，没有发出。需要时再发一次，即时催办；日常提醒按设置自动发出，见 /policy。
    ◁ 给住建厅打个电话
    这件事我办不了。我能在群里提醒和催办、登记反馈、答复查询、生成材料，发送 /help 查看用法。
    ◁ 告诉住建厅明天来开会
    不能代为传话，没有发出。请回复该单位的反馈，内容作为批示转给该单位；催办请说“帮我催一下省公安厅”。
    ◁ 把第5项的时限改到7月15日
    这件事请用命令办理：/amend 5 时限 7月15日，/amend 5 时限 6月30日改为7月15日，/amend 5 新的任务内容；可在末尾写“理由：……”。
    ◁ 上个月的通报
    材料只按当前情况生成，没有往期的。当前的请发送 /board、/timeline、/bulletin、/export 或 /brief。
    ◁ 公安厅的看板
    看板、时间轴、通报和会议材料不分单位和任务，也不代发给单位。可问“省公安厅”“第5项进展如何”，或发送 /board、/timeline、/bulletin、/brief。
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulletin_takes_its_number_when_it_is_issued() {
    let (office, telegram, bot) = furnished().await;
    let draft = |arguments: &[&str]| {
        let file = office.path("bulletin.docx");
        office.ask(&[&["export", file.to_str().expect("UTF-8")], arguments].concat());
        let words = text_of(&file);
        let number = words.find("（第").map(|at| &words[at..]).expect("a number");
        number.chars().take_while(|c| *c != '）').skip(1).collect::<String>()
    };
    let issue = async |person: i64, words: &str| {
        telegram.ask(OFFICE, person, &format!("/bulletin@{BOT_USERNAME} {words}"), None).await.text
    };
    let mut talk = vec![draft(&[]), issue(GUEST, "印发").await, issue(ZHOU, "印发").await, draft(&[])];
    // A draft takes no number, however often it is made; a number may be said.
    talk.extend([draft(&[]), issue(ZHOU, "第7期 印发").await, draft(&[]), draft(&["--issue", "9"])]);
    // A plan has its own count.
    talk.push(draft(&["--plan", "1"]));
    // A number is taken once.
    talk.extend([issue(ZHOU, "第7期 印发").await, draft(&[])]);
    assert!(bot.terminate());
    office.ask(&["verify"]);
    insta::assert_snapshot!(talk.join("\n"), @"
    第　　期
    仅督办员可以操作。
    已记为印发第1期，文件随后发出。此后 /bulletin 按第2期起草；期号有误，请写明期号再发一次，例如 /bulletin 第1期 印发。
    第2期
    第2期
    已记为印发第7期，文件随后发出。此后 /bulletin 按第8期起草；期号有误，请写明期号再发一次，例如 /bulletin 第7期 印发。
    第8期
    第9期
    第　　期
    第7期已于7月3日由周敏记为印发，未重复登记。取用该期文件请发送 /bulletin 第7期。
    第8期
    ");
}
