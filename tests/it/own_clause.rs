//! Each task keeps what was said of it, the whole message is a step away, and each unclear part of a message finds its place.

use serde_json::Value;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

async fn talk() -> Talk {
    let mut talk = Talk::with_unit().await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.say(GROUP, LI, "/report@duban_bot 26 进度5%").await;
    talk.take();
    talk
}

/// What is held of the reports: the task, its own words, the whole message, and how it stands.
async fn held(talk: &Talk) -> String {
    talk.office.ask(&["verify"]);
    let held = "select task.number || '｜' || version.text || '｜' || coalesce(version.whole, '') || '｜' || coalesce(version.status, '')
            || iif(withdrawn_at is null, '', ' withdrawn')
        from report join report_version version on report_id = report.id join duty on duty.id = duty_id
        join task on task.id = task_id order by report.id, version";
    talk.rows(held).await.join("\n")
}

#[tokio::test]
async fn each_task_keeps_its_own_clause() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 5 已完成，7 受阻：经费未落实").await;
    talk.say(GROUP, LI, "/report@duban_bot 5、7均推进中").await;
    talk.say(GROUP, LI, "/report@duban_bot 5 进度60%，专班已组建。7 进度20%，26 受阻：系统未打通").await;
    for command in ["/task@duban_bot 5", "/history@duban_bot 26", "/history@duban_bot 第26项 全文"] {
        talk.say(COORDINATORS, ZHOU, command).await;
    }
    talk.say(GROUP, LI, "/task@duban_bot 7").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/report@duban_bot 5 已完成，7 受阻：经费未落实
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：提请办结／第7项 压减生产许可和准入证：受阻，问题：经费未落实／办结由督办员核定。／问题由督办员答复。［撤回］
      → 督办群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／第7项 压减生产许可和准入证：受阻，问题：经费未落实／原话：5 已完成，7 受阻：经费未落实［第5项 同意办结］［第5项 退回］［第7项 答复］
      ≡ report_recorded
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 5、7均推进中
      → 督办群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／第7项 压减生产许可和准入证：受阻，问题：经费未落实／原话：5 已完成，7 受阻：经费未落实／—— 李明 06-03 10:00 已改报：第5项 省住房城乡建设厅［第7项 答复］
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中／第7项 压减生产许可和准入证：推进中［撤回］
      ≡ report_recorded
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 5 进度60%，专班已组建。7 进度20%，26 受阻：系统未打通
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中60%／第7项 压减生产许可和准入证：推进中20%／第26项 压缩产权登记办理时间：受阻，问题：系统未打通／问题由督办员答复。［撤回］
      → 督办群：省住房城乡建设厅（李明）反馈：／第26项 压缩产权登记办理时间：受阻，问题：系统未打通／原话：受阻：系统未打通［第26项 答复］
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
    周敏@督办群：/task@duban_bot 5
      → 督办群：第5项｜推进中（截至2019年6月3日（周一）10:00）／压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。／时限：2019年6月底前（6月30日）／牵头 省住房城乡建设厅：推进中60%（6月3日：进度60%，专班已组建）／省直各部门（14个单位）：未启动 14
    周敏@督办群：/history@duban_bot 26
      → 督办群：第26项 历次反馈（3 条）／2019年6月3日（周一）10:00 第26项 省住房城乡建设厅（李明）［推进中5%］26 进度5%／2019年6月3日（周一）10:00 第26项 省住房城乡建设厅（李明）［受阻］受阻：系统未打通（节选）／2019年6月3日（周一）10:00 第26项 省住房城乡建设厅（李明）提出问题“系统未打通”／标“节选”的只列本项内容，全文请发送“/history@duban_bot 26 全文”。
    周敏@督办群：/history@duban_bot 第26项 全文
      → 督办群：第26项 历次反馈（3 条）／2019年6月3日（周一）10:00 第26项 省住房城乡建设厅（李明）［推进中5%］26 进度5%／2019年6月3日（周一）10:00 第26项 省住房城乡建设厅（李明）［受阻］受阻：系统未打通（节选）／全文：5 进度60%，专班已组建。7 进度20%，26 受阻：系统未打通／2019年6月3日（周一）10:00 第26项 省住房城乡建设厅（李明）提出问题“系统未打通”
    李明@住建厅群：/task@duban_bot 7
      → 住建厅群：第7项／压减生产许可和准入证，同类许可能并则并；工艺成熟、靠市场和日常监管管得住质量的产品不再发证，涉安全环保的除外；转为强制认证的平稳衔接，省级审批权交市州市场监管部门行使。／省住房城乡建设厅：第7项 压减生产许可和准入证｜负责｜推进中20%／最近反馈：进度20%
    ");
    insta::assert_snapshot!(held(&talk).await, @"
    26｜/report@duban_bot 26 进度5%｜｜in_progress
    5｜已完成｜/report@duban_bot 5 已完成，7 受阻：经费未落实｜claimed_done
    7｜受阻：经费未落实｜/report@duban_bot 5 已完成，7 受阻：经费未落实｜blocked
    5｜/report@duban_bot 5、7均推进中｜｜in_progress
    7｜/report@duban_bot 5、7均推进中｜｜in_progress
    5｜进度60%，专班已组建｜/report@duban_bot 5 进度60%，专班已组建。7 进度20%，26 受阻：系统未打通｜in_progress
    7｜进度20%｜/report@duban_bot 5 进度60%，专班已组建。7 进度20%，26 受阻：系统未打通｜in_progress
    26｜受阻：系统未打通｜/report@duban_bot 5 进度60%，专班已组建。7 进度20%，26 受阻：系统未打通｜blocked
    ");
    let path = talk.office.path("all.json");
    talk.office.ask(&["export", path.to_str().expect("UTF-8")]);
    let all: Value = serde_json::from_slice(&std::fs::read(path).expect("the export")).expect("JSON");
    let duties = all["duties"].as_array().expect("duties").iter();
    let reports = duties.flat_map(|duty| duty["reports"].as_array().expect("reports"));
    let texts = reports.map(|report| format!("{} {}", report["text"], report["whole"]));
    insta::assert_snapshot!(texts.collect::<Vec<_>>().join("\n"), @r#"
    "已完成" "/report@duban_bot 5 已完成，7 受阻：经费未落实"
    "/report@duban_bot 5、7均推进中" null
    "进度60%，专班已组建" "/report@duban_bot 5 进度60%，专班已组建。7 进度20%，26 受阻：系统未打通"
    "受阻：经费未落实" "/report@duban_bot 5 已完成，7 受阻：经费未落实"
    "/report@duban_bot 5、7均推进中" null
    "进度20%" "/report@duban_bot 5 进度60%，专班已组建。7 进度20%，26 受阻：系统未打通"
    "/report@duban_bot 26 进度5%" null
    "受阻：系统未打通" "/report@duban_bot 5 进度60%，专班已组建。7 进度20%，26 受阻：系统未打通"
    "#);
}

#[tokio::test]
async fn an_edit_is_compared_with_the_whole_message() {
    let mut talk = talk().await;
    let said = "/report@duban_bot 5 进度60%，7 进度20%";
    talk.say(GROUP, LI, said).await;
    talk.edit(said).await;
    talk.edit("/report@duban_bot 5 进度60%，7 进度30%").await;
    talk.edit("/report@duban_bot 5 进度60%").await;
    talk.say(GROUP, LI, "/undo@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/report@duban_bot 5 进度60%，7 进度20%
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中60%／第7项 压减生产许可和准入证：推进中20%［撤回］
      ≡ report_recorded
      ≡ report_recorded
    李明@住建厅群 改为：/report@duban_bot 5 进度60%，7 进度20%
    李明@住建厅群 改为：/report@duban_bot 5 进度60%，7 进度30%
      → 住建厅群：已按修改后的内容更新。／已登记 第5项 压缩工程项目审批时间：推进中60%／第7项 压减生产许可和准入证：推进中30%［撤回］
      ≡ report_revised
      ≡ report_revised
    李明@住建厅群 改为：/report@duban_bot 5 进度60%
      → 住建厅群：已按修改后的内容更新。／第7项的反馈已随修改撤回。／已登记 第5项 压缩工程项目审批时间：推进中60%［撤回］
      ≡ report_withdrawn
      ≡ report_revised
    李明@住建厅群：/undo@duban_bot
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中60%／第7项 压减生产许可和准入证：推进中20%／—— 李明 06-03 10:00 已撤回
      → 住建厅群：已按修改后的内容更新。／已登记 第5项 压缩工程项目审批时间：推进中60%／第7项 压减生产许可和准入证：推进中30%／—— 李明 06-03 10:00 已撤回
      → 住建厅群：已按修改后的内容更新。／第7项的反馈已随修改撤回。／已登记 第5项 压缩工程项目审批时间：推进中60%／—— 李明 06-03 10:00 已撤回
      → 住建厅群：已撤回第5项的这次反馈，现为未启动。
      ≡ report_withdrawn
    ");
    insta::assert_snapshot!(held(&talk).await, @"
    26｜/report@duban_bot 26 进度5%｜｜in_progress
    5｜进度60%｜/report@duban_bot 5 进度60%，7 进度20%｜in_progress withdrawn
    5｜进度60%｜/report@duban_bot 5 进度60%，7 进度30%｜in_progress withdrawn
    5｜/report@duban_bot 5 进度60%｜｜in_progress withdrawn
    7｜进度20%｜/report@duban_bot 5 进度60%，7 进度20%｜in_progress withdrawn
    7｜进度30%｜/report@duban_bot 5 进度60%，7 进度30%｜in_progress withdrawn
    ");
}

#[tokio::test]
async fn every_unclear_part_finds_its_place() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 5 那样子吧，7 就那样，26 进度30%").await;
    talk.press(GROUP, LI, "推进中").await;
    talk.press(GROUP, LI, "受阻").await;
    // None of them is understood.
    talk.say(GROUP, LI, "/report@duban_bot 5 那样子吧，7 就那样").await;
    talk.press(GROUP, LI, "不登记").await;
    talk.press(GROUP, LI, "仅作说明").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/report@duban_bot 5 那样子吧，7 就那样，26 进度30%
      → 住建厅群：本条中第7项“就那样”尚未登记，随后逐项询问。／已登记 第26项 压缩产权登记办理时间：推进中30%［撤回］
      → 住建厅群：其中有一部分没有看懂，原话已留存，尚未登记。请点选“那样子吧”对第5项 压缩工程项目审批时间的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ report_recorded
      ≡ meaning_asked
    李明@住建厅群 点按［推进中］
      → 住建厅群：其中有一部分没有看懂，原话已留存，尚未登记。请点选“那样子吧”对第5项 压缩工程项目审批时间的含义，或重新回复写明进展。／—— 李明 06-03 10:00 选定第5项
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中［撤回］
      → 住建厅群：同一条消息中还有一部分尚未登记。请点选“就那样”对第7项 压减生产许可和准入证的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
      ≡ report_recorded
    李明@住建厅群 点按［受阻］
      → 住建厅群：同一条消息中还有一部分尚未登记。请点选“就那样”对第7项 压减生产许可和准入证的含义，或重新回复写明进展。／—— 李明 06-03 10:00 选定第7项
      → 住建厅群：已登记 第7项 压减生产许可和准入证：受阻［撤回］
      ≡ question_closed
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 5 那样子吧，7 就那样
      → 住建厅群：本条中第7项“就那样”尚未登记，随后逐项询问。／没有看懂，原话已留存，尚未登记。请点选“那样子吧”对第5项 压缩工程项目审批时间的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@住建厅群 点按［不登记］
      （浮窗）未登记，原话留存备查。
      → 住建厅群：未登记，原话留存备查。
      → 住建厅群：同一条消息中还有一部分尚未登记。请点选“就那样”对第7项 压减生产许可和准入证的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@住建厅群 点按［仅作说明］
      → 住建厅群：同一条消息中还有一部分尚未登记。请点选“就那样”对第7项 压减生产许可和准入证的含义，或重新回复写明进展。／—— 李明 06-03 10:00 选定第7项
      → 住建厅群：已登记 第7项 压减生产许可和准入证：情况已记录［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
    insta::assert_snapshot!(held(&talk).await, @"
    26｜/report@duban_bot 26 进度5%｜｜in_progress
    26｜进度30%｜/report@duban_bot 5 那样子吧，7 就那样，26 进度30%｜in_progress
    5｜那样子吧｜/report@duban_bot 5 那样子吧，7 就那样，26 进度30%｜in_progress
    7｜就那样｜/report@duban_bot 5 那样子吧，7 就那样，26 进度30%｜blocked
    7｜就那样｜/report@duban_bot 5 那样子吧，7 就那样｜
    ");
}

#[tokio::test]
async fn a_button_is_about_one_part() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 5 那样子吧，7 就那样").await;
    let first = talk.data_of(GROUP, "不登记");
    talk.press(GROUP, LI, "不登记").await;
    talk.take();
    // Pressed twice, it drops one part.
    talk.press_as_sent(first, LI).await;
    // Who answers in words settles what he speaks of.
    talk.reply(GROUP, LI, "7 进度40%").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群 点按旧的或伪造的按钮
      （浮窗）情况已有变化，此按钮不再有效。
    李明@住建厅群：7 进度40%
      → 住建厅群：已登记 第7项 压减生产许可和准入证：推进中40%［撤回］
      ≡ report_recorded
      ≡ question_closed
    ");
    insta::assert_snapshot!(held(&talk).await, @"
    26｜/report@duban_bot 26 进度5%｜｜in_progress
    7｜7 进度40%｜｜in_progress
    ");
}

#[tokio::test]
async fn an_answer_in_words_leaves_the_other_part() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 5 那样子吧，7 就那样").await;
    talk.reply(GROUP, LI, "进度40%").await;
    talk.reply(GROUP, LI, "受阻").await;
    // Of the part that is asked about next, the question still stands.
    talk.say(GROUP, LI, "/report@duban_bot 5 那样子吧啊，7 就那样啊").await;
    talk.reply(GROUP, LI, "7 进度50%").await;
    talk.press(GROUP, LI, "推进中").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/report@duban_bot 5 那样子吧，7 就那样
      → 住建厅群：本条中第7项“就那样”尚未登记，随后逐项询问。／没有看懂，原话已留存，尚未登记。请点选“那样子吧”对第5项 压缩工程项目审批时间的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@住建厅群：进度40%
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中40%［撤回］
      → 住建厅群：同一条消息中还有一部分尚未登记。请点选“就那样”对第7项 压减生产许可和准入证的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ report_recorded
      ≡ meaning_asked
    李明@住建厅群：受阻
      → 住建厅群：同一条消息中还有一部分尚未登记。请点选“就那样”对第7项 压减生产许可和准入证的含义，或重新回复写明进展。／—— 李明 06-03 10:00 选定第7项
      → 住建厅群：已登记 第7项 压减生产许可和准入证：受阻［撤回］
      ≡ question_closed
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 5 那样子吧啊，7 就那样啊
      → 住建厅群：本条中第7项“就那样啊”尚未登记，随后逐项询问。／没有看懂，原话已留存，尚未登记。请点选“那样子吧啊”对第5项 压缩工程项目审批时间的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@住建厅群：7 进度50%
      → 住建厅群：已登记 第7项 压减生产许可和准入证：推进中50%［撤回］
      ≡ report_recorded
      ≡ meaning_asked
    李明@住建厅群 点按［推进中］
      → 住建厅群：本条中第7项“就那样啊”尚未登记，随后逐项询问。／没有看懂，原话已留存，尚未登记。请点选“那样子吧啊”对第5项 压缩工程项目审批时间的含义，或重新回复写明进展。／—— 李明 06-03 10:00 选定第5项
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
    insta::assert_snapshot!(held(&talk).await, @"
    26｜/report@duban_bot 26 进度5%｜｜in_progress
    5｜进度40%｜｜in_progress
    7｜就那样｜/report@duban_bot 5 那样子吧，7 就那样｜blocked
    7｜7 进度50%｜｜in_progress
    5｜那样子吧啊｜/report@duban_bot 5 那样子吧啊，7 就那样啊｜in_progress
    ");
}
