//! Reads updates as far as the project needs them, and tolerates all else: Telegram adds fields and kinds every month.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use crate::chat::harmless::harmless;
use crate::chat::incoming::{
    Attachment, AttachmentKind, ChatKind, Event, Incoming, IncomingChat, Message, Reaches, Sender, Source, Standing,
};
use crate::chat::words::LONGEST_TEXT;
use crate::store::{Origin, Update};
use crate::telegram::Me;
use crate::telegram::raw::{
    RawAnswered, RawChat, RawMember, RawMembership, RawMessage, RawOrigin, RawPress, RawUpdate, RawUser,
};

/// Telegram's own accounts that stand for somebody unnamed: the anonymous admin, a channel, a linked channel.
const NAMELESS: [i64; 3] = [1_087_968_824, 136_817_688, 777_000];

/// Numbers in JSON are exact up to this one; a larger id would make every later one seem fetched.
const LARGEST_ID: i64 = 1 << 53;

/// An update for the inbox; `None` where it has no id by which it could be kept.
pub fn update(raw: &str) -> Option<Update> {
    #[derive(Deserialize)]
    struct Identified {
        update_id: i64,
    }
    let identified: Identified = serde_json::from_str(raw).ok()?;
    let update_id = Some(identified.update_id).filter(|update_id| *update_id <= LARGEST_ID)?;
    Some(Update { update_id, raw: raw.to_owned() })
}

/// Where an update comes from, as far as it says so in a form that is known.
pub fn origin(raw: &str) -> Origin {
    let Ok(update) = serde_json::from_str::<serde_json::Value>(raw) else { return Origin::default() };
    let numbered = |of: &serde_json::Value| of["id"].as_i64();
    let said = ["message", "edited_message", "my_chat_member", "chat_member"].into_iter().map(|kind| &update[kind]);
    match said.into_iter().find(|said| said.is_object()) {
        Some(said) => Origin { chat: numbered(&said["chat"]), sender: numbered(&said["from"]) },
        None => {
            let press = &update["callback_query"];
            Origin { chat: numbered(&press["message"]["chat"]), sender: numbered(&press["from"]) }
        }
    }
}

/// What an update says; `None` where it is of a kind that does not concern the bot.
pub fn incoming(raw: &str, me: &Me) -> Result<Option<Incoming>, serde_json::Error> {
    let update: RawUpdate = serde_json::from_str(raw)?;
    tracing::trace!(update = update.update_id, "reads");
    let incoming = match update {
        RawUpdate { message: Some(message), .. } => of_message(message, me, Event::Message),
        RawUpdate { edited_message: Some(message), .. } => {
            let said_at = edited_at(&message);
            of_message(RawMessage { date: said_at, ..message }, me, Event::Edited)
        }
        RawUpdate { callback_query: Some(press), .. } => of_press(press),
        RawUpdate { my_chat_member: Some(membership), .. } => of_membership(membership),
        RawUpdate { chat_member: Some(membership), .. } => of_other_membership(membership),
        _ => None,
    };
    Ok(incoming)
}

/// Whence an update came that cannot be handled: as much as can be read of it, whatever else is wrong with it.
pub fn source(raw: &str, me: &Me) -> Option<Source> {
    let update: Value = serde_json::from_str(raw).ok()?;
    let press = update.get("callback_query");
    let message = match press {
        Some(press) => press.get("message")?,
        None => update.get("message").or_else(|| update.get("edited_message"))?,
    };
    let chat: RawChat = serde_json::from_value(message["chat"].clone()).ok()?;
    let chat = self::chat(&chat, topic(message["message_thread_id"].as_i64(), message["is_topic_message"] == true))?;
    let from: Option<RawUser> = serde_json::from_value(press.unwrap_or(message)["from"].clone()).ok()?;
    if from.as_ref().is_some_and(|from| from.is_bot) {
        return None;
    }
    let person = from.map_or_else(String::new, |from| full_name(&from.first_name, from.last_name.as_deref()));
    let words = message["text"].as_str().or(message["caption"].as_str()).unwrap_or_default();
    let reaches = match (press.map(|press| press["id"].as_str()), message["message_id"].as_i64()) {
        (Some(Some(query_id)), _) => Reaches::Press { query_id: query_id.to_owned() },
        (None, Some(message_id)) if is_for_us(raw, me) => Reaches::Message { message_id },
        (Some(None), _) | (None, _) => Reaches::Nobody,
    };
    let words = if press.is_some() { "（点按按钮）".to_owned() } else { storable(words) };
    Some(Source { chat, person, words, reaches })
}

/// Whether a message is said to the bot. One that cannot be read as a whole may be.
fn is_for_us(raw: &str, me: &Me) -> bool {
    match incoming(raw, me) {
        Ok(Some(Incoming { event: Event::Message(message) | Event::Edited(message), .. })) => {
            message.addressed || message.text.starts_with('/')
        }
        Ok(_) => false,
        Err(_) => true,
    }
}

/// Without characters that nobody can type: in searches and in the ledger's JSON U+0000 ends what it is a part of.
fn storable(text: &str) -> String {
    text.chars().filter(|character| !character.is_control() || matches!(character, '\n' | '\t')).collect()
}

/// Dates without four digits of a year would not be read again.
fn moment(seconds: i64) -> DateTime<Utc> {
    const END_OF_9998: i64 = 253_370_764_799;
    DateTime::from_timestamp(seconds.clamp(0, END_OF_9998), 0).unwrap_or_default()
}

fn of_message(message: RawMessage, me: &Me, event: fn(Message) -> Event) -> Option<Incoming> {
    let sender = sender(message.from.as_ref(), message.sender_chat.is_some())?;
    let chat = chat(&message.chat, topic(message.message_thread_id, message.is_topic_message))?;
    if let Some(to) = message.migrate_to_chat_id {
        return Some(Incoming { chat, sender, event: Event::Migrated { to } });
    }
    if let Some(from) = message.migrate_from_chat_id {
        let event = Event::Migrated { to: chat.telegram_id };
        return Some(Incoming { chat: IncomingChat { telegram_id: from, ..chat }, sender, event });
    }
    if let Some(left) = &message.left_chat_member {
        // Of the bot itself Telegram tells apart, and in more detail.
        let event = Event::Departed { telegram_id: left.id };
        return (left.id != me.id).then_some(Incoming { chat, sender, event });
    }
    // Our own words, passed on, are nobody's report.
    if message.forwarded_from().is_some_and(|sender| sender.id == me.id) {
        return None;
    }
    let answered = message.answered();
    let answers_us = |answered: &&RawAnswered| answered.from.as_ref().is_none_or(|from| from.id == me.id);
    let reply_to = answered.filter(answers_us).map(|answered| answered.message_id);
    let answers_person = match answered {
        Some(RawAnswered { from: Some(from), .. }) if from.id != me.id => self::sender(Some(from), false),
        _ => None,
    };
    let attachments = attachment(&message).into_iter().collect();
    let passed_on = message.is_passed_on();
    let album = message.media_group_id;
    let text = within_limit(storable(&message.text.or(message.caption).unwrap_or_default()));
    let (text, mentioned) = without_mention(text, &me.username);
    let addressed = chat.kind == ChatKind::Private || reply_to.is_some() || mentioned;
    let at = moment(message.date);
    let message_id = message.message_id;
    let message = Message { message_id, at, text, reply_to, answers_person, addressed, passed_on, attachments, album };
    Some(Incoming { chat, sender, event: event(message) })
}

/// When an edit was made. One that does not say so, or says that it was made before the message, is dated in the far
/// future, and so counts from when it is received.
fn edited_at(message: &RawMessage) -> i64 {
    message.edit_date.filter(|edited| *edited >= message.date).unwrap_or(DateTime::<Utc>::MAX_UTC.timestamp())
}

fn of_press(press: RawPress) -> Option<Incoming> {
    let pressed = press.message?;
    let data = storable(&press.data.unwrap_or_default());
    let event = Event::Pressed { query_id: press.id, message_id: pressed.message_id, data };
    let topic = topic(pressed.message_thread_id, pressed.is_topic_message);
    Some(Incoming { chat: chat(&pressed.chat, topic)?, sender: sender(Some(&press.from), false)?, event })
}

fn of_membership(membership: RawMembership) -> Option<Incoming> {
    let was = membership.old_chat_member.as_ref().map_or(Standing::Absent, RawMember::standing);
    let event = Event::Membership { was, is: membership.new_chat_member.standing() };
    Some(Incoming { chat: chat(&membership.chat, None)?, sender: person(&membership.from), event })
}

/// Of other members Telegram tells an administrator, also where no message in the group says that somebody left.
fn of_other_membership(membership: RawMembership) -> Option<Incoming> {
    let member = membership.new_chat_member;
    let left = member.user.as_ref().filter(|_| member.standing() == Standing::Absent)?;
    let event = Event::Departed { telegram_id: left.id };
    Some(Incoming { chat: chat(&membership.chat, None)?, sender: sender(Some(&membership.from), false)?, event })
}

/// Groups and private chats; a channel has nobody who could answer.
fn chat(raw: &RawChat, topic: Option<i64>) -> Option<IncomingChat> {
    let kind = match raw.kind.as_str() {
        "private" => ChatKind::Private,
        "group" | "supergroup" => ChatKind::Group,
        _ => return None,
    };
    let name = || full_name(raw.first_name.as_deref().unwrap_or_default(), raw.last_name.as_deref());
    let title = raw.title.as_deref().map_or_else(name, harmless);
    Some(IncomingChat { telegram_id: raw.id, topic, kind, title })
}

/// A thread of answers in an ordinary group has a number too, and is no topic.
fn topic(thread: Option<i64>, is_topic: bool) -> Option<i64> {
    thread.filter(|_| is_topic)
}

/// `None` for another bot, to which we do not talk.
fn sender(from: Option<&RawUser>, as_chat: bool) -> Option<Sender> {
    match from {
        Some(from) if as_chat || NAMELESS.contains(&from.id) => Some(Sender::Nameless),
        Some(from) if from.is_bot => None,
        Some(from) => Some(person(from)),
        None => Some(Sender::Nameless),
    }
}

fn person(from: &RawUser) -> Sender {
    Sender::Person { telegram_id: from.id, name: full_name(&from.first_name, from.last_name.as_deref()) }
}

/// Chinese names are written family name first, and people fill Telegram's two fields either way: as they typed it.
fn full_name(first: &str, last: Option<&str>) -> String {
    let name = harmless(&[first, last.unwrap_or_default()].join(" "));
    if name.is_empty() { "无名".to_owned() } else { name }
}

fn attachment(message: &RawMessage) -> Option<Attachment> {
    // The largest size of a photo stands last.
    let photo = message.photo.as_ref().and_then(|sizes| sizes.last());
    let kinds = [
        (AttachmentKind::Photo, photo),
        (AttachmentKind::Document, message.document.as_ref()),
        (AttachmentKind::Voice, message.voice.as_ref()),
        (AttachmentKind::Video, message.video.as_ref()),
        (AttachmentKind::VideoNote, message.video_note.as_ref()),
        (AttachmentKind::Audio, message.audio.as_ref()),
    ];
    let (kind, file) = kinds.into_iter().find_map(|(kind, file)| Some((kind, file?)))?;
    let origin = message.forward_origin.as_ref().and_then(forwarded_from);
    Some(Attachment { kind, file_id: file.file_id.clone(), name: file.file_name.as_deref().map(harmless), origin })
}

fn forwarded_from(raw: &RawOrigin) -> Option<String> {
    let person = raw.sender_user.as_ref().map(|user| full_name(&user.first_name, user.last_name.as_deref()));
    let chat = raw.chat.as_ref().or(raw.sender_chat.as_ref()).and_then(|chat| chat.title.as_deref());
    person.or_else(|| raw.sender_user_name.as_deref().or(chat).map(harmless))
}

/// Telegram sends no longer text; a server of another make might.
fn within_limit(mut text: String) -> String {
    let units = text.char_indices().scan(0, |units, (at, character)| {
        *units += character.len_utf16();
        Some((at, *units))
    });
    if let Some((end, _)) = units.into_iter().find(|(_, units)| *units > LONGEST_TEXT) {
        text.truncate(end);
    }
    text
}

/// The words without `@bot`, and whether it was there. A command keeps it, for it says whose command that is.
fn without_mention(text: String, username: &str) -> (String, bool) {
    let mention = format!("@{}", username.to_ascii_lowercase());
    let lowercase = text.to_ascii_lowercase();
    match lowercase.find(&mention) {
        Some(start) if !text.trim_start().starts_with('/') => {
            let rest = format!("{}{}", &text[..start], &text[start + mention.len()..]);
            (rest.trim().to_owned(), true)
        }
        _ => (text, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Option<Incoming> {
        incoming(raw, &Me { id: 1, username: "duban_bot".into(), can_read_all_group_messages: false }).unwrap()
    }

    fn text_of(raw: &str) -> Message {
        match read(raw).unwrap().event {
            Event::Message(message) => message,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_entity_that_nobody_knows_yet_hides_no_words() {
        let message = text_of(
            r#"{"update_id":9,"message":{"message_id":3,"date":1561597200,"text":"进度60%","entities":[{"type":"from_the_future"}],
                "chat":{"id":-5,"type":"group","title":"公安厅"},"from":{"id":7,"is_bot":false,"first_name":"李"},
                "reply_to_message":{"message_id":2,"from":{"id":1,"is_bot":true,"first_name":"督办"}}}}"#,
        );
        assert_eq!((message.text.as_str(), message.reply_to, message.addressed), ("进度60%", Some(2), true));
    }

    #[test]
    fn answers_to_others_are_not_for_us_and_mentions_are() {
        let raw = |text: &str, from: i64| {
            format!(
                r#"{{"update_id":9,"message":{{"message_id":3,"date":1,"text":"{text}","chat":{{"id":-5,"type":"group","title":"x"}},
                "from":{{"id":7,"first_name":"李"}},"reply_to_message":{{"message_id":2,"from":{{"id":{from},"first_name":"x"}}}}}}}}"#
            )
        };
        let other = text_of(&raw("好的", 8));
        assert_eq!((other.reply_to, other.addressed), (None, false));
        let mention = text_of(&raw("@Duban_bot 5 已完成", 8));
        assert_eq!((mention.text.as_str(), mention.addressed), ("5 已完成", true));
    }

    #[test]
    fn files_come_with_their_album_and_their_origin() {
        let raw = |rest: &str| {
            format!(
                r#"{{"update_id":9,"message":{{"message_id":3,"date":1,"chat":{{"id":7,"type":"private","first_name":"李"}},
                "from":{{"id":7,"first_name":"李"}},{rest}}}}}"#
            )
        };
        let part = text_of(&raw(r#""media_group_id":"13","caption":"现场","photo":[{"file_id":"s"},{"file_id":"l"}]"#));
        assert_eq!((part.text.as_str(), part.album.as_deref()), ("现场", Some("13")));
        assert_eq!(part.attachments[0].file_id, "l");
        let note = text_of(&raw(r#""video_note":{"file_id":"v","length":240,"duration":3}"#));
        assert!(note.attachments[0].is_spoken());
        let origins = [
            (r#"{"type":"user","date":1,"sender_user":{"id":8,"first_name":"王","last_name":"芳"}}"#, Some("王 芳")),
            (r#"{"type":"hidden_user","date":1,"sender_user_name":"赵刚"}"#, Some("赵刚")),
            (
                r#"{"type":"channel","date":1,"message_id":4,"chat":{"id":-1,"type":"channel","title":"住建厅发布"}}"#,
                Some("住建厅发布"),
            ),
            (r#"{"type":"from_the_future","date":1}"#, None),
        ];
        for (origin, expected) in origins {
            let forwarded = text_of(&raw(&format!(
                r#""forward_origin":{origin},"document":{{"file_id":"d","file_name":"表.xlsx"}}"#
            )));
            assert_eq!(forwarded.attachments[0].origin.as_deref(), expected, "{origin}");
        }
    }

    #[test]
    fn an_edit_is_dated_by_itself() {
        let said_at = |edited: &str| {
            let raw = format!(
                r#"{{"update_id":9,"edited_message":{{"message_id":3,"date":100,{edited}"text":"5 已完成",
                "chat":{{"id":7,"type":"private","first_name":"李"}},"from":{{"id":7,"first_name":"李"}}}}}}"#
            );
            match read(&raw).unwrap().event {
                Event::Edited(message) => message.at,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(said_at(r#""edit_date":100,"#).timestamp(), 100);
        assert_eq!(said_at(r#""edit_date":7000,"#).timestamp(), 7000);
        // It counts from when it is received.
        for undated in ["", r#""edit_date":99,"#, r#""edit_date":0,"#, r#""edit_date":-5,"#] {
            assert!(said_at(undated) > "9998-01-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap(), "{undated}");
        }
    }

    #[test]
    fn our_own_words_passed_on_are_nobodys() {
        let forwarded = |from: i64| {
            read(&format!(
                r#"{{"update_id":9,"message":{{"message_id":3,"date":1,"text":"第5项：还有9天","chat":{{"id":7,"type":"private","first_name":"李"}},
                "from":{{"id":7,"first_name":"李"}},"forward_origin":{{"type":"user","date":1,"sender_user":{{"id":{from},"first_name":"x"}}}}}}}}"#
            ))
        };
        assert_eq!(forwarded(1), None);
        assert!(forwarded(8).is_some());
    }

    #[test]
    fn who_hides_behind_a_chat_has_no_name() {
        let raw = r#"{"update_id":9,"message":{"message_id":3,"date":1,"text":"x","chat":{"id":-5,"type":"supergroup","title":"x"},
            "from":{"id":1087968824,"is_bot":true,"first_name":"Group"},"sender_chat":{"id":-5,"type":"supergroup"}}}"#;
        assert_eq!(read(raw).unwrap().sender, Sender::Nameless);
        let bot = raw.replace("1087968824", "4").replace(r#","sender_chat":{"id":-5,"type":"supergroup"}"#, "");
        assert_eq!(read(&bot), None);
    }
}
