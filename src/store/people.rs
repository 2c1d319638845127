//! Chats and people as they turn up, and what each chat is for.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::ledger::Actor;
use super::outbox::Body;
use super::{Result, Tx};
use crate::domain::duty::{ChatId, MilestoneId, PersonId, TaskId, TaskRef, UnitId, UnitRef};
use crate::domain::incoming::{ChatKind, Event, Incoming, IncomingChat, Sender, Standing};
use crate::domain::intent::button;
use crate::domain::place::{Awaited, Chat, Hearing, PartOf, Person, Place};

impl Tx {
    /// Where an update comes from. Notes the chat and the person where they are new.
    pub async fn place(&mut self, incoming: &Incoming) -> Result<Place> {
        let topic = self.topic_of(incoming).await?;
        let (mut chat, mut bound) = self.meet_chat(&incoming.chat, topic, !incoming.is_about_membership()).await?;
        if let Event::Membership { is, .. } = incoming.event {
            chat.standing = is;
        }
        let speaker = match &incoming.sender {
            Sender::Person { telegram_id, name } => Some(self.meet_person(*telegram_id, name).await?),
            Sender::Nameless => None,
        };
        if let (ChatKind::Group, Some(person), false) = (chat.kind, &speaker, incoming.is_about_membership()) {
            let speaks = !matches!(incoming.event, Event::Pressed { .. });
            self.meet_member(chat.id, person.id, speaks).await?;
        }
        let meant_in = match incoming.answered() {
            Some(message_id) => self.meant_in(chat.id, message_id).await?,
            None => chat.id,
        };
        if let Event::Pressed { .. } = incoming.event {
            (chat, bound) = self.before_it_moved(chat, bound, meant_in).await?;
        }
        let unit = match (&bound, chat.kind, &speaker) {
            (None, ChatKind::Private, Some(Person { contact_of, .. })) => match contact_of.as_slice() {
                [only] => self.unit(*only).await?,
                _ => None,
            },
            _ => bound,
        };
        let album = self.meet_album(chat.id, incoming).await?;
        let (album, album_answers) = album.unzip();
        // A part of an album answers what its first part answered.
        let answered = incoming.answered().or(album_answers.flatten());
        let named = match answered {
            Some(message_id) => self.tasks_named_by(chat.id, message_id).await?,
            None => Vec::new(),
        };
        // What is said anew of a message in the old chat is read by itself.
        let plainly = self.answered_plainly(&chat, incoming).await?;
        let unprompted = plainly.is_some();
        let asked_for = match answered {
            None => plainly,
            Some(_) if meant_in != chat.id => None,
            Some(message_id) => self.awaited_by(chat.id, message_id, speaker.as_ref()).await?,
        };
        let confirmed = match answered {
            Some(_) if meant_in != chat.id => None,
            Some(message_id) => self.confirmed_by(chat.id, message_id).await?,
            None => None,
        };
        let (hearing, username, roll) = (Hearing::default(), String::new(), Vec::new());
        let named_dates = match answered.filter(|_| !named.is_empty()) {
            Some(message_id) => self.dates_named_by(chat.id, message_id).await?,
            None => Vec::new(),
        };
        let mut place = Place {
            chat,
            speaker,
            unit,
            named_dates,
            named,
            confirmed,
            asked_for,
            unprompted,
            answered,
            album,
            hearing,
            username,
            roll,
        };
        if place.is_for_coordinators() {
            // Each document that they send is a plan of its own.
            place.album = None;
            place.roll = self.names_on_roll().await?;
        }
        Ok(place)
    }

    /// Who is `heard` in a chat can be answered there, unless the bot may not write. A topic is as the rest of its group, and
    /// exists where something is said in it.
    pub(super) async fn meet_chat(
        &mut self,
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
               returning id as "id!", unit_id as "unit_id: i64", coordinators as "coordinators!: bool", standing,
                   silenced_at as "silenced_at: DateTime<Utc>""#,
            chat.telegram_id,
            topic,
            kind,
            chat.title,
            heard,
            exists
        );
        let row = row.fetch_one(self.connection()).await?;
        let unit = match row.unit_id {
            Some(unit) => self.unit(UnitId(unit)).await?,
            None => None,
        };
        let standing = Standing::from_key(&row.standing).unwrap_or(Standing::Member);
        let chat = Chat {
            id: ChatId(row.id),
            kind: chat.kind,
            coordinators: row.coordinators,
            standing,
            silenced_since: row.silenced_at,
        };
        Ok((chat, unit))
    }

    pub(super) async fn meet_person(&mut self, telegram_id: i64, name: &str) -> Result<Person> {
        let id = sqlx::query_scalar!(
            r#"insert into person (telegram_id, name) values (?, ?)
               on conflict (telegram_id) do update set name = excluded.name returning id as "id!""#,
            telegram_id,
            name
        );
        let id = id.fetch_one(self.connection()).await?;
        Ok(Person {
            id: PersonId(id),
            name: name.to_owned(),
            coordinator: self.is_coordinator(PersonId(id)).await?,
            contact_of: self.contact_of(PersonId(id)).await?,
        })
    }

    /// Somebody who has been met before.
    pub(super) async fn person(&mut self, id: PersonId) -> Result<Option<Person>> {
        let name = sqlx::query_scalar!("select name from person where id = ?", id.0);
        let Some(name) = name.fetch_optional(self.connection()).await? else { return Ok(None) };
        let (coordinator, contact_of) = (self.is_coordinator(id).await?, self.contact_of(id).await?);
        Ok(Some(Person { id, name, coordinator, contact_of }))
    }

    /// Somebody who has been met before, by Telegram's number.
    pub(super) async fn person_numbered(&mut self, telegram_id: i64) -> Result<Option<Person>> {
        let id = sqlx::query_scalar!(r#"select id as "id!" from person where telegram_id = ?"#, telegram_id);
        match id.fetch_optional(self.connection()).await? {
            Some(id) => self.person(PersonId(id)).await,
            None => Ok(None),
        }
    }

    pub(super) async fn unit(&mut self, id: UnitId) -> Result<Option<UnitRef>> {
        let row = sqlx::query!("select id, name from unit where id = ?", id.0);
        Ok(row.fetch_optional(self.connection()).await?.map(|row| UnitRef { id: UnitId(row.id), name: row.name }))
    }

    /// The tasks that one of our messages named, in its order.
    async fn tasks_named_by(&mut self, chat: ChatId, message_id: i64) -> Result<Vec<TaskRef>> {
        let tasks = sqlx::query!(
            "select task.id, task.number, task.text, task.others from outbox join outbox_task on outbox_task.outbox_id = outbox.id
             join task on task.id = outbox_task.task_id
             where outbox.message_id = ?2 and outbox.chat_id = coalesce(
                 (select chat_id from outbox where chat_id = ?1 and message_id = ?2),
                 (select id from chat where moved_to = ?1), ?1)
             order by outbox_task.position",
            chat.0,
            message_id
        );
        let tasks = tasks.fetch_all(self.connection()).await?;
        Ok(tasks
            .into_iter()
            .map(|task| TaskRef { id: TaskId(task.id), number: task.number, text: task.text, others: task.others })
            .collect())
    }

    /// The dates of tasks that a digest of ours named.
    async fn dates_named_by(&mut self, chat: ChatId, message_id: i64) -> Result<Vec<MilestoneId>> {
        let dates = sqlx::query_scalar!(
            r#"select milestone_id as "id!" from outbox join reminder_item on reminder_item.reminder_id = outbox.reminder_id
               where milestone_id is not null and reason <> 'escalation' and outbox.message_id = ?2
                 and outbox.chat_id = coalesce(
                     (select chat_id from outbox where chat_id = ?1 and message_id = ?2),
                     (select id from chat where moved_to = ?1), ?1)"#,
            chat.0,
            message_id
        );
        Ok(dates.fetch_all(self.connection()).await?.into_iter().map(MilestoneId).collect())
    }

    /// Whether an update answers a message that has arrived before we have noted that it did.
    pub async fn answers_what_is_being_sent(&mut self, place: &Place, incoming: &Incoming) -> Result<bool> {
        if self.is_album_being_answered(place).await? {
            return Ok(true);
        }
        let Some(answered) = incoming.answered() else { return Ok(false) };
        let is = sqlx::query_scalar!(
            r#"with topics as (select id from chat where telegram_id = (select telegram_id from chat where id = ?1))
               select exists (select 1 from outbox where chat_id in topics
                       and state in ('pending', 'sending', 'in_doubt') and state = 'sending')
                   and not exists (select 1 from outbox where chat_id in topics and message_id = ?2) as "is!: bool""#,
            place.chat.id.0,
            answered
        );
        Ok(is.fetch_one(self.connection()).await?)
    }

    /// The message that one of our messages confirms: whose report its button takes back, or else that it answers.
    async fn confirmed_by(&mut self, chat: ChatId, message_id: i64) -> Result<Option<i64>> {
        let body =
            sqlx::query_scalar!("select body from outbox where chat_id = ? and message_id = ?", chat.0, message_id);
        let Some(body) = body.fetch_optional(self.connection()).await? else { return Ok(None) };
        let Body::Message { buttons, answers, .. } = serde_json::from_str(&body)? else { return Ok(None) };
        Ok(buttons.iter().flatten().find_map(|button| button::undone(&button.data)).or(answers))
    }

    /// What one of our messages asked for. What was spoken is put into words by who spoke; others may name its task.
    async fn awaited_by(&mut self, chat: ChatId, message_id: i64, speaker: Option<&Person>) -> Result<Option<Awaited>> {
        let awaits =
            sqlx::query_scalar!("select awaits from outbox where chat_id = ? and message_id = ?", chat.0, message_id);
        let awaits = awaits.fetch_optional(self.connection()).await?.flatten();
        let awaited: Option<Awaited> = awaits.as_deref().map(serde_json::from_str).transpose()?;
        Ok(match awaited {
            Some(Awaited::Line { message_id })
                if self.said_by(chat, message_id).await? != speaker.map(|one| one.id) =>
            {
                Some(Awaited::Task(PartOf { message_id, part: 0 }))
            }
            awaited => awaited,
        })
    }

    /// Who sent a message that was recorded or that waits.
    async fn said_by(&mut self, chat: ChatId, message_id: i64) -> Result<Option<PersonId>> {
        let person = sqlx::query_scalar!(
            r#"select person_id as "person!: i64" from report where chat_id = ?1 and message_id = ?2
               union all select person_id from question where chat_id = ?1 and message_id = ?2 limit 1"#,
            chat.0,
            message_id
        );
        Ok(person.fetch_optional(self.connection()).await?.map(PersonId))
    }

    pub(super) async fn bind_unit(&mut self, chat: ChatId, unit: UnitId, by: Actor) -> Result<()> {
        let release = sqlx::query!("update chat set unit_id = null where unit_id = ? and id <> ?", unit.0, chat.0);
        release.execute(self.connection()).await?;
        let bind = sqlx::query!("update chat set unit_id = ?, reachable = 1 where id = ?", unit.0, chat.0);
        bind.execute(self.connection()).await?;
        self.note(by, "unit_bound", json!({ "chat": chat, "unit": unit })).await
    }

    pub(super) async fn bind_coordinators(&mut self, chat: ChatId, by: Actor) -> Result<()> {
        let bind = sqlx::query!("update chat set coordinators = 1, reachable = 1 where id = ?", chat.0);
        bind.execute(self.connection()).await?;
        self.note(by, "coordinators_bound", json!({ "chat": chat })).await
    }
}
