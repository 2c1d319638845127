//! 时间: the dates and figures that a task's words and its fields of dates name.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::Regex;

use super::clause::Deadline;
use super::duty::Duties;
use super::{begun, script, target};
use crate::office::plan::{DraftMilestone, MilestoneKind};
use crate::schedule::deadline;
use crate::schedule::deadline::{Context, Place};

/// What a task says of time, and how much it is to reach.
#[derive(Default)]
pub struct Times {
    pub milestones: Vec<DraftMilestone>,
    pub targets: Vec<String>,
    /// What its fields of dates say beside dates.
    pub others: Vec<String>,
    /// What they say of time without a date that could be read: 暑假期间完成重建, 已于3月16日完成.
    pub unread: Vec<String>,
}

/// What the words of a task are read with.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub context: Context,
    /// What the document says before its tasks.
    pub told: &'a [String],
    /// The span of time that a heading above the task gives.
    pub span: Option<&'a str>,
}

/// The dates of a text and its fields. `others` is what else its responsibility says.
pub fn read(text: &str, fields: &[Deadline], duties: &Duties, others: &[String], around: Around) -> Times {
    let Around { context, told, span } = around;
    let mut times = Times::default();
    let met = |words: &str| begun::met(words, told, context);
    times.take(text, Context { counted_from: met(text), ..context }, Place::Prose);
    let in_prose = times.milestones.len();
    for Deadline { text: field, of } in fields {
        if TELLS_DONE.is_match(&script::simplify(field)) {
            times.unread.extend(Some(field.clone()).filter(|field| deadline::first(field).is_some()));
            times.others.push(format!("时限：{field}"));
            times.take_lasting(field.find(['，', '；']).map_or("", |at| &field[at..]), context);
            continue;
        }
        let known = times.milestones.len();
        let counted_from = begun::on(field, text, others, context)
            .or_else(|| begun::told(field, told, context))
            .or_else(|| met(field));
        times.take(field, Context { counted_from, ..context }, Place::Field);
        let refers = field.starts_with(['按', '见', '同']) && !times.milestones.is_empty();
        let found = &times.milestones[known..];
        if found.is_empty() && says_when(field) && !refers {
            let doubt = Some("这个时限没有读出日期，需要人工核定截止日期。".to_owned());
            let kind = if begun::counts_days(field) { MilestoneKind::WithinDays } else { MilestoneKind::ByDate };
            let text = field.clone();
            times.milestones.push(DraftMilestone { text, kind, due: None, rule: None, scope: None, doubt });
        } else if says_more(field, found) && field.contains(char::is_alphanumeric) {
            times.unread.extend(without_date(field, found));
            times.others.push(format!("时限：{field}"));
        }
        if !of.is_empty() && duties.named().any(|name| !of.iter().any(|own| own == name)) {
            times.milestones[known..].iter_mut().for_each(|milestone| milestone.scope = Some(of.join("、")));
        }
    }
    let in_fields = times.milestones.split_off(in_prose);
    times.milestones.retain(|prose| !fields.iter().any(|field| field.text.contains(&prose.text)));
    times.milestones.extend(in_fields);
    leave_out_spans(text, &mut times.milestones);
    // 每月召开座谈会，次月5日前报送: each month has its next.
    if times.milestones.iter().any(|milestone| milestone.kind == MilestoneKind::Recurring) {
        let next = |milestone: &&mut DraftMilestone| {
            milestone.text.starts_with("次月") && milestone.kind == MilestoneKind::ByDate
        };
        for milestone in times.milestones.iter_mut().filter(next) {
            (milestone.kind, milestone.due, milestone.doubt) = (MilestoneKind::Recurring, None, None);
        }
    }
    if let Some(span) = span.filter(|_| times.milestones.is_empty()) {
        times.take(span, context, Place::Field);
        let doubt = "文件按时间分段列任务，这一项按所在时段的最后一天计算。";
        times.milestones.iter_mut().filter(|milestone| milestone.text == span).for_each(|milestone| {
            milestone.doubt.get_or_insert_with(|| doubt.to_owned());
        });
    }
    times
}

/// The clauses of a field that say when without a date, beside others that have one: 3月20日前设置警戒，暑假期间重建.
fn without_date(field: &str, found: &[DraftMilestone]) -> Vec<String> {
    static WHEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("期间|[学假汛工]期|前(?:完成|$)|[结完竣][束成工]后|[以之]内|届时|适时").expect("a constant")
    });
    let has_date = |clause: &&str| found.iter().any(|date| clause.contains(&date.text) || date.text.contains(*clause));
    let clauses = field.split(['，', ',', '；', ';', '。', '\n']).map(str::trim).filter(|clause| !clause.is_empty());
    let clauses = clauses.filter(|clause| !has_date(clause) && WHEN.is_match(&script::simplify(clause)));
    clauses.map(str::to_owned).collect()
}

impl Times {
    /// Adds what goes on after the task is done: 已完成，长期坚持.
    fn take_lasting(&mut self, text: &str, context: Context) {
        let known = self.milestones.len();
        self.take(text, context, Place::Field);
        let after = self.milestones.split_off(known);
        self.milestones.extend(after.into_iter().filter(|milestone| milestone.kind == MilestoneKind::Ongoing));
    }

    /// Adds the dates that a text names and, between them, the figures.
    fn take(&mut self, text: &str, context: Context, place: Place) {
        let plain = script::simplify(text);
        let phrases = deadline::find(&plain, context, place);
        let mut at = 0;
        for phrase in &phrases {
            // 二季度：完成招标 in a row of a table: the head of a column, which a field names.
            let opens_line = plain[..phrase.range.start].is_empty() || plain[..phrase.range.start].ends_with('\n');
            let heads = opens_line
                && plain[phrase.range.end..].starts_with('：')
                && !plain[phrase.range.clone()].contains('前');
            if place == Place::Prose && (heads || is_found(&plain, phrase.range.start)) {
                continue;
            }
            self.targets.extend(target::find(&text[at..phrase.range.start]));
            at = phrase.range.end;
            self.milestones.push(DraftMilestone {
                text: text[phrase.range.clone()].to_owned(),
                kind: phrase.kind,
                due: phrase.due,
                rule: phrase.rule,
                scope: phrase.scope.clone().map(|scope| text[scope].to_owned()),
                doubt: phrase.doubt.clone(),
            });
        }
        self.targets.extend(target::find(&text[at..]));
    }
}

/// 已于3月16日完成整改: nothing is due any more.
static TELLS_DONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^[（(]?已(?:经|于|在)?[^，；]*(?:完成|办结|到位|整改|开工|销号)").expect("a constant")
});

/// The quarter, half year or month of a row (阶段：一季度) dates nothing where the row names a day within it.
fn leave_out_spans(text: &str, milestones: &mut Vec<DraftMilestone>) {
    static SPAN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:(?P<quarter>第?[一二三四1-4]季度)|(?P<half>[上下]半年)|[0-9一二三四五六七八九十]{1,2}月份?|(?P<year>全年))$")
            .expect("a constant")
    });
    let labelled = |line: &str, span: &str| {
        line == span || line.strip_suffix(span).is_some_and(|label| label.ends_with(['：', ':']))
    };
    let stands_alone = |span: &str| text.lines().any(|line| labelled(line, span));
    // The last day of a span, and how many months it has.
    let span = |milestone: &DraftMilestone| {
        let plain = script::simplify(&milestone.text);
        let found = SPAN.captures(&plain).filter(|_| stands_alone(&milestone.text))?;
        let months = match () {
            () if found.name("quarter").is_some() => 3,
            () if found.name("half").is_some() => 6,
            () if found.name("year").is_some() => 12,
            () => 1,
        };
        Some((milestone.due?, months))
    };
    let spans: Vec<Option<(NaiveDate, u32)>> = milestones.iter().map(span).collect();
    let [Some((last, months))] = spans.iter().filter(|span| span.is_some()).collect::<Vec<_>>()[..] else { return };
    let within = |day: NaiveDate| day <= *last && day.year() == last.year() && day.month() + months > last.month();
    let own = milestones.iter().zip(&spans).any(|(other, span)| span.is_none() && other.due.is_some_and(within));
    if own {
        let mut spans = spans.iter();
        milestones.retain(|_| spans.next().is_some_and(Option::is_none));
    }
}

/// Whether a field of dates holds more than a sign that there is none.
fn says_when(field: &str) -> bool {
    // 开工：已开工
    let value = field.rsplit(['：', ':']).next().unwrap_or(field);
    let words: String = value.chars().filter(|character| character.is_alphanumeric()).collect();
    !words.starts_with('已')
        && !words.is_empty()
        && !["无", "暂无", "略", "同上", "按要求", "待定"].contains(&words.as_str())
}

/// Whether a field of dates says more than the dates that were read: 5月底前全部开工.
fn says_more(field: &str, read: &[DraftMilestone]) -> bool {
    static STRUCTURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("预计|计划|力争|确保|争取|完成|办结|落实|推进|达到|到位|时间|时限|期限|[于在并和及与至到前内底须应由之以为拟]|[^\\p{L}\\p{N}]")
            .expect("a constant")
    });
    let rest = read.iter().fold(field.to_owned(), |rest, milestone| rest.replacen(&milestone.text, "", 1));
    !STRUCTURE.replace_all(&script::simplify(&rest), "").is_empty()
}

/// Whether a place is in a line that tells what was found: 反馈问题：年末结转资金1260万元.
fn is_found(text: &str, at: usize) -> bool {
    static FOUND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^[^：，。]{0,10}(?:问题|隐患|情况|进展|现状|描述|依据|缺陷|不足)[^：，。]{0,4}：")
            .expect("a constant")
    });
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    FOUND.is_match(&text[line..])
}
