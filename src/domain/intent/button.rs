//! The data behind the buttons: `v1:ACTION:IDS`. A later version of the program reads the buttons of an earlier one.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::preview::is_rehearsed;
use super::{Intent, Meaning};
use crate::domain::citation;
use crate::domain::duty::{ChatId, CitationId, DutyId, InspectionId, PersonId, PracticeId, StepId, TaskId, UnitId};
use crate::domain::inspection;
use crate::domain::problem;
use crate::domain::review::{On, Order, Verdict};
use crate::domain::standing::Ruling;
use crate::domain::steps::{Mark, View};
use crate::schedule::reach::reaches;

pub fn undo(message_id: i64) -> String {
    format!("v1:undo:{message_id}")
}

pub fn pick(message_id: i64, task: TaskId) -> String {
    format!("v1:pick:{message_id}:{}", task.0)
}

/// What the kept words mean for a task; for none where there are no words to be recorded.
pub fn mean(message_id: i64, task: Option<TaskId>, meaning: Meaning) -> String {
    format!("v1:mean:{}:{message_id}:{}", meaning.key(), task.map_or(0, |task| task.0))
}

/// The message whose report the button takes back.
pub fn undone(data: &str) -> Option<i64> {
    data.strip_prefix("v1:undo:")?.parse().ok()
}

pub fn ask(unit: UnitId) -> String {
    format!("v1:ask:{}", unit.0)
}

pub fn confirm(unit: UnitId, person: PersonId) -> String {
    format!("v1:contact:{}:{}", unit.0, person.0)
}

pub fn end_silence(chat: ChatId, since: DateTime<Utc>) -> String {
    format!("v1:unmute:{}:{}", chat.0, since.timestamp())
}

/// Hands a contact's work over to a colleague.
pub fn hand_over(unit: UnitId, from: PersonId, to: PersonId) -> String {
    format!("v1:handover:{}:{}:{}", unit.0, from.0, to.0)
}

/// Ends a contact's registration, unless it is another one than that of `since`.
pub fn dismiss(unit: UnitId, person: PersonId, since: DateTime<Utc>) -> String {
    format!("v1:dismiss:{}:{}:{}", unit.0, person.0, since.timestamp())
}

pub fn accept(duty: DutyId, message_id: i64) -> String {
    format!("v1:accept:{}:{message_id}", duty.0)
}

/// `None` where it would be longer than Telegram takes.
pub fn set_policy(key: &str, value: &str) -> Option<String> {
    let data = format!("v1:set:{key}={value}");
    (data.len() <= 64).then_some(data)
}

/// Grants or refuses more time until `due`; an edited wish is not the one that the button showed.
pub fn extend(duty: DutyId, message_id: i64, due: NaiveDate, granted: bool) -> String {
    let action = if granted { "grant" } else { "refuse" };
    format!("v1:{action}:{}:{message_id}:{}", duty.0, due.num_days_from_ce())
}

pub fn mark_step(step: StepId, mark: Mark, view: View) -> String {
    format!("v1:step:{}:{}:{}", step.0, mark as u8, view as u8)
}

pub fn show_steps(task: TaskId) -> String {
    format!("v1:steps:{}", task.0)
}

pub fn nudge(duty: DutyId) -> String {
    format!("v1:nudge:{}", duty.0)
}

/// A problem is known by its key, because a notice is written before the problem has a number.
pub fn answer_problem(duty: DutyId, key: i64) -> String {
    format!("v1:answer:{}:{key}", duty.0)
}

pub fn close_problem(duty: DutyId, key: i64) -> String {
    format!("v1:close:{}:{key}", duty.0)
}

pub fn withdraw_problem(duty: DutyId, key: i64) -> String {
    format!("v1:solved:{}:{key}", duty.0)
}

pub fn recommend(duty: DutyId, practice: PracticeId, recommended: bool) -> String {
    format!("v1:recommend:{}:{}:{}", duty.0, practice.0, i32::from(recommended))
}

/// Puts on record what the message proposes.
pub fn record_citation(message_id: i64) -> String {
    format!("v1:cite:{message_id}")
}

pub fn tell_citation(citation: CitationId) -> String {
    format!("v1:cited:{}", citation.0)
}

pub fn withdraw_citation(citation: CitationId) -> String {
    format!("v1:uncite:{}", citation.0)
}

/// Asks the units for what the message proposes.
pub fn start_inspection(message_id: i64) -> String {
    format!("v1:inspect:{message_id}")
}

pub fn nudge_inspection(inspection: InspectionId) -> String {
    format!("v1:inspnudge:{}", inspection.0)
}

pub fn close_inspection(inspection: InspectionId) -> String {
    format!("v1:inspclose:{}", inspection.0)
}

/// Sends who has answered what, as a file.
pub fn export_inspection(inspection: InspectionId) -> String {
    format!("v1:inspfile:{}", inspection.0)
}

pub fn page(number: usize) -> String {
    format!("v1:page:{number}")
}

/// A page of a rehearsal of these days.
pub fn preview(from: NaiveDate, to: NaiveDate, number: usize) -> String {
    format!("v1:preview:{}:{}:{number}", from.num_days_from_ce(), to.num_days_from_ce())
}

pub fn import(document: i64) -> String {
    format!("v1:import:{document}")
}

pub fn drop(document: i64) -> String {
    format!("v1:drop:{document}")
}

pub fn trust_clock(shown: DateTime<Utc>) -> String {
    format!("v1:clock:{}", shown.timestamp())
}

pub fn give_back(duty: DutyId, message_id: i64) -> String {
    format!("v1:return:{}:{message_id}", duty.0)
}

pub fn suspend(duty: DutyId, message_id: i64) -> String {
    format!("v1:suspend:{}:{message_id}", duty.0)
}

/// Refuses to suspend.
pub fn keep(duty: DutyId, message_id: i64) -> String {
    format!("v1:keep:{}:{message_id}", duty.0)
}

/// Says whom an order is about: one unit's part in a task, or every unit's. The message `kept_in` has the reason.
pub fn order(ruling: Ruling, task: TaskId, duty: Option<DutyId>, kept_in: Option<i64>) -> String {
    let (duty, kept_in) = (duty.map_or(0, |duty| duty.0), kept_in.unwrap_or_default());
    format!("v1:order-{}:{}:{duty}:{kept_in}", ruling.key(), task.0)
}

/// `None` for the data of a button that nobody draws.
pub(super) fn read(data: &str) -> Option<Intent> {
    if let Some((key, value)) = data.strip_prefix("v1:set:").and_then(|setting| setting.split_once('=')) {
        return Some(Intent::SetPolicy { key: key.to_owned(), value: value.to_owned() });
    }
    if let Some((meaning, ids)) = data.strip_prefix("v1:mean:").and_then(|rest| rest.split_once(':')) {
        let (message_id, task) = ids.split_once(':')?;
        let task = Some(task.parse().ok()?).filter(|task| *task != 0).map(TaskId);
        return Some(Intent::Mean { message_id: message_id.parse().ok()?, task, meaning: Meaning::of_key(meaning)? });
    }
    let mut parts = data.strip_prefix("v1:")?.split(':');
    let action = parts.next()?;
    let numbers: Vec<i64> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let intent = match (action, numbers.as_slice()) {
        ("undo", [message_id]) => Intent::Undo { message_id: Some(*message_id) },
        ("pick", [message_id, task]) => Intent::Pick { message_id: *message_id, task: TaskId(*task) },
        ("ask", [unit]) => Intent::AskToBeContact { unit: UnitId(*unit) },
        ("contact", [unit, person]) => Intent::ConfirmContact { unit: UnitId(*unit), person: PersonId(*person) },
        ("unmute", [chat, since]) => Intent::EndSilence { chat: ChatId(*chat), since: *since },
        ("handover", [unit, from, to]) => {
            Intent::HandOverTo { unit: UnitId(*unit), from: PersonId(*from), to: PersonId(*to) }
        }
        ("dismiss", [unit, person, since]) => {
            Intent::Dismiss { unit: UnitId(*unit), person: PersonId(*person), since: *since }
        }
        ("page", [number]) => Intent::Page { number: usize::try_from(*number).ok()? },
        ("answer", [duty, key]) => Intent::Problem(problem::Wanted::AskAnswer { duty: DutyId(*duty), key: *key }),
        ("close", [duty, key]) => Intent::Problem(problem::Wanted::Close { duty: DutyId(*duty), key: *key }),
        ("solved", [duty, key]) => Intent::Problem(problem::Wanted::Withdraw { duty: DutyId(*duty), key: *key }),
        ("recommend", [duty, practice, recommended @ (0 | 1)]) => {
            Intent::Recommend { duty: DutyId(*duty), practice: PracticeId(*practice), recommended: *recommended == 1 }
        }
        ("cite", [message_id]) => Intent::Citation(citation::Wanted::Record { message_id: *message_id }),
        ("cited", [id]) => Intent::Citation(citation::Wanted::Tell { citation: CitationId(*id) }),
        ("uncite", [id]) => Intent::Citation(citation::Wanted::AskWithdrawal { citation: CitationId(*id) }),
        ("inspect", [message_id]) => Intent::Inspection(inspection::Wanted::Start { message_id: *message_id }),
        ("inspnudge", [id]) => Intent::Inspection(inspection::Wanted::Nudge { inspection: InspectionId(*id) }),
        ("inspclose", [id]) => Intent::Inspection(inspection::Wanted::Close { inspection: InspectionId(*id) }),
        ("inspfile", [id]) => Intent::Inspection(inspection::Wanted::Export { inspection: InspectionId(*id) }),
        ("preview", [from, to, number]) => {
            let (from, to) = (date(*from)?, date(*to)?);
            let page = Some(usize::try_from(*number).ok()?);
            return is_rehearsed(from, to).then_some(Intent::Preview { from, to, page });
        }
        ("import", [document]) => Intent::Import { document: *document, agreed: true },
        ("drop", [document]) => Intent::Import { document: *document, agreed: false },
        ("step", [step, mark, view]) => {
            let mark = Mark::ALL.into_iter().find(|known| *known as i64 == *mark)?;
            let view = View::ALL.into_iter().find(|known| *known as i64 == *view)?;
            Intent::MarkStep { step: StepId(*step), mark, view }
        }
        ("nudge", [duty]) => Intent::Nudge { duty: DutyId(*duty) },
        ("steps", [task]) => Intent::ShowSteps { task: TaskId(*task) },
        ("clock", [shown]) => Intent::TrustClock { shown: *shown },
        ("grant" | "refuse", [duty, message_id, day]) => {
            let due = date(*day)?;
            let verdict = Verdict::MoreTime { due, granted: action == "grant" };
            Intent::Decide { duty: DutyId(*duty), message_id: *message_id, verdict }
        }
        ("accept" | "return" | "suspend" | "keep", [duty, message_id]) => {
            let verdict = match action {
                "accept" => Verdict::Ruled(Ruling::Accepted),
                "return" => Verdict::Ruled(Ruling::Returned),
                "suspend" => Verdict::Ruled(Ruling::Suspended),
                _ => Verdict::NotSuspended,
            };
            Intent::Decide { duty: DutyId(*duty), message_id: *message_id, verdict }
        }
        (order, [task, duty, kept_in]) => {
            let ruling = Ruling::from_key(order.strip_prefix("order-")?)?;
            let on = if *duty == 0 { On::Task(TaskId(*task)) } else { On::Duty(DutyId(*duty)) };
            let kept_in = Some(*kept_in).filter(|message_id| *message_id != 0);
            Intent::Order(Order { ruling, on, reason: None, kept_in })
        }
        _ => return None,
    };
    Some(intent)
}

fn date(days_from_ce: i64) -> Option<NaiveDate> {
    let day = i32::try_from(days_from_ce).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
    day.filter(|day| reaches(*day))
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::schedule::reach::LAST_DAY;

    #[test]
    fn buttons_say_what_they_were_drawn_for() {
        let cases = [
            (undo(7), Intent::Undo { message_id: Some(7) }),
            (pick(7, TaskId(5)), Intent::Pick { message_id: 7, task: TaskId(5) }),
            (
                mark_step(StepId(i64::MAX), Mark::Removed, View::Task),
                Intent::MarkStep { step: StepId(i64::MAX), mark: Mark::Removed, view: View::Task },
            ),
            (
                mean(i64::MAX, Some(TaskId(i64::MAX)), Meaning::Progress),
                Intent::Mean { message_id: i64::MAX, task: Some(TaskId(i64::MAX)), meaning: Meaning::Progress },
            ),
            (mean(7, None, Meaning::Nothing), Intent::Mean { message_id: 7, task: None, meaning: Meaning::Nothing }),
            (ask(UnitId(3)), Intent::AskToBeContact { unit: UnitId(3) }),
            (
                preview(LAST_DAY - Days::new(366), LAST_DAY, usize::MAX / 2),
                Intent::Preview { from: LAST_DAY - Days::new(366), to: LAST_DAY, page: Some(usize::MAX / 2) },
            ),
            (confirm(UnitId(3), PersonId(9)), Intent::ConfirmContact { unit: UnitId(3), person: PersonId(9) }),
            (
                give_back(DutyId(i64::MAX), i64::MAX),
                Intent::Decide {
                    duty: DutyId(i64::MAX),
                    message_id: i64::MAX,
                    verdict: Verdict::Ruled(Ruling::Returned),
                },
            ),
            (
                order(Ruling::Suspended, TaskId(5), None, Some(70)),
                Intent::Order(Order {
                    ruling: Ruling::Suspended,
                    on: On::Task(TaskId(5)),
                    reason: None,
                    kept_in: Some(70),
                }),
            ),
        ];
        for (data, intent) in cases {
            assert!(data.len() <= 64, "{data}");
            assert_eq!(read(&data), Some(intent), "{data}");
        }
        let a_year_and_a_day = preview(LAST_DAY - Days::new(367), LAST_DAY, 0);
        for data in [
            &preview(NaiveDate::MIN, NaiveDate::MAX, 0),
            &preview(LAST_DAY, LAST_DAY - Days::new(1), 0),
            &a_year_and_a_day,
            &extend(DutyId(5), 7, NaiveDate::MAX, true),
            "",
            "v2:undo:1",
            "v1:undo",
            "v1:undo:x",
            "v1:step:1:4:1",
            "v1:mean:maybe:7:5",
            "v1:mean:claim:7",
            "v1:undo:1:2",
        ] {
            assert_eq!(read(data), None, "{data}");
        }
    }
}
