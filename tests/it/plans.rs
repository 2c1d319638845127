//! Several plans side by side: each has a short name, by which it is told from the others everywhere.

use chrono::TimeDelta;

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
      → 督办群：请写明是哪个方案：《湖南省2019年政务公开工作要点》、《湖南省深化“放管服”改革转变政府职能重点任务分工方案》。例如 /status 营商环境。
    周敏@督办群：政务公开第5项进展如何
      → 督办群：《政务公开》／第5项｜未启动（截至2019年6月24日（周一）08:00）／公开政务服务事项，2019年6月底前，全部上网。／时限：2019年6月底前（6月30日）／负责 省公安厅：未启动（尚无反馈）
    周敏@督办群：政务公开有哪些本月到期
      → 督办群：《政务公开》／6月1日至6月30日到期 1 个时限（截至2019年6月24日（周一）08:00）／第5项 公开政务服务事项：6月30日到期，省公安厅
    周敏@督办群：把政务公开的看板发我
      → 督办群：（文件）
    周敏@督办群：/board@duban_bot 政务公开
      → 督办群：（文件）
    周敏@督办群：/export@duban_bot 绩效
      → 督办群：请写明是哪个方案：《湖南省深化“放管服”改革转变政府职能重点任务分工方案》、《湖南省2019年政务公开工作要点》。例如 /export 营商环境。
    ");
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
