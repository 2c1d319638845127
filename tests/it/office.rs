//! An office for tests: a database in a folder of its own, the built program, and a stand-in for Telegram.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use duban::intent::seal::Seal;
use duban::sandbox::{BOT_USERNAME, Message, Sandbox, Settings};
use duban::store::{Store, keys};
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Obviously no secret.
pub const TOKEN: &str = "42:obviously-false";
/// Long enough for a loaded machine; a test that reaches it has failed.
const PATIENCE: Duration = Duration::from_secs(90);

/// An instant of 2019 in Shanghai: `06-27 09:00:00`.
pub fn at(text: &str) -> DateTime<FixedOffset> {
    let (day, time) = text.split_once(' ').expect("a day and a time");
    format!("2019-{day}T{time}+08:00").parse().expect("an instant")
}

/// What the program heeds of its environment, beside the database.
const HEEDED: [&str; 19] = [
    "TELOXIDE_TOKEN",
    "TELOXIDE_TOKEN_FILE",
    "TELOXIDE_API_URL",
    "TELOXIDE_PROXY",
    "CREDENTIALS_DIRECTORY",
    "RUST_LOG",
    "DUBAN_BOARD_URL",
    "DUBAN_LISTEN",
    "DUBAN_LOG",
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
];

/// The files of a furnished database by the ends of their names. The program makes it once: migrations and import take
/// longer than most tests.
static FURNISHED: LazyLock<Vec<(&str, Vec<u8>)>> = LazyLock::new(|| {
    let office = Office::new();
    office.load_seeds();
    let files = ["", "-wal"].map(|ending| (ending, fs::read(office.path(&format!("duban.db{ending}")))));
    // The log is gone where it was folded in.
    files.into_iter().filter_map(|(ending, bytes)| bytes.ok().map(|bytes| (ending, bytes))).collect()
});

pub struct Office {
    folder: TempDir,
}

impl Office {
    pub fn new() -> Office {
        Office { folder: tempfile::tempdir().expect("a folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn database(&self) -> String {
        format!("sqlite://{}", self.path("duban.db").display())
    }

    /// The program, with nothing of the surrounding environment that it would heed.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
        command.args(arguments).env("DATABASE_URL", self.database()).stdin(Stdio::null());
        for variable in HEEDED {
            command.env_remove(variable);
        }
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program starts")
    }

    /// Runs a command that must succeed; what it printed.
    pub fn ask(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "duban {arguments:?}: {stderr}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    pub fn ask_json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.ask(arguments)).expect("one JSON document")
    }

    /// What `verify` finds in a database in which a test has put rows behind the program's back, which is no success.
    pub fn verified(&self) -> Value {
        serde_json::from_slice(&self.run(&["verify", "--json"]).stdout).expect("one JSON document")
    }

    /// The roll and the demo plan of the repository, in a database that is not there yet.
    pub fn furnish(&self) {
        for (ending, bytes) in &*FURNISHED {
            let file = self.path(&format!("duban.db{ending}"));
            // As private as the program makes it.
            let mut file =
                OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).expect("furnished once");
            file.write_all(bytes).expect("written");
        }
    }

    /// The same by the program, whatever database is there.
    pub fn load_seeds(&self) {
        let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
        self.ask(&["unit", "load", &format!("{seeds}/hunan-roll.json")]);
        self.ask(&["plan", "import", &format!("{seeds}/demo-plan.txt")]);
    }

    /// What ties the buttons of this office's bot to their chats.
    pub async fn seal(&self) -> Seal {
        let store = Store::open(&self.database()).await.expect("opened");
        let mut tx = store.begin(at("01-01 00:00:00").to_utc()).await.expect("begun");
        let seal = keys::button_seal(&mut tx).await.expect("a key");
        tx.commit().await.expect("committed");
        store.close().await;
        seal
    }

    pub fn code_for(&self, invitee: &str) -> String {
        let invitation = self.ask_json(&["invite", invitee, "--json"]);
        invitation["code"].as_str().expect("a code").to_owned()
    }
}

/// The stand-in for Telegram, served until it is dropped.
pub struct Telegram {
    pub sandbox: Sandbox,
    pub address: String,
    clock: Arc<AtomicI64>,
    _ended: oneshot::Sender<()>,
}

impl Telegram {
    pub async fn start() -> Telegram {
        let clock = Arc::new(AtomicI64::new(0));
        let shown = Arc::clone(&clock);
        let sandbox = Sandbox::new(Settings::new(TOKEN, move || shown.load(Ordering::Relaxed)));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let (ended, end) = oneshot::channel::<()>();
        let served = sandbox.clone().serve(listener, async move {
            // Dropping the sender ends it as well.
            let _ = end.await;
        });
        tokio::spawn(served);
        Telegram { sandbox, address, clock, _ended: ended }
    }

    /// A group with these people, by id.
    pub fn add_group(&self, chat: i64, title: &str, people: &[(i64, &str)]) {
        for (person, name) in people {
            self.sandbox.add_person(*person, name);
        }
        self.sandbox.add_group(chat, title, &people.iter().map(|(person, _)| *person).collect::<Vec<_>>());
    }

    /// Starts the bot at an instant, which also becomes the time of the messages.
    pub fn start_bot(&self, office: &Office, at: DateTime<FixedOffset>) -> Bot {
        self.run_bot(office, at, "off")
    }

    /// The same within Telegram's limits.
    pub fn start_paced_bot(&self, office: &Office, at: DateTime<FixedOffset>) -> Bot {
        self.run_bot(office, at, "on")
    }

    fn run_bot(&self, office: &Office, at: DateTime<FixedOffset>, pace: &str) -> Bot {
        self.clock.store(at.timestamp(), Ordering::Relaxed);
        let mut command = office.command(&["run", "--clock", &at.to_rfc3339(), "--pace", pace]);
        command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", &self.address);
        Bot(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the bot starts"))
    }

    /// Says something and waits for the answer to it.
    pub async fn ask(&self, chat: i64, person: i64, text: &str, reply_to: Option<i64>) -> Message {
        let said = self.sandbox.say(chat, person, text, reply_to).expect("said");
        self.until(|sandbox| sandbox.messages(chat).into_iter().find(|message| message.reply_to == Some(said))).await
    }

    pub async fn bind(&self, chat: i64, person: i64, code: &str) -> Message {
        self.ask(chat, person, &format!("/bind@{BOT_USERNAME} {code}"), None).await
    }

    /// The bot's messages in a chat that contain the words.
    pub fn heard(&self, chat: i64, words: &str) -> Vec<Message> {
        let messages = self.sandbox.messages(chat).into_iter();
        messages.filter(|message| message.from.is_bot && message.text.contains(words)).collect()
    }

    pub async fn until<T>(&self, look: impl Fn(&Sandbox) -> Option<T>) -> T {
        tokio::time::timeout(PATIENCE, self.sandbox.until(look)).await.expect("it comes in time")
    }
}

/// The running bot; it does not outlive the test.
pub struct Bot(Child);

impl Bot {
    /// One that was started otherwise.
    pub fn of(started: Child) -> Bot {
        Bot(started)
    }

    /// As a power cut ends it.
    pub fn kill(mut self) {
        self.0.kill().expect("killed");
        self.0.wait().expect("ended");
    }

    /// As a service manager ends it; whether it ended well.
    pub fn terminate(mut self) -> bool {
        let signalled = Command::new("kill").arg(self.0.id().to_string()).status().expect("kill runs");
        signalled.success() && self.0.wait().expect("ended").success()
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // Already ended is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
