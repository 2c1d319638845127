//! 专项督查: proposed, started, asked about again and closed by coordinators; answered by units.

use super::super::command::Paper;
use super::super::duty::{Duty, InspectionId, Status, UnitId, UnitRef};
use super::super::inspection::{EarlierAnswer, Inspection, Request, Wanted};
use super::super::intent::Statement;
use super::super::place::Awaited;
use super::super::reply::{contact, inspection, nudge, order};
use super::sorting::Open;
use super::sorting::Sorted;
use super::{AskedFor, Case, Change, Decision, To};
use crate::understanding::{Item, understand_contact};

impl<'a> Case<'a> {
    pub(super) fn inspect(&self, wanted: &Wanted) -> Decision {
        match wanted {
            Wanted::List => self.inspections(),
            Wanted::Show { number } => self.show_inspection(*number),
            Wanted::Propose { message_id, request } => self.propose_inspection(*message_id, request),
            Wanted::Start { .. } => self.start_inspection(),
            Wanted::Nudge { inspection } => self.nudge_inspection(*inspection),
            Wanted::Close { inspection } => self.close_inspection(*inspection),
            Wanted::Export { inspection } => self.export_inspection(*inspection),
        }
    }

    /// Those that are open: all of them for coordinators, its own for a unit.
    fn inspections(&self) -> Decision {
        let open = self.facts.inspections.iter().filter(|inspection| inspection.is_open());
        let reason = "asked for inspections";
        if self.place.is_for_coordinators() {
            let words = inspection::list(&open.collect::<Vec<_>>(), self.moment.today);
            return Decision::answer(reason, self.answers, words);
        }
        let Some(unit) = &self.place.unit else {
            return self.answer("a question across units", contact::ask_privately());
        };
        let own: Vec<_> = open.filter_map(|inspection| Some((inspection, inspection.part(unit)?))).collect();
        let decision = Decision::answer(reason, self.answers, inspection::own(&own, self.moment.today));
        match own.as_slice() {
            // A reply can only be meant for the one.
            [(only, _)] => {
                decision.asking_for(AskedFor::Known(Awaited::Inspection { inspection: only.id, in_digest: false }))
            }
            _ => decision,
        }
    }

    fn show_inspection(&self, number: i64) -> Decision {
        if !self.place.is_for_coordinators() {
            return self.answer("a question across units", contact::ask_privately());
        }
        let shown = self.facts.inspections.iter().find(|one| one.number == number && one.started_on.is_some());
        match shown {
            Some(shown) => Decision::answer("a coordinator asked", self.answers, inspection::card(shown, self.moment)),
            None => self.answer("no such inspection", inspection::no_such(number)),
        }
    }

    /// Nobody is asked before a coordinator has seen whom it asks, until when, and what for.
    fn propose_inspection(&self, message_id: i64, request: &Request) -> Decision {
        if !self.place.is_for_coordinators() || !self.place.speaker_is_coordinator() {
            return self.answer("may not inspect", inspection::only_coordinators());
        }
        let asked = &self.facts.inspected;
        if !asked.unknown.is_empty() || asked.units.is_empty() {
            return self.answer("nobody is meant", inspection::nobody(&asked.unknown));
        }
        let words = inspection::proposed(message_id, request, asked, &self.facts.units_with_chat, self.moment);
        Decision::answer("an inspection is proposed", self.answers, [words]).with(Change::ProposeInspection {
            message_id,
            request: request.clone(),
            asked: asked.clone(),
        })
    }

    fn start_inspection(&self) -> Decision {
        let begun = match self.inspection(|one| one.started_on.is_none()) {
            Ok(begun) => begun,
            Err(refusal) => return refusal,
        };
        if begun.due < self.moment.today {
            return Decision::toast("its date has passed", inspection::TOO_LATE);
        }
        let day = self.moment.working_day();
        let decision = Decision::nothing("an inspection begins")
            .with(Change::StartInspection { inspection: begun.id, day })
            .with_toast(inspection::STARTED)
            .and_say(To::Here, None, [inspection::started(begun, &self.facts.units_with_chat, self.moment)]);
        begun.parts.iter().fold(decision, |decision, part| self.and_ask(decision, begun, &part.unit, false))
    }

    /// Asks who has not answered, once a working day.
    fn nudge_inspection(&self, id: InspectionId) -> Decision {
        let open = match self.inspection(|one| one.id == id && one.is_open()) {
            Ok(open) => open,
            Err(refusal) => return refusal,
        };
        let day = self.moment.working_day();
        if [open.started_on, open.nudged_on].contains(&Some(day)) {
            return Decision::toast("asked already", inspection::SPARED);
        }
        let has_chat = |unit: &&UnitRef| self.facts.units_with_chat.contains(&unit.name);
        let (reached, unbound): (Vec<&UnitRef>, Vec<&UnitRef>) = open.waiting().partition(has_chat);
        if reached.is_empty() {
            let text = if unbound.is_empty() { inspection::ALL_ANSWERED } else { nudge::NO_CHAT };
            return Decision::toast("nobody to ask", text);
        }
        let units = reached.iter().map(|unit| unit.id).collect();
        let decision = Decision::nothing("units are asked again")
            .with(Change::NudgeInspection { inspection: id, units, day })
            .with_toast(nudge::ASKED)
            .and_say(To::Here, None, [inspection::nudged(open, &reached, &unbound, self.moment)]);
        reached.into_iter().fold(decision, |decision, unit| self.and_ask(decision, open, unit, true))
    }

    fn close_inspection(&self, id: InspectionId) -> Decision {
        let open = match self.inspection(|one| one.id == id && one.is_open()) {
            Ok(open) => open,
            Err(refusal) => return refusal,
        };
        let day = self.moment.today;
        let closed = Inspection { closed_on: Some(day), ..open.clone() };
        Decision::nothing("an inspection is closed")
            .with(Change::CloseInspection { inspection: id, day })
            .with_toast(inspection::CLOSED)
            .and_say(To::Here, None, inspection::card(&closed, self.moment))
    }

    fn export_inspection(&self, id: InspectionId) -> Decision {
        match self.inspection(|one| one.id == id && one.started_on.is_some()) {
            Ok(shown) => Decision {
                paper: Some(Paper::Inspection { inspection: id, number: shown.number }),
                ..Decision::toast("an inspection as a file", inspection::EXPORTED)
            },
            Err(refusal) => refusal,
        }
    }

    /// Asks a unit, where it has a chat; a reply to any of the messages is its answer.
    fn and_ask(&self, decision: Decision, asked: &Inspection, unit: &UnitRef, again: bool) -> Decision {
        if !self.facts.units_with_chat.contains(&unit.name) {
            return decision;
        }
        let is_part = |duty: &&Duty| duty.unit.id == unit.id && asked.tasks.iter().any(|task| task.id == duty.task.id);
        let duties: Vec<&Duty> = self.facts.duties.iter().filter(is_part).collect();
        let awaited = AskedFor::Known(Awaited::Inspection { inspection: asked.id, in_digest: false });
        let mentioned = if again { self.mentioned(unit.id) } else { &[] };
        inspection::asked(asked, &duties, again, self.moment.working_day(), mentioned)
            .into_iter()
            .fold(decision, |decision, words| decision.and_say(To::Unit(unit.id), None, [words]).asking_for(awaited))
    }

    /// The inspection in question, where a coordinator asks and it stands as it must.
    fn inspection(&self, stands: impl Fn(&Inspection) -> bool) -> Result<&'a Inspection, Decision> {
        if !self.place.speaker_is_coordinator() {
            return Err(Decision::toast("may not decide", contact::ONLY_COORDINATORS));
        }
        if !self.place.is_for_coordinators() {
            return Err(Decision::toast("not to be shown here", order::ELSEWHERE));
        }
        let found = self.facts.inspections.iter().find(|one| stands(one));
        found.ok_or_else(|| Decision::toast("the inspection has changed", contact::STALE_BUTTON))
    }

    /// A reply that names no task.
    pub(super) fn answer_inspection(&self, id: InspectionId, statement: &Statement) -> Decision {
        let (unit, person) = match self.reporter() {
            Ok(reporter) => reporter,
            Err(_) if statement.goes_on => return Decision::nothing("a part of a refused album"),
            Err(refusal) => return refusal,
        };
        let asked = self.facts.inspections.iter().find(|one| one.id == id && one.part(unit).is_some());
        let Some(asked) = asked else { return self.answer("the unit is not asked", inspection::not_asked()) };
        if !self.answers_something_new(statement) {
            return Decision::nothing("answered already");
        }
        let mut decision = Decision::nothing("a unit answers an inspection");
        let mut preface = Vec::new();
        if self.facts.contacts.is_empty() {
            decision.changes.push(Change::RegisterContact { unit: unit.id, person: person.id });
            preface.push(contact::first_contact(&person.name, &unit.name));
        }
        if statement.edited && (self.live_inspection_answer().is_some() || self.has_live_report()) {
            preface.push(contact::REVISED.to_owned());
        }
        let live = self.facts.earlier.iter().filter(|report| !report.withdrawn).map(|report| report.duty);
        let duties: Vec<_> = live.collect();
        if !duties.is_empty() {
            decision.changes.push(Change::Withdraw { message_id: statement.message_id, duties });
        }
        decision.changes.extend(self.close_question());
        decision.changes.push(answer_of(id, unit.id, statement));
        let words = inspection::answered(asked, statement, self.moment.today).prefaced(&preface);
        decision.and_say(To::Here, self.answers, [words])
    }

    /// Reports on tasks, in reply to an inspection: they count for it too where it is about one of them, or where it alone
    /// was asked about and is about no task in particular.
    pub(super) fn also_answers_inspection(
        &self,
        statement: &Statement,
        unit: UnitId,
        known: &[(&Duty, Item)],
    ) -> Option<(Change, String)> {
        let Some(Awaited::Inspection { inspection, in_digest }) = self.place.asked_for else { return None };
        let asked = self.facts.inspections.iter().find(|one| one.id == inspection)?;
        asked.parts.iter().find(|part| part.unit.id == unit)?;
        let is_about = |duty: &Duty| match asked.tasks.as_slice() {
            [] => !in_digest,
            tasks => tasks.iter().any(|task| task.id == duty.task.id),
        };
        let counts = known.iter().any(|(duty, _)| is_about(duty)) || self.live_inspection_answer().is_some();
        counts.then(|| (answer_of(inspection, unit, statement), inspection::also_answered(asked.number)))
    }

    /// Words without a number, in reply to a digest that names tasks and an inspection which waits for the unit, are taken
    /// for the tasks'; the speaker is told how to answer the other. A completion is asked about before it is recorded.
    pub(super) fn told_apart(&self, statement: &Statement, sorted: &mut Sorted<'a>) -> Option<String> {
        let Some(Awaited::Inspection { inspection: id, in_digest: true }) = self.place.asked_for else { return None };
        let unit = self.place.unit.as_ref()?;
        let waits = |one: &&Inspection| one.id == id && one.is_open() && one.waiting().any(|it| it.id == unit.id);
        let waiting = self.facts.inspections.iter().find(waits)?;
        let said = understand_contact(&statement.text, &[], self.moment.today).items;
        if statement.edited || said.is_empty() || said.iter().any(|item| item.task.is_some()) {
            return None;
        }
        if let [(duty, item)] = sorted.known.as_slice()
            && (item.status == Some(Status::ClaimedDone) || item.claims.is_some())
        {
            sorted.open.push(Open { duties: vec![*duty], item: Item { task: None, ..item.clone() }, unclear: false });
            sorted.known.clear();
        }
        Some(inspection::answered_otherwise(waiting.number))
    }

    /// What the message in question has answered, where that counts.
    pub(super) fn live_inspection_answer(&self) -> Option<&'a EarlierAnswer> {
        let own = self.place.unit.as_ref()?;
        self.facts.earlier_answer.as_ref().filter(|answer| !answer.withdrawn && answer.unit == own.id)
    }

    /// Telegram also tells of edits that change no word, and may tell of a message twice.
    fn answers_something_new(&self, statement: &Statement) -> bool {
        let same = |earlier: &EarlierAnswer| {
            earlier.text == statement.text && earlier.files == statement.attachments.len() && !earlier.withdrawn
        };
        !self.facts.earlier_answer.as_ref().is_some_and(same)
    }
}

fn answer_of(inspection: InspectionId, unit: UnitId, statement: &Statement) -> Change {
    Change::AnswerInspection {
        inspection,
        unit,
        message_id: statement.message_id,
        at: statement.at,
        text: statement.text.clone(),
        attachments: statement.attachments.clone(),
    }
}
