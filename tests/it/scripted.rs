//! A Bot API that answers as it is told, however absurdly, and notes what it is asked.

use std::collections::VecDeque;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::office::{Office, at};

pub const TOKEN: &str = "42:obviously-false";
/// Long enough for a loaded machine; a test that reaches it has failed.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(90);

/// An answer as it goes over the wire.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: String,
    pub location: Option<String>,
}

impl Answer {
    pub fn raw(status: u16, body: impl Into<String>) -> Answer {
        Answer { status, body: body.into(), location: None }
    }

    pub fn ok(result: &Value) -> Answer {
        Answer::raw(200, json!({"ok": true, "result": result}).to_string())
    }

    pub fn elsewhere(address: &str) -> Answer {
        Answer { location: Some(address.to_owned()), ..Answer::raw(302, "") }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).expect("a status");
        match self.location {
            Some(location) => (status, [(LOCATION, location)], self.body).into_response(),
            None => (status, self.body).into_response(),
        }
    }
}

#[derive(Default)]
struct Script {
    polls: Mutex<VecDeque<Answer>>,
    /// By the beginning of the text that is sent.
    sends: Mutex<Vec<(i64, Answer)>>,
    asked: Mutex<Vec<(String, Value)>>,
    changed: Notify,
}

pub struct Api {
    script: Arc<Script>,
    pub address: String,
}

async fn answer(State(script): State<Arc<Script>>, Path((_, method)): Path<(String, String)>, body: Bytes) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let asked = {
        let mut asked = script.asked.lock().expect("unbroken");
        asked.push((method.to_ascii_lowercase(), body.clone()));
        asked.len()
    };
    script.changed.notify_waiters();
    let chat = body["chat_id"].as_i64().unwrap_or_default();
    match method.to_ascii_lowercase().as_str() {
        "getme" => Answer::ok(&json!({"id": 1, "is_bot": true, "first_name": "督办", "username": "duban_bot"})),
        "getupdates" => loop {
            let changed = script.changed.notified();
            let next = script.polls.lock().expect("unbroken").pop_front();
            match next {
                Some(answer) => break answer,
                None => changed.await,
            }
        },
        "sendmessage" => {
            let mut sends = script.sends.lock().expect("unbroken");
            match sends.iter().position(|(to, _)| *to == chat) {
                Some(place) => sends.remove(place).1,
                None => Answer::ok(&json!({"message_id": asked, "date": 0, "chat": {"id": chat, "type": "private"}})),
            }
        }
        _ => Answer::ok(&json!(true)),
    }
    .into_response()
}

impl Api {
    pub async fn start() -> Api {
        let script = Arc::new(Script::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let router = Router::new().route("/{token}/{method}", any(answer)).with_state(Arc::clone(&script));
        tokio::spawn(axum::serve(listener, router).into_future());
        Api { script, address }
    }

    pub fn run(&self, office: &Office) -> Running {
        let mut command = office.command(&["run", "--clock", &at("06-13 09:00:00").to_rfc3339(), "--pace", "off"]);
        command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", &self.address);
        Running(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the bot starts"))
    }

    /// What the next poll is answered.
    pub fn answer_poll(&self, answer: Answer) {
        self.script.polls.lock().expect("unbroken").push_back(answer);
        self.script.changed.notify_waiters();
    }

    /// What the next message to a chat is answered.
    pub fn answer_send(&self, chat: i64, answer: Answer) {
        self.script.sends.lock().expect("unbroken").push((chat, answer));
    }

    pub fn give(&self, update: &Value) {
        self.answer_poll(Answer::ok(&json!([update])));
    }

    /// What was asked by one method so far.
    pub fn asked(&self, method: &str) -> Vec<Value> {
        let asked = self.script.asked.lock().expect("unbroken");
        asked.iter().filter(|(by, _)| by == method).map(|(_, body)| body.clone()).collect()
    }

    /// Waits until something asked by the method is as wanted.
    pub async fn until(&self, method: &str, is_wanted: impl Fn(&Value) -> bool) -> Value {
        let wait = async {
            loop {
                let changed = self.script.changed.notified();
                if let Some(found) = self.asked(method).into_iter().find(&is_wanted) {
                    return found;
                }
                changed.await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("it comes in time")
    }

    /// Waits until so much was asked by the method.
    pub async fn until_asked(&self, method: &str, times: usize) {
        let wait = async {
            loop {
                let changed = self.script.changed.notified();
                if self.asked(method).len() >= times {
                    return;
                }
                changed.await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("it comes in time");
    }

    /// Gives an update and waits for the answer to its message.
    pub async fn ask(&self, update: &Value) -> String {
        self.give(update);
        let message = &update["message"];
        let answer = self
            .until("sendmessage", |sent| {
                sent["chat_id"] == message["chat"]["id"]
                    && sent["reply_parameters"]["message_id"] == message["message_id"]
            })
            .await;
        answer["text"].as_str().expect("words").to_owned()
    }
}

/// The running bot; it does not outlive the test.
pub struct Running(Child);

impl Running {
    pub fn runs(&mut self) -> bool {
        self.0.try_wait().expect("asked").is_none()
    }

    /// As a service manager ends it: what is being sent is noted first, and so does not come again.
    pub fn terminate(mut self) {
        let signalled = Command::new("kill").arg(self.0.id().to_string()).status().expect("kill runs");
        assert!(signalled.success() && self.0.wait().expect("ended").success());
    }

    pub fn kill(mut self) {
        self.0.kill().expect("killed");
        self.0.wait().expect("ended");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Already ended is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Somebody says something in private.
pub fn said(update_id: i64, person: i64, text: &str) -> Value {
    json!({"update_id": update_id, "message": {
        "message_id": update_id.rem_euclid(1_000_000), "date": at("06-13 09:00:00").timestamp(), "text": text,
        "chat": {"id": person, "type": "private", "first_name": "周敏"},
        "from": {"id": person, "is_bot": false, "first_name": "周敏"},
    }})
}
