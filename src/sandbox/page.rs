//! The web page where a visitor speaks for the people, and what it asks of the server.

mod form;
mod refusal;

use axum::extract::{DefaultBodyLimit, Multipart, Path, State as Extracted};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::NaiveDate;
use form::Form;
use refusal::Refusal;
use serde::Deserialize;
use serde_json::{Value, json};

use super::chat::AttachmentKind;
use super::files::LARGEST_REQUEST;
use super::{Control, Sandbox, Trouble, feed, snapshot};

/// The clock moves on by no more than this at once.
const MOST_DAYS: i64 = 366;
/// The page needs nothing but itself.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const ASSETS: [(&str, &str, &str); 10] = [
    ("page.css", STYLE, include_str!("page/page.css")),
    ("page.js", SCRIPT, include_str!("page/page.js")),
    ("language.js", SCRIPT, include_str!("page/language.js")),
    ("message.js", SCRIPT, include_str!("page/message.js")),
    ("parts.js", SCRIPT, include_str!("page/parts.js")),
    ("room.js", SCRIPT, include_str!("page/room.js")),
    ("samples.js", SCRIPT, include_str!("page/samples.js")),
    ("server.js", SCRIPT, include_str!("page/server.js")),
    ("store.js", SCRIPT, include_str!("page/store.js")),
    ("time.js", SCRIPT, include_str!("page/time.js")),
];

pub(super) fn routes() -> Router<Sandbox> {
    Router::new()
        .route("/", get(index))
        .route("/page/{file}", get(asset))
        .route("/state", get(state))
        .route("/events", get(events))
        .route("/attachment/{file_id}", get(attachment))
        .route("/say", post(say))
        .route("/edit", post(edit))
        .route("/press", post(press))
        .route("/clock", post(clock))
        .route("/trouble", post(trouble))
        .route("/play", post(play).layer(DefaultBodyLimit::max(LARGEST_REQUEST)))
        .route("/attach", post(attach).layer(DefaultBodyLimit::max(LARGEST_REQUEST)))
}

async fn index() -> impl IntoResponse {
    ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(include_str!("page/index.html")))
}

async fn asset(Path(file): Path<String>) -> Result<impl IntoResponse, StatusCode> {
    let known = ASSETS.iter().find(|(name, ..)| *name == file);
    let (_, mime_type, text) = known.ok_or(StatusCode::NOT_FOUND)?;
    Ok(([(header::CONTENT_TYPE, *mime_type)], *text))
}

async fn state(Extracted(sandbox): Extracted<Sandbox>) -> Json<Value> {
    Json(sandbox.look(|state| snapshot::of(&sandbox, state)))
}

async fn events(Extracted(sandbox): Extracted<Sandbox>) -> impl IntoResponse {
    Sse::new(feed::events(sandbox)).keep_alive(KeepAlive::default())
}

/// A picture to look at, any other file to be saved: what people upload must not run as a part of this page.
async fn attachment(
    Extracted(sandbox): Extracted<Sandbox>,
    Path(file_id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let found = sandbox.look(|state| {
        let file = state.files.by_id(&file_id)?;
        Some((file.attachment.clone(), file.bytes.to_vec()))
    });
    let (file, bytes) = found.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, "文件已不在"))?;
    let (mime_type, disposition) = match file.kind {
        AttachmentKind::Photo if file.mime_type.starts_with("image/") => (file.mime_type, "inline"),
        _ => ("application/octet-stream".to_owned(), "attachment"),
    };
    let headers: [(HeaderName, String); 4] = [
        (header::CONTENT_TYPE, mime_type),
        (header::CONTENT_DISPOSITION, disposition.into()),
        (header::CONTENT_SECURITY_POLICY, "sandbox".into()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".into()),
    ];
    Ok((headers, bytes))
}

#[derive(Deserialize)]
struct Say {
    chat: i64,
    person: i64,
    text: String,
    reply_to: Option<i64>,
}

async fn say(Extracted(sandbox): Extracted<Sandbox>, Json(wish): Json<Say>) -> Result<Json<Value>, Refusal> {
    let id = sandbox.say(wish.chat, wish.person, &wish.text, wish.reply_to)?;
    Ok(Json(json!({"message_id": id})))
}

#[derive(Deserialize)]
struct Edit {
    chat: i64,
    message_id: i64,
    text: String,
}

async fn edit(Extracted(sandbox): Extracted<Sandbox>, Json(wish): Json<Edit>) -> Result<Json<Value>, Refusal> {
    sandbox.edit(wish.chat, wish.message_id, &wish.text)?;
    Ok(Json(json!({"message_id": wish.message_id})))
}

#[derive(Deserialize)]
struct Press {
    chat: i64,
    message_id: i64,
    person: i64,
    data: String,
}

async fn press(Extracted(sandbox): Extracted<Sandbox>, Json(wish): Json<Press>) -> Result<Json<Value>, Refusal> {
    let query = sandbox.press(wish.chat, wish.message_id, wish.person, &wish.data)?;
    Ok(Json(json!({"query": query})))
}

#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
enum Move {
    NextReminder,
    Advance { days: i64 },
    GoTo { day: NaiveDate },
    Reset,
}

async fn clock(Extracted(sandbox): Extracted<Sandbox>, Json(wish): Json<Move>) -> Result<StatusCode, Refusal> {
    passed_on(
        &sandbox,
        match wish {
            Move::NextReminder => Control::NextReminder,
            Move::Advance { days } if (1..=MOST_DAYS).contains(&days) => Control::Advance { days },
            Move::Advance { .. } => return Err(Refusal::new(StatusCode::BAD_REQUEST, "天数不在范围内")),
            Move::GoTo { day } => Control::GoTo { day },
            Move::Reset => Control::Reset,
        },
    )
}

fn passed_on(sandbox: &Sandbox, control: Control) -> Result<StatusCode, Refusal> {
    match sandbox.ask(control) {
        true => Ok(StatusCode::ACCEPTED),
        false => Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "此刻不能办理，请稍后再试")),
    }
}

#[derive(Deserialize)]
struct Switched {
    trouble: Trouble,
}

async fn trouble(Extracted(sandbox): Extracted<Sandbox>, Json(wish): Json<Switched>) -> StatusCode {
    sandbox.set_trouble(wish.trouble);
    StatusCode::NO_CONTENT
}

/// A document that is to be played in place of the present one.
async fn play(Extracted(sandbox): Extracted<Sandbox>, form: Multipart) -> Result<StatusCode, Refusal> {
    let document = Form::read(form).await?.files.into_iter().next().ok_or_else(Refusal::unreadable)?;
    passed_on(&sandbox, Control::Play(document))
}

async fn attach(Extracted(sandbox): Extracted<Sandbox>, form: Multipart) -> Result<Json<Value>, Refusal> {
    let Form { chat, person, caption, reply_to, mut files } = Form::read(form).await?;
    let id = match files.len() {
        0 => return Err(Refusal::unreadable()),
        1 => sandbox.attach(chat, person, files.remove(0), &caption, reply_to)?,
        _ => sandbox.attach_album(chat, person, files, &caption, reply_to)?[0],
    };
    Ok(Json(json!({"message_id": id})))
}
