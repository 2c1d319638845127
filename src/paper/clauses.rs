//! 进展: what units said last of a task, each in its own words; who said the same stands in one clause.

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
    let words = elsewhere.fold(spoken(&report.text), |words, told| without(&words, told));
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

/// The words without a problem, and without what leads up to it.
fn without(words: &str, problem: &str) -> String {
    let spoken = spoken(problem);
    let Some((before, after)) = words.split_once(&spoken).filter(|_| !spoken.is_empty()) else {
        return words.to_owned();
    };
    const LEADS: [&str; 8] = ["问题是", "主要问题", "存在的问题", "存在", "问题", "困难", "经验", "但"];
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
