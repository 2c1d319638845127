//! The answer to a report: what was understood of each task, and what follows.

pub mod dates;
pub mod on_behalf;
pub mod paging;
pub mod refused;
pub mod tap;
pub mod unclear;
pub mod unconfirmed;

use chrono::NaiveDate;

use crate::chat::words::{Button, Words};
use crate::chat::{phrases, text};
use crate::office::duty::Duty;
use crate::office::ids::MilestoneId;
use crate::office::status::Status;
use crate::reporting::{Repeat, RepeatKind};
use crate::review::Petition;
use crate::schedule::deadline::in_words;
use crate::understanding::{Aside, Item};

/// How much of a problem is repeated in an answer.
const LONGEST_QUOTE: usize = 60;

/// Above the answer to what waited for its sender's registration.
pub const MADE_UP: &str = "（补）登记前留存的反馈：";

/// What was recorded of one task.
pub struct Recorded<'a> {
    pub duty: &'a Duty,
    pub item: &'a Item,
    /// Said after the due date.
    pub late: bool,
    /// Whether it is named once more by the next working day's digest.
    pub reminded_again: bool,
    /// Whether a picture or file came with it.
    pub attachment: bool,
    /// Whether it brings files for a claim that waits, and says nothing else of how the duty stands.
    pub adds_to_claim: bool,
    /// Whether newer words that are on record tell how the duty stands.
    pub overtaken: bool,
    /// Whether its words would say why more time is wanted.
    pub gives_reason: bool,
    /// The problems that it raises anew.
    pub raised: Vec<&'a str>,
    /// What it asks for and a coordinator was asked before.
    pub repeats: Vec<Repeat>,
}

impl Recorded<'_> {
    fn repeats(&self, petition: Petition) -> Option<RepeatKind> {
        self.repeats.iter().find(|repeat| repeat.petition == petition).map(|repeat| repeat.kind)
    }

    /// Whether more time is asked for that was asked for before; a message asks for it once.
    fn repeats_wish(&self) -> Option<RepeatKind> {
        let wish = self.repeats.iter().find(|repeat| matches!(repeat.petition, Petition::MoreTime(_)));
        wish.map(|repeat| repeat.kind)
    }

    fn has_repeat(&self, kind: RepeatKind) -> bool {
        self.repeats.iter().any(|repeat| repeat.kind == kind)
    }

    /// Whether a coordinator has to decide on it.
    pub fn is_claim(&self) -> bool {
        let stands = !self.overtaken || self.item.claims.is_some();
        stands && self.claim().is_some_and(|claim| self.duty.status.may_be_suspended() && self.repeats(claim).is_none())
    }

    /// What of the duty it says to be done.
    fn claim(&self) -> Option<Petition> {
        let claims = self.item.claims.is_some() || self.item.status == Some(Status::ClaimedDone);
        claims.then_some(Petition::Claim(self.item.claims))
    }

    /// Whether a coordinator has to decide on a wish to be suspended.
    pub fn asks_suspension(&self) -> bool {
        self.item.status == Some(Status::Suspended)
            && self.duty.status.may_be_suspended()
            && self.repeats(Petition::Suspension).is_none()
    }

    /// Whether it would be a claim, were the duty not suspended: only a coordinator resumes it.
    pub fn claims_while_suspended(&self) -> bool {
        self.claim().is_some() && self.duty.status == Status::Suspended
    }

    /// Whether it asks for more time and does not say why; a file may say it.
    pub fn lacks_reason(&self) -> bool {
        self.asks_more_time().is_some() && !self.gives_reason && !self.attachment
    }

    /// Until when a coordinator has to decide on more time.
    pub fn asks_more_time(&self) -> Option<NaiveDate> {
        self.item.extend_to.filter(|_| self.repeats_wish().is_none())
    }
}

/// What was understood of one task, as one line that `task` begins.
pub fn understood(recorded: &Recorded<'_>, task: &str, today: NaiveDate) -> String {
    let Recorded { duty, item, late, .. } = recorded;
    let again = |repeat| if repeat == Some(RepeatKind::Again) { "再次" } else { "" };
    let mut said = Vec::new();
    if let Some(claim) = recorded.claim() {
        said.push(format!(
            "{}{}{}",
            again(recorded.repeats(claim)),
            Status::ClaimedDone.label(),
            claimed(duty, item.claims)
        ));
    }
    match (item.status, item.percent) {
        (Some(Status::ClaimedDone), _) => {}
        (Some(Status::InProgress), None) if item.claims.is_some() => {}
        (Some(Status::Suspended), _) => said.push(format!("{}申请中止", again(recorded.repeats(Petition::Suspension)))),
        (Some(status), Some(percent)) => said.push(format!("{}{percent}%", status.label())),
        (Some(status), None) => said.push(status.label().to_owned()),
        (None, Some(percent)) => said.push(format!("{percent}%")),
        (None, None) if item.unchanged => said.push(format!("无变化，仍为{}", stands(duty))),
        (None, None) => {}
    }
    if let Some(date) = item.extend_to {
        let again = again(recorded.repeats_wish());
        let instead = instead_of(duty, item.puts_off.or(duty.extendable(today).map(|date| date.id)), today);
        said.push(format!("{again}申请延期至{}{instead}", phrases::day(date, today)));
    }
    if !item.problems.is_empty() {
        said.push(format!("问题：{}", text::escape(&text::cut(&item.problems.join("；"), LONGEST_QUOTE))));
    }
    if !item.practices.is_empty() {
        said.push(format!("经验：{}", text::escape(&text::cut(&item.practices.join("；"), LONGEST_QUOTE))));
    }
    if said.is_empty() {
        said.push(if recorded.adds_to_claim { "提请办结的补充附件" } else { "情况已记录" }.to_owned());
    }
    let late = if *late { "逾期反馈，" } else { "" };
    format!("{task}：{late}{}", said.join("，"))
}

/// `（2019年6月底前）`, `（整项）`: what of a duty with several dates is claimed.
pub fn claimed(duty: &Duty, of: Option<MilestoneId>) -> String {
    match of.and_then(|date| duty.milestone(date)) {
        Some(date) => format!("（{}）", text::escape(&date.name())),
        None if duty.milestones.len() > 1 => "（整项）".to_owned(),
        None => String::new(),
    }
}

/// `（原时限6月30日）`
pub fn instead_of(duty: &Duty, of: Option<MilestoneId>, today: NaiveDate) -> String {
    let date = of.and_then(|date| duty.milestone(date));
    date.map(|date| format!("（原时限{}）", phrases::day(date.due, today))).unwrap_or_default()
}

/// `推进中60%`
fn stands(duty: &Duty) -> String {
    let percent = duty.percent.filter(|_| duty.status.is_open());
    let percent = percent.map(|percent| format!("{percent}%")).unwrap_or_default();
    format!("{}{percent}", duty.status.label())
}

/// The answer to a report: one line for each task recorded, and one for all of which something was said aside.
pub fn answer(preface: &[String], recorded: &[Recorded<'_>], undo: String, today: NaiveDate) -> Words {
    let reports: Vec<&Recorded<'_>> = recorded.iter().filter(|one| one.item.aside.is_none()).collect();
    let lines = folded(&reports, today).into_iter();
    let asides = Aside::ALL.into_iter().filter_map(|aside| said_aside(aside, recorded));
    let said = format!("已登记 {}", lines.chain(asides).collect::<Vec<_>>().join("\n"));
    let html: Vec<String> = preface.iter().cloned().chain([said]).chain(remarks(recorded, today)).collect();
    Words::plain(html.join("\n"))
        .about(recorded.iter().map(|one| one.duty.task.id))
        .with_row(vec![Button { text: "撤回".to_owned(), data: undo }])
}

/// How many lines a confirmation has at most, and how many numbers are listed in one.
const MOST_LINES: usize = 5;
const MOST_NUMBERS: usize = 8;

/// A line each; where they are many, one for all that stand alike, and one for what is left then.
fn folded(reports: &[&Recorded<'_>], today: NaiveDate) -> Vec<String> {
    if reports.len() <= MOST_LINES {
        return reports.iter().map(|one| understood(one, &phrases::task_line(one.duty), today)).collect();
    }
    let mut alike: Vec<(String, Vec<&Duty>)> = Vec::new();
    for one in reports {
        let said = understood(one, "", today);
        match alike.iter_mut().find(|(known, _)| *known == said) {
            Some((_, duties)) => duties.push(one.duty),
            None => alike.push((said, vec![one.duty])),
        }
    }
    let line = |(said, duties): &(String, Vec<&Duty>)| format!("{}{said}", tasks_listed(duties));
    let mut lines: Vec<String> = alike.iter().map(line).collect();
    if lines.len() > MOST_LINES {
        let rest = lines.split_off(MOST_LINES - 1);
        lines.push(rest.join("；"));
    }
    lines
}

/// What was recorded, in one line.
pub fn briefly(recorded: &[Recorded<'_>], today: NaiveDate) -> String {
    let numbered = |one: &Recorded<'_>| format!("第{}项", text::escape(&one.duty.task.number));
    let (asides, reports): (Vec<_>, Vec<_>) = recorded.iter().partition(|one| one.item.aside.is_some());
    let said = if reports.len() > MOST_LINES {
        folded(&reports, today)
    } else {
        reports.iter().map(|one| understood(one, &numbered(one), today)).collect()
    };
    let asides = asides.into_iter().filter_map(|one| Some(format!("{}：{}", numbered(one), one.item.aside?.label())));
    said.into_iter().chain(asides).collect::<Vec<_>>().join("；")
}

/// `第1、2、4项`; a task whose number the unit has in another plan as well stands by itself, `《政务公开》第5项`.
pub fn tasks_listed(duties: &[&Duty]) -> String {
    let number = |duty: &Duty| text::escape(&duty.task.number);
    let (named, plain): (Vec<&Duty>, Vec<&Duty>) =
        duties.iter().copied().partition(|duty| !phrases::plan_in_unit(duty).is_empty());
    let plain: Vec<String> = plain.into_iter().map(number).collect();
    let plain = (!plain.is_empty()).then(|| format!("第{}", listed(&plain)));
    let mut plans: Vec<(String, Vec<String>)> = Vec::new();
    for duty in named {
        let plan = phrases::plan_in_unit(duty);
        match plans.iter_mut().find(|(known, _)| *known == plan) {
            Some((_, numbers)) => numbers.push(number(duty)),
            None => plans.push((plan, vec![number(duty)])),
        }
    }
    let named = plans.iter().map(|(plan, numbers)| format!("{plan}第{}", listed(numbers)));
    plain.into_iter().chain(named).collect::<Vec<_>>().join("、")
}

/// `1、2、3…18`, where they are many, with how many they are.
fn listed(numbers: &[String]) -> String {
    match numbers {
        [first, second, third, .., last] if numbers.len() > MOST_NUMBERS => {
            format!("{first}、{second}、{third}…{last}项（共{}项）", numbers.len())
        }
        _ => format!("{}项", numbers.join("、")),
    }
}

/// What was said beside how the tasks stand, in one line.
fn said_aside(aside: Aside, recorded: &[Recorded<'_>]) -> Option<String> {
    let duties: Vec<&Duty> = recorded.iter().filter(|one| one.item.aside == Some(aside)).map(|one| one.duty).collect();
    let tasks = match duties.as_slice() {
        [] => return None,
        [only] => phrases::task_line(only),
        several => several
            .iter()
            .map(|duty| format!("{}第{}项", phrases::plan_in_unit(duty), text::escape(&duty.task.number)))
            .collect::<Vec<_>>()
            .join("、"),
    };
    Some(match aside {
        Aside::Transfer => format!("{tasks}：不属本单位职责，已转告督办员，答复前仍由本单位负责。"),
        Aside::Defer => {
            let again = recorded.iter().any(|one| one.item.aside == Some(aside) && one.reminded_again);
            let next = match (again, duties.iter().any(|duty| duty.status.is_open())) {
                (true, _) => "。已记下，下一工作日再提醒一次。",
                (false, true) => "。本时限已安排过一次再提醒，不再重复。",
                (false, false) => "，不计为进展。",
            };
            format!("{tasks}：稍后反馈{next}")
        }
    })
}

/// What follows from what was recorded, in a line each.
fn remarks(recorded: &[Recorded<'_>], today: NaiveDate) -> Vec<String> {
    let any = |holds: fn(&Recorded<'_>) -> bool| recorded.iter().any(holds);
    let holds_until = recorded.iter().filter(|one| one.asks_more_time().is_some()).find_map(|one| {
        let of = one.item.puts_off.or(one.duty.extendable(today).map(|date| date.id));
        Some(format!("（{}）", phrases::day(one.duty.milestone(of?)?.due, today)))
    });
    let more_time = format!("延期待督办员核准，核准前仍按原时限{}执行。", holds_until.unwrap_or_default());
    let remarks = [
        (any(|one| one.attachment), "附件已留存。"),
        (
            any(|one| one.overtaken && one.item.tells_standing() && one.item.claims.is_none()),
            "此后已有新的反馈，进展以新的为准，本次按原话时间留存。",
        ),
        (any(|one| one.overtaken && one.claim() == Some(Petition::Claim(None))), "如确已办结，请再次提请。"),
        (any(|one| one.duty.status == Status::Done), "已办结的任务，本次仅作记录。"),
        (any(|one| one.duty.status == Status::Suspended), "已中止的任务，本次仅作记录，恢复由督办员决定。"),
        (any(|one| one.claims_while_suspended()), "提请办结的情况已告知督办员，恢复后请再次提请。"),
        (any(|one| one.asks_suspension()), "中止由督办员答复，答复前仍按受阻掌握。"),
        (any(|one| one.is_claim()), "办结由督办员核定。"),
        (any(|one| one.is_claim() && one.item.claims.is_some()), "其余时限照常提醒。"),
        (any(|one| one.asks_more_time().is_some()), more_time.as_str()),
        (any(|one| one.lacks_reason()), "请回复本条说明延期理由。"),
        (any(|one| one.has_repeat(RepeatKind::Again)), "此前的申请正待督办员答复，不重复提请，本次反馈已留存。"),
        (any(|one| one.has_repeat(RepeatKind::Reworded)), "申请仍待督办员答复。"),
        (
            any(|one| one.has_repeat(RepeatKind::Answered)),
            "督办员已答复过这条申请，修改不作为新的申请；如需再次申请，请另发一条消息。",
        ),
        (any(|one| one.item.problems_over && !one.duty.problems.is_empty()), "此前反映的问题已解决。"),
        (any(|one| !one.raised.is_empty()), "问题由督办员答复。"),
    ];
    remarks.into_iter().filter(|(holds, _)| *holds).map(|(_, remark)| remark.to_owned()).collect()
}

/// A wish for more time that asks for no more: `now` is the date that holds.
pub fn no_more_time(number: &str, wanted: NaiveDate, now: Option<NaiveDate>, today: NaiveDate) -> String {
    let why = match now {
        Some(now) => format!("不晚于现时限（{}）", phrases::day(now, today)),
        None => "该日期已过".to_owned(),
    };
    format!(
        "第{}项申请延期至{}，{why}，未作为延期申请登记，请写明更晚的日期。",
        text::escape(number),
        phrases::day(wanted, today)
    )
}

/// Nobody can grant more time without a date.
pub fn date_wanted(number: &str) -> String {
    format!(
        "申请延期请写明日期，例如“{} 申请延期至〔日期〕，理由：…”；没有日期的不作为延期申请登记。",
        text::escape(number)
    )
}

/// A task without a date has none that more time could be asked for.
pub fn no_date_to_extend(number: &str, wanted: NaiveDate) -> String {
    let (number, wanted) = (text::escape(number), in_words(wanted));
    format!(
        "第{number}项没有规定时限，无需申请延期，所说日期已随原话留存；需要按期提醒的，可发送“/step {number} {wanted} 工作内容”。"
    )
}
