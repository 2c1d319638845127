//! The tasks that may be named in a digest, so that only their duties are read.

use std::collections::BTreeSet;

use crate::office::figures::TaskParts;
use crate::office::ids::TaskId;
use crate::office::policy::Policy;
use crate::office::rows::parts::Office;
use crate::reminding::rules::may_be_named;
use crate::reminding::slot::Window;
use crate::schedule::calendar::Calendar;
use crate::store::{Result, Tx};

/// All that are named in a window in which nobody is asked for progress, and some that are not.
pub async fn tasks_named(tx: &mut Tx, window: Window, policy: &Policy, calendar: &Calendar) -> Result<Vec<TaskId>> {
    let mut named = tasks_with_more(tx).await?;
    let office = Office::of(tx).await?;
    let add = |task: TaskParts<'_>| {
        if task.open.iter().any(|date| may_be_named(date.due, task.plan_since, window, policy, calendar)) {
            named.insert(task.task.id);
        }
    };
    office.show(tx, add).await?;
    Ok(named.into_iter().collect())
}

/// Those that something else may be said of than their dates: dates that come round, steps, wishes to be reminded once more,
/// and words of their units that wait to be confirmed.
async fn tasks_with_more(tx: &mut Tx) -> Result<BTreeSet<TaskId>> {
    let tasks = sqlx::query_scalar!(
        r#"select task.id as "id!" from plan cross join task on task.plan_id = plan.id
           where closed_at is null and (
               exists (select 1 from milestone
                       where task_id = task.id and kind = 'recurring' and rule is not null and milestone.ended_at is null)
               or exists (select 1 from duty cross join step on step.duty_id = duty.id
                          where duty.task_id = task.id and state = 'open')
               or exists (select 1 from duty cross join put_off on put_off.duty_id = duty.id where duty.task_id = task.id)
               or exists (select 1 from duty cross join question on question.unit_id = duty.unit_id
                          where duty.task_id = task.id and answered_at is null))"#
    );
    Ok(tasks.fetch_all(tx.connection()).await?.into_iter().map(TaskId).collect())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Days, NaiveDate, Utc};

    use super::*;
    use crate::importing;
    use crate::office::rows;
    use crate::office::rows::Which;
    use crate::reminding::progress_call::Asked;
    use crate::reminding::rules::digests;
    use crate::reminding::slot::{Part, slots};
    use crate::store::Store;

    const PLAN: &str = "1.甲任务，2019年6月底前完成试点，2019年12月底前全面完成。（省公安厅牵头，省财政厅配合）\n2.乙任务，每月5日前报送进度。（省财政厅负责）\n3.丙任务。（省司法厅负责）\n4.丁任务，2019年9月底前完成。（省司法厅负责）";

    /// The third task has no date, and only what is kept of it speaks for it.
    const OTHERWISE: &str = "
        insert into person (id, telegram_id, name) values (1, 11, '李明');
        insert into chat (id, telegram_id, kind, title) values (1, -1001, 'group', '群');
        insert into step (duty_id, text, due, chat_id, message_id)
            select duty.id, '调研', '2019-08-15', 1, 70 from duty join task on task.id = task_id where number = '3';
        insert into put_off (duty_id, due, asked_at, chat_id, message_id)
            select duty.id, '2019-10-15', '2019-10-15T02:00:00Z', 1, 71 from duty join task on task.id = task_id where number = '3';";

    #[tokio::test]
    async fn nobody_is_left_out_because_only_some_are_read() {
        let (policy, calendar) = (Policy::default(), Calendar::china());
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_or_create(&format!("sqlite://{}/duban.db", folder.path().display())).await.unwrap();
        let now: DateTime<Utc> = "2019-04-01T01:00:00Z".parse().unwrap();
        let mut tx = store.begin(now).await.unwrap();
        let draft = crate::plan::read("plan.txt", PLAN.as_bytes()).unwrap();
        importing::rows::plans::import(&mut tx, &draft, &[7; 32], "plan.txt", None).await.unwrap();
        sqlx::raw_sql(OTHERWISE).execute(tx.connection()).await.unwrap();
        let (mut compared, mut said) = (0, 0);
        let days = slots(Part::Digest, &policy, &calendar, now, now + Days::new(330));
        for days in days.windows(2) {
            let [before, slot] = days else { continue };
            let window = Window { after: before.day, slot: *slot };
            if Asked::within(window, &policy, &calendar).asks_anybody() {
                continue;
            }
            let all = rows::duties(&mut tx, Which::All).await.unwrap();
            let named = tasks_named(&mut tx, window, &policy, &calendar).await.unwrap();
            let named = rows::duties(&mut tx, Which::In(&named)).await.unwrap();
            let expected = digests(&all, &[], window, &policy, &calendar);
            assert_eq!(digests(&named, &[], window, &policy, &calendar), expected, "{}", slot.day);
            compared += 1;
            said += expected.len();
        }
        let silent: NaiveDate = "2019-05-06".parse().unwrap();
        let slot = days.iter().find(|slot| slot.day == silent).unwrap();
        let window = Window { after: silent - Days::new(1), slot: *slot };
        let named = tasks_named(&mut tx, window, &policy, &calendar).await.unwrap();
        assert!(named.len() < 4, "of the tasks of which nothing is said some are not read");
        assert!(compared > 150 && said > 20, "{compared} days, {said} digests");
    }
}
