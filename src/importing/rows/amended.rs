//! What coordinators have changed of a plan's tasks by word, where the plan is issued again: it stays, unless they say that
//! the new version counts.

use chrono::NaiveDate;

use crate::chat::text;
use crate::importing::revision::compare;
use crate::importing::rows::revisions::tasks_by_place;
use crate::office::duty::UnitRef;
use crate::office::plan::{Draft, DraftTask};
use crate::schedule::deadline::in_words;
use crate::store::{Result, Tx};
use crate::transfers;

/// How much of a task's words is repeated.
const LONGEST_WORDS: usize = 40;

/// What a coordinator has changed of a task.
pub struct Amended {
    /// The parts that were passed on: from whom, and to whom.
    passed_on: Vec<(UnitRef, UnitRef)>,
    /// It is over.
    pub dropped: bool,
    /// Other words stand in the place of the document's.
    pub reworded: bool,
    text: String,
    /// Each date with the one that was put in its place.
    moved: Vec<(NaiveDate, NaiveDate)>,
    /// Dates where the document has none.
    given: Vec<NaiveDate>,
}

/// `None` where nobody has changed anything of it.
pub async fn amended(tx: &mut Tx, task_id: i64) -> Result<Option<Amended>> {
    let task = sqlx::query!(
        r#"select text, printed is not null as "reworded!: bool", dropped_at is not null as "dropped!: bool"
           from task where id = ?"#,
        task_id
    );
    let task = task.fetch_one(tx.connection()).await?;
    let dates = sqlx::query!(
        r#"select due as "due!: NaiveDate", moved_to as "moved_to: NaiveDate", by_word as "by_word: bool" from milestone
           where task_id = ? and ended_at is null and due is not null and (moved_to is not null or by_word = 1)
           order by position"#,
        task_id
    );
    let mut found = Amended {
        passed_on: transfers::rows::moves(tx, task_id).await?,
        dropped: task.dropped,
        reworded: task.reworded,
        text: task.text,
        moved: Vec::new(),
        given: Vec::new(),
    };
    for date in dates.fetch_all(tx.connection()).await? {
        match (date.by_word, date.moved_to) {
            (true, moved) => found.given.push(moved.unwrap_or(date.due)),
            (false, Some(moved)) => found.moved.push((date.due, moved)),
            (false, None) => {}
        }
    }
    found.moved.dedup();
    let is_any = found.dropped
        || found.reworded
        || !found.passed_on.is_empty()
        || !found.moved.is_empty()
        || !found.given.is_empty();
    Ok(is_any.then_some(found))
}

/// What stays as coordinators have changed it, a line each, where `after` is imported as a version of the plan. What the new
/// version says otherwise than the one before stands beside it.
pub async fn kept(tx: &mut Tx, plan_id: i64, before: &Draft, after: &Draft) -> Result<Vec<String>> {
    let any = sqlx::query_scalar!(
        r#"select exists (select 1 from task_change join task on task.id = task_id where plan_id = ?1)
               or exists (select 1 from transfer join task on task.id = task_id where plan_id = ?1 and state = 'moved')
               as "any!: bool""#,
        plan_id
    );
    if !any.fetch_one(tx.connection()).await? {
        return Ok(Vec::new());
    }
    let tasks = tasks_by_place(tx, plan_id, before).await?;
    let mut lines = Vec::new();
    for (old, new) in compare(before, after).kept {
        if let Some(amended) = amended(tx, tasks[old]).await? {
            lines.extend(told(&amended, &before.tasks[old], &after.tasks[new]));
        }
    }
    Ok(lines)
}

fn told(amended: &Amended, before: &DraftTask, after: &DraftTask) -> Vec<String> {
    let number = &after.number;
    if amended.dropped {
        return vec![format!("第{number}项已由督办员撤销，仍不督办")];
    }
    let mut lines = Vec::new();
    if amended.reworded {
        let also = if before.text == after.text { "" } else { "（新文件也有修改）" };
        let words = text::cut(&amended.text, LONGEST_WORDS);
        lines.push(format!("第{number}项内容已由督办员改为“{words}”，仍按此{also}"));
    }
    for (giver, taker) in &amended.passed_on {
        lines.push(format!("第{number}项{}承担的部分已由督办员转给{}，仍按此", giver.name, taker.name));
    }
    let dates = |task: &DraftTask| task.milestones.iter().filter_map(|date| date.due).collect::<Vec<_>>();
    let also = match dates(after) {
        new if new == dates(before) => String::new(),
        new if new.is_empty() => "（新文件没有时限）".to_owned(),
        new => format!("（新文件为{}）", new.into_iter().map(in_words).collect::<Vec<_>>().join("、")),
    };
    for (due, moved) in &amended.moved {
        let (due, moved) = (in_words(*due), in_words(*moved));
        lines.push(format!("第{number}项时限已由督办员由{due}改为{moved}，仍按此{also}"));
    }
    for due in &amended.given {
        lines.push(format!("第{number}项时限已由督办员定为{}，仍按此{also}", in_words(*due)));
    }
    lines
}

/// Takes back what coordinators have changed of a plan's tasks: the document counts.
pub async fn forget(tx: &mut Tx, plan_id: i64) -> Result<()> {
    transfers::rows::forget(tx, plan_id).await?;
    let now = tx.now;
    let dates = sqlx::query!(
        "update milestone set moved_to = null, moved_at = null
         where moved_to is not null and task_id in (select id from task where plan_id = ?)",
        plan_id
    );
    dates.execute(tx.connection()).await?;
    let given = sqlx::query!(
        "update milestone set by_word = 0, ended_at = ?2
         where by_word = 1 and ended_at is null and task_id in (select id from task where plan_id = ?1)",
        plan_id,
        now
    );
    given.execute(tx.connection()).await?;
    let words = sqlx::query!(
        "update task set text = printed, printed = null where printed is not null and plan_id = ?",
        plan_id
    );
    words.execute(tx.connection()).await?;
    let dropped = sqlx::query!(
        "update task set ended_at = null, dropped_at = null where dropped_at is not null and plan_id = ?",
        plan_id
    );
    dropped.execute(tx.connection()).await?;
    Ok(())
}

/// A date that a coordinator has put in the place of one that the new version has no longer goes to the one that came for
/// it, where it is clear which.
pub async fn carry_moved_date(tx: &mut Tx, task_id: i64, added: &[i64]) -> Result<()> {
    let [added] = added else { return Ok(()) };
    let gone = sqlx::query!(
        r#"select moved_to as "moved_to!", moved_at as "moved_at!" from milestone
           where task_id = ?1 and moved_to is not null and ended_at = ?2
             and scope is (select scope from milestone where id = ?3)
           group by moved_to"#,
        task_id,
        tx.now,
        added
    );
    let gone = gone.fetch_all(tx.connection()).await?;
    let [gone] = gone.as_slice() else { return Ok(()) };
    let carry = sqlx::query!(
        "update milestone set moved_to = ?, moved_at = ? where id = ? and due is not null",
        gone.moved_to,
        gone.moved_at,
        added
    );
    carry.execute(tx.connection()).await?;
    Ok(())
}
