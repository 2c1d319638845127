//! 交办: what a document brings is told to units that have a chat, in the digest of the day or the next. Who is bound later hears
//! of the tasks as they are then, in the answer to that.

use chrono::NaiveDate;

use crate::assigning::rows::{amending, announcing};
use crate::importing::revision::compare;
use crate::importing::rows::revisions::tasks_by_place;
use crate::office::ids::{MilestoneId, TaskId};
use crate::office::plan::{Draft, DraftTask};
use crate::store::ledger::Actor;
use crate::store::{Result, Tx};

/// Why a date is another one.
const REISSUED: &str = "方案重新印发";

/// Notes the tasks and dates that `after` has and `before` did not.
pub async fn note(tx: &mut Tx, plan_id: i64, before: Option<&Draft>, after: &Draft) -> Result<()> {
    let reached =
        sqlx::query_scalar!(r#"select exists (select 1 from chat where unit_id is not null) as "any!: bool""#);
    if !reached.fetch_one(tx.connection()).await? {
        return Ok(());
    }
    let tasks = tasks_by_place(tx, plan_id, after).await?;
    let (kept, added) = match before {
        Some(before) => {
            let revision = compare(before, after);
            (revision.kept, revision.added)
        }
        None => (Vec::new(), (0..after.tasks.len()).collect()),
    };
    for place in added {
        let task = TaskId(tasks[place]);
        let change = amending::note_change(tx, (task, "assigned"), (None, None, None), None, Actor::Operator).await?;
        announcing::announce(tx, change, task).await?;
    }
    for (old, new) in kept {
        let before = before.map(|before| &before.tasks[old]);
        for (old, new_date) in before.map_or_else(Vec::new, |before| moved(before, &after.tasks[new])) {
            note_date(tx, TaskId(tasks[new]), old, new_date).await?;
        }
    }
    Ok(())
}

/// The dates that a task has now, each with the one in whose place it stands, where that is clear.
fn moved(before: &DraftTask, after: &DraftTask) -> Vec<(Option<NaiveDate>, NaiveDate)> {
    let dates = |task: &DraftTask| {
        let dates = task.milestones.iter().filter_map(|date| Some((date.scope.clone(), date.due?)));
        dates.collect::<Vec<_>>()
    };
    let (old, new) = (dates(before), dates(after));
    let gone: Vec<_> = old.iter().filter(|date| !new.contains(date)).collect();
    let come = new.iter().filter(|date| !old.contains(date));
    come.map(|(scope, due)| {
        let mut of_scope = gone.iter().filter(|(other, _)| other == scope);
        let only = of_scope.next().filter(|_| of_scope.next().is_none());
        (only.map(|(_, due)| *due), *due)
    })
    .collect()
}

/// What a coordinator has put in a date's place stays, and is no news.
async fn note_date(tx: &mut Tx, task: TaskId, old: Option<NaiveDate>, new: NaiveDate) -> Result<()> {
    let milestone = sqlx::query_scalar!(
        r#"select id as "id!" from milestone
           where task_id = ? and due = ? and ended_at is null and moved_to is null order by position limit 1"#,
        task.0,
        new
    );
    let Some(milestone) = milestone.fetch_optional(tx.connection()).await? else { return Ok(()) };
    let (old, new) = (old.map(|old| old.to_string()), new.to_string());
    let dates = (Some(MilestoneId(milestone)), old.as_deref(), Some(new.as_str()));
    let change = amending::note_change(tx, (task, "due"), dates, Some(REISSUED), Actor::Operator).await?;
    announcing::announce(tx, change, task).await
}
