//! Who speaks where: all that bears on it in one look. Only who is new or has changed is written down.

use chrono::{DateTime, Utc};

use crate::chat::incoming::{ChatKind, Event, Incoming, IncomingChat, Sender, Standing};
use crate::chat::words::Words;
use crate::office::duty::UnitRef;
use crate::office::ids::{ChatId, PersonId, UnitId};
use crate::office::place::{Chat, Person};
use crate::office::plan_names::{NamedPlan, PlanNames};
use crate::reporting::Kept;
use crate::store::{Error, Result, Tx, moving};
use crate::{contacts, quiet};

/// A chat and who speaks there.
pub(super) struct Meeting {
    pub chat: Chat,
    /// For which the chat speaks.
    pub bound: Option<UnitRef>,
    pub speaker: Option<Person>,
    pub met: Met,
}

/// What else one look shows, so that nobody looks again. It holds for the chat as it was found.
#[derive(Clone, Debug)]
pub struct Met {
    pub chat: ChatId,
    /// Of the unit for which the chat speaks, the longest serving first.
    pub contacts: Vec<PersonId>,
    /// As [`quiet::rows::answered_lately`] tells it.
    pub answered_lately: Option<u32>,
    /// Whether something was asked last in private.
    pub was_asked: bool,
    /// Whether the bot could not write in the group, or in one of its topics, and has not said so yet.
    pub was_unreachable: bool,
    /// Where the chat is spoken to: itself, unless it has moved.
    pub home: ChatId,
    /// What was recorded or kept of this very message.
    pub kept: Kept,
    /// Whether coordinators have divided the work.
    pub is_divided: bool,
    /// The open plans, where there are several.
    pub plans: Vec<NamedPlan>,
    /// What the answered message, or the one whose button was pressed, shows.
    pub shown: Option<Words>,
    /// Whether that may have arrived before we have noted it.
    pub is_being_sent: bool,
}

/// Notes the chat and the person where they are new.
pub(super) async fn meet(tx: &mut Tx, incoming: &Incoming) -> Result<Meeting> {
    if let Some(meeting) = look(tx, incoming).await? {
        return Ok(meeting);
    }
    let topic = moving::topic_of(tx, incoming).await?;
    let (chat, _) = meet_chat(tx, &incoming.chat, topic, !incoming.is_about_membership()).await?;
    if let Sender::Person { telegram_id, name } = &incoming.sender {
        let person = meet_person(tx, *telegram_id, name).await?;
        if is_among_members(incoming) {
            contacts::rows::meet_member(tx, chat.id, person.id, speaks(incoming)).await?;
        }
    }
    look(tx, incoming).await?.ok_or(Error::Sql(sqlx::Error::RowNotFound))
}

/// Who is `heard` in a chat can be answered there, unless the bot may not write. A topic is as the rest of its group, and
/// exists where something is said in it.
pub(super) async fn meet_chat(
    tx: &mut Tx,
    chat: &IncomingChat,
    topic: i64,
    heard: bool,
) -> Result<(Chat, Option<UnitRef>)> {
    let (kind, exists) = (chat.kind.key(), chat.topic.is_some());
    let row = sqlx::query!(
        r#"insert into chat (telegram_id, topic, kind, title, standing)
           values (?1, ?2, ?3, ?4, coalesce((select standing from chat where telegram_id = ?1 limit 1), 'member'))
           on conflict (telegram_id, topic) do update set title = excluded.title,
               reachable = case when ?5 and standing <> 'muted' and moved_to is null then 1 else reachable end,
               topic_gone_at = iif(?6, null, topic_gone_at)
           returning id as "id!", unit_id as "unit_id: i64", (select name from unit where unit.id = unit_id) as "unit?: String", coordinators as "coordinators!: bool", standing,
               silenced_at as "silenced_at: DateTime<Utc>""#,
        chat.telegram_id,
        topic,
        kind,
        chat.title,
        heard,
        exists
    );
    let row = row.fetch_one(tx.connection()).await?;
    let unit = row.unit_id.zip(row.unit).map(|(id, name)| UnitRef { id: UnitId(id), name });
    let standing = Standing::from_key(&row.standing).unwrap_or(Standing::Member);
    let chat = Chat {
        id: ChatId(row.id),
        kind: chat.kind,
        coordinators: row.coordinators,
        bound: row.unit_id.is_some(),
        standing,
        silenced_since: row.silenced_at,
    };
    Ok((chat, unit))
}

pub async fn meet_person(tx: &mut Tx, telegram_id: i64, name: &str) -> Result<Person> {
    let met = sqlx::query!(
        r#"insert into person (telegram_id, name) values (?, ?)
           on conflict (telegram_id) do update set name = excluded.name
           returning id as "id!", exists (select 1 from coordinator where person_id = id) as "coordinator!: bool",
               (select json_group_array(unit_id) from (
                   select unit_id from contact where person_id = id and state = 'registered' order by unit_id))
                   as "contact_of!: String""#,
        telegram_id,
        name
    );
    let met = met.fetch_one(tx.connection()).await?;
    Ok(Person {
        id: PersonId(met.id),
        name: name.to_owned(),
        coordinator: met.coordinator,
        contact_of: serde_json::from_str(&met.contact_of)?,
    })
}

fn is_among_members(incoming: &Incoming) -> bool {
    let is_somebody = matches!(incoming.sender, Sender::Person { .. });
    is_somebody && incoming.chat.kind == ChatKind::Group && !incoming.is_about_membership()
}

fn speaks(incoming: &Incoming) -> bool {
    !matches!(incoming.event, Event::Pressed { .. })
}

/// `None` where something is to be noted first.
async fn look(tx: &mut Tx, incoming: &Incoming) -> Result<Option<Meeting>> {
    let (telegram_id, name) = match &incoming.sender {
        Sender::Person { telegram_id, name } => (Some(*telegram_id), name.as_str()),
        Sender::Nameless => (None, ""),
    };
    let (topic, answered) = (moving::topic_told(incoming), incoming.answered());
    let (title, chat) = (incoming.chat.title.as_str(), incoming.chat.telegram_id);
    let (heard, exists) = (!incoming.is_about_membership(), incoming.chat.topic.is_some());
    let (member, speaks, message_id) = (is_among_members(incoming), speaks(incoming), incoming.message_id());
    let row = sqlx::query!(
        r#"select chat.id as "chat!", chat.unit_id as "unit_id?: i64", unit.name as "unit?",
               coordinators as "coordinators!: bool", standing as "standing!", silenced_at as "silenced_at?: DateTime<Utc>",
               coalesce(moved_to, chat.id) as "home!: i64",
               person.id as "person?: i64", coordinator.person_id is not null as "coordinator!: bool",
               (select json_group_array(unit_id) from (
                   select unit_id from contact where person_id = person.id and state = 'registered' order by unit_id))
                   as "contact_of!: String",
               (select json_group_array(person_id) from (
                   select person_id from contact where unit_id = chat.unit_id and state = 'registered' order by since))
                   as "contacts!: String",
               begun_at as "begun_at?: DateTime<Utc>", last_at as "last_at?: DateTime<Utc>", answers as "answers?: u32",
               exists (select 1 from state where key = 'unpaced') as "unpaced!: bool",
               exists (select 1 from asked_last where asked_last.chat_id = chat.id) as "was_asked!: bool",
               exists (select 1 from chat topic where topic.telegram_id = ?1 and topic.unreachable_since is not null)
                   as "was_unreachable!: bool",
               exists (select 1 from report where report.chat_id = chat.id and message_id = ?9) as "reported!: bool",
               exists (select 1 from question where question.chat_id = chat.id and message_id = ?9) as "waits!: bool",
               exists (select 1 from inspection_answer answer where answer.chat_id = chat.id and message_id = ?9)
                   as "answered!: bool",
               exists (select 1 from area) as "is_divided!: bool",
               (select json_group_array(json_array(id, title, code)) from plan where closed_at is null) as "plans!: String"
           from chat left join unit on unit.id = chat.unit_id
           left join person on person.telegram_id = ?3
           left join coordinator on coordinator.person_id = person.id
           left join member on member.chat_id = chat.id and member.person_id = person.id
           left join answering on answering.chat_id = chat.id and answering.person_id = person.id
           where chat.telegram_id = ?1 and title = ?5
             and topic = coalesce(?2, (
                 select found.topic from chat found join outbox on outbox.chat_id = found.id
                 where found.telegram_id = ?1 and found.moved_to is null and message_id = ?11
                 order by found.topic limit 1), 0)
             and (not ?6 or reachable = 1 or standing = 'muted' or moved_to is not null)
             and (not ?7 or topic_gone_at is null)
             and (?3 is null or person.name = ?4)
             and (not ?8 or (member.met_at is not null and (member.gone_at is null or not ?10)))"#,
        chat,
        topic,
        telegram_id,
        name,
        title,
        heard,
        exists,
        member,
        message_id,
        speaks,
        answered
    );
    let Some(row) = row.fetch_optional(tx.connection()).await? else { return Ok(None) };
    let chat = Chat {
        id: ChatId(row.chat),
        kind: incoming.chat.kind,
        coordinators: row.coordinators,
        bound: row.unit_id.is_some(),
        standing: Standing::from_key(&row.standing).unwrap_or(Standing::Member),
        silenced_since: row.silenced_at,
    };
    let contact_of = serde_json::from_str(&row.contact_of)?;
    let span = row.begun_at.zip(row.last_at);
    let met = Met {
        chat: chat.id,
        contacts: serde_json::from_str(&row.contacts)?,
        answered_lately: (!row.unpaced).then(|| quiet::rows::lately(span, row.answers, tx.now)),
        was_asked: row.was_asked,
        was_unreachable: row.was_unreachable,
        home: ChatId(row.home),
        kept: Kept { reported: row.reported, waits: row.waits, answered: row.answered },
        is_divided: row.is_divided,
        plans: PlanNames::of(serde_json::from_str::<Vec<_>>(&row.plans)?).several(),
        shown: None,
        is_being_sent: false,
    };
    let person = |id| Person { id: PersonId(id), name: name.to_owned(), coordinator: row.coordinator, contact_of };
    Ok(Some(Meeting {
        chat,
        bound: row.unit_id.zip(row.unit).map(|(id, name)| UnitRef { id: UnitId(id), name }),
        speaker: row.person.map(person),
        met,
    }))
}
