//! A conversation as a transcript: updates as Telegram sends them, what the bot says to whom, and what the ledger notes.
//!
//! The product's own flow runs on a database of its own, without a network; the clock goes where the test puts it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use duban::chat::words::without_moments;
use duban::clock::Clock;
use duban::intent::seal::Seal;
use duban::schedule::calendar::Calendar;
use duban::store::posting::Body;
use duban::store::{Outcome, Store, Update};
use duban::telegram::Me;
use duban::{flow, settings};
use serde_json::{Value, json};
use sqlx::sqlite::SqlitePool;

use crate::office::{Office, at};

/// Telegram's account for admins who hide their names.
pub const ANONYMOUS: i64 = 1_087_968_824;
const BOT: i64 = 1;

/// The group of 省住房城乡建设厅 and its contact; the coordinators' group and one of them.
pub const GROUP: i64 = -1001;
pub const LI: i64 = 11;
pub const COORDINATORS: i64 = -900;
pub const ZHOU: i64 = 91;

/// What the bot has said.
#[derive(Clone)]
struct Said {
    chat: i64,
    message_id: i64,
    text: String,
    buttons: Vec<(String, String)>,
    /// What stands in the empty field of the reply that it opens.
    hint: Option<String>,
}

/// A button as Telegram has it, with the check in its data.
#[derive(Clone)]
pub struct Drawn {
    pub chat: i64,
    pub message_id: i64,
    pub data: String,
}

fn id(of: &Value) -> i64 {
    of["id"].as_i64().expect("an id")
}

pub struct Talk {
    pub office: Office,
    store: Store,
    seal: Seal,
    calendar: Calendar,
    pub me: Me,
    now: DateTime<Utc>,
    next: i64,
    /// Names of people and titles of chats, by Telegram's ids.
    names: BTreeMap<i64, String>,
    said: Vec<Said>,
    /// What people have said to it, as Telegram sends it.
    heard: Vec<Value>,
    lines: Vec<String>,
    /// The chats where the bot may not write.
    pub blocked_by: BTreeSet<i64>,
    /// How many statements the latest update has run, without what a whole batch of them shares.
    pub statements: usize,
}

impl Talk {
    /// With 省住房城乡建设厅 bound to its group; nobody coordinates yet.
    pub async fn with_unit() -> Talk {
        let names = [(GROUP, "住建厅群"), (LI, "李明"), (COORDINATORS, "督办群"), (ZHOU, "周敏")];
        let mut talk = Talk::begin("06-03 10:00:00", &names).await;
        talk.bind(GROUP, LI, "省住房城乡建设厅").await;
        talk
    }

    /// With the roll and the demo plan, at an instant of 2019.
    pub async fn begin(instant: &str, names: &[(i64, &str)]) -> Talk {
        let office = Office::new();
        office.furnish();
        let (store, seal) = (Store::open(&office.database()).await.expect("opened"), office.seal().await);
        Talk {
            office,
            store,
            seal,
            calendar: Calendar::china(),
            me: Me { id: BOT, username: "duban_bot".to_owned(), can_read_all_group_messages: false },
            now: at(instant).to_utc(),
            next: 0,
            names: names.iter().map(|(id, name)| (*id, (*name).to_owned())).collect(),
            said: Vec::new(),
            heard: Vec::new(),
            lines: Vec::new(),
            blocked_by: BTreeSet::new(),
            statements: 0,
        }
    }

    pub fn rename(&mut self, id: i64, name: &str) {
        self.names.insert(id, name.to_owned());
    }

    /// The transcript since it was last taken.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.lines).join("\n")
    }

    pub fn go_on(&mut self, by: TimeDelta) {
        self.now += by;
    }

    /// Somebody binds a chat, which is no part of the transcript.
    pub async fn bind(&mut self, chat: i64, person: i64, invitee: &str) {
        let code = self.office.code_for(invitee);
        self.say(chat, person, &format!("/bind@duban_bot {code}")).await;
        self.lines.clear();
    }

    pub async fn say(&mut self, chat: i64, person: i64, text: &str) {
        self.message(chat, person, text, Value::Null).await;
    }

    /// In answer to the bot's latest message in the chat.
    pub async fn reply(&mut self, chat: i64, person: i64, text: &str) {
        self.reply_to_earlier(chat, person, 0, text).await;
    }

    /// In answer to what the bot said in the chat so many messages before its latest.
    pub async fn reply_to_earlier(&mut self, chat: i64, person: i64, before: usize, text: &str) {
        let mut said = self.said.iter().rev().filter(|said| said.chat == chat);
        let latest = said.nth(before).expect("the bot has spoken").message_id;
        let answered = json!({"reply_to_message": {"message_id": latest, "from": {"id": BOT, "is_bot": true}}});
        self.message(chat, person, text, answered).await;
    }

    /// In answer to the bot's latest message in the chat with these words.
    pub async fn reply_to(&mut self, words: &str, chat: i64, person: i64, text: &str) {
        let answered = self.answering(words, chat);
        self.message(chat, person, text, answered).await;
    }

    /// A voice message in answer to the bot's latest message in the chat with these words.
    pub async fn speak(&mut self, words: &str, chat: i64, person: i64) {
        let mut fields = self.answering(words, chat);
        fields["voice"] = json!({"file_id": format!("voice{}", self.next), "duration": 3});
        self.lines.push(format!("{}@{}：〔语音〕", self.names[&person], self.names[&chat]));
        let message = self.bare(chat, person, fields);
        self.heard.push(message.clone());
        let update = self.update("message", message);
        self.hear(update).await;
    }

    /// A file with a caption in answer to the bot's latest message in the chat with these words.
    pub async fn attach_to(&mut self, words: &str, chat: i64, person: i64, caption: &str) {
        let mut fields = self.answering(words, chat);
        fields["document"] = json!({"file_id": format!("file{}", self.next), "file_name": "验收报告.pdf"});
        fields["caption"] = json!(caption);
        self.message(chat, person, caption, fields).await;
    }

    fn answering(&self, words: &str, chat: i64) -> Value {
        let of_chat = self.said.iter().rev().filter(|said| said.chat == chat);
        let said = of_chat.into_iter().find(|said| said.text.contains(words)).expect("the bot has said so");
        json!({"reply_to_message": {"message_id": said.message_id, "from": {"id": BOT, "is_bot": true}}})
    }

    /// What stands in the empty field of the reply that the bot's latest message in the chat opens.
    pub fn hint(&self, chat: i64) -> Option<&str> {
        let latest = self.said.iter().rev().find(|said| said.chat == chat);
        latest.and_then(|said| said.hint.as_deref())
    }

    /// In answer to what another person has written.
    pub async fn reply_to_person(&mut self, chat: i64, person: i64, other: i64, text: &str) {
        let from = json!({"id": other, "is_bot": false, "first_name": self.names[&other]});
        self.message(chat, person, text, json!({"reply_to_message": {"message_id": 7, "from": from}})).await;
    }

    /// A message about the chat itself.
    pub async fn service(&mut self, chat: i64, person: i64, what: &str, fields: Value) {
        self.lines.push(format!("〔{}：{what}〕", self.names[&chat]));
        let update = self.update("message", self.bare(chat, person, fields));
        self.hear(update).await;
    }

    /// A message with more to it than its text.
    pub async fn message(&mut self, chat: i64, person: i64, text: &str, fields: Value) {
        self.lines.push(format!("{}@{}：{text}", self.names[&person], self.names[&chat]));
        let mut message = self.bare(chat, person, fields);
        message["text"] = json!(text);
        self.heard.push(message.clone());
        let update = self.update("message", message);
        self.hear(update).await;
    }

    /// Whoever has written last puts other words in its place.
    pub async fn edit(&mut self, text: &str) {
        self.edit_the(self.heard.len() - 1, text).await;
    }

    /// Other words in place of the latest message that said `was`.
    pub async fn edit_what_said(&mut self, was: &str, text: &str) {
        let place = self.heard.iter().rposition(|message| message["text"] == was).expect("it was said");
        self.edit_the(place, text).await;
    }

    async fn edit_the(&mut self, place: usize, text: &str) {
        self.heard[place]["text"] = json!(text);
        let mut message = self.heard[place].clone();
        message["edit_date"] = json!(self.now.timestamp());
        let (chat, person) = (&self.names[&id(&message["chat"])], &self.names[&id(&message["from"])]);
        self.lines.push(format!("{person}@{chat} 改为：{text}"));
        let update = self.update("edited_message", message);
        self.hear(update).await;
    }

    /// Another member's or the bot's own place in the chat changes.
    pub async fn membership(&mut self, kind: &'static str, chat: i64, user: i64, was: Value, is: Value) {
        self.lines.push(format!("〔{}：{} {} → {}〕", self.names[&chat], self.name(user), was["status"], is["status"]));
        let member = |of: Value| {
            let mut member = of;
            member["user"] = json!({"id": user, "is_bot": user == BOT, "first_name": self.name(user)});
            member
        };
        let body = json!({"chat": self.chat(chat), "from": {"id": 91, "first_name": "周敏"}, "date": 1,
            "old_chat_member": member(was), "new_chat_member": member(is)});
        let update = self.update(kind, body);
        self.hear(update).await;
    }

    /// Whether a button with that text was ever shown in the chat.
    pub fn shows(&self, chat: i64, text: &str) -> bool {
        self.drawn(chat, text).next().is_some()
    }

    /// Whether the bot has ever said that in the chat.
    pub fn has_said(&self, chat: i64, words: &str) -> bool {
        self.said.iter().any(|said| said.chat == chat && said.text.contains(words))
    }

    /// The newest button with that text in the chat.
    pub async fn press(&mut self, chat: i64, person: i64, text: &str) {
        let drawn = self.data_of(chat, text);
        self.press_drawn(person, text, &drawn).await;
    }

    /// The first button with that text that was ever shown in the chat: as it was before anything changed.
    pub async fn press_first(&mut self, chat: i64, person: i64, text: &str) {
        let drawn = self.drawn(chat, text).next().unwrap_or_else(|| panic!("no button {text}"));
        self.press_drawn(person, text, &drawn).await;
    }

    async fn press_drawn(&mut self, person: i64, text: &str, drawn: &Drawn) {
        self.lines.push(format!("{}@{} 点按［{text}］", self.names[&person], self.names[&drawn.chat]));
        self.hear_press(drawn, person).await;
    }

    /// The newest button with that text in a chat, as Telegram has it.
    pub fn data_of(&self, chat: i64, text: &str) -> Drawn {
        self.drawn(chat, text).next_back().unwrap_or_else(|| panic!("no button {text}: {:?}", self.lines))
    }

    /// The buttons with that text in the chat, each with its message, in the order in which they were shown.
    fn drawn(&self, chat: i64, text: &str) -> impl DoubleEndedIterator<Item = Drawn> {
        let in_chat = self.said.iter().filter(move |said| said.chat == chat);
        in_chat.filter_map(move |said| {
            let button = said.buttons.iter().find(|(shown, _)| shown == text)?;
            Some(Drawn { chat, message_id: said.message_id, data: self.seal.close(chat, &button.1) })
        })
    }

    /// The newest button whose text ends so: what is listed is numbered.
    pub fn label(&self, chat: i64, end: &str) -> String {
        let of_chat = self.said.iter().rev().filter(|said| said.chat == chat);
        let mut labels = of_chat.flat_map(|said| said.buttons.iter().map(|(text, _)| text));
        labels.find(|text| text.ends_with(end)).unwrap_or_else(|| panic!("no button {end}: {:?}", self.lines)).clone()
    }

    /// A press of what a button was, or never was.
    pub async fn press_as_sent(&mut self, drawn: Drawn, person: i64) {
        self.lines.push(format!("{}@{} 点按旧的或伪造的按钮", self.names[&person], self.names[&drawn.chat]));
        self.hear_press(&drawn, person).await;
    }

    async fn hear_press(&mut self, Drawn { chat, message_id, data }: &Drawn, person: i64) {
        let body = json!({"id": "1", "from": {"id": person, "first_name": self.names[&person]}, "data": data,
            "message": {"message_id": message_id, "date": 1, "chat": self.chat(*chat)}});
        let update = self.update("callback_query", body);
        self.hear(update).await;
    }

    /// A look at the schedule now, and what it says.
    pub async fn tick(&mut self) {
        self.look().await;
        self.deliver().await;
    }

    /// A look at the schedule now; what it says waits.
    pub async fn look(&mut self) {
        self.lines.push(format!(
            "〔{}〕",
            self.now.with_timezone(&at("01-01 00:00:00").timezone()).format("%-m月%-d日%H:%M")
        ));
        let entry = self.last_entry().await;
        let clock = Clock::started_at(self.now);
        duban::app::tick(&self.store, &clock, None).await.expect("looked");
        self.note(entry).await;
    }

    /// Rows, a line each.
    pub async fn rows(&self, query: &'static str) -> Vec<String> {
        let pool = SqlitePool::connect(&self.office.database()).await.expect("opened");
        let rows = sqlx::query_scalar(query).fetch_all(&pool).await.expect("rows");
        pool.close().await;
        rows
    }

    fn name(&self, id: i64) -> &str {
        if id == BOT { "机器人" } else { &self.names[&id] }
    }

    fn chat(&self, id: i64) -> Value {
        match id {
            id if id > 0 => json!({"id": id, "type": "private", "first_name": self.names[&id]}),
            id => json!({"id": id, "type": "supergroup", "title": self.names[&id]}),
        }
    }

    fn bare(&self, chat: i64, person: i64, fields: Value) -> Value {
        let anonymous = person == ANONYMOUS;
        let mut message = json!({"message_id": 1_000 + self.next, "date": self.now.timestamp(), "chat": self.chat(chat),
            "from": {"id": person, "is_bot": anonymous, "first_name": self.names[&person]}});
        if anonymous {
            message["sender_chat"] = self.chat(chat);
        }
        for (name, value) in fields.as_object().into_iter().flatten() {
            message[name] = value.clone();
        }
        message
    }

    fn update(&mut self, kind: &str, body: Value) -> Value {
        self.next += 1;
        json!({"update_id": self.next, kind: body})
    }

    async fn hear(&mut self, update: Value) {
        let entry = self.last_entry().await;
        let update = Update { update_id: self.next, raw: update.to_string() };
        let mut tx = self.store.begin(self.now).await.expect("begun");
        let policy = settings::rows::policy::policy(&mut tx).await.expect("read");
        let shared = tx.statements();
        flow::on_update(&mut tx, &update, &self.me, &policy, &self.calendar).await.expect("heard");
        self.statements = tx.statements() - shared;
        tx.commit().await.expect("committed");
        self.deliver().await;
        self.note(entry).await;
    }

    /// Sends all that may go now.
    pub async fn deliver(&mut self) {
        loop {
            let mut tx = self.store.begin(self.now).await.expect("begun");
            let policy = settings::rows::policy::policy(&mut tx).await.expect("read");
            let claimed = flow::on_claim(&mut tx, &policy, &self.calendar, 100, false).await.expect("claimed");
            for one in &claimed {
                let message_id = 5_000 + one.id;
                let blocked = self.blocked_by.contains(&one.telegram_chat);
                let outcome = match blocked {
                    true => Outcome::Unreachable { why: "bot was blocked by the user".to_owned() },
                    false => Outcome::Sent { message_id: Some(message_id) },
                };
                duban::store::delivery::settle_delivery(&mut tx, one, &outcome).await.expect("noted");
                if !blocked {
                    self.show(one.telegram_chat, message_id, &one.body);
                }
            }
            tx.commit().await.expect("committed");
            if claimed.is_empty() {
                return;
            }
        }
    }

    fn show(&mut self, chat: i64, message_id: i64, body: &Body) {
        let (message_id, html, buttons, hint) = match body {
            Body::Toast { text, .. } if text.is_empty() => return,
            Body::Toast { text, .. } => return self.lines.push(format!("  （浮窗）{text}")),
            Body::Message { html, buttons, reply, .. } => {
                (message_id, html, buttons, reply.as_ref().map(|reply| reply.hint.clone()))
            }
            // It keeps its id.
            Body::Edit { message_id, html, buttons } => (*message_id, html, buttons, None),
            Body::File { name, .. } => {
                let name = name.as_deref().unwrap_or("照片");
                return self.lines.push(format!("  → {}：〔{name}〕", self.names[&chat]));
            }
            Body::Menu => return,
            Body::Reaction { .. } => return self.lines.push(format!("  → {}：〔表示收悉〕", self.names[&chat])),
            Body::Paper { .. } => return self.lines.push(format!("  → {}：（文件）", self.names[&chat])),
        };
        let buttons: Vec<_> =
            buttons.iter().flatten().map(|button| (button.text.clone(), button.data.clone())).collect();
        let shown: String = buttons.iter().map(|(text, _)| format!("［{text}］")).collect();
        let plain = without_moments(html).replace("<b>", "").replace("</b>", "").replace('\n', "／");
        self.lines.push(format!("  → {}：{plain}{shown}", self.names[&chat]));
        self.said.push(Said { chat, message_id, text: plain, buttons, hint });
    }

    async fn last_entry(&self) -> i64 {
        duban::store::ledger::ledger_head(&mut self.store.read(self.now).await.expect("read"))
            .await
            .expect("read")
            .entries
    }

    async fn note(&mut self, after: i64) {
        let mut tx = self.store.read(self.now).await.expect("read");
        for entry in duban::store::ledger::ledger_entries(&mut tx, after, 1_000).await.expect("read") {
            let body: Value = serde_json::from_str(&entry.body).expect("JSON");
            let why = body["why"].as_str().map(|why| format!("（{why}）")).unwrap_or_default();
            if !matches!(entry.kind.as_str(), "reminder_sent" | "rows_changed") {
                self.lines.push(format!("  ≡ {}{why}", entry.kind));
            }
        }
    }
}
