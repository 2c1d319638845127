//! 交办: items without a document, and tasks that coordinators amend and end by word. Units hear of it in a digest.

use chrono::TimeDelta;
use serde_json::Value;

use crate::milestones::{OFFICE, office_of};
use crate::office::Office;
use crate::talk::{COORDINATORS, LI, Talk, ZHOU};

/// A Friday at ten in the morning: the digest of the day has been said.
const FRIDAY: &str = "06-14 10:00:00";

/// The next working day at nine.
async fn next_morning(talk: &mut Talk) {
    talk.go_on(TimeDelta::hours(71));
    talk.tick().await;
}

/// What `preview` has of a task: day, unit, reason and date.
fn rehearsed(talk: &Talk, task: &str) -> String {
    let planned = talk.office.ask_json(&["preview", "--from", "2019-06-15", "--to", "2019-07-05", "--json"]);
    let messages = planned.as_array().expect("a list").iter();
    let lines = messages.flat_map(|message| {
        let items = message["items"].as_array().expect("items").iter().filter(|item| item["task"] == task);
        items.map(move |item| {
            let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
            let at = word(&message["at"])[5..10].to_owned();
            format!("{at} {} {} {}", word(&message["unit"]), word(&item["reason"]), word(&item["due"]))
        })
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_is_assigned_told_reported_on_and_signed_off() {
    let mut talk = office_of("省公安厅", FRIDAY).await;
    talk.say(OFFICE, LI, "/assign@duban_bot 省财政厅 6月30日前 报送自查情况").await;
    talk.say(COORDINATORS, ZHOU, "/assign@duban_bot 公安厅、省财政厅 6月30日前 报送自查情况").await;
    talk.press(COORDINATORS, ZHOU, "确认").await;
    talk.press_first(COORDINATORS, ZHOU, "确认").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：/assign@duban_bot 省财政厅 6月30日前 报送自查情况
      → 本单位群：仅督办员可以交办、调整和撤销任务，请在督办员群或私聊中发送。
    周敏@督办群：/assign@duban_bot 公安厅、省财政厅 6月30日前 报送自查情况
      → 督办群：拟交办／单位：2 个（省公安厅、省财政厅）／期限：6月30日／事项：报送自查情况／尚未绑定群，绑定后送达：省财政厅。／点按“确认”后立项，随当日或下一次提醒送达各单位。［确认］
    周敏@督办群 点按［确认］
      （浮窗）已交办。
      → 督办群：已交办第34项：报送自查情况（6月30日前）。随当日或下一次提醒送达各单位；急需的请再发送 /remind 34。
      ≡ task_assigned
    周敏@督办群 点按［确认］
      （浮窗）情况已有变化，此按钮不再有效。
    ");
    insta::assert_snapshot!(rehearsed(&talk, "34"), @"
    06-17 省公安厅 assigned 2019-06-30
    06-17 省财政厅 assigned 2019-06-30
    06-21 省公安厅 due_soon 2019-06-30
    06-21 省财政厅 due_soon 2019-06-30
    06-27 省公安厅 due_soon 2019-06-30
    06-27 省财政厅 due_soon 2019-06-30
    06-28 省公安厅 due_soon 2019-06-30
    06-28 省财政厅 due_soon 2019-06-30
    07-01 省公安厅 overdue 2019-06-30
    07-01 省财政厅 overdue 2019-06-30
    07-03 省公安厅 overdue 2019-06-30
    07-03 省财政厅 overdue 2019-06-30
    07-03 督办员 escalation 2019-06-30
    ");
    next_morning(&mut talk).await;
    insta::assert_snapshot!(talk.take(), @"
    〔6月17日09:00〕
      → 本单位群：【工作提醒】省公安厅　6月17日（周一）／新交办：／第34项 报送自查情况：6月30日，还有13天／请回复本条写明进展，有困难请一并说明。［无变化］［推进中］［有困难］［已完成］
    ");
    // Once: the next digest names it as any other task.
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    talk.say(OFFICE, LI, "/report@duban_bot 34 60% 已自查三个处室").await;
    talk.say(OFFICE, LI, "/done@duban_bot 34 报告已报送").await;
    talk.press(COORDINATORS, ZHOU, "第34项 同意办结").await;
    insta::assert_snapshot!(talk.take(), @"
    〔6月18日09:00〕
    李明@本单位群：/report@duban_bot 34 60% 已自查三个处室
      → 本单位群：李明 已成为省公安厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第34项 报送自查情况：推进中60%［撤回］
      ≡ contact_registered
      ≡ report_recorded
    李明@本单位群：/done@duban_bot 34 报告已报送
      → 本单位群：已登记 第34项 报送自查情况：提请办结／办结由督办员核定。［撤回］
      → 督办群：省公安厅（李明）反馈：／第34项 报送自查情况：提请办结／原话：34 报告已报送［第34项 同意办结］［第34项 退回］
      ≡ report_recorded
    周敏@督办群 点按［第34项 同意办结］
      （浮窗）已同意办结。
      → 督办群：省公安厅（李明）反馈：／第34项 报送自查情况：提请办结／原话：34 报告已报送／—— 周敏 06-18 09:00 同意办结
      → 本单位群：第34项 报送自查情况：督办员周敏于6月18日09:00同意办结。
      → 督办群：周敏 同意办结：第34项 报送自查情况（省公安厅）
      ≡ claim_decided
    ");
    assert_eq!(talk.stands("34", "省公安厅"), "done；2019-06-30 done 2019-06-18");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_assigns_nothing_says_why() {
    let mut talk = office_of("省公安厅", FRIDAY).await;
    for words in [
        "/assign@duban_bot",
        "/assign@duban_bot 省公安庁 6月30日前 报送自查情况",
        "/assign@duban_bot 省外事厅 6月30日前 报送自查情况",
        "/assign@duban_bot 省公安厅 报送自查情况",
        "/assign@duban_bot 省公安厅 2019年6月1日前 报送自查情况",
        "/assign@duban_bot 省公安厅 6月31日前 报送自查情况",
        "/assign@duban_bot 6月30日前 报送自查情况",
        "/assign@duban_bot 有关部门 6月30日前 报送自查情况",
    ] {
        talk.say(COORDINATORS, ZHOU, words).await;
    }
    talk.say(ZHOU, ZHOU, "交办事项进展如何").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/assign@duban_bot
      → 督办群：用法：/assign 省公安厅、省财政厅 9月30日前 报送自查情况（单位用顿号分开，也可写 全部）
    周敏@督办群：/assign@duban_bot 省公安庁 6月30日前 报送自查情况
      → 督办群：名册上没有：省公安庁，未作交办。“省公安庁”是不是：省公安厅？请写名册上的名称或简称后重发；新单位请先由运行人员登记。
    周敏@督办群：/assign@duban_bot 省外事厅 6月30日前 报送自查情况
      → 督办群：名册上没有：省外事厅，未作交办。请写名册上的名称或简称后重发；新单位请先由运行人员登记。
    周敏@督办群：/assign@duban_bot 省公安厅 报送自查情况
      → 督办群：没有读出期限，未作更改。请改好后重发，例如 /assign 省公安厅、省财政厅 9月30日前 报送自查情况（单位用顿号分开，也可写 全部）。
    周敏@督办群：/assign@duban_bot 省公安厅 2019年6月1日前 报送自查情况
      → 督办群：6月1日已过，未作更改。请改好后重发，例如 /assign 省公安厅、省财政厅 9月30日前 报送自查情况（单位用顿号分开，也可写 全部）。
    周敏@督办群：/assign@duban_bot 省公安厅 6月31日前 报送自查情况
      → 督办群：没有这一天，未作更改。请改好后重发，例如 /assign 省公安厅、省财政厅 9月30日前 报送自查情况（单位用顿号分开，也可写 全部）。
    周敏@督办群：/assign@duban_bot 6月30日前 报送自查情况
      → 督办群：没有读出交给哪些单位，未作更改。请改好后重发，例如 /assign 省公安厅、省财政厅 9月30日前 报送自查情况（单位用顿号分开，也可写 全部）。
    周敏@督办群：/assign@duban_bot 有关部门 6月30日前 报送自查情况
      → 督办群：名册上没有：有关部门，未作交办。请写名册上的名称或简称后重发；新单位请先由运行人员登记。
    周敏@周敏：交办事项进展如何
      → 周敏：没有“交办”承担的任务，请核对单位名称。（截至2019年6月14日（周五）10:00）
    ");
    assert_eq!(talk.rows("select cast(count(*) as text) from plan").await, ["1"]);
    talk.say(ZHOU, ZHOU, "交办：各市州 年底前 报送总结").await;
    talk.press(ZHOU, ZHOU, "确认").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@周敏：交办：各市州 年底前 报送总结
      → 周敏：拟交办／单位：14 个（长沙市人民政府、株洲市人民政府、湘潭市人民政府、衡阳市人民政府、邵阳市人民政府、岳阳市人民政府、常德市人民政府、张家界市人民政府等14个单位，其中各市州人民政府按名册成员）／期限：12月31日／事项：报送总结／尚未绑定群，绑定后送达：长沙市人民政府、株洲市人民政府、湘潭市人民政府、衡阳市人民政府、邵阳市人民政府、岳阳市人民政府、常德市人民政府、张家界市人民政府等14个单位。／点按“确认”后立项，随当日或下一次提醒送达各单位。［确认］
    周敏@周敏 点按［确认］
      （浮窗）已交办。
      → 周敏：已交办第34项：报送总结（12月31日前）。随当日或下一次提醒送达各单位；急需的请再发送 /remind 34。
      ≡ task_assigned
    ");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_amended_and_ended() {
    let mut talk = office_of("省公安厅", FRIDAY).await;
    talk.say(COORDINATORS, ZHOU, "/amend@duban_bot 5 时限 7月15日 等待上级文件").await;
    talk.say(COORDINATORS, ZHOU, "/amend@duban_bot 5 时限 7月20日").await;
    talk.say(COORDINATORS, ZHOU, "/amend@duban_bot 28 时限 7月20日").await;
    talk.say(COORDINATORS, ZHOU, "/amend@duban_bot 28 时限 8月31日改为9月10日").await;
    talk.say(COORDINATORS, ZHOU, "/amend@duban_bot 28 时限 9月10日改为2020年12月31日").await;
    talk.say(COORDINATORS, ZHOU, "/amend@duban_bot 5 时限 2019-06-01").await;
    talk.say(COORDINATORS, ZHOU, "/amend@duban_bot 99 时限 7月20日").await;
    talk.say(COORDINATORS, ZHOU, "/drop@duban_bot 33").await;
    talk.say(COORDINATORS, ZHOU, "/drop@duban_bot 33 已并入第5项").await;
    talk.press(COORDINATORS, ZHOU, "恢复").await;
    talk.press_first(COORDINATORS, ZHOU, "恢复").await;
    talk.say(COORDINATORS, ZHOU, "/drop@duban_bot 4 已并入第5项").await;
    talk.say(OFFICE, LI, "/drop@duban_bot 5 不做了").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/amend@duban_bot 5 时限 7月15日 等待上级文件
      → 督办群：第5项 压缩工程项目审批时间：时限由6月30日改为7月15日。随当日或下一次提醒告知有关单位。
      ≡ task_amended
    周敏@督办群：/amend@duban_bot 5 时限 7月20日
      → 督办群：第5项 压缩工程项目审批时间：时限由7月15日改为7月20日。随当日或下一次提醒告知有关单位。
      ≡ task_amended
    周敏@督办群：/amend@duban_bot 28 时限 7月20日
      → 督办群：第28项有几个时限：8月31日、2020年12月31日、2022年12月31日，未作更改。请写明改哪一个，例如 /amend 28 时限 8月31日改为7月15日。
    周敏@督办群：/amend@duban_bot 28 时限 8月31日改为9月10日
      → 督办群：第28项 建设全省一体化政务平台：时限由8月31日改为9月10日。随当日或下一次提醒告知有关单位。
      ≡ task_amended
    周敏@督办群：/amend@duban_bot 28 时限 9月10日改为2020年12月31日
      → 督办群：第28项已有2020年12月31日的时限，9月10日的时限未作更改。请另写日期。
    周敏@督办群：/amend@duban_bot 5 时限 2019-06-01
      → 督办群：6月1日已过，未作更改。请改好后重发，例如 /amend 5 时限 7月15日，/amend 5 时限 6月30日改为7月15日，/amend 5 新的任务内容；可在末尾写“理由：……”。
    周敏@督办群：/amend@duban_bot 99 时限 7月20日
      → 督办群：没有进行中的第99项，未作更改。请发送 /plans 核对后重发。
    周敏@督办群：/drop@duban_bot 33
      → 督办群：用法：/drop 33 理由
    周敏@督办群：/drop@duban_bot 33 已并入第5项
      → 督办群：第33项 抓好“芙蓉人才计划”落地：不再督办，1 个单位的提醒到此为止，历史记录不变。随当日或下一次提醒告知有关单位。［恢复］
      ≡ task_dropped
    周敏@督办群 点按［恢复］
      （浮窗）已恢复。
      → 督办群：第33项 抓好“芙蓉人才计划”落地：不再督办，1 个单位的提醒到此为止，历史记录不变。随当日或下一次提醒告知有关单位。／—— 周敏 06-14 10:00 恢复
      → 督办群：第33项 抓好“芙蓉人才计划”落地：恢复督办。随当日或下一次提醒告知有关单位。
      ≡ task_restored
    周敏@督办群 点按［恢复］
      （浮窗）情况已有变化，此按钮不再有效。
    周敏@督办群：/drop@duban_bot 4 已并入第5项
      → 督办群：第4项 企业开办和注销再提速：不再督办，17 个单位的提醒到此为止，历史记录不变。随当日或下一次提醒告知有关单位。［恢复］
      ≡ task_dropped
    李明@本单位群：/drop@duban_bot 5 不做了
      → 本单位群：仅督办员可以交办、调整和撤销任务，请在督办员群或私聊中发送。
    ");
    next_morning(&mut talk).await;
    insta::assert_snapshot!(talk.take(), @"
    〔6月17日09:00〕
      → 本单位群：【工作提醒】省公安厅　6月17日（周一）／任务调整：／第5项 压缩工程项目审批时间：时限由6月30日改为7月20日／第28项 建设全省一体化政务平台：时限由8月31日改为9月10日／第4项 企业开办和注销再提速：不再督办（已并入第5项）
    ");
    talk.say(OFFICE, LI, "/task@duban_bot 5").await;
    talk.say(OFFICE, LI, "/history@duban_bot 5").await;
    talk.say(COORDINATORS, ZHOU, "/history@duban_bot 4").await;
    talk.say(COORDINATORS, ZHOU, "/amend@duban_bot 5 建成审批系统并组织验收。理由：内容有误").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：/task@duban_bot 5
      → 本单位群：第5项／压缩工程项目审批时间，2019年6月底前，建成上下贯通的全省统一审批系统，材料一次交齐、多项审批并办，房屋建筑和城市基础设施项目用时控制在120个工作日以内。企业投资项目推行承诺制。／省公安厅：第5项 压缩工程项目审批时间｜负责｜未启动｜7月20日到期／时限：2019年7月20日前（7月20日）
    李明@本单位群：/history@duban_bot 5
      → 本单位群：第5项 历次反馈（2 条）／2019年6月14日（周五）10:00 第5项 省公安厅（周敏）时限由6月30日改为7月15日：等待上级文件／2019年6月14日（周五）10:00 第5项 省公安厅（周敏）时限由7月15日改为7月20日
    周敏@督办群：/history@duban_bot 4
      → 督办群：第4项 历次反馈（1 条）／2019年6月14日（周五）10:00 第4项 各单位（周敏）不再督办：已并入第5项
    周敏@督办群：/amend@duban_bot 5 建成审批系统并组织验收。理由：内容有误
      → 督办群：第5项 压缩工程项目审批时间：内容改为“建成审批系统并组织验收”。随当日或下一次提醒告知有关单位。
      ≡ task_amended
    ");
    talk.holds();
}

#[test]
fn the_command_line_does_the_same() {
    let office = Office::new();
    office.furnish();
    let told = |arguments: &[&str]| {
        let output = office.run(arguments);
        let text = if output.status.success() { output.stdout } else { output.stderr };
        format!("{} {}", output.status.code().unwrap_or_default(), String::from_utf8_lossy(&text).trim())
    };
    let add = ["task", "add", "--units", "公安厅,省财政厅", "--due", "2150-09-30", "报送自查情况"];
    let lines = [
        told(&add),
        told(&["task", "add", "--units", "省外事厅", "--due", "2150-09-30", "报送"]),
        told(&["task", "add", "--units", "省公安厅", "--due", "2019-09-30", "报送"]),
        told(&["task", "amend", "交办", "34", "--due", "2150-09-30=2150-10-31", "--reason", "等待上级文件"]),
        told(&["task", "amend", "交办", "34", "--text", "报送自查报告", "--reason", "内容有误"]),
        told(&["task", "amend", "1", "28", "--due", "2150-10-31", "--reason", "顺延"]),
        told(&["task", "amend", "1", "5", "--reason", "顺延"]),
        told(&["task", "drop", "交办", "35", "--reason", "重复"]),
        told(&["task", "drop", "交办", "34", "--reason", "重复"]),
        told(&["task", "drop", "1", "33", "--reason", "已并入第5项"]),
        told(&["plan", "close", "交办"]),
        told(&["plan", "list"]),
    ];
    insta::assert_snapshot!(lines.join("\n"), @"
    0 已交办第34项：报送自查情况（2150-09-30前），2 个单位：省公安厅、省财政厅
    1 duban: 名册上没有：省外事厅，未作交办。请写名册上的名称或简称后重发；新单位请先由运行人员登记。
    1 duban: 2019年9月30日已过，未作更改。请写今天或以后的日期。
    0 第34项 报送自查情况：时限由2150年9月30日改为2150年10月31日。
    0 第34项 报送自查情况：内容改为“报送自查报告”。
    1 duban: 第28项有几个时限：2019年8月31日、2020年12月31日、2022年12月31日，未作更改。请写明改哪一个，例如 --due 2026-06-30=2026-07-15。
    2 error: the following required arguments were not provided:
      --due <原=新>

    Usage: duban task amend --reason <理由> --due <原=新> <方案> <序号>

    For more information, try '--help'.
    1 duban: 《交办》没有进行中的第35项，未作更改。请核对序号，见 duban export 台账.xlsx --plan 2
    0 第34项 报送自查报告：不再督办，2 个单位的提醒到此为止，历史记录不变。
    0 第33项 抓好“芙蓉人才计划”落地：不再督办，1 个单位的提醒到此为止，历史记录不变。
    1 duban: 单项交办没有终期，不能整体结束。请用 duban task drop 逐项撤销
    0 1　深化“放管服”改革转变政府职能　《湖南省深化“放管服”改革转变政府职能重点任务分工方案》（湘政办发〔2019〕1号）　任务 32 项，未办结 32 项，责任 478 条
    2　交办　《交办》　任务 0 项，未办结 0 项，责任 0 条
    ");
    assert_eq!(office.verified()["ledger"]["ok"], true);
}
