//! What the schedule has said, and to whom.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::outbox::Posting;
use super::{Result, Tx, Which};
use crate::domain::duty::ChatId;
use crate::domain::place::Awaited;
use crate::domain::rehearsal::{Planned, mark_silenced, rehearse};
use crate::domain::remind::{Digest, Due, Item, Part, Reason, Recipient, Served};
use crate::domain::reply::Words;

impl Tx {
    /// Up to where a part of the schedule has been served; `None` before the first time.
    pub async fn served(&mut self, part: Part) -> Result<Option<Served>> {
        let kind = part.key();
        let served = sqlx::query_as!(
            Served,
            r#"select said_up_to as "up_to: DateTime<Utc>", spoken_for as "spoken_for: NaiveDate"
               from schedule where kind = ?"#,
            kind
        );
        Ok(served.fetch_optional(self.connection()).await?)
    }

    pub async fn set_served(&mut self, part: Part, served: Served) -> Result<()> {
        let (kind, Served { up_to, spoken_for }) = (part.key(), served);
        let set = sqlx::query!(
            "insert into schedule (kind, said_up_to, spoken_for) values (?, ?, ?)
             on conflict (kind) do update set said_up_to = excluded.said_up_to, spoken_for = excluded.spoken_for",
            kind,
            up_to,
            spoken_for
        );
        set.execute(self.connection()).await?;
        Ok(())
    }

    /// Puts a digest into the outbox of each chat that it is for, unless that chat has had one on this day. A recipient
    /// without a chat goes without; the rehearsal shows it.
    /// `outage` is when the last one ended and what is said of it, once, to each chat.
    pub async fn remind(
        &mut self,
        digest: &Digest,
        words: Vec<Words>,
        due: &Due,
        outage: Option<&(DateTime<Utc>, String)>,
    ) -> Result<()> {
        let (unit, chats) = match &digest.to {
            Recipient::Unit(unit) => (Some(unit.id.0), self.chat_of_unit(unit.id).await?.into_iter().collect()),
            Recipient::Coordinators => (None, self.chats_of_coordinators().await?),
        };
        for chat in chats {
            let untold = match outage {
                Some((ended_at, line)) if !self.reminded_since(chat, *ended_at).await? => Some(line.clone()),
                _ => None,
            };
            if let Some(reminder) = self.add_reminder(Part::Digest, chat, unit, due).await? {
                self.add_items(reminder, digest).await?;
                self.note_named(reminder, &digest.unconfirmed).await?;
                let mut words = words.clone();
                if let (Some(first), Some(line)) = (words.first_mut(), untold) {
                    first.html = format!("{}\n{line}", first.html);
                }
                self.post_reminder(Part::Digest, chat, reminder, &words, due.until, awaited_by(digest)).await?;
            }
        }
        Ok(())
    }

    /// Notes of whose silence coordinators are told, so that they are told once.
    pub async fn note_escalations(&mut self, items: &[Item], day: NaiveDate) -> Result<()> {
        for item in items.iter().filter(|item| item.reason == Reason::Escalation) {
            let (due, units) = (item.due(), serde_json::to_string(&item.silent)?);
            let note = sqlx::query!(
                "insert into escalation (duty_id, due, told_on)
                 select duty.id, ?1, ?2 from duty join unit on unit.id = unit_id
                 where task_id = ?3 and unit.name in (select value from json_each(?4)) on conflict do nothing",
                due,
                day,
                item.task.id.0,
                units
            );
            note.execute(self.connection()).await?;
        }
        Ok(())
    }

    /// The due dates after which coordinators were told of a duty's silence.
    pub(super) async fn escalated(&mut self, wanted: &str) -> Result<HashMap<i64, Vec<NaiveDate>>> {
        let rows = sqlx::query!(
            r#"select duty_id, due as "due: NaiveDate" from escalation
               where duty_id in (select value from json_each(?))"#,
            wanted
        );
        let mut escalated: HashMap<i64, Vec<NaiveDate>> = HashMap::new();
        for row in rows.fetch_all(self.connection()).await? {
            escalated.entry(row.duty_id).or_default().push(row.due);
        }
        Ok(escalated)
    }

    /// Puts a briefing into the outbox of each chat of the coordinators, once on a day.
    pub async fn brief(&mut self, words: &[Words], due: &Due) -> Result<()> {
        for chat in self.chats_of_coordinators().await? {
            if let Some(reminder) = self.add_reminder(Part::Briefing, chat, None, due).await? {
                self.post_reminder(Part::Briefing, chat, reminder, words, due.until, None).await?;
            }
        }
        Ok(())
    }

    /// Whether a digest of this day was written later than `punctual` after its slot.
    pub async fn has_made_up_on(&mut self, day: NaiveDate, punctual: TimeDelta) -> Result<bool> {
        let planned = sqlx::query!(
            r#"select planned_for as "planned_for!: DateTime<Utc>", min(created_at) as "written_at!: DateTime<Utc>"
               from reminder join outbox on reminder_id = reminder.id
               where reminder.kind = 'digest' and day = ? group by planned_for"#,
            day
        );
        let planned = planned.fetch_all(self.connection()).await?;
        Ok(planned.iter().any(|row| row.written_at - row.planned_for > punctual))
    }

    async fn reminded_since(&mut self, chat: ChatId, instant: DateTime<Utc>) -> Result<bool> {
        let reminded = sqlx::query_scalar!(
            r#"select exists (select 1 from outbox where chat_id = ? and reminder_id is not null and created_at >= ?)
               as "reminded!: bool""#,
            chat.0,
            instant
        );
        Ok(reminded.fetch_one(self.connection()).await?)
    }

    async fn add_reminder(&mut self, part: Part, chat: ChatId, unit: Option<i64>, due: &Due) -> Result<Option<i64>> {
        let (kind, planned_for, day) = (part.key(), due.planned_for, due.window.slot.day);
        let insert = sqlx::query_scalar!(
            r#"insert into reminder (chat_id, unit_id, kind, planned_for, day) values (?, ?, ?, ?, ?)
               on conflict do nothing returning id as "id!""#,
            chat.0,
            unit,
            kind,
            planned_for,
            day
        );
        Ok(insert.fetch_optional(self.connection()).await?)
    }

    pub(super) async fn add_items(&mut self, reminder: i64, digest: &Digest) -> Result<()> {
        self.name_inspections(reminder, digest).await?;
        for item in &digest.items {
            let milestone = item.milestone.as_ref().map(|milestone| milestone.id.0);
            let step = item.step.as_ref().map(|step| step.id.0);
            let reason = item.reason.key();
            let insert = sqlx::query!(
                "insert into reminder_item (reminder_id, task_id, milestone_id, step_id, reason) values (?, ?, ?, ?, ?)",
                reminder,
                item.task.id.0,
                milestone,
                step,
                reason
            );
            insert.execute(self.connection()).await?;
        }
        Ok(())
    }

    pub(super) async fn post_reminder(
        &mut self,
        part: Part,
        chat: ChatId,
        reminder: i64,
        words: &[Words],
        until: DateTime<Utc>,
        awaits: Option<Awaited>,
    ) -> Result<()> {
        for words in words {
            let posting = Posting {
                chat,
                kind: part.key(),
                words,
                answers: None,
                not_before: self.now,
                not_after: Some(until),
                reminder: Some(reminder),
                awaits,
            };
            self.post(posting).await?;
        }
        Ok(())
    }

    /// What the schedule would say on these days, as things stand.
    pub async fn rehearsal(&mut self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Planned>> {
        let policy = self.policy().await?;
        let calendar = self.calendar(&policy).await?;
        let duties = self.duties(Which::All).await?;
        let (units, coordinators) = (self.units_with_chat().await?, self.coordinators_have_chat().await?);
        let is_bound = |to: &Recipient| match to {
            Recipient::Unit(unit) => units.contains(&unit.name),
            Recipient::Coordinators => coordinators,
        };
        let mut planned = rehearse(&duties, &self.open_inspections().await?, (from, to), &policy, &calendar, is_bound);
        mark_silenced(&mut planned, &self.silenced_units().await?);
        Ok(planned)
    }

    /// The names of the units that have a chat.
    pub async fn units_with_chat(&mut self) -> Result<Vec<String>> {
        let names =
            sqlx::query_scalar!("select unit.name from chat join unit on unit.id = chat.unit_id where reachable = 1");
        Ok(names.fetch_all(self.connection()).await?)
    }

    /// Without those whose groups are left in peace.
    pub(super) async fn units_reached(&mut self) -> Result<Vec<String>> {
        let silenced = self.silenced_units().await?;
        let mut reached = self.units_with_chat().await?;
        reached.retain(|unit| !silenced.contains(unit));
        Ok(reached)
    }

    pub async fn coordinators_have_chat(&mut self) -> Result<bool> {
        Ok(!self.chats_of_coordinators().await?.is_empty())
    }
}

/// What a reply to a digest gives where it names an inspection: the answer to the one that is due first.
pub(super) fn awaited_by(digest: &Digest) -> Option<Awaited> {
    digest.calls.first().map(|call| Awaited::Inspection { inspection: call.inspection, in_digest: true })
}
