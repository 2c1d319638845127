//! What contacts say about their unit's duties: recorded, asked about, revised or withdrawn.

use super::super::duty::{Duty, DutyId, PersonId, Status, TaskId, UnitRef};
use super::super::incoming::ChatKind;
use super::super::intent::{Statement, button};
use super::super::place::Person;
use super::super::reply::contact::Recorded;
use super::super::reply::{Words, contact, coordinator, decision};
use super::super::words::Item;
use super::{Case, Change, Decision, EarlierReport, Question, Record, To};

/// What a statement is about, sorted.
#[derive(Default)]
struct Sorted<'a> {
    /// Duties of the unit with what was said of each.
    known: Vec<(&'a Duty, Item)>,
    /// The duties among which only the speaker can tell, where a number is that of several.
    ambiguous: Vec<&'a Duty>,
    /// What was said of no task in particular.
    unassigned: Option<Item>,
    /// Numbers that are none of the unit's tasks.
    foreign: Vec<String>,
}

impl<'a> Case<'a> {
    pub(super) fn report(&self, statement: &Statement) -> Decision {
        let (unit, person) = match self.reporter() {
            Ok(reporter) => reporter,
            Err(refusal) => return refusal,
        };
        if !self.says_something_new(statement) {
            return Decision::nothing("an edit that changes no words");
        }
        let sorted = self.sort(&statement.items);
        let mut decision = Decision::nothing("a contact reports");
        let mut preface = Vec::new();
        let says_something = !sorted.known.is_empty() || sorted.unassigned.is_some();
        if self.facts.contacts.is_empty() && says_something {
            decision.changes.push(Change::RegisterContact { unit: unit.id, person: person.id });
            preface.push(contact::first_contact(&person.name, &unit.name));
        }
        if statement.edited && self.has_live_report() {
            preface.push(contact::REVISED.to_owned());
        }
        if !sorted.foreign.is_empty() {
            preface.push(contact::no_such_duty(&sorted.foreign, &unit.name));
        }
        let dropped = self.dropped_by_edit(statement, &sorted);
        if let [_, ..] = dropped.as_slice() {
            let numbers = dropped.iter().map(|duty| duty.task.number.clone()).collect::<Vec<_>>();
            preface.push(contact::dropped_by_edit(&numbers));
            let duties = dropped.iter().map(|duty| duty.id).collect();
            decision.changes.push(Change::Withdraw { message_id: statement.message_id, duties });
        }
        let record = |(duty, item): &(&Duty, Item)| self.record(duty, item, statement, person.id);
        decision.changes.extend(sorted.known.iter().map(record).map(Change::Record));
        let question = sorted.unassigned.map(|item| {
            decision.changes.push(Change::KeepQuestion(question(statement, item, person.id)));
            self.which_task(statement.message_id, &sorted.ambiguous)
        });
        self.confirm(decision, &preface, &sorted.known, question, statement)
    }

    /// Adds the answer to what was recorded, the question that the same words raise, and the notice of what was claimed or
    /// asked for.
    fn confirm(
        &self,
        decision: Decision,
        preface: &[String],
        known: &[(&Duty, Item)],
        question: Option<Words>,
        said: &Statement,
    ) -> Decision {
        let today = self.moment.today;
        let recorded: Vec<Recorded<'_>> = known
            .iter()
            .map(|(duty, item)| Recorded {
                duty,
                item,
                late: self.is_late(duty, said),
                attachment: said.attachment.is_some(),
            })
            .collect();
        let person = self.place.speaker.as_ref().map_or("", |person| person.name.as_str());
        let notice = decision::notice(&recorded, said, person, today);
        let answers = match (recorded.is_empty(), question) {
            (true, Some(question)) => vec![question.prefaced(preface)],
            (true, None) if preface.is_empty() => Vec::new(),
            (true, None) => vec![Words::plain(preface.join("\n"))],
            (false, question) => {
                let recorded = contact::recorded(preface, &recorded, button::undo(said.message_id), today);
                std::iter::once(recorded).chain(question).collect()
            }
        };
        decision.and_say(To::Here, self.answers, answers).and_say(To::Coordinators, None, notice)
    }

    /// The unit and the person, where the person may report for it.
    pub(super) fn reporter(&self) -> Result<(&'a UnitRef, &'a Person), Decision> {
        let Some(unit) = &self.place.unit else {
            return Err(self.answer("no unit here", self.nobody_here()));
        };
        let Some(person) = &self.place.speaker else {
            return Err(self.answer("nameless sender", contact::nameless()));
        };
        // Who supervises a unit does not become its contact by a slip.
        let nobody_yet = self.facts.contacts.is_empty() && !person.coordinator;
        if nobody_yet || person.contact_of.contains(&unit.id) {
            return Ok((unit, person));
        }
        let words = contact::no_contact(&person.name, &unit.name, button::ask(unit.id));
        Err(self.answer("not a contact of the unit", words))
    }

    /// Telegram also tells of edits that change no word, and may tell of a message twice.
    fn says_something_new(&self, statement: &Statement) -> bool {
        match statement.edited {
            true => !self.facts.earlier.iter().any(|report| report.text == statement.text),
            false => !self.has_live_report(),
        }
    }

    /// Whether the message in question has recorded something that still counts.
    fn has_live_report(&self) -> bool {
        self.facts.earlier.iter().any(|report| !report.withdrawn)
    }

    fn sort(&self, items: &[Item]) -> Sorted<'a> {
        let mut sorted = Sorted::default();
        for item in items {
            let Some(number) = &item.task else {
                merge(&mut sorted.unassigned, item);
                continue;
            };
            match self.duties_numbered(number).as_slice() {
                [] => sorted.foreign.push(number.clone()),
                [duty] => sorted.known.push((duty, item.clone())),
                // The same number in two plans: nobody but the speaker knows which.
                several => {
                    sorted.ambiguous.extend(several);
                    merge(&mut sorted.unassigned, item);
                }
            }
        }
        sorted
    }

    /// The unit's duties with this number: those that the answered message named, where it named any such.
    pub(super) fn duties_numbered(&self, number: &str) -> Vec<&'a Duty> {
        let all: Vec<&Duty> = self.facts.duties.iter().filter(|duty| duty.task.number == number).collect();
        let is_named = |duty: &&&Duty| self.place.named.iter().any(|task| task.id == duty.task.id);
        let named: Vec<&Duty> = all.iter().filter(is_named).copied().collect();
        if named.is_empty() { all } else { named }
    }

    fn record(&self, duty: &Duty, item: &Item, statement: &Statement, person: PersonId) -> Record {
        Record {
            duty: duty.id,
            person,
            message_id: statement.message_id,
            reported_at: statement.at,
            text: statement.text.clone(),
            item: Item { task: None, ..item.clone() },
            milestone: item.extend_to.and_then(|_| duty.extendable(self.moment.today)).map(|milestone| milestone.id),
            late: self.is_late(duty, statement),
            attachment: statement.attachment.clone(),
        }
    }

    fn is_late(&self, duty: &Duty, statement: &Statement) -> bool {
        duty.milestones.first().is_some_and(|first| first.due < self.moment.day_of(statement.at))
    }

    /// The duties of which the message said something before its edit, and says nothing any more.
    fn dropped_by_edit(&self, statement: &Statement, sorted: &Sorted<'_>) -> Vec<&'a Duty> {
        let kept = |duty: DutyId| sorted.known.iter().any(|(known, _)| known.id == duty);
        let live = self.facts.earlier.iter().filter(|report| statement.edited && !report.withdrawn);
        let dropped = live.filter(|report| !kept(report.duty)).filter_map(|report| self.duty(report.duty));
        // What a coordinator has agreed to stays agreed.
        dropped.filter(|duty| duty.status != Status::Done).collect()
    }

    /// Why nothing can be reported where nobody knows for which unit.
    pub(super) fn nobody_here(&self) -> Words {
        match self.place.chat.kind {
            ChatKind::Group => contact::not_bound(),
            ChatKind::Private => contact::not_registered(),
        }
    }

    /// Asks with buttons: those that share the number that was said, the tasks that were named, else all that are open.
    fn which_task(&self, message_id: i64, ambiguous: &[&'a Duty]) -> Words {
        let named: Vec<&Duty> = self.place.named.iter().filter_map(|task| self.duty_in(task.id)).collect();
        let open = || self.facts.duties.iter().filter(|duty| duty.status.is_open()).collect();
        let candidates: Vec<&Duty> = match (ambiguous, named.is_empty()) {
            ([], true) => open(),
            ([], false) => named,
            (ambiguous, _) => ambiguous.to_vec(),
        };
        let choices: Vec<_> =
            candidates.into_iter().map(|duty| (duty, button::pick(message_id, duty.task.id))).collect();
        contact::which_task(&choices)
    }

    /// An edit that leaves no report is only spoken of where there was one.
    pub(super) fn edited_away(&self) -> Decision {
        match self.has_live_report() {
            true => self.answer("an edit that reports nothing", contact::edit_not_understood()),
            false => Decision::nothing("nothing to answer"),
        }
    }

    pub(super) fn unclear(&self) -> Decision {
        if self.place.is_for_coordinators() {
            return self.answer("not understood", coordinator::not_understood());
        }
        if self.place.unit.is_none() {
            return self.answer("no unit here", self.nobody_here());
        }
        if self.has_live_report() {
            return self.answer("an edit that is not understood", contact::edit_not_understood());
        }
        let named: Vec<&Duty> = self.place.named.iter().filter_map(|task| self.duty_in(task.id)).collect();
        self.answer("not understood", contact::not_understood(&named))
    }

    pub(super) fn pick(&self, message_id: i64, task: TaskId) -> Decision {
        let Some(question) = self.facts.question.as_ref().filter(|question| question.message_id == message_id) else {
            return Decision::toast("no such question", contact::STALE_BUTTON);
        };
        if question.answered {
            return Decision::toast("already answered", contact::ALREADY_ANSWERED);
        }
        let (Ok(_), Some(duty)) = (self.reporter(), self.duty_in(task)) else {
            return Decision::toast("may not answer", contact::ONLY_CONTACTS);
        };
        let statement = Statement {
            message_id,
            at: question.at,
            text: question.text.clone(),
            items: Vec::new(),
            attachment: question.attachment.clone(),
            edited: false,
        };
        let record = self.record(duty, &question.item, &statement, question.person);
        let known = [(duty, question.item.clone())];
        let decision = Decision::nothing("the task is named")
            .with(Change::CloseQuestion { message_id })
            .with(Change::Record(record));
        self.confirm(decision, &[], &known, None, &statement)
    }

    /// Takes back all that one message recorded.
    pub(super) fn undo(&self) -> Decision {
        // A press has no message to answer.
        let refuse = |reason, text: &str| match self.answers {
            None => Decision::toast(reason, text),
            Some(_) => self.answer(reason, Words::plain(text)),
        };
        let live: Vec<&EarlierReport> = self.facts.earlier.iter().filter(|report| !report.withdrawn).collect();
        let Some(first) = live.first() else { return refuse("nothing to withdraw", contact::NOTHING_TO_WITHDRAW) };
        let unit = self.place.unit.as_ref().map(|unit| unit.id);
        let may = self
            .place
            .speaker
            .as_ref()
            .is_some_and(|person| unit.is_some_and(|unit| person.contact_of.contains(&unit)));
        if !may {
            return refuse("not a contact of the unit", contact::ONLY_CONTACTS);
        }
        let duties: Vec<&Duty> = live.iter().filter_map(|report| self.duty(report.duty)).collect();
        if duties.iter().any(|duty| duty.status == Status::Done) {
            return refuse("already signed off", contact::SIGNED_OFF);
        }
        let change =
            Change::Withdraw { message_id: first.message_id, duties: live.iter().map(|report| report.duty).collect() };
        Decision::nothing("a report is withdrawn").with(change).and_say(
            To::Here,
            Some(first.message_id),
            [contact::withdrawn(&duties)],
        )
    }
}

fn question(statement: &Statement, item: Item, person: PersonId) -> Question {
    Question {
        message_id: statement.message_id,
        person,
        at: statement.at,
        text: statement.text.clone(),
        item,
        attachment: statement.attachment.clone(),
        answered: false,
    }
}

/// Adds what was said of no task in particular to what was said so before.
fn merge(unassigned: &mut Option<Item>, item: &Item) {
    let merged = unassigned.get_or_insert_with(Item::default);
    merged.status = merged.status.or(item.status);
    merged.percent = merged.percent.or(item.percent);
    merged.extend_to = merged.extend_to.or(item.extend_to);
    merged.problems.extend(item.problems.iter().cloned());
    merged.problems_over |= item.problems_over;
    merged.practices.extend(item.practices.iter().cloned());
}
