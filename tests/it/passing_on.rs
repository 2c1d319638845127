//! What a unit says is another's goes there, back to it, or nowhere; and what was signed off stays so, whoever takes over.

use chrono::TimeDelta;

use duban::importing::Amendments;
use duban::importing::rows::plans::{Document, import_document};
use duban::plan;
use duban::store::Store;

use crate::office::at;
use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

const POLICE: i64 = -1003;
const CHEN: i64 = 21;

async fn talk() -> Talk {
    let mut talk = Talk::with_unit().await;
    talk.rename(POLICE, "公安厅群");
    talk.rename(CHEN, "陈静");
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.bind(POLICE, CHEN, "省公安厅").await;
    talk
}

const PARTS: &str = "select task.number || ' ' || unit.name || ' ' || role || ' ' || status || ' ' || ifnull(percent, '-') \
    || iif(duty.ended_at is null, '', ' ended') from duty join task on task.id = duty.task_id \
    join unit on unit.id = duty.unit_id where task.number in ('26', '5') \
    and unit.name in ('省住房城乡建设厅', '省公安厅', '省自然资源厅', '省住建委') order by task.id, unit.id";

#[tokio::test]
async fn a_part_goes_to_another_unit_with_its_history() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 26 40% 已完成系统改造").await;
    talk.say(GROUP, LI, "/report@duban_bot 26 这项与我厅无关，请转省公安厅办理").await;
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    talk.press(COORDINATORS, ZHOU, "第26项 转给…").await;
    talk.reply(COORDINATORS, ZHOU, "省直各部门").await;
    talk.reply_to("转给哪个单位", COORDINATORS, ZHOU, "省航天厅").await;
    talk.press(COORDINATORS, ZHOU, "省公安厅").await;
    talk.press_first(COORDINATORS, ZHOU, "第26项 退回该单位").await;
    talk.reply_to("【转办】", POLICE, CHEN, "进度50%").await;
    talk.say(GROUP, LI, "/report@duban_bot 26 60%").await;
    talk.say(COORDINATORS, ZHOU, "/history@duban_bot 26").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/report@duban_bot 26 40% 已完成系统改造
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第26项 压缩产权登记办理时间：推进中40%［撤回］
      ≡ contact_registered
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 26 这项与我厅无关，请转省公安厅办理
      → 住建厅群：已登记 第26项 压缩产权登记办理时间：不属本单位职责，已转告督办员，答复前仍由本单位负责。［撤回］
      → 督办群：省住房城乡建设厅（李明）表示第26项 压缩产权登记办理时间不属其职责。／原话：26 这项与我厅无关，请转省公安厅办理［第26项 转给…］［第26项 退回该单位］［第26项 取消］
      ≡ report_recorded
    周敏@督办群：/pending@duban_bot
      → 督办群：待核定：转办退回 1 项（截至2019年6月3日（周一）10:00）／第26项 压缩产权登记办理时间｜省住房城乡建设厅表示不属其职责（6月3日）：26 这项与我厅无关，请转省公安厅办理［第26项 转给…］［第26项 退回该单位］［第26项 取消］
    周敏@督办群 点按［第26项 转给…］
      → 督办群：第26项 压缩产权登记办理时间（省住房城乡建设厅）转给哪个单位？请点选，或回复本条写明单位。［省公安厅］
    周敏@督办群：省直各部门
      → 督办群：“省直各部门”是多个单位的统称，请写明一个单位。未作更改。
    周敏@督办群：省航天厅
      → 督办群：名册上没有这个单位，未作更改。请回复名册上的名称或简称。
    周敏@督办群 点按［省公安厅］
      （浮窗）已转办。
      → 督办群：省住房城乡建设厅（李明）表示第26项 压缩产权登记办理时间不属其职责。／原话：26 这项与我厅无关，请转省公安厅办理／—— 周敏 06-03 10:00 转给省公安厅
      → 住建厅群：第26项 压缩产权登记办理时间：督办员周敏已将其转给省公安厅，今后不再由贵单位反馈。
      → 公安厅群：【转办】督办员周敏将第26项 压缩产权登记办理时间转由贵单位牵头（原由省住房城乡建设厅承担）。时限6月30日、12月31日、2024年1月9日。目前推进中。最近反馈：26 40% 已完成系统改造。请“回复”本条反馈进展。
      → 督办群：待核定：转办退回 1 项（截至2019年6月3日（周一）10:00）／第26项 压缩产权登记办理时间｜省住房城乡建设厅表示不属其职责（6月3日）：26 这项与我厅无关，请转省公安厅办理／—— 周敏 06-03 10:00 转给省公安厅
      → 督办群：第26项 压缩产权登记办理时间（省住房城乡建设厅）转给哪个单位？请点选，或回复本条写明单位。／—— 周敏 06-03 10:00 转给省公安厅
      → 督办群：已转办：第26项 压缩产权登记办理时间，由省住房城乡建设厅转给省公安厅，此前的反馈和时限随同转去，双方均已告知。
      ≡ duty_moved
    周敏@督办群 点按［第26项 退回该单位］
      （浮窗）情况已有变化，此按钮不再有效。
    陈静@公安厅群：进度50%
      → 公安厅群：陈静 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第26项 压缩产权登记办理时间：推进中50%［撤回］
      ≡ contact_registered
      ≡ report_recorded
    李明@住建厅群：/report@duban_bot 26 60%
      → 住建厅群：第26项不在省住房城乡建设厅的任务之列，未登记。发送 /tasks 查看。
    周敏@督办群：/history@duban_bot 26
      → 督办群：第26项 历次反馈（3 条）／2019年6月3日（周一）10:00 第26项 省公安厅（李明）［推进中40%］26 40% 已完成系统改造／2019年6月3日（周一）10:00 第26项 省公安厅（李明）［不属本单位职责］26 这项与我厅无关，请转省公安厅办理／2019年6月3日（周一）10:00 第26项 省公安厅（陈静）［推进中50%］进度50%
    ");
    insta::assert_snapshot!(talk.rows(PARTS).await.join("\n"), @"
    5 省公安厅 responsible not_started -
    5 省自然资源厅 responsible not_started -
    5 省住房城乡建设厅 lead not_started -
    26 省公安厅 lead in_progress 50
    26 省自然资源厅 lead not_started -
    ");
    // Neither a member that comes and goes nor the same document gives it back.
    talk.office.ask(&["unit", "members", "各市州人民政府", "省住房城乡建设厅"]);
    let added = talk.rows(PARTS).await.join("\n");
    assert!(!added.contains("26 省住房城乡建设厅 responsible"), "{added}");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn a_unit_keeps_its_part_or_it_is_left_at_that() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 26 不属我厅职责").await;
    talk.press(COORDINATORS, ZHOU, "第26项 退回该单位").await;
    talk.reply(COORDINATORS, ZHOU, "三定规定明确由贵厅牵头").await;
    talk.say(GROUP, LI, "/report@duban_bot 5 不归我们管").await;
    talk.press(GROUP, LI, "撤回").await;
    talk.press_first(COORDINATORS, ZHOU, "第5项 取消").await;
    talk.say(GROUP, LI, "/report@duban_bot 5 不归我们管").await;
    talk.press(COORDINATORS, ZHOU, "第5项 取消").await;
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/report@duban_bot 26 不属我厅职责
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第26项 压缩产权登记办理时间：不属本单位职责，已转告督办员，答复前仍由本单位负责。［撤回］
      → 督办群：省住房城乡建设厅（李明）表示第26项 压缩产权登记办理时间不属其职责。／原话：26 不属我厅职责［第26项 转给…］［第26项 退回该单位］［第26项 取消］
      ≡ contact_registered
      ≡ report_recorded
    周敏@督办群 点按［第26项 退回该单位］
      （浮窗）已退回该单位。
      → 督办群：省住房城乡建设厅（李明）表示第26项 压缩产权登记办理时间不属其职责。／原话：26 不属我厅职责／—— 周敏 06-03 10:00 退回该单位
      → 住建厅群：第26项 压缩产权登记办理时间：督办员周敏答复，仍由贵单位承担，请继续推进并反馈。
      → 督办群：已退回省住房城乡建设厅：第26项 压缩产权登记办理时间仍由其承担。如需说明理由，请回复本条，将转告该单位。
      ≡ transfer_decided
    周敏@督办群：三定规定明确由贵厅牵头
      → 督办群：补充内容已转告省住房城乡建设厅。如需补充，请回复本条，将一并转告。
      → 住建厅群：第26项 压缩产权登记办理时间：督办员周敏补充：三定规定明确由贵厅牵头
      ≡ words_passed_on
    李明@住建厅群：/report@duban_bot 5 不归我们管
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：不属本单位职责，已转告督办员，答复前仍由本单位负责。［撤回］
      → 督办群：省住房城乡建设厅（李明）表示第5项 压缩工程项目审批时间不属其职责。／原话：5 不归我们管［第5项 转给…］［第5项 退回该单位］［第5项 取消］
      ≡ report_recorded
    李明@住建厅群 点按［撤回］
      → 督办群：省住房城乡建设厅（李明）表示第5项 压缩工程项目审批时间不属其职责。／原话：5 不归我们管／—— 李明 06-03 10:00 已撤回
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：不属本单位职责，已转告督办员，答复前仍由本单位负责。／—— 李明 06-03 10:00 已撤回
      → 住建厅群：已撤回第5项的这次反馈，现为未启动。
      → 督办群：省住房城乡建设厅（李明）已撤回第5项 压缩工程项目审批时间不属其职责的说法。
      ≡ report_withdrawn
    周敏@督办群 点按［第5项 取消］
      （浮窗）情况已有变化，此按钮不再有效。
    李明@住建厅群：/report@duban_bot 5 不归我们管
      → 住建厅群：已登记 第5项 压缩工程项目审批时间：不属本单位职责，已转告督办员，答复前仍由本单位负责。［撤回］
      → 督办群：省住房城乡建设厅（李明）表示第5项 压缩工程项目审批时间不属其职责。／原话：5 不归我们管［第5项 转给…］［第5项 退回该单位］［第5项 取消］
      ≡ report_recorded
    周敏@督办群 点按［第5项 取消］
      （浮窗）已取消，不作处理。
      → 督办群：省住房城乡建设厅（李明）表示第5项 压缩工程项目审批时间不属其职责。／原话：5 不归我们管／—— 周敏 06-03 10:00 取消
      ≡ transfer_decided
    周敏@督办群：/pending@duban_bot
      → 督办群：没有待核定的办结、延期和中止申请。（截至2019年6月3日（周一）10:00）
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn who_has_a_part_already_keeps_one() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 26 请转省自然资源厅办理").await;
    talk.press(COORDINATORS, ZHOU, "第26项 转给…").await;
    talk.reply(COORDINATORS, ZHOU, "自然资源厅").await;
    insta::assert_snapshot!(talk.rows(PARTS).await.join("\n"), @"
    5 省公安厅 responsible not_started -
    5 省自然资源厅 responsible not_started -
    5 省住房城乡建设厅 lead not_started -
    26 省自然资源厅 lead not_started -
    26 省住房城乡建设厅 lead not_started - ended
    ");
    talk.office.ask(&["verify"]);
}

/// The demo's plan in other words.
fn reissued(talk: &Talk, from: &str, to: &str) -> String {
    let plan = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/demo-plan.txt")).expect("the plan");
    assert!(plan.contains(from), "{from}");
    let again = talk.office.path("plan.txt");
    std::fs::write(&again, plan.replace(from, to)).expect("written");
    again.to_str().expect("UTF-8").to_owned()
}

const HELD: &str = "select unit.name || ' ' || role || ' ' || status || ' ' || ifnull(percent, '-') \
    || iif(duty.ended_at is null, '', ' ended') from duty join task on task.id = duty.task_id \
    join unit on unit.id = duty.unit_id where task.number = '26' and role = 'lead' order by unit.id";

#[tokio::test]
async fn a_part_that_was_passed_on_stays_so_where_the_plan_is_issued_again() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 26 40% 已完成系统改造").await;
    talk.say(GROUP, LI, "/report@duban_bot 26 这项与我厅无关，请转省公安厅办理").await;
    talk.press(COORDINATORS, ZHOU, "第26项 转给…").await;
    talk.press(COORDINATORS, ZHOU, "省公安厅").await;
    talk.reply_to("【转办】", POLICE, CHEN, "进度50%").await;
    let again = reissued(&talk, "登记用时减少三分之二以上", "登记用时减少一半以上");
    let told = talk.office.ask(&["plan", "import", &again]);
    insta::assert_snapshot!(told.split_once("已导入：").expect("imported").1.trim(), @"
    第26项 文字有修改
    第26项省住房城乡建设厅承担的部分已由督办员转给省公安厅，仍按此
    “省直相关部门”在名册上没有成员，暂不产生责任；请用 duban unit members 省直相关部门 单位… 指明
    ");
    insta::assert_snapshot!(talk.rows(HELD).await.join("\n"), @"
    省公安厅 lead in_progress 50
    省自然资源厅 lead not_started -
    ");
    // Both units are reorganised, and the plan names the new ones.
    for (old, new) in [("省住房城乡建设厅", "省住建委"), ("省公安厅", "省公安局")] {
        talk.office.ask(&["unit", "add", new]);
        talk.office.ask(&["unit", "succeed", old, new]);
    }
    let again = reissued(&talk, "省自然资源厅、省住房城乡建设厅牵头", "省自然资源厅、省住建委牵头");
    talk.office.ask(&["plan", "import", &again]);
    insta::assert_snapshot!(talk.rows(HELD).await.join("\n"), @"
    省自然资源厅 lead not_started -
    省公安局 lead in_progress 50
    ");
    talk.take();
    talk.say(COORDINATORS, ZHOU, "/history@duban_bot 26").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/history@duban_bot 26
      → 督办群：第26项 历次反馈（3 条）／2019年6月3日（周一）10:00 第26项 省公安局（李明）［推进中40%］26 40% 已完成系统改造／2019年6月3日（周一）10:00 第26项 省公安局（李明）［不属本单位职责］26 这项与我厅无关，请转省公安厅办理／2019年6月3日（周一）10:00 第26项 省公安局（陈静）［推进中50%］进度50%
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn the_document_counts_where_a_coordinator_says_so() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/report@duban_bot 26 40%").await;
    talk.say(GROUP, LI, "/report@duban_bot 26 这项与我厅无关，请转省公安厅办理").await;
    talk.press(COORDINATORS, ZHOU, "第26项 转给…").await;
    talk.press(COORDINATORS, ZHOU, "省公安厅").await;
    let again = reissued(&talk, "登记用时减少三分之二以上", "登记用时减少一半以上");
    let bytes = std::fs::read(&again).expect("read");
    let draft = plan::read("plan.txt", &bytes).expect("a plan");
    let store = Store::open(&talk.office.database()).await.expect("opened");
    let mut tx = store.begin(at("06-04 10:00:00").to_utc()).await.expect("begun");
    let document =
        Document { draft: &draft, digest: &[1; 32], source: "plan.txt", code: None, amendments: Amendments::Ended };
    import_document(&mut tx, document).await.expect("imported");
    tx.commit().await.expect("committed");
    store.close().await;
    insta::assert_snapshot!(talk.rows(HELD).await.join("\n"), @"
    省公安厅 lead in_progress 40 ended
    省自然资源厅 lead not_started -
    省住房城乡建设厅 lead not_started -
    ");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn what_was_signed_off_is_not_woken_by_a_reorganisation() {
    let mut talk = talk().await;
    talk.say(GROUP, LI, "/done@duban_bot 5 已验收").await;
    talk.press(COORDINATORS, ZHOU, "第5项 同意办结").await;
    talk.office.ask(&["unit", "add", "省住建委"]);
    talk.office.ask(&["unit", "succeed", "省住房城乡建设厅", "省住建委"]);
    talk.office.ask(&["unit", "members", "省直各部门", "省住建委"]);
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/demo-plan.txt");
    let again = talk.office.path("plan.txt");
    let text = std::fs::read_to_string(plan).expect("the plan");
    std::fs::write(&again, text.replace("企业投资项目推行承诺制", "企业投资项目全面推行承诺制")).expect("written");
    talk.office.ask(&["plan", "import", again.to_str().expect("UTF-8")]);
    talk.office.ask(&["unit", "members", "--remove", "省直各部门", "省住建委"]);
    talk.office.ask(&["unit", "members", "省直各部门", "省住建委"]);
    insta::assert_snapshot!(talk.rows(PARTS).await.join("\n"), @"
    5 省公安厅 responsible not_started -
    5 省自然资源厅 responsible not_started -
    5 省住房城乡建设厅 lead done 100
    26 省自然资源厅 lead not_started -
    26 省住建委 lead not_started -
    ");
    talk.go_on(TimeDelta::days(30) - TimeDelta::hours(1));
    talk.take();
    talk.say(COORDINATORS, ZHOU, "/task@duban_bot 5").await;
    let said = talk.take();
    assert!(!said.contains("省住建委：未启动") && said.contains("省住房城乡建设厅：已办结"), "{said}");
    talk.office.ask(&["verify"]);
}
