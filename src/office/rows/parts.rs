//! An office on its way past whoever counts it: each open task with what is counted of its duties, and nothing else of them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::TryStreamExt;

use crate::office::duty::{Role, TaskRef, UnitRef, binds};
use crate::office::figures::{OpenDate, Part, TaskParts};
use crate::office::ids::{MilestoneId, PlanId, TaskId, UnitId};
use crate::office::reach::Reach;
use crate::office::rows::section;
use crate::office::status::Status;
use crate::reporting::rows::unconfirmed::words_of_one;
use crate::store::{Result, Tx};

/// What is the same for all tasks, or rare enough to be held.
pub struct Office {
    units: HashMap<UnitId, Unit>,
    /// Of which words wait to be confirmed that are about them alone.
    words: HashSet<(UnitId, TaskId)>,
    /// The dates of duties that were claimed or signed off each by itself.
    reached: HashSet<(i64, MilestoneId)>,
    /// The dates of duties that were put off, and to when.
    granted: HashMap<(i64, MilestoneId), NaiveDate>,
}

struct Unit {
    named: UnitRef,
    place: Option<String>,
    reach: Reach,
}

/// A duty as the statement writes it: its id, unit, role and status, and whether a report of it stands.
type Row = (i64, UnitId, Role, Status, u8);
/// A date: its id, day and scope.
type Date = (MilestoneId, NaiveDate, Option<String>);

impl Office {
    pub async fn of(tx: &mut Tx) -> Result<Office> {
        Ok(Office {
            units: units(tx).await?,
            words: words_of_one(tx).await?,
            reached: reached(tx).await?,
            granted: granted(tx).await?,
        })
    }

    /// Shows each task, in the order of the plans. Memory does not grow with how many there are.
    pub async fn show<'o>(&'o self, tx: &mut Tx, mut to: impl FnMut(TaskParts<'o>)) -> Result<()> {
        let rows = sqlx::query!(
            r#"select task.id as "id!", task.number as "number!", task.text as "text!", task.others as "others!", plan.title as "plan!",
                   plan.id as "plan_id!", plan.imported_at as "plan_since!: DateTime<Utc>",
                   section.ordinal as "ordinal?", section.title as "section?", section.position as "position?",
                   (select json_group_array(json_array(id, unit_id, role, status, last_report_id is not null))
                       from duty where task_id = task.id and ended_at is null) as "parts!: String",
                   (select json_group_array(json_array(id, coalesce(moved_to, due), scope)) from (
                       select * from milestone
                       where task_id = task.id and due is not null and ended_at is null and kind not in ('window', 'start')
                       order by coalesce(moved_to, due), position)) as "dates!: String",
                   (select count(*) from duty cross join problem on problem.duty_id = duty.id
                       where task_id = task.id and ended_at is null and state = 'open') as "problems!: i64",
                   (select count(*) from duty cross join practice on practice.duty_id = duty.id
                           join report on report.id = report_id
                       where task_id = task.id and ended_at is null and dropped = 0 and withdrawn_at is null) as "practices!: i64"
               from plan cross join task on task.plan_id = plan.id left join section on section.id = task.section_id
               where closed_at is null order by task.plan_id, task.position"#
        );
        let mut rows = rows.fetch(tx.connection());
        while let Some(row) = rows.try_next().await? {
            let mut held: Vec<Row> = serde_json::from_str(&row.parts)?;
            if held.is_empty() {
                continue;
            }
            held.sort_unstable_by_key(|(duty, ..)| *duty);
            let (parts, open) = self.parts(TaskId(row.id), &held, &distinct(serde_json::from_str(&row.dates)?));
            to(TaskParts {
                task: TaskRef { id: TaskId(row.id), number: row.number, text: row.text, others: row.others },
                plan: row.plan,
                plan_id: PlanId(row.plan_id),
                plan_since: row.plan_since,
                section: section(row.ordinal, row.section, row.position),
                parts,
                open,
                problems: usize::try_from(row.problems).unwrap_or_default(),
                practices: usize::try_from(row.practices).unwrap_or_default(),
            });
        }
        Ok(())
    }

    fn parts(&self, task: TaskId, rows: &[Row], dates: &[Date]) -> (Vec<Part<'_>>, Vec<OpenDate<'_>>) {
        let (mut parts, mut open) = (Vec::with_capacity(rows.len()), Vec::<OpenDate<'_>>::new());
        for (duty, unit, role, status, reported) in rows {
            let Some(Unit { named, place, reach }) = self.units.get(unit) else { continue };
            let mut next: Option<NaiveDate> = None;
            let binding = |scope: &Option<String>| binds(scope.as_deref(), *role, &named.name, place.as_deref());
            for (date, due, scope) in dates.iter().filter(|_| status.is_open()) {
                if !binding(scope) || self.reached.contains(&(*duty, *date)) {
                    continue;
                }
                let due = self.granted.get(&(*duty, *date)).copied().unwrap_or(*due);
                next = Some(next.map_or(due, |next| next.min(due)));
                match open.iter_mut().find(|known| known.milestone == *date && known.due == due) {
                    Some(known) => known.units.push(named),
                    None => open.push(OpenDate { milestone: *date, due, scope: scope.clone(), units: vec![named] }),
                }
            }
            let heard = *reported != 0 || self.words.contains(&(*unit, task));
            parts.push(Part { unit: named, reach: *reach, role: *role, status: *status, heard, next });
        }
        (parts, open)
    }
}

/// A date that the task's words name twice is one.
fn distinct(dates: Vec<Date>) -> Vec<Date> {
    dates.into_iter().fold(Vec::new(), |mut known, date| {
        if !known.iter().any(|(_, due, scope)| *due == date.1 && *scope == date.2) {
            known.push(date);
        }
        known
    })
}

async fn units(tx: &mut Tx) -> Result<HashMap<UnitId, Unit>> {
    let rows = sqlx::query!(
        r#"select unit.id as "id!", unit.name as "name!", place,
               (select reachable from chat where chat.unit_id = unit.id) as "can_write?: bool",
               exists (select 1 from chat where chat.unit_id = unit.id and silenced_at is not null) as "stopped!: bool"
           from unit"#
    );
    let units = rows.fetch_all(tx.connection()).await?.into_iter().map(|row| {
        let named = UnitRef { id: UnitId(row.id), name: row.name };
        (UnitId(row.id), Unit { named, place: row.place, reach: Reach::of(row.can_write, row.stopped) })
    });
    Ok(units.collect())
}

async fn reached(tx: &mut Tx) -> Result<HashSet<(i64, MilestoneId)>> {
    let rows = sqlx::query!(
        r#"select duty_id as "duty!", milestone_id as "date!"
           from plan cross join task on task.plan_id = plan.id cross join duty on task_id = task.id
               cross join duty_milestone on duty_id = duty.id
           where closed_at is null"#
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    Ok(rows.into_iter().map(|row| (row.duty, MilestoneId(row.date))).collect())
}

/// The newest for each.
async fn granted(tx: &mut Tx) -> Result<HashMap<(i64, MilestoneId), NaiveDate>> {
    let rows = sqlx::query!(
        r#"select duty_id as "duty!", milestone_id as "date!", extension.due as "due!: NaiveDate"
           from plan cross join task on task.plan_id = plan.id cross join duty on duty.task_id = task.id
               cross join extension on duty_id = duty.id join milestone on milestone.id = milestone_id
           where closed_at is null and state = 'granted' and (moved_at is null or decided_at > moved_at)
           order by coalesce(decided_at, asked_at), extension.id"#
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    Ok(rows.into_iter().map(|row| ((row.duty, MilestoneId(row.date)), row.due)).collect())
}
