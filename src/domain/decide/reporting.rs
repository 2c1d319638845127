//! What contacts say about their unit's duties: recorded, asked about, revised or withdrawn.

use super::super::duty::{Duty, DutyId, Milestone, PersonId, Status, UnitRef};
use super::super::incoming::Attachment;
use super::super::intent::{Statement, button};
use super::super::milestone::MilestoneStatus;
use super::super::place::{Awaited, Person};
use super::super::problem::sameness;
use super::super::reply::recorded::{self, Recorded};
use super::super::reply::{Words, contact, decision, escape, inspection, review, unclear as ask};
use super::asking::Asked;
use super::claiming::{Said, put_off_by};
use super::repeating::without_repeats;
use super::sorting::Sorted;
use super::{AskedFor, Case, Change, Decision, EarlierReport, Hint, Part, Record, To};
use crate::understanding::{Aside, Item, is_question};

impl<'a> Case<'a> {
    pub(super) fn report(&self, statement: &Statement) -> Decision {
        if let Some(answer) = self.asks_in_a_units_group(&statement.text) {
            return answer;
        }
        let (unit, person) = match self.reporter() {
            Ok(reporter) => reporter,
            Err(_) if self.is_later_part() => return Decision::nothing("a part of a refused album"),
            Err(refusal) => return refusal,
        };
        if !self.says_something_new(statement) {
            return self.keep_evidence(statement);
        }
        let sorted = self.keep_task(statement, self.sort(statement));
        let on = self.moment.day_of(statement.at);
        let said = Said { text: &statement.text, on, named: &self.place.named_dates };
        let (mut sorted, of_dates) = self.sorted_with_dates(sorted, said);
        let of_inspection = self.told_apart(statement, &mut sorted);
        let no_more_time = self.drop_vain_wishes(&mut sorted.known, statement);
        let mut decision = Decision::nothing("a contact reports");
        let mut preface = Vec::new();
        let asks = !sorted.open.is_empty();
        let says_something = !sorted.known.is_empty() || asks;
        if self.facts.contacts.is_empty() && says_something {
            decision.changes.push(Change::RegisterContact { unit: unit.id, person: person.id });
            preface.push(contact::first_contact(&person.name, &unit.name));
        }
        let waits = self.wants_confirmation(&sorted.known);
        if statement.edited && self.has_live_report() {
            preface.push(if waits { ask::STANDS_MEANWHILE } else { contact::REVISED }.to_owned());
        }
        if !sorted.foreign.is_empty() {
            preface.push(contact::no_such_duty(&sorted.foreign, &unit.name));
        }
        // What is shown first leaves all that is open to be asked about later.
        let in_turn = sorted.open.get(usize::from(!waits)..).unwrap_or_default();
        if !in_turn.is_empty() {
            let in_turn: Vec<&Item> = in_turn.iter().map(|open| &open.item).collect();
            preface.push(ask::asked_in_turn(&in_turn));
        }
        preface.extend(of_dates);
        preface.extend(no_more_time);
        preface.extend(self.wishes_replaced(&sorted.known, statement));
        preface.extend(self.date_wanted(statement, sorted.known.first().map(|(duty, _)| *duty)));
        preface.extend(of_inspection);
        let parts: Vec<Part> = sorted.open.iter().map(|open| self.kept_part(open)).collect();
        if waits {
            let also = self.also_answers_inspection(statement, unit.id, &sorted.known);
            let decision = also.into_iter().fold(decision, |decision, (change, line)| {
                preface.push(line);
                decision.with(change)
            });
            let question = self.question(statement, person.id, std::iter::once(Part::default()).chain(parts).collect());
            return self.ask_to_confirm(decision, &preface, &sorted.known, question, statement);
        }
        let dropped = self.dropped_by_edit(statement, &sorted.known, &parts);
        if let [_, ..] = dropped.as_slice() {
            let numbers = dropped.iter().map(|duty| duty.task.number.clone()).collect::<Vec<_>>();
            // An album's one answer is written anew.
            if self.place.album.is_none() {
                preface.push(contact::dropped_by_edit(&numbers));
            }
            decision.changes.extend(self.withdrawn_by_edit(&dropped, statement.message_id));
        }
        if let Some((change, line)) = self.also_answers_inspection(statement, unit.id, &sorted.known) {
            decision.changes.push(change);
            preface.push(line);
        }
        let record = |(duty, item): &(&Duty, Item)| self.record(duty, item, statement, person.id);
        decision.changes.extend(self.overtaken(&sorted.known, statement));
        decision.changes.extend(sorted.known.iter().map(record).map(Change::Record));
        let question = match asks {
            true => {
                let question = self.question(statement, person.id, parts);
                let asked = self.ask(self.why_asked(&sorted, statement), &question, self.all_may_be_meant(&sorted));
                decision.changes.push(Change::KeepQuestion(question));
                asked
            }
            false if says_something => {
                let (changes, next) = self.after_own_answer(&sorted.known, statement).unwrap_or_default();
                decision.changes.extend(changes);
                next
            }
            false => None,
        };
        let decision = self.confirm(decision, &preface, &sorted.known, question, statement);
        decision.and_say(To::Coordinators, None, self.ours_again(&sorted.known))
    }

    /// What coordinators are told where the message in question says no longer that tasks are another's.
    fn ours_again(&self, known: &[(&Duty, Item)]) -> Option<Words> {
        let says_so =
            |duty: DutyId| known.iter().any(|(known, item)| known.id == duty && item.aside == Some(Aside::Transfer));
        let said_so =
            self.facts.earlier.iter().filter(|report| !report.withdrawn && report.aside == Some(Aside::Transfer));
        let duties: Vec<_> =
            said_so.filter(|report| !says_so(report.duty)).filter_map(|report| self.duty(report.duty)).collect();
        let person = self.place.speaker.as_ref().map_or("", |person| person.name.as_str());
        decision::ours_again(&duties, person)
    }

    /// Whether words that name no task may be about all tasks that the answered message named.
    fn all_may_be_meant(&self, sorted: &Sorted<'_>) -> bool {
        let of_no_task = matches!(sorted.open.as_slice(), [only] if only.duties.is_empty());
        of_no_task && sorted.known.is_empty() && !self.place.named.is_empty()
    }

    /// Adds the answer to what was recorded, the question that the same words raise, and the notice of what was claimed or
    /// asked for.
    pub(super) fn confirm(
        &self,
        decision: Decision,
        preface: &[String],
        known: &[(&Duty, Item)],
        question: Option<Asked>,
        said: &Statement,
    ) -> Decision {
        let today = self.moment.today;
        let reports = self.told(known, said);
        let person = self.place.speaker.as_ref().map_or("", |person| person.name.as_str());
        let notice = decision::notice(&reports, said, person, self.moment);
        let not_ours = decision::not_ours(&reports, said, person, self.moment);
        let answers = self.answers.or(Some(said.message_id));
        let mut decision = decision;
        let mut preface = preface;
        if !reports.is_empty() {
            let words = recorded::answer(preface, &reports, button::undo(said.message_id), today);
            preface = &[];
            let speaks = said.text.is_empty() && self.evidence(said).iter().any(Attachment::is_spoken);
            decision = match speaks {
                true => decision
                    .and_say(To::Here, answers, [ask::wanting_a_line(words)])
                    .asking_for(AskedFor::Known(Awaited::Line { message_id: said.message_id })),
                false => decision.and_say(To::Here, answers, [words]),
            };
        }
        decision = match question {
            Some((question, awaited)) => decision.and_ask(answers, Some((question.prefaced(preface), awaited))),
            None if preface.is_empty() => decision,
            None => decision.and_say(To::Here, answers, [Words::plain(preface.join("\n"))]),
        };
        decision.and_say(To::Coordinators, None, notice).and_say(To::Coordinators, None, not_ours)
    }

    /// What was understood of each duty, as it is said.
    pub(super) fn told<'i>(&self, known: &'i [(&Duty, Item)], said: &Statement) -> Vec<Recorded<'i>> {
        let told = |(duty, item): &'i (&Duty, Item)| Recorded {
            duty,
            item,
            late: self.is_late(duty, item, said),
            attachment: !self.evidence(said).is_empty(),
            raised: self.raised(duty, item),
            repeats: self.repeats(duty, item, said.message_id),
        };
        known.iter().map(told).collect()
    }

    /// The problems that are raised anew: neither open nor in what the same message said before.
    fn raised<'i>(&self, duty: &Duty, item: &'i Item) -> Vec<&'i str> {
        let earlier = self.facts.earlier.iter().filter(|report| report.duty == duty.id && !report.withdrawn);
        let known =
            duty.problems.iter().map(|problem| &problem.what).chain(earlier.flat_map(|report| &report.problems));
        let known: Vec<String> = known.map(|what| sameness(what)).collect();
        item.problems.iter().map(String::as_str).filter(|what| !known.contains(&sameness(what))).collect()
    }

    /// The unit and the person, where the person may report for it.
    pub(super) fn reporter(&self) -> Result<(&'a UnitRef, &'a Person), Decision> {
        let Some(unit) = &self.place.unit else {
            return Err(self.nothing_to_report_on());
        };
        let Some(person) = &self.place.speaker else {
            return Err(self.nameless());
        };
        // Who supervises a unit does not become its contact by a slip.
        let nobody_yet = self.facts.contacts.is_empty() && !person.coordinator;
        if nobody_yet || person.contact_of.contains(&unit.id) {
            return Ok((unit, person));
        }
        if person.coordinator {
            return Err(self.hint(
                Hint::NotAContact(person.id),
                "a coordinator",
                contact::coordinators_do_not_report(),
            ));
        }
        let words = contact::no_contact(&person.name, &unit.name, button::ask(unit.id));
        Err(self.hint(Hint::NotAContact(person.id), "not a contact of the unit", words))
    }

    /// A coordinator asks where only a unit's own matters are spoken of.
    pub(super) fn asks_in_a_units_group(&self, text: &str) -> Option<Decision> {
        let asks = self.place.unit.is_some() && self.place.speaker_is_coordinator() && !self.place.speaker_is_contact();
        (asks && is_question(text)).then(|| self.answer("a question across units", contact::ask_privately()))
    }

    /// Telegram also tells of edits that change no word, and may tell of a message twice.
    pub(super) fn says_something_new(&self, statement: &Statement) -> bool {
        let asked = self.facts.question.as_ref().filter(|question| question.message_id == statement.message_id);
        let is_asked = asked.is_some_and(|question| {
            question.text == statement.text && (!question.answered || self.facts.earlier.is_empty())
        });
        let is_told = self.facts.earlier.iter().any(|report| report.text == statement.text);
        match statement.edited || statement.goes_on {
            true => !is_told && !is_asked,
            false => !self.has_live_report(),
        }
    }

    /// Whether the message in question has recorded something that still counts.
    pub(super) fn has_live_report(&self) -> bool {
        self.facts.earlier.iter().any(|report| !report.withdrawn)
    }

    pub(super) fn record(&self, duty: &Duty, item: &Item, statement: &Statement, person: PersonId) -> Record {
        let (text, whole) = match item.words.as_str() {
            "" => (statement.text.clone(), None),
            own => (own.to_owned(), Some(statement.text.clone())),
        };
        Record {
            duty: duty.id,
            person,
            message_id: statement.message_id,
            reported_at: statement.at,
            text,
            whole,
            item: without_repeats(item, &self.repeats(duty, item, statement.message_id)),
            puts_off: item.extend_to.and_then(|_| put_off_by(duty, item, self.moment.today)).map(|date| date.id),
            late: self.is_late(duty, item, statement) && item.aside.is_none(),
            edited: statement.edited,
            attachments: self.evidence(statement),
        }
    }

    /// After the date that it claims; a claim of the whole after the first that is not done, other words after the first
    /// that is open.
    fn is_late(&self, duty: &Duty, item: &Item, statement: &Statement) -> bool {
        let first = || match item.status {
            Some(Status::ClaimedDone) => duty.first_undone(),
            _ => duty.open_milestones().next(),
        };
        let date = item.claims.and_then(|date| duty.milestone(date)).or_else(first);
        date.is_some_and(|date| date.due < self.moment.day_of(statement.at))
    }

    /// The duties of which the message said something before its edit, and says nothing any more.
    pub(super) fn dropped_by_edit(
        &self,
        statement: &Statement,
        known: &[(&Duty, Item)],
        open: &[Part],
    ) -> Vec<&'a Duty> {
        // What nobody understands changes nothing until it is told what it means.
        let waits = |task| open.iter().any(|part| part.unclear && part.tasks == [task]);
        let kept = |id: DutyId| {
            known.iter().any(|(duty, _)| duty.id == id) || self.duty(id).is_some_and(|duty| waits(duty.task.id))
        };
        let revises = statement.edited || statement.goes_on;
        let live = self.facts.earlier.iter().filter(|report| revises && !report.withdrawn);
        // What a coordinator has agreed to stays agreed.
        let dropped = live.filter(|report| !kept(report.duty) && !self.carries(report));
        dropped.filter_map(|report| self.duty(report.duty)).filter(|duty| duty.status != Status::Done).collect()
    }

    /// Whether a sign-off stands on a report. What was said after it was only noted, and carries nothing.
    fn carries(&self, report: &EarlierReport) -> bool {
        let is_done = |date: &Milestone| date.stands == MilestoneStatus::Done;
        let claims_what_is_done =
            |duty: &Duty| report.claims.and_then(|date| duty.milestone(date)).is_some_and(is_done);
        let carries = |duty: &Duty| duty.status == Status::Done || claims_what_is_done(duty);
        report.ruled && self.duty(report.duty).is_some_and(carries)
    }

    /// Takes back what a message said of these, with the buttons that wait for it.
    pub(super) fn withdrawn_by_edit(&self, dropped: &[&Duty], message_id: i64) -> Vec<Change> {
        let waited = dropped.iter().filter_map(|duty| self.petitions_withdrawn(duty, message_id));
        let duties = dropped.iter().map(|duty| duty.id).collect();
        waited.chain([Change::Withdraw { message_id, duties }]).collect()
    }

    /// An edit that leaves no report is only spoken of where there was one.
    pub(super) fn edited_away(&self) -> Decision {
        match self.has_live_report() || self.live_inspection_answer().is_some() {
            true => self.answer("an edit that reports nothing", contact::edit_not_understood()),
            false => self.take_back_question().unwrap_or_else(|| Decision::nothing("nothing to answer")),
        }
    }

    /// Takes back all that one message recorded.
    pub(super) fn undo(&self) -> Decision {
        let live: Vec<&EarlierReport> = self.facts.earlier.iter().filter(|report| !report.withdrawn).collect();
        let answered = self.live_inspection_answer();
        let message_id = live.first().map(|report| report.message_id);
        let Some(message_id) = message_id.or(answered.map(|answer| answer.message_id)) else {
            return self
                .take_back_question()
                .unwrap_or_else(|| self.refuse("nothing to withdraw", contact::NOTHING_TO_WITHDRAW));
        };
        let unit = self.place.unit.as_ref().map(|unit| unit.id);
        let may = self
            .place
            .speaker
            .as_ref()
            .is_some_and(|person| unit.is_some_and(|unit| person.contact_of.contains(&unit)));
        if !may {
            return self.refuse("not a contact of the unit", contact::ONLY_CONTACTS);
        }
        // Who has moved to another unit finds here what he said for the former one.
        if live.iter().all(|report| self.duty(report.duty).is_none()) && answered.is_none() {
            return self.refuse("reports of another unit", contact::ONLY_CONTACTS);
        }
        let (signed_off, live): (Vec<_>, Vec<_>) = live.into_iter().partition(|report| self.carries(report));
        let duties: Vec<&Duty> = live.iter().filter_map(|report| self.duty(report.duty)).collect();
        let signed_off: Vec<&Duty> = signed_off.iter().filter_map(|report| self.duty(report.duty)).collect();
        if !signed_off.is_empty() && duties.is_empty() && answered.is_none() {
            return self.refuse("already signed off", &contact::signed_off(&signed_off));
        }
        let left: Vec<_> = live.iter().filter_map(|report| Some((self.duty(report.duty)?, report.without))).collect();
        let still_granted: Vec<_> = live
            .iter()
            .filter_map(|report| {
                let (duty, granted) = (self.duty(report.duty)?, report.granted?);
                duty.milestones.iter().any(|milestone| milestone.due == granted).then_some((duty, granted))
            })
            .collect();
        let mut decision = Decision::nothing("a report is withdrawn");
        if !duties.is_empty() {
            let duties = duties.iter().map(|duty| duty.id).collect();
            decision.changes.push(Change::Withdraw { message_id, duties });
        }
        decision.changes.extend(answered.map(|_| Change::WithdrawInspectionAnswer { message_id }));
        decision.changes.extend(duties.iter().filter_map(|duty| self.petitions_withdrawn(duty, message_id)));
        decision.changes.extend(live.iter().flat_map(|report| self.problems_withdrawn(report, &[])));
        decision.changes.extend(self.close_question());
        let words = match answered {
            Some(answer) if duties.is_empty() => inspection::answer_withdrawn(answer.number),
            _ => contact::withdrawn(&left, &still_granted, self.moment.today),
        };
        let words = match signed_off.is_empty() {
            true => words,
            false => words.prefaced(&[contact::signed_off(&signed_off)]),
        };
        let withdrawn = duties.iter().map(|duty| format!("第{}项", escape(&duty.task.number))).collect::<Vec<_>>();
        let used = self.used_here(vec![button::undo(message_id)], withdrawn.join("、"), review::WITHDRAWN);
        decision.with(used).and_say(To::Here, Some(message_id), [words]).and_say(
            To::Coordinators,
            None,
            self.ours_again(&[]),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{facts, group, says};

    #[test]
    fn more_time_is_more() {
        insta::assert_snapshot!(says("第5项申请延期至2019年6月20日", &group(Some(1)), &facts()), @"
        (a contact reports)
        Here: 第5项申请延期至6月20日，该日期已过，未作为延期申请登记，请写明更晚的日期。
        ");
        insta::assert_snapshot!(says("第5项进度60%，申请延期至2019年6月30日", &group(Some(1)), &facts()), @"
        (a contact reports)
        record 50 in_progress Some(60) late=false
        Here: 第5项申请延期至6月30日，不晚于现时限（6月30日），未作为延期申请登记，请写明更晚的日期。 / 已登记 第5项 任务5：推进中60% [v1:undo:70]
        ");
        let mut undated = facts();
        undated.duties.iter_mut().for_each(|duty| duty.milestones.clear());
        insta::assert_snapshot!(says("第5项申请延期至2019年9月30日", &group(Some(1)), &undated), @"
        (a contact reports)
        record 50 - None late=false
        Here: 第5项没有规定时限，无需申请延期，所说日期已随原话留存；需要按期提醒的，可发送“/step 5 2019年9月30日 工作内容”。 / 已登记 第5项 任务5：情况已记录 [v1:undo:70]
        ");
    }
}
