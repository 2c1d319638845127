//! A digest that has waited in the outbox says only what is still true.

use chrono::NaiveDate;

use crate::inspections::{Call, Inspection};
use crate::office::ids::{InspectionId, TaskId, UnitId};
use crate::office::policy::Policy;
use crate::office::rows;
use crate::office::rows::Which;
use crate::reminding;
use crate::reminding::digest::Digest;
use crate::reminding::item::Recipient;
use crate::rounds::words_of;
use crate::schedule::calendar::Calendar;
use crate::store::posting::Claimed;
use crate::store::{Result, Tx};
use crate::{copies, inspections};

/// Whether a digest has something to take back since it was written; then what is left of it waits in its place.
pub async fn is_overtaken(tx: &mut Tx, claimed: &Claimed, (policy, calendar): (&Policy, &Calendar)) -> Result<bool> {
    if !claimed.reminds {
        return Ok(false);
    }
    let Some(waiting) = reminding::rows::renewal::digest_about_to_go(tx, claimed).await? else { return Ok(false) };
    let across_units = waiting.written.iter().any(|line| line.escalation);
    let unit = waiting.unit.as_ref().map(|unit| unit.id);
    let tasks: Vec<TaskId> = waiting.written.iter().map(|line| line.task).collect();
    let duties = rows::duties(tx, unit.filter(|_| !across_units).map_or(Which::In(&tasks), Which::Of)).await?;
    let items = reminding::renewal::still_true(&waiting.written, unit, &duties, waiting.day, policy);
    let (calls, ended) = match unit {
        Some(unit) => (calls_that_wait(tx, &waiting.inspections, unit, waiting.day).await?, Vec::new()),
        // Coordinators are told of those that have ended, which stays true.
        None => (Vec::new(), inspections::rows::inspections_of(tx, &waiting.inspections).await?),
    };
    let (unconfirmed, all_wait) = waiting.unconfirmed.clone();
    let same_calls = calls.len() + ended.len() == waiting.inspections.len();
    if items.len() == waiting.written.len() && same_calls && all_wait {
        return Ok(false);
    }
    let to = waiting.unit.clone().map_or(Recipient::Coordinators, Recipient::Unit);
    let digest = Digest { to, items, calls, ended, announced: waiting.announced.clone(), unconfirmed };
    let late = tx.now - waiting.planned_for > reminding::slot::PUNCTUAL;
    let words = words_of(tx, &digest, waiting.day, (policy, calendar), late).await?;
    let words = if waiting.is_copy { copies::sentences::copied(words) } else { words };
    tracing::info!(reminder = waiting.reminder, left = digest.items.len(), "提醒发出之前内容已变");
    reminding::rows::renewal::rewrite(tx, &waiting, &digest, &words).await?;
    Ok(true)
}

/// Of the inspections that a digest names, those that are open and that the unit has not answered.
async fn calls_that_wait(tx: &mut Tx, named: &[InspectionId], unit: UnitId, day: NaiveDate) -> Result<Vec<Call>> {
    let named = inspections::rows::inspections_of(tx, named).await?;
    let waits = |one: &&Inspection| one.is_open() && one.waiting().any(|waiting| waiting.id == unit);
    Ok(named.iter().filter(waits).map(|one| one.call(day)).collect())
}
