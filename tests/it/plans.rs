//! Several plans side by side: each has a short name, by which it is told from the others everywhere.

use calamine::{Data, Reader, Xlsx, open_workbook};
use chrono::TimeDelta;
use serde_json::Value;

use crate::talk::{COORDINATORS, LI, Talk, ZHOU};

const POLICE: i64 = -500;

const SECOND: &str = "湖南省2019年政务公开工作要点
一、重点任务
5.公开政务服务事项，2019年6月底前，全部上网。（省公安厅负责）
30.解读重大政策，持续推进。（省公安厅负责）
";

/// 省公安厅 with the demo's plan and another, on Monday 24 June.
async fn two_plans() -> Talk {
    let names = [(POLICE, "省公安厅群"), (COORDINATORS, "督办群"), (LI, "李建国"), (ZHOU, "周敏")];
    let mut talk = Talk::begin("06-24 08:00:00", &names).await;
    let file = talk.office.path("second.txt");
    std::fs::write(&file, SECOND).expect("written");
    talk.office.ask(&["plan", "import", file.to_str().expect("UTF-8"), "--code", "政务公开"]);
    talk.bind(POLICE, LI, "省公安厅").await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.say(POLICE, LI, "/report@duban_bot 10 20%").await;
    talk.tick().await;
    talk.take();
    talk
}

#[tokio::test]
async fn a_digest_tells_the_plans_apart_and_each_is_answered_by_its_name() {
    let mut talk = two_plans().await;
    talk.go_on(TimeDelta::days(3) + TimeDelta::hours(1));
    talk.tick().await;
    talk.reply(POLICE, LI, "政务公开第5项 30%，放管服第5项已完成").await;
    talk.reply(POLICE, LI, "政务公开：第5项进度40%").await;
    talk.reply(POLICE, LI, "5 50%").await;
    insta::assert_snapshot!(talk.take(), @"
    〔6月27日09:00〕
      → 省公安厅群：【工作提醒】省公安厅　6月27日（周四）／临近到期：／《政务公开》／第5项 公开政务服务事项：6月30日，还有3天／《深化“放管服”改革转变政府职能》／第5项 压缩工程项目审批时间：6月30日，还有3天／请反馈进展：／《政务公开》／第30项 解读重大政策／《深化“放管服”改革转变政府职能》／第4项 企业开办和注销再提速／共同任务 第1、2、3、6、7、8、10、17、19、20、21、22、23、25、27、28、31、32项；上次：未反馈17项、推进中1项，6月24日／请回复本条逐项写明进展，例如“政务公开第5项 正在推进，深化“放管服”改革转变政府职能第5项 无变化”；有困难请一并说明。［全部无变化］［逐项填报］
    李建国@省公安厅群：政务公开第5项 30%，放管服第5项已完成
      → 省公安厅群：已登记 《政务公开》第5项 公开政务服务事项：推进中30%／《深化“放管服”改革转变政府职能》第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 督办群：省公安厅（李建国）反馈：／《深化“放管服”改革转变政府职能》第5项 压缩工程项目审批时间：提请办结／原话：已完成［深化“放管…第5项 同意办结］［深化“放管…第5项 退回］
      ≡ report_recorded
      ≡ report_recorded
    李建国@省公安厅群：政务公开：第5项进度40%
      → 省公安厅群：已登记 《政务公开》第5项 公开政务服务事项：推进中40%［撤回］
      ≡ report_recorded
    李建国@省公安厅群：5 50%
      → 省公安厅群：已登记 《政务公开》第5项 公开政务服务事项：推进中50%［撤回］
      ≡ report_recorded
    ");
    talk.holds();
}

#[tokio::test]
async fn plans_are_listed_named_and_ended_in_chat() {
    let mut talk = two_plans().await;
    talk.say(COORDINATORS, ZHOU, "/plans@duban_bot").await;
    talk.say(COORDINATORS, ZHOU, "/plans@duban_bot 1 简称 放管服").await;
    talk.say(COORDINATORS, ZHOU, "/plans@duban_bot 2 简称 放管服").await;
    talk.say(COORDINATORS, ZHOU, "/plans@duban_bot 绩效 简称 考核").await;
    talk.say(POLICE, LI, "/plans@duban_bot").await;
    talk.say(POLICE, LI, "/report@duban_bot 放管服第5项 60%").await;
    talk.say(COORDINATORS, ZHOU, "/plans@duban_bot 政务公开 结束").await;
    talk.press(COORDINATORS, ZHOU, "确认结束").await;
    talk.say(COORDINATORS, ZHOU, "/plans@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/plans@duban_bot
      → 督办群：方案 2 个（编号、简称）：／1 深化“放管服”改革转变政府职能｜《湖南省深化“放管服”改革转变政府职能重点任务分工方案》（湘政办发〔2019〕1号）｜任务 33 项，未办结 33 项／2 政务公开｜《湖南省2019年政务公开工作要点》｜任务 2 项，未办结 2 项／改简称：/plans 1 简称 营商环境；结束：/plans 1 结束；只看一个方案：/status 营商环境，/board 营商环境。
    周敏@督办群：/plans@duban_bot 1 简称 放管服
      → 督办群：周敏 将《湖南省深化“放管服”改革转变政府职能重点任务分工方案》的简称定为“放管服”，今后可说“放管服第2项 30%”。
      ≡ plan_named
    周敏@督办群：/plans@duban_bot 2 简称 放管服
      → 督办群：“放管服”已是《湖南省深化“放管服”改革转变政府职能重点任务分工方案》的简称，请另取一个，未作更改。
    周敏@督办群：/plans@duban_bot 绩效 简称 考核
      → 督办群：请写明是哪个方案：《湖南省深化“放管服”改革转变政府职能重点任务分工方案》、《湖南省2019年政务公开工作要点》。例如 /plans 1 简称 营商环境。
    李建国@省公安厅群：/plans@duban_bot
      → 省公安厅群：跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。
    李建国@省公安厅群：/report@duban_bot 放管服第5项 60%
      → 省公安厅群：已登记 《放管服》第5项 压缩工程项目审批时间：推进中60%［撤回］
      ≡ report_recorded
    周敏@督办群：/plans@duban_bot 政务公开 结束
      → 督办群：结束《湖南省2019年政务公开工作要点》后不再提醒，也不再计入各项统计；其中未办结 2 项保持现状，历次反馈和台账都保留。确认结束吗？［确认结束］
    周敏@督办群 点按［确认结束］
      （浮窗）已结束。
      → 督办群：结束《湖南省2019年政务公开工作要点》后不再提醒，也不再计入各项统计；其中未办结 2 项保持现状，历次反馈和台账都保留。确认结束吗？／—— 周敏 06-24 08:00 结束方案
      → 督办群：周敏 已结束《湖南省2019年政务公开工作要点》，不再提醒。
      ≡ plan_closed
    周敏@督办群：/plans@duban_bot
      → 督办群：方案 1 个（编号、简称）：／1 放管服｜《湖南省深化“放管服”改革转变政府职能重点任务分工方案》（湘政办发〔2019〕1号）｜任务 33 项，未办结 33 项／另有 1 个方案已结束。／改简称：/plans 1 简称 营商环境；结束：/plans 1 结束；只看一个方案：/status 营商环境，/board 营商环境。
    ");
    let listed = talk.office.ask_json(&["plan", "list", "--json"]);
    let shown = |plan: &serde_json::Value| {
        format!("{} {} {} {} {}", plan["id"], plan["name"], plan["tasks"], plan["open"], plan["closed_on"])
    };
    let listed: Vec<String> = listed.as_array().expect("plans").iter().map(shown).collect();
    insta::assert_snapshot!(listed.join("\n"), @r#"
    1 "放管服" 33 33 null
    2 "政务公开" 2 0 "2019-06-24"
    "#);
    talk.holds();
}

#[tokio::test]
async fn questions_and_papers_are_about_the_plan_that_they_name() {
    let mut talk = two_plans().await;
    talk.say(COORDINATORS, ZHOU, "/status@duban_bot 政务公开").await;
    talk.say(COORDINATORS, ZHOU, "/status@duban_bot 绩效考核").await;
    talk.reply_to("任务", COORDINATORS, ZHOU, "政务公开第5项进展如何").await;
    talk.reply_to("任务", COORDINATORS, ZHOU, "政务公开有哪些本月到期").await;
    talk.reply_to("任务", COORDINATORS, ZHOU, "把政务公开的看板发我").await;
    talk.say(COORDINATORS, ZHOU, "/board@duban_bot 政务公开").await;
    talk.say(COORDINATORS, ZHOU, "/export@duban_bot 绩效").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/status@duban_bot 政务公开
      → 督办群：《政务公开》／总体情况（截至2019年6月24日（周一）08:00）／任务 2 项：未启动 2。／办结率 0%，逾期 0 项。／2 条责任中 0 条已反馈（0%）；1 个单位有任务尚未反馈。
    周敏@督办群：/status@duban_bot 绩效考核
      → 督办群：请写明是哪个方案：《湖南省深化“放管服”改革转变政府职能重点任务分工方案》、《湖南省2019年政务公开工作要点》。例如 /status@duban_bot 营商环境。
    周敏@督办群：政务公开第5项进展如何
      → 督办群：《政务公开》／第5项｜未启动（截至2019年6月24日（周一）08:00）／公开政务服务事项，2019年6月底前，全部上网。／时限：2019年6月底前（6月30日）／负责 省公安厅：未启动（尚无反馈）
    周敏@督办群：政务公开有哪些本月到期
      → 督办群：《政务公开》／6月1日至6月30日到期 1 个时限（截至2019年6月24日（周一）08:00）／《政务公开》第5项 公开政务服务事项：6月30日到期，省公安厅
    周敏@督办群：把政务公开的看板发我
      → 督办群：（文件）
    周敏@督办群：/board@duban_bot 政务公开
      → 督办群：（文件）
    周敏@督办群：/export@duban_bot 绩效
      → 督办群：请写明是哪个方案：《湖南省深化“放管服”改革转变政府职能重点任务分工方案》、《湖南省2019年政务公开工作要点》。例如 /export 营商环境。
    ");
}

#[tokio::test]
async fn a_number_of_several_plans_is_asked_about_and_named_by_its_plan() {
    let mut talk = two_plans().await;
    talk.say(POLICE, LI, "/report@duban_bot 政务公开第5项 30%").await;
    talk.say(POLICE, LI, "/report@duban_bot 放管服第5项 60%").await;
    talk.take();
    talk.say(POLICE, LI, "/history@duban_bot 5").await;
    talk.say(POLICE, LI, "/history@duban_bot 政务公开 5").await;
    talk.say(COORDINATORS, ZHOU, "/history@duban_bot 5").await;
    talk.say(COORDINATORS, ZHOU, "/history@duban_bot 放管服第5项 全文").await;
    talk.say(COORDINATORS, ZHOU, "/history@duban_bot 政务公开 7").await;
    talk.say(COORDINATORS, ZHOU, "/history@duban_bot 10").await;
    talk.say(COORDINATORS, ZHOU, "/remind@duban_bot 30").await;
    talk.say(COORDINATORS, ZHOU, "/remind@duban_bot 政务公开第30项").await;
    talk.say(COORDINATORS, ZHOU, "/remind@duban_bot 省公安厅 10").await;
    talk.say(COORDINATORS, ZHOU, "/remind@duban_bot 绩效 30").await;
    talk.reply_to("请写明是哪个方案", COORDINATORS, ZHOU, "帮我催一下省公安厅第5项").await;
    talk.say(COORDINATORS, ZHOU, "/read@duban_bot 30").await;
    talk.say(COORDINATORS, ZHOU, "/read@duban_bot 政务公开 30").await;
    talk.say(COORDINATORS, ZHOU, "/status@duban_bot 2").await;
    talk.say(COORDINATORS, ZHOU, "/task@duban_bot 政务公开第5项").await;
    insta::assert_snapshot!(talk.take(), @r#"
    李建国@省公安厅群：/history@duban_bot 5
      → 省公安厅群：《深化“放管服”改革转变政府职能》、《政务公开》都有第5项。请写明方案再发一次，例如 /history@duban_bot 深化“放管服”改革转变政府职能第5项。
    李建国@省公安厅群：/history@duban_bot 政务公开 5
      → 省公安厅群：《政务公开》第5项 历次反馈（1 条）／2019年6月24日（周一）08:00 《政务公开》第5项 省公安厅（李建国）［推进中30%］政务公开第5项 30%
    周敏@督办群：/history@duban_bot 5
      → 督办群：《深化“放管服”改革转变政府职能》、《政务公开》都有第5项。请写明方案再发一次，例如 /history@duban_bot 深化“放管服”改革转变政府职能第5项。
    周敏@督办群：/history@duban_bot 放管服第5项 全文
      → 督办群：《深化“放管服”改革转变政府职能》第5项 历次反馈（1 条）／2019年6月24日（周一）08:00 《深化“放管服”改革转变政府职能》第5项 省公安厅（李建国）［推进中60%］放管服第5项 60%
    周敏@督办群：/history@duban_bot 政务公开 7
      → 督办群：《政务公开》没有第7项，请核对后重发。
    周敏@督办群：/history@duban_bot 10
      → 督办群：第10项 历次反馈（1 条）／2019年6月24日（周一）08:00 第10项 省公安厅（李建国）［推进中20%］10 20%
    周敏@督办群：/remind@duban_bot 30
      → 督办群：《深化“放管服”改革转变政府职能》、《政务公开》都有第30项。请写明方案再发一次，例如 /remind@duban_bot 深化“放管服”改革转变政府职能第30项。
    周敏@督办群：/remind@duban_bot 政务公开第30项
      → 督办群：已催办：省公安厅 1 项。
      → 省公安厅群：【催办】督办员周敏请贵单位抓紧反馈下列任务进展：／第30项 解读重大政策／请回复本条写明进展，有困难请一并说明。／请 <a href="tg://user?id=11">@李建国</a> 关注。
      ≡ nudged
    周敏@督办群：/remind@duban_bot 省公安厅 10
      → 督办群：今日已催办或已反馈，未重复：省公安厅第10项。
    周敏@督办群：/remind@duban_bot 绩效 30
      → 督办群：请写明是哪个方案：《湖南省深化“放管服”改革转变政府职能重点任务分工方案》、《湖南省2019年政务公开工作要点》。例如 /remind@duban_bot 营商环境第30项。
    周敏@督办群：帮我催一下省公安厅第5项
      → 督办群：《深化“放管服”改革转变政府职能》、《政务公开》都有第5项。请写明方案再发一次，例如 /remind@duban_bot 深化“放管服”改革转变政府职能第5项。
    周敏@督办群：/read@duban_bot 30
      → 督办群：《深化“放管服”改革转变政府职能》、《政务公开》都有第30项。请写明方案再发一次，例如 /read@duban_bot 深化“放管服”改革转变政府职能第30项。
    周敏@督办群：/read@duban_bot 政务公开 30
      → 督办群：《政务公开》／第30项最近一次提醒发往 1 个单位，0 个已签收或反馈／省公安厅（6月24日提醒）：尚未签收
    周敏@督办群：/status@duban_bot 2
      → 督办群：《政务公开》／总体情况（截至2019年6月24日（周一）08:00）／任务 2 项：推进中 1，未启动 1。／办结率 0%，逾期 0 项。／2 条责任中 1 条已反馈（50%）；1 个单位有任务尚未反馈。
    周敏@督办群：/task@duban_bot 政务公开第5项
      → 督办群：《政务公开》／第5项｜推进中（截至2019年6月24日（周一）08:00）／公开政务服务事项，2019年6月底前，全部上网。／时限：2019年6月底前（6月30日）／负责 省公安厅：推进中30%（6月24日：政务公开第5项 30%）
    "#);
    talk.holds();
}

#[tokio::test]
async fn a_reminder_ordered_in_words_is_about_the_plan_that_was_shown() {
    let mut talk = two_plans().await;
    talk.go_on(TimeDelta::days(1));
    talk.say(COORDINATORS, ZHOU, "/ask@duban_bot 催办政务公开第30项").await;
    talk.press(COORDINATORS, ZHOU, "确认催办").await;
    insta::assert_snapshot!(talk.take(), @r#"
    周敏@督办群：/ask@duban_bot 催办政务公开第30项
      → 督办群：拟催办：省公安厅，《政务公开》第30项。确认后发出。［确认催办］
    周敏@督办群 点按［确认催办］
      （浮窗）已催办。
      → 督办群：拟催办：省公安厅，《政务公开》第30项。确认后发出。／—— 周敏 06-25 08:00 催办
      → 省公安厅群：【催办】督办员周敏请贵单位抓紧反馈下列任务进展：／第30项 解读重大政策／请回复本条写明进展，有困难请一并说明。／请 <a href="tg://user?id=11">@李建国</a> 关注。
      → 督办群：已催办：省公安厅 1 项。
      ≡ nudged
    "#);
    talk.holds();
}

#[tokio::test]
async fn an_order_names_the_plan_of_its_task() {
    let mut talk = two_plans().await;
    talk.say(COORDINATORS, ZHOU, "/suspend@duban_bot 政务公开第5项 省公安厅 机构改革").await;
    talk.say(COORDINATORS, ZHOU, "/resume@duban_bot 省公安厅 5").await;
    talk.say(COORDINATORS, ZHOU, "/resume@duban_bot 绩效第5项").await;
    talk.say(COORDINATORS, ZHOU, "/resume@duban_bot 政务公开第7项").await;
    talk.say(COORDINATORS, ZHOU, "/history@duban_bot 2 5").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/suspend@duban_bot 政务公开第5项 省公安厅 机构改革
      → 督办群：周敏 中止：《政务公开》第5项 公开政务服务事项（省公安厅）理由：机构改革
      → 省公安厅群：《政务公开》第5项 公开政务服务事项：督办员周敏于6月24日08:00中止，中止期间不再提醒。理由：机构改革
      ≡ duty_suspended
    周敏@督办群：/resume@duban_bot 省公安厅 5
      → 督办群：周敏 恢复：《政务公开》第5项 公开政务服务事项（省公安厅）
      → 省公安厅群：《政务公开》第5项 公开政务服务事项：督办员周敏于6月24日08:00恢复，原时限不变，请继续推进。
      ≡ duty_resumed
    周敏@督办群：/resume@duban_bot 绩效第5项
      → 督办群：请写明是哪个方案：《湖南省深化“放管服”改革转变政府职能重点任务分工方案》、《湖南省2019年政务公开工作要点》。例如 /resume@duban_bot 营商环境第5项。
    周敏@督办群：/resume@duban_bot 政务公开第7项
      → 督办群：《政务公开》没有第7项，请核对后重发。
    周敏@督办群：/history@duban_bot 2 5
      → 督办群：《政务公开》第5项 历次反馈（2 条）／2019年6月24日（周一）08:00 《政务公开》第5项 省公安厅（周敏）中止：机构改革／2019年6月24日（周一）08:00 《政务公开》第5项 省公安厅（周敏）恢复
    ");
}

#[tokio::test]
async fn a_plan_that_has_ended_is_exported_alone() {
    let mut talk = two_plans().await;
    talk.say(POLICE, LI, "/report@duban_bot 政务公开第5项 30%").await;
    talk.say(COORDINATORS, ZHOU, "/plans@duban_bot 政务公开 结束").await;
    talk.press(COORDINATORS, ZHOU, "确认结束").await;
    talk.take();
    talk.say(COORDINATORS, ZHOU, "/status@duban_bot 政务公开").await;
    talk.say(COORDINATORS, ZHOU, "/history@duban_bot 政务公开 5").await;
    talk.say(COORDINATORS, ZHOU, "/export@duban_bot 政务公开").await;
    talk.say(COORDINATORS, ZHOU, "/board@duban_bot 政务公开").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/status@duban_bot 政务公开
      → 督办群：《湖南省2019年政务公开工作要点》已结束，不再统计。历次反馈请发送 /history 政务公开第5项，台账和看板请发送 /export 政务公开、/board 政务公开。
    周敏@督办群：/history@duban_bot 政务公开 5
      → 督办群：《政务公开》第5项 历次反馈（1 条）／2019年6月24日（周一）08:00 第5项 省公安厅（李建国）［推进中30%］政务公开第5项 30%
    周敏@督办群：/export@duban_bot 政务公开
      → 督办群：（文件）
    周敏@督办群：/board@duban_bot 政务公开
      → 督办群：（文件）
    ");
    let file = talk.office.path("ended.xlsx");
    let export = |plan: &str| {
        talk.office.ask(&["export", file.to_str().expect("UTF-8"), "--plan", plan]);
        let mut workbook: Xlsx<_> = open_workbook(&file).expect("a workbook");
        let sheet = workbook.worksheet_range("责任").expect("the duties");
        let line = |row: &[Data]| format!("{} {} {} {}", row[0], row[1], row[4], row[5]);
        sheet.rows().skip(1).map(line).collect::<Vec<_>>()
    };
    insta::assert_snapshot!(export("政务公开").join("\n"), @"
    5 省公安厅 推进中 30
    30 省公安厅 未启动
    ");
    assert!(export("放管服").len() > 400);
    for name in ["ended.docx", "ended.png", "ended.json"] {
        talk.office.ask(&["export", talk.office.path(name).to_str().expect("UTF-8"), "--plan", "2"]);
    }
    let held: Value =
        serde_json::from_slice(&std::fs::read(talk.office.path("ended.json")).expect("read")).expect("JSON");
    assert_eq!((held["plans"].as_array().map(Vec::len), held["duties"].as_array().map(Vec::len)), (Some(1), Some(2)));
    assert_eq!(held["status"]["tasks"]["total"], 2);
}

fn error(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}

#[test]
fn short_names_on_the_command_line() {
    let office = crate::office::Office::new();
    office.furnish();
    let file = office.path("second.txt");
    std::fs::write(&file, SECOND).expect("written");
    let file = file.to_str().expect("UTF-8");
    let long = office.run(&["plan", "import", file, "--code", "一个长得按钮上写不下的方案简称名字"]);
    insta::assert_snapshot!(error(&long), @"duban: 简称最多 16 个字，“一个长得按钮上写不下的方案简称名字”太长，请缩短");
    office.ask(&["plan", "import", file]);
    insta::assert_snapshot!(office.ask(&["plan", "list"]), @"
    1　深化“放管服”改革转变政府职能　《湖南省深化“放管服”改革转变政府职能重点任务分工方案》（湘政办发〔2019〕1号）　任务 33 项，未办结 33 项，责任 479 条
    2　政务公开　《湖南省2019年政务公开工作要点》　任务 2 项，未办结 2 项，责任 2 条
    ");
    insta::assert_snapshot!(office.ask(&["plan", "name", "政务公开", "公开"]), @"已登记：《湖南省2019年政务公开工作要点》简称“公开”");
    insta::assert_snapshot!(error(&office.run(&["plan", "name", "1", "公开"])), @"duban: “公开”已是《湖南省2019年政务公开工作要点》的简称，请另取一个");
    insta::assert_snapshot!(error(&office.run(&["plan", "name", "1", "12"])), @"duban: “12”会与方案的编号混淆，请用文字作简称");
    let read = office.ask_json(&["understand", "公开第5项 30%", "--json"]);
    assert_eq!((&read["items"][0]["plan"], &read["items"][0]["task"]), (&"公开".into(), &"5".into()));
    insta::assert_snapshot!(office.ask(&["plan", "close", "公开"]), @"已结束：《湖南省2019年政务公开工作要点》，不再提醒");
}
