//! 预演: what the schedule would say in a span of days, as things stand now. It asks the same functions as the bot.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeZone, Utc};
use serde::Serialize;

use crate::assigning::announced::announce;
use crate::assigning::{Announced, News};
use crate::inspections::{Call, Inspection, end_those_over};
use crate::office::duty::Duty;
use crate::office::policy::Policy;
use crate::reminding::digest::Digest;
use crate::reminding::item::{Item, Reason, Recipient};
use crate::reminding::rules::digests;
use crate::reminding::slot::{Part, Window, said_day, slots};
use crate::schedule::calendar::Calendar;

/// How coordinators are called where a unit stands otherwise.
const COORDINATORS: &str = "督办员";

/// One message that would be sent. Its JSON is the one of `duban preview --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// RFC 3339 with the office's offset.
    pub at: String,
    pub unit: String,
    /// Whether there is a chat to send it to.
    pub bound: bool,
    /// Whether a coordinator has stopped what goes to that chat.
    pub silenced: bool,
    pub kind: &'static str,
    /// Whether the holidays of its year are known; else only the weekend is off.
    pub holidays_known: bool,
    pub items: Vec<PlannedItem>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedItem {
    /// `None` for an inspection.
    pub task: Option<String>,
    /// The short name of its plan.
    pub plan: Option<String>,
    pub reason: Reason,
    pub milestone: Option<String>,
    /// The unit's own step, where it is about one: then there is no milestone, and `due` is the step's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// What an inspection asks for, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inspection: Option<String>,
    pub due: Option<NaiveDate>,
    pub days_left: Option<i64>,
    /// The units whose silence an escalation is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub silent: Vec<String>,
    /// Whether the task is not new, and something of it was changed.
    #[serde(skip)]
    pub amended: bool,
}

impl PlannedItem {
    pub fn label(&self) -> &'static str {
        if self.amended { AMENDED } else { self.reason.label() }
    }
}

/// How a change of a task is called.
pub const AMENDED: &str = "任务调整";

/// Every message from the beginning of `from` to the end of `to`, in time order. `is_bound` tells whether a recipient has
/// a chat.
pub fn rehearse(
    duties: &[Duty],
    inspections: &[Inspection],
    (from, to): (NaiveDate, NaiveDate),
    policy: &Policy,
    calendar: &Calendar,
    is_bound: impl Fn(&Recipient) -> bool,
) -> Vec<Planned> {
    rehearse_with(&[], (duties, inspections), (from, to), (policy, calendar), is_bound)
}

/// The same with what units have not been told of items and changes.
pub fn rehearse_with(
    announced: &[Announced],
    (duties, inspections): (&[Duty], &[Inspection]),
    (from, to): (NaiveDate, NaiveDate),
    (policy, calendar): (&Policy, &Calendar),
    is_bound: impl Fn(&Recipient) -> bool,
) -> Vec<Planned> {
    // A slot at midnight of the first day counts.
    let begin = midnight(from, policy) - chrono::TimeDelta::seconds(1);
    let end = midnight(to + Days::new(1), policy) - chrono::TimeDelta::seconds(1);
    let mut after = said_day(policy, calendar, begin);
    let mut inspections: Vec<Inspection> = inspections.iter().filter(|one| one.is_open()).cloned().collect();
    end_those_over(&mut inspections, after, policy, calendar);
    // What a slot before has told is told.
    let is_untold = |one: &&Announced| slots(Part::Digest, policy, calendar, one.at, begin).is_empty();
    let mut untold: Vec<Announced> = announced.iter().filter(is_untold).cloned().collect();
    let mut planned = Vec::new();
    for slot in slots(Part::Digest, policy, calendar, begin, end) {
        let at = slot.at.with_timezone(&policy.timezone).to_rfc3339();
        end_those_over(&mut inspections, slot.day, policy, calendar);
        let mut said = digests(duties, &inspections, Window { after, slot }, policy, calendar);
        let (told, later): (Vec<_>, Vec<_>) = untold.into_iter().partition(|one| one.at <= slot.at);
        announce(&mut said, &told, duties);
        untold = later;
        let holidays_known = calendar.knows(slot.day.year());
        planned.extend(said.iter().map(|digest| Planned {
            at: at.clone(),
            unit: called(&digest.to).to_owned(),
            bound: is_bound(&digest.to),
            silenced: false,
            kind: Part::Digest.key(),
            holidays_known,
            items: of_digest(digest, slot.day),
        }));
        after = slot.day;
    }
    // Of an office that has nothing to do there is nothing to tell.
    let briefings = slots(Part::Briefing, policy, calendar, begin, end).into_iter().filter(|_| !duties.is_empty());
    planned.extend(briefings.map(|slot| Planned {
        at: slot.at.with_timezone(&policy.timezone).to_rfc3339(),
        unit: COORDINATORS.to_owned(),
        bound: is_bound(&Recipient::Coordinators),
        silenced: false,
        kind: Part::Briefing.key(),
        holidays_known: calendar.knows(slot.day.year()),
        items: Vec::new(),
    }));
    planned.sort_by(|one, other| one.at.cmp(&other.at));
    planned
}

/// Marks what would be sent but for a coordinator who has stopped it; `silenced` are those units.
pub fn mark_silenced(planned: &mut [Planned], silenced: &[String]) {
    for message in planned {
        message.silenced = silenced.contains(&message.unit);
    }
}

/// Names the plan of each task where only one is open.
pub fn name_the_only_plan(planned: &mut [Planned], name: &str) {
    for item in planned.iter_mut().flat_map(|message| &mut message.items) {
        if item.task.is_some() && item.plan.is_none() {
            item.plan = Some(name.to_owned());
        }
    }
}

fn called(recipient: &Recipient) -> &str {
    match recipient {
        Recipient::Unit(unit) => &unit.name,
        Recipient::Coordinators => COORDINATORS,
    }
}

fn of_digest(digest: &Digest, day: NaiveDate) -> Vec<PlannedItem> {
    let ended = digest.ended.iter().map(|ended| ended.call(day));
    let calls = digest.calls.iter().cloned().chain(ended).map(|call| of_call(&call, day));
    let changes = digest.changes().map(|change| of_change(change, day));
    digest.items.iter().map(|item| of_item(item, day)).chain(calls).chain(changes).collect()
}

fn of_change(change: &Announced, day: NaiveDate) -> PlannedItem {
    let due = match change.what {
        News::Due { new, .. } => Some(new),
        News::Assigned | News::Text(_) | News::Dropped | News::Restored => None,
    };
    PlannedItem {
        task: Some(change.task.number.clone()),
        plan: change.plan.clone(),
        reason: Reason::Assigned,
        milestone: None,
        step: None,
        inspection: None,
        due,
        days_left: due.map(|due| (due - day).num_days()),
        silent: Vec::new(),
        amended: change.what != News::Assigned,
    }
}

fn of_call(call: &Call, day: NaiveDate) -> PlannedItem {
    PlannedItem {
        task: None,
        plan: None,
        reason: call.reason,
        milestone: None,
        step: None,
        inspection: Some(call.words.clone()),
        due: Some(call.due),
        days_left: Some((call.due - day).num_days()),
        silent: Vec::new(),
        amended: false,
    }
}

fn of_item(item: &Item, day: NaiveDate) -> PlannedItem {
    PlannedItem {
        task: Some(item.task.number.clone()),
        plan: item.plan.clone(),
        reason: if item.step.is_some() { Reason::Step } else { item.reason },
        milestone: item.milestone.as_ref().map(|milestone| milestone.text.clone()),
        step: item.step.as_ref().map(|step| step.text.clone()),
        inspection: None,
        due: item.due(),
        days_left: item.days_left(day),
        silent: item.silent.clone(),
        amended: false,
    }
}

/// The first instant of a day.
fn midnight(day: NaiveDate, policy: &Policy) -> DateTime<Utc> {
    let naive = day.and_time(chrono::NaiveTime::MIN);
    policy.timezone.from_local_datetime(&naive).earliest().map_or_else(|| naive.and_utc(), |local| local.to_utc())
}
