//! Sending one message of the outbox, and what became of it.

use reqwest::RequestBuilder;
use reqwest::multipart::{Form, Part};
use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use teloxide::payloads::{AnswerCallbackQuery, SendMessage};
use teloxide::types::{
    CallbackQueryId, ChatId, ForceReply, InlineKeyboardButton, InlineKeyboardButtonKind, InlineKeyboardMarkup,
    LinkPreviewOptions, MessageId, ParseMode, ReplyMarkup, ReplyParameters, ThreadId,
};

use crate::chat::incoming::AttachmentKind;
use crate::chat::text;
use crate::chat::words::{Button, without_moments};
use crate::filing::making::File;
use crate::intent::seal::Seal;
use crate::store::Outcome;
use crate::store::posting::{Body, Claimed, ReplyWanted};
use crate::telegram::fault::{Answer, Fault, cause, is_about_markup, is_about_the_topic, outcome_of_refusal};
use crate::telegram::{LONGEST_ANSWER, Telegram, body};

/// Stands before a message that may have been delivered before.
const DOUBT_MARK: &str = "（可能重复）";

/// 收到 is answered by it.
const SEEN: &str = "👌";
const SEEN_IN_WORDS: &str = "已登记签收。";

impl Telegram {
    /// `seal` ties the buttons to the chat.
    pub async fn send(&self, claimed: &Claimed, seal: &Seal) -> Outcome {
        let keyboard = |buttons: &[Vec<Button>]| keyboard(buttons, seal, claimed.telegram_chat);
        match &claimed.body {
            Body::Message { html, buttons, answers, reply, .. } => {
                let mark = if claimed.doubtful { DOUBT_MARK } else { "" };
                let reply = reply.as_ref().filter(|_| buttons.is_empty());
                // Groups have negative ids. In private, and where it answers somebody, it is clear who is meant.
                let html = match reply.filter(|_| claimed.telegram_chat < 0 && answers.is_none()) {
                    Some(reply) => format!("{mark}{}", mentioning(html, reply)),
                    None => format!("{mark}{html}"),
                };
                let mut message = message(claimed.telegram_chat, html, *answers);
                message.message_thread_id = thread(claimed.topic);
                message.reply_markup = match reply {
                    Some(reply) => Some(ReplyMarkup::ForceReply(opening(reply))),
                    None => (!buttons.is_empty()).then(|| ReplyMarkup::InlineKeyboard(keyboard(buttons))),
                };
                self.post_as_it_is_taken(message).await
            }
            Body::Edit { message_id, html, buttons } => {
                let keyboard = (!buttons.is_empty()).then(|| keyboard(buttons));
                self.edit(claimed.telegram_chat, *message_id, html, keyboard).await
            }
            Body::File { kind, file_id, .. } => self.send_kept(claimed, *kind, file_id).await,
            Body::Reaction { message_id } => self.react(claimed, *message_id).await,
            Body::Menu => self.offer_anew(claimed.telegram_chat).await,
            // A file has to be made first: see `send_file`.
            Body::Paper { .. } => Outcome::Refused { why: "a paper without its file".to_owned() },
            Body::Toast { query_id, text } => {
                let mut toast = AnswerCallbackQuery::new(CallbackQueryId(query_id.clone()));
                toast.text = (!text.is_empty()).then(|| text.clone());
                match self.post("answerCallbackQuery", &toast).await {
                    // A press that is too old to be acknowledged has stopped waiting.
                    Outcome::Refused { .. } => Outcome::Sent { message_id: None },
                    outcome => outcome,
                }
            }
        }
    }

    /// A menu is not worth a second attempt: at its next start the bot offers all of them anew.
    async fn offer_anew(&self, chat: i64) -> Outcome {
        if let Err(fault) = self.offer_to_coordinators(chat).await {
            tracing::debug!(chat, ?fault, "a menu is not set");
        }
        Outcome::Sent { message_id: None }
    }

    /// A file that Telegram keeps, by its id.
    async fn send_kept(&self, claimed: &Claimed, kind: AttachmentKind, file_id: &str) -> Outcome {
        let (method, field) = match kind {
            AttachmentKind::Photo => ("sendPhoto", "photo"),
            AttachmentKind::Document => ("sendDocument", "document"),
            AttachmentKind::Voice => ("sendVoice", "voice"),
            AttachmentKind::Video => ("sendVideo", "video"),
            AttachmentKind::VideoNote => ("sendVideoNote", "video_note"),
            AttachmentKind::Audio => ("sendAudio", "audio"),
        };
        let mut file = json!({ "chat_id": claimed.telegram_chat });
        file[field] = json!(file_id);
        if let Some(topic) = claimed.topic {
            file["message_thread_id"] = json!(topic);
        }
        self.post(method, &file).await
    }

    /// A group may allow other reactions only, or none: then a line says it.
    async fn react(&self, claimed: &Claimed, message_id: i64) -> Outcome {
        let reaction = json!({
            "chat_id": claimed.telegram_chat, "message_id": message_id,
            "reaction": [{ "type": "emoji", "emoji": SEEN }],
        });
        match self.post("setMessageReaction", &reaction).await {
            Outcome::Refused { .. } | Outcome::Strange { .. } => {
                let mut line = message(claimed.telegram_chat, SEEN_IN_WORDS.to_owned(), Some(message_id));
                line.message_thread_id = thread(claimed.topic);
                self.post_as_it_is_taken(line).await
            }
            outcome => outcome,
        }
    }

    /// The message keeps its id, and one that shows these words already, or is gone, is as good as changed.
    async fn edit(&self, chat: i64, message_id: i64, html: &str, keyboard: Option<InlineKeyboardMarkup>) -> Outcome {
        let mut edit = json!({
            "chat_id": chat, "message_id": message_id, "text": html, "parse_mode": "HTML",
            "link_preview_options": { "is_disabled": true },
        });
        if let Some(keyboard) = keyboard {
            edit["reply_markup"] = json!(keyboard);
        }
        match self.post("editMessageText", &edit).await {
            Outcome::Sent { .. } => Outcome::Sent { message_id: None },
            Outcome::Refused { why } | Outcome::Strange { why } => {
                tracing::debug!(chat, message_id, why, "a page is not turned");
                Outcome::Sent { message_id: None }
            }
            outcome => outcome,
        }
    }

    /// Sends a paper: a picture as a photo, else as a document.
    pub async fn send_file(&self, claimed: &Claimed, file: File) -> Outcome {
        let answers = match claimed.body {
            Body::Paper { answers, .. } => answers,
            Body::Message { .. }
            | Body::Edit { .. }
            | Body::Toast { .. }
            | Body::Reaction { .. }
            | Body::Menu
            | Body::File { .. } => None,
        };
        let mark = if claimed.doubtful { DOUBT_MARK } else { "" };
        let (method, field) = if file.is_picture { ("sendPhoto", "photo") } else { ("sendDocument", "document") };
        let form = |topic: Option<i64>| {
            let mut form = Form::new()
                .text("chat_id", claimed.telegram_chat.to_string())
                .text("caption", format!("{mark}{}", file.caption))
                .part(field, Part::bytes(file.bytes.clone()).file_name(file.name.clone()));
            if let Some(topic) = topic {
                form = form.text("message_thread_id", topic.to_string());
            }
            if let Some(answered) = answers {
                let reply = json!({ "message_id": answered, "allow_sending_without_reply": true });
                form = form.text("reply_parameters", reply.to_string());
            }
            self.bot.client().post(self.url(method)).multipart(form)
        };
        match self.ask_to_send(form(claimed.topic)).await {
            outcome if claimed.topic.is_some() && refused(&outcome, is_about_the_topic) => {
                in_general(self.ask_to_send(form(None)).await)
            }
            outcome => outcome,
        }
    }

    /// A topic that was deleted leaves the general one. Markup that is not understood goes without what only newer servers
    /// know, or altogether, and the words stay.
    async fn post_as_it_is_taken(&self, mut message: SendMessage) -> Outcome {
        let mut outcome = self.post("sendMessage", &message).await;
        let mut topic_is_gone = false;
        if message.message_thread_id.is_some() && refused(&outcome, is_about_the_topic) {
            tracing::warn!(chat = ?message.chat_id, "话题已不存在，消息发往“常规”话题");
            message.message_thread_id = None;
            topic_is_gone = true;
            outcome = self.post("sendMessage", &message).await;
        }
        let older = without_moments(&message.text);
        if refused(&outcome, is_about_markup) && older != message.text {
            tracing::warn!(chat = ?message.chat_id, "服务器不认识时间标记，去掉后重发");
            message.text = older;
            outcome = self.post("sendMessage", &message).await;
        }
        if refused(&outcome, is_about_markup) {
            tracing::error!(chat = ?message.chat_id, "格式被拒收，改发纯文字");
            message.parse_mode = None;
            message.text = text::plain_text(&message.text);
            outcome = self.post("sendMessage", &message).await;
        }
        if topic_is_gone { in_general(outcome) } else { outcome }
    }

    async fn post(&self, method: &str, payload: &impl Serialize) -> Outcome {
        self.ask_to_send(self.bot.client().post(self.url(method)).json(payload)).await
    }

    async fn ask_to_send(&self, request: RequestBuilder) -> Outcome {
        let response = match request.send().await {
            Ok(response) => response,
            Err(error) if error.is_connect() => return Outcome::Later { rest: None, why: cause(error) },
            Err(error) if error.is_builder() => return Outcome::Refused { why: cause(error) },
            Err(error) => return Outcome::InDoubt { why: cause(error) },
        };
        if response.status().is_redirection() {
            return Outcome::Later { rest: None, why: Fault::Redirected.to_string() };
        }
        match body(response, LONGEST_ANSWER).await {
            Ok(body) => outcome(&String::from_utf8_lossy(&body)),
            Err(error) => Outcome::InDoubt { why: cause(error) },
        }
    }
}

fn refused(outcome: &Outcome, about: fn(&str) -> bool) -> bool {
    matches!(outcome, Outcome::Refused { why } | Outcome::Strange { why } if about(why))
}

/// What becomes of a message whose topic is gone.
fn in_general(outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Sent { message_id } => Outcome::SentToGeneral { message_id },
        outcome => outcome,
    }
}

fn thread(topic: Option<i64>) -> Option<ThreadId> {
    topic.and_then(|topic| i32::try_from(topic).ok()).map(|topic| ThreadId(MessageId(topic)))
}

/// Whatever says `"ok":true` was delivered, even where the rest cannot be read.
fn outcome(body: &str) -> Outcome {
    match serde_json::from_str::<Value>(body) {
        Ok(answer) if answer["ok"] == true => Outcome::Sent { message_id: answer["result"]["message_id"].as_i64() },
        Ok(answer) => match (serde_json::from_value::<Answer<IgnoredAny>>(answer.clone()), &answer["ok"]) {
            (Ok(refusal), _) => outcome_of_refusal(refusal),
            // Whatever says `"ok":false` was not delivered, even where the rest cannot be read.
            (Err(_), Value::Bool(false)) => Outcome::Strange { why: "the refusal cannot be read".to_owned() },
            (Err(_), _) => Outcome::InDoubt { why: "the answer cannot be read".to_owned() },
        },
        Err(_) if body.contains("\"ok\":true") => Outcome::Sent { message_id: None },
        Err(_) => Outcome::InDoubt { why: "the answer cannot be read".to_owned() },
    }
}

fn message(chat: i64, html: String, answers: Option<i64>) -> SendMessage {
    let mut message = SendMessage::new(ChatId(chat), html);
    message.parse_mode = Some(ParseMode::Html);
    message.link_preview_options = Some(LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    });
    message.reply_parameters = answers.and_then(|answered| i32::try_from(answered).ok()).map(|answered| {
        ReplyParameters { allow_sending_without_reply: Some(true), ..ReplyParameters::new(MessageId(answered)) }
    });
    message
}

/// Opens a reply in the client of the one person whose words are wanted: whom the message answers or mentions.
fn opening(reply: &ReplyWanted) -> ForceReply {
    ForceReply::new().input_field_placeholder(reply.hint.clone()).selective()
}

/// The words with a mention of the person whose words are wanted: of the name with which they begin, else before them.
fn mentioning(html: &str, reply: &ReplyWanted) -> String {
    let name = text::escape(&reply.name);
    let mention = format!("<a href=\"tg://user?id={}\">{name}</a>", reply.person);
    match html.strip_prefix(&name) {
        Some(rest) => format!("{mention}{rest}"),
        None => format!("{mention}，{html}"),
    }
}

fn keyboard(buttons: &[Vec<Button>], seal: &Seal, chat: i64) -> InlineKeyboardMarkup {
    let button = |button: &Button| {
        let kind = InlineKeyboardButtonKind::CallbackData(seal.close(chat, &button.data));
        InlineKeyboardButton::new(button.text.clone(), kind)
    };
    InlineKeyboardMarkup::new(buttons.iter().map(|row| row.iter().map(button).collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::posting::ReplyWanted;

    #[test]
    fn whose_words_are_wanted_is_mentioned() {
        let reply = ReplyWanted { hint: "请输入理由".to_owned(), person: 91, name: "周<敏".to_owned() };
        let mention = "<a href=\"tg://user?id=91\">周&lt;敏</a>";
        assert_eq!(mentioning("周&lt;敏 退回", &reply), format!("{mention} 退回"));
        assert_eq!(mentioning("请回复本条", &reply), format!("{mention}，请回复本条"));
        let markup = serde_json::to_value(opening(&reply)).unwrap();
        assert_eq!(markup, json!({"force_reply": true, "input_field_placeholder": "请输入理由", "selective": true}));
    }

    #[test]
    fn ok_is_delivered_whatever_follows() {
        assert_eq!(outcome(r#"{"ok":true,"result":{"message_id":7,"new":{}}}"#), Outcome::Sent { message_id: Some(7) });
        assert_eq!(outcome(r#"{"ok":true,"result":tru"#), Outcome::Sent { message_id: None });
        assert_eq!(outcome(r#"{"ok":true,"result":{"message_id":1e300}}"#), Outcome::Sent { message_id: None });
        assert!(matches!(outcome("<html>502</html>"), Outcome::InDoubt { .. }));
        assert!(matches!(outcome(r#"{"ok":false,"error_code":"x"}"#), Outcome::Strange { .. }));
        let deep = format!(r#"{{"ok":true,"result":{}1{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(outcome(&deep), Outcome::Sent { message_id: None });
    }
}
