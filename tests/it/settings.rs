//! What the office sets otherwise: progress asked for at other times, and a longer patience with silence.

use chrono::TimeDelta;

use crate::office::Office;
use crate::talk::Talk;

const POLICE: i64 = -500;
const COORDINATORS: i64 = -900;
const LI: i64 = 11;
const ZHOU: i64 = 91;
const NAMES: [(i64, &str); 4] = [(POLICE, "省公安厅群"), (COORDINATORS, "督办员群"), (LI, "李建国"), (ZHOU, "周敏")];

/// The days of four months on which the units are asked for progress.
fn asked(office: &Office) -> String {
    let planned = office.ask_json(&["preview", "--from", "2019-07-01", "--to", "2019-10-31", "--json"]);
    let planned = planned.as_array().expect("a list");
    let days = |unit: &str| {
        let calls = planned.iter().filter(|message| {
            let mut items = message["items"].as_array().expect("a list").iter();
            message["unit"] == unit && items.any(|item| item["reason"] == "progress_call")
        });
        let days = calls.map(|message| &message["at"].as_str().expect("an instant")[5..16]);
        format!("{unit}：{}", days.collect::<Vec<_>>().join(" "))
    };
    ["省公安厅", "省财政厅"].map(days).join("\n")
}

#[tokio::test]
async fn one_unit_or_one_plan_is_asked_for_progress_at_other_times() {
    let mut talk = Talk::begin("06-21 16:00:00", &NAMES).await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    let set = |talk: &Talk, words: &[&str]| talk.office.ask(&[&["policy", "progress_call"], words].concat());
    let mut shown = vec![asked(&talk.office)];
    shown.push(set(&talk, &["30 10 10 * *", "--unit", "公安厅"]));
    shown.push(asked(&talk.office));
    shown.push(set(&talk, &["0 9 15 1,4,7,10 *", "--plan", "1"]));
    shown.push(asked(&talk.office));
    talk.say(COORDINATORS, ZHOU, "/policy@duban_bot progress_call").await;
    shown.push(talk.take());
    shown.push(set(&talk, &["default", "--unit", "省公安厅"]));
    shown.push(asked(&talk.office));
    for refused in [
        ["progress_call", "*/5 * * * *", "--unit", "省公安厅"],
        ["progress_call", "0 9 10 * *", "--unit", "省外事厅"],
        ["progress_call", "0 9 10 * *", "--plan", "9"],
        ["digest", "0 9 10 * *", "--unit", "省公安厅"],
    ] {
        let output = talk.office.run(&[&["policy"], refused.as_slice()].concat());
        assert!(!output.status.success(), "{refused:?}");
        shown.push(String::from_utf8(output.stderr).expect("UTF-8"));
    }
    insta::assert_snapshot!(shown.iter().map(|part| part.trim_end()).collect::<Vec<_>>().join("\n---\n"), @"
    省公安厅：07-25T09:00 08-23T09:00 09-25T09:00 10-25T09:00
    省财政厅：07-25T09:00 08-23T09:00 09-25T09:00 10-25T09:00
    ---
    progress_call = 0 9 25 * *　对近期无时限任务的进展收集时间
    progress_call = 30 10 10 * *　其中省公安厅
    ---
    省公安厅：07-10T09:00 08-09T09:00 09-10T09:00 10-10T09:00
    省财政厅：07-25T09:00 08-23T09:00 09-25T09:00 10-25T09:00
    ---
    progress_call = 0 9 25 * *　对近期无时限任务的进展收集时间
    progress_call = 0 9 15 1,4,7,10 *　其中方案1
    progress_call = 30 10 10 * *　其中省公安厅
    ---
    省公安厅：07-10T09:00 08-09T09:00 09-10T09:00 10-10T09:00
    省财政厅：07-15T09:00 10-15T09:00
    ---
    周敏@督办员群：/policy@duban_bot progress_call
      → 督办员群：对近期无时限任务的进展收集时间：每月25日9:00（progress_call）／　其中方案1：<code>0 9 15 1,4,7,10 *</code>／　其中省公安厅：每月10日10:30／个别单位或方案另行安排的，请运行人员用 duban policy 设定。
    ---
    progress_call = 0 9 25 * *　对近期无时限任务的进展收集时间
    progress_call = 0 9 15 1,4,7,10 *　其中方案1
    ---
    省公安厅：07-15T09:00 10-15T09:00
    省财政厅：07-15T09:00 10-15T09:00
    ---
    duban: 设置 progress_call 不能是“*/5 * * * *”：定时“*/5 * * * *”间隔不足15分钟，请改稀
    ---
    duban: 名册中没有“省外事厅”，请用 duban unit list 查看
    ---
    duban: 没有“9”这个方案，现有：1 深化“放管服”改革转变政府职能《湖南省深化“放管服”改革转变政府职能重点任务分工方案》。请写编号或简称
    ---
    duban: --unit 和 --plan 只用于 progress_call，例如 duban policy progress_call '0 9 10 * *' --unit 省公安厅；值写 default 即取消
    ");
}

#[tokio::test]
async fn silence_is_told_of_once_whatever_is_set_later() {
    let mut talk = Talk::begin("07-02 16:00:00", &NAMES).await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.tick().await;
    talk.go_on(TimeDelta::hours(17));
    talk.tick().await;
    talk.say(COORDINATORS, ZHOU, "/policy@duban_bot escalate_after 5").await;
    talk.press(COORDINATORS, ZHOU, "确认修改").await;
    for _ in 0..7 {
        talk.go_on(TimeDelta::days(1));
        talk.tick().await;
    }
    insta::assert_snapshot!(talk.take(), @"
    〔7月2日16:00〕
    〔7月3日09:00〕
      → 督办员群：【督办提醒】7月3日（周三）／逾期后未反馈或未能通知，请协调：／第5项 压缩工程项目审批时间：6月30日，已逾期3天，省住房城乡建设厅（未绑定）、省政务局（未绑定）等15个单位／第26项 压缩产权登记办理时间〔长沙市〕：6月30日，已逾期3天，省自然资源厅（未绑定）、省住房城乡建设厅（未绑定）等3个单位
    周敏@督办员群：/policy@duban_bot escalate_after 5
      → 督办员群：拟将“逾期几个工作日无反馈即告知牵头单位和督办员”改为 <code>5</code>。［确认修改］
    周敏@督办员群 点按［确认修改］
      （浮窗）已修改。
      → 督办员群：“逾期几个工作日无反馈即告知牵头单位和督办员”已改为 <code>5</code>（周敏）。
      → 督办员群：周敏 已将“逾期几个工作日无反馈即告知牵头单位和督办员”改为 <code>5</code>，从下一次起生效。
      ≡ policy_changed
    〔7月4日09:00〕
    〔7月5日09:00〕
    〔7月6日09:00〕
    〔7月7日09:00〕
    〔7月8日09:00〕
    〔7月9日09:00〕
    〔7月10日09:00〕
    ");
}
