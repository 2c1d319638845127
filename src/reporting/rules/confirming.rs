//! Readings that count only once they are confirmed, as the office wants it: what was understood is shown, and one press
//! makes it a report.

use crate::chat::words::Words;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision};
use crate::deciding::{decision, used};
use crate::intent::button;
use crate::office::duty::Duty;
use crate::office::ids::DutyId;
use crate::office::place::Awaited;
use crate::office::policy::Confirm;
use crate::office::status::Status;
use crate::reporting;
use crate::reporting::meaning::Meaning;
use crate::reporting::rules::asking::Asked;
use crate::reporting::statement::Statement;
use crate::reporting::{Part, Question, rules, sentences};
use crate::understanding::Item;

/// Whether what was understood of a message is shown before it counts. A message is confirmed as a whole.
pub fn wants_confirmation(case: &Case<'_>, known: &[(&Duty, Item)]) -> bool {
    match case.facts.confirm {
        Confirm::Doubtful => false,
        Confirm::Completions => known.iter().any(|(_, item)| claims(item)),
        Confirm::All => known.iter().any(|(_, item)| !item.is_empty()),
    }
}

/// Keeps what was understood and asks whether it counts, before anything else of the message is asked about. `decision`
/// has what counts anyway.
pub fn ask_to_confirm<'a>(
    case: &Case<'a>,
    decision: Decision,
    preface: &[String],
    known: &[(&'a Duty, Item)],
    question: Question,
    statement: &Statement,
) -> Decision {
    let (mut answered, next) = after_own_answer(case, known, statement).unwrap_or_default();
    // Edited words go on waiting in their new wording.
    answered.retain(|change| {
        *change != Change::Reporting(reporting::Change::CloseQuestion { message_id: statement.message_id })
    });
    let question = understood_in(question, known);
    let asked = (shown_to_confirm(case, &question), confirmation_of(&question));
    let decision = answered.into_iter().fold(decision, Decision::with).with(reporting::Change::KeepQuestion(question));
    rules::recording::confirm(case, decision, preface, &[], Some(asked), statement).and_ask(case.answers, next)
}

/// The task of words is named whose reading is shown before it counts.
pub fn pick_to_confirm<'a>(case: &Case<'a>, question: &Question, known: &[(&'a Duty, Item)]) -> Decision {
    let question = understood_in(question.clone(), known);
    let (words, asked_for) = (shown_to_confirm(case, &question), confirmation_of(&question));
    let decision = Decision::nothing("the task is named, and the reading waits");
    let decision = decision.with(reporting::Change::KeepQuestion(question));
    match rules::kept::pressed(case) {
        Some(message_id) => decision.with(Change::TurnPage { message_id, words }),
        None => decision.and_say(decision::To::Here, case.answers, [words]).asking_for(AskedFor::Known(asked_for)),
    }
}

/// What is left to confirm of a question once its speaker has told of these duties, which is shown again.
pub fn still_to_confirm(case: &Case<'_>, question: &Question, told: &[(&Duty, Item)]) -> Option<Vec<Change>> {
    let mut left = still_understood(case, question);
    left.retain(|(duty, _)| !told.iter().any(|(told, _)| told.id == duty.id));
    if left.is_empty() {
        return None;
    }
    let question = understood_in(question.clone(), &left);
    let words = shown_to_confirm(case, &question);
    let shown = case.place.answered.map(|message_id| Change::TurnPage { message_id, words });
    Some(std::iter::once(Change::Reporting(reporting::Change::KeepQuestion(question))).chain(shown).collect())
}

/// A reading that was shown is gone once its speaker says something else.
pub fn said_otherwise(case: &Case<'_>, question: &Question) -> Option<Change> {
    (!question.understood.is_empty()).then(|| {
        used::used_here(case, rules::asking::choices(case, question), String::new(), sentences::unclear::SAID_OTHERWISE)
    })
}

/// What was understood of duties that the unit still has.
pub fn still_understood<'a>(case: &Case<'a>, question: &Question) -> Vec<(&'a Duty, Item)> {
    let of_duty = |(duty, item): &(DutyId, Item)| Some((case.duty(*duty)?, item.clone()));
    question.understood.iter().filter_map(of_duty).collect()
}

/// Shows what was understood. The first button is that it counts; of one task others say what else it means.
fn shown_to_confirm(case: &Case<'_>, question: &Question) -> Words {
    let known = still_understood(case, question);
    let statement = kept_statement(question);
    let of = question.present();
    let agree = button::confirm_words(of, question.at);
    let choices = match known.as_slice() {
        [(duty, item)] => {
            let status = item.claims.map(|_| Status::ClaimedDone).or(item.status);
            let means_else = |meaning: &Meaning| status.is_none() || meaning.item().status != status;
            let choice = |meaning| (meaning, button::mean(of, Some(duty.task.id), meaning));
            Meaning::ALL.into_iter().filter(means_else).map(choice).collect()
        }
        _ => vec![(Meaning::Nothing, button::mean(of, None, Meaning::Nothing))],
    };
    sentences::unclear::whether_understood(
        &rules::recording::told(case, &known, &statement),
        agree,
        &choices,
        case.moment.today,
    )
}

/// What a button makes of words whose reading was shown: what else was understood of that duty stays.
pub fn meant(question: &Question, part: &Part, duty: &Duty, meaning: Meaning) -> Item {
    let understood = question.understood.iter().find(|(id, _)| *id == duty.id);
    match understood {
        Some((_, Item { words, problems, practices, .. })) => {
            Item { words: words.clone(), problems: problems.clone(), practices: practices.clone(), ..meaning.item() }
        }
        None => Item { words: part.item.words.clone(), ..meaning.item() },
    }
}

/// The words of a question, as they were said.
pub fn kept_statement(question: &Question) -> Statement {
    Statement {
        message_id: question.message_id,
        at: question.at,
        text: question.text.clone(),
        items: Vec::new(),
        likely: None,
        attachments: question.attachments.clone(),
        edited: question.edited,
        goes_on: false,
        passed_on: false,
    }
}

/// A question whose present part is what was understood of these duties.
fn understood_in(mut question: Question, known: &[(&Duty, Item)]) -> Question {
    question.understood = known.iter().map(|(duty, item)| (duty.id, item.clone())).collect();
    if let Some(part) = question.parts.first_mut() {
        part.tasks = known.iter().map(|(duty, _)| duty.task.id).collect();
        (part.of_unit, part.unclear) = (false, true);
    }
    question
}

fn confirmation_of(question: &Question) -> Awaited {
    Awaited::Confirmation { of: question.present(), at: question.at.timestamp() }
}

/// Whether a completion is claimed, of the duty or of one date.
fn claims(item: &Item) -> bool {
    [item.status, item.milestone_status].contains(&Some(Status::ClaimedDone))
}

/// Who reports in answer to a question about his own words settles the part that is asked about, and what else was to
/// be asked of the same tasks. A colleague's words go on waiting, and an edit says everything anew.
pub fn after_own_answer(
    case: &Case<'_>,
    known: &[(&Duty, Item)],
    statement: &Statement,
) -> Option<(Vec<Change>, Option<Asked>)> {
    let question = case.facts.question.as_ref().filter(|question| !question.answered)?;
    if case.place.speaker.as_ref().map(|person| person.id) != Some(question.person) {
        return None;
    }
    let shown = said_otherwise(case, question);
    if question.message_id == statement.message_id {
        let close = Change::Reporting(reporting::Change::CloseQuestion { message_id: question.message_id });
        return Some((std::iter::once(close).chain(shown).collect(), None));
    }
    let (present, later) = question.parts.split_first()?;
    let told = |part: &&Part| !known.iter().any(|(duty, _)| part.tasks == [duty.task.id]);
    let left: Vec<Part> = later.iter().filter(told).cloned().collect();
    let says_of_it = known.iter().any(|(duty, _)| present.may_be_about(duty.task.id));
    let tells_of_others = left.len() < later.len();
    let parts = std::iter::once(present.clone()).chain(left).collect();
    let question = Question { parts, ..question.clone() };
    if let Some(waits) = still_to_confirm(case, &question, known) {
        return Some((waits, None));
    }
    if !says_of_it && tells_of_others {
        return Some((vec![Change::Reporting(reporting::Change::KeepQuestion(question))], None));
    }
    let (change, next) = rules::asking::after_this_part(case, &question);
    Some((std::iter::once(change).chain(shown).collect(), next))
}
