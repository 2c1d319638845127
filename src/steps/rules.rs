//! 细化分解: a unit's contacts split its duties into steps, and tick them off.

use crate::chat::refusals;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{Decision, To};
use crate::deciding::used;
use crate::intent::button;
use crate::office::duty::Duty;
use crate::office::ids::{ChatId, StepId, TaskId};
use crate::office::status::Status;
use crate::reporting::statement::Plan;
use crate::steps::{Mark, Step, View, Wanted, sentences};
use crate::understanding::steps::PlannedStep;
use crate::{contacts, questions, reporting, steps};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::BreakDown(plan) => break_down(case, plan),
        Wanted::Mark { step, mark, view } => mark_step(case, *step, *mark, *view),
        Wanted::Show { task } => show_steps(case, *task),
    }
}

/// More than fit below a message are no plan that anybody follows.
const MOST_STEPS: usize = 20;

/// A duty's steps as they become.
struct Draft<'a> {
    duty: &'a Duty,
    after: Vec<Step>,
    changes: Vec<Change>,
    next: i64,
}

impl Draft<'_> {
    fn plan(&mut self, planned: &PlannedStep, planned_in: (ChatId, i64)) {
        let id = StepId(self.next);
        self.next += 1;
        let (step, message_id) = (planned.clone(), planned_in.1);
        self.changes.push(Change::Steps(steps::Change::Plan { id, duty: self.duty.id, step, message_id }));
        let PlannedStep { text, due } = planned.clone();
        self.after.push(Step { id, text, due, done: false, planned_in });
    }

    /// Removes the open steps that are meant; how many.
    fn remove(&mut self, is_meant: impl Fn(&Step) -> bool) -> usize {
        let (removed, kept) = self.after.drain(..).partition(|step| !step.done && is_meant(step));
        self.after = kept;
        let removed: Vec<Step> = removed;
        self.changes.extend(
            removed.iter().map(|step| Change::Steps(steps::Change::Mark { step: step.id, mark: Mark::Removed })),
        );
        removed.len()
    }
}

/// Records the lines that say what and until when, and repeats the others. The same step with another date takes the
/// place of the old one; an edited message takes the place of all that it planned before.
pub fn break_down(case: &Case<'_>, plan: &Plan) -> Decision {
    let (unit, person) = match reporting::rules::reporter::reporter(case) {
        Ok(reporter) => reporter,
        Err(refusal) => return refusal,
    };
    let duty = match (meant(case, plan).as_slice(), &plan.number) {
        ([only], _) => *only,
        ([], Some(number)) => {
            return case.answer(
                "not a task of the unit",
                reporting::sentences::refused::not_among_the_tasks(number, &unit.name),
            );
        }
        (several, _) => return case.answer("it is not clear which task", sentences::which_task(several)),
    };
    let today = case.moment.today;
    let planned_in = (case.place.chat.id, plan.message_id);
    let (planned, unread) = (&plan.breakdown.steps, &plan.breakdown.unread);
    if planned.is_empty() && unread.is_empty() && !plan.edited {
        return case.answer("the steps of a duty", sentences::card(duty, Vec::new(), today));
    }
    if duty.status == Status::Done {
        return case.answer("a duty that is done has no more steps", sentences::signed_off(duty));
    }
    let mut draft = Draft { duty, after: duty.steps.clone(), changes: Vec::new(), next: case.facts.next_step };
    let is_same = |step: &Step| planned.iter().any(|new| new.text == step.text && new.due == step.due);
    let moved = draft.remove(|step| !is_same(step) && planned.iter().any(|new| new.text == step.text));
    // While a line of the edited message is not understood, nothing that it planned is lost.
    let rewritten = plan.edited && unread.is_empty();
    let dropped = if rewritten {
        draft.remove(|step| step.planned_in == planned_in && !is_same(step))
            + drop_elsewhere(case, duty, planned_in, &mut draft)
    } else {
        0
    };
    let new: Vec<&PlannedStep> = planned
        .iter()
        .enumerate()
        .filter(|(at, new)| {
            let known = duty.steps.iter().any(|step| step.text == new.text && step.due == new.due);
            !known && !planned[..*at].contains(new)
        })
        .map(|(_, new)| new)
        .collect();
    let room = MOST_STEPS.saturating_sub(draft.after.len());
    new.iter().take(room).for_each(|new| draft.plan(new, planned_in));
    draft.after.sort_by_key(|step| (step.due, step.id));
    let taken = new.len().min(room);
    let last = duty.milestones.iter().map(|milestone| milestone.due).max();
    let beyond = |step: &&&PlannedStep| last.is_some_and(|due| step.due > due);
    let late: Vec<&str> = new.iter().take(room).filter(beyond).map(|step| step.text.as_str()).collect();
    let remarks = [
        (taken > 0).then(|| sentences::planned(taken)),
        (moved > 0).then(|| sentences::moved(moved)),
        (dropped > 0).then(|| sentences::dropped(dropped)),
        (!plan.edited && new.len() < planned.len()).then(|| sentences::already_planned(planned.len() - new.len())),
        (new.len() > room).then(|| sentences::too_many(MOST_STEPS)),
        last.filter(|_| !late.is_empty()).map(|due| sentences::after_due(&late, due, today)),
    ];
    let mut preface: Vec<String> = remarks.into_iter().flatten().chain(sentences::unread(unread, today)).collect();
    if plan.edited && draft.changes.is_empty() && preface.is_empty() {
        return Decision::nothing("an edit that changes no step");
    }
    let mut decision = Decision::nothing("a duty is split into steps");
    if case.facts.contacts.registered.is_empty() && !draft.changes.is_empty() {
        decision.changes.push(Change::Contacts(contacts::Change::Register { unit: unit.id, person: person.id }));
        preface.insert(0, contacts::sentences::first_contact(&person.name, &unit.name, case.place));
    }
    decision.changes.extend(draft.changes);
    let after = Duty { steps: draft.after, ..duty.clone() };
    decision.and_say(To::Here, case.answers, [sentences::card(&after, preface, today)])
}

/// The duties that the words may be about: those with the number, else those that the answered message named.
fn meant<'a>(case: &Case<'a>, plan: &Plan) -> Vec<&'a Duty> {
    match &plan.number {
        Some(number) => reporting::rules::sorting::duties_numbered(case, number, None),
        None => case.place.named.iter().filter_map(|task| case.duty_in(task.id)).collect(),
    }
}

/// The message may have named another task before its edit; how many steps that one loses.
fn drop_elsewhere(case: &Case<'_>, duty: &Duty, planned_in: (ChatId, i64), draft: &mut Draft<'_>) -> usize {
    let others = case.facts.duties.iter().filter(|other| other.id != duty.id);
    let dropped = others.flat_map(|other| &other.steps).filter(|step| step.planned_in == planned_in && !step.done);
    let removed = dropped.map(|step| Change::Steps(steps::Change::Mark { step: step.id, mark: Mark::Removed }));
    let before = draft.changes.len();
    draft.changes.extend(removed);
    draft.changes.len() - before
}

/// Ticks a step off, or takes the tick or the step back, and draws the message anew. Who comes second is told.
pub fn mark_step(case: &Case<'_>, step: StepId, mark: Mark, view: View) -> Decision {
    let unit = case.place.unit.as_ref().map(|unit| unit.id);
    let is_contact = |unit| case.place.speaker.as_ref().is_some_and(|person| person.contact_of.contains(&unit));
    if !unit.is_some_and(is_contact) {
        return Decision::toast("not a contact of the unit", refusals::ONLY_CONTACTS);
    }
    let has_step = |duty: &&Duty| duty.steps.iter().any(|one| one.id == step);
    let Some(duty) = case.facts.duties.iter().find(has_step) else {
        return Decision::toast("no such step", refusals::STALE_BUTTON);
    };
    let done = duty.steps.iter().any(|one| one.id == step && one.done);
    let (refusal, toast) = match mark {
        Mark::Done => (done.then_some(sentences::ALREADY_DONE), sentences::TICKED),
        Mark::Reopened => ((!done).then_some(sentences::ALREADY_OPEN), sentences::REOPENED),
        Mark::Removed => (done.then_some(sentences::TAKE_TICK_BACK_FIRST), sentences::REMOVED),
    };
    if let Some(refusal) = refusal {
        return Decision::toast("the step stands so already", refusal);
    }
    let mut after = duty.clone();
    match mark {
        Mark::Removed => after.steps.retain(|one| one.id != step),
        Mark::Done | Mark::Reopened => {
            after.steps.iter_mut().filter(|one| one.id == step).for_each(|one| one.done = mark == Mark::Done);
        }
    }
    let decision = Decision::nothing("a step is marked")
        .with(steps::Change::Mark { step, mark })
        .with(step_marked(case, duty, step, mark))
        .with_toast(toast);
    let words = match view {
        View::Steps => Some(sentences::card(&after, Vec::new(), case.moment.today)),
        View::Task => questions::rules::task_of(case, &after).pop(),
    };
    match (case.facts.pressed, words) {
        (Some(message_id), Some(words)) => decision.with(Change::TurnPage { message_id, words }),
        _ => decision,
    }
}

/// The buttons that would mark the step so, or can mark it so no longer; the pressed message is drawn anew.
fn step_marked(case: &Case<'_>, duty: &Duty, step: StepId, mark: Mark) -> Change {
    let gone = match mark {
        Mark::Done | Mark::Removed => vec![Mark::Done, Mark::Removed],
        Mark::Reopened => vec![Mark::Reopened],
    };
    let data = gone.iter().flat_map(|mark| View::ALL.map(|view| button::mark_step(step, *mark, view)));
    let text = duty.steps.iter().find(|one| one.id == step).map_or("", |one| one.text.as_str());
    used::used_here(case, data.collect(), sentences::subject(text), sentences::marked(mark))
}

/// The steps of the unit's duty in a task, in a message of their own.
pub fn show_steps(case: &Case<'_>, task: TaskId) -> Decision {
    let Some(duty) = case.duty_in(task) else {
        return Decision::toast("no such task", refusals::STALE_BUTTON);
    };
    Decision::answer("the steps of a duty", None, [sentences::card(duty, Vec::new(), case.moment.today)])
}
