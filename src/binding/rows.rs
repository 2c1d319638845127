//! One-time codes. What is kept for good is their hashes; a code itself only as long as it serves, to be shown again.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::binding::{Change, Invitation};
use crate::deciding::facts::Facts;
use crate::office::duty::UnitRef;
use crate::office::ids::{ChatId, PersonId, UnitId};
use crate::office::rows;
use crate::office::rows::Which;
use crate::roll;
use crate::store::ledger::Actor;
use crate::store::{Error, Result, Tx, ledger, outbox, people};

pub async fn carry_out(tx: &mut Tx, change: &Change, chat: ChatId, speaker: Option<PersonId>) -> Result<()> {
    let by = speaker.map_or(Actor::Bot, Actor::Person);

    match (change, speaker) {
        (Change::UseInvitation(id), _) => use_invitation(tx, *id).await,
        (Change::BindUnit(unit), _) => people::bind_unit(tx, chat, *unit, by).await,
        (Change::BindCoordinators, _) => {
            people::bind_coordinators(tx, chat, by).await?;
            outbox::post_menu(tx, chat).await
        }
        (Change::FailedCode, Some(person)) => add_failed_code(tx, person).await,
        (Change::FailedCode, None) => Ok(()),
    }
}

/// Crockford's alphabet: no letter that is taken for a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Ten of 32 signs are 50 bits.
const LENGTH: usize = 10;
const VALID_FOR: TimeDelta = TimeDelta::days(7);

/// Whom a code invites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invitee<'a> {
    Unit(&'a str),
    Coordinator,
}

/// A code that was just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    pub code: String,
    pub unit: Option<String>,
    pub expires_at: DateTime<Utc>,
}

/// Makes a code. One for a unit ends the older ones of that unit.
pub async fn invite(tx: &mut Tx, invitee: Invitee<'_>) -> Result<Code> {
    invite_by(tx, invitee, Actor::Operator).await
}

/// The unit's code that waits to be used; a new one where there is none.
pub async fn invite_again(tx: &mut Tx, name: &str, by: Actor) -> Result<Code> {
    let unit = unit_to_invite(tx, name, by).await?;
    let now = tx.now;
    let waiting = sqlx::query!(
        r#"select code as "code!", expires_at as "expires_at: DateTime<Utc>" from invitation
           where unit_id = ? and used_at is null and ended_at is null and expires_at > ? and code is not null
           order by id desc limit 1"#,
        unit.id.0,
        now
    );
    match waiting.fetch_optional(tx.connection()).await? {
        Some(row) => Ok(Code { code: row.code, unit: Some(unit.name), expires_at: row.expires_at }),
        None => invite_by(tx, Invitee::Unit(name), by).await,
    }
}

pub async fn invite_by(tx: &mut Tx, invitee: Invitee<'_>, by: Actor) -> Result<Code> {
    let unit = match invitee {
        Invitee::Coordinator => None,
        Invitee::Unit(name) => Some(unit_to_invite(tx, name, by).await?),
    };
    if let Some(unit) = &unit {
        end_invitations(tx, Some(unit.id), by).await?;
    }
    forget_codes_that_serve_no_more(tx).await?;
    let code = new_code()?;
    let (hash, now, expires_at) = (hash(&code), tx.now, tx.now + VALID_FOR);
    let unit_id = unit.as_ref().map(|unit| unit.id.0);
    let shown_again = unit_id.map(|_| code.as_str());
    let insert = sqlx::query!(
        "insert into invitation (code_hash, unit_id, created_at, expires_at, code) values (?, ?, ?, ?, ?)",
        hash,
        unit_id,
        now,
        expires_at,
        shown_again
    );
    insert.execute(tx.connection()).await?;
    let unit = unit.map(|unit| unit.name);
    ledger::note(tx, by, "invited", json!({ "unit": unit, "expires_at": expires_at })).await?;
    Ok(Code { code, unit, expires_at })
}

/// The unit's codes that wait to be used, or those for coordinators, serve no more.
pub async fn end_invitations(tx: &mut Tx, unit: Option<UnitId>, by: Actor) -> Result<()> {
    let (now, unit) = (tx.now, unit.map(|unit| unit.0));
    let end = sqlx::query!(
        "update invitation set ended_at = ?1, code = null
         where unit_id is ?2 and used_at is null and ended_at is null and expires_at > ?1",
        now,
        unit
    );
    match end.execute(tx.connection()).await?.rows_affected() {
        0 => Ok(()),
        ended => ledger::note(tx, by, "invitations_ended", json!({ "unit": unit, "codes": ended })).await,
    }
}

/// Whoever finds an old copy of the database finds no code in it that is past its use.
async fn forget_codes_that_serve_no_more(tx: &mut Tx) -> Result<()> {
    let now = tx.now;
    let forget = sqlx::query!("update invitation set code = null where code is not null and expires_at <= ?", now);
    forget.execute(tx.connection()).await?;
    Ok(())
}

/// The bot has gone from a group: no code that was made before brings it, or anybody else, back.
pub async fn end_invitations_of_group(tx: &mut Tx, chat: ChatId) -> Result<()> {
    let units = sqlx::query_scalar!(
        r#"select unit_id as "unit!: i64" from chat
           where unit_id is not null and telegram_id = (select telegram_id from chat where id = ?)"#,
        chat.0
    );
    for unit in units.fetch_all(tx.connection()).await? {
        end_invitations(tx, Some(UnitId(unit)), Actor::Bot).await?;
    }
    Ok(())
}

async fn unit_to_invite(tx: &mut Tx, name: &str, by: Actor) -> Result<UnitRef> {
    let Some(unit) = roll::rows::find_unit(tx, name).await? else {
        let alike = roll::rows::names_like(tx, name).await?;
        let alike = if alike.is_empty() { String::new() } else { format!("是不是：{}？", alike.join("、")) };
        let list = if by == Actor::Operator { "用 duban unit list" } else { "发送 /units" };
        return Err(Error::Refused(format!("名册上没有“{name}”。{alike}请核对名称，或{list} 查看")));
    };
    let collective = sqlx::query_scalar!(r#"select collective as "is: bool" from unit where id = ?"#, unit.id.0);
    if collective.fetch_one(tx.connection()).await? {
        Err(Error::Refused(format!("“{}”是多个单位的统称，请分别邀请其成员单位", unit.name)))
    } else {
        Ok(unit)
    }
}

/// The invitation behind a code, and what its unit has to do.
pub async fn add_facts_of_code(tx: &mut Tx, facts: &mut Facts, code: &str) -> Result<()> {
    facts.binding.invitation = invitation(tx, code).await?;
    if let Some(unit) = facts.binding.invitation.as_ref().and_then(|invitation| invitation.unit.as_ref()) {
        facts.duties = rows::duties(tx, Which::Named { number: None, unit: Some(&unit.name) }).await?;
    }
    Ok(())
}

pub async fn invitation(tx: &mut Tx, code: &str) -> Result<Option<Invitation>> {
    let hash = hash(code);
    let row = sqlx::query!(
        r#"select invitation.id, unit_id, unit.name as "unit_name?", expires_at as "expires_at: DateTime<Utc>",
               used_at is not null as "used!: bool", ended_at is not null as "ended!: bool",
               exists (select 1 from chat where chat.unit_id = invitation.unit_id and reachable = 1) as "unit_has_chat!: bool",
               (select count(*) from duty where duty.unit_id = invitation.unit_id) as "duties!: i64"
           from invitation left join unit on unit.id = unit_id where code_hash = ?"#,
        hash
    );
    let row = row.fetch_optional(tx.connection()).await?;
    Ok(row.map(|row| Invitation {
        id: row.id,
        unit: row.unit_id.zip(row.unit_name).map(|(id, name)| UnitRef { id: UnitId(id), name }),
        expires_at: row.expires_at,
        used: row.used,
        ended: row.ended,
        unit_has_chat: row.unit_has_chat,
        duties: usize::try_from(row.duties).unwrap_or_default(),
    }))
}

/// Whether somebody may still come with this code.
pub async fn is_open_code(tx: &mut Tx, code: &str) -> Result<bool> {
    let (hash, now) = (hash(code), tx.now);
    let open = sqlx::query_scalar!(
        r#"select exists (
               select 1 from invitation where code_hash = ? and used_at is null and expires_at > ?) as "is!: bool""#,
        hash,
        now
    );
    Ok(open.fetch_one(tx.connection()).await?)
}

pub async fn use_invitation(tx: &mut Tx, id: i64) -> Result<()> {
    let now = tx.now;
    let used = sqlx::query!("update invitation set used_at = ?, code = null where id = ? and used_at is null", now, id);
    match used.execute(tx.connection()).await?.rows_affected() {
        1 => Ok(()),
        _ => Err(Error::Refused("邀请码已被使用".to_owned())),
    }
}

/// Wrong codes of a person within the last hour.
pub async fn failed_codes(tx: &mut Tx, person: PersonId) -> Result<u32> {
    let since = tx.now - TimeDelta::hours(1);
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count: i64" from failed_code where person_id = ? and at > ?"#,
        person.0,
        since
    );
    Ok(u32::try_from(count.fetch_one(tx.connection()).await?).unwrap_or(u32::MAX))
}

pub async fn add_failed_code(tx: &mut Tx, person: PersonId) -> Result<()> {
    let now = tx.now;
    let insert = sqlx::query!("insert into failed_code (person_id, at) values (?, ?)", person.0, now);
    insert.execute(tx.connection()).await?;
    Ok(())
}

fn new_code() -> Result<String> {
    let mut bytes = [0_u8; LENGTH];
    getrandom::fill(&mut bytes).map_err(|error| Error::Refused(format!("系统不能提供随机数：{error}")))?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}

/// Case and the letters that Crockford's alphabet leaves out do not matter.
fn hash(code: &str) -> Vec<u8> {
    let typed = code.trim().chars().filter(|character| !matches!(character, '-' | ' '));
    let plain: String = typed
        .map(|character| match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    Sha256::digest(plain.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_survives_how_people_type_it() {
        let code = new_code().unwrap();
        assert_eq!(code.len(), LENGTH);
        assert!(code.bytes().all(|sign| ALPHABET.contains(&sign)));
        assert_eq!(hash("01ab-cd"), hash(" oLABCD "));
        assert_ne!(hash("01ABCD"), hash("01ABCE"));
    }
}
