//! Time is not rewritten: an edit counts from when it was made, and a decision belongs to the words that were shown.

use chrono::TimeDelta;
use serde_json::Value;

use crate::talk::Talk;

const POLICE: i64 = -500;
const COORDINATORS: i64 = -900;
const LI: i64 = 11;
const WANG: i64 = 12;
const ZHOU: i64 = 91;

async fn office(instant: &str) -> Talk {
    let names = [(POLICE, "公安群"), (COORDINATORS, "督办群"), (LI, "李建国"), (WANG, "王芳"), (ZHOU, "周敏")];
    let mut talk = Talk::begin(instant, &names).await;
    talk.bind(POLICE, LI, "省公安厅").await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk
}

/// What is exported of the police's part in a task.
fn exported(talk: &Talk, task: &str) -> Value {
    let file = talk.office.path("all.json");
    talk.office.ask(&["export", file.to_str().expect("UTF-8")]);
    let held: Value = serde_json::from_str(&std::fs::read_to_string(&file).expect("written")).expect("JSON");
    let duties = held["duties"].as_array().expect("duties");
    let duty = duties.iter().find(|duty| duty["task"] == task && duty["unit"] == "省公安厅");
    duty.expect("the duty").clone()
}

#[tokio::test]
async fn an_edit_counts_from_when_it_was_made() {
    let mut talk = office("06-28 10:00:00").await;
    talk.say(POLICE, LI, "/task@duban_bot 5").await;
    // On the last day that counts.
    talk.go_on(TimeDelta::days(2));
    talk.take();
    talk.reply(POLICE, LI, "收到").await;
    talk.go_on(TimeDelta::days(2));
    talk.edit("已完成，系统已上线").await;
    talk.say(COORDINATORS, ZHOU, "/history@duban_bot 5").await;
    talk.say(COORDINATORS, ZHOU, "/task@duban_bot 5 公安厅").await;
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    talk.say(POLICE, LI, "/task@duban_bot 5").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@公安群：收到
      → 公安群：〔表示收悉〕
      ≡ receipt_noted
    李建国@公安群 改为：已完成，系统已上线
      → 公安群：李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：逾期反馈，提请办结／办结由督办员核定。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：逾期反馈，提请办结／原话（7月2日10:00修改）：已完成，系统已上线［第5项 同意办结］［第5项 退回］
      ≡ contact_registered
      ≡ report_recorded
    周敏@督办群：/history@duban_bot 5
      → 督办群：第5项 历次反馈（1 条）／2019年7月2日（周二）10:00 第5项 省公安厅（李建国）［提请办结100%］已完成，系统已上线（原消息修改而成）
    周敏@督办群：/task@duban_bot 5 公安厅
      → 督办群：第5项｜提请办结（截至2019年7月2日（周二）10:00）／压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。／时限：2019年6月底前（6月30日）／负责 省公安厅：提请办结（7月2日修改：已完成，系统已上线）
    周敏@督办群：/pending@duban_bot
      → 督办群：待核定：提请办结 1 项（截至2019年7月2日（周二）10:00）／第5项 压缩工程项目审批时间｜省公安厅提请办结（7月2日）（修改后）：已完成，系统已上线［第5项 同意办结］［第5项 退回］
    李建国@公安群：/task@duban_bot 5
      → 公安群：第5项／压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。／省公安厅：第5项 压缩工程项目审批时间｜负责｜提请办结／时限：2019年6月底前（6月30日）／最近反馈（7月2日修改）：已完成，系统已上线
    ");
    let report = &exported(&talk, "5")["reports"][0];
    assert_eq!(report["reported_at"], "2019-07-02T10:00:00+08:00");
    assert_eq!((&report["late"], &report["edited"]), (&Value::from(true), &Value::from(1)));
}

#[tokio::test]
async fn what_was_said_in_time_keeps_its_time() {
    let mut talk = office("06-28 10:00:00").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 60%").await;
    talk.go_on(TimeDelta::days(4));
    // The words are the same: Telegram tells so of a link whose preview has come.
    talk.edit("/report@duban_bot 5 60%").await;
    assert_eq!(exported(&talk, "5")["reports"][0]["edited"], 0);
    talk.edit("/report@duban_bot 5 60%，问题：设备未到货").await;
    let versions =
        talk.rows("select version || ' ' || reported_at || ' ' || late || ' ' || edited from report_version");
    insta::assert_snapshot!(versions.await.join("\n"), @"
    1 2019-06-28T02:00:00+00:00 0 0
    2 2019-07-02T02:00:00+00:00 1 1
    ");
    // The problem was not known before the edit.
    let problems = talk.rows("select raised_at from problem").await;
    assert_eq!(problems, ["2019-07-02T02:00:00+00:00"]);
    let report = &exported(&talk, "5")["reports"][0];
    assert_eq!((&report["late"], &report["edited"]), (&Value::from(true), &Value::from(1)));
    talk.take();
}

#[tokio::test]
async fn relative_dates_are_those_of_the_edit() {
    let mut talk = office("06-28 10:00:00").await;
    talk.say(POLICE, LI, "/task@duban_bot 5").await;
    talk.reply(POLICE, LI, "收到").await;
    talk.take();
    talk.go_on(TimeDelta::days(4));
    talk.edit("申请延期到本月底，设备未到货").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@公安群 改为：申请延期到本月底，设备未到货
      → 公安群：李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：逾期反馈，申请延期至7月31日（原时限6月30日）／延期待督办员核准，核准前仍按原时限（6月30日）执行。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：逾期反馈，申请延期至7月31日（原时限6月30日）／原话（7月2日10:00修改）：申请延期到本月底，设备未到货［第5项 同意延期］［第5项 不同意］
      ≡ contact_registered
      ≡ report_recorded
    ");
}

#[tokio::test]
async fn words_that_wait_for_their_meaning_are_dated_by_their_edit() {
    let mut talk = office("06-28 10:00:00").await;
    talk.say(POLICE, LI, "/task@duban_bot 5").await;
    talk.reply(POLICE, LI, "快了快了").await;
    talk.go_on(TimeDelta::days(4));
    talk.edit("弄得差不多啦").await;
    talk.press(POLICE, LI, "提请办结").await;
    talk.take();
    let report = &exported(&talk, "5")["reports"][0];
    assert_eq!(report["reported_at"], "2019-07-02T10:00:00+08:00");
    assert_eq!((&report["late"], &report["edited"]), (&Value::from(true), &Value::from(1)));
}

#[tokio::test]
async fn nobody_agrees_to_words_that_were_not_shown() {
    let mut talk = office("06-26 10:00:00").await;
    talk.say(POLICE, LI, "/done@duban_bot 5 已验收").await;
    talk.edit("/done@duban_bot 5 已验收，验收材料另行报送").await;
    // The button of the first notice, which may have been on its way meanwhile; then the one that was drawn anew.
    talk.press_first(COORDINATORS, ZHOU, "第5项 同意办结").await;
    talk.press(COORDINATORS, ZHOU, "第5项 同意办结").await;
    talk.press_first(COORDINATORS, ZHOU, "第5项 退回").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@公安群：/done@duban_bot 5 已验收
      → 公安群：李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已验收［第5项 同意办结］［第5项 退回］
      ≡ contact_registered
      ≡ report_recorded
    李建国@公安群 改为：/done@duban_bot 5 已验收，验收材料另行报送
      → 公安群：已按修改后的内容更新。／已登记 第5项 压缩工程项目审批时间：提请办结／申请仍待督办员答复。［撤回］
      ≡ report_revised
    周敏@督办群 点按［第5项 同意办结］
      （浮窗）已有更新，请看最新一条。
      → 督办群：已有更新，请按最新内容核定：／第5项 压缩工程项目审批时间｜省公安厅提请办结（6月26日）（修改后）：5 已验收，验收材料另行报送［第5项 同意办结］［第5项 退回］
    周敏@督办群 点按［第5项 同意办结］
      （浮窗）已同意办结。
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已验收／—— 周敏 06-26 10:00 同意办结
      → 公安群：第5项 压缩工程项目审批时间：督办员周敏于6月26日10:00同意办结。
      → 督办群：已有更新，请按最新内容核定：／第5项 压缩工程项目审批时间｜省公安厅提请办结（6月26日）（修改后）：5 已验收，验收材料另行报送／—— 周敏 06-26 10:00 同意办结
      → 督办群：周敏 同意办结：第5项 压缩工程项目审批时间（省公安厅）
      ≡ claim_decided
    周敏@督办群 点按［第5项 退回］
      （浮窗）已由周敏于10:00同意办结。
    ");
}

#[tokio::test]
async fn another_message_is_shown_before_anybody_agrees() {
    let mut talk = office("06-26 10:00:00").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 申请中止，机构改革").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 问题：职能尚未移交").await;
    talk.press_first(COORDINATORS, ZHOU, "第5项 同意中止").await;
    talk.press(COORDINATORS, ZHOU, "第5项 不同意").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@公安群：/report@duban_bot 5 申请中止，机构改革
      → 公安群：李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：申请中止／中止由督办员答复，答复前仍按受阻掌握。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：申请中止／原话：5 申请中止，机构改革［第5项 同意中止］［第5项 不同意］
      ≡ contact_registered
      ≡ report_recorded
    李建国@公安群：/report@duban_bot 5 问题：职能尚未移交
      → 公安群：已登记 第5项 压缩工程项目审批时间：问题：职能尚未移交／问题由督办员答复。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：问题：职能尚未移交／原话：5 问题：职能尚未移交［第5项 答复］
      ≡ report_recorded
    周敏@督办群 点按［第5项 同意中止］
      （浮窗）已有更新，请看最新一条。
      → 督办群：已有更新，请按最新内容核定：／第5项 压缩工程项目审批时间｜省公安厅申请中止（6月26日）：5 申请中止，机构改革［第5项 同意中止］［第5项 不同意］
    周敏@督办群 点按［第5项 不同意］
      （浮窗）已答复不同意。
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：申请中止／原话：5 申请中止，机构改革／—— 周敏 06-26 10:00 不同意中止
      → 公安群：第5项 压缩工程项目审批时间：督办员周敏于6月26日10:00不同意中止，请继续推进。
      → 督办群：已有更新，请按最新内容核定：／第5项 压缩工程项目审批时间｜省公安厅申请中止（6月26日）：5 申请中止，机构改革／—— 周敏 06-26 10:00 不同意中止
      → 督办群：周敏 不同意中止：第5项 压缩工程项目审批时间（省公安厅）／请回复本条说明理由，将转告该单位。
      ≡ suspension_refused
    ");
}

#[tokio::test]
async fn another_date_is_shown_before_anybody_grants_it() {
    let mut talk = office("06-26 10:00:00").await;
    talk.say(POLICE, LI, "/extend@duban_bot 5 2019-07-31 设备未到货").await;
    talk.edit("/extend@duban_bot 5 2019-12-31 设备未到货").await;
    talk.press_first(COORDINATORS, ZHOU, "第5项 同意延期").await;
    talk.press(COORDINATORS, ZHOU, "第5项 同意延期").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@公安群：/extend@duban_bot 5 2019-07-31 设备未到货
      → 公安群：李建国 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：申请延期至7月31日（原时限6月30日）／延期待督办员核准，核准前仍按原时限（6月30日）执行。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：申请延期至7月31日（原时限6月30日）／原话：5 2019-07-31 设备未到货［第5项 同意延期］［第5项 不同意］
      ≡ contact_registered
      ≡ report_recorded
    李建国@公安群 改为：/extend@duban_bot 5 2019-12-31 设备未到货
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：申请延期至7月31日（原时限6月30日）／原话：5 2019-07-31 设备未到货／—— 李建国 06-26 10:00 已改报
      → 公安群：已按修改后的内容更新。／已登记 第5项 压缩工程项目审批时间：申请延期至12月31日（原时限6月30日）／延期待督办员核准，核准前仍按原时限（6月30日）执行。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：申请延期至12月31日（原时限6月30日）／原话（6月26日10:00修改）：5 2019-12-31 设备未到货［第5项 同意延期］［第5项 不同意］
      ≡ report_revised
    周敏@督办群 点按［第5项 同意延期］
      （浮窗）已有更新，请看最新一条。
      → 督办群：已有更新，请按最新内容核定：／第5项 压缩工程项目审批时间｜省公安厅申请延期至12月31日（原时限6月30日）（6月26日）（修改后）：5 2019-12-31 设备未到货［第5项 同意延期］［第5项 不同意］
    周敏@督办群 点按［第5项 同意延期］
      （浮窗）已同意延期。
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：申请延期至12月31日（原时限6月30日）／原话（6月26日10:00修改）：5 2019-12-31 设备未到货／—— 周敏 06-26 10:00 同意延期至2019年12月31日
      → 公安群：第5项 压缩工程项目审批时间：督办员周敏于6月26日10:00同意延期至2019年12月31日，提醒按新时限进行，原时限留存备查。
      → 督办群：已有更新，请按最新内容核定：／第5项 压缩工程项目审批时间｜省公安厅申请延期至12月31日（原时限6月30日）（6月26日）（修改后）：5 2019-12-31 设备未到货／—— 周敏 06-26 10:00 同意延期至2019年12月31日
      → 督办群：周敏 同意延期至2019年12月31日：第5项 压缩工程项目审批时间（省公安厅）
      ≡ extension_decided
    ");
    // The words alone have changed.
    talk.say(POLICE, LI, "/extend@duban_bot 5 2020-03-31 设备未到货").await;
    talk.edit("/extend@duban_bot 5 2020-03-31 经费未到位").await;
    talk.take();
    talk.press(COORDINATORS, ZHOU, "第5项 不同意").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群 点按［第5项 不同意］
      （浮窗）已有更新，请看最新一条。
      → 督办群：已有更新，请按最新内容核定：／第5项 压缩工程项目审批时间｜省公安厅申请延期至2020年3月31日（原时限12月31日）（6月26日）（修改后）：5 2020-03-31 经费未到位［第5项 同意延期］［第5项 不同意］
    ");
}

#[tokio::test]
async fn nobody_signs_off_their_own_claim_while_there_is_another_coordinator() {
    let mut talk = office("06-26 10:00:00").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 30%").await;
    talk.bind(LI, LI, "--coordinator").await;
    talk.say(POLICE, LI, "/done@duban_bot 10 已验收").await;
    talk.say(POLICE, LI, "/extend@duban_bot 5 2019-12-31 设备未到货").await;
    talk.take();
    talk.press(COORDINATORS, LI, "第10项 同意办结").await;
    talk.press(COORDINATORS, LI, "第5项 同意延期").await;
    talk.say(COORDINATORS, LI, "/accept@duban_bot 10 公安厅").await;
    // Once there is nobody else, it is marked.
    talk.office.ask(&["coordinator", "remove", "周敏"]);
    talk.press(COORDINATORS, LI, "第10项 同意办结").await;
    talk.press(COORDINATORS, LI, "第5项 同意延期").await;
    talk.say(COORDINATORS, LI, "/history@duban_bot 10").await;
    talk.say(COORDINATORS, LI, "/task@duban_bot 10 公安厅").await;
    talk.say(POLICE, LI, "/task@duban_bot 5").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@督办群 点按［第10项 同意办结］
      （浮窗）本人提请的事项，请由其他督办员核定。
    李建国@督办群 点按［第5项 同意延期］
      （浮窗）本人提请的事项，请由其他督办员核定。
    李建国@督办群：/accept@duban_bot 10 公安厅
      → 督办群：第10项（省公安厅）：本人提请的事项，请由其他督办员核定。
    李建国@督办群 点按［第10项 同意办结］
      （浮窗）已同意办结。
      → 督办群：省公安厅（李建国）反馈：／第10项 规范职业资格许可认定：提请办结／原话：10 已验收／—— 李建国 06-26 10:00 同意办结（本人核定）
      → 公安群：第10项 规范职业资格许可认定：督办员李建国于6月26日10:00同意办结（本人核定）。
      → 督办群：李建国 同意办结（本人核定）：第10项 规范职业资格许可认定（省公安厅）
      ≡ claim_decided
    李建国@督办群 点按［第5项 同意延期］
      （浮窗）已同意延期。
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：申请延期至12月31日（原时限6月30日）／原话：5 2019-12-31 设备未到货／—— 李建国 06-26 10:00 同意延期至2019年12月31日（本人核定）
      → 公安群：第5项 压缩工程项目审批时间：督办员李建国于6月26日10:00同意延期至2019年12月31日（本人核定），提醒按新时限进行，原时限留存备查。
      → 督办群：李建国 同意延期至2019年12月31日（本人核定）：第5项 压缩工程项目审批时间（省公安厅）
      ≡ extension_decided
    李建国@督办群：/history@duban_bot 10
      → 督办群：第10项 历次反馈（2 条）／2019年6月26日（周三）10:00 第10项 省公安厅（李建国）［提请办结100%］10 已验收／2019年6月26日（周三）10:00 第10项 省公安厅（李建国）同意办结（本人核定）
    李建国@督办群：/task@duban_bot 10 公安厅
      → 督办群：第10项｜已办结（截至2019年6月26日（周三）10:00）／规范职业资格许可认定，照国家目录管理，没有依据的准入证、上岗证该取消的取消；目录外不得许可认定，目录内除准入类以外，不得当作就业创业的门槛。／负责 省公安厅：已办结（本人核定）（6月26日：10 已验收）
    李建国@公安群：/task@duban_bot 5
      → 公安群：第5项／压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。／省公安厅：第5项 压缩工程项目审批时间｜负责｜推进中30%｜12月31日到期／时限：2019年6月底前（本人核定延期至12月31日）／最近反馈：5 2019-12-31 设备未到货
    ");
    assert_eq!(exported(&talk, "10")["self_signed"], true);
    let noted = talk.rows(
        "select kind || ' ' || json_extract(body, '$.self_signed') from ledger
         where kind in ('claim_decided', 'extension_decided') order by seq",
    );
    assert_eq!(noted.await, ["claim_decided 1", "extension_decided 1"]);
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn an_older_message_that_is_edited_counts_as_the_newest_word() {
    let mut talk = office("06-28 10:00:00").await;
    talk.say(POLICE, LI, "/task@duban_bot 5").await;
    talk.reply(POLICE, LI, "进度61%").await;
    talk.reply(POLICE, LI, "进度50%，仍缺资金").await;
    talk.take();
    talk.edit_what_said("进度61%", "已完成，系统已上线").await;
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    talk.press(COORDINATORS, ZHOU, "第5项 同意办结").await;
    // What a coordinator has decided on, an edit does not ask anew.
    talk.edit_what_said("进度50%，仍缺资金", "进度55%").await;
    assert_eq!(exported(&talk, "5")["status"], "done");
    insta::assert_snapshot!(talk.take(), @"
    李建国@公安群 改为：已完成，系统已上线
      → 公安群：已按修改后的内容更新。／已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话（6月28日10:00修改）：已完成，系统已上线［第5项 同意办结］［第5项 退回］
      ≡ report_revised
    周敏@督办群：/pending@duban_bot
      → 督办群：待核定：提请办结 1 项（截至2019年6月28日（周五）10:00）／第5项 压缩工程项目审批时间｜省公安厅提请办结（6月28日）（修改后）：已完成，系统已上线［第5项 同意办结］［第5项 退回］
    周敏@督办群 点按［第5项 同意办结］
      （浮窗）已同意办结。
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话（6月28日10:00修改）：已完成，系统已上线／—— 周敏 06-28 10:00 同意办结
      → 公安群：第5项 压缩工程项目审批时间：督办员周敏于6月28日10:00同意办结。
      → 督办群：待核定：提请办结 1 项（截至2019年6月28日（周五）10:00）／第5项 压缩工程项目审批时间｜省公安厅提请办结（6月28日）（修改后）：已完成，系统已上线／—— 周敏 06-28 10:00 同意办结
      → 督办群：周敏 同意办结：第5项 压缩工程项目审批时间（省公安厅）
      ≡ claim_decided
    李建国@公安群 改为：进度55%
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：推进中50%，问题：仍缺资金／原话：进度50%，仍缺资金／—— 李建国 06-28 10:00 已撤回
      → 公安群：已按修改后的内容更新。／已登记 第5项 压缩工程项目审批时间：推进中55%／已办结的任务，本次仅作记录。［撤回］
      ≡ report_revised
    ");
}

#[tokio::test]
async fn a_reason_is_that_of_whoever_decided() {
    let mut talk = office("06-28 10:00:00").await;
    talk.bind(WANG, WANG, "--coordinator").await;
    talk.say(POLICE, LI, "/done@duban_bot 5 已全部完成").await;
    talk.press(COORDINATORS, ZHOU, "第5项 退回").await;
    talk.take();
    talk.reply_to("理由", COORDINATORS, WANG, "请补验收报告").await;
    talk.reply_to("理由", COORDINATORS, ZHOU, "附件不全").await;
    talk.reply_to("请回复本条说明", COORDINATORS, ZHOU, "另请盖章").await;
    insta::assert_snapshot!(talk.take(), @"
    王芳@督办群：请补验收报告
      → 督办群：补充内容已转告省公安厅。如需补充，请回复本条，将一并转告。
      → 公安群：第5项 压缩工程项目审批时间：督办员王芳补充：请补验收报告
      ≡ words_passed_on
    周敏@督办群：附件不全
      → 督办群：理由已转告省公安厅。如需补充，请回复本条，将一并转告。
      → 公安群：第5项 压缩工程项目审批时间：退回办结申请，理由：附件不全。请补充后再报。
      ≡ reason_given
    周敏@督办群：另请盖章
      → 督办群：补充内容已转告省公安厅。如需补充，请回复本条，将一并转告。
      → 公安群：第5项 压缩工程项目审批时间：督办员周敏补充：另请盖章
      ≡ words_passed_on
    ");
    assert_eq!(talk.rows("select reason from decision").await, ["附件不全"]);
}
