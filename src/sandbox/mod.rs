//! A stand-in for Telegram on localhost: the Bot API that a bot talks to, and a web page where people chat with it.
//!
//! It knows nothing of the bot. Whoever owns it says who is in which chat and what time it is, and may speak for the
//! people; the page lets a visitor do the same.
//!
//! ```text
//! bot  ── HTTP ─▶ bot_api ─┐                        ┌─▶ updates ─▶ getUpdates (bot)
//! page ── HTTP ─▶ page ────┼─▶ state (people, wire) ┤
//! owner ─ Sandbox ─────────┘                        └─▶ changes ─▶ feed ─▶ page
//! ```
//!
//! `chat` holds the nouns, `snapshot` what the page sees of them, `rehearsal` what stands beside the chats; `markup`, `automatic`, `privacy`, `pace`, `files` and
//! `picture` hold one rule of Telegram each.

mod automatic;
mod bot_api;
mod chat;
mod feed;
mod files;
mod markup;
mod pace;
mod page;
mod people;
mod picture;
mod privacy;
mod rehearsal;
mod snapshot;
mod state;
mod updates;
mod wire;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use pace::Pace;
use state::{Change, State};
use tokio::net::TcpListener;
use tokio::sync::{broadcast, mpsc, watch};

pub use chat::{Answer, Attachment, AttachmentKind, Button, Entity, Message, Refused, Sender, Upload};
pub use rehearsal::{Control, Entry, Lead, Pending, Trial, Trouble, Words};

/// The bot's name in the chats.
pub const BOT_NAME: &str = "督办助手";
/// The name that commands in groups carry: `/tasks@duban_demo_bot`.
pub const BOT_USERNAME: &str = "duban_demo_bot";

/// How many changes a page may lag behind before it starts over.
const CHANGES_KEPT: usize = 256;
/// How many wishes wait for the owner.
const CONTROLS_KEPT: usize = 16;

/// Unix seconds now; the date of messages.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// What the owner decides beforehand.
#[derive(Clone)]
pub struct Settings {
    /// The bot's token: a number, which is the bot's id, a colon, a secret.
    pub token: String,
    pub clock: Clock,
    /// In which zone the page shows times.
    pub time_zone: String,
    /// Enforce Telegram's sending limits.
    pub rate_limits: bool,
    /// Updates and messages are numbered from here. A bot that keeps its database over several runs takes a repeated
    /// number for a repeated message, so each run must start higher.
    pub first_id: i64,
}

impl Settings {
    /// Shanghai time, no sending limits, numbers from 1.
    pub fn new(token: impl Into<String>, clock: impl Fn() -> i64 + Send + Sync + 'static) -> Settings {
        Settings {
            token: token.into(),
            clock: Arc::new(clock),
            time_zone: "Asia/Shanghai".into(),
            rate_limits: false,
            first_id: 1,
        }
    }
}

/// A handle on the stand-in; clones share it.
#[derive(Clone)]
pub struct Sandbox {
    shared: Arc<Shared>,
}

struct Shared {
    settings: Settings,
    state: Mutex<State>,
    changes: broadcast::Sender<Change>,
    /// Wakes everybody who waits for the state to change.
    stir: watch::Sender<()>,
    controls: Mutex<Option<mpsc::Sender<Control>>>,
    closing: watch::Sender<bool>,
}

impl Sandbox {
    pub fn new(settings: Settings) -> Sandbox {
        let bot = Sender { id: bot_id(&settings.token), name: BOT_NAME.into(), is_bot: true };
        let pace = settings.rate_limits.then(Pace::default);
        let state = State::new(bot, settings.first_id, pace);
        Sandbox {
            shared: Arc::new(Shared {
                settings,
                state: Mutex::new(state),
                changes: broadcast::channel(CHANGES_KEPT).0,
                stir: watch::channel(()).0,
                controls: Mutex::new(None),
                closing: watch::channel(false).0,
            }),
        }
    }

    /// Serves the Bot API and the page until `shutdown` is done. Long polls and pages that are open then are closed, and
    /// stay closed: a sandbox is served once.
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> anyhow::Result<()> {
        let closing = self.clone();
        axum::serve(listener, self.routes())
            .with_graceful_shutdown(async move {
                shutdown.await;
                closing.close();
            })
            .await?;
        Ok(())
    }

    /// What is served, for an owner with bounds of its own for those who come; [`Sandbox::close`] then ends it.
    pub fn routes(self) -> Router {
        bot_api::routes().merge(page::routes()).with_state(self)
    }

    /// Ends long polls and open pages, for good.
    pub fn close(&self) {
        self.shared.closing.send_replace(true);
    }

    /// Adds a person, or gives one a new name.
    pub fn add_person(&self, id: i64, name: &str) {
        self.act(|state, _| {
            state.people.insert(id, name.to_owned());
            state.note(Change::Everything);
        });
    }

    /// Adds a group with the bot in it. Its id is negative; from -1000000000000 downwards it is a supergroup.
    pub fn add_group(&self, id: i64, title: &str, members: &[i64]) {
        self.act(|state, _| state.add_chat(id, title, members));
    }

    /// Adds the private chat of a known person with the bot, as if that person had pressed Start.
    pub fn add_private_chat(&self, person: i64) {
        self.act(|state, _| {
            let name = state.people.get(&person).cloned().unwrap_or_default();
            state.add_chat(person, &name, &[person]);
        });
    }

    /// The person adds the bot to a group that it is not in.
    pub fn add_bot(&self, chat: i64, person: i64) -> Result<(), Refused> {
        self.act(|state, now| state.move_bot(chat, person, true, now))
    }

    /// The person throws the bot out of a group, or blocks it.
    pub fn remove_bot(&self, chat: i64, person: i64) -> Result<(), Refused> {
        self.act(|state, now| state.move_bot(chat, person, false, now))
    }

    /// The person writes; the id of the message.
    pub fn say(&self, chat: i64, person: i64, text: &str, reply_to: Option<i64>) -> Result<i64, Refused> {
        self.act(|state, now| state.say(chat, person, text, reply_to, now))
    }

    /// The person sends a file, a PNG or JPEG as a photo; the id of the message.
    pub fn attach(
        &self,
        chat: i64,
        person: i64,
        file: Upload,
        caption: &str,
        reply_to: Option<i64>,
    ) -> Result<i64, Refused> {
        self.act(|state, now| state.attach(chat, person, file, caption, reply_to, now))
    }

    /// The person sends several files at once as an album; the ids of its messages.
    pub fn attach_album(
        &self,
        chat: i64,
        person: i64,
        files: Vec<Upload>,
        caption: &str,
        reply_to: Option<i64>,
    ) -> Result<Vec<i64>, Refused> {
        self.act(|state, now| state.attach_album(chat, person, files, caption, reply_to, now))
    }

    /// One part of the album with that name arrives by itself, as when the network is slow.
    pub fn attach_part(
        &self,
        chat: i64,
        person: i64,
        file: Upload,
        caption: &str,
        reply_to: Option<i64>,
        album: &str,
    ) -> Result<i64, Refused> {
        self.act(|state, now| state.attach_part(chat, person, file, caption, (reply_to, Some(album.to_owned())), now))
    }

    /// A person's message gets other words.
    pub fn edit(&self, chat: i64, message: i64, text: &str) -> Result<(), Refused> {
        self.act(|state, now| state.edit(chat, message, text, now))
    }

    /// The person presses the button with that data; the id of the callback query.
    pub fn press(&self, chat: i64, message: i64, person: i64, data: &str) -> Result<String, Refused> {
        self.act(|state, _| state.press(chat, message, person, data))
    }

    /// The messages of a chat, oldest first.
    pub fn messages(&self, chat: i64) -> Vec<Message> {
        self.look(|state| {
            let chat = state.chat(chat);
            chat.map(|chat| chat.messages.clone()).unwrap_or_default()
        })
    }

    /// What the bot has answered to button presses, oldest first.
    pub fn answers(&self) -> Vec<Answer> {
        self.look(|state| state.answers.clone())
    }

    /// How many updates the bot has not confirmed.
    pub fn unconfirmed(&self) -> usize {
        self.look(|state| state.updates.count())
    }

    /// The bytes of a file, unless newer files have displaced it.
    pub fn file(&self, file_id: &str) -> Option<Vec<u8>> {
        self.look(|state| state.files.by_id(file_id).map(|file| file.bytes.to_vec()))
    }

    /// Waits until `look` finds something; it looks again at every change. The caller bounds the wait.
    pub async fn until<T>(&self, look: impl Fn(&Sandbox) -> Option<T>) -> T {
        let mut stirred = self.stirred();
        loop {
            stirred.borrow_and_update();
            if let Some(found) = look(self) {
                return found;
            }
            // It cannot fail: this handle keeps the sender alive.
            let _ = stirred.changed().await;
        }
    }

    fn token(&self) -> &str {
        &self.shared.settings.token
    }

    fn time_zone(&self) -> &str {
        &self.shared.settings.time_zone
    }

    fn now(&self) -> i64 {
        (self.shared.settings.clock)()
    }

    /// Does something with the state at the present time, and wakes everybody whom it may concern.
    fn act<T>(&self, action: impl FnOnce(&mut State, i64) -> T) -> T {
        let now = self.now();
        let mut state = lock(&self.shared.state);
        let outcome = action(&mut state, now);
        // Still under the lock, so that pages hear of changes in their order. Nobody listening is no error.
        for change in state.take_changes() {
            let _ = self.shared.changes.send(change);
        }
        drop(state);
        self.shared.stir.send_replace(());
        outcome
    }

    fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&lock(&self.shared.state))
    }

    fn changes(&self) -> broadcast::Receiver<Change> {
        self.shared.changes.subscribe()
    }

    fn stirred(&self) -> watch::Receiver<()> {
        self.shared.stir.subscribe()
    }

    /// Done when the server shuts down.
    async fn closed(&self) {
        let mut closing = self.shared.closing.subscribe();
        let _ = closing.wait_for(|closing| *closing).await;
    }
}

/// The bot's id is the number before the colon of its token.
fn bot_id(token: &str) -> i64 {
    let number = token.split(':').next().unwrap_or_default();
    number.parse().unwrap_or(1)
}

/// A panic elsewhere leaves the state as usable as it was.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
