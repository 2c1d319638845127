//! What coordinators decide, in words: to them, to the unit, to those who lead, and below the buttons that were used.

pub mod notice;
pub mod order;
pub mod pending;

use chrono::{DateTime, Utc};

use crate::chat::words::{Button, LONGEST_TEXT, Words};
use crate::chat::{UsedButtons, phrases, text};
use crate::office::duty::Duty;
use crate::office::moment::Moment;
use crate::office::standing::Ruling;
use crate::questions::sentences::names;
use crate::review::{Decided, Verdict, WishKind};
use crate::schedule::deadline::in_words;

/// How much of a reason is passed on.
const LONGEST_REASON: usize = 600;

pub const WITHDRAWN: &str = "已撤回";
/// Another report says something else.
pub const REPLACED: &str = "已改报";
/// More was said since the pressed button was drawn.
pub const SHOWN_ANEW: &str = "已有更新，请看最新一条。";
/// The files of a claim are on their way.
pub const OPENED: &str = "佐证已发送。";
pub const PAGE_CHANGED: &str = "本页内容已有变化，请按更新后的页面核定。";
pub const PAGE_AGREED: &str = "已同意本页。";
pub const NOT_ONES_OWN: &str = "本人提请的事项，请由其他督办员核定。";
/// Whoever asked for it agreed to it, because there was nobody else.
pub const SELF_SIGNED: &str = "（本人核定）";

/// Who decides, and when.
#[derive(Clone, Copy)]
pub struct Signed<'a> {
    pub person: &'a str,
    /// Whether they agree to what they asked for themselves.
    pub own: bool,
    pub moment: Moment,
}

impl Signed<'_> {
    /// `—— 周敏 06-27 10:05 同意办结`
    pub fn line(self, what: &str) -> String {
        let at = self.moment.now.with_timezone(&self.moment.zone).format("%m-%d %H:%M");
        format!("—— {} {at} {what}", text::escape(self.person))
    }

    /// `督办员周敏于6月27日10:05`
    fn in_words(self) -> String {
        format!("{}于{}", phrases::coordinator(self.person), day_and_time(self.moment.now, self.moment))
    }
}

/// `6月27日10:05`
pub fn day_and_time(at: DateTime<Utc>, moment: Moment) -> String {
    format!("{}{}", phrases::day(moment.day_of(at), moment.today), at.with_timezone(&moment.zone).format("%H:%M"))
}

/// `own`: whether whoever decides has asked for it.
pub fn label_of(verdict: Verdict, own: bool) -> String {
    format!("{}{}", label(verdict), if own { SELF_SIGNED } else { "" })
}

pub fn label(verdict: Verdict) -> String {
    match verdict {
        Verdict::Ruled(ruling) => ruling.label().to_owned(),
        Verdict::OfDate { due, granted: true, .. } => format!("同意办结（{}时限）", in_words(due)),
        Verdict::OfDate { due, granted: false, .. } => format!("退回办结申请（{}时限）", in_words(due)),
        Verdict::DateReopened { due, .. } => format!("撤销办结（{}时限）", in_words(due)),
        Verdict::Whole { .. } => "整项办结".to_owned(),
        Verdict::MoreTime { due, granted: true, all: false, .. } => format!("同意延期至{}", in_words(due)),
        Verdict::MoreTime { due, granted: true, all: true, .. } => format!("同意全部责任单位延期至{}", in_words(due)),
        Verdict::MoreTime { due, granted: false, .. } => format!("不同意延期至{}", in_words(due)),
        Verdict::NotSuspended => "不同意中止".to_owned(),
    }
}

/// Below the page that was agreed to.
pub fn agreed_to(claims: usize) -> String {
    format!("同意本页 {claims} 件")
}

/// Here: what was agreed to at once.
pub fn page_agreed(person: &str, duties: &[&Duty]) -> Words {
    let tasks = duties
        .iter()
        .map(|duty| format!("{}（{}）", phrases::task_line_in_office(duty), text::escape(&duty.unit.name)));
    let tasks = tasks.collect::<Vec<_>>().join("；");
    let words = format!("{} 同意本页 {} 件：{tasks}", text::escape(person), duties.len());
    Words::plain(words).about(duties.iter().map(|duty| duty.task.id))
}

/// What whoever pressed a button sees for a moment.
pub fn toast(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ruled(Ruling::Accepted) => "已同意办结。",
        Verdict::OfDate { granted: true, .. } => "已同意该时限办结。",
        Verdict::DateReopened { .. } => "已撤销该时限的办结。",
        Verdict::Whole { .. } => "已整项办结。",
        Verdict::Ruled(Ruling::Returned) | Verdict::OfDate { granted: false, .. } => "已退回。",
        Verdict::Ruled(Ruling::Suspended) => "已中止。",
        Verdict::Ruled(Ruling::Resumed) => "已恢复。",
        Verdict::Ruled(Ruling::Reopened) => "已撤销办结。",
        Verdict::MoreTime { granted: true, .. } => "已同意延期。",
        Verdict::MoreTime { granted: false, .. } | Verdict::NotSuspended => "已答复不同意。",
    }
}

/// For who presses second: `已由周敏于10:05同意办结。`
pub fn decided_before(decided: &Decided, moment: Moment) -> String {
    let at = match moment.day_of(decided.at) == moment.today {
        true => decided.at.with_timezone(&moment.zone).format("%H:%M").to_string(),
        false => day_and_time(decided.at, moment),
    };
    format!("已由{}于{at}{}。", text::cut(&decided.person, 40), label(decided.verdict))
}

/// Which task the words were about.
pub fn chosen(duty: &Duty) -> String {
    format!("选定第{}项", text::escape(&duty.task.number))
}

/// The words were about all tasks that their question named.
pub const ALL_CHOSEN: &str = "选定以上全部";

/// `第5项 省公安厅`
pub fn subject(duty: &Duty) -> String {
    format!("第{}项 {}", text::escape(&duty.task.number), text::escape(&duty.unit.name))
}

/// The first few units of some duties.
pub fn units(duties: &[&Duty]) -> String {
    names(&duties.iter().map(|duty| duty.unit.name.clone()).collect::<Vec<_>>())
}

/// Where it was decided.
pub fn here(
    verdict: Verdict,
    own: bool,
    duties: &[&Duty],
    person: &str,
    reason: Option<&str>,
    asks_why: bool,
) -> Words {
    let Some(first) = duties.first() else { return Words::default() };
    let ask = if asks_why { "\n请回复本条说明理由，将转告该单位。" } else { "" };
    let (task, units) = (phrases::task_line_in_office(first), units(duties));
    let words =
        format!("{} {}：{task}（{units}）{}{ask}", text::escape(person), label_of(verdict, own), because(reason));
    Words::plain(words).about([first.task.id])
}

/// To the unit, and to where it was asked.
pub fn to_unit(verdict: Verdict, duty: &Duty, signed: Signed<'_>, reason: Option<&str>) -> Words {
    let follows = match verdict {
        Verdict::Ruled(Ruling::Accepted) | Verdict::Whole { .. } => "",
        Verdict::OfDate { granted: true, .. } => "，其余时限照常推进",
        Verdict::Ruled(Ruling::Returned) | Verdict::OfDate { granted: false, .. } => match reason {
            Some(reason) => {
                let (task, by, label) = (phrases::task_line(duty), signed.in_words(), label_of(verdict, signed.own));
                let words = format!("{task}：{by}{label}，{}。请补充后再报。", ended(&because(Some(reason))));
                return Words::plain(words).about([duty.task.id]);
            }
            None => "，请继续推进并补充反馈",
        },
        Verdict::Ruled(Ruling::Suspended) => "，中止期间不再提醒",
        Verdict::Ruled(Ruling::Resumed) if reported_while_suspended(duty) => {
            "，原时限不变，请继续推进；中止期间的反馈只作记录，如有进展请重新反馈"
        }
        Verdict::Ruled(Ruling::Resumed) => "，原时限不变，请继续推进",
        Verdict::Ruled(Ruling::Reopened) | Verdict::DateReopened { .. } | Verdict::NotSuspended => "，请继续推进",
        Verdict::MoreTime { granted: true, .. } => "，提醒按新时限进行，原时限留存备查",
        Verdict::MoreTime { granted: false, .. } => "，仍按原时限推进",
    };
    let (task, by) = (phrases::task_line(duty), signed.in_words());
    Words::plain(format!("{task}：{by}{}{follows}。{}", label_of(verdict, signed.own), because(reason)))
        .about([duty.task.id])
}

fn reported_while_suspended(duty: &Duty) -> bool {
    let reported = duty.last_report.as_ref().map(|report| report.at);
    duty.suspension.as_ref().is_some_and(|suspension| reported >= Some(suspension.since))
}

/// To the units that lead the task.
pub fn to_lead(verdict: Verdict, duties: &[&Duty], signed: Signed<'_>, reason: Option<&str>) -> Words {
    let Some(first) = duties.first() else { return Words::default() };
    let (task, by, units) = (phrases::task_line(first), signed.in_words(), units(duties));
    Words::plain(format!("{task}：{by}{}（{units}）。{}", label_of(verdict, signed.own), because(reason)))
        .about([first.task.id])
}

/// Without the mark that ends it.
fn ended(reason: &str) -> &str {
    reason.trim().trim_end_matches(['。', '.', '；', '！'])
}

fn because(reason: Option<&str>) -> String {
    reason.map(|reason| format!("理由：{}", text::escape(&text::cut(reason, LONGEST_REASON)))).unwrap_or_default()
}

pub fn returned_because(duty: &Duty, reason: &str) -> Words {
    let reason = text::escape(&text::cut(reason, LONGEST_REASON));
    Words::plain(format!("{}：退回办结申请，理由：{}。请补充后再报。", phrases::task_line(duty), ended(&reason)))
        .about([duty.task.id])
}

/// What a coordinator adds to words that the unit was told before.
pub fn added(duty: &Duty, person: &str, words: &str) -> Words {
    let (person, words) = (phrases::coordinator(person), text::escape(&text::cut(words.trim(), LONGEST_REASON)));
    Words::plain(format!("{}：{person}补充：{words}", phrases::task_line(duty))).about([duty.task.id])
}

pub fn refused_because(wish: WishKind, duty: &Duty, reason: &str) -> Words {
    let refused = match wish {
        WishKind::MoreTime => "不同意延期",
        WishKind::Suspension => "不同意中止",
    };
    let reason = text::escape(&text::cut(reason, LONGEST_REASON));
    Words::plain(format!("{}：{refused}，理由：{}。", phrases::task_line(duty), ended(&reason))).about([duty.task.id])
}

/// What was passed on as a reason was none.
pub fn reason_taken_back(duty: &Duty, person: &str, said: &str) -> Words {
    taken_back(duty, person, "理由", said, "请以后续说明为准")
}

pub fn answer_taken_back(duty: &Duty, person: &str, said: &str) -> Words {
    taken_back(duty, person, "答复", said, "该问题仍待答复")
}

fn taken_back(duty: &Duty, person: &str, what: &str, said: &str, follows: &str) -> Words {
    let (person, said) = (phrases::coordinator(person), text::escape(&text::cut(said.trim(), LONGEST_REASON)));
    let words = format!("{}：{person}更正：此前转告的{what}“{said}”作废，{follows}。", phrases::task_line(duty));
    Words::plain(words).about([duty.task.id])
}

/// What a message says once some of its buttons are used: without them, and with what came of it.
pub fn used_up(html: &str, buttons: &[Vec<Button>], used: &UsedButtons) -> (String, Vec<Vec<Button>>) {
    let left = buttons.iter().map(|row| row.iter().filter(|button| !used.data.contains(&button.data)).cloned());
    let left: Vec<Vec<Button>> = left.map(Iterator::collect).filter(|row: &Vec<Button>| !row.is_empty()).collect();
    let one_of_several = !left.is_empty() || html.contains("\n—— ");
    let line = match one_of_several && !used.subject.is_empty() {
        true => format!("{}：{}", used.outcome, used.subject),
        false => used.outcome.clone(),
    };
    let told = format!("{html}\n{line}");
    let html = if text::utf16_length(&told) <= LONGEST_TEXT { told } else { html.to_owned() };
    (html, left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::UsedButtons;

    #[test]
    fn used_buttons_go_and_what_came_of_it_stays() {
        let button = |data: &str| Button { text: data.into(), data: data.into() };
        let rows = vec![vec![button("accept:5"), button("return:5")], vec![button("accept:7"), button("return:7")]];
        let used = |task: &str, outcome: &str| UsedButtons {
            data: vec![format!("accept:{task}"), format!("return:{task}")],
            only_here: false,
            subject: format!("第{task}项"),
            outcome: outcome.into(),
        };
        let (html, left) = used_up("反馈", &rows, &used("5", "—— 周敏 06-27 10:05 同意办结"));
        assert_eq!(html, "反馈\n—— 周敏 06-27 10:05 同意办结：第5项");
        assert_eq!(left, rows[1..]);
        let (html, left) = used_up(&html, &left, &used("7", "—— 周敏 06-27 10:06 退回办结申请"));
        assert!(html.ends_with("：第5项\n—— 周敏 06-27 10:06 退回办结申请：第7项") && left.is_empty(), "{html}");
        let (html, _) = used_up("反馈", &rows[..1], &used("5", "—— 周敏 06-27 10:05 同意办结"));
        assert_eq!(html, "反馈\n—— 周敏 06-27 10:05 同意办结");
        let long = "字".repeat(LONGEST_TEXT);
        assert_eq!(used_up(&long, &rows, &used("5", "——")).0, long, "within Telegram's limit");
    }
}
