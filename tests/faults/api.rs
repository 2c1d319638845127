//! A Bot API of its own: just enough of it to run the bot against, with faults, and a record of all that it accepted.
//!
//! It shares nothing with the product's sandbox. Each connection has a thread; what was accepted is recorded before the
//! answer is written, so a bot that dies meanwhile has still delivered.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::chance::Chance;
use super::weather::{Fault, Weather};
use super::wire::{self, Request};

pub const TOKEN: &str = "42:obviously-false";
pub const BOT_NAME: &str = "measured_bot";
/// An update beyond the last by more than this was not given out, so Telegram starts from the first that waits.
const FORESIGHT: i64 = 10;
const LONGEST_POLL: Duration = Duration::from_secs(30);
const HANG: Duration = Duration::from_secs(40);

/// A message that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub chat: i64,
    pub text: String,
    pub message_id: i64,
    pub answers: Option<i64>,
    /// The words on its buttons with the data behind them.
    pub buttons: Vec<(String, String)>,
}

/// What the API holds and has seen.
pub struct State {
    pub weather: Weather,
    pub chance: Chance,
    pub accepted: Vec<Accepted>,
    /// What was shown to those who pressed a button, by the press.
    pub toasts: BTreeMap<String, String>,
    /// Files that were sent.
    pub papers: u64,
    /// Whole answers to the next polls and sends, headers and all, in place of the usual ones.
    pub polls_answered: VecDeque<Vec<u8>>,
    pub sends_answered: VecDeque<Vec<u8>>,
    /// Requests to send whose outcome the bot could not know.
    pub ambiguous: u64,
    /// Requests that were told to wait.
    pub held_off: u64,
    /// Requests to a chat that came while it was to be left alone.
    pub impatient: u64,
    /// The most requests to send that were open at one time.
    pub most_at_once: u64,
    /// Updates that were handed out again although they were confirmed.
    pub redelivered: u64,
    /// How many confirmed updates in a thousand come again.
    pub redeliver: u32,
    /// How many answers to polls in a thousand break off half-way.
    pub break_polls: u32,
    pub polls_broken: u64,
    /// The seconds of silence that were asked for in all.
    pub rest_seconds: u64,
    pub requests: u64,
    pub sends: u64,
    /// Which life of the bot this is: what a dead one had asked is not under way any more.
    pub life: u64,
    at_once: HashMap<u64, u64>,
    rests: HashMap<i64, Instant>,
    waiting: BTreeMap<i64, String>,
    again: VecDeque<(i64, String)>,
    next_update: i64,
    next_message: i64,
    /// The newest poll; an older one ends, as with Telegram.
    poll: u64,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Clone)]
pub struct Api {
    shared: Arc<Shared>,
    pub address: String,
}

impl Api {
    /// Serves on a free port until the programme ends.
    pub fn start(chance: Chance) -> Api {
        let state = State {
            weather: Weather::fair(),
            chance,
            accepted: Vec::new(),
            toasts: BTreeMap::new(),
            papers: 0,
            polls_answered: VecDeque::new(),
            sends_answered: VecDeque::new(),
            ambiguous: 0,
            held_off: 0,
            impatient: 0,
            most_at_once: 0,
            redelivered: 0,
            redeliver: 0,
            break_polls: 0,
            polls_broken: 0,
            rest_seconds: 0,
            requests: 0,
            sends: 0,
            life: 0,
            at_once: HashMap::new(),
            rests: HashMap::new(),
            waiting: BTreeMap::new(),
            again: VecDeque::new(),
            next_update: 700_000_000,
            next_message: 1,
            poll: 0,
        };
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let api = Api { shared: Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new() }), address };
        let serving = api.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let serving = serving.clone();
                std::thread::spawn(move || serving.serve(stream));
            }
        });
        api
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().expect("no thread of the API panics while it holds the state")
    }

    /// Waits until `holds` says so; whether it did in time.
    pub fn wait_until(&self, longest: Duration, mut holds: impl FnMut(&State) -> bool) -> bool {
        let ends = Instant::now() + longest;
        let mut state = self.state();
        while !holds(&state) {
            let Some(left) = ends.checked_duration_since(Instant::now()) else { return false };
            state = self.shared.changed.wait_timeout(state, left).expect("as above").0;
        }
        true
    }

    /// A person says something in a group (a negative chat) or in private; its message id.
    pub fn say(&self, chat: i64, person: i64, at: i64, text: &str) -> i64 {
        let mut state = self.state();
        let message_id = state.take_message_id();
        let chat = match chat < 0 {
            true => json!({"id": chat, "type": "supergroup", "title": format!("第{}号群", -chat)}),
            false => json!({"id": chat, "type": "private", "first_name": "某人"}),
        };
        let from = json!({"id": person, "is_bot": false, "first_name": format!("人{person}")});
        let message = json!({"message_id": message_id, "date": at, "text": text, "chat": chat, "from": from});
        state.add_update("message", message);
        drop(state);
        self.shared.changed.notify_all();
        message_id
    }

    /// Something else happens, as Telegram tells of it.
    pub fn tell(&self, kind: &str, content: Value) {
        self.state().add_update(kind, content);
        self.shared.changed.notify_all();
    }

    fn serve(&self, stream: TcpStream) {
        // An answer must not wait for more to say.
        if stream.set_nodelay(true).is_err() {
            return;
        }
        let life = self.state().life;
        let mut connection = wire::Connection::new(stream);
        while let Some(request) = connection.read() {
            self.state().requests += 1;
            self.shared.changed.notify_all();
            let goes_on = match request.method.as_str() {
                "getMe" => {
                    connection.answer(&json!({"id": 42, "is_bot": true, "first_name": "督办", "username": BOT_NAME}))
                }
                "getUpdates" if let Some(answer) = self.next_answer(|state| &mut state.polls_answered) => {
                    connection.answer_whole(&answer)
                }
                "sendMessage" if let Some(answer) = self.next_answer(|state| &mut state.sends_answered) => {
                    connection.answer_whole(&answer)
                }
                "answerCallbackQuery" => {
                    let word = |key: &str| request.body[key].as_str().unwrap_or_default().to_owned();
                    self.state().toasts.insert(word("callback_query_id"), word("text"));
                    self.shared.changed.notify_all();
                    connection.answer(&Value::Bool(true))
                }
                "sendPhoto" | "sendDocument" => {
                    let mut state = self.state();
                    state.papers += 1;
                    let message_id = state.take_message_id();
                    drop(state);
                    self.shared.changed.notify_all();
                    connection
                        .answer(&json!({"message_id": message_id, "date": 1, "chat": {"id": 1, "type": "private"}}))
                }
                "getUpdates" => self.answer_poll(&mut connection, &request),
                "sendMessage" => self.answer_send(&mut connection, &request, life),
                _ => connection.answer(&Value::Bool(true)),
            };
            if !goes_on {
                return;
            }
        }
    }

    fn next_answer(&self, of: impl Fn(&mut State) -> &mut VecDeque<Vec<u8>>) -> Option<Vec<u8>> {
        let answer = of(&mut self.state()).pop_front();
        self.shared.changed.notify_all();
        answer
    }

    fn answer_send(&self, connection: &mut wire::Connection, request: &Request, life: u64) -> bool {
        let chat = request.body["chat_id"].as_i64().unwrap_or_default();
        let (fault, pause) = {
            let mut state = self.state();
            state.sends += 1;
            let at_once = state.at_once.entry(life).or_default();
            *at_once += 1;
            let at_once = *at_once;
            state.most_at_once = state.most_at_once.max(at_once);
            self.shared.changed.notify_all();
            let now = Instant::now();
            let rests = state.rests.get(&chat).is_some_and(|until| now < *until);
            state.impatient += u64::from(rests);
            let State { weather, chance, .. } = &mut *state;
            (weather.fault(chance), chance.pause(weather.delay))
        };
        std::thread::sleep(pause);
        let goes_on = self.answer_send_with(connection, request, chat, fault);
        *self.state().at_once.entry(life).or_default() -= 1;
        goes_on
    }

    fn answer_send_with(
        &self,
        connection: &mut wire::Connection,
        request: &Request,
        chat: i64,
        fault: Option<Fault>,
    ) -> bool {
        let accepts = fault.is_none_or(Fault::accepts);
        let message = {
            let mut state = self.state();
            state.ambiguous += u64::from(fault.is_some_and(Fault::is_ambiguous));
            accepts.then(|| state.accept(chat, &request.body))
        };
        self.shared.changed.notify_all();
        let message = message.unwrap_or_default();
        match fault {
            None => connection.answer(&message),
            Some(Fault::TooMany(seconds)) => {
                let mut state = self.state();
                state.held_off += 1;
                state.rest_seconds += seconds;
                // Noted before it is said, so that the rest is not counted from too late.
                state.rests.insert(chat, Instant::now() + Duration::from_secs(seconds));
                drop(state);
                connection.refuse(429, "Too Many Requests: retry later", &json!({"retry_after": seconds}))
            }
            Some(Fault::BadGateway { .. }) => connection.bad_gateway(),
            Some(Fault::ResetBefore | Fault::ResetAfter) => connection.reset(),
            Some(Fault::Hang { .. }) => connection.hang(HANG),
            Some(Fault::Half) => connection.half_an_answer(&message),
        }
    }

    /// Asking with an offset confirms all before it. An answer that gets lost is asked for again.
    fn answer_poll(&self, connection: &mut wire::Connection, request: &Request) -> bool {
        let offset = request.body["offset"].as_i64().unwrap_or_default();
        let seconds = request.body["timeout"].as_u64().unwrap_or_default();
        let ends = Instant::now() + Duration::from_secs(seconds).min(LONGEST_POLL);
        let mut state = self.state();
        state.poll += 1;
        let poll = state.poll;
        state.confirm_before(offset);
        self.shared.changed.notify_all();
        loop {
            if state.poll != poll {
                return false;
            }
            let updates = state.hand_out();
            let left = ends.saturating_duration_since(Instant::now());
            if !updates.is_empty() || left.is_zero() {
                let per_mille = state.break_polls;
                let breaks = state.chance.happens(per_mille);
                state.polls_broken += u64::from(breaks);
                drop(state);
                let answer = format!(r#"{{"ok":true,"result":[{}]}}"#, updates.join(","));
                return if breaks { connection.half(&answer) } else { connection.answer_raw(&answer) };
            }
            state = self.shared.changed.wait_timeout(state, left).expect("as above").0;
        }
    }
}

impl State {
    pub fn take_message_id(&mut self) -> i64 {
        self.next_message += 1;
        self.next_message
    }

    /// How many updates the bot has not confirmed.
    pub fn unconfirmed(&self) -> usize {
        self.waiting.len()
    }

    /// An office that is copied to another API has had these numbers already.
    pub fn number_on_from(&mut self, other: &State) {
        (self.next_update, self.next_message) = (other.next_update, other.next_message);
    }

    /// After an idle week Telegram counts from any number. The next update has this one.
    pub fn count_from(&mut self, update_id: i64) {
        self.next_update = update_id;
    }

    fn add_update(&mut self, kind: &str, content: Value) {
        let update_id = self.next_update;
        self.next_update += 1;
        self.waiting.insert(update_id, json!({"update_id": update_id, kind: content}).to_string());
    }

    fn accept(&mut self, chat: i64, body: &Value) -> Value {
        let message_id = self.take_message_id();
        let text = body["text"].as_str().unwrap_or_default().to_owned();
        let answers = body["reply_parameters"]["message_id"].as_i64();
        let rows = body["reply_markup"]["inline_keyboard"].as_array().cloned().unwrap_or_default();
        let word = |button: &Value, key: &str| button[key].as_str().unwrap_or_default().to_owned();
        let of_row = |row: Value| row.as_array().cloned().unwrap_or_default();
        let buttons = rows.into_iter().flat_map(of_row);
        let buttons = buttons.map(|button| (word(&button, "text"), word(&button, "callback_data"))).collect();
        self.accepted.push(Accepted { chat, text: text.clone(), message_id, answers, buttons });
        json!({"message_id": message_id, "date": 1, "chat": {"id": chat, "type": "supergroup"}, "text": text})
    }

    fn confirm_before(&mut self, offset: i64) {
        // Where the numbers started anew, an offset of before means nothing.
        if offset > self.next_update - 1 + FORESIGHT {
            return;
        }
        let rest = self.waiting.split_off(&offset);
        for (update_id, raw) in std::mem::replace(&mut self.waiting, rest) {
            if self.chance.happens(self.redeliver) {
                self.again.push_back((update_id, raw));
            }
        }
    }

    /// Up to a hundred of what waits, and a few that were confirmed before.
    fn hand_out(&mut self) -> Vec<String> {
        let again = self.again.len().min(20);
        self.redelivered += again as u64;
        let again = self.again.drain(..again).map(|(_, raw)| raw).collect::<Vec<_>>();
        let waiting = self.waiting.values().take(100 - again.len()).cloned();
        waiting.chain(again).collect()
    }
}
