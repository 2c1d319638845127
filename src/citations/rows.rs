//! 表扬、提醒、约谈: proposed, put on record, told and withdrawn.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::citations::{Change, Citation, Kind, Wanted};
use crate::deciding::facts::Facts;
use crate::office::duty::UnitRef;
use crate::office::ids::{ChatId, CitationId, PersonId, UnitId};
use crate::office::place::Place;
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};
use crate::{reminding, roll};

pub async fn carry_out(tx: &mut Tx, change: &Change, chat: ChatId, person: PersonId) -> Result<()> {
    match change {
        Change::Propose { message_id, kind, unit, reason } => {
            propose_citation(tx, (chat, *message_id), (*kind, *unit, reason), person).await
        }
        Change::Record(citation) => record_citation(tx, *citation, person).await,
        Change::Tell(citation) => tell_citation(tx, *citation, person).await,
        Change::Withdraw { citation, reason } => withdraw_citation(tx, *citation, reason, person).await,
    }
}

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

pub async fn add_citation_facts(tx: &mut Tx, facts: &mut Facts, wanted: &Wanted, place: &Place) -> Result<()> {
    if !place.is_for_coordinators() && !place.speaker_is_coordinator() {
        return Ok(());
    }
    match wanted {
        Wanted::Propose { unit, .. } => facts.citations.unit = roll::rows::find_unit(tx, unit).await?,
        Wanted::Record { message_id } => {
            facts.citations.all = proposed_citation(tx, place.chat.id, *message_id).await?
        }
        _ => {
            facts.citations.all = citations(tx).await?;
            facts.units_with_chat = reminding::rows::reached::units_reached(tx).await?;
        }
    }
    Ok(())
}

/// Those on record, newest first.
pub async fn citations(tx: &mut Tx) -> Result<Vec<Citation>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select citation.id as "id!", kind, unit_id, unit.name as unit, reason, person.name as person,
               recorded_at as "recorded_at: DateTime<Utc>", told_at is not null as "told!: bool", withdrawn_because
           from citation join unit on unit.id = unit_id join person on person.id = person_id
           where recorded_at is not null order by recorded_at desc, citation.id desc"#
    );
    Ok(rows.fetch_all(tx.connection()).await?.into_iter().map(Row::citation).collect())
}

/// What a message proposes and nobody has confirmed.
async fn proposed_citation(tx: &mut Tx, chat: ChatId, message_id: i64) -> Result<Vec<Citation>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select citation.id as "id!", kind, unit_id, unit.name as unit, reason, person.name as person,
               recorded_at as "recorded_at: DateTime<Utc>", told_at is not null as "told!: bool", withdrawn_because
           from citation join unit on unit.id = unit_id join person on person.id = person_id
           where recorded_at is null and chat_id = ? and message_id = ?"#,
        chat.0,
        message_id
    );
    Ok(rows.fetch_all(tx.connection()).await?.into_iter().map(Row::citation).collect())
}

pub async fn propose_citation(
    tx: &mut Tx,
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
    propose.execute(tx.connection()).await?;
    Ok(())
}

pub async fn record_citation(tx: &mut Tx, citation: CitationId, person: PersonId) -> Result<()> {
    let now = tx.now;
    let record = sqlx::query!(
        "update citation set recorded_at = ?, recorded_by = ? where id = ? and recorded_at is null
         returning kind, unit_id, reason",
        now,
        person.0,
        citation.0
    );
    let Some(row) = record.fetch_optional(tx.connection()).await? else { return Ok(()) };
    let body = json!({ "citation": citation, "kind": row.kind, "unit": row.unit_id, "reason": row.reason });
    ledger::note(tx, Actor::Person(person), "citation_recorded", body).await
}

pub async fn tell_citation(tx: &mut Tx, citation: CitationId, person: PersonId) -> Result<()> {
    let now = tx.now;
    let tell = sqlx::query!("update citation set told_at = ? where id = ?", now, citation.0);
    tell.execute(tx.connection()).await?;
    ledger::note(tx, Actor::Person(person), "citation_told", json!({ "citation": citation })).await
}

pub async fn withdraw_citation(tx: &mut Tx, citation: CitationId, reason: &str, person: PersonId) -> Result<()> {
    let now = tx.now;
    let withdraw = sqlx::query!(
        "update citation set withdrawn_at = ?, withdrawn_by = ?, withdrawn_because = ? where id = ?",
        now,
        person.0,
        reason,
        citation.0
    );
    withdraw.execute(tx.connection()).await?;
    let body = json!({ "citation": citation, "reason": reason });
    ledger::note(tx, Actor::Person(person), "citation_withdrawn", body).await
}
