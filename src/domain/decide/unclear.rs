//! Words whose task or meaning nobody but the speaker knows: kept, asked about once, and recorded when a button is pressed.

use super::super::duty::{Duty, DutyId, TaskId};
use super::super::intent::{Meaning, Statement};
use super::super::place::{Awaited, PartOf};
use super::super::reply::{contact, coordinator, review, unclear as ask};
use super::asking::which_meaning;
use super::claiming::Dated;
use super::confirming::{kept_statement, meant};
use super::sorting::{Sorted, standing_still};
use super::{AskedFor, Case, Change, Decision, Part, Question, To};
use crate::domain::incoming::Attachment;
use crate::understanding::{Item, is_question};

impl<'a> Case<'a> {
    /// Words to the bot that it does not understand.
    pub(super) fn unclear(&self, statement: &Statement) -> Decision {
        if self.place.is_for_coordinators() {
            return self.answer("not understood", coordinator::not_understood());
        }
        if self.place.unit.is_none() {
            return self.nothing_to_report_on();
        }
        if let Some(answer) = self.asks_in_a_units_group(&statement.text) {
            return answer;
        }
        let Ok((_, person)) = self.reporter() else {
            return Decision::nothing("unclear words of somebody who may not report");
        };
        // Who joins in a colleague's question speaks for himself, and a reading that was shown is not that of other words.
        let asked =
            self.facts.question.as_ref().filter(|question| {
                !question.answered && question.person == person.id && question.understood.is_empty()
            });
        if self.facts.asked_already || !self.says_something_new(statement) {
            return Decision::nothing("these words are asked about already");
        }
        if statement.goes_on && self.has_live_report() {
            return self.report(&self.as_remark(statement));
        }
        if self.sort(statement).open.len() > 1 {
            return self.report(statement);
        }
        if let Some(question) = asked {
            // The question still stands with its buttons: what is added is kept with what it asks about.
            let question = with_more_words(question, statement);
            return Decision::nothing("the question waits").with(Change::KeepQuestion(question));
        }
        let candidates = match self.only_earlier() {
            Some(duty) => vec![duty],
            None => self.perhaps_meant(statement.words()),
        };
        if candidates.is_empty() {
            return self.answer("not understood", contact::not_understood(&[]));
        }
        let revises = self.has_live_report();
        let why = match (revises, is_question(&statement.text)) {
            _ if statement.passed_on => ask::Unclear::PassedOn,
            (true, _) => ask::Unclear::Edit,
            (false, true) => ask::Unclear::Question,
            (false, false) => ask::Unclear::Words,
        };
        let date_wanted = self.date_wanted(statement, candidates.first().copied());
        let item = Item { status: statement.likely, ..Item::default() };
        let part = Part { unclear: true, item, ..self.part_about(&candidates) };
        let question = self.question(statement, person.id, vec![part]);
        let asked = self.ask(why, &question, false);
        let asked = asked.map(|(words, awaited)| (words.prefaced(&Vec::from_iter(date_wanted)), awaited));
        Decision::nothing("not understood").with(Change::KeepQuestion(question)).and_ask(self.answers, asked)
    }

    /// The one duty whose number the words begin with, however it stands; else those that they may be about.
    fn perhaps_meant(&self, text: &str) -> Vec<&'a Duty> {
        let candidates = self.candidates(&[]);
        let named = |duties: &[&'a Duty]| begins_with_number(duties, text).map(|duty| vec![duty]);
        let all: Vec<&Duty> = self.facts.duties.iter().collect();
        named(&candidates).or_else(|| named(&all)).unwrap_or(candidates)
    }

    /// The line that was asked for is the report's text, whatever it says.
    fn as_remark(&self, statement: &Statement) -> Statement {
        let live = self.facts.earlier.iter().filter(|report| !report.withdrawn);
        let duties = live.filter_map(|report| self.duty(report.duty));
        let remark = |duty: &Duty| Item { task: Some(duty.task.number.clone()), ..Item::default() };
        Statement { items: duties.map(remark).collect(), ..statement.clone() }
    }

    /// A button, or a number in reply, says which task the kept words are about.
    pub(super) fn pick(&self, of: PartOf, task: TaskId) -> Decision {
        let (question, part, duty) = match self.waiting(of, Some(task)) {
            Ok((question, part, Some(duty))) => (question, part, duty),
            Ok((.., None)) => return self.refuse("may not answer", contact::ONLY_CONTACTS),
            Err(refusal) => return refusal,
        };
        if !part.unclear {
            let known = vec![(duty, standing_still(&part.item, duty))];
            return self.pick_known("the task is named", question, known, &review::chosen(duty));
        }
        let words = which_meaning(ask::Unclear::Task, question, duty);
        match self.pressed() {
            Some(shown) => Decision::nothing("the task of unclear words is named")
                .with(Change::TurnPage { message_id: shown, words }),
            None => self
                .answer("the task of unclear words is named", words)
                .asking_for(AskedFor::Known(Awaited::Meaning(of))),
        }
    }

    /// What a button has told of kept words is shown before it counts, where the office wants that.
    pub(super) fn pick_known(
        &self,
        reason: &'static str,
        question: &Question,
        known: Vec<(&'a Duty, Item)>,
        outcome: &str,
    ) -> Decision {
        let part = question.parts.first().cloned().unwrap_or_default();
        let dated = self.with_dates(known.clone(), self.said_in(question, &part));
        match dated.asked.is_empty() && self.wants_confirmation(&dated.known) {
            true => self.pick_to_confirm(question, &dated.known),
            false => self.record_kept(reason, question, known, outcome),
        }
    }

    /// A button, or its words in reply, says that the kept words are about all tasks among which it was asked.
    pub(super) fn pick_all(&self, of: PartOf) -> Decision {
        let (question, part) = match self.waiting(of, None) {
            Ok((question, part, _)) => (question, part),
            Err(refusal) => return refusal,
        };
        let duties = part.tasks.iter().filter_map(|task| self.duty_in(*task));
        let known: Vec<_> = duties.map(|duty| (duty, standing_still(&part.item, duty))).collect();
        if part.unclear || known.is_empty() {
            return self.refuse("no such tasks", contact::STALE_BUTTON);
        }
        self.record_kept("all tasks are meant", question, known, review::ALL_CHOSEN)
    }

    /// A button, or its words in reply, says what the kept words mean.
    pub(super) fn mean(&self, of: PartOf, task: Option<TaskId>, meaning: Meaning) -> Decision {
        let (question, part, duty) = match self.waiting(of, task) {
            Ok(waiting) => waiting,
            Err(refusal) => return refusal,
        };
        if !part.unclear {
            return self.refuse("the words have become clear", contact::STALE_BUTTON);
        }
        match (meaning, duty) {
            (Meaning::Nothing, _) => self.drop_question(question),
            (_, Some(duty)) => {
                let known = vec![(duty, meant(question, part, duty, meaning))];
                self.record_kept("the meaning is given", question, known, &review::chosen(duty))
            }
            (_, None) => self.refuse("no such task", contact::STALE_BUTTON),
        }
    }

    /// The words that wait, with the part that is asked about and the duty that the answer names; who may not answer is
    /// refused.
    pub(super) fn waiting(
        &self,
        of: PartOf,
        task: Option<TaskId>,
    ) -> Result<(&'a Question, &'a Part, Option<&'a Duty>), Decision> {
        let kept = self.facts.question.as_ref().filter(|question| question.message_id == of.message_id);
        let Some(question) = kept else {
            return Err(self.refuse("no such question", contact::STALE_BUTTON));
        };
        if question.answered {
            return Err(self.refuse("already answered", contact::ALREADY_ANSWERED));
        }
        match self.reporter() {
            // While a unit has no contact, nobody makes another one by pressing for him.
            Ok((_, person)) if !self.facts.contacts.is_empty() || person.id == question.person => {}
            _ => return Err(self.refuse("may not answer", contact::ONLY_CONTACTS)),
        }
        let fits = |part: &&Part| question.settled == of.part && task.is_none_or(|task| part.may_be_about(task));
        match question.parts.first().filter(fits) {
            Some(part) => Ok((question, part, task.and_then(|task| self.duty_in(task)))),
            None => Err(self.refuse("another part is asked about", contact::STALE_BUTTON)),
        }
    }

    /// `known`: of each task what the kept words say; `outcome` stands in place of the buttons.
    pub(super) fn record_kept(
        &self,
        reason: &'static str,
        question: &Question,
        known: Vec<(&'a Duty, Item)>,
        outcome: &str,
    ) -> Decision {
        let statement = kept_statement(question);
        let (present, later) = match question.parts.split_first() {
            Some((present, later)) => (present.clone(), later),
            None => (Part::default(), &[][..]),
        };
        let Dated { mut known, asked, remarks } = self.with_dates(known, self.said_in(question, &present));
        let mut preface = self.drop_vain_wishes(&mut known, &statement);
        preface.extend(remarks);
        let record = known.iter().map(|(duty, item)| self.record(duty, item, &statement, question.person));
        // Which date is meant is asked before the rest.
        let asked = asked.into_iter().map(|(duty, item)| Part {
            tasks: vec![duty.task.id],
            item,
            unclear: false,
            ..present.clone()
        });
        let parts = std::iter::once(present.clone()).chain(asked).chain(later.iter().cloned()).collect();
        let (change, next) = self.after_this_part(&Question { parts, ..question.clone() });
        let mut decision =
            Decision::nothing(reason).with(change).with(self.used_here(self.choices(question), String::new(), outcome));
        // What was shown is all that the edited words say; the meaning of one part leaves the others as they are.
        if question.edited && question.is_understood_as_whole() && self.has_live_report() {
            preface.insert(0, contact::REVISED.to_owned());
            let later = question.parts.get(1..).unwrap_or_default();
            let dropped = self.dropped_by_edit(&statement, &known, later);
            if !dropped.is_empty() {
                let numbers = dropped.iter().map(|duty| duty.task.number.clone()).collect::<Vec<_>>();
                preface.push(contact::dropped_by_edit(&numbers));
                decision.changes.extend(self.withdrawn_by_edit(&dropped, question.message_id));
            }
        }
        if let (true, Some(unit), Some(person)) =
            (self.facts.contacts.is_empty(), &self.place.unit, &self.place.speaker)
        {
            decision.changes.push(Change::RegisterContact { unit: unit.id, person: person.id });
            preface.push(contact::first_contact(&person.name, &unit.name));
        }
        decision.changes.extend(self.overtaken(&known, &statement));
        decision.changes.extend(record.map(Change::Record));
        self.confirm(decision, &preface, &known, next, &statement)
    }

    fn drop_question(&self, question: &Question) -> Decision {
        let (change, next) = self.after_this_part(question);
        let decision = Decision::nothing("the words are no report").with(change);
        let decision = match self.pressed() {
            Some(shown) => decision
                .with(Change::TurnPage { message_id: shown, words: ask::not_recorded() })
                .with_toast(ask::NOT_RECORDED),
            None => decision.and_say(To::Here, self.answers, [ask::not_recorded()]),
        };
        decision.and_ask(self.answers.or(Some(question.message_id)), next)
    }

    /// 撤回 said of words that still wait, or an edit that leaves nothing of them.
    pub(super) fn take_back_question(&self) -> Option<Decision> {
        let question = self.facts.question.as_ref().filter(|question| !question.answered)?;
        let decision = Decision::nothing("words that waited are taken back")
            .with(Change::CloseQuestion { message_id: question.message_id })
            .with(self.used_here(self.choices(question), String::new(), review::WITHDRAWN))
            .and_say(To::Here, self.answers, [ask::taken_back(&question.text)]);
        self.reporter().is_ok().then_some(decision)
    }

    /// What waits no longer, where something waits.
    pub(super) fn close_question(&self) -> Option<Change> {
        let question = self.facts.question.as_ref().filter(|question| !question.answered)?;
        Some(Change::CloseQuestion { message_id: question.message_id })
    }

    /// An edit of words that a button had assigned, or that named a task before, stays with that one task, and so does the
    /// line that was asked for.
    pub(super) fn keep_task(&self, statement: &Statement, mut sorted: Sorted<'a>) -> Sorted<'a> {
        let revises = statement.edited || statement.goes_on;
        let Some(duty) = self.only_earlier().filter(|_| revises && sorted.known.is_empty()) else {
            return sorted;
        };
        if let Some(at) = sorted.open.iter().position(|open| !open.unclear && open.may_be_about(duty)) {
            sorted.known.push((duty, sorted.open.remove(at).item));
        }
        sorted
    }

    /// The one duty that the message in question reports on, or had reported on before that was withdrawn.
    fn only_earlier(&self) -> Option<&'a Duty> {
        let live = self.has_live_report();
        let earlier = self.facts.earlier.iter().filter(|report| !live || !report.withdrawn);
        let mut duties: Vec<DutyId> = earlier.map(|report| report.duty).collect();
        duties.dedup();
        match duties.as_slice() {
            [only] => self.duty(*only),
            _ => None,
        }
    }

    /// The files that belong to a statement: its own, or those of the message that it goes on with.
    pub(super) fn evidence(&self, statement: &Statement) -> Vec<Attachment> {
        match statement.attachments.is_empty() {
            true => self.facts.evidence.clone(),
            false => statement.attachments.clone(),
        }
    }

    /// Words that are known already may still bring another file: a later part of an album.
    pub(super) fn keep_evidence(&self, statement: &Statement) -> Decision {
        let mut decision = Decision::nothing("an edit that changes no words");
        let (message_id, attachments) = (statement.message_id, statement.attachments.clone());
        if attachments.is_empty() {
            return decision;
        }
        if self.has_live_report() {
            decision = decision.with(Change::Attach { message_id, attachments: attachments.clone() });
        }
        let asked = self.facts.question.as_ref();
        if let Some(question) = asked.filter(|question| question.message_id == message_id && !question.answered)
            && question.attachments != attachments
        {
            decision = decision.with(Change::KeepQuestion(Question { attachments, ..question.clone() }));
        }
        decision
    }

    pub(super) fn is_later_part(&self) -> bool {
        self.place.album.as_ref().is_some_and(|album| album.goes_on)
    }

    /// The message whose button was pressed.
    pub(super) fn pressed(&self) -> Option<i64> {
        self.place.answered.filter(|_| self.answers.is_none())
    }
}

/// The one task whose number the words begin with, where they do: `5 60`, `第5项弄好啦`.
fn begins_with_number<'a>(duties: &[&'a Duty], text: &str) -> Option<&'a Duty> {
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
fn with_more_words(question: &Question, said: &Statement) -> Question {
    let mut question = question.clone();
    let added = question.message_id != said.message_id;
    match added {
        true => question.text = format!("{}\n{}", question.text, said.text),
        false => {
            question.text.clone_from(&said.text);
            question.parts.truncate(1);
        }
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
