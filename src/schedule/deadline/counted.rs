//! Days and years that count from something: 印发之日起30日内, 三年内, 收到文件后3日内, 出院后7日内.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Days, Months, NaiveDate};
use regex::{Captures, Regex};

use crate::office::plan::MilestoneKind;
use crate::schedule::deadline::meaning::{CALENDAR, Meaning, Reader, number};
use crate::schedule::deadline::{Place, clause, in_words};

/// 自本通知印发之日起, and not 政策文件公开发布之日起: what is issued is the document itself.
static FROM_ISSUE: LazyLock<Regex> = LazyLock::new(|| {
    let document = "本?(?:方案|通知|意见|文件|办法|计划|清单|措施|细则|规定|要点|纪要|通报|决定|分工|台账|清单|表|函)";
    Regex::new(&format!("(?:^|[自从在于应]|{document})(?:正式)?(?:印发|发布|公布|下发|发文|施行)")).expect("a constant")
});

static FROM_RECEIPT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:收到|接到|接)(?:本|此|该)?(?:通知|文件|方案|通报|任务|来函|函|纪要|意见|批示|交办单|转办单|清单|计划|台账|表)(?:之日起|之日|后|起)?$")
        .expect("a constant")
});

/// 会后15日内
static AFTER_MEETING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?:^|[，。；、于在]|本次)会(?:议)?(?:结束)?(?:之|以)?后$").expect("a constant"));

/// The last of so many days, weeks, months or working days after a day.
fn later(day: NaiveDate, unit: &str, count: u32) -> Option<NaiveDate> {
    match unit {
        "个月" => day.checked_add_months(Months::new(count)),
        "周" => day.checked_add_days(Days::new(u64::from(count) * 7)),
        "日" | "天" => day.checked_add_days(Days::new(u64::from(count))),
        _ => CALENDAR.working_days_later(day, count),
    }
}

impl Reader<'_> {
    pub fn within_years(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let from_issue = FROM_ISSUE.is_match(clause::last(&self.text[..range.start], 12).trim_end());
        if !self.starts_clause(range.start) && !from_issue {
            return None;
        }
        let months = number(captures, "count")?.checked_mul(12)?;
        let due = self.context.issued_on.and_then(|issued| issued.checked_add_months(Months::new(months)));
        let doubt = (!from_issue || due.is_none()).then(|| self.unstated_beginning());
        Some(Meaning { kind: MilestoneKind::WithinYears, due, doubt })
    }

    /// Days count from the day after; what is done within days of an application or a report is a standard of service
    /// and no deadline.
    pub fn within_days(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        const ISSUED: [&str; 6] = ["印发", "发布", "公布", "下发", "发文", "施行"];
        const FROM_CASES: [&str; 12] =
            ["受理", "收到", "接到", "申请", "提交", "签订", "竣工", "登记", "验收", "发现", "报告", "认定"];
        let beginning = clause::last(&self.text[..range.start], 12).trim_end();
        // 反馈意见印发之日起: that of another document.
        let of_another = ["反馈", "督察", "审计", "检查", "巡察", "整改"].iter().any(|word| beginning.contains(word));
        let from_issue = FROM_ISSUE.is_match(beginning) && !of_another;
        let something_else_issued = !from_issue && ISSUED.iter().any(|word| beginning.contains(word));
        let has_beginning = beginning.ends_with("日起") || (from_issue && beginning.ends_with('后'));
        let unit = captures.name("unit")?.as_str();
        static REPORTS: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new("^(?:按(?:程序|规定))?(?:反馈|报送|上报|提交|完成|印发|制定|整改|建立|公布)")
                .expect("a constant")
        });
        let begins_text = self.starts_clause(range.start) && REPORTS.is_match(&self.text[range.end..]);
        let may_stand_alone =
            self.starts_clause(range.start) && (self.place == Place::Field || unit == "个月") || begins_text;
        let from_case = something_else_issued || FROM_CASES.iter().any(|word| beginning.contains(word));
        let counts = self.place == Place::Field || AFTER_MEETING.is_match(beginning);
        if let Some(day) = self.context.counted_from.filter(|_| counts) {
            let named = beginning.ends_with(['起', '后']);
            let doubt = (!named)
                .then(|| format!("原文没有写明从哪一天起算，这里从这一项写明的起始日期{}起算。", in_words(day)));
            let due = later(day, unit, number(captures, "count")?);
            return Some(Meaning { kind: MilestoneKind::WithinDays, due, doubt });
        }
        // 收到文件后30日内: the day on which it comes is not known.
        if FROM_RECEIPT.is_match(beginning) {
            let issued = self.context.issued_on.zip(number(captures, "count"));
            let earliest = issued.and_then(|(issued, count)| later(issued, unit, count));
            let earliest = earliest.map(|day| format!("；印发当天收到的，为{}", in_words(day))).unwrap_or_default();
            let doubt = Some(format!("从收到文件之日起算，请按实际收到的日期核定截止日期{earliest}。"));
            return Some(Meaning { kind: MilestoneKind::WithinDays, due: None, doubt });
        }
        // 出院后7日内: counted from what has no date.
        let from_event = beginning.ends_with('后') && !from_issue;
        if from_event && beginning.contains('每') {
            return None;
        }
        if !from_case && from_event {
            let doubt = Some("从某件事发生之日起算，没有固定的截止日期。".to_owned());
            return Some(Meaning { kind: MilestoneKind::WithinDays, due: None, doubt });
        }
        if from_case || !(has_beginning || may_stand_alone) {
            return None;
        }
        let count = number(captures, "count")?;
        let issued = self.context.issued_on;
        let due = issued.and_then(|day| later(day, unit, count));
        let doubt = match () {
            () if from_issue && issued.is_some() => None,
            () => Some(self.unstated_beginning()),
        };
        Some(Meaning { kind: MilestoneKind::WithinDays, due, doubt })
    }

    fn unstated_beginning(&self) -> String {
        match self.context.issued_on {
            Some(issued) => format!(
                "原文没有写明从哪一天起算，这里从印发之日{}起算；也可以从部署这项工作的会议或者上级文件的日期起算。",
                in_words(issued)
            ),
            None => "没有读到印发日期，不能推算截止日期。".to_owned(),
        }
    }
}
