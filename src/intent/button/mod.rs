//! The data behind the buttons: `v1:ACTION:IDS`. A later version of the program reads the buttons of an earlier one.

pub mod assign;
pub mod choices;
pub mod citation;
pub mod evidence;
pub mod look;
pub mod passing;
pub mod people;
pub mod plan;
pub mod remind;
pub mod rights;
mod tapped;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::instructions::Said;
use crate::intent::Intent;
use crate::intent::paper::Paper;
use crate::intent::preview::is_rehearsed;
use crate::intent::seal::LONGEST_DATA;
use crate::office::ids::{
    ChatId, DutyId, InspectionId, MilestoneId, PersonId, PlanId, PracticeId, StepId, TaskId, UnitId,
};
use crate::office::place::PartOf;
use crate::office::standing::Ruling;
use crate::reporting::meaning::Meaning;
use crate::review::{DrawnFor, On, Order, Press};
use crate::schedule::reach::reaches;
use crate::steps::{Mark, View};
use crate::understanding::Query;
use crate::{
    assigning, awaiting, binding, coordinators, filing, inspections, instructions, nudges, plans, practices, problems,
    questions, quiet, reporting, review, settings, steps,
};

pub fn undo(message_id: i64) -> String {
    format!("v1:undo:{message_id}")
}

pub fn pick(of: PartOf, task: TaskId) -> String {
    format!("v1:pick:{}:{}{}", of.message_id, task.0, part(of))
}

/// On the button for all tasks that a question names.
pub const ALL_ABOVE: &str = "以上全部";

/// All tasks that the question names.
pub fn pick_all(of: PartOf) -> String {
    format!("v1:all:{}{}", of.message_id, part(of))
}

/// What the kept words mean for a task; for none where there are no words to be recorded.
pub fn mean(of: PartOf, task: Option<TaskId>, meaning: Meaning) -> String {
    format!("v1:mean:{}:{}:{}{}", meaning.key(), of.message_id, task.map_or(0, |task| task.0), part(of))
}

/// The first part of a message's words needs no number, as an earlier program drew it for all.
fn part(of: PartOf) -> String {
    if of.part > 0 { format!(":{}", of.part) } else { String::new() }
}

/// Which date of a task kept words are about; none where they are about the whole.
pub fn date_meant(of: PartOf, date: Option<MilestoneId>) -> String {
    format!("v1:date:{}:{}{}", of.message_id, date.map_or(0, |date| date.0), part(of))
}

/// What was understood of kept words counts, as they were worded at that moment.
pub fn confirm_words(of: PartOf, at: DateTime<Utc>) -> String {
    format!("v1:yes:{}:{}{}", of.message_id, at.timestamp(), part(of))
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

impl DrawnFor {
    /// What was said first needs no number, as an earlier program drew it for all.
    fn data(self, action: &str, due: Option<NaiveDate>) -> String {
        let due = due.map(|due| format!(":{}", due.num_days_from_ce())).unwrap_or_default();
        let said = if self.said > 1 { format!(":{}", self.said) } else { String::new() };
        format!("v1:{action}:{}:{}{due}{said}", self.duty.0, self.message_id)
    }
}

pub fn accept(drawn: DrawnFor) -> String {
    drawn.data("accept", None)
}

/// Signs the whole duty off, where one date was claimed.
pub fn accept_whole(drawn: DrawnFor) -> String {
    drawn.data("whole", None)
}

/// `None` where it would be longer than Telegram takes with its check.
pub fn set_policy(key: &str, value: &str) -> Option<String> {
    let data = format!("v1:set:{key}={value}");
    (data.len() <= LONGEST_DATA).then_some(data)
}

/// Grants or refuses more time until `due`.
pub fn extend(drawn: DrawnFor, due: NaiveDate, granted: bool) -> String {
    drawn.data(if granted { "grant" } else { "refuse" }, Some(due))
}

/// Grants the lead unit's wish for more time to that unit, or to all in the task.
pub fn extend_for(drawn: DrawnFor, due: NaiveDate, all: bool) -> String {
    drawn.data(if all { "every" } else { "only" }, Some(due))
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

pub fn give_back(drawn: DrawnFor) -> String {
    drawn.data("return", None)
}

/// Says that the words of a message are no reason.
pub fn no_reason(message_id: i64) -> String {
    format!("v1:noreason:{message_id}")
}

pub fn suspend(drawn: DrawnFor) -> String {
    drawn.data("suspend", None)
}

/// Refuses to suspend.
pub fn keep(drawn: DrawnFor) -> String {
    drawn.data("keep", None)
}

/// Says whom an order is about: one unit's part in a task, or every unit's. The message `kept_in` has the reason.
pub fn order(ruling: Ruling, task: TaskId, duty: Option<DutyId>, kept_in: Option<i64>) -> String {
    let kept_in = kept_in.unwrap_or_default();
    // Two long ids of three: a duty tells its task.
    let (task, duty) = duty.map_or((task.0, 0), |duty| (0, duty.0));
    format!("v1:order-{}:{task}:{duty}:{kept_in}", ruling.key())
}

/// `None` for the data of a button that nobody draws.
pub fn read(data: &str) -> Option<Intent> {
    if let Some((key, value)) = data.strip_prefix("v1:set:").and_then(|setting| setting.split_once('=')) {
        return Some(Intent::Settings(settings::Wanted::SetPolicy { key: key.to_owned(), value: value.to_owned() }));
    }
    if let Some((meaning, ids)) = data.strip_prefix("v1:mean:").and_then(|rest| rest.split_once(':')) {
        let ids: Vec<i64> = ids.split(':').map(|id| id.parse().ok()).collect::<Option<_>>()?;
        let [message_id, task, part @ ..] = ids.as_slice() else { return None };
        let task = Some(*task).filter(|task| *task != 0).map(TaskId);
        return Some(Intent::Reporting(reporting::Wanted::Mean {
            of: part_of(*message_id, part)?,
            task,
            meaning: Meaning::of_key(meaning)?,
        }));
    }
    if let Some(rest) = data.strip_prefix(remind::HEAD) {
        return remind::read(rest);
    }
    let mut parts = data.strip_prefix("v1:")?.split(':');
    let action = parts.next()?;
    let numbers: Vec<i64> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let own = [passing::read, people::read, evidence::read, citation::read];
    if let Some(intent) = own.iter().find_map(|read| read(action, &numbers)) {
        return Some(intent);
    }
    let intent = match (action, numbers.as_slice()) {
        ("undo", [message_id]) => Intent::Reporting(reporting::Wanted::Undo { message_id: Some(*message_id) }),
        ("pick", [message_id, task, part @ ..]) => {
            Intent::Reporting(reporting::Wanted::Pick { of: part_of(*message_id, part)?, task: TaskId(*task) })
        }
        ("date", [message_id, date, part @ ..]) => {
            let date = Some(*date).filter(|date| *date != 0).map(MilestoneId);
            Intent::Reporting(reporting::Wanted::PickDate { of: part_of(*message_id, part)?, date })
        }
        ("more", [message_id, part @ ..]) => {
            Intent::Reporting(reporting::Wanted::PickMore { of: part_of(*message_id, part)? })
        }
        ("all", [message_id, part @ ..]) => {
            Intent::Reporting(reporting::Wanted::PickAll { of: part_of(*message_id, part)? })
        }
        ("ask", [unit]) => Intent::Binding(binding::Wanted::AskToBeContact { unit: UnitId(*unit) }),
        ("contact", [unit, person]) => {
            Intent::Binding(binding::Wanted::ConfirmContact { unit: UnitId(*unit), person: PersonId(*person) })
        }
        ("unmute", [chat, since]) => Intent::Quiet(quiet::Wanted::EndSilence { chat: ChatId(*chat), since: *since }),
        ("expel", [person, since]) => {
            Intent::Coordinators(coordinators::Wanted::AskRemoval { person: PersonId(*person), since: *since })
        }
        ("expelled", [person, since]) => {
            Intent::Coordinators(coordinators::Wanted::Remove { person: PersonId(*person), since: *since })
        }
        ("readmit", [person, ended_at]) => {
            Intent::Coordinators(coordinators::Wanted::Keep { person: PersonId(*person), ended_at: *ended_at })
        }
        ("unbind", [unit, chat]) => {
            Intent::Coordinators(coordinators::Wanted::Unbind { unit: UnitId(*unit), chat: ChatId(*chat) })
        }
        ("endplan", [plan]) => Intent::Plans(plans::Wanted::End { plan: PlanId(*plan) }),
        ("yes", [message_id, at, part @ ..]) => {
            Intent::Reporting(reporting::Wanted::Confirm { of: part_of(*message_id, part)?, at: *at })
        }
        ("page", [number]) => Intent::Questions(questions::Wanted::Page { number: usize::try_from(*number).ok()? }),
        ("answer", [duty, key]) => Intent::Problems(problems::Wanted::AskAnswer { duty: DutyId(*duty), key: *key }),
        ("close", [duty, key]) => Intent::Problems(problems::Wanted::Close { duty: DutyId(*duty), key: *key }),
        ("solved", [duty, key]) => Intent::Problems(problems::Wanted::Withdraw { duty: DutyId(*duty), key: *key }),
        ("recommend", [duty, practice, recommended @ (0 | 1)]) => Intent::Practices(practices::Wanted::Recommend {
            duty: DutyId(*duty),
            practice: PracticeId(*practice),
            recommended: *recommended == 1,
        }),
        ("assign", [message_id]) => Intent::Assigning(assigning::Wanted::Assign { message_id: *message_id }),
        ("restore", [task]) => Intent::Assigning(assigning::Wanted::Restore { task: TaskId(*task) }),
        ("inspect", [message_id]) => Intent::Inspections(inspections::Wanted::Start { message_id: *message_id }),
        ("inspnudge", [id]) => Intent::Inspections(inspections::Wanted::Nudge { inspection: InspectionId(*id) }),
        ("inspclose", [id]) => Intent::Inspections(inspections::Wanted::Close { inspection: InspectionId(*id) }),
        ("inspfile", [id]) => Intent::Inspections(inspections::Wanted::Export { inspection: InspectionId(*id) }),
        ("preview", [from, to, number]) => {
            let (from, to) = (date(*from)?, date(*to)?);
            let page = Some(usize::try_from(*number).ok()?);
            return is_rehearsed(from, to).then_some(Intent::Settings(settings::Wanted::Preview { from, to, page }));
        }
        ("meeting", []) => Intent::Filing(filing::Wanted::Paper(Paper::Meeting)),
        ("look", [kind, days @ ..]) => {
            let query = look::asked(*kind)?;
            match days {
                [] => Intent::Questions(questions::Wanted::Query(query)),
                [from, to] => Intent::Questions(questions::Wanted::Query(Query {
                    from: Some(date(*from)?),
                    to: Some(date(*to)?),
                    ..query
                })),
                _ => return None,
            }
        }
        ("help", [number]) => Intent::Questions(questions::Wanted::HelpPage { number: usize::try_from(*number).ok()? }),
        ("full", [duty, message_id]) => Intent::Instructions(instructions::Wanted::Show {
            of: Said { duty: DutyId(*duty), message_id: *message_id },
        }),
        ("import" | "reimport" | "drop", [document]) => assign::word(action, *document)?,
        ("step", [step, mark, view]) => {
            let mark = Mark::ALL.into_iter().find(|known| *known as i64 == *mark)?;
            let view = View::ALL.into_iter().find(|known| *known as i64 == *view)?;
            Intent::Steps(steps::Wanted::Mark { step: StepId(*step), mark, view })
        }
        ("noreason", [message_id]) => Intent::Awaiting(awaiting::Wanted::NoReason { message_id: *message_id }),
        ("nudge", [duty]) => Intent::Nudges(nudges::Wanted::Nudge { duty: DutyId(*duty) }),
        ("steps", [task]) => Intent::Steps(steps::Wanted::Show { task: TaskId(*task) }),
        ("clock", [shown]) => Intent::Settings(settings::Wanted::TrustClock { shown: *shown }),
        ("grant" | "refuse" | "only" | "every", [duty, message_id, day, said @ ..]) => {
            let due = date(*day)?;
            let press = match action {
                "only" | "every" => Press::MoreTimeFor { due, all: action == "every" },
                _ => Press::MoreTime { due, granted: action == "grant" },
            };
            Intent::Review(review::Wanted::Press { drawn: drawn_for(*duty, *message_id, said)?, press })
        }
        ("accept" | "whole" | "return" | "suspend" | "keep", [duty, message_id, said @ ..]) => {
            let press = match action {
                "accept" => Press::Agree,
                "whole" => Press::AgreeWhole,
                "return" => Press::GiveBack,
                "suspend" => Press::Suspend,
                _ => Press::Keep,
            };
            Intent::Review(review::Wanted::Press { drawn: drawn_for(*duty, *message_id, said)?, press })
        }
        (order, [task, duty, kept_in]) if order.starts_with("order-") => {
            let ruling = Ruling::from_key(order.strip_prefix("order-")?)?;
            let on = if *duty == 0 { On::Task(TaskId(*task)) } else { On::Duty(DutyId(*duty)) };
            let kept_in = Some(*kept_in).filter(|message_id| *message_id != 0);
            Intent::Review(review::Wanted::Order(Order { ruling, on, reason: None, kept_in }))
        }
        _ => Intent::Reporting(reporting::Wanted::Tap(tapped::read(action, &numbers)?)),
    };
    Some(intent)
}

fn drawn_for(duty: i64, message_id: i64, said: &[i64]) -> Option<DrawnFor> {
    let said = match said {
        [] => 1,
        [said] => *said,
        _ => return None,
    };
    Some(DrawnFor { duty: DutyId(duty), message_id, said })
}

fn part_of(message_id: i64, part: &[i64]) -> Option<PartOf> {
    let part = match part {
        [] => 0,
        [part] => u16::try_from(*part).ok()?,
        _ => return None,
    };
    Some(PartOf { message_id, part })
}

pub fn date(days_from_ce: i64) -> Option<NaiveDate> {
    let day = i32::try_from(days_from_ce).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
    day.filter(|day| reaches(*day))
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::contacts;
    use crate::schedule::reach::LAST_DAY;
    use crate::transfers::Of;

    /// With ids as large as they may become: numbers of ours up to 2^53, and Telegram's message ids up to 2^31.
    #[test]
    fn data_leaves_room_for_its_check() {
        const OURS: i64 = 1 << 53;
        const MESSAGE: i64 = 1 << 31;
        let (duty, task, unit, person) = (DutyId(OURS), TaskId(OURS), UnitId(OURS), PersonId(OURS));
        let (at, day) =
            (DateTime::from_timestamp(9_999_999_999, 0).unwrap(), NaiveDate::from_ymd_opt(2099, 12, 31).unwrap());
        let drawn_for = DrawnFor { duty, message_id: MESSAGE, said: 99_999 };
        let mut drawn = vec![
            undo(MESSAGE),
            evidence::open(duty, MESSAGE),
            look::whole(Said { duty, message_id: MESSAGE }),
            pick(PartOf { message_id: MESSAGE, part: 999 }, task),
            pick_all(PartOf { message_id: MESSAGE, part: 999 }),
            date_meant(PartOf { message_id: MESSAGE, part: 999 }, Some(MilestoneId(OURS))),
            confirm_words(PartOf { message_id: MESSAGE, part: 999 }, at),
            ask(unit),
            passing::pass_to(Of { duty, message_id: MESSAGE }, unit),
            passing::keep_part(Of { duty, message_id: MESSAGE }),
            confirm(unit, person),
            end_silence(ChatId(OURS), at),
            people::hand_over(unit, person, person),
            people::take_over(unit, person, person),
            people::dismiss(unit, person, at),
            accept(drawn_for),
            accept_whole(drawn_for),
            extend_for(drawn_for, day, true),
            give_back(drawn_for),
            suspend(drawn_for),
            keep(drawn_for),
            extend(drawn_for, day, true),
            extend(drawn_for, day, false),
            rights::ask_removal(person, at),
            rights::remove(person, at),
            rights::keep_right(person, at),
            rights::unbind(unit, ChatId(OURS)),
            plan::end(PlanId(OURS)),
            show_steps(task),
            nudge(duty),
            answer_problem(duty, u32::MAX.into()),
            close_problem(duty, u32::MAX.into()),
            withdraw_problem(duty, u32::MAX.into()),
            recommend(duty, PracticeId(OURS), true),
            citation::record_citation(MESSAGE),
            citation::tell_citation(crate::office::ids::CitationId(OURS)),
            citation::withdraw_citation(crate::office::ids::CitationId(OURS)),
            start_inspection(MESSAGE),
            nudge_inspection(InspectionId(OURS)),
            close_inspection(InspectionId(OURS)),
            export_inspection(InspectionId(OURS)),
            page(9_999),
            preview(day, day, 9_999),
            import(OURS),
            drop(OURS),
            trust_clock(at),
            no_reason(MESSAGE),
        ];
        drawn.extend(Meaning::ALL.map(|meaning| mean(PartOf { message_id: MESSAGE, part: 999 }, Some(task), meaning)));
        drawn.extend(Mark::ALL.map(|mark| mark_step(StepId(OURS), mark, View::Task)));
        for ruling in Ruling::ALL {
            drawn.push(order(ruling, task, Some(duty), Some(MESSAGE)));
            drawn.push(order(ruling, task, None, Some(MESSAGE)));
        }
        for data in drawn {
            assert!(data.len() <= LONGEST_DATA, "{data}: {}", data.len());
            assert!(read(&data).is_some(), "{data}");
        }
    }

    #[test]
    fn buttons_say_what_they_were_drawn_for() {
        let first = |message_id| PartOf { message_id, part: 0 };
        let second = PartOf { message_id: 7, part: 1 };
        let cases = [
            (undo(7), Intent::Reporting(reporting::Wanted::Undo { message_id: Some(7) })),
            (pick(first(7), TaskId(5)), Intent::Reporting(reporting::Wanted::Pick { of: first(7), task: TaskId(5) })),
            (pick(second, TaskId(5)), Intent::Reporting(reporting::Wanted::Pick { of: second, task: TaskId(5) })),
            (
                mean(second, None, Meaning::Nothing),
                Intent::Reporting(reporting::Wanted::Mean { of: second, task: None, meaning: Meaning::Nothing }),
            ),
            (pick_all(first(7)), Intent::Reporting(reporting::Wanted::PickAll { of: first(7) })),
            (pick_all(second), Intent::Reporting(reporting::Wanted::PickAll { of: second })),
            (
                mark_step(StepId(i64::MAX), Mark::Removed, View::Task),
                Intent::Steps(steps::Wanted::Mark { step: StepId(i64::MAX), mark: Mark::Removed, view: View::Task }),
            ),
            (
                mean(first(1 << 31), Some(TaskId(i64::MAX)), Meaning::Progress),
                Intent::Reporting(reporting::Wanted::Mean {
                    of: first(1 << 31),
                    task: Some(TaskId(i64::MAX)),
                    meaning: Meaning::Progress,
                }),
            ),
            (
                mean(first(7), None, Meaning::Nothing),
                Intent::Reporting(reporting::Wanted::Mean { of: first(7), task: None, meaning: Meaning::Nothing }),
            ),
            // As an earlier version drew it.
            (
                "v1:handover:3:9:8".to_owned(),
                Intent::Contacts(contacts::Wanted::HandOverTo { unit: UnitId(3), from: PersonId(9), to: PersonId(8) }),
            ),
            (
                people::take_over(UnitId(3), PersonId(9), PersonId(8)),
                Intent::Contacts(contacts::Wanted::TakeOver { unit: UnitId(3), from: PersonId(9), to: PersonId(8) }),
            ),
            (ask(UnitId(3)), Intent::Binding(binding::Wanted::AskToBeContact { unit: UnitId(3) })),
            (
                preview(LAST_DAY - Days::new(366), LAST_DAY, usize::MAX / 2),
                Intent::Settings(settings::Wanted::Preview {
                    from: LAST_DAY - Days::new(366),
                    to: LAST_DAY,
                    page: Some(usize::MAX / 2),
                }),
            ),
            (
                confirm(UnitId(3), PersonId(9)),
                Intent::Binding(binding::Wanted::ConfirmContact { unit: UnitId(3), person: PersonId(9) }),
            ),
            (
                give_back(DrawnFor { duty: DutyId(i64::MAX), message_id: i64::MAX, said: 1 }),
                Intent::Review(review::Wanted::Press {
                    drawn: DrawnFor { duty: DutyId(i64::MAX), message_id: i64::MAX, said: 1 },
                    press: Press::GiveBack,
                }),
            ),
            (
                suspend(DrawnFor { duty: DutyId(5), message_id: 70, said: 3 }),
                Intent::Review(review::Wanted::Press {
                    drawn: DrawnFor { duty: DutyId(5), message_id: 70, said: 3 },
                    press: Press::Suspend,
                }),
            ),
            (
                order(Ruling::Suspended, TaskId(5), None, Some(70)),
                Intent::Review(review::Wanted::Order(Order {
                    ruling: Ruling::Suspended,
                    on: On::Task(TaskId(5)),
                    reason: None,
                    kept_in: Some(70),
                })),
            ),
        ];
        for (data, intent) in cases {
            assert!(data.len() <= LONGEST_DATA, "{data}");
            assert_eq!(read(&data), Some(intent), "{data}");
        }
        let a_year_and_a_day = preview(LAST_DAY - Days::new(367), LAST_DAY, 0);
        for data in [
            &preview(NaiveDate::MIN, NaiveDate::MAX, 0),
            &preview(LAST_DAY, LAST_DAY - Days::new(1), 0),
            &a_year_and_a_day,
            &extend(DrawnFor { duty: DutyId(5), message_id: 7, said: 1 }, NaiveDate::MAX, true),
            "",
            "v2:undo:1",
            "v1:undo",
            "v1:undo:x",
            "v1:step:1:4:1",
            "v1:mean:maybe:7:5",
            "v1:mean:claim:7",
            "v1:mean:claim:7:5:-1",
            "v1:pick:7:5:65536",
            "v1:undo:1:2",
            "v1:all:7:1:5",
            "v1:accept:1:2:3:4",
            &preview(NaiveDate::MIN, NaiveDate::MAX, 0),
            &preview(NaiveDate::MAX, NaiveDate::MIN, 0),
        ] {
            assert_eq!(read(data), None, "{data}");
        }
        let drawn = DrawnFor { duty: DutyId(9_999_999), message_id: i64::from(i32::MAX), said: 99_999 };
        let longest = extend(drawn, "2019-09-30".parse().unwrap(), false);
        assert!(longest.len() <= 55, "{longest}");
    }
}
