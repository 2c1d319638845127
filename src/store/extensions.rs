//! 延期: wishes for more time, and the dates that were granted.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use super::ledger::Actor;
use super::{Result, Tx};
use crate::domain::decide::Record;
use crate::domain::duty::{Asked, ChatId, DutyId, Milestone, PersonId, UnitId, Wish};

/// What was said about the dates of some duties.
#[derive(Default)]
pub(super) struct Extensions {
    /// The newest granted date of a duty's milestone, and whether whoever had asked for it granted it.
    granted: HashMap<(i64, i64), (NaiveDate, bool)>,
    /// The newest wish that nobody has answered.
    asked: HashMap<i64, Wish>,
}

impl Extensions {
    /// The milestones of a duty with the dates that now hold, by due date.
    pub fn applied(&self, duty: i64, milestones: impl Iterator<Item = Milestone>) -> Vec<Milestone> {
        let mut milestones: Vec<Milestone> = milestones
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

    pub fn asked_for(&mut self, duty: i64) -> Option<Wish> {
        self.asked.remove(&duty)
    }
}

impl Tx {
    pub(super) async fn extensions(&mut self, wanted: &str) -> Result<Extensions> {
        let rows = sqlx::query!(
            r#"select duty_id, milestone_id, chat_id, message_id, due as "due: NaiveDate", asked_at as "asked_at: DateTime<Utc>",
                   state, self_signed as "self_signed: bool",
                   (select person_id from report where report.chat_id = extension.chat_id
                        and report.message_id = extension.message_id and report.duty_id = extension.duty_id) as "person!: i64"
               from extension
               where state in ('asked', 'granted')
                 and duty_id in (select value from json_each(?))
               order by coalesce(decided_at, asked_at), id"#,
            wanted
        );
        let mut extensions = Extensions::default();
        for row in rows.fetch_all(self.connection()).await? {
            match (row.state.as_str(), row.milestone_id) {
                ("granted", Some(milestone)) => {
                    extensions.granted.insert((row.duty_id, milestone), (row.due, row.self_signed));
                }
                ("asked", _) => {
                    let (chat, person) = (ChatId(row.chat_id), PersonId(row.person));
                    let asked = Asked { chat, message_id: row.message_id, person, at: row.asked_at };
                    extensions.asked.insert(row.duty_id, Wish { asked, due: row.due });
                }
                _ => {}
            }
        }
        Ok(extensions)
    }

    /// Keeps the wish of a report, or what an edit made of it. What was decided stays.
    pub(super) async fn ask_extension(&mut self, record: &Record, chat: ChatId) -> Result<()> {
        let Some(due) = record.item.extend_to else {
            return self.take_back_extension(chat, record.message_id, record.duty).await;
        };
        let now = self.now;
        let milestone = record.milestone.map(|milestone| milestone.0);
        let ask = sqlx::query!(
            "insert into extension (duty_id, milestone_id, chat_id, message_id, due, asked_at) values (?, ?, ?, ?, ?, ?)
             on conflict (chat_id, message_id, duty_id) do update set due = excluded.due, state = 'asked'
             where state in ('asked', 'withdrawn')",
            record.duty.0,
            milestone,
            chat.0,
            record.message_id,
            due,
            now
        );
        ask.execute(self.connection()).await?;
        Ok(())
    }

    pub(super) async fn take_back_extension(&mut self, chat: ChatId, message_id: i64, duty: DutyId) -> Result<()> {
        let withdraw = sqlx::query!(
            "update extension set state = 'withdrawn'
             where chat_id = ? and message_id = ? and duty_id = ? and state = 'asked'",
            chat.0,
            message_id,
            duty.0
        );
        withdraw.execute(self.connection()).await?;
        Ok(())
    }

    pub(super) async fn decide_extension(
        &mut self,
        duty: DutyId,
        message_id: i64,
        granted: bool,
        person: PersonId,
    ) -> Result<()> {
        let self_signed = granted && self.has_asked(person, duty, message_id).await?;
        let (state, now) = (if granted { "granted" } else { "refused" }, self.now);
        let decide = sqlx::query_scalar!(
            r#"update extension set state = ?, decided_by = ?, decided_at = ?, self_signed = ?
               where duty_id = ? and message_id = ? and state = 'asked' returning due as "due: NaiveDate""#,
            state,
            person.0,
            now,
            self_signed,
            duty.0,
            message_id
        );
        let due = decide.fetch_optional(self.connection()).await?;
        // The newest wish stands for those with other dates before it.
        let answer =
            sqlx::query!("update extension set state = 'withdrawn' where duty_id = ? and state = 'asked'", duty.0);
        answer.execute(self.connection()).await?;
        let body =
            json!({ "duty": duty, "message": message_id, "due": due, "decision": state, "self_signed": self_signed });
        self.note(Actor::Person(person), "extension_decided", body).await
    }

    /// The units that lead the task of a duty.
    pub(super) async fn leads_of(&mut self, duty: DutyId) -> Result<Vec<UnitId>> {
        let leads = sqlx::query_scalar!(
            "select unit_id from duty where role = 'lead' and ended_at is null
               and task_id = (select task_id from duty where id = ?) order by id",
            duty.0
        );
        Ok(leads.fetch_all(self.connection()).await?.into_iter().map(UnitId).collect())
    }
}
