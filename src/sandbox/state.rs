//! Everything the stand-in remembers: people, chats with their messages, and what waits for the bot.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use serde_json::Value;

use super::chat::{Answer, Attachment, Button, Message, Refused, Sender, utf16_length};
use super::files::Files;
use super::markup::Marked;
use super::pace::Pace;
use super::privacy;
use super::rehearsal::{Entry, Pending, Trial, Trouble, Words};
use super::updates::Updates;

/// No text is longer, in UTF-16 units.
pub(super) const LONGEST_TEXT: usize = 4096;
/// No caption is longer, in UTF-16 units.
pub(super) const LONGEST_CAPTION: usize = 1024;

pub(super) struct State {
    pub bot: Sender,
    pub people: BTreeMap<i64, String>,
    /// In the order in which they were added.
    pub chats: Vec<Chat>,
    pub updates: Updates,
    pub files: Files,
    /// What setMyCommands set, by scope and language.
    pub commands: BTreeMap<String, Value>,
    pub open_queries: BTreeSet<String>,
    pub answers: Vec<Answer>,
    pub pace: Option<Pace>,
    pub notice: Words,
    pub trials: Vec<Trial>,
    /// The newest of the owner's record, oldest first.
    pub entries: VecDeque<Entry>,
    pub pending: Pending,
    pub trouble: Trouble,
    /// How often the bot has polled; only the latest poll may get something.
    pub polls: u64,
    first_message: i64,
    queries: u64,
    changes: Vec<Change>,
}

/// A group, or the private chat of one person with the bot.
pub(super) struct Chat {
    pub id: i64,
    pub title: String,
    pub members: Vec<i64>,
    pub messages: Vec<Message>,
    pub bot_present: bool,
    pub hints: Vec<String>,
    next_message: i64,
}

/// What a page has to hear about.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// A new message, or one that looks different now.
    Message(Arc<Message>),
    Removed {
        chat: i64,
        message: i64,
    },
    Answered(Answer),
    Entry(Arc<Entry>),
    Pending(Pending),
    Clock,
    /// Something rare, for which a page starts over.
    Everything,
}

/// A message before it has a place in a chat.
#[derive(Default)]
pub(super) struct Draft {
    pub content: Marked,
    pub reply_to: Option<i64>,
    pub buttons: Vec<Vec<Button>>,
    pub force_reply: bool,
    pub silent: bool,
    pub attachment: Option<Attachment>,
    pub album: Option<String>,
    pub hidden_from_bot: bool,
}

impl Chat {
    /// Telegram's word for the kind of chat, which follows from the id.
    pub fn kind(&self) -> &'static str {
        match self.id {
            1.. => "private",
            ..=-1_000_000_000_000 => "supergroup",
            _ => "group",
        }
    }

    pub fn message(&self, id: i64) -> Option<&Message> {
        let at = self.position(id)?;
        self.messages.get(at)
    }

    fn position(&self, id: i64) -> Option<usize> {
        self.messages.binary_search_by_key(&id, |message| message.id).ok()
    }

    pub fn bot_has_spoken(&self) -> bool {
        self.messages.iter().any(|message| message.from.is_bot)
    }
}

impl State {
    pub fn new(bot: Sender, first_id: i64, pace: Option<Pace>) -> State {
        State {
            bot,
            people: BTreeMap::new(),
            chats: Vec::new(),
            updates: Updates::new(first_id),
            files: Files::new(),
            commands: BTreeMap::new(),
            open_queries: BTreeSet::new(),
            answers: Vec::new(),
            pace,
            notice: Words::default(),
            trials: Vec::new(),
            entries: VecDeque::new(),
            pending: Pending::default(),
            trouble: Trouble::None,
            polls: 0,
            first_message: first_id,
            queries: 0,
            changes: Vec::new(),
        }
    }

    pub fn add_chat(&mut self, id: i64, title: &str, members: &[i64]) {
        self.chats.retain(|chat| chat.id != id);
        self.chats.push(Chat {
            id,
            title: title.to_owned(),
            members: members.to_vec(),
            messages: Vec::new(),
            bot_present: true,
            hints: Vec::new(),
            next_message: self.first_message,
        });
        self.note(Change::Everything);
    }

    pub fn chat(&self, id: i64) -> Option<&Chat> {
        self.chats.iter().find(|chat| chat.id == id)
    }

    pub fn chat_mut(&mut self, id: i64) -> Option<&mut Chat> {
        self.chats.iter_mut().find(|chat| chat.id == id)
    }

    pub fn message(&self, chat: i64, id: i64) -> Option<&Message> {
        self.chat(chat)?.message(id)
    }

    /// The person as a sender.
    pub fn sender(&self, person: i64) -> Option<Sender> {
        self.people.get(&person).map(|name| Sender { id: person, name: name.clone(), is_bot: false })
    }

    /// The person as a sender, when that person may write there.
    pub fn speaker(&self, chat: i64, person: i64) -> Result<Sender, Refused> {
        let sender = self.sender(person).ok_or(Refused::UnknownPerson)?;
        let chat = self.chat(chat).ok_or(Refused::UnknownChat)?;
        match chat.members.contains(&person) {
            true => Ok(sender),
            false => Err(Refused::NotAMember),
        }
    }

    /// Puts the message at the end of the chat, which must exist.
    pub fn post(&mut self, chat: i64, from: Sender, draft: Draft, now: i64) -> Option<Message> {
        let chat = self.chat_mut(chat)?;
        let message = Message {
            id: chat.next_message,
            chat: chat.id,
            from,
            date: now,
            text: draft.content.text,
            entities: draft.content.entities,
            reply_to: draft.reply_to,
            buttons: draft.buttons,
            force_reply: draft.force_reply,
            edited: None,
            silent: draft.silent,
            hidden_from_bot: draft.hidden_from_bot,
            attachment: draft.attachment,
            album: draft.album,
            reactions: Vec::new(),
            gloss: None,
        };
        chat.next_message += 1;
        chat.messages.push(message.clone());
        self.note(Change::Message(Arc::new(message.clone())));
        Some(message)
    }

    /// Changes a message in its place and returns what became of it.
    pub fn change_message(&mut self, chat: i64, id: i64, change: impl FnOnce(&mut Message)) -> Option<Message> {
        let chat = self.chat_mut(chat)?;
        let at = chat.position(id)?;
        change(&mut chat.messages[at]);
        let message = chat.messages[at].clone();
        self.note(Change::Message(Arc::new(message.clone())));
        Some(message)
    }

    pub fn remove_message(&mut self, chat: i64, id: i64) {
        if let Some(chat) = self.chat_mut(chat)
            && let Some(at) = chat.position(id)
        {
            chat.messages.remove(at);
        }
        self.note(Change::Removed { chat, message: id });
    }

    /// Whether privacy mode keeps this text from the bot.
    pub fn hidden_from_bot(&self, chat: &Chat, text: &str, reply_to: Option<i64>) -> bool {
        let replied_to = reply_to.and_then(|id| chat.message(id));
        !privacy::reaches_bot(&privacy::Seen {
            text,
            private_chat: chat.kind() == "private",
            replies_to_bot: replied_to.is_some_and(|message| message.from.is_bot),
            bot_has_spoken: chat.bot_has_spoken(),
        })
    }

    /// Whom a list of commands is for, as the key of [`State::commands`].
    pub fn audience(scope: &Value, language: &str) -> String {
        format!("{scope} {language}")
    }

    /// A fresh id for the press of a button.
    pub fn open_query(&mut self) -> String {
        self.queries += 1;
        let query = format!("{}", 4_200_000_000_000_u64 + self.queries);
        self.open_queries.insert(query.clone());
        query
    }

    /// Notes a change for the pages.
    pub fn note(&mut self, change: Change) {
        self.changes.push(change);
    }

    pub fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }
}

/// Whether a text fits into a message, or a caption under an attachment.
pub(super) fn fits(text: &str, attached: bool) -> bool {
    let longest = if attached { LONGEST_CAPTION } else { LONGEST_TEXT };
    utf16_length(text) <= longest
}
