//! Words that wait for their task or their meaning, and the files that came with them.

use crate::chat::incoming::Attachment;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::Decision;
use crate::office::duty::Duty;
use crate::office::ids::DutyId;
use crate::reporting;
use crate::reporting::statement::Statement;
use crate::reporting::{Question, rules};

/// What waits no longer, where something waits.
pub fn close_question(case: &Case<'_>) -> Option<Change> {
    let question = case.facts.question.as_ref().filter(|question| !question.answered)?;
    Some(Change::Reporting(reporting::Change::CloseQuestion { message_id: question.message_id }))
}

/// The one duty that the message in question reports on, or had reported on before that was withdrawn.
pub fn only_earlier<'a>(case: &Case<'a>) -> Option<&'a Duty> {
    let live = rules::reporter::has_live_report(case);
    let earlier = case.facts.earlier.iter().filter(|report| !live || !report.withdrawn);
    let mut duties: Vec<DutyId> = earlier.map(|report| report.duty).collect();
    duties.dedup();
    match duties.as_slice() {
        [only] => case.duty(*only),
        _ => None,
    }
}

/// The files that belong to a statement: its own, or those of the message that it goes on with.
pub fn evidence(case: &Case<'_>, statement: &Statement) -> Vec<Attachment> {
    if statement.attachments.is_empty() { case.facts.evidence.clone() } else { statement.attachments.clone() }
}

/// Words that are known already may still bring another file: a later part of an album.
pub fn keep_evidence(case: &Case<'_>, statement: &Statement) -> Decision {
    let mut decision = Decision::nothing("an edit that changes no words");
    let (message_id, attachments) = (statement.message_id, statement.attachments.clone());
    if attachments.is_empty() {
        return decision;
    }
    if rules::reporter::has_live_report(case) {
        decision = decision.with(reporting::Change::Attach { message_id, attachments: attachments.clone() });
    }
    let asked = case.facts.question.as_ref();
    if let Some(question) = asked.filter(|question| question.message_id == message_id && !question.answered)
        && question.attachments != attachments
    {
        decision = decision.with(reporting::Change::KeepQuestion(Question { attachments, ..question.clone() }));
    }
    decision
}

pub fn is_later_part(case: &Case<'_>) -> bool {
    case.place.album.as_ref().is_some_and(|album| album.goes_on)
}

/// The message whose button was pressed.
pub fn pressed(case: &Case<'_>) -> Option<i64> {
    case.place.answered.filter(|_| case.answers.is_none())
}

/// The one task whose number the words begin with, where they do: `5 60`, `第5项弄好啦`.
pub fn begins_with_number<'a>(duties: &[&'a Duty], text: &str) -> Option<&'a Duty> {
    let begins = |duty: &&Duty| {
        let text = text.trim_start();
        let number = &duty.task.number;
        let after = text.strip_prefix(&format!("第{number}项")).or_else(|| {
            // A number that goes on, or counts or measures something, is none of a task.
            let rest = text.strip_prefix(number.as_str())?;
            rest.chars().next().is_none_or(|next| next.is_whitespace() || "，：:、".contains(next)).then_some(rest)
        });
        after.is_some()
    };
    duties.iter().copied().find(begins)
}

/// A question with what its speaker has added, or has put in place of all its words.
pub fn with_more_words(question: &Question, said: &Statement) -> Question {
    let mut question = question.clone();
    let added = question.message_id != said.message_id;
    if added {
        question.text = format!("{}\n{}", question.text, said.text)
    } else {
        question.text.clone_from(&said.text);
        question.parts.truncate(1);
    }
    if let Some(part) = question.parts.first_mut() {
        part.unclear = true;
        part.item.status = said.likely.filter(|_| !added);
        match part.item.words.as_str() {
            "" => {}
            _ if added => part.item.words = format!("{}\n{}", part.item.words, said.text),
            _ => part.item.words.clear(),
        }
    }
    // Words that are added or edited count from when that was done.
    question.at = said.at;
    question.edited |= said.edited;
    question
}
