//! A topic that somebody deletes: what was for it goes to the general one, and what is answered there counts.

use chrono::{DateTime, TimeDelta, Utc};
use duban::office::rows;
use duban::office::rows::Which;
use duban::schedule::calendar::Calendar;
use duban::store::posting::{Body, Claimed};
use duban::store::{Outcome, Store, Update};
use duban::telegram::Me;
use duban::{flow, settings};
use serde_json::{Value, json};

use crate::office::{Office, at};

const FORUM: i64 = -1_001;
const COORDINATORS: i64 = -900;
const POLICE: i64 = 11;
const FINANCE: i64 = 21;
const ZHOU: i64 = 91;

/// A message as it was sent: where to, under which number, and its words.
struct Sent {
    chat: i64,
    topic: Option<i64>,
    message_id: i64,
    words: String,
    buttons: Vec<(String, String)>,
}

struct Desk {
    office: Office,
    store: Store,
    now: DateTime<Utc>,
    next: i64,
    /// Topics that are no more.
    gone: Vec<i64>,
}

impl Desk {
    async fn open() -> Desk {
        let office = Office::new();
        office.furnish();
        let store = Store::open(&office.database()).await.expect("opened");
        Desk { office, store, now: at("06-26 16:00:00").to_utc(), next: 100, gone: Vec::new() }
    }

    async fn bind(&mut self, (chat, topic): (i64, Option<i64>), person: i64, invitee: &str) {
        let code = self.office.code_for(invitee);
        let sent = self.say((chat, topic), person, &format!("/bind@duban_bot {code}"), None).await;
        assert!(sent[0].words.contains("绑定") || sent[0].words.contains("督办员群"), "{}", sent[0].words);
    }

    async fn say(&mut self, place: (i64, Option<i64>), person: i64, text: &str, answers: Option<i64>) -> Vec<Sent> {
        let mut message = self.message(place, person);
        message["text"] = json!(text);
        if let Some(answered) = answers {
            message["reply_to_message"] = json!({"message_id": answered, "from": {"id": 1, "is_bot": true}});
        }
        self.hear(json!({ "message": message })).await
    }

    /// Presses a button of a message that is so old that Telegram tells only its chat and its number.
    async fn press_old(&mut self, chat: i64, person: i64, message_id: i64, data: &str) -> Vec<Sent> {
        let message = json!({"message_id": message_id, "date": 0, "chat": self.message((chat, None), person)["chat"]});
        let from = json!({"id": person, "is_bot": false, "first_name": format!("人{person}")});
        let data = self.office.seal().await.close(chat, data);
        self.hear(json!({"callback_query": {"id": "1", "from": from, "message": message, "data": data}})).await
    }

    fn message(&mut self, (chat, topic): (i64, Option<i64>), person: i64) -> Value {
        self.next += 1;
        let mut message = json!({
            "message_id": self.next, "date": self.now.timestamp(),
            "chat": {"id": chat, "type": "supergroup", "title": "督办大群"},
            "from": {"id": person, "is_bot": false, "first_name": format!("人{person}")},
        });
        if let Some(topic) = topic {
            message["message_thread_id"] = json!(topic);
            message["is_topic_message"] = json!(true);
        }
        message
    }

    /// Handles an update as the bot does, and sends all that may go.
    async fn hear(&mut self, mut update: Value) -> Vec<Sent> {
        self.now += TimeDelta::seconds(5);
        update["update_id"] = json!(self.next);
        let update = Update { update_id: self.next, raw: update.to_string() };
        let me = Me { id: 1, username: "duban_bot".into(), can_read_all_group_messages: false };
        let mut tx = self.store.begin(self.now).await.expect("begun");
        let policy = settings::rows::policy::policy(&mut tx).await.expect("read");
        flow::on_update(&mut tx, &update, &me, &policy, &Calendar::china()).await.expect("heard");
        tx.commit().await.expect("committed");
        self.deliver().await
    }

    async fn tick(&mut self) -> Vec<Sent> {
        flow::on_tick(&self.store, self.now, None).await.expect("looked");
        self.deliver().await
    }

    async fn deliver(&mut self) -> Vec<Sent> {
        let mut sent = Vec::new();
        loop {
            let mut tx = self.store.begin(self.now).await.expect("begun");
            let policy = settings::rows::policy::policy(&mut tx).await.expect("read");
            let claimed = flow::on_claim(&mut tx, &policy, &Calendar::china(), 100, false).await.expect("claimed");
            tx.commit().await.expect("committed");
            if claimed.is_empty() {
                return sent;
            }
            for one in claimed {
                sent.extend(self.send(&one).await);
            }
        }
    }

    async fn send(&mut self, claimed: &Claimed) -> Option<Sent> {
        self.next += 1;
        let message_id = Some(self.next);
        let gone = claimed.topic.is_some_and(|topic| self.gone.contains(&topic));
        let outcome = if gone { Outcome::SentToGeneral { message_id } } else { Outcome::Sent { message_id } };
        let mut tx = self.store.begin(self.now).await.expect("begun");
        duban::deliver::settle(&mut tx, claimed, &outcome).await.expect("noted");
        tx.commit().await.expect("committed");
        let Body::Message { html, buttons, .. } = &claimed.body else { return None };
        let buttons = buttons.iter().flatten().map(|button| (button.text.clone(), button.data.clone())).collect();
        let (chat, topic) = (claimed.telegram_chat, claimed.topic.filter(|_| !gone));
        Some(Sent { chat, topic, message_id: self.next, words: html.clone(), buttons })
    }

    /// How far task 5 of a unit is.
    async fn percent(&self, unit: &str) -> Option<u8> {
        let mut tx = self.store.read(self.now).await.expect("a view");
        let duties = rows::duties(&mut tx, Which::All).await.expect("duties");
        let duty = duties.iter().find(|duty| duty.unit.name == unit && duty.task.number == "5");
        assert!(duban::store::verify::verify(&mut tx).await.expect("verified").holds());
        duty.expect("the duty").percent
    }
}

fn to(sent: &[Sent], chat: i64) -> Vec<&Sent> {
    sent.iter().filter(|one| one.chat == chat).collect()
}

#[tokio::test]
async fn its_unit_goes_on_in_the_general_one() {
    let mut desk = Desk::open().await;
    desk.bind((COORDINATORS, None), ZHOU, "--coordinator").await;
    // Somebody has asked something in the general topic, which is nobody's.
    let asked = desk.say((FORUM, None), POLICE, "/tasks@duban_bot", None).await;
    assert!(asked[0].words.contains("尚未绑定"));
    desk.bind((FORUM, Some(7)), POLICE, "省公安厅").await;
    let report = desk.say((FORUM, Some(7)), POLICE, "/report@duban_bot 5 30%", None).await;
    desk.tick().await;

    desk.gone = vec![7];
    desk.now = at("06-27 09:00:00").to_utc();
    let said = desk.tick().await;
    let digest = to(&said, FORUM);
    assert!(digest.len() == 1 && digest[0].topic.is_none(), "the reminder arrives in the general topic");
    let told: Vec<_> = said.iter().filter(|one| one.words.contains("话题已被删除")).collect();
    assert!(
        told.len() == 1 && told[0].chat == COORDINATORS && told[0].words.contains("省公安厅"),
        "they are told once"
    );

    let answer = desk.say((FORUM, None), POLICE, "5 60%", Some(digest[0].message_id)).await;
    assert!(answer.len() == 1 && answer[0].topic.is_none() && answer[0].words.contains("已登记"));
    assert_eq!(desk.percent("省公安厅").await, Some(60));
    // What was said in the topic is taken back by its button, though it names no topic any more.
    let (_, undo) = report[0].buttons.iter().find(|(text, _)| text == "撤回").expect("a button").clone();
    desk.say((FORUM, None), POLICE, "/undo@duban_bot", None).await;
    assert_eq!(desk.percent("省公安厅").await, Some(30));
    desk.press_old(FORUM, POLICE, report[0].message_id, &undo).await;
    assert_eq!(desk.percent("省公安厅").await, None);
    let tasks = desk.say((FORUM, None), POLICE, "/tasks@duban_bot", None).await;
    assert!(tasks[0].words.contains("省公安厅"), "{}", tasks[0].words);

    desk.now = at("06-28 09:00:00").to_utc();
    let said = desk.tick().await;
    assert!(to(&said, FORUM).iter().all(|one| one.topic.is_none()));
    assert!(!said.iter().any(|one| one.words.contains("话题已被删除")), "and not again");
}

#[tokio::test]
async fn where_the_general_one_is_anothers_each_reply_counts_for_whom_it_answers() {
    let mut desk = Desk::open().await;
    desk.bind((COORDINATORS, None), ZHOU, "--coordinator").await;
    desk.bind((FORUM, Some(7)), POLICE, "省公安厅").await;
    desk.bind((FORUM, None), FINANCE, "省财政厅").await;
    desk.tick().await;
    desk.gone = vec![7];
    desk.now = at("06-27 09:00:00").to_utc();
    let said = desk.tick().await;
    let told = said.iter().filter(|one| one.words.contains("话题已被删除")).count();
    assert_eq!(told, 1);
    let digest = said.iter().find(|one| one.chat == FORUM && one.topic.is_none() && one.words.contains("省公安厅"));
    let digest = digest.expect("the reminder arrives").message_id;
    let answer = desk.say((FORUM, None), POLICE, "5 60%", Some(digest)).await;
    assert!(answer[0].topic.is_none() && answer[0].words.contains("已登记"), "{}", answer[0].words);
    assert_eq!(desk.percent("省公安厅").await, Some(60));
    let (_, undo) = answer[0].buttons.iter().find(|(text, _)| text == "撤回").expect("a button").clone();
    desk.press_old(FORUM, POLICE, answer[0].message_id, &undo).await;
    assert_eq!(desk.percent("省公安厅").await, None);
    let tasks = desk.say((FORUM, None), FINANCE, "/tasks@duban_bot", None).await;
    assert!(tasks[0].words.contains("省财政厅"), "{}", tasks[0].words);
    desk.now = at("06-28 09:00:00").to_utc();
    assert!(!desk.tick().await.iter().any(|one| one.words.contains("话题已被删除")), "they are told once");
}
