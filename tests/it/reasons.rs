//! Why coordinators decide against something: the question opens a reply, in private plain words serve too, the unit hears
//! them, and what was no reason is taken back everywhere.

use chrono::TimeDelta;
use serde_json::json;

use crate::office::{Office, Telegram, at};
use crate::problems::{command, hear, press};
use crate::talk::Talk;

const POLICE: i64 = -500;
const COORDINATORS: i64 = -900;
const LI: i64 = 11;
const ZHOU: i64 = 91;
const QIAN: i64 = 92;

/// The police have claimed task 4, asked for more time for 5 and to suspend 7, raised a problem with 8, and are done with
/// 10; they were told of a commendation.
async fn office() -> Talk {
    let names = [(POLICE, "公安群"), (COORDINATORS, "督办群"), (LI, "李建国"), (ZHOU, "周敏"), (QIAN, "钱进")];
    let mut talk = Talk::begin("06-26 09:00:00", &names).await;
    talk.bind(POLICE, LI, "省公安厅").await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.bind(QIAN, QIAN, "--coordinator").await;
    for words in [
        "/done@duban_bot 4",
        "/extend@duban_bot 5 2019-12-30 设备未到货",
        "/report@duban_bot 第7项申请中止，机构改革",
        "/report@duban_bot 8 20% 问题：数据未打通",
        "/done@duban_bot 10",
    ] {
        talk.say(POLICE, LI, words).await;
    }
    talk.say(COORDINATORS, ZHOU, "/accept@duban_bot 10 省公安厅").await;
    talk.say(COORDINATORS, ZHOU, "/commend@duban_bot 省公安厅 工作得力").await;
    talk.press(COORDINATORS, ZHOU, "确认").await;
    talk.press(COORDINATORS, ZHOU, "通知该单位").await;
    talk
}

/// What asks for a reason: a command, then a button of its answer.
const SEVEN: [(&str, &str, Option<&str>); 7] = [
    ("退回", "/pending", Some("第4项 退回")),
    ("不同意延期", "/pending", Some("第5项 不同意")),
    ("不同意中止", "/pending", Some("第7项 不同意")),
    ("答复", "/problems", Some("第8项 答复")),
    ("撤销表扬", "/commend", Some("1 撤销")),
    ("中止", "/suspend 17 省公安厅", None),
    ("撤销办结", "/reopen 10 省公安厅", None),
];

/// Decides one of the seven so far that its reason is asked for; the transcript begins after that.
async fn decide(talk: &mut Talk, chat: i64, (name, asked, button): (&str, &str, Option<&str>)) {
    talk.say(chat, ZHOU, asked).await;
    if let Some(button) = button {
        let label = talk.label(chat, button);
        talk.press(chat, ZHOU, &label).await;
    }
    let hint = talk.hint(chat).map(str::to_owned);
    assert!(hint.is_some_and(|hint| hint.starts_with("请输入")), "{name} opens a reply: {}", talk.take());
    talk.take();
}

#[tokio::test]
async fn in_the_group_a_reply_gives_the_reason() {
    let mut talk = office().await;
    let mut told = Vec::new();
    for one in SEVEN {
        talk.go_on(TimeDelta::minutes(2));
        decide(&mut talk, COORDINATORS, one).await;
        talk.reply(COORDINATORS, ZHOU, &format!("因为材料不全（{}）", one.0)).await;
        told.push(talk.take());
    }
    insta::assert_snapshot!(told.join("\n"), @"
    周敏@督办群：因为材料不全（退回）
      → 督办群：理由已转告省公安厅。如需补充，请回复本条，将一并转告。
      → 公安群：第4项 企业开办和注销再提速：退回办结申请，理由：因为材料不全（退回）。请补充后再报。
      ≡ reason_given
    周敏@督办群：因为材料不全（不同意延期）
      → 督办群：理由已转告省公安厅。如需补充，请回复本条，将一并转告。
      → 公安群：第5项 压缩工程项目审批时间：不同意延期，理由：因为材料不全（不同意延期）。
      ≡ reason_given
    周敏@督办群：因为材料不全（不同意中止）
      → 督办群：理由已转告省公安厅。如需补充，请回复本条，将一并转告。
      → 公安群：第7项 压减生产许可和准入证：不同意中止，理由：因为材料不全（不同意中止）。
      ≡ reason_given
    周敏@督办群：因为材料不全（答复）
      → 督办群：省公安厅（李建国）反馈：／第8项 落实市场准入负面清单：推进中20%，问题：数据未打通／原话：8 20% 问题：数据未打通／—— 周敏 06-26 09:08 已答复
      → 公安群：第8项 落实市场准入负面清单：贵单位反映的问题“数据未打通”，督办员答复：因为材料不全（答复）
      → 督办群：待答复的问题 1 个，另有受阻 1 项（截至2019年6月26日（周三）09:08）／第8项 落实市场准入负面清单｜省公安厅（6月26日）：数据未打通／第7项 压减生产许可和准入证｜负责 省公安厅：受阻（6月26日：第7项申请中止，机构改革）／—— 周敏 06-26 09:08 已答复
      → 督办群：第8项 落实市场准入负面清单（省公安厅）：数据未打通／—— 周敏 06-26 09:08 已答复
      → 督办群：答复已转告省公安厅，该问题不再挂账。如需补充，请回复本条，将一并转告。
      ≡ problem_ended
    周敏@督办群：因为材料不全（撤销表扬）
      → 督办群：已撤销省公安厅的表扬，记录和理由留存备查。
      → 公安群：此前对省公安厅的表扬已撤销：因为材料不全（撤销表扬）
      ≡ citation_withdrawn
    周敏@督办群：因为材料不全（中止）
      → 督办群：周敏 中止：第17项 整治认证市场乱象（省公安厅）理由：因为材料不全（中止）
      → 公安群：第17项 整治认证市场乱象：督办员周敏于6月26日09:12中止，中止期间不再提醒。理由：因为材料不全（中止）
      ≡ duty_suspended
    周敏@督办群：因为材料不全（撤销办结）
      → 督办群：周敏 撤销办结：第10项 规范职业资格许可认定（省公安厅）理由：因为材料不全（撤销办结）
      → 公安群：第10项 规范职业资格许可认定：督办员周敏于6月26日09:14撤销办结，请继续推进。理由：因为材料不全（撤销办结）
      ≡ duty_reopened
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn in_private_plain_words_give_the_reason() {
    let mut talk = office().await;
    let mut told = Vec::new();
    for one in SEVEN {
        talk.go_on(TimeDelta::minutes(2));
        decide(&mut talk, ZHOU, one).await;
        talk.say(ZHOU, ZHOU, &format!("因为材料不全（{}）", one.0)).await;
        told.push(talk.take());
        // Only the next words.
        talk.say(ZHOU, ZHOU, "第5项进展如何").await;
        let asked = talk.take();
        assert!(asked.contains("第5项｜") && !asked.contains("作为"), "{asked}");
    }
    insta::assert_snapshot!(told.join("\n"), @"
    周敏@周敏：因为材料不全（退回）
      → 周敏：已将“因为材料不全（退回）”作为理由。／理由已转告省公安厅。如需补充，请回复本条，将一并转告。［不是理由］
      → 公安群：第4项 企业开办和注销再提速：退回办结申请，理由：因为材料不全（退回）。请补充后再报。
      ≡ reason_given
    周敏@周敏：因为材料不全（不同意延期）
      → 周敏：已将“因为材料不全（不同意延期）”作为理由。／理由已转告省公安厅。如需补充，请回复本条，将一并转告。［不是理由］
      → 公安群：第5项 压缩工程项目审批时间：不同意延期，理由：因为材料不全（不同意延期）。
      ≡ reason_given
    周敏@周敏：因为材料不全（不同意中止）
      → 周敏：已将“因为材料不全（不同意中止）”作为理由。／理由已转告省公安厅。如需补充，请回复本条，将一并转告。［不是理由］
      → 公安群：第7项 压减生产许可和准入证：不同意中止，理由：因为材料不全（不同意中止）。
      ≡ reason_given
    周敏@周敏：因为材料不全（答复）
      → 督办群：省公安厅（李建国）反馈：／第8项 落实市场准入负面清单：推进中20%，问题：数据未打通／原话：8 20% 问题：数据未打通／—— 周敏 06-26 09:08 已答复
      → 周敏：待答复的问题 1 个，另有受阻 1 项（截至2019年6月26日（周三）09:08）／第8项 落实市场准入负面清单｜省公安厅（6月26日）：数据未打通／第7项 压减生产许可和准入证｜负责 省公安厅：受阻（6月26日：第7项申请中止，机构改革）／—— 周敏 06-26 09:08 已答复
      → 公安群：第8项 落实市场准入负面清单：贵单位反映的问题“数据未打通”，督办员答复：因为材料不全（答复）
      → 周敏：第8项 落实市场准入负面清单（省公安厅）：数据未打通／—— 周敏 06-26 09:08 已答复
      → 周敏：已将“因为材料不全（答复）”作为答复。／答复已转告省公安厅，该问题不再挂账。如需补充，请回复本条，将一并转告。［不是理由］
      ≡ problem_ended
    周敏@周敏：因为材料不全（撤销表扬）
      → 周敏：已将“因为材料不全（撤销表扬）”作为理由。／已撤销省公安厅的表扬，记录和理由留存备查。［不是理由］
      → 公安群：此前对省公安厅的表扬已撤销：因为材料不全（撤销表扬）
      ≡ citation_withdrawn
    周敏@周敏：因为材料不全（中止）
      → 周敏：已将“因为材料不全（中止）”作为理由。／周敏 中止：第17项 整治认证市场乱象（省公安厅）理由：因为材料不全（中止）［不是理由］
      → 公安群：第17项 整治认证市场乱象：督办员周敏于6月26日09:12中止，中止期间不再提醒。理由：因为材料不全（中止）
      ≡ duty_suspended
    周敏@周敏：因为材料不全（撤销办结）
      → 周敏：已将“因为材料不全（撤销办结）”作为理由。／周敏 撤销办结：第10项 规范职业资格许可认定（省公安厅）理由：因为材料不全（撤销办结）［不是理由］
      → 公安群：第10项 规范职业资格许可认定：督办员周敏于6月26日09:14撤销办结，请继续推进。理由：因为材料不全（撤销办结）
      ≡ duty_reopened
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn what_was_no_reason_is_taken_back() {
    let mut talk = office().await;
    let mut told = Vec::new();
    for one in SEVEN {
        talk.go_on(TimeDelta::minutes(2));
        decide(&mut talk, ZHOU, one).await;
        talk.say(ZHOU, ZHOU, "哪些逾期了").await;
        talk.take();
        talk.press(ZHOU, ZHOU, "不是理由").await;
        told.push(talk.take());
    }
    insta::assert_snapshot!(told.join("\n"), @"
    周敏@周敏 点按［不是理由］
      （浮窗）已更正。
      → 周敏：已将“哪些逾期了”作为理由。／理由已转告省公安厅。如需补充，请回复本条，将一并转告。／—— 周敏 06-26 09:02 不是理由
      → 公安群：第4项 企业开办和注销再提速：督办员周敏更正：此前转告的理由“哪些逾期了”作废，请以后续说明为准。
      → 周敏：已更正：“哪些逾期了”不作为理由或答复。如需说明，请回复原来的提问。
      → 周敏：目前没有逾期任务。（截至2019年6月26日（周三）09:02）
      ≡ reason_withdrawn
    周敏@周敏 点按［不是理由］
      （浮窗）已更正。
      → 周敏：已将“哪些逾期了”作为理由。／理由已转告省公安厅。如需补充，请回复本条，将一并转告。／—— 周敏 06-26 09:04 不是理由
      → 公安群：第5项 压缩工程项目审批时间：督办员周敏更正：此前转告的理由“哪些逾期了”作废，请以后续说明为准。
      → 周敏：已更正：“哪些逾期了”不作为理由或答复。如需说明，请回复原来的提问。
      → 周敏：目前没有逾期任务。（截至2019年6月26日（周三）09:04）
      ≡ reason_withdrawn
    周敏@周敏 点按［不是理由］
      （浮窗）已更正。
      → 周敏：已将“哪些逾期了”作为理由。／理由已转告省公安厅。如需补充，请回复本条，将一并转告。／—— 周敏 06-26 09:06 不是理由
      → 公安群：第7项 压减生产许可和准入证：督办员周敏更正：此前转告的理由“哪些逾期了”作废，请以后续说明为准。
      → 周敏：已更正：“哪些逾期了”不作为理由或答复。如需说明，请回复原来的提问。
      → 周敏：目前没有逾期任务。（截至2019年6月26日（周三）09:06）
      ≡ reason_withdrawn
    周敏@周敏 点按［不是理由］
      （浮窗）已更正。
      → 周敏：已将“哪些逾期了”作为答复。／答复已转告省公安厅，该问题不再挂账。如需补充，请回复本条，将一并转告。／—— 周敏 06-26 09:08 不是理由
      → 公安群：第8项 落实市场准入负面清单：督办员周敏更正：此前转告的答复“哪些逾期了”作废，该问题仍待答复。
      → 周敏：已更正：“哪些逾期了”不作为理由或答复。如需说明，请回复原来的提问。
      → 周敏：目前没有逾期任务。（截至2019年6月26日（周三）09:08）
      ≡ problem_reopened
    周敏@周敏 点按［不是理由］
      （浮窗）已更正。
      → 周敏：已将“哪些逾期了”作为理由。／已撤销省公安厅的表扬，记录和理由留存备查。／—— 周敏 06-26 09:10 不是理由
      → 公安群：更正：此前对省公安厅的表扬仍然有效。
      → 周敏：已更正：“哪些逾期了”不作为理由或答复。如需说明，请回复原来的提问。
      → 周敏：目前没有逾期任务。（截至2019年6月26日（周三）09:10）
      ≡ citation_restored
    周敏@周敏 点按［不是理由］
      （浮窗）已更正。
      → 周敏：已将“哪些逾期了”作为理由。／周敏 中止：第17项 整治认证市场乱象（省公安厅）理由：哪些逾期了／—— 周敏 06-26 09:12 不是理由
      → 公安群：第17项 整治认证市场乱象：督办员周敏于6月26日09:12恢复，原时限不变，请继续推进。理由：更正：此前所述不是理由
      → 周敏：已更正：“哪些逾期了”不作为理由或答复。如需说明，请回复原来的提问。
      → 周敏：周敏 恢复：第17项 整治认证市场乱象（省公安厅）理由：更正：此前所述不是理由
      → 周敏：目前没有逾期任务。（截至2019年6月26日（周三）09:12）
      ≡ duty_resumed
    周敏@周敏 点按［不是理由］
      （浮窗）已更正。
      → 周敏：已将“哪些逾期了”作为理由。／周敏 撤销办结：第10项 规范职业资格许可认定（省公安厅）理由：哪些逾期了／—— 周敏 06-26 09:14 不是理由
      → 公安群：第10项 规范职业资格许可认定：督办员周敏于6月26日09:14同意办结。理由：更正：此前所述不是理由
      → 周敏：已更正：“哪些逾期了”不作为理由或答复。如需说明，请回复原来的提问。
      → 周敏：周敏 同意办结：第10项 规范职业资格许可认定（省公安厅）理由：更正：此前所述不是理由
      → 周敏：目前没有逾期任务。（截至2019年6月26日（周三）09:14）
      ≡ claim_decided
    ");
    let held = "select '理由 ' || count(*) from decision where reason is not null and reason not like '更正%'
        union all select '延期 ' || state || coalesce(reason, '') from extension
        union all select '中止 ' || state || coalesce(reason, '') from suspension_wish
        union all select '问题 ' || state from problem
        union all select '表扬 ' || coalesce(withdrawn_because, '有效') from citation
        union all select '第' || number || '项 ' || status from duty join task on task.id = task_id
            join unit on unit.id = unit_id where unit.name = '省公安厅' and number in ('10', '17')";
    insta::assert_snapshot!(talk.rows(held).await.join("\n"), @"
    理由 2
    延期 refused
    中止 refused
    问题 open
    表扬 有效
    第10项 done
    第17项 not_started
    ");
    talk.office.ask(&["verify"]);
    // Once is enough, and nobody else presses it.
    let pressed = talk.data_of(ZHOU, "不是理由");
    talk.press_as_sent(pressed, ZHOU).await;
    assert!(talk.take().contains("此按钮不再有效"));
}

#[tokio::test]
async fn plain_words_are_a_reason_only_at_once_and_undisturbed() {
    let mut talk = office().await;
    let question = ("退回", "/suspend 17 省公安厅", None);
    // Whatever else is asked, pressed, sent or passed on comes between.
    decide(&mut talk, ZHOU, question).await;
    talk.say(ZHOU, ZHOU, "/pending").await;
    talk.say(ZHOU, ZHOU, "机构改革").await;
    decide(&mut talk, ZHOU, question).await;
    let label = talk.label(ZHOU, "第4项 同意办结");
    talk.press(ZHOU, ZHOU, &label).await;
    talk.say(ZHOU, ZHOU, "机构改革").await;
    decide(&mut talk, ZHOU, question).await;
    let passed_on = json!({"forward_origin": {"type": "hidden_user", "sender_user_name": "某人", "date": 1}});
    talk.message(ZHOU, ZHOU, "机构改革", passed_on).await;
    talk.say(ZHOU, ZHOU, "机构改革").await;
    // Nobody else's words, nor those of another chat.
    decide(&mut talk, ZHOU, question).await;
    talk.say(QIAN, QIAN, "机构改革").await;
    talk.say(COORDINATORS, ZHOU, "@duban_bot 机构改革").await;
    talk.go_on(TimeDelta::minutes(11));
    talk.say(ZHOU, ZHOU, "机构改革").await;
    assert_eq!(talk.rows("select kind from ledger where kind = 'duty_suspended'").await, Vec::<String>::new());
    // Within ten minutes they are one.
    decide(&mut talk, ZHOU, question).await;
    talk.go_on(TimeDelta::minutes(9));
    talk.say(ZHOU, ZHOU, "机构改革").await;
    assert_eq!(talk.rows("select kind from ledger where kind = 'duty_suspended'").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_question_opens_a_reply_for_the_one_who_decides() {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.add_group(POLICE, "省公安厅群", &[(LI, "李建国")]);
    telegram.add_group(COORDINATORS, "督办群", &[(ZHOU, "周敏"), (QIAN, "钱进")]);
    let bot = telegram.start_bot(&office, at("06-24 10:00:00"));
    telegram.bind(POLICE, LI, &office.code_for("省公安厅")).await;
    telegram.bind(COORDINATORS, ZHOU, &office.code_for("--coordinator")).await;
    telegram.ask(POLICE, LI, &command("done 5"), None).await;
    let notice = hear(&telegram, COORDINATORS, "：提请办结").await;
    press(&telegram, (COORDINATORS, ZHOU), &notice, "第5项 退回").await;
    let question = hear(&telegram, COORDINATORS, "请回复本条说明理由").await;
    assert!(question.force_reply && question.buttons.is_empty(), "{question:?}");
    let meant: Vec<i64> = question.entities.iter().filter_map(|entity| entity.user).collect();
    assert_eq!(meant, [ZHOU]);
    telegram.ask(COORDINATORS, ZHOU, "材料不全", Some(question.id)).await;
    assert_eq!(
        hear(&telegram, POLICE, "退回办结申请，理由").await.text,
        "第5项 压缩工程项目审批时间：退回办结申请，理由：材料不全。请补充后再报。"
    );
    // Who asks by command is meant by the answer itself.
    let question = telegram.ask(COORDINATORS, ZHOU, &command("suspend 5 省公安厅"), None).await;
    assert!(question.force_reply && question.entities.iter().all(|entity| entity.user.is_none()), "{question:?}");
    bot.terminate();
}
