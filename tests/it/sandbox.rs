//! The stand-in for Telegram over real HTTP, from the bot's side and from the page's.

use std::sync::Arc;
use std::time::Duration;

use duban::sandbox::{Control, Sandbox, Settings, Trouble, Upload, Words};
use futures_util::future::{Either, select};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

const TOKEN: &str = "7000000001:SANDBOX";
/// 2026-03-05 09:00 in Shanghai.
const NOW: i64 = 1_772_672_400;
const GROUP: i64 = -1_001_000_000_001;
const WANG: i64 = 101;

/// A served sandbox with one group, where 王海涛 is, and his private chat.
struct Town {
    sandbox: Sandbox,
    client: Client,
    base: String,
    stop: Arc<Notify>,
    served: JoinHandle<anyhow::Result<()>>,
}

impl Town {
    async fn new() -> Town {
        Town::with(Settings::new(TOKEN, || NOW)).await
    }

    async fn with(settings: Settings) -> Town {
        let sandbox = Sandbox::new(settings);
        sandbox.add_person(WANG, "王海涛");
        sandbox.add_group(GROUP, "省公安厅", &[WANG]);
        sandbox.add_private_chat(WANG);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let stop = Arc::new(Notify::new());
        let served = tokio::spawn(sandbox.clone().serve(listener, Arc::clone(&stop).notified_owned()));
        Town { sandbox, client: Client::new(), base, stop, served }
    }

    /// The whole answer of a Bot API method.
    async fn call(&self, method: &str, parameters: Value) -> Value {
        let request = self.client.post(format!("{}/bot{TOKEN}/{method}", self.base)).json(&parameters);
        soon(async { request.send().await.unwrap().json().await.unwrap() }).await
    }

    /// The result of a method that must succeed.
    async fn done(&self, method: &str, parameters: Value) -> Value {
        let answer = self.call(method, parameters).await;
        assert_eq!(answer["ok"], true, "{answer}");
        answer["result"].clone()
    }

    /// What a method that must fail says.
    async fn refusal(&self, method: &str, parameters: Value) -> String {
        let answer = self.call(method, parameters).await;
        assert_eq!(answer["ok"], false, "{answer}");
        answer["description"].as_str().unwrap().to_owned()
    }

    /// The bot writes; the id of the message.
    async fn bot_says(&self, text: &str) -> i64 {
        let message = self.done("sendMessage", json!({"chat_id": GROUP, "text": text})).await;
        message["message_id"].as_i64().unwrap()
    }

    /// All that waits for the bot, which confirms nothing by looking.
    async fn waiting(&self) -> Vec<Value> {
        self.done("getUpdates", json!({})).await.as_array().unwrap().clone()
    }

    async fn page_posts(&self, path: &str, body: Value) -> (u16, Value) {
        let request = self.client.post(format!("{}{path}", self.base)).json(&body);
        soon(async {
            let response = request.send().await.unwrap();
            (response.status().as_u16(), response.json().await.unwrap_or_default())
        })
        .await
    }

    async fn page_gets(&self, path: &str) -> Response {
        soon(self.client.get(format!("{}{path}", self.base)).send()).await.unwrap()
    }
}

/// The events of a page, one by one.
struct Events {
    response: Response,
    read: String,
}

impl Events {
    async fn of(town: &Town) -> Events {
        Events { response: town.page_gets("/events").await, read: String::new() }
    }

    /// The name and the data of the next event; None when the server has ended them.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name));
                let next = (field("event: ")?.to_owned(), serde_json::from_str(field("data: ")?).unwrap());
                self.read = rest.to_owned();
                return Some(next);
            }
            let chunk = soon(self.response.chunk()).await.unwrap()?;
            self.read.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

async fn soon<T>(wait: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(10), wait).await.expect("done within ten seconds")
}

#[tokio::test]
async fn a_long_poll_answers_as_soon_as_somebody_writes() {
    let town = Town::new().await;
    let poll = town.done("getUpdates", json!({"timeout": 50}));
    let say = async { town.sandbox.say(WANG, WANG, "你好", None).unwrap() };
    let (updates, message) = tokio::join!(poll, say);
    assert_eq!(updates[0]["message"]["message_id"], message);
    assert_eq!(updates[0]["message"]["text"], "你好");
    assert_eq!(updates[0]["message"]["from"]["first_name"], "王海涛");
    assert_eq!(updates[0]["message"]["chat"], json!({"id": WANG, "type": "private", "first_name": "王海涛"}));
}

#[tokio::test]
async fn updates_come_again_until_an_offset_confirms_them() {
    let town = Town::new().await;
    for text in ["甲", "乙"] {
        town.sandbox.say(WANG, WANG, text, None).unwrap();
    }
    let updates = town.waiting().await;
    assert_eq!(updates.len(), 2);
    assert_eq!(town.waiting().await, updates);
    let rest = town.done("getUpdates", json!({"offset": updates[1]["update_id"]})).await;
    assert_eq!(rest, json!([updates[1]]));
    assert_eq!(town.sandbox.unconfirmed(), 1);
}

#[tokio::test]
async fn a_second_poll_ends_the_first() {
    let town = Town::new().await;
    let poll = || Box::pin(town.call("getUpdates", json!({"timeout": 50})));
    let (Either::Left((ended, other)) | Either::Right((ended, other))) = select(poll(), poll()).await;
    assert_eq!(ended["error_code"], 409);
    assert_eq!(
        ended["description"],
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    );
    town.sandbox.say(WANG, WANG, "还在吗", None).unwrap();
    assert_eq!(other.await["result"][0]["message"]["text"], "还在吗");
}

#[tokio::test]
async fn the_kinds_of_updates_that_a_bot_wants_are_remembered() {
    let town = Town::new().await;
    town.done("getUpdates", json!({"allowed_updates": ["edited_message"]})).await;
    let message = town.sandbox.say(WANG, WANG, "进度60%", None).unwrap();
    town.sandbox.edit(WANG, message, "进度70%").unwrap();
    let updates = town.waiting().await;
    assert_eq!(updates.len(), 1);
    assert_eq!(updates[0]["edited_message"]["text"], "进度70%");
    assert_eq!(updates[0]["edited_message"]["edit_date"], NOW);
}

#[tokio::test]
async fn wrong_tokens_and_unknown_methods_are_turned_away() {
    let town = Town::new().await;
    let response = town.page_gets("/bot7000000001:WRONG/getMe").await;
    assert_eq!(response.status(), 401);
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer, json!({"ok": false, "error_code": 401, "description": "Unauthorized"}));
    let answer = town.call("makeCoffee", json!({})).await;
    assert_eq!(answer, json!({"ok": false, "error_code": 404, "description": "Not Found: method not found"}));
    assert_eq!(town.done("getMe", json!({})).await["id"], 7_000_000_001_i64);
}

#[tokio::test]
async fn html_becomes_text_and_entities_or_a_telling_error() {
    let town = Town::new().await;
    let html = |text: &str| json!({"chat_id": GROUP, "parse_mode": "HTML", "text": text});
    let message = town.done("sendMessage", html("😀 <b>督办</b> &lt;第5项&gt;")).await;
    assert_eq!(message["text"], "😀 督办 <第5项>");
    assert_eq!(message["entities"], json!([{"type": "bold", "offset": 3, "length": 2}]));
    assert_eq!(
        town.refusal("sendMessage", html("<b>督办")).await,
        "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""
    );
}

#[tokio::test]
async fn texts_are_limited_in_utf16_units() {
    let town = Town::new().await;
    let text = |text: String| json!({"chat_id": GROUP, "text": text});
    town.done("sendMessage", text("😀".repeat(2048))).await;
    assert_eq!(town.refusal("sendMessage", text("😀".repeat(2049))).await, "Bad Request: message is too long");
    assert_eq!(town.refusal("sendMessage", text(" \n".into())).await, "Bad Request: message text is empty");
}

#[tokio::test]
async fn a_press_reaches_the_bot_and_is_answered_once() {
    let town = Town::new().await;
    let keyboard = |data: &str| json!({"inline_keyboard": [[{"text": "撤回", "callback_data": data}]]});
    let send = |data: &str| json!({"chat_id": GROUP, "text": "已记录", "reply_markup": keyboard(data)});
    assert_eq!(town.refusal("sendMessage", send(&"x".repeat(65))).await, "Bad Request: BUTTON_DATA_INVALID");
    let message = town.done("sendMessage", send("undo:5")).await["message_id"].as_i64().unwrap();

    let query = town.sandbox.press(GROUP, message, WANG, "undo:5").unwrap();
    let pressed = town.waiting().await[0]["callback_query"].clone();
    assert_eq!(pressed["id"], query.as_str());
    assert_eq!(pressed["data"], "undo:5");
    assert_eq!(pressed["message"]["reply_markup"], keyboard("undo:5"));

    let answer = json!({"callback_query_id": query, "text": "已撤回"});
    town.done("answerCallbackQuery", answer.clone()).await;
    assert_eq!(town.sandbox.answers()[0].text, "已撤回");
    assert_eq!(
        town.refusal("answerCallbackQuery", answer).await,
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    );
}

#[tokio::test]
async fn replies_carry_the_message_that_they_answer() {
    let town = Town::new().await;
    let asked = town.bot_says("请报告进展").await;
    town.sandbox.say(GROUP, WANG, "进度60%", Some(asked)).unwrap();
    assert_eq!(town.waiting().await[0]["message"]["reply_to_message"]["text"], "请报告进展");

    let mut reply = json!({"chat_id": GROUP, "text": "已记录", "reply_parameters": {"message_id": 999}});
    assert_eq!(town.refusal("sendMessage", reply.clone()).await, "Bad Request: message to be replied not found");
    reply["reply_parameters"]["allow_sending_without_reply"] = true.into();
    assert!(town.done("sendMessage", reply).await["reply_to_message"].is_null());
}

#[tokio::test]
async fn the_bot_edits_only_what_it_wrote_and_only_to_something_else() {
    let town = Town::new().await;
    let own = town.bot_says("待确认").await;
    let edit = |id: i64, text: &str| json!({"chat_id": GROUP, "message_id": id, "text": text});
    assert_eq!(town.done("editMessageText", edit(own, "已确认")).await["edit_date"], NOW);
    assert_eq!(town.sandbox.messages(GROUP)[0].text, "已确认");
    let same = town.refusal("editMessageText", edit(own, "已确认")).await;
    assert!(same.starts_with("Bad Request: message is not modified"), "{same}");
    let other = town.sandbox.say(GROUP, WANG, "收到", None).unwrap();
    assert_eq!(town.refusal("editMessageText", edit(other, "改")).await, "Bad Request: message can't be edited");
    assert_eq!(town.refusal("editMessageText", edit(99, "改")).await, "Bad Request: message to edit not found");
}

#[tokio::test]
async fn privacy_mode_keeps_the_talk_of_a_group_from_the_bot() {
    let town = Town::new().await;
    let asked = town.bot_says("请报告进展").await;
    for text in ["大家好", "/tasks@other_bot"] {
        town.sandbox.say(GROUP, WANG, text, None).unwrap();
    }
    assert!(town.waiting().await.is_empty());
    assert!(town.sandbox.messages(GROUP)[1].hidden_from_bot);

    town.sandbox.say(GROUP, WANG, "进度60%", Some(asked)).unwrap();
    town.sandbox.say(GROUP, WANG, "/tasks@duban_demo_bot", None).unwrap();
    town.sandbox.say(GROUP, WANG, "@duban_demo_bot 在吗", None).unwrap();
    assert_eq!(town.waiting().await.len(), 3);
}

#[tokio::test]
async fn a_bot_that_was_thrown_out_is_told_and_shut_out() {
    let town = Town::new().await;
    town.sandbox.remove_bot(GROUP, WANG).unwrap();
    let update = &town.waiting().await[0]["my_chat_member"];
    assert_eq!(update["chat"]["title"], "省公安厅");
    assert_eq!(update["new_chat_member"]["status"], "kicked");
    assert_eq!(
        town.refusal("sendMessage", json!({"chat_id": GROUP, "text": "提醒"})).await,
        "Forbidden: bot was kicked from the supergroup chat"
    );
    town.sandbox.add_bot(GROUP, WANG).unwrap();
    town.bot_says("又见面了").await;
}

#[tokio::test]
async fn files_go_both_ways() {
    let town = Town::new().await;
    let upload = Upload { name: "方案.docx".into(), mime_type: "application/msword".into(), bytes: b"plan".to_vec() };
    town.sandbox.attach(WANG, WANG, upload, "请收", None).unwrap();
    let received = town.waiting().await[0]["message"].clone();
    assert_eq!(received["caption"], "请收");
    assert_eq!(received["document"]["file_name"], "方案.docx");
    let file = town.done("getFile", json!({"file_id": received["document"]["file_id"]})).await;
    let path = format!("/file/bot{TOKEN}/{}", file["file_path"].as_str().unwrap());
    assert_eq!(town.page_gets(&path).await.bytes().await.unwrap(), "plan");

    let report = Part::text("表").file_name("周报.xlsx");
    let form = Form::new().text("chat_id", GROUP.to_string()).text("caption", "周报").part("document", report);
    let url = format!("{}/bot{TOKEN}/sendDocument", town.base);
    let response = soon(town.client.post(url).multipart(form).send()).await.unwrap();
    assert_eq!(response.status(), 200);
    let sent = town.sandbox.messages(GROUP)[0].clone();
    let attachment = sent.attachment.unwrap();
    assert_eq!((sent.text.as_str(), attachment.name.as_str()), ("周报", "周报.xlsx"));
    assert_eq!(town.sandbox.file(&attachment.file_id).unwrap(), "表".as_bytes());
}

#[tokio::test]
async fn a_second_message_in_the_same_second_has_to_wait() {
    let town = Town::with(Settings { rate_limits: true, ..Settings::new(TOKEN, || NOW) }).await;
    town.bot_says("第一条").await;
    let answer = town.call("sendMessage", json!({"chat_id": GROUP, "text": "第二条"})).await;
    assert_eq!(answer["error_code"], 429);
    assert_eq!(answer["parameters"], json!({"retry_after": 1}));
}

#[tokio::test]
async fn the_page_lets_a_visitor_speak_for_people_and_says_what_went_wrong() {
    let town = Town::new().await;
    let say = |person: i64, text: &str| json!({"chat": WANG, "person": person, "text": text});
    let (status, answer) = town.page_posts("/say", say(WANG, "<b>你好</b>")).await;
    assert_eq!((status, answer), (200, json!({"message_id": 1})));
    assert_eq!(town.waiting().await[0]["message"]["text"], "<b>你好</b>", "what people type is text, never markup");
    let edit = json!({"chat": WANG, "message_id": 1, "text": "你好！"});
    assert_eq!(town.page_posts("/edit", edit).await.0, 200);
    assert_eq!(town.sandbox.messages(WANG)[0].text, "你好！");

    assert_eq!(town.page_posts("/say", say(WANG, " ")).await, (400, json!({"error": "消息是空的"})));
    assert_eq!(town.page_posts("/say", say(7, "我是谁")).await, (404, json!({"error": "没有这个人"})));
    let press = json!({"chat": WANG, "message_id": 1, "person": WANG, "data": "x"});
    assert_eq!(town.page_posts("/press", press).await, (409, json!({"error": "按钮已不存在"})));
}

#[tokio::test]
async fn what_a_visitor_uploads_is_saved_and_never_run() {
    let town = Town::new().await;
    let page = Part::text("<script>").file_name("a.html").mime_str("text/html").unwrap();
    let form = Form::new().text("chat", WANG.to_string()).text("person", WANG.to_string()).part("file", page);
    let response = soon(town.client.post(format!("{}/attach", town.base)).multipart(form).send()).await.unwrap();
    assert_eq!(response.status(), 200);
    let attachment = town.sandbox.messages(WANG)[0].attachment.clone().unwrap();
    let response = town.page_gets(&format!("/attachment/{}", attachment.file_id)).await;
    assert_eq!(response.headers()["content-disposition"], "attachment");
    assert_eq!(response.headers()["content-type"], "application/octet-stream");
    assert_eq!(response.text().await.unwrap(), "<script>");
}

#[tokio::test]
async fn wishes_for_the_clock_reach_the_owner() {
    let town = Town::new().await;
    let next = json!({"action": "next_reminder"});
    assert_eq!(town.page_posts("/clock", next.clone()).await.0, 503, "nobody listens yet");
    let mut controls = town.sandbox.controls();
    assert_eq!(town.page_posts("/clock", next).await.0, 202);
    assert_eq!(town.page_posts("/clock", json!({"action": "advance", "days": 1})).await.0, 202);
    assert_eq!(town.page_posts("/clock", json!({"action": "advance", "days": -1})).await.0, 400);
    assert_eq!(town.page_posts("/clock", json!({"action": "go_to", "day": "2019-12-31"})).await.0, 202);
    assert_eq!(town.page_posts("/clock", json!({"action": "reset"})).await.0, 202);
    assert_eq!(soon(controls.recv()).await, Some(Control::NextReminder));
    assert_eq!(soon(controls.recv()).await, Some(Control::Advance { days: 1 }));
    let day = "2019-12-31".parse().unwrap();
    assert_eq!(soon(controls.recv()).await, Some(Control::GoTo { day }));
    assert_eq!(soon(controls.recv()).await, Some(Control::Reset));
}

#[tokio::test]
async fn trouble_comes_and_goes_by_a_switch() {
    let town = Town::new().await;
    assert_eq!(town.page_posts("/trouble", json!({"trouble": "too_many"})).await.0, 204);
    let hello = json!({"chat_id": WANG, "text": "您好"});
    assert!(town.refusal("sendMessage", hello.clone()).await.contains("Too Many Requests"));
    let state: Value = town.page_gets("/state").await.json().await.unwrap();
    assert_eq!(state["trouble"], "too_many");
    town.sandbox.set_trouble(Trouble::None);
    town.done("sendMessage", hello).await;
    assert_eq!(town.sandbox.messages(WANG).len(), 1, "what was refused was not done");
}

#[tokio::test]
async fn the_page_needs_nothing_from_elsewhere() {
    let town = Town::new().await;
    let index = town.page_gets("/").await.text().await.unwrap();
    let assets: Vec<&str> = index.split(['"']).filter(|text| text.starts_with("page/")).collect();
    assert_eq!(assets, ["page/page.css", "page/page.js"]);
    for asset in assets {
        assert_eq!(town.page_gets(&format!("/{asset}")).await.status(), 200, "{asset}");
    }
    assert_eq!(town.page_gets("/page/mod.rs").await.status(), 404);
}

#[tokio::test]
async fn a_page_hears_everything_once_and_then_every_change_in_order() {
    let town = Town::new().await;
    town.sandbox.say(WANG, WANG, "先到", None).unwrap();
    let mut events = Events::of(&town).await;
    let (name, state) = events.next().await.unwrap();
    assert_eq!(name, "state");
    assert_eq!(state["now"], NOW);
    assert_eq!(state["chats"][1]["messages"][0]["text"], "先到");
    let alone: Value = town.page_gets("/state").await.json().await.unwrap();
    assert_eq!(alone, state);

    let message = town.sandbox.say(WANG, WANG, "后到", None).unwrap();
    town.sandbox.edit(WANG, message, "改过").unwrap();
    town.sandbox.clock_moved();
    town.sandbox.set_notice(Words::new("演示", "rehearsal"));
    let texts =
        [events.next().await.unwrap(), events.next().await.unwrap()].map(|(_, message)| message["text"].clone());
    assert_eq!(texts, ["后到", "改过"]);
    assert_eq!(events.next().await.unwrap(), ("clock".into(), json!({"now": NOW})));
    assert_eq!(events.next().await.unwrap().1["notice"]["zh"], "演示");
}

#[tokio::test]
async fn a_shutdown_ends_open_polls_and_pages() {
    let town = Town::new().await;
    town.sandbox.say(WANG, WANG, "再见", None).unwrap();
    let mut events = Events::of(&town).await;
    events.next().await.unwrap();
    let update = town.waiting().await[0]["update_id"].as_i64().unwrap();
    let poll = town.done("getUpdates", json!({"offset": update + 1, "timeout": 50}));
    let stop = async {
        // The poll is open once it has confirmed the update.
        town.sandbox.until(|sandbox| (sandbox.unconfirmed() == 0).then_some(())).await;
        town.stop.notify_one();
    };
    let (updates, ()) = tokio::join!(poll, stop);
    assert_eq!(updates, json!([]));
    assert_eq!(events.next().await, None);
    soon(town.served).await.unwrap().unwrap();
}
