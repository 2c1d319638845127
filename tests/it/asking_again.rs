//! What is asked for while it waits, or after it was answered: it is kept, answered shortly, and nobody is asked twice.

use crate::talk::Talk;

const POLICE: i64 = -500;
const COORDINATORS: i64 = -900;
const LI: i64 = 11;
const ZHOU: i64 = 91;

async fn office() -> Talk {
    let names = [(POLICE, "公安群"), (COORDINATORS, "督办群"), (LI, "李建国"), (ZHOU, "周敏")];
    let mut talk = Talk::begin("06-26 09:00:00", &names).await;
    talk.bind(POLICE, LI, "省公安厅").await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 30%").await;
    talk.take();
    talk
}

/// The reports of task 5, in order: status, percent and words.
async fn reports(talk: &Talk) -> String {
    let rows = talk.rows(
        "select coalesce(status, '-') || ' ' || coalesce(percent, '-') || ' ' || text from report_version order by rowid",
    );
    rows.await.join("\n")
}

#[tokio::test]
async fn a_claim_that_waits_is_not_made_twice() {
    let mut talk = office().await;
    talk.say(POLICE, LI, "/report@duban_bot 5 已完成").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 已完成，验收报告已报送").await;
    talk.edit("/report@duban_bot 5 已完成，验收报告已报送，问题：系统运维经费未落实").await;
    // The notice of the claim still serves, and so does the list of what waits.
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    talk.press(COORDINATORS, ZHOU, "第5项 退回").await;
    // Once it was answered, an edit asks for nothing; another message does.
    talk.say(POLICE, LI, "/report@duban_bot 5 已完成，材料已补").await;
    talk.press(COORDINATORS, ZHOU, "第5项 退回").await;
    talk.edit("/report@duban_bot 5 已完成，材料已补齐").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 已完成，材料全部补齐").await;
    talk.edit("/report@duban_bot 5 已完成，材料全部补齐，请核定").await;
    // What is said otherwise ends the claim, and the buttons with it.
    talk.say(POLICE, LI, "/report@duban_bot 5 还差验收，进度90%").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 已完成并验收").await;
    talk.press(COORDINATORS, ZHOU, "第5项 同意办结").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@公安群：/report@duban_bot 5 已完成
      → 公安群：已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已完成［第5项 同意办结］［第5项 退回］
      ≡ report_recorded
    李建国@公安群：/report@duban_bot 5 已完成，验收报告已报送
      → 公安群：已登记 第5项 压缩工程项目审批时间：再次提请办结／此前的申请正待督办员答复，不重复提请，本次反馈已留存。［撤回］
      ≡ report_recorded
    李建国@公安群 改为：/report@duban_bot 5 已完成，验收报告已报送，问题：系统运维经费未落实
      → 公安群：已按修改后的内容更新。／已登记 第5项 压缩工程项目审批时间：再次提请办结，问题：系统运维经费未落实／此前的申请正待督办员答复，不重复提请，本次反馈已留存。／问题由督办员答复。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：再次提请办结，问题：系统运维经费未落实／原话（6月26日09:00修改）：5 已完成，验收报告已报送，问题：系统运维经费未落实［第5项 答复］
      ≡ report_revised
    周敏@督办群：/pending@duban_bot
      → 督办群：待核定：提请办结 1 项（截至2019年6月26日（周三）09:00）／第5项 压缩工程项目审批时间｜省公安厅提请办结（6月26日）：5 已完成［第5项 同意办结］［第5项 退回］
    周敏@督办群 点按［第5项 退回］
      （浮窗）已退回。
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已完成／—— 周敏 06-26 09:00 退回办结申请
      → 公安群：第5项 压缩工程项目审批时间：督办员周敏于6月26日09:00退回办结申请，请继续推进并补充反馈。
      → 督办群：待核定：提请办结 1 项（截至2019年6月26日（周三）09:00）／第5项 压缩工程项目审批时间｜省公安厅提请办结（6月26日）：5 已完成／—— 周敏 06-26 09:00 退回办结申请
      → 督办群：周敏 退回办结申请：第5项 压缩工程项目审批时间（省公安厅）／请回复本条说明理由，将转告该单位。
      ≡ claim_decided
    李建国@公安群：/report@duban_bot 5 已完成，材料已补
      → 公安群：已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已完成，材料已补［第5项 同意办结］［第5项 退回］
      ≡ report_recorded
    周敏@督办群 点按［第5项 退回］
      （浮窗）已退回。
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已完成，材料已补／—— 周敏 06-26 09:00 退回办结申请
      → 公安群：第5项 压缩工程项目审批时间：督办员周敏于6月26日09:00退回办结申请，请继续推进并补充反馈。
      → 督办群：周敏 退回办结申请：第5项 压缩工程项目审批时间（省公安厅）／请回复本条说明理由，将转告该单位。
      ≡ claim_decided
    李建国@公安群 改为：/report@duban_bot 5 已完成，材料已补齐
      → 公安群：已按修改后的内容更新。／已登记 第5项 压缩工程项目审批时间：提请办结／督办员已答复过这条申请，修改不作为新的申请；如需再次申请，请另发一条消息。［撤回］
      ≡ report_revised
    李建国@公安群：/report@duban_bot 5 已完成，材料全部补齐
      → 公安群：已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已完成，材料全部补齐［第5项 同意办结］［第5项 退回］
      ≡ report_recorded
    李建国@公安群 改为：/report@duban_bot 5 已完成，材料全部补齐，请核定
      → 公安群：已按修改后的内容更新。／已登记 第5项 压缩工程项目审批时间：提请办结／申请仍待督办员答复。［撤回］
      ≡ report_revised
    李建国@公安群：/report@duban_bot 5 还差验收，进度90%
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已完成，材料全部补齐／—— 李建国 06-26 09:00 已改报
      → 公安群：已登记 第5项 压缩工程项目审批时间：推进中90%［撤回］
      ≡ report_recorded
    李建国@公安群：/report@duban_bot 5 已完成并验收
      → 公安群：已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已完成并验收［第5项 同意办结］［第5项 退回］
      ≡ report_recorded
    周敏@督办群 点按［第5项 同意办结］
      （浮窗）已同意办结。
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已完成并验收／—— 周敏 06-26 09:00 同意办结
      → 公安群：第5项 压缩工程项目审批时间：督办员周敏于6月26日09:00同意办结。
      → 督办群：周敏 同意办结：第5项 压缩工程项目审批时间（省公安厅）
      ≡ claim_decided
    ");
    insta::assert_snapshot!(reports(&talk).await, @"
    in_progress 30 /report@duban_bot 5 30%
    claimed_done 100 /report@duban_bot 5 已完成
    - - /report@duban_bot 5 已完成，验收报告已报送
    - - /report@duban_bot 5 已完成，验收报告已报送，问题：系统运维经费未落实
    claimed_done 100 /report@duban_bot 5 已完成，材料已补
    claimed_done 100 /report@duban_bot 5 已完成，材料已补齐
    claimed_done 100 /report@duban_bot 5 已完成，材料全部补齐
    claimed_done 100 /report@duban_bot 5 已完成，材料全部补齐，请核定
    in_progress 90 /report@duban_bot 5 还差验收，进度90%
    claimed_done 100 /report@duban_bot 5 已完成并验收
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn more_time_that_waits_is_not_asked_for_twice() {
    let mut talk = office().await;
    talk.say(POLICE, LI, "/extend@duban_bot 5 2019-07-31 设备未到货").await;
    talk.say(POLICE, LI, "/extend@duban_bot 5 2019-07-31 设备仍未到货").await;
    // Another date is another wish; the answer to it is the answer to both.
    talk.say(POLICE, LI, "/extend@duban_bot 5 2019-08-31 设备仍未到货").await;
    talk.press(COORDINATORS, ZHOU, "第5项 同意延期").await;
    // What was granted holds, also without the words that asked for it.
    talk.edit("/extend@duban_bot 5 2019-09-30 设备仍未到货").await;
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    talk.say(POLICE, LI, "/undo@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@公安群：/extend@duban_bot 5 2019-07-31 设备未到货
      → 公安群：已登记 第5项 压缩工程项目审批时间：申请延期至7月31日（原时限6月30日）／延期待督办员核准，核准前仍按原时限（6月30日）执行。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：申请延期至7月31日（原时限6月30日）／原话：5 2019-07-31 设备未到货［第5项 同意延期］［第5项 不同意］
      ≡ report_recorded
    李建国@公安群：/extend@duban_bot 5 2019-07-31 设备仍未到货
      → 公安群：已登记 第5项 压缩工程项目审批时间：再次申请延期至7月31日（原时限6月30日）／此前的申请正待督办员答复，不重复提请，本次反馈已留存。［撤回］
      ≡ report_recorded
    李建国@公安群：/extend@duban_bot 5 2019-08-31 设备仍未到货
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：申请延期至7月31日（原时限6月30日）／原话：5 2019-07-31 设备未到货／—— 李建国 06-26 09:00 已改报
      → 公安群：第5项此前申请延期至7月31日，尚未答复，由本次申请替代。／已登记 第5项 压缩工程项目审批时间：申请延期至8月31日（原时限6月30日）／延期待督办员核准，核准前仍按原时限（6月30日）执行。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：申请延期至8月31日（原时限6月30日）／原话：5 2019-08-31 设备仍未到货［第5项 同意延期］［第5项 不同意］
      ≡ report_recorded
    周敏@督办群 点按［第5项 同意延期］
      （浮窗）已同意延期。
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：申请延期至8月31日（原时限6月30日）／原话：5 2019-08-31 设备仍未到货／—— 周敏 06-26 09:00 同意延期至2019年8月31日
      → 公安群：第5项 压缩工程项目审批时间：督办员周敏于6月26日09:00同意延期至2019年8月31日，提醒按新时限进行，原时限留存备查。
      → 督办群：周敏 同意延期至2019年8月31日：第5项 压缩工程项目审批时间（省公安厅）
      ≡ extension_decided
    李建国@公安群 改为：/extend@duban_bot 5 2019-09-30 设备仍未到货
      → 公安群：已按修改后的内容更新。／已登记 第5项 压缩工程项目审批时间：申请延期至9月30日（原时限8月31日）／督办员已答复过这条申请，修改不作为新的申请；如需再次申请，请另发一条消息。［撤回］
      ≡ report_revised
    周敏@督办群：/pending@duban_bot
      → 督办群：没有待核定的办结、延期和中止申请。（截至2019年6月26日（周三）09:00）
    李建国@公安群：/undo@duban_bot
      → 公安群：第5项此前申请延期至7月31日，尚未答复，由本次申请替代。／已登记 第5项 压缩工程项目审批时间：申请延期至8月31日（原时限6月30日）／延期待督办员核准，核准前仍按原时限（6月30日）执行。／—— 李建国 06-26 09:00 已撤回
      → 公安群：已按修改后的内容更新。／已登记 第5项 压缩工程项目审批时间：申请延期至9月30日（原时限8月31日）／督办员已答复过这条申请，修改不作为新的申请；如需再次申请，请另发一条消息。／—— 李建国 06-26 09:00 已撤回
      → 公安群：已撤回第5项的这次反馈，现为推进中30%。／第5项已同意的延期（至8月31日）仍然有效。
      ≡ report_withdrawn
    ");
    // Asked to be suspended twice.
    talk.say(POLICE, LI, "/report@duban_bot 5 申请中止，机构改革").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 申请中止，职能已划转").await;
    // Another message has come since the button was drawn, so the wish is shown anew first.
    talk.press(COORDINATORS, ZHOU, "第5项 不同意").await;
    talk.press(COORDINATORS, ZHOU, "第5项 不同意").await;
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@公安群：/report@duban_bot 5 申请中止，机构改革
      → 公安群：已登记 第5项 压缩工程项目审批时间：申请中止／中止由督办员答复，答复前仍按受阻掌握。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：申请中止／原话：5 申请中止，机构改革［第5项 同意中止］［第5项 不同意］
      ≡ report_recorded
    李建国@公安群：/report@duban_bot 5 申请中止，职能已划转
      → 公安群：已登记 第5项 压缩工程项目审批时间：再次申请中止／此前的申请正待督办员答复，不重复提请，本次反馈已留存。［撤回］
      ≡ report_recorded
    周敏@督办群 点按［第5项 不同意］
      （浮窗）已有更新，请看最新一条。
      → 督办群：已有更新，请按最新内容核定：／第5项 压缩工程项目审批时间｜省公安厅申请中止（6月26日）：5 申请中止，机构改革［第5项 同意中止］［第5项 不同意］
    周敏@督办群 点按［第5项 不同意］
      （浮窗）已答复不同意。
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：申请中止／原话：5 申请中止，机构改革／—— 周敏 06-26 09:00 不同意中止
      → 公安群：第5项 压缩工程项目审批时间：督办员周敏于6月26日09:00不同意中止，请继续推进。
      → 督办群：已有更新，请按最新内容核定：／第5项 压缩工程项目审批时间｜省公安厅申请中止（6月26日）：5 申请中止，机构改革／—— 周敏 06-26 09:00 不同意中止
      → 督办群：周敏 不同意中止：第5项 压缩工程项目审批时间（省公安厅）／请回复本条说明理由，将转告该单位。
      ≡ suspension_refused
    周敏@督办群：/pending@duban_bot
      → 督办群：没有待核定的办结、延期和中止申请。（截至2019年6月26日（周三）09:00）
    ");
    insta::assert_snapshot!(reports(&talk).await, @"
    in_progress 30 /report@duban_bot 5 30%
    - - /extend@duban_bot 5 2019-07-31 设备未到货
    - - /extend@duban_bot 5 2019-07-31 设备仍未到货
    - - /extend@duban_bot 5 2019-08-31 设备仍未到货
    - - /extend@duban_bot 5 2019-09-30 设备仍未到货
    suspended - /report@duban_bot 5 申请中止，机构改革
    blocked - /report@duban_bot 5 申请中止，职能已划转
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn a_task_without_a_date_has_none_to_extend() {
    let mut talk = office().await;
    talk.say(POLICE, LI, "/report@duban_bot 7 延期到9月底").await;
    talk.say(POLICE, LI, "/extend@duban_bot 7 2019-09-30 等国家目录").await;
    // Nobody can grant more time without a date, and what is done needs none.
    talk.say(POLICE, LI, "/report@duban_bot 5 申请延期一个月，设备未到货").await;
    talk.say(POLICE, LI, "/report@duban_bot 5 延期").await;
    talk.say(POLICE, LI, "/done@duban_bot 5").await;
    talk.say(COORDINATORS, ZHOU, "/accept@duban_bot 5 省公安厅").await;
    talk.say(POLICE, LI, "/extend@duban_bot 5 2019-09-30 设备未到货").await;
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    李建国@公安群：/report@duban_bot 7 延期到9月底
      → 公安群：第7项没有规定时限，无需申请延期，所说日期已随原话留存；需要按期提醒的，可发送“/step 7 2019年9月30日 工作内容”。／已登记 第7项 压减生产许可和准入证：情况已记录［撤回］
      ≡ report_recorded
    李建国@公安群：/extend@duban_bot 7 2019-09-30 等国家目录
      → 公安群：第7项没有规定时限，无需申请延期，所说日期已随原话留存；需要按期提醒的，可发送“/step 7 2019年9月30日 工作内容”。／已登记 第7项 压减生产许可和准入证：情况已记录［撤回］
      ≡ report_recorded
    李建国@公安群：/report@duban_bot 5 申请延期一个月，设备未到货
      → 公安群：申请延期请写明日期，例如“5 申请延期至〔日期〕，理由：…”；没有日期的不作为延期申请登记。
    李建国@公安群：/report@duban_bot 5 延期
      → 公安群：申请延期请写明日期，例如“5 申请延期至〔日期〕，理由：…”；没有日期的不作为延期申请登记。
    李建国@公安群：/done@duban_bot 5
      → 公安群：已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5［第5项 同意办结］［第5项 退回］
      ≡ report_recorded
    周敏@督办群：/accept@duban_bot 5 省公安厅
      → 督办群：省公安厅（李建国）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5／—— 周敏 06-26 09:00 同意办结
      → 公安群：第5项 压缩工程项目审批时间：督办员周敏于6月26日09:00同意办结。
      → 督办群：周敏 同意办结：第5项 压缩工程项目审批时间（省公安厅）
      ≡ claim_decided
    李建国@公安群：/extend@duban_bot 5 2019-09-30 设备未到货
      → 公安群：已登记 第5项 压缩工程项目审批时间：情况已记录／已办结的任务，本次仅作记录。［撤回］
      ≡ report_recorded
    周敏@督办群：/pending@duban_bot
      → 督办群：没有待核定的办结、延期和中止申请。（截至2019年6月26日（周三）09:00）
    ");
}
