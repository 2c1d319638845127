//! 待确认: words that were asked about and wait, by the duties that they may be about; and the digests that named them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use crate::office::ids::{QuestionId, TaskId, UnitId};
use crate::office::unconfirmed::Unconfirmed;
use crate::reporting::Part;
use crate::store::{Result, Tx};

/// By unit, oldest first, with the tasks that they may be about.
#[derive(Default)]
pub struct ByUnit(HashMap<UnitId, Vec<(Vec<TaskId>, Unconfirmed)>>);

impl ByUnit {
    /// What may be about a unit's part in a task.
    pub fn of(&self, unit: UnitId, task: TaskId) -> Vec<Unconfirmed> {
        let of_unit = self.0.get(&unit).into_iter().flatten();
        let may_be = of_unit.filter(|(about, words)| words.of_unit || about.contains(&task));
        may_be.map(|(_, words)| words.clone()).collect()
    }
}

/// Each unit with each task of which its words wait that are about no other.
pub async fn words_of_one(tx: &mut Tx) -> Result<HashSet<(UnitId, TaskId)>> {
    let rows = sqlx::query!(
        r#"select unit_id as "unit_id!", parts from question where answered_at is null and unit_id is not null"#
    );
    let mut of_one = HashSet::new();
    for row in rows.fetch_all(tx.connection()).await? {
        let (about, of_unit) = may_be_about(&row.parts)?;
        let task = about.first().filter(|_| !of_unit && is_one(&about));
        of_one.extend(task.map(|task| (UnitId(row.unit_id), *task)));
    }
    Ok(of_one)
}

pub async fn unconfirmed(tx: &mut Tx, wanted: &str) -> Result<ByUnit> {
    let rows = sqlx::query!(
        r#"select question.id as "id!", unit_id as "unit_id!", parts, named_in is not null as "named!: bool",
               reported_at as "at: DateTime<Utc>", text, person.name
           from question join person on person.id = person_id
           where answered_at is null
             and unit_id in (select unit_id from duty where id in (select value from json_each(?)))
           order by reported_at, question.id"#,
        wanted
    );
    let mut by_unit: HashMap<UnitId, Vec<(Vec<TaskId>, Unconfirmed)>> = HashMap::new();
    for row in rows.fetch_all(tx.connection()).await? {
        let (about, of_unit) = may_be_about(&row.parts)?;
        let of_one = !of_unit && is_one(&about);
        let words = Unconfirmed {
            id: QuestionId(row.id),
            person: row.name,
            at: row.at,
            text: row.text,
            of_unit,
            of_one,
            named: row.named,
        };
        by_unit.entry(UnitId(row.unit_id)).or_default().push((about, words));
    }
    Ok(ByUnit(by_unit))
}

/// Notes which of the words that wait a digest names.
pub async fn note_named(tx: &mut Tx, reminder: i64, named: &[Unconfirmed]) -> Result<()> {
    let forget = sqlx::query!("update question set named_in = null where named_in = ?", reminder);
    forget.execute(tx.connection()).await?;
    for words in named {
        let name = sqlx::query!("update question set named_in = ? where id = ?", reminder, words.id.0);
        name.execute(tx.connection()).await?;
    }
    Ok(())
}

/// Of the words that a digest names, those that still wait; and whether all of them do.
pub async fn still_unconfirmed(tx: &mut Tx, reminder: i64) -> Result<(Vec<Unconfirmed>, bool)> {
    let rows = sqlx::query!(
        r#"select question.id as "id!", parts, answered_at is null as "waits!: bool",
               reported_at as "at: DateTime<Utc>", text, person.name
           from question join person on person.id = person_id where named_in = ? order by reported_at, question.id"#,
        reminder
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let all = rows.iter().all(|row| row.waits);
    let mut waiting = Vec::new();
    for row in rows.into_iter().filter(|row| row.waits) {
        let (about, of_unit) = may_be_about(&row.parts)?;
        waiting.push(Unconfirmed {
            id: QuestionId(row.id),
            person: row.name,
            at: row.at,
            text: row.text,
            of_unit,
            of_one: !of_unit && is_one(&about),
            named: true,
        });
    }
    Ok((waiting, all))
}

/// What waits of a unit waits of its successor.
pub async fn hand_over_unconfirmed(tx: &mut Tx, old: UnitId, new: UnitId) -> Result<()> {
    let hand_over =
        sqlx::query!("update question set unit_id = ?2 where unit_id = ?1 and answered_at is null", old.0, new.0);
    hand_over.execute(tx.connection()).await?;
    Ok(())
}

/// The tasks that the parts of kept words may be about, and whether they may be about any of the unit's.
fn may_be_about(parts: &str) -> Result<(Vec<TaskId>, bool)> {
    let parts: Vec<Part> = serde_json::from_str(parts)?;
    let of_unit = parts.iter().any(|part| part.of_unit || part.tasks.is_empty());
    Ok((parts.into_iter().flat_map(|part| part.tasks).collect(), of_unit))
}

fn is_one(about: &[TaskId]) -> bool {
    about.iter().all(|task| about.first() == Some(task))
}
