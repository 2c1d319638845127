//! 起算日: the day that 反馈意见之日起60日内 counts from, where the task or the document says it.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::Regex;

use super::script;
use crate::schedule::deadline;
use crate::schedule::deadline::{Context, Place};

/// The day that the days of a field count from, where the task says it: 交办日期：3月1日 for 交办之日起15个工作日内, and for
/// 15个工作日内 alone.
pub fn on(field: &str, text: &str, others: &[String], context: Context) -> Option<NaiveDate> {
    static BEGUN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?m)^(?P<act>交办|转办|受理|下达|派发|签收|收文|来文|接收)(?:时间|日期)[：:](?P<day>.+)$")
            .expect("a constant")
    });
    if !counts_days(field) {
        return None;
    }
    let field = script::simplify(field);
    others.iter().map(String::as_str).chain([text]).find_map(|words| {
        let words = script::simplify(words);
        let found = BEGUN.captures(&words)?;
        let other_beginning = field.contains(['起', '后']) && !field.contains(&found["act"]);
        // It has happened: in the year of issue, where none is named.
        let plan_year = context.plan_year.or(context.issued_on.map(|issued| issued.year()));
        let day = deadline::find(&found["day"], Context { plan_year, ..Context::default() }, Place::Field).first()?.due;
        day.filter(|_| !other_beginning)
    })
}

/// The day that a document tells of before its tasks: 2024年7月5日，县委巡察组反馈了意见 for 自反馈意见之日起60日内.
pub fn told(field: &str, told: &[String], context: Context) -> Option<NaiveDate> {
    const NEAREST: usize = 60;
    static BEGUN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            "^(?:自|从)?[^，。；]{0,8}?(?P<act>反馈|交办|转办|移交|通报|下达|约谈)[^，。；]{0,8}(?:之日起|日起|后)",
        )
        .expect("a constant")
    });
    static DAY: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日").expect("a constant"));
    if told.is_empty() || !counts_days(field) {
        return None;
    }
    let field = script::simplify(field);
    let act = BEGUN.captures(&field)?.name("act")?.as_str().to_owned();
    let sentences = told.iter().flat_map(|line| line.split(['。', '；']));
    let mut days = sentences.filter_map(|sentence| {
        let day = DAY.find(sentence)?;
        let after = &sentence[day.end()..];
        let near = after.find(&act).is_some_and(|at| after[..at].chars().nth(NEAREST).is_none());
        near.then(|| day.as_str())
    });
    let day = days.next()?;
    let plan_year = context.plan_year.or(context.issued_on.map(|issued| issued.year()));
    let due = deadline::find(day, Context { plan_year, ..Context::default() }, Place::Field).first()?.due?;
    // What was told of lies before the document.
    Some(due).filter(|due| context.issued_on.is_none_or(|issued| *due <= issued))
}

/// The day of the meeting that a document tells of before its tasks: 2025年4月22日下午，区长主持召开会议 for 会后15日内.
pub fn met(words: &str, told: &[String], context: Context) -> Option<NaiveDate> {
    static AFTER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("会(?:议)?(?:结束)?(?:之|以)?后[^，。；]{0,6}内").expect("a constant"));
    static MEETING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            "^(?:(?:会议)?(?:时间|日期)[：:])?(?P<day>(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日)(?:[上下]午|晚上?)?(?:$|，?[^。]{0,60}(?:主持|召开))",
        )
        .expect("a constant")
    });
    if told.is_empty() || !AFTER.is_match(&script::simplify(words)) {
        return None;
    }
    let met = told.iter().find_map(|line| MEETING.captures(line))?;
    // It has been held: in the year of issue, where none is named.
    let plan_year = context.plan_year.or(context.issued_on.map(|issued| issued.year()));
    deadline::find(&met["day"], Context { plan_year, ..Context::default() }, Place::Field).first()?.due
}

/// 开学后两周内, 预警发布后2小时内: counted from what is not dated.
pub fn counts_days(field: &str) -> bool {
    static DAYS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("(?:工作日|个月|小时|分钟|[日天周年])(?:之|以)?内").expect("a constant"));
    DAYS.is_match(&script::simplify(field))
}

#[cfg(test)]
mod tests {
    #[test]
    fn days_after_the_meeting_count_from_its_day() {
        let read = |opening: &str| {
            let text =
                format!("会议纪要\n县政府办公室　2025年4月25日\n{opening}\n1.由县档案局修缮库房，会后15日内报告。");
            let draft = crate::plan::read("plan.txt", text.as_bytes()).unwrap();
            draft.tasks[0].milestones[0].due.map(|due| due.to_string())
        };
        assert_eq!(read("2025年4月22日下午，县长主持召开会议。").as_deref(), Some("2025-05-07"));
        assert_eq!(read("县长主持召开会议。"), None);
    }

    #[test]
    fn days_count_from_what_the_opening_tells() {
        let read = |opening: &str, field: &str| {
            let text = format!(
                "整改任务清单\n（2024年7月12日）\n{opening}\n1.修缮库房。\n责任单位：县档案局\n整改时限：{field}"
            );
            let draft = crate::plan::read("plan.txt", text.as_bytes()).unwrap();
            draft.tasks[0].milestones[0].due.map(|due| due.to_string())
        };
        let opening = "2024年7月5日，县委巡察组向县档案局反馈了意见。现制定清单如下。";
        assert_eq!(read(opening, "自反馈意见之日起60日内").as_deref(), Some("2024-09-03"));
        assert_eq!(read("现制定清单如下。", "自反馈意见之日起60日内").as_deref(), Some("2024-09-10"));
        assert_eq!(read(opening, "印发之日起60日内").as_deref(), Some("2024-09-10"));
    }
}
