//! Many claims at once: a page of what waits is agreed to, as far as somebody has looked at it.

use chrono::TimeDelta;
use serde_json::json;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

const WANG: i64 = 92;

async fn talk() -> Talk {
    let mut talk = Talk::with_unit().await;
    talk.rename(WANG, "王芳");
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.bind(WANG, WANG, "--coordinator").await;
    talk
}

fn report(name: &str) -> serde_json::Value {
    json!({"document": {"file_id": name, "file_name": "验收报告.pdf"}})
}

#[tokio::test]
async fn a_page_is_agreed_to_once_its_evidence_was_opened() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/done@duban_bot 8 已落实").await;
    talk.message(GROUP, LI, "/done@duban_bot 20 已全部兑现", report("file-20")).await;
    talk.message(GROUP, LI, "/done@duban_bot 5 已验收", report("file-5")).await;
    talk.message(GROUP, LI, "/done@duban_bot 7 已清理完毕", report("file-7")).await;
    talk.take();
    talk.go_on(TimeDelta::days(1));
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    let open = talk.label(COORDINATORS, "第5项 佐证1件");
    talk.press(COORDINATORS, ZHOU, &open).await;
    talk.take();
    let open = talk.label(COORDINATORS, "第20项 佐证1件");
    talk.press(COORDINATORS, ZHOU, &open).await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群 点按［4. 第20项 佐证1件］
      （浮窗）佐证已发送。
      → 督办群：〔验收报告.pdf〕
      → 督办群：待核定：提请办结 4 项（截至2019年6月4日（周二）10:00）／1. 第5项 压缩工程项目审批时间｜省住房城乡建设厅提请办结（6月3日，已等1天）：5 已验收／2. 第7项 压减生产许可和准入证｜省住房城乡建设厅提请办结（6月3日，已等1天）：7 已清理完毕／3. 第8项 落实市场准入负面清单｜省住房城乡建设厅提请办结（6月3日，已等1天）：8 已落实／4. 第20项 政府带头守信践诺｜省住房城乡建设厅提请办结（6月3日，已等1天）：20 已全部兑现［1. 第5项 同意办结］［1. 第5项 退回］［1. 第5项 佐证1件］［2. 第7项 同意办结］［2. 第7项 退回］［2. 第7项 佐证1件］［3. 第8项 同意办结］［3. 第8项 退回］［4. 第20项 同意办结］［4. 第20项 退回］［4. 第20项 佐证1件］［同意本页 2 件］
      → 督办群：第20项 政府带头守信践诺｜省住房城乡建设厅提请办结（6月3日，已等1天）：20 已全部兑现／佐证 1 件见上。［第20项 同意办结］［第20项 退回］
      ≡ evidence_opened
    ");
    // Another one has not looked at it.
    let label = talk.label(COORDINATORS, "2 件");
    assert_eq!(label, "同意本页 2 件");
    talk.press(COORDINATORS, WANG, "同意本页 2 件").await;
    insta::assert_snapshot!(talk.take(), @"
    王芳@督办群 点按［同意本页 2 件］
      （浮窗）本页内容已有变化，请按更新后的页面核定。
      → 督办群：待核定：提请办结 4 项（截至2019年6月4日（周二）10:00）／1. 第5项 压缩工程项目审批时间｜省住房城乡建设厅提请办结（6月3日，已等1天）：5 已验收／2. 第7项 压减生产许可和准入证｜省住房城乡建设厅提请办结（6月3日，已等1天）：7 已清理完毕／3. 第8项 落实市场准入负面清单｜省住房城乡建设厅提请办结（6月3日，已等1天）：8 已落实／4. 第20项 政府带头守信践诺｜省住房城乡建设厅提请办结（6月3日，已等1天）：20 已全部兑现［1. 第5项 同意办结］［1. 第5项 退回］［1. 第5项 佐证1件］［2. 第7项 同意办结］［2. 第7项 退回］［2. 第7项 佐证1件］［3. 第8项 同意办结］［3. 第8项 退回］［4. 第20项 同意办结］［4. 第20项 退回］［4. 第20项 佐证1件］
    ");
    // Nobody agrees to what was said since.
    let open = talk.label(COORDINATORS, "第7项 佐证1件");
    talk.press(COORDINATORS, ZHOU, &open).await;
    talk.edit_what_said("/done@duban_bot 7 已清理完毕", "/done@duban_bot 7 已清理大部分，余下年底前完成").await;
    talk.take();
    talk.press(COORDINATORS, ZHOU, "同意本页 3 件").await;
    talk.press(COORDINATORS, ZHOU, "同意本页 2 件").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群 点按［同意本页 3 件］
      （浮窗）本页内容已有变化，请按更新后的页面核定。
      → 督办群：待核定：提请办结 3 项（截至2019年6月4日（周二）10:00）／1. 第5项 压缩工程项目审批时间｜省住房城乡建设厅提请办结（6月3日，已等1天）：5 已验收／2. 第8项 落实市场准入负面清单｜省住房城乡建设厅提请办结（6月3日，已等1天）：8 已落实／3. 第20项 政府带头守信践诺｜省住房城乡建设厅提请办结（6月3日，已等1天）：20 已全部兑现［1. 第5项 同意办结］［1. 第5项 退回］［1. 第5项 佐证1件］［2. 第8项 同意办结］［2. 第8项 退回］［3. 第20项 同意办结］［3. 第20项 退回］［3. 第20项 佐证1件］［同意本页 2 件］
    周敏@督办群 点按［同意本页 2 件］
      （浮窗）已同意本页。
      → 督办群：待核定：提请办结 3 项（截至2019年6月4日（周二）10:00）／1. 第5项 压缩工程项目审批时间｜省住房城乡建设厅提请办结（6月3日，已等1天）：5 已验收／2. 第8项 落实市场准入负面清单｜省住房城乡建设厅提请办结（6月3日，已等1天）：8 已落实／3. 第20项 政府带头守信践诺｜省住房城乡建设厅提请办结（6月3日，已等1天）：20 已全部兑现／—— 周敏 06-04 10:00 同意本页 2 件／—— 周敏 06-04 10:00 同意办结：第5项 省住房城乡建设厅／—— 周敏 06-04 10:00 同意办结：第20项 省住房城乡建设厅［1. 第5项 佐证1件］［2. 第8项 同意办结］［2. 第8项 退回］［3. 第20项 佐证1件］
      → 住建厅群：第5项 压缩工程项目审批时间：督办员周敏于6月4日10:00同意办结。
      → 督办群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已验收／—— 周敏 06-04 10:00 同意办结：第5项 省住房城乡建设厅［查看附件］
      → 住建厅群：第20项 政府带头守信践诺：督办员周敏于6月4日10:00同意办结。
      → 督办群：第5项 压缩工程项目审批时间｜省住房城乡建设厅提请办结（6月3日，已等1天）：5 已验收／佐证 1 件见上。／—— 周敏 06-04 10:00 同意办结
      → 督办群：省住房城乡建设厅（李明）反馈：／第20项 政府带头守信践诺：提请办结／原话：20 已全部兑现／—— 周敏 06-04 10:00 同意办结：第20项 省住房城乡建设厅［查看附件］
      → 督办群：第20项 政府带头守信践诺｜省住房城乡建设厅提请办结（6月3日，已等1天）：20 已全部兑现／佐证 1 件见上。／—— 周敏 06-04 10:00 同意办结
      → 督办群：周敏 同意本页 2 件：第5项 压缩工程项目审批时间（省住房城乡建设厅）；第20项 政府带头守信践诺（省住房城乡建设厅）
      ≡ claim_decided
      ≡ claim_decided
    ");
    assert_eq!(
        talk.rows(
            "select number || ' ' || status from duty join task on task.id = task_id where status <> 'not_started'"
        )
        .await,
        ["5 done", "7 in_progress", "8 claimed_done", "20 done"]
    );
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn who_has_the_area_is_asked_first_and_all_may_answer() {
    let mut talk = talk().await;
    talk.say(COORDINATORS, ZHOU, "/area@duban_bot").await;
    talk.say(COORDINATORS, ZHOU, "/area@duban_bot 王芳 住建厅、放管服").await;
    talk.say(COORDINATORS, ZHOU, "/area@duban_bot 赵云 住建厅").await;
    talk.say(COORDINATORS, ZHOU, "/area@duban_bot 王芳 省航天厅").await;
    talk.say(GROUP, LI, "/area@duban_bot 王芳 住建厅").await;
    talk.say(GROUP, LI, "/done@duban_bot 5 已验收").await;
    talk.press(COORDINATORS, ZHOU, "第5项 同意办结").await;
    talk.say(COORDINATORS, ZHOU, "/area@duban_bot").await;
    talk.say(COORDINATORS, ZHOU, "/area@duban_bot 王芳 取消").await;
    talk.say(GROUP, LI, "/done@duban_bot 7 已清理").await;
    insta::assert_snapshot!(talk.take(), @r#"
    周敏@督办群：/area@duban_bot
      → 督办群：尚未分工，所有事项由全体督办员办理。例如：/area 周敏 省公安厅、省财政厅
    周敏@督办群：/area@duban_bot 王芳 住建厅、放管服
      → 督办群：已分工：省住房城乡建设厅、湖南省深化“放管服”改革转变政府职能重点任务分工方案的有关事项先请王芳办理，其他督办员也可办理。
      ≡ area_given
      ≡ area_given
    周敏@督办群：/area@duban_bot 赵云 住建厅
      → 督办群：没有名为“赵云”的督办员，或不止一人，未作更改。现有：周敏、王芳。
    周敏@督办群：/area@duban_bot 王芳 省航天厅
      → 督办群：名册和方案中没有，或不能确定：省航天厅。未作更改，请写明单位名称或方案名称。
    李明@住建厅群：/area@duban_bot 王芳 住建厅
      → 住建厅群：仅督办员可以操作。
    李明@住建厅群：/done@duban_bot 5 已验收
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 督办群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已验收／请 <a href="tg://user?id=92">@王芳</a> 先行办理。［第5项 同意办结］［第5项 退回］
      ≡ contact_registered
      ≡ report_recorded
    周敏@督办群 点按［第5项 同意办结］
      （浮窗）已同意办结。
      → 督办群：省住房城乡建设厅（李明）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：5 已验收／请 <a href="tg://user?id=92">@王芳</a> 先行办理。／—— 周敏 06-03 10:00 同意办结
      → 住建厅群：第5项 压缩工程项目审批时间：督办员周敏于6月3日10:00同意办结。
      → 督办群：周敏 同意办结：第5项 压缩工程项目审批时间（省住房城乡建设厅）
      ≡ claim_decided
    周敏@督办群：/area@duban_bot
      → 督办群：督办员分工（有关事项先请其办理，其他督办员也可办理）：／· 王芳：省住房城乡建设厅、湖南省深化“放管服”改革转变政府职能重点任务分工方案
    周敏@督办群：/area@duban_bot 王芳 取消
      → 督办群：已取消王芳的分工。
      ≡ areas_ended
    李明@住建厅群：/done@duban_bot 7 已清理
      → 住建厅群：已登记 第7项 压减生产许可和准入证：提请办结／办结由督办员核定。［撤回］
      → 督办群：省住房城乡建设厅（李明）反馈：／第7项 压减生产许可和准入证：提请办结／原话：7 已清理［第7项 同意办结］［第7项 退回］
      ≡ report_recorded
    "#);
    talk.office.ask(&["verify"]);
}
