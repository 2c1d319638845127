//! 批示: a coordinator's reply to a unit's report goes to that unit under it, and the unit's answer comes back.

use chrono::TimeDelta;
use serde_json::json;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

async fn talk() -> Talk {
    let mut talk = Talk::with_unit().await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.say(GROUP, LI, "/report@duban_bot 7 进度10%").await;
    talk.say(GROUP, LI, "/task@duban_bot 5").await;
    talk.take();
    talk
}

#[tokio::test]
async fn a_reply_to_a_report_goes_to_the_unit_and_the_answer_comes_back() {
    let mut talk = talk().await;
    talk.reply(GROUP, LI, "已完成，系统已上线").await;
    talk.reply_to("反馈：", COORDINATORS, ZHOU, "请补充验收报告和照片").await;
    talk.reply_to("批示", GROUP, LI, "好嘟好嘟，材料在路上").await;
    talk.reply_to("答复批示", COORDINATORS, ZHOU, "请于周五前补齐").await;
    talk.reply_to("请于周五前补齐", GROUP, LI, "进度90%，验收报告已印发").await;
    talk.reply_to("请于周五前补齐", GROUP, LI, "收到").await;
    // A question of the coordinator's is answered to the coordinator.
    talk.reply_to("反馈：", COORDINATORS, ZHOU, "第5项进展如何？").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：已完成，系统已上线
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 督办群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：已完成，系统已上线［第5项 同意办结］［第5项 退回］
      ≡ report_recorded
    周敏@督办群：请补充验收报告和照片
      → 督办群：已作为批示转省住房城乡建设厅，答复将转回本条之下。
      → 住建厅群：批示　第5项 压缩工程项目审批时间／督办员周敏：请补充验收报告和照片／请回复本条，将转报督办员。
      ≡ unit_instructed
    李明@住建厅群：好嘟好嘟，材料在路上
      → 住建厅群：已转报督办员，办结申请仍待核定。
      → 督办群：省住房城乡建设厅（李明）答复批示　第5项 压缩工程项目审批时间／好嘟好嘟，材料在路上
      ≡ instruction_answered
    周敏@督办群：请于周五前补齐
      → 督办群：已作为批示转省住房城乡建设厅，答复将转回本条之下。
      → 住建厅群：批示　第5项 压缩工程项目审批时间／督办员周敏：请于周五前补齐／请回复本条，将转报督办员。
      ≡ unit_instructed
    李明@住建厅群：进度90%，验收报告已印发
      → 督办群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：已完成，系统已上线／—— 李明 06-03 10:00 已改报
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中90%［撤回］
      → 督办群：省住房城乡建设厅（李明）答复批示　第5项 压缩工程项目审批时间／进度90%，验收报告已印发
      ≡ report_recorded
      ≡ instruction_answered
    李明@住建厅群：收到
      → 住建厅群：〔表示收悉〕
      ≡ receipt_noted
    周敏@督办群：第5项进展如何？
      → 督办群：第5项｜推进中（截至2019年6月3日（周一）10:00）／压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。／时限：2019年6月底前（6月30日）／牵头 省住房城乡建设厅：推进中90%（6月3日：进度90%，验收报告已印发）／省直各部门（14个单位）：未启动 14
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn what_is_said_at_night_waits_for_the_sending_hours() {
    let mut talk = talk().await;
    talk.reply(GROUP, LI, "已完成，系统已上线").await;
    talk.take();
    talk.go_on(TimeDelta::hours(12));
    talk.reply_to("反馈：", COORDINATORS, ZHOU, "请补充验收报告和照片").await;
    talk.go_on(TimeDelta::hours(11));
    talk.deliver().await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：请补充验收报告和照片
      → 督办群：已作为批示转省住房城乡建设厅，答复将转回本条之下。
      ≡ unit_instructed
      → 住建厅群：批示　第5项 压缩工程项目审批时间／督办员周敏：请补充验收报告和照片／请回复本条，将转报督办员。
    ");
}

#[tokio::test]
async fn files_and_long_words_are_opened_by_a_button() {
    let mut talk = talk().await;
    let long = format!("第5项已完成。{}。完。", "系统已经上线并通过验收，各市州全部接入".repeat(12));
    let file = json!({"document": {"file_id": "f1", "file_name": "验收报告.pdf"}, "caption": long});
    talk.message(GROUP, LI, &format!("/report@duban_bot 5 {long}"), file).await;
    talk.press(COORDINATORS, ZHOU, "全文").await;
    talk.press(COORDINATORS, ZHOU, "查看附件").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/report@duban_bot 5 第5项已完成。系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入。完。
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：提请办结／附件已留存。／办结由督办员核定。［撤回］
      → 督办群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 第5项已完成。系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州…［第5项 同意办结］［第5项 退回］［全文］［查看附件］
      ≡ report_recorded
    周敏@督办群 点按［全文］
      → 督办群：省住房城乡建设厅（李明）反馈全文：／5 第5项已完成。系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入。完。
    周敏@督办群 点按［查看附件］
      （浮窗）佐证已发送。
      → 督办群：〔验收报告.pdf〕
      → 督办群：第5项 压缩工程项目审批时间｜省住房城乡建设厅提请办结（6月3日）：5 第5项已完成。系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入系统已经上线并通过验收，各市州全部接入。完。／佐证 1 件见上。［第5项 同意办结］［第5项 退回］
      ≡ evidence_opened
    ");
}

#[tokio::test]
async fn whatever_is_said_under_a_report_is_for_its_unit() {
    let mut talk = talk().await;
    talk.reply(GROUP, LI, "已完成，系统已上线").await;
    for words in [
        "尽快落实",
        "请加快进度",
        "理由不充分，请按期完成",
        "为什么还没完成？",
        "具体是哪几个市县？",
        "什么时候能办完？",
        "抓紧推进，确保按时完成",
        "请把问题报清楚",
        "请说明逾期原因",
        "你们有几项逾期？",
        "请省公安厅配合",
        "第26项也请一并报送",
        "还有什么问题？",
    ] {
        talk.take();
        talk.reply_to("反馈：", COORDINATORS, ZHOU, words).await;
        let said = talk.take();
        let both = [
            "已作为批示转省住房城乡建设厅",
            &format!("→ 住建厅群：批示　第5项 压缩工程项目审批时间／督办员周敏：{words}"),
        ];
        assert!(both.iter().all(|part| said.contains(part)) && said.contains("≡ unit_instructed"), "{said}");
    }
    // What asks the bot, decides or needs no answer is none.
    for (words, answer) in [
        ("第26项进展如何", "第26项"),
        ("省公安厅逾期几项", "省公安厅"),
        ("哪些逾期了", "逾期"),
        ("总体情况", "总体情况"),
        ("同意", "待核定"),
        ("好的，谢谢", ""),
    ] {
        talk.take();
        talk.reply_to("反馈：", COORDINATORS, ZHOU, words).await;
        let said = talk.take();
        assert!(said.contains(answer) && !said.contains("unit_instructed") && !said.contains("住建厅群"), "{said}");
    }
}

#[tokio::test]
async fn what_is_shown_anew_is_read_in_full_opened_and_replied_to() {
    let mut talk = talk().await;
    let long = format!("第5项已完成。{}。完。", "系统已经上线并通过验收，各市州全部接入".repeat(40));
    talk.attach_to("第5项", GROUP, LI, &long).await;
    let first = talk.data_of(COORDINATORS, "第5项 同意办结");
    talk.say(GROUP, LI, "/report@duban_bot 5 已完成，另附说明").await;
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    assert!(talk.shows(COORDINATORS, "第5项 佐证1件") || talk.shows(COORDINATORS, "查看附件"));
    talk.take();
    talk.press_as_sent(first, ZHOU).await;
    talk.reply_to("已有更新", COORDINATORS, ZHOU, "请补充照片").await;
    let said = talk.take();
    assert!(said.contains("［第5项 同意办结］［第5项 退回］［第5项 全文］［第5项 佐证1件］"), "{said}");
    assert!(said.contains("→ 住建厅群：批示　第5项") && said.contains("请补充照片"), "{said}");
    talk.press(COORDINATORS, ZHOU, "第5项 全文").await;
    let whole = talk.take();
    assert!(whole.contains(&long) && !whole.contains("unit_instructed"), "in one piece: {whole}");
    talk.press(COORDINATORS, ZHOU, "第5项 佐证1件").await;
    assert!(talk.take().contains("→ 督办群：〔验收报告.pdf〕"));
}

#[tokio::test]
async fn the_files_of_whatever_was_reported_are_opened() {
    let mut talk = talk().await;
    talk.attach_to("第5项", GROUP, LI, "第5项 问题：系统接口未开放，见附件").await;
    talk.press(COORDINATORS, ZHOU, "查看附件").await;
    let said = talk.take();
    assert!(said.contains("→ 督办群：〔验收报告.pdf〕") && said.contains("佐证 1 件见上。"), "{said}");
    talk.attach_to("第5项", GROUP, LI, "第5项 申请延期至9月30日，理由：设备未到，见附件").await;
    talk.press(COORDINATORS, ZHOU, "查看附件").await;
    let said = talk.take();
    assert!(said.contains("→ 督办群：〔验收报告.pdf〕") && said.contains("［第5项 同意延期］"), "{said}");
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    talk.press(COORDINATORS, ZHOU, "第5项 佐证1件").await;
    assert!(talk.take().contains("→ 督办群：〔验收报告.pdf〕"));
    talk.reply_to("反馈：", COORDINATORS, ZHOU, "请补充材料").await;
    talk.attach_to("批示", GROUP, LI, "材料见附件").await;
    talk.press(COORDINATORS, ZHOU, "查看附件").await;
    let said = talk.take();
    assert!(said.contains("→ 督办群：〔验收报告.pdf〕"), "{said}");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn an_answer_adds_to_a_claim_and_does_not_take_it_back() {
    let mut talk = talk().await;
    talk.reply(GROUP, LI, "已完成，系统已上线").await;
    talk.reply_to("反馈：", COORDINATORS, ZHOU, "请补充验收报告和照片").await;
    talk.take();
    talk.reply_to("批示", GROUP, LI, "验收报告下周报送").await;
    talk.attach_to("批示", GROUP, LI, "验收报告已补充").await;
    talk.press(COORDINATORS, ZHOU, "第5项 同意办结").await;
    talk.reply_to("批示", GROUP, LI, "尚未完成").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：验收报告下周报送
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：稍后反馈，不计为进展。［撤回］
      → 督办群：省住房城乡建设厅（李明）答复批示　第5项 压缩工程项目审批时间／验收报告下周报送［第5项 同意办结］［第5项 退回］
      ≡ report_recorded
      ≡ instruction_answered
    李明@住建厅群：验收报告已补充
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：情况已记录／附件已留存。［撤回］
      → 督办群：省住房城乡建设厅（李明）答复批示　第5项 压缩工程项目审批时间／验收报告已补充［第5项 同意办结］［第5项 退回］［查看附件］
      ≡ report_recorded
      ≡ instruction_answered
    周敏@督办群 点按［第5项 同意办结］
      （浮窗）已同意办结。
      → 督办群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：已完成，系统已上线／—— 周敏 06-03 10:00 同意办结
      → 住建厅群：第5项 压缩工程项目审批时间：督办员周敏于6月3日10:00同意办结。
      → 督办群：省住房城乡建设厅（李明）答复批示　第5项 压缩工程项目审批时间／验收报告下周报送／—— 周敏 06-03 10:00 同意办结
      → 督办群：省住房城乡建设厅（李明）答复批示　第5项 压缩工程项目审批时间／验收报告已补充／—— 周敏 06-03 10:00 同意办结：第5项 省住房城乡建设厅［查看附件］
      → 督办群：周敏 同意办结：第5项 压缩工程项目审批时间（省住房城乡建设厅）
      ≡ claim_decided
    李明@住建厅群：尚未完成
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：推进中／已办结的任务，本次仅作记录。［撤回］
      → 督办群：省住房城乡建设厅（李明）答复批示　第5项 压缩工程项目审批时间／尚未完成
      ≡ report_recorded
      ≡ instruction_answered
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn plain_words_take_a_claim_back() {
    let mut talk = talk().await;
    talk.reply(GROUP, LI, "已完成，系统已上线").await;
    talk.reply_to("反馈：", COORDINATORS, ZHOU, "请核实是否全部完成").await;
    talk.take();
    talk.reply_to("批示", GROUP, LI, "还差两个市州，仍在推进").await;
    let said = talk.take();
    assert!(said.contains("推进中") && said.contains("已改报"), "{said}");
}
