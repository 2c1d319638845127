//! 周报 and 简报: what the coordinators are told once a week, and whenever they ask. One screen, with buttons for the rest.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::briefing::{AHEAD, Meeting};
use crate::chat::words::{Block, Button, Words, messages};
use crate::chat::{phrases, text};
use crate::intent::button::look;
use crate::office::duty::{Asked, Duty};
use crate::office::figures::TaskFigure;
use crate::questions::sentences::as_of;
use crate::reporting::sentences::claimed;
use crate::review::Petition;
use crate::schedule::calendar::Weekend;
use crate::understanding::{Query, QueryKind};

/// How many a line names before it says how many more there are.
const MOST_NAMED: usize = 6;
/// The same of what waits for a decision.
const MOST_PETITIONS: usize = 20;

/// What a briefing tells.
#[derive(Clone, Copy, Debug)]
pub struct Briefing<'m, 'a> {
    pub meeting: Meeting<'m, 'a>,
    pub office: Option<&'m str>,
    /// Whether the schedule says it, and whether later than it should.
    pub weekly: bool,
    pub made_up_for: bool,
    /// The days off, where the calendar knows no holidays of this year.
    pub only_weekends: Option<&'m Weekend>,
}

impl Briefing<'_, '_> {
    /// Nearly always one message.
    pub fn words(&self) -> Vec<Words> {
        let (mark, title) = (if self.made_up_for { "（补发）" } else { "" }, if self.weekly { "周报" } else { "简报" });
        let figures = self.meeting.figures;
        let office = self.office.map(|office| format!("{}　", text::escape(office))).unwrap_or_default();
        let mut lines = vec![format!("【督办{title}】{mark}{office}截至{}", as_of(figures.totals.at)), self.counts()];
        lines.push(self.since());
        lines.extend(self.understood());
        lines.extend(self.changes());
        lines.extend(self.petitions());
        lines.extend(self.unconfirmed());
        lines.extend(self.ahead());
        lines.extend(self.call());
        lines.extend(self.pressing());
        if let Some(weekend) = self.only_weekends {
            lines.push(format!("本年节假日安排尚未录入，目前{}。", phrases::only_weekends_off(weekend)));
        }
        let since = self.meeting.since;
        lines.extend(since.head.as_ref().map(|head| format!("台账 {} 条，末端 <code>{head}</code>", since.entries)));
        let mut words = messages(lines.into_iter().map(Block::text).collect());
        if let Some(last) = words.last_mut() {
            last.buttons = self.buttons();
        }
        words
    }

    fn today(&self) -> NaiveDate {
        self.meeting.figures.totals.at.today
    }

    /// Tasks and duties, each of which add up.
    fn counts(&self) -> String {
        let totals = &self.meeting.figures.totals;
        let (tasks, duties) = (&totals.tasks, &totals.duties);
        let late = some(&[("；其中逾期 <b>", tasks.overdue)], "</b> 项");
        let waiting = some(
            &[("；待答复的问题 ", totals.problems), ("；未能通知的单位 ", totals.units_unreached().count())],
            " 个",
        );
        format!(
            "任务 {} 项：{}{late}。\n各单位承担的责任 {} 项：{}{waiting}。",
            tasks.total,
            tasks.in_words(),
            duties.counts.total,
            duties.heard_or_not(" ", ""),
        )
    }

    fn since(&self) -> String {
        let happened = self.meeting.since.happened;
        let since = phrases::day(self.meeting.since_day(), self.today());
        let count = |count: i64| usize::try_from(count).unwrap_or(0);
        let counts = [
            ("，登记责任进展 ", count(happened.reports)),
            ("，同意办结 ", count(happened.accepted)),
            ("，退回 ", count(happened.returned)),
        ];
        let (reports, rulings) = (some(&counts[..1], " 项次"), some(&counts[1..], " 项"));
        match format!("{reports}{rulings}").strip_prefix('，') {
            Some(told) => format!("<b>{since}以来</b>：{told}。"),
            None => format!("<b>{since}以来</b>：没有登记新的进展。"),
        }
    }

    fn changes(&self) -> Vec<String> {
        let duties = |duties: Vec<&Duty>| duties.into_iter().map(duty_called).collect::<Vec<_>>();
        let late = |task: &TaskFigure<'_>| {
            let since = task.overdue_since.map(|since| format!("（{}到期）", phrases::day(since, self.today())));
            format!("{}{}", task_called(task.duties.first().copied(), task), since.unwrap_or_default())
        };
        let done = |task: &TaskFigure<'_>| task_called(task.duties.first().copied(), task);
        [
            ("新办结任务", self.meeting.done_tasks().into_iter().map(done).collect()),
            ("新办结责任", duties(self.meeting.done())),
            ("新逾期任务", self.meeting.newly_late().into_iter().map(late).collect()),
            ("新受阻责任", duties(self.meeting.newly_blocked())),
        ]
        .into_iter()
        .filter(|(_, named)| !named.is_empty())
        .map(|(label, named)| format!("<b>{label} {} 项</b>：{}。", named.len(), first_of(named, MOST_NAMED, "项")))
        .collect()
    }

    /// All that waits, with its age.
    fn petitions(&self) -> Option<String> {
        let figures = self.meeting.figures;
        let named = figures.petitions.iter().map(|(petition, asked, duty)| self.petition(*petition, *asked, duty));
        let transfers = figures.transfers().into_iter();
        let transfers = transfers.map(|(transfer, duty)| {
            format!("{}转办退回（{}天）", duty_called(duty), self.days_since(transfer.asked.at))
        });
        let named: Vec<String> = named.chain(transfers).collect();
        (!named.is_empty())
            .then(|| format!("<b>待核定 {} 件</b>：{}。", named.len(), first_of(named, MOST_PETITIONS, "件")))
    }

    fn petition(&self, petition: Petition, asked: Asked, duty: &Duty) -> String {
        let what = match petition {
            Petition::Claim(of) => format!("提请办结{}", claimed(duty, of)),
            Petition::Suspension => "申请中止".to_owned(),
            Petition::MoreTime(of) => {
                let until = duty.wish(of).map(|wish| phrases::day(wish.due, self.today()));
                format!("延期至{}", until.unwrap_or_default())
            }
        };
        format!("{}{what}（{}天）", duty_called(duty), self.days_since(asked.at))
    }

    fn days_since(&self, at: DateTime<Utc>) -> i64 {
        (self.today() - self.meeting.figures.totals.at.day_of(at)).num_days()
    }

    /// What units have said and not confirmed yet.
    fn unconfirmed(&self) -> Option<String> {
        let named = self.meeting.figures.unconfirmed.iter().filter_map(|(words, duties)| {
            let unit = text::escape(&duties.first()?.unit.name);
            Some(format!("{unit}（{}天）", self.days_since(words.at)))
        });
        let named: Vec<String> = named.collect();
        (!named.is_empty())
            .then(|| format!("<b>待单位确认 {} 条</b>：{}。", named.len(), first_of(named, MOST_NAMED, "条")))
    }

    fn ahead(&self) -> Option<String> {
        let ahead = self.meeting.ahead();
        let named = ahead.iter().filter_map(|(deadline, unheard)| {
            let first = deadline.duties.first()?;
            let (reached, unreached): (Vec<&Duty>, Vec<&Duty>) =
                unheard.iter().copied().partition(|duty| duty.reach.is_reached());
            let told =
                [("近期未反馈", reached), ("未能通知", unreached)].into_iter().filter(|(_, duties)| !duties.is_empty());
            let told = told.map(|(what, duties)| {
                let units: Vec<String> = duties.iter().map(|duty| duty.unit_and_reach()).collect();
                format!("{} 个单位{what}：{}", units.len(), phrases::names(&units))
            });
            let told = told.collect::<Vec<_>>().join("；");
            let unheard = if told.is_empty() { "近期均已反馈".to_owned() } else { told };
            let due = phrases::day(deadline.milestone.due, self.today());
            Some(format!("{due} {}{}（{} 个单位，{unheard}）", plan_of(first), number(first), deadline.duties.len()))
        });
        let named: Vec<String> = named.collect();
        (!named.is_empty())
            .then(|| format!("<b>今后两周到期 {} 个</b>：{}。", named.len(), first_of(named, MOST_NAMED, "个")))
    }

    fn call(&self) -> Option<String> {
        let call = self.meeting.since.call.as_ref()?;
        let (answered, waiting) = (call.answered.len(), call.waiting.len());
        let named = if waiting > 0 { format!("：{}", phrases::names(&call.waiting)) } else { String::new() };
        Some(format!(
            "<b>{}收集进展</b>：通知 {} 个单位，已反馈 {answered} 个，未反馈 {waiting} 个{named}。",
            phrases::day(call.day, self.today()),
            answered + waiting
        ))
    }

    fn pressing(&self) -> Option<String> {
        let press = self.meeting.to_press();
        let example = format!("/remind {}", press.first()?.first()?.task.number);
        let named = press.iter().filter_map(|duties| {
            let first = duties.first()?;
            Some(format!("{}{}（{} 个单位）", plan_of(first), number(first), duties.len()))
        });
        Some(format!("<b>建议催办</b>：{}。可发送 {example}。", first_of(named.collect(), MOST_NAMED, "项")))
    }

    /// How often contacts were understood.
    fn understood(&self) -> Option<String> {
        let happened = self.meeting.since.happened;
        let count = |count: i64| usize::try_from(count).unwrap_or(0);
        let became = [
            ("，请联络员确认 ", count(happened.asked)),
            ("，撤回 ", count(happened.undone)),
            ("，更正 ", count(happened.corrected)),
            ("，退回 ", count(happened.returned)),
        ];
        let became = some(&became, " 条");
        let is_something = happened.read > 0 || !became.is_empty();
        is_something.then(|| format!("本期反馈消息 {} 条{}。", happened.read, became.replacen('，', "：", 1)))
    }

    /// What there is more of, and the same as a file.
    fn buttons(&self) -> Vec<Vec<Button>> {
        let (figures, today) = (self.meeting.figures, self.today());
        let due = Query { from: Some(today), to: Some(today + Days::new(AHEAD)), ..Query::of(QueryKind::Due) };
        let rest = [
            ("逾期", figures.overdue().count(), Query::of(QueryKind::Overdue)),
            ("待核定", figures.waiting(), Query::of(QueryKind::Pending)),
            ("问题", figures.problems.len(), Query::of(QueryKind::Problems)),
            ("未反馈单位", figures.silent().count(), Query::of(QueryKind::Silent)),
            ("两周到期", self.meeting.ahead().len(), due),
        ];
        let rest = rest.into_iter().filter(|(_, count, _)| *count > 0).filter_map(|(label, count, query)| {
            Some(Button { text: format!("{label} {count}"), data: look::look(&query)? })
        });
        let file = Button { text: "会议材料".to_owned(), data: look::MEETING_PAPER.to_owned() };
        let all: Vec<Button> = rest.chain([file]).collect();
        all.chunks(3).map(<[Button]>::to_vec).collect()
    }
}

/// Each count with what stands before and behind it; what is none is not told.
fn some(counts: &[(&str, usize)], measure: &str) -> String {
    let some = counts.iter().filter(|(_, count)| *count > 0);
    some.map(|(label, count)| format!("{label}{count}{measure}")).collect()
}

fn number(duty: &Duty) -> String {
    format!("第{}项", text::escape(&duty.task.number))
}

fn plan_of(duty: &Duty) -> String {
    phrases::named_plan(duty.namesake.as_ref().map(|namesake| namesake.plan.as_str()))
}

/// `第5项省公安厅`
fn duty_called(duty: &Duty) -> String {
    format!("{}{}{}", plan_of(duty), number(duty), text::escape(&duty.unit.name))
}

fn task_called(first: Option<&Duty>, task: &TaskFigure<'_>) -> String {
    let plan = first.map(plan_of).unwrap_or_default();
    format!("{plan}第{}项 {}", text::escape(&task.task.number), text::escape(&task.task.short_title()))
}

fn first_of(mut named: Vec<String>, most: usize, measure: &str) -> String {
    let count = named.len();
    named.truncate(most);
    let rest = if count > most { format!("；另有 {} {measure}", count - most) } else { String::new() };
    format!("{}{rest}", named.join("；"))
}
