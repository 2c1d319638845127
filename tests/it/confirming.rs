//! 待确认: words that were asked about are no silence, coordinators see them, the unit is told once more; and an office that
//! begins carefully lets contacts confirm what was understood before it counts.

use chrono::TimeDelta;

use crate::talk::Talk;

const GROUP: i64 = -1001;
const OFFICE: i64 = -1009;
const LI: i64 = 11;
const ZHOU: i64 = 91;
const HOUSING: &str = "省住房城乡建设厅";

/// The group of the housing department with its contact, and that of the coordinators.
async fn talk(instant: &str) -> Talk {
    let names = [(GROUP, "住建厅群"), (OFFICE, "督办员群"), (LI, "李明"), (ZHOU, "周敏")];
    let mut talk = Talk::begin(instant, &names).await;
    talk.bind(OFFICE, ZHOU, "--coordinator").await;
    talk.bind(GROUP, LI, HOUSING).await;
    talk.say(GROUP, LI, "/report@duban_bot 7 推进中").await;
    talk.take();
    talk
}

fn silent(talk: &Talk) -> i64 {
    let status = talk.office.ask_json(&["status", "--json"]);
    let mut units = status["units"].as_array().expect("units").iter();
    units.find(|unit| unit["unit"] == HOUSING).expect("the unit")["silent"].as_i64().expect("a number")
}

#[tokio::test]
async fn what_waits_to_be_confirmed_is_no_silence() {
    let mut talk = talk("07-02 10:00:00").await;
    // The bot looks at its schedule for the first time.
    talk.tick().await;
    let before = silent(&talk);
    talk.say(GROUP, LI, "/task@duban_bot 5").await;
    talk.take();
    talk.reply(GROUP, LI, "快了快了").await;
    assert_eq!(before - silent(&talk), 1, "the task that the answered message named");
    talk.say(OFFICE, ZHOU, "/task@duban_bot 5").await;
    talk.say(OFFICE, ZHOU, "/pending@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：快了快了
      → 住建厅群：没有看懂，原话已留存，尚未登记。请点选这句话对第5项 压缩工程项目审批时间的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    周敏@督办员群：/task@duban_bot 5
      → 督办员群：第5项｜未启动（截至2019年7月2日（周二）10:00）／压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。／时限：2019年6月底前（6月30日）／牵头 省住房城乡建设厅：未启动，已逾期（反馈待确认）／待确认 李明（7月2日）：“快了快了”／省直各部门（14个单位）：未启动 14，已逾期 14
    周敏@督办员群：/pending@duban_bot
      → 督办员群：没有待核定的办结、延期和中止申请。（截至2019年7月2日（周二）10:00）／待确认 省住房城乡建设厅 李明（7月2日）：“快了快了”（第5项）
    ");
    talk.say(OFFICE, ZHOU, "/unit@duban_bot 省住房城乡建设厅").await;
    let unit = talk.take();
    assert!(unit.contains("／待确认 李明（7月2日）：“快了快了”（第5项）"), "{unit}");

    // Three working days after the due date the other units of task 5 are told of, which are 14, and this one is not. Its
    // digest names the words, once.
    talk.go_on(TimeDelta::hours(23));
    talk.tick().await;
    let digests = talk.take();
    insta::assert_snapshot!(digests, @r#"
    〔7月3日09:00〕
      → 住建厅群：【工作提醒】省住房城乡建设厅　7月3日（周三）／已到期未办结：／第5项 压缩工程项目审批时间（牵头）：6月30日，已逾期3天／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，已逾期3天／逾期后未反馈或未能通知，请牵头联系并反馈：／第5项 压缩工程项目审批时间：6月30日，已逾期3天，省政务局（未绑定）、省委编办（未绑定）等14个单位／第26项 压缩产权登记办理时间〔长沙市〕：6月30日，已逾期3天，省自然资源厅（未绑定）、贵单位等3个单位／待您确认：7月2日“快了快了”，请点选原消息或重新回复。／请回复本条逐项写明进展，例如“5 正在推进，26 无变化”；有困难请一并说明。／请 <a href="tg://user?id=11">@李明</a> 关注。［全部无变化］［逐项填报］
      → 督办员群：【督办提醒】7月3日（周三）／逾期后未反馈或未能通知，请协调：／第5项 压缩工程项目审批时间：6月30日，已逾期3天，省政务局（未绑定）、省委编办（未绑定）等14个单位／第26项 压缩产权登记办理时间〔长沙市〕：6月30日，已逾期3天，省自然资源厅（未绑定）、省住房城乡建设厅等3个单位
    "#);
    talk.go_on(TimeDelta::days(5));
    talk.tick().await;
    let next = talk.take();
    assert!(next.contains("第5项") && !next.contains("待您确认"), "{next}");

    // Pressed, they are a report, and nothing waits any more.
    talk.press(GROUP, LI, "推进中").await;
    talk.take();
    talk.say(OFFICE, ZHOU, "/pending@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办员群：/pending@duban_bot
      → 督办员群：没有待核定的办结、延期和中止申请。（截至2019年7月8日（周一）09:00）
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn words_about_nothing_that_was_named_may_be_about_all() {
    let mut talk = talk("06-24 10:00:00").await;
    talk.say(GROUP, LI, "/contacts@duban_bot").await;
    let before = silent(&talk);
    talk.reply(GROUP, LI, "进度60%").await;
    // One unclear line tells of none of the tasks how it stands.
    assert!(before > 0 && silent(&talk) == before, "{before}");
    talk.take();
    // Of no single task is it known that anything was said.
    talk.say(OFFICE, ZHOU, "/status@duban_bot").await;
    let status = talk.take();
    assert!(status.contains("条责任中 1 条已反馈"), "{status}");
    talk.say(OFFICE, ZHOU, "/unit@duban_bot 省住房城乡建设厅").await;
    let unit = talk.take();
    assert!(unit.contains("／待确认 李明（6月24日）：“进度60%”（未写明哪一项）"), "{unit}");
    // What is taken back was not said.
    talk.reply(GROUP, LI, "撤回").await;
    talk.take();
    talk.say(OFFICE, ZHOU, "/unit@duban_bot 省住房城乡建设厅").await;
    assert!(!talk.take().contains("待确认"));
}

#[tokio::test]
async fn a_digest_that_waits_names_only_what_still_waits() {
    let mut talk = talk("07-02 10:00:00").await;
    talk.tick().await;
    talk.say(GROUP, LI, "/task@duban_bot 5").await;
    talk.reply(GROUP, LI, "快了快了").await;
    talk.go_on(TimeDelta::hours(23));
    talk.take();
    talk.look().await;
    // Before it goes out, the words are confirmed.
    talk.press(GROUP, LI, "推进中").await;
    // What takes the digest's place waits for another look at the outbox.
    talk.deliver().await;
    let said = talk.take();
    assert!(said.contains("工作提醒") && !said.contains("待您确认"), "{said}");
}

#[tokio::test]
async fn an_office_that_begins_carefully_lets_completions_be_confirmed() {
    let mut talk = talk("06-24 10:00:00").await;
    talk.say(OFFICE, ZHOU, "/policy@duban_bot confirm always").await;
    talk.say(OFFICE, ZHOU, "/policy@duban_bot confirm completions").await;
    talk.press(OFFICE, ZHOU, "确认修改").await;
    assert!(talk.office.ask(&["policy", "confirm"]).starts_with("confirm = completions"));
    let refused = talk.office.run(&["policy", "confirm", "sometimes"]);
    assert!(!refused.status.success());
    let refused = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.contains("doubtful") && refused.contains("completions") && refused.contains("all"), "{refused}");

    // Progress counts at once; a completion is shown first, with whatever the same message says.
    talk.say(GROUP, LI, "/report@duban_bot 5 进度60%").await;
    talk.say(GROUP, LI, "/report@duban_bot 5 已完成").await;
    talk.press(GROUP, LI, "登记：提请办结").await;
    talk.say(GROUP, LI, "/report@duban_bot 26 已完成，7 进度30%。问题：系统未打通").await;
    talk.press(GROUP, LI, "登记以上2项").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办员群：/policy@duban_bot confirm always
      → 督办员群：设置 confirm 不能是“always”：应为 doubtful（有疑问的）、completions（办结也要）或 all（全部），未作修改。
    周敏@督办员群：/policy@duban_bot confirm completions
      → 督办员群：拟将“哪些反馈先由联络员点选确认（doubtful 有疑问的，completions 办结也要，all 全部）”改为 <code>completions</code>。［确认修改］
    周敏@督办员群 点按［确认修改］
      （浮窗）已修改。
      → 督办员群：“哪些反馈先由联络员点选确认（doubtful 有疑问的，completions 办结也要，all 全部）”已改为 <code>completions</code>（周敏）。
      → 督办员群：周敏 已将“哪些反馈先由联络员点选确认（doubtful 有疑问的，completions 办结也要，all 全部）”改为 <code>completions</code>，从下一次起生效。
      ≡ policy_changed
    李明@住建厅群：/report@duban_bot 5 进度60%
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中60%［撤回］
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 5 已完成
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第5项 压缩工程项目审批时间：提请办结［登记：提请办结］［推进中］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@住建厅群 点按［登记：提请办结］
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第5项 压缩工程项目审批时间：提请办结／—— 李明 06-24 10:00 已确认
      → 督办员群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已完成［第5项 同意办结］［第5项 退回］
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      ≡ question_closed
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 26 已完成，7 进度30%。问题：系统未打通
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第26项 压缩产权登记办理时间：提请办结（长沙市2019年6月底前）／第7项 压减生产许可和准入证：推进中30%，问题：系统未打通［登记以上2项］［不登记］
      ≡ meaning_asked
    李明@住建厅群 点按［登记以上2项］
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第26项 压缩产权登记办理时间：提请办结（长沙市2019年6月底前）／第7项 压减生产许可和准入证：推进中30%，问题：系统未打通／—— 李明 06-24 10:00 已确认
      → 督办员群：省住房城乡建设厅（李明）反馈：／第26项 压缩产权登记办理时间：提请办结（长沙市2019年6月底前）／第7项 压减生产许可和准入证：推进中30%，问题：系统未打通／第26项原话：已完成／第7项原话：进度30%。问题：系统未打通［第26项 同意（该时限）］［第26项 整项办结］［第26项 退回］［第7项 答复］
      → 住建厅群：已登记 第26项 压缩产权登记办理时间：提请办结（长沙市2019年6月底前）／第7项 压减生产许可和准入证：推进中30%，问题：系统未打通／办结由督办员核定。／其余时限照常提醒。／问题由督办员答复。［撤回］
      ≡ question_closed
      ≡ report_recorded
      ≡ report_recorded
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn what_was_understood_may_be_put_right() {
    let mut talk = talk("06-24 10:00:00").await;
    talk.office.ask(&["policy", "confirm", "all"]);
    // Another meaning is pressed; the problem stays.
    talk.say(GROUP, LI, "/report@duban_bot 5 已完成。问题：系统未打通").await;
    talk.press(GROUP, LI, "推进中").await;
    // Typed, with another reading of one of two tasks: the other one goes on waiting.
    talk.say(GROUP, LI, "/report@duban_bot 7 进度20%，26 进度30%").await;
    talk.reply(GROUP, LI, "26 进度35%").await;
    talk.reply(GROUP, LI, "确认").await;
    talk.press(GROUP, LI, "登记：推进中20%").await;
    // Edited before it is confirmed: the button of the first wording does nothing.
    talk.say(GROUP, LI, "/report@duban_bot 7 进度40%").await;
    talk.go_on(TimeDelta::minutes(1));
    talk.edit("/report@duban_bot 7 进度50%").await;
    talk.press_first(GROUP, LI, "登记：推进中40%").await;
    talk.press(GROUP, LI, "登记：推进中50%").await;
    // Edited after that, the report stands until the new wording is confirmed.
    talk.edit("/report@duban_bot 8 已完成").await;
    talk.press(GROUP, LI, "登记：提请办结").await;
    // Nothing is recorded of what is dropped or taken back.
    talk.say(GROUP, LI, "/report@duban_bot 5 进度90%").await;
    talk.press(GROUP, LI, "不登记").await;
    talk.say(GROUP, LI, "/report@duban_bot 5 进度95%").await;
    talk.reply(GROUP, LI, "撤回").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/report@duban_bot 5 已完成。问题：系统未打通
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第5项 压缩工程项目审批时间：提请办结，问题：系统未打通［登记：提请办结，问题：系统未打通］［推进中］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@住建厅群 点按［推进中］
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第5项 压缩工程项目审批时间：提请办结，问题：系统未打通／—— 李明 06-24 10:00 选定第5项
      → 督办员群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：推进中，问题：系统未打通／原话：5 已完成。问题：系统未打通［第5项 答复］
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中，问题：系统未打通／问题由督办员答复。［撤回］
      ≡ question_closed
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 7 进度20%，26 进度30%
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第7项 压减生产许可和准入证：推进中20%／第26项 压缩产权登记办理时间：推进中30%［登记以上2项］［不登记］
      ≡ meaning_asked
    李明@住建厅群：26 进度35%
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第7项 压减生产许可和准入证：推进中20%［登记：推进中20%］［提请办结］［受阻］［仅作说明］［不登记］
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第26项 压缩产权登记办理时间：推进中35%［登记：推进中35%］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
      ≡ meaning_asked
    李明@住建厅群：确认
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第26项 压缩产权登记办理时间：推进中35%／—— 李明 06-24 10:00 已确认
      → 住建厅群：已登记 第26项 压缩产权登记办理时间：推进中35%［撤回］
      ≡ question_closed
      ≡ report_recorded
    李明@住建厅群 点按［登记：推进中20%］
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第7项 压减生产许可和准入证：推进中20%／—— 李明 06-24 10:00 已确认
      → 住建厅群：已登记 第7项 压减生产许可和准入证：推进中20%［撤回］
      ≡ question_closed
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 7 进度40%
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第7项 压减生产许可和准入证：推进中40%［登记：推进中40%］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@住建厅群 改为：/report@duban_bot 7 进度50%
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第7项 压减生产许可和准入证：推进中40%／—— 李明 06-24 10:01 已另行反馈
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第7项 压减生产许可和准入证：推进中50%［登记：推进中50%］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@住建厅群 点按［登记：推进中40%］
      （浮窗）情况已有变化，此按钮不再有效。
    李明@住建厅群 点按［登记：推进中50%］
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第7项 压减生产许可和准入证：推进中50%／—— 李明 06-24 10:01 已确认
      → 住建厅群：已登记 第7项 压减生产许可和准入证：推进中50%［撤回］
      ≡ question_closed
      ≡ report_recorded
    李明@住建厅群 改为：/report@duban_bot 8 已完成
      → 住建厅群：修改后的内容确认前，仍按原反馈登记。／理解如下，点选登记后生效；有出入请改选或重新回复。／第8项 落实市场准入负面清单：提请办结［登记：提请办结］［推进中］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@住建厅群 点按［登记：提请办结］
      → 住建厅群：修改后的内容确认前，仍按原反馈登记。／理解如下，点选登记后生效；有出入请改选或重新回复。／第8项 落实市场准入负面清单：提请办结／—— 李明 06-24 10:01 已确认
      → 督办员群：省住房城乡建设厅（李明）反馈：／第8项 落实市场准入负面清单：提请办结／原话（6月24日10:01修改）：8 已完成［第8项 同意办结］［第8项 退回］
      → 住建厅群：已按修改后的内容更新。／第7项的反馈已随修改撤回。／已登记 第8项 落实市场准入负面清单：提请办结／办结由督办员核定。［撤回］
      ≡ question_closed
      ≡ report_withdrawn
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 5 进度90%
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第5项 压缩工程项目审批时间：推进中90%［登记：推进中90%］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@住建厅群 点按［不登记］
      （浮窗）未登记，原话留存备查。
      → 住建厅群：未登记，原话留存备查。
      ≡ question_closed
    李明@住建厅群：/report@duban_bot 5 进度95%
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第5项 压缩工程项目审批时间：推进中95%［登记：推进中95%］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@住建厅群：撤回
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第5项 压缩工程项目审批时间：推进中95%／—— 李明 06-24 10:01 已撤回
      → 住建厅群：已撤回“5 进度95%”，未登记，原话留存备查。
      ≡ question_closed
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn a_task_that_is_picked_is_confirmed_with_its_reading() {
    let mut talk = talk("06-24 10:00:00").await;
    talk.office.ask(&["policy", "confirm", "completions"]);
    talk.say(GROUP, LI, "/tasks@duban_bot").await;
    talk.take();
    talk.reply(GROUP, LI, "已完成").await;
    talk.take();
    talk.press(GROUP, LI, "第5项 压缩工程项目审批时间").await;
    talk.press(GROUP, LI, "登记：提请办结").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群 点按［第5项 压缩工程项目审批时间］
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第5项 压缩工程项目审批时间：提请办结［登记：提请办结］［推进中］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@住建厅群 点按［登记：提请办结］
      → 住建厅群：理解如下，点选登记后生效；有出入请改选或重新回复。／第5项 压缩工程项目审批时间：提请办结／—— 李明 06-24 10:00 已确认
      → 督办员群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：已完成［第5项 同意办结］［第5项 退回］
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
}

#[tokio::test]
async fn what_is_open_is_asked_about_once_the_rest_is_confirmed() {
    let mut talk = talk("06-24 10:00:00").await;
    talk.office.ask(&["policy", "confirm", "completions"]);
    talk.say(GROUP, LI, "/report@duban_bot 5 已完成，7 那样子吧").await;
    talk.press(GROUP, LI, "登记：提请办结").await;
    talk.press(GROUP, LI, "推进中").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/report@duban_bot 5 已完成，7 那样子吧
      → 住建厅群：本条中第7项“那样子吧”尚未登记，随后逐项询问。／理解如下，点选登记后生效；有出入请改选或重新回复。／第5项 压缩工程项目审批时间：提请办结［登记：提请办结］［推进中］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@住建厅群 点按［登记：提请办结］
      → 住建厅群：本条中第7项“那样子吧”尚未登记，随后逐项询问。／理解如下，点选登记后生效；有出入请改选或重新回复。／第5项 压缩工程项目审批时间：提请办结／—— 李明 06-24 10:00 已确认
      → 督办员群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：已完成［第5项 同意办结］［第5项 退回］
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 住建厅群：同一条消息中还有一部分尚未登记。请点选“那样子吧”对第7项 压减生产许可和准入证的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
      ≡ report_recorded
    李明@住建厅群 点按［推进中］
      → 住建厅群：同一条消息中还有一部分尚未登记。请点选“那样子吧”对第7项 压减生产许可和准入证的含义，或重新回复写明进展。／—— 李明 06-24 10:00 选定第7项
      → 住建厅群：已登记 第7项 压减生产许可和准入证：推进中［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn words_that_count_late_do_not_stand_above_newer_ones() {
    let mut talk = talk("06-24 10:00:00").await;
    talk.say(GROUP, LI, "/contacts@duban_bot").await;
    talk.reply(GROUP, LI, "进度60%").await;
    talk.go_on(TimeDelta::hours(1));
    talk.say(GROUP, LI, "/report@duban_bot 5 80% 已试运行").await;
    talk.go_on(TimeDelta::hours(1));
    talk.take();
    talk.press(GROUP, LI, &talk.label(GROUP, "压缩工程项目审批时间")).await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群 点按［第5项 压缩工程项目审批时间］
      → 住建厅群：请问这是哪一项的进展？点选后即登记。／—— 李明 06-24 12:00 选定第5项
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中60%／此后已有新的反馈，进展以新的为准，本次按原话时间留存。［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
    let share =
        "select cast(percent as text) from duty join task on task.id = task_id where number = '5' and role = 'lead'";
    assert_eq!(talk.rows(share).await, ["80"]);
    // Nor is a claim one, once newer words say how far it is.
    talk.say(GROUP, LI, "/contacts@duban_bot").await;
    talk.reply(GROUP, LI, "已完成").await;
    talk.go_on(TimeDelta::hours(1));
    talk.say(GROUP, LI, "/report@duban_bot 5 90%").await;
    talk.take();
    talk.press(GROUP, LI, &talk.label(GROUP, "压缩工程项目审批时间")).await;
    talk.say(OFFICE, ZHOU, "/pending@duban_bot").await;
    talk.say(OFFICE, ZHOU, "/task@duban_bot 5").await;
    talk.say(OFFICE, ZHOU, "/history@duban_bot 5").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群 点按［第5项 压缩工程项目审批时间］
      → 住建厅群：请问这是哪一项的进展？点选后即登记。／—— 李明 06-24 13:00 选定第5项
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：提请办结／此后已有新的反馈，进展以新的为准，本次按原话时间留存。／如确已办结，请再次提请。［撤回］
      ≡ question_closed
      ≡ report_recorded
    周敏@督办员群：/pending@duban_bot
      → 督办员群：没有待核定的办结、延期和中止申请。（截至2019年6月24日（周一）13:00）
    周敏@督办员群：/task@duban_bot 5
      → 督办员群：第5项｜推进中（截至2019年6月24日（周一）13:00）／压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。／时限：2019年6月底前（6月30日）／牵头 省住房城乡建设厅：推进中90%（6月24日：5 90%）／省直各部门（14个单位）：未启动 14
    周敏@督办员群：/history@duban_bot 5
      → 督办员群：第5项 历次反馈（4 条）／2019年6月24日（周一）10:00 第5项 省住房城乡建设厅（李明）［推进中60%］进度60%／2019年6月24日（周一）11:00 第5项 省住房城乡建设厅（李明）［推进中80%］5 80% 已试运行／2019年6月24日（周一）12:00 第5项 省住房城乡建设厅（李明）［提请办结100%］已完成／2019年6月24日（周一）13:00 第5项 省住房城乡建设厅（李明）［推进中90%］5 90%
    ");
    // What newer words do not touch counts as ever.
    talk.say(GROUP, LI, "/contacts@duban_bot").await;
    talk.reply(GROUP, LI, "已完成").await;
    talk.go_on(TimeDelta::hours(1));
    talk.say(GROUP, LI, "/report@duban_bot 5 问题：数据未打通").await;
    talk.take();
    talk.press(GROUP, LI, &talk.label(GROUP, "压缩工程项目审批时间")).await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群 点按［第5项 压缩工程项目审批时间］
      → 住建厅群：请问这是哪一项的进展？点选后即登记。／—— 李明 06-24 14:00 选定第5项
      → 督办员群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：已完成［第5项 同意办结］［第5项 退回］
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
    talk.office.ask(&["verify"]);
}
