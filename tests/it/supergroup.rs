//! A group that becomes a supergroup keeps what it is for, in whatever order its two messages arrive.

use chrono::{DateTime, Utc};
use duban::binding::rows::Invitee;
use duban::office::policy::Policy;
use duban::office::rows;
use duban::office::rows::Which;
use duban::roll::rows::Roll;
use duban::schedule::calendar::Calendar;
use duban::store::{Store, Update};
use duban::telegram::Me;
use duban::{binding, flow, importing, roll};
use serde_json::{Value, json};

use crate::office::Office;

const OLD: i64 = -77;
const NEW: i64 = -1_000_000_000_077;

struct Desk {
    _office: Office,
    store: Store,
    now: DateTime<Utc>,
    next_update: i64,
}

impl Desk {
    async fn open() -> Desk {
        let office = Office::new();
        let store = Store::open_or_create(&office.database()).await.expect("a database");
        let now = "2019-06-27T01:00:00Z".parse().expect("an instant");
        Desk { _office: office, store, now, next_update: 1 }
    }

    async fn bind(&mut self) {
        let draft = duban::plan::read("demo-plan.txt", include_bytes!("../../seeds/demo-plan.txt")).expect("a plan");
        let roll: Roll = serde_json::from_str(include_str!("../../seeds/hunan-roll.json")).expect("a roll");
        let mut tx = self.store.begin(self.now).await.expect("a change");
        roll::rows::load_roll(&mut tx, &roll).await.expect("loaded");
        importing::rows::plans::import(&mut tx, &draft, &[0; 32], "demo-plan.txt", None).await.expect("imported");
        let code = binding::rows::invite(&mut tx, Invitee::Unit("省公安厅")).await.expect("a code").code;
        tx.commit().await.expect("committed");
        self.hear(OLD, json!({ "message_id": 1, "text": format!("/bind@duban_bot {code}") })).await;
    }

    /// Handles a message in a chat as the bot does.
    async fn hear(&mut self, chat: i64, message: Value) {
        let kind = if chat == NEW { "supergroup" } else { "group" };
        let mut message = message;
        message["chat"] = json!({ "id": chat, "type": kind, "title": "省公安厅" });
        message["from"] = json!({ "id": 5, "is_bot": false, "first_name": "赵刚" });
        message["date"] = json!(self.now.timestamp());
        let raw = json!({ "update_id": self.next_update, "message": message }).to_string();
        let update = Update { update_id: self.next_update, raw };
        self.next_update += 1;
        let me = Me { id: 1, username: "duban_bot".into(), can_read_all_group_messages: false };
        let mut tx = self.store.begin(self.now).await.expect("a change");
        flow::on_update(&mut tx, &update, &me, &Policy::default(), &Calendar::china()).await.expect("handled");
        tx.commit().await.expect("committed");
    }

    async fn report(&mut self, chat: i64, message_id: i64, words: &str) {
        self.hear(chat, json!({ "message_id": message_id, "text": format!("/report@duban_bot {words}") })).await;
    }

    /// How far task 5 of the unit is.
    async fn percent(&self) -> Option<u8> {
        let mut tx = self.store.read(self.now).await.expect("a view");
        let duties = rows::duties(&mut tx, Which::All).await.expect("duties");
        let duty = duties.iter().find(|duty| duty.unit.name == "省公安厅" && duty.task.number == "5");
        assert!(duban::store::verify::verify(&mut tx).await.expect("verified").holds());
        duty.expect("the duty").percent
    }
}

#[tokio::test]
async fn its_binding_and_its_message_ids() {
    let to = json!({ "message_id": 9, "migrate_to_chat_id": NEW });
    let from = json!({ "message_id": 1, "migrate_from_chat_id": OLD });
    for order in
        [[(OLD, &to), (NEW, &from)], [(NEW, &from), (OLD, &to)], [(OLD, &to), (OLD, &to)], [(NEW, &from), (NEW, &from)]]
    {
        let mut desk = Desk::open().await;
        desk.bind().await;
        desk.report(OLD, 3, "5 30%").await;
        assert_eq!(desk.percent().await, Some(30));
        for (chat, message) in order {
            desk.hear(chat, message.clone()).await;
        }
        // Ids begin anew, so this is another message 3.
        desk.report(NEW, 3, "5 60%").await;
        assert_eq!(desk.percent().await, Some(60));
        desk.report(OLD, 4, "5 70%").await;
        assert_eq!(desk.percent().await, Some(60), "nobody speaks for the unit from the old group");
    }
}
