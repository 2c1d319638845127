//! Where an attempt is made: an office with two units, a coordinators' group and a coordinator, and the running bot.

use std::time::Duration;

use chrono::{Days, TimeDelta};
use serde_json::{Value, json};

use crate::api::{Accepted, Api, BOT_NAME};
use crate::chance::Chance;
use crate::office::{At, Bot, COORDINATORS, Office, at, first_due};

/// The group of the first unit, and its contact.
pub const GROUP: i64 = -1;
pub const CONTACT: i64 = 1;
/// The group of the second unit, and its contact.
pub const OTHER_GROUP: i64 = -2;
pub const OTHER_CONTACT: i64 = 2;
/// A coordinator, who speaks with the bot in private and sits in the coordinators' group.
pub const BOSS: i64 = 800;
pub const STRANGER: i64 = 666;

/// Longer than anything takes on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long is waited for what must not come: it would come within a moment.
const A_MOMENT: Duration = Duration::from_millis(700);

pub struct Field {
    pub office: Office,
    pub bot: Option<Bot>,
    pub now: At,
    presses: u32,
}

pub fn expect(holds: bool, how: impl Into<String>) -> Result<(), String> {
    if holds { Ok(()) } else { Err(how.into()) }
}

impl Field {
    /// The office that every attempt finds, on a Friday within the sending hours.
    pub fn furnish(chance: &Chance) -> Office {
        let office = Office::furnish(Api::start(chance.clone()), 2);
        let field = Field::of(office);
        field.ask(BOSS, BOSS, &format!("/start {}", field.office.code(&["--coordinator"]))).expect("a coordinator");
        for (group, contact) in [(GROUP, CONTACT), (OTHER_GROUP, OTHER_CONTACT)] {
            field.ask(group, contact, &command("report", "1 10%")).expect("a contact");
        }
        field.bot.expect("it runs").terminate();
        field.office
    }

    pub fn copy_of(office: &Office, chance: &Chance) -> Field {
        let mut field = Field::of(office.copied_to(Api::start(chance.clone())));
        // Later than what was said before.
        field.now += TimeDelta::minutes(10);
        field
    }

    fn of(office: Office) -> Field {
        let now = at(first_due() - Days::new(3), "16:10:00");
        let bot = office.start(now);
        Field { office, bot: Some(bot), now, presses: 0 }
    }

    pub fn api(&self) -> &Api {
        &self.office.api
    }

    /// Ends the bot as a service manager does; what was to be sent is sent by the next.
    pub fn stop(&mut self) {
        if let Some(bot) = self.bot.take() {
            bot.terminate();
        }
    }

    pub fn restart(&mut self) {
        self.stop();
        self.bot = Some(self.office.start(self.now));
    }

    /// Says something and waits for the answer to it.
    pub fn ask(&self, chat: i64, person: i64, text: &str) -> Result<Accepted, String> {
        let said = self.api().say(chat, person, self.now.timestamp(), text);
        self.answer_to(chat, said).ok_or_else(|| format!("no answer to {text}"))
    }

    pub fn answer_to(&self, chat: i64, said: i64) -> Option<Accepted> {
        let answers = |one: &&Accepted| one.chat == chat && one.answers == Some(said);
        self.api().wait_until(PATIENCE, |state| state.accepted.iter().any(|one| answers(&one)));
        self.api().state().accepted.iter().find(answers).cloned()
    }

    /// A message with whatever fields an update may have; its number.
    pub fn say(&self, chat: i64, person: i64, fields: &Value) -> i64 {
        let mut message = self.message(chat, person);
        for (key, value) in fields.as_object().into_iter().flatten() {
            message[key] = value.clone();
        }
        let message_id = message["message_id"].as_i64().unwrap_or_default();
        self.api().tell("message", message);
        message_id
    }

    /// The bare message, for edits and other updates.
    pub fn message(&self, chat: i64, person: i64) -> Value {
        let message_id = self.api().state().take_message_id();
        json!({"message_id": message_id, "date": self.now.timestamp(), "chat": chat_of(chat), "from": user(person)})
    }

    /// Waits for the bot to say these words in a chat.
    pub fn heard(&self, chat: i64, words: &str) -> Result<Accepted, String> {
        let says = |one: &&Accepted| one.chat == chat && one.text.contains(words);
        self.api().wait_until(PATIENCE, |state| state.accepted.iter().any(|one| says(&one)));
        let heard = self.api().state().accepted.iter().rfind(says).cloned();
        heard.ok_or_else(|| format!("“{words}” was not said in {chat}"))
    }

    /// Presses a button with this data on a message; what is shown for a moment.
    pub fn press(&mut self, chat: i64, person: i64, message_id: i64, data: &str) -> Result<String, String> {
        self.presses += 1;
        let query = format!("press{}", self.presses);
        let message = json!({"message_id": message_id, "date": self.now.timestamp(), "chat": chat_of(chat)});
        self.api().tell("callback_query", json!({"id": query, "from": user(person), "message": message, "data": data}));
        self.api().wait_until(PATIENCE, |state| state.toasts.contains_key(&query));
        let shown = self.api().state().toasts.get(&query).cloned();
        shown.ok_or_else(|| format!("the press of {data} was not acknowledged"))
    }

    /// Presses the button with these words on a message of the bot.
    pub fn press_label(&mut self, on: &Accepted, person: i64, label: &str) -> Result<String, String> {
        let data = data_of(on, label)?;
        self.press(on.chat, person, on.message_id, &data)
    }

    /// How many entries of a kind the ledger has.
    pub fn entries(&self, kind: &str) -> i64 {
        crate::held::entries(&self.office.database(), kind)
    }

    /// Runs an attempt that must leave no new entry of a kind.
    pub fn without_entry(
        &mut self,
        kind: &str,
        attempt: impl FnOnce(&mut Field) -> Result<(), String>,
    ) -> Result<(), String> {
        let before = self.entries(kind);
        attempt(self)?;
        self.settle()?;
        expect(self.entries(kind) == before, format!("the ledger has a new {kind}"))
    }

    /// Waits until all that was said before has been handled: the second unit asks something and hears.
    pub fn settle(&self) -> Result<(), String> {
        self.ask(OTHER_GROUP, OTHER_CONTACT, &command("tasks", "")).map(|_| ())
    }

    /// Whether the bot runs on, answers, and holds what it held.
    pub fn is_well(&mut self) -> Result<(), String> {
        if self.bot.is_none() {
            self.restart();
        }
        self.settle()?;
        let runs = self.bot.as_mut().is_some_and(Bot::runs);
        expect(runs, "the process has ended")?;
        self.stop();
        expect(self.office.is_whole(), "verify finds something broken")
    }

    /// Nothing with these words comes within a moment.
    pub fn is_silent(&self, chat: i64, words: &str) -> bool {
        let says = |one: &Accepted| one.chat == chat && one.text.contains(words);
        !self.api().wait_until(A_MOMENT, |state| state.accepted.iter().any(says))
    }
}

/// A command as it is typed in a group.
pub fn command(name: &str, words: &str) -> String {
    format!("/{name}@{BOT_NAME} {words}")
}

pub fn coordinators() -> i64 {
    COORDINATORS
}

pub fn data_of(on: &Accepted, label: &str) -> Result<String, String> {
    let button = on.buttons.iter().find(|(text, _)| text.contains(label));
    button.map(|(_, data)| data.clone()).ok_or_else(|| format!("“{}” has no button {label}", on.text))
}

pub fn user(person: i64) -> Value {
    json!({"id": person, "is_bot": false, "first_name": format!("人{person}")})
}

pub fn chat_of(chat: i64) -> Value {
    match chat < 0 {
        true => json!({"id": chat, "type": "supergroup", "title": format!("第{}号群", -chat)}),
        false => json!({"id": chat, "type": "private", "first_name": format!("人{chat}")}),
    }
}
