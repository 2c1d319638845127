//! The only place that knows Telegram: teloxide's client and payload types, and our own reading of what comes back.
//!
//! teloxide's dispatcher and polling are not used: they confirm updates before these are handled. Answers are read here
//! too, because an answer that a library cannot parse may still mean that the message was delivered.

pub mod fault;
mod raw;
pub mod read;
mod send;

use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::Response;
use reqwest::header::DATE;
use reqwest::redirect::Policy;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use serde_json::value::RawValue;
use teloxide::Bot;
use teloxide::payloads::{GetMe, SetMyCommands};
use teloxide::types::{BotCommand, BotCommandScope, ChatId, Recipient};

use crate::chat::incoming::{ChatKind, Standing};
use crate::files;
use crate::intent::menu;
use crate::intent::menu::Menu;
use crate::network::Network;
use crate::office::place::{Chat, Hearing};
use crate::store::Update;
use crate::telegram::fault::{Answer, Fault};

/// The longest that a poll is kept open, with the time for its answer.
const POLL_TIMEOUT: Duration = Duration::from_secs(60);
/// The most that Telegram gives at once.
const POLL_LIMIT: u8 = 100;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Telegram gives bots no larger file, core.telegram.org/bots/api#getfile.
const LARGEST_FILE: usize = 20 * 1024 * 1024;
/// More than Telegram ever says, in bytes: of a hundred updates, and of anything else.
const LONGEST_BATCH: usize = 16 * 1024 * 1024;
const LONGEST_ANSWER: usize = 1024 * 1024;
const SEND_TIMEOUT: Duration = Duration::from_secs(30);
/// The largest file over a slow line.
const FILE_TIMEOUT: Duration = Duration::from_secs(180);

/// Who the bot is on Telegram.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Me {
    pub id: i64,
    pub username: String,
    /// Whether its privacy mode is off.
    #[serde(default)]
    pub can_read_all_group_messages: bool,
}

impl Me {
    /// What Telegram shows the bot of a chat.
    pub fn hearing(&self, chat: &Chat) -> Hearing {
        if self.can_read_all_group_messages || chat.kind == ChatKind::Private || chat.standing == Standing::Admin {
            Hearing::Everything
        } else {
            Hearing::Addressed
        }
    }
}

/// What one look at Telegram shows.
pub struct Glance {
    pub me: Me,
    /// Whether updates go elsewhere, so that nobody may poll.
    pub has_webhook: bool,
    /// By the clock of the server that answered.
    pub at: Option<DateTime<Utc>>,
}

#[derive(serde::Deserialize)]
struct Webhook {
    #[serde(default)]
    url: String,
}

/// Where a file can be fetched for an hour.
#[derive(serde::Deserialize)]
struct FileAnswer {
    file_path: Option<String>,
}

/// The connection to Telegram. It has no `Debug`, because teloxide's bot prints its token.
#[derive(Clone)]
pub struct Telegram {
    bot: Bot,
    /// Apart from the sending client: a poll stays open longer than a send may.
    polling: reqwest::Client,
    /// A server of the office's own may keep files where we can read them.
    is_own_server: bool,
}

impl Telegram {
    /// Trusts the built-in certificate authorities and those of the system, or of `SSL_CERT_FILE`.
    pub fn new(token: &str, network: &Network) -> Result<Telegram, Fault> {
        let client = |timeout| {
            // The address holds the token: whoever is redirected to, or told the referrer, would have it. Which variable
            // names the proxy is decided in one place, and not here once more.
            let mut builder = reqwest::Client::builder().redirect(Policy::none()).referer(false).no_proxy();
            if let Some(proxy) = &network.proxy {
                builder = builder.proxy(reqwest::Proxy::all(proxy.url().clone())?);
            }
            builder.connect_timeout(CONNECT_TIMEOUT).timeout(timeout).build().map_err(Fault::from)
        };
        let polling = client(POLL_TIMEOUT)?;
        let bot = Bot::with_client(token, client(SEND_TIMEOUT)?).set_api_url(network.address.clone());
        Ok(Telegram { bot, polling, is_own_server: !network.is_telegram() })
    }

    pub async fn me(&self) -> Result<Me, Fault> {
        self.ask("getMe", &GetMe::new()).await
    }

    /// Who the bot is, whether anything keeps it from polling, and what time it is there.
    pub async fn glance(&self) -> Result<Glance, Fault> {
        let response = self.bot.client().post(self.url("getMe")).json(&GetMe::new()).send().await?;
        let stamp = response.headers().get(DATE).and_then(|date| date.to_str().ok());
        let at = stamp.and_then(|date| DateTime::parse_from_rfc2822(date).ok()).map(|at| at.to_utc());
        let me = read_answer(response, LONGEST_ANSWER).await?;
        let webhook: Webhook = self.ask("getWebhookInfo", &json!({})).await?;
        Ok(Glance { me, has_webhook: !webhook.url.is_empty(), at })
    }

    /// The commands that Telegram offers while one types `/`: in groups, in private, and in the chats of coordinators.
    pub async fn offer_commands(&self, coordinators: &[i64]) -> Result<(), Fault> {
        self.offer(&menu::GROUP, BotCommandScope::Default).await?;
        self.offer(&menu::PRIVATE, BotCommandScope::AllPrivateChats).await?;
        for chat in coordinators {
            self.offer_to_coordinators(*chat).await?;
        }
        Ok(())
    }

    async fn offer_to_coordinators(&self, chat: i64) -> Result<(), Fault> {
        let scope = BotCommandScope::Chat { chat_id: Recipient::Id(ChatId(chat)) };
        self.offer(&menu::COORDINATORS, scope).await
    }

    async fn offer(&self, menu: &Menu, scope: BotCommandScope) -> Result<(), Fault> {
        let mut payload = SetMyCommands::new(menu.iter().map(|(name, what)| BotCommand::new(*name, *what)));
        payload.scope = Some(scope);
        self.ask::<bool>("setMyCommands", &payload).await.map(|_| ())
    }

    /// Updates from `offset` on; where there are none they are waited for, in whole seconds less than a minute. Asking with
    /// an offset confirms everything before it, so it may only be asked for once those are kept.
    pub async fn updates(&self, offset: i64, wait: Duration) -> Result<Vec<Update>, Fault> {
        // teloxide's type of the offset is narrower than Telegram's numbers, which begin anywhere after an idle week.
        let payload = json!({
            "offset": offset, "timeout": wait.as_secs(), "limit": POLL_LIMIT,
            "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"],
        });
        let raw: Vec<Box<RawValue>> = self.ask_with(&self.polling, "getUpdates", &payload, LONGEST_BATCH).await?;
        let updates: Vec<Update> = raw.iter().filter_map(|update| read::update(update.get())).collect();
        if updates.len() < raw.len() {
            tracing::error!(skipped = raw.len() - updates.len(), "有的消息没有编号，无法留存");
        }
        Ok(updates)
    }

    /// The bytes of a file that somebody sent.
    ///
    /// # Errors
    /// [`Fault::Refused`] where Telegram gives no file, as above 20 MB.
    pub async fn download(&self, file_id: &str) -> Result<Vec<u8>, Fault> {
        let payload = serde_json::json!({ "file_id": file_id });
        let file: FileAnswer = self.ask("getFile", &payload).await?;
        let path = file.file_path.ok_or_else(|| Fault::Refused("no file path".to_owned()))?;
        if path.starts_with('/') && self.is_own_server {
            return local_file(path).await;
        }
        let address = self.bot.api_url();
        let url = format!("{}/file/bot{}/{path}", address.as_str().trim_end_matches('/'), self.bot.token());
        let mut response = self.bot.client().get(url).timeout(FILE_TIMEOUT).send().await?;
        let status = response.status();
        // Such a server is asked again; what it refuses otherwise it refuses for good.
        if status.is_server_error() || status == reqwest::StatusCode::TOO_MANY_REQUESTS {
            return Err(Fault::Network(format!("the file: {status}")));
        }
        if !status.is_success() {
            return Err(Fault::Refused(format!("the file: {status}")));
        }
        let mut bytes = Vec::new();
        while let Some(part) = response.chunk().await? {
            bytes.extend_from_slice(&part);
            if bytes.len() > LARGEST_FILE {
                return Err(Fault::Refused("file is too big".to_owned()));
            }
        }
        Ok(bytes)
    }

    async fn ask<T: DeserializeOwned>(&self, method: &str, payload: &impl Serialize) -> Result<T, Fault> {
        self.ask_with(self.bot.client(), method, payload, LONGEST_ANSWER).await
    }

    async fn ask_with<T: DeserializeOwned>(
        &self,
        client: &reqwest::Client,
        method: &str,
        payload: &impl Serialize,
        longest: usize,
    ) -> Result<T, Fault> {
        read_answer(client.post(self.url(method)).json(payload).send().await?, longest).await
    }

    fn url(&self, method: &str) -> String {
        let address = self.bot.api_url();
        format!("{}/bot{}/{method}", address.as_str().trim_end_matches('/'), self.bot.token())
    }
}

/// A server that runs with `--local` says where on its disk a file is. The path holds the token and is not told.
async fn local_file(path: String) -> Result<Vec<u8>, Fault> {
    let read = tokio::task::spawn_blocking(move || files::read(Path::new(&path), LARGEST_FILE as u64)).await;
    let read = read.map_err(|_| Fault::Unreadable)?;
    read.map_err(|error| match error.kind() {
        ErrorKind::FileTooLarge => Fault::Refused("file is too big".to_owned()),
        kind => Fault::Refused(format!("the file on the Bot API server's disk cannot be read here: {kind}")),
    })
}

async fn read_answer<T: DeserializeOwned>(response: Response, longest: usize) -> Result<T, Fault> {
    if response.status().is_redirection() {
        return Err(Fault::Redirected);
    }
    let body = body(response, longest).await?;
    let answer: Answer<T> = serde_json::from_slice(&body).map_err(|_| Fault::Unreadable)?;
    answer.into_result()
}

/// What an answer says, up to `longest`; what is longer cannot be read as a whole.
async fn body(mut response: Response, longest: usize) -> Result<Vec<u8>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await? {
        body.extend_from_slice(&part);
        if body.len() > longest {
            body.truncate(longest);
            break;
        }
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use axum::{Json, Router};

    use super::*;

    /// Of the office's own server, with `--local`, and never of Telegram's.
    #[tokio::test]
    async fn a_file_on_the_servers_disk() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.txt");
        std::fs::write(&path, "一、总体要求").unwrap();
        let named = json!({ "ok": true, "result": { "file_path": path } });
        let routes = Router::new().fallback(move || std::future::ready(Json(named.clone())));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async { axum::serve(listener, routes).await });
        let network = Network::direct(address.parse().unwrap());
        let telegram = Telegram::new("42:false-token", &network).unwrap();
        assert_eq!(telegram.download("file").await.unwrap(), "一、总体要求".as_bytes());

        std::fs::remove_file(&path).unwrap();
        let fault = telegram.download("file").await.unwrap_err().to_string();
        assert!(fault.contains("cannot be read here") && !fault.contains("plan.txt"), "{fault}");

        let foreign = Telegram { is_own_server: false, ..telegram };
        std::fs::write(&path, "secret").unwrap();
        assert_ne!(foreign.download("file").await, Ok(b"secret".to_vec()));
    }
}
