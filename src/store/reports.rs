//! Reports with their versions, and the questions that some raise.

use serde_json::json;

use super::ledger::Actor;
use super::{Result, Tx};
use crate::domain::decide::Record;
use crate::domain::duty::{ChatId, DutyId, PersonId};

impl Tx {
    /// Keeps a report, or a new version of the one that the same message made of the same duty. Other words count from when they
    /// were put in place, unless a coordinator has decided since: then they ask nothing anew.
    pub(super) async fn record(&mut self, record: &Record, chat: ChatId, person: PersonId) -> Result<()> {
        let now = self.now;
        let said_by = record.person.0;
        let upsert = sqlx::query_scalar!(
            r#"insert into report (duty_id, person_id, chat_id, message_id, reported_at, recorded_at, late, noted_after)
               values (?, ?, ?, ?, ?, ?, ?, (select coalesce(max(seq), 0) from ledger))
               on conflict (chat_id, message_id, duty_id) do update set withdrawn_at = null,
                   noted_after = iif(withdrawn_at is null and exists (select 1 from decision
                       where decision.duty_id = report.duty_id and decision.noted_after > report.noted_after),
                       noted_after, excluded.noted_after)
               returning id as "id!""#,
            record.duty.0,
            said_by,
            chat.0,
            record.message_id,
            record.reported_at,
            now,
            record.late
        );
        let report_id = upsert.fetch_one(self.connection()).await?;
        let (status, problems) =
            (record.item.status.map(|status| status.key()), serde_json::to_string(&record.item.problems)?);
        let aside = record.item.aside.map(|aside| aside.key());
        let claims = record.item.claims.map(|date| date.0);
        let version = sqlx::query_scalar!(
            r#"insert into report_version (report_id, version, text, whole, status, percent, problems, at, reported_at, late, edited, aside,
                   milestone_id)
               select ?1, coalesce(max(version), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 from report_version where report_id = ?1
               returning version as "version!""#,
            report_id,
            record.text,
            record.whole,
            status,
            record.item.percent,
            problems,
            now,
            record.reported_at,
            record.late,
            record.edited,
            aside,
            claims
        );
        let version = version.fetch_one(self.connection()).await?;
        self.add_evidence(report_id, &record.attachments).await?;
        let mut body = json!({
            "report": report_id, "version": version, "duty": record.duty, "person": record.person, "chat": chat, "message": record.message_id,
            "reported_at": record.reported_at, "text": record.text, "item": record.item, "late": record.late,
            "edited": record.edited, "attachments": record.attachments,
        });
        if let Some(whole) = &record.whole {
            body["whole"] = json!(whole);
        }
        let kind = if version == 1 { "report_recorded" } else { "report_revised" };
        self.note(Actor::Person(person), kind, body).await?;
        self.ask_extension(record, chat).await?;
        self.ask_suspension(record, chat).await?;
        self.hear_problems(report_id, record).await?;
        self.hear_practices(report_id, &record.item.practices).await?;
        self.settle(record.duty).await
    }

    pub(super) async fn withdraw(&mut self, chat: ChatId, message_id: i64, duties: &[DutyId], by: Actor) -> Result<()> {
        let now = self.now;
        for duty in duties {
            let withdraw = sqlx::query!(
                "update report set withdrawn_at = ?
                 where chat_id = ? and message_id = ? and duty_id = ? and withdrawn_at is null",
                now,
                chat.0,
                message_id,
                duty.0
            );
            withdraw.execute(self.connection()).await?;
            let body = json!({ "duty": duty, "chat": chat, "message": message_id });
            self.note(by, "report_withdrawn", body).await?;
            self.take_back_extension(chat, message_id, *duty).await?;
            self.unhear_problems(chat, message_id, *duty, by).await?;
            self.take_back_suspension(chat, message_id, *duty).await?;
            self.settle(*duty).await?;
        }
        Ok(())
    }
}
