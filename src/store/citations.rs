//! 表扬、提醒、约谈: proposed, put on record, told and withdrawn.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::ledger::Actor;
use super::{Result, Tx};
use crate::domain::citation::{Citation, Kind, Wanted};
use crate::domain::decide::Facts;
use crate::domain::duty::{ChatId, CitationId, PersonId, UnitId, UnitRef};
use crate::domain::place::Place;

struct Row {
    id: i64,
    kind: String,
    unit_id: i64,
    unit: String,
    reason: String,
    person: String,
    recorded_at: Option<DateTime<Utc>>,
    told: bool,
    withdrawn_because: Option<String>,
}

impl Row {
    fn citation(self) -> Citation {
        Citation {
            id: CitationId(self.id),
            kind: Kind::from_key(&self.kind).unwrap_or(Kind::Warning),
            unit: UnitRef { id: UnitId(self.unit_id), name: self.unit },
            reason: self.reason,
            person: self.person,
            recorded_at: self.recorded_at,
            told: self.told,
            withdrawn_because: self.withdrawn_because,
        }
    }
}

impl Tx {
    pub(super) async fn add_citation_facts(&mut self, facts: &mut Facts, wanted: &Wanted, place: &Place) -> Result<()> {
        if !place.is_for_coordinators() && !place.speaker_is_coordinator() {
            return Ok(());
        }
        match wanted {
            Wanted::Propose { unit, .. } => facts.cited_unit = self.find_unit(unit).await?,
            Wanted::Record { message_id } => {
                facts.citations = self.proposed_citation(place.chat.id, *message_id).await?
            }
            _ => {
                facts.citations = self.citations().await?;
                facts.units_with_chat = self.units_reached().await?;
            }
        }
        Ok(())
    }

    /// Those on record, newest first.
    pub(super) async fn citations(&mut self) -> Result<Vec<Citation>> {
        let rows = sqlx::query_as!(
            Row,
            r#"select citation.id as "id!", kind, unit_id, unit.name as unit, reason, person.name as person,
                   recorded_at as "recorded_at: DateTime<Utc>", told_at is not null as "told!: bool", withdrawn_because
               from citation join unit on unit.id = unit_id join person on person.id = person_id
               where recorded_at is not null order by recorded_at desc, citation.id desc"#
        );
        Ok(rows.fetch_all(self.connection()).await?.into_iter().map(Row::citation).collect())
    }

    /// What a message proposes and nobody has confirmed.
    async fn proposed_citation(&mut self, chat: ChatId, message_id: i64) -> Result<Vec<Citation>> {
        let rows = sqlx::query_as!(
            Row,
            r#"select citation.id as "id!", kind, unit_id, unit.name as unit, reason, person.name as person,
                   recorded_at as "recorded_at: DateTime<Utc>", told_at is not null as "told!: bool", withdrawn_because
               from citation join unit on unit.id = unit_id join person on person.id = person_id
               where recorded_at is null and chat_id = ? and message_id = ?"#,
            chat.0,
            message_id
        );
        Ok(rows.fetch_all(self.connection()).await?.into_iter().map(Row::citation).collect())
    }

    pub(super) async fn propose_citation(
        &mut self,
        (chat, message_id): (ChatId, i64),
        (kind, unit, reason): (Kind, UnitId, &str),
        person: PersonId,
    ) -> Result<()> {
        let kind = kind.key();
        let propose = sqlx::query!(
            "insert into citation (kind, unit_id, reason, person_id, chat_id, message_id) values (?, ?, ?, ?, ?, ?)
             on conflict (chat_id, message_id) do nothing",
            kind,
            unit.0,
            reason,
            person.0,
            chat.0,
            message_id
        );
        propose.execute(self.connection()).await?;
        Ok(())
    }

    pub(super) async fn record_citation(&mut self, citation: CitationId, person: PersonId) -> Result<()> {
        let now = self.now;
        let record = sqlx::query!(
            "update citation set recorded_at = ?, recorded_by = ? where id = ? and recorded_at is null
             returning kind, unit_id, reason",
            now,
            person.0,
            citation.0
        );
        let Some(row) = record.fetch_optional(self.connection()).await? else { return Ok(()) };
        let body = json!({ "citation": citation, "kind": row.kind, "unit": row.unit_id, "reason": row.reason });
        self.note(Actor::Person(person), "citation_recorded", body).await
    }

    pub(super) async fn tell_citation(&mut self, citation: CitationId, person: PersonId) -> Result<()> {
        let now = self.now;
        let tell = sqlx::query!("update citation set told_at = ? where id = ?", now, citation.0);
        tell.execute(self.connection()).await?;
        self.note(Actor::Person(person), "citation_told", json!({ "citation": citation })).await
    }

    pub(super) async fn withdraw_citation(
        &mut self,
        citation: CitationId,
        reason: &str,
        person: PersonId,
    ) -> Result<()> {
        let now = self.now;
        let withdraw = sqlx::query!(
            "update citation set withdrawn_at = ?, withdrawn_by = ?, withdrawn_because = ? where id = ?",
            now,
            person.0,
            reason,
            citation.0
        );
        withdraw.execute(self.connection()).await?;
        let body = json!({ "citation": citation, "reason": reason });
        self.note(Actor::Person(person), "citation_withdrawn", body).await
    }
}
