//! Telegram's Bot API over HTTP: which method does what, and how it answers.

mod about;
mod change;
mod fault;
mod keyboard;
mod parameters;
mod poll;
mod send;

use axum::extract::{DefaultBodyLimit, Path, Request, State as Extracted};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use fault::{Fault, Outcome};
use parameters::Parameters;
use serde_json::json;

use super::chat::AttachmentKind;
use super::files::LARGEST_REQUEST;
use super::{Sandbox, Trouble, wire};

/// After so many seconds a bot that asks too often may come again.
const REST: i64 = 3;

pub(super) fn routes() -> Router<Sandbox> {
    Router::new()
        .route("/{bot}/{method}", get(call).post(call))
        .route("/file/{bot}/{*path}", get(download))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
}

async fn call(
    Extracted(sandbox): Extracted<Sandbox>,
    Path((bot, method)): Path<(String, String)>,
    request: Request,
) -> Response {
    let answered = tokio::select! {
        biased;
        // What was asked for is given up here.
        fault = trouble(&sandbox) => Err(told(&sandbox, fault).await),
        answered = answer(&sandbox, &bot, &method, request) => answered,
    };
    match answered {
        Ok(result) => Json(json!({"ok": true, "result": result})).into_response(),
        Err(fault) => {
            tracing::debug!(method, description = fault.description, "refused");
            fault.into_response()
        }
    }
}

/// What the bot hears where something goes wrong on purpose; ends only then.
async fn trouble(sandbox: &Sandbox) -> Fault {
    let felt = |sandbox: &Sandbox| match sandbox.trouble() {
        Trouble::None | Trouble::Stopped => None,
        Trouble::TooMany => Some(Fault::too_many(REST)),
        Trouble::NoAnswer => Some(Fault::no_answer()),
    };
    sandbox.until(felt).await
}

/// Who gets no answer gets none until that is over.
async fn told(sandbox: &Sandbox, fault: Fault) -> Fault {
    tokio::select! {
        () = sandbox.until(|sandbox| (sandbox.trouble() != Trouble::NoAnswer).then_some(())) => {}
        () = sandbox.closed() => {}
    }
    fault
}

async fn answer(sandbox: &Sandbox, bot: &str, method: &str, request: Request) -> Outcome {
    authorize(sandbox, bot)?;
    refuse_other_pages(request.headers())?;
    let parameters = Parameters::read(request).await?;
    let method = method.to_ascii_lowercase();
    if method == "getupdates" {
        return poll::get_updates(sandbox, &parameters).await;
    }
    sandbox.act(|state, now| match method.as_str() {
        "getme" => Ok(wire::me(&state.bot)),
        "sendmessage" => send::send_message(state, &parameters, now),
        "senddocument" => send::send_file(state, parameters, AttachmentKind::Document, now),
        "sendphoto" => send::send_file(state, parameters, AttachmentKind::Photo, now),
        "sendchataction" => about::chat_action(state, &parameters),
        "editmessagetext" => change::edit_text(state, &parameters, now),
        "editmessagereplymarkup" => change::edit_markup(state, &parameters),
        "deletemessage" => change::delete(state, &parameters),
        "setmessagereaction" => change::react(state, &parameters),
        "answercallbackquery" => change::answer_query(state, &parameters),
        "getwebhookinfo" => about::webhook_info(state),
        "deletewebhook" => about::delete_webhook(state, &parameters),
        "getchat" => about::chat(state, &parameters),
        "getchatmember" => about::chat_member(state, &parameters),
        "leavechat" => about::leave_chat(state, &parameters),
        "getfile" => about::file(state, &parameters),
        "setmycommands" => about::set_commands(state, &parameters),
        "getmycommands" => about::commands(state, &parameters),
        _ => Err(Fault::unknown_method()),
    })
}

fn authorize(sandbox: &Sandbox, bot: &str) -> Result<(), Fault> {
    match bot.strip_prefix("bot") {
        Some(token) if token == sandbox.token() => Ok(()),
        Some(_) => Err(Fault::unauthorized()),
        None => Err(Fault::unknown_file()),
    }
}

/// The token is known to all, and a link that stands in a page of somebody else's must not speak for the bot.
fn refuse_other_pages(headers: &HeaderMap) -> Result<(), Fault> {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    if matches!(site, Some(b"cross-site" | b"same-site")) {
        Err(Fault::forbidden("the request comes from another page"))
    } else {
        Ok(())
    }
}

async fn download(
    Extracted(sandbox): Extracted<Sandbox>,
    Path((bot, path)): Path<(String, String)>,
) -> Result<Vec<u8>, Fault> {
    authorize(&sandbox, &bot)?;
    sandbox.look(|state| state.files.by_path(&path).map(|file| file.bytes.to_vec())).ok_or_else(Fault::unknown_file)
}
