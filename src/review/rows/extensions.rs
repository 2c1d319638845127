//! 延期: wishes for more time, and the dates that were granted.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use crate::office::duty::{Asked, Wish};
use crate::office::ids::{ChatId, DutyId, MilestoneId, PersonId, UnitId};
use crate::office::milestone::Milestone;
use crate::reporting::Record;
use crate::review::rows;
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};

/// What was said about the dates of some duties.
#[derive(Default)]
pub struct Extensions {
    /// The newest granted date of a duty's milestone, and whether whoever had asked for it granted it.
    granted: HashMap<(i64, i64), (NaiveDate, bool)>,
    /// The newest wish for each date that nobody has answered.
    asked: HashMap<i64, Vec<Wish>>,
}

impl Extensions {
    /// The milestones of a duty with the dates that now hold, by due date.
    pub fn applied(&self, duty: i64, milestones: Vec<Milestone>) -> Vec<Milestone> {
        let mut milestones: Vec<Milestone> = milestones
            .into_iter()
            .map(|milestone| match self.granted.get(&(duty, milestone.id.0)) {
                Some((due, self_signed)) => {
                    Milestone { due: *due, extended: true, self_signed: *self_signed, ..milestone }
                }
                None => milestone,
            })
            .collect();
        milestones.sort_by_key(|milestone| milestone.due);
        milestones
    }

    pub fn asked_for(&mut self, duty: i64) -> Vec<Wish> {
        self.asked.remove(&duty).unwrap_or_default()
    }
}

pub async fn extensions(tx: &mut Tx, wanted: &str) -> Result<Extensions> {
    let rows = sqlx::query!(
        r#"select extension.duty_id, extension.milestone_id, extension.chat_id, extension.message_id, extension.due as "due: NaiveDate", asked_at as "asked_at: DateTime<Utc>",
               state, self_signed as "self_signed: bool", asking.person_id as "person?: i64", version.text as "text?: String",
               version.edited as "edited?: bool",
               (select count(*) from attachment where report_id = asking.id) as "files!: i64"
           from extension
           left join report asking on asking.chat_id = extension.chat_id and asking.message_id = extension.message_id
               and asking.duty_id = extension.duty_id
           left join report_version version on version.report_id = asking.id
               and version.version = (select max(version) from report_version where report_id = asking.id)
           left join milestone on milestone.id = extension.milestone_id
           where (state = 'asked' or (state = 'granted' and (moved_at is null or decided_at > moved_at)))
             and extension.duty_id in (select value from json_each(?))
           order by coalesce(decided_at, asked_at), extension.id"#,
        wanted
    );
    let mut extensions = Extensions::default();
    for row in rows.fetch_all(tx.connection()).await? {
        match (row.state.as_str(), row.milestone_id) {
            ("granted", Some(milestone)) => {
                extensions.granted.insert((row.duty_id, milestone), (row.due, row.self_signed));
            }
            ("asked", of) => {
                let Some(person) = row.person.map(PersonId) else { continue };
                let asked = Asked { chat: ChatId(row.chat_id), message_id: row.message_id, person, at: row.asked_at };
                let (text, edited) = (row.text.unwrap_or_default(), row.edited == Some(true));
                let (of, files) = (of.map(MilestoneId), usize::try_from(row.files).unwrap_or_default());
                let wishes = extensions.asked.entry(row.duty_id).or_default();
                wishes.retain(|wish| wish.of != of);
                wishes.push(Wish { asked, of, due: row.due, text, edited, files });
            }
            _ => {}
        }
    }
    Ok(extensions)
}

/// Keeps the wish of a report, or what an edit made of it. What was decided stays.
pub async fn ask_extension(tx: &mut Tx, record: &Record, chat: ChatId) -> Result<()> {
    let Some(due) = record.item.extend_to else {
        return take_back_extension(tx, chat, record.message_id, record.duty).await;
    };
    let now = tx.now;
    let milestone = record.puts_off.map(|milestone| milestone.0);
    let ask = sqlx::query!(
        "insert into extension (duty_id, milestone_id, chat_id, message_id, due, asked_at) values (?, ?, ?, ?, ?, ?)
         on conflict (chat_id, message_id, duty_id) do update
             set due = excluded.due, milestone_id = excluded.milestone_id, state = 'asked'
         where state in ('asked', 'withdrawn')",
        record.duty.0,
        milestone,
        chat.0,
        record.message_id,
        due,
        now
    );
    ask.execute(tx.connection()).await?;
    Ok(())
}

pub async fn take_back_extension(tx: &mut Tx, chat: ChatId, message_id: i64, duty: DutyId) -> Result<()> {
    let withdraw = sqlx::query!(
        "update extension set state = 'withdrawn'
         where chat_id = ? and message_id = ? and duty_id = ? and state = 'asked'",
        chat.0,
        message_id,
        duty.0
    );
    withdraw.execute(tx.connection()).await?;
    Ok(())
}

/// `all`: whether it holds for all units in the task.
pub async fn decide_extension(
    tx: &mut Tx,
    duty: DutyId,
    message_id: i64,
    (granted, all): (bool, bool),
    person: PersonId,
) -> Result<()> {
    let self_signed = granted && rows::has_asked(tx, person, duty, message_id).await?;
    let (state, now) = (if granted { "granted" } else { "refused" }, tx.now);
    let decide = sqlx::query!(
        r#"update extension set state = ?, decided_by = ?, decided_at = ?, self_signed = ?
           where duty_id = ? and message_id = ? and state = 'asked'
           returning due as "due: NaiveDate", milestone_id"#,
        state,
        person.0,
        now,
        self_signed,
        duty.0,
        message_id
    );
    let Some(decided) = decide.fetch_optional(tx.connection()).await? else { return Ok(()) };
    // The newest wish for a date stands for those before it.
    let answer = sqlx::query!(
        "update extension set state = 'withdrawn' where duty_id = ? and milestone_id is ? and state = 'asked'",
        duty.0,
        decided.milestone_id
    );
    answer.execute(tx.connection()).await?;
    if granted && all {
        grant_to_others(tx, duty, message_id).await?;
    }
    let body = json!({
        "duty": duty, "message": message_id, "due": decided.due, "decision": state, "self_signed": self_signed, "all": all,
    });
    ledger::note(tx, Actor::Person(person), "extension_decided", body).await
}

/// The other units in the task have the same date put off, where it is for them, unless they were given a later one.
async fn grant_to_others(tx: &mut Tx, duty: DutyId, message_id: i64) -> Result<()> {
    let grant = sqlx::query!(
        "insert into extension (duty_id, milestone_id, chat_id, message_id, due, asked_at, state, decided_by, decided_at)
         select other.id, led.milestone_id, led.chat_id, led.message_id, led.due, led.asked_at, 'granted', led.decided_by,
             led.decided_at
         from extension led join duty own on own.id = led.duty_id
         join duty other on other.task_id = own.task_id and other.id <> own.id and other.ended_at is null
         where led.duty_id = ?1 and led.message_id = ?2 and led.state = 'granted' and other.status <> 'done'
           and not exists (select 1 from duty_milestone date where date.duty_id = other.id
               and date.milestone_id = led.milestone_id and date.status = 'done')
           and not exists (select 1 from extension later where later.duty_id = other.id
               and later.milestone_id = led.milestone_id and later.state = 'granted' and later.due >= led.due)
         on conflict (chat_id, message_id, duty_id) do nothing",
        duty.0,
        message_id
    );
    grant.execute(tx.connection()).await?;
    Ok(())
}

/// The units that lead the task of a duty.
pub async fn leads_of(tx: &mut Tx, duty: DutyId) -> Result<Vec<UnitId>> {
    let leads = sqlx::query_scalar!(
        "select unit_id from duty where role = 'lead' and ended_at is null
           and task_id = (select task_id from duty where id = ?) order by id",
        duty.0
    );
    Ok(leads.fetch_all(tx.connection()).await?.into_iter().map(UnitId).collect())
}
