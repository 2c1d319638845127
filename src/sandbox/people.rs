//! What people do in a chat, and the updates that the bot gets of it.

use super::automatic::with_automatic_marks;
use super::chat::{AttachmentKind, Refused, Upload};
use super::markup::Marked;
use super::state::{Change, Draft, State, fits};
use super::wire;

impl State {
    /// A person writes, with or without a file.
    pub fn say(&mut self, chat: i64, person: i64, text: &str, reply_to: Option<i64>, now: i64) -> Result<i64, Refused> {
        if text.trim().is_empty() {
            return Err(Refused::EmptyText);
        }
        self.speak(chat, person, Draft { content: Marked::plain(text), reply_to, ..Draft::default() }, now)
    }

    /// A person sends a file; pictures that Telegram shows as such arrive as photos.
    pub fn attach(
        &mut self,
        chat: i64,
        person: i64,
        upload: Upload,
        caption: &str,
        reply_to: Option<i64>,
        now: i64,
    ) -> Result<i64, Refused> {
        self.attach_part(chat, person, upload, caption, (reply_to, None), now)
    }

    /// A person sends several files at once, of which the first has the caption. Each is a message of its own.
    pub fn attach_album(
        &mut self,
        chat: i64,
        person: i64,
        uploads: Vec<Upload>,
        caption: &str,
        reply_to: Option<i64>,
        now: i64,
    ) -> Result<Vec<i64>, Refused> {
        if !(2..=10).contains(&uploads.len()) || uploads.iter().any(|upload| kind(upload) == AttachmentKind::Voice) {
            return Err(Refused::NoAlbum);
        }
        let last = self.chat(chat).ok_or(Refused::UnknownChat)?.messages.last().map_or(0, |message| message.id);
        let album = format!("album-{chat}-{last}");
        let captions = std::iter::once(caption).chain(std::iter::repeat(""));
        let parts = uploads.into_iter().zip(captions);
        parts
            .map(|(upload, caption)| {
                self.attach_part(chat, person, upload, caption, (reply_to, Some(album.clone())), now)
            })
            .collect()
    }

    /// `context`: the message that it answers, and the album that it is a part of.
    pub fn attach_part(
        &mut self,
        chat: i64,
        person: i64,
        upload: Upload,
        caption: &str,
        context: (Option<i64>, Option<String>),
        now: i64,
    ) -> Result<i64, Refused> {
        self.speaker(chat, person)?;
        if !fits(caption.trim(), true) {
            return Err(Refused::TooLong);
        }
        let kind = kind(&upload);
        let kept = self.files.keep(upload, kind);
        let attachment = Some(kept.map_err(|_| Refused::FileTooLarge)?);
        let (reply_to, album) = context;
        let draft = Draft { content: Marked::plain(caption), reply_to, attachment, album, ..Draft::default() };
        self.speak(chat, person, draft, now)
    }

    fn speak(&mut self, chat: i64, person: i64, draft: Draft, now: i64) -> Result<i64, Refused> {
        let sender = self.speaker(chat, person)?;
        let content = with_automatic_marks(draft.content.trimmed());
        if !fits(&content.text, draft.attachment.is_some()) {
            return Err(Refused::TooLong);
        }
        let room = self.chat(chat).ok_or(Refused::UnknownChat)?;
        if draft.reply_to.is_some_and(|id| room.message(id).is_none()) {
            return Err(Refused::UnknownMessage);
        }
        let hidden_from_bot = self.hidden_from_bot(room, &content.text, draft.reply_to);
        let draft = Draft { hidden_from_bot, content, ..draft };
        let message = self.post(chat, sender, draft, now).ok_or(Refused::UnknownChat)?;
        self.tell_bot("message", chat, message.id);
        Ok(message.id)
    }

    /// A person changes the words of an earlier message.
    pub fn edit(&mut self, chat: i64, id: i64, text: &str, now: i64) -> Result<(), Refused> {
        let room = self.chat(chat).ok_or(Refused::UnknownChat)?;
        let message = room.message(id).ok_or(Refused::UnknownMessage)?;
        if message.from.is_bot {
            return Err(Refused::NotEditable);
        }
        let content = with_automatic_marks(Marked::plain(text).trimmed());
        if content.text.is_empty() && message.attachment.is_none() {
            return Err(Refused::EmptyText);
        }
        if !fits(&content.text, message.attachment.is_some()) {
            return Err(Refused::TooLong);
        }
        let hidden = self.hidden_from_bot(room, &content.text, message.reply_to);
        self.change_message(chat, id, |message| {
            message.text = content.text;
            message.entities = content.entities;
            message.edited = Some(now);
            message.hidden_from_bot = hidden;
        });
        self.tell_bot("edited_message", chat, id);
        Ok(())
    }

    /// A person presses a button; the id of the callback query.
    pub fn press(&mut self, chat: i64, id: i64, person: i64, data: &str) -> Result<String, Refused> {
        let sender = self.speaker(chat, person)?;
        let message = self.message(chat, id).ok_or(Refused::UnknownMessage)?;
        let offered = message.buttons.iter().flatten().any(|button| button.data.as_deref() == Some(data));
        if !offered {
            return Err(Refused::NoSuchButton);
        }
        let message = message.clone();
        let query = self.open_query();
        let update = wire::callback_query(self, &query, &sender, &message, data);
        self.updates.push("callback_query", update);
        Ok(query)
    }

    /// A person adds the bot to a chat, or throws it out.
    pub fn move_bot(&mut self, chat: i64, person: i64, present: bool, now: i64) -> Result<(), Refused> {
        let sender = self.speaker(chat, person)?;
        let room = self.chat_mut(chat).ok_or(Refused::UnknownChat)?;
        if room.bot_present == present {
            return Ok(());
        }
        room.bot_present = present;
        let standing = if present { ("left", "member") } else { ("member", "kicked") };
        if let Some(room) = self.chat(chat) {
            let update = wire::my_chat_member(self, room, &sender, standing, now);
            self.updates.push("my_chat_member", update);
        }
        self.note(Change::Everything);
        Ok(())
    }

    fn tell_bot(&mut self, kind: &'static str, chat: i64, id: i64) {
        let Some(room) = self.chat(chat).filter(|room| room.bot_present) else {
            return;
        };
        if let Some(message) = room.message(id).filter(|message| !message.hidden_from_bot) {
            let update = wire::message(self, message);
            self.updates.push(kind, update);
        }
    }
}

/// Pictures that Telegram shows as such are photos, and what is recorded in its own format is a voice message.
fn kind(upload: &Upload) -> AttachmentKind {
    match upload.mime_type.as_str() {
        "image/png" | "image/jpeg" => AttachmentKind::Photo,
        "audio/ogg" => AttachmentKind::Voice,
        _ => AttachmentKind::Document,
    }
}
