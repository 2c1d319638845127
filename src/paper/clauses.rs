//! 进展: what units said last of a task, each in its own words; who said the same stands in one clause.

use std::sync::LazyLock;

use regex::Regex;

use crate::office::duty::Duty;
use crate::office::status::Status;

/// How much of what a unit said is repeated, in characters.
const LONGEST_QUOTE: usize = 120;
/// So many units are named before they are counted.
const MOST_NAMED: usize = 3;

/// What some units said alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause<'a> {
    pub units: Vec<&'a str>,
    pub says: String,
}

impl Clause<'_> {
    /// `省公安厅等11个单位：无进展`
    pub fn words(&self) -> String {
        format!("{}：{}", units(&self.units), self.says)
    }
}

/// The latest word of each unit, in the order in which the units stand.
pub fn of<'a>(duties: impl Iterator<Item = &'a Duty>) -> Vec<Clause<'a>> {
    alike(duties.filter_map(|duty| Some((says(duty)?, duty.unit.name.as_str()))))
}

/// Joins the units of which the same is to be said.
pub fn alike<'a>(said: impl Iterator<Item = (String, &'a str)>) -> Vec<Clause<'a>> {
    let mut clauses: Vec<Clause<'a>> = Vec::new();
    for (says, unit) in said {
        match clauses.iter_mut().find(|clause| clause.says == says) {
            Some(clause) => clause.units.push(unit),
            None => clauses.push(Clause { units: vec![unit], says }),
        }
    }
    clauses
}

/// `省公安厅、省财政厅`, `省公安厅等11个单位`
pub fn units(names: &[&str]) -> String {
    match names {
        [first, rest @ ..] if names.len() > MOST_NAMED => format!("{first}等{}个单位", rest.len() + 1),
        _ => names.join("、"),
    }
}

/// What a unit said last, without what is told elsewhere: its problems and practices. `None` where nothing was reported.
pub fn says(duty: &Duty) -> Option<String> {
    let report = duty.last_report.as_ref()?;
    let elsewhere = duty.problems.iter().map(|problem| &problem.what);
    let elsewhere = elsewhere.chain(duty.practices.iter().map(|practice| &practice.what));
    let words = elsewhere.fold(of_task(&report.text, duty), |words, told| without(&words, &of_task(told, duty)));
    let words = if says_nothing_new(&words) { NOTHING_NEW.to_owned() } else { words };
    let percent = duty.percent.filter(|_| duty.status == Status::InProgress);
    let words = percent.map_or(words.as_str(), |percent| after_share(&words, percent));
    let percent = percent.filter(|percent| !words.contains(&format!("{percent}%")));
    let own = if duty.self_signed { "（本人核定）" } else { "" };
    // What the words may leave unsaid.
    let stands = matches!(duty.status, Status::ClaimedDone | Status::Blocked | Status::Suspended);
    let stands = Some(duty.status.label()).filter(|label| stands && !words.contains(label));
    Some(match (percent, words.is_empty()) {
        _ if let Some(stands) = stands.filter(|_| !words.is_empty()) => format!("{stands}，{}{own}", quote(words)),
        (Some(percent), true) => format!("进度{percent}%{own}"),
        (Some(percent), false) => format!("进度{percent}%，{}{own}", quote(words)),
        (None, true) => format!("{}{own}", duty.status.label()),
        (None, false) => format!("{}{own}", quote(words)),
    })
}

/// The words after the share that they begin with: `进度60%，已上线`, `60% 已上线`.
fn after_share(words: &str, percent: u8) -> &str {
    let share = words.strip_prefix("进度").unwrap_or(words).trim_start_matches(is_pause);
    let rest = share.strip_prefix(&percent.to_string()).and_then(|rest| rest.strip_prefix(['%', '％']));
    rest.map_or(words, |rest| rest.trim_start_matches(is_pause))
}

/// What was said, on one line; of a command only what comes after the number, and of `/extend` after the date.
fn spoken(said: &str) -> String {
    let command = said.trim_start().strip_prefix('/').map(|command| command.starts_with("extend"));
    let skipped = command.map_or(0, |asks_more_time| if asks_more_time { 3 } else { 2 });
    said.split_whitespace().skip(skipped).collect::<Vec<_>>().join(" ")
}

/// What was said of a task, on one line, without the number that says of which: 第5项：…, 营商环境第5项 …, 5 2019-09-30 ….
fn of_task(said: &str, duty: &Duty) -> String {
    let line = spoken(said);
    let rest = without_number(&line, &duty.task.number, &duty.plan);
    rest.map(str::to_owned).unwrap_or(line)
}

/// `None` where the words do not begin with this number. `plan`: the title of the plan that they may name.
fn without_number<'w>(words: &'w str, number: &str, plan: &str) -> Option<&'w str> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^《?(?P<plan>[^，。；：:《》第]{0,16})》?第\s*(?P<number>[^项，。；：:]{1,8}?)\s*项(?:任务|工作)?(?P<rest>[\s：:，,、].*)$")
            .expect("a constant")
    });
    // After a bare number comes a pause, and nothing that would be counted.
    static BARE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?P<number>[0-9（）()一二三四五六七八九十]{1,8})[\s：:，,、.．]\s*(?:20\d\d-\d{1,2}-\d{1,2}\s+)?(?P<rest>[^\d\s个家件条次名户万亿元人年月日％%].*)$")
            .expect("a constant")
    });
    let named = NAMED.captures(words).filter(|found| plan.contains(&found["plan"]));
    let found = named.or_else(|| BARE.captures(words)).filter(|found| &found["number"] == number)?;
    let rest = found.name("rest")?.as_str().trim_start_matches(is_pause);
    (!rest.is_empty()).then_some(rest)
}

/// What a report comes to that says that nothing has changed.
const NOTHING_NEW: &str = "无进展";

/// 无变化, 同上月, 本月没有新的进展
fn says_nothing_new(words: &str) -> bool {
    static NOTHING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:本[月周期季]|这[个]?[月周]|目前|近期|我[单厅局委办]位?)?(?:[暂尚仍还])?(?:(?:无|没有|没|未有)(?:新的?|明显|实质性?)?(?:进展|变化|动态|更新|情况)|(?:同|与)上(?:个?月|周|期|次|季度?)(?:一样|相同|一致)?)$")
            .expect("a constant")
    });
    NOTHING.is_match(words.trim_matches(is_pause))
}

/// All that hinders a unit in a task, in the order in which it was said.
pub fn problems(duty: &Duty) -> Option<String> {
    let told: Vec<String> = duty.problems.iter().map(|problem| quote(&of_task(&problem.what, duty))).collect();
    (!told.is_empty()).then(|| told.join("，"))
}

/// What a unit said of its task, as a part of a sentence.
pub fn quote_of(said: &str, duty: &Duty) -> String {
    quote(&of_task(said, duty))
}

/// The words without a problem, and without what leads up to it: 问题：, 2., 二是.
fn without(words: &str, problem: &str) -> String {
    static ORDINAL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:(?:^|[\s：:，,。；;])(?:[（(]?\d{1,2}[)）.．、]|[一二三四五六七八九十]+(?:是|、))|[①-⑩])\s*$")
            .expect("a constant")
    });
    let Some((before, after)) = words.split_once(problem).filter(|_| !problem.is_empty()) else {
        return words.to_owned();
    };
    const LEADS: [&str; 8] = ["问题是", "主要问题", "存在的问题", "存在", "问题", "困难", "经验", "但"];
    let before = ORDINAL.find(before).map_or(before, |ordinal| &before[..ordinal.start()]);
    let mut before = before.trim_end_matches(is_pause);
    while let Some(shorter) = LEADS.iter().find_map(|lead| before.strip_suffix(lead)) {
        before = shorter.trim_end_matches(is_pause);
    }
    let after = after.trim_start_matches(is_pause);
    match (before.is_empty(), after.is_empty()) {
        (false, false) => format!("{before}，{after}"),
        _ => format!("{before}{after}"),
    }
}

fn is_pause(character: char) -> bool {
    "：:，,。.；; 、！!".contains(character)
}

/// The beginning of what was said, as a part of a sentence.
pub fn quote(said: &str) -> String {
    let line = spoken(said);
    let line = line.trim_end_matches(is_pause);
    let cut: String = line.chars().take(LONGEST_QUOTE).collect();
    if cut.len() < line.len() { format!("{cut}……") } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_that_say_the_same_are_joined() {
        let said = [("无进展", "甲"), ("已印发方案", "乙"), ("无进展", "丙"), ("无进展", "丁"), ("无进展", "戊")];
        let clauses = alike(said.into_iter().map(|(says, unit)| (says.to_owned(), unit)));
        let words: Vec<String> = clauses.iter().map(Clause::words).collect();
        assert_eq!(words, ["甲等4个单位：无进展", "乙：已印发方案"]);
        assert_eq!(units(&["甲", "乙", "丙"]), "甲、乙、丙");
    }

    #[test]
    fn a_problem_is_told_elsewhere() {
        assert_eq!(without("进度60%，已上线。问题：数据未打通。", "数据未打通"), "进度60%，已上线");
        assert_eq!(without("问题：数据未打通", "数据未打通"), "");
        assert_eq!(without("已上线，但经费未到位，下月验收", "经费未到位"), "已上线，下月验收");
        assert_eq!(without("已上线", "经费未到位"), "已上线");
        for list in
            ["已上线。问题：1.经费不足 2.人手不够", "已上线，一是经费不足；二是人手不够", "已上线。①经费不足②人手不够"]
        {
            assert_eq!(without(&without(list, "经费不足"), "人手不够"), "已上线", "{list}");
            assert_eq!(without(&without(list, "人手不够"), "经费不足"), "已上线", "{list}");
        }
    }

    #[test]
    fn a_clause_leaves_out_the_number_of_its_own_task() {
        let plan = "湖南省优化营商环境2019年重点工作任务分工方案";
        let rest = |words| without_number(words, "5", plan);
        for words in [
            "第5项：我局已开放接口",
            "第5项，我局已开放接口",
            "营商环境第5项：我局已开放接口",
            "《营商环境》第5项 我局已开放接口",
            "5 我局已开放接口",
            "5. 我局已开放接口",
            "5 2019-09-30 我局已开放接口",
        ] {
            assert_eq!(rest(words), Some("我局已开放接口"), "{words}");
        }
        for words in
            ["第6项：已开放", "放管服第5项：已开放", "5 个接口已开放", "5.2万户已开放", "已开放5 个接口", "第5项"]
        {
            assert_eq!(rest(words), None, "{words}");
        }
    }

    #[test]
    fn nothing_new_is_said_in_many_ways() {
        for words in ["无进展", "无变化", "同上月", "没有新进展", "本月暂无新进展。", "暂无变化", "与上月一致"]
        {
            assert!(says_nothing_new(words), "{words}");
        }
        for words in ["无进展的原因是经费不足", "没有新问题", "同上月相比增长5%", "已完成"] {
            assert!(!says_nothing_new(words), "{words}");
        }
    }

    #[test]
    fn a_share_stands_once() {
        assert_eq!(after_share("进度60%，已上线", 60), "已上线");
        assert_eq!(after_share("60% 已上线", 60), "已上线");
        assert_eq!(after_share("进度60%", 60), "");
        assert_eq!(after_share("已完成60%", 60), "已完成60%");
    }

    #[test]
    fn a_quote_is_one_line_without_its_last_stop() {
        assert_eq!(quote("/report@duban_bot 5 系统\n已上线。"), "系统 已上线");
        assert_eq!(quote("/extend 26 2019-08-31 数据清理量大"), "数据清理量大");
        assert_eq!(quote(&"字".repeat(200)).chars().count(), LONGEST_QUOTE + 2);
    }
}
