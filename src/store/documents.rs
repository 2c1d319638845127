//! Documents that coordinators send, from their arrival until one of them becomes a plan.

use serde_json::json;

use super::ledger::Actor;
use super::outbox::Posting;
use super::{Code, Error, Invitee, Result, Tx};
use crate::domain::command::Paper;
use crate::domain::duty::{ChatId, PersonId};
use crate::domain::plan::Draft;
use crate::domain::reply::importing::{self, Invited};
use crate::domain::reply::{Words, date_and_time};
use crate::domain::revision::compare;

/// A document that is to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedDocument {
    pub id: i64,
    pub file_id: String,
    pub name: String,
}

/// A document in the chat where it was sent.
struct Sent {
    chat: ChatId,
    message_id: i64,
    name: String,
}

impl Tx {
    /// Keeps a document to be fetched. The same message again changes nothing.
    pub(super) async fn want_document(
        &mut self,
        chat: ChatId,
        person: PersonId,
        (message_id, file_id, name): (i64, &str, &str),
    ) -> Result<()> {
        let now = self.now;
        let insert = sqlx::query!(
            "insert into document (chat_id, person_id, message_id, file_id, name, received_at) values (?, ?, ?, ?, ?, ?)
             on conflict do nothing",
            chat.0,
            person.0,
            message_id,
            file_id,
            name,
            now
        );
        if insert.execute(self.connection()).await?.rows_affected() == 0 {
            return Ok(());
        }
        self.note(Actor::Person(person), "document_sent", json!({ "chat": chat, "message": message_id, "name": name }))
            .await
    }

    pub async fn wanted_document(&mut self) -> Result<Option<WantedDocument>> {
        let wanted = sqlx::query_as!(
            WantedDocument,
            r#"select id as "id!", file_id, name from document where state = 'wanted' order by id limit 1"#
        );
        Ok(wanted.fetch_optional(self.connection()).await?)
    }

    /// Shows what was read: a message with what to heed, and a sheet. Nothing of it is a plan yet.
    pub async fn show_document(&mut self, id: i64, draft: &Draft, digest: &[u8]) -> Result<()> {
        let sent = self.sent_document(id).await?;
        let text = serde_json::to_string(draft)?;
        let read = sqlx::query!(
            "update document set state = 'read', draft = ?, digest = ? where id = ? and state = 'wanted'",
            text,
            digest,
            id
        );
        if read.execute(self.connection()).await?.rows_affected() == 0 {
            return Ok(());
        }
        let known = sqlx::query_scalar!(r#"select id as "id!" from plan where digest = ?"#, digest);
        let known = known.fetch_optional(self.connection()).await?.is_some();
        let earlier = self.earlier_version(draft, None).await?;
        let changes = earlier.map(|(_, before)| compare(&before, draft).changes);
        self.note(Actor::Bot, "document_read", json!({ "document": id, "tasks": draft.tasks.len() })).await?;
        let words = importing::preview(id, &sent.name, draft, changes.as_deref(), known);
        self.post_answer(sent.chat, Some(sent.message_id), &words).await?;
        self.post_paper(sent.chat, Paper::Draft(id), 0, Some(sent.message_id)).await
    }

    /// Says why a document cannot be read.
    pub async fn refuse_document(&mut self, id: i64, why: &str) -> Result<()> {
        let sent = self.sent_document(id).await?;
        let refuse = sqlx::query!("update document set state = 'unreadable' where id = ? and state = 'wanted'", id);
        if refuse.execute(self.connection()).await?.rows_affected() == 0 {
            return Ok(());
        }
        self.note(Actor::Bot, "document_refused", json!({ "document": id, "why": why })).await?;
        self.post_answer(sent.chat, Some(sent.message_id), &importing::unreadable(&sent.name, why)).await
    }

    async fn sent_document(&mut self, id: i64) -> Result<Sent> {
        let sent = sqlx::query!("select chat_id, message_id, name from document where id = ?", id);
        let sent = sent.fetch_one(self.connection()).await?;
        Ok(Sent { chat: ChatId(sent.chat_id), message_id: sent.message_id, name: sent.name })
    }

    /// Whether a document waits for a coordinator's word.
    pub(super) async fn is_document_open(&mut self, id: i64) -> Result<bool> {
        let is = sqlx::query_scalar!(
            r#"select exists (select 1 from document where id = ? and state = 'read') as "is!: bool""#,
            id
        );
        Ok(is.fetch_one(self.connection()).await?)
    }

    /// What was read of a document.
    pub async fn draft_of_document(&mut self, id: i64) -> Result<Option<Draft>> {
        let draft =
            sqlx::query_scalar!(r#"select draft as "draft!" from document where id = ? and draft is not null"#, id);
        let draft = draft.fetch_optional(self.connection()).await?;
        Ok(draft.map(|draft| serde_json::from_str(&draft)).transpose()?)
    }

    pub(super) async fn drop_document(&mut self, id: i64, by: Actor) -> Result<()> {
        let set = sqlx::query!("update document set state = 'dropped' where id = ?", id);
        set.execute(self.connection()).await?;
        self.note(by, "document_dropped", json!({ "document": id })).await
    }

    /// Makes a plan of a document as `duban plan import` does, and tells which units have no chat, each with its
    /// invitation.
    pub(super) async fn import_document(&mut self, id: i64, chat: ChatId, by: Actor) -> Result<()> {
        let row = sqlx::query!(
            r#"select name, draft as "draft!", digest as "digest!" from document where id = ? and state = 'read'"#,
            id
        );
        let Some(row) = row.fetch_optional(self.connection()).await? else { return Ok(()) };
        let draft: Draft = serde_json::from_str(&row.draft)?;
        let set = sqlx::query!("update document set state = 'imported' where id = ?", id);
        set.execute(self.connection()).await?;
        self.note(by, "import_confirmed", json!({ "document": id })).await?;
        let imported = self.import(&draft, &row.digest, &row.name, None).await?;
        let mut invitations = Vec::new();
        for unit in self.units_to_invite(imported.plan_id).await? {
            let code = self.invite_again(&unit, by).await?;
            invitations.push(self.invited(code).await?);
        }
        for words in importing::imported(&imported.changes, &invitations) {
            self.post_answer(chat, None, &words).await?;
        }
        Ok(())
    }

    /// Units with a part in a plan and without a chat.
    async fn units_to_invite(&mut self, plan_id: i64) -> Result<Vec<String>> {
        let units = sqlx::query_scalar!(
            "select distinct unit.name from duty join task on task.id = task_id join unit on unit.id = duty.unit_id
             where plan_id = ? and duty.ended_at is null
               and not exists (select 1 from chat where chat.unit_id = unit.id and reachable = 1)
             order by unit.id",
            plan_id
        );
        Ok(units.fetch_all(self.connection()).await?)
    }

    /// `/invite`: answers with the invitation that waits, with a new one, or with why there is none.
    pub(super) async fn invite_in_chat(
        &mut self,
        (name, anew): (&str, bool),
        chat: ChatId,
        answers: Option<i64>,
        by: Actor,
    ) -> Result<()> {
        let code = match (name, anew) {
            ("督办员", _) => self.invite_by(Invitee::Coordinator, by).await,
            (name, true) => self.invite_by(Invitee::Unit(name), by).await,
            (name, false) => self.invite_again(name, by).await,
        };
        let words = match code {
            Ok(code) => importing::invitation(&self.invited(code).await?),
            Err(Error::Refused(why)) => importing::not_invited(&why),
            Err(error) => return Err(error),
        };
        self.post_answer(chat, answers, &words).await
    }

    async fn invited(&mut self, code: Code) -> Result<Invited> {
        let (zone, username) = (self.policy().await?.timezone, self.username().await?);
        Ok(Invited {
            unit: code.unit,
            code: code.code,
            username: username.unwrap_or_default(),
            until: date_and_time(code.expires_at.with_timezone(&zone)),
        })
    }

    async fn post_answer(&mut self, chat: ChatId, answers: Option<i64>, words: &Words) -> Result<()> {
        let posting = Posting {
            chat,
            kind: "answer",
            words,
            answers,
            not_before: self.now,
            not_after: None,
            reminder: None,
            awaits: None,
        };
        self.post(posting).await?;
        Ok(())
    }
}
