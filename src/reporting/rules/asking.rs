//! Questions about kept words: which task a part of them is about or what it means, and what is asked once that is settled.

use crate::chat::words::Words;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision, To};
use crate::intent::button;
use crate::office::duty::Duty;
use crate::office::ids::PersonId;
use crate::office::place::Awaited;
use crate::reporting;
use crate::reporting::meaning::Meaning;
use crate::reporting::rules::sorting::{Open, Sorted};
use crate::reporting::statement::Statement;
use crate::reporting::{EarlierReport, Part, Question, rules, sentences};
use crate::understanding::is_question;

/// A question in words, with what a reply to it gives.
pub type Asked = (Words, Awaited);

/// What is kept of words of which something is to be asked. Buttons that asked about other tasks of the same message, as it
/// was worded before, are none of these.
pub fn question(case: &Case<'_>, statement: &Statement, person: PersonId, parts: Vec<Part>) -> Question {
    let tasks = |parts: &[Part]| parts.first().map(|part| part.tasks.clone());
    let before = case.facts.question.as_ref().filter(|kept| kept.message_id == statement.message_id);
    let settled = before.map_or(0, |kept| kept.settled.saturating_add(u16::from(tasks(&kept.parts) != tasks(&parts))));
    Question {
        message_id: statement.message_id,
        person,
        at: statement.at,
        text: statement.text.clone(),
        parts,
        settled,
        attachments: rules::kept::evidence(case, statement),
        edited: statement.edited,
        unit: case.place.unit.as_ref().map(|unit| unit.id),
        understood: Vec::new(),
        answered: false,
    }
}

/// A part of a statement as it is kept.
pub fn kept_part<'a>(case: &Case<'a>, open: &Open<'a>) -> Part {
    let part = part_about(case, &candidates(case, &open.duties));
    Part { item: open.item.clone(), unclear: open.unclear, ..part }
}

/// A part that may be about these duties.
pub fn part_about(case: &Case<'_>, duties: &[&Duty]) -> Part {
    let of_unit = case.place.named.is_empty() && duties.len() == candidates(case, &[]).len();
    let tasks = duties.iter().map(|duty| duty.task.id).collect();
    Part { tasks, of_unit, dates: case.place.named_dates.clone(), ..Part::default() }
}

/// The tasks among which only the speaker can tell: those that share the number that was said, those that were named,
/// else all that are open, what is overdue first.
pub fn candidates<'a>(case: &Case<'a>, ambiguous: &[&'a Duty]) -> Vec<&'a Duty> {
    let named: Vec<&Duty> = case.place.named.iter().filter_map(|task| case.duty_in(task.id)).collect();
    let open = || {
        let mut open: Vec<&Duty> = case.facts.duties.iter().filter(|duty| duty.status.is_open()).collect();
        open.sort_by_key(|duty| duty.overdue_since(case.moment.today).is_none());
        open
    };
    match (ambiguous, named.is_empty()) {
        ([], true) => open(),
        ([], false) => named,
        (ambiguous, _) => ambiguous.to_vec(),
    }
}

/// Why the first open part is asked about, where nobody understood it.
pub fn why_asked(case: &Case<'_>, sorted: &Sorted<'_>, statement: &Statement) -> sentences::unclear::Unclear {
    let live = || case.facts.earlier.iter().filter(|report| !report.withdrawn);
    let of_it = |report: &EarlierReport| {
        let first = sorted.open.first();
        case.duty(report.duty).is_some_and(|duty| first.is_some_and(|open| open.is_about(duty)))
    };
    if statement.edited && live().any(of_it) {
        sentences::unclear::Unclear::Edit
    } else if sorted.known.is_empty() && sorted.open.iter().all(|open| open.unclear) {
        sentences::unclear::Unclear::Words
    } else {
        sentences::unclear::Unclear::Part
    }
}

/// Asks with buttons about the present part of a question. `all`: where it may be about all its tasks together.
pub fn ask(case: &Case<'_>, why: sentences::unclear::Unclear, question: &Question, all: bool) -> Option<Asked> {
    let part = question.parts.first()?;
    let of = question.present();
    let duties: Vec<&Duty> = part.tasks.iter().filter_map(|task| case.duty_in(*task)).collect();
    if part.unclear {
        return Some((what_is_meant(why, question, &duties), Awaited::Meaning(of)));
    }
    if let Some(asked) = rules::claiming::which_date(case, question, part) {
        return Some((asked, Awaited::Task(of)));
    }
    let choices: Vec<_> = duties.iter().map(|duty| (*duty, button::pick(of, duty.task.id))).collect();
    // A line in words takes the place of a caption, and so of all its parts.
    let awaited = if question.attachments.is_empty() || !part.item.words.is_empty() {
        Awaited::Task(of)
    } else {
        Awaited::Line { message_id: of.message_id }
    };
    Some((
        sentences::unclear::which_task(
            &part.item,
            &choices,
            all.then(|| button::pick_all(of)),
            button::choices::more(of),
        ),
        awaited,
    ))
}

/// What becomes of a question once its present part is settled, and what is asked next.
pub fn after_this_part(case: &Case<'_>, question: &Question) -> (Change, Option<Asked>) {
    match question.next() {
        Some(next) => {
            let asked = ask(case, sentences::unclear::Unclear::Next, &next, false);
            (Change::Reporting(reporting::Change::KeepQuestion(next)), asked)
        }
        None => (Change::Reporting(reporting::Change::CloseQuestion { message_id: question.message_id }), None),
    }
}

pub fn drop_question(case: &Case<'_>, question: &Question) -> Decision {
    let (change, next) = after_this_part(case, question);
    let decision = Decision::nothing("the words are no report").with(change);
    let decision = match rules::kept::pressed(case) {
        Some(shown) => decision
            .with(Change::TurnPage { message_id: shown, words: sentences::unclear::not_recorded() })
            .with_toast(sentences::unclear::NOT_RECORDED),
        None => decision.and_say(To::Here, case.answers, [sentences::unclear::not_recorded()]),
    };
    decision.and_ask(case.answers.or(Some(question.message_id)), next)
}

/// Every button that may have been drawn to ask about the present part of a question.
pub fn choices(case: &Case<'_>, question: &Question) -> Vec<String> {
    let of = question.present();
    let tasks = || case.facts.duties.iter().map(|duty| duty.task.id);
    let picks = tasks().map(|task| button::pick(of, task));
    let meant = tasks().map(Some).chain([None]);
    let meanings = meant.flat_map(|task| Meaning::ALL.map(|meaning| button::mean(of, task, meaning)));
    let agree = (!question.understood.is_empty()).then(|| button::confirm_words(of, question.at));
    let dates = rules::claiming::dates_offered(case, question);
    agree
        .into_iter()
        .chain(picks)
        .chain([button::pick_all(of), button::choices::more(of)])
        .chain(dates)
        .chain(meanings)
        .collect()
}

impl Decision {
    /// Asks in the chat where it was said, where there is something to ask.
    pub fn and_ask(self, answers: Option<i64>, asked: Option<Asked>) -> Self {
        asked.into_iter().fold(self, |decision, (words, awaited)| {
            decision.and_say(To::Here, answers, [words]).asking_for(AskedFor::Known(awaited))
        })
    }
}

/// Asks what words mean; of several tasks first which one they are about.
fn what_is_meant(why: sentences::unclear::Unclear, question: &Question, candidates: &[&Duty]) -> Words {
    match candidates {
        [only] => which_meaning(why, question, only),
        several => which_unclear_task(why, question, several),
    }
}

pub fn which_meaning(why: sentences::unclear::Unclear, question: &Question, duty: &Duty) -> Words {
    let choice = |meaning| (meaning, button::mean(question.present(), Some(duty.task.id), meaning));
    let likely = question.parts.first().and_then(|part| part.item.status);
    // Who asks whether something is done does not claim it.
    let asks = is_question(&question.text);
    let offered = Meaning::offered(likely).into_iter().filter(|meaning| !(asks && *meaning == Meaning::Claim));
    sentences::unclear::which_meaning(why, own_words(question), duty, &offered.map(choice).collect::<Vec<_>>())
}

fn which_unclear_task(why: sentences::unclear::Unclear, question: &Question, duties: &[&Duty]) -> Words {
    let of = question.present();
    let choices: Vec<_> = duties.iter().map(|duty| (*duty, button::pick(of, duty.task.id))).collect();
    let drop = button::mean(of, None, Meaning::Nothing);
    sentences::unclear::which_unclear_task(why, own_words(question), &choices, (drop, button::choices::more(of)))
}

/// The words of the present part, which are empty where they are the whole message.
fn own_words(question: &Question) -> &str {
    question.parts.first().map_or("", |part| part.item.words.as_str())
}

/// An edit of words that a button had assigned, or that named a task before, stays with that one task, and so does the
/// line that was asked for.
pub fn keep_task<'a>(case: &Case<'a>, statement: &Statement, mut sorted: Sorted<'a>) -> Sorted<'a> {
    let revises = statement.edited || statement.goes_on;
    let Some(duty) = rules::kept::only_earlier(case).filter(|_| revises && sorted.known.is_empty()) else {
        return sorted;
    };
    if let Some(at) = sorted.open.iter().position(|open| !open.unclear && open.may_be_about(duty)) {
        sorted.known.push((duty, sorted.open.remove(at).item));
    }
    sorted
}
