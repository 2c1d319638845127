//! The message of ours that an update answers, or whose button was pressed: all that bears on it in one look.

use crate::chat::words::Words;
use crate::intent::button;
use crate::office::duty::TaskRef;
use crate::office::ids::{ChatId, MilestoneId, TaskId};
use crate::office::place::Awaited;
use crate::store::posting::Body;
use crate::store::{Result, Tx};

pub(super) struct Answered {
    /// The chat whose message ids it means: the old one where this has moved and it stems from there.
    pub meant_in: ChatId,
    /// The tasks that it named, in its order.
    pub tasks: Vec<TaskRef>,
    /// The titles of their plans, in the same order.
    pub plans: Vec<String>,
    /// The dates of tasks that it named, as a digest.
    pub dates: Vec<MilestoneId>,
    pub awaits: Option<Awaited>,
    /// The message that it confirms: whose report its button takes back, or else that it answers.
    pub confirms: Option<i64>,
    pub shows: Option<Words>,
    /// Whether something is being sent to the group, and it may be this that has arrived before we have noted it.
    pub is_being_sent: bool,
}

/// A message by its id in a chat. Where none of ours has it, it says nothing.
pub(super) async fn look(tx: &mut Tx, chat: ChatId, message_id: i64) -> Result<Answered> {
    let row = sqlx::query!(
        r#"with topics as (select id from chat where telegram_id = (select telegram_id from chat where id = ?1)),
               stems as (select coalesce((select chat_id from outbox where chat_id = ?1 and message_id = ?2),
                   (select id from chat where moved_to = ?1), ?1) as chat_id)
           select coalesce((select coalesce(meant_in, chat_id) from outbox
                   where message_id = ?2 and chat_id in (select ?1 union all select id from chat where moved_to = ?1)
                   order by chat_id = ?1 desc limit 1), ?1) as "meant_in!: i64",
               (select json_group_array(json_array(id, number, text, others, title)) from (
                   select task.id, task.number, task.text, task.others, plan.title from outbox
                   join outbox_task on outbox_task.outbox_id = outbox.id
                   join task on task.id = outbox_task.task_id join plan on plan.id = task.plan_id
                   where outbox.message_id = ?2 and outbox.chat_id = (select chat_id from stems)
                   order by outbox_task.position) named) as "tasks!: String",
               (select json_group_array(milestone_id) from outbox
                   join reminder_item on reminder_item.reminder_id = outbox.reminder_id
                   where milestone_id is not null and reason <> 'escalation' and outbox.message_id = ?2
                     and outbox.chat_id = (select chat_id from stems)) as "dates!: String",
               (select awaits from outbox where chat_id = ?1 and message_id = ?2) as "awaits: String",
               (select body from outbox where chat_id = ?1 and message_id = ?2) as "body: String",
               exists (select 1 from outbox where chat_id in (select id from topics)
                       and state in ('pending', 'sending', 'in_doubt') and state = 'sending')
                   and not exists (select 1 from outbox where chat_id in (select id from topics) and message_id = ?2)
                   as "is_being_sent!: bool""#,
        chat.0,
        message_id
    );
    let row = row.fetch_one(tx.connection()).await?;
    let tasks: Vec<(i64, String, String, String, String)> = serde_json::from_str(&row.tasks)?;
    let (tasks, plans) = tasks
        .into_iter()
        .map(|(id, number, text, others, plan)| (TaskRef { id: TaskId(id), number, text, others }, plan))
        .unzip();
    let dates: Vec<i64> = serde_json::from_str(&row.dates)?;
    let (confirms, shows) = match row.body.as_deref().map(serde_json::from_str).transpose()? {
        Some(Body::Message { html, buttons, answers, .. }) => {
            let undone = buttons.iter().flatten().find_map(|button| button::undone(&button.data));
            (undone.or(answers), Some(Words { buttons, ..Words::plain(html) }))
        }
        _ => (None, None),
    };
    Ok(Answered {
        meant_in: ChatId(row.meant_in),
        tasks,
        plans,
        dates: dates.into_iter().map(MilestoneId).collect(),
        awaits: row.awaits.as_deref().map(serde_json::from_str).transpose()?,
        confirms,
        shows,
        is_being_sent: row.is_being_sent,
    })
}
