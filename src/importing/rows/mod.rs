//! Documents that coordinators send, from their arrival until one of them becomes a plan.

pub mod amended;
pub mod news;
pub mod plans;
pub mod revisions;
pub mod tasks;

use serde_json::json;

use crate::assigning::Known;
use crate::binding::rows::{Code, Invitee};
use crate::chat::phrases;
use crate::chat::words::Words;
use crate::importing::revision::compare;
use crate::importing::{Amendments, Change, Document, Invited, rows, sentences};
use crate::intent::paper::Paper;
use crate::office::ids::{ChatId, PersonId};
use crate::office::plan::Draft;
use crate::store::ledger::Actor;
use crate::store::posting::Posting;
use crate::store::{Error, Result, Tx, ledger, outbox};
use crate::{assigning, binding, reminding, settings};

pub async fn carry_out(tx: &mut Tx, change: &Change, chat: ChatId, person: PersonId) -> Result<()> {
    let by = Actor::Person(person);
    match change {
        Change::WantDocument { message_id, file_id, name } => {
            want_document(tx, chat, person, (*message_id, file_id, name)).await
        }
        Change::ImportDocument { document, amendments } => {
            import_document(tx, (*document, *amendments), chat, by).await
        }
        Change::DropDocument(document) => drop_document(tx, *document, by).await,
        Change::Invite { name, anew, answers } => invite_in_chat(tx, (name, *anew), chat, *answers, by).await,
    }
}

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

/// Keeps a document to be fetched. The same message again changes nothing.
pub async fn want_document(
    tx: &mut Tx,
    chat: ChatId,
    person: PersonId,
    (message_id, file_id, name): (i64, &str, &str),
) -> Result<()> {
    let now = tx.now;
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
    if insert.execute(tx.connection()).await?.rows_affected() == 0 {
        return Ok(());
    }
    ledger::note(
        tx,
        Actor::Person(person),
        "document_sent",
        json!({ "chat": chat, "message": message_id, "name": name }),
    )
    .await
}

pub async fn wanted_document(tx: &mut Tx) -> Result<Option<WantedDocument>> {
    let wanted = sqlx::query_as!(
        WantedDocument,
        r#"select id as "id!", file_id, name from document where state = 'wanted' order by id limit 1"#
    );
    Ok(wanted.fetch_optional(tx.connection()).await?)
}

/// Shows what was read: a message with what to heed, and a sheet. Nothing of it is a plan yet.
pub async fn show_document(tx: &mut Tx, id: i64, draft: &Draft, digest: &[u8]) -> Result<()> {
    let sent = sent_document(tx, id).await?;
    let text = serde_json::to_string(draft)?;
    let read = sqlx::query!(
        "update document set state = 'read', draft = ?, digest = ? where id = ? and state = 'wanted'",
        text,
        digest,
        id
    );
    if read.execute(tx.connection()).await?.rows_affected() == 0 {
        return Ok(());
    }
    if draft.notice {
        return show_notice(tx, id, &sent, draft, digest).await;
    }
    let known = sqlx::query_scalar!(r#"select id as "id!" from plan where digest = ?"#, digest);
    let known = known.fetch_optional(tx.connection()).await?.is_some();
    let earlier = rows::plans::earlier_version(tx, draft, None).await?;
    let kept = match &earlier {
        Some((plan, before)) => rows::amended::kept(tx, *plan, before, draft).await?,
        None => Vec::new(),
    };
    let changes = earlier.map(|(_, before)| compare(&before, draft).changes);
    ledger::note(tx, Actor::Bot, "document_read", json!({ "document": id, "tasks": draft.tasks.len() })).await?;
    let words = sentences::preview(id, &sent.name, draft, (changes.as_deref(), &kept), known);
    post_answer(tx, sent.chat, Some(sent.message_id), &words).await?;
    outbox::post_paper(tx, sent.chat, Paper::Draft(id), 0, Some(sent.message_id)).await
}

/// Shows what a document asks for that divides no work.
async fn show_notice(tx: &mut Tx, id: i64, sent: &Sent, draft: &Draft, digest: &[u8]) -> Result<()> {
    ledger::note(tx, Actor::Bot, "document_read", json!({ "document": id, "tasks": draft.tasks.len() })).await?;
    let policy = settings::rows::policy::policy(tx).await?;
    let mut known = Known::default();
    if let Some(task) = draft.tasks.first() {
        known.asked = assigning::rows::notices::asked_in(tx, task).await?;
    }
    known.units_with_chat = reminding::rows::reached::units_with_chat(tx).await?;
    let again = assigning::rows::notices::plan_with(tx, digest).await?.is_some();
    let today = tx.now.with_timezone(&policy.timezone).date_naive();
    let words = assigning::sentences::notice::of_document(id, &sent.name, draft, (&known, again), today);
    post_answer(tx, sent.chat, Some(sent.message_id), &words).await
}

/// Says why a document cannot be read.
pub async fn refuse_document(tx: &mut Tx, id: i64, why: &str) -> Result<()> {
    let sent = sent_document(tx, id).await?;
    let refuse = sqlx::query!("update document set state = 'unreadable' where id = ? and state = 'wanted'", id);
    if refuse.execute(tx.connection()).await?.rows_affected() == 0 {
        return Ok(());
    }
    ledger::note(tx, Actor::Bot, "document_refused", json!({ "document": id, "why": why })).await?;
    post_answer(tx, sent.chat, Some(sent.message_id), &sentences::unreadable(&sent.name, why)).await
}

async fn sent_document(tx: &mut Tx, id: i64) -> Result<Sent> {
    let sent = sqlx::query!("select chat_id, message_id, name from document where id = ?", id);
    let sent = sent.fetch_one(tx.connection()).await?;
    Ok(Sent { chat: ChatId(sent.chat_id), message_id: sent.message_id, name: sent.name })
}

/// Whether a document waits for a coordinator's word.
pub async fn is_document_open(tx: &mut Tx, id: i64) -> Result<bool> {
    let is = sqlx::query_scalar!(
        r#"select exists (select 1 from document where id = ? and state = 'read') as "is!: bool""#,
        id
    );
    Ok(is.fetch_one(tx.connection()).await?)
}

/// What was read of a document.
pub async fn draft_of_document(tx: &mut Tx, id: i64) -> Result<Option<Draft>> {
    let draft = sqlx::query_scalar!(r#"select draft as "draft!" from document where id = ? and draft is not null"#, id);
    let draft = draft.fetch_optional(tx.connection()).await?;
    Ok(draft.map(|draft| serde_json::from_str(&draft)).transpose()?)
}

pub async fn drop_document(tx: &mut Tx, id: i64, by: Actor) -> Result<()> {
    let set = sqlx::query!("update document set state = 'dropped' where id = ?", id);
    set.execute(tx.connection()).await?;
    ledger::note(tx, by, "document_dropped", json!({ "document": id })).await
}

/// Makes a plan of a document as `duban plan import` does, and tells which units have no chat, each with its
/// invitation.
pub async fn import_document(tx: &mut Tx, (id, amendments): (i64, Amendments), chat: ChatId, by: Actor) -> Result<()> {
    let row = sqlx::query!(
        r#"select name, draft as "draft!", digest as "digest!" from document where id = ? and state = 'read'"#,
        id
    );
    let Some(row) = row.fetch_optional(tx.connection()).await? else { return Ok(()) };
    let draft: Draft = serde_json::from_str(&row.draft)?;
    if draft.notice {
        return import_notice(tx, id, (&draft, &row.digest), chat, by).await;
    }
    let set = sqlx::query!("update document set state = 'imported' where id = ?", id);
    set.execute(tx.connection()).await?;
    ledger::note(tx, by, "import_confirmed", json!({ "document": id })).await?;
    let document = Document { draft: &draft, digest: &row.digest, source: &row.name, code: None, amendments };
    let imported = rows::plans::import_document(tx, document).await?;
    let mut invitations = Vec::new();
    for unit in units_to_invite(tx, Some(imported.plan_id)).await? {
        let code = binding::rows::invite_again(tx, &unit, by).await?;
        invitations.push(invited(tx, code).await?);
    }
    for words in sentences::imported(&imported.changes, &invitations) {
        post_answer(tx, chat, None, &words).await?;
    }
    Ok(())
}

/// What a document asks for becomes an item; where nobody can be asked any more, that is said.
async fn import_notice(tx: &mut Tx, id: i64, (draft, digest): (&Draft, &[u8]), chat: ChatId, by: Actor) -> Result<()> {
    let words = match assigning::rows::notices::import(tx, draft, digest, by).await {
        Ok(imported) => sentences::imported(&imported.changes, &[]),
        Err(Error::Refused(why)) => vec![sentences::not_invited(&why)],
        Err(error) => return Err(error),
    };
    let set = sqlx::query!("update document set state = 'imported' where id = ?", id);
    set.execute(tx.connection()).await?;
    ledger::note(tx, by, "import_confirmed", json!({ "document": id })).await?;
    for words in words {
        post_answer(tx, chat, None, &words).await?;
    }
    Ok(())
}

/// Units with a part in a plan, or in any that is open, and without a chat.
async fn units_to_invite(tx: &mut Tx, plan_id: Option<i64>) -> Result<Vec<String>> {
    let units = sqlx::query_scalar!(
        "select name from unit
         where exists (select 1 from duty join task on task.id = task_id join plan on plan.id = plan_id
                       where duty.unit_id = unit.id and duty.ended_at is null
                         and iif(?1 is null, closed_at is null, plan_id = ?1))
           and not exists (select 1 from chat where chat.unit_id = unit.id and reachable = 1)
         order by id",
        plan_id
    );
    Ok(units.fetch_all(tx.connection()).await?)
}

/// `/invite`: answers with the invitation that waits, with a new one, or with why there is none.
pub async fn invite_in_chat(
    tx: &mut Tx,
    (name, anew): (&str, bool),
    chat: ChatId,
    answers: Option<i64>,
    by: Actor,
) -> Result<()> {
    if name == "全部" {
        return invite_all(tx, anew, chat, by).await;
    }
    let code = match (name, anew) {
        ("督办员", _) => binding::rows::invite_by(tx, Invitee::Coordinator, by).await,
        (name, true) => binding::rows::invite_by(tx, Invitee::Unit(name), by).await,
        (name, false) => binding::rows::invite_again(tx, name, by).await,
    };
    let words = match code {
        Ok(code) => sentences::invitation(&invited(tx, code).await?),
        Err(Error::Refused(why)) => sentences::not_invited(&why),
        Err(error) => return Err(error),
    };
    post_answer(tx, chat, answers, &words).await
}

/// An invitation for each unit that has none of its duties told of.
async fn invite_all(tx: &mut Tx, anew: bool, chat: ChatId, by: Actor) -> Result<()> {
    let mut invitations = Vec::new();
    for unit in units_to_invite(tx, None).await? {
        let code = if anew {
            binding::rows::invite_by(tx, Invitee::Unit(&unit), by).await?
        } else {
            binding::rows::invite_again(tx, &unit, by).await?
        };
        invitations.push(invited(tx, code).await?);
    }
    for words in sentences::all_invited(&invitations) {
        post_answer(tx, chat, None, &words).await?;
    }
    Ok(())
}

async fn invited(tx: &mut Tx, code: Code) -> Result<Invited> {
    let (zone, username) = (settings::rows::policy::policy(tx).await?.timezone, settings::rows::username(tx).await?);
    Ok(Invited {
        unit: code.unit,
        code: code.code,
        username: username.unwrap_or_default(),
        until: phrases::date_and_time(code.expires_at.with_timezone(&zone)),
    })
}

async fn post_answer(tx: &mut Tx, chat: ChatId, answers: Option<i64>, words: &Words) -> Result<()> {
    let posting = Posting {
        chat,
        kind: "answer",
        words,
        answers,
        not_before: tx.now,
        not_after: None,
        reminder: None,
        awaits: None,
    };
    outbox::post(tx, posting).await?;
    Ok(())
}
